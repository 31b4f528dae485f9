/*
 * See image_diff.h. Both versions' facts are sorted by key: groups of equal keys are walked side by
 * side. In a group equal values are the same fact; what is left on both sides is taken in pairs as
 * changed, the rest as added or removed.
 */
#include "image/image_diff.h"

#include "image/diff_facts.h"
#include "image/fact_text.h"
#include "rdf/turtle_writer.h"
#include "xsd/compare.h"

typedef struct Differ {
    RpArena *arena;
    RpError *error;
    RpImageDiff *diff;
} Differ;

/* Facts of one version with one key. */
typedef struct Group {
    const RpDiffFact *facts;
    uint32_t count;
} Group;

/* The components whose values have an order, and whether less conforms to a larger one. Counts,
 * literals and sets are compared as what they are. */
static const struct {
    RpVocabulary parameter;
    bool larger_is_tighter;
} ordered[] = {
    {RP_VOCABULARY_sh_minCount, true},
    {RP_VOCABULARY_sh_maxCount, false},
    {RP_VOCABULARY_sh_minLength, true},
    {RP_VOCABULARY_sh_maxLength, false},
    {RP_VOCABULARY_sh_qualifiedMinCount, true},
    {RP_VOCABULARY_sh_qualifiedMaxCount, false},
    {RP_VOCABULARY_sh_minInclusive, true},
    {RP_VOCABULARY_sh_minExclusive, true},
    {RP_VOCABULARY_sh_maxInclusive, false},
    {RP_VOCABULARY_sh_maxExclusive, false},
    {RP_VOCABULARY_sh_in, false},
    {RP_VOCABULARY_sh_languageIn, false},
    {RP_VOCABULARY_sh_closed, false},
    {RP_VOCABULARY_sh_deactivated, false},
};

/* The members of a set as sorted texts. */
static RpStatus
set_members(const Differ *differ, const RpDiffFact *fact, const RpImageOperand *set,
            RpText **members)
{
    *members = rp_arena_allocate(differ->arena, sizeof(RpText) * ((size_t)set->count + 1));
    if (*members == NULL) {
        return rp_arena_failure(differ->arena, differ->error);
    }
    for (uint32_t i = 0; i < set->count; i++) {
        RpTerm term = rp_term_table_get(&fact->image->terms, fact->image->ids[set->value + i]);
        RpBuffer buffer;

        RP_TRY(rp_arena_poll(differ->arena, differ->error));
        rp_buffer_init(&buffer, differ->arena);
        rp_term_write(&buffer, &term);
        RP_TRY(rp_buffer_status(&buffer, differ->error));
        (*members)[i] = rp_buffer_text(&buffer);
    }
    rp_fact_sort(*members, set->count);
    return RP_OK;
}

/* The order of sets is that of inclusion. */
static RpStatus
compare_sets(const Differ *differ, const RpDiffFact *a, const RpImageOperand *a_set,
             const RpDiffFact *b, const RpImageOperand *b_set, RpOrder *order)
{
    uint32_t i = 0, j = 0, common = 0;
    RpText *a_members, *b_members;

    RP_TRY(set_members(differ, a, a_set, &a_members));
    RP_TRY(set_members(differ, b, b_set, &b_members));
    while (i < a_set->count && j < b_set->count) {
        int comparison = rp_text_compare(a_members[i], b_members[j]);

        common += comparison == 0;
        i += comparison <= 0;
        j += comparison >= 0;
    }
    if (common == a_set->count) {
        *order = common == b_set->count ? RP_ORDER_EQUAL : RP_ORDER_LESS;
    } else {
        *order = common == b_set->count ? RP_ORDER_GREATER : RP_ORDER_INCOMPARABLE;
    }
    return RP_OK;
}

static RpOrder
compare_integers(int64_t a, int64_t b)
{
    return (RpOrder)((a > b) - (a < b));
}

/* Compare two operands that are literals. */
static RpOrder
compare_literals(const RpDiffFact *a, RpTermId a_id, const RpDiffFact *b, RpTermId b_id)
{
    RpTerm a_term = rp_term_table_get(&a->image->terms, a_id);
    RpTerm b_term = rp_term_table_get(&b->image->terms, b_id);
    RpTermId a_datatype = rp_term_table_datatype(&a->image->terms, a_id);
    RpTermId b_datatype = rp_term_table_datatype(&b->image->terms, b_id);

    return rp_value_compare(&a_term, a_datatype < RP_TERM_FIRST ? a_datatype : 0, &b_term,
                            b_datatype < RP_TERM_FIRST ? b_datatype : 0);
}

/* What comes after the count in a value: the order counts where it is the same. */
static RpText
after_count(RpText value)
{
    while (value.length > 0 && *value.data != ',') {
        value.data++;
        value.length--;
    }
    return value;
}

/* The order of the values of two facts whose property has one. */
static RpStatus
compare_values(const Differ *differ, const RpDiffFact *a, const RpDiffFact *b, RpOrder *order)
{
    const RpImageOperand *left, *right;

    if (a->fact.kind == RP_FACT_DEACTIVATED) {
        *order = compare_integers(!a->fact.is_default, !b->fact.is_default);
        return RP_OK;
    }
    left = &a->image->operands[a->fact.constraint->first_operand];
    right = &b->image->operands[b->fact.constraint->first_operand];
    if (left->kind == RP_OPERAND_TERMS) {
        return compare_sets(differ, a, left, b, right, order);
    }
    if (left->kind == RP_OPERAND_TERM) {
        *order = compare_literals(a, (RpTermId)left->value, b, (RpTermId)right->value);
    } else if (rp_text_equals(after_count(a->value), after_count(b->value))) {
        *order = compare_integers(left->value, right->value);
    }
    return RP_OK;
}

static RpStatus
set_kind_of_change(const Differ *differ, const RpDiffFact *old_fact, const RpDiffFact *new_fact,
                   RpChangeKind *kind)
{
    RpOrder order = RP_ORDER_INCOMPARABLE;
    bool larger_is_tighter = false;

    for (size_t i = 0; i < sizeof(ordered) / sizeof(ordered[0]); i++) {
        if (old_fact->image != NULL && ordered[i].parameter == old_fact->fact.property) {
            larger_is_tighter = ordered[i].larger_is_tighter;
            RP_TRY(compare_values(differ, old_fact, new_fact, &order));
        }
    }
    if (order != RP_ORDER_LESS && order != RP_ORDER_GREATER) {
        *kind = RP_CHANGE_CHANGED;
    } else {
        *kind = larger_is_tighter == (order == RP_ORDER_LESS) ? RP_CHANGE_TIGHTENED
                                                              : RP_CHANGE_LOOSENED;
    }
    return RP_OK;
}

static RpStatus
put_change(Differ *differ, const RpImageChange *change)
{
    RpImageDiff *diff = differ->diff;
    RpImageChange *grown = rp_arena_grow(differ->arena, diff->changes, diff->count, diff->count + 1,
                                         &diff->capacity, sizeof(RpImageChange));

    if (grown == NULL) {
        return rp_arena_failure(differ->arena, differ->error);
    }
    diff->changes = grown;
    diff->changes[diff->count++] = *change;
    return RP_OK;
}

/* Tell of one change; one of the facts may be NULL. */
static RpStatus
add_change(Differ *differ, const RpDiffFact *old_fact, const RpDiffFact *new_fact)
{
    const RpDiffFact *shown = new_fact != NULL ? new_fact : old_fact;
    RpImageChange change = {
        .shape = shown->shape, .path = shown->path, .component = shown->component};

    if (old_fact == NULL || new_fact == NULL) {
        if (shown->is_default) {
            return RP_OK;
        }
        change.kind = old_fact == NULL ? RP_CHANGE_ADDED : RP_CHANGE_REMOVED;
    } else {
        RP_TRY(set_kind_of_change(differ, old_fact, new_fact, &change.kind));
    }
    change.old_value = old_fact != NULL ? old_fact->value : RP_TEXT("");
    change.new_value = new_fact != NULL ? new_fact->value : RP_TEXT("");
    return put_change(differ, &change);
}

/* The options of the policy that images have: whether data without a focus node conforms. */
static RpStatus
compare_options(Differ *differ, const RpImage *from, const RpImage *to)
{
    bool was_required = rp_image_requires_focus(from);
    bool is_required = rp_image_requires_focus(to);
    RpImageChange change = {
        .kind = is_required ? RP_CHANGE_TIGHTENED : RP_CHANGE_LOOSENED,
        .component = RP_TEXT(RP_REQUIRE_FOCUS),
        .old_value = rp_text_from(was_required ? "true" : "false"),
        .new_value = rp_text_from(is_required ? "true" : "false"),
    };

    return was_required == is_required ? RP_OK : put_change(differ, &change);
}

/*
 * The facts of a group whose values the other group lacks, as pointers into room for group->count
 * of them; returns how many. Both are sorted by value.
 */
static uint32_t
only_here(const Group *group, const Group *other, const RpDiffFact **found)
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
    size_t size = sizeof(RpDiffFact *);
    const RpDiffFact **old_facts = rp_arena_allocate(differ->arena, size * (old_group->count + 1));
    const RpDiffFact **new_facts = rp_arena_allocate(differ->arena, size * (new_group->count + 1));
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
group_at(const RpDiffFacts *facts, uint32_t at, const RpDiffFact *key)
{
    Group group = {facts->facts + at, 0};

    while (at + group.count < facts->count &&
           rp_diff_fact_compare_keys(&group.facts[group.count], key) == 0) {
        group.count++;
    }
    return group;
}

RpStatus
rp_image_diff(const RpImage *from, const RpImage *to, uint32_t depth_limit, RpArena *arena,
              RpImageDiff *diff, RpError *error)
{
    Differ differ = {arena, error, diff};
    RpDiffFacts old_facts, new_facts;
    uint32_t old_at = 0;
    uint32_t new_at = 0;

    *diff = (RpImageDiff){NULL, 0, 0};
    RP_TRY(compare_options(&differ, from, to));
    RP_TRY(rp_diff_facts(from, depth_limit, arena, &old_facts, error));
    RP_TRY(rp_diff_facts(to, depth_limit, arena, &new_facts, error));
    while (old_at < old_facts.count || new_at < new_facts.count) {
        const RpDiffFact *key = &new_facts.facts[new_at];
        Group old_group, new_group;

        if (new_at == new_facts.count ||
            (old_at < old_facts.count &&
             rp_diff_fact_compare_keys(&old_facts.facts[old_at], key) < 0)) {
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
