/* See slice_report.h. */
#include "validate/slice_report.h"

#include "rdf/vocabulary.h"
#include "validate/recursion_table.h"

/* From one data graph to another, of the same image. */
typedef struct ReportCopy {
    const RpDataGraph *data;
    RpDataGraph *copy;
    RpError *error;
} ReportCopy;

/* The image's ids are the same in both. */
static RpStatus
copy_term(const ReportCopy *copy, RpTermId *id)
{
    RpTerm term;

    if (*id < rp_dictionary_first_own(&copy->data->dictionary)) {
        return RP_OK;
    }
    term = rp_dictionary_term(&copy->data->dictionary, *id);
    return rp_dictionary_add(&copy->copy->dictionary, &term, id, copy->error);
}

/* Messages about classes name those that a value has. */
static RpStatus
copy_types(const ReportCopy *copy, RpTermId value)
{
    RpTripleRange range = rp_graph_objects(&copy->data->graph, value, RP_VOCABULARY_rdf_type);

    for (const RpTriple *triple = range.first; triple < range.end; triple++) {
        RpTriple copied = *triple;

        RP_TRY(copy_term(copy, &copied.subject));
        RP_TRY(copy_term(copy, &copied.object));
        RP_TRY(rp_graph_add(&copy->copy->graph, copied, copy->error));
    }
    return RP_OK;
}

static RpStatus
copy_messages(const ReportCopy *copy, RpResult *result)
{
    RpTermId *messages;

    if (result->message_count == 0) {
        return RP_OK;
    }
    messages = rp_arena_allocate(copy->copy->arena, sizeof *messages * result->message_count);
    if (messages == NULL) {
        return rp_arena_failure(copy->copy->arena, copy->error);
    }
    for (uint32_t i = 0; i < result->message_count; i++) {
        messages[i] = result->messages[i];
        RP_TRY(copy_term(copy, &messages[i]));
    }
    result->messages = messages;
    return RP_OK;
}

static RpStatus
copy_results(const ReportCopy *copy, const RpResult *from, RpResult **first, RpResult **last)
{
    RpResult **link = first;

    *first = NULL;
    *last = NULL;
    for (; from != NULL; from = from->next) {
        RpResult *result = rp_arena_allocate(copy->copy->arena, sizeof(RpResult));
        RpResult *last_detail;

        if (result == NULL) {
            return rp_arena_failure(copy->copy->arena, copy->error);
        }
        RP_TRY(rp_arena_poll(copy->copy->arena, copy->error));
        *result = *from;
        result->next = NULL;
        result->next_parent = NULL;
        if (!rp_arena_copy_text(copy->copy->arena, from->message, &result->message)) {
            return rp_arena_failure(copy->copy->arena, copy->error);
        }
        RP_TRY(copy_messages(copy, result));
        RP_TRY(copy_term(copy, &result->focus));
        RP_TRY(copy_term(copy, &result->path_predicate));
        if (from->value != RP_TERM_NONE) {
            RP_TRY(copy_types(copy, from->value));
            RP_TRY(copy_term(copy, &result->value));
        }
        RP_TRY(copy_results(copy, from->details, &result->details, &last_detail));
        *link = result;
        link = &result->next;
        *last = result;
    }
    return RP_OK;
}

/* Groups of which there is an example get no other. */
static RpStatus
begin_summary(RpSliceReport *made, const RpSummary *summary, const ReportCopy *copy)
{
    RpDataGraph *slice = copy->copy;

    made->known_count = summary->group_count;
    made->report.summary = &made->summary;
    rp_summary_init(&made->summary, slice->arena, slice->image,
                    rp_dictionary_key(&slice->dictionary));
    for (uint32_t i = 0; i < summary->group_count; i++) {
        RpSummaryGroup group = summary->groups[i];

        group.count = 0;
        RP_TRY(copy_term(copy, &group.path_predicate));
        RP_TRY(rp_summary_put_group(&made->summary, &group, copy->error));
    }
    return RP_OK;
}

/* The pairs whose nodes the slice has. */
static RpStatus
begin_pairs(RpSliceReport *made, const RpGraph *reported, const ReportCopy *copy)
{
    const RpDictionary *dictionary = &copy->data->dictionary;
    RpDataGraph *slice = copy->copy;

    made->report.reported_pairs = &made->reported_pairs;
    rp_graph_init(&made->reported_pairs, slice->arena, NULL);
    for (uint32_t i = 0; i < reported->count; i++) {
        RpTriple pair = reported->by_subject[i];

        RP_TRY(rp_arena_poll(slice->arena, copy->error));
        if (pair.object >= rp_dictionary_first_own(dictionary)) {
            RpTerm node = rp_dictionary_term(dictionary, pair.object);

            pair.object = rp_dictionary_find(&slice->dictionary, &node);
        }
        if (pair.object != RP_TERM_NONE) {
            RP_TRY(rp_graph_add(&made->reported_pairs, pair, copy->error));
        }
    }
    return rp_graph_freeze(&made->reported_pairs, copy->error);
}

/* Pairs that got results in the slice. */
static RpStatus
end_pairs(const RpSliceReport *made, RpGraph *reported, const ReportCopy *copy)
{
    const RpEvaluation *evaluation = made->report.evaluation;
    const RpRecursionTable *table = evaluation ? evaluation->recursion : NULL;

    for (uint32_t i = 0; table && i < table->pair_count; i++) {
        RpTriple pair = {table->pairs[i].shape + 1, RP_REPORTED_PAIR, table->pairs[i].node};

        RP_TRY(rp_arena_poll(copy->copy->arena, copy->error));
        if (table->pairs[i].has_results) {
            RP_TRY(copy_term(copy, &pair.object));
            RP_TRY(rp_graph_add(reported, pair, copy->error));
        }
    }
    return RP_OK;
}

RpStatus
rp_slice_report_begin(RpSliceReport *made, const RpReport *report, const RpDataGraph *data,
                      RpDataGraph *slice, RpError *error)
{
    ReportCopy copy = {.data = data, .copy = slice, .error = error};

    made->report = *report;
    made->report.arena = slice->arena;
    made->report.first = made->report.last = NULL;
    made->report.first_parent = made->report.last_parent = NULL;
    made->report.evaluation = NULL;
    if (report->tallies) {
        made->report.tallies =
            rp_arena_allocate_zero(slice->arena, sizeof(RpTally) * slice->image->shape_count);
        if (!made->report.tallies) {
            return rp_arena_failure(slice->arena, error);
        }
    }
    if (report->reported_pairs) {
        RP_TRY(begin_pairs(made, report->reported_pairs, &copy));
    }
    return report->summary ? begin_summary(made, report->summary, &copy) : RP_OK;
}

/* The results of the slice are the examples of the groups that are new, in their order. */
static RpStatus
end_summary(const RpSliceReport *made, RpSummary *summary, const ReportCopy *copy)
{
    for (uint32_t i = 0; i < made->summary.group_count; i++) {
        RpSummaryGroup group = made->summary.groups[i];

        if (i < made->known_count) {
            summary->groups[i].count = rp_report_add_counts(summary->groups[i].count, group.count);
        } else {
            RP_TRY(copy_term(copy, &group.path_predicate));
            RP_TRY(rp_summary_put_group(summary, &group, copy->error));
        }
    }
    return RP_OK;
}

static void
add_tallies(RpTally *tallies, const RpTally *more, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        tallies[i].focus_node_count += more[i].focus_node_count;
        tallies[i].result_count += more[i].result_count;
        tallies[i].time_ns += more[i].time_ns;
    }
}

RpStatus
rp_slice_report_end(const RpSliceReport *made, RpDataGraph *slice, RpReport *report,
                    RpDataGraph *data, RpError *error)
{
    ReportCopy copy = {.data = slice, .copy = data, .error = error};
    RpReport all = made->report;
    RpResult *first;
    RpResult *last;

    all.arena = report->arena;
    all.tallies = report->tallies;
    all.summary = report->summary;
    all.evaluation = NULL;
    all.reported_pairs = report->reported_pairs;
    if (report->reported_pairs) {
        RP_TRY(end_pairs(made, report->reported_pairs, &copy));
    }
    RP_TRY(copy_results(&copy, made->report.first, &first, &last));
    all.first = report->first ? report->first : first;
    all.last = last ? last : report->last;
    if (report->last) {
        report->last->next = first;
    }
    if (report->tallies) {
        add_tallies(report->tallies, made->report.tallies, data->image->shape_count);
    }
    *report = all;
    return report->summary ? end_summary(made, report->summary, &copy) : RP_OK;
}
