/* Guessing the format of what cannot be read, by what only the other format has. */
#include "rdf/foreign_format.h"

#include "base/ascii.h"

enum { SEARCHED_BYTES = 65536 };

static const char json_ld[] = "The text looks like JSON-LD: data is cast to jsonb; shapes "
                              "are converted to Turtle.";
static const char json_triples[] = "The text looks like triples as JSON: cast it to jsonb.";
static const char json_rules[] =
    "The text looks like rules as JSON: rdf_policy_apply() takes all shapes of a policy as jsonb "
    "('{...}'::jsonb), rdf_policy_register_shape() one.";
static const char json[] = "The text looks like JSON: documents as JSON are given as jsonb.";
static const char array[] =
    "The text looks like an array of PostgreSQL's, which node-postgres makes of a JavaScript "
    "array: pass JSON.stringify(array), and cast the parameter to jsonb ($1::jsonb).";
static const char xml[] = "The text looks like XML: convert RDF/XML to Turtle or N-Triples.";
static const char trig[] = "The text looks like TriG, and shapes are one graph: give its triples, "
                           "without braces around them.";
static const char nquads[] = "The text looks like N-Quads, and shapes are one graph: give "
                             "N-Triples, without a graph at the end of each line.";
static const char mixed[] = "The line ends with a graph, as in N-Quads, which has no prefixes, "
                            "lists and other short forms: in TriG, a graph's triples stand in "
                            "braces behind its name.";
static const char n3[] = "The text looks like Notation3, of which only Turtle is read: it has no "
                         "formulas, rules and variables.";
static const char directive[] = "A prefix is declared as @prefix ex: <namespace IRI> . or, as in "
                                "SPARQL, as PREFIX ex: <namespace IRI> without a dot.";
static const char star[] = "Triples within << and >> are RDF-star, which is not read: give Turtle "
                           "without them.";
static const char sparql[] = "The text looks like SPARQL: give the triples alone, as Turtle.";

/* The rest of a text. */
static RpText
from(RpText text, uint32_t offset)
{
    return offset == 0 ? text : (RpText){text.data + offset, text.length - offset};
}

static RpText
skip_space(RpText text)
{
    uint32_t offset = 0;

    while (offset < text.length && memchr(" \t\r\n", text.data[offset], 4) != NULL) {
        offset++;
    }
    return from(text, offset);
}

static bool
starts_with(RpText text, const char *start)
{
    return rp_text_starts_with(text, rp_text_from(start));
}

/* Whether a word stands somewhere at the beginning of a text. */
static bool
has_word(RpText text, const char *word)
{
    uint32_t limit = text.length < SEARCHED_BYTES ? text.length : SEARCHED_BYTES;

    for (uint32_t offset = 0; offset < limit; offset++) {
        const char *first = memchr(text.data + offset, word[0], limit - offset);

        if (first == NULL) {
            return false;
        }
        offset = (uint32_t)(first - text.data);
        if (starts_with(from(text, offset), word)) {
            return true;
        }
    }
    return false;
}

/* Whether a text starts with a word, in any case, that ends there. */
static bool
starts_with_keyword(RpText text, const char *word)
{
    uint32_t length = (uint32_t)strlen(word);

    if (text.length <= length || rp_ascii_is_letter(text.data[length]) ||
        text.data[length] == ':') {
        return false;
    }
    for (uint32_t i = 0; i < length; i++) {
        if (rp_ascii_lower(text.data[i]) != word[i]) {
            return false;
        }
    }
    return true;
}

static const char *
json_kind(RpText text)
{
    if (has_word(text, "\"@context\"") || has_word(text, "\"@id\"") ||
        has_word(text, "\"@graph\"") || has_word(text, "\"@type\"") ||
        has_word(text, "\"@value\"")) {
        return json_ld;
    }
    if (has_word(text, "\"subject\"") && has_word(text, "\"predicate\"")) {
        return json_triples;
    }
    return has_word(text, "\"property\"") || has_word(text, "\"target_class\"") ? json_rules : json;
}

/* Whether what stands behind a text's first bracket is JSON and no predicate: nothing but the other
 * bracket, or a value. */
static bool
begins_json_value(RpText inner)
{
    char first = inner.length > 0 ? inner.data[0] : '\0';

    if (first == ']') {
        return skip_space(from(inner, 1)).length == 0;
    }
    return first == '{' || first == '"' || first == '-' || rp_ascii_is_digit(first) ||
           starts_with(inner, "[{") || starts_with(inner, "null");
}

/* What the beginning of a text says beyond doubt; NULL: nothing. */
static const char *
by_beginning(RpText text)
{
    RpText start = skip_space(text);
    RpText inner = start.length > 0 ? skip_space(from(start, 1)) : start;

    if (starts_with(start, "<?xml") || starts_with(start, "<!") ||
        starts_with_keyword(start, "<rdf:rdf") || starts_with_keyword(start, "<html")) {
        return xml;
    }
    if (starts_with(start, "{\"{") || starts_with(start, "{\"[")) {
        return array;
    }
    if ((starts_with(start, "{") && (starts_with(inner, "\"") || starts_with(inner, "}"))) ||
        (starts_with(start, "[") && begins_json_value(inner))) {
        return json_kind(text);
    }
    return NULL;
}

/* The line that an offset is in, without the white space before it. */
static RpText
line_of(RpText text, uint32_t offset)
{
    uint32_t start = offset;
    const char *end = memchr(text.data + offset, '\n', text.length - offset);

    while (start > 0 && text.data[start - 1] != '\n') {
        start--;
    }
    text.length = end != NULL ? (uint32_t)(end - text.data) : text.length;
    return skip_space(from(text, start));
}

/* The word before an offset, with the rest of the text behind it; an empty text where something
 * else stands there. */
static RpText
word_before(RpText text, uint32_t offset)
{
    while (offset > 0 && memchr(" \t\r\n", text.data[offset - 1], 4) != NULL) {
        offset--;
    }
    while (offset > 0 && rp_ascii_is_letter(text.data[offset - 1])) {
        offset--;
    }
    return offset == 0 || memchr(" \t\r\n", text.data[offset - 1], 4) != NULL
               ? from(text, offset)
               : (RpText){text.data, 0};
}

/* Pass over an N-Triples term and the space behind it; an empty text where there is none. */
static RpText
skip_term(RpText text)
{
    char first = text.length > 0 ? text.data[0] : '\0';
    char close = first == '<' ? '>' : first == '"' ? '"' : ' ';
    uint32_t offset = 1;

    if (first != '<' && first != '"' && first != '_') {
        return (RpText){text.data, 0};
    }
    while (offset < text.length && text.data[offset] != close) {
        offset += text.data[offset] == '\\' ? 2 : 1;
    }
    if (offset >= text.length) {
        return (RpText){text.data, 0};
    }
    text = from(text, offset + (close != ' '));
    if (first == '"' && starts_with(text, "^^<")) {
        return skip_term(from(text, 2));
    }
    if (first == '"' && starts_with(text, "@")) {
        offset = 1;
        while (offset < text.length && text.data[offset] != ' ') {
            offset++;
        }
        text = from(text, offset);
    }
    return skip_space(text);
}

/* Whether a line is four terms and a dot. */
static bool
is_quad(RpText line)
{
    RpText rest = skip_term(skip_term(skip_term(line)));

    return rest.length > 0 && (rest.data[0] == '<' || rest.data[0] == '_') &&
           starts_with(skip_term(rest), ".");
}

/* Whether a line begins with the declaration of a prefix, which has not ended before the place. */
static bool
is_directive(RpText line, const char *place)
{
    if (!starts_with_keyword(line, "prefix") && !starts_with(line, "@p")) {
        return false;
    }
    for (const char *byte = line.data; byte + 1 < place; byte++) {
        if (byte[0] == '.' && byte[1] == ' ') {
            return false;
        }
    }
    return true;
}

/* What the place where reading stopped says; NULL: nothing. */
static const char *
by_place(RpText text, uint32_t offset, bool reads_graphs)
{
    static const char *const queries[] = {"select", "ask",    "construct", "describe",
                                          "insert", "delete", "where"};
    RpText rest = from(text, offset);
    RpText line = line_of(text, offset);
    RpText word = word_before(text, offset);

    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
        if (starts_with_keyword(line, queries[i]) || starts_with_keyword(word, queries[i])) {
            return sparql;
        }
    }
    if (is_directive(line, text.data + offset)) {
        return directive;
    }
    if (is_quad(line)) {
        return reads_graphs ? mixed : nquads;
    }
    if (starts_with(rest, "=") || starts_with(rest, "?") || starts_with(rest, "@forAll") ||
        starts_with(rest, "@forSome") || starts_with(rest, "@keywords") ||
        (starts_with(rest, "{") && has_word(text, "=>"))) {
        return n3;
    }
    return !reads_graphs && (starts_with(rest, "{") || starts_with_keyword(line, "graph")) ? trig
                                                                                           : NULL;
}

void
rp_foreign_format_hint(RpText text, uint32_t offset, bool reads_graphs, RpError *error)
{
    const char *hint = by_beginning(text);

    if (hint == NULL && offset > 0 && offset <= text.length &&
        starts_with(from(text, offset - 1), "<<")) {
        hint = star;
    }
    if (hint == NULL && error->hint[0] == '\0' && offset <= text.length) {
        hint = by_place(text, offset, reads_graphs);
    }
    if (hint != NULL) {
        rp_error_hint(error, "%s", hint);
    }
}
