/* See report_copy.h. */
#include "validate/report_copy.h"

#include "rdf/vocabulary.h"

typedef struct ReportCopy {
    RpDataGraph *data;
    RpDataGraph *copy;
    RpError *error;
} ReportCopy;

/* The image's ids are the same in both. */
static RpStatus
copy_term(ReportCopy *copy, RpTermId *id)
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
copy_types(ReportCopy *copy, RpTermId value)
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
copy_results(ReportCopy *copy, const RpResult *from, RpResult **first, RpResult **last)
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

RpStatus
rp_report_copy(RpDataGraph *data, const RpReport *report, RpArena *arena, RpDataGraph *data_copy,
               RpReport *report_copy, RpError *error)
{
    ReportCopy copy = {.data = data, .copy = data_copy, .error = error};

    rp_data_graph_init(data_copy, data->image, arena, 0);
    data_copy->triple_count = data->triple_count;
    *report_copy = *report;
    report_copy->arena = arena;
    report_copy->evaluation = NULL;
    report_copy->first_parent = report_copy->last_parent = NULL;
    RP_TRY(copy_results(&copy, report->first, &report_copy->first, &report_copy->last));
    return rp_graph_freeze(&data_copy->graph, error);
}
