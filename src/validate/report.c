/* See report.h. */
#include "validate/report.h"

void
rp_report_init(RpReport *report, RpArena *arena, uint64_t kept_limit)
{
    *report = (RpReport){.arena = arena, .kept_limit = kept_limit};
}

static bool
is_disallowed(const RpReport *report, RpText severity)
{
    for (uint32_t i = 0; i < report->disallowed_severity_count; i++) {
        if (rp_text_equals(report->disallowed_severities[i], severity)) {
            return true;
        }
    }
    return report->disallowed_severities == NULL;
}

static RpStatus
keep_result(RpReport *report, const RpResult *result, RpError *error)
{
    RpResult *kept = rp_arena_allocate(report->arena, sizeof(RpResult));

    if (!kept) {
        return rp_arena_failure(report->arena, error);
    }
    *kept = *result;
    kept->next = NULL;
    if (report->last) {
        report->last->next = kept;
    } else {
        report->first = kept;
    }
    report->last = kept;
    report->kept_count++;
    return RP_OK;
}

RpStatus
rp_report_add(RpReport *report, const RpResult *result, RpText severity, bool *is_finished,
              RpError *error)
{
    report->total_count++;
    report->disallowed_count += is_disallowed(report, severity);
    if (report->kept_count < report->kept_limit) {
        RP_TRY(keep_result(report, result, error));
    }
    if (report->stop_at_disallowed > 0 && report->disallowed_count >= report->stop_at_disallowed) {
        *is_finished = true;
    }
    if (report->stops_when_full && report->kept_count >= report->kept_limit) {
        *is_finished = true;
    }
    return RP_OK;
}
