/*
 * rdf_policy_source: the text of a version. In C, since here the tables are found by their OIDs: a
 * function that has its owner's rights and names them is led astray by whoever owns the schema, and
 * gives it another name.
 */
#include "pg/pg.h"

#include "utils/snapmgr.h"

#include "pg/catalog/policy_hint.h"
#include "pg/judge/call_arguments.h"
#include "pg/server/bridge.h"
#include "pg/shared/version_row.h"

PG_FUNCTION_INFO_V1(rdf_policy_source);

/* 0: none. */
static int32
active_version(const RpCatalog *catalog, RpText policy)
{
    RpCatalogScan scan;
    HeapTuple tuple;
    int32 version;

    rp_catalog_find_policy(&scan, catalog, GetActiveSnapshot(), policy);
    tuple = rp_catalog_scan_next(&scan);
    version = tuple == NULL ? 0 : rp_catalog_int32(&scan, tuple, RP_POLICY_ACTIVE_VERSION);
    rp_catalog_scan_end(&scan);
    return version;
}

/* NULL: there is no such version. */
static text *
source_of(const RpCatalog *catalog, RpText policy, int32 version)
{
    RpVersionRow row;
    RpText source;
    text *copy = NULL;

    if (rp_version_row_open(&row, catalog, GetActiveSnapshot(), policy, version) &&
        rp_catalog_text(&row.scan, row.tuple, RP_VERSION_SOURCE, &source)) {
        copy = rp_text_datum(source);
    }
    rp_version_row_close(&row);
    return copy;
}

/* rdf_policy_source(policy, version) → text. Without a version: of the one in force. */
Datum
rdf_policy_source(PG_FUNCTION_ARGS)
{
    char *policy = rp_argument_policy(fcinfo);
    const RpCatalog *catalog = rp_catalog_of_function(fcinfo->flinfo->fn_oid);
    RpText name = rp_text_from(policy);
    int32 version = PG_ARGISNULL(1) ? active_version(catalog, name) : PG_GETARG_INT32(1);
    text *source = source_of(catalog, name, version);

    if (source == NULL && PG_ARGISNULL(1)) {
        rp_policy_raise_inactive(catalog, name);
    }
    if (source == NULL) {
        rp_policy_raise_unknown_version(catalog, name, version);
    }
    PG_RETURN_TEXT_P(source);
}
