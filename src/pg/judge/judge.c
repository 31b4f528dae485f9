/* See judge.h. Where nothing is counted and there is no shadow, that costs two comparisons. */
#include "pg/judge/judge.h"

#include "pg/judge/shadow.h"
#include "pg/server/bridge.h"
#include "pg/server/guc.h"
#include "pg/shared/missing_policy.h"

/*
 * One branch, and no more, where there is neither a shadow nor tracking: this is the path that
 * CHECK constraints take for each row.
 */
void
rp_judge(const RpPolicyUse *use, const RpDataSource *source, const RpJudgementOptions *options,
         RpArena *arena, RpJudgement *judgement)
{
    RpStatus status;
    RpError error;

    if (unlikely(use->shadow_image != NULL || rp_guc_track)) {
        rp_shadow_judge(use, source, options, arena, judgement);
        return;
    }
    status = rp_judgement_make(use, source, options, arena, judgement, &error);
    /* What lacks its context, and is let through, has been judged by nothing: it has no results. */
    if (unlikely(status != RP_OK) && !(status == RP_UNDEFINED && rp_missing_context_passes())) {
        rp_data_source_raise(source, &error);
    }
}

/*
 * Each policy in memory of its own, so that ten policies need no more than the largest of them. The
 * first that says no ends it: the others are neither judged nor counted.
 */
bool
rp_judge_conforms(const RpPolicySelection *selection, const RpDataSource *source)
{
    RpRequireFocus focus = rp_require_focus_begin(selection);
    RpJudgementOptions options = {.stop_at_disallowed = 1, .require_focus = &focus};
    MemoryContext caller = CurrentMemoryContext;
    bool conforms = true;

    for (uint32_t i = 0; i < selection->use_count && conforms; i++) {
        MemoryContext work = rp_bridge_context();
        RpJudgement judgement;

        MemoryContextSwitchTo(work);
        rp_judge(&selection->uses[i], source, &options, rp_bridge_work_arena(work, 0), &judgement);
        conforms = rp_report_conforms(&judgement.report);
        MemoryContextSwitchTo(caller);
        MemoryContextDelete(work);
    }
    return conforms;
}
