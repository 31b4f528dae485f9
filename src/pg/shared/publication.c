/*
 * Pending publications of this backend's transaction, as a stack of entries, each with the
 * (sub)transaction that added it.
 *
 * Order in a commit (PostgreSQL's CommitTransaction): PRE_COMMIT, where NOTIFY is queued and errors
 * still abort; the commit record; the moment from which others see the rows; XACT_EVENT_COMMIT,
 * where the segment is published and nothing may raise; then invalidation messages and the delivery
 * of NOTIFY. So whoever is woken finds the new generation in shared memory; and who sees the row in
 * the moment before the publication finds no segment for it, and builds one: later, not wrong.
 *
 * PREPARE TRANSACTION drops everything: whoever looks after COMMIT PREPARED builds.
 *
 * No lock of ours is held here but the control block's, inside rp_control_publish.
 */
#include "pg/pg.h"

#include "access/xact.h"
#include "commands/async.h"
#include "lib/ilist.h"

#include "pg/catalog/catalog_writer.h"
#include "pg/shared/control.h"
#include "pg/shared/publication.h"

#define RP_NOTIFY_CHANNEL "rdf_policy"

typedef struct RpPending {
    slist_node node;
    SubTransactionId subtransaction;
    RpMapping *mapping; /* a generation to publish, or NULL for a notice */
    const char *payload;
    const char *log_line;
} RpPending;

/* Newest first; entries live in TopTransactionContext. */
static slist_head pending = SLIST_STATIC_INIT(pending);

static RpPending *
push_entry(void)
{
    RpPending *entry = MemoryContextAllocZero(TopTransactionContext, sizeof(RpPending));

    entry->subtransaction = GetCurrentSubTransactionId();
    slist_push_head(&pending, &entry->node);
    return entry;
}

void
rp_publication_add_mapping(RpMapping *mapping)
{
    push_entry()->mapping = mapping;
}

void
rp_publication_add_notice(const char *payload, const char *log_line)
{
    char *payload_copy = MemoryContextStrdup(TopTransactionContext, payload);
    char *line_copy = MemoryContextStrdup(TopTransactionContext, log_line);
    RpPending *entry = push_entry();

    entry->payload = payload_copy;
    entry->log_line = line_copy;
}

/* Take the newest entry off and release what it holds. */
static void
pop_entry(void)
{
    RpPending *entry = slist_container(RpPending, node, slist_pop_head_node(&pending));

    if (entry->mapping != NULL) {
        rp_mapping_release(entry->mapping);
    }
}

static void
drop_all(void)
{
    while (!slist_is_empty(&pending)) {
        pop_entry();
    }
}

/* Queue notifications and write log lines, oldest first. May raise, and so abort the transaction.
 */
static void
send_notices(void)
{
    slist_iter iterator;
    List *entries = NIL;
    ListCell *cell;

    slist_foreach(iterator, &pending)
    {
        entries = lcons(slist_container(RpPending, node, iterator.cur), entries);
    }
    foreach (cell, entries) {
        RpPending *entry = lfirst(cell);

        if (entry->payload != NULL) {
            Async_Notify(RP_NOTIFY_CHANNEL, entry->payload);
            ereport(LOG, (errmsg_internal("%s", entry->log_line), errhidestmt(true)));
        }
    }
}

/* Publish the newest generation of the transaction; older ones were never seen by anybody else. */
static void
publish_newest(void)
{
    slist_iter iterator;

    slist_foreach(iterator, &pending)
    {
        RpPending *entry = slist_container(RpPending, node, iterator.cur);

        if (entry->mapping != NULL) {
            if (entry->mapping->segment != NULL) {
                rp_control_publish(&entry->mapping->directory->identity, entry->mapping->segment);
            }
            return;
        }
    }
}

static void
on_transaction_event(XactEvent event, void *argument pg_attribute_unused())
{
    switch (event) {
    case XACT_EVENT_PRE_COMMIT:
        send_notices();
        break;
    case XACT_EVENT_COMMIT:
        publish_newest();
        drop_all();
        break;
    case XACT_EVENT_ABORT:
    case XACT_EVENT_PREPARE:
        rp_catalog_writer_reset();
        drop_all();
        break;
    default:
        break;
    }
}

static void
on_subtransaction_event(SubXactEvent event, SubTransactionId subtransaction,
                        SubTransactionId parent, void *argument pg_attribute_unused())
{
    slist_iter iterator;

    if (event == SUBXACT_EVENT_ABORT_SUB) {
        rp_catalog_writer_reset();
        while (!slist_is_empty(&pending) &&
               slist_head_element(RpPending, node, &pending)->subtransaction == subtransaction) {
            pop_entry();
        }
    } else if (event == SUBXACT_EVENT_COMMIT_SUB) {
        slist_foreach(iterator, &pending)
        {
            RpPending *entry = slist_container(RpPending, node, iterator.cur);

            if (entry->subtransaction == subtransaction) {
                entry->subtransaction = parent;
            }
        }
    }
}

void
rp_publication_init(void)
{
    RegisterXactCallback(on_transaction_event, NULL);
    RegisterSubXactCallback(on_subtransaction_event, NULL);
}
