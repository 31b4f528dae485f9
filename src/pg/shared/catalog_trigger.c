/*
 * The triggers of the catalog's tables: they make any change of policies, by whomever, a new
 * generation, tell every backend that the generation row has changed, and keep what replication
 * brings apart from what is this database's own.
 */
#include "pg/pg.h"

#include "access/htup_details.h"
#include "catalog/dependency.h"
#include "catalog/pg_type.h"
#include "commands/trigger.h"
#include "storage/proc.h"
#include "utils/fmgrprotos.h"
#include "utils/inval.h"
#include "utils/lsyscache.h"

#include "pg/catalog/catalog_writer.h"
#include "pg/catalog/generation.h"

PG_FUNCTION_INFO_V1(rdf_catalog_generation_changed);
PG_FUNCTION_INFO_V1(rdf_catalog_policy_changed);
PG_FUNCTION_INFO_V1(rdf_catalog_id_arrived);

RP_NORETURN static void
refuse_trigger(void)
{
    ereport(ERROR, (errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
                    errmsg("this function can only be called as a trigger of a table of "
                           "extension rdfpolicy")));
}

/* ERROR 39P01 for what is no trigger of one of these tables: whoever could have it on a table of
 * their own would make generations, and keep reloads waiting. */
static TriggerData *
trigger_data(FunctionCallInfo fcinfo, const Oid *tables, int table_count)
{
    TriggerData *data = (TriggerData *)fcinfo->context;

    if (!CALLED_AS_TRIGGER(fcinfo)) {
        refuse_trigger();
    }
    for (int i = 0; i < table_count; i++) {
        if (RelationGetRelid(data->tg_relation) == tables[i]) {
            return data;
        }
    }
    refuse_trigger();
}

/* The row as it is to be; a deleted one as it was. */
static HeapTuple
current_row(const TriggerData *data)
{
    return TRIGGER_FIRED_BY_UPDATE(data->tg_event) ? data->tg_newtuple : data->tg_trigtuple;
}

/* The row again, where it is gone. */
static void
restore_generation(const RpCatalog *catalog)
{
    RpCatalogWriter writer;

    rp_catalog_writer_begin(&writer, catalog);
    (void)rp_generation_lock(&writer);
    rp_catalog_writer_end(&writer);
}

/*
 * Trigger on the generation table. Afterwards: a relcache message to every backend, at commit; to
 * standbys in the commit record. Before each row: what a replica session brings is dropped, for it
 * is another database's generation (a publication FOR ALL TABLES has this table too), unless it is
 * our own writer, which the policies that the session brings have called. TRUNCATE cannot be
 * dropped, only undone.
 */
Datum
rdf_catalog_generation_changed(PG_FUNCTION_ARGS)
{
    const RpCatalog *catalog = rp_catalog_of_function(fcinfo->flinfo->fn_oid);
    const TriggerData *data = trigger_data(fcinfo, &catalog->generation, 1);
    bool is_foreign = SessionReplicationRole == SESSION_REPLICATION_ROLE_REPLICA &&
                      !rp_catalog_writer_is_active();

    if (TRIGGER_FIRED_BEFORE(data->tg_event)) {
        return PointerGetDatum(is_foreign ? NULL : current_row(data));
    }
    CacheInvalidateRelcache(data->tg_relation);
    if (is_foreign && TRIGGER_FIRED_BY_TRUNCATE(data->tg_event)) {
        restore_generation(catalog);
    }
    return PointerGetDatum(NULL);
}

/*
 * The command that wrote the rows seen last. All rows of a command have one transaction and one
 * command id, and the row triggers run when all of them are written: so one new generation is
 * enough for all. An apply worker's commands have one row each.
 */
static struct {
    LocalTransactionId local_transaction;
    TransactionId transaction;
    CommandId command;
    int64 number;  /* of the generation that was made for it */
    int64 highest; /* generation that the rows of this transaction brought with them */
} last;

/* Forget what other transactions did. */
static void
start_transaction(void)
{
    if (last.local_transaction != RP_MY_LXID) {
        memset(&last, 0, sizeof(last));
        last.local_transaction = RP_MY_LXID;
    }
}

/* Whether a row is the first of its command; it is remembered. */
static bool
is_first_of_command(const TriggerData *data)
{
    TransactionId transaction;
    CommandId command;

    if (TRIGGER_FIRED_BY_DELETE(data->tg_event)) {
        transaction = HeapTupleHeaderGetUpdateXid(data->tg_trigtuple->t_data);
        command = HeapTupleHeaderGetCmax(data->tg_trigtuple->t_data);
    } else {
        HeapTuple row = current_row(data);

        transaction = HeapTupleHeaderGetXmin(row->t_data);
        command = HeapTupleHeaderGetCmin(row->t_data);
    }
    if (transaction == last.transaction && command == last.command) {
        return false;
    }
    last.transaction = transaction;
    last.command = command;
    return true;
}

/* Note the generation's number that a row of the policy table has. */
static void
note_number(const RpCatalog *catalog, const TriggerData *data)
{
    HeapTuple row = current_row(data);
    bool is_null;
    Datum number;

    if (RelationGetRelid(data->tg_relation) == catalog->policy) {
        number =
            heap_getattr(row, RP_POLICY_GENERATION, RelationGetDescr(data->tg_relation), &is_null);
        last.highest = Max(last.highest, is_null ? 0 : DatumGetInt64(number));
    }
}

/* Write the generation row: before a statement its stamp, afterwards the number too. */
static void
write_generation(const RpCatalog *catalog, bool is_before)
{
    RpCatalogWriter writer;

    rp_catalog_writer_begin(&writer, catalog);
    if (is_before) {
        rp_generation_take(&writer);
    } else {
        last.number = rp_generation_bump(&writer, last.highest);
    }
    rp_catalog_writer_end(&writer);
}

/*
 * Trigger on the tables of policies, versions and contexts: a new generation, unless our own
 * functions are writing, which make one themselves. Where rows bring numbers of another database
 * with them, as a restore's do, the count goes on from there.
 *
 * Before a statement writes its first row, the generation row is locked, in the order of our own
 * functions, and gets a stamp that no other transaction can see: what a look-up amid the statement
 * builds is private, and out of date when the statement ends. (An apply worker fires no such
 * trigger: it runs no user's functions amid a row.)
 */
Datum
rdf_catalog_policy_changed(PG_FUNCTION_ARGS)
{
    const RpCatalog *catalog = rp_catalog_of_function(fcinfo->flinfo->fn_oid);
    const Oid tables[] = {catalog->policy, catalog->version, catalog->context};
    TriggerData *data = trigger_data(fcinfo, tables, lengthof(tables));

    if (rp_catalog_writer_is_active()) {
        return PointerGetDatum(NULL);
    }
    start_transaction();
    if (TRIGGER_FIRED_BEFORE(data->tg_event)) {
        write_generation(catalog, true);
    } else if (TRIGGER_FIRED_FOR_ROW(data->tg_event)) {
        note_number(catalog, data);
        if (is_first_of_command(data)) {
            write_generation(catalog, false);
        }
    } else if (TRIGGER_FIRED_BY_TRUNCATE(data->tg_event) || last.highest > last.number) {
        write_generation(catalog, false);
    }
    return PointerGetDatum(NULL);
}

/* Move a sequence to a number, unless it has given out that or a higher one. */
static void
advance_sequence(Oid sequence, int64 number)
{
    LOCAL_FCINFO(call, 1);
    Datum last_number;

    InitFunctionCallInfoData(*call, NULL, 1, InvalidOid, NULL, NULL);
    call->args[0] = (NullableDatum){.value = ObjectIdGetDatum(sequence)};
    last_number = pg_sequence_last_value(call);
    if (call->isnull || DatumGetInt64(last_number) < number) {
        (void)DirectFunctionCall2(setval_oid, ObjectIdGetDatum(sequence), Int64GetDatum(number));
    }
}

/*
 * Trigger on a table whose first column is an identity: sequences are not replicated, so in a
 * replica session ours is moved to each number that arrives. Else the first row that this database
 * writes itself, once the subscription has ended, would get a number that is taken.
 */
Datum
rdf_catalog_id_arrived(PG_FUNCTION_ARGS)
{
    const TriggerData *data = (TriggerData *)fcinfo->context;
    TupleDesc columns;
    Datum id;
    bool is_null;

    if (!CALLED_AS_TRIGGER(fcinfo) || !TRIGGER_FIRED_FOR_ROW(data->tg_event)) {
        refuse_trigger();
    }
    if (SessionReplicationRole != SESSION_REPLICATION_ROLE_REPLICA) {
        return PointerGetDatum(NULL);
    }
    columns = RelationGetDescr(data->tg_relation);
    id = heap_getattr(current_row(data), 1, columns, &is_null);
    advance_sequence(RP_IDENTITY_SEQUENCE(data->tg_relation, 1),
                     TupleDescAttr(columns, 0)->atttypid == INT8OID ? DatumGetInt64(id)
                                                                    : DatumGetInt32(id));
    return PointerGetDatum(NULL);
}
