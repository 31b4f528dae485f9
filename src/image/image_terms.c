/* The terms of an image: those of the dictionary that the image uses, in the same order. */
#include "image/image_building.h"
#include "image/image_sections.h"

static const RpTermRecord *
record_of(const RpImageBuilder *builder, RpTermId id)
{
    return &builder->dictionary->own.records[id - 1];
}

/* A term's place in the hash table of the image: a power of two, at most half of it in use. */
static uint64_t
slot_count_for(uint64_t term_count)
{
    uint64_t slot_count = 1;

    while (slot_count < term_count * 2) {
        slot_count *= 2;
    }
    return slot_count;
}

RpStatus
rp_image_number_terms(RpImageBuilder *builder)
{
    RpTermId term_count = rp_dictionary_count(builder->dictionary);
    RpTermId next = 1;

    builder->image_ids[RP_TERM_NONE] = RP_TERM_NONE;
    for (RpTermId id = 1; id <= term_count; id++) {
        if (builder->image_ids[id] != 0 && record_of(builder, id)->datatype != RP_TERM_NONE) {
            builder->image_ids[record_of(builder, id)->datatype] = 1;
        }
    }
    for (RpTermId id = 1; id <= term_count; id++) {
        RP_TRY(rp_arena_poll(builder->arena, builder->error));
        if (builder->image_ids[id] != 0) {
            const RpTermRecord *record = record_of(builder, id);

            builder->image_ids[id] = next++;
            builder->counts[RP_SECTION_STRINGS] +=
                (uint64_t)record->lexical_length + record->language_length;
        }
    }
    builder->counts[RP_SECTION_TERMS] = next - 1;
    builder->counts[RP_SECTION_TERM_SLOTS] = slot_count_for(next - 1);
    builder->counts[RP_SECTION_READS] = (next - 1) / 8 + 1;
    return RP_OK;
}

RpStatus
rp_image_write_terms(RpImageBuilder *builder)
{
    const RpImageSection *sections = builder->header->sections;
    RpTermRecord *records = (void *)(builder->bytes + sections[RP_SECTION_TERMS].offset);
    RpTermId *slots = (void *)(builder->bytes + sections[RP_SECTION_TERM_SLOTS].offset);
    char *strings = builder->bytes + sections[RP_SECTION_STRINGS].offset;
    uint32_t mask = (uint32_t)sections[RP_SECTION_TERM_SLOTS].count - 1;
    uint64_t written = 0;

    for (RpTermId id = 1; id <= rp_dictionary_count(builder->dictionary); id++) {
        RpTermId image_id = builder->image_ids[id];
        const RpTermRecord *record = record_of(builder, id);
        uint32_t length = record->lexical_length + record->language_length;
        uint32_t slot = (uint32_t)record->hash & mask;

        RP_TRY(rp_arena_poll(builder->arena, builder->error));
        if (image_id == RP_TERM_NONE) {
            continue;
        }
        records[image_id - 1] = *record;
        records[image_id - 1].text = written;
        records[image_id - 1].datatype = builder->image_ids[record->datatype];
        if (length > 0) {
            memcpy(strings + written, builder->dictionary->own.strings + record->text, length);
        }
        written += length;
        while (slots[slot] != RP_TERM_NONE) {
            slot = (slot + 1) & mask;
        }
        slots[slot] = image_id;
    }
    return RP_OK;
}
