/* See written_nodes.h. Only a violation is worth reading the captured rows once more. */
#include "pg/enforce/written_nodes.h"

#include "pg/graph/graph_rights.h"
#include "pg/graph/row_reader.h"
#include "pg/server/bridge.h"

enum { CAME = 1, WENT = 2 };

typedef struct Marking {
    const RpDictionary *dictionary;
    uint8 mark;   /* of the row that is being read */
    uint8 *marks; /* by id */
} Marking;

/* A term that the judgement has not met needs no mark: no result can name it. */
static void
mark(const Marking *marking, const RpTerm *term)
{
    RpTermId id = rp_dictionary_find(marking->dictionary, term);

    if (id != RP_TERM_NONE) {
        marking->marks[id] |= marking->mark;
    }
}

/* RpRowSink.triple */
static RpStatus
mark_triple(void *state, uint32 row pg_attribute_unused(), const RpTerm *subject,
            const RpTerm *predicate pg_attribute_unused(), const RpTerm *object,
            const RpTerm *graph pg_attribute_unused(), RpError *error pg_attribute_unused())
{
    mark(state, subject);
    mark(state, object);
    return RP_OK;
}

/*
 * False: it cannot be told. Every row counts, whatever the row filter says: one that comes to pass
 * it was there before. What it kept out may be no triple, which is no error here.
 */
static bool
mark_row(Marking *marking, const RpStoredGraph *graph, const RpCapturedRow *row)
{
    static const RpNamedGraphs all = {0};
    RpRowSink sink = {.state = marking, .triple = mark_triple};
    uint64 untold = 0;
    RpError error;

    marking->mark = row->is_removal ? WENT : CAME;
    for (uint32 i = 0; i < graph->source_count; i++) {
        RpGraphSource source = graph->sources[i];

        if (source.id == row->source) {
            source.filter = NULL;
            RP_BRIDGE_TRY(rp_rows_read(&source, &row->row, 1, &all, NULL, &sink, &untold, &error),
                          &error);
        }
    }
    return untold == 0 || !row->is_removal;
}

/* NULL where it cannot be told who wrote what: nothing is shown then. */
const bool *
rp_written_nodes(const RpCapture *capture, const RpStoredGraph *graph,
                 const RpDictionary *dictionary)
{
    RpTermId end = rp_dictionary_end(dictionary);
    Marking marking = {.dictionary = dictionary, .marks = palloc0(end)};
    bool *are_written = palloc(sizeof(bool) * end);
    RpCaptureReader reader;
    RpCapturedRow row;

    if (!rp_graph_rights_may_read_dictionaries(graph)) {
        return NULL;
    }
    if (rp_capture_passed_over(capture)->has_removals) {
        return NULL;
    }
    rp_capture_read(capture, &reader);
    while (rp_capture_next(&reader, &row)) {
        if (!mark_row(&marking, graph, &row)) {
            return NULL;
        }
    }
    for (RpTermId id = 0; id < end; id++) {
        are_written[id] = marking.marks[id] == CAME;
    }
    return are_written;
}
