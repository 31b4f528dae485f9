/* What the files that check an image share. Not for others: they see image_check.h. */
#ifndef RP_IMAGE_IMAGE_CHECK_INTERNAL_H
#define RP_IMAGE_IMAGE_CHECK_INTERNAL_H

#include "image/image.h"

/* The checking of one image, whose sections are known to be within its bytes. */
typedef struct RpImageChecker {
    RpImage image;
    RpError *error;
    /* How many elements are accounted for: each section is used up exactly, in order. */
    uint32_t target_count;
    uint32_t constraint_count;
    uint32_t operand_count;
    uint32_t path_count;
    uint32_t query_count;
    uint64_t id_count;
    RpTermId last_program; /* of a pattern, which is valid; 0: none was looked at */
} RpImageChecker;

/* RP_CORRUPT, saying which element of what is wrong. Indexes count from 0, term ids from 1. */
RpStatus rp_image_corrupt(RpImageChecker *checker, const char *what, uint64_t index);

static inline bool
rp_image_is_term(const RpImageChecker *checker, uint64_t id)
{
    return (id >= 1 && id < RP_VOCABULARY_END) ||
           (id >= RP_TERM_FIRST && id - RP_TERM_FIRST < checker->image.terms.count);
}

/* Whether an id is that of a term of a kind. */
static inline bool
rp_image_is_kind(const RpImageChecker *checker, uint64_t id, RpTermKind kind)
{
    return rp_image_is_term(checker, id) &&
           rp_term_table_kind(&checker->image.terms, (RpTermId)id) == kind;
}

/* image_check_terms.c: records, and the set of predicates that are read. */
RpStatus rp_image_check_terms(RpImageChecker *checker);

/* image_check_shapes.c: shapes with their targets, messages, paths, constraints and operands. */
RpStatus rp_image_check_shapes(RpImageChecker *checker);

/* image_queries.c: queries, their algebra, and triples of the shapes graph. */
RpStatus rp_image_check_queries(RpImageChecker *checker);
/* image_queries.c: take the next query, of a constraint with so many parameters or of a target;
 * false: it is another, or has other prebound names than it has to have (RpShapeQuery). */
bool rp_image_take_query(RpImageChecker *checker, uint64_t query, uint32_t parameter_count);
bool rp_image_take_target_query(RpImageChecker *checker, uint64_t query);

/* image_numbers.c: the numeric datatypes that shapes ask for. */
RpStatus rp_image_check_numbers(RpImageChecker *checker);

#endif
