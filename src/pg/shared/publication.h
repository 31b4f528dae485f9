/*
 * What a transaction that changed policies does when it commits: publish the new generation, send
 * its notifications, write the server log. Kept by savepoint, so that what is rolled back is never
 * done.
 */
#ifndef RP_PG_PUBLICATION_H
#define RP_PG_PUBLICATION_H

#include "pg/shared/mapping.h"

/* Registers the transaction callbacks. Called from _PG_init. */
void rp_publication_init(void);

/* Publish a mapping at commit, unless a later one of this transaction replaces it. Takes over the
 * caller's reference. */
void rp_publication_add_mapping(RpMapping *mapping);

/* NOTIFY rdf_policy with this payload, and a line in the server log, at commit. Both are copied. */
void rp_publication_add_notice(const char *payload, const char *log_line);

#endif
