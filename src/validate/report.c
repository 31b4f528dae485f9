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

bool
rp_report_is_open(const RpReport *report)
{
    return report->kept_count < report->kept_limit && !report->is_cut &&
           (report->room == NULL || !report->room->is_full);
}

bool
rp_report_has_room(const RpReport *report, RpText severity)
{
    return rp_report_is_open(report) &&
           (!report->keeps_disallowed_only || is_disallowed(report, severity));
}

void
rp_report_put_parent(RpReport *report, RpResult *parent)
{
    parent->next_parent = NULL;
    if (report->last_parent) {
        report->last_parent->next_parent = parent;
    } else {
        report->first_parent = parent;
    }
    report->last_parent = parent;
}

static RpStatus
keep_result(RpReport *report, const RpFound *found, RpError *error)
{
    RpResult *kept = rp_arena_allocate(report->arena, sizeof(RpResult));

    if (!kept) {
        return rp_arena_failure(report->arena, error);
    }
    *kept = *found->result;
    kept->next = NULL;
    if (report->last) {
        report->last->next = kept;
    } else {
        report->first = kept;
    }
    report->last = kept;
    report->kept_count++;
    if (found->is_parent && report->keeps_details) {
        rp_report_put_parent(report, kept);
    }
    return RP_OK;
}

/* Take a result's size off the room that is left. False: it does not fit. */
static bool
take_room(const RpReport *report, uint64_t size)
{
    RpReportRoom *room = report->room;

    if (room == NULL) {
        return true;
    }
    if (size > room->bytes) {
        room->is_full = true;
        return false;
    }
    room->bytes -= size;
    return true;
}

static RpStatus
keep_results(RpReport *report, const RpFound *found, RpError *error)
{
    for (uint64_t i = 0; i < found->copies; i++) {
        if (!rp_report_is_open(report) || !take_room(report, found->size)) {
            report->is_cut = true;
            return RP_OK;
        }
        RP_TRY(rp_arena_poll(report->arena, error));
        RP_TRY(keep_result(report, found, error));
    }
    return RP_OK;
}

void
rp_report_repeat(RpReport *report, uint64_t total_count, uint64_t disallowed_count,
                 bool *is_finished)
{
    report->add_count++;
    report->total_count = rp_report_add_counts(report->total_count, total_count);
    report->disallowed_count = rp_report_add_counts(report->disallowed_count, disallowed_count);
    if (report->stop_at_disallowed > 0 && report->disallowed_count >= report->stop_at_disallowed) {
        *is_finished = true;
    }
    if (report->stops_when_cut && report->is_cut) {
        *is_finished = true;
    }
}

void
rp_report_skip(RpReport *report, uint64_t total_count, uint64_t disallowed_count, bool *is_finished)
{
    if (disallowed_count > 0 || !report->keeps_disallowed_only) {
        report->is_cut = true;
    }
    rp_report_repeat(report, total_count, disallowed_count, is_finished);
}

RpStatus
rp_report_add(RpReport *report, const RpFound *found, bool *is_finished, RpError *error)
{
    bool matters = is_disallowed(report, found->severity);

    if (matters || !report->keeps_disallowed_only) {
        RP_TRY(keep_results(report, found, error));
    }
    rp_report_repeat(report, found->times, matters ? found->times : 0, is_finished);
    return RP_OK;
}
