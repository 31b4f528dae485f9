/* rdf_policy_lint: everything that is wrong with the source of a policy, as rows. */
#include "pg/pg.h"

#include "lib/stringinfo.h"
#include "utils/jsonb.h"
#include "utils/tuplestore.h"

#include "image/image_builder.h"
#include "shacl/shape_findings.h"
#include "shacl/shape_reader.h"
#include "pg/change/imports.h"
#include "pg/compile/compile.h"
#include "pg/compile/rule_form.h"
#include "pg/judge/call_arguments.h"
#include "pg/server/bridge.h"
#include "pg/server/guc.h"
#include "pg/term/json_term.h"
#include "pg/term/term_type.h"

PG_FUNCTION_INFO_V1(rdf_policy_lint);
PG_FUNCTION_INFO_V1(rdf_policy_lint_rules);
PG_FUNCTION_INFO_V1(rdf_policy_lint_rules_json);

enum {
    LINE_COLUMN = 0,
    COL_COLUMN,
    SEVERITY_COLUMN,
    CODE_COLUMN,
    NODE_COLUMN,
    MESSAGE_COLUMN,
    LINT_COLUMN_COUNT
};

/* Order of the text; what is about the whole comes last. */
static int
compare_findings(const void *a, const void *b)
{
    const RpError *left = &(*(const RpFinding *const *)a)->error;
    const RpError *right = &(*(const RpFinding *const *)b)->error;

    /* Line 0 is "no place": subtracting 1 makes it the greatest. */
    if (left->line != right->line) {
        return left->line - 1 < right->line - 1 ? -1 : 1;
    }
    if (left->column != right->column) {
        return left->column < right->column ? -1 : 1;
    }
    /* As they were found: they stand in one array. */
    return *(const RpFinding *const *)a < *(const RpFinding *const *)b ? -1 : 1;
}

/* "message. detail hint", in one text. */
static Datum
message_datum(const RpError *error)
{
    StringInfoData text;

    initStringInfo(&text);
    appendStringInfoString(&text, error->message);
    if (error->detail[0] != '\0' || error->hint[0] != '\0') {
        appendStringInfo(&text, ". %s%s%s", error->detail,
                         error->detail[0] != '\0' && error->hint[0] != '\0' ? " " : "",
                         error->hint);
    }
    return CStringGetTextDatum(text.data);
}

/* graph: may be NULL where the finding has no node. */
static void
put_finding(ReturnSetInfo *result, const RpShapesGraph *graph, const RpFinding *finding)
{
    const RpError *error = &finding->error;
    Datum values[LINT_COLUMN_COUNT] = {0};
    bool nulls[LINT_COLUMN_COUNT] = {false};

    values[LINE_COLUMN] = Int32GetDatum((int32)error->line);
    nulls[LINE_COLUMN] = error->line == 0;
    values[COL_COLUMN] = Int32GetDatum((int32)error->column);
    nulls[COL_COLUMN] = error->column == 0;
    values[SEVERITY_COLUMN] = CStringGetTextDatum(finding->is_warning ? "warning" : "error");
    values[CODE_COLUMN] = CStringGetTextDatum(
        error->rule[0] != '\0' ? error->rule : unpack_sql_state(rp_bridge_sqlstate(error->status)));
    nulls[NODE_COLUMN] = finding->node == RP_TERM_NONE;
    if (finding->node != RP_TERM_NONE) {
        RpTerm node = rp_dictionary_term(&graph->dictionary, finding->node);

        values[NODE_COLUMN] = rp_term_datum(&node);
    }
    values[MESSAGE_COLUMN] = message_datum(error);
    tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
}

/*
 * Findings are made in the order of reading, shape by shape; people want the order of their text.
 */
static void
put_findings(ReturnSetInfo *result, const RpShapes *shapes)
{
    uint32 count = Min(shapes->finding_count, RP_FINDING_LIMIT);
    const RpFinding **sorted = palloc(sizeof(*sorted) * (count + 1));

    for (uint32 i = 0; i < count; i++) {
        sorted[i] = &shapes->findings[i];
    }
    qsort(sorted, count, sizeof(*sorted), compare_findings);
    for (uint32 i = 0; i < count; i++) {
        CHECK_FOR_INTERRUPTS();
        put_finding(result, shapes->graph, sorted[i]);
    }
    if (shapes->finding_count > count) {
        RpFinding more = {.node = RP_TERM_NONE};

        rp_error_set(&more.error, RP_TOO_LARGE, "%u findings more are not listed",
                     shapes->finding_count - count);
        put_finding(result, shapes->graph, &more);
    }
}

/* Whether a failure is about the text; else it is one of this call, and is raised. */
static bool
is_finding(RpStatus status)
{
    return status == RP_SYNTAX || status == RP_ILL_FORMED || status == RP_UNSUPPORTED ||
           status == RP_TOO_DEEP || status == RP_TOO_LARGE;
}

/* A source that is looked at. */
typedef struct Linting {
    const RpCatalog *catalog;
    RpSource source;
    bool is_part; /* rules of one shape, which may name others that are not there */
    RpArena *arena;
    RpShapesGraph graph;
    RpShapes shapes;
} Linting;

/* Imports that registering would refuse: no policy is them. */
static RpStatus
find_missing_imports(Linting *linting, const RpOntologies *ontologies, RpError *error)
{
    MemoryContext context = CurrentMemoryContext;
    RpCatalogWriter writer;
    uint64 count;
    char **iris;

    rp_catalog_writer_begin(&writer, linting->catalog);
    count = rp_imports_missing(&writer, NULL, ontologies);
    iris = MemoryContextAlloc(context, sizeof(char *) * (count + 1));
    for (uint64 i = 0; i < count; i++) {
        iris[i] = rp_catalog_result_string(i, 1, context);
    }
    rp_catalog_writer_end(&writer);
    for (uint64 i = 0; i < count; i++) {
        RpShown shown;

        rp_error_set(error, RP_UNDEFINED, "the shapes text imports <%s>, which no policy is",
                     rp_text_show(rp_text_from(iris[i]), &shown));
        strlcpy(error->rule, "imports", sizeof(error->rule));
        RP_TRY(rp_shape_findings_add(&linting->shapes, RP_TERM_NONE, false, error));
    }
    return RP_OK;
}

/* What is wrong with the shapes of a graph. */
static RpStatus
lint_shapes(Linting *linting, RpError *error)
{
    RpShapeReaderOptions options = {.collects_findings = true,
                                    .subclass_from_shapes = true,
                                    .depth_limit = (uint32_t)rp_guc_max_depth};
    RpOntologies ontologies;
    RpText bytes;

    RP_TRY(rp_shapes_read(&linting->graph, &options, &linting->shapes, error));
    RP_TRY(rp_shape_findings_warn(&linting->shapes, error));
    RP_TRY(rp_ontologies_read(&linting->graph, &ontologies, error));
    if (!linting->source.ignores_imports) {
        RP_TRY(find_missing_imports(linting, &ontologies, error));
    }
    if (linting->shapes.has_errors) {
        return RP_OK;
    }
    return rp_image_build(linting->arena, &linting->shapes, (size_t)rp_guc_max_image_size_kb * 1024,
                          &bytes, error);
}

/* RpRuleErrorReceiver.receive: an error becomes a finding, and reading goes on with the next rule.
 */
static RpStatus
receive_rule_error(void *state, RpError *error)
{
    return rp_shape_findings_add(state, RP_TERM_NONE, false, error);
}

/* What is wrong with the source. Where a rule is, the shapes made of the others say nothing new. */
static RpStatus
lint_source(Linting *linting, RpError *error)
{
    RpShapes *shapes = &linting->shapes;
    RpRuleErrorReceiver receiver = {shapes, receive_rule_error, linting->is_part};

    rp_shapes_graph_init(&linting->graph, linting->arena);
    shapes->arena = linting->arena;
    shapes->graph = &linting->graph;
    if (!linting->source.is_rules) {
        RP_TRY(rp_source_read(&linting->graph, &linting->source, false, error));
        return lint_shapes(linting, error);
    }
    RP_TRY(rp_rule_form_read(&linting->graph, linting->source.text, true, &receiver, error));
    return shapes->has_errors ? RP_OK : lint_shapes(linting, error);
}

/* Put the findings about a source, or a part of one, as rows. */
static void
lint(FunctionCallInfo fcinfo, const RpSource *source, bool is_part)
{
    MemoryContext caller = CurrentMemoryContext;
    ReturnSetInfo *result = (ReturnSetInfo *)fcinfo->resultinfo;
    RpFinding failure = {.node = RP_TERM_NONE};
    Linting linting = {.source = *source, .is_part = is_part};
    MemoryContext work;
    RpStatus status;

    rp_bridge_require_utf8();
    rp_source_check_size(source->text);
    linting.catalog = rp_catalog_of_function(fcinfo->flinfo->fn_oid);
    work = rp_bridge_context();
    MemoryContextSwitchTo(work);
    linting.arena = rp_bridge_work_arena(work, 0);
    status = lint_source(&linting, &failure.error);
    if (status != RP_OK && !is_finding(status)) {
        rp_bridge_raise(&failure.error);
    }
    put_findings(result, &linting.shapes);
    if (status != RP_OK) {
        put_finding(result, NULL, &failure);
    }
    MemoryContextSwitchTo(caller);
    MemoryContextDelete(work);
}

static bool
is_object(const JsonbValue *value)
{
    return value->type == jbvBinary && JsonContainerIsObject(value->val.binary.data);
}

/*
 * Whether an object is one rule, not shapes by name, which are objects: it says what it is about,
 * or has no object at all.
 */
static bool
is_rule(Jsonb *jsonb)
{
    JsonbIterator *iterator = JsonbIteratorInit(&jsonb->root);
    bool has_object = JB_ROOT_COUNT(jsonb) == 0;
    JsonbValue key, value;
    JsonbIteratorToken token;

    while ((token = JsonbIteratorNext(&iterator, &key, true)) != WJB_DONE) {
        if (token != WJB_KEY) {
            continue;
        }
        (void)JsonbIteratorNext(&iterator, &value, true);
        if (!is_object(&value) &&
            (rp_json_key_is(&key, "property") || rp_json_key_is(&key, "closed"))) {
            return true;
        }
        has_object |= is_object(&value);
    }
    return !has_object;
}

/* rules: those of one shape, or what rdf_policy_source() gives. */
static Datum
lint_rules(FunctionCallInfo fcinfo, Jsonb *rules)
{
    char *text = JsonbToCString(NULL, &rules->root, VARSIZE(rules));
    RpSource source = {.is_rules = true};
    bool is_part = !JB_ROOT_IS_OBJECT(rules) || is_rule(rules);

    InitMaterializedSRF(fcinfo, 0);
    if (is_part) {
        text = psprintf("{\"shape\": {\"rules\": %s, \"target_class\": null}}", text);
    }
    source.text = rp_text_from(text);
    lint(fcinfo, &source, is_part);
    return (Datum)0;
}

/* JSON's white space, and no other. */
static RpText
skip_space(RpText text)
{
    while (text.length > 0 && strchr(" \t\r\n", text.data[0]) != NULL) {
        text = (RpText){text.data + 1, text.length - 1};
    }
    return text;
}

/* Whether a text begins as rules do, and no Turtle does: {" or {} or [{. What rdf_policy_source()
 * gives is a text, whatever form the policy has. */
static bool
is_json(RpText text)
{
    RpText first = skip_space(text);
    RpText second =
        first.length == 0 ? first : skip_space((RpText){first.data + 1, first.length - 1});

    return second.length > 0 && ((first.data[0] == '{' && strchr("\"}", second.data[0]) != NULL) ||
                                 (first.data[0] == '[' && second.data[0] == '{'));
}

/* rdf_policy_lint(shapes, base_iri, imports) → rows */
Datum
rdf_policy_lint(PG_FUNCTION_ARGS)
{
    RpSource source = {.is_rules = false};

    source.base_iri = rp_argument_iri(fcinfo, 1);
    source.ignores_imports = rp_argument_choice(fcinfo, 2, "imports", "require", "ignore");
    if (PG_ARGISNULL(0)) {
        InitMaterializedSRF(fcinfo, 0);
        return (Datum)0;
    }
    source.text = rp_text_of(PG_GETARG_TEXT_PP(0));
    if (is_json(source.text)) {
        return lint_rules(fcinfo, rp_jsonb_of_json(PG_GETARG_DATUM(0)));
    }
    InitMaterializedSRF(fcinfo, 0);
    lint(fcinfo, &source, false);
    return (Datum)0;
}

/* rdf_policy_lint(rules jsonb) → rows */
Datum
rdf_policy_lint_rules(PG_FUNCTION_ARGS)
{
    return lint_rules(fcinfo, PG_GETARG_JSONB_P(0));
}

/* rdf_policy_lint(rules json) → rows */
Datum
rdf_policy_lint_rules_json(PG_FUNCTION_ARGS)
{
    return lint_rules(fcinfo, rp_jsonb_of_json(PG_GETARG_DATUM(0)));
}
