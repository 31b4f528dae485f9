/*
 * The engine's host in the server: memory from a memory context, interrupts, stack depth, regular
 * expressions, WARNINGs; and the way from an RpError to an ereport.
 */
#ifndef RP_PG_BRIDGE_H
#define RP_PG_BRIDGE_H

#include "pg/pg.h"
#include "base/arena.h"

/* Called whenever the engine asks whether to stop; NULL: nobody. Must not raise. */
extern void (*rp_bridge_poll)(void);

/*
 * A memory context for the engine's work of one SQL call: a child of the current one, which the
 * caller deletes. Where an error unwinds past the caller, it goes with its parent. PostgreSQL keeps
 * deleted contexts of this size for the next call, so one costs a few nanoseconds.
 */
MemoryContext rp_bridge_context(void);

/*
 * An arena whose chunks come from a memory context: they go with it, so nothing is lost when an
 * error unwinds past the engine. The host lives in the context too. limit_bytes 0: no limit but
 * PostgreSQL's own. Its hash key is this process's.
 */
RpArena *rp_bridge_arena(MemoryContext context, size_t limit_bytes);

/*
 * The same for judging, parsing and compiling: all arenas of one such work together hold
 * rdfpolicy.work_mem. used_bytes: what the earlier ones of the work hold.
 */
RpArena *rp_bridge_work_arena(MemoryContext context, size_t used_bytes);

/* A random key for hashes. ERROR XX000 where the system has no random bytes. */
RpHashKey rp_bridge_random_key(void);

/* RpStatus → SQLSTATE, as the table in doc/sql.md ("Errors") has it. */
int rp_bridge_sqlstate(RpStatus status);

/*
 * Raise an RpError: message with its line and column, DETAIL, HINT. RP_INTERRUPTED gives the
 * server's own error for the pending interrupt. Never returns. The macro form keeps the caller's
 * fast path one comparison.
 */
RP_NORETURN void rp_bridge_raise(const RpError *error);

/* Raise an error that says nothing of what was looked at: lack of memory, or a cancel. Any other is
 * the caller's to keep, as what is wrong with it. */
void rp_bridge_raise_unless_of_input(const RpError *error);

#define RP_BRIDGE_TRY(expression, error)       \
    do {                                       \
        if (unlikely((expression) != RP_OK)) { \
            rp_bridge_raise(error);            \
        }                                      \
    } while (0)

/* A PostgreSQL text or cstring as a view, and back. */
RpText rp_text_of(const text *value); /* not compressed or toasted */
text *rp_text_datum(RpText value);
char *rp_text_cstring(RpText value);

/* ERROR 0A000 unless the database's encoding is UTF8. Called by the type's input and by validation.
 */
void rp_bridge_require_utf8(void);

#endif
