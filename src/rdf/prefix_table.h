/* The prefixes that a Turtle document declares: prefix to namespace IRI. The last declaration of a
 * prefix holds. */
#ifndef RP_RDF_PREFIX_TABLE_H
#define RP_RDF_PREFIX_TABLE_H

#include "base/arena.h"

typedef struct RpPrefixEntry {
    uint64_t hash;
    RpText prefix;
    RpText namespace_iri;
} RpPrefixEntry;

typedef struct RpPrefixTable {
    RpArena *arena;
    RpPrefixEntry *prefixes;
    uint32_t count;
    uint32_t capacity;
    uint32_t limit;      /* of count */
    uint32_t *slots;     /* position in prefixes plus 1, 0: empty; linear probing */
    uint32_t slot_count; /* a power of two, at least twice count */
} RpPrefixTable;

void rp_prefix_table_init(RpPrefixTable *table, RpArena *arena, uint32_t limit);

/* Declare a prefix. Both texts are copied. RP_TOO_LARGE over the limit. */
RpStatus rp_prefix_table_set(RpPrefixTable *table, RpText prefix, RpText namespace_iri,
                             RpError *error);

/* The namespace IRI of a prefix. False: it is not declared. */
bool rp_prefix_table_get(const RpPrefixTable *table, RpText prefix, RpText *namespace_iri);

#endif
