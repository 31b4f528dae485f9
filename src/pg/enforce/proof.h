/* What is known of all that is stored in an enforced graph: rows of rdf_catalog_proof. */
#ifndef RP_PG_PROOF_H
#define RP_PG_PROOF_H

#include "pg/catalog/catalog_writer.h"
#include "pg/enforce/enforcement.h"

/*
 * Judge all that is stored in a graph by a policy that is enforced on it, while nobody else changes
 * it to the end of the transaction; note it where it conforms. ERROR 42704 where the policy is not
 * enforced on the graph.
 */
bool rp_proof_make(Oid function, RpText graph, RpText policy);

#endif
