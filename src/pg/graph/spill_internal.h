/* What the files of a spill share: its records as they stand in the file, and the triples of one
 * source as they are read. */
#ifndef RP_PG_SPILL_INTERNAL_H
#define RP_PG_SPILL_INTERNAL_H

#include "incremental/reach.h"
#include "validate/data_graph.h"
#include "pg/graph/spill_file.h"

typedef struct RpSpill RpSpill; /* spill.h */

#define RP_SPILL_IS_LITERAL UINT32_C(0x80000000) /* of a mark, beside the key */

/* A triple. Of a source with ids, that is all of it, and subject and object are numbers. */
typedef struct RpSpillTriple {
    uint32 size; /* of the record */
    uint32 subject;
    uint32 object;
    RpTermId predicate; /* of head; with RP_SPILL_HAS_LAST_SUBJECT */
    uint32 graph;
} RpSpillTriple;

/* Beside a predicate: the subject is that of the record before, and does not follow. */
#define RP_SPILL_HAS_LAST_SUBJECT UINT32_C(0x80000000)

/* A term, before its texts. */
typedef struct RpSpillTerm {
    uint32 kind : 2;
    uint32 language_length : 30;
    RpTermId datatype; /* of head */
    uint32 lexical_length;
} RpSpillTerm;

/* A number's term, before the term. */
typedef struct RpSpillNumber {
    uint32 size;
    uint32 number;
} RpSpillNumber;

typedef struct RpSpillSource {
    RpSpillSection triples;
    RpSpillSection terms; /* of numbers */
    uint32 *marks;        /* by number; NULL: the triples have terms */
    uint32 mark_count;
} RpSpillSource;

/* The whole of it. */
struct RpSpill {
    RpSpillFile file;
    RpDataGraph *head;
    const RpReach *reach;
    List *sources;       /* RpSpillSource; the last one is being written */
    bool is_among_terms; /* of it */
    uint64 triple_count;
    uint64 byte_count;
    uint64 read_count; /* triples, since reading all began */
    /* The subject that was put last into the block, where it is. */
    const char *subject;
    Size subject_size;
};

/* The triples of one source, as they are read. */
typedef struct RpSpillTriples {
    RpSpillScan scan;
    RpSpill *spill;
    const RpSpillSource *source;
    RpSpillTriple triple;
    const char *at; /* behind it: of triples with terms, its object */
    RpTerm subject; /* of triples with terms */
    bool is_new_subject;
} RpSpillTriples;

/* The triples of a source, from the first on: one source at a time. */
void rp_spill_triples_begin(RpSpillTriples *triples, RpSpill *spill, const RpSpillSource *source);

/* The next triple; false: there is none. */
bool rp_spill_triples_next(RpSpillTriples *triples);

/* Read a term at a place, as views of the block, and of head. Returns what is behind it. */
const char *rp_spill_read_term(const RpSpill *spill, const char *at, RpTerm *term);

/* The keys of a triple's ends; the object's is 0 where it is not asked for. */
RpNodeKey rp_spill_triples_subject(const RpSpillTriples *triples);
RpNodeKey rp_spill_triples_object(const RpSpillTriples *triples);

static inline RpNodeKey
rp_spill_key(const RpSpill *spill, const RpTerm *term)
{
    return rp_node_key(rp_dictionary_key(&spill->head->dictionary), term);
}

#endif
