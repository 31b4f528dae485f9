/*
 * What is left out because it is ill-formed or not implemented and the caller asked for that, and
 * what else has to go for it, so that what is left never refuses what the whole text accepts.
 *
 * A shape that lost a constraint asks for less than its text: it is weakened. So is what refers to
 * a weakened shape; and where it does so by a negation, or both ways, it would ask for more: that
 * constraint goes too. A shape that lost all of its constraints is met by every node: a constraint
 * that does no more than refer to it goes unnamed, as the shape is named, but an sh:or of which it
 * is an alternative is named. A shape that lost a property does not know all properties that its
 * sh:closed allows, nor its property shapes all their siblings: sh:closed goes, and the
 * sh:qualifiedMaxCount of disjoint siblings.
 *
 * This spreads from the shapes that lost something backwards along the references, each followed
 * once for each mark. Deactivated shapes pass nothing on: every node conforms to them anyway.
 */
#include <stdio.h>

#include "shacl/shape_error.h"
#include "shacl/shape_reader_internal.h"

/* The kind of a member of sh:and that goes. */
static const RpOperandKind removed = (RpOperandKind)0;

/* A constraint's reference to a shape. */
typedef struct RpReferrer {
    uint32_t shape;
    uint32_t constraint;
    uint32_t operand;
} RpReferrer;

typedef struct RpSpreading {
    RpShapeReader *reader;
    uint32_t *starts; /* the referrers of shape s are referrers[starts[s]] to [starts[s + 1]] */
    RpReferrer *referrers;
    uint32_t *live_counts; /* by shape: constraints that are still there */
    uint32_t *queue;       /* of shapes that got a mark */
    uint32_t queue_count;
} RpSpreading;

static bool
copy_text(RpArena *arena, const char *text, RpText *copy)
{
    return rp_arena_copy_text(arena, rp_text_from(text), copy);
}

static RpStatus
list(RpShapeReader *reader, RpTermId node)
{
    RpShapes *shapes = reader->shapes;
    const RpError *error = reader->error;
    RpLeftOut entry = {.node = node, .line = error->line, .column = error->column};
    RpLeftOut *left_out =
        rp_arena_grow(shapes->arena, shapes->left_out, shapes->left_out_count,
                      shapes->left_out_count + 1, &reader->left_out_capacity, sizeof *left_out);

    if (left_out == NULL || !copy_text(shapes->arena, error->message, &entry.message) ||
        !copy_text(shapes->arena, error->detail, &entry.detail)) {
        return rp_arena_failure(shapes->arena, reader->error);
    }
    left_out[shapes->left_out_count++] = entry;
    shapes->left_out = left_out;
    return RP_OK;
}

RpStatus
rp_shape_left_out_add(RpShapeReader *reader, RpTermId node, RpLoss loss)
{
    static const uint16_t marks[] = {[RP_LOSS_NONE] = 0,
                                     [RP_LOSS_CONSTRAINT] = RP_MARK_WEAKENED,
                                     [RP_LOSS_PROPERTY] = RP_MARK_WEAKENED | RP_MARK_LESS_OPEN,
                                     [RP_LOSS_SHAPE] = RP_MARK_LEFT_OUT};

    size_t length = strlen(reader->error->message);

    reader->marks[node] |= marks[loss];
    if (loss == RP_LOSS_SHAPE) {
        (void)snprintf(reader->error->message + length, sizeof reader->error->message - length,
                       "; nothing of the shape is enforced");
    }
    return list(reader, node);
}

static RpVocabulary
parameter_of(const RpConstraint *constraint)
{
    return rp_component_table[constraint->component].parameter;
}

static bool
is_void(const RpConstraint *constraint)
{
    return constraint->component == RP_COMPONENT_NONE;
}

/* Visit the references of one shape: counts them in starts, or fills them in. */
static RpStatus
visit_references(RpSpreading *spreading, uint32_t index)
{
    RpShapes *shapes = spreading->reader->shapes;
    const RpShape *shape = &shapes->shapes[index];

    for (uint32_t i = 0; i < shape->constraint_count; i++) {
        const RpConstraint *constraint = &shape->constraints[i];

        for (uint32_t j = 0; j < constraint->operand_count; j++) {
            uint32_t reference = constraint->operands[j].shape;

            RP_TRY(rp_arena_poll(shapes->arena, spreading->reader->error));
            if (constraint->operands[j].kind != RP_OPERAND_SHAPE) {
                continue;
            }
            if (spreading->referrers == NULL) {
                spreading->starts[reference + 1]++;
            } else {
                spreading->referrers[spreading->starts[reference]++] = (RpReferrer){index, i, j};
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
    spreading->live_counts = rp_arena_allocate(arena, ((size_t)count + 1) * sizeof(uint32_t));
    /* Each shape enters once at first, and once for each of two marks that it may get later. */
    spreading->queue = rp_arena_allocate(arena, ((size_t)count * 3 + 1) * sizeof(uint32_t));
    if (spreading->starts == NULL || spreading->live_counts == NULL || spreading->queue == NULL) {
        return rp_arena_failure(arena, error);
    }
    for (uint32_t i = 0; i < count; i++) {
        spreading->live_counts[i] = spreading->reader->shapes->shapes[i].constraint_count;
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

/* Give a shape a mark that it does not have, and have it passed on. */
static void
mark(RpSpreading *spreading, uint32_t index, uint16_t new_mark)
{
    const RpShape *shape = &spreading->reader->shapes->shapes[index];
    uint16_t *marks = &spreading->reader->marks[shape->node];

    if ((*marks & (new_mark | RP_MARK_LEFT_OUT)) == 0 && !shape->is_deactivated) {
        *marks |= new_mark;
        spreading->queue[spreading->queue_count++] = index;
    }
}

/* Take a constraint away. Its shape asks for less. */
static void
void_constraint(RpSpreading *spreading, uint32_t index, RpConstraint *constraint)
{
    constraint->component = RP_COMPONENT_NONE;
    mark(spreading, index, RP_MARK_WEAKENED);
    if (--spreading->live_counts[index] == 0) {
        mark(spreading, index, RP_MARK_EMPTIED);
    }
}

/* The same by name: the parameter, the reason, and the shape that is the cause. */
static RpStatus
leave_out(RpSpreading *spreading, uint32_t index, RpConstraint *constraint, const char *reason,
          uint32_t cause)
{
    RpShapeReader *reader = spreading->reader;
    const RpShapesGraph *graph = reader->shapes->graph;
    const RpShape *shapes = reader->shapes->shapes;
    RpShown shown_parameter, shown_cause;

    rp_shape_error_set(reader->error, RP_ILL_FORMED, graph, shapes[index].node, "%s %s%s",
                       rp_shape_error_show(graph, parameter_of(constraint), &shown_parameter),
                       reason, rp_shape_error_show(graph, shapes[cause].node, &shown_cause));
    void_constraint(spreading, index, constraint);
    return list(reader, shapes[index].node);
}

/* Whether a qualified count leaves the values of sibling shapes aside. */
static bool
has_disjoint_siblings(const RpShapeReader *reader, const RpShape *shape)
{
    RpTripleRange values =
        rp_shape_reader_values(reader, shape->node, RP_VOCABULARY_sh_qualifiedValueShapesDisjoint);

    return values.first < values.end &&
           rp_text_equals(
               rp_dictionary_term(&reader->shapes->graph->dictionary, values.first->object).lexical,
               RP_TEXT("true"));
}

/* A property shape does not know all of its siblings: too few are left aside. */
static RpStatus
forget_sibling(RpSpreading *spreading, uint32_t index, uint32_t parent)
{
    RpShape *shape = &spreading->reader->shapes->shapes[index];

    for (uint32_t i = 0; i < shape->constraint_count; i++) {
        if (!is_void(&shape->constraints[i]) &&
            parameter_of(&shape->constraints[i]) == RP_VOCABULARY_sh_qualifiedMaxCount &&
            has_disjoint_siblings(spreading->reader, shape)) {
            RP_TRY(leave_out(spreading, index, &shape->constraints[i],
                             "cannot be enforced without all properties of the shape ", parent));
        }
    }
    return RP_OK;
}

/*
 * A shape does not know all properties that its text lists. Siblings are by the graph, too; and
 * what an unknown term refers to may be a property of the shape, which then does not know its
 * siblings.
 */
static RpStatus
forget_property(RpSpreading *spreading, uint32_t index)
{
    RpShapeReader *reader = spreading->reader;
    RpShape *shape = &reader->shapes->shapes[index];
    RpTripleRange triples = rp_shape_reader_triples(reader, shape->node);

    for (uint32_t i = 0; i < shape->constraint_count; i++) {
        RpConstraint *constraint = &shape->constraints[i];

        if (!is_void(constraint) && parameter_of(constraint) == RP_VOCABULARY_sh_closed) {
            RP_TRY(leave_out(spreading, index, constraint,
                             "cannot be enforced without all properties of the shape ", index));
        }
    }
    for (const RpTriple *triple = triples.first; triple < triples.end; triple++) {
        uint32_t sibling = reader->shape_of_node[triple->object];

        if (sibling != 0 && (triple->predicate == RP_VOCABULARY_sh_property ||
                             rp_shape_terms_are_unknown(reader, triple->predicate))) {
            RP_TRY(forget_sibling(spreading, sibling - 1, index));
        }
    }
    return RP_OK;
}

/* Whether a deactivated shape, of which nothing is listed, may have a property by an unknown term.
 */
static bool
hides_property(const RpShapeReader *reader, const RpShape *shape)
{
    RpTripleRange triples = rp_shape_reader_triples(reader, shape->node);

    for (const RpTriple *triple = triples.first; shape->is_deactivated && triple < triples.end;
         triple++) {
        if (reader->shape_of_node[triple->object] != 0 &&
            rp_shape_terms_are_unknown(reader, triple->predicate)) {
            return true;
        }
    }
    return false;
}

/* One of its property shapes is left out. */
static RpStatus
lose_property(RpSpreading *spreading, uint32_t index)
{
    uint16_t *marks = &spreading->reader->marks[spreading->reader->shapes->shapes[index].node];

    if (*marks & RP_MARK_LESS_OPEN) {
        return RP_OK;
    }
    *marks |= RP_MARK_LESS_OPEN;
    return forget_property(spreading, index);
}

/* Take a member of sh:and away, to which every node conforms. The first one counts those gone. */
static void
remove_member(RpSpreading *spreading, const RpReferrer *referrer, RpConstraint *constraint)
{
    constraint->operands[referrer->operand].kind = removed;
    if (++constraint->operands[0].integer == constraint->operand_count) {
        void_constraint(spreading, referrer->shape, constraint);
    }
}

/* What a shape of which nothing is left does to a constraint that refers to it. */
static RpStatus
spread_nothing(RpSpreading *spreading, const RpReferrer *referrer, RpConstraint *constraint,
               uint32_t cause)
{
    bool is_left_out = rp_shape_reader_leaves_out(spreading->reader, cause);
    RpVocabulary parameter = parameter_of(constraint);

    switch (parameter) {
    case RP_VOCABULARY_sh_property:
    case RP_VOCABULARY_sh_node:
        void_constraint(spreading, referrer->shape, constraint);
        return is_left_out && parameter == RP_VOCABULARY_sh_property
                   ? lose_property(spreading, referrer->shape)
                   : RP_OK;
    case RP_VOCABULARY_sh_and:
        remove_member(spreading, referrer, constraint);
        return RP_OK;
    case RP_VOCABULARY_sh_or:
        return leave_out(spreading, referrer->shape, constraint,
                         "asks for nothing, as nothing is left of the shape ", cause);
    default:
        if (is_left_out || rp_shape_operand_signs(parameter, referrer->operand) & RP_SIGN_NEGATED) {
            return leave_out(spreading, referrer->shape, constraint,
                             "cannot be enforced, as nothing is left of the shape ", cause);
        }
        return RP_OK;
    }
}

/* What a shape that lacks something does to a constraint that refers to it. */
static RpStatus
spread_to(RpSpreading *spreading, const RpReferrer *referrer, uint32_t cause)
{
    RpShapeReader *reader = spreading->reader;
    RpShape *shape = &reader->shapes->shapes[referrer->shape];
    RpConstraint *constraint = &shape->constraints[referrer->constraint];
    uint16_t marks = reader->marks[reader->shapes->shapes[cause].node];

    if (is_void(constraint) || constraint->operands[referrer->operand].kind == removed ||
        (shape->is_deactivated && !(marks & RP_MARK_LEFT_OUT))) {
        return RP_OK;
    }
    mark(spreading, referrer->shape, RP_MARK_WEAKENED);
    if (marks & (RP_MARK_LEFT_OUT | RP_MARK_EMPTIED)) {
        return spread_nothing(spreading, referrer, constraint, cause);
    }
    if (rp_shape_operand_signs(parameter_of(constraint), referrer->operand) & RP_SIGN_NEGATED) {
        return leave_out(spreading, referrer->shape, constraint,
                         "cannot be enforced, as it negates what is left of the shape ", cause);
    }
    return RP_OK;
}

static RpStatus
spread_from(RpSpreading *spreading, uint32_t index)
{
    RpShapes *shapes = spreading->reader->shapes;

    for (uint32_t i = spreading->starts[index]; i < spreading->starts[index + 1]; i++) {
        RP_TRY(rp_arena_poll(shapes->arena, spreading->reader->error));
        RP_TRY(spread_to(spreading, &spreading->referrers[i], index));
    }
    return RP_OK;
}

/* Begin with the shapes that lack something themselves. */
static RpStatus
begin(RpSpreading *spreading)
{
    RpShapeReader *reader = spreading->reader;

    for (uint32_t i = 0; i < reader->shapes->shape_count; i++) {
        const RpShape *shape = &reader->shapes->shapes[i];
        uint16_t *marks = &reader->marks[shape->node];

        if (*marks & (RP_MARK_LESS_OPEN | RP_MARK_LEFT_OUT) || hides_property(reader, shape)) {
            RP_TRY(forget_property(spreading, i));
        }
        if (shape->is_deactivated && !(*marks & RP_MARK_LEFT_OUT)) {
            continue;
        }
        if (*marks & RP_MARK_WEAKENED && spreading->live_counts[i] == 0) {
            *marks |= RP_MARK_EMPTIED;
        }
        if (*marks & (RP_MARK_LEFT_OUT | RP_MARK_WEAKENED)) {
            spreading->queue[spreading->queue_count++] = i;
        }
    }
    return RP_OK;
}

/* Close the gaps: constraints that are void, members of sh:and that are removed. */
static void
close_gaps(RpShape *shape)
{
    uint32_t kept = 0;

    for (uint32_t i = 0; i < shape->constraint_count; i++) {
        RpConstraint constraint = shape->constraints[i];
        uint32_t operands = 0;

        if (is_void(&constraint)) {
            continue;
        }
        for (uint32_t j = 0; j < constraint.operand_count; j++) {
            if (constraint.operands[j].kind != removed) {
                constraint.operands[operands++] = constraint.operands[j];
            }
        }
        constraint.operand_count = operands;
        shape->constraints[kept++] = constraint;
    }
    shape->constraint_count = kept;
}

RpStatus
rp_shape_left_out_spread(RpShapeReader *reader)
{
    RpSpreading spreading = {.reader = reader};
    RpShapes *shapes = reader->shapes;

    if (shapes->left_out_count == 0) {
        return RP_OK;
    }
    RP_TRY(index_referrers(&spreading));
    RP_TRY(begin(&spreading));
    for (uint32_t i = 0; i < spreading.queue_count; i++) {
        RP_TRY(spread_from(&spreading, spreading.queue[i]));
    }
    for (uint32_t i = 0; i < shapes->shape_count; i++) {
        RP_TRY(rp_arena_poll(shapes->arena, reader->error));
        close_gaps(&shapes->shapes[i]);
    }
    return RP_OK;
}

/* Whether a constraint negates a shape of a cycle. */
static bool
negates_cycle(const RpShapes *shapes, const RpConstraint *constraint, uint32_t cycle)
{
    for (uint32_t i = 0; i < constraint->operand_count; i++) {
        const RpOperand *operand = &constraint->operands[i];

        if (operand->kind == RP_OPERAND_SHAPE && shapes->shapes[operand->shape].cycle == cycle &&
            rp_shape_operand_signs(parameter_of(constraint), i) & RP_SIGN_NEGATED) {
            return true;
        }
    }
    return false;
}

RpStatus
rp_shape_left_out_negations(RpShapeReader *reader, const uint32_t *cycle, uint32_t count)
{
    RpShapes *shapes = reader->shapes;

    reader->has_cut_cycles = true;
    for (uint32_t i = 0; i < count; i++) {
        RpShape *shape = &shapes->shapes[cycle[i]];

        for (uint32_t j = 0; j < shape->constraint_count; j++) {
            RpShown shown;

            RP_TRY(rp_arena_poll(shapes->arena, reader->error));
            if (negates_cycle(shapes, &shape->constraints[j], shape->cycle)) {
                rp_shape_error_set(
                    reader->error, RP_UNSUPPORTED, shapes->graph, shape->node,
                    "%s cannot be enforced, as the shape refers to itself through a negation",
                    rp_shape_error_show(shapes->graph, parameter_of(&shape->constraints[j]),
                                        &shown));
                RP_TRY(rp_shape_left_out_add(reader, shape->node, RP_LOSS_CONSTRAINT));
                shape->constraints[j].component = RP_COMPONENT_NONE;
            }
        }
        close_gaps(shape);
    }
    return RP_OK;
}
