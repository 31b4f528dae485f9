/* See captured_triples.h. */
#include "pg/enforce/captured_triples.h"

#include "rdf/dictionary.h"
#include "pg/graph/graph_store.h"
#include "pg/server/bridge.h"

enum { ROW_BATCH = 1024 };

/* A reading of the rows of one source that came, or that went. */
typedef struct Reading {
    const RpCapture *capture;
    const RpGraphSource *source;
    const RpNamedGraphs *named_graphs;
    RpRowIds *ids;
    const RpCapturedSink *sink;
    bool is_removal;
    const RpSourceRow *batch; /* that is being read */
    uint64 untold;
} Reading;

/* RpRowSink.triple */
static RpStatus
hand_on(void *state, uint32 row pg_attribute_unused(), const RpTerm *subject,
        const RpTerm *predicate, const RpTerm *object, const RpTerm *graph, RpError *error)
{
    const Reading *reading = state;

    return reading->sink->triple(reading->sink->state, reading->is_removal, subject, predicate,
                                 object, graph, error);
}

/* RpRowSink.wants */
static RpStatus
ask_on(void *state, uint32 row, const RpTerm *predicate, bool *is_wanted, RpError *error)
{
    const Reading *reading = state;
    RpCapturedRow captured = {.source = reading->source->id,
                              .is_removal = reading->is_removal,
                              .row = reading->batch[row]};

    return reading->sink->wants(reading->sink->state, &captured, predicate, is_wanted, error);
}

/* Of rows that went, what cannot be read is counted; of rows that came it is an error, and the
 * transaction's. */
static void
read_batch(Reading *reading, const RpSourceRow *rows, uint32 count)
{
    RpRowSink sink = {
        .state = reading, .wants = reading->sink->wants == NULL ? NULL : ask_on, .triple = hand_on};
    RpError error;

    reading->batch = rows;
    RP_BRIDGE_TRY(rp_rows_read(reading->source, rows, count, reading->named_graphs, reading->ids,
                               &sink, reading->is_removal ? &reading->untold : NULL, &error),
                  &error);
}

/* Row after row of the whole capture, since sources are not kept apart; the batch holds pointers
 * into it, and no copies. scratch: emptied after each batch. */
static void
read_rows(Reading *reading, RpSourceRow *batch, MemoryContext scratch)
{
    MemoryContext caller = MemoryContextSwitchTo(scratch);
    RpCaptureReader reader;
    RpCapturedRow row;
    uint32 count = 0;

    rp_capture_read(reading->capture, &reader);
    while (rp_capture_next(&reader, &row)) {
        if (row.source != reading->source->id || row.is_removal != reading->is_removal) {
            continue;
        }
        batch[count++] = row.row;
        if (count == ROW_BATCH) {
            read_batch(reading, batch, count);
            MemoryContextReset(scratch);
            count = 0;
        }
    }
    if (count > 0) {
        read_batch(reading, batch, count);
    }
    MemoryContextReset(scratch);
    MemoryContextSwitchTo(caller);
}

/* What a removed row's ids meant may be gone with it: such rows are counted, and the caller judges
 * more than them. */
uint64
rp_captured_triples_read(const RpCapture *capture, const RpStoredGraph *graph,
                         const RpNamedGraphs *named_graphs, const RpStore *store,
                         const RpCapturedSink *sink)
{
    Reading reading = {.capture = capture, .named_graphs = named_graphs, .sink = sink};
    MemoryContext scratch;
    RpSourceRow *batch;

    if (!rp_capture_has_rows(capture)) {
        return 0;
    }
    scratch = rp_bridge_context();
    batch = palloc(sizeof(RpSourceRow) * ROW_BATCH);
    for (uint32 i = 0; i < graph->source_count; i++) {
        reading.source = &graph->sources[i];
        reading.ids = store == NULL ? NULL : rp_graph_store_ids(store, i);
        reading.is_removal = true;
        read_rows(&reading, batch, scratch);
        reading.is_removal = false;
        read_rows(&reading, batch, scratch);
    }
    pfree(batch);
    MemoryContextDelete(scratch);
    return reading.untold;
}

/* The names that have been met. */
typedef struct Names {
    RpDictionary dictionary;
    bool has_default;
    bool has_of_vocabulary; /* whose ids are no dictionary's own: not worth telling apart */
} Names;

/* RpCapturedSink.triple */
static RpStatus
note_graph(void *state, bool is_removal pg_attribute_unused(),
           const RpTerm *subject pg_attribute_unused(),
           const RpTerm *predicate pg_attribute_unused(),
           const RpTerm *object pg_attribute_unused(), const RpTerm *graph, RpError *error)
{
    Names *names = state;
    RpTermId id;

    if (graph == NULL) {
        names->has_default = true;
        return RP_OK;
    }
    RP_TRY(rp_dictionary_add(&names->dictionary, graph, &id, error));
    names->has_of_vocabulary |= id < RP_TERM_FIRST;
    return RP_OK;
}

/* One named graph, or the default graph, as rp_named_graphs_have takes it. */
static List *
add_graph(List *graphs, const RpTerm *name)
{
    RpNamedGraphs *one = palloc0(sizeof(RpNamedGraphs));
    RpTerm *names = palloc(sizeof(RpTerm));

    one->are_some = true;
    one->has_default = name == NULL;
    if (name != NULL) {
        *names = *name;
        one->graphs = names;
        one->count = 1;
    }
    return lappend(graphs, one);
}

/* A name of the vocabulary has no id of this dictionary's own, so it could not be listed: then any
 * graph may be touched. */
List *
rp_captured_graphs(const RpCapture *capture, const RpStoredGraph *graph,
                   const RpNamedGraphs *named_graphs, bool *are_told)
{
    RpCapturedSink sink = {.triple = note_graph};
    List *graphs = NIL;
    Names names = {.has_default = false};

    rp_dictionary_init(&names.dictionary, rp_bridge_work_arena(CurrentMemoryContext, 0), NULL);
    sink.state = &names;
    *are_told = rp_captured_triples_read(capture, graph, named_graphs, NULL, &sink) == 0 &&
                !names.has_of_vocabulary;
    if (names.has_default) {
        graphs = add_graph(graphs, NULL);
    }
    for (RpTermId id = rp_dictionary_first_own(&names.dictionary);
         id < rp_dictionary_end(&names.dictionary); id++) {
        RpTerm name = rp_dictionary_term(&names.dictionary, id);

        graphs = add_graph(graphs, &name);
    }
    return graphs;
}
