/* By what keys rows are found that answer reads. See graph_store_internal.h. */
#include "pg/graph/graph_store_internal.h"

#include "utils/datum.h"

#include "pg/graph/dictionary_reader.h"
#include "pg/graph/object_clause.h"
#include "pg/graph/term_key.h"

/* The ids that mean a term; NIL: none. */
static List *
ids_of(const RpFetch *fetch, RpTermId term)
{
    uint32 place = rp_term_ids_find(fetch->term_ids, fetch->term_count, term);

    return place < fetch->term_count ? fetch->ids[place] : NIL;
}

uint32
rp_read_keys_of_nodes(const RpFetch *fetch, const RpReadGroup *group, Datum **out)
{
    const RpTermPlace *place =
        &fetch->source->places[group->is_inverse ? RP_POSITION_OBJECT : RP_POSITION_SUBJECT];
    uint32 capacity = group->count * RP_TERM_KEY_LIMIT + 1;
    Datum *keys = palloc(sizeof(Datum) * capacity);
    uint32 count = 0;

    for (uint32 i = 0; i < group->count; i++) {
        RpTerm node = rp_dictionary_term(fetch->dictionary, group->reads[i]->node);
        List *ids = place->form == RP_FORM_ID ? ids_of(fetch, group->reads[i]->node) : NIL;
        ListCell *cell;

        if (place->form != RP_FORM_ID) {
            count += rp_term_keys(place, &node, &keys[count]);
        }
        foreach (cell, ids) {
            if (count + RP_TERM_KEY_LIMIT > capacity) {
                capacity *= 2;
                keys = repalloc(keys, sizeof(Datum) * capacity);
            }
            keys[count++] = *(Datum *)lfirst(cell);
        }
    }
    *out = keys;
    return count;
}

Oid
rp_read_key_type(const RpGraphSource *source, RpTermPosition position)
{
    const RpTermPlace *place = &source->places[position];

    return place->form == RP_FORM_ID ? rp_id_type_oid(source->dictionary->id_type)
                                     : rp_term_key_type(place, source->namespace);
}

uint32
rp_read_keys_of_predicate(const RpFetch *fetch, RpTermId predicate, Datum **out)
{
    const RpTermPlace *place = &fetch->source->places[RP_POSITION_PREDICATE];
    List *ids = place->form == RP_FORM_ID ? ids_of(fetch, predicate) : NIL;
    Datum *keys = palloc(sizeof(Datum) * (Size)(list_length(ids) + RP_TERM_KEY_LIMIT));
    uint32 count = 0;
    ListCell *cell;

    *out = keys;
    if (place->form != RP_FORM_ID) {
        RpTerm term = rp_dictionary_term(fetch->dictionary, predicate);

        (void)rp_term_keys(place, &term, keys);
        return 1;
    }
    foreach (cell, ids) {
        keys[count++] = *(Datum *)lfirst(cell);
    }
    return count;
}

/* RpIdSink.id */
static void
keep_id(void *state, uint32 term, Datum id)
{
    RpFetch *fetch = state;
    const RpGraphDictionary *dictionary = fetch->source->dictionary;
    const RpRowColumn *column = &dictionary->rows.columns[dictionary->id];
    MemoryContext caller = MemoryContextSwitchTo(GetMemoryChunkContext(fetch->ids));
    Datum *kept = palloc(sizeof(Datum));

    *kept = datumCopy(rp_id_widen(dictionary->id_type, id, column->base_type),
                      dictionary->id_type == RP_ID_INTEGER || column->is_by_value, column->length);
    fetch->ids[term] = lappend(fetch->ids[term], kept);
    MemoryContextSwitchTo(caller);
}

void
rp_read_keys_find(RpFetch *fetch, const RpStoreRead *const *reads, uint32 count,
                  bool has_predicates)
{
    RpIdSink sink = {.state = fetch, .id = keep_id};

    if (fetch->source->dictionary == NULL) {
        return;
    }
    fetch->term_count = 0;
    fetch->term_ids = palloc(sizeof(RpTermId) * (2 * count + 1));
    for (uint32 i = 0; i < count; i++) {
        fetch->term_ids[fetch->term_count++] = reads[i]->node;
        if (has_predicates && reads[i]->predicate != RP_TERM_NONE) {
            fetch->term_ids[fetch->term_count++] = reads[i]->predicate;
        }
    }
    fetch->term_count = rp_term_ids_to_set(fetch->term_ids, fetch->term_count);
    fetch->terms = palloc(sizeof(RpTerm) * (fetch->term_count + 1));
    fetch->ids = palloc0(sizeof(List *) * (fetch->term_count + 1));
    for (uint32 i = 0; i < fetch->term_count; i++) {
        fetch->terms[i] = rp_dictionary_term(fetch->dictionary, fetch->term_ids[i]);
    }
    rp_dictionary_find_ids(fetch->source->dictionary, fetch->terms, fetch->term_count, &sink);
}
