/* See units.h. */
#include "incremental/units.h"

enum {
    /* Marks of covered places, by index. */
    IS_BELOW_FOCUS = 1, /* a focus node is above, or there */
    IS_BELOW_UNIT = 2,  /* something that is to be evaluated is above */
    IS_EVALUATED = 4    /* with something that is evaluated */
};

typedef struct Search {
    RpJudging *judging;
    RpWalk *walk;
    uint8_t *marks;  /* by place */
    uint32_t *stack; /* of places: each comes to it once for each mark */
    uint32_t *tops;  /* places that are to be evaluated if nothing above them is */
    uint32_t top_count;
    RpGraph *nodes;
} Search;

/* Mark all places below one. Each place is gone on from once for each mark: all calls together are
 * linear. */
static RpStatus
mark_below(Search *search, uint32_t place, uint8_t mark)
{
    uint32_t count = 0;

    search->stack[count++] = place;
    while (count > 0) {
        RpTripleRange below =
            rp_graph_objects(&search->walk->below, search->stack[--count] + 1, RP_PAIR_PREDICATE);

        for (const RpTriple *way = below.first; way < below.end; way++) {
            RP_TRY(rp_arena_poll(search->judging->arena, search->judging->error));
            if ((search->marks[way->object - 1] & mark) == 0) {
                search->marks[way->object - 1] |= mark;
                search->stack[count++] = way->object - 1;
            }
        }
    }
    return RP_OK;
}

/* The graph is a set, so a unit that is taken twice is evaluated once. */
static RpStatus
take(Search *search, uint32_t shape, RpTermId node)
{
    return rp_graph_add(search->nodes, (RpTriple){shape, RP_PAIR_PREDICATE, node},
                        search->judging->error);
}

/* A focus node may be why units below it matter. One that is new is evaluated as a whole, unless
 * that is part of more. */
static RpStatus
add_focus_nodes(Search *search, const RpGraph *focus_nodes)
{
    for (uint32_t i = 0; i < focus_nodes->count; i++) {
        const RpTriple *focus = &focus_nodes->by_subject[i];
        uint32_t place =
            rp_walk_covered(search->judging, search->walk, focus->subject, focus->object);
        bool is_new = rp_pair_set_find(&search->judging->added, focus->subject, focus->object) != 0;

        RP_TRY(rp_arena_poll(search->judging->arena, search->judging->error));
        if (place != 0) {
            search->marks[place - 1] |= IS_BELOW_FOCUS;
            RP_TRY(mark_below(search, place - 1, IS_BELOW_FOCUS));
        }
        if (is_new && place != 0) {
            search->tops[search->top_count++] = place - 1;
        } else if (is_new) {
            RP_TRY(take(search, focus->subject, focus->object));
        }
    }
    return RP_OK;
}

/* Evaluating a shape evaluates the shapes below it for its nodes, whose results then stand in the
 * same report. */
static RpStatus
evaluate(Search *search, uint32_t place)
{
    RpNodePair pair = search->walk->met.pairs[place];

    search->marks[place] |= IS_EVALUATED;
    RP_TRY(mark_below(search, place, IS_EVALUATED));
    return take(search, search->judging->map->shapes[pair.of / 2] - 1, pair.node);
}

/* First those that nothing is above; then, where some are above each other, one of them. */
static RpStatus
evaluate_tops(Search *search)
{
    for (uint32_t i = 0; i < search->top_count; i++) {
        RP_TRY(mark_below(search, search->tops[i], IS_BELOW_UNIT));
    }
    for (uint32_t i = 0; i < search->top_count; i++) {
        if ((search->marks[search->tops[i]] & IS_BELOW_UNIT) == 0) {
            RP_TRY(evaluate(search, search->tops[i]));
        }
    }
    for (uint32_t i = 0; i < search->top_count; i++) {
        if ((search->marks[search->tops[i]] & IS_EVALUATED) == 0) {
            RP_TRY(evaluate(search, search->tops[i]));
        }
    }
    return RP_OK;
}

/* Units that no focus node is above are nobody's: they are dropped here, before anything of theirs
 * is fetched. */
RpStatus
rp_units_find(RpJudging *judging, RpWalk *walk, const RpGraph *focus_nodes, RpGraph *nodes)
{
    size_t place_count = (size_t)walk->met.count + 1;
    size_t top_limit = (size_t)walk->unit_count + focus_nodes->count + 1;
    Search search = {.judging = judging, .walk = walk, .nodes = nodes};

    search.marks = rp_arena_allocate_zero(judging->arena, place_count);
    search.stack = rp_arena_allocate(judging->arena, sizeof(uint32_t) * place_count);
    search.tops = rp_arena_allocate(judging->arena, sizeof(uint32_t) * top_limit);
    if (!search.marks || !search.stack || !search.tops) {
        return rp_arena_failure(judging->arena, judging->error);
    }
    rp_graph_init(nodes, judging->arena, NULL);
    RP_TRY(rp_graph_freeze(&walk->below, judging->error));
    RP_TRY(add_focus_nodes(&search, focus_nodes));
    for (uint32_t i = 0; i < walk->unit_count; i++) {
        if (search.marks[walk->units[i]] & IS_BELOW_FOCUS) {
            search.tops[search.top_count++] = walk->units[i];
        }
    }
    RP_TRY(evaluate_tops(&search));
    return rp_graph_freeze(nodes, judging->error);
}
