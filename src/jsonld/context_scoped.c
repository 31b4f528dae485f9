/*
 * Scoped contexts where they are used (context_internal.h). What one makes of an active context is
 * remembered, since a document has many nodes of few types.
 */
#include "jsonld/context_bytes.h"

/* The place of a memo: its own, or an empty one. */
static RpContextMemo *
memo_place(RpContextMemo *memos, uint32_t capacity, const RpHashKey *key, RpContextMemo wanted)
{
    uint64_t words[2] = {(uint64_t)(uintptr_t)wanted.active,
                         (uint64_t)(uintptr_t)wanted.term ^ wanted.way};
    uint32_t slot = (uint32_t)rp_hash_bytes(key, words, sizeof words) & (capacity - 1);

    while (memos[slot].active &&
           (memos[slot].active != wanted.active || memos[slot].term != wanted.term ||
            memos[slot].way != wanted.way)) {
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
        if (processing->memos[i].active) {
            *memo_place(memos, capacity, &processing->hash_key, processing->memos[i]) =
                processing->memos[i];
        }
    }
    processing->memos = memos;
    processing->memo_capacity = capacity;
    return RP_OK;
}

/* Process the scoped context of a term over an active context. */
static RpStatus
process_scoped(RpContextProcessing *processing, const RpActiveContext *active, RpFoundTerm found,
               const RpContextScope *scope, const RpActiveContext **result)
{
    const RpJson *source;

    *result = NULL;
    if (found.term->scoped_part > 0) {
        RP_TRY(rp_context_overlay(processing, active, found.layer->table.bytes,
                                  found.term->scoped_part - 1, scope, result));
    }
    if (*result) {
        return RP_OK;
    }
    source = rp_context_scoped_source(processing->arena, found, processing->error);
    return source ? rp_context_process(processing, active, source, scope, result)
                  : processing->error->status;
}

RpStatus
rp_context_apply_scoped(RpContextProcessing *processing, const RpActiveContext *active,
                        RpFoundTerm found, bool overrides_protected, bool propagates,
                        const RpActiveContext **result)
{
    RpContextScope scope = {.base_url = rp_context_text(found.layer, found.term->scoped_base),
                            .overrides_protected = overrides_protected,
                            .propagates = propagates};
    RpContextMemo wanted = {.active = active,
                            .term = found.term,
                            .way = (overrides_protected ? 1u : 0u) | (propagates ? 2u : 0u)};
    RpContextMemo *memo;

    RP_TRY(make_room(processing));
    memo = memo_place(processing->memos, processing->memo_capacity, &processing->hash_key, wanted);
    if (!memo->active) {
        RP_TRY(process_scoped(processing, active, found, &scope, &wanted.result));
        *memo = wanted;
        processing->memo_count++;
    }
    *result = memo->result;
    return RP_OK;
}
