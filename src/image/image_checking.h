/* What the files that check an image share. Not for others: they see image_check.h. */
#ifndef RP_IMAGE_IMAGE_CHECKING_H
#define RP_IMAGE_IMAGE_CHECKING_H

#include "image/image.h"

/* The checking of one image, whose sections are known to be within its bytes. */
typedef struct RpImageChecking {
    RpImage image;
    RpError *error;
    /* How many elements are accounted for: each section is used up exactly, in order. */
    uint32_t target_count;
    uint32_t constraint_count;
    uint32_t operand_count;
    uint32_t path_count;
    uint64_t id_count;
} RpImageChecking;

/* RP_CORRUPT, saying which element of what is wrong. Indexes count from 0, term ids from 1. */
RpStatus rp_image_corrupt(RpImageChecking *checking, const char *what, uint64_t index);

static inline bool
rp_image_is_term(const RpImageChecking *checking, uint64_t id)
{
    return (id >= 1 && id < RP_VOCABULARY_END) ||
           (id >= RP_TERM_FIRST && id - RP_TERM_FIRST < checking->image.terms.count);
}

/* Whether an id is that of a term of a kind. */
static inline bool
rp_image_is_kind(const RpImageChecking *checking, uint64_t id, RpTermKind kind)
{
    return rp_image_is_term(checking, id) &&
           rp_term_table_kind(&checking->image.terms, (RpTermId)id) == kind;
}

/* image_check_terms.c: records, and the set of predicates that are read. */
RpStatus rp_image_check_terms(RpImageChecking *checking);

/* image_check_shapes.c: shapes with their targets, messages, paths, constraints and operands. */
RpStatus rp_image_check_shapes(RpImageChecking *checking);

#endif
