/* The sections of an image as bytes: what builder, check and view share. */
#ifndef RP_IMAGE_IMAGE_SECTIONS_H
#define RP_IMAGE_IMAGE_SECTIONS_H

#include "image/image.h"

/* Bytes of one element of each section. */
extern const uint32_t rp_image_element_sizes[RP_SECTION_COUNT];

/* The next multiple of 8: sections start there, and images end there. */
static inline uint64_t
rp_image_align(uint64_t offset)
{
    return (offset + 7) & ~(uint64_t)7;
}

/* What the header's checksum must be: over all bytes, with the checksum itself taken as 0. */
uint64_t rp_image_checksum(const void *bytes, uint64_t size);

/* Where a section starts, from the start of the image; RP_SECTION_COUNT: where the image ends. */
uint64_t rp_image_section_offset(const RpImageHeader *header, int section);

/* The first element of a section. */
static inline const void *
rp_image_section(const void *bytes, RpImageSectionId section)
{
    return (const char *)bytes + rp_image_section_offset(bytes, section);
}

#endif
