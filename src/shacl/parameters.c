/* What components' read functions may call: the rp_parameters_… functions of component.h. */
#include <stdarg.h>
#include <stdio.h>

#include "rdf/rdf_list.h"
#include "shacl/shape_error.h"
#include "shacl/shape_findings.h"
#include "shacl/shape_reader_internal.h"

/* Outgrown arrays stay in the arena until the compilation ends: together as large as the last. */
RpOperand *
rp_parameters_operand(RpParameters *parameters, RpConstraint *constraint, RpOperandKind kind)
{
    uint32_t count = constraint->operand_count;
    RpOperand *operand;

    /* Room for 1, 2, 4, … operands, so that a count that is a power of two has no room left. */
    if ((count & (count - 1)) == 0) {
        size_t capacity = count == 0 ? 1 : (size_t)count * 2;
        RpOperand *operands =
            rp_arena_allocate(parameters->shapes->arena, capacity * sizeof *operands);

        if (operands == NULL) {
            return NULL;
        }
        if (count > 0) {
            memcpy(operands, constraint->operands, count * sizeof *operands);
        }
        constraint->operands = operands;
    }
    operand = &constraint->operands[constraint->operand_count++];
    memset(operand, 0, sizeof *operand);
    operand->kind = kind;
    return operand;
}

/* The value that is wrong, and the path, by which people know a shape that is a blank node. */
static void
add_detail(RpParameters *parameters, RpTermId value)
{
    const RpShapesGraph *graph = parameters->shapes->graph;
    const RpPath *path = parameters->shapes->shapes[parameters->shape].path;
    RpShown shown_value;
    RpShown shown_path;
    bool has_name = path != NULL && path->kind == RP_PATH_PREDICATE;

    if (value != RP_TERM_NONE) {
        rp_error_detail(parameters->error, "The value is %s%s%s.",
                        rp_shape_error_show(graph, value, &shown_value),
                        has_name ? ", the path " : "",
                        has_name ? rp_shape_error_show(graph, path->predicate, &shown_path) : "");
    } else if (has_name) {
        rp_error_detail(parameters->error, "The path is %s.",
                        rp_shape_error_show(graph, path->predicate, &shown_path));
    }
}

/* "-datatype" is short for the parameter's name and that. */
static void
name_rule(RpParameters *parameters, const char *rule)
{
    RpText iri = rp_vocabulary_iri(parameters->parameter);
    uint32_t start = iri.length;
    char name[RP_ERROR_RULE_SIZE];

    while (start > 0 && iri.data[start - 1] != '#') {
        start--;
    }
    (void)snprintf(name, sizeof name, "%.*s%s", rule[0] == '-' ? (int)(iri.length - start) : 0,
                   iri.data + start, rule);
    rp_shape_error_rule(parameters->error, name);
}

/*
 * The parameter's name first, then what is wrong with it, then the value in the detail: messages of
 * all components read alike.
 */
static RpStatus
set_error(RpParameters *parameters, RpStatus status, const char *rule, RpTermId value,
          const char *format, va_list arguments)
{
    const RpShapesGraph *graph = parameters->shapes->graph;
    RpTermId node = parameters->shapes->shapes[parameters->shape].node;
    char text[RP_ERROR_MESSAGE_SIZE];
    RpShown shown;

    (void)vsnprintf(text, sizeof text, format, arguments);
    rp_shape_error_set(parameters->error, status, graph, node, "%s %s",
                       rp_shape_error_show(graph, parameters->parameter, &shown), text);
    add_detail(parameters, value);
    if (rule != NULL && status == RP_ILL_FORMED) {
        name_rule(parameters, rule);
    }
    return status;
}

RpStatus
rp_parameters_fail(RpParameters *parameters, const char *rule, RpTermId value, const char *format,
                   ...)
{
    va_list arguments;

    va_start(arguments, format);
    (void)set_error(parameters, RP_ILL_FORMED, rule, value, format, arguments);
    va_end(arguments);
    return RP_ILL_FORMED;
}

/* For what is well-formed and still not taken, such as a list that is too long. */
RpStatus
rp_parameters_refuse(RpParameters *parameters, RpStatus status, const char *rule, RpTermId value,
                     const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    (void)set_error(parameters, status, rule, value, format, arguments);
    va_end(arguments);
    return status;
}

/* Digits with an optional sign to a number, held at the ends of its range. False: another form. */
static bool
parse_integer(RpText lexical, int64_t *integer)
{
    uint32_t at = 0;
    bool is_negative = false;
    int64_t value = 0;

    if (at < lexical.length && (lexical.data[at] == '+' || lexical.data[at] == '-')) {
        is_negative = lexical.data[at++] == '-';
    }
    if (at == lexical.length) {
        return false;
    }
    for (; at < lexical.length; at++) {
        int digit = lexical.data[at] - '0';

        if (digit < 0 || digit > 9) {
            return false;
        }
        value = value > (INT64_MAX - digit) / 10 ? INT64_MAX : value * 10 + digit;
    }
    *integer = is_negative ? -value : value;
    return true;
}

/*
 * The Recommendation wants xsd:integer itself, so derived integers are ill-formed. Counts above 63
 * bits are as good as their limit: no data has so many values.
 */
RpStatus
rp_parameters_integer(RpParameters *parameters, RpTermId value, int64_t *integer)
{
    const RpDictionary *dictionary = &parameters->shapes->graph->dictionary;

    if (rp_dictionary_datatype(dictionary, value) != RP_VOCABULARY_xsd_integer ||
        !parse_integer(rp_dictionary_term(dictionary, value).lexical, integer)) {
        return rp_parameters_fail(parameters, "-datatype", value, "must be an xsd:integer");
    }
    return RP_OK;
}

/* All four lexical forms of xsd:boolean. */
RpStatus
rp_parameters_boolean(RpParameters *parameters, RpTermId value, bool *boolean)
{
    const RpDictionary *dictionary = &parameters->shapes->graph->dictionary;
    RpText lexical = rp_dictionary_term(dictionary, value).lexical;

    *boolean = rp_text_equals(lexical, RP_TEXT("true"));
    if (rp_dictionary_datatype(dictionary, value) != RP_VOCABULARY_xsd_boolean ||
        !(*boolean || rp_text_equals(lexical, RP_TEXT("false")) ||
          rp_text_equals(lexical, RP_TEXT("1")) || rp_text_equals(lexical, RP_TEXT("0")))) {
        return rp_parameters_fail(parameters, "-datatype", value, "must be true or false");
    }
    return RP_OK;
}

RpStatus
rp_parameters_iri(RpParameters *parameters, RpTermId value)
{
    if (rp_dictionary_kind(&parameters->shapes->graph->dictionary, value) != RP_IRI) {
        return rp_parameters_fail(parameters, "-nodeKind", value, "must be an IRI");
    }
    return RP_OK;
}

/*
 * The list's own rules are broken in many ways, of which the Recommendation names one; the detail
 * has which.
 */
RpStatus
rp_parameters_list(RpParameters *parameters, RpTermId value, RpTermId **members, uint32_t *count)
{
    const RpShapesGraph *graph = parameters->shapes->graph;
    RpStatus status = rp_rdf_list_read(&graph->graph, value, members, count, parameters->error);

    if (status == RP_ILL_FORMED) {
        char inner[RP_ERROR_MESSAGE_SIZE];

        memcpy(inner, parameters->error->message, sizeof inner);
        return rp_parameters_fail(parameters, "-node", value, "must be a well-formed list: %s",
                                  inner);
    }
    RP_TRY(status);
    if (*count > RP_OPERAND_LIMIT) {
        return rp_parameters_refuse(parameters, RP_TOO_LARGE, NULL, value,
                                    "has a list of more than %d members", RP_OPERAND_LIMIT);
    }
    return rp_shape_reader_add_parts(parameters->reader,
                                     parameters->shapes->shapes[parameters->shape].node, *count);
}

/* The rule for a value that should be a shape: sh:and, sh:or and sh:xone have it in a list. */
static const char *
shape_rule(const RpParameters *parameters)
{
    switch (parameters->parameter) {
    case RP_VOCABULARY_sh_and:
    case RP_VOCABULARY_sh_or:
    case RP_VOCABULARY_sh_xone:
        return "-members-node";
    default:
        return "-node";
    }
}

/* A node that nothing describes is a shape without constraints (section 2): mostly a mistake. */
static RpStatus
warn_of_dangling_reference(RpParameters *parameters, RpTermId value)
{
    RpShapes *shapes = parameters->shapes;
    RpShown shown_parameter, shown_value;

    return rp_shape_findings_warning(
        shapes, shapes->shapes[parameters->shape].node, "dangling-reference", parameters->error,
        "%s refers to %s, which nothing in the text describes: every node conforms to it",
        rp_shape_error_show(shapes->graph, parameters->parameter, &shown_parameter),
        rp_shape_error_show(shapes->graph, value, &shown_value));
}

/*
 * What makes a node a shape by being referred to (section 2.1). A literal never is. Where a
 * property shape is needed and the node has no path, it is said here: by the time the node is read,
 * nobody knows why it had to have one.
 */
RpStatus
rp_parameters_shape(RpParameters *parameters, RpTermId value, bool must_be_property,
                    uint32_t *shape)
{
    RpShapeReader *reader = parameters->reader;
    RpTripleRange triples = rp_shape_reader_triples(reader, value);

    if (rp_dictionary_kind(&parameters->shapes->graph->dictionary, value) == RP_LITERAL) {
        return rp_parameters_fail(parameters, shape_rule(parameters), value,
                                  "must be a shape, not a literal");
    }
    if (must_be_property && triples.first == triples.end) {
        rp_parameters_fail(parameters, NULL, value,
                           "refers to a shape that nothing in the text describes");
        (void)snprintf(parameters->error->rule, sizeof parameters->error->rule,
                       "dangling-reference");
        return rp_error_hint(parameters->error,
                             "Correct the name, or put the shape into the same text.");
    }
    if (must_be_property &&
        rp_triple_range_count(rp_shape_reader_values(reader, value, RP_VOCABULARY_sh_path)) == 0) {
        return rp_parameters_fail(parameters, "-node", value,
                                  "must be a property shape: it has no sh:path");
    }
    if (triples.first == triples.end) {
        RP_TRY(warn_of_dangling_reference(parameters, value));
    }
    return rp_shape_reader_index(reader, value, shape);
}

RpStatus
rp_parameters_begin_siblings(RpParameters *parameters)
{
    RpShapeReader *reader = parameters->reader;
    RpArena *arena = parameters->shapes->arena;

    if (reader->sibling_of == NULL) {
        reader->sibling_of = rp_arena_allocate_zero(arena, ((size_t)reader->highest_id + 1) *
                                                               sizeof *reader->sibling_of);
    }
    reader->gathering++;
    return reader->sibling_of == NULL ? rp_arena_failure(arena, parameters->error) : RP_OK;
}

RpStatus
rp_parameters_add_sibling(RpParameters *parameters, RpTermId property, bool *is_new)
{
    RpShapeReader *reader = parameters->reader;

    if (++reader->sibling_count > RP_SIBLING_LIMIT) {
        return rp_parameters_refuse(parameters, RP_TOO_LARGE, NULL, RP_TERM_NONE,
                                    "has too many siblings: those of all shapes of the text may "
                                    "be %d together",
                                    RP_SIBLING_LIMIT);
    }
    *is_new = reader->sibling_of[property] != reader->gathering;
    reader->sibling_of[property] = reader->gathering;
    return RP_OK;
}

RpTripleRange
rp_parameters_values(const RpParameters *parameters, RpVocabulary parameter)
{
    return rp_shape_reader_values(parameters->reader,
                                  parameters->shapes->shapes[parameters->shape].node, parameter);
}
