/* rdf_policy_explain: a compiled policy, readable. */
#include "pg/pg.h"

#include "base/buffer.h"
#include "validate/explain.h"
#include "pg/judge/call_arguments.h"
#include "pg/server/bridge.h"
#include "pg/shared/policy_cache.h"

PG_FUNCTION_INFO_V1(rdf_policy_explain);

/* How documents in JSON-LD are read, where that is not as it is without options. */
static void
write_reading(RpBuffer *buffer, const RpReading *reading)
{
    if (reading->context.length > 0) {
        rp_buffer_append_string(buffer, "reads documents without a context by <");
        rp_buffer_append_text(buffer, reading->context);
        rp_buffer_append_string(buffer, ">\n");
    }
    if (reading->refuses_dropped) {
        rp_buffer_append_string(buffer, "refuses what a document says without being a triple\n");
    }
}

/* An image needs a data graph to be written with: an empty one. */
static text *
explanation(const RpPolicyUse *use)
{
    RpArena *arena = rp_bridge_work_arena(CurrentMemoryContext, 0);
    RpError error = {.status = RP_OK};
    RpDataGraph data;
    RpBuffer buffer;

    rp_data_graph_init(&data, use->image, arena, 0);
    rp_buffer_init(&buffer, arena);
    write_reading(&buffer, &use->reading);
    RP_BRIDGE_TRY(rp_explain_write(&buffer, &data, &error), &error);
    return rp_text_datum(rp_buffer_text(&buffer));
}

/* rdf_policy_explain(policy) → text. policy: a name (the version in force) or name@version. */
Datum
rdf_policy_explain(PG_FUNCTION_ARGS)
{
    const RpPolicySelection *selection;

    rp_argument_require(fcinfo, 0, "policy");
    selection = rp_policy_select(fcinfo, PG_GETARG_TEXT_PP(0));
    if (selection->use_count == 0) {
        /* rdfpolicy.no_policy = pass is for validating, and there is nothing to explain. */
        ereport(ERROR,
                (errcode(ERRCODE_UNDEFINED_OBJECT),
                 errmsg("policy \"%s\" is not active", text_to_cstring(PG_GETARG_TEXT_PP(0))),
                 errhint("rdf_policies lists the policies.")));
    }
    PG_RETURN_TEXT_P(explanation(&selection->uses[0]));
}
