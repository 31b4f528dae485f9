/* Proving a graph: see proof.h. */
#include "pg/enforce/proof.h"

#include "utils/memutils.h"
#include "utils/snapmgr.h"

#include "pg/enforce/graph_lock.h"
#include "pg/graph/graph_rights.h"
#include "pg/graph/whole.h"
#include "pg/server/bridge.h"
#include "pg/shared/policy_cache.h"

static const char *const note_proof =
    "INSERT INTO @.rdf_catalog_proof (graph, policy, version, generation, proven_at)"
    " VALUES ($1, $2, $3, $4, clock_timestamp())"
    " ON CONFLICT (graph, policy) DO UPDATE SET version = excluded.version,"
    " generation = excluded.generation, proven_at = excluded.proven_at";

static const char *const forget_proof =
    "DELETE FROM @.rdf_catalog_proof WHERE graph = $1 AND policy = $2";

static void
write_proof(const RpCatalog *catalog, const RpEnforcement *enforcement, int32 version,
            int64 generation, bool conforms)
{
    RpParameter parameters[] = {RP_TEXT_OF(enforcement->graph), RP_TEXT_OF(enforcement->policy),
                                RP_INTEGER_OF(version), RP_BIGINT_OF(generation)};
    RpCatalogWriter writer;

    rp_catalog_writer_begin(&writer, catalog);
    if (conforms) {
        rp_catalog_run(&writer, note_proof, lengthof(parameters), parameters);
    } else {
        rp_catalog_run(&writer, forget_proof, 2, parameters);
    }
    rp_catalog_writer_end(&writer);
}

/* Judge the graph by the policy that the active snapshot shows, whose image is let go with the call
 * site. */
static bool
judge(Oid function, const RpStoredGraph *graph, const RpEnforcement *enforcement, int32 *version,
      int64 *generation)
{
    RpJudgementOptions options = {.stop_at_disallowed = 1};
    MemoryContext caller = CurrentMemoryContext;
    MemoryContext work = rp_bridge_context();
    const RpPolicySelection *selection;
    RpJudgement judgement;
    FmgrInfo call_site;
    LOCAL_FCINFO(fcinfo, 0);
    bool conforms = true;

    MemoryContextSwitchTo(work);
    fmgr_info_cxt(function, &call_site, work);
    InitFunctionCallInfoData(*fcinfo, &call_site, 0, InvalidOid, NULL, NULL);
    selection = rp_policy_select(fcinfo, rp_text_datum(enforcement->policy));
    if (selection->use_count > 0) {
        options.severities = enforcement->severities;
        options.severity_count = enforcement->severity_count;
        rp_graph_judge_whole(graph, &enforcement->named_graphs, &selection->uses[0], &options,
                             rp_bridge_work_arena(work, 0), &judgement);
        conforms = rp_report_conforms(&judgement.report);
        *version = selection->uses[0].version;
        *generation = selection->generation;
    }
    MemoryContextSwitchTo(caller);
    MemoryContextDelete(work);
    return conforms;
}

bool
rp_proof_make(Oid function, RpText name, RpText policy)
{
    const RpCatalog *catalog = rp_catalog_of_function(function);
    const RpStoredGraph *graph = rp_stored_graph_get(catalog, name);
    RpEnforcement *enforcement = rp_enforcement_get(catalog, name, policy);
    RpGraphLocks *locks = palloc(sizeof(RpGraphLocks));
    int32 version = 0;
    int64 generation = 0;
    bool conforms;

    rp_graph_locks_init(locks, catalog->namespace, name);
    rp_graph_locks_strengthen(locks);
    PushActiveSnapshot(GetLatestSnapshot());
    conforms = judge(function, graph, enforcement, &version, &generation);
    PopActiveSnapshot();
    write_proof(catalog, enforcement, version, generation, conforms);
    return conforms;
}
