/*
 * What the files that read a shapes graph share while they do so. Not for others: they see
 * shape_reader.h (callers) and component.h (components).
 */
#ifndef RP_SHACL_SHAPE_READER_INTERNAL_H
#define RP_SHACL_SHAPE_READER_INTERNAL_H

#include "shacl/component.h"
#include "shacl/component_declaration.h"
#include "shacl/operand_signs.h"
#include "shacl/shape.h"
#include "shacl/shape_reader_options.h"

enum {
    /* RpShapeReader.marks. The first three: the term is a subclass, or the class itself, of … */
    RP_MARK_NODE_SHAPE = 1,     /* sh:NodeShape */
    RP_MARK_PROPERTY_SHAPE = 2, /* sh:PropertyShape */
    RP_MARK_CLASS = 4,          /* rdfs:Class, or owl:Class, which counts as a subclass of it */
    /* The term is a shape of which something is left out: */
    RP_MARK_LEFT_OUT = 8,   /* all of it */
    RP_MARK_WEAKENED = 16,  /* it, or what it refers to, asks for less than its text */
    RP_MARK_LESS_OPEN = 32, /* one of its properties, which sh:closed would allow */
    RP_MARK_EMPTIED = 64,   /* each of its constraints */
    /* The term is a subclass, or the class itself, of … */
    RP_MARK_COMPONENT = 128,        /* sh:ConstraintComponent */
    RP_MARK_ASK_VALIDATOR = 256,    /* sh:SPARQLAskValidator */
    RP_MARK_SELECT_VALIDATOR = 512, /* sh:SPARQLSelectValidator */
    RP_MARK_SPARQL_TARGET = 1024,   /* sh:SPARQLTarget */
    RP_MARK_PARAMETER = 2048,       /* a parameter of a component that the graph declares */
    RP_MARK_QUERY = 4096,           /* a constraint, validator or target is to have a query */
    RP_MARK_DECLARATION = 8192,     /* describes a parameter */

    RP_COMPONENT_NONE = 0xffff
};

/* What a shape lacks when a part of it is left out. */
typedef enum RpLoss {
    RP_LOSS_NONE,       /* nothing that decides whether a node conforms: a target, a message */
    RP_LOSS_CONSTRAINT, /* it asks for less */
    RP_LOSS_PROPERTY,   /* besides, a property that sh:closed allows and disjoint siblings know */
    RP_LOSS_SHAPE       /* all: which nodes its constraints are about is not known */
} RpLoss;

/* The state of reading one graph; on the stack of rp_shapes_read, its arrays in the arena. */
typedef struct RpShapeReader {
    RpShapes *shapes;
    const RpShapeReaderOptions *options;
    RpError *error;
    RpTermId highest_id;     /* when reading began: of the triples' terms. read may add others */
    uint16_t *marks;         /* by term id: RP_MARK_ bits */
    uint8_t *standings;      /* by term id, of predicates: see shape_terms.c */
    uint32_t *first_triples; /* by term id: index of its first triple as a subject, or of the next
                                subject's; two entries more, so that each range has an end */
    uint32_t *shape_of_node; /* by term id: index into shapes + 1; 0: no shape so far */
    uint32_t *sibling_of;    /* by term id: the last gathering of siblings that has it; NULL: no
                                   siblings so far */
    uint32_t gathering;      /* of siblings, from 1 */
    uint32_t sibling_count;  /* in all gatherings, each as often as it was met */
    uint64_t part_count;     /* members of lists and parts of paths, each as often as it was read */
    uint32_t *visits;        /* by term id: the last walk that came there; NULL: none so far */
    uint32_t walk;           /* number of the last walk, from 1 */
    uint64_t query_bytes;    /* of texts that were compiled and of the algebra of shapes' queries */
    RpDeclaredComponent *components; /* what the graph declares (SHACL, 6) */
    uint32_t component_count;
    uint32_t component_capacity;
    RpParameterUse *parameter_uses; /* of all of them, by predicate */
    uint32_t parameter_use_count;
    uint32_t parameter_use_capacity;
    uint32_t left_out_capacity; /* of RpShapes.left_out */
    bool has_cut_cycles;        /* constraints by which shapes refer to themselves were left out */

    /* By vocabulary id: the first component of a main parameter, or RP_COMPONENT_NONE. */
    uint16_t first_component[RP_VOCABULARY_END];
    uint16_t *next_component;             /* by component: the next one of the same parameter */
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

/* Count members of a list, or parts of a path, that a shape has. A text can have shapes share them,
 * so that a small one means many. RP_TOO_LARGE. */
RpStatus rp_shape_reader_add_parts(RpShapeReader *reader, RpTermId node, uint32_t count);

/* The index of a node as a shape, added to the end of the shapes (to be read later) when new. */
RpStatus rp_shape_reader_index(RpShapeReader *reader, RpTermId node, uint32_t *shape);

/*
 * What reading a part of a node's shape gave. Where the status is about the text and the options
 * say so, the reader's error is listed, as a finding or as what is left out, and RP_OK given; else
 * the status is. loss: what leaving the part out takes from the shape.
 */
RpStatus rp_shape_reader_note(RpShapeReader *reader, RpTermId node, RpStatus status, RpLoss loss);

static inline bool
rp_shape_reader_leaves_out(const RpShapeReader *reader, uint32_t shape)
{
    return (reader->marks[reader->shapes->shapes[shape].node] & RP_MARK_LEFT_OUT) != 0;
}

/* shape_left_out.c: list the reader's error, and mark the node as lacking something. */
RpStatus rp_shape_left_out_add(RpShapeReader *reader, RpTermId node, RpLoss loss);
/* shape_left_out.c: once all shapes are read, what else has to be left out for it. */
RpStatus rp_shape_left_out_spread(RpShapeReader *reader);
/* shape_left_out.c: leave out by what the shapes of a cycle negate each other. */
RpStatus rp_shape_left_out_negations(RpShapeReader *reader, const uint32_t *cycle, uint32_t count);

/* partner_parameters.c: syntax rules of parameters whose main parameter the shape lacks. */
RpStatus rp_partner_parameters_check(RpParameters *parameters);

/* shape_cycles.c: refuse cycles through negations and too deep nesting, number the other cycles. */
RpStatus rp_shape_cycles_find(RpShapeReader *reader);

/* shape_terms.c: RP_UNSUPPORTED for the first triple that uses SHACL beyond what is implemented,
 * wherever it stands. */
RpStatus rp_shape_terms_check(RpShapeReader *reader);
/* The same for a term on a shape that is not known at all, or means nothing there. */
RpStatus rp_shape_terms_check_shape(RpShapeReader *reader, RpTermId node);
/* Whether a predicate that is not implemented makes its subject a shape (sh:sparql). */
bool rp_shape_terms_make_shape(const RpShapeReader *reader, RpTermId predicate);
/* Whether a predicate is a term of SHACL's or DASH's namespace that is not known. */
bool rp_shape_terms_are_unknown(const RpShapeReader *reader, RpTermId predicate);

/* shape_terms.c: the same for a node that describes something for a shape, as a SPARQL constraint
 * does: what may stand there is refused, not noted. A type that is not known is warned of. */
RpStatus rp_shape_terms_check_part(const RpParameters *parameters, RpTermId node);

/* target_reader.c: the targets of a shape. is_class: it is an implicit class target too. */
RpStatus rp_shape_targets_read(RpParameters *parameters, bool is_class);

/* shape_classes.c: fill marks with classes, and RpShapes.subclasses where the options ask for them.
 */
RpStatus rp_shape_classes_mark(RpShapeReader *reader);

/* Add a constraint to the shape that is being read. */
RpStatus rp_shape_reader_add_constraint(RpParameters *parameters, const RpConstraint *constraint);

/* Whether a node is an instance of a class that has a mark. */
bool rp_shape_reader_is_instance(const RpShapeReader *reader, RpTermId node, uint16_t mark);

/* declared_component.c: read the components that the graph declares, and mark their parameters. */
RpStatus rp_declared_components_read(RpShapeReader *reader);
/* component_constraint.c: the constraints of a shape of such components. */
RpStatus rp_component_constraints_read(RpParameters *parameters);
/* parameter_value.c: once all shapes are read, refuse values that break what their parameters'
 * declarations ask. */
RpStatus rp_parameter_values_check(RpShapeReader *reader);

/* shape_order.c: drop the shapes that are left out whole, and put the others in the order of their
 * nodes. */
RpStatus rp_shape_order_apply(RpShapeReader *reader);

#endif
