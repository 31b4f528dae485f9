/*
 * A shapes graph as it is read: its triples, its prefixes, and where in the text each subject was
 * first named, so that an error about a shape can say its line and column. Of queries, where their
 * texts stand, so that an error within one can.
 */
#ifndef RP_SHACL_SHAPES_GRAPH_H
#define RP_SHACL_SHAPES_GRAPH_H

#include "rdf/graph.h"
#include "rdf/turtle_reader.h"

typedef struct RpPrefix {
    RpText prefix;
    RpText namespace_iri;
} RpPrefix;

/* Where the text of a query stands: a literal of sh:select or sh:ask in a Turtle document. */
typedef struct RpQueryPlace {
    RpTermId subject;
    RpTermId literal;
    RpText document;
    RpPosition position;
} RpQueryPlace;

typedef struct RpShapesGraph {
    RpArena *arena;
    RpDictionary dictionary; /* without a base */
    RpGraph graph;
    RpPosition *positions; /* of the term with id i at positions[i]; line 0: unknown */
    uint32_t position_capacity;
    RpPrefix *prefixes; /* as declared, the last declaration of a prefix wins */
    uint32_t prefix_count;
    uint32_t prefix_capacity;
    RpText document; /* the Turtle document that is being read, or was last */
    RpText base_iri; /* at its end; empty: it has none. What relative IRIs of queries are of */
    RpQueryPlace *query_places;
    uint32_t query_place_count;
    uint32_t query_place_capacity;
} RpShapesGraph;

/* An empty graph; everything is in the arena. */
void rp_shapes_graph_init(RpShapesGraph *graph, RpArena *arena);

/* Add one triple, with where it stands (line 0: nowhere). What the rule form uses. */
RpStatus rp_shapes_graph_add(RpShapesGraph *graph, const RpTerm *subject, const RpTerm *predicate,
                             const RpTerm *object, RpPosition position, RpError *error);

/* Add a Turtle document, which must outlive the graph: errors show lines of it. Errors as
 * rp_turtle_read. */
RpStatus rp_shapes_graph_read_turtle(RpShapesGraph *graph, RpText document,
                                     const RpTurtleOptions *options, RpError *error);

/* Where the text of a query stands, by the triple that has it; NULL: not in a Turtle document. */
const RpQueryPlace *rp_shapes_graph_query_place(const RpShapesGraph *graph, RpTermId subject,
                                                RpTermId literal);

#endif
