/*
 * See shadow.h. Both judge the data in the same call, one after the other; what they say is counted
 * in this backend's memory (stats.c). No lock is taken.
 */
#include "pg/judge/shadow.h"

#include "utils/timestamp.h"

#include "pg/server/bridge.h"
#include "pg/server/guc.h"
#include "pg/shared/stats.h"

/* A tally for each shape, or NULL where nothing is tracked. */
static RpTally *
make_tallies(const RpImage *image, RpArena *arena)
{
    RpTally *tallies = NULL;
    RpError error;

    if (rp_guc_track && image->shape_count > 0) {
        tallies = rp_arena_allocate_zero(arena, sizeof(RpTally) * (size_t)image->shape_count);
        if (tallies == NULL) {
            rp_arena_failure(arena, &error);
            rp_bridge_raise(&error);
        }
    }
    return tallies;
}

/* Count each shape that had a focus node. */
static void
count_shapes(const RpJudgement *judgement, TimestampTz now)
{
    const RpPolicyUse *use = judgement->use;
    const RpTally *tallies = judgement->report.tallies;

    for (uint32 i = 0; tallies != NULL && i < use->image->shape_count; i++) {
        RpStatsCounts counts = {.validations = 1,
                                .focus_nodes = tallies[i].focus_node_count,
                                .violations = tallies[i].result_count,
                                .time_ns = tallies[i].time_ns,
                                .last_used = now};

        if (tallies[i].focus_node_count > 0) {
            rp_stats_add(use->policy, use->version,
                         rp_judgement_term_text(judgement, use->image->shapes[i].node), &counts);
        }
    }
}

/* What a judgement adds to the counts of its version, its verdict aside. */
static RpStatsCounts
counts_of(const RpJudgement *judgement, bool has_focus, uint64 start_ns, TimestampTz now)
{
    return (RpStatsCounts){.validations = 1,
                           .without_focus = !has_focus,
                           .focus_nodes = judgement->report.focus_node_count,
                           .violations = judgement->report.total_count,
                           .time_ns = rp_judgement_clock_ns() - start_ns,
                           .last_used = now};
}

/* Whether a judgement ended with a verdict: one that stopped at its limit of warnings did not. */
static bool
has_verdict(const RpJudgement *judgement)
{
    const RpReport *report = &judgement->report;

    return !rp_report_conforms(report) || !report->stops_when_cut || !report->is_cut;
}

/* What data that could not be judged adds; nothing where it is not the data that is to blame. */
static RpStatsCounts
counts_of_failure(const RpError *error, TimestampTz now)
{
    bool is_of_input = error->status != RP_OUT_OF_MEMORY && error->status != RP_INTERRUPTED;

    return (RpStatsCounts){.validations = is_of_input,
                           .failed = is_of_input,
                           .not_parsed = error->status == RP_SYNTAX || error->status == RP_NULL ||
                                         error->status == RP_UNDEFINED,
                           .last_used = now};
}

/* Put what the first result says into an example. */
static void
describe(RpStatsExample *example, const RpJudgement *judgement)
{
    const RpResult *result = judgement->report.first;

    if (result != NULL) {
        rp_stats_copy_text(example->focus, sizeof(example->focus),
                           rp_judgement_term_text(judgement, result->focus));
        rp_stats_copy_text(
            example->shape, sizeof(example->shape),
            rp_judgement_term_text(judgement, rp_judgement_shape(judgement, result)));
        rp_stats_copy_text(example->message, sizeof(example->message),
                           rp_judgement_message(judgement, result));
    }
}

/* Count what the shadow says, and keep an example where it is not what the active version says. */
static void
count_shadow(const RpJudgement *active, const RpJudgement *shadow, RpStatsCounts *counts,
             RpStatsExample *example)
{
    bool shadow_conforms = rp_report_conforms(&shadow->report);
    bool active_conforms = example->active_conforms;

    counts->accepted = shadow_conforms;
    counts->rejected = !shadow_conforms;
    if (shadow_conforms == active_conforms) {
        return;
    }
    counts->newly_rejected = active_conforms;
    counts->newly_accepted = shadow_conforms;
    example->shadow_conforms = shadow_conforms;
    describe(example, shadow_conforms ? active : shadow);
    rp_stats_add_example(example);
}

/*
 * The policies that a call would have if the shadow of one of them were in force: the shadow first,
 * then the others.
 */
static RpPolicySelection
selection_with_shadow(const RpPolicySelection *selection, const RpPolicyUse *use)
{
    RpPolicyUse *uses = palloc(sizeof(RpPolicyUse) * selection->use_count);
    uint32 count = 0;

    uses[count++] = (RpPolicyUse){.policy = use->policy,
                                  .version = use->shadow_version,
                                  .image = use->shadow_image,
                                  .reading = use->shadow_reading};
    for (uint32 i = 0; i < selection->use_count; i++) {
        if (&selection->uses[i] != use) {
            uses[count++] = selection->uses[i];
        }
    }
    return (RpPolicySelection){.uses = uses, .use_count = count};
}

/* Have the shadow judge what the active version has judged, as call asks. Memory is the current
 * context's. */
static void
judge_by_shadow(const RpJudgement *active, const RpDataSource *source, const RpRequireFocus *call,
                TimestampTz now)
{
    const RpPolicyUse *use = active->use;
    RpPolicySelection selection = selection_with_shadow(call->selection, use);
    const RpPolicyUse *candidate = &selection.uses[0];
    RpRequireFocus focus = rp_require_focus_begin(&selection);
    RpArena *arena = rp_bridge_work_arena(CurrentMemoryContext, active->data.arena->used_bytes);
    RpJudgementOptions options = {.kept_limit = 1,
                                  .stop_at_disallowed = active->report.stop_at_disallowed,
                                  .tallies = make_tallies(candidate->image, arena),
                                  .require_focus = &focus};
    RpStatsExample example = {.happened_at = now,
                              .active_version = use->version,
                              .shadow_version = candidate->version,
                              .active_conforms = rp_report_conforms(&active->report)};
    uint64 start_ns = rp_judgement_clock_ns();
    RpStatsCounts counts;
    RpJudgement judgement;
    bool has_focus = false;
    RpError error;
    RpStatus status = rp_judgement_make(candidate, source, &options, arena, &judgement, &error);

    if (status == RP_OK) {
        status = rp_focus_is_found(candidate, source, &judgement.report, &has_focus, &error);
    }
    if (status == RP_INTERRUPTED) {
        rp_bridge_raise(&error);
    }
    rp_stats_copy_text(example.policy, sizeof(example.policy), use->policy);
    if (status != RP_OK) {
        counts = counts_of_failure(&error, now);
        example.has_failed = true;
        rp_stats_copy_text(example.message, sizeof(example.message), rp_text_from(error.message));
        rp_stats_add_example(&example);
    } else {
        counts = counts_of(&judgement, has_focus, start_ns, now);
        count_shadow(active, &judgement, &counts, &example);
        count_shapes(&judgement, now);
    }
    rp_stats_add(use->policy, candidate->version, RP_TEXT(""), &counts);
}

/*
 * The active version first: its verdict is the caller's, and nothing of the shadow may change it,
 * not even by the memory that it takes. An error of the active version is counted, which the abort
 * does not undo, and raised.
 */
void
rp_shadow_judge(const RpPolicyUse *use, const RpDataSource *source,
                const RpJudgementOptions *options, RpArena *arena, RpJudgement *judgement)
{
    RpJudgementOptions counted = *options;
    uint64 start_ns = rp_judgement_clock_ns();
    TimestampTz now = GetCurrentTimestamp();
    RpStatsCounts counts;
    bool has_focus;
    RpError error;

    counted.tallies = make_tallies(use->image, arena);
    if (options->stop_at_disallowed == 1) {
        /* What is rejected can then be shown as an example. */
        counted.kept_limit = Max(options->kept_limit, 1);
    }
    if (rp_judgement_make(use, source, &counted, arena, judgement, &error) != RP_OK) {
        counts = counts_of_failure(&error, now);
        if (counts.failed > 0) {
            rp_stats_add(use->policy, use->version, RP_TEXT(""), &counts);
        }
        rp_data_source_raise(source, &error);
    }
    if (!has_verdict(judgement)) {
        return;
    }
    RP_BRIDGE_TRY(rp_focus_is_found(use, source, &judgement->report, &has_focus, &error), &error);
    counts = counts_of(judgement, has_focus, start_ns, now);
    counts.accepted = rp_report_conforms(&judgement->report);
    counts.rejected = !rp_report_conforms(&judgement->report);
    rp_stats_add(use->policy, use->version, RP_TEXT(""), &counts);
    count_shapes(judgement, now);
    if (use->shadow_image != NULL) {
        MemoryContext caller = CurrentMemoryContext;
        MemoryContext work = rp_bridge_context();

        MemoryContextSwitchTo(work);
        judge_by_shadow(judgement, source, options->require_focus, now);
        MemoryContextSwitchTo(caller);
        MemoryContextDelete(work);
    }
}
