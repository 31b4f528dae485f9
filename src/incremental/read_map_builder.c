/* Makes a read map: see read_map.h and automaton.h. */
#include "incremental/query_reads.h"
#include "incremental/read_map.h"
#include "incremental/shape_signs.h"
#include "shacl/component.h"
#include "shacl/operand_signs.h"

typedef RpReadMapBuilder Builder;

/* The shape whose steps are being made. */
typedef struct ShapePlace {
    const RpImageShape *shape;
    uint8_t signs;
    uint32_t start;
    uint32_t values;           /* the same as start for a node shape */
    uint8_t values_violate_by; /* RP_BY_: that it has more value nodes, or fewer */
} ShapePlace;

/* What a change that may violate a shape by itself may do where the shape has signs. */
static uint8_t
violates_by(uint8_t signs, uint8_t by)
{
    uint8_t opposite = (uint8_t)((by & RP_BY_ADDITION ? RP_BY_REMOVAL : 0) |
                                 (by & RP_BY_REMOVAL ? RP_BY_ADDITION : 0));

    return (uint8_t)((signs & RP_SIGN_PLAIN ? by : 0) | (signs & RP_SIGN_NEGATED ? opposite : 0));
}

/* What a change of the value nodes may do to a component's constraint. */
static uint8_t
component_by(const RpComponent *component)
{
    return (uint8_t)((component->flags & RP_COMPONENT_BY_FEWER ? 0 : RP_BY_ADDITION) |
                     (component->flags & RP_COMPONENT_BY_MORE ? 0 : RP_BY_REMOVAL));
}

static RpStatus add_path(Builder *builder, const ShapePlace *place, uint32_t path_index,
                         bool is_inverse, uint32_t from, uint32_t to);

/* The inverse of a sequence is the sequence of the inverses, last first. */
static RpStatus
add_sequence(Builder *builder, const ShapePlace *place, const RpImagePath *path, bool is_inverse,
             uint32_t from, uint32_t to)
{
    const uint32_t *parts = builder->image->ids + path->first_part;

    for (uint32_t i = 0; i < path->part_count; i++) {
        uint32_t part = parts[is_inverse ? path->part_count - 1 - i : i];
        uint32_t next = i + 1 < path->part_count ? rp_read_map_add_state(builder->map) : to;

        RP_TRY(add_path(builder, place, part, is_inverse, from, next));
        from = next;
    }
    return RP_OK;
}

/* All ways lead from the same state to the same (SHACL Recommendation, section 2.3.1.3). */
static RpStatus
add_alternative(Builder *builder, const ShapePlace *place, const RpImagePath *path, bool is_inverse,
                uint32_t from, uint32_t to)
{
    const uint32_t *parts = builder->image->ids + path->first_part;

    for (uint32_t i = 0; i < path->part_count; i++) {
        RP_TRY(add_path(builder, place, parts[i], is_inverse, from, to));
    }
    return RP_OK;
}

/* Round from before to after and back, any number of times; once at least where is_once. */
static RpStatus
add_repeated(Builder *builder, const ShapePlace *place, uint32_t part, bool is_once,
             bool is_inverse, uint32_t from, uint32_t to)
{
    uint32_t before = rp_read_map_add_state(builder->map);
    uint32_t after = rp_read_map_add_state(builder->map);

    RP_TRY(rp_read_map_add_nothing(builder, from, before));
    RP_TRY(add_path(builder, place, part, is_inverse, before, after));
    RP_TRY(rp_read_map_add_nothing(builder, after, before));
    return rp_read_map_add_nothing(builder, is_once ? after : before, to);
}

/* Steps from one state to another by a path. Recursion is bounded: an image's paths are no deeper
 * than RP_IMAGE_PATH_DEPTH_LIMIT. */
static RpStatus
add_path(Builder *builder, const ShapePlace *place, uint32_t path_index, bool is_inverse,
         uint32_t from, uint32_t to)
{
    const RpImagePath *path = &builder->image->paths[path_index];
    uint32_t part = path->part_count > 0 ? builder->image->ids[path->first_part] : 0;

    switch ((RpPathKind)path->kind) {
    case RP_PATH_PREDICATE:
        return rp_read_map_add_step(builder,
                                    (RpStep){.from = from,
                                             .to = to,
                                             .kind = is_inverse ? RP_STEP_INVERSE : RP_STEP_FORWARD,
                                             .term = path->predicate,
                                             .violates_by = place->values_violate_by});
    case RP_PATH_INVERSE:
        return add_path(builder, place, part, !is_inverse, from, to);
    case RP_PATH_SEQUENCE:
        return add_sequence(builder, place, path, is_inverse, from, to);
    case RP_PATH_ALTERNATIVE:
        return add_alternative(builder, place, path, is_inverse, from, to);
    case RP_PATH_ZERO_OR_MORE:
    case RP_PATH_ONE_OR_MORE:
        return add_repeated(builder, place, part, path->kind == RP_PATH_ONE_OR_MORE, is_inverse,
                            from, to);
    case RP_PATH_ZERO_OR_ONE:
        RP_TRY(rp_read_map_add_nothing(builder, from, to));
        return add_path(builder, place, part, is_inverse, from, to);
    }
    return rp_error_set(builder->error, RP_CORRUPT, "unknown path kind %u", (unsigned)path->kind);
}

/* The value nodes' triples but for the predicates of the operand. */
static RpStatus
add_all(Builder *builder, const ShapePlace *place, const RpImageOperand *operand)
{
    RpStep step = {.from = place->values,
                   .kind = RP_STEP_ALL,
                   .violates_by = violates_by(place->signs, RP_BY_ADDITION)};

    return rp_read_map_add_all(builder, step, builder->image->ids + operand->value, operand->count);
}

/* The shapes that value nodes are evaluated by. */
static RpStatus
add_operands(Builder *builder, const ShapePlace *place, const RpImageConstraint *constraint)
{
    bool is_condition =
        (rp_component_table[constraint->component].flags & RP_COMPONENT_PASSES_ON) == 0;

    for (uint32_t i = 0; i < constraint->operand_count; i++) {
        const RpImageOperand *operand = &builder->image->operands[constraint->first_operand + i];

        if (operand->kind == RP_OPERAND_SHAPE && builder->map->starts[operand->value] != 0) {
            RP_TRY(
                rp_read_map_add_step(builder, (RpStep){.from = place->values,
                                                       .to = builder->map->starts[operand->value],
                                                       .kind = RP_STEP_NOTHING,
                                                       .is_condition = is_condition}));
        }
    }
    return RP_OK;
}

static void
open_query(const Builder *builder, const RpImageConstraint *constraint, RpAlgebra *algebra)
{
    rp_image_query(builder->image,
                   (uint32_t)builder->image->operands[constraint->first_operand].value, algebra);
}

/* What is bound in a constraint's query (SHACL Recommendation, sections 5.3.1 and 6.2.3; see
 * RpShapeQuery). Of $shapesGraph nothing is read. */
static RpStatus
add_query(Builder *builder, const ShapePlace *place, const RpImageConstraint *constraint)
{
    const RpImageOperand *operands = builder->image->operands + constraint->first_operand;
    RpQueryBinding *bindings;
    RpAlgebra algebra;
    uint32_t count;

    open_query(builder, constraint, &algebra);
    count = algebra.header->prebound_count;
    bindings = rp_arena_allocate_zero(builder->arena, sizeof(RpQueryBinding) * ((size_t)count + 1));
    if (!bindings) {
        return rp_arena_failure(builder->arena, builder->error);
    }
    bindings[RP_QUERY_THIS].state = place->start;
    bindings[RP_QUERY_CURRENT_SHAPE].constant = place->shape->node;
    if (rp_algebra_is_ask(&algebra)) {
        bindings[RP_QUERY_VALUE].state = place->values;
    }
    for (uint32_t i = RP_QUERY_OPERANDS; i < constraint->operand_count; i++) {
        bindings[count - constraint->operand_count + i].constant = (RpTermId)operands[i].value;
    }
    return rp_query_reads_add(builder, (uint32_t)operands[0].value, place->start, bindings);
}

/* What a component reads beside its value nodes, by its flags in src/components: the values of
 * another property (sh:equals, sh:lessThan, …), classes, all triples of a node, what a query reads.
 */
static RpStatus
add_constraint(Builder *builder, const ShapePlace *place, const RpImageConstraint *constraint)
{
    const RpComponent *component = &rp_component_table[constraint->component];
    const RpImageOperand *operands = builder->image->operands + constraint->first_operand;

    if (component->flags & RP_COMPONENT_READS_OPERAND) {
        RP_TRY(rp_read_map_add_step(
            builder, (RpStep){.from = place->start,
                              .kind = RP_STEP_FORWARD,
                              .term = (RpTermId)operands[0].value,
                              .violates_by = violates_by(place->signs, component_by(component))}));
    }
    if (component->flags & RP_COMPONENT_READS_TYPES) {
        uint8_t by = violates_by(place->signs, RP_BY_REMOVAL);

        builder->map->types_violate_by |= by;
        RP_TRY(rp_read_map_add_step(builder, (RpStep){.from = place->values,
                                                      .kind = RP_STEP_CLASSES,
                                                      .term = (RpTermId)operands[0].value,
                                                      .violates_by = by}));
    }
    if (component->flags & RP_COMPONENT_READS_ALL) {
        RP_TRY(add_all(builder, place, &operands[0]));
    }
    if (component->flags & RP_COMPONENT_ASKS_QUERY) {
        RP_TRY(add_query(builder, place, constraint));
    }
    return add_operands(builder, place, constraint);
}

/* What a change of the value nodes may do to a constraint. An ASK is asked of each value node; a
 * SELECT finds them for itself. */
static uint8_t
constraint_by(const Builder *builder, const RpImageConstraint *constraint)
{
    const RpComponent *component = &rp_component_table[constraint->component];
    RpAlgebra algebra;

    if ((component->flags & RP_COMPONENT_ASKS_QUERY) == 0) {
        return component_by(component);
    }
    open_query(builder, constraint, &algebra);
    return rp_algebra_is_ask(&algebra) ? RP_BY_ADDITION : 0;
}

/* What a change of the shape's value nodes may do: anything that one of its constraints minds. */
static uint8_t
values_by(const Builder *builder, const ShapePlace *place)
{
    uint8_t by = 0;

    for (uint32_t i = 0; i < place->shape->constraint_count; i++) {
        const RpImageConstraint *constraint =
            &builder->image->constraints[place->shape->first_constraint + i];

        by |= constraint_by(builder, constraint);
    }
    return violates_by(place->signs, by);
}

/* A node shape's value node is the focus node itself (SHACL Recommendation, section 3.7), so both
 * are one state. */
static RpStatus
add_shape(Builder *builder, uint32_t index)
{
    const RpImageShape *shape = &builder->image->shapes[index];
    ShapePlace place = {
        .shape = shape, .signs = builder->signs[index], .start = builder->map->starts[index]};

    place.values = shape->path != 0 ? rp_read_map_add_state(builder->map) : place.start;
    place.values_violate_by = values_by(builder, &place);
    if (shape->path != 0) {
        RP_TRY(add_path(builder, &place, shape->path - 1, false, place.start, place.values));
    }
    for (uint32_t i = 0; i < shape->constraint_count; i++) {
        RP_TRY(add_constraint(builder, &place,
                              &builder->image->constraints[shape->first_constraint + i]));
    }
    return RP_OK;
}

/* Start states first, so that shapes can refer to each other. */
static RpStatus
add_starts(Builder *builder)
{
    const RpImage *image = builder->image;
    RpReadMap *map = builder->map;

    map->starts =
        rp_arena_allocate_zero(builder->arena, sizeof(uint32_t) * ((size_t)image->shape_count + 1));
    map->askings =
        rp_arena_allocate_zero(builder->arena, sizeof(uint32_t) * ((size_t)image->shape_count + 1));
    if (!map->starts || !map->askings) {
        return rp_arena_failure(builder->arena, builder->error);
    }
    for (uint32_t i = 0; i < image->shape_count; i++) {
        if (builder->signs[i] != 0) {
            map->starts[i] = rp_read_map_add_state(builder->map);
        }
    }
    return RP_OK;
}

/* What the queries of a shape's targets read begins in a state of its own, to which no other leads:
 * from there it is asked whether a node is found, and there changes lead to that may have it found.
 */
static RpStatus
add_target_queries(Builder *builder, uint32_t index)
{
    const RpImageShape *shape = &builder->image->shapes[index];
    uint32_t *asking = &builder->map->askings[index];

    for (uint32_t i = 0; i < shape->target_count; i++) {
        const RpTarget *target = &builder->image->targets[shape->first_target + i];

        if (target->kind == RP_TARGET_QUERY) {
            *asking = *asking != 0 ? *asking : rp_read_map_add_state(builder->map);
            RP_TRY(rp_query_reads_add_target(builder, target->term - 1, *asking));
        }
    }
    return RP_OK;
}

/* A shape with a target is evaluated, so it has a start. An instance that comes makes a focus node;
 * one that goes takes one away, with its results. */
static RpStatus
add_targets(Builder *builder, uint32_t index)
{
    const RpImageShape *shape = &builder->image->shapes[index];
    RpReadMap *map = builder->map;

    for (uint32_t i = 0; i < shape->target_count; i++) {
        const RpTarget *target = &builder->image->targets[shape->first_target + i];

        if (target->kind == RP_TARGET_CLASS) {
            map->types_violate_by |= RP_BY_ADDITION;
        }
        RP_TRY(rp_graph_add(&map->by_target,
                            (RpTriple){(RpTermId)target->kind, target->term, index},
                            builder->error));
    }
    map->shapes[map->starts[index]] = index + 1;
    if (map->askings[index] != 0) {
        map->asked_for[map->askings[index]] = index + 1;
    }
    return RP_OK;
}

/* The indexes of the steps by one end of theirs, which the caller reads by is_from. */
static RpStatus
make_order(Builder *builder, bool is_from, RpStepOrder *order)
{
    const RpReadMap *map = builder->map;

    order->first =
        rp_arena_allocate_zero(builder->arena, sizeof(uint32_t) * ((size_t)map->state_count + 2));
    order->steps =
        rp_arena_allocate(builder->arena, sizeof(uint32_t) * ((size_t)map->step_count + 1));
    if (!order->first || !order->steps) {
        return rp_arena_failure(builder->arena, builder->error);
    }
    for (uint32_t i = 0; i < map->step_count; i++) {
        order->first[is_from ? map->steps[i].from : map->steps[i].to]++;
    }
    /* From counts to ends; then each step goes before the end, which becomes the first. */
    for (uint32_t state = 1; state <= map->state_count + 1; state++) {
        order->first[state] += order->first[state - 1];
    }
    for (uint32_t i = map->step_count; i > 0; i--) {
        const RpStep *step = &map->steps[i - 1];

        RP_TRY(rp_arena_poll(builder->arena, builder->error));
        order->steps[--order->first[is_from ? step->from : step->to]] = i - 1;
    }
    return RP_OK;
}

/* From a changed triple's predicate to the steps that read it, without looking at the others. */
static RpStatus
make_by_term(Builder *builder)
{
    RpReadMap *map = builder->map;

    for (uint32_t i = 0; i < map->step_count; i++) {
        const RpStep *step = &map->steps[i];

        RP_TRY(rp_arena_poll(builder->arena, builder->error));
        if (step->kind != RP_STEP_NOTHING) {
            RP_TRY(
                rp_graph_add(&map->by_term, (RpTriple){step->kind, step->term, i}, builder->error));
        }
    }
    return rp_graph_freeze(&map->by_term, builder->error);
}

/* The image's classes upwards and downwards. */
static RpStatus
make_classes(Builder *builder)
{
    const RpImage *image = builder->image;
    RpGraph *classes = builder->map->classes;

    for (uint32_t i = 0; i < image->subclass_count; i++) {
        const RpSubclass *edge = &image->subclasses[i];

        RP_TRY(rp_arena_poll(builder->arena, builder->error));
        RP_TRY(rp_graph_add(&classes[0],
                            (RpTriple){edge->subclass, RP_PAIR_PREDICATE, edge->superclass},
                            builder->error));
        RP_TRY(rp_graph_add(&classes[1],
                            (RpTriple){edge->superclass, RP_PAIR_PREDICATE, edge->subclass},
                            builder->error));
    }
    RP_TRY(rp_graph_freeze(&classes[0], builder->error));
    return rp_graph_freeze(&classes[1], builder->error);
}

/* All steps first: they make states, and map->shapes has a place for each of these. */
static RpStatus
make_shapes(Builder *builder)
{
    RpReadMap *map = builder->map;

    RP_TRY(add_starts(builder));
    for (uint32_t i = 0; i < builder->image->shape_count; i++) {
        RP_TRY(rp_arena_poll(builder->arena, builder->error));
        if (map->starts[i] != 0) {
            RP_TRY(add_shape(builder, i));
            RP_TRY(add_target_queries(builder, i));
        }
    }
    map->shapes =
        rp_arena_allocate_zero(builder->arena, sizeof(uint32_t) * ((size_t)map->state_count + 1));
    map->asked_for =
        rp_arena_allocate_zero(builder->arena, sizeof(uint32_t) * ((size_t)map->state_count + 1));
    if (!map->shapes || !map->asked_for) {
        return rp_arena_failure(builder->arena, builder->error);
    }
    for (uint32_t i = 0; i < builder->image->shape_count; i++) {
        if (map->starts[i] != 0) {
            RP_TRY(add_targets(builder, i));
        }
    }
    return rp_graph_freeze(&map->by_target, builder->error);
}

/* The orders come last, when no step is added any more. */
RpStatus
rp_read_map_make(const RpImage *image, RpArena *arena, RpReadMap **map, RpError *error)
{
    Builder builder = {.image = image, .arena = arena, .error = error};
    uint8_t *signs;

    RP_TRY(rp_shape_signs_find(image, arena, &signs, error));
    builder.signs = signs;
    builder.map = rp_arena_allocate_zero(arena, sizeof(RpReadMap));
    if (!builder.map) {
        return rp_arena_failure(arena, error);
    }
    rp_graph_init(&builder.map->by_term, arena, NULL);
    rp_graph_init(&builder.map->by_target, arena, NULL);
    rp_graph_init(&builder.map->classes[0], arena, NULL);
    rp_graph_init(&builder.map->classes[1], arena, NULL);
    RP_TRY(make_shapes(&builder));
    RP_TRY(make_by_term(&builder));
    RP_TRY(make_classes(&builder));
    RP_TRY(make_order(&builder, true, &builder.map->out));
    RP_TRY(make_order(&builder, false, &builder.map->into));
    *map = builder.map;
    return RP_OK;
}
