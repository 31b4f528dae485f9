/* See read_map_internal.h: states and steps, one by one. */
#include "incremental/read_map_internal.h"

uint32_t
rp_read_map_add_state(RpReadMap *map)
{
    return ++map->state_count;
}

/* Steps are known by their indexes: the array moves when it grows. */
RpStatus
rp_read_map_add_step(RpReadMapBuilder *builder, RpStep step)
{
    RpReadMap *map = builder->map;
    RpStep *steps;

    RP_TRY(rp_arena_poll(builder->arena, builder->error));
    if (map->step_count == UINT32_MAX) {
        return rp_error_set(builder->error, RP_TOO_LARGE, "the shapes have too many steps");
    }
    steps = rp_arena_grow(builder->arena, map->steps, map->step_count, map->step_count + 1,
                          &builder->step_capacity, sizeof(RpStep));
    if (!steps) {
        return rp_arena_failure(builder->arena, builder->error);
    }
    map->steps = steps;
    steps[map->step_count++] = step;
    return RP_OK;
}

RpStatus
rp_read_map_add_nothing(RpReadMapBuilder *builder, uint32_t from, uint32_t to)
{
    return rp_read_map_add_step(builder, (RpStep){.from = from, .to = to, .kind = RP_STEP_NOTHING});
}

RpStatus
rp_read_map_add_all(RpReadMapBuilder *builder, RpStep step, const RpTermId *allowed, uint32_t count)
{
    RpReadMap *map = builder->map;
    RpTermId *grown =
        rp_arena_grow(builder->arena, map->allowed, map->allowed_count,
                      map->allowed_count + count + 1, &builder->allowed_capacity, sizeof(RpTermId));

    if (!grown) {
        return rp_arena_failure(builder->arena, builder->error);
    }
    if (count > 0) {
        memcpy(grown + map->allowed_count, allowed, sizeof(RpTermId) * count);
    }
    step.first_allowed = map->allowed_count;
    step.allowed_count = count;
    map->allowed = grown;
    map->allowed_count += count;
    return rp_read_map_add_step(builder, step);
}
