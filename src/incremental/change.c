/* See change.h. */
#include "incremental/change.h"

RpStatus
rp_change_is_read(RpDataGraph *data, const RpReadMap *map, const RpTerm *predicate, bool is_removal,
                  RpTermId *id, bool *is_read, RpError *error)
{
    RP_TRY(rp_data_graph_find_predicate(data, predicate, id, error));
    *is_read = *id != RP_TERM_NONE && rp_read_map_reads(map, *id, is_removal);
    return RP_OK;
}

/* Terms come into the data's dictionary only where the predicate is read: most of a transaction may
 * be of others. */
RpStatus
rp_change_list_add(RpChangeList *list, RpDataGraph *data, const RpReadMap *map,
                   const RpTerm *subject, const RpTerm *predicate, const RpTerm *object,
                   bool is_removal, RpError *error)
{
    RpChange change = {.is_removal = is_removal};
    RpChange *changes;
    bool is_read;

    RP_TRY(rp_arena_poll(data->arena, error));
    RP_TRY(rp_change_is_read(data, map, predicate, is_removal, &change.triple.predicate, &is_read,
                             error));
    if (!is_read) {
        return RP_OK;
    }
    RP_TRY(rp_arena_poll_bytes(data->arena, object->lexical.length, error));
    RP_TRY(rp_data_graph_add_terms(data, subject, object, &change.triple, error));
    if (list->count == UINT32_MAX) {
        return rp_error_set(error, RP_TOO_LARGE, "more than %u changes", UINT32_MAX);
    }
    changes = rp_arena_grow(data->arena, list->changes, list->count, list->count + 1,
                            &list->capacity, sizeof(RpChange));
    if (!changes) {
        return rp_arena_failure(data->arena, error);
    }
    list->changes = changes;
    changes[list->count++] = change;
    return RP_OK;
}
