/* What the files that build an image share. Not for others: they see image_builder.h. */
#ifndef RP_IMAGE_IMAGE_BUILDER_INTERNAL_H
#define RP_IMAGE_IMAGE_BUILDER_INTERNAL_H

#include "image/image.h"

/* The building of one image; everything is in the arena. */
typedef struct RpImageBuilder {
    RpArena *arena;
    RpError *error;
    const RpShapes *shapes;
    RpDictionary *dictionary; /* of the shapes' graph */

    RpImagePrefix *prefixes; /* with ids of the dictionary */
    uint32_t prefix_count;
    RpImageLeftOut *left_out; /* with ids of the dictionary; as many as shapes->left_out */

    RpImageNumber *numbers; /* with ids of the dictionary */
    uint32_t number_count;
    bool reads_shapes_graph; /* some query does */

    /* By id of the dictionary: first whether the image uses the term, then its id there. Ids keep
     * their order, so that what is sorted by id stays so. */
    RpTermId *image_ids;
    uint64_t counts[RP_SECTION_COUNT]; /* elements of each section */

    char *bytes; /* the image */
    RpImageHeader *header;
    RpTermRecord *terms;
    uint8_t *reads;
    RpImageShape *shape_records;
    RpTarget *targets;
    RpImageConstraint *constraints;
    RpImageOperand *operands;
    RpImagePath *paths;
    uint32_t *ids;
    RpImageQuery *queries;
    RpAlgebraUnit *algebra;
    RpTriple *triples;
    char *strings;

    /* How many of each are written. */
    uint32_t target_count;
    uint32_t constraint_count;
    uint32_t operand_count;
    uint32_t path_count;
    uint32_t id_count;
    uint32_t query_count;
    uint32_t algebra_unit_count;
} RpImageBuilder;

/* A term that the image uses. */
static inline void
rp_image_use(RpImageBuilder *builder, RpTermId id)
{
    builder->image_ids[id] = 1;
}

/* image_queries.c: count a query, and the shapes graph with the first that reads it; mark terms. */
RpStatus rp_image_count_query(RpImageBuilder *builder, uint32_t query);
/* image_queries.c: write a query; returns its number in the image, which is of the order in which
 * they are written. */
uint32_t rp_image_write_query(RpImageBuilder *builder, uint32_t query);
/* image_queries.c: write the shapes graph, if a query reads it. */
void rp_image_write_triples(RpImageBuilder *builder);
/* image_queries.c: mark what the queries read; sets *reads_all where that is any predicate. */
void rp_image_mark_query_reads(const RpImage *image, uint8_t *reads, bool *reads_all);

/* image_count.c: the first pass. Count the elements of every section and mark the terms in use. */
RpStatus rp_image_count(RpImageBuilder *builder);

/* image_numbers.c: find the numeric datatypes that shapes ask for, and count their section. */
RpStatus rp_image_find_numbers(RpImageBuilder *builder);

/* image_terms.c: number the terms in use, and count their sections. */
RpStatus rp_image_number_terms(RpImageBuilder *builder);
/* image_terms.c: write the term records and their strings. */
RpStatus rp_image_write_terms(RpImageBuilder *builder);

#endif
