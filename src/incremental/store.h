/*
 * Where the triples of a graph are that is not in memory: in tables, for the server; in a graph,
 * for the tests. All that is learnt of such a graph is learnt by reads.
 */
#ifndef RP_INCREMENTAL_STORE_H
#define RP_INCREMENTAL_STORE_H

#include "rdf/dictionary.h"
#include "rdf/turtle.h"

/* The triples of one node with one predicate, or with any. */
typedef struct RpStoreRead {
    RpTermId node;
    RpTermId predicate; /* RP_TERM_NONE: any */
    bool is_inverse;    /* node is the object, else the subject (then it is no literal) */
} RpStoreRead;

typedef struct RpStore {
    void *state;
    /*
     * Fetch the triples that any of the reads asks for into the sink: in any order, a triple any
     * number of times, others of the graph too if that is quicker (they are passed over). The reads
     * are distinct, and ids of the dictionary, to which the sink may add terms. Blank nodes have
     * the labels of the graph; those of the image are never read. Marks of terms, if any, mean the
     * same in all that is offered to one data graph.
     *
     * One call is one layer of a walk: it may lock what it reads, and look with a new snapshot. A
     * read is asked for once in a judgement, so that what is read once must stay as it is.
     *
     * A status of the sink ends it and is returned as it is. RP_INTERRUPTED, and what else the
     * store has to say: the judgement ends with it.
     */
    RpStatus (*fetch)(void *state, const RpDictionary *dictionary, const RpStoreRead *reads,
                      uint32_t count, const RpTripleSink *sink, RpError *error);
} RpStore;

#endif
