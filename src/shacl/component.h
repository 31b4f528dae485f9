/*
 * Constraint components: one line of the component table each, with a read function (parameters →
 * operands, when a policy is compiled) and a check function (value nodes → results, when data is
 * validated). Both are in src/components/, and reached only through rp_component_table. SHACL
 * Recommendation, section 4 and 3.4.
 */
#ifndef RP_SHACL_COMPONENT_H
#define RP_SHACL_COMPONENT_H

#include "shacl/shape.h"

struct RpEvaluation; /* validate/evaluation.h */
struct RpCheck;

enum {
    RP_COMPONENT_OTHER_PARAMETERS = 3,

    /* Flags. */
    RP_COMPONENT_PROPERTY_ONLY = 1, /* ill-formed on a node shape */
    RP_COMPONENT_SINGLE = 2,        /* at most one value of the parameter */
    RP_COMPONENT_READS_TYPES = 4,   /* reads which value nodes are instances of the class that is
                                       its first operand; one fewer may violate, one more never */
    RP_COMPONENT_READS_OPERAND = 8, /* reads the objects of the focus node by the predicate that is
                                       its first operand; they matter as the value nodes do */
    RP_COMPONENT_READS_ALL = 16,    /* reads every triple of the value nodes, but for predicates of
                                       its first operand; one more may violate, one fewer never */
    RP_COMPONENT_HAS_DETAILS = 32,  /* the operands are shapes; a result has as its details those of
                                       its value by the shapes that it does not conform to; the
                                       result's count is the number of the others */
    /* What a change of the set of value nodes can do. Neither flag: all of it may violate. */
    RP_COMPONENT_BY_MORE = 64,            /* only a value node more can violate, one fewer never */
    RP_COMPONENT_BY_FEWER = 128,          /* only one fewer */
    RP_COMPONENT_QUALIFIED_DETAILS = 256, /* a result has as its details those of all value nodes by
                                            the shape that is the second operand */
    RP_COMPONENT_PASSES_ON = 512,  /* its results are those of the shape that is its operand */
    RP_COMPONENT_ASKS_QUERY = 1024 /* its first operand is a query, its second the node that results
                                      name (of the constraint, or the component), its third messages
                                      of its own, and all others are values of parameters */
};

enum { RP_QUERY_OPERANDS = 3 }; /* those before the values of parameters */

/*
 * The parameters of one shape, while it is read: what a component's read function is given, to ask
 * and to complain about by the rp_parameters_… calls (parameters.c). One for each shape, on the
 * stack of shape_reader.c.
 */
typedef struct RpParameters {
    RpShapes *shapes;
    uint32_t shape;         /* index of the shape that is being read: shapes->shapes may move */
    RpVocabulary parameter; /* the parameter that is being read */
    RpError *error;
    void *reader; /* of shape_reader */
} RpParameters;

typedef struct RpComponent {
    RpVocabulary iri;       /* sh:…ConstraintComponent */
    RpVocabulary parameter; /* each value of it makes one constraint; RP_VOCABULARY_NONE: what does
                               is declared in the shapes graph (SHACL, 6.2), and there is no read */
    RpVocabulary
        others[RP_COMPONENT_OTHER_PARAMETERS]; /* further parameters that read asks for; 0: none */
    uint32_t flags;
    /*
     * The operands that read makes and check relies on, which image_check verifies: t a term (0
     * allowed: absent), i an integer, T a list of terms, s a shape, q a query; a last * repeats the
     * letter before it any number of times.
     */
    const char *operands;

    const char *violation_type; /* the code of reports: MIN_LENGTH_VIOLATION */

    /*
     * The default message: what a person reads who does not know the shape. validate/message.h
     * lists the placeholders that it may hold.
     */
    const char *message;

    /*
     * Make the operands of one value of the parameter (constraint->component is set; operands in
     * shapes->arena). Sets *is_void where the value makes no constraint (sh:uniqueLang false).
     * RP_ILL_FORMED through rp_parameters_fail.
     */
    RpStatus (*read)(RpParameters *parameters, RpTermId value, RpConstraint *constraint,
                     bool *is_void);

    /* Check the value nodes of one focus node; each violation goes to rp_evaluation_report. */
    RpStatus (*check)(struct RpEvaluation *evaluation, const struct RpCheck *check);
} RpComponent;

/* The component of all constraints of components that are declared in a shapes graph. */
enum { RP_COMPONENT_DECLARED = 30 };

/* Index = component id, which images hold: lines are never reordered, new ones go to the end. */
extern const RpComponent rp_component_table[];
extern const uint32_t rp_component_count;

/* For read functions. The dictionary, graph and arena are shapes->graph's and shapes->arena. */

/* One operand more on a constraint, cleared; NULL: no memory (use rp_arena_failure). */
RpOperand *rp_parameters_operand(RpParameters *parameters, RpConstraint *constraint,
                                 RpOperandKind kind);
/* An xsd:integer literal, of any sign; RP_ILL_FORMED for anything else. "1"^^xsd:int is
 * ill-formed. */
RpStatus rp_parameters_integer(RpParameters *parameters, RpTermId value, int64_t *integer);
/* A literal xsd:boolean. Sets true for "true" only: SHACL does not count "1" (the test suite's
 * uniqueLang-002). */
RpStatus rp_parameters_boolean(RpParameters *parameters, RpTermId value, bool *boolean);
/* An IRI. */
RpStatus rp_parameters_iri(RpParameters *parameters, RpTermId value);
/* The members of an RDF list. */
RpStatus rp_parameters_list(RpParameters *parameters, RpTermId value, RpTermId **members,
                            uint32_t *count);
/* The index of a node used as a shape; its own reading happens later. must_be_property: it must
 * have a sh:path. */
RpStatus rp_parameters_shape(RpParameters *parameters, RpTermId value, bool must_be_property,
                             uint32_t *shape);
/*
 * Gather the siblings of the shape: begin, then add each property shape that is met. *is_new: it
 * had not been added since. n siblings meet each other n * n times, and as often for each parent
 * that they share: RP_TOO_LARGE where all of the text do so more than RP_SIBLING_LIMIT times.
 */
RpStatus rp_parameters_begin_siblings(RpParameters *parameters);
RpStatus rp_parameters_add_sibling(RpParameters *parameters, RpTermId property, bool *is_new);
/* sparql_constraint.c: a SPARQL-based constraint, a value of sh:sparql. Operands: the query, the
 * constraint's node, its messages. RP_ILL_FORMED, RP_UNSUPPORTED, limits. */
RpStatus rp_sparql_constraint_read(RpParameters *parameters, RpTermId value,
                                   RpConstraint *constraint, bool *is_void);
/* All values of another parameter of the same shape. */
RpTripleRange rp_parameters_values(const RpParameters *parameters, RpVocabulary parameter);
/*
 * RP_ILL_FORMED that names the shape, the parameter and the value, with the position of the shape:
 * "shape <S>: sh:minCount " and then the format, which therefore reads "must be an IRI". Value 0:
 * none. rule: the Recommendation's name of the broken syntax rule, "-datatype" for the one that
 * starts with the parameter's name ("minCount-datatype"); NULL: a rule without a name.
 */
RpStatus rp_parameters_fail(RpParameters *parameters, const char *rule, RpTermId value,
                            const char *format, ...) RP_PRINTF(4, 5);
/* The same with another status (RP_UNSUPPORTED, RP_TOO_LARGE). */
RpStatus rp_parameters_refuse(RpParameters *parameters, RpStatus status, const char *rule,
                              RpTermId value, const char *format, ...) RP_PRINTF(5, 6);

#endif
