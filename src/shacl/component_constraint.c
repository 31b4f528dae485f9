/*
 * Constraints of a shape by components that the graph declares: SHACL Recommendation, sections
 * 6.2.3 and 6.3. A shape has a component where it has a value for each mandatory parameter.
 */
#include "shacl/query_reader.h"
#include "shacl/shape_error.h"
#include "shacl/shape_findings.h"

static RpTermId
shape_node(const RpParameters *parameters)
{
    return parameters->shapes->shapes[parameters->shape].node;
}

static RpTripleRange
values_of(const RpParameters *parameters, const RpDeclaredParameter *parameter)
{
    return rp_shape_reader_values(parameters->reader, shape_node(parameters), parameter->predicate);
}

static bool
has_mandatory(const RpParameters *parameters, const RpDeclaredComponent *component)
{
    for (uint32_t i = 0; i < component->parameter_count; i++) {
        if (!component->parameters[i].is_optional &&
            rp_triple_range_count(values_of(parameters, &component->parameters[i])) == 0) {
            return false;
        }
    }
    return true;
}

/* Where there are several parameters, which values belong together would not be known. */
static RpStatus
check_values(const RpParameters *parameters, const RpDeclaredComponent *component)
{
    const RpShapesGraph *graph = parameters->shapes->graph;
    RpShown shown_predicate, shown_component;

    for (uint32_t i = 0; i < component->parameter_count && component->parameter_count > 1; i++) {
        uint32_t count = rp_triple_range_count(values_of(parameters, &component->parameters[i]));

        if (count > 1) {
            rp_shape_error_set(
                parameters->error, RP_ILL_FORMED, graph, shape_node(parameters),
                "%s may have one value only, and has %u: %s has several parameters",
                rp_shape_error_show(graph, component->parameters[i].predicate, &shown_predicate),
                count, rp_shape_error_show(graph, component->node, &shown_component));
            return rp_shape_error_rule(parameters->error, "multiple-parameters");
        }
    }
    return RP_OK;
}

/* 6.2.3: the one for the kind of shape, else that for both; NULL: there is none. */
static RpValidator *
choose_validator(const RpParameters *parameters, RpDeclaredComponent *component)
{
    RpValidator *special = parameters->shapes->shapes[parameters->shape].path != NULL
                               ? &component->for_properties
                               : &component->for_nodes;
    RpValidator *chosen = special->node != RP_TERM_NONE ? special : &component->for_both;

    return chosen->node != RP_TERM_NONE ? chosen : NULL;
}

/* Without a validator nothing is checked, as SHACL has it; but one in JavaScript would be. */
static RpStatus
pass_over(RpParameters *parameters, RpDeclaredComponent *component)
{
    const RpShapesGraph *graph = parameters->shapes->graph;
    RpShown shown;

    rp_shape_error_show(graph, component->node, &shown);
    if (component->has_script) {
        return rp_shape_error_set(parameters->error, RP_UNSUPPORTED, graph, shape_node(parameters),
                                  "it has a constraint of %s, whose validator is in JavaScript, "
                                  "which is not implemented",
                                  shown.text);
    }
    if (component->was_warned) {
        return RP_OK;
    }
    component->was_warned = true;
    return rp_shape_findings_warning(
        parameters->shapes, shape_node(parameters), "without-effect", parameters->error,
        "its constraint of %s has no effect: the component has no validator for %s shapes",
        shown.text,
        parameters->shapes->shapes[parameters->shape].path != NULL ? "property" : "node");
}

/* The validator's messages, else the component's. */
static RpStatus
read_messages(RpParameters *parameters, const RpDeclaredComponent *component,
              RpValidator *validator)
{
    if (validator->messages != NULL) {
        return RP_OK;
    }
    RP_TRY(rp_query_messages(parameters, validator->node, "message-datatype", &validator->messages,
                             &validator->message_count));
    return validator->message_count > 0
               ? RP_OK
               : rp_query_messages(parameters, component->node, "message-datatype",
                                   &validator->messages, &validator->message_count);
}

static RpStatus
add_parameters(RpParameters *parameters, const RpDeclaredComponent *component, RpTermId value,
               RpConstraint *constraint)
{
    for (uint32_t i = 0; i < component->parameter_count; i++) {
        RpTripleRange values = values_of(parameters, &component->parameters[i]);
        RpOperand *operand = rp_parameters_operand(parameters, constraint, RP_OPERAND_TERM);

        if (operand == NULL) {
            return rp_arena_failure(parameters->shapes->arena, parameters->error);
        }
        operand->term = component->parameter_count == 1 ? value
                        : values.first < values.end     ? values.first->object
                                                        : RP_TERM_NONE;
    }
    return RP_OK;
}

/* value: of the one parameter, where there is one. */
static RpStatus
add_constraint(RpParameters *parameters, const RpDeclaredComponent *component,
               RpValidator *validator, RpTermId value)
{
    RpQuerySource source = {parameters, validator->node,
                            validator->is_ask ? RP_QUERY_OF_ASK_VALIDATOR
                                              : RP_QUERY_OF_SELECT_VALIDATOR,
                            validator->is_ask ? component->ask_names : component->select_names,
                            component->parameter_count + RP_QUERY_PARAMETERS + validator->is_ask};
    RpConstraint constraint = {RP_COMPONENT_DECLARED, NULL, 0};
    RpOperand *operand = rp_parameters_operand(parameters, &constraint, RP_OPERAND_QUERY);

    if (operand != NULL) {
        RP_TRY(rp_query_read(&source, &validator->bytes, &operand->query));
        operand = rp_parameters_operand(parameters, &constraint, RP_OPERAND_TERM);
    }
    if (operand != NULL) {
        operand->term = component->node;
        operand = rp_parameters_operand(parameters, &constraint, RP_OPERAND_TERMS);
    }
    if (operand == NULL) {
        return rp_arena_failure(parameters->shapes->arena, parameters->error);
    }
    operand->terms = validator->messages;
    operand->term_count = validator->message_count;
    RP_TRY(add_parameters(parameters, component, value, &constraint));
    return rp_shape_reader_add_constraint(parameters, &constraint);
}

/* What a component that the shape has asks of it. */
static RpStatus
read_constraints(RpParameters *parameters, RpDeclaredComponent *component)
{
    RpValidator *validator = choose_validator(parameters, component);
    RpTripleRange values;

    RP_TRY(check_values(parameters, component));
    if (validator == NULL) {
        return pass_over(parameters, component);
    }
    RP_TRY(rp_shape_terms_check_part(parameters, validator->node));
    RP_TRY(read_messages(parameters, component, validator));
    values = values_of(parameters, &component->parameters[0]);
    if (component->parameter_count > 1) {
        return add_constraint(parameters, component, validator, RP_TERM_NONE);
    }
    for (const RpTriple *value = values.first; value < values.end; value++) {
        RP_TRY(rp_arena_poll(parameters->shapes->arena, parameters->error));
        RP_TRY(add_constraint(parameters, component, validator, value->object));
    }
    return RP_OK;
}

/* A shape that may have a component that is left out: it lacks its constraint, once. */
static RpStatus
leave_out(RpParameters *parameters, RpDeclaredComponent *component)
{
    const RpShapesGraph *graph = parameters->shapes->graph;
    RpShown shown;

    if (component->last_shape == parameters->shape + 1) {
        return RP_OK;
    }
    component->last_shape = parameters->shape + 1;
    return rp_shape_error_set(
        parameters->error, RP_ILL_FORMED, graph, shape_node(parameters),
        "its constraint of %s cannot be enforced: the component is ill-formed",
        rp_shape_error_show(graph, component->node, &shown));
}

/* A component that one of the shape's parameters is of. */
static RpStatus
read_component(RpParameters *parameters, RpDeclaredComponent *component)
{
    RpStatus status;

    if (component->is_left_out) {
        return leave_out(parameters, component);
    }
    if (!has_mandatory(parameters, component)) {
        return RP_OK;
    }
    status = read_constraints(parameters, component);
    return status == RP_UNSUPPORTED && parameters->shapes->shapes[parameters->shape].is_deactivated
               ? RP_OK /* it judges nothing anyway */
               : status;
}

/* The first use of a predicate. */
static uint32_t
first_use(const RpShapeReader *reader, RpTermId predicate)
{
    uint32_t low = 0;
    uint32_t high = reader->parameter_use_count;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (reader->parameter_uses[middle].predicate < predicate) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

RpStatus
rp_component_constraints_read(RpParameters *parameters)
{
    RpShapeReader *reader = parameters->reader;
    RpTripleRange triples = rp_shape_reader_triples(reader, shape_node(parameters));
    RpTermId last = RP_TERM_NONE;

    for (const RpTriple *triple = triples.first;
         triple < triples.end && reader->parameter_use_count > 0; triple++) {
        if (triple->predicate == last) {
            continue;
        }
        last = triple->predicate;
        for (uint32_t i = first_use(reader, last);
             i < reader->parameter_use_count && reader->parameter_uses[i].predicate == last; i++) {
            RP_TRY(rp_arena_poll(parameters->shapes->arena, parameters->error));
            RP_TRY(rp_shape_reader_note(
                reader, shape_node(parameters),
                read_component(parameters,
                               &reader->components[reader->parameter_uses[i].component]),
                RP_LOSS_CONSTRAINT));
        }
    }
    return RP_OK;
}
