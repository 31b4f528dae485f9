/*
 * What a transaction that changed policies does when it commits: publish the new generation, send
 * its notifications, write the server log, free what it dropped. Kept by savepoint, so that what is
 * rolled back is never done.
 */
#ifndef RP_PG_PUBLICATION_H
#define RP_PG_PUBLICATION_H

#include "pg/shared/mapping.h"

/* Registers the transaction callbacks and, where the library is preloaded, the hook that sees DROP
 * DATABASE and DROP EXTENSION. Called from _PG_init. */
void rp_publication_init(void);

/*
 * Publish a mapping at commit, unless a later one of this transaction replaces it. Takes over the
 * caller's reference; an earlier mapping of the same savepoint gives its own back at once. Raises
 * only for lack of memory, and has given the reference back then.
 */
void rp_publication_add_mapping(RpMapping *mapping);

/* NOTIFY rdf_policy with this payload, and a line in the server log, at commit. Both are copied. */
void rp_publication_add_notice(const char *payload, const char *log_line);

#endif
