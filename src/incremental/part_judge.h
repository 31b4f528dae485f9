/* Judging a part of a stored graph: some shapes and some focus nodes. */
#ifndef RP_INCREMENTAL_PART_JUDGE_H
#define RP_INCREMENTAL_PART_JUDGE_H

#include "incremental/judge_outcome.h"
#include "incremental/read_map.h"
#include "incremental/store.h"
#include "validate/data_graph.h"
#include "validate/report.h"

typedef struct RpPart {
    const uint32_t *shapes; /* indexes into the image's shapes, ascending, without duplicates */
    uint32_t shape_count;   /* 0: all shapes */
    const RpTermId *nodes;  /* of the data graph's dictionary */
    uint32_t node_count;
} RpPart;

/*
 * Judge those of the nodes that are focus nodes of those of the shapes, as validating the whole
 * graph would. The rest as rp_change_judge.
 */
RpStatus rp_part_judge(RpDataGraph *data, const RpReadMap *map, const RpPart *part,
                       const RpStore *store, const RpJudgeLimits *limits, uint32_t depth_limit,
                       RpReport *report, RpJudgeOutcome *outcome, RpError *error);

#endif
