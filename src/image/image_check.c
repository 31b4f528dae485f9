/*
 * Whether bytes are an image. Checked in the order of trust: the header, then that every section
 * lies within the bytes, then the terms, on which all else stands, then everything that names them.
 */
#include "image/image_check.h"

#include "image/image_check_internal.h"
#include "image/image_sections.h"

RpStatus
rp_image_corrupt(RpImageChecker *checker, const char *what, uint64_t index)
{
    return rp_error_set(checker->error, RP_CORRUPT, "corrupt image: %s %llu", what,
                        (unsigned long long)index);
}

static RpStatus
check_header(const void *bytes, size_t size, RpError *error)
{
    const RpImageHeader *header = bytes;

    if (size < sizeof *header || (uintptr_t)bytes % 8 != 0) {
        return rp_error_set(error, RP_CORRUPT, "corrupt image: too short, or not aligned");
    }
    if (header->magic != RP_IMAGE_MAGIC) {
        return rp_error_set(error, RP_CORRUPT, "corrupt image: not an image of this machine");
    }
    if (header->format != RP_IMAGE_FORMAT) {
        return rp_error_set(error, RP_CORRUPT, "corrupt image: format %u instead of %d",
                            header->format, RP_IMAGE_FORMAT);
    }
    if (header->size != size) {
        return rp_error_set(error, RP_CORRUPT, "corrupt image: %zu bytes instead of %llu", size,
                            (unsigned long long)header->size);
    }
    if (header->checksum != rp_image_checksum(bytes, size)) {
        return rp_error_set(error, RP_CORRUPT, "corrupt image: the checksum differs");
    }
    return RP_OK;
}

/* Sections follow one another without a gap: so none overlaps another, or leaves the image. */
static RpStatus
check_sections(const RpImageHeader *header, RpError *error)
{
    if (header->flags & ~(uint32_t)RP_IMAGE_FLAGS) {
        return rp_error_set(error, RP_CORRUPT, "corrupt image: unknown flags");
    }
    if (rp_image_section_offset(header, RP_SECTION_COUNT) != header->size) {
        return rp_error_set(error, RP_CORRUPT,
                            "corrupt image: sections of %llu bytes instead of %llu",
                            (unsigned long long)rp_image_section_offset(header, RP_SECTION_COUNT),
                            (unsigned long long)header->size);
    }
    return RP_OK;
}

static RpStatus
check_subclasses(RpImageChecker *checker)
{
    const RpSubclass *subclasses = checker->image.subclasses;

    for (uint32_t i = 0; i < checker->image.subclass_count; i++) {
        const RpSubclass *subclass = &subclasses[i];
        bool is_sorted = i == 0 || subclasses[i - 1].superclass < subclass->superclass ||
                         (subclasses[i - 1].superclass == subclass->superclass &&
                          subclasses[i - 1].subclass < subclass->subclass);

        if (!rp_image_is_term(checker, subclass->subclass) ||
            !rp_image_is_term(checker, subclass->superclass) || !is_sorted) {
            return rp_image_corrupt(checker, "subclass", i);
        }
    }
    return RP_OK;
}

/* Prefixes, what is left out, and the label. */
static RpStatus
check_names(RpImageChecker *checker)
{
    const RpImage *image = &checker->image;

    for (uint32_t i = 0; i < image->prefix_count; i++) {
        if (!rp_image_is_kind(checker, image->prefixes[i].prefix, RP_LITERAL) ||
            !rp_image_is_kind(checker, image->prefixes[i].namespace_iri, RP_IRI)) {
            return rp_image_corrupt(checker, "prefix", i);
        }
    }
    for (uint32_t i = 0; i < image->left_out_count; i++) {
        if (!rp_image_is_term(checker, image->left_out[i].node) ||
            !rp_image_is_kind(checker, image->left_out[i].message, RP_LITERAL)) {
            return rp_image_corrupt(checker, "left out", i);
        }
    }
    if (image->header->label != RP_TERM_NONE &&
        !rp_image_is_kind(checker, image->header->label, RP_LITERAL)) {
        return rp_image_corrupt(checker, "label", image->header->label);
    }
    return RP_OK;
}

RpStatus
rp_image_check(const void *bytes, size_t size, RpError *error)
{
    RpImageChecker checker = {.error = error};

    RP_TRY(check_header(bytes, size, error));
    RP_TRY(check_sections(bytes, error));
    rp_image_open(bytes, &checker.image);
    RP_TRY(rp_image_check_terms(&checker));
    RP_TRY(rp_image_check_queries(&checker));
    RP_TRY(rp_image_check_shapes(&checker));
    RP_TRY(check_subclasses(&checker));
    RP_TRY(rp_image_check_numbers(&checker));
    return check_names(&checker);
}
