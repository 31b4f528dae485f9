/* See report.h. */
#include "pg/judge/report.h"

#include "validate/details.h"
#include "pg/judge/call_arguments.h"
#include "pg/judge/judge.h"
#include "pg/server/bridge.h"
#include "pg/server/guc.h"

static void
keep(RpWholeReport *report, RpJudgement *judgement)
{
    if ((report->count & (report->count - 1)) == 0) { /* room for the next power of two */
        Size size = sizeof(RpJudgement *) * Max(2 * (Size)report->count, 1);

        report->judgements =
            report->judgements == NULL ? palloc(size) : repalloc(report->judgements, size);
    }
    report->judgements[report->count++] = judgement;
}

/* Judge by one policy. One that finds nothing is counted, and its memory given back. */
static void
judge(const RpPolicyUse *use, const RpDataSource *source, const RpReportOptions *options,
      RpWholeReport *report)
{
    uint64 before = options->is_summary ? report->counted : report->listed;
    RpJudgementOptions wanted = {.kept_limit = options->limit - before,
                                 .is_summary = options->is_summary,
                                 .room = &report->room,
                                 .stops_when_cut = !options->is_counted,
                                 .keeps_details = true,
                                 .notes_places = true,
                                 .require_focus = &report->focus};
    RpArena *arena = rp_bridge_work_arena(CurrentMemoryContext, report->memory_bytes);
    RpJudgement *judgement = palloc(sizeof(RpJudgement));

    if (options->is_trial) {
        RpError error;

        RP_BRIDGE_TRY(rp_judgement_make(use, source, &wanted, arena, judgement, &error), &error);
    } else {
        rp_judge(use, source, &wanted, arena, judgement);
    }
    judgement->text_arena = report->text_arena;
    report->is_valid = report->is_valid && rp_report_conforms(&judgement->report);
    report->lacks_results = report->lacks_results || judgement->report.is_cut;
    report->listed += judgement->report.kept_count;
    report->counted = rp_report_add_counts(report->counted, judgement->report.total_count);
    report->triple_count += judgement->data.triple_count;
    report->focus_node_count += judgement->report.focus_node_count;
    if (judgement->report.total_count == 0) {
        rp_judgement_forget_places(judgement);
        rp_arena_free(arena);
        pfree(judgement);
    } else {
        keep(report, judgement);
        report->memory_bytes += arena->used_bytes;
    }
}

/* Have the policies share what is left of rdfpolicy.work_mem. */
static void
share_memory(const RpWholeReport *report)
{
    size_t limit_bytes = (size_t)rp_guc_work_mem_kb * 1024;
    size_t left_bytes = limit_bytes - Min(limit_bytes, report->memory_bytes);

    for (uint32 i = 0; i < report->count; i++) {
        RpArena *arena = report->judgements[i]->data.arena;

        arena->limit_bytes = arena->used_bytes + left_bytes / report->count;
    }
}

/* Details come after the results of all policies. */
static void
find_details(RpWholeReport *report)
{
    RpReport **reports = palloc(sizeof(RpReport *) * report->count);
    RpError error;

    share_memory(report);
    for (uint32 i = 0; i < report->count; i++) {
        reports[i] = &report->judgements[i]->report;
    }
    RP_BRIDGE_TRY(rp_details_find(reports, report->count, &error), &error);
    for (uint32 i = 0; i < report->count; i++) {
        report->is_cut = report->is_cut || reports[i]->is_cut;
    }
}

/*
 * All judgements of the call are alive together, since their results are shown together. Where
 * nothing has to be counted, the first policy whose results find no room is the last that is
 * judged.
 */
void
rp_report_make(const RpPolicySelection *selection, const RpDataSource *sources, uint32 source_count,
               const RpReportOptions *options, RpWholeReport *report)
{
    /* Results are kept in the memory of the judgement, which needs most of it for the data. */
    uint64 memory_bytes = (uint64)rp_guc_work_mem_kb * 1024 / 4;

    *report = (RpWholeReport){.selection = selection,
                              .memory_bytes = options->memory_bytes,
                              .focus = rp_require_focus_begin(selection),
                              .text_arena = rp_bridge_arena(CurrentMemoryContext, 0),
                              .room = {.bytes = (uint64)rp_guc_max_report_size_kb * 1024,
                                       .details = options->detail_limit},
                              .is_valid = true,
                              .is_summary = options->is_summary};
    report->is_bounded_by_memory = memory_bytes < report->room.bytes;
    report->room.bytes = Min(report->room.bytes, memory_bytes);
    for (uint32 i = 0; i < selection->use_count; i++) {
        report->triple_count = 0;
        for (uint32 j = 0; j < source_count; j++) {
            if (report->lacks_results && !options->is_counted) {
                break;
            }
            judge(&selection->uses[i], &sources[j], options, report);
        }
    }
    report->lacks_room = report->room.is_full;
    find_details(report);
    for (uint32 i = 0; i < report->count; i++) {
        rp_judgement_places(report->judgements[i]);
    }
}

/* Which of the limits it was: the one to raise. */
static int
results_hint(const RpWholeReport *report)
{
    if (!report->lacks_room) {
        return errhint("The limit is max_results, by default rdfpolicy.max_results.");
    }
    return report->is_bounded_by_memory
               ? errhint("More would take more than a quarter of rdfpolicy.work_mem.")
               : errhint("More would be larger than rdfpolicy.max_report_size.");
}

/* The same of a summary, which has no limit of results but the one that was asked for. */
static void
notice_summary(const RpWholeReport *report)
{
    if (report->lacks_room) {
        ereport(NOTICE,
                (errmsg("the summary lists the first " UINT64_FORMAT " kinds of results only",
                        report->listed),
                 results_hint(report)));
    } else {
        ereport(NOTICE, (errmsg("the summary counts the first " UINT64_FORMAT " results only",
                                report->counted),
                         errhint("The limit is max_results. Without it all results are counted.")));
    }
}

/* What is left out is always said: a cut report that looks whole would be taken for one. */
void
rp_report_notice(const RpWholeReport *report)
{
    if (report->is_summary && report->lacks_results) {
        notice_summary(report);
    } else if (report->lacks_results && report->listed == 0) {
        ereport(NOTICE, (errmsg("the report lists none of the results"), results_hint(report)));
    } else if (report->lacks_results) {
        ereport(NOTICE, (errmsg("the report lists the first " UINT64_FORMAT " results only",
                                report->listed),
                         results_hint(report)));
    } else if (report->is_cut) {
        ereport(NOTICE, (errmsg("the report leaves out details of some results"),
                         errhint("The limits are max_results, by default rdfpolicy.max_results, "
                                 "and rdfpolicy.max_report_size.")));
    }
}

/* NULL is the default; a limit of 0 would be a report that says nothing and looks valid. */
static uint64
limit_argument(FunctionCallInfo fcinfo, uint64 default_limit)
{
    int32 limit;

    if (PG_ARGISNULL(RP_REPORT_ARGUMENT_MAX_RESULTS)) {
        return default_limit;
    }
    limit = PG_GETARG_INT32(RP_REPORT_ARGUMENT_MAX_RESULTS);
    if (limit < 1) {
        ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                        errmsg("max_results must be at least 1")));
    }
    return (uint64)limit;
}

/*
 * The result is written into the caller's context, all else goes with the work context, which an
 * error takes too.
 */
Datum
rp_report_write(FunctionCallInfo fcinfo, const RpPolicySelection *selection,
                const RpDataSource *sources, uint32 source_count, size_t memory_bytes,
                const RpReportForm *form)
{
    uint64 detail_limit = limit_argument(fcinfo, (uint64)rp_guc_max_results);
    uint64 limit = form->is_summary ? limit_argument(fcinfo, UINT64_MAX) : detail_limit;
    RpReportOptions options = {.limit = limit,
                               .detail_limit = detail_limit,
                               .is_counted = form->is_counted,
                               .is_summary = form->is_summary,
                               .memory_bytes = memory_bytes};
    MemoryContext caller = CurrentMemoryContext;
    MemoryContext work = rp_bridge_context();
    RpWholeReport report;
    Datum written;

    MemoryContextSwitchTo(work);
    rp_report_make(selection, sources, source_count, &options, &report);
    written = form->write(fcinfo, &report, caller);
    rp_report_notice(&report);
    MemoryContextSwitchTo(caller);
    MemoryContextDelete(work);
    return written;
}

/* The selection is made before the work context, in the caller's: what it holds is the call site's.
 */
Datum
rp_report_call(FunctionCallInfo fcinfo, RpDataForm data_form, const RpReportForm *form)
{
    RpDataSource source;

    if (!rp_argument_judged(fcinfo, data_form, RP_REPORT_ARGUMENT_OPTIONS, &source)) {
        PG_RETURN_NULL();
    }
    return rp_report_write(
        fcinfo, rp_policy_select(fcinfo, rp_argument_text(fcinfo, RP_REPORT_ARGUMENT_POLICY)),
        &source, 1, 0, form);
}
