/* A triple of ids, and sorting many. */
#ifndef RP_RDF_TRIPLE_SORT_H
#define RP_RDF_TRIPLE_SORT_H

#include "base/arena.h"
#include "rdf/term_table.h"

typedef struct RpTriple {
    RpTermId subject;
    RpTermId predicate;
    RpTermId object;
} RpTriple;

typedef enum RpTripleMember {
    RP_MEMBER_SUBJECT,
    RP_MEMBER_PREDICATE,
    RP_MEMBER_OBJECT,
    RP_MEMBER_COUNT
} RpTripleMember;

/* Whether a triple comes before another, by subject, predicate, object. */
static inline bool
rp_triple_is_before(const RpTriple *a, const RpTriple *b)
{
    /* Two members as one number, so that most comparisons are one. */
    uint64_t key_a = (uint64_t)a->subject << 32 | a->predicate;
    uint64_t key_b = (uint64_t)b->subject << 32 | b->predicate;

    return key_a < key_b || (key_a == key_b && a->object < b->object);
}

/* Sort by subject, predicate, object, in place, in linear time. Polls the host. Takes as much
 * memory again meanwhile, unless they are sorted already. */
RpStatus rp_triples_sort(RpArena *arena, RpTriple *triples, uint32_t count, RpError *error);

/* Sort by one member alone; triples that are equal in it stay in their order. Else the same. */
RpStatus rp_triples_sort_by(RpArena *arena, RpTriple *triples, uint32_t count,
                            RpTripleMember member, RpError *error);

/* Put a copy of so many triples, sorted in the same way, into a place that has room for them. */
RpStatus rp_triples_copy_by(RpArena *arena, const RpTriple *source, RpTriple *triples,
                            uint32_t count, RpTripleMember member, RpError *error);

#endif
