/* See written_nodes.h. Only a violation is worth reading the captured rows once more. */
#include "pg/enforce/written_nodes.h"

#include "pg/enforce/captured_triples.h"
#include "pg/graph/graph_rights.h"

enum { CAME = 1, WENT = 2 };

typedef struct Marking {
    const RpDictionary *dictionary;
    uint8 *marks; /* by id */
} Marking;

static void
mark(const Marking *marking, const RpTerm *term, bool is_removal)
{
    RpTermId id = rp_dictionary_find(marking->dictionary, term);

    if (id != RP_TERM_NONE) {
        marking->marks[id] |= is_removal ? WENT : CAME;
    }
}

/* RpCapturedSink.triple */
static RpStatus
mark_triple(void *state, bool is_removal, const RpTerm *subject,
            const RpTerm *predicate pg_attribute_unused(), const RpTerm *object,
            const RpTerm *graph pg_attribute_unused(), RpError *error pg_attribute_unused())
{
    mark(state, subject, is_removal);
    mark(state, object, is_removal);
    return RP_OK;
}

/* The graph without row filters: a row that comes to pass one was there before. */
static RpStoredGraph
unfiltered(const RpStoredGraph *graph)
{
    RpStoredGraph copy = *graph;

    copy.sources = palloc(sizeof(RpGraphSource) * (graph->source_count + 1));
    for (uint32 i = 0; i < graph->source_count; i++) {
        copy.sources[i] = graph->sources[i];
        copy.sources[i].filter = NULL;
    }
    return copy;
}

const bool *
rp_written_nodes(const RpCapture *capture, const RpStoredGraph *graph,
                 const RpDictionary *dictionary)
{
    static const RpNamedGraphs all = {0};
    RpTermId end = rp_dictionary_end(dictionary);
    Marking marking = {.dictionary = dictionary, .marks = palloc0(end)};
    RpCapturedSink sink = {.state = &marking, .triple = mark_triple};
    bool *are_written = palloc(sizeof(bool) * end);
    RpStoredGraph rows = unfiltered(graph);

    if (!rp_graph_rights_may_read_dictionaries(graph) ||
        rp_captured_triples_read(capture, &rows, &all, &sink) > 0) {
        return NULL;
    }
    for (RpTermId id = 0; id < end; id++) {
        are_written[id] = marking.marks[id] == CAME;
    }
    return are_written;
}
