/*
 * Locks by which transactions that change one graph wait for each other (README.md, "Locks"). All
 * are held to the end of the transaction, so that who waits then sees what was committed; prepared
 * transactions keep theirs.
 */
#ifndef RP_PG_GRAPH_LOCK_H
#define RP_PG_GRAPH_LOCK_H

#include "pg/pg.h"
#include "rdf/term.h"

/* Of a graph's writers who capture nothing, because every policy is switched off: shared; and of
 * who switches one on: exclusive. */
void rp_graph_lock_writing(Oid namespace, RpText graph);
void rp_graph_lock_switching(Oid namespace, RpText graph);

/* The graph's lock in its strong mode, for who holds the lock of one of its tables until he is
 * judged as a whole: else a writer who has been judged could wait for the table, and he for the
 * writer. */
void rp_graph_lock_whole(Oid namespace, RpText graph);

/* The same in its weak mode, for who is judged without a judgement. */
void rp_graph_lock_weakly(Oid namespace, RpText graph);

enum { RP_NODE_LOCK_LIMIT = 1000 }; /* of one transaction: beyond, it locks the graph */

/* What is locked of a node: the triples with it as subject, or as object. */
typedef enum RpNodeSide { RP_NODE_OUT, RP_NODE_IN } RpNodeSide;

typedef struct RpNodeLock {
    uint64 key;  /* 0: an empty slot */
    uint8 modes; /* bits of those that it is held in */
} RpNodeLock;

/* The locks of one judgement. */
typedef struct RpGraphLocks {
    uint64 graph;   /* hash of the graph */
    bool is_weak;   /* the graph is locked in its weak mode */
    bool is_strong; /* the whole graph is locked: nodes need no locks */
    bool are_kept;  /* something has been judged under those held by now */
    uint32 earlier; /* nodes locked by earlier judgements of the transaction */
    uint32 count;
    uint32 slot_count; /* a power of two, more than twice the count */
    RpNodeLock *taken; /* hashed by their keys */
} RpGraphLocks;

/* Takes nothing yet. earlier: how many nodes earlier judgements of the transaction have locked, or
 * more. Memory is of the current memory context. */
void rp_graph_locks_init(RpGraphLocks *locks, Oid namespace, RpText graph, uint32 earlier);

/* The graph's lock in its weak mode, unless it is held: waits for those that judge all of it, and
 * makes those that come later wait. */
void rp_graph_locks_begin(RpGraphLocks *locks);

/* The graph's lock in its strong mode, unless it is held: this judgement's other locks are given
 * back first, but for kept ones. */
void rp_graph_locks_strengthen(RpGraphLocks *locks);

/* Keep the locks held by now: one policy has judged under them, and another begins. */
void rp_graph_locks_keep(RpGraphLocks *locks);

/* The key of one side of a node, and that of the graph's class hierarchy. Equal terms have equal
 * keys in every backend; different ones almost always different ones. */
uint64 rp_graph_locks_node(const RpGraphLocks *locks, const RpTerm *node, RpNodeSide side);
uint64 rp_graph_locks_classes(const RpGraphLocks *locks);

/*
 * Lock keys in a mode, in their order, so that judgements that start together do not wait for each
 * other in a circle; sorts them. Those that are held so already are passed over. Beyond the limit
 * it locks the graph instead.
 */
void rp_graph_locks_take(RpGraphLocks *locks, uint64 *keys, uint32 count, bool is_exclusive);

#endif
