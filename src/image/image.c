/* The view of an image. */
#include "image/image.h"

#include <stddef.h>

#include "base/hash.h"
#include "image/image_sections.h"

const uint32_t rp_image_element_sizes[RP_SECTION_COUNT] = {
    [RP_SECTION_TERMS] = sizeof(RpTermRecord),
    [RP_SECTION_TERM_SLOTS] = sizeof(RpTermId),
    [RP_SECTION_READS] = sizeof(uint8_t),
    [RP_SECTION_SHAPES] = sizeof(RpImageShape),
    [RP_SECTION_TARGETS] = sizeof(RpTarget),
    [RP_SECTION_CONSTRAINTS] = sizeof(RpImageConstraint),
    [RP_SECTION_OPERANDS] = sizeof(RpImageOperand),
    [RP_SECTION_PATHS] = sizeof(RpImagePath),
    [RP_SECTION_IDS] = sizeof(uint32_t),
    [RP_SECTION_SUBCLASSES] = sizeof(RpSubclass),
    [RP_SECTION_PREFIXES] = sizeof(RpImagePrefix),
    [RP_SECTION_BROKEN] = sizeof(RpImageBroken),
    [RP_SECTION_STRINGS] = sizeof(char)};

uint64_t
rp_image_checksum(const void *bytes, uint64_t size)
{
    RpImageHeader header;
    uint64_t hash;

    memcpy(&header, bytes, sizeof header);
    header.checksum = 0;
    hash = rp_hash_bytes(&header, sizeof header, RP_IMAGE_MAGIC);
    return rp_hash_bytes((const char *)bytes + sizeof header, size - sizeof header, hash);
}

static uint32_t
count_of(const RpImageHeader *header, RpImageSectionId section)
{
    return (uint32_t)header->sections[section].count;
}

void
rp_image_open(const void *bytes, RpImage *image)
{
    const RpImageHeader *header = bytes;

    image->header = header;
    image->terms.records = rp_image_section(bytes, RP_SECTION_TERMS);
    image->terms.count = count_of(header, RP_SECTION_TERMS);
    image->terms.slots = rp_image_section(bytes, RP_SECTION_TERM_SLOTS);
    image->terms.slot_count = count_of(header, RP_SECTION_TERM_SLOTS);
    image->terms.strings = rp_image_section(bytes, RP_SECTION_STRINGS);
    image->terms.strings_size = header->sections[RP_SECTION_STRINGS].count;
    image->reads = rp_image_section(bytes, RP_SECTION_READS);
    image->shapes = rp_image_section(bytes, RP_SECTION_SHAPES);
    image->shape_count = count_of(header, RP_SECTION_SHAPES);
    image->targets = rp_image_section(bytes, RP_SECTION_TARGETS);
    image->target_count = count_of(header, RP_SECTION_TARGETS);
    image->constraints = rp_image_section(bytes, RP_SECTION_CONSTRAINTS);
    image->constraint_count = count_of(header, RP_SECTION_CONSTRAINTS);
    image->operands = rp_image_section(bytes, RP_SECTION_OPERANDS);
    image->operand_count = count_of(header, RP_SECTION_OPERANDS);
    image->paths = rp_image_section(bytes, RP_SECTION_PATHS);
    image->path_count = count_of(header, RP_SECTION_PATHS);
    image->ids = rp_image_section(bytes, RP_SECTION_IDS);
    image->id_count = count_of(header, RP_SECTION_IDS);
    image->subclasses = rp_image_section(bytes, RP_SECTION_SUBCLASSES);
    image->subclass_count = count_of(header, RP_SECTION_SUBCLASSES);
    image->prefixes = rp_image_section(bytes, RP_SECTION_PREFIXES);
    image->prefix_count = count_of(header, RP_SECTION_PREFIXES);
    image->broken = rp_image_section(bytes, RP_SECTION_BROKEN);
    image->broken_count = count_of(header, RP_SECTION_BROKEN);
}
