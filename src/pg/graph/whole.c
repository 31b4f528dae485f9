/* See whole.h. */
#include "pg/graph/whole.h"

#include "pg/graph/graph_reader.h"
#include "pg/judge/judge.h"

void
rp_graph_judge_whole(const RpStoredGraph *graph, const RpNamedGraphs *graphs,
                     const RpPolicyUse *use, const RpJudgementOptions *options, RpArena *arena,
                     RpJudgement *judgement)
{
    RpStoredData data = {.graph = graph, .graphs = *graphs};
    RpDataSource source = {.form = RP_DATA_STORED, .stored = &data, .fill = rp_graph_reader_fill};

    rp_judge(use, &source, options, arena, judgement);
    judgement->source = NULL; /* it is of this call */
}
