/* Errors about shapes: they name the shape first and say where it stands in the text. */
#ifndef RP_SHACL_SHAPE_ERROR_H
#define RP_SHACL_SHAPE_ERROR_H

#include "shacl/shapes_graph.h"

/*
 * A term of the graph as a message shows it: sh:minCount and the like for well-known namespaces,
 * other IRIs in <>, a blank node as "_:b (line 7)", a literal in N-Triples form. The answer is
 * within *shown.
 */
const char *rp_shape_error_show(const RpShapesGraph *graph, RpTermId term, RpShown *shown);

/* The local name of the term of SHACL's that is nearest to an IRI that it does not have; empty:
 * none is near. */
RpText rp_shape_error_nearest(RpText iri);

/* Say in an error that is set where a node first stands as subject. */
void rp_shape_error_place(RpError *error, const RpShapesGraph *graph, RpTermId node);

/* Set an error about a shape: "shape <S>: " and then the format. Returns status. */
RpStatus rp_shape_error_set(RpError *error, RpStatus status, const RpShapesGraph *graph,
                            RpTermId shape, const char *format, ...) RP_PRINTF(5, 6);

/*
 * Name the syntax rule that is broken, in error->rule and at the end of its detail, which is set
 * before. The names are those of the Recommendation's appendix "Summary of SHACL Syntax Rules".
 */
RpStatus rp_shape_error_rule(RpError *error, const char *rule);

/* The same as rp_shape_error_set, with what a function below found put after the name; its detail,
 * hint and rule stay. */
RpStatus rp_shape_error_wrap(RpError *error, const RpShapesGraph *graph, RpTermId shape,
                             const char *about);

#endif
