/* sh:node, sh:property, sh:qualifiedMinCount and sh:qualifiedMaxCount. SHACL Recommendation,
 * section 4.7. */
#include "components/components.h"

/*
 * 4.7.1. sh:node wants a node shape: a property shape as its value would be evaluated by its path,
 * which is what sh:property is for.
 */
RpStatus
rp_read_node(RpParameters *parameters, RpTermId value, RpConstraint *constraint, bool *is_void)
{
    (void)is_void;
    if (rp_triple_range_count(rp_graph_objects(&parameters->shapes->graph->graph, value,
                                               RP_VOCABULARY_sh_path)) > 0) {
        return rp_parameters_fail(parameters, "-node", value,
                                  "must be a node shape, and has a sh:path");
    }
    return rp_read_add_shape(parameters, constraint, value, false);
}

/*
 * 4.7.1. One result for each value node that does not conform; why it does not is found later, and
 * only where the report shows details (details.h).
 */
RpStatus
rp_check_node(RpEvaluation *evaluation, const RpCheck *check)
{
    uint32_t shape = (uint32_t)check->operands[0].value;

    for (uint32_t i = 0; i < check->values.count && !evaluation->is_finished; i++) {
        RpTermId value = check->values.ids[i];
        bool conforms = false;

        RP_TRY(rp_arena_poll(evaluation->arena, evaluation->error));
        RP_TRY(rp_evaluation_conforms(evaluation, shape, value, &conforms));
        if (!conforms) {
            RP_TRY(rp_evaluation_report(evaluation, check, value, 0));
        }
    }
    return RP_OK;
}

RpStatus
rp_read_property(RpParameters *parameters, RpTermId value, RpConstraint *constraint, bool *is_void)
{
    (void)is_void;
    return rp_read_add_shape(parameters, constraint, value, true);
}

/* The results are those of the property shape, whose focus node each value node becomes. */
RpStatus
rp_check_property(RpEvaluation *evaluation, const RpCheck *check)
{
    uint32_t shape = (uint32_t)check->operands[0].value;

    for (uint32_t i = 0; i < check->values.count && !evaluation->is_finished; i++) {
        RP_TRY(rp_arena_poll(evaluation->arena, evaluation->error));
        RP_TRY(rp_evaluation_evaluate(evaluation, shape, check->values.ids[i]));
    }
    return RP_OK;
}

/* Add the qualified value shape of a property shape to the operands of its sibling. */
static RpStatus
read_sibling(RpParameters *parameters, RpTermId property, RpTermId own_shape,
             RpConstraint *constraint)
{
    RpTripleRange shapes = rp_graph_objects(&parameters->shapes->graph->graph, property,
                                            RP_VOCABULARY_sh_qualifiedValueShape);

    if (rp_triple_range_count(shapes) > 1) {
        return rp_parameters_fail(parameters, "multiple-parameters", shapes.first[1].object,
                                  "a sibling has more than one sh:qualifiedValueShape");
    }
    if (shapes.first == shapes.end || shapes.first->object == own_shape) {
        return RP_OK;
    }
    return rp_read_add_shape(parameters, constraint, shapes.first->object, false);
}

/*
 * Add the sibling shapes of a property shape Q: the qualified value shapes of all property shapes
 * that share a parent with Q, without Q's own. SHACL Recommendation, section 4.7.3.
 */
static RpStatus
read_siblings(RpParameters *parameters, RpTermId own_shape, RpConstraint *constraint)
{
    RpGraph *graph = &parameters->shapes->graph->graph;
    RpTermId node = parameters->shapes->shapes[parameters->shape].node;
    RpTripleRange parents;

    RP_TRY(rp_parameters_begin_siblings(parameters));
    RP_TRY(rp_graph_match(graph, RP_TERM_NONE, RP_VOCABULARY_sh_property, node, &parents,
                          parameters->error));
    for (const RpTriple *parent = parents.first; parent < parents.end; parent++) {
        RpTripleRange properties =
            rp_graph_objects(graph, parent->subject, RP_VOCABULARY_sh_property);

        for (const RpTriple *property = properties.first; property < properties.end; property++) {
            bool is_new = false;

            RP_TRY(rp_arena_poll(parameters->shapes->arena, parameters->error));
            RP_TRY(rp_parameters_add_sibling(parameters, property->object, &is_new));
            if (is_new) { /* else they share several parents */
                RP_TRY(read_sibling(parameters, property->object, own_shape, constraint));
            }
        }
    }
    return RP_OK;
}

/*
 * Operands: the count, the qualified value shape, and its siblings where they must be disjoint. A
 * count without a qualified value shape is no constraint.
 */
RpStatus
rp_read_qualified(RpParameters *parameters, RpTermId value, RpConstraint *constraint, bool *is_void)
{
    RpTripleRange shapes = rp_parameters_values(parameters, RP_VOCABULARY_sh_qualifiedValueShape);
    RpTripleRange disjoint =
        rp_parameters_values(parameters, RP_VOCABULARY_sh_qualifiedValueShapesDisjoint);
    bool is_disjoint = false;

    RP_TRY(rp_read_count(parameters, value, constraint, is_void));
    if (rp_triple_range_count(shapes) == 0) {
        *is_void = true;
        return RP_OK;
    }
    parameters->parameter = RP_VOCABULARY_sh_qualifiedValueShape; /* what errors are about now */
    if (rp_triple_range_count(shapes) > 1) {
        return rp_parameters_fail(parameters, "multiple-parameters", shapes.first[1].object,
                                  "the shape has more than one sh:qualifiedValueShape");
    }
    RP_TRY(rp_read_add_shape(parameters, constraint, shapes.first->object, false));
    if (rp_triple_range_count(disjoint) > 1) {
        return rp_parameters_fail(parameters, "multiple-parameters", disjoint.first[1].object,
                                  "the shape has more than one sh:qualifiedValueShapesDisjoint");
    }
    if (rp_triple_range_count(disjoint) == 1) {
        parameters->parameter = RP_VOCABULARY_sh_qualifiedValueShapesDisjoint;
        RP_TRY(rp_read_switch(parameters, disjoint.first->object, &is_disjoint));
        parameters->parameter = RP_VOCABULARY_sh_qualifiedValueShape;
    }
    return is_disjoint ? read_siblings(parameters, shapes.first->object, constraint) : RP_OK;
}

/* Whether a value node counts: it conforms to the qualified shape and to no sibling of it. */
static RpStatus
is_qualified(RpEvaluation *evaluation, const RpCheck *check, RpTermId value, bool *counts)
{
    RP_TRY(rp_evaluation_conforms(evaluation, (uint32_t)check->operands[1].value, value, counts));
    for (uint32_t i = 2; i < check->operand_count && *counts; i++) {
        bool conforms = false;

        RP_TRY(rp_evaluation_conforms(evaluation, (uint32_t)check->operands[i].value, value,
                                      &conforms));
        *counts = !conforms;
    }
    return RP_OK;
}

/*
 * 4.7.3. How many value nodes conform to sh:qualifiedValueShape and, where
 * sh:qualifiedValueShapesDisjoint is true, to none of the sibling shapes.
 */
static RpStatus
count_qualified(RpEvaluation *evaluation, const RpCheck *check, uint32_t *count)
{
    *count = 0;
    for (uint32_t i = 0; i < check->values.count; i++) {
        bool counts = false;

        RP_TRY(rp_arena_poll(evaluation->arena, evaluation->error));
        RP_TRY(is_qualified(evaluation, check, check->values.ids[i], &counts));
        *count += counts;
    }
    return RP_OK;
}

/*
 * 4.7.3. One result for the focus node, without a value: none of the value nodes is at fault by
 * itself.
 */
RpStatus
rp_check_qualified_min_count(RpEvaluation *evaluation, const RpCheck *check)
{
    uint32_t count;

    RP_TRY(count_qualified(evaluation, check, &count));
    if ((int64_t)count >= check->operands[0].value) {
        return RP_OK;
    }
    return rp_evaluation_report(evaluation, check, RP_TERM_NONE, count);
}

/*
 * 4.7.3. The same for the maximum. The qualified value shape is evaluated again where the shape has
 * both counts; verdict_table keeps what took long.
 */
RpStatus
rp_check_qualified_max_count(RpEvaluation *evaluation, const RpCheck *check)
{
    uint32_t count;

    RP_TRY(count_qualified(evaluation, check, &count));
    if ((int64_t)count <= check->operands[0].value) {
        return RP_OK;
    }
    return rp_evaluation_report(evaluation, check, RP_TERM_NONE, count);
}
