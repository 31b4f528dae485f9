/* rdf_policy_capabilities: what becomes of each term of SHACL. */
#include "pg/pg.h"

#include "utils/tuplestore.h"

#include "shacl/capability.h"
#include "pg/server/bridge.h"

PG_FUNCTION_INFO_V1(rdf_policy_capabilities);

/* The words of doc/sql.md: what is not run is ignored, with a note that says so. */
static const char *
status_name(RpCapabilityStatus status)
{
    switch (status) {
    case RP_CAPABILITY_ENFORCED:
        return "enforced";
    case RP_CAPABILITY_IGNORED:
    case RP_CAPABILITY_NOT_RUN:
        return "ignored";
    default:
        return "refused";
    }
}

/* rdf_policy_capabilities() → rows of (term, status, note) */
Datum
rdf_policy_capabilities(PG_FUNCTION_ARGS)
{
    ReturnSetInfo *result = (ReturnSetInfo *)fcinfo->resultinfo;
    RpArena *arena = rp_bridge_arena(CurrentMemoryContext, 0);
    RpError error = {.status = RP_OK};
    RpCapability *capabilities;
    uint32_t count;

    RP_BRIDGE_TRY(rp_capabilities_list(arena, &capabilities, &count, &error), &error);
    InitMaterializedSRF(fcinfo, 0);
    for (uint32_t i = 0; i < count; i++) {
        Datum values[] = {PointerGetDatum(rp_text_datum(capabilities[i].iri)),
                          CStringGetTextDatum(status_name(capabilities[i].status)),
                          PointerGetDatum(rp_text_datum(capabilities[i].note))};
        bool nulls[lengthof(values)] = {false};

        tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
    }
    return (Datum)0;
}
