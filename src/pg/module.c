/* What happens when the library is loaded. Never raises: a server with a broken library in
 * shared_preload_libraries must still start. */
#include "pg/pg.h"

#include "pg/catalog/catalog_writer.h"
#include "pg/enforce/capture.h"
#include "pg/enforce/enforcement.h"
#include "pg/enforce/graph_trigger.h"
#include "pg/enforce/prepared_condition.h"
#include "pg/graph/stored_graph.h"
#include "pg/shared/control_block.h"
#include "pg/shared/current_generation.h"
#include "pg/server/guc.h"
#include "pg/shared/publication.h"

PG_MODULE_MAGIC;

PGDLLEXPORT void _PG_init(void);

void
_PG_init(void)
{
    rp_guc_define();
    rp_catalog_writer_init();
    rp_control_block_init();
    /* At the end of a transaction the last to register is called first: it publishes, and then what
     * is not published is let go. */
    rp_current_generation_init();
    rp_publication_init();
    rp_stored_graph_init();
    rp_capture_init();
    rp_enforcement_init();
    rp_prepared_condition_init();
    /* The last to register: it judges before anything is published. */
    rp_graph_trigger_init();
}
