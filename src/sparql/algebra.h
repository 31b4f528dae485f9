/*
 * A compiled query: a block of bytes without pointers, which stands in an image and is checked
 * there (algebra_check.h). Its layout:
 *
 *     RpAlgebraHeader
 *     prebound   uint32_t   the variable of each name that the compiler was given
 *     variables  uint32_t   index into terms plus 1 of the name, an xsd:string; 0: a hidden one
 *     terms      RpTermId   ids of the dictionary that the constants are of
 *     nodes      RpAlgebraNode
 *
 * The nodes are one tree in post-order: a node stands directly behind its children's subtrees, and
 * the last node is the root. So a tree needs no indexes, and has neither loops nor shared parts.
 */
#ifndef RP_SPARQL_ALGEBRA_H
#define RP_SPARQL_ALGEBRA_H

#include "rdf/term_table.h"

enum {
    RP_ALGEBRA_FORMAT = 1,
    RP_ALGEBRA_VARIABLE_LIMIT = 2000,
    RP_ALGEBRA_NODE_LIMIT = 1 << 16,
    RP_ALGEBRA_DEPTH_LIMIT = 512 /* levels of the tree */
};

#define RP_ALGEBRA_NO_LIMIT UINT32_MAX

/* SPARQL 1.1, section 18.2 and 18.4. What a node's value, detail and children are. */
typedef enum RpAlgebraKind {
    /* Terms. */
    RP_ALGEBRA_CONSTANT = 1, /* value: index into terms */
    RP_ALGEBRA_VARIABLE,     /* value: the variable */
    RP_ALGEBRA_UNDEFINED,    /* UNDEF in a row of VALUES */

    /* Paths (9.1), where they are more than triples: constants are predicates. */
    RP_ALGEBRA_INVERSE,
    RP_ALGEBRA_SEQUENCE,
    RP_ALGEBRA_ALTERNATIVE,
    RP_ALGEBRA_ZERO_OR_MORE,
    RP_ALGEBRA_ONE_OR_MORE,
    RP_ALGEBRA_ZERO_OR_ONE,
    RP_ALGEBRA_NEGATED, /* children: constants and inverses of constants */

    /* Patterns. */
    RP_ALGEBRA_TRIPLE,    /* subject, predicate, object: constants or variables */
    RP_ALGEBRA_PATH,      /* subject, path, object */
    RP_ALGEBRA_BGP,       /* any number of the two above */
    RP_ALGEBRA_JOIN,      /* patterns */
    RP_ALGEBRA_LEFT_JOIN, /* two patterns, then conditions */
    RP_ALGEBRA_UNION,     /* patterns */
    RP_ALGEBRA_FILTER,    /* a pattern, then conditions */
    RP_ALGEBRA_EXTEND,    /* a pattern and an expression; value: the variable */
    RP_ALGEBRA_VALUES,    /* value: number of columns; variables, then the rows' cells;
                              detail: number of rows, where there are no columns */
    RP_ALGEBRA_GRAPH,     /* a pattern, matched in the shapes graph */
    RP_ALGEBRA_GROUP,     /* a pattern, then bindings (the keys), then aggregates; detail: 1 where
                              the query has GROUP BY */
    RP_ALGEBRA_BINDING,   /* an expression; value: the variable */
    RP_ALGEBRA_AGGREGATE, /* an expression (none: COUNT(*)), GROUP_CONCAT's separator; value: the
                              variable; detail: RpAggregate, plus RP_AGGREGATE_DISTINCT */
    RP_ALGEBRA_ORDER,     /* a pattern, then keys */
    RP_ALGEBRA_ORDER_KEY, /* an expression; detail: 1 descending */
    RP_ALGEBRA_PROJECT,   /* a pattern, then variables */
    RP_ALGEBRA_DISTINCT,  /* a pattern */
    RP_ALGEBRA_OFFSET,    /* a pattern; value: how many */
    RP_ALGEBRA_LIMIT,     /* a pattern; value: how many */

    /* Expressions (17). */
    RP_ALGEBRA_CALL,   /* value: RpFunctionId; arguments */
    RP_ALGEBRA_EXISTS, /* a pattern; detail: 1 NOT EXISTS */
    RP_ALGEBRA_KIND_END
} RpAlgebraKind;

typedef enum RpAggregate {
    RP_AGGREGATE_COUNT = 0,
    RP_AGGREGATE_SUM,
    RP_AGGREGATE_MIN,
    RP_AGGREGATE_MAX,
    RP_AGGREGATE_AVG,
    RP_AGGREGATE_SAMPLE,
    RP_AGGREGATE_GROUP_CONCAT,
    RP_AGGREGATE_END,
    RP_AGGREGATE_DISTINCT = 16
} RpAggregate;

enum { /* RpAlgebraHeader.flags */
       RP_ALGEBRA_IS_ASK = 1,
       RP_ALGEBRA_READS_ALL = 2, /* triples of any predicate */
       RP_ALGEBRA_USES_NOW = 4,
       RP_ALGEBRA_HAS_VALUES = 8,
       RP_ALGEBRA_FLAGS = 15
};

typedef struct RpAlgebraHeader {
    uint32_t format;
    uint32_t size; /* bytes of the whole, a multiple of 8 */
    uint32_t flags;
    uint32_t prebound_count;
    uint32_t variable_count;
    uint32_t term_count;
    uint32_t node_count;
    uint32_t reserved; /* 0 */
} RpAlgebraHeader;

typedef struct RpAlgebraNode {
    uint8_t kind; /* RpAlgebraKind */
    uint8_t detail;
    uint16_t depth; /* levels of its subtree */
    uint32_t value;
    uint32_t child_count;
    uint32_t size; /* nodes of its subtree, itself included */
} RpAlgebraNode;

/* A view of a compiled query's bytes, which must outlive it. */
typedef struct RpAlgebra {
    const RpAlgebraHeader *header;
    const uint32_t *prebound;
    const uint32_t *variables;
    const RpTermId *terms;
    const RpAlgebraNode *nodes;
} RpAlgebra;

/* The view of bytes (8-aligned) that are checked (algebra_check.h). */
void rp_algebra_open(const void *bytes, RpAlgebra *algebra);

/* The bytes of a query with so many elements. */
uint64_t rp_algebra_size(const RpAlgebraHeader *header);

static inline uint32_t
rp_algebra_root(const RpAlgebra *algebra)
{
    return algebra->header->node_count - 1;
}

/* Set children to the indexes of a node's children, in order: there are child_count. */
void rp_algebra_children(const RpAlgebra *algebra, uint32_t node, uint32_t *children);

static inline bool
rp_algebra_is_ask(const RpAlgebra *algebra)
{
    return (algebra->header->flags & RP_ALGEBRA_IS_ASK) != 0;
}

#endif
