/* What queries ask of the engine's host: digests, and the moment. See base/host.h. */
#ifndef RP_PG_QUERY_HOST_H
#define RP_PG_QUERY_HOST_H

#include "pg/pg.h"
#include "base/host.h"

/* RpHost.digest, by the server's own functions. */
bool rp_query_host_digest(void *state, const char *algorithm, RpText bytes, char *digits);

/* RpHost.now: when the statement began, in UTC. Valid until it is asked again. */
RpText rp_query_host_now(void *state);

#endif
