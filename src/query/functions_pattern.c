/* REGEX and REPLACE (SPARQL 1.1, 17.4.3.14 and 15; F&O 3.1, 5.6.3 and 5.6.4). */
#include "query/expression.h"

#include "xsd/pattern.h"
#include "xsd/pattern_find.h"

/* A pattern that is wrong is an error of the expression; what is not taken is one of the query. */
static RpStatus
error_of_pattern(RpStatus status)
{
    return status == RP_ILL_FORMED ? RP_OK : status;
}

/* A pattern, or flags: a string without a language. */
static bool
read_argument(const RpCall *call, uint32_t index, RpText *text)
{
    *text = RP_TEXT("");
    if (index >= call->count) {
        return true;
    }
    *text = call->arguments[index].term.lexical;
    return rp_scalar_is_string(&call->arguments[index]);
}

/* The program of a pattern that is no constant. */
static RpStatus
find_program(RpQueryRun *run, RpText pattern, RpText flags, RpText *program)
{
    RpLastRegex *last = &run->last_regex;

    if (rp_text_equals(last->pattern, pattern) && rp_text_equals(last->flags, flags) &&
        last->program.length > 0) {
        *program = last->program;
        return RP_OK;
    }
    last->program.length = 0;
    rp_arena_reset(&last->arena);
    last->arena.limit_bytes = run->texts.limit_bytes;
    if (!rp_arena_copy_text(&last->arena, pattern, &last->pattern) ||
        !rp_arena_copy_text(&last->arena, flags, &last->flags)) {
        return rp_arena_failure(&last->arena, run->error);
    }
    RP_TRY(rp_pattern_compile(&last->arena, last->pattern, last->flags, program, run->error));
    last->program = *program;
    return RP_OK;
}

/* A program was compiled with the query where the pattern was known then: the last argument. */
RpStatus
rp_call_regex(RpCall *call)
{
    RpQueryRun *run = call->run;
    bool is_compiled = call->op->detail == 1;
    RpText pattern;
    RpText flags;
    RpText program;
    bool matches;

    if (!rp_scalar_is_text(&call->arguments[0])) {
        return RP_OK;
    }
    if (is_compiled) {
        program = call->arguments[call->count - 1].term.lexical;
    } else if (!read_argument(call, 1, &pattern) || !read_argument(call, 2, &flags)) {
        return RP_OK;
    } else {
        RpStatus status = find_program(run, pattern, flags, &program);

        if (status != RP_OK) {
            return error_of_pattern(status);
        }
    }
    RP_TRY(rp_pattern_matches(run->arena.host, program, call->arguments[0].term.lexical, &matches,
                              run->error));
    *call->result = rp_scalar_boolean(matches);
    return RP_OK;
}

/* The finder of a call: kept where pattern and flags are constants. NULL: the pattern is wrong. */
static RpStatus
find_finder(RpCall *call, RpText pattern, RpText flags, RpPatternFinder **finder)
{
    RpQueryRun *run = call->run;
    bool is_constant = call->op->children[1]->kind == RP_ALGEBRA_CONSTANT &&
                       (call->count < 4 || call->op->children[3]->kind == RP_ALGEBRA_CONSTANT);
    RpStatus status;

    *finder = run->finders[call->op->number];
    if (*finder) {
        return RP_OK;
    }
    status = rp_pattern_finder_make(is_constant ? &run->arena : &run->texts, pattern, flags, finder,
                                    run->error);
    if (status != RP_OK) {
        *finder = NULL;
        return error_of_pattern(status);
    }
    if (is_constant) {
        run->finders[call->op->number] = *finder;
    }
    return RP_OK;
}

/* The replacement with its escapes undone. *is_valid false: it has others. */
static RpStatus
read_replacement(const RpCall *call, RpText text, bool is_literal, RpText *replacement,
                 bool *is_valid)
{
    RpBuffer buffer;

    *is_valid = true;
    *replacement = text;
    if (is_literal) {
        return RP_OK;
    }
    rp_call_buffer(call, &buffer);
    for (uint32_t i = 0; i < text.length; i++) {
        RP_TRY(rp_arena_poll(&call->run->arena, call->run->error));
        if (text.data[i] == '$') {
            return rp_error_set(call->run->error, RP_UNSUPPORTED,
                                "REPLACE with references to groups is not taken");
        }
        if (text.data[i] == '\\') {
            i++;
            *is_valid = i < text.length && (text.data[i] == '\\' || text.data[i] == '$');
            if (!*is_valid) {
                return RP_OK;
            }
        }
        rp_buffer_append_byte(&buffer, text.data[i]);
    }
    *replacement = rp_buffer_text(&buffer);
    return rp_query_check_text(call->run, &buffer);
}

static RpStatus
replace_all(RpCall *call, RpPatternFinder *finder, RpText replacement)
{
    const RpScalar *argument = &call->arguments[0];
    RpText text = argument->term.lexical;
    uint32_t from = 0;
    RpBuffer buffer;

    rp_call_buffer(call, &buffer);
    for (;;) {
        bool is_found;
        uint32_t start;
        uint32_t end;

        RP_TRY(rp_pattern_find(finder, text, from, &is_found, &start, &end, call->run->error));
        if (!is_found) {
            break;
        }
        RP_TRY(rp_arena_poll_bytes(&call->run->arena, replacement.length, call->run->error));
        rp_buffer_append(&buffer, text.data + from, start - from);
        rp_buffer_append_text(&buffer, replacement);
        RP_TRY(rp_query_check_text(call->run, &buffer));
        from = end;
    }
    rp_buffer_append(&buffer, text.data + from, text.length - from);
    rp_call_give_string(call, rp_buffer_text(&buffer), argument->term.language);
    return rp_query_check_text(call->run, &buffer);
}

/* A pattern that matches nothing at all is an error (FORX0003). */
RpStatus
rp_call_replace(RpCall *call)
{
    RpPatternFinder *finder;
    RpText pattern;
    RpText replacement;
    RpText flags;
    bool is_valid;
    bool matches_nothing;
    uint32_t start;
    uint32_t end;

    if (!rp_scalar_is_text(&call->arguments[0]) || !read_argument(call, 1, &pattern) ||
        !read_argument(call, 2, &replacement) || !read_argument(call, 3, &flags)) {
        return RP_OK;
    }
    RP_TRY(find_finder(call, pattern, flags, &finder));
    if (!finder) {
        return RP_OK;
    }
    RP_TRY(
        rp_pattern_find(finder, RP_TEXT(""), 0, &matches_nothing, &start, &end, call->run->error));
    RP_TRY(read_replacement(call, replacement,
                            flags.length > 0 && memchr(flags.data, 'q', flags.length) != NULL,
                            &replacement, &is_valid));
    return matches_nothing || !is_valid ? RP_OK : replace_all(call, finder, replacement);
}
