/* A call of a trigger's WHEN function: what those of rows and those of terms share. */
#ifndef RP_PG_CAPTURE_CALL_H
#define RP_PG_CAPTURE_CALL_H

#include "pg/enforce/capture.h"

/*
 * Their arguments are whose rows they capture, as one text, and columns. The text has the source's
 * number, a letter for the timing (d or i), a space, and the graph's name: "3d kg". Where the
 * server parses a condition, it does so for each statement, at some 0.1 µs for a byte of a constant
 * and 1.5 µs for a constant more.
 */
enum { RP_CAPTURE_FIRST_COLUMN = 1 };

/* That text, in the current memory context. */
char *rp_capture_target(const RpGraphSource *source, RpTiming timing);

/* The source that a call names, and the timing. ERROR 22004, 22023 for a text that no trigger of
 * ours has; 42704 for a source that is not registered, or one of another graph. */
const RpGraphSource *rp_capture_source_of_call(FunctionCallInfo fcinfo, RpTiming *timing);

/* The capture of that source's graph. */
RpCapture *rp_capture_of_call(FunctionCallInfo fcinfo, const RpGraphSource *source,
                              RpTiming timing);

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
