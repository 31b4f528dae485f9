/*
 * See image_diff.h. What each version demands is a list of facts (fact.h) with keys, all of it
 * text, since ids differ between images. Both lists are sorted: what is in both is the same, what
 * has the same key in both is changed, the rest added or removed.
 */
#include "image/image_diff.h"

#include <stdlib.h>

#include "image/fact.h"
#include "rdf/dictionary.h"
#include "shacl/component.h"
#include "xsd/compare.h"

/* A fact, and by what it belongs together with one of the other version: shape, path below it,
 * component. */
typedef struct DiffFact {
    RpText shape_key; /* <IRI>, or the targets or label of a shape without one */
    RpText path; /* from the shape to a property shape without a name; empty: the shape itself */
    RpText component; /* IRI of the component or property; empty: that there is the shape */
    RpText value;     /* empty: none */
    RpTerm shape;     /* as people see it */
    RpText root_path; /* the shape's own; empty: none */
    bool is_default;  /* said by nobody: not worth telling where its shape comes or goes */

    /* What the value is, for those that have an order; NULL: this is no fact of a shape. */
    const RpImage *image;
    RpFact fact;
} DiffFact;

/* The facts of one version, as they are read. */
typedef struct FactList {
    RpFactWriter writer;
    DiffFact *facts;
    uint32_t count;
    uint32_t capacity;
    DiffFact root; /* what those of the shape that is being read have in common */
} FactList;

typedef struct Differ {
    RpArena *arena;
    RpError *error;
    RpImageDiff *diff;
} Differ;

static RpTerm
term_of(const FactList *list, RpTermId id)
{
    return rp_term_table_get(&list->writer.image->terms, id);
}

/* The text of a fact's value, or, without a fact, of a term. */
static RpStatus
make_text(FactList *list, const RpFact *fact, RpTermId id, RpText *text)
{
    RpBuffer buffer;

    RP_TRY(rp_arena_poll(list->writer.arena, list->writer.error));
    rp_buffer_init(&buffer, list->writer.arena);
    if (fact != NULL) {
        RP_TRY(rp_fact_write_value(&list->writer, &buffer, fact));
    } else {
        rp_fact_write_term(&list->writer, &buffer, id);
    }
    *text = rp_buffer_text(&buffer);
    return rp_buffer_status(&buffer, list->writer.error);
}

static RpStatus
add(FactList *list, const DiffFact *fact)
{
    DiffFact *grown = rp_arena_grow(list->writer.arena, list->facts, list->count, list->count + 1,
                                    &list->capacity, sizeof(DiffFact));

    if (grown == NULL) {
        return rp_arena_failure(list->writer.arena, list->writer.error);
    }
    list->facts = grown;
    grown[list->count++] = *fact;
    return RP_OK;
}

/* RpFactReader.read. A nested shape's path is the place of its facts, and it has no targets. */
static RpStatus
add_fact(void *state, const RpFactPlace *place, const RpFact *fact)
{
    FactList *list = state;
    DiffFact added = list->root;
    uint32_t nested;

    if (rp_fact_is_nested(&list->writer, fact, &nested) ||
        (place->depth > 0 && fact->kind == RP_FACT_PATH)) {
        return RP_OK;
    }
    added.path = place->path;
    added.component = rp_vocabulary_iri(fact->kind == RP_FACT_CONSTRAINT
                                            ? rp_component_table[fact->constraint->component].iri
                                            : fact->property);
    added.is_default = fact->is_default || fact->kind == RP_FACT_PATH;
    added.image = list->writer.image;
    added.fact = *fact;
    RP_TRY(make_text(list, fact, RP_TERM_NONE, &added.value));
    return add(list, &added);
}

/* What a shape is known by: its IRI; where it has none, its targets; where it has none, its label.
 */
static RpStatus
shape_key(FactList *list, uint32_t index, RpText *key)
{
    const RpImageShape *shape = &list->writer.image->shapes[index];
    RpBuffer buffer;
    RpFact fact;

    if (shape->target_count == 0 || term_of(list, shape->node).kind == RP_IRI) {
        return make_text(list, NULL, shape->node, key);
    }
    rp_buffer_init(&buffer, list->writer.arena);
    for (uint32_t i = 0; rp_fact_get(list->writer.image, index, i, &fact); i++) {
        if (fact.kind == RP_FACT_TARGET) {
            rp_fact_write_property(&buffer, fact.property);
            rp_buffer_append_byte(&buffer, ' ');
            rp_fact_write_term(&list->writer, &buffer, fact.target->term);
            rp_buffer_append_byte(&buffer, '\0');
        }
    }
    RP_TRY(rp_fact_join(&list->writer, &buffer, 0, 0, " "));
    *key = rp_buffer_text(&buffer);
    return rp_buffer_status(&buffer, list->writer.error);
}

/* That there is a shape, and its facts. */
static RpStatus
add_shape(FactList *list, uint32_t index)
{
    const RpImageShape *shape = &list->writer.image->shapes[index];
    RpFact path = {.kind = RP_FACT_PATH, .shape = shape};
    RpFactReader reader = {add_fact, list};

    list->root = (DiffFact){.shape = term_of(list, shape->node)};
    RP_TRY(shape_key(list, index, &list->root.shape_key));
    if (shape->path != 0) {
        RP_TRY(make_text(list, &path, RP_TERM_NONE, &list->root.root_path));
    }
    RP_TRY(add(list, &list->root));
    return rp_fact_walk(&list->writer, index, &reader);
}

/* A fact of a node that is no shape, or of what a shape has lost. */
static RpStatus
add_other(FactList *list, RpTermId node, RpText property, RpText value)
{
    DiffFact fact = {.shape = term_of(list, node), .component = property, .value = value};

    RP_TRY(make_text(list, NULL, node, &fact.shape_key));
    return add(list, &fact);
}

/* What was left out, and subclasses that count for data. */
static RpStatus
add_others(FactList *list)
{
    const RpImage *image = list->writer.image;
    RpText superclass;

    for (uint32_t i = 0; i < image->left_out_count; i++) {
        RP_TRY(add_other(list, image->left_out[i].node, RP_TEXT(""),
                         term_of(list, image->left_out[i].message).lexical));
    }
    for (uint32_t i = 0; i < image->subclass_count; i++) {
        RP_TRY(make_text(list, NULL, image->subclasses[i].superclass, &superclass));
        RP_TRY(add_other(list, image->subclasses[i].subclass,
                         rp_vocabulary_iri(RP_VOCABULARY_rdfs_subClassOf), superclass));
    }
    return RP_OK;
}

static int
compare_keys(const DiffFact *a, const DiffFact *b)
{
    int order = rp_text_compare(a->shape_key, b->shape_key);

    order = order ? order : rp_text_compare(a->path, b->path);
    return order ? order : rp_text_compare(a->component, b->component);
}

static int
compare_facts(const void *a, const void *b)
{
    int order = compare_keys(a, b);

    return order ? order
                 : rp_text_compare(((const DiffFact *)a)->value, ((const DiffFact *)b)->value);
}

/* The facts of an image, sorted by key, then value. */
static RpStatus
list_facts(const RpImage *image, RpArena *arena, FactList *list, RpError *error)
{
    *list = (FactList){0};
    RP_TRY(rp_fact_writer_init(&list->writer, image, true, arena, error));
    for (int round = 1; round <= 2; round++) {
        for (uint32_t i = 0; i < image->shape_count; i++) {
            if (rp_fact_is_root(&list->writer, i, round == 1)) {
                RP_TRY(add_shape(list, i));
            }
        }
    }
    RP_TRY(add_others(list));
    if (list->count > 0) {
        qsort(list->facts, list->count, sizeof(DiffFact), compare_facts);
    }
    return RP_OK;
}

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

/* The order of sets is that of inclusion. */
static RpStatus
compare_sets(const Differ *differ, const DiffFact *a, const RpImageOperand *a_set,
             const DiffFact *b, const RpImageOperand *b_set, RpOrder *order)
{
    RpDictionary members;
    uint32_t common = 0;

    rp_dictionary_init(&members, differ->arena, NULL);
    for (uint32_t i = 0; i < a_set->count; i++) {
        RpTerm term = rp_term_table_get(&a->image->terms, a->image->ids[a_set->value + i]);
        RpTermId id;

        RP_TRY(rp_arena_poll(differ->arena, differ->error));
        RP_TRY(rp_dictionary_add(&members, &term, &id, differ->error));
    }
    for (uint32_t i = 0; i < b_set->count; i++) {
        RpTerm term = rp_term_table_get(&b->image->terms, b->image->ids[b_set->value + i]);

        common += rp_dictionary_find(&members, &term) != RP_TERM_NONE;
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
compare_literals(const DiffFact *a, RpTermId a_id, const DiffFact *b, RpTermId b_id)
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
compare_values(const Differ *differ, const DiffFact *a, const DiffFact *b, RpOrder *order)
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
set_kind_of_change(const Differ *differ, const DiffFact *old_fact, const DiffFact *new_fact,
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

/* The path of a fact, from the shape's own on. */
static RpStatus
join_paths(const Differ *differ, const DiffFact *fact, RpText *path)
{
    RpBuffer buffer;

    rp_buffer_init(&buffer, differ->arena);
    rp_buffer_append_text(&buffer, fact->root_path);
    rp_buffer_append_string(&buffer,
                            fact->root_path.length > 0 && fact->path.length > 0 ? "/" : "");
    rp_buffer_append_text(&buffer, fact->path);
    *path = rp_buffer_text(&buffer);
    return rp_buffer_status(&buffer, differ->error);
}

/* Tell of one change; one of the facts may be NULL. */
static RpStatus
add_change(Differ *differ, const DiffFact *old_fact, const DiffFact *new_fact)
{
    const DiffFact *shown = new_fact != NULL ? new_fact : old_fact;
    RpImageChange change = {.shape = shown->shape, .component = shown->component};

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
    RP_TRY(join_paths(differ, shown, &change.path));
    differ->diff->changes[differ->diff->count++] = change;
    return RP_OK;
}

/* The options of the policy that images have: whether data without a focus node conforms. */
static void
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

    if (was_required != is_required) {
        differ->diff->changes[differ->diff->count++] = change;
    }
}

/* Take out of both lists the facts that are in both. They stay sorted. */
static void
drop_common(FactList *a, FactList *b)
{
    uint32_t i = 0, j = 0, a_kept = 0, b_kept = 0;

    while (i < a->count || j < b->count) {
        int order = i == a->count   ? 1
                    : j == b->count ? -1
                                    : compare_facts(&a->facts[i], &b->facts[j]);

        if (order == 0) {
            i++;
            j++;
        } else if (order < 0) {
            a->facts[a_kept++] = a->facts[i++];
        } else {
            b->facts[b_kept++] = b->facts[j++];
        }
    }
    a->count = a_kept;
    b->count = b_kept;
}

/* Facts with the same key are taken in pairs, as the same fact with another value. */
RpStatus
rp_image_diff(const RpImage *from, const RpImage *to, RpArena *arena, RpImageDiff *diff,
              RpError *error)
{
    Differ differ = {arena, error, diff};
    FactList old, new;
    uint32_t i = 0, j = 0;

    RP_TRY(list_facts(from, arena, &old, error));
    RP_TRY(list_facts(to, arena, &new, error));
    drop_common(&old, &new);
    *diff = (RpImageDiff){
        rp_arena_allocate(arena, sizeof(RpImageChange) * ((size_t)old.count + new.count + 1)), 0};
    if (diff->changes == NULL) {
        return rp_arena_failure(arena, error);
    }
    compare_options(&differ, from, to);
    while (i < old.count || j < new.count) {
        int order = i == old.count   ? 1
                    : j == new.count ? -1
                                     : compare_keys(&old.facts[i], &new.facts[j]);

        RP_TRY(rp_arena_poll(arena, error));
        RP_TRY(add_change(&differ, order <= 0 ? &old.facts[i] : NULL,
                          order >= 0 ? &new.facts[j] : NULL));
        i += order <= 0;
        j += order >= 0;
    }
    return RP_OK;
}
