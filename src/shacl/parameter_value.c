/*
 * Values of parameters that the graph declares, against what their declarations ask as property
 * shapes (SHACL Recommendation, 6.2.1: a shape whose values break that is ill-formed). The graph
 * that is looked at is the shapes graph. What is asked in other ways than here is not checked,
 * which a warning says.
 */
#include "base/utf8.h"
#include "shacl/node_walk.h"
#include "shacl/shape_error.h"
#include "shacl/shape_findings.h"
#include "shacl/term_kind.h"
#include "xsd/compare.h"
#include "xsd/pattern.h"

/* Shapes may share parts, so that a small text asks much. */
enum { RP_PARAMETER_STEP_LIMIT = 1 << 22 };

typedef enum Answer { ANSWER_NO, ANSWER_YES, ANSWER_UNKNOWN } Answer;

typedef struct Checking {
    RpShapeReader *reader;
    uint32_t steps;
    uint32_t value_count; /* of the parameter on the shape */
} Checking;

static RpStatus check_shape(Checking *checking, uint32_t index, RpTermId value, uint32_t depth,
                            Answer *answer);

static Answer
answer_of(bool is_true)
{
    return is_true ? ANSWER_YES : ANSWER_NO;
}

/* Whether an instance of a class. What the text does not say of a node, data may. */
static RpStatus
check_class(Checking *checking, RpTermId value, RpTermId class_id, Answer *answer)
{
    RpShapeReader *reader = checking->reader;
    RpTermId property = RP_VOCABULARY_rdf_type;
    RpTermId node = value;
    RpNodeWalk walk;

    *answer = ANSWER_UNKNOWN;
    RP_TRY(rp_node_walk_begin(&walk, reader, reader->shapes->arena));
    do {
        RpTripleRange classes = rp_shape_reader_values(reader, node, property);

        for (const RpTriple *triple = classes.first; triple < classes.end; triple++) {
            if (triple->object == class_id) {
                *answer = ANSWER_YES;
            }
            RP_TRY(rp_node_walk_add(&walk, triple->object));
        }
        property = RP_VOCABULARY_rdfs_subClassOf;
    } while (*answer == ANSWER_UNKNOWN && rp_node_walk_next(&walk, &node));
    return RP_OK;
}

/* The order of a bound to a value; the component's IRI says which are allowed. */
static Answer
check_bound(const RpDictionary *dictionary, RpVocabulary component, RpTermId bound, RpTermId value)
{
    RpTerm bound_term = rp_dictionary_term(dictionary, bound);
    RpTerm value_term = rp_dictionary_term(dictionary, value);
    RpOrder order = rp_value_compare(&bound_term, rp_dictionary_datatype(dictionary, bound),
                                     &value_term, rp_dictionary_datatype(dictionary, value));

    switch (component) {
    case RP_VOCABULARY_sh_MinInclusiveConstraintComponent:
        return answer_of(order == RP_ORDER_LESS || order == RP_ORDER_EQUAL);
    case RP_VOCABULARY_sh_MaxInclusiveConstraintComponent:
        return answer_of(order == RP_ORDER_GREATER || order == RP_ORDER_EQUAL);
    case RP_VOCABULARY_sh_MinExclusiveConstraintComponent:
        return answer_of(order == RP_ORDER_LESS);
    default:
        return answer_of(order == RP_ORDER_GREATER);
    }
}

static Answer
check_length(const RpDictionary *dictionary, bool is_minimum, int64_t bound, RpTermId value)
{
    RpTerm term = rp_dictionary_term(dictionary, value);
    int64_t length = (int64_t)rp_utf8_count(term.lexical);

    return answer_of(term.kind != RP_BLANK && (is_minimum ? length >= bound : length <= bound));
}

static RpStatus
check_pattern(const Checking *checking, RpTermId program, RpTermId value, Answer *answer)
{
    const RpShapes *shapes = checking->reader->shapes;
    const RpDictionary *dictionary = &shapes->graph->dictionary;
    RpTerm term = rp_dictionary_term(dictionary, value);
    bool matches = false;

    if (term.kind != RP_BLANK) {
        RP_TRY(rp_pattern_matches(shapes->arena->host,
                                  rp_dictionary_term(dictionary, program).lexical, term.lexical,
                                  &matches, checking->reader->error));
    }
    *answer = answer_of(matches);
    return RP_OK;
}

static Answer
check_member(const RpOperand *members, RpTermId value)
{
    for (uint32_t i = 0; i < members->term_count; i++) {
        if (members->terms[i] == value) {
            return ANSWER_YES;
        }
    }
    return ANSWER_NO;
}

/* How many of the shapes a value conforms to, and for how many that is not known. */
static RpStatus
check_shapes(Checking *checking, const RpConstraint *constraint, RpTermId value, uint32_t depth,
             Answer *answer)
{
    RpVocabulary component = rp_component_table[constraint->component].iri;
    uint32_t counts[3] = {0};
    uint32_t total = constraint->operand_count;

    for (uint32_t i = 0; i < total; i++) {
        Answer one;

        RP_TRY(check_shape(checking, constraint->operands[i].shape, value, depth + 1, &one));
        counts[one]++;
    }
    *answer = counts[ANSWER_UNKNOWN] > 0 ? ANSWER_UNKNOWN : answer_of(counts[ANSWER_YES] == total);
    if (component == RP_VOCABULARY_sh_NotConstraintComponent && *answer != ANSWER_UNKNOWN) {
        *answer = answer_of(counts[ANSWER_NO] == total);
    } else if (component == RP_VOCABULARY_sh_XoneConstraintComponent && *answer != ANSWER_UNKNOWN) {
        *answer = answer_of(counts[ANSWER_YES] == 1);
    } else if (component == RP_VOCABULARY_sh_OrConstraintComponent) {
        *answer = counts[ANSWER_YES] > 0       ? ANSWER_YES
                  : counts[ANSWER_UNKNOWN] > 0 ? ANSWER_UNKNOWN
                                               : ANSWER_NO;
    } else if (counts[ANSWER_NO] > 0 && component != RP_VOCABULARY_sh_XoneConstraintComponent &&
               component != RP_VOCABULARY_sh_NotConstraintComponent) {
        *answer = ANSWER_NO;
    }
    return RP_OK;
}

static RpStatus
check_constraint(Checking *checking, const RpConstraint *constraint, RpTermId value, uint32_t depth,
                 Answer *answer)
{
    const RpDictionary *dictionary = &checking->reader->shapes->graph->dictionary;
    RpVocabulary component = rp_component_table[constraint->component].iri;
    const RpOperand *operands = constraint->operands;

    *answer = ANSWER_UNKNOWN;
    switch (component) {
    case RP_VOCABULARY_sh_DatatypeConstraintComponent:
        *answer = answer_of(rp_term_has_datatype(dictionary, value, operands[0].term));
        return RP_OK;
    case RP_VOCABULARY_sh_NodeKindConstraintComponent:
        *answer = answer_of(
            rp_node_kind_bits(operands[0].term) >> rp_dictionary_kind(dictionary, value) & 1);
        return RP_OK;
    case RP_VOCABULARY_sh_ClassConstraintComponent:
        return check_class(checking, value, operands[0].term, answer);
    case RP_VOCABULARY_sh_InConstraintComponent:
        *answer = check_member(&operands[0], value);
        return RP_OK;
    case RP_VOCABULARY_sh_MinLengthConstraintComponent:
    case RP_VOCABULARY_sh_MaxLengthConstraintComponent:
        *answer =
            check_length(dictionary, component == RP_VOCABULARY_sh_MinLengthConstraintComponent,
                         operands[0].integer, value);
        return RP_OK;
    case RP_VOCABULARY_sh_PatternConstraintComponent:
        return check_pattern(checking, operands[2].term, value, answer);
    case RP_VOCABULARY_sh_MinInclusiveConstraintComponent:
    case RP_VOCABULARY_sh_MaxInclusiveConstraintComponent:
    case RP_VOCABULARY_sh_MinExclusiveConstraintComponent:
    case RP_VOCABULARY_sh_MaxExclusiveConstraintComponent:
        *answer = check_bound(dictionary, component, operands[0].term, value);
        return RP_OK;
    case RP_VOCABULARY_sh_MinCountConstraintComponent:
        /* A shape that lacks the value has no constraint; so there is one value at least. */
        *answer = answer_of(depth > 0 || checking->value_count >= operands[0].integer);
        return RP_OK;
    case RP_VOCABULARY_sh_MaxCountConstraintComponent:
        *answer = answer_of(depth > 0 || checking->value_count <= operands[0].integer);
        return RP_OK;
    case RP_VOCABULARY_sh_NodeConstraintComponent:
    case RP_VOCABULARY_sh_AndConstraintComponent:
    case RP_VOCABULARY_sh_OrConstraintComponent:
    case RP_VOCABULARY_sh_XoneConstraintComponent:
    case RP_VOCABULARY_sh_NotConstraintComponent:
        return check_shapes(checking, constraint, value, depth, answer);
    default:
        return RP_OK;
    }
}

/* depth 0: a parameter's declaration; else a shape that it refers to: a node shape, or unknown. */
static RpStatus
check_shape(Checking *checking, uint32_t index, RpTermId value, uint32_t depth, Answer *answer)
{
    RpShapeReader *reader = checking->reader;
    const RpHost *host = reader->shapes->arena->host;
    const RpShape *shape = &reader->shapes->shapes[index];

    *answer = ANSWER_YES;
    if (shape->is_deactivated || rp_shape_reader_leaves_out(reader, index)) {
        return RP_OK;
    }
    if (depth > reader->options->depth_limit || host->stack_is_deep(host->state) ||
        (depth > 0 && shape->path != NULL)) {
        *answer = ANSWER_UNKNOWN;
        return RP_OK;
    }
    for (uint32_t i = 0; i < shape->constraint_count && *answer != ANSWER_NO; i++) {
        Answer one = ANSWER_UNKNOWN;

        RP_TRY(rp_arena_poll(reader->shapes->arena, reader->error));
        if (checking->steps < RP_PARAMETER_STEP_LIMIT) {
            checking->steps++;
            if (shape->constraints[i].component != RP_COMPONENT_NONE) {
                RP_TRY(check_constraint(checking, &shape->constraints[i], value, depth, &one));
            }
        }
        *answer = one == ANSWER_YES ? *answer : one;
    }
    return RP_OK;
}

/* The component of a constraint: they are in the order of their nodes. */
static RpDeclaredComponent *
component_of(const RpShapeReader *reader, const RpConstraint *constraint)
{
    uint32_t low = 0;
    uint32_t high = reader->component_count;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (reader->components[middle].node < constraint->operands[1].term) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return &reader->components[low];
}

static RpStatus
refuse(const RpShapeReader *reader, RpTermId shape, const RpDeclaredParameter *parameter,
       RpTermId value)
{
    const RpShapesGraph *graph = reader->shapes->graph;
    RpShown shown_predicate, shown_node, shown_value;

    rp_shape_error_set(reader->error, RP_ILL_FORMED, graph, shape,
                       "%s has a value that breaks what its declaration %s asks",
                       rp_shape_error_show(graph, parameter->predicate, &shown_predicate),
                       rp_shape_error_show(graph, parameter->node, &shown_node));
    rp_error_detail(reader->error, "The value is %s.",
                    rp_shape_error_show(graph, value, &shown_value));
    return rp_shape_error_rule(reader->error, "Parameter-conformance");
}

static RpStatus
warn(const RpShapeReader *reader, const RpDeclaredComponent *component,
     RpDeclaredParameter *parameter)
{
    const RpShapesGraph *graph = reader->shapes->graph;
    RpShown shown_predicate, shown_component;

    if (parameter->was_warned) {
        return RP_OK;
    }
    parameter->was_warned = true;
    return rp_shape_findings_warning(
        reader->shapes, parameter->node, "unchecked-parameter", reader->error,
        "declares the parameter %s of %s, and asks more of its values than is checked",
        rp_shape_error_show(graph, parameter->predicate, &shown_predicate),
        rp_shape_error_show(graph, component->node, &shown_component));
}

/* All parameters of one constraint. */
static RpStatus
check_parameters(Checking *checking, const RpShape *shape, const RpConstraint *constraint)
{
    RpShapeReader *reader = checking->reader;
    RpDeclaredComponent *component = component_of(reader, constraint);

    for (uint32_t i = 0; i < component->parameter_count; i++) {
        RpDeclaredParameter *parameter = &component->parameters[i];
        RpTermId value = constraint->operands[RP_QUERY_OPERANDS + i].term;
        uint32_t declaration = reader->shape_of_node[parameter->node];
        Answer answer = ANSWER_YES;

        if (value == RP_TERM_NONE || declaration == 0) {
            continue;
        }
        checking->value_count = rp_triple_range_count(
            rp_shape_reader_values(reader, shape->node, parameter->predicate));
        RP_TRY(check_shape(checking, declaration - 1, value, 0, &answer));
        if (answer == ANSWER_NO) {
            return refuse(reader, shape->node, parameter, value);
        }
        if (answer == ANSWER_UNKNOWN) {
            RP_TRY(warn(reader, component, parameter));
        }
    }
    return RP_OK;
}

RpStatus
rp_parameter_values_check(RpShapeReader *reader)
{
    RpShapes *shapes = reader->shapes;
    Checking checking = {.reader = reader};

    for (uint32_t i = 0; i < shapes->shape_count && reader->component_count > 0; i++) {
        const RpShape *shape = &shapes->shapes[i];

        for (uint32_t j = 0; j < shape->constraint_count; j++) {
            RpConstraint *constraint = &shape->constraints[j];
            RpStatus status;

            if (constraint->component != RP_COMPONENT_DECLARED) {
                continue;
            }
            status = check_parameters(&checking, shape, constraint);
            RP_TRY(rp_shape_reader_note(reader, shape->node, status, RP_LOSS_CONSTRAINT));
            if (status != RP_OK && reader->options->leaves_out) {
                constraint->component = RP_COMPONENT_NONE; /* what is left out closes the gap */
            }
        }
    }
    return RP_OK;
}
