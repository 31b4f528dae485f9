/* Functions on strings (SPARQL 1.1, 17.4.3 and 17.4.6): by code point, whatever the locale. */
#include "query/expression.h"

#include "base/ascii.h"
#include "base/utf8.h"
#include "xsd/case_mapping.h"
#include "xsd/number.h"

/* Whether two strings may be arguments of one function (17.4.3.1.2): the second has no language, or
 * the first one's. */
static bool
are_compatible(const RpScalar *a, const RpScalar *b)
{
    return rp_scalar_is_text(a) && rp_scalar_is_text(b) &&
           (b->term.language.length == 0 ||
            rp_language_compare(a->term.language, b->term.language) == 0);
}

void
rp_call_give_string(RpCall *call, RpText text, RpText language)
{
    RpTerm literal = language.length > 0 ? rp_term_lang_literal(text, language)
                                         : rp_term_literal(text, RP_TEXT(""));

    *call->result = rp_scalar_of_term(&literal);
}

RpStatus
rp_call_strlen(RpCall *call)
{
    RpBuffer buffer;

    if (!rp_scalar_is_text(&call->arguments[0])) {
        return RP_OK;
    }
    rp_call_buffer(call, &buffer);
    rp_buffer_append_count(&buffer, rp_utf8_count(call->arguments[0].term.lexical));
    return rp_call_give_text(call, &buffer, RP_VOCABULARY_xsd_integer);
}

/* An integer, cut to what texts can need. False: it is none. */
static bool
read_position(const RpScalar *scalar, int64_t *position)
{
    const RpDatatype *datatype =
        rp_scalar_is_literal(scalar) ? rp_datatype_find(scalar->datatype) : NULL;
    RpDecimal decimal;

    if (!datatype || datatype->values != RP_VALUES_DECIMAL ||
        scalar->datatype == RP_VOCABULARY_xsd_decimal ||
        !rp_datatype_accepts(scalar->datatype, scalar->term.lexical) ||
        !rp_integer_read(scalar->term.lexical, &decimal)) {
        return false;
    }
    *position = 0;
    for (uint32_t i = 0; i < decimal.whole.length && *position < UINT32_MAX; i++) {
        *position = *position * 10 + (decimal.whole.data[i] - '0');
    }
    *position = *position > UINT32_MAX ? UINT32_MAX : *position;
    *position = decimal.is_negative ? -*position : *position;
    return true;
}

/* F&O 5.4.3: the characters whose positions, from 1, are from the first on and before the end. */
RpStatus
rp_call_substr(RpCall *call)
{
    RpText text = call->arguments[0].term.lexical;
    int64_t first;
    int64_t length = INT64_MAX / 2;
    uint32_t start = text.length;
    uint32_t end = text.length;
    int64_t position = 1;

    if (!rp_scalar_is_text(&call->arguments[0]) || !read_position(&call->arguments[1], &first) ||
        (call->count == 3 && !read_position(&call->arguments[2], &length))) {
        return RP_OK;
    }
    for (uint32_t at = 0; at < text.length; position++) {
        if (position >= first && start == text.length) {
            start = at;
        }
        if (position >= first + length) {
            end = at;
            break;
        }
        at += rp_utf8_sequence_length(text.data + at, text.length - at);
    }
    start = start > end ? end : start;
    rp_call_give_string(call, (RpText){text.data + start, end - start},
                        call->arguments[0].term.language);
    return RP_OK;
}

RpStatus
rp_call_change_case(RpCall *call)
{
    RpBuffer buffer;

    if (!rp_scalar_is_text(&call->arguments[0])) {
        return RP_OK;
    }
    rp_call_buffer(call, &buffer);
    RP_TRY((call->op->value == RP_FUNCTION_ucase ? rp_case_append_upper : rp_case_append_lower)(
        &buffer, call->arguments[0].term.lexical, call->run->error));
    rp_call_give_string(call, rp_buffer_text(&buffer), call->arguments[0].term.language);
    return rp_query_check_text(call->run, &buffer);
}

/* Where a text is in another one; UINT32_MAX: nowhere. Polls the host, as it may take a product of
 * lengths. */
static RpStatus
find_text(const RpCall *call, RpText text, RpText wanted, uint32_t *place)
{
    *place = UINT32_MAX;
    for (uint32_t at = 0; at + (uint64_t)wanted.length <= text.length; at++) {
        const char *found = NULL;

        if (wanted.length == 0) {
            *place = 0;
            return RP_OK;
        }
        found = memchr(text.data + at, wanted.data[0], text.length - at);
        if (!found || (uint64_t)(found - text.data) + wanted.length > text.length) {
            return RP_OK;
        }
        at = (uint32_t)(found - text.data);
        RP_TRY(rp_arena_poll_bytes(&call->run->arena, wanted.length, call->run->error));
        if (memcmp(found, wanted.data, wanted.length) == 0) {
            *place = at;
            return RP_OK;
        }
    }
    return RP_OK;
}

RpStatus
rp_call_search(RpCall *call)
{
    RpText text = call->arguments[0].term.lexical;
    RpText wanted = call->arguments[1].term.lexical;
    uint32_t place = UINT32_MAX;

    if (!are_compatible(&call->arguments[0], &call->arguments[1])) {
        return RP_OK;
    }
    if (call->op->value == RP_FUNCTION_contains) {
        RP_TRY(find_text(call, text, wanted, &place));
    } else if (wanted.length <= text.length) {
        uint32_t at = call->op->value == RP_FUNCTION_strends ? text.length - wanted.length : 0;

        place = rp_text_starts_with((RpText){text.data + at, text.length - at}, wanted)
                    ? at
                    : UINT32_MAX;
    }
    *call->result = rp_scalar_boolean(place != UINT32_MAX);
    return RP_OK;
}

/* STRBEFORE and STRAFTER: where nothing is found, an empty string without a language. */
RpStatus
rp_call_cut(RpCall *call)
{
    RpText text = call->arguments[0].term.lexical;
    RpText wanted = call->arguments[1].term.lexical;
    uint32_t place;

    if (!are_compatible(&call->arguments[0], &call->arguments[1])) {
        return RP_OK;
    }
    RP_TRY(find_text(call, text, wanted, &place));
    if (place == UINT32_MAX) {
        *call->result = rp_scalar_string(RP_TEXT(""));
    } else if (call->op->value == RP_FUNCTION_strbefore) {
        rp_call_give_string(call, (RpText){text.data, place}, call->arguments[0].term.language);
    } else {
        place += wanted.length;
        rp_call_give_string(call, (RpText){text.data + place, text.length - place},
                            call->arguments[0].term.language);
    }
    return RP_OK;
}

/* F&O 6.2: all bytes but the unreserved ones of RFC 3986. */
RpStatus
rp_call_encode(RpCall *call)
{
    RpText text = call->arguments[0].term.lexical;
    RpBuffer buffer;

    if (!rp_scalar_is_text(&call->arguments[0])) {
        return RP_OK;
    }
    rp_call_buffer(call, &buffer);
    for (uint32_t i = 0; i < text.length; i++) {
        char byte = text.data[i];

        RP_TRY(rp_arena_poll(&call->run->arena, call->run->error));
        if (rp_ascii_is_letter(byte) || rp_ascii_is_digit(byte) ||
            (byte != '\0' && strchr("-_.~", byte) != NULL)) {
            rp_buffer_append_byte(&buffer, byte);
        } else {
            rp_buffer_append_format(&buffer, "%%%02X", (unsigned char)byte);
        }
    }
    return rp_call_give_text(call, &buffer, RP_VOCABULARY_xsd_string);
}

/* CONCAT keeps a language that all have. */
RpStatus
rp_call_concat(RpCall *call)
{
    RpText language = call->count > 0 ? call->arguments[0].term.language : RP_TEXT("");
    RpBuffer buffer;

    rp_call_buffer(call, &buffer);
    for (uint32_t i = 0; i < call->count; i++) {
        const RpScalar *argument = &call->arguments[i];

        if (!rp_scalar_is_text(argument)) {
            return RP_OK;
        }
        if (rp_language_compare(language, argument->term.language) != 0) {
            language = RP_TEXT("");
        }
        rp_buffer_append_text(&buffer, argument->term.lexical);
    }
    RP_TRY(rp_query_check_text(call->run, &buffer));
    rp_call_give_string(call, rp_buffer_text(&buffer), language);
    return RP_OK;
}

/* Basic filtering (RFC 4647, 3.3.1). */
RpStatus
rp_call_langmatches(RpCall *call)
{
    RpText tag = call->arguments[0].term.lexical;
    RpText range = call->arguments[1].term.lexical;

    if (rp_scalar_is_string(&call->arguments[0]) && rp_scalar_is_string(&call->arguments[1])) {
        *call->result = rp_scalar_boolean(rp_language_matches(range, tag));
    }
    return RP_OK;
}

RpStatus
rp_call_digest(RpCall *call)
{
    const RpHost *host = call->run->arena.host;
    const char *algorithm = rp_functions[call->op->value].name;
    char digits[129];
    RpBuffer buffer;

    if (!rp_scalar_is_string(&call->arguments[0])) {
        return RP_OK;
    }
    if (!host->digest ||
        !host->digest(host->state, algorithm, call->arguments[0].term.lexical, digits)) {
        return rp_error_set(call->run->error, RP_UNSUPPORTED, "%s is not available here",
                            algorithm);
    }
    rp_call_buffer(call, &buffer);
    rp_buffer_append_string(&buffer, digits);
    return rp_call_give_text(call, &buffer, RP_VOCABULARY_xsd_string);
}
