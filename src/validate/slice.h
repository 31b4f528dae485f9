/*
 * A slice of the nodes of a graph: those whose keys leave a remainder. Every node is in one slice,
 * so that validating slice after slice, each with all that its nodes' evaluation reads, finds what
 * validating the whole does.
 */
#ifndef RP_VALIDATE_SLICE_H
#define RP_VALIDATE_SLICE_H

#include "rdf/term.h"

/* Some bits of a hash of a node's text: equal terms have equal keys, and few others have. 0: none.
 */
typedef uint32_t RpNodeKey;

#define RP_NODE_KEY_LIMIT UINT32_C(0x7ffffffe) /* all are below */

typedef struct RpSlice {
    uint32_t number; /* below count */
    uint32_t count;  /* 0: no slices, but the whole */
} RpSlice;

static inline RpNodeKey
rp_node_key(const RpHashKey *hash_key, const RpTerm *term)
{
    uint64_t hash = rp_hash_bytes(hash_key, term->lexical.data, term->lexical.length);

    return (RpNodeKey)(hash % (RP_NODE_KEY_LIMIT - 1)) + 1;
}

static inline bool
rp_slice_has(RpSlice slice, RpNodeKey key)
{
    return slice.count == 0 || key % slice.count == slice.number;
}

#endif
