/*
 * What comes after all shapes are read. One walk along the references, children first, refuses
 * cycles and too deep nesting, and finds what a broken shape takes with it; then the shapes that
 * stay are put in the order of their nodes.
 *
 * A constraint sh:property or sh:node that refers to a broken shape is dropped: its shape asks for
 * less then. A shape that refers to a broken one in another way (sh:not, sh:or, …) has no meaning
 * without it, and is broken itself.
 */
#include <stdlib.h>

#include "base/buffer.h"
#include "shacl/shape_error.h"
#include "shacl/shape_reading.h"

/* Where the walk stands in a shape. */
typedef struct RpShapeVisit {
    uint32_t shape;
    uint32_t constraint;
    uint32_t operand;
} RpShapeVisit;

typedef struct RpShapeWalk {
    RpShapeReader *reader;
    RpShapeVisit *visits; /* the way from a root to the shape of the moment */
    uint32_t visit_count;
    bool *is_on_way;  /* by shape: a reference to it would close a cycle */
    uint32_t *depths; /* by shape: 1 + that of its deepest reference; 0: not visited */
} RpShapeWalk;

RpStatus
rp_shape_reader_break(RpShapeReader *reader, uint32_t index)
{
    RpShapes *shapes = reader->shapes;
    RpShape *shape = &shapes->shapes[index];
    RpBrokenShape *broken =
        rp_arena_grow(shapes->arena, shapes->broken, shapes->broken_count, shapes->broken_count + 1,
                      &reader->broken_capacity, sizeof *broken);

    if (broken == NULL) {
        return rp_arena_failure(shapes->arena, reader->error);
    }
    broken[shapes->broken_count].node = shape->node;
    broken[shapes->broken_count].error = *reader->error;
    shapes->broken = broken;
    shapes->broken_count++;
    shape->constraint_count = 0;
    reader->marks[shape->node] |= RP_MARK_BROKEN;
    return RP_OK;
}

static bool
is_broken(const RpShapeReader *reader, uint32_t shape)
{
    return (reader->marks[reader->shapes->shapes[shape].node] & RP_MARK_BROKEN) != 0;
}

/* Print the way from the shape back to itself. */
static RpStatus
refuse_cycle(const RpShapeWalk *walk, uint32_t shape)
{
    const RpShapes *shapes = walk->reader->shapes;
    RpTermId node = shapes->shapes[shape].node;
    RpError *error = walk->reader->error;
    RpBuffer buffer;
    RpShown shown;
    uint32_t first = walk->visit_count;

    rp_buffer_init(&buffer, shapes->arena);
    while (walk->visits[first - 1].shape != shape) {
        first--;
    }
    for (uint32_t i = first - 1; i < walk->visit_count; i++) {
        RpTermId on_way = shapes->shapes[walk->visits[i].shape].node;

        rp_buffer_append_string(&buffer, rp_shape_error_show(shapes->graph, on_way, &shown));
        rp_buffer_append_string(&buffer, " -> ");
    }
    rp_buffer_append_string(&buffer, rp_shape_error_show(shapes->graph, node, &shown));
    RP_TRY(rp_buffer_status(&buffer, error));
    rp_shape_error_set(error, RP_UNSUPPORTED, shapes->graph, node,
                       "refers to itself, and recursive shapes are not implemented");
    return rp_error_detail(error, "%.*s", (int)buffer.length, buffer.data);
}

/* A shape is deeper than what it refers to. */
static void
deepen(RpShapeWalk *walk, uint32_t shape, uint32_t reference)
{
    if (walk->depths[shape] < walk->depths[reference] + 1) {
        walk->depths[shape] = walk->depths[reference] + 1;
    }
}

/* Enter a shape, unless the walk has been there. */
static RpStatus
enter(RpShapeWalk *walk, uint32_t shape)
{
    RP_TRY(rp_arena_poll(walk->reader->shapes->arena, walk->reader->error));
    if (walk->is_on_way[shape]) {
        return refuse_cycle(walk, shape);
    }
    if (walk->depths[shape] == 0) {
        walk->depths[shape] = 1;
        walk->is_on_way[shape] = true;
        walk->visits[walk->visit_count++] = (RpShapeVisit){shape, 0, 0};
    }
    return RP_OK;
}

/* The next shape that the shape of the moment refers to; false: none is left. */
static bool
next_reference(const RpShapes *shapes, RpShapeVisit *visit, uint32_t *reference)
{
    const RpShape *shape = &shapes->shapes[visit->shape];

    while (visit->constraint < shape->constraint_count) {
        const RpConstraint *constraint = &shape->constraints[visit->constraint];

        while (visit->operand < constraint->operand_count) {
            const RpOperand *operand = &constraint->operands[visit->operand++];

            if (operand->kind == RP_OPERAND_SHAPE) {
                *reference = operand->shape;
                return true;
            }
        }
        visit->constraint++;
        visit->operand = 0;
    }
    return false;
}

/* Drop the constraints that refer to broken shapes, or break the shape. */
static RpStatus
keep_whole_constraints(RpShapeReader *reader, uint32_t index)
{
    RpShape *shape = &reader->shapes->shapes[index];
    uint32_t kept = 0;

    for (uint32_t i = 0; i < shape->constraint_count; i++) {
        RpConstraint *constraint = &shape->constraints[i];
        RpVocabulary parameter = rp_component_table[constraint->component].parameter;
        uint32_t broken = 0;

        while (broken < constraint->operand_count &&
               !(constraint->operands[broken].kind == RP_OPERAND_SHAPE &&
                 is_broken(reader, constraint->operands[broken].shape))) {
            broken++;
        }
        if (broken == constraint->operand_count) {
            shape->constraints[kept++] = *constraint;
        } else if (parameter != RP_VOCABULARY_sh_property && parameter != RP_VOCABULARY_sh_node) {
            uint32_t reference = constraint->operands[broken].shape;
            RpShown shown;

            rp_shape_error_set(reader->error, RP_ILL_FORMED, reader->shapes->graph, shape->node,
                               "refers to the ill-formed shape %s",
                               rp_shape_error_show(reader->shapes->graph,
                                                   reader->shapes->shapes[reference].node, &shown));
            return rp_shape_reader_break(reader, index);
        }
    }
    shape->constraint_count = kept;
    return RP_OK;
}

/* Leave the shape of the moment, its references being known. */
static RpStatus
leave(RpShapeWalk *walk)
{
    RpShapeReader *reader = walk->reader;
    uint32_t shape = walk->visits[--walk->visit_count].shape;
    uint32_t depth = walk->depths[shape];

    walk->is_on_way[shape] = false;
    if (walk->visit_count > 0) {
        deepen(walk, walk->visits[walk->visit_count - 1].shape, shape);
    }
    if (depth > reader->options->depth_limit) {
        return rp_shape_error_set(
            reader->error, RP_TOO_DEEP, reader->shapes->graph, reader->shapes->shapes[shape].node,
            "shapes within shapes are nested more than %u deep", reader->options->depth_limit);
    }
    return reader->shapes->broken_count > 0 ? keep_whole_constraints(reader, shape) : RP_OK;
}

/* Walk all that is below one shape. */
static RpStatus
walk_from(RpShapeWalk *walk, uint32_t root)
{
    RP_TRY(enter(walk, root));
    while (walk->visit_count > 0) {
        RpShapeVisit *visit = &walk->visits[walk->visit_count - 1];
        uint32_t reference;

        if (!next_reference(walk->reader->shapes, visit, &reference)) {
            RP_TRY(leave(walk));
            continue;
        }
        RP_TRY(enter(walk, reference));
        if (!walk->is_on_way[reference]) {
            deepen(walk, visit->shape, reference);
        }
    }
    return RP_OK;
}

static RpStatus
walk_all(RpShapeReader *reader)
{
    RpArena *arena = reader->shapes->arena;
    size_t count = reader->shapes->shape_count;
    RpShapeWalk walk = {.reader = reader};

    walk.visits = rp_arena_allocate(arena, count * sizeof *walk.visits);
    walk.is_on_way = rp_arena_allocate_zero(arena, count * sizeof *walk.is_on_way);
    walk.depths = rp_arena_allocate_zero(arena, count * sizeof *walk.depths);
    if (walk.visits == NULL || walk.is_on_way == NULL || walk.depths == NULL) {
        return rp_arena_failure(arena, reader->error);
    }
    for (uint32_t i = 0; i < count; i++) {
        RP_TRY(walk_from(&walk, i));
    }
    return RP_OK;
}

static int
compare_shapes(const void *a, const void *b)
{
    RpTermId left = ((const RpShape *)a)->node;
    RpTermId right = ((const RpShape *)b)->node;

    return (left > right) - (left < right);
}

static int
compare_broken(const void *a, const void *b)
{
    RpTermId left = ((const RpBrokenShape *)a)->node;
    RpTermId right = ((const RpBrokenShape *)b)->node;

    return (left > right) - (left < right);
}

/* Sort the shapes by node, without the broken ones, and note each node's new index. */
static void
order_shapes(RpShapeReader *reader)
{
    RpShapes *shapes = reader->shapes;
    uint32_t kept = 0;

    qsort(shapes->shapes, shapes->shape_count, sizeof *shapes->shapes, compare_shapes);
    for (uint32_t i = 0; i < shapes->shape_count; i++) {
        if (!is_broken(reader, i)) {
            shapes->shapes[kept] = shapes->shapes[i];
            reader->shape_of_node[shapes->shapes[kept].node] = kept + 1;
            kept++;
        }
    }
    shapes->shape_count = kept;
    if (shapes->broken_count > 0) {
        qsort(shapes->broken, shapes->broken_count, sizeof *shapes->broken, compare_broken);
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
rp_shape_order_settle(RpShapeReader *reader)
{
    RpShapes *shapes = reader->shapes;
    RpTermId *nodes = rp_arena_allocate(shapes->arena, (size_t)shapes->shape_count * sizeof *nodes);

    if (nodes == NULL) {
        return rp_arena_failure(shapes->arena, reader->error);
    }
    if (shapes->shape_count == 0) {
        return RP_OK;
    }
    RP_TRY(walk_all(reader));
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
