/* Which of a graph's named graphs are meant: all, or some. */
#ifndef RP_PG_NAMED_GRAPHS_H
#define RP_PG_NAMED_GRAPHS_H

#include "pg/pg.h"
#include "utils/array.h"
#include "rdf/term.h"

/* The union of all, the default graph included; or of those in the list. */
typedef struct RpNamedGraphs {
    bool are_some; /* else all: the list means nothing */
    bool has_default;
    uint32 count;
    const RpTerm *graphs;
} RpNamedGraphs;

/*
 * The argument named_graphs text[]: terms in N-Triples form, a NULL for the default graph; NULL as
 * a whole: all. In the current memory context. ERROR 22P02 for what is no IRI or blank node.
 */
void rp_named_graphs_read(FunctionCallInfo fcinfo, int argument, RpNamedGraphs *graphs);

/* The same of such an array, which must live as long as they are used. */
void rp_named_graphs_parse(ArrayType *array, RpNamedGraphs *graphs);

/* Whether a graph (NULL: the default graph) is one of them. */
bool rp_named_graphs_have(const RpNamedGraphs *graphs, const RpTerm *graph);

#endif
