/*
 * rdf_policy_wait: waits until nobody in this database can be judged by an older generation.
 *
 * As CREATE INDEX CONCURRENTLY waits: first until a fresh snapshot shows the generation, then until
 * every snapshot that was held at that moment and may be older than the transaction that made it is
 * gone. Snapshots taken later see the generation. No lock is taken; the server's list of
 * transactions is read every few milliseconds.
 */
#include "pg/pg.h"

#include <math.h>

#include "storage/latch.h"
#include "storage/proc.h"
#include "storage/procarray.h"
#include "utils/timestamp.h"
#include "utils/wait_event.h"

#include "pg/catalog/generation.h"
#include "pg/judge/call_arguments.h"
#include "pg/shared/backend.h"

PG_FUNCTION_INFO_V1(rdf_policy_wait);

enum { RP_POLL_FIRST_MS = 1, RP_POLL_LAST_MS = 100 };

/* One call. */
typedef struct RpWait {
    const RpCatalog *catalog;
    int64 generation;
    TimestampTz deadline;
    long pause_ms;
} RpWait;

/* Sleep a little, each time longer. False: the deadline has passed. */
static bool
pause_is_allowed(RpWait *wait)
{
    long left_ms = TimestampDifferenceMilliseconds(GetCurrentTimestamp(), wait->deadline);

    CHECK_FOR_INTERRUPTS();
    if (left_ms <= 0) {
        return false;
    }
    (void)WaitLatch(MyLatch, WL_LATCH_SET | WL_TIMEOUT | WL_EXIT_ON_PM_DEATH,
                    Min(left_ms, wait->pause_ms), PG_WAIT_EXTENSION);
    ResetLatch(MyLatch);
    CHECK_FOR_INTERRUPTS();
    wait->pause_ms = Min(wait->pause_ms * 2, RP_POLL_LAST_MS);
    return true;
}

/* Whether a fresh snapshot shows the generation, or a later one; *maker is the transaction of the
 * row that it shows. */
static bool
generation_is_committed(const RpWait *wait, TransactionId *maker)
{
    RpGenerationRow row;

    PushActiveSnapshot(GetLatestSnapshot());
    rp_generation_read(wait->catalog, GetActiveSnapshot(), &row);
    PopActiveSnapshot();
    if (row.is_own) {
        ereport(ERROR,
                (errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
                 errmsg("the generation was changed by this transaction, which has not committed"),
                 errhint("Call rdf_policy_wait() after COMMIT.")));
    }
    *maker = row.maker;
    return row.number >= wait->generation;
}

/* Whether the owner of a snapshot waits as we do: its statement judges nothing meanwhile, and two
 * must not wait for each other. */
static bool
is_waiting_too(VirtualTransactionId transaction)
{
    RpBackend backend;

    return rp_backend_read(RP_BACKEND_OF(transaction), &backend) && backend.is_waiting;
}

/* The transactions of this database, but ours, with a snapshot that may be older than maker. */
static VirtualTransactionId *
older_snapshots(TransactionId maker, int *count)
{
    return GetCurrentVirtualXIDs(maker, true, false, PROC_IS_AUTOVACUUM | PROC_IN_VACUUM, count);
}

/* Both lists are of backends, so short: a search one by one. */
static bool
contains(const VirtualTransactionId *transactions, int count, VirtualTransactionId wanted)
{
    for (int i = 0; i < count; i++) {
        if (VirtualTransactionIdEquals(transactions[i], wanted)) {
            return true;
        }
    }
    return false;
}

/* Drop from the list who has ended, has only newer snapshots, or waits too. Returns what is left.
 */
static int
drop_finished(VirtualTransactionId *older, int count, TransactionId maker)
{
    int now_count;
    VirtualTransactionId *now = older_snapshots(maker, &now_count);
    int left = 0;

    for (int i = 0; i < count; i++) {
        if (contains(now, now_count, older[i]) && !is_waiting_too(older[i])) {
            older[left++] = older[i];
        }
    }
    pfree(now);
    return left;
}

/*
 * First until the generation is committed for all, then until no transaction is left that may hold
 * an older snapshot. Nothing is locked while it waits. Its own statement has a snapshot, older than
 * the generation perhaps: so others who wait are not waited for, else two would wait for each
 * other. Polled, since neither event has a queue to sleep in.
 */
static bool
wait_for_generation(RpWait *wait)
{
    VirtualTransactionId *older;
    TransactionId maker;
    int count;

    while (!generation_is_committed(wait, &maker)) {
        if (!pause_is_allowed(wait)) {
            return false;
        }
    }
    wait->pause_ms = RP_POLL_FIRST_MS;
    older = older_snapshots(maker, &count);
    while ((count = drop_finished(older, count, maker)) > 0) {
        if (!pause_is_allowed(wait)) {
            return false;
        }
    }
    return true;
}

/* The moment until which to wait. A month has 30 days; what is longer than a century is one. */
static TimestampTz
deadline_of(const Interval *timeout)
{
    const double longest = 100.0 * DAYS_PER_YEAR * (double)USECS_PER_DAY;
    double microseconds =
        (double)timeout->time +
        ((double)timeout->day + (double)timeout->month * DAYS_PER_MONTH) * (double)USECS_PER_DAY;

    if (microseconds < 0) {
        ereport(ERROR,
                (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("timeout must not be negative")));
    }
    return GetCurrentTimestamp() + (int64)Min(microseconds, longest);
}

/* rdf_policy_wait(generation, timeout) → whether no older generation can be seen any more */
Datum
rdf_policy_wait(PG_FUNCTION_ARGS)
{
    RpWait wait = {.pause_ms = RP_POLL_FIRST_MS};
    volatile bool is_done = false;

    rp_argument_require(fcinfo, 0, "generation");
    rp_argument_require(fcinfo, 1, "timeout");
    wait.catalog = rp_catalog_of_function(fcinfo->flinfo->fn_oid);
    wait.generation = PG_GETARG_INT64(0);
    wait.deadline = deadline_of(PG_GETARG_INTERVAL_P(1));
    rp_backend_set_waiting(true);
    PG_TRY();
    {
        is_done = wait_for_generation(&wait);
    }
    PG_FINALLY();
    {
        rp_backend_set_waiting(false);
    }
    PG_END_TRY();
    PG_RETURN_BOOL(is_done);
}
