/*
 * rdf_parse and rdf_parse_quads: the triples of a text or of jsonb as rows, of the default graph or
 * of all with the graph that each is in (doc/sql.md, "Triples").
 */
#include "pg/pg.h"

#include "utils/tuplestore.h"

#include "pg/judge/call_arguments.h"
#include "pg/server/bridge.h"
#include "pg/server/guc.h"
#include "pg/shared/current_generation.h"
#include "pg/term/term_type.h"

PG_FUNCTION_INFO_V1(rdf_parse);
PG_FUNCTION_INFO_V1(rdf_parse_jsonb);
PG_FUNCTION_INFO_V1(rdf_parse_json);
PG_FUNCTION_INFO_V1(rdf_parse_quads);
PG_FUNCTION_INFO_V1(rdf_parse_quads_jsonb);
PG_FUNCTION_INFO_V1(rdf_parse_quads_json);

enum { ARGUMENT_BASE_IRI = 1, GRAPH = 3, TERM_COUNT = 4 };

/* Behind the base IRI, JSON has a context. */
enum { ARGUMENT_PREFIX_OF_TEXT = 2, ARGUMENT_PREFIX_OF_JSON = 3 };

/* One triple, and its graph, as values of type rdf_term: a row, but that the last may be cut off.
 */
typedef struct ParsedTriple {
    Datum terms[TERM_COUNT];
    bool nulls[TERM_COUNT];
} ParsedTriple;

/* What has been read; in an arena, since a tuplestore may raise, and libserd stands below the sink.
 */
typedef struct ParsedDocument {
    RpArena *arena;
    RpText blank_prefix; /* of blank nodes that the reader gives without it */
    ParsedTriple *triples;
    uint32_t count;
    uint32_t capacity;
    Datum graph; /* of the triples that follow */
    bool is_default_graph;
} ParsedDocument;

/* Bytes that the value of a term has at most. */
static uint64_t
value_size_limit(const RpTerm *term)
{
    enum { HEAD_SIZE = 8 }; /* kind, code or lengths */

    return VARHDRSZ + HEAD_SIZE + (uint64_t)term->lexical.length + term->datatype.length +
           term->language.length;
}

/* A term as a value in the arena. Must not raise: so its size is checked before. */
static RpStatus
keep_term(RpArena *arena, const RpTerm *term, Datum *value, RpError *error)
{
    char *bytes;
    Size size;

    if (value_size_limit(term) > MaxAllocSize) {
        return rp_error_set(error, RP_TOO_LARGE, "RDF term is too long");
    }
    size = VARHDRSZ + rp_term_packed_size(term);
    bytes = rp_arena_allocate(arena, size);
    if (bytes == NULL) {
        return rp_arena_failure(arena, error);
    }
    SET_VARSIZE(bytes, size);
    rp_term_pack(term, VARDATA(bytes));
    *value = PointerGetDatum(bytes);
    return RP_OK;
}

/* The same of a subject or object, with the prefix where it is a blank node. */
static RpStatus
keep_node(const ParsedDocument *document, const RpTerm *term, Datum *value, RpError *error)
{
    RpTerm node = *term;
    RpBuffer label;

    if (term->kind == RP_BLANK && document->blank_prefix.length > 0) {
        rp_buffer_init(&label, document->arena);
        rp_buffer_append_text(&label, document->blank_prefix);
        rp_buffer_append_text(&label, term->lexical);
        RP_TRY(rp_buffer_status(&label, error));
        node.lexical = rp_buffer_text(&label);
    }
    return keep_term(document->arena, &node, value, error);
}

/* RpTripleSink.triple. */
static RpStatus
keep_triple(void *state, const RpTerm *subject, const RpTerm *predicate, const RpTerm *object,
            RpPosition position, RpError *error)
{
    ParsedDocument *document = state;
    ParsedTriple *triple;

    (void)position;
    if (document->count >= (uint32_t)rp_guc_max_triples) {
        return rp_error_set(error, RP_TOO_LARGE,
                            "document has more triples than rdfpolicy.max_triples");
    }
    document->triples =
        rp_arena_grow(document->arena, document->triples, document->count, document->count + 1,
                      &document->capacity, sizeof(ParsedTriple));
    if (document->triples == NULL) {
        return rp_arena_failure(document->arena, error);
    }
    triple = &document->triples[document->count++];
    RP_TRY(keep_node(document, subject, &triple->terms[0], error));
    RP_TRY(keep_term(document->arena, predicate, &triple->terms[1], error));
    triple->terms[GRAPH] = document->graph;
    memset(triple->nulls, false, sizeof(triple->nulls));
    triple->nulls[GRAPH] = document->is_default_graph;
    return keep_node(document, object, &triple->terms[2], error);
}

/* RpTripleSink.graph. */
static RpStatus
keep_graph(void *state, const RpTerm *graph, RpError *error)
{
    ParsedDocument *document = state;

    document->is_default_graph = graph == NULL;
    return graph == NULL ? RP_OK : keep_node(document, graph, &document->graph, error);
}

/* ERROR 22P02 for what cannot begin a blank node label. */
static RpText
blank_prefix_argument(const text *prefix)
{
    RpTerm label = rp_term_blank(rp_text_of(prefix));
    RpError error;

    if (label.lexical.length > 0) {
        RP_BRIDGE_TRY(rp_term_check(&label, &error), &error);
    }
    return label.lexical;
}

/* Terms are values by now: a row is three pointers, copied by the tuplestore. */
static void
put_rows(const ParsedDocument *document, ReturnSetInfo *result_set)
{
    for (uint32_t i = 0; i < document->count; i++) {
        CHECK_FOR_INTERRUPTS();
        tuplestore_putvalues(result_set->setResult, result_set->setDesc, document->triples[i].terms,
                             document->triples[i].nulls);
    }
}

/*
 * All triples are made before the first row is put, so a document with an error on its last line
 * gives none.
 */
static Datum
parse(FunctionCallInfo fcinfo, RpDataForm form, bool gives_graphs)
{
    MemoryContext caller = CurrentMemoryContext;
    const text *prefix = rp_argument_text(fcinfo, form == RP_DATA_TURTLE ? ARGUMENT_PREFIX_OF_TEXT
                                                                         : ARGUMENT_PREFIX_OF_JSON);
    ParsedDocument document = {.is_default_graph = true};
    RpTripleSink sink = {.state = &document, .triple = keep_triple};
    RpDataSource source;
    RpGenerationAnswer answer;
    RpText blank_prefix;
    MemoryContext work;
    RpError error;

    InitMaterializedSRF(fcinfo, 0);
    if (!rp_argument_source(fcinfo, form, ARGUMENT_BASE_IRI, &source)) {
        return (Datum)0;
    }
    if (prefix != NULL) {
        blank_prefix = blank_prefix_argument(prefix);
        *(form == RP_DATA_TURTLE ? &source.blank_prefix : &document.blank_prefix) = blank_prefix;
    }
    if (form != RP_DATA_TURTLE) {
        rp_current_generation(rp_catalog_of_function(fcinfo->flinfo->fn_oid), &answer);
        source.reading.directory = answer.mapping->directory;
    }
    source.graphs_hint = "rdf_parse_quads gives the triples of all graphs.";
    if (gives_graphs) {
        source.graphs = RP_GRAPHS_ALL;
        sink.graph = keep_graph;
    }
    work = rp_bridge_context();
    document.arena = rp_bridge_work_arena(work, 0);
    MemoryContextSwitchTo(work);
    RP_BRIDGE_TRY(rp_data_source_read(&source, NULL, document.arena, &sink, &error), &error);
    put_rows(&document, (ReturnSetInfo *)fcinfo->resultinfo);
    MemoryContextSwitchTo(caller);
    MemoryContextDelete(work);
    return (Datum)0;
}

/* rdf_parse(document text, base_iri, blank_prefix) → triples */
Datum
rdf_parse(PG_FUNCTION_ARGS)
{
    return parse(fcinfo, RP_DATA_TURTLE, false);
}

/* rdf_parse(document jsonb, base_iri, context, blank_prefix) → triples */
Datum
rdf_parse_jsonb(PG_FUNCTION_ARGS)
{
    return parse(fcinfo, RP_DATA_JSONB, false);
}

/* rdf_parse(document json, base_iri, context, blank_prefix) → triples */
Datum
rdf_parse_json(PG_FUNCTION_ARGS)
{
    return parse(fcinfo, RP_DATA_JSON, false);
}

/* rdf_parse_quads(document text, base_iri, blank_prefix) → quads */
Datum
rdf_parse_quads(PG_FUNCTION_ARGS)
{
    return parse(fcinfo, RP_DATA_TURTLE, true);
}

/* rdf_parse_quads(document jsonb, base_iri, context, blank_prefix) → quads */
Datum
rdf_parse_quads_jsonb(PG_FUNCTION_ARGS)
{
    return parse(fcinfo, RP_DATA_JSONB, true);
}

/* rdf_parse_quads(document json, base_iri, context, blank_prefix) → quads */
Datum
rdf_parse_quads_json(PG_FUNCTION_ARGS)
{
    return parse(fcinfo, RP_DATA_JSON, true);
}
