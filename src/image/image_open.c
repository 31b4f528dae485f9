/* The view of an image. */
#include "image/image.h"

#include "base/checksum.h"
#include "image/image_sections.h"

const uint32_t rp_image_element_sizes[RP_SECTION_COUNT] = {
    [RP_SECTION_TERMS] = sizeof(RpTermRecord),
    [RP_SECTION_READS] = sizeof(uint8_t),
    [RP_SECTION_SHAPES] = sizeof(RpImageShape),
    [RP_SECTION_TARGETS] = sizeof(RpTarget),
    [RP_SECTION_CONSTRAINTS] = sizeof(RpImageConstraint),
    [RP_SECTION_OPERANDS] = sizeof(RpImageOperand),
    [RP_SECTION_PATHS] = sizeof(RpImagePath),
    [RP_SECTION_IDS] = sizeof(uint32_t),
    [RP_SECTION_SUBCLASSES] = sizeof(RpSubclass),
    [RP_SECTION_PREFIXES] = sizeof(RpImagePrefix),
    [RP_SECTION_LEFT_OUT] = sizeof(RpImageLeftOut),
    [RP_SECTION_NUMBERS] = sizeof(RpImageNumber),
    [RP_SECTION_QUERIES] = sizeof(RpImageQuery),
    [RP_SECTION_ALGEBRA] = sizeof(RpAlgebraUnit),
    [RP_SECTION_TRIPLES] = sizeof(RpTriple),
    [RP_SECTION_STRINGS] = sizeof(char)};

uint64_t
rp_image_checksum(const void *bytes, uint64_t size)
{
    RpImageHeader header;
    uint64_t checksum;

    memcpy(&header, bytes, sizeof header);
    header.checksum = 0;
    checksum = rp_checksum(&header, sizeof header, RP_IMAGE_MAGIC);
    return rp_checksum((const char *)bytes + sizeof header, size - sizeof header, checksum);
}

bool
rp_image_is_of_this_format(RpText bytes)
{
    RpImageHeader header;

    if (bytes.length < sizeof header) {
        return false;
    }
    memcpy(&header, bytes.data, sizeof header);
    return header.magic == RP_IMAGE_MAGIC && header.format == RP_IMAGE_FORMAT;
}

/* Of counts below 2^32 the sum cannot overflow. */
uint64_t
rp_image_section_offset(const RpImageHeader *header, int section)
{
    uint64_t offset = rp_image_align(sizeof *header);

    for (int i = 0; i < section; i++) {
        offset = rp_image_align(offset + header->counts[i] * (uint64_t)rp_image_element_sizes[i]);
    }
    return offset;
}

void
rp_image_open(const void *bytes, RpImage *image)
{
    const RpImageHeader *header = bytes;

    image->header = header;
    image->terms = (RpTermTable){.first_id = RP_TERM_FIRST,
                                 .count = header->counts[RP_SECTION_TERMS],
                                 .records = rp_image_section(bytes, RP_SECTION_TERMS),
                                 .strings = rp_image_section(bytes, RP_SECTION_STRINGS),
                                 .strings_size = header->counts[RP_SECTION_STRINGS]};
    image->reads = rp_image_section(bytes, RP_SECTION_READS);
    image->shapes = rp_image_section(bytes, RP_SECTION_SHAPES);
    image->shape_count = header->counts[RP_SECTION_SHAPES];
    image->targets = rp_image_section(bytes, RP_SECTION_TARGETS);
    image->target_count = header->counts[RP_SECTION_TARGETS];
    image->constraints = rp_image_section(bytes, RP_SECTION_CONSTRAINTS);
    image->constraint_count = header->counts[RP_SECTION_CONSTRAINTS];
    image->operands = rp_image_section(bytes, RP_SECTION_OPERANDS);
    image->operand_count = header->counts[RP_SECTION_OPERANDS];
    image->paths = rp_image_section(bytes, RP_SECTION_PATHS);
    image->path_count = header->counts[RP_SECTION_PATHS];
    image->ids = rp_image_section(bytes, RP_SECTION_IDS);
    image->id_count = header->counts[RP_SECTION_IDS];
    image->subclasses = rp_image_section(bytes, RP_SECTION_SUBCLASSES);
    image->subclass_count = header->counts[RP_SECTION_SUBCLASSES];
    image->prefixes = rp_image_section(bytes, RP_SECTION_PREFIXES);
    image->prefix_count = header->counts[RP_SECTION_PREFIXES];
    image->left_out = rp_image_section(bytes, RP_SECTION_LEFT_OUT);
    image->left_out_count = header->counts[RP_SECTION_LEFT_OUT];
    image->numbers = rp_image_section(bytes, RP_SECTION_NUMBERS);
    image->number_count = header->counts[RP_SECTION_NUMBERS];
    image->queries = rp_image_section(bytes, RP_SECTION_QUERIES);
    image->query_count = header->counts[RP_SECTION_QUERIES];
    image->algebra = rp_image_section(bytes, RP_SECTION_ALGEBRA);
    image->algebra_unit_count = header->counts[RP_SECTION_ALGEBRA];
    image->triples = rp_image_section(bytes, RP_SECTION_TRIPLES);
    image->triple_count = header->counts[RP_SECTION_TRIPLES];
    image->superclasses = NULL;
    image->target_entries = NULL;
}
