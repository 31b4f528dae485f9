/* See line_reader.h. */
#include "rdf/line_reader.h"

#include "rdf/dictionary.h"
#include "rdf/line_term.h"
#include "rdf/turtle_source.h"

enum {
    IRI_PLACES = 32,             /* a power of two */
    LAST_LINE_BYTES = 64 * 1024, /* of one without a newline, that is copied */
    CHECKED_BYTES = 32 * 1024 /* at a time: they are still near the processor when they are read */
};

_Static_assert((int)IRI_PLACES * 2 == (int)RP_TERM_MARK_PLACES,
               "half the marks are for predicates");

/* A term that may come again. */
typedef struct LineTerm {
    RpTerm term;
    bool is_wide; /* as written: see RpLineScan */
} LineTerm;

/* IRIs that were met lately. */
typedef struct IriMemory {
    LineTerm places[IRI_PLACES]; /* each IRI has one; none is there: its text is empty */
    LineTerm odd;                /* the last one with escapes, which is not remembered */
    RpBuffer room;               /* for that */
} IriMemory;

typedef struct LineReader {
    RpLineScan scan;
    RpTurtleSource *source;
    RpTurtleNames *names;
    const RpLineSink *sink;
    uint32_t *mark_count;
    RpError *error;

    const char *text;     /* what is read: the document, or the copy of its last line */
    uint32_t text_offset; /* of the text in the document */
    const char *checked;  /* the end of the lines that have been checked */
    const char *line;     /* where the line begins */
    uint32_t line_number;
    bool is_first; /* no statement or comment has come on the line */

    RpText written; /* the last subject with the space behind it; empty: none is remembered */
    LineTerm subject;
    IriMemory predicates;
    IriMemory datatypes;
    RpBuffer subject_room;
    RpBuffer object_room;
    RpBuffer graph_room;
} LineReader;

/* A statement, its terms valid until the next one is read. */
typedef struct Statement {
    const RpTerm *predicate;
    RpTerm object;
    RpText graph; /* in the document */
    const char *object_start;
} Statement;

static uint32_t
offset_of(const LineReader *reader, const char *place)
{
    return reader->text_offset + (uint32_t)(place - reader->text);
}

static inline const char *
pass_blanks(const char *next)
{
    while (*next == ' ' || *next == '\t') {
        next++;
    }
    return next;
}

/* The end of a comment's line. */
static const char *
pass_comment(const char *next)
{
    while (*next != '\n' && *next != '\r') {
        next++;
    }
    return next;
}

/* An IRI or blank node, which is next. */
static const char *
read_resource(LineReader *reader, const char *next, RpBuffer *room, RpTerm *term)
{
    RpText text;

    if (*next == '<') {
        next = rp_line_iri(&reader->scan, next + 1, room, &text);
        *term = rp_term_iri(text);
        return next;
    }
    next = rp_line_label(&reader->scan, next, &text);
    if (!next || rp_turtle_names_label(reader->names, text, room, &text, reader->error) != RP_OK) {
        return NULL;
    }
    *term = rp_term_blank(text);
    return next;
}

/* The subject: it is the last one, if the text goes on as that was written. */
static const char *
read_subject(LineReader *reader, const char *next)
{
    uint32_t length = reader->written.length;
    const char *start = next;

    if (length > 0 && (size_t)(reader->scan.end - next) > length &&
        memcmp(next, reader->written.data, length) == 0) {
        reader->scan.is_wide = reader->subject.is_wide;
        return next + length;
    }
    reader->written.length = 0;
    reader->scan.is_wide = false;
    next = read_resource(reader, next, &reader->subject_room, &reader->subject.term);
    if (next) {
        reader->subject.term.mark = rp_term_mark(reader->mark_count, 0);
        reader->subject.is_wide = reader->scan.is_wide;
        if (*next == ' ') {
            reader->written = (RpText){start, (uint32_t)(next + 1 - start)};
        }
    }
    return next;
}

/* An IRI that has not been met lately, to its place, unless it has escapes. */
static const char *
read_new_iri(LineReader *reader, IriMemory *memory, const char *next, uint32_t place,
             const LineTerm **found)
{
    RpLineScan scan = {.end = reader->scan.end};
    const char *start = next + 1;
    RpText iri;

    next = rp_line_iri(&scan, start, &memory->room, &iri);
    if (next) {
        bool is_slice = iri.data == start;
        LineTerm *known = is_slice ? &memory->places[place] : &memory->odd;

        *known = (LineTerm){rp_term_iri(iri), scan.is_wide};
        known->term.mark = is_slice ? rp_term_mark(reader->mark_count, IRI_PLACES + place) : 0;
        *found = known;
    }
    return next;
}

/* An IRI that is likely to have been met: a predicate or datatype. The ends differ most. */
static const char *
read_known_iri(LineReader *reader, IriMemory *memory, const char *next, const LineTerm **found)
{
    const char *close = *next == '<' ? memchr(next, '>', (size_t)(reader->scan.end - next)) : NULL;
    uint32_t length;
    uint32_t place;

    if (!close || close - next < 3) {
        return NULL;
    }
    length = (uint32_t)(close - next - 1);
    place = (length + 31u * (unsigned char)close[-1] + 7u * (unsigned char)close[-2]) % IRI_PLACES;
    *found = &memory->places[place];
    if ((*found)->term.lexical.length == length &&
        memcmp((*found)->term.lexical.data, next + 1, length) == 0) {
        return close + 1;
    }
    return read_new_iri(reader, memory, next, place, found);
}

/* A literal, what follows its " being next. */
static const char *
read_literal(LineReader *reader, const char *next, RpTerm *term)
{
    RpText lexical;
    RpText language;
    const LineTerm *datatype;

    next = rp_line_string(&reader->scan, next, &reader->object_room, &lexical);
    if (next && next[0] == '^') {
        next =
            next[1] == '^' ? read_known_iri(reader, &reader->datatypes, next + 2, &datatype) : NULL;
        if (next) {
            *term = rp_term_literal(lexical, datatype->term.lexical);
            return rp_text_equals(term->datatype, RP_TEXT(RP_RDF "langString")) ? NULL : next;
        }
    } else if (next && next[0] == '@') {
        next = rp_line_language(next + 1, &language);
        *term = rp_term_lang_literal(lexical, language);
    } else {
        *term = rp_term_literal(lexical, RP_TEXT(""));
    }
    return next;
}

/* The graph, if there is one before the dot. */
static const char *
read_graph(LineReader *reader, const char *next, RpText *graph)
{
    const char *start = next;
    RpTerm term;

    *graph = (RpText){0};
    if (*next == '.') {
        return next;
    }
    next = reader->source->reads_graphs ? read_resource(reader, next, &reader->graph_room, &term)
                                        : NULL;
    if (next) {
        *graph = (RpText){reader->source->document.data + offset_of(reader, start),
                          (uint32_t)(next - start)};
        next = pass_blanks(next);
    }
    return next && *next == '.' ? next : NULL;
}

/* A statement and what may follow it on its line. Returns where the line ends; NULL: it is no
 * statement, or does not end there. */
static const char *
read_statement(LineReader *reader, const char *next, Statement *statement)
{
    const LineTerm *predicate;

    next = read_subject(reader, next);
    next = next ? read_known_iri(reader, &reader->predicates, pass_blanks(next), &predicate) : NULL;
    if (!next) {
        return NULL;
    }
    statement->predicate = &predicate->term;
    reader->scan.is_wide = reader->scan.is_wide || predicate->is_wide;
    next = pass_blanks(next);
    statement->object_start = next;
    next = *next == '"' ? read_literal(reader, next + 1, &statement->object)
                        : read_resource(reader, next, &reader->object_room, &statement->object);
    next = next ? read_graph(reader, pass_blanks(next), &statement->graph) : NULL;
    if (!next) {
        return NULL;
    }
    next = pass_blanks(next + 1);
    if (*next == '#') {
        next = pass_comment(next);
    }
    return *next == '\n' || *next == '\r' ? next : NULL;
}

/* Where the object stands. Before it on its line there are usually characters of one byte only. */
static RpPosition
position_of(LineReader *reader, const Statement *statement)
{
    RpPosition position = {reader->line_number,
                           (uint32_t)(statement->object_start - reader->line) + 1,
                           reader->line_number};

    if (!reader->is_first || reader->scan.is_wide) {
        position = rp_turtle_source_position(reader->source, reader->source->term_start);
        position.subject_line = position.line;
    }
    return position;
}

/* Tell of a statement that begins at a place and has been read up to another. */
static RpStatus
tell_statement(LineReader *reader, const Statement *statement, const char *start, const char *end)
{
    RpTurtleSource *source = reader->source;

    source->term_start = offset_of(reader, statement->object_start);
    RP_TRY(rp_arena_poll_bytes(source->arena, (uint64_t)(end - start), reader->error));
    source->has_quads = source->has_quads || statement->graph.length > 0;
    return reader->sink->triple(reader->sink->state, &reader->subject.term, statement->predicate,
                                &statement->object, statement->graph,
                                position_of(reader, statement), reader->error);
}

/*
 * Check the lines from one on, before anything of them is read: those up to the next newline behind
 * so many bytes. There is one where the document goes on for longer than its last line may be.
 */
static RpStatus
check_lines(LineReader *reader, const char *line)
{
    RpTurtleSource *source = reader->source;
    uint32_t end = source->document.length;

    reader->checked = reader->scan.end;
    if (end - offset_of(reader, line) > CHECKED_BYTES + LAST_LINE_BYTES) {
        const char *rest = line + CHECKED_BYTES;

        reader->checked = (const char *)memchr(rest, '\n', (size_t)(reader->scan.end - rest)) + 1;
        end = offset_of(reader, reader->checked);
    }
    return rp_turtle_source_check(source, end) ? RP_OK : source->status;
}

/* Read a text whose last byte is a newline, as far as it has statements and comments alone. */
static RpStatus
read_text(LineReader *reader)
{
    const char *next = reader->text;
    Statement statement;

    reader->line = next;
    reader->checked = next;
    while (next < reader->scan.end) {
        const char *start;

        if (next >= reader->checked) {
            RP_TRY(check_lines(reader, next));
        }
        start = next = pass_blanks(next);
        switch (*next) {
        case '\n':
            RP_TRY(rp_arena_poll(reader->source->arena, reader->error));
            reader->line = ++next;
            reader->line_number++;
            reader->is_first = true;
            continue;
        case '\r':
            next++;
            continue;
        case '#':
            next = pass_comment(next);
            break;
        default:
            next = read_statement(reader, next, &statement);
            if (!next) {
                /* The space, since at its start libserd passes over a byte order mark. */
                rp_turtle_source_replace(reader->source, offset_of(reader, start), " ");
                return RP_OK;
            }
            RP_TRY(tell_statement(reader, &statement, start, next));
            break;
        }
        reader->is_first = false;
    }
    rp_turtle_source_replace(reader->source, offset_of(reader, next), "");
    return RP_OK;
}

/* The end of the last line that has a newline. 0: none near the end has. */
static uint32_t
lines_end(RpText document)
{
    uint32_t end = document.length;

    while (end > 0 && document.data[end - 1] != '\n') {
        if (document.length - end == LAST_LINE_BYTES) {
            return 0;
        }
        end--;
    }
    return end;
}

/* What follows a line that has a newline, copied, since one must stand behind it. */
static RpStatus
read_last_line(LineReader *reader)
{
    RpTurtleSource *source = reader->source;
    uint32_t length = source->document.length - source->offset;
    char *copy = rp_arena_allocate(source->arena, (size_t)length + 1);

    if (!copy) {
        return rp_arena_failure(source->arena, reader->error);
    }
    memcpy(copy, source->document.data + source->offset, length);
    copy[length] = '\n';
    reader->text = copy;
    reader->text_offset = source->offset;
    reader->scan.end = copy + length + 1;
    RP_TRY(read_text(reader));
    if (source->offset > source->document.length) {
        rp_turtle_source_replace(source, source->document.length, "");
    }
    return RP_OK;
}

RpStatus
rp_line_reader_read(RpTurtleSource *source, RpTurtleNames *names, const RpLineSink *sink,
                    uint32_t *mark_count, RpError *error)
{
    uint32_t end = lines_end(source->document);
    LineReader reader = {.scan = {.end = source->document.data + end},
                         .source = source,
                         .names = names,
                         .sink = sink,
                         .mark_count = mark_count,
                         .error = error,
                         .text = source->document.data,
                         .line_number = 1,
                         .is_first = true};

    rp_buffer_init(&reader.predicates.room, source->arena);
    rp_buffer_init(&reader.datatypes.room, source->arena);
    rp_buffer_init(&reader.subject_room, source->arena);
    rp_buffer_init(&reader.object_room, source->arena);
    rp_buffer_init(&reader.graph_room, source->arena);
    if (source->document.length == 0) {
        return RP_OK;
    }
    RP_TRY(read_text(&reader));
    if (source->offset == end && end < source->document.length &&
        source->document.length - end <= LAST_LINE_BYTES) {
        return read_last_line(&reader);
    }
    return RP_OK;
}
