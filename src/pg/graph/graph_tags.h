/* Which named graph each triple of a data graph is of, where each is to be judged by itself. */
#ifndef RP_PG_GRAPH_TAGS_H
#define RP_PG_GRAPH_TAGS_H

#include "pg/pg.h"
#include "rdf/graph.h"

typedef struct RpGraphTags {
    RpArena *arena;
    RpTermId *graphs; /* in order of arrival; RP_TERM_NONE: the default graph */
    uint64 *row_counts;
    uint32 count;
    uint32 graphs_capacity;
    uint32 rows_capacity;
    uint32 *numbers; /* by triple, as it was stored: the number of its graph in graphs */
    uint32 number_count;
    uint32 numbers_capacity;
    uint32 *places; /* by id: the number + 1 */
    uint32 place_count;
    uint32 places_capacity;
} RpGraphTags;

/* A row of a graph: count it. */
RpStatus rp_graph_tags_add_row(RpGraphTags *tags, RpTermId graph, uint32 *number, RpError *error);

/* The triple that was stored last is of the graph of that number. */
RpStatus rp_graph_tags_add_triple(RpGraphTags *tags, uint32 number, RpError *error);

/* The number of a graph; PG_UINT32_MAX: it has no rows. */
uint32 rp_graph_tags_find(const RpGraphTags *tags, RpTermId graph);

/* The triples of each graph behind one another, in the arena: *starts has count + 1 places. */
RpStatus rp_graph_tags_part(const RpGraphTags *tags, const RpTriple *triples, RpTriple **parted,
                            uint32 **starts, RpError *error);

#endif
