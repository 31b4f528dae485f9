/* The graph: sorted arrays of triples, and binary searches in them. */
#include "rdf/graph.h"

enum { FIRST_CAPACITY = 32 /* triples */ };

void
rp_graph_init(RpGraph *graph, RpArena *arena, RpDictionary *dictionary)
{
    *graph = (RpGraph){.arena = arena, .dictionary = dictionary};
}

/* Nothing writes what is frozen. */
void
rp_graph_init_sorted(RpGraph *graph, RpArena *arena, RpDictionary *dictionary,
                     const RpTriple *triples, uint32_t count)
{
    *graph = (RpGraph){.arena = arena,
                       .dictionary = dictionary,
                       .by_subject = (RpTriple *)triples,
                       .count = count,
                       .capacity = count,
                       .is_frozen = true};
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

void
rp_graph_put_term(void *graph, uint32_t place, RpTermId id)
{
    RpTriple *triple = &((RpGraph *)graph)->by_subject[place / 2];

    if (place % 2 == 0) {
        triple->subject = id;
    } else {
        triple->object = id;
    }
}

RpStatus
rp_graph_repeat_subjects(RpGraph *graph, uint32_t first, RpError *error)
{
    for (uint32_t i = first; i < graph->count; i++) {
        RP_TRY(rp_arena_poll(graph->arena, error));
        if (graph->by_subject[i].subject == RP_TERM_NONE) {
            graph->by_subject[i].subject = graph->by_subject[i - 1].subject;
        }
    }
    return RP_OK;
}

/* Drop those of sorted triples that are like the one before; returns how many are left. Mostly all
 * are, and nothing is moved. */
static uint32_t
drop_duplicates(RpTriple *triples, uint32_t count)
{
    uint32_t kept = 1;

    while (kept < count && rp_triple_is_before(&triples[kept - 1], &triples[kept])) {
        kept++;
    }
    for (uint32_t i = kept + 1; i < count; i++) {
        if (rp_triple_is_before(&triples[kept - 1], &triples[i])) {
            triples[kept++] = triples[i];
        }
    }
    return kept < count ? kept : count;
}

RpStatus
rp_graph_freeze(RpGraph *graph, RpError *error)
{
    if (!graph->by_subject) { /* so that ranges of an empty graph are no null pointers */
        graph->by_subject = rp_arena_allocate(graph->arena, sizeof(RpTriple));
    }
    if (!graph->by_subject) {
        return rp_arena_failure(graph->arena, error);
    }
    RP_TRY(rp_triples_sort(graph->arena, graph->by_subject, graph->count, error));
    graph->count = drop_duplicates(graph->by_subject, graph->count);
    graph->is_frozen = true;
    return RP_OK;
}

/* Where in by_predicate each predicate's triples are. */
static RpStatus
find_parts(RpGraph *graph, RpError *error)
{
    uint32_t capacity = 0;

    for (uint32_t i = 0; i < graph->count; i++) {
        RpTermId predicate = graph->by_predicate[i].predicate;

        if (i == 0 || predicate != graph->by_predicate[i - 1].predicate) {
            RpPredicatePart *parts =
                rp_arena_regrow(graph->arena, graph->parts, graph->part_count,
                                graph->part_count + 1, &capacity, sizeof(RpPredicatePart));

            if (!parts) {
                return rp_arena_failure(graph->arena, error);
            }
            graph->parts = parts;
            parts[graph->part_count++] = (RpPredicatePart){.predicate = predicate, .first = i};
        }
        graph->parts[graph->part_count - 1].count++;
    }
    return RP_OK;
}

/* Make the second ordering, as far as predicates go. */
static RpStatus
make_by_predicate(RpGraph *graph, RpError *error)
{
    RpTriple *triples =
        rp_arena_allocate(graph->arena, sizeof(RpTriple) * ((size_t)graph->count + 1));

    if (!triples) {
        return rp_arena_failure(graph->arena, error);
    }
    RP_TRY(rp_triples_copy_by(graph->arena, graph->by_subject, triples, graph->count,
                              RP_MEMBER_PREDICATE, error));
    graph->by_predicate = triples;
    return find_parts(graph, error);
}

/* The first of so many sorted triples that is not before a bound. */
static const RpTriple *
lower_bound(const RpTriple *first, uint32_t count, RpTriple bound)
{
    while (count > 0) {
        uint32_t half = count / 2;

        if (rp_triple_is_before(&first[half], &bound)) {
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

/* The first of so many triples in order of objects that is not before an object. */
static const RpTriple *
object_bound(const RpTriple *first, uint32_t count, uint64_t object)
{
    while (count > 0) {
        uint32_t half = count / 2;

        if (first[half].object < object) {
            first += half + 1;
            count -= half + 1;
        } else {
            count = half;
        }
    }
    return first;
}

/* The same where that is mostly near: the steps double until they pass it. */
static const RpTriple *
near_object_bound(const RpTriple *first, uint32_t count, uint64_t object)
{
    uint64_t step = 1;

    while (step < count && first[step - 1].object < object) {
        first += step;
        count -= (uint32_t)step;
        step *= 2;
    }
    return object_bound(first, step < count ? (uint32_t)step : count, object);
}

/* The triples of a part, in order of objects, that have one. Who asks for objects in their order
 * finds each near the one before. */
static RpTripleRange
range_of_object(const RpGraph *graph, RpPredicatePart *part, RpTermId object)
{
    const RpTriple *first = graph->by_predicate + part->first;
    const RpTriple *end = first + part->count;
    const RpTriple *last = first + part->last;
    RpTripleRange range;

    range.first = last < end && last->object < object
                      ? near_object_bound(last, (uint32_t)(end - last), object)
                      : object_bound(first, part->last, object);
    range.end = near_object_bound(range.first, (uint32_t)(end - range.first), (uint64_t)object + 1);
    part->last = (uint32_t)(range.first - first);
    return range;
}

/* From a first triple to a bound that is mostly near: the steps double until they pass it. */
static RpTripleRange
range_to(const RpGraph *graph, const RpTriple *first, RpTriple bound)
{
    const RpTriple *end = first;
    uint32_t left = (uint32_t)(graph->by_subject + graph->count - first);
    uint64_t step = 1;

    while (step < left && rp_triple_is_before(&end[step - 1], &bound)) {
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

/* The first triple of a subject's range whose predicate is not below. Without branches that nobody
 * can foretell: every property of every focus node is looked for here. */
static inline const RpTriple *
predicate_bound(RpTripleRange range, RpTermId predicate)
{
    const RpTriple *first = range.first;
    size_t count = (size_t)(range.end - range.first);

    while (count > 1) {
        size_t half = count / 2;

        first += half & -(size_t)(first[half - 1].predicate < predicate);
        count -= half;
    }
    return first + (count == 1 && first->predicate < predicate);
}

/* The same for one that is near: looked for from the first triple on, in steps that double, so that
 * little of a long range is touched. */
static const RpTriple *
near_bound(RpTripleRange range, RpTermId predicate)
{
    size_t count = (size_t)(range.end - range.first);
    size_t step = 1;

    if (count == 0 || range.first->predicate >= predicate) {
        return range.first;
    }
    while (step < count && range.first[step].predicate < predicate) {
        step *= 2;
    }
    range.end = range.first + (step < count ? step : count);
    range.first += step / 2;
    return predicate_bound(range, predicate);
}

/* A predicate of the vocabulary, as rdf:type, has one of the lowest ids, so that its triples are
 * among the first. Of others there are mostly none or one. */
RpTripleRange
rp_triple_range_objects(RpTripleRange range, RpTermId predicate)
{
    if (range.first < range.end && range.first->predicate != predicate) {
        range.first = predicate < RP_TERM_FIRST ? near_bound(range, predicate)
                                                : predicate_bound(range, predicate);
    }
    if (range.first == range.end || range.first->predicate != predicate) {
        return (RpTripleRange){range.first, range.first};
    }
    if (range.end - range.first == 1 || range.first[1].predicate != predicate) {
        return (RpTripleRange){range.first, range.first + 1};
    }
    range.end = near_bound(range, predicate + 1);
    return range;
}

static RpTripleRange
one_triple(const RpGraph *graph, RpTriple triple)
{
    const RpTriple *first = subject_bound(graph, triple);
    bool is_found =
        first < graph->by_subject + graph->count && !rp_triple_is_before(&triple, first);

    return (RpTripleRange){first, first + is_found};
}

bool
rp_graph_contains(const RpGraph *graph, RpTriple triple)
{
    return rp_triple_range_count(one_triple(graph, triple)) == 1;
}

/* NULL: no triple has the predicate. */
static RpPredicatePart *
part_of(const RpGraph *graph, RpTermId predicate)
{
    uint32_t first = 0;
    uint32_t end = graph->part_count;

    while (first < end) {
        uint32_t middle = first + (end - first) / 2;

        if (graph->parts[middle].predicate < predicate) {
            first = middle + 1;
        } else {
            end = middle;
        }
    }
    return first < graph->part_count && graph->parts[first].predicate == predicate
               ? &graph->parts[first]
               : NULL;
}

/* The triples of a predicate are in order of subject and object until they are asked for; then they
 * are put in order of objects, and those of one object stay in order of subjects. */
static RpStatus
match_by_object(RpGraph *graph, RpTermId predicate, RpTermId object, RpTripleRange *range,
                RpError *error)
{
    RpPredicatePart *part;

    if (!graph->by_predicate) {
        RP_TRY(make_by_predicate(graph, error));
    }
    part = part_of(graph, predicate);
    if (!part) {
        *range = (RpTripleRange){graph->by_predicate, graph->by_predicate};
        return RP_OK;
    }
    if (!part->is_sorted) {
        RP_TRY(rp_triples_sort_by(graph->arena, graph->by_predicate + part->first, part->count,
                                  RP_MEMBER_OBJECT, error));
        part->is_sorted = true;
    }
    if (object != RP_TERM_NONE) {
        *range = range_of_object(graph, part, object);
        return RP_OK;
    }
    range->first = graph->by_predicate + part->first;
    range->end = range->first + part->count;
    return RP_OK;
}

/* The first triple of by_object that is not before an object and subject. */
static const RpTriple *
object_subject_bound(const RpGraph *graph, RpTermId object, uint64_t subject)
{
    const RpTriple *first = graph->by_object;
    uint32_t count = graph->count;

    while (count > 0) {
        const RpTriple *middle = &first[count / 2];

        if (middle->object < object || (middle->object == object && middle->subject < subject)) {
            first = middle + 1;
            count -= count / 2 + 1;
        } else {
            count /= 2;
        }
    }
    return first;
}

/* By an object, and a subject or none; made by a stable sort of by_subject. */
static RpStatus
match_object_alone(RpGraph *graph, RpTermId subject, RpTermId object, RpTripleRange *range,
                   RpError *error)
{
    if (!graph->by_object) {
        RpTriple *triples =
            rp_arena_allocate(graph->arena, sizeof(RpTriple) * ((size_t)graph->count + 1));

        if (!triples) {
            return rp_arena_failure(graph->arena, error);
        }
        RP_TRY(rp_triples_copy_by(graph->arena, graph->by_subject, triples, graph->count,
                                  RP_MEMBER_OBJECT, error));
        graph->by_object = triples;
    }
    range->first = object_subject_bound(graph, object, subject);
    range->end = object_subject_bound(graph, object,
                                      subject != RP_TERM_NONE ? (uint64_t)subject + 1 : UINT64_MAX);
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
        return match_object_alone(graph, subject, object, range, error);
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
