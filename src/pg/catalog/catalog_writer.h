/*
 * Writing the extension's tables by SPI, in the name of their owner: callers need EXECUTE on our
 * functions and nothing on the tables.
 */
#ifndef RP_PG_CATALOG_WRITER_H
#define RP_PG_CATALOG_WRITER_H

#include "pg/catalog/catalog.h"
#include "utils/jsonb.h"

typedef struct RpCatalogWriter {
    const RpCatalog *catalog;
    Oid caller; /* who called, to be restored */
    int caller_context;
    int setting_level;
} RpCatalogWriter;

/* Once, when the library is loaded. */
void rp_catalog_writer_init(void);

/*
 * Connect to SPI, become the tables' owner, set search_path to pg_catalog, and tell our triggers
 * that it is us who write. On an error the (sub)transaction's abort undoes all of it. Keeps DROP
 * EXTENSION waiting to the end of the transaction. ERROR 55000 where it has been dropped.
 */
void rp_catalog_writer_begin(RpCatalogWriter *writer, const RpCatalog *catalog);
void rp_catalog_writer_end(RpCatalogWriter *writer);

/* Whether the tables are being written by our own functions now. */
bool rp_catalog_writer_is_active(void);

/* Forget about writing: called when a transaction or savepoint is aborted. */
void rp_catalog_writer_reset(void);

/*
 * Run one statement. "@." in it stands for the extension's schema. Parameters are given as (type,
 * value) by the macros below; a NULL is RP_NULL_OF. Returns the number of rows; results are in
 * SPI_tuptable until the writer ends. ERROR 55000 where the schema is renamed at that moment.
 */
typedef struct RpParameter {
    Oid type;
    Datum value;
    bool is_null;
} RpParameter;

#define RP_TEXT_OF(view) ((RpParameter){TEXTOID, PointerGetDatum(rp_text_datum(view)), false})
#define RP_STRING_OF(string) ((RpParameter){TEXTOID, CStringGetTextDatum(string), false})
#define RP_INTEGER_OF(number) ((RpParameter){INT4OID, Int32GetDatum(number), false})
#define RP_BIGINT_OF(number) ((RpParameter){INT8OID, Int64GetDatum(number), false})
#define RP_OID_OF(oid) ((RpParameter){OIDOID, ObjectIdGetDatum(oid), false})
#define RP_DOUBLE_OF(number) ((RpParameter){FLOAT8OID, Float8GetDatum(number), false})
#define RP_BOOLEAN_OF(boolean) ((RpParameter){BOOLOID, BoolGetDatum(boolean), false})
#define RP_OID_OF(oid) ((RpParameter){OIDOID, ObjectIdGetDatum(oid), false})
#define RP_JSONB_OF(value) ((RpParameter){JSONBOID, JsonbPGetDatum(value), false})
#define RP_BYTES_OF(bytes) ((RpParameter){BYTEAOID, PointerGetDatum(bytes), false})
#define RP_NULL_OF(type) ((RpParameter){type, (Datum)0, true})

uint64 rp_catalog_run(const RpCatalogWriter *writer, const char *statement, int parameter_count,
                      const RpParameter *parameters);

/*
 * The same for a SELECT that must see what is committed by now, at every isolation level, as the
 * server's own checks of references do.
 */
uint64 rp_catalog_read_latest(const RpCatalogWriter *writer, const char *statement,
                              int parameter_count, const RpParameter *parameters);

/* A column of a row of the last result. Texts are copied into the given context; NULL where the
 * column is NULL. */
char *rp_catalog_result_string(uint64 row, int column, MemoryContext context);
/* A bytea, 8-aligned, in the given context; empty where NULL. */
RpText rp_catalog_result_bytes(uint64 row, int column, MemoryContext context);
/* A jsonb, in the current memory context; not NULL. */
Jsonb *rp_catalog_result_jsonb(uint64 row, int column);
int64 rp_catalog_result_int(uint64 row, int column); /* integer or bigint; NULL: 0 */
bool rp_catalog_result_bool(uint64 row, int column); /* NULL: false */

#endif
