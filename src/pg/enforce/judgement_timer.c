/* A timeout of our own, which cancels as statement_timeout does. */
#include "pg/enforce/judgement_timer.h"

#include <signal.h>

#include "miscadmin.h"
#include "storage/latch.h"
#include "utils/timeout.h"

#include "pg/server/guc.h"

static TimeoutId timer;
static bool is_registered = false;
static volatile sig_atomic_t is_over = false;

/* In a signal handler. */
static void
end_judgement(void)
{
    is_over = true;
    InterruptPending = true;
    QueryCancelPending = true;
    SetLatch(MyLatch);
}

/* The timeout is registered once in a backend, when it is first needed: the server has few places
 * for them. */
void
rp_judgement_timer_start(void)
{
    is_over = false;
    if (rp_guc_judgement_timeout_ms == 0) {
        return;
    }
    if (!is_registered) {
        timer = RegisterTimeout(USER_TIMEOUT, end_judgement);
        is_registered = true;
    }
    enable_timeout_after(timer, rp_guc_judgement_timeout_ms);
}

/* A cancel that came just at the end is the timer's, and not the next statement's. */
bool
rp_judgement_timer_stop(void)
{
    bool was_over = is_over;

    if (is_registered && get_timeout_active(timer)) {
        disable_timeout(timer, false);
    }
    if (was_over) {
        is_over = false;
        QueryCancelPending = false;
    }
    return was_over;
}
