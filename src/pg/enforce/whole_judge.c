/* See whole_judge.h. */
#include "pg/enforce/whole_judge.h"

#include "utils/memutils.h"

#include "pg/graph/each.h"
#include "pg/graph/whole.h"
#include "pg/server/bridge.h"

typedef void (*Tell)(const RpStoredGraph *graph, const RpEnforcement *enforcement,
                     RpJudgement *judgement);

/* Told before the judgement's memory goes. It may raise, and then nothing is left to do. */
static bool
conclude(const RpStoredGraph *graph, const RpEnforcement *enforcement, RpJudgement *judgement,
         Tell tell)
{
    bool conforms = rp_report_conforms(&judgement->report);

    if (!conforms && tell != NULL) {
        tell(graph, enforcement, judgement);
    }
    return conforms;
}

/* The graphs are read once; what judging one takes is given back before the next. */
static bool
judge_each(const RpStoredGraph *graph, const RpEnforcement *enforcement, const RpPolicyUse *use,
           const RpJudgementOptions *options, Tell tell)
{
    RpStoredData data = {.graph = graph, .graphs = enforcement->named_graphs, .is_canonical = true};
    RpEach *each = rp_each_read(&data, use);
    uint32 count;
    const RpDataSource *sources = rp_each_sources(each, &count);
    bool conforms = true;

    for (uint32 i = 0; i < count; i++) {
        MemoryContext caller = CurrentMemoryContext;
        MemoryContext work = rp_bridge_context();
        RpJudgement judgement;
        RpError error;

        MemoryContextSwitchTo(work);
        RP_BRIDGE_TRY(rp_judgement_make(use, &sources[i], options,
                                        rp_bridge_work_arena(work, rp_each_memory(each)),
                                        &judgement, &error),
                      &error);
        conforms = conclude(graph, enforcement, &judgement, tell) && conforms;
        MemoryContextSwitchTo(caller);
        MemoryContextDelete(work);
    }
    rp_each_end(each);
    return conforms;
}

/* The caller holds the strong lock, and an active snapshot that was taken after it. */
bool
rp_whole_judge(const RpStoredGraph *graph, const RpEnforcement *enforcement, const RpPolicyUse *use,
               const RpJudgementOptions *options, Tell tell)
{
    RpJudgement judgement;

    if (enforcement->is_each) {
        return judge_each(graph, enforcement, use, options, tell);
    }
    rp_graph_judge_whole(graph, &enforcement->named_graphs, use, options,
                         rp_bridge_work_arena(CurrentMemoryContext, 0), &judgement);
    return conclude(graph, enforcement, &judgement, tell);
}
