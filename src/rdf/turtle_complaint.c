/* libserd's messages name what its parser looked for; these name what the text lacks. */
#include "rdf/turtle_complaint.h"

#include <stdio.h>

#include "base/excerpt.h"
#include "base/nearest.h"
#include "rdf/foreign_format.h"
#include "rdf/turtle_scan.h"
#include "rdf/turtle_token.h"
#include "rdf/vocabulary.h"

static const struct {
    const char *message;
    const char *sentence;
} complaints[] = {
    {"bad verb", "a predicate (an IRI, a prefixed name or \"a\") is expected"},
    {"expected object", "an object is expected"},
    {"missing ';' or '.'", "\".\", \";\" or \",\" is expected after an object"},
    {"bad subject", "a subject is expected"},
    {"expected label or subject", "a subject is expected"},
    {"expected: ':', '<', or '_'", "an IRI, a prefixed name or a blank node is expected"},
    {"expected prefixed name", "a prefixed name is expected"},
    {"missing predicate object list", "a predicate and an object are expected after the subject"},
    {"unexpected end of statement", "the statement ends too early"},
    {"unexpected end of file", "the text ends within a statement, before its \".\""},
    {"unexpected end of anonymous node", "\"[\" is not closed by \"]\""},
    {"invalid directive", "a directive is @prefix or @base"},
    {"bad literal", "a language is expected behind \"@\", or a datatype behind \"^^\""},
    {"bad datatype", "a language is expected behind \"@\", or a datatype behind \"^^\""},
    {"expected string escape sequence", "there is no such escape"},
    {"expected digit", "an object, or a digit of a number, is expected"},
    {"invalid escape", "there is no such escape"},
    {"bad escape", "there is no such escape"},
    {"invalid IRI escape", "an IRI may have the escapes \\u and \\U only"},
    {"Invalid syntax", "a statement is expected: subject, predicate and object"},
    {"Unknown error", "a statement is expected: subject, predicate and object"},
};

/* What libserd says of one byte: which one is expected, or which is not. The caret shows what is
 * there, which not every version of libserd says. */
static bool
complain_of_byte(const char *message, RpError *error)
{
    RpShown shown;
    char byte;

    if (sscanf(message, "expected `%c'", &byte) == 1 ||
        sscanf(message, "expected '%c'", &byte) == 1) {
        rp_error_set(error, RP_SYNTAX, byte == '<' ? "expected an IRI in <>" : "expected \"%c\"",
                     byte);
        return true;
    }
    if (sscanf(message, "unexpected `%c'", &byte) == 1 ||
        sscanf(message, "unexpected '%c'", &byte) == 1 ||
        sscanf(message, "bad language character '%c'", &byte) == 1) {
        rp_error_set(error, RP_SYNTAX, "unexpected \"%s\"",
                     rp_text_show((RpText){&byte, 1}, &shown));
        return true;
    }
    return false;
}

RpStatus
rp_turtle_complaint(const char *message, RpText word, RpError *error)
{
    RpText text = rp_text_from(message);
    RpShown shown;

    if (word.length > 0) {
        rp_text_show(word, &shown);
        return rp_error_set(
            error, RP_SYNTAX,
            "expected an IRI in <> or a name with a prefix like ex:%s, found \"%s\"", shown.text,
            shown.text);
    }
    if (complain_of_byte(message, error)) {
        return RP_SYNTAX;
    }
    if (strncmp(message, "invalid escape `", 16) == 0) {
        return rp_error_set(error, RP_SYNTAX, "there is no such escape");
    }
    while (text.length > 0 && text.data[text.length - 1] == '\n') {
        text.length--;
    }
    for (size_t i = 0; i < sizeof complaints / sizeof *complaints; i++) {
        if (rp_text_equals(text, rp_text_from(complaints[i].message))) {
            return rp_error_set(error, RP_SYNTAX, "%s", complaints[i].sentence);
        }
    }
    return rp_error_set(error, RP_SYNTAX, "%s", rp_text_show(text, &shown));
}

RpStatus
rp_turtle_refuse_prefix(const RpPrefixTable *prefixes, RpText name, RpError *error)
{
    RpText prefix = rp_turtle_token_prefix(name);
    RpNearest nearest;
    RpShown shown;

    rp_error_set(error, RP_SYNTAX, "prefix \"%s:\" is not declared", rp_text_show(prefix, &shown));
    for (uint32_t i = 0; i < rp_well_known_prefix_count; i++) {
        const RpWellKnownPrefix *known = &rp_well_known_prefixes[i];

        if (rp_text_equals(known->prefix, prefix)) {
            return rp_error_hint(error, "Declare it: @prefix %s: <%s> .", known->prefix.data,
                                 known->namespace_iri.data);
        }
    }
    rp_nearest_begin(&nearest, prefix);
    for (uint32_t i = 0; i < prefixes->count; i++) {
        rp_nearest_offer(&nearest, rp_turtle_token_prefix(prefixes->prefixes[i].prefix));
    }
    for (uint32_t i = 0; i < rp_well_known_prefix_count; i++) {
        rp_nearest_offer(&nearest, rp_well_known_prefixes[i].prefix);
    }
    if (nearest.name.length > 0) {
        return rp_error_hint(error, "Did you mean \"%s:\"?", rp_text_show(nearest.name, &shown));
    }
    return rp_error_hint(error, "Declare it: @prefix %s: <namespace IRI> .",
                         rp_text_show(prefix, &shown));
}

/* Whether a name or reference stands at an offset, by itself. */
static bool
stands_at(RpText document, RpTurtleFault fault, uint32_t offset)
{
    char before = offset > 0 ? document.data[offset - 1] : ' ';
    char behind = rp_text_byte(document, offset + fault.written.length);

    return memcmp(document.data + offset, fault.written.data, fault.written.length) == 0 &&
           (fault.is_reference ? before == '<' && behind == '>' : !rp_turtle_is_label_byte(before));
}

uint32_t
rp_turtle_fault_start(const RpTurtleSource *source, RpTurtleFault fault)
{
    uint32_t length = fault.written.length;

    if (length > 0 && length <= source->document.length) {
        uint32_t last = source->document.length - length;

        for (uint32_t i = (last < source->offset ? last : source->offset) + 1; i > 0; i--) {
            if (stands_at(source->document, fault, i - 1)) {
                return i - 1 - fault.is_reference;
            }
        }
    }
    return source->term_start;
}

RpText
rp_turtle_bare_word(const RpTurtleSource *source, uint32_t offset, uint32_t *start)
{
    RpText word = {source->document.data + source->term_start, 0};

    *start = offset;
    if (offset <= source->term_start || !rp_ascii_is_letter(word.data[0])) {
        return (RpText){0};
    }
    while (word.length < offset - source->term_start &&
           rp_turtle_is_label_byte(word.data[word.length])) {
        word.length++;
    }
    if (word.length < offset - source->term_start) {
        return (RpText){0};
    }
    *start = source->term_start;
    return word;
}

RpStatus
rp_turtle_explain(const RpTurtleSource *source, RpError *error)
{
    RpText document = source->document;

    if (error->status != RP_SYNTAX) {
        return error->status;
    }
    rp_foreign_format_hint(document, rp_text_offset(document, error->line, error->column),
                           source->reads_graphs, error);
    rp_error_prefix(error, source->has_quads    ? "not valid N-Quads: "
                           : source->has_braces ? "not valid TriG: "
                                                : "not valid Turtle: ");
    return rp_error_excerpt(error, document);
}
