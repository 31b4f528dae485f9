/* rdf_policy_lint: everything that is wrong with a shapes text, as rows. */
#include "pg/pg.h"

#include "utils/tuplestore.h"

#include "image/image_builder.h"
#include "pg/server/bridge.h"
#include "pg/compile/compile.h"
#include "pg/server/guc.h"
#include "pg/term/term_type.h"
#include "rdf/turtle_reader.h"
#include "shacl/shape_findings.h"
#include "shacl/shape_reader.h"

PG_FUNCTION_INFO_V1(rdf_policy_lint);

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

/* "message. detail", in one text. */
static Datum
message_datum(const RpError *error)
{
    return CStringGetTextDatum(error->detail[0] == '\0'
                                   ? error->message
                                   : psprintf("%s. %s", error->message, error->detail));
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

/* Whether a registered policy satisfies an import is seen when the text is registered. */
static RpStatus
warn_of_imports(RpShapes *shapes, const RpOntologies *ontologies, RpError *error)
{
    for (uint32 i = 0; i < ontologies->import_count; i++) {
        RpShown shown;

        rp_error_set(error, RP_UNDEFINED, "owl:imports <%s>: a registered policy must satisfy it",
                     rp_text_show(ontologies->imports[i], &shown));
        strlcpy(error->rule, "imports", sizeof(error->rule));
        RP_TRY(rp_shape_findings_add(shapes, RP_TERM_NONE, true, error));
    }
    return RP_OK;
}

/* What is wrong with the shapes of a text that is Turtle. */
static RpStatus
lint_shapes(RpArena *arena, RpShapesGraph *graph, RpShapes *shapes, RpError *error)
{
    RpShapeReaderOptions options = {.collects_findings = true,
                                    .subclass_from_shapes = true,
                                    .depth_limit = (uint32_t)rp_guc_max_depth};
    RpOntologies ontologies;
    RpText bytes;

    RP_TRY(rp_shapes_read(graph, &options, shapes, error));
    RP_TRY(rp_shape_findings_warn(shapes, error));
    RP_TRY(rp_ontologies_read(graph, &ontologies, error));
    RP_TRY(warn_of_imports(shapes, &ontologies, error));
    for (uint32 i = 0; i < Min(shapes->finding_count, RP_FINDING_LIMIT); i++) {
        if (!shapes->findings[i].is_warning) {
            return RP_OK;
        }
    }
    return rp_image_build(arena, shapes, (size_t)rp_guc_max_image_size_kb * 1024, &bytes, error);
}

/* rdf_policy_lint(shapes) → rows */
Datum
rdf_policy_lint(PG_FUNCTION_ARGS)
{
    MemoryContext caller = CurrentMemoryContext;
    RpTurtleOptions options = {.depth_limit = (uint32_t)rp_guc_max_depth,
                               .prefix_limit = RP_TURTLE_PREFIX_LIMIT};
    ReturnSetInfo *result = (ReturnSetInfo *)fcinfo->resultinfo;
    RpText document = rp_text_of(PG_GETARG_TEXT_PP(0));
    RpFinding failure = {.node = RP_TERM_NONE};
    RpShapes shapes = {0};
    RpShapesGraph graph;
    MemoryContext work;
    RpArena *arena;
    RpStatus status;

    rp_bridge_require_utf8();
    rp_source_check_size(document);
    InitMaterializedSRF(fcinfo, 0);
    work = rp_bridge_context();
    MemoryContextSwitchTo(work);
    arena = rp_bridge_work_arena(work, 0);
    rp_shapes_graph_init(&graph, arena);
    status = rp_shapes_graph_read_turtle(&graph, document, &options, &failure.error);
    if (status == RP_OK) {
        status = lint_shapes(arena, &graph, &shapes, &failure.error);
    }
    if (status != RP_OK && !is_finding(status)) {
        rp_bridge_raise(&failure.error);
    }
    put_findings(result, &shapes);
    if (status != RP_OK) {
        put_finding(result, NULL, &failure);
    }
    MemoryContextSwitchTo(caller);
    MemoryContextDelete(work);
    return (Datum)0;
}
