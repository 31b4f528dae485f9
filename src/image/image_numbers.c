/* See image_numbers.h. */
#include "image/image_numbers.h"

#include <stdlib.h>

#include "image/image_builder_internal.h"
#include "image/image_check_internal.h"
#include "shacl/component.h"
#include "xsd/datatype.h"

/* The shapes that are asked of focus nodes: those with a target, and what they refer to otherwise
 * than as alternatives or by negation. */
typedef struct AskedShapes {
    const RpShapes *shapes;
    bool *is_asked;  /* by index */
    uint32_t *stack; /* asked, and not yet looked into */
    uint32_t stack_count;
} AskedShapes;

static bool
is_numeric(RpTermId datatype)
{
    const RpDatatype *known = rp_datatype_find(datatype);

    return known != NULL && (known->values == RP_VALUES_DECIMAL ||
                             known->values == RP_VALUES_FLOAT || known->values == RP_VALUES_DOUBLE);
}

static void
ask(AskedShapes *asked, uint32_t shape)
{
    if (!asked->is_asked[shape] && !asked->shapes->shapes[shape].is_deactivated) {
        asked->is_asked[shape] = true;
        asked->stack[asked->stack_count++] = shape;
    }
}

static void
ask_operands(AskedShapes *asked, const RpConstraint *constraint)
{
    RpVocabulary component = rp_component_table[constraint->component].iri;

    if (component == RP_VOCABULARY_sh_OrConstraintComponent ||
        component == RP_VOCABULARY_sh_NotConstraintComponent ||
        component == RP_VOCABULARY_sh_XoneConstraintComponent) {
        return;
    }
    for (uint32_t i = 0; i < constraint->operand_count; i++) {
        if (constraint->operands[i].kind == RP_OPERAND_SHAPE) {
            ask(asked, constraint->operands[i].shape);
        }
    }
}

static RpStatus
find_asked(RpImageBuilder *builder, AskedShapes *asked)
{
    const RpShapes *shapes = builder->shapes;

    asked->shapes = shapes;
    asked->is_asked = rp_arena_allocate_zero(builder->arena, shapes->shape_count * sizeof(bool));
    asked->stack = rp_arena_allocate(builder->arena, shapes->shape_count * sizeof(*asked->stack));
    if (asked->is_asked == NULL || asked->stack == NULL) {
        return rp_arena_failure(builder->arena, builder->error);
    }
    for (uint32_t i = 0; i < shapes->shape_count; i++) {
        if (shapes->shapes[i].target_count > 0) {
            ask(asked, i);
        }
    }
    while (asked->stack_count > 0) {
        const RpShape *shape = &shapes->shapes[asked->stack[--asked->stack_count]];

        for (uint32_t i = 0; i < shape->constraint_count; i++) {
            RP_TRY(rp_arena_poll(builder->arena, builder->error));
            ask_operands(asked, &shape->constraints[i]);
        }
    }
    return RP_OK;
}

/* The numeric datatype that a property shape asks of its predicate; 0: none. */
static RpTermId
datatype_of(const RpShape *shape)
{
    if (shape->path == NULL || shape->path->kind != RP_PATH_PREDICATE) {
        return RP_TERM_NONE;
    }
    for (uint32_t i = 0; i < shape->constraint_count; i++) {
        const RpConstraint *constraint = &shape->constraints[i];

        if (rp_component_table[constraint->component].iri ==
                RP_VOCABULARY_sh_DatatypeConstraintComponent &&
            is_numeric(constraint->operands[0].term)) {
            return constraint->operands[0].term;
        }
    }
    return RP_TERM_NONE;
}

static int
compare(const void *left, const void *right)
{
    const RpImageNumber *a = left;
    const RpImageNumber *b = right;

    if (a->predicate != b->predicate) {
        return a->predicate < b->predicate ? -1 : 1;
    }
    return (a->datatype > b->datatype) - (a->datatype < b->datatype);
}

/* Sort, and leave one of those that are the same. */
static void
make_set(RpImageNumber *numbers, uint32_t *count)
{
    uint32_t kept = 0;

    if (*count > 0) {
        qsort(numbers, *count, sizeof(*numbers), compare);
    }
    for (uint32_t i = 0; i < *count; i++) {
        if (kept == 0 || compare(&numbers[kept - 1], &numbers[i]) != 0) {
            numbers[kept++] = numbers[i];
        }
    }
    *count = kept;
}

RpStatus
rp_image_find_numbers(RpImageBuilder *builder)
{
    const RpShapes *shapes = builder->shapes;
    AskedShapes asked = {0};

    RP_TRY(find_asked(builder, &asked));
    builder->numbers =
        rp_arena_allocate(builder->arena, shapes->shape_count * sizeof(*builder->numbers));
    if (builder->numbers == NULL) {
        return rp_arena_failure(builder->arena, builder->error);
    }
    for (uint32_t i = 0; i < shapes->shape_count; i++) {
        RpTermId datatype = asked.is_asked[i] ? datatype_of(&shapes->shapes[i]) : RP_TERM_NONE;

        if (datatype != RP_TERM_NONE) {
            builder->numbers[builder->number_count++] =
                (RpImageNumber){shapes->shapes[i].path->predicate, datatype};
        }
    }
    make_set(builder->numbers, &builder->number_count);
    builder->counts[RP_SECTION_NUMBERS] = builder->number_count;
    return RP_OK;
}

RpStatus
rp_image_check_numbers(RpImageChecker *checker)
{
    const RpImageNumber *numbers = checker->image.numbers;

    for (uint32_t i = 0; i < checker->image.number_count; i++) {
        if (!rp_image_is_kind(checker, numbers[i].predicate, RP_IRI) ||
            !is_numeric(numbers[i].datatype) ||
            (i > 0 && compare(&numbers[i - 1], &numbers[i]) >= 0)) {
            return rp_image_corrupt(checker, "number", i);
        }
    }
    return RP_OK;
}

/* The place of a predicate's first datatype, or where it would be. */
static uint32_t
first_number(const RpImage *image, RpTermId predicate)
{
    uint32_t low = 0;
    uint32_t high = image->number_count;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (image->numbers[middle].predicate < predicate) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

RpTermId
rp_image_number_datatype(const RpImage *image, const RpTerm *predicate, RpText lexical)
{
    RpTermId id =
        image->number_count > 0 ? rp_term_table_find(&image->terms, predicate) : RP_TERM_NONE;
    RpTermId found = RP_TERM_NONE;
    uint32_t count = 0;

    for (uint32_t i = first_number(image, id);
         id != RP_TERM_NONE && i < image->number_count && image->numbers[i].predicate == id; i++) {
        if (rp_datatype_accepts(image->numbers[i].datatype, lexical)) {
            found = image->numbers[i].datatype;
            count++;
        }
    }
    if (count == 1) {
        return found;
    }
    return rp_datatype_accepts(RP_VOCABULARY_xsd_integer, lexical) ? RP_VOCABULARY_xsd_integer
                                                                   : RP_VOCABULARY_xsd_decimal;
}
