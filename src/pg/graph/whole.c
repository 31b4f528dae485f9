/* See whole.h. */
#include "pg/graph/whole.h"

#include "validate/summary.h"
#include "validate/validator.h"
#include "pg/graph/progress.h"
#include "pg/graph/slices.h"
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

/* What an attempt changes of a report, for when it is given up. */
typedef struct ReportBefore {
    RpReport report;
    RpSummary summary;
    RpReportRoom room;
} ReportBefore;

static void
note_report(ReportBefore *before, const RpReport *report)
{
    before->report = *report;
    if (report->summary != NULL) {
        before->summary = *report->summary;
    }
    if (report->room != NULL) {
        before->room = *report->room;
    }
}

static void
restore_report(RpReport *report, const ReportBefore *before, const RpImage *image)
{
    *report = before->report;
    if (report->summary != NULL) {
        *report->summary = before->summary;
    }
    if (report->room != NULL) {
        *report->room = before->room;
    }
    if (report->tallies != NULL) {
        memset(report->tallies, 0, sizeof(RpTally) * image->shape_count);
    }
}

/* At once or, where that needs more than there is, in slices. */
static RpStatus
validate(const void *stored, RpDataGraph *data, RpReport *report, RpError *error)
{
    RpArena aside = rp_arena_begin_attempt(data->arena);
    ReportBefore before;
    RpStatus status;

    note_report(&before, report);
    status = read_and_validate(stored, data, report, error);
    if (status != RP_TOO_LARGE) {
        rp_arena_keep_attempt(data->arena, &aside);
        return status;
    }
    rp_arena_give_up_attempt(data->arena, &aside);
    restore_report(report, &before, data->image);
    rp_data_graph_init(data, data->image, data->arena, data->triple_limit);
    return rp_slices_validate(stored, data, report, error);
}

RpStatus
rp_whole_validate(const void *stored, RpText policy, RpDataGraph *data, RpReport *report,
                  RpError *error)
{
    const RpStoredData *wanted = stored;

    return rp_graph_progress_run(wanted->graph->name, policy, validate, stored, data, report,
                                 error);
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
