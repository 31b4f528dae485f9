/*
 * What this backend's transaction has to do at its end, each thing with the (sub)transaction that
 * wants it: a stack of generations to publish, a stack of notices, and what was dropped.
 *
 * Order in a commit (PostgreSQL's CommitTransaction):
 *   PRE_COMMIT           NOTIFY is queued and log lines are written; errors still abort
 *   (the commit record, and the moment from which others see the rows)
 *   XACT_EVENT_COMMIT    the segment is published, what was dropped is freed; nothing may raise
 *   (invalidation messages go out)
 *   release of resources idle backends are woken, to read those messages
 *   (NOTIFY is delivered)
 * So whoever is woken finds the new generation in shared memory; and who sees the row in the moment
 * before the publication finds no segment for it, and builds one: later, not wrong.
 *
 * PREPARE TRANSACTION drops all of it, as COMMIT PREPARED may run in any backend: whoever looks
 * after that builds. It wakes nobody either, as the messages go out with COMMIT PREPARED: an idle
 * backend keeps its generation until its next statement, or until somebody publishes the next.
 *
 * Locking. All state here is private to the backend. The locks of the control block are taken
 * inside rp_mapping_publish and rp_control_free, after the commit and for moments: no transaction
 * waits for another's commit by them.
 */
#include "pg/shared/publication.h"

#include "access/xact.h"
#include "catalog/objectaccess.h"
#include "catalog/pg_database.h"
#include "catalog/pg_extension.h"
#include "commands/async.h"
#include "commands/extension.h"
#include "lib/ilist.h"
#include "utils/resowner.h"

#include "pg/catalog/catalog_writer.h"
#include "pg/shared/backend.h"
#include "pg/shared/control.h"

#define RP_NOTIFY_CHANNEL "rdf_policy"

/*
 * A generation that a (sub)transaction has made. There is at most one of each that is open: a later
 * one of the same supersedes it, as no ROLLBACK TO can bring it back. One of an outer savepoint
 * stays, since it can come back, until RELEASE makes both the same transaction's.
 */
typedef struct RpPending {
    slist_node node;
    SubTransactionId subtransaction;
    RpMapping *mapping; /* one reference is ours; NULL: it was private, and is let go of already */
} RpPending;

/* Newest first. They live in TopTransactionContext. */
static slist_head generations = SLIST_STATIC_INIT(generations);

typedef struct RpNotice {
    slist_node node;
    SubTransactionId subtransaction;
    const char *payload;
    const char *log_line;
} RpNotice;

/* Newest first; those of a subtransaction stand together. They live in TopTransactionContext. */
static slist_head notices = SLIST_STATIC_INIT(notices);

/*
 * The database whose slot is freed at commit: this one, whose extension is dropped, or another that
 * is. There cannot be two of them: DROP DATABASE is a transaction of its own. The subtransaction is
 * the outermost that drops it, so a ROLLBACK TO that keeps any of the drops keeps the note.
 */
static Oid dropped_database = InvalidOid;
static SubTransactionId dropped_in;

/* Whether to wake idle backends at the release of this transaction's resources. Set at COMMIT
 * alone, and cleared by that release, which follows with nothing in between that could raise. */
static bool wakes_others = false;

static object_access_hook_type previous_object_access_hook = NULL;

/* The top of the stack, or NULL. */
static RpPending *
newest_generation(void)
{
    return slist_is_empty(&generations) ? NULL : slist_head_element(RpPending, node, &generations);
}

/* Give an entry's reference back. The entry stays, and says that what is older is not the newest:
 * an older generation must not be published in its place. */
static void
let_go(RpPending *pending)
{
    if (pending->mapping != NULL) {
        rp_mapping_release(pending->mapping);
        pending->mapping = NULL;
    }
}

/* Take the newest generation off the stack and give its reference back. */
static void
pop_generation(void)
{
    RpPending *pending = slist_container(RpPending, node, slist_pop_head_node(&generations));

    let_go(pending);
    pfree(pending);
}

/*
 * Put a generation on the stack, in the place of one of the same (sub)transaction. A private one of
 * an outer savepoint is let go of: it is never published, and if it comes back a look-up builds it
 * again. So savepoints, however many, keep no more memory than segments.
 */
static void
push_generation(RpPending *pending, SubTransactionId subtransaction)
{
    RpPending *older = newest_generation();

    if (older != NULL && older->subtransaction == subtransaction) {
        pop_generation();
    } else if (older != NULL && older->mapping != NULL && older->mapping->segment == NULL) {
        let_go(older);
    }
    pending->subtransaction = subtransaction;
    slist_push_head(&generations, &pending->node);
}

/*
 * The reference is this list's from here on, whatever happens: where there is no memory for the
 * entry it is given back before the error is raised.
 */
void
rp_publication_add_mapping(RpMapping *mapping)
{
    RpPending *pending =
        MemoryContextAllocExtended(TopTransactionContext, sizeof(RpPending), MCXT_ALLOC_NO_OOM);

    if (pending == NULL) {
        rp_mapping_release(mapping);
        ereport(ERROR, (errcode(ERRCODE_OUT_OF_MEMORY), errmsg("out of memory")));
    }
    pending->mapping = mapping;
    push_generation(pending, GetCurrentSubTransactionId());
}

/*
 * In the transaction's memory, since the caller's may go with its savepoint; what the savepoint
 * added is taken off when it is rolled back (on_subtransaction_event).
 */
void
rp_publication_add_notice(const char *payload, const char *log_line)
{
    RpNotice *notice = MemoryContextAllocZero(TopTransactionContext, sizeof(RpNotice));

    /* On the stack last: an error on the way leaves nothing half made there. */
    notice->subtransaction = GetCurrentSubTransactionId();
    notice->payload = MemoryContextStrdup(TopTransactionContext, payload);
    notice->log_line = MemoryContextStrdup(TopTransactionContext, log_line);
    slist_push_head(&notices, &notice->node);
}

/*
 * DROP DATABASE and DROP EXTENSION, also by DROP SCHEMA … CASCADE and DROP OWNED: called just
 * before the object is deleted, when errors and ROLLBACK can still come. So the drop is noted only.
 */
static void
on_object_access(ObjectAccessType access, Oid class, Oid object, int sub_object, void *argument)
{
    Oid database = InvalidOid;

    /* Others first: one that refuses the drop raises. */
    if (previous_object_access_hook) {
        previous_object_access_hook(access, class, object, sub_object, argument);
    }
    if (access != OAT_DROP) {
        return;
    }
    if (class == DatabaseRelationId) {
        database = object;
    } else if (class == ExtensionRelationId && /* its row can still be read */
               object == get_extension_oid(RP_EXTENSION_NAME, true)) {
        database = MyDatabaseId;
    }
    if (OidIsValid(database) && !OidIsValid(dropped_database)) {
        dropped_database = database;
        dropped_in = GetCurrentSubTransactionId();
    }
}

/*
 * Free what was dropped. At COMMIT, and at PREPARE too, since COMMIT PREPARED knows nothing of us:
 * if that is followed by ROLLBACK PREPARED, the next look-up builds and shares again (and counts
 * from nothing).
 */
static void
free_dropped(void)
{
    if (OidIsValid(dropped_database)) {
        rp_control_free(dropped_database);
        /* Nobody is connected to another database that is dropped. */
        wakes_others = dropped_database == MyDatabaseId;
    }
}

/* Queue notifications and write log lines, oldest first. May raise, and so abort the transaction.
 */
static void
send_notices(void)
{
    slist_iter iterator;
    List *in_order = NIL;
    ListCell *cell;

    slist_foreach(iterator, &notices)
    {
        in_order = lcons(slist_container(RpNotice, node, iterator.cur), in_order);
    }
    foreach (cell, in_order) {
        const RpNotice *notice = lfirst(cell);

        /* Queued only: who listens gets it after all that follows in this commit. The log line may
         * be of a transaction that fails at the last moment; to write it later could fail too. */
        Async_Notify(RP_NOTIFY_CHANNEL, notice->payload);
        ereport(LOG, (errmsg_internal("%s", notice->log_line), errhidestmt(true)));
    }
}

/*
 * Publish the newest generation of the transaction; older ones were never seen by anybody else. One
 * that is private is not published: the first to look it up builds it again, for all. So is one
 * that was made after the extension was dropped and created again here, as free_dropped took the
 * slot.
 */
static void
publish_newest(void)
{
    RpPending *pending = newest_generation();

    if (pending != NULL && pending->mapping != NULL) {
        rp_mapping_publish(pending->mapping);
        wakes_others = true;
    }
}

/* Forget all: it is done, or will never be. The notices' memory goes with the transaction's. */
static void
forget_all(void)
{
    while (newest_generation() != NULL) {
        pop_generation();
    }
    slist_init(&notices);
    dropped_database = InvalidOid;
}

/*
 * The ends of a transaction; a parallel worker has nothing to do here, as nobody reloads in one. At
 * COMMIT nothing may raise any more: that would be a PANIC. So all that is called there takes locks
 * for a moment and frees, and allocates nothing. What was dropped is freed before the publication:
 * the slot was the dropped extension's.
 */
static void
on_transaction_event(XactEvent event, void *argument pg_attribute_unused())
{
    switch (event) {
    case XACT_EVENT_PRE_COMMIT:
        send_notices();
        break;
    case XACT_EVENT_COMMIT:
        free_dropped();
        publish_newest();
        forget_all();
        break;
    case XACT_EVENT_PREPARE:
        rp_catalog_writer_reset();
        free_dropped();
        wakes_others = false;
        forget_all();
        break;
    case XACT_EVENT_ABORT:
        rp_catalog_writer_reset();
        forget_all();
        break;
    default:
        break;
    }
}

/* An inner drop of the same extension that is undone leaves the note of the outer one. */
static void
forget_drop_of(SubTransactionId subtransaction)
{
    if (dropped_in == subtransaction) {
        dropped_database = InvalidOid;
    }
}

/* ROLLBACK TO, or an error in a savepoint: what it wanted stands on top of the stacks. */
static void
forget_subtransaction(SubTransactionId subtransaction)
{
    if (newest_generation() != NULL && newest_generation()->subtransaction == subtransaction) {
        pop_generation();
    }
    while (!slist_is_empty(&notices) &&
           slist_head_element(RpNotice, node, &notices)->subtransaction == subtransaction) {
        (void)slist_pop_head_node(&notices);
    }
    forget_drop_of(subtransaction);
}

/* RELEASE: what the savepoint wanted its parent wants now. */
static void
hand_to_parent(SubTransactionId subtransaction, SubTransactionId parent)
{
    RpPending *pending = newest_generation();
    slist_iter iterator;

    if (pending != NULL && pending->subtransaction == subtransaction) {
        (void)slist_pop_head_node(&generations);
        push_generation(pending, parent);
    }
    slist_foreach(iterator, &notices)
    {
        RpNotice *notice = slist_container(RpNotice, node, iterator.cur);

        if (notice->subtransaction != subtransaction) {
            break; /* and none further down: the savepoint is younger than they */
        }
        notice->subtransaction = parent;
    }
    if (dropped_in == subtransaction) {
        dropped_in = parent;
    }
}

/* Called for each subtransaction by itself, the inner ones first, also when the outer one ends with
 * them. */
static void
on_subtransaction_event(SubXactEvent event, SubTransactionId subtransaction,
                        SubTransactionId parent, void *argument pg_attribute_unused())
{
    if (event == SUBXACT_EVENT_ABORT_SUB) {
        rp_catalog_writer_reset();
        forget_subtransaction(subtransaction);
    } else if (event == SUBXACT_EVENT_COMMIT_SUB) {
        hand_to_parent(subtransaction, parent);
    }
}

/* The first moment after invalidation messages are out: who is woken earlier may find none, and
 * keep what it has. */
static void
on_resource_release(ResourceReleasePhase phase, bool is_commit pg_attribute_unused(),
                    bool is_top_level, void *argument pg_attribute_unused())
{
    if (wakes_others && is_top_level && phase == RESOURCE_RELEASE_AFTER_LOCKS) {
        wakes_others = false;
        rp_backend_wake_others();
    }
}

/*
 * The callbacks stay for the life of the backend. The object access hook is set where the library
 * is preloaded only: else it would be there in some backends and not in others, and a drop in one
 * of these would be missed anyway.
 */
void
rp_publication_init(void)
{
    RegisterXactCallback(on_transaction_event, NULL);
    RegisterSubXactCallback(on_subtransaction_event, NULL);
    RegisterResourceReleaseCallback(on_resource_release, NULL);
    if (process_shared_preload_libraries_in_progress) {
        previous_object_access_hook = object_access_hook;
        object_access_hook = on_object_access;
    }
}
