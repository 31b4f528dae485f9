/* What rdf_assert_valid and the trigger say of data that does not conform. */
#include "pg/judge/violation_error.h"

#include "mb/pg_wchar.h"

#include "pg/judge/judge.h"
#include "pg/judge/reasons.h"
#include "pg/judge/violation_json.h"
#include "pg/server/bridge.h"
#include "pg/server/guc.h"

/* One line of the DETAIL, with nothing that the data has: path, component, shape; and the focus
 * node, where that may be told. */
static void
append_violation_unseen(StringInfo out, const RpJudgement *judgement, const RpResult *result,
                        const bool *may_be_told)
{
    bool has_focus = may_be_told != NULL && may_be_told[result->focus];

    if (has_focus) {
        appendStringInfoString(out, "Focus node ");
        rp_shown_append(out, rp_judgement_term_start(judgement, result->focus));
        appendStringInfoString(out, ", ");
    }
    if (result->path_predicate == RP_TERM_NONE && result->path > 0) {
        appendStringInfoString(out, has_focus ? "path " : "Path ");
        rp_shown_append(out, rp_judgement_path_start(judgement, result));
        appendStringInfoString(out, ", component <");
    } else {
        appendStringInfoString(out, has_focus ? "component <" : "Component <");
    }
    rp_shown_append(out, rp_judgement_component(judgement, result));
    appendStringInfoChar(out, '>');
    rp_shape_append(out, judgement, result);
}

/* One line of the DETAIL, focus node, path, value, message, shape, and the reasons behind it. */
static void
append_violation(StringInfo out, const RpJudgement *judgement, const RpResult *result)
{
    rp_result_append(out, judgement, result, NULL);
    rp_reasons_append(out, judgement, result);
}

static void
append_policy(StringInfo out, const RpJudgement *judgement)
{
    const RpPolicyUse *use = judgement->use;
    uint64 count = judgement->report.disallowed_count;

    appendStringInfo(out, "%spolicy \"%.*s\" version %d: " UINT64_FORMAT " violation%s",
                     out->len > 0 ? "; " : "", (int)use->policy.length, use->policy.data,
                     use->version, count, count == 1 ? "" : "s");
}

void
rp_violation_text_add(RpViolationText *text, const RpJudgement *judgement)
{
    const RpResult *result;

    if (text->violation_count == 0) {
        initStringInfo(&text->policies);
        initStringInfo(&text->detail);
        text->policy = rp_text_cstring(judgement->use->policy);
    }
    append_policy(&text->policies, judgement);
    text->violation_count += judgement->report.disallowed_count;
    for (result = judgement->report.first; result != NULL; result = result->next) {
        if (text->line_count >= RP_VIOLATION_SHOWN) {
            break;
        }
        appendStringInfoString(&text->detail, text->line_count > 0 ? "\n" : "");
        if (text->shows_values) {
            append_violation(&text->detail, judgement, result);
        } else {
            append_violation_unseen(&text->detail, judgement, result, text->may_be_told);
        }
        text->line_count++;
    }
}

void
rp_violation_text_make(const RpPolicySelection *selection, const RpDataSource *source,
                       RpViolationText *text)
{
    MemoryContext caller = CurrentMemoryContext;
    /* Of what is shown only the beginning is written, so that it takes no room. */
    RpReportRoom room = {.bytes = RP_REPORT_BYTES_UNLIMITED};
    RpRequireFocus focus = rp_require_focus_begin(selection);
    RpJudgementOptions options = {.kept_limit = RP_VIOLATION_SHOWN,
                                  .room = &room,
                                  .keeps_details = text->shows_values,
                                  .keeps_disallowed_only = true,
                                  .require_focus = &focus};

    *text = (RpViolationText){.shows_values = text->shows_values};
    for (uint32_t i = 0; i < selection->use_count; i++) {
        MemoryContext work = rp_bridge_context();
        RpJudgement judgement;

        MemoryContextSwitchTo(work);
        room.details = RP_VIOLATION_DETAILS;
        rp_judge(&selection->uses[i], source, &options, rp_bridge_work_arena(work, 0), &judgement);
        if (!rp_report_conforms(&judgement.report)) {
            rp_judgement_details(&judgement);
            MemoryContextSwitchTo(caller);
            rp_violation_text_add(text, &judgement);
        }
        MemoryContextSwitchTo(caller);
        MemoryContextDelete(work);
    }
    if (text->violation_count > 0 && rp_guc_error_detail == RP_ERROR_DETAIL_JSON) {
        resetStringInfo(&text->detail);
        appendStringInfoString(&text->detail,
                               rp_violation_json(selection, source, text->shows_values));
    } else {
        rp_violation_text_finish(text);
    }
}

void
rp_violation_text_finish(RpViolationText *text)
{
    if (text->violation_count > text->line_count) {
        appendStringInfo(&text->detail, "\nAnd " UINT64_FORMAT " more.",
                         (uint64)(text->violation_count - text->line_count));
    }
}
