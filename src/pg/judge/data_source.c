/*
 * Documents and gathered rows as a stream of triples; jsonb and arrays have readers of their own.
 * Only engine code runs above libserd: the sinks are the engine's, or keep what they get in an
 * arena.
 */
#include "pg/judge/data_source.h"

#include "access/detoast.h"

#include "pg/judge/array_source.h"
#include "pg/judge/data_triple.h"
#include "pg/judge/json_form.h"
#include "pg/judge/jsonb_source.h"
#include "pg/judge/jsonld_source.h"
#include "pg/judge/source_notice.h"
#include "pg/server/bridge.h"
#include "pg/server/guc.h"
#include "pg/term/json_term.h"
#include "pg/term/term_type.h"

enum { TRIPLE_POSITIONS = 3 };

/*
 * The raw size is asked of the toast pointer: a value over the limit is refused without fetching or
 * decompressing it, so a small compressed row cannot make a backend hold gigabytes.
 */
RpDataSource
rp_data_source_from_datum(RpDataForm form, Datum value)
{
    Size size = toast_raw_datum_size(value);
    RpDataSource source = {.form = form};

    rp_bridge_require_utf8();
    if (size / 1024 >= (Size)rp_guc_max_document_size_kb) {
        ereport(ERROR,
                (errcode(ERRCODE_CONFIGURATION_LIMIT_EXCEEDED),
                 errmsg("document of %zu bytes is larger than rdfpolicy.max_document_size", size)));
    }
    switch (form) {
    case RP_DATA_TURTLE:
        source.document = rp_text_of(DatumGetTextPP(value));
        source.graphs = RP_GRAPHS_DEFAULT;
        source.graphs_hint = "Only the default graph is read here.";
        break;
    case RP_DATA_JSONB:
    case RP_DATA_JSON:
        source.form = RP_DATA_JSONB;
        source.jsonb = form == RP_DATA_JSON ? rp_jsonb_of_json(value) : DatumGetJsonbP(value);
        source.jsonld = rp_jsonld_source();
        source.graphs = RP_GRAPHS_DEFAULT;
        source.graphs_hint = "Only the default graph is read here.";
        break;
    case RP_DATA_ARRAY:
        source.array = DatumGetArrayTypeP(value);
        break;
    case RP_DATA_PACKED:
    case RP_DATA_STORED:
        break;
    }
    return source;
}

RpText
rp_data_source_iri(const text *iri)
{
    RpText checked = rp_text_of(iri);
    RpError error;

    RP_BRIDGE_TRY(rp_iri_check(checked, &error), &error);
    return checked;
}

/*
 * The prefix limit bounds what a document of prefixes alone would take; the depth limit what
 * libserd recurses.
 */
static RpStatus
read_turtle(const RpDataSource *source, RpArena *arena, const RpTripleSink *sink, RpError *error)
{
    RpGraphsRead read = {0};
    RpTurtleOptions options = {
        .base_iri = source->base_iri,
        .blank_prefix = source->blank_prefix,
        .depth_limit = (uint32_t)rp_guc_max_depth,
        .prefix_limit = RP_TURTLE_PREFIX_LIMIT,
        .graphs = source->graphs,
        .graph_iri = source->graph_iri,
        .graphs_read = &read,
    };

    RP_TRY(rp_turtle_read(arena, source->document, &options, sink, error));
    rp_tell_graphs(source, &read);
    return RP_OK;
}

/* Gathered terms: each a length of 4 bytes and its on-disk form, three to a triple; checked when
 * they were gathered. */
static RpStatus
read_packed(RpText packed, const RpTripleSink *sink, RpError *error)
{
    const char *cursor = packed.data;
    const char *end = packed.data + packed.length;

    while (cursor < end) {
        RpTerm terms[TRIPLE_POSITIONS];

        for (int i = 0; i < TRIPLE_POSITIONS; i++) {
            uint32_t length;

            memcpy(&length, cursor, sizeof(length));
            rp_term_unpack_to(cursor + sizeof(length), length, &terms[i]);
            cursor += sizeof(length) + length;
        }
        RP_TRY(sink->triple(sink->state, &terms[0], &terms[1], &terms[2], (RpPosition){0}, error));
    }
    return RP_OK;
}

/* Triples in JSON, which are of the default graph: where another one is asked for, they are read
 * all the same, and there is none. */
static RpStatus
read_json_triples(const RpDataSource *source, const RpPolicyUse *use, RpArena *arena,
                  const RpTripleSink *sink, RpError *error)
{
    RpGraphsRead read = {0};

    RP_TRY(rp_jsonb_source_read(source->jsonb, use != NULL ? use->image : NULL, arena,
                                source->graphs == RP_GRAPHS_ONE ? &rp_data_triple_nowhere : sink,
                                error));
    rp_tell_graphs(source, &read);
    return RP_OK;
}

/*
 * Each policy reads for itself: it may have a default context. Most arrays of triples are read
 * without a look at what they are: where that goes well they are nothing else.
 */
static RpStatus
read_jsonb(const RpDataSource *source, const RpPolicyUse *use, RpArena *arena,
           const RpTripleSink *sink, RpError *error)
{
    bool has_default = rp_jsonld_source_has_default(source, use);
    RpText policy = use != NULL ? use->policy : (RpText){NULL, 0};
    RpJsonForm form;
    RpStatus status;

    if (!has_default && rp_json_begins_as_triples(source->jsonb)) {
        status = read_json_triples(source, use, arena, sink, error);
        if (status != RP_SYNTAX) {
            return status;
        }
        form = rp_json_form(source->jsonb, false);
        return form == RP_JSON_TRIPLES ? status
                                       : rp_json_form_refuse(source->jsonb, form, policy, error);
    }
    form = rp_json_form(source->jsonb, has_default);
    switch (form) {
    case RP_JSON_LD:
        return rp_jsonld_source_read(source, use, arena, sink, error);
    case RP_JSON_TRIPLES:
        return read_json_triples(source, use, arena, sink, error);
    case RP_JSON_NEARLY:
        status = read_json_triples(source, use, arena, sink, error);
        return status == RP_SYNTAX ? rp_json_form_refuse(source->jsonb, form, policy, error)
                                   : status;
    default:
        return rp_json_form_refuse(source->jsonb, form, policy, error);
    }
}

/* One form, one reader, and one sink for all: behind this nobody knows how the data came. */
RpStatus
rp_data_source_read(const RpDataSource *source, const RpPolicyUse *use, RpArena *arena,
                    const RpTripleSink *sink, RpError *error)
{
    switch (source->form) {
    case RP_DATA_TURTLE:
        return read_turtle(source, arena, sink, error);
    case RP_DATA_JSONB:
    case RP_DATA_JSON:
        return read_jsonb(source, use, arena, sink, error);
    case RP_DATA_ARRAY:
        return rp_array_source_read(source->array, sink, error);
    case RP_DATA_PACKED:
        return read_packed(source->packed, sink, error);
    case RP_DATA_STORED:
        return rp_error_set(error, RP_UNSUPPORTED, "a graph in tables is no document");
    }
    return RP_OK;
}

/* RpTripleSink.triple: into a data graph. */
static RpStatus
add_to_graph(void *state, const RpTerm *subject, const RpTerm *predicate, const RpTerm *object,
             RpPosition position pg_attribute_unused(), RpError *error)
{
    return rp_data_graph_add_waiting((RpDataGraph *)state, subject, predicate, object, error);
}

RpStatus
rp_data_source_fill(const RpDataSource *source, const RpPolicyUse *use, RpArena *arena,
                    RpDataGraph *data, RpError *error)
{
    RpTripleSink sink = {.state = data, .triple = add_to_graph};

    RP_TRY(rp_data_source_read(source, use, arena, &sink, error));
    return rp_data_graph_settle(data, error);
}

/* RpTripleSink.triple: into a data graph, and its place into the log. */
static RpStatus
add_with_place(void *state, const RpTerm *subject, const RpTerm *predicate, const RpTerm *object,
               RpPosition position, RpError *error)
{
    return rp_place_log_add((RpPlaceLog *)state, subject, predicate, object, position, error);
}

RpStatus
rp_data_source_fill_noting(const RpDataSource *source, const RpPolicyUse *use, RpArena *arena,
                           RpPlaceLog *places, RpError *error)
{
    RpTripleSink sink = {.state = places, .triple = add_with_place};

    RP_TRY(rp_data_source_read(source, use, arena, &sink, error));
    return rp_place_log_end(places, error);
}

bool
rp_data_source_has_places(const RpDataSource *source)
{
    return source->form == RP_DATA_TURTLE || source->form == RP_DATA_JSONB;
}

void
rp_data_source_raise(const RpDataSource *source, RpError *error)
{
    if (source->column != NULL && error->status != RP_INTERRUPTED) {
        /* What is wrong with its form begins with "not valid". */
        rp_error_prefix(error,
                        psprintf("column \"%s\" of new row for relation \"%s\"%s ", source->column,
                                 source->relation, error->status == RP_SYNTAX ? " is" : ":"));
    }
    rp_bridge_raise(error);
}
