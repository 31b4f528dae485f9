/*
 * What one judgement has read of a store: each read once, layer by layer. Whoever needs a read asks
 * for it, with others that do not depend on its answer; then comes a layer, which fetches all that
 * was asked for since the last.
 */
#ifndef RP_INCREMENTAL_FETCHED_H
#define RP_INCREMENTAL_FETCHED_H

#include "incremental/judge_outcome.h"
#include "incremental/store.h"
#include "validate/data_graph.h"

/* How a triple answers reads: one of each kind at most. */
typedef enum RpAnswerKind {
    RP_ANSWERS_OBJECTS = 0, /* of its subject, by its predicate */
    RP_ANSWERS_SUBJECTS,    /* of its object, by its predicate */
    RP_ANSWERS_ALL,         /* all triples of its subject */
    RP_ANSWERS_ALL_INVERSE, /* all triples that have its object */
    RP_ANSWER_KINDS
} RpAnswerKind;

/* Indexes of triples and reads are one higher than their place; 0: none. */
typedef struct RpFetchedTriple {
    RpTriple triple;
    uint32_t next[RP_ANSWER_KINDS]; /* of the answers to the same read */
} RpFetchedTriple;

typedef struct RpFetchedRead {
    RpStoreRead read;
    uint32_t first;  /* triple that answers it */
    uint32_t within; /* the read of all triples of the node on that side, which answers it too */
} RpFetchedRead;

typedef struct RpFetched {
    RpDataGraph *data;
    const RpStore *store;
    RpArena *arena;
    RpError *error;
    const RpJudgeLimits *limits;
    RpJudgeOutcome *outcome;
    RpFetchedRead *reads; /* in the order in which they were asked for */
    uint32_t read_count;
    uint32_t read_capacity;
    uint32_t answered_count; /* reads of the layers so far */
    uint32_t *slots;         /* hash table of reads */
    uint32_t slot_count;
    RpFetchedTriple *triples;
    uint32_t triple_count;
    uint32_t triple_capacity;
    RpStoreRead *layer; /* the reads of the moment's */
    uint32_t layer_capacity;
    bool has_kind[RP_ANSWER_KINDS]; /* whether the layer of the moment asks so */
    bool asks_all;                  /* whether any read so far is of all triples of a node */
} RpFetched;

/* What answers one read, triple by triple. */
typedef struct RpAnswers {
    const RpFetched *fetched;
    uint32_t next;
    RpAnswerKind kind;
    RpTermId predicate; /* RP_TERM_NONE: any */
} RpAnswers;

/* Nothing read yet. The limits and the outcome, whose counts it keeps, outlive it. */
void rp_fetched_init(RpFetched *fetched, RpDataGraph *data, const RpStore *store,
                     const RpJudgeLimits *limits, RpJudgeOutcome *outcome, RpError *error);

/* Ask for a read. *index is 0 where nothing can answer it: literals are no subjects, and blank
 * nodes of the image are not in the graph. */
RpStatus rp_fetched_ask(RpFetched *fetched, RpStoreRead read, uint32_t *index);

static inline bool
rp_fetched_is_there(const RpFetched *fetched, uint32_t index)
{
    return index <= fetched->answered_count;
}

/* Whether something was asked for since the last layer. */
static inline bool
rp_fetched_is_waiting(const RpFetched *fetched)
{
    return fetched->answered_count < fetched->read_count;
}

/* Fetch what was asked for. Sets is_beyond of the outcome, with RP_TOO_LARGE, beyond a limit. */
RpStatus rp_fetched_layer(RpFetched *fetched);

/* The answers to a read that is there. They stay valid. */
RpAnswers rp_fetched_answers(const RpFetched *fetched, uint32_t index);

/* The same of a read that was asked for in a layer before: RP_CORRUPT if it was not. */
RpStatus rp_fetched_get(RpFetched *fetched, RpStoreRead read, RpAnswers *answers);

/* The next answer; NULL: that was all. Valid until the next layer. */
const RpTriple *rp_answers_next(RpAnswers *answers);

/* Put all triples that were fetched into the data graph. */
RpStatus rp_fetched_fill(RpFetched *fetched);

#endif
