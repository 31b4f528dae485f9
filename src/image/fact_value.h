/* Values of facts as text: terms, lists and shapes of an image. Not for others than image_facts. */
#ifndef RP_IMAGE_FACT_VALUE_H
#define RP_IMAGE_FACT_VALUE_H

#include "image/image.h"

/* Where values are written. */
typedef struct RpFactWriter {
    const RpImage *image;
    RpArena *arena;
    RpError *error;
    bool *is_open;  /* by shape: it is being told of, and met again where it refers to itself */
    uint32_t depth; /* of shapes within shapes */
    uint32_t depth_limit;
} RpFactWriter;

RpTerm rp_fact_term(const RpFactWriter *writer, RpTermId id);

/* Open a shape within shapes. RP_TOO_DEEP. */
RpStatus rp_fact_enter(RpFactWriter *writer, const RpImageShape *shape);
void rp_fact_leave(RpFactWriter *writer, const RpImageShape *shape);

/* Whether a shape is open: it has referred to itself. */
bool rp_fact_is_open(const RpFactWriter *writer, const RpImageShape *shape);

/* A term in N-Triples. */
RpStatus rp_fact_term_text(RpFactWriter *writer, RpTermId id, RpText *text);

/* A path with full IRIs. path: index into the image's paths + 1; 0: empty. */
RpStatus rp_fact_path_text(RpFactWriter *writer, uint32_t path, RpText *text);

/* The terms of an operand, sorted as text. */
RpStatus rp_fact_members(RpFactWriter *writer, const RpImageOperand *operand, RpText **members);

void rp_fact_sort(RpText *texts, uint32_t count);

/* Texts with a separator between them. */
RpStatus rp_fact_join(RpFactWriter *writer, const RpText *texts, uint32_t count,
                      const char *separator, RpText *joined);

/* The operands of a constraint from first on, each as text; shapes without a name are written out
 * in brackets. */
RpStatus rp_fact_operands(RpFactWriter *writer, const RpImageConstraint *constraint, uint32_t first,
                          RpText *text);

#endif
