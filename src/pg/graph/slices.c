/*
 * See slices.h. What a slice's evaluation reads is looked up through the indexes, as for a part: so
 * memory holds one slice, and the nodes.
 */
#include "pg/graph/slices.h"

#include "pg/graph/focus_candidates.h"
#include "pg/graph/graph_store.h"
#include "pg/graph/part.h"
#include "pg/server/bridge.h"
#include "pg/server/guc.h"

enum {
    BYTES_OF_A_NODE = 64 * 1024, /* what the evaluation of one reads, amply */
    FEWEST_NODES = 16,
    MOST_NODES = 10000
};

/* The nodes, each once. */
typedef struct SliceNodes {
    RpArena *arena;
    RpDictionary dictionary;
    RpTermId *ids; /* in order of arrival */
    uint32 count;
    uint32 capacity;
    bool *is_known; /* by id */
    uint32 known_count;
    uint32 known_capacity;
} SliceNodes;

/* By its term and not by its id: each policy's data graph has ids of its own. */
static RpStatus
add_node(SliceNodes *nodes, const RpTerm *node, RpError *error)
{
    RpTermId *ids;
    RpTermId id;

    RP_TRY(rp_dictionary_add(&nodes->dictionary, node, &id, error));
    if (id >= nodes->known_count) {
        bool *is_known = rp_arena_grow(nodes->arena, nodes->is_known, nodes->known_count, id + 1,
                                       &nodes->known_capacity, sizeof(bool));

        if (is_known == NULL) {
            return rp_arena_failure(nodes->arena, error);
        }
        memset(is_known + nodes->known_count, false, id + 1 - nodes->known_count);
        nodes->is_known = is_known;
        nodes->known_count = id + 1;
    }
    if (nodes->is_known[id]) {
        return RP_OK;
    }
    ids = rp_arena_grow(nodes->arena, nodes->ids, nodes->count, nodes->count + 1, &nodes->capacity,
                        sizeof(RpTermId));
    if (ids == NULL) {
        return rp_arena_failure(nodes->arena, error);
    }
    nodes->ids = ids;
    nodes->is_known[id] = true;
    ids[nodes->count++] = id;
    return RP_OK;
}

/* Add what may be a focus node by one policy. */
static RpStatus
add_candidates(const RpStoredData *stored, const RpImage *image, SliceNodes *nodes, RpError *error)
{
    RpDataGraph data;
    RpStore store;
    RpFocusCandidates candidates = {.data = &data, .store = &store, .limit = PG_UINT32_MAX};
    uint32 count;
    uint32 *shapes = rp_part_shapes(image, NULL, &count);

    rp_data_graph_init(&data, image, rp_bridge_work_arena(CurrentMemoryContext, 0), 0);
    rp_graph_store_make(&store, stored->graph, &stored->graphs);
    RP_TRY(rp_focus_candidates_find(&candidates, shapes, count, error));
    for (uint32 i = 0; i < candidates.count; i++) {
        RpTerm node = rp_dictionary_term(&data.dictionary, candidates.nodes[i]);

        RP_TRY(add_node(nodes, &node, error));
    }
    return RP_OK;
}

/* A guess, from what a node's evaluation reads at most in practice: a slice that needs more raises,
 * as the whole does. */
static uint32
nodes_of_a_slice(void)
{
    size_t count = (size_t)rp_guc_work_mem_kb * 1024 / BYTES_OF_A_NODE;

    return (uint32)Min(Max(count, FEWEST_NODES), MOST_NODES);
}

/* Sources, parts and terms live in the caller's context; memory_bytes counts the nodes, which stay
 * while slice after slice is judged. */
const RpDataSource *
rp_slices_make(const RpStoredData *data, const RpPolicySelection *selection, uint32 *count,
               size_t *memory_bytes)
{
    RpArena *arena = rp_bridge_work_arena(CurrentMemoryContext, 0);
    SliceNodes *nodes = palloc0(sizeof(SliceNodes));
    uint32 size = nodes_of_a_slice();
    MemoryContext caller = CurrentMemoryContext;
    MemoryContext scratch = rp_bridge_context();
    RpDataSource *sources;
    RpStoredPart *parts;
    RpTerm *terms;
    RpError error;

    nodes->arena = arena;
    rp_dictionary_init(&nodes->dictionary, arena, NULL);
    MemoryContextSwitchTo(scratch);
    for (uint32 i = 0; i < selection->use_count; i++) {
        RP_BRIDGE_TRY(add_candidates(data, selection->uses[i].image, nodes, &error), &error);
        MemoryContextReset(scratch);
    }
    MemoryContextSwitchTo(caller);
    MemoryContextDelete(scratch);
    terms = MemoryContextAllocHuge(caller, sizeof(RpTerm) * ((Size)nodes->count + 1));
    for (uint32 i = 0; i < nodes->count; i++) {
        terms[i] = rp_dictionary_term(&nodes->dictionary, nodes->ids[i]);
    }
    *count = (nodes->count + size - 1) / size;
    sources = palloc0(sizeof(RpDataSource) * (*count + 1));
    parts = palloc0(sizeof(RpStoredPart) * (*count + 1));
    for (uint32 i = 0; i < *count; i++) {
        parts[i] = (RpStoredPart){.data = *data,
                                  .focus = terms + (Size)i * size,
                                  .focus_count = Min(size, nodes->count - i * size),
                                  .limit = PG_UINT32_MAX};
        sources[i] = (RpDataSource){.form = RP_DATA_STORED,
                                    .stored = &parts[i],
                                    .validate = rp_part_validate,
                                    .is_slice = true};
    }
    *memory_bytes = arena->used_bytes + sizeof(RpTerm) * (Size)nodes->count;
    return sources;
}
