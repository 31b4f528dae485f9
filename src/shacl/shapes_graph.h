/*
 * A shapes graph as it is read: its triples, its prefixes, and where in the text each subject was
 * first named, so that an error about a shape can say its line and column.
 */
#ifndef RP_SHACL_SHAPES_GRAPH_H
#define RP_SHACL_SHAPES_GRAPH_H

#include "rdf/graph.h"
#include "rdf/turtle_reader.h"

typedef struct RpPrefix {
    RpText prefix;
    RpText namespace_iri;
} RpPrefix;

typedef struct RpShapesGraph {
    RpArena *arena;
    RpDictionary dictionary; /* without a base */
    RpGraph graph;
    RpPosition *positions; /* of the term with id i at positions[i]; line 0: unknown */
    uint32_t position_capacity;
    RpPrefix *prefixes; /* as declared, the last declaration of a prefix wins */
    uint32_t prefix_count;
    uint32_t prefix_capacity;
} RpShapesGraph;

/* An empty graph; everything is in the arena. */
void rp_shapes_graph_init(RpShapesGraph *graph, RpArena *arena);

/* Add one triple, with where it stands (line 0: nowhere). What the rule form uses. */
RpStatus rp_shapes_graph_add(RpShapesGraph *graph, const RpTerm *subject, const RpTerm *predicate,
                             const RpTerm *object, RpPosition position, RpError *error);

/* Add a Turtle document. Errors as rp_turtle_read. */
RpStatus rp_shapes_graph_read_turtle(RpShapesGraph *graph, RpText document,
                                     const RpTurtleOptions *options, RpError *error);

#endif
