/*
 * Terms that are added to a dictionary together. A table of many terms is larger than the
 * processor's caches, so that looking for a term is mostly waiting for memory: for its slot, its
 * record, its text. For the terms of a batch the waits are one.
 */
#ifndef RP_RDF_TERM_BATCH_H
#define RP_RDF_TERM_BATCH_H

#include "rdf/dictionary.h"

enum { RP_TERM_BATCH_COUNT = 32, RP_TERM_BATCH_BYTES = 4096 };

/* Who is told the id of a term: with the place that it was added with. */
typedef struct RpTermSink {
    void *state;
    void (*id)(void *state, uint32_t place, RpTermId id);
} RpTermSink;

typedef struct RpBatchedTerm {
    RpTermKey key; /* its texts are the batch's */
    uint64_t hash;
    uint32_t place;
    RpTermId likely; /* the term that its hash leads to */
} RpBatchedTerm;

typedef struct RpTermBatch {
    RpDictionary *dictionary;
    RpTermSink sink;
    uint32_t count;
    uint32_t byte_count;
    RpBatchedTerm terms[RP_TERM_BATCH_COUNT];
    char bytes[RP_TERM_BATCH_BYTES];
} RpTermBatch;

/* An empty batch. Allocates nothing. */
void rp_term_batch_init(RpTermBatch *batch, RpDictionary *dictionary, const RpTermSink *sink);

/* Add a term, whose texts are copied; its lexical form is none of the dictionary. The sink is told
 * its id now or later, at the latest when the batch is ended; of terms that wait in no order.
 * Failures are the dictionary's. */
RpStatus rp_term_batch_add(RpTermBatch *batch, const RpTerm *term, uint32_t place, RpError *error);

/* Tell the ids of all terms that wait. The batch is empty then. */
RpStatus rp_term_batch_end(RpTermBatch *batch, RpError *error);

#endif
