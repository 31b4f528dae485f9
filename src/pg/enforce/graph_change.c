/* See graph_change.h. */
#include "pg/enforce/graph_change.h"

#include "pg/catalog/catalog_writer.h"
#include "pg/enforce/capture_trigger.h"
#include "pg/enforce/enforcement.h"
#include "pg/server/bridge.h"

/* All triggers that are missing are made, those of the new source. What it brings is judged by
 * nobody until it is proven. */
void
rp_graph_source_added(const RpCatalog *catalog, RpText graph)
{
    RpParameter parameter = RP_TEXT_OF(graph);
    List *enforcements = rp_enforcements_of_graph(catalog, graph);
    RpCatalogWriter writer;
    ListCell *cell;

    if (enforcements == NIL) {
        return;
    }
    foreach (cell, enforcements) {
        const RpEnforcement *enforcement = lfirst(cell);

        rp_capture_triggers_make(rp_stored_graph_get(catalog, graph), enforcement->timing);
    }
    rp_catalog_writer_begin(&writer, catalog);
    rp_catalog_run(&writer, "DELETE FROM @.rdf_catalog_proof WHERE graph = $1", 1, &parameter);
    rp_catalog_writer_end(&writer);
}

/* All calls that are needed are told at once. */
void
rp_graph_require_unenforced(const RpCatalog *catalog, RpText graph)
{
    List *enforcements = rp_enforcements_of_graph(catalog, graph);
    StringInfoData calls;
    ListCell *cell;

    if (enforcements == NIL) {
        return;
    }
    initStringInfo(&calls);
    foreach (cell, enforcements) {
        const RpEnforcement *enforcement = lfirst(cell);

        appendStringInfo(&calls, "%srdf_graph_unenforce('%s', '%s')", calls.len > 0 ? ", " : "",
                         rp_text_cstring(graph), rp_text_cstring(enforcement->policy));
    }
    ereport(ERROR, (errcode(ERRCODE_DEPENDENT_OBJECTS_STILL_EXIST),
                    errmsg("graph \"%s\" cannot be dropped while policies are enforced on it",
                           rp_text_cstring(graph)),
                    errhint("First call %s.", calls.data)));
}
