/* See look_up.h. */
#include "pg/graph/look_up.h"

#include "nodes/parsenodes.h"

#include "pg/server/guc.h"

/* The rights, the settings and SPI are taken in this order, and given back in the other. An error
 * leaves them to the end of the transaction or savepoint. */
void
rp_look_up_begin(RpLookUp *look, Oid owner)
{
    look->caller = CurrentMemoryContext;
    rp_owner_scope_begin(&look->scope, owner);
    rp_guc_set_for_level("enable_seqscan", "off");
    /* What the server adds to the cost of a sequential scan would be worth compiling the query. */
    rp_guc_set_for_level("jit", "off");
    if (SPI_connect() != SPI_OK_CONNECT) {
        elog(ERROR, "SPI_connect failed");
    }
    MemoryContextSwitchTo(look->caller);
}

void
rp_look_up_end(const RpLookUp *look)
{
    SPI_finish();
    rp_owner_scope_end(&look->scope);
    MemoryContextSwitchTo(look->caller);
}

/* A generic plan: it is made once, whatever the keys are, and looks rows up by an index however
 * many there seem to be. */
SPIPlanPtr
rp_look_up_plan(const char *query, int parameter_count, Oid *types)
{
    MemoryContext caller = CurrentMemoryContext;
    SPIPlanPtr plan = SPI_prepare_cursor(query, parameter_count, types, CURSOR_OPT_GENERIC_PLAN);

    if (plan == NULL || SPI_keepplan(plan) != 0) {
        elog(ERROR, "SPI_prepare failed: %s", SPI_result_code_string(SPI_result));
    }
    MemoryContextSwitchTo(caller);
    return plan;
}
