/* See path.h. */
#include "query/path.h"

#include "query/automaton.h"
#include "query/walk.h"

/* What a run keeps of a path that repeats. */
struct RpClosure {
    RpWalk forward;        /* from a subject */
    RpWalk backward;       /* from an object */
    RpTermId last_subject; /* asked about lately, with both ends bound */
    RpTermId last_object;
};

/* One verb's matching: subject and object are exchanged within an inverse. */
typedef struct Matching {
    RpQueryRun *run;
    RpPathSink *sink;
    bool is_inverse;
} Matching;

static RpStatus match(const Matching *matching, const RpOp *path, RpTermId subject,
                      RpTermId object);

static RpStatus
give(const Matching *matching, RpTermId subject, RpTermId object)
{
    RpPathSink *sink = matching->sink;

    return matching->is_inverse ? sink->found(sink->state, object, subject)
                                : sink->found(sink->state, subject, object);
}

/* All triples of a pattern, each as often as it fits; set: whose predicate it allows. */
static RpStatus
match_triples(const Matching *matching, RpTermId subject, RpTermId predicate, RpTermId object,
              const RpOp *set, bool goes_back)
{
    RpQueryRun *run = matching->run;
    RpTripleRange range;

    RP_TRY(rp_graph_match(run->graph, goes_back ? object : subject, predicate,
                          goes_back ? subject : object, &range, run->error));
    for (const RpTriple *triple = range.first; triple < range.end && !matching->sink->is_done;
         triple++) {
        RP_TRY(rp_arena_poll(&run->arena, run->error));
        if (!set || rp_negated_allows(set, goes_back, triple->predicate)) {
            RP_TRY(goes_back ? give(matching, triple->object, triple->subject)
                             : give(matching, triple->subject, triple->object));
        }
    }
    return RP_OK;
}

static RpStatus
match_negated(const Matching *matching, const RpOp *path, RpTermId subject, RpTermId object)
{
    for (int goes_back = 0; goes_back < 2; goes_back++) {
        if (rp_negated_has(path, goes_back)) {
            RP_TRY(match_triples(matching, subject, RP_TERM_NONE, object, path, goes_back));
        }
    }
    return RP_OK;
}

/* NULL: as rp_arena_allocate. */
static RpClosure *
closure_of(RpQueryRun *run, const RpOp *path)
{
    RpClosure **kept = &run->closures[path->number];

    if (!*kept) {
        *kept = rp_arena_allocate_zero(&run->arena, sizeof(RpClosure));
    }
    return *kept;
}

/* The nodes that a node is connected with; target: as rp_walk_from. */
static RpStatus
walk_from(RpQueryRun *run, const RpOp *path, RpClosure *closure, bool is_inverse, RpTermId from,
          RpTermId target)
{
    RpWalk *walk = is_inverse ? &closure->backward : &closure->forward;

    if (walk->from == from) {
        return RP_OK;
    }
    return rp_walk_from(run, is_inverse ? path->backward : path->forward, walk, from, target);
}

/* Whether a path connects two nodes. An end that is asked about again is walked from to the end,
 * so that further questions need no walk. */
static RpStatus
connects(RpQueryRun *run, const RpOp *path, RpClosure *closure, RpTermId subject, RpTermId object,
         bool *result)
{
    if (closure->backward.from == object || closure->last_object == object) {
        RP_TRY(walk_from(run, path, closure, true, object, RP_TERM_NONE));
        *result = rp_walk_reached(run, &closure->backward, subject);
        return RP_OK;
    }
    RP_TRY(walk_from(run, path, closure, false, subject,
                     closure->last_subject == subject ? RP_TERM_NONE : object));
    *result = rp_walk_reached(run, &closure->forward, object);
    closure->last_subject = subject;
    closure->last_object = object;
    return RP_OK;
}

static RpStatus
match_from(const Matching *matching, const RpOp *path, RpClosure *closure, RpTermId node,
           bool is_inverse)
{
    const RpWalk *walk = is_inverse ? &closure->backward : &closure->forward;

    RP_TRY(walk_from(matching->run, path, closure, is_inverse, node, RP_TERM_NONE));
    for (uint32_t i = 0; i < walk->reached_count && !matching->sink->is_done; i++) {
        RpTermId reached = walk->reached[i];

        RP_TRY(rp_arena_poll(&matching->run->arena, matching->run->error));
        RP_TRY(is_inverse ? give(matching, reached, node) : give(matching, node, reached));
    }
    return RP_OK;
}

/* From each node of the graph: what is a subject, then what is an object alone. */
static RpStatus
match_all(const Matching *matching, const RpOp *path, RpClosure *closure)
{
    RpQueryRun *run = matching->run;
    RpTripleRange all;
    RpTermId limit = rp_dictionary_end(run->graph->dictionary);
    size_t size = (size_t)limit + 1;
    bool *is_done = rp_pool_take(run->pool, size);

    if (!is_done) {
        return rp_arena_failure(&run->arena, run->error);
    }
    memset(is_done, 0, size);
    RP_TRY(rp_graph_match(run->graph, RP_TERM_NONE, RP_TERM_NONE, RP_TERM_NONE, &all, run->error));
    for (int of_objects = 0; of_objects < 2; of_objects++) {
        for (const RpTriple *triple = all.first; triple < all.end && !matching->sink->is_done;
             triple++) {
            RpTermId node = of_objects ? triple->object : triple->subject;

            RP_TRY(rp_arena_poll(&run->arena, run->error));
            if (!is_done[node]) {
                is_done[node] = true;
                RP_TRY(match_from(matching, path, closure, node, false));
            }
        }
    }
    rp_pool_give(run->pool, is_done, size);
    return RP_OK;
}

static RpStatus
match_closure(const Matching *matching, const RpOp *path, RpTermId subject, RpTermId object)
{
    RpQueryRun *run = matching->run;
    RpClosure *closure = closure_of(run, path);
    bool does_connect;

    if (!closure) {
        return rp_arena_failure(&run->arena, run->error);
    }
    if (subject != RP_TERM_NONE && object != RP_TERM_NONE) {
        RP_TRY(connects(run, path, closure, subject, object, &does_connect));
        return does_connect ? give(matching, subject, object) : RP_OK;
    }
    if (subject != RP_TERM_NONE) {
        return match_from(matching, path, closure, subject, false);
    }
    return object != RP_TERM_NONE ? match_from(matching, path, closure, object, true)
                                  : match_all(matching, path, closure);
}

static RpStatus
match(const Matching *matching, const RpOp *path, RpTermId subject, RpTermId object)
{
    Matching inner = *matching;

    switch (path->kind) {
    case RP_ALGEBRA_CONSTANT:
        return match_triples(matching, subject, path->value, object, NULL, false);
    case RP_ALGEBRA_INVERSE:
        inner.is_inverse = !inner.is_inverse;
        return match(&inner, path->children[0], object, subject);
    case RP_ALGEBRA_ALTERNATIVE:
        for (uint32_t i = 0; i < path->child_count && !matching->sink->is_done; i++) {
            RP_TRY(match(matching, path->children[i], subject, object));
        }
        return RP_OK;
    case RP_ALGEBRA_NEGATED:
        return match_negated(matching, path, subject, object);
    default:
        return match_closure(matching, path, subject, object);
    }
}

RpStatus
rp_path_match(RpQueryRun *run, const RpOp *path, RpTermId subject, RpTermId object,
              RpPathSink *sink)
{
    Matching matching = {.run = run, .sink = sink};

    return match(&matching, path, subject, object);
}
