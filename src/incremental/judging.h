/* One judgement as it runs: what the files that find focus nodes, and what these need, share. */
#ifndef RP_INCREMENTAL_JUDGING_H
#define RP_INCREMENTAL_JUDGING_H

#include "incremental/automaton.h"
#include "incremental/fetched.h"
#include "incremental/pair_set.h"

/* Ways through the classes of the graph and the image together. */
typedef enum RpClosureKind {
    RP_CLASSES_ABOVE = 0,  /* as the graph is now */
    RP_CLASSES_EVER_ABOVE, /* as it is, or was before the changes */
    RP_CLASSES_EVER_BELOW, /* the same downwards */
    RP_CLOSURE_KINDS
} RpClosureKind;

/* See class_walk.h. */
typedef struct RpClassWalk {
    RpGraph removed[2]; /* edges that the changes removed, by is_below: class → next class */
    RpPairSet met;      /* by is_below: classes whose neighbours are read */
    uint32_t *reads;    /* of them, in their order */
    uint32_t read_capacity;
    uint32_t asked_count;                 /* of those met */
    uint32_t walked_count;                /* of those asked: their neighbours are met */
    RpPairSet closures[RP_CLOSURE_KINDS]; /* of a class: it and those above or below, together */
} RpClassWalk;

typedef struct RpJudging {
    RpDataGraph *data;
    const RpReadMap *map;
    RpArena *arena;
    RpError *error;
    RpJudgeOutcome *outcome;
    uint32_t depth_limit;
    RpPairRoom room;
    RpFetched fetched;
    RpClassWalk classes;
    RpPairSet candidates; /* shapes with nodes that may be focus nodes of theirs */
    RpPairSet added;      /* of them, those that may have become focus nodes */
    RpPairSet known;      /* of them, those that are focus nodes: nothing more has to be read */
} RpJudging;

void rp_judging_init(RpJudging *judging, RpDataGraph *data, const RpReadMap *map,
                     const RpStore *store, const RpJudgeLimits *limits, uint32_t depth_limit,
                     RpJudgeOutcome *outcome, RpError *error);

/* The judgement cannot be made over a part of the graph, because of a query (its index + 1):
 * RP_TOO_LARGE, which the outcome explains. */
RpStatus rp_judging_ask_whole(RpJudging *judging, uint32_t query);

/* What a judgement that ended with a status gives: RP_OK where it only went beyond a limit. */
RpStatus rp_judging_end(RpJudging *judging, RpStatus status);

#endif
