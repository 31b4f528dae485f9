/* The results of a report with the terms that they name, without the data that they were found in.
 * */
#ifndef RP_VALIDATE_REPORT_COPY_H
#define RP_VALIDATE_REPORT_COPY_H

#include "validate/data_graph.h"
#include "validate/report.h"

/*
 * Copy a report whose details are found, and of its data what results are told by: their terms, and
 * the classes of values. All in the arena; what is copied is not needed afterwards. The copies are
 * for telling results, and not to be validated with. A summary is not copied.
 */
RpStatus rp_report_copy(RpDataGraph *data, const RpReport *report, RpArena *arena,
                        RpDataGraph *data_copy, RpReport *report_copy, RpError *error);

#endif
