/* Reading rdf_catalog_enforcement: see enforcement.h. */
#include "pg/enforce/enforcement.h"

#include "catalog/pg_type.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/inval.h"
#include "utils/memutils.h"
#include "utils/snapmgr.h"

#include "pg/server/bridge.h"

static const char *const mode_names[] = {"enforce", "warn", "audit", "off"};
static const char *const timing_names[] = {"deferred", "immediate"};

/* The place of a word in a list. ERROR 22023. */
static int
word_parse(RpText word, const char *what, const char *const *names, int count)
{
    StringInfoData list;

    initStringInfo(&list);
    for (int i = 0; i < count; i++) {
        if (rp_text_equals(word, rp_text_from(names[i]))) {
            return i;
        }
        appendStringInfo(&list, "%s%s", i == 0 ? "" : i == count - 1 ? " or " : ", ", names[i]);
    }
    ereport(ERROR,
            (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
             errmsg("%s must be %s, but is \"%s\"", what, list.data, rp_text_cstring(word))));
    return 0;
}

RpEnforcementMode
rp_mode_parse(RpText mode)
{
    return (RpEnforcementMode)word_parse(mode, "mode", mode_names, lengthof(mode_names));
}

RpTiming
rp_timing_parse(RpText timing)
{
    return (RpTiming)word_parse(timing, "timing", timing_names, lengthof(timing_names));
}

const char *
rp_timing_name(RpTiming timing)
{
    return timing_names[timing];
}

/* A column that is text[], copied; NULL and *count 0 where it is null. */
static const RpText *
texts_of(const RpCatalogScan *scan, HeapTuple row, int column, uint32 *count)
{
    bool is_null;
    Datum value = heap_getattr(row, column, scan->columns, &is_null);
    RpText *texts;
    Datum *elements;
    int element_count;

    *count = 0;
    if (is_null) {
        return NULL;
    }
    deconstruct_array(DatumGetArrayTypePCopy(value), TEXTOID, -1, false, TYPALIGN_INT, &elements,
                      NULL, &element_count);
    texts = palloc(sizeof(RpText) * (Size)Max(element_count, 1));
    for (int i = 0; i < element_count; i++) {
        texts[i] = rp_text_of(DatumGetTextPP(elements[i]));
    }
    *count = (uint32)element_count;
    return texts;
}

/* Columns are by the catalog's numbers; texts are copied, as the row goes with the scan. */
static RpText
text_of(const RpCatalogScan *scan, HeapTuple row, int column)
{
    RpText value;

    (void)rp_catalog_text(scan, row, column, &value);
    return rp_text_from(rp_text_cstring(value));
}

static RpEnforcement *
read_row(const RpCatalogScan *scan, HeapTuple row)
{
    RpEnforcement *enforcement = palloc0(sizeof(RpEnforcement));
    bool is_null;
    Datum named_graphs = heap_getattr(row, RP_ENFORCEMENT_NAMED_GRAPHS, scan->columns, &is_null);

    enforcement->graph = text_of(scan, row, RP_ENFORCEMENT_GRAPH);
    enforcement->policy = text_of(scan, row, RP_ENFORCEMENT_POLICY);
    enforcement->mode = rp_mode_parse(text_of(scan, row, RP_ENFORCEMENT_MODE));
    enforcement->timing = rp_timing_parse(text_of(scan, row, RP_ENFORCEMENT_TIMING));
    enforcement->severities =
        texts_of(scan, row, RP_ENFORCEMENT_SEVERITIES, &enforcement->severity_count);
    if (!is_null) {
        rp_named_graphs_parse(DatumGetArrayTypePCopy(named_graphs), &enforcement->named_graphs);
    }
    enforcement->is_each = rp_catalog_bool(scan, row, RP_ENFORCEMENT_IS_EACH);
    return enforcement;
}

/* Whatever the transaction's own snapshot shows: a policy that is enforced is enforced on
 * everybody. */
List *
rp_enforcements_of_graph(const RpCatalog *catalog, RpText graph)
{
    List *enforcements = NIL;
    RpCatalogScan scan;
    HeapTuple row;

    PushActiveSnapshot(GetLatestSnapshot());
    rp_catalog_find_enforcements(&scan, catalog, GetActiveSnapshot(), graph);
    while ((row = rp_catalog_scan_next(&scan)) != NULL) {
        enforcements = lappend(enforcements, read_row(&scan, row));
    }
    rp_catalog_scan_end(&scan);
    PopActiveSnapshot();
    return enforcements;
}

/*
 * Enforcements that were read, of graphs that were asked for: each transaction asks twice. A
 * relcache message of their table makes them stale: its trigger sends one with each change
 * (rdf_catalog_graph_changed), at commit before locks are released. Whoever uses them goes on with
 * them, so they go with the transaction in which they are found to be stale.
 */
typedef struct KnownGraph {
    Oid namespace;
    RpText graph;
    List *enforcements;
    struct KnownGraph *next;
} KnownGraph;

static KnownGraph *known = NULL;
static MemoryContext known_context = NULL;
static Oid known_table = InvalidOid;
static bool is_stale = false;
static uint64 change_count = 1;

/* May come at any moment in which messages are accepted, so it only marks. */
static void
on_relation_change(Datum argument pg_attribute_unused(), Oid relation)
{
    bool is_ours = !OidIsValid(relation) || relation == known_table;

    is_stale = is_stale || is_ours;
    change_count += is_ours;
}

uint64
rp_enforcement_change_count(void)
{
    return change_count;
}

void
rp_enforcement_init(void)
{
    CacheRegisterRelcacheCallback(on_relation_change, (Datum)0);
}

/* Lists that were handed out are used to the end of the transaction, and their memory goes with it.
 */
static void
forget_known(void)
{
    known = NULL;
    if (known_context != NULL) {
        MemoryContextSetParent(known_context, TopTransactionContext);
        known_context = NULL;
    }
    is_stale = false;
}

/* A message that comes while rows are read makes them stale for the next who asks. */
static List *
known_of_graph(const RpCatalog *catalog, RpText graph)
{
    MemoryContext caller = CurrentMemoryContext;
    KnownGraph *added;

    AcceptInvalidationMessages();
    if (is_stale || known_table != catalog->enforcement) {
        forget_known();
        known_table = catalog->enforcement;
    }
    for (const KnownGraph *each = known; each != NULL; each = each->next) {
        if (each->namespace == catalog->namespace && rp_text_equals(each->graph, graph)) {
            return each->enforcements;
        }
    }
    if (known_context == NULL) {
        known_context = AllocSetContextCreate(CacheMemoryContext, "rdfpolicy enforcements",
                                              ALLOCSET_SMALL_SIZES);
    }
    MemoryContextSwitchTo(known_context);
    added = palloc(sizeof(KnownGraph));
    *added = (KnownGraph){.namespace = catalog->namespace,
                          .graph = rp_text_from(rp_text_cstring(graph)),
                          .enforcements = rp_enforcements_of_graph(catalog, graph),
                          .next = known};
    MemoryContextSwitchTo(caller);
    known = added;
    return added->enforcements;
}

/* The list is the caller's; its elements are the cache's. */
List *
rp_enforcements_of(const RpCatalog *catalog, RpText graph, RpTiming timing)
{
    List *all = known_of_graph(catalog, graph);
    List *enforcements = NIL;
    ListCell *cell;

    foreach (cell, all) {
        const RpEnforcement *enforcement = lfirst(cell);

        if (enforcement->timing == timing && enforcement->mode != RP_MODE_OFF) {
            enforcements = lappend(enforcements, lfirst(cell));
        }
    }
    return enforcements;
}

/* False also where policies of the other timing alone are enforced. */
bool
rp_enforcement_is_on(const RpCatalog *catalog, RpText graph, RpTiming timing)
{
    return rp_enforcements_of(catalog, graph, timing) != NIL;
}

RpEnforcement *
rp_enforcement_get(const RpCatalog *catalog, RpText graph, RpText policy)
{
    ListCell *cell;

    foreach (cell, rp_enforcements_of_graph(catalog, graph)) {
        RpEnforcement *enforcement = lfirst(cell);

        if (rp_text_equals(enforcement->policy, policy)) {
            return enforcement;
        }
    }
    rp_enforcement_raise_unknown(graph, policy);
    return NULL;
}

void
rp_enforcement_raise_unknown(RpText graph, RpText policy)
{
    ereport(ERROR, (errcode(ERRCODE_UNDEFINED_OBJECT),
                    errmsg("policy \"%s\" is not enforced on graph \"%s\"", rp_text_cstring(policy),
                           rp_text_cstring(graph)),
                    errhint("View rdf_graph_enforcements lists what is.")));
}

/* Modes are not looked at: triggers are kept complete also while everything is off. */
bool
rp_enforcement_is_anywhere(const RpCatalog *catalog)
{
    RpCatalogScan scan;
    bool is_anywhere;

    PushActiveSnapshot(GetLatestSnapshot());
    rp_catalog_scan_begin(&scan, catalog->enforcement, GetActiveSnapshot());
    is_anywhere = rp_catalog_scan_next(&scan) != NULL;
    rp_catalog_scan_end(&scan);
    PopActiveSnapshot();
    return is_anywhere;
}
