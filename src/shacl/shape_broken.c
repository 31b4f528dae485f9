/*
 * Broken shapes: those that are ill-formed, and are left out because the caller asked for that.
 *
 * A constraint sh:property or sh:node that refers to a broken shape is dropped: its shape asks for
 * less then. A shape that refers to a broken one in another way (sh:not, sh:or, …) has no meaning
 * without it, and is broken itself. That spreads from the broken shapes backwards along such
 * references, each followed once.
 */
#include "shacl/shape_error.h"
#include "shacl/shape_reading.h"

/* Who refers to whom, in such a way that it cannot do without: referrers[starts[s]] to
 * referrers[starts[s + 1]] are the shapes that refer to shape s. */
typedef struct RpReferrers {
    uint32_t *starts;
    uint32_t *referrers;
} RpReferrers;

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
can_be_dropped(const RpConstraint *constraint)
{
    RpVocabulary parameter = rp_component_table[constraint->component].parameter;

    return parameter == RP_VOCABULARY_sh_property || parameter == RP_VOCABULARY_sh_node;
}

/* Visit the references that a shape cannot do without: counts them in starts, or fills them in. */
static RpStatus
visit_references(RpShapeReader *reader, RpReferrers *referrers, uint32_t index)
{
    const RpShape *shape = &reader->shapes->shapes[index];

    for (uint32_t i = 0; i < shape->constraint_count; i++) {
        const RpConstraint *constraint = &shape->constraints[i];

        RP_TRY(rp_arena_poll(reader->shapes->arena, reader->error));
        for (uint32_t j = 0; j < constraint->operand_count && !can_be_dropped(constraint); j++) {
            uint32_t reference = constraint->operands[j].shape;

            if (constraint->operands[j].kind != RP_OPERAND_SHAPE) {
                continue;
            }
            if (referrers->referrers == NULL) {
                referrers->starts[reference + 1]++;
            } else {
                referrers->referrers[referrers->starts[reference]++] = index;
            }
        }
    }
    return RP_OK;
}

/* Filling moves each start to its end, so the starts are one place further afterwards. */
static RpStatus
index_referrers(RpShapeReader *reader, RpReferrers *referrers)
{
    RpArena *arena = reader->shapes->arena;
    uint32_t count = reader->shapes->shape_count;

    referrers->referrers = NULL;
    referrers->starts = rp_arena_allocate_zero(arena, ((size_t)count + 2) * sizeof(uint32_t));
    if (referrers->starts == NULL) {
        return rp_arena_failure(arena, reader->error);
    }
    for (uint32_t i = 0; i < count; i++) {
        RP_TRY(visit_references(reader, referrers, i));
    }
    for (uint32_t i = 1; i <= count; i++) {
        referrers->starts[i] += referrers->starts[i - 1];
    }
    referrers->referrers =
        rp_arena_allocate(arena, ((size_t)referrers->starts[count] + 1) * sizeof(uint32_t));
    if (referrers->referrers == NULL) {
        return rp_arena_failure(arena, reader->error);
    }
    for (uint32_t i = 0; i < count; i++) {
        RP_TRY(visit_references(reader, referrers, i));
    }
    memmove(referrers->starts + 1, referrers->starts, (size_t)count * sizeof(uint32_t));
    referrers->starts[0] = 0;
    return RP_OK;
}

static RpStatus
break_referrer(RpShapeReader *reader, uint32_t index, RpTermId broken_node)
{
    const RpShapesGraph *graph = reader->shapes->graph;
    RpShown shown;

    if (rp_shape_reader_is_broken(reader, index)) {
        return RP_OK;
    }
    rp_shape_error_set(reader->error, RP_ILL_FORMED, graph, reader->shapes->shapes[index].node,
                       "refers to the ill-formed shape %s",
                       rp_shape_error_show(graph, broken_node, &shown));
    return rp_shape_reader_break(reader, index);
}

/* Drop the constraints that refer to broken shapes and can be dropped. */
static void
drop_constraints(const RpShapeReader *reader, RpShape *shape)
{
    uint32_t kept = 0;

    for (uint32_t i = 0; i < shape->constraint_count; i++) {
        const RpConstraint *constraint = &shape->constraints[i];

        if (!can_be_dropped(constraint) ||
            !rp_shape_reader_is_broken(reader, constraint->operands[0].shape)) {
            shape->constraints[kept++] = *constraint;
        }
    }
    shape->constraint_count = kept;
}

RpStatus
rp_shape_broken_spread(RpShapeReader *reader)
{
    RpShapes *shapes = reader->shapes;
    RpReferrers referrers;

    if (shapes->broken_count == 0) {
        return RP_OK;
    }
    RP_TRY(index_referrers(reader, &referrers));
    for (uint32_t i = 0; i < shapes->broken_count; i++) {
        RpTermId node = shapes->broken[i].node;
        uint32_t shape = reader->shape_of_node[node] - 1;

        for (uint32_t j = referrers.starts[shape]; j < referrers.starts[shape + 1]; j++) {
            RP_TRY(rp_arena_poll(shapes->arena, reader->error));
            RP_TRY(break_referrer(reader, referrers.referrers[j], node));
        }
    }
    for (uint32_t i = 0; i < shapes->shape_count; i++) {
        RP_TRY(rp_arena_poll(shapes->arena, reader->error));
        drop_constraints(reader, &shapes->shapes[i]);
    }
    return RP_OK;
}
