/* Changes of a graph: triples that were added or removed. */
#ifndef RP_INCREMENTAL_CHANGE_H
#define RP_INCREMENTAL_CHANGE_H

#include "incremental/read_map.h"
#include "validate/data_graph.h"

typedef struct RpChange {
    RpTriple triple; /* ids of the data graph's dictionary */
    bool is_removal;
} RpChange;

/* A batch of changes on their way to rp_change_judge; grows in the arena of the data graph. */
typedef struct RpChangeList {
    RpChange *changes;
    uint32_t count;
    uint32_t capacity;
} RpChangeList;

/* Whether a change with a predicate can violate anything, and the predicate's id; else it need not
 * be added. */
RpStatus rp_change_is_read(RpDataGraph *data, const RpReadMap *map, const RpTerm *predicate,
                           bool is_removal, RpTermId *id, bool *is_read, RpError *error);

/*
 * Add a change to a list (which starts as {0}), unless it can violate nothing. Its terms are
 * checked already; texts are copied where kept. A triple that no shape reads costs a look-up of its
 * predicate. Polls the host.
 */
RpStatus rp_change_list_add(RpChangeList *list, RpDataGraph *data, const RpReadMap *map,
                            const RpTerm *subject, const RpTerm *predicate, const RpTerm *object,
                            bool is_removal, RpError *error);

#endif
