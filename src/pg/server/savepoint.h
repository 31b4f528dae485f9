/* Running something in a savepoint, to go on after its failure. */
#ifndef RP_PG_SAVEPOINT_H
#define RP_PG_SAVEPOINT_H

#include "pg/pg.h"

/*
 * Run an action in a savepoint of its own. NULL: it is done. Else what it did is undone, and its
 * error is returned, in the caller's memory context; ReThrowError raises it again.
 */
ErrorData *rp_savepoint_run(void (*action)(void *argument), void *argument);

/*
 * Whether an error is about the thing at hand, and not about the whole statement: not a cancel, a
 * serialization failure or deadlock, lack of resources or a fault of the system.
 */
bool rp_error_is_local(const ErrorData *error);

/* The same of a SQLSTATE; not of a warning or notice. */
bool rp_sqlstate_is_local(int sqlstate);

#endif
