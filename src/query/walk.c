/* See walk.h. The table grows with what a walk reaches and not with the graph: most walks are
 * short, and there is one from each focus node. */
#include "query/walk.h"

enum { FIRST_VISIT_COUNT = 32 };

/* Where a pair is, or the empty place where it belongs. */
static RpVisit *
visit_of(const RpQueryRun *run, const RpWalk *walk, RpPathPair pair)
{
    const RpHashKey *key = rp_dictionary_key(&run->computed);
    uint64_t hash = rp_row_hash_id(key, rp_row_hash_begin(key) + pair.state, pair.node);
    uint32_t mask = walk->visit_count - 1;

    for (uint32_t place = (uint32_t)hash & mask;; place = (place + 1) & mask) {
        RpVisit *visit = &walk->visits[place];

        if (visit->walk != walk->number || (walk->queue[visit->pair].node == pair.node &&
                                            walk->queue[visit->pair].state == pair.state)) {
            return visit;
        }
    }
}

static RpStatus
grow_visits(RpQueryRun *run, RpWalk *walk)
{
    uint32_t old_count = walk->visit_count;
    RpVisit *old = walk->visits;

    walk->visit_count = old_count > 0 ? old_count * 2 : FIRST_VISIT_COUNT;
    walk->visits = rp_pool_take(run->pool, sizeof(RpVisit) * (size_t)walk->visit_count);
    if (!walk->visits) {
        return rp_arena_failure(&run->arena, run->error);
    }
    memset(walk->visits, 0, sizeof(RpVisit) * (size_t)walk->visit_count);
    for (uint32_t i = 0; i < walk->queue_count; i++) {
        RP_TRY(rp_arena_poll(&run->arena, run->error));
        *visit_of(run, walk, walk->queue[i]) = (RpVisit){walk->number, i};
    }
    rp_pool_give(run->pool, old, sizeof(RpVisit) * (size_t)old_count);
    return RP_OK;
}

static RpStatus
add_reached(RpQueryRun *run, RpWalk *walk, RpTermId node)
{
    RpTermId *reached =
        rp_arena_regrow(&run->arena, walk->reached, walk->reached_count, walk->reached_count + 1,
                        &walk->reached_capacity, sizeof(RpTermId));

    if (!reached) {
        return rp_arena_failure(&run->arena, run->error);
    }
    walk->reached = reached;
    reached[walk->reached_count++] = node;
    return RP_OK;
}

static RpStatus
reach(RpQueryRun *run, RpWalk *walk, RpPathPair pair)
{
    RpVisit *visit = visit_of(run, walk, pair);
    RpPathPair *queue;

    if (visit->walk == walk->number) {
        return RP_OK;
    }
    queue = rp_arena_regrow(&run->arena, walk->queue, walk->queue_count, walk->queue_count + 1,
                            &walk->queue_capacity, sizeof(RpPathPair));
    if (!queue) {
        return rp_arena_failure(&run->arena, run->error);
    }
    *visit = (RpVisit){walk->number, walk->queue_count};
    walk->queue = queue;
    queue[walk->queue_count++] = pair;
    if (walk->queue_count > walk->visit_count / 2) {
        RP_TRY(grow_visits(run, walk));
    }
    return pair.state == RP_LAST_STATE ? add_reached(run, walk, pair.node) : RP_OK;
}

static RpStatus
follow(RpQueryRun *run, RpWalk *walk, const RpLink *link, RpTermId node)
{
    bool goes_back = link->kind == RP_LINK_BACKWARD || link->kind == RP_LINK_NOT_BACKWARD;
    RpTripleRange range;

    if (link->kind == RP_LINK_EMPTY) {
        return reach(run, walk, (RpPathPair){link->to, node});
    }
    RP_TRY(rp_graph_match(run->graph, goes_back ? RP_TERM_NONE : node, link->predicate,
                          goes_back ? node : RP_TERM_NONE, &range, run->error));
    for (const RpTriple *triple = range.first; triple < range.end; triple++) {
        RP_TRY(rp_arena_poll(&run->arena, run->error));
        if (!link->set || rp_negated_allows(link->set, link->is_inverse, triple->predicate)) {
            RP_TRY(reach(run, walk,
                         (RpPathPair){link->to, goes_back ? triple->subject : triple->object}));
        }
    }
    return RP_OK;
}

static RpStatus
begin_walk(RpQueryRun *run, RpWalk *walk)
{
    walk->from = RP_TERM_NONE;
    walk->queue_count = 0;
    walk->reached_count = 0;
    if (!walk->visits) {
        RP_TRY(grow_visits(run, walk));
    }
    if (++walk->number == 0) {
        memset(walk->visits, 0, sizeof(RpVisit) * (size_t)walk->visit_count);
        walk->number = 1;
    }
    return RP_OK;
}

RpStatus
rp_walk_from(RpQueryRun *run, const RpAutomaton *automaton, RpWalk *walk, RpTermId from,
             RpTermId target)
{
    RP_TRY(begin_walk(run, walk));
    RP_TRY(reach(run, walk, (RpPathPair){RP_FIRST_STATE, from}));
    for (uint32_t i = 0; i < walk->queue_count; i++) {
        RpPathPair pair = walk->queue[i];

        RP_TRY(rp_arena_poll(&run->arena, run->error));
        if (target != RP_TERM_NONE && rp_walk_reached(run, walk, target)) {
            return RP_OK;
        }
        for (uint32_t link = automaton->first_links[pair.state]; link != 0;
             link = automaton->links[link - 1].next) {
            RP_TRY(follow(run, walk, &automaton->links[link - 1], pair.node));
        }
    }
    walk->from = from;
    return RP_OK;
}

bool
rp_walk_reached(const RpQueryRun *run, const RpWalk *walk, RpTermId node)
{
    return visit_of(run, walk, (RpPathPair){RP_LAST_STATE, node})->walk == walk->number;
}
