/*
 * What the server raises within a call of the engine's host. The engine may stand above libserd,
 * which owns memory, so no host call may longjmp: the server's error is caught, kept here, and
 * raised again when RP_INTERRUPTED has come back through the engine (rp_bridge_raise).
 */
#ifndef RP_PG_KEPT_ERROR_H
#define RP_PG_KEPT_ERROR_H

#include "pg/pg.h"

/* In a PG_CATCH block: take the error off the server's stack. context: the one that was current
 * before PG_TRY. */
void rp_kept_error_keep(MemoryContext context);

/* Whether the pending interrupt, if any, ends the statement; its error is kept then. */
bool rp_kept_error_of_interrupt(void);

/* Raise the error that was kept last. Returns where none was. */
void rp_kept_error_raise(void);

#endif
