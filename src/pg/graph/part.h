/* Judging a part of a graph in tables, through its indexes. */
#ifndef RP_PG_PART_H
#define RP_PG_PART_H

#include "pg/judge/judgement.h"
#include "pg/graph/graph_reader.h"

/* Which part. */
typedef struct RpStoredPart {
    RpStoredData data;
    const RpTerm *shape; /* NULL: all shapes */
    const RpTerm *focus; /* NULL: the focus nodes that the targets find */
    uint32 focus_count;
    uint32 limit; /* of focus nodes */
} RpStoredPart;

/*
 * RpDataSource.validate: of an RpStoredPart. Reads what the evaluation of its focus nodes reads,
 * and no more. RP_TOO_LARGE over rdfpolicy.max_triples.
 */
RpStatus rp_part_validate(const void *stored, RpText policy, RpDataGraph *data, RpReport *report,
                          RpError *error);

/* The shapes of an image that have a name (NULL: any) and can have focus nodes, in the current
 * memory context. */
uint32 *rp_part_shapes(const RpImage *image, const RpTerm *name, uint32 *count);

/* ERROR 42704 unless some policy of a selection has a shape of this name that has targets. */
void rp_part_require_shape(const RpPolicySelection *selection, const RpTerm *shape);

#endif
