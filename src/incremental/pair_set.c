/* See pair_set.h. A hash table of indexes, linear probing, at most half full. */
#include "incremental/pair_set.h"

enum { FIRST_SLOT_COUNT = 64 };

void
rp_pair_set_init(RpPairSet *set, RpArena *arena, const RpHashKey *key, RpPairRoom *room)
{
    *set = (RpPairSet){.arena = arena, .key = key, .room = room};
}

/* The slot of a pair, or the empty one where it belongs. There are slots. */
static uint32_t *
find_slot(const RpPairSet *set, uint32_t of, RpTermId node)
{
    uint32_t mask = set->slot_count - 1;
    uint32_t slot = (uint32_t)rp_hash_pair(set->key, of, node) & mask;

    while (set->slots[slot] != 0) {
        const RpNodePair *pair = &set->pairs[set->slots[slot] - 1];

        if (pair->node == node && pair->of == of) {
            break;
        }
        slot = (slot + 1) & mask;
    }
    return &set->slots[slot];
}

/* The table is made anew at twice its size; the old one stays in the arena, and all old ones
 * together are smaller. */
static RpStatus
make_room(RpPairSet *set, RpError *error)
{
    RpNodePair *pairs;

    if (set->count >= set->slot_count / 2) {
        uint64_t slot_count =
            set->slot_count > 0 ? 2 * (uint64_t)set->slot_count : FIRST_SLOT_COUNT;

        if (slot_count > UINT32_MAX / 2) {
            return rp_error_set(error, RP_TOO_LARGE, "too many nodes are to be looked at");
        }
        set->slots = rp_arena_allocate_zero(set->arena, sizeof(uint32_t) * slot_count);
        if (!set->slots) {
            set->slot_count = 0;
            return rp_arena_failure(set->arena, error);
        }
        set->slot_count = (uint32_t)slot_count;
        for (uint32_t i = 0; i < set->count; i++) {
            RP_TRY(rp_arena_poll(set->arena, error));
            *find_slot(set, set->pairs[i].of, set->pairs[i].node) = i + 1;
        }
    }
    pairs = rp_arena_grow(set->arena, set->pairs, set->count, set->count + 1, &set->capacity,
                          sizeof(RpNodePair));
    if (!pairs) {
        return rp_arena_failure(set->arena, error);
    }
    set->pairs = pairs;
    return RP_OK;
}

/* One bound for all sets of a judgement: RpJudgeLimits.pairs. */
RpStatus
rp_pair_room_take(RpPairRoom *room, RpError *error)
{
    if (room->left == 0) {
        room->is_used_up = true;
        return rp_error_set(error, RP_TOO_LARGE, "the changes matter to too many nodes");
    }
    room->left--;
    return RP_OK;
}

/* Pairs that are there already take no room. */
RpStatus
rp_pair_set_put(RpPairSet *set, uint32_t of, RpTermId node, uint32_t *index, RpError *error)
{
    uint32_t *slot;

    RP_TRY(rp_arena_poll(set->arena, error));
    RP_TRY(make_room(set, error));
    slot = find_slot(set, of, node);
    if (*slot == 0) {
        RP_TRY(rp_pair_room_take(set->room, error));
        set->pairs[set->count++] = (RpNodePair){of, node};
        *slot = set->count;
    }
    *index = *slot - 1;
    return RP_OK;
}

RpStatus
rp_pair_set_add(RpPairSet *set, uint32_t of, RpTermId node, RpError *error)
{
    uint32_t index;

    return rp_pair_set_put(set, of, node, &index, error);
}

uint32_t
rp_pair_set_find(const RpPairSet *set, uint32_t of, RpTermId node)
{
    return set->slot_count > 0 ? *find_slot(set, of, node) : 0;
}
