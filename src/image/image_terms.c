/* The terms of an image: those of the dictionary that the image uses, in the same order. */
#include "image/image_builder_internal.h"
#include "image/image_sections.h"

RpStatus
rp_image_number_terms(RpImageBuilder *builder)
{
    const RpTermTable *terms = &builder->dictionary->own;
    RpTermId end = rp_dictionary_end(builder->dictionary);
    RpTermId next = RP_TERM_FIRST;

    for (RpTermId id = RP_TERM_FIRST; id < end; id++) {
        if (builder->image_ids[id] != 0) {
            builder->image_ids[rp_term_table_datatype(terms, id)] = 1;
        }
    }
    for (RpTermId id = RP_TERM_NONE; id < RP_TERM_FIRST; id++) {
        builder->image_ids[id] = id; /* of the vocabulary */
    }
    for (RpTermId id = RP_TERM_FIRST; id < end; id++) {
        RP_TRY(rp_arena_poll(builder->arena, builder->error));
        if (builder->image_ids[id] != 0) {
            const RpTermRecord *record = rp_term_table_record(terms, id);

            builder->image_ids[id] = next++;
            builder->counts[RP_SECTION_STRINGS] +=
                (uint64_t)record->lexical_length + record->language_length;
        }
    }
    builder->counts[RP_SECTION_TERMS] = next - RP_TERM_FIRST;
    builder->counts[RP_SECTION_READS] = next / 8 + 1;
    return RP_OK;
}

RpStatus
rp_image_write_terms(RpImageBuilder *builder)
{
    const RpTermTable *terms = &builder->dictionary->own;
    RpTermRecord *next = builder->terms;
    char *strings = builder->strings;
    uint64_t written = 0;

    for (RpTermId id = RP_TERM_FIRST; id < rp_dictionary_end(builder->dictionary); id++) {
        const RpTermRecord *record = rp_term_table_record(terms, id);
        uint32_t length = record->lexical_length + (uint32_t)record->language_length;

        RP_TRY(rp_arena_poll(builder->arena, builder->error));
        if (builder->image_ids[id] == RP_TERM_NONE) {
            continue;
        }
        *next = *record;
        next->text = written;
        next->datatype = builder->image_ids[record->datatype];
        next++;
        if (length > 0) {
            memcpy(strings + written, terms->strings + record->text, length);
        }
        written += length;
    }
    return RP_OK;
}
