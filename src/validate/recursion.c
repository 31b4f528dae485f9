/*
 * See recursion.h. The verdict on the pairs of one cycle is the greatest fixpoint: every pair is
 * assumed to conform, until that contradicts what is assumed of the others. (Pairs of inverted
 * shapes, an odd number of negations away, are assumed to violate.) So an assumption changes at
 * most once. A pair whose assumption changes has those evaluated again that asked for it; when none
 * is left, the assumptions are the verdict.
 *
 * Nested cycles: what a pair asks of a shape of another cycle is decided on the spot, in a run of
 * its own. Cycles do not refer back, so that recursion follows shapes, and enter_shape bounds it.
 */
#include "validate/recursion.h"

#include "validate/recursion_table.h"

enum {
    RP_LEVEL_COUNT = 32, /* of the queue */
    RP_DETAIL_LIMIT = 16 /* pairs whose results make the details of one result */
};

/* The deciding of pairs of one cycle; on the C stack. */
struct RpRecursionRun {
    uint32_t cycle;
    uint32_t current;      /* the pair that is being evaluated */
    uint32_t first_in_run; /* all pairs of the run */
    /*
     * Pairs to be evaluated, by the logarithm of how often they were: who was evaluated often waits
     * until others are decided, so that a node with many values is not evaluated for each of them.
     */
    uint32_t first[RP_LEVEL_COUNT];
    uint32_t last[RP_LEVEL_COUNT];
};

/* Pairs whose results are to be reported, each once. */
struct RpRecursionAgenda {
    uint32_t *pairs;
    uint32_t count;
    uint32_t capacity;
    bool is_of_details; /* then pairs has room for RP_DETAIL_LIMIT, and more are not reported */
    bool is_cut;        /* more were to be */
};

static uint32_t
cycle_of(const RpEvaluation *evaluation, uint32_t shape)
{
    return evaluation->image->shapes[shape].cycle;
}

static RpStatus
find_pair(RpEvaluation *evaluation, uint32_t shape, RpTermId node, uint32_t *pair)
{
    if (!evaluation->recursion) {
        RP_TRY(rp_recursion_table_make(evaluation->arena, rp_dictionary_key(evaluation->dictionary),
                                       &evaluation->recursion, evaluation->error));
    }
    return rp_recursion_table_find(evaluation->recursion, shape, node, pair, evaluation->error);
}

static void
queue_pair(RpRecursionTable *table, RpRecursionRun *run, uint32_t index)
{
    RpPair *pair = rp_recursion_pair(table, index);
    uint32_t level = 0;

    if (pair->is_queued) {
        return;
    }
    for (uint32_t count = pair->evaluation_count; count > 1; count >>= 1) {
        level++;
    }
    pair->is_queued = true;
    pair->next_in_queue = 0;
    if (run->first[level] == 0) {
        run->first[level] = index;
    } else {
        rp_recursion_pair(table, run->last[level])->next_in_queue = index;
    }
    run->last[level] = index;
}

/* The next pair to be evaluated; 0: none. */
static uint32_t
take_from_queue(RpRecursionTable *table, RpRecursionRun *run)
{
    for (uint32_t level = 0; level < RP_LEVEL_COUNT; level++) {
        uint32_t index = run->first[level];

        if (index != 0) {
            RpPair *pair = rp_recursion_pair(table, index);

            run->first[level] = pair->next_in_queue;
            pair->is_queued = false;
            return index;
        }
    }
    return 0;
}

/* Take a new pair into a run, with the assumption that its shape asks for. */
static void
assume(RpEvaluation *evaluation, RpRecursionRun *run, uint32_t index)
{
    RpPair *pair = rp_recursion_pair(evaluation->recursion, index);

    pair->state = RP_PAIR_IS_ASSUMED;
    pair->conforms =
        (evaluation->image->shapes[pair->shape].flags & RP_IMAGE_SHAPE_IS_INVERTED) == 0;
    pair->next_in_run = run->first_in_run;
    run->first_in_run = index;
    queue_pair(evaluation->recursion, run, index);
}

/* The assumption on a pair was wrong: who asked for it is to be evaluated again. */
static void
change(RpRecursionTable *table, RpRecursionRun *run, uint32_t index)
{
    RpPair *pair = rp_recursion_pair(table, index);
    uint32_t dependency = pair->first_dependency;

    pair->conforms = !pair->conforms;
    pair->state = RP_PAIR_HAS_CHANGED;
    pair->first_dependency = 0;
    while (dependency != 0) {
        uint32_t asker = table->dependencies[dependency - 1].pair;

        if (rp_recursion_pair(table, asker)->state == RP_PAIR_IS_ASSUMED) {
            queue_pair(table, run, asker);
        }
        dependency = table->dependencies[dependency - 1].next;
    }
}

static RpStatus
evaluate_pair(RpEvaluation *evaluation, RpRecursionRun *run, uint32_t index)
{
    RpPair *pair = rp_recursion_pair(evaluation->recursion, index);
    bool conforms = false;

    run->current = index;
    if (pair->evaluation_count < UINT32_MAX) {
        pair->evaluation_count++;
    }
    RP_TRY(rp_evaluation_conforms_anew(evaluation, pair->shape, pair->node, &conforms));
    pair = rp_recursion_pair(evaluation->recursion, index);
    if (pair->state == RP_PAIR_IS_ASSUMED && pair->conforms != conforms) {
        change(evaluation->recursion, run, index);
    }
    return RP_OK;
}

/* Decide a pair, and all that it asks for. */
static RpStatus
decide(RpEvaluation *evaluation, uint32_t index)
{
    RpRecursionTable *table = evaluation->recursion;
    RpRecursionRun *outer = evaluation->run;
    RpRecursionRun run = {.cycle = cycle_of(evaluation, rp_recursion_pair(table, index)->shape)};

    evaluation->run = &run;
    assume(evaluation, &run, index);
    while ((index = take_from_queue(table, &run)) != 0) {
        RP_TRY(rp_arena_poll(evaluation->arena, evaluation->error));
        RP_TRY(evaluate_pair(evaluation, &run, index));
    }
    evaluation->run = outer;
    for (index = run.first_in_run; index != 0;) {
        RpPair *pair = rp_recursion_pair(table, index);

        pair->state = RP_PAIR_IS_DECIDED;
        pair->first_dependency = 0;
        index = pair->next_in_run;
    }
    if (!outer) {
        table->dependency_count = 0;
    }
    return RP_OK;
}

RpStatus
rp_recursion_conforms(RpEvaluation *evaluation, uint32_t shape, RpTermId node, bool *conforms)
{
    RpRecursionRun *run = evaluation->run;
    uint32_t index;

    RP_TRY(find_pair(evaluation, shape, node, &index));
    if (rp_recursion_pair(evaluation->recursion, index)->state == RP_PAIR_IS_NEW) {
        if (run && run->cycle == cycle_of(evaluation, shape)) {
            assume(evaluation, run, index);
        } else {
            RP_TRY(decide(evaluation, index));
        }
    }
    if (rp_recursion_pair(evaluation->recursion, index)->state == RP_PAIR_IS_ASSUMED) {
        RP_TRY(rp_recursion_table_depend(evaluation->recursion, run->current, index,
                                         evaluation->error));
    }
    *conforms = rp_recursion_pair(evaluation->recursion, index)->conforms;
    return RP_OK;
}

static bool
is_on_agenda(const RpRecursionAgenda *agenda, uint32_t index)
{
    for (uint32_t i = 0; i < agenda->count; i++) {
        if (agenda->pairs[i] == index) {
            return true;
        }
    }
    return false;
}

static bool
is_of_other_slice(const RpReport *report, uint32_t shape, RpTermId node)
{
    return report->reported_pairs != NULL &&
           rp_graph_contains(report->reported_pairs, (RpTriple){shape + 1, RP_REPORTED_PAIR, node});
}

/* Put a pair on an agenda, where it is to be reported and is not reported already. */
static RpStatus
put_on_agenda(RpEvaluation *evaluation, RpRecursionAgenda *agenda, uint32_t shape, RpTermId node)
{
    RpPair *pair;
    uint32_t index;
    uint32_t *pairs;

    RP_TRY(find_pair(evaluation, shape, node, &index));
    pair = rp_recursion_pair(evaluation->recursion, index);
    if (pair->state == RP_PAIR_IS_DECIDED && pair->conforms) {
        return RP_OK;
    }
    if (agenda->is_of_details) {
        if (is_on_agenda(agenda, index)) {
            return RP_OK;
        }
        if (agenda->count < RP_DETAIL_LIMIT) {
            agenda->pairs[agenda->count++] = index;
        } else {
            agenda->is_cut = true;
        }
        return RP_OK;
    }
    if (pair->is_reported || is_of_other_slice(evaluation->report, shape, node)) {
        return RP_OK;
    }
    pairs = rp_arena_grow(evaluation->arena, agenda->pairs, agenda->count, agenda->count + 1,
                          &agenda->capacity, sizeof *pairs);
    if (!pairs) {
        return rp_arena_failure(evaluation->arena, evaluation->error);
    }
    agenda->pairs = pairs;
    pair->is_reported = true;
    pairs[agenda->count++] = index;
    return RP_OK;
}

/* Report what is on the agenda, and what is put there meanwhile. */
static RpStatus
work_off(RpEvaluation *evaluation, RpRecursionAgenda *agenda)
{
    for (uint32_t i = 0; i < agenda->count && !evaluation->is_finished; i++) {
        const RpPair *pair = rp_recursion_pair(evaluation->recursion, agenda->pairs[i]);
        uint64_t before = evaluation->report->add_count;

        RP_TRY(rp_arena_poll(evaluation->arena, evaluation->error));
        RP_TRY(rp_evaluation_evaluate_anew(evaluation, pair->shape, pair->node));
        if (!agenda->is_of_details && evaluation->report->add_count > before) {
            rp_recursion_pair(evaluation->recursion, agenda->pairs[i])->has_results = true;
        }
    }
    return RP_OK;
}

/* Note what an agenda has added to a report since before. */
static void
count_agenda(RpAgendaCounts *counts, const RpReport *before, const RpReport *report)
{
    counts->add_count += report->add_count - before->add_count;
    counts->total_count += report->total_count - before->total_count;
    counts->disallowed_count += report->disallowed_count - before->disallowed_count;
}

RpStatus
rp_recursion_evaluate(RpEvaluation *evaluation, uint32_t shape, RpTermId node)
{
    RpReport before = *evaluation->report;
    RpRecursionAgenda agenda = {0};
    RpSummary *summary = before.summary;
    uint32_t outer;

    evaluation->cycle_count++;
    if (evaluation->agenda) {
        return put_on_agenda(evaluation, evaluation->agenda, shape, node);
    }
    evaluation->agenda = &agenda;
    outer = summary != NULL ? rp_summary_open(summary) : 0;
    RP_TRY(put_on_agenda(evaluation, &agenda, shape, node));
    RP_TRY(work_off(evaluation, &agenda));
    evaluation->agenda = NULL;
    if (summary != NULL) { /* what comes once is no part of what a verdict notes */
        rp_summary_settle(summary);
        rp_summary_close(summary, outer);
    }
    count_agenda(&evaluation->agenda_counts, &before, evaluation->report);
    return RP_OK;
}

RpStatus
rp_recursion_details(RpEvaluation *evaluation, uint32_t shape, RpTermId node, bool *is_cut)
{
    uint32_t pairs[RP_DETAIL_LIMIT];
    RpRecursionAgenda agenda = {.pairs = pairs, .is_of_details = true};
    RpRecursionAgenda *outer = evaluation->agenda;

    evaluation->agenda = &agenda;
    RP_TRY(rp_evaluation_evaluate(evaluation, shape, node));
    RP_TRY(work_off(evaluation, &agenda));
    evaluation->agenda = outer;
    *is_cut = *is_cut || agenda.is_cut;
    return RP_OK;
}
