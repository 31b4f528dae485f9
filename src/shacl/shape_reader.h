/* Shapes graph → shapes (AST). SHACL Recommendation, sections 2.1 to 2.3 and 3.1. */
#ifndef RP_SHACL_SHAPE_READER_H
#define RP_SHACL_SHAPE_READER_H

#include "shacl/shape.h"
#include "shacl/shape_reader_options.h"

/*
 * Read all shapes of a graph (which it freezes). RP_ILL_FORMED names the node and rule broken, with
 * its line and column. RP_UNSUPPORTED names the sh: or dash: term and the shape, or prints the
 * cycle of a shape that is recursive through a negation. RP_TOO_DEEP. With leaves_out the first two
 * are not returned, but for sh:entailment: what is left asks for no more than the whole. With
 * collects_findings none is; where there are errors among the findings, the shapes are of no
 * further use. Warnings are listed in either case.
 */
RpStatus rp_shapes_read(RpShapesGraph *graph, const RpShapeReaderOptions *options, RpShapes *shapes,
                        RpError *error);

#endif
