/* Validate a data graph by an image. SHACL Recommendation, section 3.4. */
#ifndef RP_VALIDATE_VALIDATOR_H
#define RP_VALIDATE_VALIDATOR_H

#include "validate/focus_list.h"

/*
 * Validate every target of every shape that is not deactivated; results go to the report. Freezes
 * the graph. The image must have been checked. depth_limit bounds shapes within shapes
 * (RP_TOO_DEEP). Scratch memory and results are of report->arena. RP_INTERRUPTED, RP_OUT_OF_MEMORY,
 * RP_TOO_LARGE as any; a failure is never a verdict. Where the report keeps details, they are to be
 * found afterwards (details.h).
 */
RpStatus rp_validate(RpDataGraph *data, uint32_t depth_limit, RpReport *report, RpError *error);

/* The same of focus nodes that the caller knows, instead of those of the targets: in order of the
 * shape, then the node, without duplicates. Shapes that are deactivated find nothing. */
RpStatus rp_validate_focus_nodes(RpDataGraph *data, const RpFocus *focus_nodes, uint32_t count,
                                 uint32_t depth_limit, RpReport *report, RpError *error);

/* Only what rp_validate begins with: report->evaluation is then there to search the graph by
 * (focus_search.h). */
RpStatus rp_validate_begin(RpDataGraph *data, uint32_t depth_limit, RpReport *report,
                           RpError *error);

#endif
