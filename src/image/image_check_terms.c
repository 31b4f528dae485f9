/* Checks of an image's terms and the set of predicates that are read. That all terms are different
 * is seen when they are indexed (image_index.c). */
#include "base/utf8.h"
#include "image/image_check_internal.h"

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
kind_is_valid(const RpImageChecker *checker, RpTermId id)
{
    const RpTermRecord *record = rp_term_table_record(&checker->image.terms, id);

    if (record->kind == RP_IRI || record->kind == RP_BLANK) {
        return record->datatype == RP_TERM_NONE && record->language_length == 0;
    }
    return record->kind == RP_LITERAL && record->datatype < id &&
           rp_image_is_kind(checker, record->datatype, RP_IRI) &&
           (record->language_length == 0 || record->datatype == RP_VOCABULARY_rdf_langString);
}

/* An IRI of the vocabulary has the vocabulary's id, and no other. */
static RpStatus
check_records(RpImageChecker *checker)
{
    const RpTermTable *terms = &checker->image.terms;

    if (terms->count > RP_TERM_COUNT_LIMIT) {
        return rp_image_corrupt(checker, "number of terms", terms->count);
    }
    for (RpTermId id = terms->first_id; id < terms->first_id + terms->count; id++) {
        const RpTermRecord *record = rp_term_table_record(terms, id);

        if (!text_is_valid(terms, record) || !kind_is_valid(checker, id)) {
            return rp_image_corrupt(checker, "term", id);
        }
        if (record->kind == RP_IRI &&
            rp_vocabulary_find(rp_term_table_get(terms, id).lexical) != RP_VOCABULARY_NONE) {
            return rp_image_corrupt(checker, "term of the vocabulary", id);
        }
    }
    return RP_OK;
}

/* A bit for each id; only IRIs may have theirs set, as whoever lists what is read takes each for a
 * term. */
static RpStatus
check_reads(RpImageChecker *checker)
{
    const RpTermTable *terms = &checker->image.terms;
    uint32_t size = checker->image.header->counts[RP_SECTION_READS];

    if (size != (terms->first_id + terms->count) / 8 + 1) {
        return rp_image_corrupt(checker, "size of reads", size);
    }
    for (uint32_t id = 0; id < size * 8; id++) {
        if (checker->image.reads[id >> 3] >> (id & 7) & 1 &&
            !rp_image_is_kind(checker, id, RP_IRI)) {
            return rp_image_corrupt(checker, "read of term", id);
        }
    }
    return RP_OK;
}

RpStatus
rp_image_check_terms(RpImageChecker *checker)
{
    RP_TRY(check_records(checker));
    return check_reads(checker);
}
