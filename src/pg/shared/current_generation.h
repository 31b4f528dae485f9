/* The generation that the active snapshot shows, mapped. See README.md, "Which generation a
 * statement sees". */
#ifndef RP_PG_CURRENT_GENERATION_H
#define RP_PG_CURRENT_GENERATION_H

#include "pg/catalog/catalog.h"
#include "pg/shared/mapping.h"

/* What tells one view of the database from another within this backend: 4 ns to compare. */
typedef struct RpSnapshotView {
    TransactionId xmin;
    TransactionId xmax;
    uint32 transaction_count;
    int32 subtransaction_count;
    CommandId command;
    LocalTransactionId local_transaction;
} RpSnapshotView;

/* A remembered answer, good while the view is the same and no table of ours has changed. */
typedef struct RpGenerationAnswer {
    RpMapping *mapping;
    RpSnapshotView view;
    uint64 change_count; /* of relcache messages, when the answer was found */
} RpGenerationAnswer;

/* Whether an answer still holds for the active snapshot. ERROR 55000 where no snapshot is active.
 */
bool rp_generation_answer_holds(const RpGenerationAnswer *answer);

/*
 * Find the generation of the active snapshot: from memory, from shared memory, or by building it.
 * The mapping stays the cache's: retain it to keep it beyond the next call. ERROR 55000 where the
 * generation row is gone.
 */
void rp_current_generation(const RpCatalog *catalog, RpGenerationAnswer *answer);

/* Raised whenever this backend hears that policies may have changed: never less than that, and
 * mostly no more. */
uint64 rp_generation_change_count(void);

/*
 * Map the generation that this transaction has just written, in a segment that can be published
 * when it commits. The reference is the caller's.
 */
RpMapping *rp_own_generation(const RpCatalog *catalog);

/* Registers the relcache callback. Called from _PG_init. */
void rp_current_generation_init(void);

#endif
