/*
 * The generation row: which state of all policies a snapshot sees. See ../shared/README.md.
 */
#ifndef RP_PG_GENERATION_H
#define RP_PG_GENERATION_H

#include "image/directory.h"
#include "pg/catalog/catalog_writer.h"

typedef struct RpGenerationRow {
    RpIdentity identity;
    int64 number;
    TransactionId maker; /* who wrote it */
    bool is_own;         /* written by this transaction, so that nobody else can see it yet */
    bool has_successor;  /* updated or deleted, or about to be: not the newest any more */
} RpGenerationRow;

/* The row that a snapshot shows. ERROR 55000 where there is none or more than one. */
void rp_generation_read(const RpCatalog *catalog, Snapshot snapshot, RpGenerationRow *row);

/* Forget where the row was: it may have moved. Called by the relcache callback. */
void rp_generation_forget(void);

/*
 * Wait for other reloads, and keep the next ones waiting until this transaction ends. ERROR 55P03
 * after rdfpolicy.reload_timeout, 40001 where the transaction's snapshot is older than the newest
 * generation.
 */
int64 rp_generation_lock(const RpCatalogWriter *writer);

/*
 * Lock the generation row, for whoever is about to write policy rows by hand, and give it a stamp
 * of this transaction. Waits as long as it takes: a restore's tables wait for each other.
 */
void rp_generation_take(const RpCatalogWriter *writer);

/*
 * Make a new generation: next number, but not below at_least; new stamp. The last thing that a
 * change of policies does: a look-up in between must not find old policies under the new stamp.
 * Returns the number.
 */
int64 rp_generation_bump(const RpCatalogWriter *writer, int64 at_least);

#endif
