/*
 * Patterns: flags, the choice between a direct program and a regular expression, and matching. A
 * program that is a regular expression is "/" and the expression. The limits are in pattern_tree.h.
 */
#include "xsd/pattern.h"

#include "base/utf8.h"
#include "xsd/pattern_tree.h"

static const char regular_expression_start[] = "/***:";

RpStatus
rp_pattern_read_flags(RpText text, RpPatternFlags *flags, RpError *error)
{
    RpShown shown;

    *flags = (RpPatternFlags){0};
    for (uint32_t i = 0; i < text.length; i++) {
        switch (text.data[i]) {
        case 's':
            flags->dot_matches_all = true;
            break;
        case 'm':
            flags->is_multi_line = true;
            break;
        case 'i':
            flags->ignores_case = true;
            break;
        case 'x':
            flags->skips_space = true;
            break;
        case 'q':
            flags->is_literal = true;
            break;
        default:
            return rp_error_set(error, RP_ILL_FORMED,
                                "the flags \"%s\" are not all among s, m, i, x and q",
                                rp_text_show(text, &shown));
        }
    }
    return RP_OK;
}

static bool
is_plain_text(RpText text)
{
    return rp_utf8_valid_prefix(text) == text.length &&
           (text.length == 0 || memchr(text.data, '\0', text.length) == NULL);
}

static RpStatus
compile(RpArena *arena, RpText pattern, RpText flags_text, RpText *program, RpError *error)
{
    RpPatternFlags flags;
    RpPatternNode *tree;
    RpBuffer buffer;
    bool is_direct;

    if (pattern.length > RP_PATTERN_LENGTH_LIMIT_BYTES) {
        return rp_error_set(error, RP_TOO_LARGE, "it is longer than %d bytes",
                            RP_PATTERN_LENGTH_LIMIT_BYTES);
    }
    if (!is_plain_text(pattern)) {
        return rp_error_set(error, RP_ILL_FORMED, "it is not valid UTF-8 text");
    }
    RP_TRY(rp_pattern_read_flags(flags_text, &flags, error));
    RP_TRY(rp_pattern_parse(arena, pattern, flags, &tree, error));
    rp_buffer_init(&buffer, arena);
    RP_TRY(rp_pattern_emit_direct(&buffer, tree, flags, &is_direct, error));
    if (!is_direct) {
        rp_buffer_append_byte(&buffer, '/');
        RP_TRY(rp_pattern_emit(&buffer, tree, flags, error));
    }
    RP_TRY(rp_buffer_status(&buffer, error));
    *program = rp_buffer_text(&buffer);
    return RP_OK;
}

RpStatus
rp_pattern_compile(RpArena *arena, RpText pattern, RpText flags_text, RpText *program,
                   RpError *error)
{
    RpStatus status = compile(arena, pattern, flags_text, program, error);
    RpShown shown;

    if ((status == RP_ILL_FORMED || status == RP_UNSUPPORTED) && is_plain_text(pattern)) {
        rp_error_detail(error, "The regular expression is \"%s\".", rp_text_show(pattern, &shown));
    }
    if (status == RP_ILL_FORMED) {
        return rp_error_prefix(error, "not a valid regular expression: ");
    }
    if (status == RP_UNSUPPORTED || status == RP_TOO_LARGE) {
        return rp_error_prefix(error, "not a usable regular expression: ");
    }
    return status;
}

bool
rp_pattern_program_is_valid(RpText program)
{
    if (program.length == 0 || program.length > 2 * RP_PATTERN_PROGRAM_LIMIT_BYTES ||
        !is_plain_text(program)) {
        return false;
    }
    return rp_text_starts_with(program, rp_text_from(regular_expression_start)) ||
           rp_pattern_direct_is_valid(program);
}

RpStatus
rp_pattern_matches(const RpHost *host, RpText program, RpText subject, bool *matches,
                   RpError *error)
{
    if (program.data[0] == '/') {
        RpText expression = {program.data + 1, program.length - 1};

        /* Flag i is part of the expression already: what it covers is XPath's matter, not the
         * host's. */
        return host->regex_matches(host->state, expression, false, subject, matches, error);
    }
    *matches = rp_pattern_direct_matches(program, subject);
    return RP_OK;
}
