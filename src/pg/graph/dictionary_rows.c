/* See dictionary_rows.h. */
#include "pg/graph/dictionary_rows.h"

#include "utils/lsyscache.h"

#include "pg/graph/id_table.h"
#include "pg/graph/key_index.h"
#include "pg/graph/look_up.h"
#include "pg/graph/row_relation.h"
#include "pg/graph/source_index.h"
#include "pg/graph/term_key.h"
#include "pg/server/bridge.h"

struct RpDictionaryRows {
    Datum *values;
    bool *nulls;
    uint32 column_count;

    /* By an index: one key after the other. */
    RpKeyScan *scan; /* NULL: it is a query */
    const Datum *keys;
    uint32 key_count;
    uint32 next_key;

    /* By a query: all at once. */
    RpLookUp look;
    SPITupleTable *table;
    uint64 row_count;
    uint64 next_row;
};

static int
column_of(const RpGraphDictionary *source, RpDictionaryKey by)
{
    return by == RP_DICTIONARY_BY_ID ? source->id : source->term.value;
}

static Oid
type_of(const RpGraphDictionary *source, RpDictionaryKey by)
{
    return by == RP_DICTIONARY_BY_ID ? rp_id_type_oid(source->id_type)
                                     : rp_term_key_type(&source->term, source->namespace);
}

/* Kept with the dictionary, and so until its table changes. */
static const RpKeyIndex *
index_of(const RpGraphDictionary *source, RpDictionaryKey by)
{
    RpKeyIndex **index = &source->indexes[by];

    if (*index == NULL) {
        RpKeyColumn column = {source->rows.columns[column_of(source, by)].number,
                              type_of(source, by)};
        Oid found = rp_dictionary_index_find(source, by == RP_DICTIONARY_BY_TERM);
        MemoryContext caller = MemoryContextSwitchTo(GetMemoryChunkContext(source->indexes));

        *index = rp_key_index_make(found, &column, 1);
        MemoryContextSwitchTo(caller);
    }
    return *index;
}

/* Within SPI. A plan is kept with the dictionary, and freed with its graph (stored_graph.c). */
static SPIPlanPtr
plan_of(const RpGraphDictionary *source, RpDictionaryKey by)
{
    const RpRowRelation *rows = &source->rows;
    Oid type = get_array_type(type_of(source, by));
    StringInfoData query;

    if (source->plans[by] == NULL) {
        initStringInfo(&query);
        rp_row_append_select(&query, rows);
        appendStringInfoString(&query, " WHERE ");
        rp_key_append_condition(&query, rows->columns[column_of(source, by)].name,
                                type_of(source, by), 1, true);
        source->plans[by] = rp_look_up_plan(query.data, 1, &type);
    }
    return source->plans[by];
}

/* Read only, under the active snapshot: what a judgement has locked is seen as it is under that
 * snapshot. */
static void
run_query(RpDictionaryRows *rows, const RpGraphDictionary *source, RpDictionaryKey by, Datum *keys,
          uint32 count)
{
    MemoryContext caller = CurrentMemoryContext;
    Datum array;

    rp_look_up_begin(&rows->look, source->rows.owner);
    array = rp_key_array(keys, count, type_of(source, by));
    if (SPI_execute_plan(plan_of(source, by), &array, NULL, true, 0) != SPI_OK_SELECT) {
        elog(ERROR, "SPI_execute_plan failed");
    }
    MemoryContextSwitchTo(caller);
    rows->table = SPI_tuptable;
    rows->row_count = SPI_processed;
}

RpDictionaryRows *
rp_dictionary_rows_begin(const RpGraphDictionary *source, RpDictionaryKey by, Datum *keys,
                         uint32 count)
{
    RpDictionaryRows *rows = palloc0(sizeof(RpDictionaryRows));
    const RpKeyIndex *index = index_of(source, by);

    rows->column_count = source->rows.column_count;
    rows->values = palloc(sizeof(Datum) * rows->column_count);
    rows->nulls = palloc(sizeof(bool) * rows->column_count);
    rows->keys = keys;
    rows->key_count = count;
    if (OidIsValid(index->index)) {
        rows->scan = rp_key_scan_begin(&source->rows, index);
    }
    if (rows->scan == NULL) {
        run_query(rows, source, by, keys, count);
    }
    return rows;
}

/* Values point into a page that the scan has pinned. */
static bool
next_of_scan(RpDictionaryRows *rows)
{
    while (rows->next_key == 0 || !rp_key_scan_next(rows->scan, rows->values, rows->nulls)) {
        if (rows->next_key == rows->key_count) {
            return false;
        }
        rp_key_scan_find(rows->scan, &rows->keys[rows->next_key++]);
    }
    return true;
}

/* Values point into SPI's table, which goes with SPI. */
static bool
next_of_query(RpDictionaryRows *rows)
{
    if (rows->next_row == rows->row_count) {
        return false;
    }
    heap_deform_tuple(rows->table->vals[rows->next_row++], rows->table->tupdesc, rows->values,
                      rows->nulls);
    return true;
}

bool
rp_dictionary_rows_next(RpDictionaryRows *rows, const Datum **values, const bool **nulls)
{
    *values = rows->values;
    *nulls = rows->nulls;
    return rows->scan != NULL ? next_of_scan(rows) : next_of_query(rows);
}

/* Where an error is raised before, the end of the transaction or savepoint closes what is open. */
void
rp_dictionary_rows_end(RpDictionaryRows *rows)
{
    if (rows->scan != NULL) {
        rp_key_scan_end(rows->scan);
    } else {
        rp_look_up_end(&rows->look);
    }
}
