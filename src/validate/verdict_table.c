/* See verdict_table.h. */
#include "validate/verdict_table.h"

enum { FIRST_CAPACITY = 64 };

/* The entry of a pair, or the empty one where it belongs. */
static RpVerdict *
find_place(const RpVerdictTable *table, uint32_t shape, RpTermId node)
{
    uint32_t mask = table->capacity - 1;
    uint32_t place = (uint32_t)rp_hash_pair(table->key, shape, node) & mask;

    while (table->entries[place].shape != 0 &&
           (table->entries[place].shape != shape + 1 || table->entries[place].node != node)) {
        place = (place + 1) & mask;
    }
    return &table->entries[place];
}

RpVerdict *
rp_verdict_table_find(const RpVerdictTable *table, uint32_t shape, RpTermId node)
{
    RpVerdict *verdict;

    if ((table->shapes >> (shape % 64) & 1) == 0) {
        return NULL;
    }
    verdict = find_place(table, shape, node);
    return verdict->shape != 0 ? verdict : NULL;
}

/* Twice the entries, before the table is more than half full. */
static RpStatus
grow(RpVerdictTable *table, RpArena *arena, RpError *error)
{
    RpVerdictTable larger = {
        .key = table->key,
        .count = table->count,
        .shapes = table->shapes,
        .capacity = table->capacity == 0 ? FIRST_CAPACITY : table->capacity * 2,
    };

    if (table->capacity > UINT32_MAX / 2) {
        return rp_error_set(error, RP_TOO_LARGE, "too many nodes are evaluated by nested shapes");
    }
    larger.entries = rp_arena_allocate_zero(arena, sizeof(RpVerdict) * (size_t)larger.capacity);
    if (larger.entries == NULL) {
        return rp_arena_failure(arena, error);
    }
    for (uint32_t i = 0; i < table->capacity; i++) {
        const RpVerdict *verdict = &table->entries[i];

        if (verdict->shape != 0) {
            *find_place(&larger, verdict->shape - 1, verdict->node) = *verdict;
        }
    }
    *table = larger;
    return RP_OK;
}

RpStatus
rp_verdict_table_put(RpVerdictTable *table, RpArena *arena, uint32_t shape, RpTermId node,
                     RpVerdict **verdict, RpError *error)
{
    if (table->count >= table->capacity / 2) {
        RP_TRY(grow(table, arena, error));
    }
    *verdict = find_place(table, shape, node);
    if ((*verdict)->shape == 0) {
        **verdict = (RpVerdict){.shape = shape + 1, .node = node};
        table->count++;
        table->shapes |= UINT64_C(1) << (shape % 64);
    }
    return RP_OK;
}
