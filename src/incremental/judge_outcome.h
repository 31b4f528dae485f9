/* What a judgement may take, and what it took. */
#ifndef RP_INCREMENTAL_JUDGE_OUTCOME_H
#define RP_INCREMENTAL_JUDGE_OUTCOME_H

#include <stdbool.h>
#include <stdint.h>

/* What one judgement may take. Beyond, it is quicker to judge the whole graph. */
typedef struct RpJudgeLimits {
    uint64_t pairs;   /* of a node and a place of the read map that are looked at */
    uint64_t triples; /* fetched */
    uint64_t reads;
} RpJudgeLimits;

typedef struct RpJudgeOutcome {
    bool is_beyond;       /* a limit was met, or the arena's ceiling: nothing is judged, judge the
                             whole graph instead */
    uint32_t whole_query; /* not for a limit, but for a query that reads all: its index in the image
                             + 1; else 0 */
    uint64_t focus_count; /* pairs of a shape and a node that were evaluated by themselves */
    uint64_t triple_count;
    uint64_t read_count;
    uint32_t layer_count; /* calls of the store */
} RpJudgeOutcome;

#endif
