/* See progress.h. While the engine works, the numbers are told whenever it asks whether to stop. */
#include "pg/graph/progress.h"

#include "pg/server/bridge.h"

/* One judgement at a time: a backend judges one after the other. */
static struct {
    RpProgress *shown; /* NULL: nothing is told */
    const RpDataGraph *data;
    const RpReport *report;
    size_t other_bytes;        /* of the phase */
    size_t base_bytes;         /* of all phases */
    const uint64_t *rows_read; /* where they are counted; NULL: they are told one by one */
} told;

/* In the engine's poll, so it must not raise, nor allocate. */
static void
tell(void)
{
    told.shown->focus_done = (int64)told.report->focus_node_count;
    told.shown->focus_total = (int64)told.report->focus_node_total;
    if (told.rows_read != NULL) {
        told.shown->rows_read = (int64)*told.rows_read;
    }
    told.shown->memory_bytes =
        (int64)(told.data->arena->used_bytes + told.other_bytes + told.base_bytes);
}

/* The place in shared memory is this backend's own: nobody else writes it, so it takes no lock.
 * NULL without shared_preload_libraries. */
static void
begin(const char *graph, RpText policy, const RpDataGraph *data, const RpReport *report)
{
    told.shown = rp_backend_progress();
    if (told.shown == NULL) {
        return;
    }
    told.data = data;
    told.report = report;
    told.other_bytes = told.base_bytes = 0;
    told.rows_read = NULL;
    *told.shown = (RpProgress){.phase = RP_PHASE_NONE};
    strlcpy(told.shown->graph, graph, sizeof(told.shown->graph));
    memcpy(told.shown->policy, policy.data, Min(policy.length, sizeof(told.shown->policy) - 1));
    rp_bridge_poll = tell;
}

/* Also after an error: data and report are gone then. */
static void
end(void)
{
    rp_bridge_poll = NULL;
    if (told.shown != NULL) {
        told.shown->phase = RP_PHASE_NONE;
        told.shown = NULL;
    }
}

RpStatus
rp_graph_progress_run(const char *graph, RpText policy, RpToldWork work, const void *state,
                      RpDataGraph *data, RpReport *report, RpError *error)
{
    volatile RpStatus status = RP_OK;

    begin(graph, policy, data, report);
    PG_TRY();
    {
        status = work(state, data, report, error);
    }
    PG_FINALLY();
    {
        end();
    }
    PG_END_TRY();
    return status;
}

void
rp_graph_progress_count(const uint64_t *rows_read)
{
    told.rows_read = rows_read;
}

/* Of the report of the whole it is told again when the slice is done. */
void
rp_graph_progress_slice(RpSlice slice, const RpDataGraph *data, const RpReport *report,
                        size_t base_bytes)
{
    if (told.shown != NULL) {
        told.data = data;
        told.report = report;
        told.base_bytes = base_bytes;
        told.shown->slice = slice;
    }
}

/* The phase is written last, so that who looks sees no new phase with the old one's rows. */
void
rp_graph_progress_phase(RpPhase phase, double rows_total)
{
    if (told.shown != NULL) {
        told.other_bytes = 0;
        told.rows_read = NULL;
        tell();
        told.shown->rows_read = 0;
        told.shown->rows_total = (int64)rows_total;
        told.shown->phase = phase;
    }
}

void
rp_graph_progress_rows(uint64 rows_read, size_t other_bytes)
{
    if (told.shown != NULL) {
        told.shown->rows_read = (int64)rows_read;
        told.other_bytes = other_bytes;
        tell();
    }
}
