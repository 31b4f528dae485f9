/* See kept_error.h. */
#include "pg/server/kept_error.h"

/* The error that the last RP_INTERRUPTED stands for; in the transaction's memory. */
static ErrorData *kept_error = NULL;

void
rp_kept_error_keep(MemoryContext context)
{
    MemoryContextSwitchTo(CurTransactionContext);
    kept_error = CopyErrorData();
    FlushErrorState();
    MemoryContextSwitchTo(context);
}

bool
rp_kept_error_of_interrupt(void)
{
    MemoryContext context = CurrentMemoryContext;
    volatile bool must_stop = false;

    if (likely(!InterruptPending)) {
        return false;
    }
    PG_TRY();
    {
        CHECK_FOR_INTERRUPTS();
    }
    PG_CATCH();
    {
        rp_kept_error_keep(context);
        must_stop = true;
    }
    PG_END_TRY();
    return must_stop;
}

void
rp_kept_error_raise(void)
{
    ErrorData *cause = kept_error;

    kept_error = NULL;
    if (cause != NULL) {
        ReThrowError(cause);
    }
}
