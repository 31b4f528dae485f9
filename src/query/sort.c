/* See sort.h. */
#include "query/sort.h"

RpStatus
rp_query_poll_compared(RpQueryRun *run)
{
    uint64_t bytes = run->compared_bytes;

    run->compared_bytes = 0;
    return rp_arena_poll_bytes(&run->arena, bytes, run->error);
}

static RpStatus
merge(RpQueryRun *run, const uint32_t *from, uint32_t *to, uint64_t start, uint64_t middle,
      uint64_t end, RpSortOrder order, const void *state)
{
    uint64_t left = start;
    uint64_t right = middle;

    for (uint64_t i = start; i < end; i++) {
        bool takes_right =
            left == middle || (right < end && order(state, from[right], from[left]) < 0);

        RP_TRY(rp_query_poll_compared(run));
        to[i] = takes_right ? from[right++] : from[left++];
    }
    return RP_OK;
}

RpStatus
rp_query_sort(RpQueryRun *run, uint32_t *numbers, uint32_t count, RpSortOrder order,
              const void *state)
{
    size_t size = sizeof(uint32_t) * ((size_t)count + 1);
    uint32_t *other = rp_pool_take(run->pool, size);
    uint32_t *from = numbers;
    uint32_t *to = other;

    if (!other) {
        return rp_arena_failure(&run->arena, run->error);
    }
    for (uint64_t width = 1; width < count; width *= 2) {
        uint32_t *merged = to;

        for (uint64_t start = 0; start < count; start += 2 * width) {
            uint64_t middle = start + width < count ? start + width : count;
            uint64_t end = middle + width < count ? middle + width : count;

            RP_TRY(merge(run, from, to, start, middle, end, order, state));
        }
        to = from;
        from = merged;
    }
    if (from != numbers) {
        memcpy(numbers, from, sizeof(uint32_t) * count);
    }
    rp_pool_give(run->pool, other, size);
    return RP_OK;
}
