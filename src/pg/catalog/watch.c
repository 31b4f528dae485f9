/* Seeing to the triggers of the extension's tables. */
#include "pg/catalog/watch.h"

#include "access/table.h"
#include "commands/trigger.h"
#include "executor/spi.h"
#include "utils/rel.h"

/* A user's own trigger that is not ALWAYS counts here, and costs rp_catalog_watch a look. */
static bool
is_table_watched(Oid table)
{
    Relation relation = rp_catalog_open(table, AccessShareLock);
    const TriggerDesc *triggers = relation->trigdesc;
    bool is_watched = triggers != NULL;

    for (int i = 0; is_watched && i < triggers->numtriggers; i++) {
        is_watched = triggers->triggers[i].tgenabled == TRIGGER_FIRES_ALWAYS;
    }
    table_close(relation, AccessShareLock);
    return is_watched;
}

bool
rp_catalog_is_watched(const RpCatalog *catalog)
{
    return is_table_watched(catalog->generation) && is_table_watched(catalog->policy) &&
           is_table_watched(catalog->version);
}

void
rp_catalog_watch(const RpCatalogWriter *writer)
{
    static const char *const find =
        "SELECT format('ALTER TABLE %s ENABLE ALWAYS TRIGGER %I', t.tgrelid::regclass, t.tgname)"
        " FROM pg_trigger t JOIN pg_proc f ON f.oid = t.tgfoid"
        " WHERE t.tgrelid IN ($1, $2, $3) AND t.tgenabled <> 'A' AND f.pronamespace = $4 AND"
        "  f.proname IN ('rdf_catalog_generation_changed', 'rdf_catalog_policy_changed')"
        " ORDER BY t.tgrelid, t.tgname";
    RpParameter parameters[] = {
        RP_OID_OF(writer->catalog->generation), RP_OID_OF(writer->catalog->policy),
        RP_OID_OF(writer->catalog->version), RP_OID_OF(writer->catalog->namespace)};
    MemoryContext context = CurrentMemoryContext;
    uint64 count = rp_catalog_run(writer, find, lengthof(parameters), parameters);
    char **statements = palloc(sizeof(char *) * (count + 1));

    for (uint64 i = 0; i < count; i++) {
        statements[i] = rp_catalog_result_string(i, 1, context);
    }
    for (uint64 i = 0; i < count; i++) {
        int result = SPI_execute(statements[i], false, 0);

        if (result < 0) {
            elog(ERROR, "SPI_execute failed: %s", SPI_result_code_string(result));
        }
    }
}
