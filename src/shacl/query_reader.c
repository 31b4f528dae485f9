/* Reading queries. Each shape gets queries of its own, though several may have the same algebra. */
#include "shacl/query_reader.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/ascii.h"
#include "shacl/shape_error.h"
#include "shacl/shape_findings.h"

const RpPreboundName rp_query_names[RP_QUERY_PARAMETERS] = {
    [RP_QUERY_THIS] = {RP_TEXT("this"), false},
    [RP_QUERY_CURRENT_SHAPE] = {RP_TEXT("currentShape"), true},
    [RP_QUERY_SHAPES_GRAPH] = {RP_TEXT("shapesGraph"), true}};

/* The Recommendation's rules for one role of a query; NULL: a rule without a name. */
typedef struct RoleRules {
    RpVocabulary property;
    const char *count;
    const char *datatype;
    const char *valid;
    const char *projects;
} RoleRules;

static const RoleRules rules_of[] = {
    [RP_QUERY_OF_CONSTRAINT] = {RP_VOCABULARY_sh_select, "SPARQLConstraint-select-count",
                                "SPARQLConstraint-select-datatype", "select-query-valid",
                                "select-query-this"},
    [RP_QUERY_OF_SELECT_VALIDATOR] = {RP_VOCABULARY_sh_select, "SPARQLSelectValidator-select-count",
                                      NULL, "select-query-valid", "select-query-this"},
    [RP_QUERY_OF_ASK_VALIDATOR] = {RP_VOCABULARY_sh_ask, "ask-count", "ask-datatype", "ask-sparql",
                                   NULL},
    [RP_QUERY_OF_TARGET] = {RP_VOCABULARY_sh_select, NULL, NULL, NULL, NULL}};

RpStatus
rp_query_fail(RpParameters *parameters, RpTermId node, RpVocabulary property, const char *rule,
              RpTermId value, const char *format, ...)
{
    const RpShapesGraph *graph = parameters->shapes->graph;
    RpVocabulary reading = parameters->parameter;
    bool is_shape = node == parameters->shapes->shapes[parameters->shape].node;
    char text[RP_ERROR_MESSAGE_SIZE];
    RpShown shown;
    va_list arguments;

    va_start(arguments, format);
    (void)vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    parameters->parameter = property;
    rp_parameters_fail(parameters, rule, value, "%s%s%s%s", is_shape ? "" : "of ",
                       is_shape ? "" : rp_shape_error_show(graph, node, &shown),
                       is_shape ? "" : " ", text);
    parameters->parameter = reading;
    if (node < graph->position_capacity && graph->positions[node].line != 0) {
        rp_shape_error_place(parameters->error, graph, node);
    }
    return RP_ILL_FORMED;
}

RpStatus
rp_query_messages(RpParameters *parameters, RpTermId node, const char *rule, RpTermId **messages,
                  uint32_t *count)
{
    RpShapeReader *reader = parameters->reader;
    const RpDictionary *dictionary = &reader->shapes->graph->dictionary;
    RpTripleRange values = rp_shape_reader_values(reader, node, RP_VOCABULARY_sh_message);

    *count = 0;
    *messages = rp_arena_allocate(reader->shapes->arena,
                                  (rp_triple_range_count(values) + 1) * sizeof **messages);
    if (*messages == NULL) {
        return rp_arena_failure(reader->shapes->arena, reader->error);
    }
    for (const RpTriple *value = values.first; value < values.end; value++) {
        RpTermId datatype = rp_dictionary_datatype(dictionary, value->object);

        if (datatype == RP_VOCABULARY_xsd_string || datatype == RP_VOCABULARY_rdf_langString) {
            (*messages)[(*count)++] = value->object;
        } else {
            RP_TRY(rp_shape_reader_note(
                reader, reader->shapes->shapes[parameters->shape].node,
                rp_query_fail(parameters, node, RP_VOCABULARY_sh_message, rule, value->object,
                              "must be a string, with or without a language"),
                RP_LOSS_NONE));
        }
    }
    return RP_OK;
}

/* The text's literal. */
static RpStatus
find_text(const RpQuerySource *source, RpTermId *literal)
{
    RpParameters *parameters = source->parameters;
    const RoleRules *rules = &rules_of[source->role];
    RpTripleRange values =
        rp_shape_reader_values(parameters->reader, source->node, rules->property);

    if (rp_triple_range_count(values) != 1) {
        return rp_query_fail(parameters, source->node, rules->property, rules->count, RP_TERM_NONE,
                             "must have exactly one value, and has %u",
                             rp_triple_range_count(values));
    }
    *literal = values.first->object;
    return rp_dictionary_datatype(&parameters->shapes->graph->dictionary, *literal) ==
                   RP_VOCABULARY_xsd_string
               ? RP_OK
               : rp_query_fail(parameters, source->node, rules->property, rules->datatype, *literal,
                               "must be an xsd:string literal");
}

/* A shape's path as one of queries. */
static RpStatus
convert_path(RpArena *arena, const RpPath *path, RpCompilePath *converted, RpError *error)
{
    static const RpAlgebraKind kinds[] = {[RP_PATH_PREDICATE] = RP_ALGEBRA_CONSTANT,
                                          [RP_PATH_INVERSE] = RP_ALGEBRA_INVERSE,
                                          [RP_PATH_SEQUENCE] = RP_ALGEBRA_SEQUENCE,
                                          [RP_PATH_ALTERNATIVE] = RP_ALGEBRA_ALTERNATIVE,
                                          [RP_PATH_ZERO_OR_MORE] = RP_ALGEBRA_ZERO_OR_MORE,
                                          [RP_PATH_ONE_OR_MORE] = RP_ALGEBRA_ONE_OR_MORE,
                                          [RP_PATH_ZERO_OR_ONE] = RP_ALGEBRA_ZERO_OR_ONE};
    RpCompilePath *parts = rp_arena_allocate(arena, ((size_t)path->part_count + 1) * sizeof *parts);

    if (parts == NULL) {
        return rp_arena_failure(arena, error);
    }
    *converted = (RpCompilePath){kinds[path->kind], path->predicate, parts, path->part_count};
    for (uint32_t i = 0; i < path->part_count; i++) {
        RP_TRY(convert_path(arena, path->parts[i], &parts[i], error));
    }
    return RP_OK;
}

/* The texts that are compiled, and the algebra that shapes ask, are bounded together. */
static RpStatus
count_bytes(const RpQuerySource *source, uint32_t bytes)
{
    RpShapeReader *reader = source->parameters->reader;
    const RpShapes *shapes = reader->shapes;

    reader->query_bytes += bytes;
    return reader->query_bytes <= RP_QUERY_TOTAL_LIMIT_BYTES
               ? RP_OK
               : rp_shape_error_set(
                     reader->error, RP_TOO_LARGE, shapes->graph,
                     shapes->shapes[source->parameters->shape].node,
                     "the queries of the text are too large: compiled for each shape that asks "
                     "them, all together may take %d bytes",
                     RP_QUERY_TOTAL_LIMIT_BYTES);
}

/* Whether the algebra's outermost SELECT returns ?this. Its variables stand before it. */
static bool
returns_this(const RpDictionary *dictionary, const RpAlgebra *algebra)
{
    uint32_t node = rp_algebra_root(algebra);

    while (algebra->nodes[node].kind != RP_ALGEBRA_PROJECT) {
        node--; /* LIMIT, OFFSET and DISTINCT have one child */
    }
    for (uint32_t i = 1; i < algebra->nodes[node].child_count; i++) {
        uint32_t name = algebra->variables[algebra->nodes[node - i].value];

        if (name != 0 &&
            rp_text_equals(rp_dictionary_term(dictionary, algebra->terms[name - 1]).lexical,
                           RP_TEXT("this"))) {
            return true;
        }
    }
    return false;
}

/* What compiling does not ask: the form, and what is returned. */
static RpStatus
check_form(const RpQuerySource *source, RpText bytes)
{
    const RoleRules *rules = &rules_of[source->role];
    bool is_ask = source->role == RP_QUERY_OF_ASK_VALIDATOR;
    RpAlgebra algebra;

    rp_algebra_open(bytes.data, &algebra);
    if (rp_algebra_is_ask(&algebra) != is_ask) {
        return rp_query_fail(source->parameters, source->node, rules->property, rules->valid,
                             RP_TERM_NONE, "must be %s", is_ask ? "an ASK" : "a SELECT");
    }
    if (!is_ask && !returns_this(&source->parameters->shapes->graph->dictionary, &algebra)) {
        return rp_query_fail(source->parameters, source->node, rules->property, rules->projects,
                             RP_TERM_NONE, "must return ?this: SELECT does not name it");
    }
    return RP_OK;
}

/* Compile in memory of its own; what is kept is the algebra. */
static RpStatus
compile(const RpQuerySource *source, RpArena *scratch, RpTermId literal, RpText *bytes)
{
    RpParameters *parameters = source->parameters;
    const RpShapeReader *reader = parameters->reader;
    const RpPath *path = parameters->shapes->shapes[parameters->shape].path;
    bool is_target = source->role == RP_QUERY_OF_TARGET;
    RpDictionary *dictionary = &parameters->shapes->graph->dictionary;
    RpCompilePath converted;
    RpPrefixTable prefixes;
    RpCompileOptions options = {.prefixes = &prefixes,
                                .base_iri = parameters->shapes->graph->base_iri,
                                .prebound = source->names,
                                .prebound_count = source->name_count,
                                .refuses_values = !is_target && !reader->options->leaves_out,
                                .takes_shapes_graph = !is_target,
                                .depth_limit = reader->options->depth_limit};
    RpText text; /* a copy: the dictionary's moves while constants are added */
    RpStatus status;

    if (!rp_arena_copy_text(scratch, rp_dictionary_term(dictionary, literal).lexical, &text)) {
        return rp_arena_failure(scratch, parameters->error);
    }
    RP_TRY(count_bytes(source, text.length));
    RP_TRY(rp_query_prefixes(source, scratch, &prefixes));
    if (path != NULL && source->role != RP_QUERY_OF_ASK_VALIDATOR && !is_target) {
        RP_TRY(convert_path(scratch, path, &converted, parameters->error));
        options.path = &converted;
    }
    status = rp_query_compile(scratch, dictionary, text, &options, bytes, parameters->error);
    if (status == RP_SYNTAX || status == RP_ILL_FORMED || status == RP_UNSUPPORTED ||
        status == RP_TOO_DEEP || status == RP_TOO_LARGE) {
        return rp_query_explain(source, literal, text, &prefixes, rules_of[source->role].valid);
    }
    RP_TRY(status);
    return rp_arena_copy_text(parameters->shapes->arena, *bytes, bytes)
               ? check_form(source, *bytes)
               : rp_arena_failure(parameters->shapes->arena, parameters->error);
}

/* Add a query of a shape. */
static RpStatus
add_query(const RpQuerySource *source, RpText bytes, uint32_t *query)
{
    RpShapes *shapes = source->parameters->shapes;
    RpShapeQuery *queries;

    RP_TRY(count_bytes(source, bytes.length));
    queries = rp_arena_grow(shapes->arena, shapes->queries, shapes->query_count,
                            shapes->query_count + 1, &shapes->query_capacity, sizeof *queries);
    if (queries == NULL) {
        return rp_arena_failure(shapes->arena, source->parameters->error);
    }
    queries[shapes->query_count] = (RpShapeQuery){source->node, bytes};
    shapes->queries = queries;
    *query = shapes->query_count++;
    return RP_OK;
}

/* NOW() is the statement's start: what conforms at one time need not at another. VALUES is
 * ill-formed but in a target (appendix A), and taken where what is ill-formed is warned of. */
static RpStatus
warn(const RpQuerySource *source, RpText bytes)
{
    RpShapes *shapes = source->parameters->shapes;
    RpTermId shape = shapes->shapes[source->parameters->shape].node;
    RpError *error = source->parameters->error;
    RpAlgebra algebra;
    RpShown shown;

    rp_algebra_open(bytes.data, &algebra);
    if (algebra.header->flags & RP_ALGEBRA_USES_NOW) {
        RP_TRY(rp_shape_findings_warning(
            shapes, shape, "uses-now", error,
            "the query of %s uses NOW(), which is the start of the statement: what conforms then "
            "need not conform later",
            rp_shape_error_show(shapes->graph, source->node, &shown)));
    }
    if (algebra.header->flags & RP_ALGEBRA_HAS_VALUES && source->role != RP_QUERY_OF_TARGET) {
        RP_TRY(rp_shape_findings_warning(
            shapes, shape, "has-values", error,
            "the query of %s has VALUES, which is ill-formed there: it is taken, as it gives no "
            "pre-bound variable a value, and other validators may refuse it",
            rp_shape_error_show(shapes->graph, source->node, &shown)));
    }
    return RP_OK;
}

/* Whether the text may depend on the shape's path: it names $PATH, if only in a comment, or may by
 * an escape. */
static bool
may_use_path(RpText text)
{
    for (uint32_t i = 0; i + 4 <= text.length; i++) {
        bool is_escape = text.data[i] == '\\' && rp_ascii_lower(text.data[i + 1]) == 'u';

        if (is_escape || memcmp(text.data + i, "PATH", 4) == 0) {
            return true;
        }
    }
    return false;
}

RpStatus
rp_query_read(const RpQuerySource *source, RpText *bytes, uint32_t *query)
{
    RpShapes *shapes = source->parameters->shapes;
    RpText compiled = {NULL, 0};
    RpTermId literal = RP_TERM_NONE;
    RpArena scratch;
    RpStatus status;

    if (bytes != NULL && bytes->data != NULL) {
        return add_query(source, *bytes, query);
    }
    RP_TRY(find_text(source, &literal));
    rp_arena_init(&scratch, shapes->arena->host,
                  shapes->arena->limit_bytes - shapes->arena->used_bytes);
    status = compile(source, &scratch, literal, &compiled);
    rp_arena_free(&scratch);
    RP_TRY(status);
    RP_TRY(warn(source, compiled));
    if (bytes != NULL &&
        !may_use_path(rp_dictionary_term(&shapes->graph->dictionary, literal).lexical)) {
        *bytes = compiled;
    }
    return add_query(source, compiled, query);
}
