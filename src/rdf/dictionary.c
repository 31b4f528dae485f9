/*
 * The dictionary: records, strings and an open-addressing hash table of ids, all in the arena.
 * Blocks start small, since most documents hold a few dozen terms.
 */
#include "rdf/dictionary.h"

enum { FIRST_SLOT_COUNT = 64, FIRST_STRINGS_BYTES = 1024, FIRST_RECORD_COUNT = 32 };

void
rp_dictionary_init(RpDictionary *dictionary, RpArena *arena, const RpTermTable *base)
{
    *dictionary = (RpDictionary){.arena = arena};
    dictionary->own.base = base;
    dictionary->own.first_id = base ? base->first_id + base->count : RP_TERM_FIRST;
    dictionary->own.key = base ? base->key : arena->host->hash_key;
}

/* Find a term that is not of the vocabulary. A blank node of the base is never the one that is
 * asked for. */
static RpTermId
find_hashed(const RpDictionary *dictionary, const RpTermKey *key, uint64_t hash)
{
    const RpTermTable *base = dictionary->own.base;
    RpTermId id =
        base && key->kind != RP_BLANK ? rp_term_table_find_key(base, key, hash) : RP_TERM_NONE;

    return id != RP_TERM_NONE ? id : rp_term_table_find_key(&dictionary->own, key, hash);
}

static RpTermId
find_iri(const RpDictionary *dictionary, RpText iri)
{
    RpTermKey key = {.kind = RP_IRI, .lexical = iri};
    RpTermId id = rp_vocabulary_find(iri);

    return id != RP_TERM_NONE
               ? id
               : find_hashed(dictionary, &key, rp_term_key_hash(&dictionary->own.key, &key));
}

RpTermId
rp_dictionary_find(const RpDictionary *dictionary, const RpTerm *term)
{
    RpTermKey key = {.kind = term->kind, .lexical = term->lexical, .language = term->language};

    if (term->kind == RP_IRI) {
        return find_iri(dictionary, term->lexical);
    }
    if (term->kind == RP_LITERAL) {
        key.datatype = find_iri(dictionary, term->datatype);
        if (key.datatype == RP_TERM_NONE) {
            return RP_TERM_NONE;
        }
    }
    return find_hashed(dictionary, &key, rp_term_key_hash(&dictionary->own.key, &key));
}

/*
 * Slots for so many terms, at least double, when half of them would be in use; every id is put into
 * its new place. A fuller table saves little, and every id that is passed on the way to a free slot
 * costs a look.
 */
static RpStatus
make_slot_room(RpDictionary *dictionary, uint32_t needed, RpError *error)
{
    RpTermTable *own = &dictionary->own;
    uint32_t slot_count = own->slot_count ? own->slot_count * 2 : FIRST_SLOT_COUNT;
    RpTermSlot *slots;

    if (needed <= own->slot_count / 2) {
        return RP_OK;
    }
    while (slot_count / 2 < needed) {
        slot_count *= 2;
    }
    slots = rp_arena_allocate_zero(dictionary->arena, sizeof(RpTermSlot) * (size_t)slot_count);
    if (!slots) {
        return rp_arena_failure(dictionary->arena, error);
    }
    for (uint32_t i = 0; i < own->slot_count; i++) {
        if (own->slots[i].id != RP_TERM_NONE) {
            rp_term_slots_put(slots, slot_count, own->slots[i].hash, own->slots[i].id);
        }
    }
    rp_arena_give_back(dictionary->arena, own->slots, sizeof(RpTermSlot) * (size_t)own->slot_count);
    own->slots = slots;
    own->slot_count = slot_count;
    return RP_OK;
}

static RpStatus
make_record_room(RpDictionary *dictionary, uint32_t needed, RpError *error)
{
    RpTermTable *own = &dictionary->own;
    RpTermRecord *records =
        rp_arena_regrow(dictionary->arena, (void *)own->records, own->count, needed,
                        &dictionary->own_capacity, sizeof(RpTermRecord));

    if (!records) {
        return rp_arena_failure(dictionary->arena, error);
    }
    own->records = records;
    return RP_OK;
}

/* Room for more bytes of strings, which may pass 4 GB, so that rp_arena_regrow does not serve. */
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

/* Copy the texts of a term, which may be of this dictionary: so the strings that become too small
 * are given back last. */
static RpStatus
append_texts(RpDictionary *dictionary, const RpTermKey *key, RpError *error)
{
    const char *strings = dictionary->own.strings;
    uint64_t capacity = dictionary->strings_capacity;

    RP_TRY(
        make_strings_room(dictionary, (uint64_t)key->lexical.length + key->language.length, error));
    append_string(&dictionary->own, key->lexical);
    append_string(&dictionary->own, key->language);
    if (dictionary->own.strings != strings) {
        rp_arena_give_back(dictionary->arena, strings, (size_t)capacity);
    }
    return RP_OK;
}

RpStatus
rp_dictionary_expect(RpDictionary *dictionary, uint32_t count, RpError *error)
{
    uint32_t needed = dictionary->own.count + count;

    if (count > RP_TERM_COUNT_LIMIT - (rp_dictionary_end(dictionary) - RP_TERM_FIRST)) {
        return rp_error_set(error, RP_TOO_LARGE, "more than %d different terms",
                            RP_TERM_COUNT_LIMIT);
    }
    RP_TRY(make_slot_room(dictionary, needed, error));
    return make_record_room(dictionary, needed < FIRST_RECORD_COUNT ? FIRST_RECORD_COUNT : needed,
                            error);
}

/* Whether one term more needs nothing to be made. */
static bool
has_room(const RpDictionary *dictionary)
{
    const RpTermTable *own = &dictionary->own;

    return own->count < dictionary->own_capacity && own->count < own->slot_count / 2 &&
           rp_dictionary_end(dictionary) - RP_TERM_FIRST < RP_TERM_COUNT_LIMIT;
}

/* Add a term that is known to be new, its datatype being in already. */
static RpStatus
append_term(RpDictionary *dictionary, const RpTermKey *key, uint64_t hash, RpTermId *id,
            RpError *error)
{
    RpTermTable *own = &dictionary->own;

    if (!has_room(dictionary)) {
        RP_TRY(rp_dictionary_expect(dictionary, 1, error));
    }
    *(RpTermRecord *)&own->records[own->count] =
        (RpTermRecord){.text = own->strings_size,
                       .kind = key->kind,
                       .language_length = (uint8_t)key->language.length,
                       .lexical_length = key->lexical.length,
                       .datatype = key->datatype};
    RP_TRY(append_texts(dictionary, key, error));
    *id = own->first_id + own->count++;
    rp_term_slots_put((RpTermSlot *)own->slots, own->slot_count, (uint32_t)hash, *id);
    return RP_OK;
}

/*
 * Where an IRI is remembered: the ends of IRIs that come again and again differ most. Each IRI has
 * one place, so that data that is made to meet there costs one comparison more for each, no worse.
 */
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

/* The id of an IRI that is of the vocabulary or was added lately; else RP_TERM_NONE: predicates,
 * classes and datatypes come again and again. */
static RpTermId
known_iri(RpDictionary *dictionary, RpText iri)
{
    RpTermId id = rp_vocabulary_find(iri);
    RpTermId recent;

    if (id != RP_TERM_NONE) {
        return id;
    }
    recent = *recent_place(dictionary, iri);
    return recent != RP_TERM_NONE &&
                   rp_text_equals(rp_dictionary_term(dictionary, recent).lexical, iri)
               ? recent
               : RP_TERM_NONE;
}

RpStatus
rp_dictionary_add_key(RpDictionary *dictionary, const RpTermKey *key, uint64_t hash, RpTermId *id,
                      RpError *error)
{
    RpTermId *recent = key->kind == RP_IRI ? recent_place(dictionary, key->lexical) : NULL;

    *id = find_hashed(dictionary, key, hash);
    if (*id == RP_TERM_NONE) {
        RP_TRY(append_term(dictionary, key, hash, id, error));
    }
    if (recent) {
        *recent = *id;
    }
    return RP_OK;
}

/* The same, of a key that is not hashed yet and an id that may be known. */
static RpStatus
add_unless_known(RpDictionary *dictionary, const RpTermKey *key, RpTermId *id, RpError *error)
{
    return *id != RP_TERM_NONE
               ? RP_OK
               : rp_dictionary_add_key(dictionary, key, rp_term_key_hash(&dictionary->own.key, key),
                                       id, error);
}

/* Add the datatype of a literal. The literal's text, where it is of this dictionary, moves with its
 * strings. */
static RpStatus
add_datatype(RpDictionary *dictionary, RpText iri, RpTermKey *key, RpError *error)
{
    RpTermKey datatype = {.kind = RP_IRI, .lexical = iri};
    uintptr_t place = (uintptr_t)key->lexical.data - (uintptr_t)dictionary->own.strings;
    bool is_own = place < dictionary->own.strings_size;

    key->datatype = known_iri(dictionary, iri);
    RP_TRY(add_unless_known(dictionary, &datatype, &key->datatype, error));
    if (is_own) {
        key->lexical.data = dictionary->own.strings + place;
    }
    return RP_OK;
}

/* The key of a term without a mark, inline where it is not asked for by itself. */
static inline RpStatus
make_key(RpDictionary *dictionary, const RpTerm *term, RpTermKey *key, RpTermId *id, RpError *error)
{
    *key = (RpTermKey){.kind = term->kind, .lexical = term->lexical, .language = term->language};
    *id = RP_TERM_NONE;
    if (term->kind == RP_IRI) {
        *id = known_iri(dictionary, term->lexical);
        return RP_OK;
    }
    if (term->language.length > UINT8_MAX) {
        return rp_error_set(error, RP_TOO_LARGE, "a language tag has more than %d bytes",
                            UINT8_MAX);
    }
    if (term->datatype.data == rp_xsd_string.data) {
        key->datatype = RP_VOCABULARY_xsd_string;
        return RP_OK;
    }
    return term->kind == RP_LITERAL ? add_datatype(dictionary, term->datatype, key, error) : RP_OK;
}

RpStatus
rp_dictionary_key_of(RpDictionary *dictionary, const RpTerm *term, RpTermKey *key, RpTermId *id,
                     RpError *error)
{
    return make_key(dictionary, term, key, id, error);
}

static RpStatus
add_unmarked(RpDictionary *dictionary, const RpTerm *term, RpTermId *id, RpError *error)
{
    RpTermKey key;

    RP_TRY(make_key(dictionary, term, &key, id, error));
    return add_unless_known(dictionary, &key, id, error);
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
