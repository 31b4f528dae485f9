/* What components' read functions may call: the rp_reading_… functions of component.h. */
#include <stdarg.h>
#include <stdio.h>

#include "rdf/rdf_list.h"
#include "shacl/shape_error.h"
#include "shacl/shape_findings.h"
#include "shacl/shape_reading.h"

RpOperand *
rp_reading_operand(RpReading *reading, RpConstraint *constraint, RpOperandKind kind)
{
    uint32_t count = constraint->operand_count;
    RpOperand *operand;

    /* Room for 1, 2, 4, … operands, so that a count that is a power of two has no room left. */
    if ((count & (count - 1)) == 0) {
        size_t capacity = count == 0 ? 1 : (size_t)count * 2;
        RpOperand *operands =
            rp_arena_allocate(reading->shapes->arena, capacity * sizeof *operands);

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
add_detail(RpReading *reading, RpTermId value)
{
    const RpShapesGraph *graph = reading->shapes->graph;
    const RpPath *path = reading->shapes->shapes[reading->shape].path;
    RpShown shown_value;
    RpShown shown_path;
    bool has_name = path != NULL && path->kind == RP_PATH_PREDICATE;

    if (value != RP_TERM_NONE) {
        rp_error_detail(reading->error, "The value is %s%s%s.",
                        rp_shape_error_show(graph, value, &shown_value),
                        has_name ? ", the path " : "",
                        has_name ? rp_shape_error_show(graph, path->predicate, &shown_path) : "");
    } else if (has_name) {
        rp_error_detail(reading->error, "The path is %s.",
                        rp_shape_error_show(graph, path->predicate, &shown_path));
    }
}

/* "-datatype" is short for the parameter's name and that. */
static void
name_rule(RpReading *reading, const char *rule)
{
    RpText iri = rp_vocabulary_iri(reading->parameter);
    uint32_t start = iri.length;
    char name[RP_ERROR_RULE_SIZE];

    while (start > 0 && iri.data[start - 1] != '#') {
        start--;
    }
    (void)snprintf(name, sizeof name, "%.*s%s", rule[0] == '-' ? (int)(iri.length - start) : 0,
                   iri.data + start, rule);
    rp_shape_error_rule(reading->error, name);
}

static RpStatus
set_error(RpReading *reading, RpStatus status, const char *rule, RpTermId value, const char *format,
          va_list arguments)
{
    const RpShapesGraph *graph = reading->shapes->graph;
    RpTermId node = reading->shapes->shapes[reading->shape].node;
    char text[RP_ERROR_MESSAGE_SIZE];
    RpShown shown;

    (void)vsnprintf(text, sizeof text, format, arguments);
    rp_shape_error_set(reading->error, status, graph, node, "%s %s",
                       rp_shape_error_show(graph, reading->parameter, &shown), text);
    add_detail(reading, value);
    if (rule != NULL && status == RP_ILL_FORMED) {
        name_rule(reading, rule);
    }
    return status;
}

RpStatus
rp_reading_fail(RpReading *reading, const char *rule, RpTermId value, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    (void)set_error(reading, RP_ILL_FORMED, rule, value, format, arguments);
    va_end(arguments);
    return RP_ILL_FORMED;
}

RpStatus
rp_reading_refuse(RpReading *reading, RpStatus status, const char *rule, RpTermId value,
                  const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    (void)set_error(reading, status, rule, value, format, arguments);
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

RpStatus
rp_reading_integer(RpReading *reading, RpTermId value, int64_t *integer)
{
    const RpDictionary *dictionary = &reading->shapes->graph->dictionary;

    if (rp_dictionary_datatype(dictionary, value) != RP_VOCABULARY_xsd_integer ||
        !parse_integer(rp_dictionary_term(dictionary, value).lexical, integer)) {
        return rp_reading_fail(reading, "-datatype", value, "must be an xsd:integer");
    }
    return RP_OK;
}

RpStatus
rp_reading_boolean(RpReading *reading, RpTermId value, bool *boolean)
{
    const RpDictionary *dictionary = &reading->shapes->graph->dictionary;
    RpText lexical = rp_dictionary_term(dictionary, value).lexical;

    *boolean = rp_text_equals(lexical, RP_TEXT("true"));
    if (rp_dictionary_datatype(dictionary, value) != RP_VOCABULARY_xsd_boolean ||
        !(*boolean || rp_text_equals(lexical, RP_TEXT("false")) ||
          rp_text_equals(lexical, RP_TEXT("1")) || rp_text_equals(lexical, RP_TEXT("0")))) {
        return rp_reading_fail(reading, "-datatype", value, "must be true or false");
    }
    return RP_OK;
}

RpStatus
rp_reading_iri(RpReading *reading, RpTermId value)
{
    if (rp_dictionary_kind(&reading->shapes->graph->dictionary, value) != RP_IRI) {
        return rp_reading_fail(reading, "-nodeKind", value, "must be an IRI");
    }
    return RP_OK;
}

RpStatus
rp_reading_list(RpReading *reading, RpTermId value, RpTermId **members, uint32_t *count)
{
    const RpShapesGraph *graph = reading->shapes->graph;
    RpStatus status = rp_rdf_list_read(&graph->graph, value, members, count, reading->error);

    if (status == RP_ILL_FORMED) {
        char inner[RP_ERROR_MESSAGE_SIZE];

        memcpy(inner, reading->error->message, sizeof inner);
        return rp_reading_fail(reading, "-node", value, "must be a well-formed list: %s", inner);
    }
    RP_TRY(status);
    if (*count > RP_OPERAND_LIMIT) {
        return rp_reading_refuse(reading, RP_TOO_LARGE, NULL, value,
                                 "has a list of more than %d members", RP_OPERAND_LIMIT);
    }
    return RP_OK;
}

/* The rule for a value that should be a shape: sh:and, sh:or and sh:xone have it in a list. */
static const char *
shape_rule(const RpReading *reading)
{
    switch (reading->parameter) {
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
warn_of_dangling_reference(RpReading *reading, RpTermId value)
{
    RpShapes *shapes = reading->shapes;
    RpShown shown_parameter, shown_value;

    return rp_shape_findings_warning(
        shapes, shapes->shapes[reading->shape].node, "dangling-reference", reading->error,
        "%s refers to %s, which nothing in the text describes: every node conforms to it",
        rp_shape_error_show(shapes->graph, reading->parameter, &shown_parameter),
        rp_shape_error_show(shapes->graph, value, &shown_value));
}

RpStatus
rp_reading_shape(RpReading *reading, RpTermId value, bool must_be_property, uint32_t *shape)
{
    RpShapeReader *reader = reading->reader;
    RpTripleRange triples = rp_shape_reader_triples(reader, value);

    if (rp_dictionary_kind(&reading->shapes->graph->dictionary, value) == RP_LITERAL) {
        return rp_reading_fail(reading, shape_rule(reading), value,
                               "must be a shape, not a literal");
    }
    if (must_be_property && triples.first == triples.end) {
        rp_reading_fail(reading, NULL, value,
                        "refers to a shape that nothing in the text describes");
        (void)snprintf(reading->error->rule, sizeof reading->error->rule, "dangling-reference");
        return rp_error_hint(reading->error,
                             "Correct the name, or put the shape into the same text.");
    }
    if (must_be_property &&
        rp_triple_range_count(rp_shape_reader_values(reader, value, RP_VOCABULARY_sh_path)) == 0) {
        return rp_reading_fail(reading, "-node", value,
                               "must be a property shape: it has no sh:path");
    }
    if (triples.first == triples.end) {
        RP_TRY(warn_of_dangling_reference(reading, value));
    }
    return rp_shape_reader_index(reader, value, shape);
}

RpTripleRange
rp_reading_values(const RpReading *reading, RpVocabulary parameter)
{
    return rp_shape_reader_values(reading->reader, reading->shapes->shapes[reading->shape].node,
                                  parameter);
}
