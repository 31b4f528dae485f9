/*
 * Terms and their ids, in order of arrival from RP_TERM_FIRST on; 0 is "no term". IRIs of the
 * vocabulary have its ids, and are in every dictionary without being added.
 *
 * A dictionary may stand on a read-only base (the term table of an image): terms that the base has
 * get the base's ids, others the ids behind them. Comparing two terms known to one dictionary is
 * comparing two ids. The base is another document than what is added, so a blank node of it and one
 * that is added are two nodes, whatever their labels.
 */
#ifndef RP_RDF_DICTIONARY_H
#define RP_RDF_DICTIONARY_H

#include "base/arena.h"
#include "rdf/term_table.h"

enum {
    RP_DICTIONARY_RECENT_COUNT = 64, /* a power of two */
    RP_TERM_MARK_PLACES = 64         /* marks that are the same modulo this follow each other */
};

/* The next mark, in a place below RP_TERM_MARK_PLACES, after so many; 0: there are no more. */
static inline uint32_t
rp_term_mark(uint32_t *count, uint32_t place)
{
    return *count < UINT32_MAX / RP_TERM_MARK_PLACES ? ++*count * RP_TERM_MARK_PLACES + place : 0;
}

/* The id of a term that came with a mark. */
typedef struct RpMarkedTerm {
    uint32_t mark; /* 0: none */
    RpTermId id;
} RpMarkedTerm;

typedef struct RpDictionary {
    RpArena *arena;
    RpTermTable own;       /* what was added; its base is the dictionary's */
    uint32_t own_capacity; /* of records */
    uint64_t strings_capacity;
    RpTermId recent[RP_DICTIONARY_RECENT_COUNT]; /* IRIs that were added lately; 0: none */
    RpMarkedTerm marked[RP_TERM_MARK_PLACES];    /* by mark, modulo their number */
} RpDictionary;

/*
 * An empty dictionary over base, whose hash key it uses; without one (NULL) the key is the host's.
 * The base, arena and dictionary live as long as the dictionary is used. Allocates nothing yet.
 */
void rp_dictionary_init(RpDictionary *dictionary, RpArena *arena, const RpTermTable *base);

/* The id of a term, adding it when it is new. Texts are copied, and may be of this dictionary.
 * RP_TOO_LARGE over the id range. */
RpStatus rp_dictionary_add(RpDictionary *dictionary, const RpTerm *term, RpTermId *id,
                           RpError *error);

/*
 * The two halves of adding a term without a mark, for who hashes its key between them (term_batch).
 * First its key, whose texts are the term's, and whose datatype is added; *id is RP_TERM_NONE
 * unless the dictionary knows it without a look at its tables. Then, where it did not, its id.
 */
RpStatus rp_dictionary_key_of(RpDictionary *dictionary, const RpTerm *term, RpTermKey *key,
                              RpTermId *id, RpError *error);
RpStatus rp_dictionary_add_key(RpDictionary *dictionary, const RpTermKey *key, uint64_t hash,
                               RpTermId *id, RpError *error);

/* So many terms more are to come, at most: room for them is made at once. */
RpStatus rp_dictionary_expect(RpDictionary *dictionary, uint32_t count, RpError *error);

/* Another document is read from now on: its marks are others. */
void rp_dictionary_forget_marks(RpDictionary *dictionary);

/* The id of a term, or 0 when the dictionary lacks it. */
RpTermId rp_dictionary_find(const RpDictionary *dictionary, const RpTerm *term);

/* The first id that is not the base's: that of the first term that was added. */
static inline RpTermId
rp_dictionary_first_own(const RpDictionary *dictionary)
{
    return dictionary->own.first_id;
}

/* One past the highest id. */
static inline RpTermId
rp_dictionary_end(const RpDictionary *dictionary)
{
    return dictionary->own.first_id + dictionary->own.count;
}

/* The term of an id. Its texts stay valid until the next add, which may give back the strings that
 * they are in: who adds before the last look copies them. */
static inline RpTerm
rp_dictionary_term(const RpDictionary *dictionary, RpTermId id)
{
    return rp_term_table_get(&dictionary->own, id);
}

/* Its lexical form, IRI or label alone, which is cheaper. */
static inline RpText
rp_dictionary_lexical(const RpDictionary *dictionary, RpTermId id)
{
    return rp_term_table_lexical(&dictionary->own, id);
}

static inline RpTermKind
rp_dictionary_kind(const RpDictionary *dictionary, RpTermId id)
{
    return rp_term_table_kind(&dictionary->own, id);
}

/* Have the processor fetch what an id is known by, without waiting for it. */
static inline void
rp_dictionary_fetch(const RpDictionary *dictionary, RpTermId id)
{
    if (id >= dictionary->own.first_id) {
        __builtin_prefetch(&dictionary->own.records[id - dictionary->own.first_id]);
    }
}

/* The datatype of a literal as an id; 0 for others. */
static inline RpTermId
rp_dictionary_datatype(const RpDictionary *dictionary, RpTermId id)
{
    return rp_term_table_datatype(&dictionary->own, id);
}

/* Whether it is a literal with a language tag. */
static inline bool
rp_dictionary_has_language(const RpDictionary *dictionary, RpTermId id)
{
    return rp_dictionary_datatype(dictionary, id) == RP_VOCABULARY_rdf_langString &&
           rp_term_table_record(&dictionary->own, id)->language_length > 0;
}

/* The key by which everything that belongs to the dictionary's document is hashed. */
static inline const RpHashKey *
rp_dictionary_key(const RpDictionary *dictionary)
{
    return &dictionary->own.key;
}

#endif
