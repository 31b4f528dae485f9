/* Names of policies: name, or name@version. */
#ifndef RP_PG_POLICY_NAME_H
#define RP_PG_POLICY_NAME_H

#include "pg/pg.h"
#include "base/status.h"

typedef struct RpPolicyName {
    RpText policy; /* a view into what was parsed */
    int32 version; /* from 1; 0: none given */
} RpPolicyName;

/* ERROR 22023 where the text is no name that doc/sql.md allows. */
RpPolicyName rp_policy_name_parse(RpText name);

/* Whether a text is a name without a version. */
bool rp_policy_name_is_valid(RpText name);

/* ERROR 22023 unless the text is a name without a version. */
void rp_policy_name_check(RpText name);

#endif
