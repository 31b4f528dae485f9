/* What is wrong with a shapes graph, all at once, and what is worth a warning. */
#ifndef RP_SHACL_SHAPE_FINDINGS_H
#define RP_SHACL_SHAPE_FINDINGS_H

#include "shacl/shape.h"

/* List a finding, with a copy of the error. Beyond RP_FINDING_LIMIT it is only counted. The status
 * is that of listing: the error is filled anew where it is not RP_OK. */
RpStatus rp_shape_findings_add(RpShapes *shapes, RpTermId node, bool is_warning, RpError *error);

/*
 * List what is allowed, and yet probably a mistake. Codes (RpError.rule): no-target (no shape
 * has one), unused-shape, unknown-datatype (one of XSD's namespace), unknown-severity (one of
 * SHACL's), without-effect (a parameter whose partner is missing), unsatisfiable (minimum over
 * maximum).
 */
RpStatus rp_shape_findings_warn(RpShapes *shapes, RpError *error);

#endif
