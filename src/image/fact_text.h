/*
 * Facts of an image as text, with terms as the caller has them written. Shapes without a name
 * stand where they are referred to:
 *
 *     to be read             sh:not _:b2 [sh:path ex:p ; sh:in ( ex:b ex:a )]
 *     to be compared         not [path <http://ex/p> ; in <http://ex/a>, <http://ex/b>]
 */
#ifndef RP_IMAGE_FACT_TEXT_H
#define RP_IMAGE_FACT_TEXT_H

#include "image/fact.h"
#include "image/path_text.h"

typedef struct RpFactWriter {
    const RpImage *image;
    RpArena *arena;
    RpError *error;
    RpTermWriter terms;   /* N-Triples, unless the caller sets another */
    uint32_t depth_limit; /* of shapes within shapes */

    /*
     * For readers, to whom a shape without a name is known by its label: it is told once, with the
     * label, and by the label alone where it is met again, stands too deep, or is a root. Otherwise
     * texts are for comparing with those of another image, where labels and the order of ids are
     * others: no labels, lists and facts in the order of their texts, RP_TOO_DEEP.
     */
    bool has_labels;

    uint32_t depth; /* of the shape that is being told */
    bool *is_told;  /* by shape: it is being told, or, with labels, has been */
    bool *is_root;  /* by shape: it has a name or a target, or no constraint refers to it */
    uint32_t *told; /* with labels: the shapes as they were told, each once; whoever has looked at
                       them sets told_count to 0 */
    uint32_t told_count;
} RpFactWriter;

RpStatus rp_fact_writer_init(RpFactWriter *writer, const RpImage *image, uint32_t depth_limit,
                             RpArena *arena, RpError *error);

/* Begin and end to tell of a shape: its facts, and shapes within them. RP_TOO_DEEP. */
RpStatus rp_fact_enter(RpFactWriter *writer, uint32_t shape);
void rp_fact_leave(RpFactWriter *writer, uint32_t shape);

/* Whether a fact is sh:property with a shape that is to be told of in its place; sets which. */
bool rp_fact_has_property_shape(const RpFactWriter *writer, const RpFact *fact, uint32_t *shape);

void rp_fact_write_term(const RpFactWriter *writer, RpBuffer *buffer, RpTermId id);

/* The property of a fact: sh:minCount, or minCount. */
void rp_fact_write_property(const RpFactWriter *writer, RpBuffer *buffer, const RpFact *fact);

/* Its value; other shapes than those of sh:property are written out in brackets. */
RpStatus rp_fact_write_value(RpFactWriter *writer, RpBuffer *buffer, const RpFact *fact);

/*
 * Put separators between the items at the end of a buffer, from start on, each of which ends with a
 * zero byte. Without labels they are sorted, but for the first ones, as many as fixed.
 */
RpStatus rp_fact_join(const RpFactWriter *writer, RpBuffer *buffer, uint32_t start, uint32_t fixed,
                      const char *separator);

void rp_fact_sort(RpText *texts, uint32_t count);

#endif
