/* See recursion_table.h. */
#include "validate/recursion_table.h"

enum { FIRST_SLOT_COUNT = 64 };

RpStatus
rp_recursion_table_make(RpArena *arena, const RpHashKey *key, RpRecursionTable **table,
                        RpError *error)
{
    RpRecursionTable *made = rp_arena_allocate_zero(arena, sizeof *made);

    if (!made) {
        return rp_arena_failure(arena, error);
    }
    made->arena = arena;
    made->key = key;
    made->slot_count = FIRST_SLOT_COUNT;
    made->slots = rp_arena_allocate_zero(arena, FIRST_SLOT_COUNT * sizeof(uint32_t));
    if (!made->slots) {
        return rp_arena_failure(arena, error);
    }
    *table = made;
    return RP_OK;
}

/* The slot of a pair, or the empty one where it belongs. */
static uint32_t *
find_slot(const RpRecursionTable *table, uint32_t shape, RpTermId node)
{
    uint32_t slot = (uint32_t)rp_hash_pair(table->key, shape, node) & (table->slot_count - 1);

    while (table->slots[slot] != 0) {
        const RpPair *pair = rp_recursion_pair(table, table->slots[slot]);

        if (pair->node == node && pair->shape == shape) {
            break;
        }
        slot = (slot + 1) & (table->slot_count - 1);
    }
    return &table->slots[slot];
}

/* Twice the slots, before the table is more than half full. */
static RpStatus
grow_slots(RpRecursionTable *table, RpError *error)
{
    uint32_t count = table->slot_count;
    uint32_t *slots;

    if (count > UINT32_MAX / 4) {
        return rp_error_set(error, RP_TOO_LARGE,
                            "too many nodes are evaluated by recursive shapes");
    }
    slots = rp_arena_allocate_zero(table->arena, (size_t)count * 2 * sizeof(uint32_t));
    if (!slots) {
        return rp_arena_failure(table->arena, error);
    }
    table->slots = slots;
    table->slot_count = count * 2;
    for (uint32_t i = 0; i < table->pair_count; i++) {
        *find_slot(table, table->pairs[i].shape, table->pairs[i].node) = i + 1;
    }
    return RP_OK;
}

RpStatus
rp_recursion_table_find(RpRecursionTable *table, uint32_t shape, RpTermId node, uint32_t *pair,
                        RpError *error)
{
    uint32_t *slot = find_slot(table, shape, node);
    RpPair *pairs;

    if (*slot != 0) {
        *pair = *slot;
        return RP_OK;
    }
    if (table->pair_count >= table->slot_count / 2) {
        RP_TRY(grow_slots(table, error));
        slot = find_slot(table, shape, node);
    }
    pairs = rp_arena_grow(table->arena, table->pairs, table->pair_count, table->pair_count + 1,
                          &table->pair_capacity, sizeof *pairs);
    if (!pairs) {
        return rp_arena_failure(table->arena, error);
    }
    table->pairs = pairs;
    pairs[table->pair_count] = (RpPair){.shape = shape, .node = node};
    *pair = *slot = ++table->pair_count;
    return RP_OK;
}

RpStatus
rp_recursion_table_depend(RpRecursionTable *table, uint32_t pair, uint32_t on, RpError *error)
{
    uint32_t first = rp_recursion_pair(table, on)->first_dependency;
    RpDependency *dependencies;

    if (first != 0 && table->dependencies[first - 1].pair == pair) {
        return RP_OK;
    }
    if (table->dependency_count == UINT32_MAX) {
        return rp_error_set(error, RP_TOO_LARGE,
                            "too many nodes are evaluated by recursive shapes");
    }
    dependencies = rp_arena_grow(table->arena, table->dependencies, table->dependency_count,
                                 table->dependency_count + 1, &table->dependency_capacity,
                                 sizeof *dependencies);
    if (!dependencies) {
        return rp_arena_failure(table->arena, error);
    }
    table->dependencies = dependencies;
    dependencies[table->dependency_count] = (RpDependency){pair, first};
    rp_recursion_pair(table, on)->first_dependency = ++table->dependency_count;
    return RP_OK;
}
