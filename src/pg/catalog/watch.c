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
           is_table_watched(catalog->version) && is_table_watched(catalog->context);
}

void
rp_catalog_watch(const RpCatalogWriter *writer)
{
    static const char *const find =
        "SELECT format('ALTER TABLE %s ENABLE ALWAYS TRIGGER %I', t.tgrelid::regclass, t.tgname)"
        " FROM pg_depend o, pg_depend c, pg_depend f, pg_trigger t"
        " WHERE o.classid = 'pg_class'::regclass AND o.objid = $1 AND o.deptype = 'e'"
        "  AND (c.refclassid, c.refobjid, c.deptype) = (o.refclassid, o.refobjid, 'e')"
        "  AND (f.refclassid, f.refobjid, f.deptype) = (o.refclassid, o.refobjid, 'e')"
        "  AND (c.classid, c.objid) = ('pg_class'::regclass, t.tgrelid)"
        "  AND (f.classid, f.objid) = ('pg_proc'::regclass, t.tgfoid)"
        "  AND NOT t.tgisinternal AND t.tgenabled <> 'A'"
        " ORDER BY t.tgrelid, t.tgname";
    RpParameter generation = RP_OID_OF(writer->catalog->generation);
    MemoryContext context = CurrentMemoryContext;
    uint64 count = rp_catalog_run(writer, find, 1, &generation);
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
