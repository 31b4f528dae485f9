/* What becomes of data whose policy, or context, is not there: rdfpolicy.no_policy decides. */
#ifndef RP_PG_MISSING_POLICY_H
#define RP_PG_MISSING_POLICY_H

#include "pg/pg.h"
#include "base/text.h"
#include "pg/catalog/catalog.h"

/*
 * A call names a policy that is not in force, or a version that is not kept or (is_staged) not yet
 * in force. ERROR 42704; where rdfpolicy.no_policy is "pass" it returns, and the server log says so
 * once for each policy and session, without anything of the data.
 */
void rp_missing_policy(const RpCatalog *catalog, RpText name, bool is_staged);

/* Whether data passes a version that is in force while its row is missing, as amid a restore with
 * several jobs: where rdfpolicy.no_policy is "pass", which is logged in the same way. */
bool rp_missing_version_passes(RpText policy, int32 version);

/* Whether a document in JSON-LD passes whose context is not registered, as amid a restore: in the
 * same way. The log does not name the context: it can be of the data. */
bool rp_missing_context_passes(void);

/* The same where a call asks for every active policy, and none is. ERROR 55000. */
void rp_missing_any_policy(void);

#endif
