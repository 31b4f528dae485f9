/* See statement_reader.h. */
#include "rdf/statement_reader.h"

#include "rdf/statement_reader_internal.h"

#include "rdf/dictionary.h"
#include "rdf/turtle_scan.h"

enum {
    LONG_NAMESPACE = 1024, /* bytes: a longer one is written out by who counts that */
    FIRST_TRIPLES = 16,
    TRIPLE_LIMIT = 1024,               /* of a statement */
    TEXTS_LIMIT = 64 * 1024,           /* bytes of a statement's texts that the document lacks */
    DEPTH_LIMIT = 16,                  /* of [ and ( */
    COPIED_DOCUMENT_LIMIT = 64 * 1024, /* of one without a newline at its end */
};

static const char *read_object(RpStatementReader *reader, const char *next, const RpTerm *subject,
                               const RpTerm *predicate, bool is_named);

static bool
ends_statement(char byte)
{
    return byte == ' ' || byte == '\n' || byte == '\t' || byte == '\r' || byte == '#';
}

/* Behind white space and comments; at the end, the newline there, which no token begins with: so no
 * byte behind it is looked at. */
static const char *
pass_space(const RpStatementReader *reader, const char *next)
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

static bool
add_triple(RpStatementReader *reader, const RpTerm *subject, const RpTerm *predicate,
           const RpTerm *object, const char *start, bool is_named)
{
    RpPendingTriple *triples;

    if (reader->triple_count == TRIPLE_LIMIT) {
        return false;
    }
    triples = rp_arena_grow(reader->source->arena, reader->triples, reader->triple_count,
                            reader->triple_count == 0 ? FIRST_TRIPLES : reader->triple_count + 1,
                            &reader->triple_capacity, sizeof(RpPendingTriple));
    if (!triples) {
        return false;
    }
    reader->triples = triples;
    reader->triples[reader->triple_count++] =
        (RpPendingTriple){*subject, *predicate, *object, start, is_named};
    return true;
}

/* Predicates with their objects, up to what ends them. */
static const char *
read_predicates(RpStatementReader *reader, const char *next, const RpTerm *subject, bool is_named)
{
    while (next) {
        RpTerm predicate;

        next = rp_statement_predicate(reader, next, &predicate);
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
read_anonymous(RpStatementReader *reader, const char *next, const RpTerm *subject,
               const RpTerm *predicate, bool is_named)
{
    const char *start = next;
    RpTerm node;

    if (!rp_statement_blank(reader, &node) ||
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
read_list(RpStatementReader *reader, const char *next, const RpTerm *subject,
          const RpTerm *predicate, bool is_named)
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
    if (!rp_statement_blank(reader, &node) ||
        !add_triple(reader, subject, predicate, &node, start, is_named)) {
        return NULL;
    }
    while (true) {
        RpTerm behind = end;
        const char *place;

        next = read_object(reader, next, &node, &first, false);
        next = next ? pass_space(reader, next) : NULL;
        if (!next || (*next != ')' && !rp_statement_blank(reader, &behind))) {
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
read_nested(RpStatementReader *reader, const char *next, const RpTerm *subject,
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
read_object(RpStatementReader *reader, const char *next, const RpTerm *subject,
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
        next = rp_statement_literal(reader, next + 1, &object);
        break;
    case '+':
    case '-':
    case '0' ... '9':
        next = rp_statement_number(reader, next, &object);
        break;
    case 't':
    case 'f':
        boolean = rp_statement_boolean(reader, next, &object);
        next = boolean ? boolean : rp_statement_resource(reader, next, &object);
        break;
    default:
        next = rp_statement_resource(reader, next, &object);
        break;
    }
    return next && add_triple(reader, subject, predicate, &object, start, is_named) ? next : NULL;
}

/* @prefix or PREFIX, whose name is next. Returns what follows; NULL: it is not as most are. */
static const char *
read_prefix(RpStatementReader *reader, const char *next, bool has_dot)
{
    const char *start = next;
    RpText prefix;
    RpText iri;

    while (rp_statement_is_name_byte(*next) || *next == '.') {
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
    for (uint32_t i = 0; i < RP_STATEMENT_NAME_PLACES; i++) {
        reader->names_met[i].written = (RpText){NULL, 0};
    }
    reader->status = reader->sink->prefix(reader->sink->line.state, prefix, iri, reader->error);
    return next;
}

static const char *
read_directive(RpStatementReader *reader, const char *next)
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
read_statement(RpStatementReader *reader, const char *next)
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
    next = rp_statement_resource(reader, next, &subject);
    if (!next) {
        return NULL;
    }
    subject.mark = rp_term_mark(reader->mark_count, 0);
    next = read_predicates(reader, pass_space(reader, next), &subject, true);
    /* Where .5 may begin, libserd says what stands there. */
    return next && *next == '.' && ends_statement(next[1]) ? next + 1 : NULL;
}

static uint32_t
offset_of(const RpStatementReader *reader, const char *place)
{
    return reader->text_offset + (uint32_t)(place - reader->text);
}

/* Tell of the triples of a statement. */
static RpStatus
tell_triples(RpStatementReader *reader, const char *start, const char *end)
{
    RpTurtleSource *source = reader->source;
    uint32_t line;

    source->statement_start = offset_of(reader, start);
    source->may_have_quads = source->may_have_quads && !reader->has_turtle;
    line = rp_turtle_source_position(source, source->statement_start).line;
    RP_TRY(rp_arena_poll_bytes(source->arena, (uint64_t)(end - start), reader->error));
    for (uint32_t i = 0; i < reader->triple_count; i++) {
        const RpPendingTriple *triple = &reader->triples[i];
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
read_text(RpStatementReader *reader)
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
begin_text(RpStatementReader *reader)
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
    RpStatementReader reader = {
        .source = source, .names = names, .sink = sink, .mark_count = mark_count, .error = error};

    rp_buffer_init(&reader.room, source->arena);
    for (uint32_t i = 0; i < RP_STATEMENT_NAME_PLACES; i++) {
        rp_buffer_init(&reader.names_met[i].iri, source->arena);
    }
    /* What Turtle may not have, once there are quads, the general reader knows. */
    return !source->has_quads && begin_text(&reader) ? read_text(&reader) : RP_OK;
}
