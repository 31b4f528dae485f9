/* Fetching by queries. See graph_store_internal.h. The reads of a group are one statement with an
 * array of keys: never two arrays in one condition, of which an index scan makes the product. */
#include "pg/graph/graph_store_internal.h"

#include "utils/lsyscache.h"

#include "pg/graph/object_clause.h"
#include "pg/graph/row_relation.h"
#include "pg/graph/source_index.h"
#include "pg/graph/term_key.h"

enum { ROWS_OF_A_FETCH = 1000, PARAMETER_LIMIT = 2, PLAN_OF_PREDICATE = 8 };

static void
append_and(StringInfo query, bool *is_first)
{
    appendStringInfoString(query, *is_first ? " WHERE " : " AND ");
    *is_first = false;
}

/* The statement of a group's kind: by the node, where it has a column, and the predicate, where it
 * is given. */
static SPIPlanPtr
make_plan(const RpGraphSource *source, const RpReadGroup *group, int node, bool by_predicate)
{
    RpTermPosition position = group->is_inverse ? RP_POSITION_OBJECT : RP_POSITION_SUBJECT;
    const RpRowRelation *rows = &source->rows;
    char *clause = group->is_inverse && !group->is_literal ? rp_object_clause(source) : NULL;
    Oid types[PARAMETER_LIMIT];
    StringInfoData query;
    int count = 0;
    bool is_first = true;

    initStringInfo(&query);
    rp_row_append_select(&query, rows);
    if (node != RP_NO_COLUMN) {
        append_and(&query, &is_first);
        types[count] = get_array_type(rp_read_key_type(source, position));
        rp_key_append_condition(&query, rows->columns[node].name,
                                rp_read_key_type(source, position), ++count, true);
    }
    if (by_predicate) {
        append_and(&query, &is_first);
        types[count] = rp_read_key_type(source, RP_POSITION_PREDICATE);
        rp_key_append_condition(&query,
                                rows->columns[source->places[RP_POSITION_PREDICATE].value].name,
                                types[count], count + 1, false);
        count++;
    }
    if (clause != NULL) {
        append_and(&query, &is_first);
        appendStringInfoString(&query, clause);
    }
    if (source->filter_text != NULL) {
        append_and(&query, &is_first);
        appendStringInfo(&query, "(%s)", source->filter_text);
    }
    return rp_look_up_plan(query.data, count, types);
}

int
rp_read_group_plan(const RpReadGroup *group, bool by_predicate)
{
    return group->is_of_any_node ? PLAN_OF_PREDICATE + by_predicate
                                 : group->is_inverse * 4 + by_predicate * 2 + group->is_literal;
}

/* Within SPI. A plan is kept with the source, and freed with its graph (stored_graph.c). */
static SPIPlanPtr
plan_of(const RpGraphSource *source, const RpReadGroup *group, int node, bool by_predicate)
{
    int plan = rp_read_group_plan(group, by_predicate);

    if (source->plans[plan] == NULL) {
        source->plans[plan] = make_plan(source, group, node, by_predicate);
    }
    return source->plans[plan];
}

/* Take the rows that SPI has found. */
static RpStatus
take_rows(const RpFetch *fetch, RpError *error)
{
    SPITupleTable *table = SPI_tuptable;
    uint64 count = SPI_processed;
    RpStatus status = RP_OK;

    for (uint64 i = 0; status == RP_OK && i < count; i++) {
        heap_deform_tuple(table->vals[i], table->tupdesc, fetch->found->values,
                          fetch->found->nulls);
        status = rp_found_rows_add(fetch->found, error);
    }
    SPI_freetuptable(table);
    return status;
}

/* Run a statement, some rows at a time: a node may have millions, and the sink may have enough. */
static RpStatus
run(const RpFetch *fetch, SPIPlanPtr plan, Datum *parameters, RpError *error)
{
    MemoryContext caller = CurrentMemoryContext;
    Portal portal = SPI_cursor_open(NULL, plan, parameters, NULL, true);
    RpStatus status;
    bool has_more;

    do {
        SPI_cursor_fetch(portal, true, ROWS_OF_A_FETCH);
        MemoryContextSwitchTo(caller);
        has_more = SPI_processed == ROWS_OF_A_FETCH;
        status = take_rows(fetch, error);
    } while (status == RP_OK && has_more);
    SPI_cursor_close(portal);
    MemoryContextSwitchTo(caller);
    return status;
}

const RpKeyIndex *
rp_read_group_index(const RpGraphSource *source, const RpReadGroup *group, int node,
                    bool by_predicate)
{
    RpKeyIndex **index = &source->indexes[rp_read_group_plan(group, by_predicate)];

    if (*index == NULL) {
        RpTermPosition position = group->is_inverse ? RP_POSITION_OBJECT : RP_POSITION_SUBJECT;
        const RpTermPlace *predicate = &source->places[RP_POSITION_PREDICATE];
        RpKeyColumn columns[RP_KEY_LIMIT] = {
            {source->rows.columns[node].number, rp_read_key_type(source, position)}};
        Oid found =
            rp_source_index_find(source, group->is_inverse, group->is_literal, by_predicate);
        MemoryContext caller;

        if (by_predicate) {
            columns[1] = (RpKeyColumn){source->rows.columns[predicate->value].number,
                                       rp_read_key_type(source, RP_POSITION_PREDICATE)};
        }
        caller = MemoryContextSwitchTo(GetMemoryChunkContext(source->indexes));
        *index = rp_key_index_make(found, columns, by_predicate ? 2 : 1);
        MemoryContextSwitchTo(caller);
    }
    return *index;
}

RpStatus
rp_read_group_query(RpFetch *fetch, const RpReadGroup *group, int node, bool by_predicate,
                    Datum *nodes, uint32 node_count, const Datum *predicates,
                    uint32 predicate_count, RpError *error)
{
    Datum parameters[PARAMETER_LIMIT];
    int count = 0;

    if (!fetch->asks_by_queries) {
        rp_look_up_begin(&fetch->query, fetch->source->rows.owner);
        fetch->asks_by_queries = true;
    }
    if (node != RP_NO_COLUMN) {
        parameters[count++] =
            rp_key_array(nodes, node_count,
                         rp_read_key_type(fetch->source, group->is_inverse ? RP_POSITION_OBJECT
                                                                           : RP_POSITION_SUBJECT));
    }
    for (uint32 i = 0; i < predicate_count; i++) {
        parameters[count] = predicates[i];
        RP_TRY(run(fetch, plan_of(fetch->source, group, node, by_predicate), parameters, error));
    }
    return RP_OK;
}
