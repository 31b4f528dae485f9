/*
 * Property paths (SPARQL 1.1, 9.3 and 18.4). Links are triples, counted as often as they fit. What
 * repeats is an automaton, walked breadth first over pairs of a state and a node: each pair once,
 * however repetitions are nested, and without recursion.
 */
#ifndef RP_QUERY_PATH_H
#define RP_QUERY_PATH_H

#include "query/query_run.h"

/* Receives solutions one by one. */
typedef struct RpPathSink {
    void *state;
    RpStatus (*found)(void *state, RpTermId subject, RpTermId object);
    bool is_done; /* set by found: no more is wanted */
} RpPathSink;

/* Find what a verb of the plan (a path, or a predicate) connects; an end of 0 is any node. */
RpStatus rp_path_match(RpQueryRun *run, const RpOp *path, RpTermId subject, RpTermId object,
                       RpPathSink *sink);

#endif
