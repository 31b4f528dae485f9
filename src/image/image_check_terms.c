/* Checks of an image's terms, their hash table and the set of predicates that are read. */
#include "base/utf8.h"
#include "image/image_checking.h"

/* Turns of looking for terms in the hash table, per slot: the table is at most half full. */
enum { RP_PROBES_PER_SLOT = 16 };

static bool
text_is_valid(const RpTermTable *terms, const RpTermRecord *record)
{
    uint64_t length = (uint64_t)record->lexical_length + record->language_length;
    RpText text;

    if (length > UINT32_MAX || record->text > terms->strings_size ||
        length > terms->strings_size - record->text) {
        return false;
    }
    text = (RpText){terms->strings + record->text, (uint32_t)length};
    return rp_utf8_valid_prefix((RpText){text.data, record->lexical_length}) ==
               record->lexical_length &&
           rp_utf8_valid_prefix((RpText){text.data + record->lexical_length,
                                         record->language_length}) == record->language_length &&
           (length == 0 || memchr(text.data, 0, text.length) == NULL);
}

/* Kind, datatype and language: what the kind of a term allows. Lower ids are checked already. */
static bool
kind_is_valid(const RpTermTable *terms, RpTermId id)
{
    const RpTermRecord *record = &terms->records[id - 1];

    if (record->kind == RP_IRI || record->kind == RP_BLANK) {
        return record->datatype == RP_TERM_NONE && record->language_length == 0;
    }
    return record->kind == RP_LITERAL && record->datatype >= 1 && record->datatype < id &&
           terms->records[record->datatype - 1].kind == RP_IRI &&
           (record->language_length == 0 || record->datatype == RP_VOCABULARY_rdf_langString);
}

static RpStatus
check_records(RpImageChecking *checking)
{
    const RpTermTable *terms = &checking->image.terms;

    if (terms->count < RP_VOCABULARY_COUNT || terms->count > RP_TERM_COUNT_LIMIT) {
        return rp_image_corrupt(checking, "number of terms", terms->count);
    }
    for (RpTermId id = 1; id <= terms->count; id++) {
        const RpTermRecord *record = &terms->records[id - 1];
        RpTerm term;

        if (record->reserved != 0 || record->reserved2 != 0 || !kind_is_valid(terms, id) ||
            !text_is_valid(terms, record)) {
            return rp_image_corrupt(checking, "term", id);
        }
        rp_term_table_get(terms, id, &term);
        if (record->hash != rp_term_hash(&term)) {
            return rp_image_corrupt(checking, "hash of term", id);
        }
    }
    return RP_OK;
}

static RpStatus
check_vocabulary(RpImageChecking *checking)
{
    for (RpTermId id = 1; id < RP_VOCABULARY_END; id++) {
        RpTerm term;

        rp_term_table_get(&checking->image.terms, id, &term);
        if (term.kind != RP_IRI ||
            !rp_text_equals(term.lexical, rp_vocabulary_iri((RpVocabulary)id))) {
            return rp_image_corrupt(checking, "vocabulary term", id);
        }
    }
    return RP_OK;
}

/* Whether two different terms of the table are equal. */
static bool
is_same_term(const RpTermTable *terms, RpTermId a, RpTermId b)
{
    RpTerm term_a, term_b;

    if (terms->records[a - 1].hash != terms->records[b - 1].hash) {
        return false;
    }
    rp_term_table_get(terms, a, &term_a);
    rp_term_table_get(terms, b, &term_b);
    return rp_term_equals(&term_a, &term_b);
}

/* Look for a term where the hash table must have it, passing no empty slot and no equal term. */
static RpStatus
check_place(RpImageChecking *checking, RpTermId id, uint64_t *probes_left)
{
    const RpTermTable *terms = &checking->image.terms;
    uint32_t mask = terms->slot_count - 1;
    uint32_t slot = (uint32_t)terms->records[id - 1].hash & mask;

    for (; terms->slots[slot] != id; slot = (slot + 1) & mask) {
        if (terms->slots[slot] == RP_TERM_NONE || *probes_left == 0 ||
            is_same_term(terms, terms->slots[slot], id)) {
            return rp_image_corrupt(checking, "place of term", id);
        }
        (*probes_left)--;
    }
    return RP_OK;
}

/* Every id stands in the table once, where its hash leads, and empty slots are left. */
static RpStatus
check_slots(RpImageChecking *checking)
{
    const RpTermTable *terms = &checking->image.terms;
    uint64_t probes_left = (uint64_t)terms->slot_count * RP_PROBES_PER_SLOT;
    uint32_t used = 0;

    if (terms->slot_count <= terms->count || (terms->slot_count & (terms->slot_count - 1)) != 0) {
        return rp_image_corrupt(checking, "number of term slots", terms->slot_count);
    }
    for (uint32_t i = 0; i < terms->slot_count; i++) {
        used += terms->slots[i] != RP_TERM_NONE;
        if (terms->slots[i] > terms->count) {
            return rp_image_corrupt(checking, "term slot", i);
        }
    }
    if (used != terms->count) {
        return rp_image_corrupt(checking, "number of used term slots", used);
    }
    for (RpTermId id = 1; id <= terms->count; id++) {
        RP_TRY(check_place(checking, id, &probes_left));
    }
    return RP_OK;
}

RpStatus
rp_image_check_terms(RpImageChecking *checking)
{
    uint64_t reads_size = checking->image.header->sections[RP_SECTION_READS].count;

    RP_TRY(check_records(checking));
    RP_TRY(check_vocabulary(checking));
    RP_TRY(check_slots(checking));
    if (reads_size != checking->image.terms.count / 8 + 1) {
        return rp_image_corrupt(checking, "size of reads", reads_size);
    }
    return RP_OK;
}
