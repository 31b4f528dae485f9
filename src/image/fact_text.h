/*
 * Facts of an image as text, with terms as the caller has them written.
 *
 * A shape is known by its name. Those that have none, and are used by one constraint only, stand
 * where they are used: as the value of sh:property in their turn, else in brackets:
 *
 *     sh:not [sh:path <http://ex/p> ; sh:in ( <http://ex/a> <http://ex/b> )]
 *
 * So a shape is told once. Only an author who has written a label can use a shape twice: then the
 * label is its name, as it is of shapes that have a target or refer to themselves.
 */
#ifndef RP_IMAGE_FACT_TEXT_H
#define RP_IMAGE_FACT_TEXT_H

#include "image/fact.h"
#include "image/path_text.h"

typedef struct RpFactWriter {
    const RpImage *image;
    RpArena *arena;
    RpError *error;
    RpTermWriter terms; /* N-Triples, unless the caller sets another */

    /*
     * For comparing with the texts of another image, whose labels and order of ids are others:
     * lists and the facts in brackets are sorted, and a shape that is used twice stands in both
     * places, without its label.
     */
    bool is_to_compare;
    uint8_t *states; /* by shape: whether it has a name, or is being told */
} RpFactWriter;

RpStatus rp_fact_writer_init(RpFactWriter *writer, const RpImage *image, bool is_to_compare,
                             RpArena *arena, RpError *error);

/* Whether a shape is told under its name. */
bool rp_fact_is_named(const RpFactWriter *writer, uint32_t shape);

/* Whether a fact is a sh:property whose shape is told in its place; sets which. */
bool rp_fact_is_nested(const RpFactWriter *writer, const RpFact *fact, uint32_t *shape);

/* Where a fact is told: how many sh:property deep, and the way there. */
typedef struct RpFactPlace {
    uint32_t depth;
    RpText path; /* from the shape with the name; empty there */
} RpFactPlace;

/* Told of each fact; may write it. */
typedef struct RpFactReader {
    RpStatus (*read)(void *state, const RpFactPlace *place, const RpFact *fact);
    void *state;
} RpFactReader;

/* Tell of a shape's facts, and, behind a nested sh:property, of those of its shape. RP_TOO_DEEP. */
RpStatus rp_fact_walk(RpFactWriter *writer, uint32_t shape, const RpFactReader *reader);

void rp_fact_write_term(const RpFactWriter *writer, RpBuffer *buffer, RpTermId id);

/* A property of SHACL's: sh:minCount. */
void rp_fact_write_property(RpBuffer *buffer, RpVocabulary property);

/* Its value. RP_TOO_DEEP. */
RpStatus rp_fact_write_value(RpFactWriter *writer, RpBuffer *buffer, const RpFact *fact);

/* Put separators between the items at the end of a buffer, from start on, each of which ends with a
 * zero byte. Those behind the first ones, as many as fixed, are sorted where it is to compare. */
RpStatus rp_fact_join(const RpFactWriter *writer, RpBuffer *buffer, uint32_t start, uint32_t fixed,
                      const char *separator);

#endif
