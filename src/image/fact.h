/*
 * What the shapes of an image say, fact by fact, and as text. Whoever tells of compiled shapes goes
 * through here: the explanation of a policy, the difference of two versions, the list of shapes.
 *
 * A shape is known by its name. Those that have none, and are used by one constraint only, stand
 * where they are used: as the value of sh:property in their turn, else in brackets:
 *
 *     sh:not [sh:path <http://ex/p> ; sh:in ( <http://ex/a> <http://ex/b> )]
 *
 * So a shape is told once. Only an author who has written a label can use a shape twice: then the
 * label is its name, as it is of shapes that have a target.
 */
#ifndef RP_IMAGE_FACT_H
#define RP_IMAGE_FACT_H

#include "image/path_text.h"

typedef enum RpFactKind {
    RP_FACT_DEACTIVATED = 0, /* or not: is_default */
    RP_FACT_TARGET,
    RP_FACT_PATH,
    RP_FACT_CONSTRAINT,
    RP_FACT_SEVERITY,
    RP_FACT_MESSAGES
} RpFactKind;

typedef struct RpFact {
    RpFactKind kind;
    RpVocabulary property;     /* sh:deactivated, sh:targetClass, sh:path, sh:minCount, … */
    bool is_default;           /* said by nobody */
    const RpImageShape *shape; /* whose fact it is; has the path, severity and messages */
    const RpTarget *target;    /* of RP_FACT_TARGET, else NULL */
    const RpImageConstraint *constraint; /* of RP_FACT_CONSTRAINT, else NULL */
} RpFact;

/*
 * A shape's fact by its number, from 0; false: it has no more. They come in the order of
 * RpFactKind; a node shape has no path, and messages are one fact, where there are any.
 *
 *     for (uint32_t i = 0; rp_fact_get(image, shape, i, &fact); i++)
 */
bool rp_fact_get(const RpImage *image, uint32_t shape, uint32_t number, RpFact *fact);

/* Writes facts, with terms as the caller has them written. */
typedef struct RpFactWriter {
    const RpImage *image;
    RpArena *arena;
    RpError *error;
    RpTermWriter terms; /* N-Triples, unless the caller sets another */

    /*
     * For comparing with the texts of another image, whose labels and order of ids are others:
     * lists and the facts in brackets are sorted, and a shape that is used twice stands in both
     * places, without its label, unless it refers to itself.
     */
    bool is_to_compare;
    uint8_t *states; /* by shape: whether it has a name, or is being told */
} RpFactWriter;

RpStatus rp_fact_writer_init(RpFactWriter *writer, const RpImage *image, bool is_to_compare,
                             RpArena *arena, RpError *error);

/* Whether a shape is told under its name: of the first round those that have one, of the second
 * those that nobody has told of yet, which only use each other. */
bool rp_fact_is_root(const RpFactWriter *writer, uint32_t shape, bool is_first_round);

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
