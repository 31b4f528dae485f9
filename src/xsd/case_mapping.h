/* Upper and lower case of texts by Unicode's full mappings, whatever the language (F&O 3.1, 5.4.7
 * and 5.4.8; The Unicode Standard, 3.13). */
#ifndef RP_XSD_CASE_MAPPING_H
#define RP_XSD_CASE_MAPPING_H

#include "base/buffer.h"

/* Append a well-formed text in upper or lower case; failures are the buffer's, but RP_INTERRUPTED.
 */
RpStatus rp_case_append_upper(RpBuffer *buffer, RpText text, RpError *error);
RpStatus rp_case_append_lower(RpBuffer *buffer, RpText text, RpError *error);

#endif
