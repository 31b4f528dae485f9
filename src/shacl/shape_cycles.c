/*
 * Shapes that refer to themselves, over other shapes or not. The shapes that refer to each other in
 * a cycle (a strongly connected component of the references) are numbered, and the validator
 * evaluates them together, as a fixpoint. That has a meaning where no way round the cycle passes
 * an odd number of negations; where one does, the shapes are refused and the way is printed.
 * References from deactivated shapes are none, since to these everything conforms.
 *
 * Tarjan's algorithm on a stack of its own. It finishes cycles after all that they refer to, so
 * the depth of shapes within shapes comes with it: inside a cycle there is no depth, since the
 * validator keeps a table there instead of recursing. SHACL Recommendation, section 3.4.3.
 */
#include "base/buffer.h"
#include "shacl/shape_error.h"
#include "shacl/shape_reader_internal.h"

enum {
    /* A cycle's shapes are evaluated within each other up to so many times more: to decide the
     * table, for a result, and for its details. */
    RP_CYCLE_DEPTH = 2
};

/* One reference of a shape to a shape. */
typedef struct RpShapeReference {
    uint32_t shape;
    uint8_t signs;
    RpVocabulary parameter;
} RpShapeReference;

/* Where a walk stands in the references of a shape. */
typedef struct RpShapeVisit {
    uint32_t shape;
    uint32_t constraint;
    uint32_t operand;
} RpShapeVisit;

/* A shape with whether an odd number of negations led to it: where it was reached from. */
typedef struct RpParityState {
    uint32_t parent; /* a state + 1; 0: not reached */
    RpVocabulary parameter;
    bool is_negated; /* the step from the parent */
} RpParityState;

typedef struct RpCycleSearch {
    RpShapeReader *reader;
    RpShapeVisit *visits; /* the way from a root to the shape of the moment */
    uint32_t visit_count;
    uint32_t *open; /* shapes whose cycle is not known yet, in the order of their numbers */
    uint32_t open_count;
    bool *is_open;
    uint32_t *numbers; /* by shape: when it was met, from 1; 0: not yet */
    uint32_t *lows;    /* by shape: the lowest number of an open shape that it leads to */
    uint32_t *depths;  /* by shape: 1 + that of the deepest reference out of its cycle */
    uint32_t last_number;
    uint32_t cycle_count;
    RpParityState *states; /* by shape * 2 + parity */
    uint32_t *queue;       /* of states */
} RpCycleSearch;

/* The next shape that the shape of the visit refers to; false: none is left. */
static bool
next_reference(const RpShapes *shapes, RpShapeVisit *visit, RpShapeReference *reference)
{
    const RpShape *shape = &shapes->shapes[visit->shape];

    while (!shape->is_deactivated && visit->constraint < shape->constraint_count) {
        const RpConstraint *constraint = &shape->constraints[visit->constraint];
        RpVocabulary parameter = rp_component_table[constraint->component].parameter;

        while (visit->operand < constraint->operand_count) {
            uint32_t index = visit->operand++;

            if (constraint->operands[index].kind == RP_OPERAND_SHAPE) {
                reference->shape = constraint->operands[index].shape;
                reference->signs = rp_shape_operand_signs(parameter, index);
                reference->parameter = parameter;
                return true;
            }
        }
        visit->constraint++;
        visit->operand = 0;
    }
    return false;
}

/* Print the way round from the root without to the root with an odd number of negations. */
static RpStatus
refuse_cycle(const RpCycleSearch *search, uint32_t root)
{
    const RpShapesGraph *graph = search->reader->shapes->graph;
    const RpShape *shapes = search->reader->shapes->shapes;
    RpError *error = search->reader->error;
    uint32_t count = 0;
    RpBuffer buffer;
    RpShown shown;

    for (uint32_t state = root * 2 + 1; state != root * 2;
         state = search->states[state].parent - 1) {
        search->queue[count++] = state;
    }
    rp_buffer_init(&buffer, graph->arena);
    rp_buffer_append_string(&buffer, rp_shape_error_show(graph, shapes[root].node, &shown));
    while (count > 0) {
        uint32_t state = search->queue[--count];

        if (search->states[state].is_negated) {
            rp_buffer_append_format(
                &buffer, " -%s-> ",
                rp_shape_error_show(graph, (RpTermId)search->states[state].parameter, &shown));
        } else {
            rp_buffer_append_string(&buffer, " -> ");
        }
        rp_buffer_append_string(&buffer,
                                rp_shape_error_show(graph, shapes[state / 2].node, &shown));
    }
    RP_TRY(rp_buffer_status(&buffer, error));
    rp_shape_error_set(error, RP_UNSUPPORTED, graph, shapes[root].node,
                       "refers to itself through a negation");
    return rp_error_detail(error, "%.*s", (int)buffer.length, buffer.data);
}

/* Reach a state, unless it has been reached. */
static void
reach(RpCycleSearch *search, uint32_t from, const RpShapeReference *reference, bool is_negated,
      uint32_t *queue_count)
{
    uint32_t state = reference->shape * 2 + ((from & 1) ^ is_negated);

    if (search->states[state].parent == 0) {
        search->states[state] = (RpParityState){from + 1, reference->parameter, is_negated};
        search->queue[(*queue_count)++] = state;
    }
}

/*
 * Walk the cycle that root is of with the parity of the negations passed. Either the root itself
 * is met with odd parity, or each shape has one parity.
 */
static RpStatus
check_parity(RpCycleSearch *search, uint32_t root)
{
    RpShapes *shapes = search->reader->shapes;
    uint32_t queue_count = 0;
    RpShapeReference reference;

    search->states[root * 2].parent = root * 2 + 1;
    search->queue[queue_count++] = root * 2;
    for (uint32_t i = 0; i < queue_count; i++) {
        uint32_t state = search->queue[i];
        RpShapeVisit visit = {state / 2, 0, 0};

        while (next_reference(shapes, &visit, &reference)) {
            RP_TRY(rp_arena_poll(shapes->arena, search->reader->error));
            if (shapes->shapes[reference.shape].cycle != shapes->shapes[root].cycle) {
                continue;
            }
            if (reference.signs & RP_SIGN_PLAIN) {
                reach(search, state, &reference, false, &queue_count);
            }
            if (reference.signs & RP_SIGN_NEGATED) {
                reach(search, state, &reference, true, &queue_count);
            }
        }
        if (search->states[root * 2 + 1].parent != 0) {
            return refuse_cycle(search, root);
        }
        shapes->shapes[state / 2].is_inverted = (state & 1) != 0;
    }
    return RP_OK;
}

static bool
refers_to_itself(const RpShapes *shapes, uint32_t shape)
{
    RpShapeVisit visit = {shape, 0, 0};
    RpShapeReference reference;

    while (next_reference(shapes, &visit, &reference)) {
        if (reference.shape == shape) {
            return true;
        }
    }
    return false;
}

/* Number the cycle of the open shapes from first up; the one that the text names first is root. */
static RpStatus
number_cycle(RpCycleSearch *search, uint32_t first)
{
    RpShapes *shapes = search->reader->shapes;
    uint32_t root = search->open[first];
    RpStatus status;

    search->cycle_count++;
    for (uint32_t i = first; i < search->open_count; i++) {
        uint32_t shape = search->open[i];

        shapes->shapes[shape].cycle = search->cycle_count;
        if (shapes->shapes[shape].node < shapes->shapes[root].node) {
            root = shape;
        }
    }
    status = check_parity(search, root);
    if (status == RP_UNSUPPORTED && search->reader->options->leaves_out) {
        return rp_shape_left_out_negations(search->reader, search->open + first,
                                           search->open_count - first);
    }
    return rp_shape_reader_note(search->reader, shapes->shapes[root].node, status,
                                RP_LOSS_CONSTRAINT);
}

/* Give the open shapes from first up their depth. */
static RpStatus
set_depth(RpCycleSearch *search, uint32_t first, uint32_t extra_depth)
{
    RpShapeReader *reader = search->reader;
    RpTermId node = reader->shapes->shapes[search->open[first]].node;
    uint32_t depth = 0;

    for (uint32_t i = first; i < search->open_count; i++) {
        if (depth < search->depths[search->open[i]]) {
            depth = search->depths[search->open[i]];
        }
    }
    depth += extra_depth;
    for (uint32_t i = first; i < search->open_count; i++) {
        search->depths[search->open[i]] = depth;
        search->is_open[search->open[i]] = false;
    }
    if (depth <= reader->options->depth_limit) {
        return RP_OK;
    }
    rp_shape_error_set(reader->error, RP_TOO_DEEP, reader->shapes->graph, node,
                       "shapes within shapes are nested more than %u deep",
                       reader->options->depth_limit);
    return rp_shape_reader_note(reader, node, RP_TOO_DEEP, RP_LOSS_NONE);
}

/* All that a cycle, or a shape that is in none, refers to is known: close it. */
static RpStatus
close_shapes(RpCycleSearch *search, uint32_t shape)
{
    uint32_t first = search->open_count - 1;
    bool is_cycle;

    while (search->open[first] != shape) {
        first--;
    }
    is_cycle = search->open_count - first > 1 || refers_to_itself(search->reader->shapes, shape);
    if (is_cycle) {
        RP_TRY(number_cycle(search, first));
    }
    RP_TRY(set_depth(search, first, is_cycle ? RP_CYCLE_DEPTH : 0));
    search->open_count = first;
    return RP_OK;
}

/* A reference is known: it is open, so both are of one cycle, or closed, and below. */
static void
take_reference(RpCycleSearch *search, uint32_t shape, uint32_t reference)
{
    if (!search->is_open[reference]) {
        if (search->depths[shape] < search->depths[reference] + 1) {
            search->depths[shape] = search->depths[reference] + 1;
        }
    } else if (search->lows[reference] < search->lows[shape]) {
        search->lows[shape] = search->lows[reference];
    }
}

static void
enter(RpCycleSearch *search, uint32_t shape)
{
    search->numbers[shape] = search->lows[shape] = ++search->last_number;
    search->depths[shape] = 1;
    search->open[search->open_count++] = shape;
    search->is_open[shape] = true;
    search->visits[search->visit_count++] = (RpShapeVisit){shape, 0, 0};
}

/* Leave the shape of the moment, its references being known. */
static RpStatus
leave(RpCycleSearch *search)
{
    uint32_t shape = search->visits[--search->visit_count].shape;

    if (search->lows[shape] == search->numbers[shape]) {
        RP_TRY(close_shapes(search, shape));
    }
    if (search->visit_count > 0) {
        take_reference(search, search->visits[search->visit_count - 1].shape, shape);
    }
    return RP_OK;
}

/* Walk all that is below one shape. */
static RpStatus
search_from(RpCycleSearch *search, uint32_t root)
{
    const RpShapes *shapes = search->reader->shapes;
    RpShapeReference reference;

    enter(search, root);
    while (search->visit_count > 0) {
        RpShapeVisit *visit = &search->visits[search->visit_count - 1];

        RP_TRY(rp_arena_poll(shapes->arena, search->reader->error));
        if (!next_reference(shapes, visit, &reference)) {
            RP_TRY(leave(search));
        } else if (search->numbers[reference.shape] == 0) {
            enter(search, reference.shape);
        } else {
            take_reference(search, visit->shape, reference.shape);
        }
    }
    return RP_OK;
}

RpStatus
rp_shape_cycles_find(RpShapeReader *reader)
{
    RpArena *arena = reader->shapes->arena;
    size_t count = reader->shapes->shape_count;
    RpCycleSearch search = {.reader = reader};

    search.visits = rp_arena_allocate(arena, count * sizeof *search.visits);
    search.open = rp_arena_allocate(arena, count * sizeof *search.open);
    search.is_open = rp_arena_allocate_zero(arena, count * sizeof *search.is_open);
    search.numbers = rp_arena_allocate_zero(arena, count * sizeof *search.numbers);
    search.lows = rp_arena_allocate_zero(arena, count * sizeof *search.lows);
    search.depths = rp_arena_allocate_zero(arena, count * sizeof *search.depths);
    search.states = rp_arena_allocate_zero(arena, count * 2 * sizeof *search.states);
    search.queue = rp_arena_allocate(arena, count * 2 * sizeof *search.queue);
    if (search.visits == NULL || search.open == NULL || search.is_open == NULL ||
        search.numbers == NULL || search.lows == NULL || search.depths == NULL ||
        search.states == NULL || search.queue == NULL) {
        return rp_arena_failure(arena, reader->error);
    }
    for (uint32_t i = 0; i < count; i++) {
        reader->shapes->shapes[i].cycle = 0;
        reader->shapes->shapes[i].is_inverted = false;
    }
    for (uint32_t i = 0; i < count; i++) {
        if (search.numbers[i] == 0) {
            RP_TRY(search_from(&search, i));
        }
    }
    return RP_OK;
}
