/*
 * The triggers of the catalog's tables: they make any change of policies, by whomever, a new
 * generation, and tell every backend that the generation row has changed.
 */
#include "pg/pg.h"

#include "commands/trigger.h"
#include "utils/inval.h"
#include "utils/lsyscache.h"

#include "pg/catalog/catalog_writer.h"
#include "pg/catalog/generation.h"

PG_FUNCTION_INFO_V1(rdf_catalog_generation_changed);
PG_FUNCTION_INFO_V1(rdf_catalog_policy_changed);

static TriggerData *
trigger_data(FunctionCallInfo fcinfo)
{
    if (!CALLED_AS_TRIGGER(fcinfo)) {
        ereport(ERROR, (errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
                        errmsg("this function can only be called as a trigger")));
    }
    return (TriggerData *)fcinfo->context;
}

/* Trigger on the generation table: a relcache message to every backend, at commit; to standbys in
 * the commit record. */
Datum
rdf_catalog_generation_changed(PG_FUNCTION_ARGS)
{
    CacheInvalidateRelcache(trigger_data(fcinfo)->tg_relation);
    return PointerGetDatum(NULL);
}

/* Trigger on the policy tables: a new generation, unless our own functions are writing, which make
 * one themselves. */
Datum
rdf_catalog_policy_changed(PG_FUNCTION_ARGS)
{
    TriggerData *data = trigger_data(fcinfo);
    RpCatalogWriter writer;

    if (!rp_catalog_writer_is_active()) {
        rp_catalog_writer_begin(&writer,
                                rp_catalog_of_namespace(RelationGetNamespace(data->tg_relation)));
        rp_generation_bump_beyond_rows(&writer);
        rp_catalog_writer_end(&writer);
    }
    return PointerGetDatum(NULL);
}
