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

/* Bits of RpGraphLocks.modes. */
enum { IS_SHARED = 1, IS_EXCLUSIVE = 2 };

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
rp_graph_locks_init(RpGraphLocks *locks, Oid namespace, RpText graph, uint32 earlier)
{
    *locks = (RpGraphLocks){.graph = graph_key(namespace, graph), .earlier = earlier};
}

void
rp_graph_locks_begin(RpGraphLocks *locks)
{
    if (!locks->is_weak && !locks->is_strong) {
        lock(LOCK_GRAPH, locks->graph, WEAK);
        locks->is_weak = true;
    }
}

static void
release_node(RpGraphLocks *locks, uint32 slot)
{
    LOCKTAG node = tag_of(LOCK_NODE, locks->taken[slot]);

    if (locks->modes[slot] & IS_EXCLUSIVE) {
        (void)LockRelease(&node, EXCLUSIVE, false);
    }
    if (locks->modes[slot] & IS_SHARED) {
        (void)LockRelease(&node, SHARED, false);
    }
    locks->taken[slot] = 0;
    locks->modes[slot] = 0;
}

/* Whoever kept the weak lock while waiting for the strong one would wait for ever on another who
 * does the same. */
static void
give_back(RpGraphLocks *locks)
{
    LOCKTAG tag = tag_of(LOCK_GRAPH, locks->graph);

    for (uint32 i = 0; i < RP_NODE_LOCK_SLOTS; i++) {
        if (locks->taken[i] != 0) {
            release_node(locks, i);
        }
    }
    locks->count = 0;
    if (locks->is_weak) {
        (void)LockRelease(&tag, WEAK, false);
        locks->is_weak = false;
    }
}

/* What earlier policies, or earlier judgements of the transaction, hold stays, and may end in a
 * deadlock that is detected. */
void
rp_graph_locks_strengthen(RpGraphLocks *locks)
{
    if (locks->is_strong) {
        return;
    }
    if (!locks->are_kept) {
        give_back(locks);
    }
    lock(LOCK_GRAPH, locks->graph, STRONG);
    locks->is_strong = true;
}

void
rp_graph_locks_keep(RpGraphLocks *locks)
{
    locks->are_kept = true;
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

/* What is held exclusively needs no shared lock. What an earlier policy of the judgement only reads
 * and a later one writes is held in both modes: who does the same at the same time ends in a
 * deadlock that is detected. */
void
rp_graph_locks_take(RpGraphLocks *locks, uint64 *keys, uint32 count, bool is_exclusive)
{
    uint8 mode = is_exclusive ? IS_EXCLUSIVE : IS_SHARED;

    qsort(keys, count, sizeof(uint64), compare_keys);
    for (uint32 i = 0; i < count && !locks->is_strong; i++) {
        uint32 slot = slot_of(locks, keys[i]);

        if (locks->modes[slot] >= mode) {
            continue;
        }
        if (locks->earlier + locks->count >= RP_NODE_LOCK_LIMIT) {
            rp_graph_locks_strengthen(locks);
            return;
        }
        lock(LOCK_NODE, keys[i], is_exclusive ? EXCLUSIVE : SHARED);
        locks->taken[slot] = keys[i];
        locks->modes[slot] |= mode;
        locks->count++;
    }
}
