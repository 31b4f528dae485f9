/* The SQL functions about JSON-LD contexts: rdf_context_register, rdf_context_drop. */
#include "pg/pg.h"

#include "utils/jsonb.h"

#include "pg/change/context_registry.h"
#include "pg/judge/call_arguments.h"
#include "pg/server/bridge.h"
#include "pg/server/guc.h"
#include "pg/term/json_term.h"

PG_FUNCTION_INFO_V1(rdf_context_register);
PG_FUNCTION_INFO_V1(rdf_context_register_json);
PG_FUNCTION_INFO_V1(rdf_context_drop);

static Datum
register_context(FunctionCallInfo fcinfo, bool is_jsonb)
{
    const RpCatalog *catalog = rp_catalog_of_function(fcinfo->flinfo->fn_oid);
    Jsonb *body;

    rp_argument_require(fcinfo, 0, "iri");
    rp_argument_require(fcinfo, 1, "body");
    rp_argument_require(fcinfo, 2, "replace");
    body = is_jsonb ? PG_GETARG_JSONB_P(1) : rp_jsonb_of_json(PG_GETARG_DATUM(1));
    if (VARSIZE(body) / 1024 >= (uint32)rp_guc_max_document_size_kb) {
        ereport(ERROR,
                (errcode(ERRCODE_CONFIGURATION_LIMIT_EXCEEDED), errmsg("the context is too large"),
                 errdetail("It has %u bytes; rdfpolicy.max_document_size is %d kB.", VARSIZE(body),
                           rp_guc_max_document_size_kb)));
    }
    PG_RETURN_BOOL(
        rp_context_register(catalog, rp_text_of(PG_GETARG_TEXT_PP(0)), body, PG_GETARG_BOOL(2)));
}

/* rdf_context_register(iri, body jsonb, replace) → whether anything was changed */
Datum
rdf_context_register(PG_FUNCTION_ARGS)
{
    return register_context(fcinfo, true);
}

/* rdf_context_register with body json; or text, for literals without a type, which would be
 * ambiguous otherwise */
Datum
rdf_context_register_json(PG_FUNCTION_ARGS)
{
    return register_context(fcinfo, false);
}

/* rdf_context_drop(iri) */
Datum
rdf_context_drop(PG_FUNCTION_ARGS)
{
    rp_argument_require(fcinfo, 0, "iri");
    rp_context_drop(rp_catalog_of_function(fcinfo->flinfo->fn_oid),
                    rp_text_of(PG_GETARG_TEXT_PP(0)));
    PG_RETURN_VOID();
}
