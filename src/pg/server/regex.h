/* PostgreSQL's regular expression engine behind RpHost.regex_matches, with a cache of compiled
 * expressions per backend. */
#ifndef RP_PG_REGEX_H
#define RP_PG_REGEX_H

#include "pg/pg.h"
#include "base/host.h"

/* As RpHost.regex_matches says; state is not used. */
RpStatus rp_regex_matches(void *state, RpText expression, bool ignore_case, RpText subject,
                          bool *matches, RpError *error);

#endif
