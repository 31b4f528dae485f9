/* Proving a graph: see proof.h. */
#include "pg/enforce/proof.h"

#include "access/xact.h"
#include "utils/inval.h"
#include "utils/memutils.h"
#include "utils/snapmgr.h"

#include "image/shape_changes.h"
#include "rdf/turtle_writer.h"
#include "pg/enforce/enforcement_problem.h"
#include "pg/enforce/graph_lock.h"
#include "pg/enforce/whole_judge.h"
#include "pg/server/bridge.h"
#include "pg/shared/policy_cache.h"
#include "pg/shared/version_row.h"

enum { SHOWN_SHAPES = 10 };

/* Only what is refused stays proven: with another mode the next transaction may violate it. The
 * row's lock keeps the mode as it is. */
static const char *const note_proof =
    "INSERT INTO @.rdf_catalog_proof (graph, policy, version, generation, proven_at)"
    " SELECT graph, policy, $3, $4, clock_timestamp() FROM @.rdf_catalog_enforcement"
    " WHERE graph = $1 AND policy = $2 AND mode = 'enforce' FOR SHARE"
    " ON CONFLICT (graph, policy) DO UPDATE SET version = excluded.version,"
    " generation = excluded.generation, proven_at = excluded.proven_at";

static const char *const forget_proof =
    "DELETE FROM @.rdf_catalog_proof WHERE graph = $1 AND policy = $2";

/* In the catalog owner's name (catalog_writer). A graph that violates has no proof, also where it
 * had one: what was noted before is not so any more. Everybody is told, though no enforcement has
 * changed: the message comes before our lock is free, whereas that of who changed the policy may be
 * on its way (README.md, "What is passed over"). */
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
    CacheInvalidateRelcacheByRelid(catalog->enforcement);
}

/* Judge the graph by the policy that the active snapshot shows, whose image is let go with the call
 * site. rdfpolicy.no_policy = pass lets data through; it proves nothing. */
static bool
judge(const RpCatalog *catalog, const RpEnforcement *enforcement, int32 *version, int64 *generation)
{
    const RpStoredGraph *graph = rp_stored_graph_get(catalog, enforcement->graph);
    RpJudgementOptions options = {.stop_at_disallowed = 1};
    MemoryContext caller = CurrentMemoryContext;
    MemoryContext work = rp_bridge_context();
    const RpPolicySelection *selection;
    FmgrInfo call_site = {.fn_mcxt = work};
    bool conforms;

    MemoryContextSwitchTo(work);
    selection =
        rp_policy_select_at(&call_site, catalog->namespace, rp_text_datum(enforcement->policy));
    if (selection->use_count == 0) {
        ereport(
            ERROR,
            (errcode(ERRCODE_UNDEFINED_OBJECT),
             errmsg("graph \"%s\" cannot be proven by policy \"%s\", which is not active",
                    rp_text_cstring(enforcement->graph), rp_text_cstring(enforcement->policy))));
    }
    options.severities = enforcement->severities;
    options.severity_count = enforcement->severity_count;
    conforms = rp_whole_judge(graph, enforcement, &selection->uses[0], &options, NULL);
    *version = selection->uses[0].version;
    *generation = selection->generation;
    MemoryContextSwitchTo(caller);
    MemoryContextDelete(work);
    return conforms;
}

/* The names of changed shapes that have a target of their own, in N-Triples form; changed NULL: of
 * all that have one. */
static List *
names_of(const RpImage *image, const bool *changed, RpArena *arena)
{
    List *names = NIL;

    for (uint32 i = 0; i < image->shape_count; i++) {
        const RpImageShape *shape = &image->shapes[i];
        RpTerm node = rp_term_table_get(&image->terms, shape->node);
        RpBuffer buffer;
        RpError error;

        if (shape->target_count == 0 || (shape->flags & RP_IMAGE_SHAPE_IS_DEACTIVATED) ||
            (changed != NULL && !changed[i])) {
            continue;
        }
        rp_buffer_init(&buffer, arena);
        rp_term_write(&buffer, &node);
        RP_BRIDGE_TRY(rp_buffer_status(&buffer, &error), &error);
        names = lappend(names, rp_text_cstring(rp_buffer_text(&buffer)));
    }
    return names;
}

/* Former versions may be pruned: where the one that was proven by is gone, every shape is taken for
 * new. */
static bool
has_version(const RpCatalog *catalog, RpText policy, int32 version)
{
    RpVersionRow row;
    bool has = rp_version_row_open(&row, catalog, GetActiveSnapshot(), policy, version);

    rp_version_row_close(&row);
    return has;
}

/* In the caller's memory context, under the active snapshot. */
List *
rp_proof_unproven_shapes(const RpCatalog *catalog, RpText policy, int32 from, int32 to)
{
    RpArena *arena = rp_bridge_work_arena(CurrentMemoryContext, 0);
    RpImage old_image;
    RpImage new_image;
    bool *changed = NULL;
    RpError error;

    if (from == to) {
        return NIL;
    }
    rp_version_image(catalog, GetActiveSnapshot(), policy, to, &new_image);
    if (has_version(catalog, policy, from)) {
        rp_version_image(catalog, GetActiveSnapshot(), policy, from, &old_image);
        RP_BRIDGE_TRY(rp_shape_changes(&old_image, &new_image, arena, &changed, &error), &error);
    }
    return names_of(&new_image, changed, arena);
}

/* A graph that a policy is enforced on, and the version that it was proven by; 0: by none. */
typedef struct ProvenGraph {
    char *graph;
    RpTiming timing;
    int32 version;
} ProvenGraph;

static const char *const find_graphs =
    "SELECT e.graph, p.version, e.timing"
    " FROM @.rdf_catalog_enforcement e LEFT JOIN @.rdf_catalog_proof p USING (graph, policy)"
    " WHERE e.policy = $1 AND e.mode <> 'off' ORDER BY 1";

/* Also those whose mode is warn or audit: they have no proof to lose, but are judged where a reload
 * must prove, and their triggers are looked at. */
static List *
graphs_of(const RpCatalog *catalog, const char *policy)
{
    MemoryContext context = CurrentMemoryContext;
    RpParameter parameter = RP_STRING_OF(policy);
    List *graphs = NIL;
    RpCatalogWriter writer;
    uint64 count;

    rp_catalog_writer_begin(&writer, catalog);
    count = rp_catalog_run(&writer, find_graphs, 1, &parameter);
    MemoryContextSwitchTo(context);
    for (uint64 i = 0; i < count; i++) {
        ProvenGraph *graph = palloc(sizeof(ProvenGraph));

        graph->graph = rp_catalog_result_string(i, 1, context);
        graph->version = (int32)rp_catalog_result_int(i, 2);
        graph->timing =
            rp_timing_parse(rp_text_from(rp_catalog_result_string(i, 3, CurrentMemoryContext)));
        graphs = lappend(graphs, graph);
    }
    rp_catalog_writer_end(&writer);
    return graphs;
}

/* Nothing where no shape with targets has changed: what was proven holds by the new version, too.
 */
static void
notice_unproven(const ProvenGraph *graph, const char *policy, int32 version, const List *shapes)
{
    StringInfoData names;
    ListCell *cell;

    if (shapes == NIL) {
        return;
    }
    initStringInfo(&names);
    foreach (cell, shapes) {
        if (foreach_current_index(cell) == SHOWN_SHAPES) {
            appendStringInfo(&names, ", and %d more", list_length(shapes) - SHOWN_SHAPES);
            break;
        }
        appendStringInfo(&names, "%s%s", names.len > 0 ? ", " : "", (char *)lfirst(cell));
    }
    ereport(NOTICE,
            (errmsg("what is stored in graph \"%s\" is not proven by policy \"%s\" version %d",
                    graph->graph, policy, version),
             errdetail("It was by version %d; since then %s changed.", graph->version, names.data),
             errhint("rdf_graph_prove('%s', '%s') judges all of it; rdf_policy_reload(…, prove => "
                     "true) would have.",
                     graph->graph, policy)));
}

/* Within the reload's transaction, which sees its own new version. The graphs come in order of
 * their names, so that two reloads lock them alike. */
const char *
rp_proof_renew(const RpCatalog *catalog, const char *policy, int32 version, bool must_prove)
{
    ListCell *cell;

    CommandCounterIncrement();
    foreach (cell, graphs_of(catalog, policy)) {
        const ProvenGraph *graph = lfirst(cell);

        if (must_prove) {
            if (!rp_proof_make(catalog, rp_text_from(graph->graph), rp_text_from(policy))) {
                return psprintf("graph \"%s\" violates policy \"%s\" version %d", graph->graph,
                                policy, version);
            }
            continue;
        }
        rp_enforcement_warn(catalog, rp_text_from(graph->graph), graph->timing);
        if (graph->version != 0) {
            PushActiveSnapshot(GetLatestSnapshot());
            notice_unproven(
                graph, policy, version,
                rp_proof_unproven_shapes(catalog, rp_text_from(policy), graph->version, version));
            PopActiveSnapshot();
        }
    }
    return NULL;
}

/* The strong lock keeps out all who are judged, to the end of the transaction: so nothing that the
 * former version was asked about is committed between this judgement and its note. It comes before
 * whatever is read of the graph. */
bool
rp_proof_make(const RpCatalog *catalog, RpText name, RpText policy)
{
    RpGraphLocks *locks = palloc(sizeof(RpGraphLocks));
    RpEnforcement *enforcement;
    int32 version;
    int64 generation;
    bool conforms;

    rp_graph_locks_init(locks, catalog->namespace, name, 0);
    rp_graph_locks_strengthen(locks);
    enforcement = rp_enforcement_get(catalog, name, policy);
    rp_enforcement_require_judged(catalog, enforcement->graph, enforcement->timing);
    PushActiveSnapshot(GetLatestSnapshot());
    conforms = judge(catalog, enforcement, &version, &generation);
    PopActiveSnapshot();
    write_proof(catalog, enforcement, version, generation, conforms);
    return conforms;
}
