/*
 * Ids that are met, each with a number, and the terms that they mean, where these are known yet
 * (dictionary_reader finds them).
 */
#ifndef RP_PG_ID_TERMS_H
#define RP_PG_ID_TERMS_H

#include "pg/graph/id_table.h"
#include "rdf/dictionary.h"

/* What stands in place of a term that is not known: whether it is asked for, or waits in a batch.
 * 0: the id was not met. No term has such ids. */
enum { RP_ID_BLOCK_BITS = 12 };
#define RP_ID_ASKED PG_UINT32_MAX
#define RP_ID_WAITS (PG_UINT32_MAX - 1)

/*
 * Integers that a sequence made lie close together. So where many ids are expected they are
 * divided into blocks of 4,096, each with room for the terms of all its ids, and a table of ids is
 * asked for the block alone, which for ids that follow each other is mostly the one before. Once
 * there are more blocks than ids that lie close together need, others go to a table of their own.
 */
typedef struct RpIdTerms {
    const RpGraphDictionary *source;
    RpDictionary *dictionary; /* where terms go */
    RpArena *arena;
    uint32 wanted_count; /* ids that are asked for */

    RpIdTable blocks;   /* of ids, divided */
    uint32 block_limit; /* 0: all are in others */
    int64 last_block;   /* the one that was found last */
    uint32 last_number; /* of its first id; RP_ID_UNKNOWN: none was */
    RpTermId *block_terms;
    uint32 block_terms_capacity;

    RpIdTable others; /* their numbers are above those of all blocks */
    RpTermId *other_terms;
    uint32 other_terms_capacity;

    struct RpIdTerms *datatypes; /* those that literals have, where they are ids */

    /* Takes terms in place of the dictionary, and gives what is to stand for them: not 0, and no
     * RP_ID_ASKED or RP_ID_WAITS. NULL: nobody does. */
    RpStatus (*take)(void *state, uint32 number, const RpTerm *term, RpTermId *mark,
                     RpError *error);
    void *take_state;
} RpIdTerms;

/* An empty table. Its memory is the arena's. */
void rp_id_terms_init(RpIdTerms *terms, const RpGraphDictionary *source, RpDictionary *dictionary,
                      RpArena *arena);

/* So many ids are to come, about: before the first one. */
void rp_id_terms_expect(RpIdTerms *terms, double count);

/* The number of an id of a column of a type, which is asked for where it is new. Numbers are below
 * 2^31; without rp_id_terms_expect they count the ids. */
RpStatus rp_id_terms_add(RpIdTerms *terms, Datum id, Oid column_type, uint32 *number,
                         RpError *error);

/* The number of an id that was added; RP_ID_UNKNOWN: it was not. */
uint32 rp_id_terms_find(RpIdTerms *terms, Datum id, Oid column_type);

/* Where the term of a number stands, or RP_ID_ASKED, or RP_ID_WAITS. */
static inline RpTermId *
rp_id_terms_place(const RpIdTerms *terms, uint32 number)
{
    uint32 first_other = terms->block_limit << RP_ID_BLOCK_BITS;

    return number < first_other ? &terms->block_terms[number]
                                : &terms->other_terms[number - first_other];
}

/* The term of a number; RP_TERM_NONE: it is not known. */
static inline RpTermId
rp_id_terms_get(const RpIdTerms *terms, uint32 number)
{
    RpTermId term = *rp_id_terms_place(terms, number);

    return term >= RP_ID_WAITS ? RP_TERM_NONE : term;
}

/* Ids that are asked for as keys for a look-up, of rp_id_type_oid, in the current memory context:
 * how many, at most limit, from number *next on, which is moved behind them. */
uint32 rp_id_terms_keys(const RpIdTerms *terms, uint32 *next, uint32 limit, Datum *keys);

/* One past the highest number. */
uint32 rp_id_terms_end(const RpIdTerms *terms);

/* An id as text, for messages, in the current memory context. */
char *rp_id_terms_text(const RpIdTerms *terms, uint32 number);

#endif
