/*
 * Terms and their ids. An id is 1..count, dense, in order of arrival; 0 is "no term".
 *
 * A dictionary may stand on a read-only base (the term table of an image): ids up to the base's
 * count are the base's, and only terms that the base lacks get ids above it. Comparing two terms
 * known to one dictionary is comparing two ids. The base is another document than what is added, so
 * a blank node of it and one that is added are two nodes, whatever their labels.
 */
#ifndef RP_RDF_DICTIONARY_H
#define RP_RDF_DICTIONARY_H

#include "rdf/term.h"
#include "rdf/vocabulary.h"

typedef uint32_t RpTermId; /* 0: none */

enum {
    RP_TERM_NONE = 0,
    RP_TERM_COUNT_LIMIT = 0x7fffffff,
    RP_DICTIONARY_RECENT_COUNT = 64, /* a power of two */
    RP_TERM_MARK_PLACES = 32         /* marks that are the same modulo this follow each other */
};

/*
 * One term, position-independent: also the record of an image's term section. The bytes at text are
 * the lexical form, then the language tag as written.
 */
typedef struct RpTermRecord {
    uint64_t hash; /* rp_term_hash */
    uint64_t text; /* offset into the strings of the dictionary or image that holds the record */
    uint32_t lexical_length; /* bytes */
    RpTermId datatype;       /* of a literal; an id lower than the literal's own; else 0 */
    uint8_t kind;            /* RpTermKind */
    uint8_t language_length; /* bytes, 0: no language. Tags are limited to 255 bytes */
    uint16_t reserved;       /* 0 */
    uint32_t reserved2;      /* 0 */
} RpTermRecord;

/* A read-only set of terms with an open-addressing hash table: what an image offers as a base. */
typedef struct RpTermTable {
    const RpTermRecord *records; /* record of id i is records[i - 1] */
    uint32_t count;
    const RpTermId
        *slots; /* slot_count entries, 0: empty; linear probing from hash & (slot_count - 1) */
    uint32_t slot_count; /* a power of two, above count */
    const char *strings;
    uint64_t strings_size;
} RpTermTable;

/* The id of a term that came with a mark. */
typedef struct RpMarkedTerm {
    uint32_t mark; /* 0: none */
    RpTermId id;
} RpMarkedTerm;

typedef struct RpDictionary {
    RpArena *arena;
    const RpTermTable *base; /* NULL: none */
    RpTermTable own;         /* what was added; its record 0 is id base->count + 1 */
    uint32_t own_capacity;   /* of records */
    uint64_t strings_capacity;
    RpTermId recent[RP_DICTIONARY_RECENT_COUNT]; /* IRIs that were added lately; 0: none */
    RpMarkedTerm marked[RP_TERM_MARK_PLACES];    /* by mark, modulo their number */
} RpDictionary;

/*
 * An empty dictionary over base; without a base it starts with the vocabulary. The base, arena and
 * dictionary live as long as the dictionary is used.
 */
RpStatus rp_dictionary_init(RpDictionary *dictionary, RpArena *arena, const RpTermTable *base,
                            RpError *error);

/* The id of a term, adding it when it is new. Texts are copied. RP_TOO_LARGE over the id range. */
RpStatus rp_dictionary_add(RpDictionary *dictionary, const RpTerm *term, RpTermId *id,
                           RpError *error);

/* Another document is read from now on: its marks are others. */
void rp_dictionary_forget_marks(RpDictionary *dictionary);

/* The id of a term, or 0 when the dictionary lacks it. */
RpTermId rp_dictionary_find(const RpDictionary *dictionary, const RpTerm *term);

/* Same, in a table alone. */
RpTermId rp_term_table_find(const RpTermTable *table, const RpTerm *term, uint64_t hash);
void rp_term_table_get(const RpTermTable *table, RpTermId id, RpTerm *term);

/* The term of an id in 1..rp_dictionary_count. Its texts stay valid until the next add. */
RpTerm rp_dictionary_term(const RpDictionary *dictionary, RpTermId id);
RpTermKind rp_dictionary_kind(const RpDictionary *dictionary, RpTermId id);
/* The datatype of a literal as an id; 0 for others. */
RpTermId rp_dictionary_datatype(const RpDictionary *dictionary, RpTermId id);
uint32_t rp_dictionary_count(const RpDictionary *dictionary);

#endif
