/* A graph from a Turtle text, for tests. */
#ifndef RP_TEST_GRAPH_OF_H
#define RP_TEST_GRAPH_OF_H

#include "rdf/graph.h"
#include "rdf/turtle_reader.h"

/*
 * Read a document into a dictionary and graph and freeze it. The prefixes ex: (http://ex/), xsd:,
 * rdf:, rdfs:, sh: and owl: are declared already, on the first line of the text that is read. The
 * dictionary is set up by the caller.
 */
RpStatus rp_test_graph_of(RpArena *arena, const char *turtle, RpDictionary *dictionary,
                          RpGraph *graph, RpError *error);

/* A triple sink's function, whose state is a graph: adds the terms to its dictionary. */
RpStatus rp_test_add_triple(void *state, const RpTerm *subject, const RpTerm *predicate,
                            const RpTerm *object, RpPosition position, RpError *error);

/* The id of http://ex/<local>, 0 when the dictionary lacks it. */
RpTermId rp_test_ex(const RpDictionary *dictionary, const char *local);

#endif
