/*
 * Shapes as a tree (AST): what shape_reader makes of a shapes graph and image_builder flattens.
 * Everything lives in one arena. SHACL Recommendation, sections 2 (shapes, targets, paths) and 4
 * (constraint components).
 */
#ifndef RP_SHACL_SHAPE_H
#define RP_SHACL_SHAPE_H

#include "shacl/shapes_graph.h"

typedef enum RpPathKind {
    RP_PATH_PREDICATE = 1,
    RP_PATH_INVERSE, /* one part */
    RP_PATH_SEQUENCE,
    RP_PATH_ALTERNATIVE,
    RP_PATH_ZERO_OR_MORE, /* one part, as the two below */
    RP_PATH_ONE_OR_MORE,
    RP_PATH_ZERO_OR_ONE
} RpPathKind;

typedef struct RpPath RpPath;

struct RpPath {
    RpPathKind kind;
    RpTermId predicate; /* of RP_PATH_PREDICATE, else 0 */
    RpPath **parts;
    uint32_t part_count;
};

typedef enum RpTargetKind {
    RP_TARGET_NODE = 1,
    RP_TARGET_CLASS, /* sh:targetClass and implicit class targets */
    RP_TARGET_SUBJECTS_OF,
    RP_TARGET_OBJECTS_OF,
    RP_TARGET_QUERY /* SHACL Advanced Features, section 3.1 (sh:SPARQLTarget) */
} RpTargetKind;

typedef struct RpTarget {
    RpTargetKind kind;
    RpTermId term; /* of RP_TARGET_QUERY: index of the query + 1 */
} RpTarget;

/*
 * A query of the shapes graph: of a SPARQL constraint, a validator or a target. What may be bound
 * before, by its position in the algebra's prebound names (SHACL Recommendation, sections 5.3.1 and
 * 6.2.3): the first three in all queries but targets, which have none; behind them in an ASK the
 * value node; in a component's validator then its parameters, in the order of their operands.
 */
enum {
    RP_QUERY_THIS = 0,
    RP_QUERY_CURRENT_SHAPE,
    RP_QUERY_SHAPES_GRAPH,
    RP_QUERY_PARAMETERS,                 /* the first, in a SELECT */
    RP_QUERY_VALUE = RP_QUERY_PARAMETERS /* in an ASK: there the first parameter is one further */
};

typedef struct RpShapeQuery {
    RpTermId node; /* the constraint, validator or target that has it */
    RpText bytes;  /* its algebra (sparql/algebra.h), over the graph's dictionary */
} RpShapeQuery;

typedef enum RpOperandKind {
    RP_OPERAND_TERM = 1, /* one term; 0 where an optional parameter is absent */
    RP_OPERAND_INTEGER,
    RP_OPERAND_TERMS, /* a set of terms: sorted by id, without duplicates, once it is read */
    RP_OPERAND_SHAPE, /* index into RpShapes.shapes */
    RP_OPERAND_QUERY  /* index into RpShapes.queries */
} RpOperandKind;

typedef struct RpOperand {
    RpOperandKind kind;
    RpTermId term;
    int64_t integer;
    uint32_t shape;
    uint32_t query;
    RpTermId *terms;
    uint32_t term_count;
} RpOperand;

enum {
    RP_OPERAND_LIMIT = 1 << 20,    /* of one constraint: list members of sh:and and the like */
    RP_SIBLING_LIMIT = 1 << 20,    /* of all shapes that are disjoint from their siblings */
    RP_SHARED_PART_LIMIT = 1 << 22 /* members of lists and parts of paths that are read again, since
                                      several shapes share them */
};

/* One value of one parameter: component says which, operands are what its read function made. */
typedef struct RpConstraint {
    uint32_t component; /* index into rp_component_table */
    RpOperand *operands;
    uint32_t operand_count;
} RpConstraint;

typedef struct RpShape {
    RpTermId node;
    RpPath *path;      /* NULL: a node shape */
    RpTermId severity; /* default sh:Violation */
    bool is_deactivated;
    RpTermId *messages; /* sh:message literals */
    uint32_t message_count;
    uint32_t cycle;    /* number of the cycle of shapes that it is part of, from 1; 0: of none */
    bool is_inverted;  /* stands an odd number of negations away from its cycle's first shape */
    RpTarget *targets; /* without duplicates */
    uint32_t target_count;
    RpConstraint *constraints;
    uint32_t constraint_count;
    uint32_t constraint_capacity;
} RpShape;

/*
 * A part of the text that is left out, where the caller asked for that: a constraint, a target, a
 * message, or a whole shape. The error's message names it and says why.
 */
typedef struct RpLeftOut {
    RpTermId node; /* whose part it is */
    uint32_t line; /* 0: unknown */
    uint32_t column;
    RpText message;
    RpText detail;
} RpLeftOut;

enum {
    RP_FINDING_LIMIT = 1000 /* findings that are listed */
};

/* What is wrong with a shapes graph, or worth a warning, where the caller asked for all of it. */
typedef struct RpFinding {
    RpTermId node; /* 0: it is about the whole */
    bool is_warning;
    RpError error; /* of warnings, rule is a code of ours */
} RpFinding;

typedef struct RpSubclass {
    RpTermId subclass;
    RpTermId superclass;
} RpSubclass;

/* A pattern that was compiled: many shapes have the same one. */
typedef struct RpCompiledPattern {
    RpTermId pattern; /* 0: none */
    RpTermId flags;   /* 0: without */
    RpTermId program;
} RpCompiledPattern;

enum { RP_COMPILED_PATTERN_COUNT = 16 };

typedef struct RpShapes {
    RpArena *arena;
    RpShapesGraph *graph;
    RpShape *shapes; /* in the order in which their nodes are first named */
    uint32_t shape_count;
    uint32_t shape_capacity;
    RpShapeQuery *queries;
    uint32_t query_count;
    uint32_t query_capacity;
    RpSubclass *subclasses; /* rdfs:subClassOf of the shapes text, where it counts for data; sorted
                               by superclass, then subclass */
    uint32_t subclass_count;
    RpLeftOut *left_out; /* in the order of their nodes */
    uint32_t left_out_count;
    RpFinding *findings;
    uint32_t finding_capacity;
    uint32_t finding_count; /* up to RP_FINDING_LIMIT are listed */
    bool has_errors;        /* a finding is no warning */
    bool requires_focus;    /* data without a focus node does not conform: an option, set by who has
                               read the shapes */
    RpTermId label;         /* owl:versionInfo of the graph's owl:Ontology, 0: none */
    RpCompiledPattern patterns[RP_COMPILED_PATTERN_COUNT]; /* lately, each at one place */
} RpShapes;

#endif
