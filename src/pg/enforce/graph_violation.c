/* Refusing, warning, recording: see graph_violation.h. */
#include "pg/enforce/graph_violation.h"

#include "miscadmin.h"
#include "utils/lsyscache.h"

#include "validate/message.h"
#include "pg/catalog/catalog_writer.h"
#include "pg/enforce/written_nodes.h"
#include "pg/graph/graph_rights.h"
#include "pg/judge/report_jsonb.h"
#include "pg/judge/violation_error.h"
#include "pg/judge/violation_json.h"
#include "pg/server/bridge.h"
#include "pg/server/guc.h"
#include "pg/term/term_type.h"

/* How many results a judgement keeps; the others are counted. For a message a few do; an audit
 * writes a row of each. */
uint64
rp_graph_violation_limit(RpEnforcementMode mode)
{
    if (mode == RP_MODE_AUDIT) {
        return (uint64)rp_guc_max_results;
    }
    return rp_guc_error_detail == RP_ERROR_DETAIL_JSON ? RP_VIOLATION_JSON_RESULTS
                                                       : RP_VIOLATION_SHOWN;
}

/* The named graph that is judged by itself, in N-Triples form; NULL: it is more than one. */
static const char *
named_graph_of(const RpEnforcement *enforcement, const RpJudgement *judgement)
{
    const RpNamedGraphs *graphs = &enforcement->named_graphs;
    const RpTerm *name = graphs->graphs;

    if (judgement->source != NULL && judgement->source->named_graph.length > 0) {
        return rp_text_cstring(judgement->source->named_graph);
    }
    if (!graphs->are_some || graphs->has_default || graphs->count != 1) {
        return NULL;
    }
    return psprintf(name->kind == RP_IRI ? "<%.*s>" : "_:%.*s", (int)name->lexical.length,
                    name->lexical.data);
}

/* A violation that is refused or warned of. The graph's first relation stands for the table, graph
 * and policy for the constraint. */
static void
report(const RpStoredGraph *graph, const RpEnforcement *enforcement, const RpCapture *capture,
       RpJudgement *judgement)
{
    RpViolationText text = {.shows_values = rp_graph_rights_may_read(graph)};
    const char *named = text.shows_values ? named_graph_of(enforcement, judgement) : NULL;
    Oid relation = graph->sources[0].rows.relation;
    bool is_json = rp_guc_error_detail == RP_ERROR_DETAIL_JSON;

    if (!text.shows_values && capture != NULL) {
        text.may_be_told = rp_written_nodes(capture, graph, &judgement->data.dictionary);
    }
    rp_violation_text_add(&text, judgement);
    rp_violation_text_finish(&text);
    ereport(
        enforcement->mode == RP_MODE_WARN ? WARNING : ERROR,
        (errcode(ERRCODE_CHECK_VIOLATION),
         errmsg("graph \"%s\"%s violates %s", graph->name,
                named == NULL ? "" : psprintf(", named graph %s,", named), text.policies.data),
         errdetail("%s",
                   is_json ? rp_violation_json_of(judgement, text.shows_values) : text.detail.data),
         text.shows_values ? 0 : errhint(RP_GRAPH_VALUES_HINT),
         err_generic_string(PG_DIAG_SCHEMA_NAME, get_namespace_name(get_rel_namespace(relation))),
         err_generic_string(PG_DIAG_TABLE_NAME, get_rel_name(relation)),
         err_generic_string(PG_DIAG_CONSTRAINT_NAME,
                            psprintf("%s:%.*s", graph->name, (int)enforcement->policy.length,
                                     enforcement->policy.data))));
}

static const char *const insert_violation =
    "INSERT INTO @.rdf_catalog_violation (happened_at, happened_by, graph, generation, policy,"
    " version, focus_node, result_path, value, source_shape, source_constraint_component,"
    " violation_type, result_severity, result_message, detail, named_graph)"
    " SELECT clock_timestamp(), $1, $2, g.number, $3, $4, $5::@.rdf_term, nullif($6, ''),"
    " $7::@.rdf_term, $8::@.rdf_term, $9, $10, $11, $12, $13, $14::@.rdf_term"
    " FROM @.rdf_catalog_generation g";

/* In N-Triples form, which the column's type reads. */
static RpParameter
term_parameter(const RpJudgement *judgement, RpTermId id)
{
    return id == RP_TERM_NONE ? RP_NULL_OF(TEXTOID)
                              : RP_TEXT_OF(rp_judgement_term_text(judgement, id));
}

/* What nested shapes found, as the report's jsonb has it; NULL: nothing. */
static RpParameter
details_parameter(const RpJudgement *judgement, const RpResult *result)
{
    if (result->details == NULL) {
        return RP_NULL_OF(JSONBOID);
    }
    return (RpParameter){JSONBOID, JsonbPGetDatum(rp_report_jsonb_details(judgement, result)),
                         false};
}

/* In the transaction that violates, and with it: a rollback takes the rows away. happened_by is the
 * writer, not the catalog's owner in whose name it is written. */
static void
record(const RpStoredGraph *graph, const RpEnforcement *enforcement, RpJudgement *judgement)
{
    const char *named = named_graph_of(enforcement, judgement);
    const RpPolicyUse *use = judgement->use;
    RpCatalogWriter writer;

    rp_catalog_writer_begin(&writer, rp_catalog_of_namespace(graph->namespace));
    for (const RpResult *result = judgement->report.first; result != NULL; result = result->next) {
        RpTermId severity = rp_judgement_severity(judgement, result);
        RpParameter parameters[] = {
            RP_STRING_OF(GetUserNameFromId(writer.caller, false)),
            RP_STRING_OF(graph->name),
            RP_TEXT_OF(use->policy),
            RP_INTEGER_OF(use->version),
            term_parameter(judgement, result->focus),
            RP_TEXT_OF(rp_judgement_path(judgement, result)),
            term_parameter(judgement, result->value),
            term_parameter(judgement, rp_judgement_shape(judgement, result)),
            RP_TEXT_OF(rp_judgement_component(judgement, result)),
            RP_STRING_OF(rp_result_violation_type(&judgement->data, result)),
            RP_TEXT_OF(rp_judgement_term(judgement, severity).lexical),
            RP_TEXT_OF(rp_judgement_message(judgement, result)),
            details_parameter(judgement, result),
            named == NULL ? RP_NULL_OF(TEXTOID) : RP_STRING_OF(named),
        };

        rp_catalog_run(&writer, insert_violation, lengthof(parameters), parameters);
    }
    rp_catalog_writer_end(&writer);
}

void
rp_graph_violation_tell(const RpStoredGraph *graph, const RpEnforcement *enforcement,
                        const RpCapture *capture, RpJudgement *judgement)
{
    rp_judgement_details(judgement);
    if (enforcement->mode == RP_MODE_AUDIT) {
        record(graph, enforcement, judgement);
    } else {
        report(graph, enforcement, capture, judgement);
    }
}
