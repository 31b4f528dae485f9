/* See term_table.h. */
#include "rdf/term_table.h"

#include <stdlib.h>

static int
compare_ids(const void *a, const void *b)
{
    RpTermId left = *(const RpTermId *)a;
    RpTermId right = *(const RpTermId *)b;

    return (left > right) - (left < right);
}

uint32_t
rp_term_ids_to_set(RpTermId *ids, uint32_t count)
{
    uint32_t kept = 0;

    if (count > 1) {
        qsort(ids, count, sizeof(RpTermId), compare_ids);
    }
    for (uint32_t i = 0; i < count; i++) {
        if (kept == 0 || ids[kept - 1] != ids[i]) {
            ids[kept++] = ids[i];
        }
    }
    return kept;
}

uint32_t
rp_term_ids_find(const RpTermId *ids, uint32_t count, RpTermId id)
{
    const RpTermId *found =
        count > 0 ? bsearch(&id, ids, count, sizeof(RpTermId), compare_ids) : NULL;

    return found ? (uint32_t)(found - ids) : count;
}

/*
 * Of IRIs, blank nodes and strings the text is enough: whatever the text, a few terms share a hash
 * by that, and no more. Of other literals the datatype and the language tag come first.
 */
uint64_t
rp_term_key_hash(const RpHashKey *hash_key, const RpTermKey *key)
{
    RpHash hash;

    if (key->kind != RP_LITERAL || key->datatype == RP_VOCABULARY_xsd_string) {
        return rp_hash_bytes(hash_key, key->lexical.data, key->lexical.length);
    }
    rp_hash_begin(&hash, hash_key);
    rp_hash_word(&hash, (uint64_t)key->datatype << 32 | key->language.length);
    rp_language_hash(&hash, key->language);
    return rp_hash_end(&hash, key->lexical.data, key->lexical.length);
}

/* Whether a record is of a key. */
static bool
is_record_of(const RpTermTable *table, const RpTermRecord *record, const RpTermKey *key)
{
    const char *text = table->strings + record->text;

    return record->lexical_length == key->lexical.length && record->kind == (uint64_t)key->kind &&
           record->datatype == key->datatype && record->language_length == key->language.length &&
           (key->lexical.length == 0 ||
            memcmp(text, key->lexical.data, key->lexical.length) == 0) &&
           rp_language_compare((RpText){text + record->lexical_length, key->language.length},
                               key->language) == 0;
}

RpTermId
rp_term_table_find_key(const RpTermTable *table, const RpTermKey *key, uint64_t hash)
{
    uint32_t mask = table->slot_count - 1;

    if (table->slot_count == 0) {
        return RP_TERM_NONE;
    }
    for (uint32_t i = (uint32_t)hash & mask; table->slots[i].id != RP_TERM_NONE;
         i = (i + 1) & mask) {
        const RpTermSlot *slot = &table->slots[i];

        if (slot->hash == (uint32_t)hash &&
            is_record_of(table, &table->records[slot->id - table->first_id], key)) {
            return slot->id;
        }
    }
    return RP_TERM_NONE;
}

RpTermId
rp_term_table_find(const RpTermTable *table, const RpTerm *term)
{
    RpTermKey key = {.kind = term->kind, .lexical = term->lexical, .language = term->language};

    if (term->kind == RP_IRI) {
        RpTermId known = rp_vocabulary_find(term->lexical);

        if (known != RP_TERM_NONE) {
            return known;
        }
    } else if (term->kind == RP_LITERAL) {
        RpTerm datatype = rp_term_iri(term->datatype);

        key.datatype = rp_term_table_find(table, &datatype);
        if (key.datatype == RP_TERM_NONE) {
            return RP_TERM_NONE;
        }
    }
    return rp_term_table_find_key(table, &key, rp_term_key_hash(&table->key, &key));
}

/* Field by field: a copy of a term that was just put together waits until its parts are written. */
void
rp_term_table_read(const RpTermTable *table, RpTermId id, RpTerm *term)
{
    const RpTermRecord *record;

    term->mark = 0;
    term->datatype = (RpText){NULL, 0};
    term->language = (RpText){NULL, 0};
    if (id < RP_TERM_FIRST) {
        term->kind = RP_IRI;
        term->lexical = rp_vocabulary_iri((RpVocabulary)id);
        return;
    }
    table = rp_term_table_owner(table, id);
    record = &table->records[id - table->first_id];
    term->kind = (RpTermKind)record->kind;
    term->lexical.data = table->strings + record->text;
    term->lexical.length = record->lexical_length;
    if (record->language_length > 0) {
        term->language.data = term->lexical.data + record->lexical_length;
        term->language.length = (uint32_t)record->language_length;
    }
    if (record->datatype != RP_TERM_NONE) {
        term->datatype = rp_term_table_lexical(table, record->datatype);
    }
}

uint32_t
rp_term_slot_count(uint32_t term_count)
{
    uint32_t slot_count = 1;

    while (slot_count / 2 < term_count) {
        slot_count *= 2;
    }
    return slot_count;
}

void
rp_term_slots_put(RpTermSlot *slots, uint32_t slot_count, uint32_t hash, RpTermId id)
{
    uint32_t mask = slot_count - 1;
    uint32_t i = hash & mask;

    while (slots[i].id != RP_TERM_NONE) {
        i = (i + 1) & mask;
    }
    slots[i] = (RpTermSlot){hash, id};
}

RpTermId
rp_term_table_index(RpTermTable *table, const RpHashKey *key, RpTermSlot *slots)
{
    table->key = *key;
    table->slots = slots;
    table->slot_count = rp_term_slot_count(table->count);
    for (RpTermId id = table->first_id; id < table->first_id + table->count; id++) {
        RpTerm term = rp_term_table_get(table, id);
        RpTermKey term_key = {.kind = term.kind,
                              .datatype = rp_term_table_datatype(table, id),
                              .lexical = term.lexical,
                              .language = term.language};
        uint64_t hash = rp_term_key_hash(key, &term_key);

        if (rp_term_table_find_key(table, &term_key, hash) != RP_TERM_NONE) {
            return id;
        }
        rp_term_slots_put(slots, table->slot_count, (uint32_t)hash, id);
    }
    return RP_TERM_NONE;
}
