/* The targets of a shape: SHACL Recommendation, section 2.1.3, and SHACL Advanced Features, 3.1. */
#include "shacl/query_reader.h"
#include "shacl/shape_error.h"

/* Only what decides no conformance is lost with a target. */
static RpStatus
note(RpParameters *parameters, RpStatus status)
{
    return rp_shape_reader_note(parameters->reader,
                                parameters->shapes->shapes[parameters->shape].node, status,
                                RP_LOSS_NONE);
}

/* A value of sh:target. *term: as RpTarget has it. */
static RpStatus
read_query(RpParameters *parameters, RpTermId value, RpTermId *term)
{
    RpShapeReader *reader = parameters->reader;
    RpQuerySource source = {parameters, value, RP_QUERY_OF_TARGET, NULL, 0};
    uint32_t query = 0;

    if (rp_dictionary_kind(&parameters->shapes->graph->dictionary, value) == RP_LITERAL) {
        return rp_parameters_fail(parameters, NULL, value,
                                  "must be a sh:SPARQLTarget, not a literal");
    }
    if (!rp_shape_reader_is_instance(reader, value, RP_MARK_SPARQL_TARGET)) {
        rp_parameters_refuse(parameters, RP_UNSUPPORTED, NULL, value,
                             "is no sh:SPARQLTarget: other targets are not implemented");
        return rp_error_hint(parameters->error,
                             "Give it the type sh:SPARQLTarget and a query in sh:select.");
    }
    RP_TRY(rp_shape_terms_check_part(parameters, value));
    RP_TRY(rp_query_read(&source, NULL, &query));
    *term = query + 1;
    return RP_OK;
}

static RpStatus
read_target(RpParameters *parameters, RpTargetKind kind, RpTermId value)
{
    RpShape *shape = &parameters->shapes->shapes[parameters->shape];
    RpTermKind term_kind = rp_dictionary_kind(&parameters->shapes->graph->dictionary, value);

    if (kind == RP_TARGET_NODE && term_kind == RP_BLANK) {
        return rp_parameters_fail(parameters, "-nodeKind", value, "must be an IRI or a literal");
    }
    if (kind == RP_TARGET_QUERY) {
        RpStatus status = read_query(parameters, value, &value);

        if (status == RP_UNSUPPORTED && shape->is_deactivated) {
            return RP_OK; /* it judges nothing anyway */
        }
        RP_TRY(status);
    } else if (kind != RP_TARGET_NODE) {
        RP_TRY(rp_parameters_iri(parameters, value));
    }
    shape->targets[shape->target_count++] = (RpTarget){kind, value};
    return RP_OK;
}

/* A shape that is also a class targets its instances (implicit class target). */
static RpStatus
read_implicit_target(RpParameters *parameters)
{
    RpShape *shape = &parameters->shapes->shapes[parameters->shape];

    parameters->parameter = RP_VOCABULARY_rdf_type;
    if (rp_dictionary_kind(&parameters->shapes->graph->dictionary, shape->node) != RP_IRI) {
        return rp_parameters_fail(parameters, "implicit-targetClass-nodeKind", RP_TERM_NONE,
                                  "says that it is a class: it must be an IRI, not a blank node");
    }
    for (uint32_t i = 0; i < shape->target_count; i++) {
        if (shape->targets[i].kind == RP_TARGET_CLASS && shape->targets[i].term == shape->node) {
            return RP_OK;
        }
    }
    shape->targets[shape->target_count++] = (RpTarget){RP_TARGET_CLASS, shape->node};
    return RP_OK;
}

RpStatus
rp_shape_targets_read(RpParameters *parameters, bool is_class)
{
    static const struct {
        RpVocabulary parameter;
        RpTargetKind kind;
    } declarations[] = {{RP_VOCABULARY_sh_targetNode, RP_TARGET_NODE},
                        {RP_VOCABULARY_sh_targetClass, RP_TARGET_CLASS},
                        {RP_VOCABULARY_sh_targetSubjectsOf, RP_TARGET_SUBJECTS_OF},
                        {RP_VOCABULARY_sh_targetObjectsOf, RP_TARGET_OBJECTS_OF},
                        {RP_VOCABULARY_sh_target, RP_TARGET_QUERY}};
    enum { DECLARATIONS = sizeof declarations / sizeof *declarations };
    RpShape *shape = &parameters->shapes->shapes[parameters->shape];
    size_t count = is_class;

    for (size_t i = 0; i < DECLARATIONS; i++) {
        count += rp_triple_range_count(rp_parameters_values(parameters, declarations[i].parameter));
    }
    if (count == 0) {
        return RP_OK;
    }
    shape->targets = rp_arena_allocate_zero(parameters->shapes->arena, count * sizeof(RpTarget));
    if (shape->targets == NULL) {
        return rp_arena_failure(parameters->shapes->arena, parameters->error);
    }
    for (size_t i = 0; i < DECLARATIONS; i++) {
        RpTripleRange values = rp_parameters_values(parameters, declarations[i].parameter);

        parameters->parameter = declarations[i].parameter;
        for (const RpTriple *value = values.first; value < values.end; value++) {
            RP_TRY(rp_arena_poll(parameters->shapes->arena, parameters->error));
            RP_TRY(note(parameters, read_target(parameters, declarations[i].kind, value->object)));
        }
    }
    return is_class ? note(parameters, read_implicit_target(parameters)) : RP_OK;
}
