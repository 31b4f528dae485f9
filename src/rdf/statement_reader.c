/* See statement_reader.h. */
#include "rdf/statement_reader.h"

#include <stdio.h>

#include "base/ascii.h"
#include "rdf/dictionary.h"
#include "rdf/line_term.h"
#include "rdf/turtle_scan.h"

enum {
    NAME_PLACES = 32,      /* a power of two */
    LONG_NAMESPACE = 1024, /* bytes: a longer one is written out by who counts that */
    FIRST_TRIPLES = 16,
    TRIPLE_LIMIT = 1024,               /* of a statement */
    TEXTS_LIMIT = 64 * 1024,           /* bytes of a statement's texts that the document lacks */
    DEPTH_LIMIT = 16,                  /* of [ and ( */
    COPIED_DOCUMENT_LIMIT = 64 * 1024, /* of one without a newline at its end */
    MARK_COUNT_LIMIT = UINT32_MAX / RP_TERM_MARK_PLACES
};

/* A prefixed name that was met lately. */
typedef struct KnownName {
    RpText written; /* in the text; empty: none */
    RpTerm term;
    RpBuffer iri;
    uint32_t statement; /* the last one that had it: its triples point here until they are told */
} KnownName;

/* A triple of a statement that is not told of yet. */
typedef struct PendingTriple {
    RpTerm subject;
    RpTerm predicate;
    RpTerm object;
    const char *start; /* of the object */
    bool is_named;     /* its subject is the statement's */
} PendingTriple;

typedef struct StatementReader {
    RpLineScan scan;
    RpTurtleSource *source;
    RpTurtleNames *names;
    const RpStatementSink *sink;
    uint32_t *mark_count;
    RpError *error;
    RpStatus status;      /* of the sink, the host or memory */
    const char *text;     /* what is read: the document, or a copy of it with a newline */
    uint32_t text_offset; /* of the text in the document */

    KnownName names_met[NAME_PLACES];
    RpBuffer room;
    char *texts;
    uint32_t texts_used;
    uint32_t texts_size;
    PendingTriple *triples;
    uint32_t triple_count;
    uint32_t triple_capacity;
    uint32_t statement; /* number of the one that is read, from 1 */
    uint32_t depth;
    bool has_turtle; /* the statement has what N-Quads lacks */
} StatementReader;

static const char *read_object(StatementReader *reader, const char *next, const RpTerm *subject,
                               const RpTerm *predicate, bool is_named);

static bool
is_name_byte(char byte)
{
    return rp_ascii_is_letter(byte) || rp_ascii_is_digit(byte) || byte == '_' || byte == '-';
}

/* Whether a token that ends in no bracket of its own ends before a byte. */
static bool
ends_token(char byte)
{
    return byte == ' ' || byte == '\n' || byte == '\t' || byte == '\r' || byte == ';' ||
           byte == ',' || byte == '.' || byte == ')' || byte == ']' || byte == '#';
}

static bool
ends_statement(char byte)
{
    return byte == ' ' || byte == '\n' || byte == '\t' || byte == '\r' || byte == '#';
}

/* Behind white space and comments; at the end, the newline there, which no token begins with: so no
 * byte behind it is looked at. */
static const char *
pass_space(const StatementReader *reader, const char *next)
{
    while (next < reader->scan.end) {
        if (*next == '#') {
            while (*next != '\n' && *next != '\r') {
                next++;
            }
        } else if (*next != ' ' && *next != '\n' && *next != '\t' && *next != '\r') {
            return next;
        }
        next++;
    }
    return reader->scan.end - 1;
}

static uint32_t
make_mark(StatementReader *reader, uint32_t place)
{
    return *reader->mark_count < MARK_COUNT_LIMIT
               ? ++*reader->mark_count * RP_TERM_MARK_PLACES + place % RP_TERM_MARK_PLACES
               : 0;
}

/* Have a text last as long as the statement. False: there is no room, and the general reader
 * goes on. */
static bool
keep_text(StatementReader *reader, RpText *text)
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

static bool
add_triple(StatementReader *reader, const RpTerm *subject, const RpTerm *predicate,
           const RpTerm *object, const char *start, bool is_named)
{
    PendingTriple *triples;

    if (reader->triple_count == TRIPLE_LIMIT) {
        return false;
    }
    triples = rp_arena_grow(reader->source->arena, reader->triples, reader->triple_count,
                            reader->triple_count == 0 ? FIRST_TRIPLES : reader->triple_count + 1,
                            &reader->triple_capacity, sizeof(PendingTriple));
    if (!triples) {
        return false;
    }
    reader->triples = triples;
    reader->triples[reader->triple_count++] =
        (PendingTriple){*subject, *predicate, *object, start, is_named};
    return true;
}

/* The end of a prefixed name without escapes, and of ASCII alone, as PNAME_LN and PNAME_NS have it
 * (Turtle, 6.5). */
static const char *
name_end(const char *next)
{
    const char *start = next;
    const char *local;

    while (is_name_byte(*next) || *next == '.') {
        next++;
    }
    if (*next != ':' || (next > start && (!rp_ascii_is_letter(*start) || next[-1] == '.')) ||
        rp_turtle_begins_like_boolean((RpText){start, (uint32_t)(next - start)})) {
        return NULL;
    }
    local = ++next;
    while (is_name_byte(*next) || *next == '.' || *next == ':') {
        next++;
    }
    while (next > local && next[-1] == '.') {
        next--;
    }
    return ends_token(*next) && (next == local || (*local != '-' && *local != '.')) ? next : NULL;
}

/* Where a name is remembered: the ends of names differ most. */
static KnownName *
place_of(StatementReader *reader, RpText name)
{
    uint32_t last = (unsigned char)name.data[name.length - 1];
    uint32_t before = name.length > 1 ? (unsigned char)name.data[name.length - 2] : 0;

    return &reader->names_met[(name.length + 31 * last + 7 * before) % NAME_PLACES];
}

/* A prefixed name that is not remembered: it takes its place, unless the statement's triples need
 * what is there. */
static bool
read_new_name(StatementReader *reader, RpText name, KnownName *known, RpTerm *term)
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
        term->mark = make_mark(reader, (uint32_t)(known - reader->names_met));
        *known = (KnownName){name, *term, known->iri, reader->statement};
    }
    return true;
}

static const char *
read_name(StatementReader *reader, const char *next, RpTerm *term)
{
    const char *end = name_end(next);
    KnownName *known;
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
static const char *
read_resource(StatementReader *reader, const char *next, RpTerm *term)
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
    if (!next || !ends_token(*next) ||
        rp_turtle_names_label(reader->names, text, &reader->room, &text, reader->error) != RP_OK ||
        !keep_text(reader, &text)) {
        return NULL;
    }
    *term = rp_term_blank(text);
    return next;
}

/* A node without a label: numbered as libserd would, which numbers those that it reads. */
static bool
make_blank(StatementReader *reader, RpTerm *term)
{
    uint32_t number = reader->names->genid_count + 1;
    char label[16];
    RpText text;

    (void)snprintf(label, sizeof label, "b%u", number);
    if (rp_turtle_names_blank(reader->names, rp_text_from(label), &reader->room, &text,
                              reader->error) != RP_OK ||
        !keep_text(reader, &text)) {
        return false;
    }
    reader->names->genid_count = number;
    *term = rp_term_blank(text);
    term->mark = make_mark(reader, 1 + number % (NAME_PLACES - 1));
    return true;
}

/* A predicate's mark tells its objects' triples that it is the same. */
static const char *
read_predicate(StatementReader *reader, const char *next, RpTerm *term)
{
    if (next[0] == 'a' && (next[1] == ' ' || next[1] == '\t' || next[1] == '\n')) {
        reader->has_turtle = true;
        *term = rp_term_iri(RP_TEXT(RP_RDF "type"));
        return next + 1;
    }
    next = *next == '_' ? NULL : read_resource(reader, next, term);
    if (next && term->mark == 0) {
        term->mark = make_mark(reader, 1 + reader->triple_count % (NAME_PLACES - 1));
    }
    return next;
}

static const char *
read_literal(StatementReader *reader, const char *next, RpTerm *term)
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
        return next && ends_token(*next) ? next : NULL;
    }
    if (*next == '^') {
        next = next[1] == '^' && next[2] != '_' ? read_resource(reader, next + 2, &datatype) : NULL;
        if (!next || rp_text_equals(datatype.lexical, RP_TEXT(RP_RDF "langString"))) {
            return NULL;
        }
    }
    *term = rp_term_literal(lexical, datatype.lexical);
    return next;
}

/* An integer or a decimal. */
static const char *
read_number(StatementReader *reader, const char *next, RpTerm *term)
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
    if (next == digits || !ends_token(*next) || (*next == '.' && is_name_byte(next[1]))) {
        return NULL;
    }
    reader->has_turtle = true;
    *term = rp_term_literal((RpText){start, (uint32_t)(next - start)}, rp_text_from(datatype));
    return next;
}

/* true or false. NULL: it is neither. */
static const char *
read_boolean(StatementReader *reader, const char *next, RpTerm *term)
{
    RpText rest = {next, (uint32_t)(reader->scan.end - next)};
    RpText word = *next == 't' ? RP_TEXT("true") : RP_TEXT("false");

    if (!rp_text_starts_with(rest, word) || !ends_token(next[word.length]) ||
        (next[word.length] == '.' && is_name_byte(next[word.length + 1]))) {
        return NULL;
    }
    reader->has_turtle = true;
    *term = rp_term_literal((RpText){next, word.length}, RP_TEXT(RP_XSD "boolean"));
    return next + word.length;
}

/* Predicates with their objects, up to what ends them. */
static const char *
read_predicates(StatementReader *reader, const char *next, const RpTerm *subject, bool is_named)
{
    while (next) {
        RpTerm predicate;

        next = read_predicate(reader, next, &predicate);
        next = next ? pass_space(reader, next) : NULL;
        next = next ? read_object(reader, next, subject, &predicate, is_named) : NULL;
        next = next ? pass_space(reader, next) : NULL;
        while (next && *next == ',') {
            reader->has_turtle = true;
            next = read_object(reader, pass_space(reader, next + 1), subject, &predicate, is_named);
            next = next ? pass_space(reader, next) : NULL;
        }
        if (!next || *next != ';') {
            break;
        }
        reader->has_turtle = true;
        while (*next == ';') {
            next = pass_space(reader, next + 1);
        }
        if (*next == '.' || *next == ']') {
            break;
        }
    }
    return next;
}

/* A node without a label, the triple that it is the object of first. */
static const char *
read_anonymous(StatementReader *reader, const char *next, const RpTerm *subject,
               const RpTerm *predicate, bool is_named)
{
    const char *start = next;
    RpTerm node;

    if (!make_blank(reader, &node) ||
        !add_triple(reader, subject, predicate, &node, start, is_named)) {
        return NULL;
    }
    next = pass_space(reader, next + 1);
    if (*next != ']') {
        next = read_predicates(reader, next, &node, false);
    }
    return next && *next == ']' ? next + 1 : NULL;
}

/* A list: its head, then each member and what comes behind it. */
static const char *
read_list(StatementReader *reader, const char *next, const RpTerm *subject, const RpTerm *predicate,
          bool is_named)
{
    RpTerm first = rp_term_iri(RP_TEXT(RP_RDF "first"));
    RpTerm rest = rp_term_iri(RP_TEXT(RP_RDF "rest"));
    RpTerm end = rp_term_iri(RP_TEXT(RP_RDF "nil"));
    const char *start = next;
    RpTerm node;

    next = pass_space(reader, next + 1);
    if (*next == ')') {
        return add_triple(reader, subject, predicate, &end, start, is_named) ? next + 1 : NULL;
    }
    if (!make_blank(reader, &node) ||
        !add_triple(reader, subject, predicate, &node, start, is_named)) {
        return NULL;
    }
    while (true) {
        RpTerm behind = end;
        const char *place;

        next = read_object(reader, next, &node, &first, false);
        next = next ? pass_space(reader, next) : NULL;
        if (!next || (*next != ')' && !make_blank(reader, &behind))) {
            return NULL;
        }
        /* As libserd tells: of the member behind, or of the last term of the last member. */
        place = *next == ')' ? reader->triples[reader->triple_count - 1].start : next;
        if (!add_triple(reader, &node, &rest, &behind, place, false)) {
            return NULL;
        }
        if (*next == ')') {
            return next + 1;
        }
        node = behind;
    }
}

static const char *
read_nested(StatementReader *reader, const char *next, const RpTerm *subject,
            const RpTerm *predicate, bool is_named)
{
    reader->has_turtle = true;
    if (reader->depth == DEPTH_LIMIT || reader->depth == reader->source->depth_limit) {
        return NULL;
    }
    reader->depth++;
    next = *next == '[' ? read_anonymous(reader, next, subject, predicate, is_named)
                        : read_list(reader, next, subject, predicate, is_named);
    reader->depth--;
    return next;
}

/* An object, whose triple is added, and those of what stands in it. */
static const char *
read_object(StatementReader *reader, const char *next, const RpTerm *subject,
            const RpTerm *predicate, bool is_named)
{
    const char *start = next;
    const char *boolean;
    RpTerm object;

    switch (*next) {
    case '[':
    case '(':
        return read_nested(reader, next, subject, predicate, is_named);
    case '"':
        next = read_literal(reader, next + 1, &object);
        break;
    case '+':
    case '-':
    case '0' ... '9':
        next = read_number(reader, next, &object);
        break;
    case 't':
    case 'f':
        boolean = read_boolean(reader, next, &object);
        next = boolean ? boolean : read_resource(reader, next, &object);
        break;
    default:
        next = read_resource(reader, next, &object);
        break;
    }
    return next && add_triple(reader, subject, predicate, &object, start, is_named) ? next : NULL;
}

/* @prefix or PREFIX, whose name is next. Returns what follows; NULL: it is not as most are. */
static const char *
read_prefix(StatementReader *reader, const char *next, bool has_dot)
{
    const char *start = next;
    RpText prefix;
    RpText iri;

    while (is_name_byte(*next) || *next == '.') {
        next++;
    }
    prefix = (RpText){start, (uint32_t)(next - start)};
    if (*next != ':' || (prefix.length > 0 && (!rp_ascii_is_letter(*start) || next[-1] == '.')) ||
        rp_turtle_begins_like_boolean(prefix)) {
        return NULL;
    }
    next = pass_space(reader, next + 1);
    next = *next == '<' ? rp_line_iri(&reader->scan, next + 1, &reader->room, &iri) : NULL;
    if (next && has_dot) {
        next = pass_space(reader, next);
        next = *next == '.' ? next + 1 : NULL;
    }
    if (!next || iri.length > LONG_NAMESPACE ||
        rp_prefix_table_set(&reader->names->prefixes, prefix, iri, reader->error) != RP_OK) {
        return NULL;
    }
    for (uint32_t i = 0; i < NAME_PLACES; i++) {
        reader->names_met[i].written = (RpText){NULL, 0};
    }
    reader->status = rp_prefix_table_set(&reader->names->prefixes, prefix, iri, reader->error);
    if (reader->status == RP_OK) {
        reader->status = reader->sink->prefix(reader->sink->line.state, prefix, iri, reader->error);
    }
    return next;
}

static const char *
read_directive(StatementReader *reader, const char *next)
{
    RpText rest = {next, (uint32_t)(reader->scan.end - next)};
    const char *name = next + (*next == '@' ? sizeof("@prefix") : sizeof("PREFIX")) - 1;

    if ((!rp_text_starts_with(rest, RP_TEXT("@prefix")) &&
         !rp_text_starts_with(rest, RP_TEXT("PREFIX"))) ||
        *name != ' ') {
        return NULL;
    }
    reader->has_turtle = true;
    return read_prefix(reader, pass_space(reader, name), *next == '@');
}

/* A statement. Returns what follows its dot; NULL: it is left to the general reader. */
static const char *
read_statement(StatementReader *reader, const char *next)
{
    RpTerm subject;

    reader->statement++;
    reader->triple_count = 0;
    reader->texts_used = 0;
    reader->has_turtle = false;
    if (*next == '@' || *next == 'P') {
        const char *end = read_directive(reader, next);

        if (end || *next == '@') {
            return end;
        }
    }
    next = read_resource(reader, next, &subject);
    if (!next) {
        return NULL;
    }
    subject.mark = make_mark(reader, 0);
    next = read_predicates(reader, pass_space(reader, next), &subject, true);
    /* Where .5 may begin, libserd says what stands there. */
    return next && *next == '.' && ends_statement(next[1]) ? next + 1 : NULL;
}

static uint32_t
offset_of(const StatementReader *reader, const char *place)
{
    return reader->text_offset + (uint32_t)(place - reader->text);
}

/* Tell of the triples of a statement. */
static RpStatus
tell_triples(StatementReader *reader, const char *start, const char *end)
{
    RpTurtleSource *source = reader->source;
    uint32_t line;

    source->statement_start = offset_of(reader, start);
    source->may_have_quads = source->may_have_quads && !reader->has_turtle;
    line = rp_turtle_source_position(source, source->statement_start).line;
    RP_TRY(rp_arena_poll_bytes(source->arena, (uint64_t)(end - start), reader->error));
    for (uint32_t i = 0; i < reader->triple_count; i++) {
        const PendingTriple *triple = &reader->triples[i];
        RpPosition position;

        source->term_start = offset_of(reader, triple->start);
        position = rp_turtle_source_position(source, source->term_start);
        position.subject_line = triple->is_named ? line : 0;
        RP_TRY(reader->sink->line.triple(reader->sink->line.state, &triple->subject,
                                         &triple->predicate, &triple->object, (RpText){0}, position,
                                         reader->error));
    }
    return RP_OK;
}

/* Read a text whose last byte is a newline, as far as its statements are as most are. */
static RpStatus
read_text(StatementReader *reader)
{
    const char *next = pass_space(reader, reader->text);
    uint32_t offset;

    while (*next != '\n') {
        uint32_t genid_count = reader->names->genid_count;
        const char *end = read_statement(reader, next);

        RP_TRY(reader->status);
        if (!end) {
            reader->names->genid_count = genid_count;
            /* The space, since at its start libserd passes over a byte order mark. */
            rp_turtle_source_replace(reader->source, offset_of(reader, next), " ");
            return RP_OK;
        }
        RP_TRY(tell_triples(reader, next, end));
        next = pass_space(reader, end);
    }
    offset = offset_of(reader, reader->scan.end);
    rp_turtle_source_replace(
        reader->source,
        offset < reader->source->document.length ? offset : reader->source->document.length, "");
    return RP_OK;
}

/*
 * A newline must stand behind all that is read: a small document without one is copied, a large one
 * is read up to its last one. False: there is none, or no memory, and all is left to libserd.
 */
static bool
begin_text(StatementReader *reader)
{
    RpTurtleSource *source = reader->source;
    uint32_t length = source->document.length - source->offset;
    const char *rest = source->document.data + source->offset;

    reader->text_offset = source->offset;
    reader->text = rest;
    if (rest[length - 1] != '\n' && length <= COPIED_DOCUMENT_LIMIT) {
        char *copy = rp_arena_allocate(source->arena, (size_t)length + 1);

        if (!copy) {
            return false;
        }
        memcpy(copy, rest, length);
        copy[length++] = '\n';
        reader->text = copy;
    }
    while (length > 0 && reader->text[length - 1] != '\n') {
        length--;
    }
    reader->scan.end = reader->text + length;
    reader->texts_size = length < TEXTS_LIMIT ? length + 256 : TEXTS_LIMIT;
    reader->texts = rp_arena_allocate(source->arena, reader->texts_size);
    return length > 0 && reader->texts != NULL;
}

RpStatus
rp_statement_reader_read(RpTurtleSource *source, RpTurtleNames *names, const RpStatementSink *sink,
                         uint32_t *mark_count, RpError *error)
{
    StatementReader reader = {
        .source = source, .names = names, .sink = sink, .mark_count = mark_count, .error = error};

    rp_buffer_init(&reader.room, source->arena);
    for (uint32_t i = 0; i < NAME_PLACES; i++) {
        rp_buffer_init(&reader.names_met[i].iri, source->arena);
    }
    /* What Turtle may not have, once there are quads, the general reader knows. */
    return !source->has_quads && begin_text(&reader) ? read_text(&reader) : RP_OK;
}
