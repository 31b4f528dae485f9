/* The constraint components that a shapes graph declares: their syntax, SHACL Recommendation 6.2.
 * Their queries are read when a shape asks them (component_constraint.c). */
#include "shacl/component_declaration.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "shacl/capability.h"
#include "shacl/query_reader.h"
#include "shacl/shape_error.h"

/* RP_ILL_FORMED about a component, at its place. Value 0: none. */
static RpStatus fail(const RpShapeReader *reader, RpTermId component, const char *rule,
                     RpTermId value, const char *format, ...) RP_PRINTF(5, 6);

static RpStatus
fail(const RpShapeReader *reader, RpTermId component, const char *rule, RpTermId value,
     const char *format, ...)
{
    const RpShapesGraph *graph = reader->shapes->graph;
    char text[RP_ERROR_MESSAGE_SIZE];
    RpShown shown, shown_value;
    va_list arguments;

    va_start(arguments, format);
    (void)vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    rp_error_set(reader->error, RP_ILL_FORMED, "constraint component %s: %s",
                 rp_shape_error_show(graph, component, &shown), text);
    rp_shape_error_place(reader->error, graph, component);
    if (value != RP_TERM_NONE) {
        rp_error_detail(reader->error, "The value is %s.",
                        rp_shape_error_show(graph, value, &shown_value));
    }
    return rp_shape_error_rule(reader->error, rule);
}

/* NCNameStartChar, or what may follow it; as in names of Turtle, but for colons. */
static bool
is_name_part(uint32_t code_point, bool is_first)
{
    return code_point != ':' && (is_first ? code_point == '_' || rp_utf8_is_name_start(code_point)
                                          : code_point == '.' || rp_utf8_is_name_char(code_point));
}

/* The longest NCName at the end of an IRI that does not follow its first colon; empty: none. */
static RpText
local_name(RpText iri)
{
    const char *colon = memchr(iri.data, ':', iri.length);
    uint32_t start = colon == NULL ? 0 : (uint32_t)(colon - iri.data) + 1;
    uint32_t first = iri.length;
    uint32_t length;

    for (uint32_t at = start; at < iri.length; at += length) {
        uint32_t code_point = rp_utf8_decode(iri.data + at, &length);

        if (!is_name_part(code_point, false)) {
            first = iri.length;
        } else if (first == iri.length && at > start && is_name_part(code_point, true)) {
            first = at;
        }
    }
    return (RpText){iri.data + first, iri.length - first};
}

/* VARNAME of SPARQL's grammar. */
static bool
is_variable_name(RpText name)
{
    uint32_t length;

    for (uint32_t at = 0; at < name.length; at += length) {
        uint32_t code_point = rp_utf8_decode(name.data + at, &length);

        if (code_point == '-' || code_point == '.' || !is_name_part(code_point, false)) {
            return false;
        }
    }
    return name.length > 0;
}

/* 6.2.1: what a variable of a parameter must be called. */
static RpStatus
check_name(const RpShapeReader *reader, RpTermId component, RpTermId predicate, RpText name)
{
    static const char *const reserved[] = {"this", "shapesGraph", "currentShape",
                                           "path", "PATH",        "value"};

    if (!is_variable_name(name)) {
        return fail(reader, component, "parameter-name-VARNAME", predicate,
                    "the local name of a parameter must be the name of a variable");
    }
    for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++) {
        if (rp_text_equals(name, rp_text_from(reserved[i]))) {
            return fail(reader, component, "parameter-name-not-in", predicate,
                        "a parameter must not be called %s", reserved[i]);
        }
    }
    return RP_OK;
}

static RpStatus
read_optional(const RpShapeReader *reader, RpTermId component, RpDeclaredParameter *parameter)
{
    const RpDictionary *dictionary = &reader->shapes->graph->dictionary;
    RpTripleRange values =
        rp_shape_reader_values(reader, parameter->node, RP_VOCABULARY_sh_optional);
    RpText lexical;

    if (rp_triple_range_count(values) == 0) {
        return RP_OK;
    }
    if (rp_triple_range_count(values) > 1) {
        return fail(reader, component, "optional-maxCount", parameter->node,
                    "sh:optional of a parameter may have one value only");
    }
    lexical = rp_dictionary_term(dictionary, values.first->object).lexical;
    parameter->is_optional = rp_text_equals(lexical, RP_TEXT("true")) || /* both forms are true */
                             rp_text_equals(lexical, RP_TEXT("1"));
    return rp_dictionary_datatype(dictionary, values.first->object) == RP_VOCABULARY_xsd_boolean &&
                   (parameter->is_optional || rp_text_equals(lexical, RP_TEXT("false")) ||
                    rp_text_equals(lexical, RP_TEXT("0")))
               ? RP_OK
               : fail(reader, component, "optional-datatype", values.first->object,
                      "sh:optional of a parameter must be true or false");
}

/* A value of sh:parameter, and the name of its variable. */
static RpStatus
read_parameter(const RpShapeReader *reader, RpTermId component, RpDeclaredParameter *parameter,
               RpText *name)
{
    const RpDictionary *dictionary = &reader->shapes->graph->dictionary;
    RpTripleRange paths;

    if (rp_dictionary_kind(dictionary, parameter->node) == RP_LITERAL) {
        return fail(reader, component, "Parameter-predicate-count", parameter->node,
                    "sh:parameter must be a node with a sh:path, not a literal");
    }
    paths = rp_shape_reader_values(reader, parameter->node, RP_VOCABULARY_sh_path);
    if (rp_triple_range_count(paths) != 1) {
        return fail(reader, component, "Parameter-predicate-count", parameter->node,
                    "a parameter must have exactly one sh:path");
    }
    if (rp_dictionary_kind(dictionary, paths.first->object) != RP_IRI) {
        return fail(reader, component, "Parameter", paths.first->object,
                    "the sh:path of a parameter must be an IRI");
    }
    parameter->predicate = paths.first->object;
    *name = local_name(rp_dictionary_term(dictionary, parameter->predicate).lexical);
    RP_TRY(check_name(reader, component, parameter->predicate, *name));
    return read_optional(reader, component, parameter);
}

/* The names of all variables that may be bound before: both arrays have room. */
static RpStatus
add_name(const RpShapeReader *reader, RpDeclaredComponent *component, uint32_t parameter,
         RpText name)
{
    RpPreboundName *names = component->select_names + RP_QUERY_PARAMETERS;
    RpText kept; /* the dictionary's moves */

    for (uint32_t i = 0; i < parameter; i++) {
        if (rp_text_equals(names[i].name, name)) {
            return fail(reader, component->node, "parameter-name-unique",
                        component->parameters[parameter].predicate,
                        "two parameters have the same name");
        }
    }
    if (!rp_arena_copy_text(reader->shapes->arena, name, &kept)) {
        return rp_arena_failure(reader->shapes->arena, reader->error);
    }
    names[parameter] = (RpPreboundName){kept, false};
    component->ask_names[RP_QUERY_PARAMETERS + 1 + parameter] = names[parameter];
    return RP_OK;
}

static RpStatus
make_parameter_room(const RpShapeReader *reader, RpDeclaredComponent *component, uint32_t count)
{
    RpArena *arena = reader->shapes->arena;
    size_t name_count = (size_t)count + RP_QUERY_PARAMETERS + 1;

    component->parameters =
        rp_arena_allocate_zero(arena, ((size_t)count + 1) * sizeof *component->parameters);
    component->select_names = rp_arena_allocate_zero(arena, name_count * sizeof(RpPreboundName));
    component->ask_names = rp_arena_allocate_zero(arena, name_count * sizeof(RpPreboundName));
    if (component->parameters == NULL || component->select_names == NULL ||
        component->ask_names == NULL) {
        return rp_arena_failure(arena, reader->error);
    }
    memcpy(component->select_names, rp_query_names, sizeof rp_query_names);
    memcpy(component->ask_names, rp_query_names, sizeof rp_query_names);
    component->ask_names[RP_QUERY_VALUE] = (RpPreboundName){RP_TEXT("value"), false};
    return RP_OK;
}

/* All parameters, up to the first fault. */
static RpStatus
read_parameters(const RpShapeReader *reader, RpDeclaredComponent *component)
{
    RpTripleRange values =
        rp_shape_reader_values(reader, component->node, RP_VOCABULARY_sh_parameter);
    uint32_t mandatory_count = 0;

    RP_TRY(make_parameter_room(reader, component, rp_triple_range_count(values)));
    for (const RpTriple *value = values.first; value < values.end; value++) {
        RpDeclaredParameter *parameter = &component->parameters[component->parameter_count];
        RpText name;

        RP_TRY(rp_arena_poll(reader->shapes->arena, reader->error));
        parameter->node = value->object;
        RP_TRY(read_parameter(reader, component->node, parameter, &name));
        RP_TRY(add_name(reader, component, component->parameter_count, name));
        component->parameter_count++;
        mandatory_count += !parameter->is_optional;
    }
    return mandatory_count > 0
               ? RP_OK
               : fail(reader, component->node, "ConstraintComponent-parameter", RP_TERM_NONE,
                      "it must have a parameter that is not optional");
}

static bool
is_script(const RpShapeReader *reader, RpTermId node)
{
    RpTripleRange types = rp_shape_reader_values(reader, node, RP_VOCABULARY_rdf_type);

    for (const RpTriple *type = types.first; type < types.end; type++) {
        if (rp_text_equals(
                rp_dictionary_term(&reader->shapes->graph->dictionary, type->object).lexical,
                RP_TEXT(RP_SH "JSValidator"))) {
            return true;
        }
    }
    return false;
}

/* 6.2.3: one of the values of a property; which, does not matter. An ASK is taken as a special
 * validator too, though the Recommendation wants a SELECT there: what it asks is clear. */
static RpStatus
read_validator(const RpShapeReader *reader, RpDeclaredComponent *component, RpVocabulary property,
               RpValidator *validator)
{
    RpTripleRange values = rp_shape_reader_values(reader, component->node, property);
    bool takes_select = property != RP_VOCABULARY_sh_validator;
    const char *rule = property == RP_VOCABULARY_sh_validator       ? "validator-class"
                       : property == RP_VOCABULARY_sh_nodeValidator ? "nodeValidator-class"
                                                                    : "propertyValidator-class";
    RpShown shown;

    for (const RpTriple *value = values.first; value < values.end; value++) {
        bool is_ask = rp_shape_reader_is_instance(reader, value->object, RP_MARK_ASK_VALIDATOR);
        bool is_select = takes_select && rp_shape_reader_is_instance(reader, value->object,
                                                                     RP_MARK_SELECT_VALIDATOR);

        if (is_ask || is_select) {
            if (validator->node == RP_TERM_NONE) {
                validator->node = value->object;
                validator->is_ask = !is_select;
            }
        } else if (is_script(reader, value->object)) {
            component->has_script = true;
        } else {
            return fail(reader, component->node, rule, value->object,
                        "%s must have the type sh:SPARQL%sValidator",
                        rp_shape_error_show(reader->shapes->graph, property, &shown),
                        takes_select ? "Select" : "Ask");
        }
    }
    return RP_OK;
}

/* Templates are for display: only their syntax rule is ours. */
static RpStatus
check_label_template(const RpShapeReader *reader, RpTermId component)
{
    RpTripleRange values =
        rp_shape_reader_values(reader, component, RP_VOCABULARY_sh_labelTemplate);

    for (const RpTriple *value = values.first; value < values.end; value++) {
        RpTermId datatype =
            rp_dictionary_datatype(&reader->shapes->graph->dictionary, value->object);

        if (datatype != RP_VOCABULARY_xsd_string && datatype != RP_VOCABULARY_rdf_langString) {
            return fail(reader, component, "labelTemplate-datatype", value->object,
                        "sh:labelTemplate must be a string, with or without a language");
        }
    }
    return RP_OK;
}

static RpStatus
read_component(const RpShapeReader *reader, RpDeclaredComponent *component)
{
    RP_TRY(read_parameters(reader, component));
    if (rp_dictionary_kind(&reader->shapes->graph->dictionary, component->node) != RP_IRI) {
        return fail(reader, component->node, "ConstraintComponent", RP_TERM_NONE,
                    "it must be an IRI");
    }
    if (!rp_shape_reader_is_instance(reader, component->node, RP_MARK_COMPONENT)) {
        return fail(reader, component->node, "ConstraintComponent", RP_TERM_NONE,
                    "it has a validator, and must have the type sh:ConstraintComponent");
    }
    RP_TRY(check_label_template(reader, component->node));
    RP_TRY(
        read_validator(reader, component, RP_VOCABULARY_sh_nodeValidator, &component->for_nodes));
    RP_TRY(read_validator(reader, component, RP_VOCABULARY_sh_propertyValidator,
                          &component->for_properties));
    return read_validator(reader, component, RP_VOCABULARY_sh_validator, &component->for_both);
}

/* Of a component that is ill-formed: whatever may be a parameter of it. */
static RpStatus
collect_parameters(const RpShapeReader *reader, RpDeclaredComponent *component)
{
    RpTripleRange values =
        rp_shape_reader_values(reader, component->node, RP_VOCABULARY_sh_parameter);
    uint32_t capacity = component->parameter_count;

    for (const RpTriple *value = values.first; value < values.end; value++) {
        RpTripleRange paths = rp_shape_reader_values(reader, value->object, RP_VOCABULARY_sh_path);

        for (const RpTriple *path = paths.first; path < paths.end; path++) {
            RpDeclaredParameter *parameters = rp_arena_grow(
                reader->shapes->arena, component->parameters, component->parameter_count,
                component->parameter_count + 1, &capacity, sizeof *parameters);

            if (parameters == NULL) {
                return rp_arena_failure(reader->shapes->arena, reader->error);
            }
            component->parameters = parameters;
            parameters[component->parameter_count++] =
                (RpDeclaredParameter){.node = value->object, .predicate = path->object};
        }
    }
    return RP_OK;
}

/* Whether the component asks anything, as far as its text says. */
static bool
has_effect(const RpDeclaredComponent *component)
{
    return component->is_left_out || component->has_script ||
           component->for_nodes.node != RP_TERM_NONE ||
           component->for_properties.node != RP_TERM_NONE ||
           component->for_both.node != RP_TERM_NONE;
}

/* By which predicates shapes have the component. A parameter makes its subject a shape, and is
 * known from here on, where something is asked of it. */
static RpStatus
add_uses(RpShapeReader *reader, uint32_t index)
{
    const RpDeclaredComponent *component = &reader->components[index];
    RpArena *arena = reader->shapes->arena;
    bool has_key = false;

    for (uint32_t i = 0; i < component->parameter_count; i++) {
        const RpDeclaredParameter *parameter = &component->parameters[i];
        RpParameterUse *uses;

        reader->marks[parameter->predicate] |= has_effect(component) ? RP_MARK_PARAMETER : 0;
        if (!component->is_left_out && (has_key || parameter->is_optional)) {
            continue;
        }
        has_key = true;
        uses = rp_arena_grow(arena, reader->parameter_uses, reader->parameter_use_count,
                             reader->parameter_use_count + 1, &reader->parameter_use_capacity,
                             sizeof *uses);
        if (uses == NULL) {
            return rp_arena_failure(arena, reader->error);
        }
        uses[reader->parameter_use_count++] = (RpParameterUse){parameter->predicate, index};
        reader->parameter_uses = uses;
    }
    return RP_OK;
}

/* A component that is ill-formed is noted, and left out where the options say so. */
static RpStatus
add_component(RpShapeReader *reader, RpTermId node)
{
    RpArena *arena = reader->shapes->arena;
    RpDeclaredComponent *components =
        rp_arena_grow(arena, reader->components, reader->component_count,
                      reader->component_count + 1, &reader->component_capacity, sizeof *components);
    RpStatus status;

    if (components == NULL) {
        return rp_arena_failure(arena, reader->error);
    }
    reader->components = components;
    components[reader->component_count] = (RpDeclaredComponent){.node = node};
    status = read_component(reader, &components[reader->component_count]);
    components[reader->component_count].is_left_out = status != RP_OK;
    RP_TRY(rp_shape_reader_note(reader, node, status, RP_LOSS_NONE));
    if (status != RP_OK) {
        RP_TRY(collect_parameters(reader, &components[reader->component_count]));
    }
    return add_uses(reader, reader->component_count++);
}

/* Those of SHACL's own namespace are described by its vocabulary, and are in the component table or
 * not implemented. */
static bool
declares_component(const RpShapeReader *reader, const RpTriple *triple)
{
    RpTerm subject = rp_dictionary_term(&reader->shapes->graph->dictionary, triple->subject);

    switch (triple->predicate) {
    case RP_VOCABULARY_rdf_type:
        if ((reader->marks[triple->object] & RP_MARK_COMPONENT) == 0) {
            return false;
        }
        break;
    case RP_VOCABULARY_sh_validator:
    case RP_VOCABULARY_sh_nodeValidator:
    case RP_VOCABULARY_sh_propertyValidator:
        break;
    default:
        return false;
    }
    return subject.kind != RP_IRI || !rp_text_starts_with(subject.lexical, RP_TEXT(RP_SH));
}

static int
compare_uses(const void *a, const void *b)
{
    const RpParameterUse *left = a;
    const RpParameterUse *right = b;

    return left->predicate != right->predicate
               ? (left->predicate > right->predicate) - (left->predicate < right->predicate)
               : (left->component > right->component) - (left->component < right->component);
}

RpStatus
rp_declared_components_read(RpShapeReader *reader)
{
    const RpGraph *graph = &reader->shapes->graph->graph;
    RpTermId last = RP_TERM_NONE;

    for (uint32_t i = 0; i < graph->count; i++) {
        const RpTriple *triple = &graph->by_subject[i];

        RP_TRY(rp_arena_poll(reader->shapes->arena, reader->error));
        if (triple->subject != last && declares_component(reader, triple)) {
            last = triple->subject;
            RP_TRY(add_component(reader, triple->subject));
        }
    }
    if (reader->parameter_use_count > 0) {
        qsort(reader->parameter_uses, reader->parameter_use_count, sizeof *reader->parameter_uses,
              compare_uses);
    }
    return RP_OK;
}
