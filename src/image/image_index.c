/* See image_index.h. */
#include "image/image_index.h"

#include "image/image_check.h"
#include "image/image_sections.h"
#include "image/target_index.h"

static size_t
slots_size(const RpImage *image)
{
    return sizeof(RpTermSlot) * (size_t)rp_term_slot_count(image->terms.count);
}

static size_t
index_size(const RpImage *image)
{
    return slots_size(image) + rp_target_index_size(image);
}

RpStatus
rp_image_load(RpText bytes, const RpHashKey *key, RpArena *arena, RpImage *image, RpError *error)
{
    RpTermSlot *slots;
    RpTermId twice;

    RP_TRY(rp_image_check(bytes.data, bytes.length, error));
    rp_image_open(bytes.data, image);
    slots = rp_arena_allocate_zero(arena, index_size(image));
    if (slots == NULL) {
        return rp_arena_failure(arena, error);
    }
    twice = rp_term_table_index(&image->terms, key, slots);
    if (twice != RP_TERM_NONE) {
        return rp_error_set(error, RP_CORRUPT, "corrupt image: term %u is there twice", twice);
    }
    rp_target_index_make(image, (char *)slots + slots_size(image));
    return RP_OK;
}

uint64_t
rp_image_indexed_size(const RpImage *image)
{
    return rp_image_align(image->header->size + index_size(image));
}

void
rp_image_write_indexed(const RpImage *image, const RpHashKey *key, void *target)
{
    RpTermSlot *slots = (RpTermSlot *)(void *)((char *)target + image->header->size);
    RpImage copy;

    memcpy(target, image->header, image->header->size);
    if (memcmp(key, &image->terms.key, sizeof(*key)) == 0) {
        memcpy(slots, image->terms.slots, index_size(image));
        return;
    }
    memset(slots, 0, index_size(image));
    rp_image_open(target, &copy);
    (void)rp_term_table_index(&copy.terms, key, slots); /* as different as they were */
    rp_target_index_make(&copy, (char *)slots + slots_size(image));
}

void
rp_image_open_indexed(const void *bytes, const RpHashKey *key, RpImage *image)
{
    rp_image_open(bytes, image);
    image->terms.key = *key;
    image->terms.slots =
        (const RpTermSlot *)(const void *)((const char *)bytes + image->header->size);
    image->terms.slot_count = rp_term_slot_count(image->terms.count);
    rp_target_index_open(image, (const char *)bytes + image->header->size + slots_size(image));
}

bool
rp_image_indexed_equals(const RpImage *a, const RpImage *b)
{
    return rp_text_equals(rp_image_bytes(a), rp_image_bytes(b)) &&
           memcmp(&a->terms.key, &b->terms.key, sizeof(a->terms.key)) == 0 &&
           memcmp(a->terms.slots, b->terms.slots, index_size(a)) == 0;
}
