/* Which policies each transaction's changes of a graph are judged by: rows of
 * rdf_catalog_enforcement. */
#ifndef RP_PG_ENFORCEMENT_H
#define RP_PG_ENFORCEMENT_H

#include "pg/pg.h"
#include "pg/catalog/catalog.h"
#include "pg/graph/named_graphs.h"

/* What becomes of a transaction that violates a policy. */
typedef enum RpEnforcementMode {
    RP_MODE_ENFORCE, /* it is refused */
    RP_MODE_WARN,
    RP_MODE_AUDIT, /* the violations are recorded */
    RP_MODE_OFF    /* nothing: it is not judged */
} RpEnforcementMode;

/* When it is judged. */
typedef enum RpTiming {
    RP_TIMING_DEFERRED, /* when it commits, or at SET CONSTRAINTS */
    RP_TIMING_IMMEDIATE /* at the end of each statement */
} RpTiming;

typedef struct RpEnforcement {
    RpText graph;
    RpText policy;
    RpEnforcementMode mode;
    RpTiming timing;
    const RpText *severities; /* IRIs of those that count; NULL: rdfpolicy.conformance_disallows */
    uint32 severity_count;
    RpNamedGraphs named_graphs;
    bool is_each; /* every named graph is judged by itself */
} RpEnforcement;

/* The words of SQL. ERROR 22023 for any other. */
RpEnforcementMode rp_mode_parse(RpText mode);
RpTiming rp_timing_parse(RpText timing);
const char *rp_timing_name(RpTiming timing);

/* The enforcements of a graph, as committed by now or made in this transaction, in order of policy:
 * a list of RpEnforcement * in the current memory context. */
List *rp_enforcements_of_graph(const RpCatalog *catalog, RpText graph);

/*
 * Those with a timing that are not off, as this backend knows them: with all that was committed
 * before any lock was released that the transaction has waited for. They live to the end of the
 * transaction.
 */
List *rp_enforcements_of(const RpCatalog *catalog, RpText graph, RpTiming timing);

/* The enforcement of a policy on a graph, whatever its mode. ERROR 42704. */
RpEnforcement *rp_enforcement_get(const RpCatalog *catalog, RpText graph, RpText policy);

/* Whether there is one that is not off. */
bool rp_enforcement_is_on(const RpCatalog *catalog, RpText graph, RpTiming timing);

/* ERROR 42704: the policy is not enforced on the graph. */
void rp_enforcement_raise_unknown(RpText graph, RpText policy);

/* Raised whenever this backend hears that enforcements may have changed. */
uint64 rp_enforcement_change_count(void);

/* Once, when the library is loaded. */
void rp_enforcement_init(void);

/* Whether any policy is enforced on any graph. */
bool rp_enforcement_is_anywhere(const RpCatalog *catalog);

#endif
