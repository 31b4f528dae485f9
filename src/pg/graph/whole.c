/* See whole.h. */
#include "pg/graph/whole.h"

#include "validate/validator.h"
#include "pg/graph/progress.h"
#include "pg/judge/judge.h"
#include "pg/server/debug_point.h"
#include "pg/server/guc.h"

/* Below, counting the focus nodes before they are evaluated is not worth its time. */
enum { TRIPLES_THAT_TAKE_LONG = 100000 };

static RpStatus
read_and_validate(const RpStoredData *stored, RpDataGraph *data, RpReport *report, RpError *error)
{
    RP_TRY(rp_graph_reader_fill(stored, data, error));
    rp_graph_progress_phase(RP_PHASE_VALIDATE, 0);
    RP_DEBUG_POINT("graph");
    report->counts_focus_nodes = data->graph.count >= TRIPLES_THAT_TAKE_LONG;
    return rp_validate(data, (uint32_t)rp_guc_max_depth, report, error);
}

/* What to do where nobody judges in slices. */
static void
hint_at_parts(const RpStoredData *stored, const RpDataGraph *data, RpError *error)
{
    if (data->arena->has_met_limit) {
        rp_error_hint(error,
                      "Graph \"%s\" needs more to be judged as a whole: raise "
                      "rdfpolicy.work_mem, make the indexes that rdf_graph_sources says are "
                      "missing, or have it judged in parts (shape, focus, named_graphs).",
                      stored->graph->name);
    }
}

RpStatus
rp_whole_validate(const void *stored, RpText policy, RpDataGraph *data, RpReport *report,
                  RpError *error)
{
    const RpStoredData *wanted = stored;
    volatile RpStatus status = RP_OK;

    rp_graph_progress_begin(wanted->graph->name, policy, data, report);
    PG_TRY();
    {
        status = read_and_validate(wanted, data, report, error);
    }
    PG_FINALLY();
    {
        rp_graph_progress_end();
    }
    PG_END_TRY();
    if (status == RP_TOO_LARGE) {
        if (wanted->has_met_limit != NULL) {
            *wanted->has_met_limit = true;
        }
        hint_at_parts(wanted, data, error);
    }
    return status;
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
