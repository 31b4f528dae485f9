/* What is wrong with a shapes graph, all at once, and what is worth a warning. */
#ifndef RP_SHACL_SHAPE_FINDINGS_H
#define RP_SHACL_SHAPE_FINDINGS_H

#include "shacl/shape.h"

/* List a finding, with a copy of the error. Beyond RP_FINDING_LIMIT it is only counted. The status
 * is that of listing: the error is filled anew where it is not RP_OK. */
RpStatus rp_shape_findings_add(RpShapes *shapes, RpTermId node, bool is_warning, RpError *error);

/*
 * List a warning about a node (0: about the whole), with a code of ours as its rule. The status of
 * its error says nothing.
 */
RpStatus rp_shape_findings_warning(RpShapes *shapes, RpTermId node, const char *code,
                                   RpError *error, const char *format, ...) RP_PRINTF(5, 6);

/*
 * List what is allowed, and yet probably a mistake. Codes (RpError.rule): unused-shape,
 * unknown-datatype (one of XSD's namespace), unknown-severity (one of SHACL's), without-effect (a
 * parameter whose partner is missing, a minimum below 0), unsatisfiable (minimum over maximum, a
 * maximum below 0). Reading lists more: dangling-reference, rules-not-run, unchecked-parameter, of
 * queries uses-now and has-values, and without-effect of components and constraints in SPARQL.
 * Where no shape has a target, that is an error.
 */
RpStatus rp_shape_findings_warn(RpShapes *shapes, RpError *error);

#endif
