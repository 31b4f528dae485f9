/* Terms of Turtle's statements, read in place: see statement_reader_internal.h. */
#include "rdf/statement_reader_internal.h"

#include "base/ascii.h"
#include "rdf/dictionary.h"
#include "rdf/turtle_scan.h"

/* Have a text last as long as the statement. False: there is no room, and the general reader
 * goes on. */
static bool
keep_text(RpStatementReader *reader, RpText *text)
{
    char *copy = reader->texts + reader->texts_used;

    if (text->data >= reader->text && text->data < reader->scan.end) {
        return true;
    }
    if (text->length > reader->texts_size - reader->texts_used) {
        return false;
    }
    if (text->length > 0) {
        memcpy(copy, text->data, text->length);
    }
    text->data = copy;
    reader->texts_used += text->length;
    return true;
}

/* The end of a prefixed name without escapes, and of ASCII alone, as PNAME_LN and PNAME_NS have it
 * (Turtle, 6.5). */
static const char *
name_end(const char *next)
{
    const char *start = next;
    const char *local;

    while (rp_statement_is_name_byte(*next) || *next == '.') {
        next++;
    }
    if (*next != ':' || (next > start && (!rp_ascii_is_letter(*start) || next[-1] == '.')) ||
        rp_turtle_begins_like_boolean((RpText){start, (uint32_t)(next - start)})) {
        return NULL;
    }
    local = ++next;
    while (rp_statement_is_name_byte(*next) || *next == '.' || *next == ':') {
        next++;
    }
    while (next > local && next[-1] == '.') {
        next--;
    }
    return rp_statement_token_ends(*next) && (next == local || (*local != '-' && *local != '.'))
               ? next
               : NULL;
}

/* Where a name is remembered: the ends of names differ most. */
static RpKnownName *
place_of(RpStatementReader *reader, RpText name)
{
    uint32_t last = (unsigned char)name.data[name.length - 1];
    uint32_t before = name.length > 1 ? (unsigned char)name.data[name.length - 2] : 0;

    return &reader->names_met[(name.length + 31 * last + 7 * before) % RP_STATEMENT_NAME_PLACES];
}

/* A prefixed name that is not remembered: it takes its place, unless the statement's triples need
 * what is there. */
static bool
read_new_name(RpStatementReader *reader, RpText name, RpKnownName *known, RpTerm *term)
{
    bool is_kept = known->statement != reader->statement;
    RpBuffer *buffer = is_kept ? &known->iri : &reader->room;
    RpText iri;

    if (is_kept) {
        known->written = (RpText){NULL, 0};
    }
    if (rp_turtle_names_expand(reader->names, name, buffer, &iri, reader->error) != RP_OK ||
        (!is_kept && !keep_text(reader, &iri))) {
        return false;
    }
    *term = rp_term_iri(iri);
    if (is_kept) {
        term->mark = rp_term_mark(reader->mark_count, (uint32_t)(known - reader->names_met));
        *known = (RpKnownName){name, *term, known->iri, reader->statement};
    }
    return true;
}

static const char *
read_name(RpStatementReader *reader, const char *next, RpTerm *term)
{
    const char *end = name_end(next);
    RpKnownName *known;
    RpText name;

    if (!end) {
        return NULL;
    }
    reader->has_turtle = true;
    name = (RpText){next, (uint32_t)(end - next)};
    known = place_of(reader, name);
    if (rp_text_equals(known->written, name)) {
        known->statement = reader->statement;
        *term = known->term;
        return end;
    }
    return read_new_name(reader, name, known, term) ? end : NULL;
}

/* An IRI, a prefixed name or a blank node with a label. */
const char *
rp_statement_resource(RpStatementReader *reader, const char *next, RpTerm *term)
{
    RpText text;

    if (*next == '<') {
        next = rp_line_iri(&reader->scan, next + 1, &reader->room, &text);
        if (!next || !keep_text(reader, &text)) {
            return NULL;
        }
        *term = rp_term_iri(text);
        return next;
    }
    if (*next != '_') {
        return read_name(reader, next, term);
    }
    next = rp_line_label(&reader->scan, next, &text);
    if (!next || !rp_statement_token_ends(*next) ||
        rp_turtle_names_label(reader->names, text, &reader->room, &text, reader->error) != RP_OK ||
        !keep_text(reader, &text)) {
        return NULL;
    }
    *term = rp_term_blank(text);
    return next;
}

/* A node without a label: numbered as libserd would, which numbers those that it reads. */
bool
rp_statement_blank(RpStatementReader *reader, RpTerm *term)
{
    uint32_t number = reader->names->genid_count + 1;
    char room[1 + RP_ASCII_COUNT_DIGITS];
    char *end = room + sizeof(room);
    char *start = rp_ascii_write_count(number, end);
    RpText label;
    RpText text;

    *--start = 'b'; /* by hand: shapes graphs have many of these */
    label = (RpText){start, (uint32_t)(end - start)};

    if (rp_turtle_names_blank(reader->names, label, &reader->room, &text, reader->error) != RP_OK ||
        !keep_text(reader, &text)) {
        return false;
    }
    reader->names->genid_count = number;
    *term = rp_term_blank(text);
    term->mark = rp_term_mark(reader->mark_count, 1 + number % (RP_STATEMENT_NAME_PLACES - 1));
    return true;
}

/* A predicate's mark tells its objects' triples that it is the same. */
const char *
rp_statement_predicate(RpStatementReader *reader, const char *next, RpTerm *term)
{
    if (next[0] == 'a' && (next[1] == ' ' || next[1] == '\t' || next[1] == '\n')) {
        reader->has_turtle = true;
        *term = rp_term_iri(RP_TEXT(RP_RDF "type"));
        return next + 1;
    }
    next = *next == '_' ? NULL : rp_statement_resource(reader, next, term);
    if (next && term->mark == 0) {
        term->mark = rp_term_mark(reader->mark_count,
                                  1 + reader->triple_count % (RP_STATEMENT_NAME_PLACES - 1));
    }
    return next;
}

const char *
rp_statement_literal(RpStatementReader *reader, const char *next, RpTerm *term)
{
    RpText lexical;
    RpText language;
    RpTerm datatype = {0};

    next = rp_line_string(&reader->scan, next, &reader->room, &lexical);
    if (!next || *next == '"' || !keep_text(reader, &lexical)) {
        return NULL;
    }
    if (*next == '@') {
        next = rp_line_language(next + 1, &language);
        *term = rp_term_lang_literal(lexical, language);
        return next && rp_statement_token_ends(*next) ? next : NULL;
    }
    if (*next == '^') {
        next = next[1] == '^' && next[2] != '_' ? rp_statement_resource(reader, next + 2, &datatype)
                                                : NULL;
        if (!next || rp_text_equals(datatype.lexical, RP_TEXT(RP_RDF "langString"))) {
            return NULL;
        }
    }
    *term = rp_term_literal(lexical, datatype.lexical);
    return next;
}

/* An integer or a decimal. */
const char *
rp_statement_number(RpStatementReader *reader, const char *next, RpTerm *term)
{
    const char *start = next;
    const char *datatype = RP_XSD "integer";
    const char *digits;

    next += *next == '+' || *next == '-';
    digits = next;
    while (rp_ascii_is_digit(*next)) {
        next++;
    }
    if (next > digits && next[0] == '.' && rp_ascii_is_digit(next[1])) {
        datatype = RP_XSD "decimal";
        for (next++; rp_ascii_is_digit(*next);) {
            next++;
        }
    }
    if (next == digits || !rp_statement_token_ends(*next) ||
        (*next == '.' && rp_statement_is_name_byte(next[1]))) {
        return NULL;
    }
    reader->has_turtle = true;
    *term = rp_term_literal((RpText){start, (uint32_t)(next - start)}, rp_text_from(datatype));
    return next;
}

/* true or false. NULL: it is neither. */
const char *
rp_statement_boolean(RpStatementReader *reader, const char *next, RpTerm *term)
{
    RpText rest = {next, (uint32_t)(reader->scan.end - next)};
    RpText word = *next == 't' ? RP_TEXT("true") : RP_TEXT("false");

    if (!rp_text_starts_with(rest, word) || !rp_statement_token_ends(next[word.length]) ||
        (next[word.length] == '.' && rp_statement_is_name_byte(next[word.length + 1]))) {
        return NULL;
    }
    reader->has_turtle = true;
    *term = rp_term_literal((RpText){next, word.length}, RP_TEXT(RP_XSD "boolean"));
    return next + word.length;
}
