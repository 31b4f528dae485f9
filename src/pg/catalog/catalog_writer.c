/* Writing the extension's tables. Locks are those that SQL statements take. */
#include "pg/catalog/catalog_writer.h"

#include "access/table.h"
#include "catalog/pg_class.h"
#include "catalog/pg_namespace.h"
#include "commands/extension.h"
#include "executor/spi.h"
#include "nodes/nodeFuncs.h"
#include "parser/analyze.h"
#include "utils/guc.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"

#include "pg/server/bridge.h"
#include "pg/server/guc.h"

static bool is_active = false;

/* The schema of the statement that is about to be analysed; InvalidOid: it is, or there is none. */
static Oid expected_namespace = InvalidOid;
static post_parse_analyze_hook_type next_hook = NULL;

bool
rp_catalog_writer_is_active(void)
{
    return is_active;
}

void
rp_catalog_writer_reset(void)
{
    is_active = false;
    expected_namespace = InvalidOid;
}

/* ERROR 55000 for a relation that is neither in the schema nor the server's own. */
static bool
check_relations(Node *node, void *namespace)
{
    if (node == NULL) {
        return false;
    }
    if (IsA(node, RangeTblEntry)) {
        const RangeTblEntry *entry = castNode(RangeTblEntry, node);
        Oid found = entry->rtekind == RTE_RELATION ? get_rel_namespace(entry->relid) : InvalidOid;

        if (OidIsValid(found) && found != PG_CATALOG_NAMESPACE && found != *(Oid *)namespace) {
            ereport(ERROR, (errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
                            errmsg("the schema of extension rdfpolicy was renamed meanwhile"),
                            errhint("Try again.")));
        }
        return false;
    }
    if (IsA(node, Query)) {
        return query_tree_walker(castNode(Query, node), check_relations, namespace,
                                 QTW_EXAMINE_RTES_BEFORE);
    }
    return expression_tree_walker(node, check_relations, namespace);
}

/*
 * A statement of ours names the schema, whose owner can rename it and make another of the name,
 * with tables of his own by which we would run his code in our owner's name. So what the names have
 * become is looked at before anything is done with it. What runs within the statement (triggers of
 * the owner's) is none of ours.
 */
static void
check_statement(ParseState *state, Query *query, JumbleState *jumble)
{
    Oid namespace = expected_namespace;

    expected_namespace = InvalidOid;
    if (OidIsValid(namespace)) {
        (void)check_relations((Node *)query, &namespace);
    }
    if (next_hook != NULL) {
        next_hook(state, query, jumble);
    }
}

void
rp_catalog_writer_init(void)
{
    next_hook = post_parse_analyze_hook;
    post_parse_analyze_hook = check_statement;
}

/* The owner of the extension's tables, whoever calls. */
static Oid
table_owner(Oid table)
{
    HeapTuple tuple = SearchSysCache1(RELOID, ObjectIdGetDatum(table));
    Oid owner;

    if (!HeapTupleIsValid(tuple)) {
        elog(ERROR, "cache lookup failed for relation %u", table);
    }
    owner = ((Form_pg_class)GETSTRUCT(tuple))->relowner;
    ReleaseSysCache(tuple);
    return owner;
}

/* From here to the end the current role is the owner of the tables, and names are looked for in
 * pg_catalog alone. Where something is raised in between, the abort of the transaction or savepoint
 * restores both. */
void
rp_catalog_writer_begin(RpCatalogWriter *writer, const RpCatalog *catalog)
{
    /* Held to the end of the transaction: none of our tables goes meanwhile. */
    table_close(rp_catalog_open(catalog->generation, AccessShareLock), NoLock);
    writer->catalog = catalog;
    GetUserIdAndSecContext(&writer->caller, &writer->caller_context);
    SetUserIdAndSecContext(table_owner(catalog->policy),
                           writer->caller_context | SECURITY_LOCAL_USERID_CHANGE);
    writer->setting_level = NewGUCNestLevel();
    rp_guc_set_for_level("search_path", "pg_catalog, pg_temp");
    if (SPI_connect() != SPI_OK_CONNECT) {
        elog(ERROR, "SPI_connect failed");
    }
    is_active = true;
}

/* In the opposite order of the beginning. */
void
rp_catalog_writer_end(RpCatalogWriter *writer)
{
    is_active = false;
    SPI_finish();
    AtEOXact_GUC(false, writer->setting_level);
    SetUserIdAndSecContext(writer->caller, writer->caller_context);
}

/* The statement with the schema's name, as it is now, in place of each "@.". */
static char *
expand_schema(const RpCatalogWriter *writer, const char *statement)
{
    const char *schema = quote_identifier(get_namespace_name(writer->catalog->namespace));
    StringInfoData text;

    initStringInfo(&text);
    for (const char *c = statement; *c != '\0'; c++) {
        if (c[0] == '@' && c[1] == '.') {
            appendStringInfoString(&text, schema);
        } else {
            appendStringInfoChar(&text, *c);
        }
    }
    return text.data;
}

/* Without PARAM_FLAG_CONST: the planner copies what is constant, several times, and texts and
 * images have megabytes. */
static ParamListInfo
list_of(int parameter_count, const RpParameter *parameters)
{
    ParamListInfo list = makeParamList(parameter_count);

    for (int i = 0; i < parameter_count; i++) {
        list->params[i] = (ParamExternData){.value = parameters[i].value,
                                            .isnull = parameters[i].is_null,
                                            .ptype = parameters[i].type};
    }
    return list;
}

/* The schema's name is put in at the last moment, and what it has become is looked at by
 * check_statement. */
static uint64
run(const RpCatalogWriter *writer, const char *statement, int parameter_count,
    const RpParameter *parameters, bool only_reads)
{
    SPIExecuteOptions options = {.read_only = only_reads};
    int result;

    if (parameter_count > 0) {
        options.params = list_of(parameter_count, parameters);
    }
    expected_namespace = writer->catalog->namespace;
    result = SPI_execute_extended(expand_schema(writer, statement), &options);
    if (result < 0) {
        elog(ERROR, "SPI_execute_extended failed: %s", SPI_result_code_string(result));
    }
    return SPI_processed;
}

uint64
rp_catalog_run(const RpCatalogWriter *writer, const char *statement, int parameter_count,
               const RpParameter *parameters)
{
    return run(writer, statement, parameter_count, parameters, false);
}

/* Read only: under the snapshot that is pushed here, and not a newer one of SPI's. */
uint64
rp_catalog_read_latest(const RpCatalogWriter *writer, const char *statement, int parameter_count,
                       const RpParameter *parameters)
{
    uint64 count;

    PushActiveSnapshot(GetLatestSnapshot());
    count = run(writer, statement, parameter_count, parameters, true);
    PopActiveSnapshot();
    return count;
}

/* Copied into the context: SPI's table goes with the next statement, or with SPI. */
char *
rp_catalog_result_string(uint64 row, int column, MemoryContext context)
{
    char *value = SPI_getvalue(SPI_tuptable->vals[row], SPI_tuptable->tupdesc, column);

    return value == NULL ? NULL : MemoryContextStrdup(context, value);
}

static Datum
result_datum(uint64 row, int column, bool *is_null)
{
    return SPI_getbinval(SPI_tuptable->vals[row], SPI_tuptable->tupdesc, column, is_null);
}

/* An image may be larger than a palloc takes, hence HUGE. */
RpText
rp_catalog_result_bytes(uint64 row, int column, MemoryContext context)
{
    bool is_null;
    Datum datum = result_datum(row, column, &is_null);
    RpText stored;
    char *copy;

    if (is_null) {
        return (RpText){NULL, 0};
    }
    stored = rp_text_of(DatumGetByteaPP(datum));
    copy = MemoryContextAllocExtended(context, stored.length + 1, MCXT_ALLOC_HUGE);
    memcpy(copy, stored.data, stored.length);
    return (RpText){copy, stored.length};
}

Jsonb *
rp_catalog_result_jsonb(uint64 row, int column)
{
    bool is_null;
    Datum datum = result_datum(row, column, &is_null);

    Assert(!is_null);
    return DatumGetJsonbPCopy(datum);
}

/* NULL is 0: of versions, none. */
int64
rp_catalog_result_int(uint64 row, int column)
{
    bool is_null;
    Datum datum = result_datum(row, column, &is_null);

    if (is_null) {
        return 0;
    }
    return SPI_gettypeid(SPI_tuptable->tupdesc, column) == INT8OID ? DatumGetInt64(datum)
                                                                   : DatumGetInt32(datum);
}

bool
rp_catalog_result_bool(uint64 row, int column)
{
    bool is_null;
    Datum datum = result_datum(row, column, &is_null);

    return !is_null && DatumGetBool(datum);
}
