/* One policy's verdict over one source, and what its results say. */
#include "pg/judge/judgement.h"

#include <time.h>

#include "base/excerpt.h"
#include "rdf/turtle_writer.h"
#include "validate/details.h"
#include "validate/message.h"
#include "validate/path_write.h"
#include "validate/result_place.h"
#include "validate/validator.h"
#include "pg/judge/jsonld_source.h"
#include "pg/server/bridge.h"
#include "pg/server/guc.h"
#include "pg/shared/query_plans.h"

/* More than rp_text_show shows of a text, whose characters have up to 4 bytes. */
enum { START_BYTES = (RP_ERROR_VALUE_LENGTH + 2) * 4 };

uint64
rp_judgement_clock_ns(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64)now.tv_sec * 1000000000 + (uint64)now.tv_nsec;
}

void
rp_judgement_begin(const RpPolicyUse *use, const RpJudgementOptions *options, RpArena *arena,
                   RpJudgement *judgement)
{
    RpReport *report = &judgement->report;

    judgement->use = use;
    judgement->text_arena = arena;
    judgement->source = NULL;
    judgement->places.arena = NULL;
    judgement->texts_are_cut = NULL;
    judgement->hides_data = false;
    rp_report_init(report, arena, options->kept_limit);
    report->stop_at_disallowed = options->stop_at_disallowed;
    report->room = options->room;
    report->stops_when_cut = options->stops_when_cut;
    report->keeps_details = options->keeps_details;
    report->keeps_disallowed_only = options->keeps_disallowed_only;
    report->tallies = options->tallies;
    report->clock_ns = rp_judgement_clock_ns;
    report->disallowed_severities = options->severities;
    report->disallowed_severity_count = options->severity_count;
    if (options->severities == NULL) {
        report->disallowed_severities =
            rp_guc_conformance_disallows(&report->disallowed_severity_count);
    }
    rp_data_graph_init_recalling(&judgement->data, use->image, arena, (uint64_t)rp_guc_max_triples,
                                 use->predicates);
    judgement->data.plans = rp_query_plans_of(use->image);
    if (options->is_summary) {
        rp_summary_init(&judgement->summary, arena, use->image,
                        rp_dictionary_key(&judgement->data.dictionary));
        report->summary = &judgement->summary;
    }
}

/* Read the source into the data graph. The places are noted in memory of their own, of the same
 * limit, so that a report takes what a verdict takes. */
static RpStatus
fill(RpJudgement *judgement, const RpJudgementOptions *options, RpArena *arena, RpError *error)
{
    const RpDataSource *source = judgement->source;

    if (!options->notes_places || !rp_data_source_has_places(source)) {
        return rp_data_source_fill(source, judgement->use, arena, &judgement->data, error);
    }
    rp_place_log_init(&judgement->places, &judgement->data,
                      rp_bridge_work_arena(CurrentMemoryContext, 0));
    return rp_data_source_fill_noting(source, judgement->use, arena, &judgement->places, error);
}

/*
 * The graph is filled anew for each policy, since which triples are kept, and their ids, are the
 * image's. Nothing raises here but what the source's reading does in the server (detoasting, a
 * corrupt array).
 */
RpStatus
rp_judgement_make(const RpPolicyUse *use, const RpDataSource *source,
                  const RpJudgementOptions *options, RpArena *arena, RpJudgement *judgement,
                  RpError *error)
{
    rp_judgement_begin(use, options, arena, judgement);
    judgement->source = source;
    if (source->form == RP_DATA_STORED) {
        return source->validate(source->stored, use->policy, &judgement->data, &judgement->report,
                                error);
    }
    RP_TRY(fill(judgement, options, arena, error));
    RP_TRY(rp_validate(&judgement->data, (uint32_t)rp_guc_max_depth, &judgement->report, error));
    judgement->data.plans = NULL; /* others may push them out, before details are found */
    return options->require_focus != NULL
               ? rp_require_focus(options->require_focus, use, source, &judgement->report, error)
               : RP_OK;
}

void
rp_judgement_details(RpJudgement *judgement)
{
    RpReport *report = &judgement->report;
    RpError error;

    judgement->data.plans = NULL;
    RP_BRIDGE_TRY(rp_details_find(&report, 1, &error), &error);
}

void
rp_judgement_forget_places(RpJudgement *judgement)
{
    if (judgement->places.arena != NULL) {
        rp_arena_free(judgement->places.arena);
        judgement->places.arena = NULL;
    }
}

void
rp_judgement_places(RpJudgement *judgement)
{
    RpError error;

    if (judgement->places.arena != NULL) {
        RP_BRIDGE_TRY(rp_result_places_find(&judgement->places, &judgement->report,
                                            judgement->places.arena, &error),
                      &error);
        rp_judgement_forget_places(judgement);
    }
}

RpTermId
rp_judgement_severity(const RpJudgement *judgement, const RpResult *result)
{
    return rp_result_severity(&judgement->data, result);
}

RpTermId
rp_judgement_shape(const RpJudgement *judgement, const RpResult *result)
{
    return rp_result_shape(&judgement->data, result);
}

RpTerm
rp_judgement_term(const RpJudgement *judgement, RpTermId id)
{
    return rp_dictionary_term(&judgement->data.dictionary, id);
}

/*
 * NULL stands for the default: whatever the severity, a result makes the data not conform (SHACL,
 * 3.6.1.1).
 */
bool
rp_judgement_result_is_disallowed(const RpJudgement *judgement, const RpResult *result)
{
    const RpReport *report = &judgement->report;
    RpTerm severity = rp_judgement_term(judgement, rp_judgement_severity(judgement, result));

    if (report->disallowed_severities == NULL) {
        return true;
    }
    for (uint32_t i = 0; i < report->disallowed_severity_count; i++) {
        if (rp_text_equals(report->disallowed_severities[i], severity.lexical)) {
            return true;
        }
    }
    return false;
}

static RpText
buffer_finish(const RpBuffer *buffer)
{
    RpError error;

    RP_BRIDGE_TRY(rp_buffer_status(buffer, &error), &error);
    return rp_buffer_text(buffer);
}

/* limit: as in RpBuffer. */
static RpText
term_text(const RpJudgement *judgement, RpTermId id, uint32_t limit)
{
    RpBuffer buffer;

    rp_buffer_init_limited(&buffer, judgement->text_arena, limit);
    if (id != RP_TERM_NONE) {
        RpTerm term = rp_judgement_term(judgement, id);

        rp_term_write(&buffer, &term);
    }
    return buffer_finish(&buffer);
}

static RpText
path_text(const RpJudgement *judgement, const RpResult *result, uint32_t limit)
{
    RpBuffer buffer;

    rp_buffer_init_limited(&buffer, judgement->text_arena, limit);
    rp_path_write(&buffer, &judgement->data, result, false);
    return buffer_finish(&buffer);
}

/* The bytes of a text that are written, where it is shown whole or cut. */
static uint32_t
written_limit(const RpJudgement *judgement)
{
    return judgement->texts_are_cut != NULL ? START_BYTES : 0;
}

/* The text as it is shown: where that is asked for, as many characters as a message shows. */
static RpText
whole_or_cut(const RpJudgement *judgement, RpText text)
{
    RpBuffer buffer;
    uint32_t offset;

    if (judgement->texts_are_cut == NULL) {
        return text;
    }
    offset = rp_text_offset(text, 1, RP_ERROR_VALUE_LENGTH + 1);
    if (offset == text.length) {
        return text;
    }
    *judgement->texts_are_cut = true;
    rp_buffer_init(&buffer, judgement->text_arena);
    rp_buffer_append(&buffer, text.data, offset);
    rp_buffer_append_string(&buffer, "…");
    return buffer_finish(&buffer);
}

RpText
rp_judgement_term_text(const RpJudgement *judgement, RpTermId id)
{
    return whole_or_cut(judgement, term_text(judgement, id, written_limit(judgement)));
}

RpText
rp_judgement_path(const RpJudgement *judgement, const RpResult *result)
{
    return whole_or_cut(judgement, path_text(judgement, result, written_limit(judgement)));
}

RpText
rp_judgement_message(const RpJudgement *judgement, const RpResult *result)
{
    RpBuffer buffer;

    rp_buffer_init_limited(&buffer, judgement->text_arena, written_limit(judgement));
    rp_message_write(&buffer, &judgement->data, result);
    return whole_or_cut(judgement, buffer_finish(&buffer));
}

RpText
rp_judgement_place(const RpJudgement *judgement, const RpResult *result)
{
    const RpDataSource *source = judgement->source;
    bool is_json = source != NULL && source->form == RP_DATA_JSONB;
    RpBuffer buffer;

    if (result->line == 0) {
        return (RpText){NULL, 0};
    }
    rp_buffer_init(&buffer, judgement->text_arena);
    if (is_json && rp_jsonld_source_is_read(source->jsonld)) {
        rp_jsonld_source_pointer(source->jsonld, result->line, &buffer);
    } else {
        rp_buffer_append_format(&buffer, is_json ? "/%u" : "%u", result->line - is_json);
    }
    return buffer.length > 0 ? buffer_finish(&buffer) : RP_TEXT("");
}

RpText
rp_judgement_term_start(const RpJudgement *judgement, RpTermId id)
{
    return term_text(judgement, id, START_BYTES);
}

RpText
rp_judgement_path_start(const RpJudgement *judgement, const RpResult *result)
{
    return path_text(judgement, result, START_BYTES);
}

RpText
rp_judgement_message_start(const RpJudgement *judgement, const RpResult *result)
{
    RpBuffer buffer;

    rp_buffer_init_limited(&buffer, judgement->text_arena, START_BYTES);
    rp_message_write_alone(&buffer, &judgement->data, result);
    return buffer_finish(&buffer);
}

RpText
rp_judgement_component(const RpJudgement *judgement, const RpResult *result)
{
    return rp_result_component_iri(&judgement->data, result);
}
