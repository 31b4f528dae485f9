/* What is known of all that is stored in an enforced graph: rows of rdf_catalog_proof. */
#ifndef RP_PG_PROOF_H
#define RP_PG_PROOF_H

#include "pg/catalog/catalog_writer.h"
#include "pg/enforce/enforcement.h"

/*
 * Judge all that is stored in a graph by a policy that is enforced on it, while nobody else changes
 * it to the end of the transaction; note it where it conforms and the mode is enforce. ERROR 42704
 * where the policy is not enforced on the graph.
 */
bool rp_proof_make(const RpCatalog *catalog, RpText graph, RpText policy);

/*
 * A policy has been put in force in this transaction: what was proven by a former version is to be
 * proven again, where shapes have changed that may find something. Says so (NOTICE) for each graph
 * that the policy is enforced on; or, with must_prove, proves it. Returns why a graph does not
 * conform; NULL: none.
 */
const char *rp_proof_renew(const RpCatalog *catalog, const char *policy, int32 version,
                           bool must_prove);

/*
 * The shapes with a target that may find in data what they did not in another version, by their
 * names in N-Triples form; all, where that version is kept no more. Under the active snapshot.
 */
List *rp_proof_unproven_shapes(const RpCatalog *catalog, RpText policy, int32 from, int32 to);

#endif
