/*
 * See violation_json.h. A document is judged anew, since what is judged first keeps no more than
 * the results that are shown as text: that is the usual way, and this one is asked for.
 */
#include "pg/judge/violation_json.h"

#include "base/utf8.h"
#include "pg/judge/report.h"
#include "pg/judge/report_jsonb.h"
#include "pg/server/bridge.h"

enum { BYTE_LIMIT = 64 * 1024 };

/* What acts on a terminal, or turns the text around, as JSON's own escapes: logs show a DETAIL
 * too. Such characters stand in JSON's strings only. */
static char *
show(const char *json)
{
    const char *end = json + strlen(json);
    StringInfoData shown;

    initStringInfo(&shown);
    while (json < end) {
        char character[RP_SHOWN_CHARACTER_SIZE + 1];
        uint32_t length = rp_utf8_sequence_length(json, (size_t)(end - json));

        appendBinaryStringInfo(&shown, character, (int)rp_character_show(json, length, character));
        json += Max(length, 1);
    }
    return shown.data;
}

/* The report, each text cut, with fewer and fewer results until it fits. */
static char *
write_bounded(RpWholeReport *report, bool shows_values)
{
    static const RpPolicySelection none = {0};
    uint64 limit = RP_VIOLATION_JSON_RESULTS;

    for (uint32 i = 0; i < report->count; i++) {
        report->judgements[i]->texts_are_cut = &report->is_cut;
        report->judgements[i]->hides_data = !shows_values;
    }
    while (true) {
        Jsonb *jsonb = rp_report_jsonb_write(report, limit, CurrentMemoryContext);
        char *text = show(JsonbToCString(NULL, &jsonb->root, (int)VARSIZE(jsonb)));

        if (strlen(text) <= BYTE_LIMIT || report->selection == &none) {
            return text;
        }
        pfree(text);
        report->is_cut = true;
        if (limit == 0) {
            report->selection = &none; /* thousands of policies */
        }
        limit /= 2;
    }
}

char *
rp_violation_json(const RpPolicySelection *selection, const RpDataSource *source, bool shows_values)
{
    MemoryContext caller = CurrentMemoryContext;
    MemoryContext work = rp_bridge_context();
    RpReportOptions options = {.limit = RP_VIOLATION_JSON_RESULTS,
                               .detail_limit = RP_VIOLATION_JSON_RESULTS,
                               .is_counted = true,
                               .is_trial = true};
    RpWholeReport report;
    char *text;

    MemoryContextSwitchTo(work);
    rp_report_make(selection, source, 1, &options, &report);
    text = write_bounded(&report, shows_values);
    MemoryContextSwitchTo(caller);
    text = pstrdup(text);
    MemoryContextDelete(work);
    return text;
}

char *
rp_violation_json_of(RpJudgement *judgement, bool shows_values)
{
    RpPolicyUse use = *judgement->use;
    RpPolicySelection selection = {.uses = &use, .use_count = 1};
    RpWholeReport report = {.selection = &selection,
                            .judgements = &judgement,
                            .count = 1,
                            .is_cut = judgement->report.is_cut,
                            .triple_count = judgement->data.triple_count,
                            .focus_node_count = judgement->report.focus_node_count};

    return write_bounded(&report, shows_values);
}
