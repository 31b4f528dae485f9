/*
 * The order of shapes, once all are read: that of their nodes, without those that are left out
 * whole.
 */
#include <stdlib.h>

#include "shacl/shape_reader_internal.h"

static int
compare_shapes(const void *a, const void *b)
{
    RpTermId left = ((const RpShape *)a)->node;
    RpTermId right = ((const RpShape *)b)->node;

    return (left > right) - (left < right);
}

static int
compare_left_out(const void *a, const void *b)
{
    const RpLeftOut *left = a;
    const RpLeftOut *right = b;

    return left->node != right->node ? (left->node > right->node) - (left->node < right->node)
                                     : rp_text_compare(left->message, right->message);
}

/* Sort the shapes by node, without those that are left out, and note each node's new index. */
static void
order_shapes(RpShapeReader *reader)
{
    RpShapes *shapes = reader->shapes;
    uint32_t kept = 0;

    qsort(shapes->shapes, shapes->shape_count, sizeof *shapes->shapes, compare_shapes);
    for (uint32_t i = 0; i < shapes->shape_count; i++) {
        if (!rp_shape_reader_leaves_out(reader, i)) {
            shapes->shapes[kept] = shapes->shapes[i];
            reader->shape_of_node[shapes->shapes[kept].node] = kept + 1;
            kept++;
        }
    }
    shapes->shape_count = kept;
    if (shapes->left_out_count > 0) {
        qsort(shapes->left_out, shapes->left_out_count, sizeof *shapes->left_out, compare_left_out);
    }
}

/* Make the references of one shape's constraints new indexes; nodes: of the old ones. */
static void
renumber(const RpShapeReader *reader, RpShape *shape, const RpTermId *nodes)
{
    for (uint32_t i = 0; i < shape->constraint_count; i++) {
        RpConstraint *constraint = &shape->constraints[i];

        for (uint32_t j = 0; j < constraint->operand_count; j++) {
            RpOperand *operand = &constraint->operands[j];

            if (operand->kind == RP_OPERAND_SHAPE) {
                operand->shape = reader->shape_of_node[nodes[operand->shape]] - 1;
            }
        }
    }
}

RpStatus
rp_shape_order_apply(RpShapeReader *reader)
{
    RpShapes *shapes = reader->shapes;
    RpTermId *nodes = rp_arena_allocate(shapes->arena, (size_t)shapes->shape_count * sizeof *nodes);

    if (nodes == NULL) {
        return rp_arena_failure(shapes->arena, reader->error);
    }
    if (shapes->shape_count == 0) {
        return RP_OK;
    }
    for (uint32_t i = 0; i < shapes->shape_count; i++) {
        nodes[i] = shapes->shapes[i].node;
    }
    order_shapes(reader);
    for (uint32_t i = 0; i < shapes->shape_count; i++) {
        RP_TRY(rp_arena_poll(shapes->arena, reader->error));
        renumber(reader, &shapes->shapes[i], nodes);
    }
    return RP_OK;
}
