/*
 * The reader: libserd's events to terms. Everything that libserd must not do is done here or in
 * turtle_source: prefixes, base, checks, positions. libserd goes on after a callback has failed, so
 * the first failure is kept in the source's status, which also stops its input; later events are
 * passed over.
 */
#include "rdf/turtle_reader.h"

#include <serd/serd.h>
#include <stdio.h>

#include "base/ascii.h"
#include "base/buffer.h"
#include "rdf/dictionary.h"
#include "rdf/line_reader.h"
#include "rdf/statement_reader.h"
#include "rdf/turtle_block.h"
#include "rdf/turtle_complaint.h"
#include "rdf/turtle_genid.h"
#include "rdf/turtle_memory.h"
#include "rdf/turtle_name.h"
#include "rdf/turtle_quad.h"
#include "rdf/turtle_source.h"
#include "rdf/turtle_token.h"

/* What libserd gives again and again. Large, so that a small document that is read without it is
 * spared clearing them. */
typedef struct TurtleMemories {
    RpTurtleMemory subjects; /* those that are written in the document */
    RpTurtleMemory predicates;
    RpTurtleMemory datatypes;
} TurtleMemories;

typedef struct TurtleReader {
    RpArena *arena;
    const RpTripleSink *sink;
    RpTurtleSource source; /* its status is the reader's */
    RpError *error;
    RpTurtleNames names;
    const RpTurtleOptions *options;
    RpBuffer subject; /* room for expanded names, used again for every statement */
    RpBuffer object;
    RpBuffer graph;
    RpText quad_graph; /* as N-Quads has it, in the document: of the last triple; empty: none */
    bool passes_over;  /* triples of the graph that is read are not wanted */
    RpGraphsRead graphs_read; /* so far */
    TurtleMemories *memories; /* of run */
    uint32_t mark_count;      /* RP_TERM_MARK_PLACES marks each */
    RpTurtleFault fault;      /* the name or reference that is read */
    uint32_t statement_start; /* of the statement whose first line is known */
    uint32_t statement_line;  /* 0: of none yet */
} TurtleReader;

static RpText
node_text(const SerdNode *node)
{
    return (RpText){(const char *)node->buf, (uint32_t)node->n_bytes};
}

/* Stop for an error that has been filled. */
static SerdStatus
stop(TurtleReader *reader, RpStatus status)
{
    rp_turtle_source_stop(&reader->source, status,
                          status == RP_SYNTAX
                              ? rp_turtle_fault_start(&reader->source, reader->fault)
                              : reader->source.term_start);
    return SERD_ERR_INTERNAL;
}

/* A node that is no literal to a checked term. */
static RpStatus
read_resource(TurtleReader *reader, SerdType type, RpText written, RpBuffer *buffer, RpTerm *term)
{
    RpText text = {0};

    reader->fault = (RpTurtleFault){type == SERD_BLANK ? text : written, type == SERD_URI};
    if (type == SERD_CURIE) {
        RP_TRY(rp_turtle_names_expand(&reader->names, written, buffer, &text, reader->error));
        *term = rp_term_iri(text);
        return RP_OK;
    }
    if (type == SERD_BLANK) {
        char number[16];

        if (reader->names.genid_count > 0 && written.length > 0 && written.data[0] == 'b') {
            (void)snprintf(number, sizeof number, "b%u",
                           rp_turtle_genid_number(written) + reader->names.genid_count);
            written = rp_text_from(number);
        }
        RP_TRY(rp_turtle_names_blank(&reader->names, written, buffer, &text, reader->error));
        *term = rp_term_blank(text);
    } else {
        RP_TRY(rp_turtle_names_resolve(&reader->names, written, buffer, &text, reader->error));
        *term = rp_term_iri(text);
    }
    return rp_term_check(term, reader->error);
}

/* Read a node into its place of a memory, unless it is there. place_base makes its mark one of this
 * memory. */
static RpStatus
read_remembered(TurtleReader *reader, RpTurtleMemory *memory, uint32_t place_base,
                const SerdNode *serd_node, uint32_t frame, const RpTerm **term)
{
    RpText written = node_text(serd_node);
    RpTurtleNode *node;

    if (!rp_turtle_memory_find(memory, (int)serd_node->type, written, reader->source.offset, frame,
                               &node)) {
        node->type = 0;
        node->written.arena = reader->arena;
        node->text.arena = reader->arena;
        node->written.length = 0;
        rp_buffer_append_text(&node->written, written);
        RP_TRY(rp_buffer_status(&node->written, reader->error));
        RP_TRY(read_resource(reader, serd_node->type, rp_buffer_text(&node->written), &node->text,
                             &node->term));
        node->type = (int)serd_node->type;
        node->term.mark =
            rp_term_mark(&reader->mark_count, place_base + (uint32_t)(node - memory->nodes));
    }
    *term = &node->term;
    return RP_OK;
}

/*
 * The subject, and which frame its predicates are in: 0, or the number of the [ ] or list. Nodes
 * without a label are not remembered: they stand inside [ ] between the triples of those that are.
 */
static RpStatus
read_subject(TurtleReader *reader, const SerdNode *node, RpTerm *made_up, const RpTerm **term,
             uint32_t *frame)
{
    if (node->type == SERD_BLANK && node->buf[0] != 'u') {
        *frame = rp_turtle_genid_number(node_text(node));
        *term = made_up;
        return read_resource(reader, node->type, node_text(node), &reader->subject, made_up);
    }
    *frame = 0;
    return read_remembered(reader, &reader->memories->subjects, RP_TURTLE_MEMORY_PLACES, node, 0,
                           term);
}

static RpStatus
read_object(TurtleReader *reader, const SerdNode *node, const SerdNode *datatype,
            const SerdNode *language, RpTerm *term)
{
    RpText datatype_iri = {0};

    if (node->type != SERD_LITERAL) {
        return read_resource(reader, node->type, node_text(node), &reader->object, term);
    }
    if (language && language->n_bytes > 0) {
        *term = rp_term_lang_literal(node_text(node), node_text(language));
    } else {
        if (datatype && datatype->type != SERD_NOTHING) {
            const RpTerm *datatype_term;

            RP_TRY(read_remembered(reader, &reader->memories->datatypes, 0, datatype, 0,
                                   &datatype_term));
            datatype_iri = datatype_term->lexical;
        }
        *term = rp_term_literal(node_text(node), datatype_iri);
    }
    reader->fault = (RpTurtleFault){0};
    return rp_term_check(term, reader->error);
}

/*
 * Where the triple that has just been read stands. libserd tells of one whose object is [ or ( when
 * it has looked at the first byte behind; the graph of N-Quads may be next, without a space. Lines
 * are asked for in the order of the text, which is the cheap one: that of a statement once, before
 * those of its triples.
 */
static RpPosition
triple_position(TurtleReader *reader, SerdStatementFlags flags, bool has_named_subject)
{
    RpTurtleSource *source = &reader->source;
    bool is_open = (flags & (SERD_ANON_O_BEGIN | SERD_LIST_O_BEGIN)) != 0;
    bool is_beyond = is_open || source->term_start == source->offset;
    bool is_start = (flags & (SERD_EMPTY_S | SERD_ANON_S_BEGIN | SERD_LIST_S_BEGIN)) != 0;
    uint32_t start = is_beyond ? source->term_before : source->term_start;
    RpPosition position;

    if (reader->statement_line == 0 || reader->statement_start != source->statement_start) {
        reader->statement_start = source->statement_start;
        reader->statement_line = rp_turtle_source_position(source, source->statement_start).line;
    }
    position = rp_turtle_source_position(source, start);
    position.subject_line = has_named_subject || is_start ? reader->statement_line : 0;
    return position;
}

/* The triples that follow are of another graph; NULL: of the default graph. */
static RpStatus
enter_graph(TurtleReader *reader, const RpTerm *graph)
{
    bool is_chosen;

    switch (reader->options->graphs) {
    case RP_GRAPHS_ONE:
        is_chosen = graph && graph->kind == RP_IRI &&
                    rp_text_equals(graph->lexical, reader->options->graph_iri);
        reader->graphs_read.has_chosen = reader->graphs_read.has_chosen || is_chosen;
        break;
    case RP_GRAPHS_ALL:
        is_chosen = true;
        break;
    default:
        is_chosen = graph == NULL;
        break;
    }
    reader->passes_over = !is_chosen;
    return reader->sink->graph ? reader->sink->graph(reader->sink->state, graph, reader->error)
                               : RP_OK;
}

/* The term that names a graph in N-Quads. */
static RpStatus
read_graph_name(TurtleReader *reader, RpText name, RpTerm *term)
{
    RpText text;

    if (name.data[0] == '_') {
        RP_TRY(rp_turtle_names_label(&reader->names, (RpText){name.data + 2, name.length - 2},
                                     &reader->graph, &text, reader->error));
        *term = rp_term_blank(text);
        return rp_term_check(term, reader->error);
    }
    if (memchr(name.data, '\\', name.length)) {
        return rp_term_parse(reader->arena, name, term, reader->error);
    }
    *term = rp_term_iri((RpText){name.data + 1, name.length - 2});
    return rp_term_check(term, reader->error);
}

/* The graph of the next triple as N-Quads names it, in the document; empty: the default graph. */
static RpStatus
enter_quad_graph(TurtleReader *reader, RpText name)
{
    RpTurtleSource *source = &reader->source;
    RpTerm term;

    if (rp_text_equals(name, reader->quad_graph)) {
        return RP_OK;
    }
    reader->quad_graph = name;
    if (name.length == 0) {
        return enter_graph(reader, NULL);
    }
    source->term_start = (uint32_t)(name.data - source->document.data); /* of what may be wrong */
    RP_TRY(read_graph_name(reader, name, &term));
    return enter_graph(reader, &term);
}

/* What names the graph of a triple that has been read, if it is of N-Quads. */
static RpStatus
read_quad_graph(TurtleReader *reader)
{
    RpText name = {0};

    if (rp_turtle_quad_find(&reader->source, &name)) {
        rp_turtle_quad_pass(&reader->source, name);
    }
    return enter_quad_graph(reader, name);
}

/* A triple of the graph that is read, whose terms are checked. */
static RpStatus
offer_triple(TurtleReader *reader, const RpTerm *subject, const RpTerm *predicate,
             const RpTerm *object, RpPosition position)
{
    if (reader->passes_over) {
        reader->graphs_read.left_aside++;
        return RP_OK;
    }
    return reader->sink->triple(reader->sink->state, subject, predicate, object, position,
                                reader->error);
}

/* RpLineSink.triple. */
static RpStatus
on_line(void *state, const RpTerm *subject, const RpTerm *predicate, const RpTerm *object,
        RpText graph, RpPosition position, RpError *error)
{
    TurtleReader *reader = state;

    (void)error;
    RP_TRY(enter_quad_graph(reader, graph));
    return offer_triple(reader, subject, predicate, object, position);
}

/* Whether a triple's object says that it is a mark of turtle_block. */
static bool
is_mark(const SerdNode *object)
{
    return object->type == SERD_BLANK &&
           rp_text_equals(node_text(object), RP_TEXT(RP_TURTLE_BLOCK_MARK));
}

/* A mark: its subject is the graph that begins, or a mark too, and the graph has ended. */
static RpStatus
read_mark(TurtleReader *reader, const SerdNode *subject)
{
    RpTerm term;

    RP_TRY(rp_arena_poll(reader->arena, reader->error));
    if (is_mark(subject)) {
        return enter_graph(reader, NULL);
    }
    RP_TRY(read_resource(reader, subject->type, node_text(subject), &reader->graph, &term));
    return enter_graph(reader, &term);
}

static RpStatus
read_statement(TurtleReader *reader, const SerdNode *subject_node, const SerdNode *predicate_node,
               const SerdNode *object_node, const SerdNode *datatype, const SerdNode *language,
               SerdStatementFlags flags)
{
    RpTerm made_up;
    const RpTerm *subject;
    const RpTerm *predicate;
    RpTerm object;
    RpPosition position;
    uint32_t frame;

    RP_TRY(rp_arena_poll_bytes(reader->arena, object_node->n_bytes, reader->error));
    RP_TRY(read_subject(reader, subject_node, &made_up, &subject, &frame));
    RP_TRY(read_remembered(reader, &reader->memories->predicates, 0, predicate_node, frame,
                           &predicate));
    RP_TRY(read_object(reader, object_node, datatype, language, &object));
    reader->fault = (RpTurtleFault){0};
    position = triple_position(reader, flags, frame == 0);
    if (rp_turtle_quad_is_likely(&reader->source) || reader->quad_graph.length > 0) {
        RP_TRY(read_quad_graph(reader));
    }
    return offer_triple(reader, subject, predicate, &object, position);
}

static SerdStatus
on_statement(void *handle, SerdStatementFlags flags, const SerdNode *graph, const SerdNode *subject,
             const SerdNode *predicate, const SerdNode *object, const SerdNode *datatype,
             const SerdNode *language)
{
    TurtleReader *reader = handle;
    RpStatus status;

    (void)graph;
    if (reader->source.status != RP_OK) {
        return SERD_ERR_INTERNAL;
    }
    status = is_mark(object)
                 ? read_mark(reader, subject)
                 : read_statement(reader, subject, predicate, object, datatype, language, flags);
    return status == RP_OK ? SERD_SUCCESS : stop(reader, status);
}

/* Resolve and check the IRI of @base or @prefix. */
static RpStatus
read_directive_iri(TurtleReader *reader, const SerdNode *node, RpText *iri)
{
    RP_TRY(rp_turtle_names_resolve(&reader->names, node_text(node), &reader->object, iri,
                                   reader->error));
    return rp_iri_check(*iri, reader->error);
}

/* What has been read depends on prefixes and base. */
static void
forget(TurtleReader *reader)
{
    rp_turtle_memory_clear(&reader->memories->subjects);
    rp_turtle_memory_clear(&reader->memories->predicates);
    rp_turtle_memory_clear(&reader->memories->datatypes);
}

static RpStatus
set_base(TurtleReader *reader, const SerdNode *node)
{
    RpText iri;

    RP_TRY(read_directive_iri(reader, node, &iri));
    forget(reader);
    if (!rp_arena_copy_text(reader->arena, iri, &reader->names.base_iri)) {
        return rp_arena_failure(reader->arena, reader->error);
    }
    return reader->sink->base == NULL
               ? RP_OK
               : reader->sink->base(reader->sink->state, reader->names.base_iri, reader->error);
}

static SerdStatus
on_base(void *handle, const SerdNode *node)
{
    TurtleReader *reader = handle;
    RpStatus status;

    if (reader->source.status != RP_OK) {
        return SERD_ERR_INTERNAL;
    }
    status = set_base(reader, node);
    return status == RP_OK ? SERD_SUCCESS : stop(reader, status);
}

static RpStatus
set_prefix(TurtleReader *reader, const SerdNode *name, const SerdNode *node)
{
    RpText iri;

    RP_TRY(read_directive_iri(reader, node, &iri));
    forget(reader);
    RP_TRY(rp_prefix_table_set(&reader->names.prefixes, node_text(name), iri, reader->error));
    if (!reader->sink->prefix) {
        return RP_OK;
    }
    return reader->sink->prefix(reader->sink->state, rp_turtle_token_prefix(node_text(name)), iri,
                                reader->error);
}

static SerdStatus
on_prefix(void *handle, const SerdNode *name, const SerdNode *node)
{
    TurtleReader *reader = handle;
    RpStatus status;

    if (reader->source.status != RP_OK) {
        return SERD_ERR_INTERNAL;
    }
    status = set_prefix(reader, name, node);
    return status == RP_OK ? SERD_SUCCESS : stop(reader, status);
}

/* Stop for what libserd says, at the byte that it looks at. Its own position is that of the mended
 * text. */
static void
stop_for_syntax(TurtleReader *reader, const char *message)
{
    uint32_t offset = rp_turtle_source_head(&reader->source);
    uint32_t start;
    RpText word;

    if (reader->source.status != RP_OK) {
        return;
    }
    word = rp_turtle_bare_word(&reader->source, offset, &start);
    rp_turtle_complaint(message, word, reader->error);
    rp_turtle_source_stop(&reader->source, RP_SYNTAX, start);
}

static SerdStatus
on_error(void *handle, const SerdError *error)
{
    char message[RP_ERROR_MESSAGE_SIZE];

    vsnprintf(message, sizeof(message), error->fmt, *error->args);
    stop_for_syntax(handle, message);
    return SERD_SUCCESS;
}

/* Run libserd over what is left of the source. */
static RpStatus
run(TurtleReader *reader)
{
    TurtleMemories memories = {0};
    SerdReader *serd =
        serd_reader_new(SERD_TURTLE, reader, NULL, on_base, on_prefix, on_statement, NULL);
    SerdStatus status;

    reader->memories = &memories;
    if (!serd) {
        return rp_error_set(reader->error, RP_OUT_OF_MEMORY, "out of memory");
    }
    serd_reader_set_strict(serd, true);
    serd_reader_set_error_sink(serd, on_error, reader);
    status = serd_reader_read_source(serd, rp_turtle_source_read, rp_turtle_source_has_failed,
                                     &reader->source, (const uint8_t *)"document", 1);
    serd_reader_free(serd);
    if (status > SERD_FAILURE) {
        stop_for_syntax(reader, (const char *)serd_strerror(status));
    }
    return reader->source.status;
}

/* RpStatementSink.prefix. */
static RpStatus
on_declaration(void *state, RpText prefix, RpText namespace_iri, RpError *error)
{
    const RpTripleSink *sink = ((TurtleReader *)state)->sink;

    return sink->prefix ? sink->prefix(sink->state, prefix, namespace_iri, error) : RP_OK;
}

/* Lines as long as there are lines, then statements as most are written, and libserd from there on.
 * The lines are checked as they are read, the rest at once. */
static RpStatus
read_document(TurtleReader *reader)
{
    RpTurtleSource *source = &reader->source;
    RpLineSink sink = {.state = reader, .triple = on_line};
    RpStatementSink statement_sink = {.line = sink, .prefix = on_declaration};
    RpStatus status;

    status = rp_line_reader_read(source, &reader->names, &sink, &reader->mark_count, reader->error);
    if (status == RP_OK && !rp_turtle_source_check(source, source->document.length)) {
        return source->status;
    }
    if (status == RP_OK && source->offset < source->document.length) {
        status = rp_statement_reader_read(source, &reader->names, &statement_sink,
                                          &reader->mark_count, reader->error);
    }
    if (status != RP_OK) {
        return rp_turtle_source_stop(source, status, source->term_start);
    }
    return source->offset < source->document.length ? run(reader) : RP_OK;
}

RpStatus
rp_turtle_read(RpArena *arena, RpText document, const RpTurtleOptions *options,
               const RpTripleSink *sink, RpError *error)
{
    TurtleReader reader = {
        .arena = arena,
        .sink = sink,
        .error = error,
        .options = options,
        .passes_over = options->graphs == RP_GRAPHS_ONE,
    };

    rp_turtle_source_init(&reader.source, arena, document, options, error);
    rp_turtle_names_init(&reader.names, arena, reader.source.document, options);
    rp_buffer_init(&reader.subject, arena);
    rp_buffer_init(&reader.object, arena);
    rp_buffer_init(&reader.graph, arena);
    if (options->base_iri.length > 0) {
        RP_TRY(rp_iri_check(options->base_iri, error));
    }
    if (read_document(&reader) != RP_OK) {
        return rp_turtle_explain(&reader.source, error);
    }
    if (options->graphs_read) {
        *options->graphs_read = reader.graphs_read;
    }
    return RP_OK;
}
