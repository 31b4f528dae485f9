/* Paths of results in SPARQL's property path syntax (SPARQL 1.1, section 9.1). */
#ifndef RP_VALIDATE_PATH_WRITE_H
#define RP_VALIDATE_PATH_WRITE_H

#include "validate/report.h"
#include "validate/term_text.h"

/* The result's path, with full IRIs (<p>, ^<p>, <p>/<q>, (<p>|<q>), <p>* …) or short ones. Nothing
 * where it has none. */
void rp_path_write(RpBuffer *buffer, const RpDataGraph *data, const RpResult *result,
                   bool is_short);

#endif
