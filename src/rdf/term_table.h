/*
 * A set of terms, each with an id, and how to find one: records, the strings that they point into,
 * and a hash table. What the records and slots hold is position-independent: the terms of an image
 * (image/image.h) are such a table, and so is what a dictionary has added (dictionary.h).
 *
 * A table may stand on another one: ids below its first are that one's. Ids below RP_TERM_FIRST are
 * the vocabulary's (vocabulary.h), whose IRIs are in no table.
 */
#ifndef RP_RDF_TERM_TABLE_H
#define RP_RDF_TERM_TABLE_H

#include "rdf/term.h"
#include "rdf/vocabulary.h"

typedef uint32_t RpTermId; /* 0: none */

enum {
    RP_TERM_NONE = 0,
    RP_TERM_FIRST = 1024, /* the first id that is not the vocabulary's, however long that is */
    RP_TERM_COUNT_LIMIT = 0x7fffffff - RP_TERM_FIRST
};

/* Make a set of ids: sorted, without duplicates. Returns how many are left. */
uint32_t rp_term_ids_to_set(RpTermId *ids, uint32_t count);

/* The place of an id in such a set; count: it is not there. */
uint32_t rp_term_ids_find(const RpTermId *ids, uint32_t count, RpTermId id);

_Static_assert((uint32_t)RP_VOCABULARY_END <= (uint32_t)RP_TERM_FIRST,
               "the vocabulary has no more room");

/* One term. The bytes at text are the lexical form, then the language tag as written. */
typedef struct RpTermRecord {
    uint64_t text : 48;           /* offset into the strings of the table that holds the record */
    uint64_t kind : 8;            /* RpTermKind */
    uint64_t language_length : 8; /* bytes, 0: no language */
    uint32_t lexical_length;      /* bytes */
    RpTermId datatype;            /* of a literal; an id lower than the literal's own; else 0 */
} RpTermRecord;

/* A place of the hash table. Half a hash tells nearly all terms apart without a look at them. */
typedef struct RpTermSlot {
    uint32_t hash; /* the lower half */
    RpTermId id;   /* 0: empty */
} RpTermSlot;

typedef struct RpTermTable RpTermTable;

struct RpTermTable {
    const RpTermTable *base; /* NULL: none */
    RpTermId first_id;       /* the record of an id is records[id - first_id] */
    uint32_t count;          /* of records */
    const RpTermRecord *records;
    const char *strings;
    uint64_t strings_size;

    /* The hash table: linear probing from hash & (slot_count - 1). */
    RpHashKey key;
    const RpTermSlot *slots;
    uint32_t slot_count; /* a power of two, at least twice count; 0: there is none, find fails */
};

/* What a term is looked up by: its datatype is an id. */
typedef struct RpTermKey {
    RpTermKind kind;
    RpTermId datatype; /* of a literal; else 0 */
    RpText lexical;
    RpText language;
} RpTermKey;

/* The hash of all of a term's key, its language tag in lower case. */
uint64_t rp_term_key_hash(const RpHashKey *hash_key, const RpTermKey *key);

/* The id of a term among a table's own records; 0: it lacks the term. hash: by the table's key. */
RpTermId rp_term_table_find_key(const RpTermTable *table, const RpTermKey *key, uint64_t hash);

/*
 * Have the processor fetch what finding a key of a hash looks at, without waiting for it: first the
 * slot; then the record of the term that the hash leads to (RP_TERM_NONE: to none), which waits
 * for the slot; then its text, which waits for the record.
 */
static inline void
rp_term_table_fetch_slot(const RpTermTable *table, uint64_t hash)
{
    if (table->slot_count > 0) {
        __builtin_prefetch(&table->slots[hash & (table->slot_count - 1)]);
    }
}

static inline RpTermId
rp_term_table_fetch_record(const RpTermTable *table, uint64_t hash)
{
    RpTermId id = RP_TERM_NONE;
    uint32_t place = (uint32_t)hash;

    if (table->slot_count > 0) {
        while (table->slots[place &= table->slot_count - 1].id != RP_TERM_NONE &&
               table->slots[place].hash != (uint32_t)hash) {
            place++;
        }
        id = table->slots[place].id;
    }
    if (id != RP_TERM_NONE) {
        __builtin_prefetch(&table->records[id - table->first_id]);
    }
    return id;
}

static inline void
rp_term_table_fetch_text(const RpTermTable *table, RpTermId id)
{
    if (id != RP_TERM_NONE) {
        const RpTermRecord *record = &table->records[id - table->first_id];
        const char *text = table->strings + record->text;

        __builtin_prefetch(text);
        __builtin_prefetch(text + record->lexical_length);
    }
}

/* The id of a term in the vocabulary or a table that stands on no other; 0: neither has it. */
RpTermId rp_term_table_find(const RpTermTable *table, const RpTerm *term);

/* The term of an id of the table, of what it stands on, or of the vocabulary. */
void rp_term_table_read(const RpTermTable *table, RpTermId id, RpTerm *term);

static inline RpTerm
rp_term_table_get(const RpTermTable *table, RpTermId id)
{
    RpTerm term;

    rp_term_table_read(table, id, &term);
    return term;
}

/* The table that has the record of an id that is not the vocabulary's. */
static inline const RpTermTable *
rp_term_table_owner(const RpTermTable *table, RpTermId id)
{
    while (id < table->first_id) {
        table = table->base;
    }
    return table;
}

/* The record of such an id. */
static inline const RpTermRecord *
rp_term_table_record(const RpTermTable *table, RpTermId id)
{
    table = rp_term_table_owner(table, id);
    return &table->records[id - table->first_id];
}

/* Parts of the term of an id, cheaper than all of it: the lexical form, IRI or label, its bytes,
 * the kind, and the datatype of a literal; 0 for others. */
static inline RpText
rp_term_table_lexical(const RpTermTable *table, RpTermId id)
{
    const RpTermRecord *record;

    if (id < RP_TERM_FIRST) {
        return rp_vocabulary_iri((RpVocabulary)id);
    }
    table = rp_term_table_owner(table, id);
    record = &table->records[id - table->first_id];
    return (RpText){table->strings + record->text, record->lexical_length};
}

static inline uint32_t
rp_term_table_length(const RpTermTable *table, RpTermId id)
{
    return id < RP_TERM_FIRST ? rp_vocabulary_iri((RpVocabulary)id).length
                              : rp_term_table_record(table, id)->lexical_length;
}

static inline RpTermKind
rp_term_table_kind(const RpTermTable *table, RpTermId id)
{
    return id < RP_TERM_FIRST ? RP_IRI : (RpTermKind)rp_term_table_record(table, id)->kind;
}

static inline RpTermId
rp_term_table_datatype(const RpTermTable *table, RpTermId id)
{
    return id < RP_TERM_FIRST ? RP_TERM_NONE : rp_term_table_record(table, id)->datatype;
}

/* How many slots the hash table of so many terms has: at most half of them are used. */
uint32_t rp_term_slot_count(uint32_t term_count);

/* Put an id into the first free slot from where its hash leads. There is one. */
void rp_term_slots_put(RpTermSlot *slots, uint32_t slot_count, uint32_t hash, RpTermId id);

/*
 * Make the hash table of a table that stands on no other: rp_term_slot_count(count) slots, all 0.
 * Returns the id of a term that the table has twice, where it ends; 0: all terms are different.
 */
RpTermId rp_term_table_index(RpTermTable *table, const RpHashKey *key, RpTermSlot *slots);

#endif
