/*
 * See image_diff.h. Both versions' facts are sorted by key: groups of equal keys are walked side by
 * side. In a group equal values are the same fact; what is left on both sides is taken in pairs as
 * changed, the rest as added or removed.
 */
#include "image/image_diff.h"

#include "image/image_facts.h"
#include "xsd/compare.h"

typedef struct Differ {
    RpArena *arena;
    RpError *error;
    RpImageDiff *diff;
} Differ;

/* Facts of one version with one key. */
typedef struct Group {
    const RpImageFact *facts;
    uint32_t count;
} Group;

/* Whether everything in the first set is in the second. Both are sorted. */
static bool
is_subset(const RpImageFact *part, const RpImageFact *whole)
{
    uint32_t at = 0;

    for (uint32_t i = 0; i < part->member_count; i++) {
        while (at < whole->member_count &&
               rp_text_compare(whole->members[at], part->members[i]) < 0) {
            at++;
        }
        if (at == whole->member_count || !rp_text_equals(whole->members[at], part->members[i])) {
            return false;
        }
    }
    return true;
}

static RpOrder
compare_sets(const RpImageFact *a, const RpImageFact *b)
{
    bool is_in = is_subset(a, b);
    bool holds = is_subset(b, a);

    if (is_in == holds) {
        return is_in ? RP_ORDER_EQUAL : RP_ORDER_INCOMPARABLE;
    }
    return is_in ? RP_ORDER_LESS : RP_ORDER_GREATER;
}

static RpOrder
compare_values(const RpImageFact *a, const RpImageFact *b)
{
    if (a->order != b->order || !rp_text_equals(a->rest, b->rest)) {
        return RP_ORDER_INCOMPARABLE;
    }
    switch (a->order) {
    case RP_FACT_UNORDERED:
        break;
    case RP_FACT_INTEGER:
        return (RpOrder)((a->integer > b->integer) - (a->integer < b->integer));
    case RP_FACT_LITERAL:
        return rp_value_compare(&a->literal, a->datatype, &b->literal, b->datatype);
    case RP_FACT_SET:
        return compare_sets(a, b);
    }
    return RP_ORDER_INCOMPARABLE;
}

static RpChangeKind
kind_of_change(const RpImageFact *old_fact, const RpImageFact *new_fact)
{
    switch (compare_values(old_fact, new_fact)) {
    case RP_ORDER_LESS:
        return new_fact->larger_is_tighter ? RP_CHANGE_TIGHTENED : RP_CHANGE_LOOSENED;
    case RP_ORDER_GREATER:
        return new_fact->larger_is_tighter ? RP_CHANGE_LOOSENED : RP_CHANGE_TIGHTENED;
    default:
        return RP_CHANGE_CHANGED;
    }
}

/* Tell of one change; one of the facts may be NULL. */
static RpStatus
add_change(Differ *differ, const RpImageFact *old_fact, const RpImageFact *new_fact)
{
    const RpImageFact *shown = new_fact != NULL ? new_fact : old_fact;
    RpImageDiff *diff = differ->diff;
    RpImageChange *grown;
    RpImageChange change = {
        .shape = shown->shape, .path = shown->path, .component = shown->component};

    if (old_fact == NULL || new_fact == NULL) {
        if (shown->is_default) {
            return RP_OK;
        }
        change.kind = old_fact == NULL ? RP_CHANGE_ADDED : RP_CHANGE_REMOVED;
    } else {
        change.kind = kind_of_change(old_fact, new_fact);
    }
    change.old_value = old_fact != NULL ? old_fact->value : RP_TEXT("");
    change.new_value = new_fact != NULL ? new_fact->value : RP_TEXT("");
    grown = rp_arena_grow(differ->arena, diff->changes, diff->count, diff->count + 1,
                          &diff->capacity, sizeof(RpImageChange));
    if (grown == NULL) {
        return rp_arena_failure(differ->arena, differ->error);
    }
    diff->changes = grown;
    diff->changes[diff->count++] = change;
    return RP_OK;
}

/*
 * The facts of a group whose values the other group lacks, as pointers into room for group->count
 * of them; returns how many. Both are sorted by value.
 */
static uint32_t
only_here(const Group *group, const Group *other, const RpImageFact **found)
{
    uint32_t count = 0;
    uint32_t at = 0;

    for (uint32_t i = 0; i < group->count; i++) {
        while (at < other->count &&
               rp_text_compare(other->facts[at].value, group->facts[i].value) < 0) {
            at++;
        }
        if (at < other->count && rp_text_equals(other->facts[at].value, group->facts[i].value)) {
            at++;
        } else {
            found[count++] = &group->facts[i];
        }
    }
    return count;
}

static RpStatus
compare_groups(Differ *differ, const Group *old_group, const Group *new_group)
{
    size_t size = sizeof(RpImageFact *);
    const RpImageFact **old_facts = rp_arena_allocate(differ->arena, size * (old_group->count + 1));
    const RpImageFact **new_facts = rp_arena_allocate(differ->arena, size * (new_group->count + 1));
    uint32_t old_count, new_count;

    if (old_facts == NULL || new_facts == NULL) {
        return rp_arena_failure(differ->arena, differ->error);
    }
    old_count = only_here(old_group, new_group, old_facts);
    new_count = only_here(new_group, old_group, new_facts);
    for (uint32_t i = 0; i < old_count || i < new_count; i++) {
        RP_TRY(rp_arena_poll(differ->arena, differ->error));
        RP_TRY(add_change(differ, i < old_count ? old_facts[i] : NULL,
                          i < new_count ? new_facts[i] : NULL));
    }
    return RP_OK;
}

/* The facts from a place on that have the key. */
static Group
group_at(const RpImageFacts *facts, uint32_t at, const RpImageFact *key)
{
    Group group = {facts->facts + at, 0};

    while (at + group.count < facts->count &&
           rp_image_fact_compare_keys(&group.facts[group.count], key) == 0) {
        group.count++;
    }
    return group;
}

RpStatus
rp_image_diff(const RpImage *from, const RpImage *to, uint32_t depth_limit, RpArena *arena,
              RpImageDiff *diff, RpError *error)
{
    Differ differ = {arena, error, diff};
    RpImageFacts old_facts, new_facts;
    uint32_t old_at = 0;
    uint32_t new_at = 0;

    *diff = (RpImageDiff){NULL, 0, 0};
    RP_TRY(rp_image_facts(from, depth_limit, arena, &old_facts, error));
    RP_TRY(rp_image_facts(to, depth_limit, arena, &new_facts, error));
    while (old_at < old_facts.count || new_at < new_facts.count) {
        const RpImageFact *key = &new_facts.facts[new_at];
        Group old_group, new_group;

        if (new_at == new_facts.count ||
            (old_at < old_facts.count &&
             rp_image_fact_compare_keys(&old_facts.facts[old_at], key) < 0)) {
            key = &old_facts.facts[old_at];
        }
        old_group = group_at(&old_facts, old_at, key);
        new_group = group_at(&new_facts, new_at, key);
        RP_TRY(compare_groups(&differ, &old_group, &new_group));
        old_at += old_group.count;
        new_at += new_group.count;
    }
    return RP_OK;
}
