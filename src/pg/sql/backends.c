/* What the view rdf_policy_backends shows: which generation each backend of this database maps. */
#include "pg/pg.h"

#include "pg/shared/backend.h"

PG_FUNCTION_INFO_V1(rdf_catalog_backends);

enum { BACKEND_COLUMN_COUNT = 4 };

/* NULL for the generation: nothing is mapped by now. */
static void
put_backend(ReturnSetInfo *result, const RpBackend *backend)
{
    Datum values[BACKEND_COLUMN_COUNT] = {0};
    bool nulls[BACKEND_COLUMN_COUNT] = {false};

    values[0] = Int32GetDatum(backend->pid);
    values[1] = Int64GetDatum(backend->generation);
    nulls[1] = backend->mapping_count == 0;
    values[2] = Int32GetDatum(backend->mapping_count);
    values[3] = Int64GetDatum(backend->mapped_bytes);
    tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
}

/* rdf_catalog_backends() → a row for each backend that has used policies; none without shared
 * memory */
Datum
rdf_catalog_backends(PG_FUNCTION_ARGS)
{
    RpBackend backend;

    InitMaterializedSRF(fcinfo, 0);
    for (int b = 0; b < MaxBackends; b++) {
        if (rp_backend_read(b, &backend) && backend.database == MyDatabaseId) {
            put_backend((ReturnSetInfo *)fcinfo->resultinfo, &backend);
        }
    }
    return (Datum)0;
}
