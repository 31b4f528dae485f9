/* See estimate.h. */
#include "query/estimate.h"

enum {
    SMALL_COUNT = 32,   /* triples of a predicate that are not counted further */
    SUBJECT_DEGREE = 8, /* what a term has without a predicate that is known */
    OBJECT_DEGREE = 16,
    PATH_REACH = 8 /* nodes that a path reaches from a node */
};

/* Different objects and subjects of a predicate's triples, which are in order of object. */
static RpStatus
count_terms(RpQueryRun *run, RpTripleRange range, RpPredicateCount *count)
{
    size_t size = (size_t)rp_dictionary_end(run->graph->dictionary) + 1;
    bool *is_seen;

    count->subjects = count->triples;
    count->objects = count->triples;
    if (count->triples <= SMALL_COUNT) {
        return RP_OK;
    }
    is_seen = rp_pool_take(run->pool, size);
    if (!is_seen) {
        return rp_arena_failure(&run->arena, run->error);
    }
    memset(is_seen, 0, size);
    count->subjects = 0;
    count->objects = 0;
    for (const RpTriple *triple = range.first; triple < range.end; triple++) {
        RP_TRY(rp_arena_poll(&run->arena, run->error));
        count->objects += triple == range.first || triple->object != triple[-1].object;
        count->subjects += !is_seen[triple->subject];
        is_seen[triple->subject] = true;
    }
    rp_pool_give(run->pool, is_seen, size);
    return RP_OK;
}

/* Counts of a predicate, made at its first use. Those of the shapes graph are not kept. */
static RpStatus
find_count(RpQueryRun *run, RpTermId predicate, RpPredicateCount *count)
{
    RpPredicateCount *counts;
    RpTripleRange range;

    for (uint32_t i = 0; i < run->predicate_count && run->graph == run->options->data; i++) {
        if (run->predicate_counts[i].predicate == predicate) {
            *count = run->predicate_counts[i];
            return RP_OK;
        }
    }
    RP_TRY(rp_graph_match(run->graph, RP_TERM_NONE, predicate, RP_TERM_NONE, &range, run->error));
    *count = (RpPredicateCount){.predicate = predicate, .triples = rp_triple_range_count(range)};
    RP_TRY(count_terms(run, range, count));
    if (run->graph != run->options->data || count->triples <= SMALL_COUNT) {
        return RP_OK;
    }
    counts =
        rp_arena_grow(&run->kept, run->predicate_counts, run->predicate_count,
                      run->predicate_count + 1, &run->predicate_capacity, sizeof(RpPredicateCount));
    if (!counts) {
        return rp_arena_failure(&run->kept, run->error);
    }
    run->predicate_counts = counts;
    counts[run->predicate_count++] = *count;
    return RP_OK;
}

static RpTermId
constant_of(const RpOp *term)
{
    return term->kind == RP_ALGEBRA_CONSTANT ? term->value : RP_TERM_NONE;
}

static bool
is_column(const RpOp *term, const RpSolutions *rows)
{
    return term->kind == RP_ALGEBRA_VARIABLE &&
           rp_solutions_column(rows, term->value) != RP_NO_COLUMN;
}

RpStatus
rp_estimate_range(RpQueryRun *run, const RpOp *pattern, RpTripleRange *range)
{
    return rp_graph_match(run->graph, constant_of(pattern->children[0]),
                          constant_of(pattern->children[1]), constant_of(pattern->children[2]),
                          range, run->error);
}

static double
divide(double number, uint32_t by)
{
    return by > 1 ? number / by : number;
}

static RpStatus
estimate_triple(RpQueryRun *run, const RpOp *pattern, const RpSolutions *rows, double *estimate)
{
    const RpOp *predicate = pattern->children[1];
    bool subject_is_column = is_column(pattern->children[0], rows);
    bool object_is_column = is_column(pattern->children[2], rows);
    RpPredicateCount count;
    RpTripleRange range;

    RP_TRY(rp_estimate_range(run, pattern, &range));
    *estimate = rp_triple_range_count(range);
    if (predicate->kind == RP_ALGEBRA_CONSTANT && (subject_is_column || object_is_column)) {
        RP_TRY(find_count(run, predicate->value, &count));
        *estimate = subject_is_column ? divide(*estimate, count.subjects) : *estimate;
        *estimate = object_is_column ? divide(*estimate, count.objects) : *estimate;
    } else if (subject_is_column && *estimate > SUBJECT_DEGREE) {
        *estimate = object_is_column ? 1 : SUBJECT_DEGREE;
    } else if (object_is_column && *estimate > OBJECT_DEGREE) {
        *estimate = OBJECT_DEGREE;
    }
    return RP_OK;
}

RpStatus
rp_estimate_pattern(RpQueryRun *run, const RpOp *pattern, const RpSolutions *rows, double *estimate)
{
    const RpOp *subject = pattern->children[0];
    const RpOp *object = pattern->children[2];
    bool knows_subject = subject->kind == RP_ALGEBRA_CONSTANT || is_column(subject, rows);
    bool knows_object = object->kind == RP_ALGEBRA_CONSTANT || is_column(object, rows);

    if (pattern->kind == RP_ALGEBRA_TRIPLE) {
        return estimate_triple(run, pattern, rows, estimate);
    }
    *estimate = knows_subject && knows_object   ? 0.75
                : knows_subject || knows_object ? PATH_REACH
                                                : (double)run->graph->count * PATH_REACH;
    return RP_OK;
}
