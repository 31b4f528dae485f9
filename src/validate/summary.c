/* See summary.h. */
#include "validate/summary.h"

#include <stdlib.h>

#include "shacl/component.h"

enum {
    FIRST_SLOT_COUNT = 64,
    COMPACT_COUNT = 1024 /* a part that is shorter is left as it is */
};

void
rp_summary_init(RpSummary *summary, RpArena *arena, const RpImage *image, const RpHashKey *key)
{
    *summary = (RpSummary){.arena = arena, .image = image, .key = key};
}

/* Components that are declared in a shapes graph are known by their nodes, which are no ids of the
 * table's: it is shorter than the vocabulary, and they are behind that. */
static uint32_t
component_of(const RpImage *image, const RpResult *result)
{
    const RpImageConstraint *constraint = &image->constraints[result->constraint];

    return constraint->component == RP_COMPONENT_DECLARED
               ? (uint32_t)image->operands[constraint->first_operand + 1].value
               : constraint->component;
}

static RpSummaryGroup
group_of(const RpSummary *summary, const RpResult *result)
{
    if (rp_result_is_of_document(result)) {
        return (RpSummaryGroup){.component = RP_RESULT_OF_DOCUMENT};
    }
    return (RpSummaryGroup){.shape = result->shape,
                            .component = component_of(summary->image, result),
                            .path_predicate = result->path_predicate};
}

/* The slot of a group, or the empty one where it belongs. */
static uint32_t *
find_slot(const RpSummary *summary, const RpSummaryGroup *group)
{
    uint32_t mask = summary->slot_count - 1;
    uint32_t slot;
    RpHash hash;

    rp_hash_begin(&hash, summary->key);
    rp_hash_word(&hash, (uint64_t)group->shape << 32 | group->component);
    rp_hash_word(&hash, group->path_predicate);
    for (slot = (uint32_t)rp_hash_end(&hash, NULL, 0) & mask; summary->slots[slot] != 0;
         slot = (slot + 1) & mask) {
        const RpSummaryGroup *there = &summary->groups[summary->slots[slot] - 1];

        if (there->shape == group->shape && there->component == group->component &&
            there->path_predicate == group->path_predicate) {
            break;
        }
    }
    return &summary->slots[slot];
}

uint32_t
rp_summary_find(const RpSummary *summary, const RpResult *result)
{
    RpSummaryGroup group = group_of(summary, result);

    return summary->slot_count == 0 ? RP_SUMMARY_NO_GROUP : *find_slot(summary, &group) - 1;
}

/* Twice the slots, before the table is more than half full. */
static RpStatus
grow_slots(RpSummary *summary, RpError *error)
{
    uint32_t slot_count = summary->slot_count == 0 ? FIRST_SLOT_COUNT : summary->slot_count * 2;
    uint32_t *slots;

    if (summary->slot_count > UINT32_MAX / 2) {
        return rp_error_set(error, RP_TOO_LARGE, "too many kinds of results");
    }
    slots = rp_arena_allocate_zero(summary->arena, sizeof(uint32_t) * (size_t)slot_count);
    if (slots == NULL) {
        return rp_arena_failure(summary->arena, error);
    }
    summary->slots = slots;
    summary->slot_count = slot_count;
    for (uint32_t i = 0; i < summary->group_count; i++) {
        *find_slot(summary, &summary->groups[i]) = i + 1;
    }
    return RP_OK;
}

RpStatus
rp_summary_put_group(RpSummary *summary, const RpSummaryGroup *group, RpError *error)
{
    RpSummaryGroup *grown;

    if (summary->group_count >= summary->slot_count / 2) {
        RP_TRY(grow_slots(summary, error));
    }
    grown =
        rp_arena_grow(summary->arena, summary->groups, summary->group_count,
                      summary->group_count + 1, &summary->group_capacity, sizeof(RpSummaryGroup));
    if (grown == NULL) {
        return rp_arena_failure(summary->arena, error);
    }
    summary->groups = grown;
    grown[summary->group_count++] = *group;
    *find_slot(summary, group) = summary->group_count;
    return RP_OK;
}

RpStatus
rp_summary_add_group(RpSummary *summary, const RpResult *result, uint32_t *group, RpError *error)
{
    RpSummaryGroup new_group = group_of(summary, result);

    *group = summary->group_count;
    return rp_summary_put_group(summary, &new_group, error);
}

RpStatus
rp_summary_count(RpSummary *summary, uint32_t group, uint64_t count, RpError *error)
{
    RpSummaryCount *grown;

    if (summary->waiting_count > summary->open) {
        RpSummaryCount *last = &summary->waiting[summary->waiting_count - 1];

        if (last->group == group) {
            last->count = rp_report_add_counts(last->count, count);
            return RP_OK;
        }
    }
    grown = rp_arena_grow(summary->arena, summary->waiting, summary->waiting_count,
                          summary->waiting_count + 1, &summary->waiting_capacity,
                          sizeof(RpSummaryCount));
    if (grown == NULL) {
        return rp_arena_failure(summary->arena, error);
    }
    summary->waiting = grown;
    grown[summary->waiting_count++] = (RpSummaryCount){group, count};
    return RP_OK;
}

static int
compare_groups(const void *a, const void *b)
{
    const RpSummaryCount *left = a;
    const RpSummaryCount *right = b;

    return (left->group > right->group) - (left->group < right->group);
}

/* Count each group once in the open part. */
static void
compact(RpSummary *summary)
{
    uint32_t count = summary->waiting_count - summary->open;
    uint32_t kept = 0;
    RpSummaryCount *first;

    if (count < 2) {
        return;
    }
    first = summary->waiting + summary->open;
    qsort(first, count, sizeof(RpSummaryCount), compare_groups);
    for (uint32_t i = 1; i < count; i++) {
        if (first[i].group == first[kept].group) {
            first[kept].count = rp_report_add_counts(first[kept].count, first[i].count);
        } else {
            first[++kept] = first[i];
        }
    }
    summary->waiting_count = summary->open + kept + 1;
}

uint32_t
rp_summary_open(RpSummary *summary)
{
    uint32_t outer = summary->open;

    summary->open = summary->waiting_count;
    return outer;
}

/* Many small parts make a long one, which is kept to twice what it need be. */
void
rp_summary_close(RpSummary *summary, uint32_t outer)
{
    uint32_t count = summary->waiting_count - outer;

    summary->open = outer;
    if (count >= COMPACT_COUNT && count / 2 >= summary->group_count) {
        compact(summary);
    }
}

RpStatus
rp_summary_note(RpSummary *summary, const RpSummaryCount **noted, uint32_t *noted_count,
                RpError *error)
{
    RpSummaryCount *copy;

    compact(summary);
    *noted_count = summary->waiting_count - summary->open;
    copy = rp_arena_allocate(summary->arena, sizeof(RpSummaryCount) * ((size_t)*noted_count + 1));
    if (copy == NULL) {
        return rp_arena_failure(summary->arena, error);
    }
    for (uint32_t i = 0; i < *noted_count; i++) {
        copy[i] = summary->waiting[summary->open + i];
    }
    *noted = copy;
    return RP_OK;
}

RpStatus
rp_summary_repeat(RpSummary *summary, const RpSummaryCount *noted, uint32_t noted_count,
                  uint64_t limit, RpError *error)
{
    for (uint32_t i = 0; i < noted_count && limit > 0; i++) {
        uint64_t count = noted[i].count < limit ? noted[i].count : limit;

        RP_TRY(rp_arena_poll(summary->arena, error));
        RP_TRY(rp_summary_count(summary, noted[i].group, count, error));
        limit -= count;
    }
    return RP_OK;
}

void
rp_summary_settle(RpSummary *summary)
{
    for (uint32_t i = summary->open; i < summary->waiting_count; i++) {
        RpSummaryGroup *group = &summary->groups[summary->waiting[i].group];

        group->count = rp_report_add_counts(group->count, summary->waiting[i].count);
    }
    summary->waiting_count = summary->open;
}
