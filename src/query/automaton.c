/* See automaton.h. */
#include "query/automaton.h"

enum { FIRST_STATE = 0, LAST_STATE = 1 };

static RpStatus build(RpQueryRun *run, RpAutomaton *automaton, const RpOp *path, bool is_inverse,
                      uint32_t from, uint32_t to);

static RpStatus
add_state(RpQueryRun *run, RpAutomaton *automaton, uint32_t *state)
{
    uint32_t *states =
        rp_arena_grow(&run->arena, automaton->first_links, automaton->state_count,
                      automaton->state_count + 1, &automaton->state_capacity, sizeof(uint32_t));

    if (!states) {
        return rp_arena_failure(&run->arena, run->error);
    }
    automaton->first_links = states;
    states[automaton->state_count] = 0;
    *state = automaton->state_count++;
    return RP_OK;
}

static RpStatus
add_link(RpQueryRun *run, RpAutomaton *automaton, uint32_t from, RpLink link)
{
    RpLink *links =
        rp_arena_grow(&run->arena, automaton->links, automaton->link_count,
                      automaton->link_count + 1, &automaton->link_capacity, sizeof(RpLink));

    if (!links) {
        return rp_arena_failure(&run->arena, run->error);
    }
    automaton->links = links;
    link.next = automaton->first_links[from];
    links[automaton->link_count++] = link;
    automaton->first_links[from] = automaton->link_count;
    return RP_OK;
}

bool
rp_negated_has(const RpOp *set, bool is_inverse)
{
    for (uint32_t i = 0; i < set->child_count; i++) {
        if ((set->children[i]->kind == RP_ALGEBRA_INVERSE) == is_inverse) {
            return true;
        }
    }
    return set->child_count == 0 && !is_inverse; /* !() is any triple, forwards */
}

bool
rp_negated_allows(const RpOp *set, bool is_inverse, RpTermId predicate)
{
    for (uint32_t i = 0; i < set->child_count; i++) {
        const RpOp *member = set->children[i];
        bool is_inverse_member = member->kind == RP_ALGEBRA_INVERSE;

        if (is_inverse_member == is_inverse &&
            (is_inverse_member ? member->children[0] : member)->value == predicate) {
            return false;
        }
    }
    return true;
}

static RpStatus
build_negated(RpQueryRun *run, RpAutomaton *automaton, const RpOp *path, bool is_inverse,
              uint32_t from, uint32_t to)
{
    for (int of_inverses = 0; of_inverses < 2; of_inverses++) {
        bool goes_back = (of_inverses != 0) != is_inverse;

        if (rp_negated_has(path, of_inverses)) {
            RP_TRY(add_link(run, automaton, from,
                            (RpLink){.kind = goes_back ? RP_LINK_NOT_BACKWARD : RP_LINK_NOT_FORWARD,
                                     .to = to,
                                     .set = path,
                                     .is_inverse = of_inverses}));
        }
    }
    return RP_OK;
}

static RpStatus
build_sequence(RpQueryRun *run, RpAutomaton *automaton, const RpOp *path, bool is_inverse,
               uint32_t from, uint32_t to)
{
    uint32_t count = path->child_count;

    for (uint32_t i = 0; i < count; i++) {
        const RpOp *part = path->children[is_inverse ? count - 1 - i : i];
        uint32_t next = to;

        if (i + 1 < count) {
            RP_TRY(add_state(run, automaton, &next));
        }
        RP_TRY(build(run, automaton, part, is_inverse, from, next));
        from = next;
    }
    return RP_OK;
}

/* p*, p+ and p?: the part goes from a state of its own to another one. */
static RpStatus
build_repeated(RpQueryRun *run, RpAutomaton *automaton, const RpOp *path, bool is_inverse,
               uint32_t from, uint32_t to)
{
    uint32_t before;
    uint32_t behind;

    RP_TRY(add_state(run, automaton, &before));
    RP_TRY(add_state(run, automaton, &behind));
    RP_TRY(add_link(run, automaton, from, (RpLink){.kind = RP_LINK_EMPTY, .to = before}));
    RP_TRY(add_link(run, automaton, behind, (RpLink){.kind = RP_LINK_EMPTY, .to = to}));
    if (path->kind != RP_ALGEBRA_ONE_OR_MORE) {
        RP_TRY(add_link(run, automaton, before, (RpLink){.kind = RP_LINK_EMPTY, .to = behind}));
    }
    if (path->kind != RP_ALGEBRA_ZERO_OR_ONE) {
        RP_TRY(add_link(run, automaton, behind, (RpLink){.kind = RP_LINK_EMPTY, .to = before}));
    }
    return build(run, automaton, path->children[0], is_inverse, before, behind);
}

/* Links that lead along a path from a state to another. Recursion is bounded by the algebra's
 * depth. */
static RpStatus
build(RpQueryRun *run, RpAutomaton *automaton, const RpOp *path, bool is_inverse, uint32_t from,
      uint32_t to)
{
    switch (path->kind) {
    case RP_ALGEBRA_CONSTANT:
        return add_link(run, automaton, from,
                        (RpLink){.kind = is_inverse ? RP_LINK_BACKWARD : RP_LINK_FORWARD,
                                 .to = to,
                                 .predicate = path->value});
    case RP_ALGEBRA_INVERSE:
        return build(run, automaton, path->children[0], !is_inverse, from, to);
    case RP_ALGEBRA_SEQUENCE:
        return build_sequence(run, automaton, path, is_inverse, from, to);
    case RP_ALGEBRA_ALTERNATIVE:
        for (uint32_t i = 0; i < path->child_count; i++) {
            RP_TRY(build(run, automaton, path->children[i], is_inverse, from, to));
        }
        return RP_OK;
    case RP_ALGEBRA_NEGATED:
        return build_negated(run, automaton, path, is_inverse, from, to);
    default:
        return build_repeated(run, automaton, path, is_inverse, from, to);
    }
}

RpStatus
rp_automaton_make(RpQueryRun *run, const RpOp *path, bool is_inverse, RpAutomaton **automaton)
{
    RpAutomaton *made = rp_arena_allocate_zero(&run->arena, sizeof(RpAutomaton));
    uint32_t state;
    size_t visits_size;

    if (!made) {
        return rp_arena_failure(&run->arena, run->error);
    }
    RP_TRY(add_state(run, made, &state));
    RP_TRY(add_state(run, made, &state));
    RP_TRY(build(run, made, path, is_inverse, FIRST_STATE, LAST_STATE));
    made->node_limit = rp_dictionary_end(run->graph->dictionary);
    visits_size = sizeof(uint32_t) * ((size_t)made->node_limit + 1) * made->state_count;
    made->visits = rp_arena_allocate_zero(&run->arena, visits_size);
    if (!made->visits) {
        return rp_arena_failure(&run->arena, run->error);
    }
    *automaton = made;
    return RP_OK;
}

/* The place of a state and node. Terms that a function made are in no triple: only the node that a
 * walk starts from is one, so that they share a place. */
static uint32_t *
visit_of(const RpAutomaton *automaton, uint32_t state, RpTermId node)
{
    uint32_t place = node < automaton->node_limit ? node : automaton->node_limit;

    return &automaton->visits[(size_t)state * ((size_t)automaton->node_limit + 1) + place];
}

static RpStatus
reach(RpQueryRun *run, RpAutomaton *automaton, uint32_t state, RpTermId node)
{
    uint32_t *visit = visit_of(automaton, state, node);
    RpPathPair *queue;
    RpTermId *reached;

    if (*visit == automaton->walk) {
        return RP_OK;
    }
    *visit = automaton->walk;
    if (state == LAST_STATE) {
        reached = rp_arena_grow(&run->arena, automaton->reached, automaton->reached_count,
                                automaton->reached_count + 1, &automaton->reached_capacity,
                                sizeof(RpTermId));
        if (!reached) {
            return rp_arena_failure(&run->arena, run->error);
        }
        automaton->reached = reached;
        reached[automaton->reached_count++] = node;
    }
    queue =
        rp_arena_grow(&run->arena, automaton->queue, automaton->queue_count,
                      automaton->queue_count + 1, &automaton->queue_capacity, sizeof(RpPathPair));
    if (!queue) {
        return rp_arena_failure(&run->arena, run->error);
    }
    automaton->queue = queue;
    queue[automaton->queue_count++] = (RpPathPair){state, node};
    return RP_OK;
}

static RpStatus
follow(RpQueryRun *run, RpAutomaton *automaton, const RpLink *link, RpTermId node)
{
    bool goes_back = link->kind == RP_LINK_BACKWARD || link->kind == RP_LINK_NOT_BACKWARD;
    RpTripleRange range;

    if (link->kind == RP_LINK_EMPTY) {
        return reach(run, automaton, link->to, node);
    }
    RP_TRY(rp_graph_match(run->graph, goes_back ? RP_TERM_NONE : node, link->predicate,
                          goes_back ? node : RP_TERM_NONE, &range, run->error));
    for (const RpTriple *triple = range.first; triple < range.end; triple++) {
        RP_TRY(rp_arena_poll(&run->arena, run->error));
        if (!link->set || rp_negated_allows(link->set, link->is_inverse, triple->predicate)) {
            RP_TRY(reach(run, automaton, link->to, goes_back ? triple->subject : triple->object));
        }
    }
    return RP_OK;
}

static void
begin_walk(RpAutomaton *automaton)
{
    automaton->walked_from = RP_TERM_NONE;
    automaton->queue_count = 0;
    automaton->reached_count = 0;
    if (++automaton->walk == 0) {
        memset(automaton->visits, 0,
               sizeof(uint32_t) * ((size_t)automaton->node_limit + 1) * automaton->state_count);
        automaton->walk = 1;
    }
}

RpStatus
rp_automaton_walk(RpQueryRun *run, RpAutomaton *automaton, RpTermId from, RpTermId target)
{
    begin_walk(automaton);
    RP_TRY(reach(run, automaton, FIRST_STATE, from));
    for (uint32_t i = 0; i < automaton->queue_count; i++) {
        RpPathPair pair = automaton->queue[i];

        RP_TRY(rp_arena_poll(&run->arena, run->error));
        if (target != RP_TERM_NONE && rp_automaton_reached(automaton, target)) {
            return RP_OK;
        }
        for (uint32_t link = automaton->first_links[pair.state]; link != 0;
             link = automaton->links[link - 1].next) {
            RP_TRY(follow(run, automaton, &automaton->links[link - 1], pair.node));
        }
    }
    automaton->walked_from = from;
    return RP_OK;
}

bool
rp_automaton_reached(const RpAutomaton *automaton, RpTermId node)
{
    if (node >= automaton->node_limit) { /* at most where the walk started */
        for (uint32_t i = 0; i < automaton->reached_count; i++) {
            if (automaton->reached[i] == node) {
                return true;
            }
        }
        return false;
    }
    return *visit_of(automaton, LAST_STATE, node) == automaton->walk;
}
