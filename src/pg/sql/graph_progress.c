/* What the view rdf_graph_progress shows: how far judging graphs in tables is, in this database. */
#include "pg/pg.h"

#include "pg/shared/backend.h"

PG_FUNCTION_INFO_V1(rdf_catalog_graph_progress);

enum { PROGRESS_COLUMN_COUNT = 9 };

/* By the numbers of control_block.h. The number comes from what another backend writes: it is
 * looked at before it is used. */
static const char *
phase_name(int phase)
{
    static const char *const names[] = {"",
                                        "reading rows",
                                        "reading the dictionary",
                                        "validating",
                                        "finding links",
                                        "reading a slice",
                                        "validating a part"};

    return phase > 0 && phase < (int)lengthof(names) ? names[phase] : "";
}

/* The phase, and of which slice it is. */
static Datum
phase_datum(const RpProgress *progress)
{
    return progress->slice.count == 0
               ? CStringGetTextDatum(phase_name(progress->phase))
               : CStringGetTextDatum(psprintf("%s (slice %u of %u)", phase_name(progress->phase),
                                              progress->slice.number + 1, progress->slice.count));
}

/* Read without a lock: members may be of different moments. NULL: how many there will be is not
 * known. */
static void
put_progress(ReturnSetInfo *result, const RpBackend *backend)
{
    const RpProgress *progress = &backend->progress;
    Datum values[PROGRESS_COLUMN_COUNT] = {0};
    bool nulls[PROGRESS_COLUMN_COUNT] = {false};
    char graph[sizeof(progress->graph) + 1] = {0};
    char policy[sizeof(progress->policy) + 1] = {0};

    /* A copy that was taken while it was written may lack its end. */
    memcpy(graph, progress->graph, sizeof(progress->graph));
    memcpy(policy, progress->policy, sizeof(progress->policy));
    values[0] = Int32GetDatum(backend->pid);
    values[1] = CStringGetTextDatum(graph);
    values[2] = CStringGetTextDatum(policy);
    values[3] = phase_datum(progress);
    values[4] = Int64GetDatum(progress->rows_read);
    values[5] = Int64GetDatum(progress->rows_total);
    nulls[5] = progress->rows_total == 0;
    values[6] = Int64GetDatum(progress->focus_done);
    values[7] = Int64GetDatum(progress->focus_total);
    nulls[7] = progress->focus_total == 0;
    values[8] = Int64GetDatum(progress->memory_bytes);
    tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
}

/* rdf_catalog_graph_progress() → a row for each backend that judges a graph; none without shared
 * memory */
Datum
rdf_catalog_graph_progress(PG_FUNCTION_ARGS)
{
    RpBackend backend;

    InitMaterializedSRF(fcinfo, 0);
    for (int b = 0; b < MaxBackends; b++) {
        if (rp_backend_read(b, &backend) && backend.database == MyDatabaseId &&
            backend.progress.phase != RP_PHASE_NONE) {
            put_progress((ReturnSetInfo *)fcinfo->resultinfo, &backend);
        }
    }
    return (Datum)0;
}
