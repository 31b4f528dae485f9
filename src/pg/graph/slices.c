/*
 * See slices.h. How many slices there are is a guess; one that is too large is divided, since each
 * remainder of a number is two of its double.
 */
#include "pg/graph/slices.h"

#include "validate/details.h"
#include "validate/slice_report.h"
#include "validate/validator.h"
#include "pg/graph/progress.h"
#include "pg/server/bridge.h"
#include "pg/server/debug_point.h"
#include "pg/server/guc.h"

enum {
    TRIPLES_THAT_TAKE_LONG = 100000,
    /* What a data graph and validation take, about. */
    BYTES_OF_A_TRIPLE = 50,
    TIMES_OF_A_TEXT = 4,   /* that one stands in the file */
    MOST_SLICES = 1 << 16, /* what does not fit then does not get smaller */
    MOST_DIVISIONS = 64    /* slices that wait, each half of the one before */
};

typedef struct Slices {
    RpSpill *spill;
    RpSpillChoice choice;
    RpArena *arena; /* of the reach */
    RpReach *reach;
    uint32 count;      /* of slices that fit, as far as is known */
    RpDataGraph *data; /* of all */
    RpReport *report;
} Slices;

/* What is held beside a slice: results, links, what the file needs. */
static size_t
held_bytes(const Slices *slices)
{
    return slices->data->arena->used_bytes + slices->arena->used_bytes +
           rp_spill_memory(slices->spill);
}

/* What is left of the memory of all for one slice. */
static size_t
left_bytes(const Slices *slices)
{
    size_t limit_bytes = slices->data->arena->limit_bytes;

    return limit_bytes - Min(limit_bytes, held_bytes(slices));
}

/* Slices that fit twice into memory: what nodes of several slices read is in each of them. */
static uint32
guess_count(const Slices *slices, uint64 triple_count)
{
    uint64 all = Max(rp_spill_triple_count(slices->spill), 1);
    uint64 bytes =
        triple_count * BYTES_OF_A_TRIPLE +
        (uint64)((double)rp_spill_byte_count(slices->spill) * ((double)triple_count / (double)all));
    uint64 by_bytes = 2 * bytes / Max(left_bytes(slices), 1);
    uint64 by_triples = 2 * triple_count / (uint64)rp_guc_max_triples;

    return (uint32)Min(1 + Max(by_bytes, by_triples), MOST_SLICES);
}

/* Whether the report has what its reader wanted. */
static bool
is_done(const RpReport *report)
{
    return (report->stop_at_disallowed > 0 &&
            report->disallowed_count >= report->stop_at_disallowed) ||
           (report->stops_when_cut && report->is_cut);
}

/* Validate what is filled, and find the details of its results. */
static RpStatus
validate_slice(RpDataGraph *slice, RpReport *report, RpError *error)
{
    rp_graph_progress_phase(RP_PHASE_VALIDATE, 0);
    RP_DEBUG_POINT("graph");
    report->counts_focus_nodes = slice->graph.count >= TRIPLES_THAT_TAKE_LONG;
    RP_TRY(rp_validate(slice, (uint32_t)rp_guc_max_depth, report, error));
    return rp_details_find(&report, 1, error);
}

RpStatus
rp_slice_judge(RpDataGraph *slice, size_t held_bytes, RpDataGraph *data, RpReport *report,
               bool *is_too_large, RpError *error)
{
    RpReportRoom room = report->room != NULL ? *report->room : (RpReportRoom){0};
    RpSliceReport made;
    RpStatus status = rp_slice_report_begin(&made, report, data, slice, error);

    if (status == RP_OK) {
        rp_graph_progress_slice(slice->slice, slice, &made.report, held_bytes);
        status = validate_slice(slice, &made.report, error);
        rp_graph_progress_slice(slice->slice, slice, report, held_bytes);
    }
    *is_too_large = status == RP_TOO_LARGE;
    if (status == RP_OK) {
        return rp_slice_report_end(&made, slice, report, data, error);
    }
    if (report->room != NULL) {
        *report->room = room;
    }
    return status;
}

/* Read a slice, and judge it. */
static RpStatus
fill_and_judge(Slices *slices, RpDataGraph *slice, bool *is_too_large, RpError *error)
{
    RpStatus status;

    rp_graph_progress_slice(slice->slice, slice, slices->report, held_bytes(slices));
    rp_graph_progress_phase(RP_PHASE_SLICE, (double)rp_spill_triple_count(slices->spill));
    RP_TRY(rp_reach_find(slices->reach, slice->slice, error));
    status = rp_spill_fill(slices->spill, &slices->choice, slice, NULL, error);
    *is_too_large = status == RP_TOO_LARGE;
    return status == RP_OK ? rp_slice_judge(slice, held_bytes(slices), slices->data, slices->report,
                                            is_too_large, error)
                           : status;
}

/* One slice, in memory that is given back. Where it does not fit, *is_too_large, and it is as if it
 * had not been tried. */
static RpStatus
judge_slice(Slices *slices, RpSlice number, bool *is_too_large, RpError *error)
{
    MemoryContext caller = CurrentMemoryContext;
    MemoryContext context = rp_bridge_context();
    RpArena *arena = rp_bridge_work_arena(context, 0);
    RpDataGraph slice;
    RpStatus status;

    arena->limit_bytes = left_bytes(slices);
    MemoryContextSwitchTo(context);
    rp_data_graph_init(&slice, slices->data->image, arena, 0);
    slice.slice = number;
    *is_too_large = false;
    status = fill_and_judge(slices, &slice, is_too_large, error);
    if (*is_too_large && number.count <= MOST_SLICES / 2) {
        status = RP_OK;
    }
    rp_graph_progress_slice((RpSlice){0, 0}, slices->data, slices->report, 0);
    MemoryContextSwitchTo(caller);
    MemoryContextDelete(context);
    return status;
}

/* A slice, and where it is too large its halves, and their halves. */
static RpStatus
validate_divided(Slices *slices, RpSlice slice, RpError *error)
{
    RpSlice waiting[MOST_DIVISIONS];
    uint32 count = 1;

    waiting[0] = slice;
    while (count > 0 && !is_done(slices->report)) {
        bool is_too_large;

        slice = waiting[--count];
        RP_TRY(judge_slice(slices, slice, &is_too_large, error));
        if (is_too_large) {
            slices->count = Max(slices->count, slice.count * 2);
            waiting[count++] = (RpSlice){slice.number + slice.count, slice.count * 2};
            waiting[count++] = (RpSlice){slice.number, slice.count * 2};
        }
    }
    return RP_OK;
}

static RpStatus
validate_all(Slices *slices, uint64 triple_count, RpError *error)
{
    uint32 guess;

    rp_graph_progress_phase(RP_PHASE_LINKS, (double)rp_spill_triple_count(slices->spill));
    RP_TRY(rp_reach_make(slices->data->image, slices->arena, &slices->reach, error));
    RP_TRY(rp_spill_link(slices->spill, &slices->choice, slices->reach, error));
    slices->choice.reach = slices->reach;
    guess = slices->count = guess_count(slices, triple_count);
    for (uint32 i = 0; i < guess; i++) {
        uint32 count = slices->count;

        for (uint32 number = i; number < count; number += guess) {
            RP_TRY(validate_divided(slices, (RpSlice){number, count}, error));
        }
    }
    return rp_graph_freeze(&slices->data->graph, error);
}

RpStatus
rp_slices_validate_graph(RpSpill *spill, uint32 graph, uint64 triple_count, RpDataGraph *data,
                         RpReport *report, RpError *error)
{
    Slices slices = {.spill = spill,
                     .choice = {.first_graph = graph, .end_graph = graph + 1},
                     .arena = rp_bridge_work_arena(CurrentMemoryContext, 0),
                     .data = data,
                     .report = report};
    RpGraph reported_pairs;
    RpStatus status;

    rp_graph_init(&reported_pairs, data->arena, NULL);
    report->reported_pairs = &reported_pairs;
    slices.arena->limit_bytes = data->arena->limit_bytes / 4 * 3;
    status = validate_all(&slices, triple_count, error);
    report->reported_pairs = NULL;
    rp_arena_free(slices.arena);
    return status;
}

/* Read the relations into a file, and judge it. head is what the file's terms are known by. */
static RpStatus
spill_and_validate(const RpStoredData *stored, RpDataGraph *head, RpSpill *spill, RpDataGraph *data,
                   RpReport *report, RpError *error)
{
    RpStoredData spilled = *stored;

    spilled.spill = spill;
    RP_TRY(rp_graph_reader_fill(&spilled, head, error));
    data->triple_count = head->triple_count;
    return rp_slices_validate_graph(spill, 0, rp_spill_triple_count(spill), data, report, error);
}

/* Where an error is raised, the file is closed with the transaction or savepoint. */
RpStatus
rp_slices_validate(const RpStoredData *stored, RpDataGraph *data, RpReport *report, RpError *error)
{
    RpArena *arena = rp_bridge_work_arena(CurrentMemoryContext, 0);
    RpDataGraph head;
    RpReach *reach;
    RpSpill *spill;
    RpStatus status;

    arena->limit_bytes = data->arena->limit_bytes / 4 * 3;
    rp_data_graph_init(&head, data->image, arena, 0);
    RP_TRY(rp_reach_make(data->image, arena, &reach, error));
    spill = rp_spill_begin(&head, reach);
    status = spill_and_validate(stored, &head, spill, data, report, error);
    rp_spill_end(spill);
    rp_arena_free(arena);
    return status;
}
