/* See shape_changes.h: what differs by image_diff, handed on to whatever refers to it. */
#include "image/shape_changes.h"

#include "image/image_diff.h"

static bool
is_of(const RpImageChange *change, RpVocabulary property)
{
    return rp_text_equals(change->component, rp_vocabulary_iri(property));
}

/* Options have no shape: they are about documents. */
static bool
matters(const RpImageChange *change)
{
    return change->shape.kind != 0 && !is_of(change, RP_VOCABULARY_sh_message);
}

/* Shapes are in the order of their nodes' ids, and a change names its shape by the node. */
static void
mark(const RpImage *image, const RpTerm *node, bool *changed)
{
    for (uint32_t i = 0; i < image->shape_count; i++) {
        RpTerm term = rp_term_table_get(&image->terms, image->shapes[i].node);

        if (rp_term_equals(&term, node)) {
            changed[i] = true;
            return;
        }
    }
}

/* Whether a shape refers to one that has changed. */
static bool
refers_to_changed(const RpImage *image, const RpImageShape *shape, const bool *changed)
{
    for (uint32_t i = 0; i < shape->constraint_count; i++) {
        const RpImageConstraint *constraint = &image->constraints[shape->first_constraint + i];
        const RpImageOperand *operands = image->operands + constraint->first_operand;

        for (uint32_t j = 0; j < constraint->operand_count; j++) {
            if (operands[j].kind == RP_OPERAND_SHAPE && changed[operands[j].value]) {
                return true;
            }
        }
    }
    return false;
}

/* Each pass goes one reference further up. */
static RpStatus
hand_on(const RpImage *image, RpArena *arena, bool *changed, RpError *error)
{
    bool is_stable = false;

    while (!is_stable) {
        is_stable = true;
        for (uint32_t i = 0; i < image->shape_count; i++) {
            RP_TRY(rp_arena_poll(arena, error));
            if (!changed[i] && refers_to_changed(image, &image->shapes[i], changed)) {
                changed[i] = true;
                is_stable = false;
            }
        }
    }
    return RP_OK;
}

RpStatus
rp_shape_changes(const RpImage *from, const RpImage *to, RpArena *arena, bool **changed,
                 RpError *error)
{
    RpImageDiff diff;

    *changed = rp_arena_allocate(arena, (size_t)to->shape_count + 1);
    if (!*changed) {
        return rp_arena_failure(arena, error);
    }
    memset(*changed, 0, (size_t)to->shape_count + 1);
    RP_TRY(rp_image_diff(from, to, arena, &diff, error));
    for (uint32_t i = 0; i < diff.count; i++) {
        RP_TRY(rp_arena_poll(arena, error));
        if (is_of(&diff.changes[i], RP_VOCABULARY_rdfs_subClassOf)) {
            memset(*changed, 1, (size_t)to->shape_count + 1);
        } else if (matters(&diff.changes[i])) {
            mark(to, &diff.changes[i].shape, *changed);
        }
    }
    return hand_on(to, arena, *changed, error);
}
