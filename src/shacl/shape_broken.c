/*
 * Broken shapes: those that are ill-formed, and are left out because the caller asked for that.
 *
 * A constraint that refers to a broken shape is dropped: its shape asks for less then, it is
 * weakened. So is what refers to a weakened shape; and where it does so by a negation, it would ask
 * for more, and refuse what the text allows: that constraint is dropped too. This spreads from the
 * broken shapes backwards along the references, each followed once for each mark. What is left asks
 * for nothing that the text does not ask for.
 */
#include "shacl/shape_error.h"
#include "shacl/shape_reading.h"

/* A constraint's reference to a shape. */
typedef struct RpReferrer {
    uint32_t shape;
    uint32_t constraint;
    uint8_t signs;
} RpReferrer;

typedef struct RpSpreading {
    RpShapeReader *reader;
    uint32_t *starts; /* the referrers of shape s are referrers[starts[s]] to [starts[s + 1]] */
    RpReferrer *referrers;
    uint32_t *queue; /* weakened shapes */
    uint32_t queue_count;
} RpSpreading;

static RpStatus
list_broken(RpShapeReader *reader, RpTermId node, bool is_in_part)
{
    RpShapes *shapes = reader->shapes;
    RpBrokenShape *broken =
        rp_arena_grow(shapes->arena, shapes->broken, shapes->broken_count, shapes->broken_count + 1,
                      &reader->broken_capacity, sizeof *broken);

    if (broken == NULL) {
        return rp_arena_failure(shapes->arena, reader->error);
    }
    broken[shapes->broken_count++] = (RpBrokenShape){node, is_in_part, *reader->error};
    shapes->broken = broken;
    return RP_OK;
}

RpStatus
rp_shape_reader_break(RpShapeReader *reader, uint32_t index)
{
    RpShape *shape = &reader->shapes->shapes[index];

    shape->constraint_count = 0;
    reader->marks[shape->node] |= RP_MARK_BROKEN;
    return list_broken(reader, shape->node, false);
}

/* Visit the references of one shape: counts them in starts, or fills them in. */
static RpStatus
visit_references(RpSpreading *spreading, uint32_t index)
{
    RpShapes *shapes = spreading->reader->shapes;
    const RpShape *shape = &shapes->shapes[index];

    for (uint32_t i = 0; i < shape->constraint_count; i++) {
        const RpConstraint *constraint = &shape->constraints[i];
        RpVocabulary parameter = rp_component_table[constraint->component].parameter;

        for (uint32_t j = 0; j < constraint->operand_count; j++) {
            uint32_t reference = constraint->operands[j].shape;

            RP_TRY(rp_arena_poll(shapes->arena, spreading->reader->error));
            if (constraint->operands[j].kind != RP_OPERAND_SHAPE) {
                continue;
            }
            if (spreading->referrers == NULL) {
                spreading->starts[reference + 1]++;
            } else {
                spreading->referrers[spreading->starts[reference]++] =
                    (RpReferrer){index, i, rp_shape_operand_signs(parameter, j)};
            }
        }
    }
    return RP_OK;
}

/* Filling moves each start to its end, so the starts are one place further afterwards. */
static RpStatus
index_referrers(RpSpreading *spreading)
{
    RpArena *arena = spreading->reader->shapes->arena;
    RpError *error = spreading->reader->error;
    uint32_t count = spreading->reader->shapes->shape_count;

    spreading->starts = rp_arena_allocate_zero(arena, ((size_t)count + 2) * sizeof(uint32_t));
    spreading->queue = rp_arena_allocate(arena, ((size_t)count + 1) * sizeof(uint32_t));
    if (spreading->starts == NULL || spreading->queue == NULL) {
        return rp_arena_failure(arena, error);
    }
    for (uint32_t i = 0; i < count; i++) {
        RP_TRY(visit_references(spreading, i));
    }
    for (uint32_t i = 1; i <= count; i++) {
        spreading->starts[i] += spreading->starts[i - 1];
    }
    spreading->referrers =
        rp_arena_allocate(arena, ((size_t)spreading->starts[count] + 1) * sizeof(RpReferrer));
    if (spreading->referrers == NULL) {
        return rp_arena_failure(arena, error);
    }
    for (uint32_t i = 0; i < count; i++) {
        RP_TRY(visit_references(spreading, i));
    }
    memmove(spreading->starts + 1, spreading->starts, (size_t)count * sizeof(uint32_t));
    spreading->starts[0] = 0;
    return RP_OK;
}

static void
weaken(RpSpreading *spreading, uint32_t index)
{
    RpShapeReader *reader = spreading->reader;
    uint8_t *marks = &reader->marks[reader->shapes->shapes[index].node];

    if ((*marks & (RP_MARK_WEAKENED | RP_MARK_BROKEN)) == 0) {
        *marks |= RP_MARK_WEAKENED;
        spreading->queue[spreading->queue_count++] = index;
    }
}

/* Void a constraint until drop_constraints, and list it; of sh:property and sh:node the shape that
 * they refer to is listed, which says as much. */
static RpStatus
drop(RpSpreading *spreading, const RpReferrer *referrer, RpTermId cause, bool is_broken)
{
    RpShapeReader *reader = spreading->reader;
    const RpShapesGraph *graph = reader->shapes->graph;
    RpShape *shape = &reader->shapes->shapes[referrer->shape];
    RpConstraint *constraint = &shape->constraints[referrer->constraint];
    RpVocabulary parameter;
    RpShown shown_parameter, shown_cause;

    if (constraint->component == RP_COMPONENT_NONE) {
        return RP_OK;
    }
    parameter = rp_component_table[constraint->component].parameter;
    constraint->component = RP_COMPONENT_NONE;
    if (parameter == RP_VOCABULARY_sh_property || parameter == RP_VOCABULARY_sh_node) {
        return RP_OK;
    }
    rp_shape_error_set(reader->error, RP_ILL_FORMED, graph, shape->node,
                       is_broken ? "%s is left out, since it needs the ill-formed shape %s"
                                 : "%s is left out, since it negates what is left of the shape %s",
                       rp_shape_error_show(graph, parameter, &shown_parameter),
                       rp_shape_error_show(graph, cause, &shown_cause));
    return list_broken(reader, shape->node, true);
}

/* What a broken or weakened shape does to those that refer to it. */
static RpStatus
spread_from(RpSpreading *spreading, uint32_t index)
{
    RpShapeReader *reader = spreading->reader;
    RpTermId node = reader->shapes->shapes[index].node;
    bool is_broken = rp_shape_reader_is_broken(reader, index);

    for (uint32_t i = spreading->starts[index]; i < spreading->starts[index + 1]; i++) {
        const RpReferrer *referrer = &spreading->referrers[i];

        RP_TRY(rp_arena_poll(reader->shapes->arena, reader->error));
        if (is_broken || referrer->signs & RP_SIGN_NEGATED) {
            RP_TRY(drop(spreading, referrer, node, is_broken));
        }
        weaken(spreading, referrer->shape);
    }
    return RP_OK;
}

static void
drop_constraints(RpShape *shape)
{
    uint32_t kept = 0;

    for (uint32_t i = 0; i < shape->constraint_count; i++) {
        if (shape->constraints[i].component != RP_COMPONENT_NONE) {
            shape->constraints[kept++] = shape->constraints[i];
        }
    }
    shape->constraint_count = kept;
}

RpStatus
rp_shape_broken_spread(RpShapeReader *reader)
{
    RpSpreading spreading = {.reader = reader};
    uint32_t count = reader->shapes->shape_count;

    if (reader->shapes->broken_count == 0) {
        return RP_OK;
    }
    RP_TRY(index_referrers(&spreading));
    for (uint32_t i = 0; i < count; i++) {
        if (rp_shape_reader_is_broken(reader, i)) {
            RP_TRY(spread_from(&spreading, i));
        }
    }
    for (uint32_t i = 0; i < spreading.queue_count; i++) {
        RP_TRY(spread_from(&spreading, spreading.queue[i]));
    }
    for (uint32_t i = 0; i < count; i++) {
        RP_TRY(rp_arena_poll(reader->shapes->arena, reader->error));
        drop_constraints(&reader->shapes->shapes[i]);
    }
    return RP_OK;
}
