/* Heavyweight locks on graphs and their nodes: see graph_lock.h. */
#include "pg/enforce/graph_lock.h"

#include "common/hashfn.h"
#include "miscadmin.h"
#include "storage/lock.h"

#include "base/ascii.h"

/* The fourth field of advisory tags: those of SQL functions have 1 and 2, so that nobody takes ours
 * by hand. */
typedef enum LockClass {
    LOCK_WRITING = 0x5251, /* writers of a graph on which everything is off */
    LOCK_GRAPH = 0x5252,
    LOCK_NODE = 0x5253
} LockClass;

enum { WEAK = ShareLock, STRONG = ExclusiveLock, SHARED = ShareLock, EXCLUSIVE = ExclusiveLock };

static LOCKTAG
tag_of(LockClass class, uint64 key)
{
    LOCKTAG tag;

    SET_LOCKTAG_ADVISORY(tag, MyDatabaseId, (uint32)(key >> 32), (uint32)key, class);
    return tag;
}

static void
lock(LockClass class, uint64 key, LOCKMODE mode)
{
    LOCKTAG tag = tag_of(class, key);

    (void)LockAcquire(&tag, mode, false, false);
}

static uint64
graph_key(Oid namespace, RpText graph)
{
    return hash_bytes_extended((const unsigned char *)graph.data, (int)graph.length, namespace);
}

void
rp_graph_lock_writing(Oid namespace, RpText graph)
{
    lock(LOCK_WRITING, graph_key(namespace, graph), SHARED);
}

void
rp_graph_lock_switching(Oid namespace, RpText graph)
{
    lock(LOCK_WRITING, graph_key(namespace, graph), EXCLUSIVE);
}

void
rp_graph_locks_init(RpGraphLocks *locks, Oid namespace, RpText graph)
{
    *locks = (RpGraphLocks){.graph = graph_key(namespace, graph)};
}

void
rp_graph_locks_begin(RpGraphLocks *locks)
{
    if (!locks->is_weak && !locks->is_strong) {
        lock(LOCK_GRAPH, locks->graph, WEAK);
        locks->is_weak = true;
    }
}

/* Whoever kept the weak lock while waiting for the strong one would wait for ever on another who
 * does the same; what earlier judgements of the transaction hold stays, and may end in a deadlock
 * that is detected. */
void
rp_graph_locks_strengthen(RpGraphLocks *locks)
{
    LOCKTAG tag = tag_of(LOCK_GRAPH, locks->graph);

    if (locks->is_strong) {
        return;
    }
    for (uint32 i = 0; i < RP_NODE_LOCK_SLOTS; i++) {
        if (locks->taken[i] != 0) {
            LOCKTAG node = tag_of(LOCK_NODE, locks->taken[i]);

            (void)LockRelease(&node, locks->are_exclusive[i] ? EXCLUSIVE : SHARED, false);
            locks->taken[i] = 0;
        }
    }
    locks->count = 0;
    if (locks->is_weak) {
        (void)LockRelease(&tag, WEAK, false);
        locks->is_weak = false;
    }
    (void)LockAcquire(&tag, STRONG, false, false);
    locks->is_strong = true;
}

static uint64
hash_text(RpText text, uint64 seed)
{
    return hash_bytes_extended((const unsigned char *)text.data, (int)text.length, seed);
}

/* Language tags are equal whatever their case. */
static uint64
hash_language(RpText tag, uint64 seed)
{
    for (uint32 i = 0; i < tag.length; i++) {
        seed = hash_combine64(seed, (uint64)(unsigned char)rp_ascii_lower(tag.data[i]));
    }
    return seed;
}

/* 0 is no key. */
uint64
rp_graph_locks_node(const RpGraphLocks *locks, const RpTerm *node, RpNodeSide side)
{
    uint64 key = hash_text(node->lexical, locks->graph ^ ((uint64)node->kind << 8 | side));

    if (node->kind == RP_LITERAL) {
        key = hash_language(node->language, hash_text(node->datatype, key));
    }
    return key == 0 ? 1 : key;
}

uint64
rp_graph_locks_classes(const RpGraphLocks *locks)
{
    uint64 key = hash_combine64(locks->graph, LOCK_GRAPH);

    return key == 0 ? 1 : key;
}

/* The slot that has a key, or the empty one where it belongs. */
static uint32
slot_of(const RpGraphLocks *locks, uint64 key)
{
    uint32 slot = (uint32)key & (RP_NODE_LOCK_SLOTS - 1);

    while (locks->taken[slot] != 0 && locks->taken[slot] != key) {
        slot = (slot + 1) & (RP_NODE_LOCK_SLOTS - 1);
    }
    return slot;
}

static int
compare_keys(const void *a, const void *b)
{
    uint64 left = *(const uint64 *)a;
    uint64 right = *(const uint64 *)b;

    return left < right ? -1 : left > right;
}

/* What is held exclusively needs no shared lock; exclusive ones are taken before any shared one, so
 * none is taken to be made stronger. */
void
rp_graph_locks_take(RpGraphLocks *locks, uint64 *keys, uint32 count, bool is_exclusive)
{
    qsort(keys, count, sizeof(uint64), compare_keys);
    for (uint32 i = 0; i < count && !locks->is_strong; i++) {
        uint32 slot = slot_of(locks, keys[i]);

        if (locks->taken[slot] == keys[i]) {
            continue;
        }
        if (locks->count >= RP_NODE_LOCK_LIMIT) {
            rp_graph_locks_strengthen(locks);
            return;
        }
        lock(LOCK_NODE, keys[i], is_exclusive ? EXCLUSIVE : SHARED);
        locks->taken[slot] = keys[i];
        locks->are_exclusive[slot] = is_exclusive;
        locks->count++;
    }
}
