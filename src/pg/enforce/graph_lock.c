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

enum { FIRST_SLOT_COUNT = 64 };
enum { WEAK = ShareLock, STRONG = ExclusiveLock, SHARED = ShareLock, EXCLUSIVE = ExclusiveLock };

/* Bits of RpNodeLock.modes. */
enum { IS_SHARED = 1, IS_EXCLUSIVE = 2 };

/* Of this database alone, as all that is in its tables. Two keys that fall together make two wait
 * for each other without need, and no more. */
static LOCKTAG
tag_of(LockClass class, uint64 key)
{
    LOCKTAG tag;

    SET_LOCKTAG_ADVISORY(tag, MyDatabaseId, (uint32)(key >> 32), (uint32)key, class);
    return tag;
}

/* Waits without an end of its own: lock_timeout, a cancel, or a deadlock that the server finds.
 * Held to the end of the transaction, or of the savepoint in which it was taken if that is rolled
 * back. */
static void
lock(LockClass class, uint64 key, LOCKMODE mode)
{
    LOCKTAG tag = tag_of(class, key);

    (void)LockAcquire(&tag, mode, false, false);
}

/* Names that fall together share their locks: their writers wait for each other without need, and
 * no more. */
static uint64
graph_key(Oid namespace, RpText graph)
{
    return hash_bytes_extended((const unsigned char *)graph.data, (int)graph.length, namespace);
}

/* Once for each capture of a transaction, when it is made (capture.c), and never at each row. */
void
rp_graph_lock_writing(Oid namespace, RpText graph)
{
    lock(LOCK_WRITING, graph_key(namespace, graph), SHARED);
}

/* Held until the mode is committed: whoever waits behind it looks again and finds it on. */
void
rp_graph_lock_switching(Oid namespace, RpText graph)
{
    lock(LOCK_WRITING, graph_key(namespace, graph), EXCLUSIVE);
}

void
rp_graph_lock_whole(Oid namespace, RpText graph)
{
    lock(LOCK_GRAPH, graph_key(namespace, graph), STRONG);
}

void
rp_graph_lock_weakly(Oid namespace, RpText graph)
{
    lock(LOCK_GRAPH, graph_key(namespace, graph), WEAK);
}

void
rp_graph_locks_init(RpGraphLocks *locks, Oid namespace, RpText graph, uint32 earlier)
{
    *locks = (RpGraphLocks){.graph = graph_key(namespace, graph),
                            .earlier = earlier,
                            .slot_count = FIRST_SLOT_COUNT,
                            .taken = palloc0(sizeof(RpNodeLock) * FIRST_SLOT_COUNT)};
}

/* A judgement that holds the strong lock needs no weak one. */
void
rp_graph_locks_begin(RpGraphLocks *locks)
{
    if (!locks->is_weak && !locks->is_strong) {
        lock(LOCK_GRAPH, locks->graph, WEAK);
        locks->is_weak = true;
    }
}

/* Each mode was taken once by this judgement, so each is given back once; what earlier judgements
 * took of the same key is counted by itself. */
static void
release_node(RpNodeLock *taken)
{
    LOCKTAG node = tag_of(LOCK_NODE, taken->key);

    if (taken->modes & IS_EXCLUSIVE) {
        (void)LockRelease(&node, EXCLUSIVE, false);
    }
    if (taken->modes & IS_SHARED) {
        (void)LockRelease(&node, SHARED, false);
    }
    *taken = (RpNodeLock){0};
}

/* Whoever kept the weak lock while waiting for the strong one would wait for ever on another who
 * does the same. */
static void
give_back(RpGraphLocks *locks)
{
    LOCKTAG tag = tag_of(LOCK_GRAPH, locks->graph);

    for (uint32 i = 0; i < locks->slot_count; i++) {
        if (locks->taken[i].key != 0) {
            release_node(&locks->taken[i]);
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
static RpNodeLock *
slot_of(const RpGraphLocks *locks, uint64 key)
{
    uint32 mask = locks->slot_count - 1;
    uint32 slot = (uint32)key & mask;

    while (locks->taken[slot].key != 0 && locks->taken[slot].key != key) {
        slot = (slot + 1) & mask;
    }
    return &locks->taken[slot];
}

/* In the memory context of the first table: a judgement's, which outlives the work of one policy.
 */
static void
note_taken(RpGraphLocks *locks, RpNodeLock taken)
{
    RpNodeLock *slot;

    if (2 * (locks->count + 1) >= locks->slot_count) {
        RpNodeLock *former = locks->taken;
        uint32 former_count = locks->slot_count;

        locks->slot_count *= 2;
        locks->taken = MemoryContextAllocZero(GetMemoryChunkContext(former),
                                              sizeof(RpNodeLock) * locks->slot_count);
        for (uint32 i = 0; i < former_count; i++) {
            if (former[i].key != 0) {
                *slot_of(locks, former[i].key) = former[i];
            }
        }
        pfree(former);
    }
    slot = slot_of(locks, taken.key);
    slot->key = taken.key;
    slot->modes |= taken.modes;
    locks->count++;
}

/* Everybody takes the keys of one call in this order, so that two who want the same ones do not
 * wait in a circle. */
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
        if (slot_of(locks, keys[i])->modes >= mode) {
            continue;
        }
        if (locks->earlier + locks->count >= RP_NODE_LOCK_LIMIT) {
            rp_graph_locks_strengthen(locks);
            return;
        }
        lock(LOCK_NODE, keys[i], is_exclusive ? EXCLUSIVE : SHARED);
        note_taken(locks, (RpNodeLock){keys[i], mode});
    }
}
