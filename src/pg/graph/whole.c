/* See whole.h. */
#include "pg/graph/whole.h"

#include "validate/validator.h"
#include "pg/judge/judge.h"
#include "pg/server/guc.h"

RpStatus
rp_whole_validate(const void *stored, RpDataGraph *data, RpReport *report, RpError *error)
{
    RP_TRY(rp_graph_reader_fill(stored, data, error));
    return rp_validate(data, (uint32_t)rp_guc_max_depth, report, error);
}

void
rp_graph_judge_whole(const RpStoredGraph *graph, const RpNamedGraphs *graphs,
                     const RpPolicyUse *use, const RpJudgementOptions *options, RpArena *arena,
                     RpJudgement *judgement)
{
    RpStoredData data = {.graph = graph, .graphs = *graphs, .is_canonical = true};
    RpDataSource source = {.form = RP_DATA_STORED, .stored = &data, .validate = rp_whole_validate};

    rp_judge(use, &source, options, arena, judgement);
    judgement->source = NULL; /* it is of this call */
}
