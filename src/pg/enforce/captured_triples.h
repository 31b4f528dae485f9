/* The captured rows of a graph read as triples. */
#ifndef RP_PG_CAPTURED_TRIPLES_H
#define RP_PG_CAPTURED_TRIPLES_H

#include "incremental/store.h"
#include "pg/enforce/capture.h"

/* Where triples go. graph: NULL is the default graph. Must not longjmp. */
typedef struct RpCapturedSink {
    void *state;
    /* As in RpRowSink. */
    RpStatus (*wants)(void *state, const RpCapturedRow *row, const RpTerm *predicate,
                      bool *is_wanted, RpError *error);
    RpStatus (*triple)(void *state, bool is_removal, const RpTerm *subject, const RpTerm *predicate,
                       const RpTerm *object, const RpTerm *graph, RpError *error);
} RpCapturedSink;

/*
 * Read the rows of a capture that have not been judged, source by source, first those that went,
 * under the active snapshot. store: keeps what ids mean; NULL: nobody does. Returns how many of
 * these cannot be told any more, because what their ids meant is gone. Raises as rp_rows_read.
 */
uint64 rp_captured_triples_read(const RpCapture *capture, const RpStoredGraph *graph,
                                const RpNamedGraphs *named_graphs, const RpStore *store,
                                const RpCapturedSink *sink);

/*
 * The named graphs of those triples, one in each element: a list of RpNamedGraphs * in the current
 * memory context, in order of arrival. *are_told: no row was left out.
 */
List *rp_captured_graphs(const RpCapture *capture, const RpStoredGraph *graph,
                         const RpNamedGraphs *named_graphs, bool *are_told);

#endif
