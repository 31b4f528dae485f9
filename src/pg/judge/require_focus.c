/*
 * See require_focus.h. What the data has beside what a policy reads is found by reading the source
 * again, which is done only where no focus node was found.
 */
#include "pg/judge/require_focus.h"

#include "validate/focus_search.h"
#include "validate/no_focus.h"
#include "validate/validator.h"
#include "pg/server/bridge.h"
#include "pg/server/guc.h"

RpRequireFocus
rp_require_focus_begin(const RpPolicySelection *selection)
{
    RpRequireFocus call = {.selection = selection};

    for (uint32 i = 0; i < selection->use_count; i++) {
        call.is_needed = call.is_needed || rp_image_requires_focus(selection->uses[i].image);
    }
    return call;
}

/* RpTripleSink.triple: search one triple. state: the search. */
static RpStatus
search_triple(void *state, const RpTerm *subject, const RpTerm *predicate pg_attribute_unused(),
              const RpTerm *object, RpPosition position pg_attribute_unused(),
              RpError *error pg_attribute_unused())
{
    rp_focus_search_triple((RpFocusSearch *)state, subject, object);
    return RP_OK;
}

/*
 * Read a source once more. The memory is the reading's own, of the limit that the first one had:
 * what could be read once is read again.
 */
static RpStatus
read_again(const RpDataSource *source, const RpPolicyUse *use, RpTripleSink *sink, RpError *error)
{
    RpArena *arena = rp_bridge_work_arena(CurrentMemoryContext, 0);
    RpStatus status = rp_data_source_read(source, use, arena, sink, error);

    rp_arena_free(arena);
    return status;
}

/* The graph first; then the triples that it lacks, where they can make a difference. */
RpStatus
rp_focus_is_found(const RpPolicyUse *use, const RpDataSource *source, RpReport *report,
                  bool *is_found, RpError *error)
{
    RpFocusSearch search;
    RpTripleSink sink = {.state = &search, .triple = search_triple};

    if (source->form == RP_DATA_STORED) {
        *is_found = true;
        return RP_OK;
    }
    RP_TRY(rp_focus_search_begin(&search, use->image, report->arena, error));
    RP_TRY(rp_focus_search_graph(&search, report->evaluation, error));
    if (rp_focus_search_wants_triples(&search)) {
        RP_TRY(read_again(source, use, &sink, error));
    }
    *is_found = search.is_found;
    return RP_OK;
}

/* Whether the data has a focus node by a policy that has not judged it. */
static RpStatus
search_by(const RpPolicyUse *use, const RpDataSource *source, RpArena *arena, bool *is_found,
          RpError *error)
{
    RpDataGraph data;
    RpReport report;

    rp_report_init(&report, arena, 0);
    rp_data_graph_init(&data, use->image, arena, (uint64_t)rp_guc_max_triples);
    RP_TRY(rp_data_source_fill(source, use, arena, &data, error));
    RP_TRY(rp_validate_begin(&data, (uint32_t)rp_guc_max_depth, &report, error));
    return rp_focus_is_found(use, source, &report, is_found, error);
}

/* The same, by the policies of the call that come behind one; each in memory of its own. */
static RpStatus
search_by_others(RpRequireFocus *call, const RpPolicyUse *use, const RpDataSource *source,
                 RpError *error)
{
    const RpPolicyUse *end = call->selection->uses + call->selection->use_count;
    MemoryContext caller = CurrentMemoryContext;
    RpStatus status = RP_OK;

    for (use++; use < end && status == RP_OK && !call->is_found; use++) {
        MemoryContext work = rp_bridge_context();

        MemoryContextSwitchTo(work);
        status = search_by(use, source, rp_bridge_work_arena(work, 0), &call->is_found, error);
        MemoryContextSwitchTo(caller);
        MemoryContextDelete(work);
    }
    return status;
}

/* RpTripleSink.triple: what the data has instead. */
static RpStatus
add_to_message(void *state, const RpTerm *subject, const RpTerm *predicate, const RpTerm *object,
               RpPosition position pg_attribute_unused(), RpError *error)
{
    return rp_no_focus_add_triple((RpNoFocus *)state, subject, predicate, object, error);
}

/* Write what all policies of the call look for, and what the data has as one of them reads it. */
static RpStatus
write_message(const RpPolicySelection *selection, const RpPolicyUse *use,
              const RpDataSource *source, RpArena *arena, RpBuffer *buffer, RpError *error)
{
    RpNoFocus no_focus;
    RpTripleSink sink = {.state = &no_focus, .triple = add_to_message};

    rp_no_focus_begin(&no_focus, arena);
    for (uint32 i = 0; i < selection->use_count; i++) {
        RP_TRY(rp_no_focus_add_targets(&no_focus, selection->uses[i].image, error));
    }
    RP_TRY(rp_data_source_read(source, use, arena, &sink, error));
    return rp_no_focus_write(&no_focus, buffer, error);
}

/* Report that there is none; where the report keeps no result, without a message. */
static RpStatus
report_none(RpRequireFocus *call, const RpPolicyUse *use, const RpDataSource *source,
            RpReport *report, RpError *error)
{
    RpStatus status = RP_OK;
    RpBuffer message;

    call->is_reported = true;
    rp_buffer_init(&message, report->arena);
    if (rp_report_is_open(report)) {
        RpArena *arena = rp_bridge_work_arena(CurrentMemoryContext, 0);

        status = write_message(call->selection, use, source, arena, &message, error);
        rp_arena_free(arena);
    }
    RP_TRY(status);
    report->evaluation->error = error;
    return rp_evaluation_report_document(report->evaluation, rp_buffer_text(&message));
}

RpStatus
rp_require_focus(RpRequireFocus *call, const RpPolicyUse *use, const RpDataSource *source,
                 RpReport *report, RpError *error)
{
    if (!(call->is_needed || source->requires_focus) || call->is_found || call->is_reported ||
        report->evaluation->is_finished) {
        return RP_OK;
    }
    RP_TRY(rp_focus_is_found(use, source, report, &call->is_found, error));
    if (call->is_found || !(source->requires_focus || rp_image_requires_focus(use->image))) {
        return RP_OK;
    }
    RP_TRY(search_by_others(call, use, source, error));
    return call->is_found ? RP_OK : report_none(call, use, source, report, error);
}
