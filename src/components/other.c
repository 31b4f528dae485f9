/* sh:closed, sh:hasValue and sh:in. SHACL Recommendation, section 4.8. */
#include "components/components.h"

/* Terms are equal when their ids are: both lists are sorted. */
RpStatus
rp_check_has_value(RpEvaluation *evaluation, const RpCheck *check)
{
    if (rp_values_contain(check->values, (RpTermId)check->operands[0].value)) {
        return RP_OK;
    }
    return rp_evaluation_report(evaluation, check, RP_TERM_NONE, 0);
}

/*
 * 4.8.3. Membership is equality of terms, not of values: "01" is not among the members where "1"
 * is. Members are sorted by id, which equal terms share, so this is a bisection.
 */
RpStatus
rp_check_in(RpEvaluation *evaluation, const RpCheck *check)
{
    RpValues allowed = rp_evaluation_operand_terms(evaluation, &check->operands[0]);

    for (uint32_t i = 0; i < check->values.count && !evaluation->is_finished; i++) {
        RP_TRY(rp_arena_poll(evaluation->arena, evaluation->error));
        if (!rp_values_contain(allowed, check->values.ids[i])) {
            RP_TRY(rp_evaluation_report(evaluation, check, check->values.ids[i], 0));
        }
    }
    return RP_OK;
}

/* The predicates that are the paths of the shape's own property shapes; others do not open it. */
static void
collect_paths(const RpParameters *parameters, RpTermId *predicates, uint32_t *count)
{
    const RpShapesGraph *shapes_graph = parameters->shapes->graph;
    RpTripleRange properties = rp_parameters_values(parameters, RP_VOCABULARY_sh_property);

    for (const RpTriple *property = properties.first; property < properties.end; property++) {
        RpTripleRange paths =
            rp_graph_objects(&shapes_graph->graph, property->object, RP_VOCABULARY_sh_path);

        if (rp_triple_range_count(paths) == 1 &&
            rp_dictionary_kind(&shapes_graph->dictionary, paths.first->object) == RP_IRI) {
            predicates[(*count)++] = paths.first->object;
        }
    }
}

/* The members of the one sh:ignoredProperties, none where the shape has none. */
static RpStatus
read_ignored(RpParameters *parameters, RpTermId **ignored, uint32_t *count)
{
    RpTripleRange lists = rp_parameters_values(parameters, RP_VOCABULARY_sh_ignoredProperties);

    *count = 0;
    if (rp_triple_range_count(lists) == 0) {
        return RP_OK;
    }
    if (rp_triple_range_count(lists) > 1) {
        return rp_parameters_fail(parameters, "multiple-parameters", lists.first[1].object,
                                  "the shape has more than one sh:ignoredProperties");
    }
    parameters->parameter = RP_VOCABULARY_sh_ignoredProperties;
    RP_TRY(rp_parameters_list(parameters, lists.first->object, ignored, count));
    for (uint32_t i = 0; i < *count; i++) {
        if (rp_dictionary_kind(&parameters->shapes->graph->dictionary, (*ignored)[i]) != RP_IRI) {
            return rp_parameters_fail(parameters, "-members-nodeKind", (*ignored)[i],
                                      "must have IRIs only as members");
        }
    }
    return RP_OK;
}

/* Operand: the predicates that are allowed. */
RpStatus
rp_read_closed(RpParameters *parameters, RpTermId value, RpConstraint *constraint, bool *is_void)
{
    RpTripleRange properties = rp_parameters_values(parameters, RP_VOCABULARY_sh_property);
    RpTermId *ignored = NULL;
    RpTermId *allowed;
    uint32_t ignored_count = 0;
    uint32_t count = 0;
    bool is_closed = false;

    RP_TRY(rp_read_switch(parameters, value, &is_closed));
    RP_TRY(read_ignored(parameters, &ignored, &ignored_count));
    if (!is_closed) {
        *is_void = true;
        return RP_OK;
    }
    allowed = rp_arena_allocate(parameters->shapes->arena,
                                ((size_t)ignored_count + rp_triple_range_count(properties) + 1) *
                                    sizeof(RpTermId));
    if (!allowed) {
        return rp_arena_failure(parameters->shapes->arena, parameters->error);
    }
    collect_paths(parameters, allowed, &count);
    for (uint32_t i = 0; i < ignored_count; i++) {
        allowed[count++] = ignored[i];
    }
    return rp_read_add_terms(parameters, constraint, allowed, count);
}

/* Each triple of a value node with a predicate that is not allowed is a result of its own. */
RpStatus
rp_check_closed(RpEvaluation *evaluation, const RpCheck *check)
{
    RpValues allowed = rp_evaluation_operand_terms(evaluation, &check->operands[0]);

    for (uint32_t i = 0; i < check->values.count && !evaluation->is_finished; i++) {
        RpTripleRange triples =
            rp_subject_index_triples(&evaluation->subjects, check->values.ids[i]);

        for (const RpTriple *triple = triples.first;
             triple < triples.end && !evaluation->is_finished; triple++) {
            RP_TRY(rp_arena_poll(evaluation->arena, evaluation->error));
            if (!rp_values_contain(allowed, triple->predicate)) {
                RP_TRY(rp_evaluation_report_predicate(evaluation, check, triple->object,
                                                      triple->predicate));
            }
        }
    }
    return RP_OK;
}
