/* See found_rows.h. */
#include "pg/graph/found_rows.h"

#include "utils/datum.h"
#include "utils/memutils.h"

#include "pg/server/bridge.h"

enum { ROW_LIMIT = 1000 };

/* The rows' values are in a context of their own, which is emptied after each batch: a node with
 * millions of triples takes the memory of one. */
RpFoundRows *
rp_found_rows_begin(const RpGraphSource *source, const RpNamedGraphs *graphs, RpRowIds *ids,
                    const RpTripleSink *sink)
{
    uint32 columns = source->rows.column_count;
    RpFoundRows *found = palloc0(sizeof(RpFoundRows));

    found->source = source;
    found->graphs = graphs;
    found->ids = ids;
    found->sink = sink;
    found->values = palloc(sizeof(Datum) * (columns + 1));
    found->nulls = palloc(sizeof(bool) * (columns + 1));
    found->rows = palloc(sizeof(RpSourceRow) * ROW_LIMIT);
    found->context = rp_bridge_context();
    return found;
}

/* A copy, since a slot or SPI's table is reused before the batch is read. */
RpStatus
rp_found_rows_add(RpFoundRows *found, RpError *error)
{
    const RpRowRelation *rows = &found->source->rows;
    MemoryContext caller = MemoryContextSwitchTo(found->context);
    Datum *values = palloc(sizeof(Datum) * (rows->column_count + 1));
    bool *nulls = palloc(sizeof(bool) * (rows->column_count + 1));

    for (uint32 i = 0; i < rows->column_count; i++) {
        const RpRowColumn *column = &rows->columns[i];

        nulls[i] = found->nulls[i];
        values[i] =
            nulls[i] ? (Datum)0 : datumCopy(found->values[i], column->is_by_value, column->length);
    }
    MemoryContextSwitchTo(caller);
    found->rows[found->count++] = (RpSourceRow){values, nulls};
    return found->count == ROW_LIMIT ? rp_found_rows_offer(found, error) : RP_OK;
}

/* RpRowSink.triple */
static RpStatus
offer(void *state, uint32 row pg_attribute_unused(), const RpTerm *subject, const RpTerm *predicate,
      const RpTerm *object, const RpTerm *graph pg_attribute_unused(), RpError *error)
{
    const RpTripleSink *sink = ((const RpFoundRows *)state)->sink;

    return sink->triple(sink->state, subject, predicate, object, (RpPosition){0}, error);
}

void
rp_found_rows_want(RpFoundRows *found, const RpDictionary *dictionary,
                   const RpStoreRead *const *reads, uint32 count)
{
    found->dictionary = dictionary;
    if (dictionary == NULL) {
        return;
    }
    found->predicates = palloc(sizeof(RpTermId) * (count + 1));
    for (uint32 i = 0; i < count; i++) {
        found->predicates[i] = reads[i]->predicate;
    }
    found->predicate_count = rp_term_ids_to_set(found->predicates, count);
}

/* RpRowSink.wants */
static RpStatus
wants(void *state, uint32 row pg_attribute_unused(), const RpTerm *predicate, bool *is_wanted,
      RpError *error pg_attribute_unused())
{
    const RpFoundRows *found = state;
    RpTermId id = rp_dictionary_find(found->dictionary, predicate);

    *is_wanted =
        rp_term_ids_find(found->predicates, found->predicate_count, id) < found->predicate_count;
    return RP_OK;
}

/* Together, so that the ids of all rows are one look-up in the dictionary. */
RpStatus
rp_found_rows_offer(RpFoundRows *found, RpError *error)
{
    RpRowSink sink = {
        .state = found, .wants = found->dictionary == NULL ? NULL : wants, .triple = offer};
    RpStatus status = found->count == 0
                          ? RP_OK
                          : rp_rows_read(found->source, found->rows, found->count, found->graphs,
                                         found->ids, &sink, NULL, error);

    found->count = 0;
    MemoryContextReset(found->context);
    return status;
}
