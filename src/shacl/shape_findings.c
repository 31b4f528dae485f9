/* See shape_findings.h. */
#include "shacl/shape_findings.h"

#include <stdarg.h>
#include <stdio.h>

#include "shacl/component.h"
#include "shacl/shape_error.h"
#include "shacl/shape_targets.h"

RpStatus
rp_shape_findings_add(RpShapes *shapes, RpTermId node, bool is_warning, RpError *error)
{
    if (shapes->finding_count < RP_FINDING_LIMIT) {
        RpFinding *findings =
            rp_arena_grow(shapes->arena, shapes->findings, shapes->finding_count,
                          shapes->finding_count + 1, &shapes->finding_capacity, sizeof *findings);

        if (findings == NULL) {
            return rp_arena_failure(shapes->arena, error);
        }
        findings[shapes->finding_count] = (RpFinding){node, is_warning, *error};
        shapes->findings = findings;
    }
    shapes->finding_count++;
    shapes->has_errors |= !is_warning;
    return RP_OK;
}

RpStatus
rp_shape_findings_warning(RpShapes *shapes, RpTermId node, const char *code, RpError *error,
                          const char *format, ...)
{
    char text[RP_ERROR_MESSAGE_SIZE];
    va_list arguments;

    va_start(arguments, format);
    (void)vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (node == RP_TERM_NONE) {
        rp_error_set(error, RP_ILL_FORMED, "%s", text);
    } else {
        rp_shape_error_set(error, RP_ILL_FORMED, shapes->graph, node, "%s", text);
    }
    (void)snprintf(error->rule, sizeof error->rule, "%s", code);
    return rp_shape_findings_add(shapes, node, true, error);
}

/* Mark the shapes that others refer to. */
static void
mark_used_shapes(const RpShapes *shapes, bool *is_used)
{
    for (uint32_t i = 0; i < shapes->shape_count; i++) {
        const RpShape *shape = &shapes->shapes[i];

        for (uint32_t j = 0; j < shape->constraint_count; j++) {
            const RpConstraint *constraint = &shape->constraints[j];

            for (uint32_t k = 0; k < constraint->operand_count; k++) {
                if (constraint->operands[k].kind == RP_OPERAND_SHAPE &&
                    constraint->operands[k].shape != i) {
                    is_used[constraint->operands[k].shape] = true;
                }
            }
        }
    }
}

static RpStatus
warn_of_unused_shapes(RpShapes *shapes, RpError *error)
{
    bool *is_used =
        rp_arena_allocate_zero(shapes->arena, (size_t)shapes->shape_count * sizeof(bool));

    if (is_used == NULL) {
        return rp_arena_failure(shapes->arena, error);
    }
    mark_used_shapes(shapes, is_used);
    /* What is left out may have been the target, or the reference. A parameter's declaration is
     * used by its component. */
    for (uint32_t i = 0; i < shapes->shape_count && shapes->left_out_count == 0; i++) {
        const RpShape *shape = &shapes->shapes[i];
        RpTripleRange declarations;

        RP_TRY(rp_graph_match(&shapes->graph->graph, RP_TERM_NONE, RP_VOCABULARY_sh_parameter,
                              shape->node, &declarations, error));
        if (shape->target_count == 0 && !is_used[i] && declarations.first == declarations.end) {
            RP_TRY(rp_shape_findings_warning(
                shapes, shape->node, "unused-shape", error,
                "has no target, and no other shape refers to it: it judges nothing"));
        }
    }
    return RP_OK;
}

/* The integer of a shape's one constraint of a component; false: it has none. */
static bool
find_integer(const RpShape *shape, RpVocabulary parameter, int64_t *integer)
{
    for (uint32_t i = 0; i < shape->constraint_count; i++) {
        const RpConstraint *constraint = &shape->constraints[i];

        if (rp_component_table[constraint->component].parameter == parameter) {
            *integer = constraint->operands[0].integer;
            return true;
        }
    }
    return false;
}

/* A count or length below 0 is allowed: a minimum is met then, and a maximum is not. */
static RpStatus
warn_of_negative_bound(RpShapes *shapes, const RpShape *shape, RpVocabulary parameter,
                       bool is_minimum, RpError *error)
{
    int64_t bound;
    RpShown shown;

    if (!find_integer(shape, parameter, &bound) || bound >= 0) {
        return RP_OK;
    }
    rp_shape_error_show(shapes->graph, parameter, &shown);
    return is_minimum ? rp_shape_findings_warning(shapes, shape->node, "without-effect", error,
                                                  "%s is below 0, and so has no effect", shown.text)
                      : rp_shape_findings_warning(shapes, shape->node, "unsatisfiable", error,
                                                  "%s is below 0", shown.text);
}

static RpStatus
warn_of_bounds(RpShapes *shapes, const RpShape *shape, RpError *error)
{
    static const RpVocabulary bounds[][2] = {
        {RP_VOCABULARY_sh_minCount, RP_VOCABULARY_sh_maxCount},
        {RP_VOCABULARY_sh_minLength, RP_VOCABULARY_sh_maxLength},
        {RP_VOCABULARY_sh_qualifiedMinCount, RP_VOCABULARY_sh_qualifiedMaxCount}};

    for (size_t i = 0; i < sizeof bounds / sizeof *bounds; i++) {
        int64_t minimum, maximum;
        RpShown shown_minimum, shown_maximum;

        RP_TRY(warn_of_negative_bound(shapes, shape, bounds[i][0], true, error));
        RP_TRY(warn_of_negative_bound(shapes, shape, bounds[i][1], false, error));
        if (find_integer(shape, bounds[i][0], &minimum) &&
            find_integer(shape, bounds[i][1], &maximum) && minimum > maximum) {
            RP_TRY(rp_shape_findings_warning(
                shapes, shape->node, "unsatisfiable", error, "%s is greater than %s",
                rp_shape_error_show(shapes->graph, bounds[i][0], &shown_minimum),
                rp_shape_error_show(shapes->graph, bounds[i][1], &shown_maximum)));
        }
    }
    return RP_OK;
}

static RpStatus
warn_of_datatypes(RpShapes *shapes, const RpShape *shape, RpError *error)
{
    for (uint32_t i = 0; i < shape->constraint_count; i++) {
        const RpConstraint *constraint = &shape->constraints[i];
        RpTermId datatype = constraint->operand_count > 0 ? constraint->operands[0].term : 0;
        RpShown shown;

        if (rp_component_table[constraint->component].parameter == RP_VOCABULARY_sh_datatype &&
            datatype >= RP_TERM_FIRST &&
            rp_text_starts_with(rp_dictionary_term(&shapes->graph->dictionary, datatype).lexical,
                                RP_TEXT(RP_XSD))) {
            RP_TRY(rp_shape_findings_warning(
                shapes, shape->node, "unknown-datatype", error,
                "sh:datatype %s is not known: the lexical form is not checked",
                rp_shape_error_show(shapes->graph, datatype, &shown)));
        }
    }
    return RP_OK;
}

/* What conforms may depend on severities (rdfpolicy.conformance_disallows), which can only name
 * those of SHACL that there are. */
static RpStatus
warn_of_severity(RpShapes *shapes, const RpShape *shape, RpError *error)
{
    RpTermId severity = shape->severity;
    RpShown shown;

    if (severity == RP_VOCABULARY_sh_Violation || severity == RP_VOCABULARY_sh_Warning ||
        severity == RP_VOCABULARY_sh_Info ||
        !rp_text_starts_with(rp_dictionary_term(&shapes->graph->dictionary, severity).lexical,
                             RP_TEXT(RP_SH))) {
        return RP_OK;
    }
    return rp_shape_findings_warning(
        shapes, shape->node, "unknown-severity", error,
        "sh:severity %s is none of sh:Violation, sh:Warning and sh:Info",
        rp_shape_error_show(shapes->graph, severity, &shown));
}

static bool
has_value(RpTripleRange triples, RpVocabulary parameter)
{
    RpTripleRange values = rp_triple_range_objects(triples, (RpTermId)parameter);

    return values.first < values.end;
}

/* Parameters that mean nothing without one of two others. */
static RpStatus
warn_of_lonely_parameters(RpShapes *shapes, const RpShape *shape, RpError *error)
{
    static const struct {
        RpVocabulary parameter;
        RpVocabulary partners[2];
    } pairs[] = {
        {RP_VOCABULARY_sh_flags, {RP_VOCABULARY_sh_pattern, RP_VOCABULARY_sh_pattern}},
        {RP_VOCABULARY_sh_ignoredProperties, {RP_VOCABULARY_sh_closed, RP_VOCABULARY_sh_closed}},
        {RP_VOCABULARY_sh_qualifiedMinCount,
         {RP_VOCABULARY_sh_qualifiedValueShape, RP_VOCABULARY_sh_qualifiedValueShape}},
        {RP_VOCABULARY_sh_qualifiedMaxCount,
         {RP_VOCABULARY_sh_qualifiedValueShape, RP_VOCABULARY_sh_qualifiedValueShape}},
        {RP_VOCABULARY_sh_qualifiedValueShape,
         {RP_VOCABULARY_sh_qualifiedMinCount, RP_VOCABULARY_sh_qualifiedMaxCount}}};
    RpTripleRange triples = rp_graph_subject(&shapes->graph->graph, shape->node);

    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        RpShown shown_parameter, shown_partner;

        if (has_value(triples, pairs[i].parameter) && !has_value(triples, pairs[i].partners[0]) &&
            !has_value(triples, pairs[i].partners[1])) {
            RP_TRY(rp_shape_findings_warning(
                shapes, shape->node, "without-effect", error, "%s has no effect without %s",
                rp_shape_error_show(shapes->graph, pairs[i].parameter, &shown_parameter),
                rp_shape_error_show(shapes->graph, pairs[i].partners[0], &shown_partner)));
        }
    }
    return RP_OK;
}

RpStatus
rp_shape_findings_warn(RpShapes *shapes, RpError *error)
{
    /* What is ill-formed may be the target, or the reference, that seems to be missing. */
    if (!shapes->has_errors) {
        RP_TRY(rp_shape_targets_require(shapes, error) == RP_OK
                   ? warn_of_unused_shapes(shapes, error)
                   : rp_shape_findings_add(shapes, RP_TERM_NONE, false, error));
    }
    for (uint32_t i = 0; i < shapes->shape_count; i++) {
        const RpShape *shape = &shapes->shapes[i];

        RP_TRY(rp_arena_poll(shapes->arena, error));
        RP_TRY(warn_of_bounds(shapes, shape, error));
        RP_TRY(warn_of_datatypes(shapes, shape, error));
        RP_TRY(warn_of_severity(shapes, shape, error));
        RP_TRY(warn_of_lonely_parameters(shapes, shape, error));
    }
    return RP_OK;
}
