/* Savepoints inside a C function, as plpgsql's EXCEPTION blocks make them. */
#include "pg/server/savepoint.h"

#include "access/xact.h"
#include "utils/resowner.h"

/* The action runs in the caller's memory context, so what it allocates there outlives the
 * savepoint. The role is restored by hand: the action may have been the owner of the tables when it
 * raised. */
ErrorData *
rp_savepoint_run(void (*action)(void *argument), void *argument)
{
    MemoryContext context = CurrentMemoryContext;
    ResourceOwner owner = CurrentResourceOwner;
    ErrorData *volatile error = NULL;
    Oid user;
    int user_context;

    GetUserIdAndSecContext(&user, &user_context);
    BeginInternalSubTransaction(NULL);
    MemoryContextSwitchTo(context);
    PG_TRY();
    {
        action(argument);
        ReleaseCurrentSubTransaction();
    }
    PG_CATCH();
    {
        MemoryContextSwitchTo(context);
        error = CopyErrorData();
        FlushErrorState();
        RollbackAndReleaseCurrentSubTransaction();
    }
    PG_END_TRY();
    MemoryContextSwitchTo(context);
    CurrentResourceOwner = owner;
    SetUserIdAndSecContext(user, user_context);
    return error;
}

/* Those that are not would be hidden by going on: a cancel, a deadlock, memory or disk that ended.
 */
bool
rp_sqlstate_is_local(int sqlstate)
{
    switch (ERRCODE_TO_CATEGORY(sqlstate)) {
    case MAKE_SQLSTATE('0', '0', '0', '0', '0'): /* successful completion */
    case MAKE_SQLSTATE('0', '1', '0', '0', '0'): /* warning */
    case MAKE_SQLSTATE('4', '0', '0', '0', '0'): /* transaction rollback */
    case MAKE_SQLSTATE('5', '7', '0', '0', '0'): /* operator intervention */
    case MAKE_SQLSTATE('5', '8', '0', '0', '0'): /* system error */
        return false;
    case MAKE_SQLSTATE('5', '3', '0', '0', '0'): /* insufficient resources, but our own limits */
        return sqlstate == ERRCODE_CONFIGURATION_LIMIT_EXCEEDED;
    default:
        return true;
    }
}

bool
rp_error_is_local(const ErrorData *error)
{
    return rp_sqlstate_is_local(error->sqlerrcode);
}
