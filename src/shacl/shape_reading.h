/*
 * What the files that read a shapes graph share while they do so. Not for others: they see
 * shape_reader.h (callers) and component.h (components).
 */
#ifndef RP_SHACL_SHAPE_READING_H
#define RP_SHACL_SHAPE_READING_H

#include "shacl/component.h"
#include "shacl/shape_reader.h"

enum {
    /* RpShapeReader.marks. The first three: the term is a subclass, or the class itself, of … */
    RP_MARK_NODE_SHAPE = 1,     /* sh:NodeShape */
    RP_MARK_PROPERTY_SHAPE = 2, /* sh:PropertyShape */
    RP_MARK_CLASS = 4,          /* rdfs:Class, or owl:Class, which counts as a subclass of it */
    RP_MARK_BROKEN = 8,         /* the term is a shape that is left out */
    RP_MARK_WEAKENED = 16,      /* the term is a shape that asks for less than its text */

    RP_COMPONENT_NONE = 0xffff
};

/* One reading of one graph; on the stack of rp_shapes_read, its arrays in the arena. */
typedef struct RpShapeReader {
    RpShapes *shapes;
    const RpShapeReaderOptions *options;
    RpError *error;
    RpTermId highest_id;      /* when reading began: of the triples' terms. read may add others */
    uint8_t *marks;           /* by term id: RP_MARK_ bits */
    uint8_t *judgements;      /* by term id, of predicates: see shape_terms.c */
    uint32_t *first_triples;  /* by term id: index of its first triple as a subject, or of the next
                                subject's; two entries more, so that each range has an end */
    uint32_t *shape_of_node;  /* by term id: index into shapes + 1; 0: no shape so far */
    uint32_t broken_capacity; /* of RpShapes.broken */

    /* By vocabulary id: the first component of a main parameter, or RP_COMPONENT_NONE. */
    uint16_t first_component[RP_VOCABULARY_END];
    bool is_parameter[RP_VOCABULARY_END]; /* main or other parameter of some component */
} RpShapeReader;

/* All triples of a subject, without a search. */
static inline RpTripleRange
rp_shape_reader_triples(const RpShapeReader *reader, RpTermId subject)
{
    const RpTriple *triples = reader->shapes->graph->graph.by_subject;

    return (RpTripleRange){triples + reader->first_triples[subject],
                           triples + reader->first_triples[subject + 1]};
}

/* The values of a predicate of a subject. */
RpTripleRange rp_shape_reader_values(const RpShapeReader *reader, RpTermId subject,
                                     RpTermId predicate);

/* The index of a node as a shape, added to the end of the shapes (to be read later) when new. */
RpStatus rp_shape_reader_index(RpShapeReader *reader, RpTermId node, uint32_t *shape);

/*
 * What reading a part of a node's shape gave. Where findings are collected and the status is about
 * the text, lists the reader's error and gives RP_OK; else gives the status.
 */
RpStatus rp_shape_reader_note(RpShapeReader *reader, RpTermId node, RpStatus status);

/* shape_broken.c: list a shape as broken, with the reader's error, and forget its constraints. */
RpStatus rp_shape_reader_break(RpShapeReader *reader, uint32_t shape);

static inline bool
rp_shape_reader_is_broken(const RpShapeReader *reader, uint32_t shape)
{
    return (reader->marks[reader->shapes->shapes[shape].node] & RP_MARK_BROKEN) != 0;
}

/* shape_broken.c: once all shapes are read, what the broken ones take with them. */
RpStatus rp_shape_broken_spread(RpShapeReader *reader);

/* partner_parameters.c: syntax rules of parameters whose main parameter the shape lacks. */
RpStatus rp_partner_parameters_check(RpReading *reading);

enum {
    RP_SIGN_PLAIN = 1,  /* where more nodes conform to the operand, more conform to the shape */
    RP_SIGN_NEGATED = 2 /* … fewer do. Both: neither holds */
};

/* shape_cycles.c: the signs of an operand, which is a shape, of a parameter's constraint. */
uint8_t rp_shape_operand_signs(RpVocabulary parameter, uint32_t operand);

/* shape_cycles.c: refuse cycles through negations and too deep nesting, number the other cycles. */
RpStatus rp_shape_cycles_find(RpShapeReader *reader);

/* shape_terms.c: RP_UNSUPPORTED for the first triple that uses SHACL beyond what is implemented. */
RpStatus rp_shape_terms_check(RpShapeReader *reader);
/* The same for a term on a shape that is not known at all. */
RpStatus rp_shape_terms_check_shape(RpShapeReader *reader, RpTermId node);

/* shape_classes.c: fill marks with classes, and RpShapes.subclasses where the options ask for them.
 */
RpStatus rp_shape_classes_mark(RpShapeReader *reader);

/* shape_order.c: leave broken shapes out, and put the others in the order of their nodes. */
RpStatus rp_shape_order_settle(RpShapeReader *reader);

#endif
