/*
 * Shapes graph to shapes. First every shape that the graph declares is found; then they are read
 * one after the other, and the shapes that they refer to join the end of the line.
 */
#include "shacl/shape_reader.h"

#include "shacl/path_reader.h"
#include "shacl/shape_error.h"
#include "shacl/shape_findings.h"
#include "shacl/shape_reader_internal.h"

RpStatus
rp_shape_reader_add_parts(RpShapeReader *reader, RpTermId node, uint32_t count)
{
    const RpShapesGraph *graph = reader->shapes->graph;

    reader->part_count += count;
    if (reader->part_count <= (uint64_t)graph->graph.count + RP_SHARED_PART_LIMIT) {
        return RP_OK;
    }
    return rp_shape_error_set(
        reader->error, RP_TOO_LARGE, graph, node,
        "its list, path or prefixes are shared by too many shapes: the members and parts that "
        "shapes of the text share may be read %d times more than they stand there",
        RP_SHARED_PART_LIMIT);
}

RpStatus
rp_shape_reader_index(RpShapeReader *reader, RpTermId node, uint32_t *index)
{
    RpShapes *shapes = reader->shapes;

    if (reader->shape_of_node[node] == 0) {
        RpShape *grown =
            rp_arena_grow(shapes->arena, shapes->shapes, shapes->shape_count,
                          shapes->shape_count + 1, &shapes->shape_capacity, sizeof *grown);

        if (grown == NULL) {
            return rp_arena_failure(shapes->arena, reader->error);
        }
        shapes->shapes = grown;
        memset(&grown[shapes->shape_count], 0, sizeof *grown);
        grown[shapes->shape_count].node = node;
        grown[shapes->shape_count].severity = RP_VOCABULARY_sh_Violation;
        reader->shape_of_node[node] = ++shapes->shape_count;
    }
    *index = reader->shape_of_node[node] - 1;
    return RP_OK;
}

RpStatus
rp_shape_reader_note(RpShapeReader *reader, RpTermId node, RpStatus status, RpLoss loss)
{
    bool is_left_out = status == RP_ILL_FORMED || status == RP_UNSUPPORTED;
    bool is_about_text = is_left_out || status == RP_TOO_DEEP || status == RP_TOO_LARGE;

    if (is_about_text && reader->options->collects_findings) {
        return rp_shape_findings_add(reader->shapes, node, false, reader->error);
    }
    return is_left_out && reader->options->leaves_out ? rp_shape_left_out_add(reader, node, loss)
                                                      : status;
}

RpTripleRange
rp_shape_reader_values(const RpShapeReader *reader, RpTermId subject, RpTermId predicate)
{
    return rp_triple_range_objects(rp_shape_reader_triples(reader, subject), predicate);
}

/* Fill first_triples from the triples, which are in order of their subjects. */
static RpStatus
index_subjects(RpShapeReader *reader)
{
    const RpGraph *graph = &reader->shapes->graph->graph;
    RpArena *arena = reader->shapes->arena;
    RpTermId next = 0;

    reader->first_triples =
        rp_arena_allocate(arena, ((size_t)reader->highest_id + 2) * sizeof *reader->first_triples);
    if (reader->first_triples == NULL) {
        return rp_arena_failure(arena, reader->error);
    }
    for (uint32_t i = 0; i < graph->count; i++) {
        RP_TRY(rp_arena_poll(arena, reader->error));
        while (next <= graph->by_subject[i].subject) {
            reader->first_triples[next++] = i;
        }
    }
    while (next <= reader->highest_id + 1) {
        reader->first_triples[next++] = graph->count;
    }
    return RP_OK;
}

/* Fill in what parameters there are, and the components of each. */
static RpStatus
index_components(RpShapeReader *reader)
{
    RpArena *arena = reader->shapes->arena;

    memset(reader->first_component, 0xff, sizeof reader->first_component);
    reader->next_component =
        rp_arena_allocate(arena, rp_component_count * sizeof *reader->next_component);
    if (reader->next_component == NULL) {
        return rp_arena_failure(arena, reader->error);
    }
    for (uint32_t i = rp_component_count; i-- > 0;) {
        const RpComponent *component = &rp_component_table[i];

        reader->next_component[i] = reader->first_component[component->parameter];
        reader->first_component[component->parameter] = (uint16_t)i;
        reader->is_parameter[component->parameter] = true;
        for (int other = 0; other < RP_COMPONENT_OTHER_PARAMETERS; other++) {
            reader->is_parameter[component->others[other]] = component->others[other] != 0;
        }
    }
    return RP_OK;
}

static RpStatus
init_reader(RpShapeReader *reader, RpShapes *shapes, const RpShapeReaderOptions *options,
            RpError *error)
{
    memset(reader, 0, sizeof *reader);
    reader->shapes = shapes;
    reader->options = options;
    reader->error = error;
    reader->highest_id = rp_dictionary_end(&shapes->graph->dictionary) - 1;
    RP_TRY(index_components(reader));
    reader->shape_of_node = rp_arena_allocate_zero(
        shapes->arena, ((size_t)reader->highest_id + 1) * sizeof *reader->shape_of_node);
    return reader->shape_of_node == NULL ? rp_arena_failure(shapes->arena, error)
                                         : index_subjects(reader);
}

/* Whether a triple makes its subject a shape. */
static bool
declares_shape(const RpShapeReader *reader, const RpTriple *triple)
{
    switch (triple->predicate) {
    case RP_VOCABULARY_rdf_type:
        return (reader->marks[triple->object] & (RP_MARK_NODE_SHAPE | RP_MARK_PROPERTY_SHAPE)) != 0;
    case RP_VOCABULARY_sh_targetClass:
    case RP_VOCABULARY_sh_targetNode:
    case RP_VOCABULARY_sh_targetSubjectsOf:
    case RP_VOCABULARY_sh_targetObjectsOf:
    case RP_VOCABULARY_sh_target:
        return true;
    default:
        return (triple->predicate < RP_VOCABULARY_END && reader->is_parameter[triple->predicate]) ||
               (reader->marks[triple->predicate] & RP_MARK_PARAMETER) != 0 ||
               rp_shape_terms_make_shape(reader, triple->predicate);
    }
}

/* Mark what is to have a query. */
static void
mark_query(const RpShapeReader *reader, const RpTriple *triple)
{
    switch (triple->predicate) {
    case RP_VOCABULARY_sh_sparql:
    case RP_VOCABULARY_sh_target:
    case RP_VOCABULARY_sh_validator:
    case RP_VOCABULARY_sh_nodeValidator:
    case RP_VOCABULARY_sh_propertyValidator:
        reader->marks[triple->object] |= RP_MARK_QUERY;
        break;
    default:
        break;
    }
}

/* The text's own version: owl:versionInfo of the first owl:Ontology that has one. */
static void
read_label(RpShapes *shapes, const RpTriple *triple)
{
    if (shapes->label == RP_TERM_NONE && triple->predicate == RP_VOCABULARY_owl_versionInfo &&
        rp_dictionary_kind(&shapes->graph->dictionary, triple->object) == RP_LITERAL &&
        rp_graph_contains(&shapes->graph->graph, (RpTriple){triple->subject, RP_VOCABULARY_rdf_type,
                                                            RP_VOCABULARY_owl_Ontology})) {
        shapes->label = triple->object;
    }
}

static RpStatus
find_shapes(RpShapeReader *reader)
{
    const RpGraph *graph = &reader->shapes->graph->graph;
    uint32_t index;

    for (uint32_t i = 0; i < graph->count; i++) {
        const RpTriple *triple = &graph->by_subject[i];

        RP_TRY(rp_arena_poll(reader->shapes->arena, reader->error));
        if (declares_shape(reader, triple)) {
            RP_TRY(rp_shape_reader_index(reader, triple->subject, &index));
        }
        mark_query(reader, triple);
        read_label(reader->shapes, triple);
    }
    return RP_OK;
}

/* What a shape's rdf:type triples say of it, as RP_MARK_ bits. */
static uint16_t
marks_of_types(const RpShapeReader *reader, RpTermId node)
{
    RpTripleRange types = rp_shape_reader_values(reader, node, RP_VOCABULARY_rdf_type);
    uint16_t marks = 0;

    for (const RpTriple *type = types.first; type < types.end; type++) {
        marks |= reader->marks[type->object];
    }
    return marks;
}

bool
rp_shape_reader_is_instance(const RpShapeReader *reader, RpTermId node, uint16_t mark)
{
    return (marks_of_types(reader, node) & mark) != 0;
}

/* What is wrong with a part of a shape must not hide what is wrong with the others. */
static RpStatus
note(RpParameters *parameters, RpStatus status, RpLoss loss)
{
    return rp_shape_reader_note(parameters->reader,
                                parameters->shapes->shapes[parameters->shape].node, status, loss);
}

/* The one value of a parameter of the shape, or 0. RP_ILL_FORMED for several. */
static RpStatus
read_single(RpParameters *parameters, RpVocabulary parameter, RpTermId *value)
{
    RpTripleRange values = rp_parameters_values(parameters, parameter);

    parameters->parameter = parameter;
    *value = values.first < values.end ? values.first->object : RP_TERM_NONE;
    if (rp_triple_range_count(values) > 1) {
        return rp_parameters_fail(parameters, "-maxCount", RP_TERM_NONE,
                                  "may have one value only, and has %u",
                                  rp_triple_range_count(values));
    }
    return RP_OK;
}

static RpStatus
read_path(RpParameters *parameters, uint16_t type_marks)
{
    RpShapeReader *reader = parameters->reader;
    RpShapes *shapes = parameters->shapes;
    RpTermId shape_node = shapes->shapes[parameters->shape].node;
    uint32_t part_count;
    RpTermId node;
    RpStatus status;

    RP_TRY(read_single(parameters, RP_VOCABULARY_sh_path, &node));
    if (node == RP_TERM_NONE) {
        return type_marks & RP_MARK_PROPERTY_SHAPE
                   ? rp_parameters_fail(parameters, "PropertyShape-path-minCount", node,
                                        "is missing: a sh:PropertyShape must have one")
                   : RP_OK;
    }
    if (type_marks & RP_MARK_NODE_SHAPE) {
        return rp_parameters_fail(parameters, "NodeShape-path-maxCount", node,
                                  "is not allowed on a sh:NodeShape");
    }
    status = rp_path_read(shapes->graph, node, reader->options->depth_limit,
                          &shapes->shapes[parameters->shape].path, &part_count, parameters->error);
    if (status == RP_ILL_FORMED || status == RP_TOO_DEEP || status == RP_TOO_LARGE) {
        return rp_shape_error_wrap(parameters->error, shapes->graph, shape_node, "");
    }
    RP_TRY(status);
    return rp_shape_reader_add_parts(reader, shape_node, part_count);
}

static RpStatus
read_severity(RpParameters *parameters)
{
    RpTermId severity;

    RP_TRY(read_single(parameters, RP_VOCABULARY_sh_severity, &severity));
    if (severity != RP_TERM_NONE) {
        RP_TRY(rp_parameters_iri(parameters, severity));
        parameters->shapes->shapes[parameters->shape].severity = severity;
    }
    return RP_OK;
}

/*
 * A severity that is left out becomes one of its own: where the severities that are disallowed are
 * listed, it is none of them, whichever the text means.
 */
static RpStatus
take_severity(RpParameters *parameters)
{
    RpTerm unknown = rp_term_iri(RP_TEXT("urn:rdfpolicy:UnknownSeverity"));
    RpStatus status = read_severity(parameters);

    if (status == RP_ILL_FORMED) {
        RP_TRY(note(parameters, status, RP_LOSS_NONE));
        return rp_dictionary_add(&parameters->shapes->graph->dictionary, &unknown,
                                 &parameters->shapes->shapes[parameters->shape].severity,
                                 parameters->error);
    }
    return status;
}

static RpStatus
read_deactivated(RpParameters *parameters)
{
    RpTermId deactivated;

    RP_TRY(read_single(parameters, RP_VOCABULARY_sh_deactivated, &deactivated));
    if (deactivated != RP_TERM_NONE) {
        RpText lexical =
            rp_dictionary_term(&parameters->shapes->graph->dictionary, deactivated).lexical;
        bool is_deactivated;

        RP_TRY(rp_parameters_boolean(parameters, deactivated, &is_deactivated));
        if (!is_deactivated && !rp_text_equals(lexical, RP_TEXT("false"))) {
            return rp_parameters_fail(parameters, "-datatype", deactivated,
                                      "must be true or false");
        }
        parameters->shapes->shapes[parameters->shape].is_deactivated = is_deactivated;
    }
    return RP_OK;
}

static RpStatus
read_messages(RpParameters *parameters)
{
    const RpDictionary *dictionary = &parameters->shapes->graph->dictionary;
    RpTripleRange values = rp_parameters_values(parameters, RP_VOCABULARY_sh_message);
    RpShape *shape = &parameters->shapes->shapes[parameters->shape];

    if (values.first == values.end) {
        return RP_OK;
    }
    parameters->parameter = RP_VOCABULARY_sh_message;
    shape->messages = rp_arena_allocate(parameters->shapes->arena,
                                        rp_triple_range_count(values) * sizeof *shape->messages);
    if (shape->messages == NULL) {
        return rp_arena_failure(parameters->shapes->arena, parameters->error);
    }
    for (const RpTriple *value = values.first; value < values.end; value++) {
        RpTermId datatype = rp_dictionary_datatype(dictionary, value->object);

        if (datatype != RP_VOCABULARY_xsd_string && datatype != RP_VOCABULARY_rdf_langString) {
            RP_TRY(note(parameters,
                        rp_parameters_fail(parameters, "-datatype", value->object,
                                           "must be a string, with or without a language"),
                        RP_LOSS_NONE));
        } else {
            shape->messages[shape->message_count++] = value->object;
        }
    }
    return RP_OK;
}

/* Make sets of the operands that are lists of terms. */
static void
sort_term_lists(RpConstraint *constraint)
{
    for (uint32_t i = 0; i < constraint->operand_count; i++) {
        RpOperand *operand = &constraint->operands[i];

        operand->term_count = rp_term_ids_to_set(operand->terms, operand->term_count);
    }
}

/* For components that are ill-formed on a node shape. A broken path is another error. */
static RpStatus
require_path(RpParameters *parameters)
{
    return rp_triple_range_count(rp_parameters_values(parameters, RP_VOCABULARY_sh_path)) > 0
               ? RP_OK
               : rp_parameters_fail(
                     parameters, "-scope", RP_TERM_NONE,
                     "is allowed on property shapes only: this shape has no sh:path");
}

/* The shape is looked up here: reading may have moved it. */
RpStatus
rp_shape_reader_add_constraint(RpParameters *parameters, const RpConstraint *constraint)
{
    RpArena *arena = parameters->shapes->arena;
    RpShape *shape = &parameters->shapes->shapes[parameters->shape];
    RpConstraint *constraints =
        rp_arena_grow(arena, shape->constraints, shape->constraint_count,
                      shape->constraint_count + 1, &shape->constraint_capacity, sizeof *constraint);

    if (constraints == NULL) {
        return rp_arena_failure(arena, parameters->error);
    }
    constraints[shape->constraint_count++] = *constraint;
    shape->constraints = constraints;
    return RP_OK;
}

/* One value of a component's parameter. */
static RpStatus
read_constraint(RpParameters *parameters, uint32_t component, RpTermId value)
{
    RpShapes *shapes = parameters->shapes;
    RpConstraint constraint = {component, NULL, 0};
    bool is_void = false;

    RP_TRY(rp_arena_poll(shapes->arena, parameters->error));
    RP_TRY(rp_component_table[component].read(parameters, value, &constraint, &is_void));
    if (is_void) {
        return RP_OK;
    }
    /* Where the parameter is alone, read_component has asked. */
    if (rp_component_table[component].flags & RP_COMPONENT_PROPERTY_ONLY &&
        rp_component_table[component].others[0] != RP_VOCABULARY_NONE) {
        RP_TRY(require_path(parameters));
    }
    sort_term_lists(&constraint);
    return rp_shape_reader_add_constraint(parameters, &constraint);
}

/* What is asked of all values of a parameter together. */
static RpStatus
check_values(RpParameters *parameters, uint32_t component, uint32_t value_count)
{
    uint32_t flags = rp_component_table[component].flags;
    bool is_alone = rp_component_table[component].others[0] == RP_VOCABULARY_NONE;

    /* Where there are other parameters, read says whether they are all there: then it counts. */
    if (flags & RP_COMPONENT_PROPERTY_ONLY && is_alone) {
        RP_TRY(require_path(parameters));
    }
    if (flags & RP_COMPONENT_SINGLE && value_count > 1) {
        return rp_parameters_fail(parameters, is_alone ? "-maxCount" : "multiple-parameters",
                                  RP_TERM_NONE, "may have one value only, and has %u", value_count);
    }
    return RP_OK;
}

/* All values of one parameter, for one component that has it as its main parameter. */
static RpStatus
read_component(RpParameters *parameters, uint32_t component, RpTripleRange values)
{
    const RpShapeReader *reader = parameters->reader;
    RpLoss loss =
        parameters->parameter == RP_VOCABULARY_sh_property ? RP_LOSS_PROPERTY : RP_LOSS_CONSTRAINT;
    RpStatus status = check_values(parameters, component, rp_triple_range_count(values));

    RP_TRY(note(parameters, status, loss));
    if (status != RP_OK && !reader->options->collects_findings) {
        return RP_OK;
    }
    for (const RpTriple *value = values.first; value < values.end; value++) {
        RP_TRY(note(parameters, read_constraint(parameters, component, value->object), loss));
        parameters->parameter = rp_component_table[component].parameter;
    }
    return RP_OK;
}

/* Make room for the constraints of a shape that has so many triples: most are of one each. */
static RpStatus
make_constraint_room(RpParameters *parameters, uint32_t triple_count)
{
    RpArena *arena = parameters->shapes->arena;
    RpShape *shape = &parameters->shapes->shapes[parameters->shape];

    shape->constraints =
        rp_arena_grow(arena, shape->constraints, shape->constraint_count, triple_count,
                      &shape->constraint_capacity, sizeof *shape->constraints);
    return shape->constraints == NULL && triple_count > 0
               ? rp_arena_failure(arena, parameters->error)
               : RP_OK;
}

/* The constraints of a shape, in the order of their parameters' ids. */
static RpStatus
read_constraints(RpParameters *parameters)
{
    const RpShapeReader *reader = parameters->reader;
    RpTripleRange triples =
        rp_shape_reader_triples(reader, parameters->shapes->shapes[parameters->shape].node);
    RpTripleRange values;

    RP_TRY(make_constraint_room(parameters, rp_triple_range_count(triples)));
    for (values.first = triples.first; values.first < triples.end; values.first = values.end) {
        RpTermId predicate = values.first->predicate;

        for (values.end = values.first;
             values.end < triples.end && values.end->predicate == predicate;) {
            values.end++;
        }
        if (predicate >= RP_VOCABULARY_END) {
            continue;
        }
        parameters->parameter = (RpVocabulary)predicate;
        for (uint16_t i = reader->first_component[predicate]; i != RP_COMPONENT_NONE;
             i = reader->next_component[i]) {
            RP_TRY(read_component(parameters, i, values));
        }
    }
    return RP_OK;
}

/* A query on a shape that is no constraint, validator or target: what it asks would be passed over.
 */
static RpStatus
check_own_query(RpParameters *parameters)
{
    const RpShapeReader *reader = parameters->reader;
    static const RpVocabulary queries[] = {RP_VOCABULARY_sh_select, RP_VOCABULARY_sh_ask};

    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
        parameters->parameter = queries[i];
        if (rp_triple_range_count(rp_parameters_values(parameters, queries[i])) > 0 &&
            (reader->marks[parameters->shapes->shapes[parameters->shape].node] & RP_MARK_QUERY) ==
                0) {
            rp_parameters_fail(parameters, NULL, RP_TERM_NONE,
                               "has no meaning here: nothing refers to the shape as a constraint");
            return rp_error_hint(parameters->error,
                                 "Put it into a node of its own, and refer to that by sh:sparql.");
        }
    }
    return RP_OK;
}

/* 2.1.3.3: an instance of both. */
static bool
is_implicit_class(uint16_t type_marks)
{
    return (type_marks & RP_MARK_CLASS) != 0 &&
           (type_marks & (RP_MARK_NODE_SHAPE | RP_MARK_PROPERTY_SHAPE)) != 0;
}

static RpStatus
read_shape(RpShapeReader *reader, uint32_t index)
{
    RpParameters parameters = {reader->shapes, index, RP_VOCABULARY_NONE, reader->error, reader};
    RpTermId node = reader->shapes->shapes[index].node;
    uint16_t type_marks = marks_of_types(reader, node);

    RP_TRY(rp_shape_terms_check_shape(reader, node));
    RP_TRY(note(&parameters, read_path(&parameters, type_marks), RP_LOSS_SHAPE));
    RP_TRY(note(&parameters, read_deactivated(&parameters), RP_LOSS_SHAPE));
    RP_TRY(rp_shape_targets_read(&parameters, is_implicit_class(type_marks)));
    RP_TRY(take_severity(&parameters));
    RP_TRY(read_messages(&parameters));
    RP_TRY(note(&parameters, check_own_query(&parameters), RP_LOSS_CONSTRAINT));
    if (rp_shape_reader_leaves_out(reader, index)) {
        reader->shapes->shapes[index].target_count = 0;
        return RP_OK;
    }
    RP_TRY(read_constraints(&parameters));
    RP_TRY(rp_component_constraints_read(&parameters));
    return rp_partner_parameters_check(&parameters);
}

RpStatus
rp_shapes_read(RpShapesGraph *graph, const RpShapeReaderOptions *options, RpShapes *shapes,
               RpError *error)
{
    RpShapeReader reader;

    memset(shapes, 0, sizeof *shapes);
    shapes->arena = graph->arena;
    shapes->graph = graph;
    RP_TRY(rp_graph_freeze(&graph->graph, error));
    RP_TRY(init_reader(&reader, shapes, options, error));
    RP_TRY(rp_shape_classes_mark(&reader));
    RP_TRY(rp_declared_components_read(&reader));
    RP_TRY(rp_shape_terms_check(&reader));
    RP_TRY(find_shapes(&reader));
    for (uint32_t i = 0; i < shapes->shape_count; i++) {
        RP_TRY(read_shape(&reader, i));
    }
    RP_TRY(rp_parameter_values_check(&reader));
    RP_TRY(rp_shape_left_out_spread(&reader));
    RP_TRY(rp_shape_cycles_find(&reader));
    if (reader.has_cut_cycles) {
        RP_TRY(rp_shape_left_out_spread(&reader));
        RP_TRY(rp_shape_cycles_find(&reader));
    }
    return rp_shape_order_apply(&reader);
}
