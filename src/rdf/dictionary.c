/*
 * The dictionary: records, strings and an open-addressing hash table of ids, all in the arena.
 * Blocks start small, since most documents hold a few dozen terms.
 */
#include "rdf/dictionary.h"

enum { FIRST_SLOT_COUNT = 64, FIRST_STRINGS_BYTES = 1024, FIRST_RECORD_COUNT = 32 };

static uint32_t
base_count(const RpDictionary *dictionary)
{
    return dictionary->base ? dictionary->base->count : 0;
}

/*
 * The record of an id. base is what the table stands on (NULL: nothing): ids up to its count are
 * the base's. Sets *strings to the bytes that the record's text points into.
 */
static const RpTermRecord *
record_of(const RpTermTable *base, const RpTermTable *table, RpTermId id, const char **strings)
{
    uint32_t count = base ? base->count : 0;

    if (id <= count) {
        *strings = base->strings;
        return &base->records[id - 1];
    }
    *strings = table->strings;
    return &table->records[id - count - 1];
}

static RpTerm
term_of(const RpTermTable *base, const RpTermTable *table, RpTermId id)
{
    const char *strings;
    const RpTermRecord *record = record_of(base, table, id, &strings);
    RpTerm term = {.kind = (RpTermKind)record->kind};

    term.lexical = (RpText){strings + record->text, record->lexical_length};
    if (record->language_length > 0) {
        term.language =
            (RpText){term.lexical.data + record->lexical_length, record->language_length};
    }
    if (record->datatype != RP_TERM_NONE) {
        const RpTermRecord *datatype = record_of(base, table, record->datatype, &strings);

        term.datatype = (RpText){strings + datatype->text, datatype->lexical_length};
    }
    return term;
}

/* The id of a term among a table's own records, by its slots; 0: the table lacks it. */
static RpTermId
find(const RpTermTable *base, const RpTermTable *table, const RpTerm *term, uint64_t hash)
{
    uint32_t mask = table->slot_count - 1;
    uint32_t first_id = base ? base->count : 0;

    if (table->slot_count == 0) {
        return RP_TERM_NONE;
    }
    for (uint32_t slot = (uint32_t)hash & mask; table->slots[slot] != RP_TERM_NONE;
         slot = (slot + 1) & mask) {
        RpTermId id = table->slots[slot];

        if (table->records[id - 1].hash == hash) {
            RpTerm found = term_of(base, table, first_id + id);

            if (rp_term_equals(&found, term)) {
                return first_id + id;
            }
        }
    }
    return RP_TERM_NONE;
}

RpTermId
rp_term_table_find(const RpTermTable *table, const RpTerm *term, uint64_t hash)
{
    return find(NULL, table, term, hash);
}

void
rp_term_table_get(const RpTermTable *table, RpTermId id, RpTerm *term)
{
    *term = term_of(NULL, table, id);
}

/* A blank node of the base has another scope: it is never the one that is asked for. */
static RpTermId
find_hashed(const RpDictionary *dictionary, const RpTerm *term, uint64_t hash)
{
    RpTermId id = dictionary->base && term->kind != RP_BLANK
                      ? find(NULL, dictionary->base, term, hash)
                      : RP_TERM_NONE;

    return id != RP_TERM_NONE ? id : find(dictionary->base, &dictionary->own, term, hash);
}

RpTermId
rp_dictionary_find(const RpDictionary *dictionary, const RpTerm *term)
{
    return find_hashed(dictionary, term, rp_term_hash(term));
}

/*
 * Double the slots when half of them are in use, and put every id into its new place. A fuller
 * table saves little, and every id that is passed on the way to a free slot costs a look at a
 * record somewhere else in memory.
 */
static RpStatus
make_slot_room(RpDictionary *dictionary, RpError *error)
{
    RpTermTable *own = &dictionary->own;
    uint32_t slot_count = own->slot_count ? own->slot_count * 2 : FIRST_SLOT_COUNT;
    RpTermId *slots;

    if (own->count < own->slot_count / 2) {
        return RP_OK;
    }
    slots = rp_arena_allocate_zero(dictionary->arena, sizeof(RpTermId) * (size_t)slot_count);
    if (!slots) {
        return rp_arena_failure(dictionary->arena, error);
    }
    for (RpTermId id = 1; id <= own->count; id++) {
        uint32_t slot = (uint32_t)own->records[id - 1].hash & (slot_count - 1);

        while (slots[slot] != RP_TERM_NONE) {
            slot = (slot + 1) & (slot_count - 1);
        }
        slots[slot] = id;
    }
    own->slots = slots;
    own->slot_count = slot_count;
    return RP_OK;
}

static RpStatus
make_record_room(RpDictionary *dictionary, RpError *error)
{
    RpTermTable *own = &dictionary->own;
    uint32_t needed = own->count ? own->count + 1 : FIRST_RECORD_COUNT;
    RpTermRecord *records = rp_arena_grow(dictionary->arena, (void *)own->records, own->count,
                                          needed, &dictionary->own_capacity, sizeof(RpTermRecord));

    if (!records) {
        return rp_arena_failure(dictionary->arena, error);
    }
    own->records = records;
    return RP_OK;
}

/* Room for more bytes of strings, which may pass 4 GB, so that rp_arena_grow does not serve. */
static RpStatus
make_strings_room(RpDictionary *dictionary, uint64_t length, RpError *error)
{
    RpTermTable *own = &dictionary->own;
    uint64_t capacity =
        dictionary->strings_capacity ? dictionary->strings_capacity * 2 : FIRST_STRINGS_BYTES;
    char *strings;

    if (length <= dictionary->strings_capacity - own->strings_size) {
        return RP_OK;
    }
    if (capacity < own->strings_size + length) {
        capacity = own->strings_size + length;
    }
    strings = rp_arena_allocate(dictionary->arena, (size_t)capacity);
    if (!strings) {
        return rp_arena_failure(dictionary->arena, error);
    }
    if (own->strings_size > 0) {
        memcpy(strings, own->strings, (size_t)own->strings_size);
    }
    own->strings = strings;
    dictionary->strings_capacity = capacity;
    return RP_OK;
}

/* Copy a text to the end of the strings, where room has been made. */
static void
append_string(RpTermTable *own, RpText text)
{
    if (text.length > 0) {
        memcpy((char *)own->strings + own->strings_size, text.data, text.length);
        own->strings_size += text.length;
    }
}

/* Add a term that is known to be new, its datatype being in already. */
static RpStatus
append_term(RpDictionary *dictionary, const RpTerm *term, RpTermId datatype, uint64_t hash,
            RpTermId *id, RpError *error)
{
    RpTermTable *own = &dictionary->own;
    RpTermRecord *record;
    uint32_t mask;
    uint32_t slot;

    if (rp_dictionary_count(dictionary) >= RP_TERM_COUNT_LIMIT) {
        return rp_error_set(error, RP_TOO_LARGE, "more than %d different terms",
                            RP_TERM_COUNT_LIMIT);
    }
    RP_TRY(make_slot_room(dictionary, error));
    RP_TRY(make_record_room(dictionary, error));
    RP_TRY(make_strings_room(dictionary, (uint64_t)term->lexical.length + term->language.length,
                             error));
    record = (RpTermRecord *)&own->records[own->count];
    *record = (RpTermRecord){.hash = hash,
                             .text = own->strings_size,
                             .lexical_length = term->lexical.length,
                             .datatype = datatype,
                             .kind = (uint8_t)term->kind,
                             .language_length = (uint8_t)term->language.length};
    append_string(own, term->lexical);
    append_string(own, term->language);
    own->count++;
    mask = own->slot_count - 1;
    for (slot = (uint32_t)hash & mask; own->slots[slot] != RP_TERM_NONE; slot = (slot + 1) & mask) {
    }
    ((RpTermId *)own->slots)[slot] = own->count;
    *id = base_count(dictionary) + own->count;
    return RP_OK;
}

/* Where an IRI is remembered: the ends of IRIs that come again and again differ most. */
static RpTermId *
recent_place(RpDictionary *dictionary, RpText iri)
{
    uint32_t mix = iri.length;

    if (iri.length >= 2) {
        mix += 31u * (unsigned char)iri.data[iri.length - 1] +
               7u * (unsigned char)iri.data[iri.length - 2];
    }
    return &dictionary->recent[mix & (RP_DICTIONARY_RECENT_COUNT - 1)];
}

/* The same as add, for an IRI: predicates, classes and datatypes come again and again. */
static RpStatus
add_iri(RpDictionary *dictionary, RpText iri, RpTermId *id, RpError *error)
{
    RpTermId *recent = recent_place(dictionary, iri);
    RpTerm term = rp_term_iri(iri);
    uint64_t hash;

    if (*recent != RP_TERM_NONE) {
        const char *strings;
        const RpTermRecord *record =
            record_of(dictionary->base, &dictionary->own, *recent, &strings);

        if (rp_text_equals((RpText){strings + record->text, record->lexical_length}, iri)) {
            *id = *recent;
            return RP_OK;
        }
    }
    hash = rp_term_hash(&term);
    *id = find_hashed(dictionary, &term, hash);
    if (*id == RP_TERM_NONE) {
        RP_TRY(append_term(dictionary, &term, RP_TERM_NONE, hash, id, error));
    }
    *recent = *id;
    return RP_OK;
}

static RpStatus
add_unmarked(RpDictionary *dictionary, const RpTerm *term, RpTermId *id, RpError *error)
{
    RpTermId datatype = RP_TERM_NONE;
    uint64_t hash;

    if (term->kind == RP_IRI) {
        return add_iri(dictionary, term->lexical, id, error);
    }
    hash = rp_term_hash(term);
    *id = find_hashed(dictionary, term, hash);
    if (*id != RP_TERM_NONE) {
        return RP_OK;
    }
    if (term->language.length > UINT8_MAX) {
        return rp_error_set(error, RP_TOO_LARGE, "a language tag has more than %d bytes",
                            UINT8_MAX);
    }
    if (term->kind == RP_LITERAL) {
        RP_TRY(add_iri(dictionary, term->datatype, &datatype, error));
    }
    return append_term(dictionary, term, datatype, hash, id, error);
}

RpStatus
rp_dictionary_add(RpDictionary *dictionary, const RpTerm *term, RpTermId *id, RpError *error)
{
    RpMarkedTerm *marked = &dictionary->marked[term->mark % RP_TERM_MARK_PLACES];

    if (term->mark == 0) {
        return add_unmarked(dictionary, term, id, error);
    }
    if (marked->mark != term->mark) {
        RP_TRY(add_unmarked(dictionary, term, id, error));
        *marked = (RpMarkedTerm){term->mark, *id};
    }
    *id = marked->id;
    return RP_OK;
}

void
rp_dictionary_forget_marks(RpDictionary *dictionary)
{
    memset(dictionary->marked, 0, sizeof(dictionary->marked));
}

RpStatus
rp_dictionary_init(RpDictionary *dictionary, RpArena *arena, const RpTermTable *base,
                   RpError *error)
{
    *dictionary = (RpDictionary){.arena = arena, .base = base};
    if (base) {
        return RP_OK;
    }
    for (uint32_t i = 1; i <= RP_VOCABULARY_COUNT; i++) {
        RpTerm term = rp_term_iri(rp_vocabulary_iri((RpVocabulary)i));
        RpTermId id;

        RP_TRY(rp_dictionary_add(dictionary, &term, &id, error));
    }
    return RP_OK;
}

RpTerm
rp_dictionary_term(const RpDictionary *dictionary, RpTermId id)
{
    return term_of(dictionary->base, &dictionary->own, id);
}

RpTermKind
rp_dictionary_kind(const RpDictionary *dictionary, RpTermId id)
{
    const char *strings;

    return (RpTermKind)record_of(dictionary->base, &dictionary->own, id, &strings)->kind;
}

RpTermId
rp_dictionary_datatype(const RpDictionary *dictionary, RpTermId id)
{
    const char *strings;

    return record_of(dictionary->base, &dictionary->own, id, &strings)->datatype;
}

uint32_t
rp_dictionary_count(const RpDictionary *dictionary)
{
    return base_count(dictionary) + dictionary->own.count;
}
