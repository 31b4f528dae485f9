/*
 * See target_queries.h. A query finds nodes anywhere; over what is read for the candidates it finds
 * those of them that it finds over the whole graph, and of other nodes what it may: these are
 * passed over.
 */
#include "incremental/target_queries.h"

#include "incremental/layers.h"
#include "incremental/read_map.h"
#include "query/query.h"
#include "validate/query_batch.h"

typedef struct Asking {
    RpJudging *judging;
    RpGraph graph; /* what has been fetched */
    RpQueryOptions options;
} Asking;

/* Walk forwards from all candidates whose shapes have such targets. *is_any: there are some. */
static RpStatus
reach(RpJudging *judging, bool *is_any)
{
    RpWalk walk;

    *is_any = false;
    rp_walk_init(&walk, judging, true);
    for (uint32_t i = 0; i < judging->candidates.count; i++) {
        RpNodePair candidate = judging->candidates.pairs[i];

        RP_TRY(rp_arena_poll(judging->arena, judging->error));
        if (judging->map->askings[candidate.of] != 0) {
            *is_any = true;
            RP_TRY(
                rp_walk_add(judging, &walk, judging->map->askings[candidate.of], candidate.node));
        }
    }
    return rp_layers_run(judging, &walk);
}

static RpStatus
begin(Asking *asking)
{
    RpJudging *judging = asking->judging;
    RpArena *arena = judging->arena;

    rp_graph_init(&asking->graph, arena, &judging->data->dictionary);
    for (uint32_t i = 0; i < judging->fetched.triple_count; i++) {
        RP_TRY(rp_arena_poll(arena, judging->error));
        RP_TRY(rp_graph_add(&asking->graph, judging->fetched.triples[i].triple, judging->error));
    }
    asking->options = (RpQueryOptions){
        .data = &asking->graph,
        .row_limit = arena->host->row_limit != 0 ? arena->host->row_limit : UINT64_MAX,
        .memory_bytes = arena->limit_bytes - arena->used_bytes,
        .now = arena->host->now != NULL ? arena->host->now(arena->host->state) : (RpText){0},
    };
    return rp_graph_freeze(&asking->graph, judging->error);
}

/* Note the candidates among what was found. */
static RpStatus
note_found(RpJudging *judging, uint32_t shape, const RpAlgebra *algebra,
           const RpQueryResult *result)
{
    uint32_t column = 0;

    while (column < result->width &&
           !rp_query_variable_is(judging->data->image, algebra, result->variables[column],
                                 RP_TEXT("this"))) {
        column++;
    }
    for (uint32_t i = 0; column < result->width && i < result->count; i++) {
        RpTermId node = result->cells[(size_t)i * result->width + column];

        RP_TRY(rp_arena_poll(judging->arena, judging->error));
        if (rp_pair_set_find(&judging->candidates, shape, node) != 0) {
            RP_TRY(rp_pair_set_add(&judging->known, shape, node, judging->error));
        }
    }
    return RP_OK;
}

/* One query of a shape's targets. */
static RpStatus
ask(Asking *asking, uint32_t shape, uint32_t query)
{
    RpJudging *judging = asking->judging;
    RpQueryResult result;
    RpAlgebra algebra;
    RpQueryRun *run;
    RpStatus status;

    rp_image_query(judging->data->image, query, &algebra);
    status = rp_query_begin(&run, judging->arena, &algebra, &asking->options, judging->error);
    if (status == RP_OK) {
        status = rp_query_solve(run, NULL, 1, &result, judging->error);
    }
    if (status == RP_TOO_LARGE) {
        rp_read_map_tell_query(judging->data->image, query + 1, judging->error);
    }
    if (status == RP_OK) {
        status = note_found(judging, shape, &algebra, &result);
    }
    if (run) {
        rp_query_end(run);
    }
    return status;
}

RpStatus
rp_target_queries_ask(RpJudging *judging)
{
    const RpImage *image = judging->data->image;
    Asking asking = {.judging = judging};
    bool is_any;

    RP_TRY(reach(judging, &is_any));
    if (!is_any) {
        return RP_OK;
    }
    RP_TRY(begin(&asking));
    for (uint32_t shape = 0; shape < image->shape_count; shape++) {
        const RpImageShape *record = &image->shapes[shape];

        for (uint32_t i = 0; judging->map->askings[shape] != 0 && i < record->target_count; i++) {
            const RpTarget *target = &image->targets[record->first_target + i];

            if (target->kind == RP_TARGET_QUERY) {
                RP_TRY(ask(&asking, shape, target->term - 1));
            }
        }
    }
    return RP_OK;
}
