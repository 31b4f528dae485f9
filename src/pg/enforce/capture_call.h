/* A call of a trigger's WHEN function: what those of rows and those of terms share. */
#ifndef RP_PG_CAPTURE_CALL_H
#define RP_PG_CAPTURE_CALL_H

#include "pg/enforce/capture.h"

/* Their arguments are graph, source, timing, and columns. */
enum { RP_CAPTURE_FIRST_COLUMN = 3 };

/* The source that a call names. ERROR 22004 for arguments that no trigger of ours has; 42704 for a
 * source that is not registered, or one of another graph. */
const RpGraphSource *rp_capture_source_of_call(FunctionCallInfo fcinfo);

/* The capture of that source's graph. ERROR 22023 for a timing that is none. */
RpCapture *rp_capture_of_call(FunctionCallInfo fcinfo, const RpGraphSource *source);

/* Whether the arguments are columns of a relation, so many times, by their types. */
bool rp_capture_has_columns(FunctionCallInfo fcinfo, const RpRowRelation *rows, int times);

/* The arguments must be columns of a relation of the source, so many times. ERROR 22023, which is
 * what a user gets who calls the function with something of his own. */
void rp_capture_check_columns(FunctionCallInfo fcinfo, const RpGraphSource *source,
                              const RpRowRelation *rows, int times);

/* Whether old and new columns are the same to the bit, as far as that can be told without fetching
 * what is stored elsewhere. */
bool rp_capture_columns_are_same(const RpRowColumn *columns, int count, const NullableDatum *old,
                                 const NullableDatum *new);

#endif
