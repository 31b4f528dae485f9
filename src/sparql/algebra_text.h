/* A compiled query as text, for the person who wrote it. */
#ifndef RP_SPARQL_ALGEBRA_TEXT_H
#define RP_SPARQL_ALGEBRA_TEXT_H

#include "base/buffer.h"
#include "sparql/algebra.h"

/* How a term is written: in full, or shortened. */
typedef struct RpAlgebraTermWriter {
    void (*write)(const void *state, RpBuffer *buffer, RpTermId id);
    const void *state;
} RpAlgebraTermWriter;

/*
 * Write the algebra as nested lists, a pattern on a line of its own, each line indented by so many
 * spaces and two more for each level. Names of variables are of the table; hidden ones are ?0, ?1,
 * …. Failures are the buffer's. Recursion is bounded by the algebra's depth.
 */
void rp_algebra_text_write(RpBuffer *buffer, const RpAlgebra *algebra, const RpTermTable *table,
                           const RpAlgebraTermWriter *terms, uint32_t indent);

#endif
