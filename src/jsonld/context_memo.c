/* What contexts made of an active context before, by a hash table (context_internal.h). */
#include "jsonld/context_internal.h"

/* The place of a memo: its own, or an empty one. */
static RpContextMemo *
find_place(RpContextMemo *memos, uint32_t capacity, const RpHashKey *key,
           const RpContextMemo *wanted)
{
    uint64_t words[2] = {(uint64_t)(uintptr_t)wanted->active,
                         (uint64_t)(uintptr_t)wanted->what ^ wanted->way};
    uint32_t slot = (uint32_t)rp_hash_bytes(key, words, sizeof words) & (capacity - 1);

    while (memos[slot].active &&
           (memos[slot].active != wanted->active || memos[slot].what != wanted->what ||
            memos[slot].way != wanted->way)) {
        slot = (slot + 1) & (capacity - 1);
    }
    return &memos[slot];
}

/* Have room for one more memo: at most half of the places are used. */
static RpStatus
make_room(RpContextProcessing *processing)
{
    uint32_t capacity = processing->memo_capacity ? processing->memo_capacity * 2 : 16;
    RpContextMemo *memos;

    if (processing->memo_count < processing->memo_capacity / 2) {
        return RP_OK;
    }
    memos = rp_arena_allocate_zero(processing->arena, capacity * sizeof(*memos));
    if (!memos) {
        return rp_arena_failure(processing->arena, processing->error);
    }
    for (uint32_t i = 0; i < processing->memo_capacity; i++) {
        const RpContextMemo *memo = &processing->memos[i];

        if (memo->active) {
            *find_place(memos, capacity, &processing->hash_key, memo) = *memo;
        }
    }
    processing->memos = memos;
    processing->memo_capacity = capacity;
    return RP_OK;
}

const RpActiveContext *
rp_context_memo_find(const RpContextProcessing *processing, const RpContextMemo *wanted)
{
    return processing->memo_capacity > 0 ? find_place(processing->memos, processing->memo_capacity,
                                                      &processing->hash_key, wanted)
                                               ->result
                                         : NULL;
}

RpStatus
rp_context_memo_keep(RpContextProcessing *processing, const RpContextMemo *memo)
{
    RP_TRY(make_room(processing));
    *find_place(processing->memos, processing->memo_capacity, &processing->hash_key, memo) = *memo;
    processing->memo_count++;
    return RP_OK;
}
