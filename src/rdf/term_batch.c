/* See term_batch.h. */
#include "rdf/term_batch.h"

void
rp_term_batch_init(RpTermBatch *batch, RpDictionary *dictionary, const RpTermSink *sink)
{
    batch->dictionary = dictionary;
    batch->sink = *sink;
    batch->count = 0;
    batch->byte_count = 0;
}

/* Each loop asks for what the next one looks at, one term right behind the other, so that the
 * processor waits for many at a time, also where it has to find their pages first. */
RpStatus
rp_term_batch_end(RpTermBatch *batch, RpError *error)
{
    const RpTermTable *own = &batch->dictionary->own;
    uint32_t count = batch->count;

    batch->count = 0;
    batch->byte_count = 0;
    for (uint32_t i = 0; i < count; i++) {
        rp_term_table_fetch_slot(own, batch->terms[i].hash);
    }
    for (uint32_t i = 0; i < count; i++) {
        batch->terms[i].likely = rp_term_table_fetch_record(own, batch->terms[i].hash);
    }
    for (uint32_t i = 0; i < count; i++) {
        rp_term_table_fetch_text(own, batch->terms[i].likely);
    }
    for (uint32_t i = 0; i < count; i++) {
        const RpBatchedTerm *term = &batch->terms[i];
        RpTermId id;

        RP_TRY(rp_dictionary_add_key(batch->dictionary, &term->key, term->hash, &id, error));
        batch->sink.id(batch->sink.state, term->place, id);
    }
    return RP_OK;
}

/* Where there is room. */
static RpText
copy_text(RpTermBatch *batch, RpText text)
{
    char *copy = batch->bytes + batch->byte_count;

    if (text.length > 0) {
        memcpy(copy, text.data, text.length);
    }
    batch->byte_count += text.length;
    return (RpText){copy, text.length};
}

/* A term without a place in the batch: one that is longer than all of its bytes does not wait. */
RpStatus
rp_term_batch_add(RpTermBatch *batch, const RpTerm *term, uint32_t place, RpError *error)
{
    RpBatchedTerm *batched;
    uint64_t length;
    uint64_t hash;
    RpTermKey key;
    RpTermId id;

    RP_TRY(rp_dictionary_key_of(batch->dictionary, term, &key, &id, error));
    if (id != RP_TERM_NONE) {
        batch->sink.id(batch->sink.state, place, id);
        return RP_OK;
    }
    hash = rp_term_key_hash(rp_dictionary_key(batch->dictionary), &key);
    length = (uint64_t)key.lexical.length + key.language.length;
    if (length > RP_TERM_BATCH_BYTES) {
        RP_TRY(rp_dictionary_add_key(batch->dictionary, &key, hash, &id, error));
        batch->sink.id(batch->sink.state, place, id);
        return RP_OK;
    }
    if (batch->count == RP_TERM_BATCH_COUNT || length > RP_TERM_BATCH_BYTES - batch->byte_count) {
        RP_TRY(rp_term_batch_end(batch, error));
    }
    batched = &batch->terms[batch->count++];
    *batched = (RpBatchedTerm){.key = key, .hash = hash, .place = place};
    batched->key.lexical = copy_text(batch, key.lexical);
    batched->key.language = copy_text(batch, key.language);
    return RP_OK;
}
