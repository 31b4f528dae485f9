/*
 * The graph: arrays of triples, sorted by a merge sort of our own (linear-logarithmic whatever the
 * data, polls the host, and quick where the data is sorted already), and binary searches in them.
 */
#include "rdf/graph.h"

enum {
    FIRST_CAPACITY = 32,   /* triples */
    RUN_LENGTH = 16,       /* triples that insertion sort puts in order */
    TRIPLES_PER_POLL = 256 /* sorted triples per rp_arena_poll */
};

void
rp_graph_init(RpGraph *graph, RpArena *arena, RpDictionary *dictionary)
{
    *graph = (RpGraph){.arena = arena, .dictionary = dictionary};
}

RpStatus
rp_graph_add(RpGraph *graph, RpTriple triple, RpError *error)
{
    RpTriple *triples;

    if (graph->count == UINT32_MAX) {
        return rp_error_set(error, RP_TOO_LARGE, "more than %u triples", UINT32_MAX);
    }
    triples = rp_arena_regrow(graph->arena, graph->by_subject, graph->count,
                              graph->count ? graph->count + 1 : FIRST_CAPACITY, &graph->capacity,
                              sizeof(RpTriple));
    if (!triples) {
        return rp_arena_failure(graph->arena, error);
    }
    graph->by_subject = triples;
    triples[graph->count++] = triple;
    return RP_OK;
}

/* The first two members as one number, so that most comparisons are one. */
static uint64_t
leading_key(const RpTriple *triple)
{
    return (uint64_t)triple->subject << 32 | triple->predicate;
}

static bool
is_before(const RpTriple *a, const RpTriple *b)
{
    uint64_t key_a = leading_key(a);
    uint64_t key_b = leading_key(b);

    return key_a < key_b || (key_a == key_b && a->object < b->object);
}

static void
sort_run(RpTriple *triples, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++) {
        RpTriple triple = triples[i];
        uint32_t place = i;

        while (place > 0 && is_before(&triple, &triples[place - 1])) {
            triples[place] = triples[place - 1];
            place--;
        }
        triples[place] = triple;
    }
}

/* Merge from[start, middle) and from[middle, end) into the same places of to. */
static RpStatus
merge_runs(RpArena *arena, const RpTriple *from, RpTriple *to, uint32_t start, uint32_t middle,
           uint32_t end, RpError *error)
{
    uint32_t left = start;
    uint32_t right = middle;

    if (middle == end || !is_before(&from[middle], &from[middle - 1])) {
        memcpy(to + start, from + start, sizeof(RpTriple) * (size_t)(end - start));
        return rp_arena_poll(arena, error);
    }
    for (uint32_t i = start; i < end; i++) {
        bool takes_right = left == middle || (right < end && is_before(&from[right], &from[left]));

        if (i % TRIPLES_PER_POLL == 0) {
            RP_TRY(rp_arena_poll(arena, error));
        }
        to[i] = takes_right ? from[right++] : from[left++];
    }
    return RP_OK;
}

static bool
is_sorted(const RpTriple *triples, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++) {
        if (is_before(&triples[i], &triples[i - 1])) {
            return false;
        }
    }
    return true;
}

/* The smaller of two sums that may not fit 32 bits, and a count that does. */
static uint32_t
bounded_sum(uint32_t a, uint32_t b, uint32_t bound)
{
    return b > bound - a ? bound : a + b;
}

/* Sort by the members as they stand. The result is *triples, which may become another block, of
 * another capacity. */
static RpStatus
sort_triples(RpArena *arena, RpTriple **triples, uint32_t count, uint32_t *capacity, RpError *error)
{
    RpTriple *from = *triples;
    RpTriple *to;
    uint32_t width = RUN_LENGTH;

    if (count <= RUN_LENGTH) {
        sort_run(from, count);
        return RP_OK;
    }
    if (is_sorted(from, count)) {
        return RP_OK;
    }
    to = rp_arena_allocate(arena, sizeof(RpTriple) * (size_t)count);
    if (!to) {
        return rp_arena_failure(arena, error);
    }
    for (uint32_t start = 0; start < count; start = bounded_sum(start, RUN_LENGTH, count)) {
        sort_run(from + start, bounded_sum(start, RUN_LENGTH, count) - start);
        RP_TRY(rp_arena_poll(arena, error));
    }
    for (; width < count; width = bounded_sum(width, width, count)) {
        RpTriple *merged = to;

        for (uint32_t start = 0; start < count;) {
            uint32_t middle = bounded_sum(start, width, count);
            uint32_t end = bounded_sum(middle, width, count);

            RP_TRY(merge_runs(arena, from, to, start, middle, end, error));
            start = end;
        }
        to = from;
        from = merged;
    }
    rp_arena_give_back(arena, to,
                       sizeof(RpTriple) * (size_t)(from == *triples ? count : *capacity));
    *capacity = from == *triples ? *capacity : count;
    *triples = from;
    return RP_OK;
}

RpStatus
rp_graph_freeze(RpGraph *graph, RpError *error)
{
    uint32_t kept = 0;

    if (!graph->by_subject) { /* so that ranges of an empty graph are no null pointers */
        graph->by_subject = rp_arena_allocate(graph->arena, sizeof(RpTriple));
    }
    if (!graph->by_subject) {
        return rp_arena_failure(graph->arena, error);
    }
    RP_TRY(sort_triples(graph->arena, &graph->by_subject, graph->count, &graph->capacity, error));
    for (uint32_t i = 0; i < graph->count; i++) {
        RpTriple triple = graph->by_subject[i];

        if (kept == 0 || is_before(&graph->by_subject[kept - 1], &triple)) {
            graph->by_subject[kept++] = triple;
        }
    }
    graph->count = kept;
    graph->is_frozen = true;
    return RP_OK;
}

/*
 * Make the second ordering. While it is sorted, its members stand in the order predicate, object,
 * subject, so that one sort serves both orderings.
 */
static RpStatus
make_by_object(RpGraph *graph, RpError *error)
{
    uint32_t capacity = graph->count + 1;
    RpTriple *triples = rp_arena_allocate(graph->arena, sizeof(RpTriple) * (size_t)capacity);

    if (!triples) {
        return rp_arena_failure(graph->arena, error);
    }
    for (uint32_t i = 0; i < graph->count; i++) {
        RpTriple triple = graph->by_subject[i];

        triples[i] = (RpTriple){triple.predicate, triple.object, triple.subject};
    }
    RP_TRY(sort_triples(graph->arena, &triples, graph->count, &capacity, error));
    for (uint32_t i = 0; i < graph->count; i++) {
        RpTriple turned = triples[i];

        triples[i] = (RpTriple){turned.object, turned.subject, turned.predicate};
    }
    graph->by_object = triples;
    return RP_OK;
}

/* The first of so many sorted triples that is not before a bound. */
static const RpTriple *
lower_bound(const RpTriple *first, uint32_t count, RpTriple bound)
{
    while (count > 0) {
        uint32_t half = count / 2;

        if (is_before(&first[half], &bound)) {
            first += half + 1;
            count -= half + 1;
        } else {
            count = half;
        }
    }
    return first;
}

/* The first triple of by_subject that is not before a bound. */
static const RpTriple *
subject_bound(const RpGraph *graph, RpTriple bound)
{
    return lower_bound(graph->by_subject, graph->count, bound);
}

/* The same of by_object, with no bound on the subject; past: the first one after all equal ones. */
static const RpTriple *
object_bound(const RpGraph *graph, RpTermId predicate, uint64_t object, bool is_past)
{
    const RpTriple *first = graph->by_object;
    uint32_t count = graph->count;

    while (count > 0) {
        const RpTriple *middle = &first[count / 2];
        bool is_smaller = middle->predicate < predicate ||
                          (middle->predicate == predicate &&
                           (middle->object < object || (is_past && middle->object == object)));

        if (is_smaller) {
            first = middle + 1;
            count -= count / 2 + 1;
        } else {
            count /= 2;
        }
    }
    return first;
}

/* From a first triple to a bound that is mostly near: the steps double until they pass it. */
static RpTripleRange
range_to(const RpGraph *graph, const RpTriple *first, RpTriple bound)
{
    const RpTriple *end = first;
    uint32_t left = (uint32_t)(graph->by_subject + graph->count - first);
    uint64_t step = 1;

    while (step < left && is_before(&end[step - 1], &bound)) {
        end += step;
        left -= (uint32_t)step;
        step *= 2;
    }
    return (RpTripleRange){first, lower_bound(end, step < left ? (uint32_t)step : left, bound)};
}

RpTripleRange
rp_graph_subject(const RpGraph *graph, RpTermId subject)
{
    return range_to(graph, subject_bound(graph, (RpTriple){subject, RP_TERM_NONE, RP_TERM_NONE}),
                    (RpTriple){subject, UINT32_MAX, UINT32_MAX});
}

RpTripleRange
rp_graph_objects(const RpGraph *graph, RpTermId subject, RpTermId predicate)
{
    return range_to(graph, subject_bound(graph, (RpTriple){subject, predicate, RP_TERM_NONE}),
                    (RpTriple){subject, predicate, UINT32_MAX});
}

/* The first triple of a subject's range whose predicate is not below. */
static const RpTriple *
predicate_bound(RpTripleRange range, RpTermId predicate)
{
    while (range.first < range.end) {
        const RpTriple *middle = range.first + (range.end - range.first) / 2;

        if (middle->predicate < predicate) {
            range.first = middle + 1;
        } else {
            range.end = middle;
        }
    }
    return range.first;
}

RpTripleRange
rp_triple_range_objects(RpTripleRange range, RpTermId predicate)
{
    range.first = predicate_bound(range, predicate);
    if (range.first < range.end && range.first->predicate != predicate) {
        range.end = range.first; /* most often it has none: no second search */
    }
    range.end = predicate_bound(range, predicate + 1);
    return range;
}

static RpTripleRange
one_triple(const RpGraph *graph, RpTriple triple)
{
    const RpTriple *first = subject_bound(graph, triple);
    bool is_found = first < graph->by_subject + graph->count && !is_before(&triple, first);

    return (RpTripleRange){first, first + is_found};
}

bool
rp_graph_contains(const RpGraph *graph, RpTriple triple)
{
    return rp_triple_range_count(one_triple(graph, triple)) == 1;
}

static RpStatus
match_by_object(RpGraph *graph, RpTermId predicate, RpTermId object, RpTripleRange *range,
                RpError *error)
{
    if (!graph->by_object) {
        RP_TRY(make_by_object(graph, error));
    }
    range->first = object_bound(graph, predicate, object, false);
    range->end = object_bound(graph, predicate, object != RP_TERM_NONE ? object : UINT32_MAX, true);
    return RP_OK;
}

RpStatus
rp_graph_match(RpGraph *graph, RpTermId subject, RpTermId predicate, RpTermId object,
               RpTripleRange *range, RpError *error)
{
    if (subject == RP_TERM_NONE && predicate != RP_TERM_NONE) {
        return match_by_object(graph, predicate, object, range, error);
    }
    if (predicate == RP_TERM_NONE && object != RP_TERM_NONE) {
        return rp_error_set(error, RP_UNSUPPORTED,
                            "a pattern with an object and no predicate is not served");
    }
    if (subject == RP_TERM_NONE) {
        *range = (RpTripleRange){graph->by_subject, graph->by_subject + graph->count};
    } else if (predicate == RP_TERM_NONE) {
        *range = rp_graph_subject(graph, subject);
    } else if (object == RP_TERM_NONE) {
        *range = rp_graph_objects(graph, subject, predicate);
    } else {
        *range = one_triple(graph, (RpTriple){subject, predicate, object});
    }
    return RP_OK;
}
