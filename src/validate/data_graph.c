/* See data_graph.h. */
#include "validate/data_graph.h"

enum { WAITS_FROM = 4096 /* triples: their terms are as much as is near the processor */ };

/*
 * Where every predicate is read, one that the image lacks gets an id of the document's, which means
 * something else in the next one: so nothing is kept then.
 */
void
rp_data_graph_init_recalling(RpDataGraph *data, const RpImage *image, RpArena *arena,
                             uint64_t triple_limit, RpRecentPredicates *recent)
{
    data->image = image;
    data->arena = arena;
    data->triple_count = 0;
    data->triple_limit = triple_limit;
    data->plans = NULL;
    data->slice = (RpSlice){0, 0};
    data->waits_from = WAITS_FROM;
    data->repeats_subject = false;
    data->last_subject = RP_TERM_NONE;
    data->waiting_mark = 0;
    data->first_waiting = 0;
    data->waiting = NULL;
    data->recent = recent;
    if (recent == NULL || rp_image_reads(image, RP_TERM_NONE)) {
        data->recent = &data->own_recent;
        rp_recent_predicates_clear(data->recent);
    }
    memset(data->marked, 0, sizeof(data->marked));
    rp_dictionary_init(&data->dictionary, arena, &image->terms);
    rp_graph_init(&data->graph, arena, &data->dictionary);
}

void
rp_data_graph_init(RpDataGraph *data, const RpImage *image, RpArena *arena, uint64_t triple_limit)
{
    rp_data_graph_init_recalling(data, image, arena, triple_limit, NULL);
}

/* Look a predicate up; 0 where no shape reads it. */
static RpStatus
look_up_predicate(RpDataGraph *data, const RpTerm *predicate, RpTermId *id, RpError *error)
{
    if (rp_image_reads(data->image, RP_TERM_NONE)) {
        RP_TRY(rp_dictionary_add(&data->dictionary, predicate, id, error));
    } else {
        *id = rp_term_table_find(&data->image->terms, predicate);
        if (!rp_image_reads(data->image, *id)) {
            *id = RP_TERM_NONE;
        }
    }
    return RP_OK;
}

static RpStatus
find_long_predicate(RpDataGraph *data, const RpTerm *predicate, RpTermId *id, RpError *error)
{
    RpMarkedTerm *marked = &data->marked[predicate->mark % RP_TERM_MARK_PLACES];

    if (predicate->mark == 0 || marked->mark != predicate->mark) {
        RP_TRY(look_up_predicate(data, predicate, id, error));
        *marked = (RpMarkedTerm){predicate->mark, *id};
    }
    *id = marked->id;
    return RP_OK;
}

RpStatus
rp_data_graph_find_predicate(RpDataGraph *data, const RpTerm *predicate, RpTermId *id,
                             RpError *error)
{
    RpRecentPredicate *recent;
    bool is_found;

    if (predicate->lexical.length > RP_RECENT_PREDICATE_LENGTH) {
        return find_long_predicate(data, predicate, id, error);
    }
    recent = rp_recent_predicates_find(data->recent, predicate->lexical, &is_found);
    if (is_found) {
        *id = recent->id;
        return RP_OK;
    }
    RP_TRY(look_up_predicate(data, predicate, id, error));
    rp_recent_predicate_set(recent, predicate->lexical, *id);
    return RP_OK;
}

/* Triples of one subject usually follow each other; where a mark says so, no text is compared. */
static RpStatus
add_subject(RpDataGraph *data, const RpTerm *subject, RpTermId *id, RpError *error)
{
    if (subject->mark == 0 && data->last_subject != RP_TERM_NONE) {
        RpTerm last = rp_dictionary_term(&data->dictionary, data->last_subject);

        if (rp_term_equals(&last, subject)) {
            *id = data->last_subject;
            return RP_OK;
        }
    }
    RP_TRY(rp_dictionary_add(&data->dictionary, subject, id, error));
    data->last_subject = *id;
    return RP_OK;
}

RpStatus
rp_data_graph_add_terms(RpDataGraph *data, const RpTerm *subject, const RpTerm *object,
                        RpTriple *triple, RpError *error)
{
    RP_TRY(add_subject(data, subject, &triple->subject, error));
    return rp_dictionary_add(&data->dictionary, object, &triple->object, error);
}

/* Count a triple, and find its predicate. */
static RpStatus
offer(RpDataGraph *data, const RpTerm *predicate, const RpTerm *object, RpTermId *id,
      RpError *error)
{
    RP_TRY(rp_arena_poll_bytes(data->arena, object->lexical.length, error));
    if (data->triple_limit > 0 && data->triple_count >= data->triple_limit) {
        return rp_error_set(error, RP_TOO_LARGE, "the data has more than %llu triples",
                            (unsigned long long)data->triple_limit);
    }
    data->triple_count++;
    return rp_data_graph_find_predicate(data, predicate, id, error);
}

static RpStatus
keep(RpDataGraph *data, const RpTerm *subject, RpTermId predicate, const RpTerm *object,
     RpError *error)
{
    RpTermId last = data->last_subject;
    RpTriple triple = {.predicate = predicate};

    RP_TRY(rp_data_graph_add_terms(data, subject, object, &triple, error));
    data->repeats_subject = triple.subject == last;
    data->waiting_mark = 0; /* the next one is not compared with it */
    return rp_graph_add(&data->graph, triple, error);
}

RpStatus
rp_data_graph_add(RpDataGraph *data, const RpTerm *subject, const RpTerm *predicate,
                  const RpTerm *object, RpError *error)
{
    RpTermId id;

    RP_TRY(offer(data, predicate, object, &id, error));
    return id == RP_TERM_NONE ? RP_OK : keep(data, subject, id, object, error);
}

static RpStatus
begin_waiting(RpDataGraph *data, RpError *error)
{
    data->waiting = rp_arena_allocate(data->arena, sizeof(RpTermBatch));
    if (!data->waiting) {
        return rp_arena_failure(data->arena, error);
    }
    data->first_waiting = data->graph.count;
    rp_term_batch_init(data->waiting, &data->dictionary,
                       &(RpTermSink){.state = &data->graph, .id = rp_graph_put_term});
    return RP_OK;
}

/* A triple of the same subject as the one before has none until rp_data_graph_settle. */
static RpStatus
keep_waiting(RpDataGraph *data, const RpTerm *subject, RpTermId predicate, const RpTerm *object,
             RpError *error)
{
    uint32_t place = 2 * data->graph.count;

    if (data->waiting == NULL) {
        RP_TRY(begin_waiting(data, error));
    }
    RP_TRY(rp_graph_add(&data->graph, (RpTriple){.predicate = predicate}, error));
    data->repeats_subject = subject->mark == data->waiting_mark;
    data->last_subject = RP_TERM_NONE;
    data->waiting_mark = subject->mark;
    if (!data->repeats_subject) {
        RP_TRY(rp_term_batch_add(data->waiting, subject, place, error));
    }
    return rp_term_batch_add(data->waiting, object, place + 1, error);
}

/* Subjects without a mark do not wait: whether one is that of the triple before is seen by its id.
 */
RpStatus
rp_data_graph_add_waiting(RpDataGraph *data, const RpTerm *subject, const RpTerm *predicate,
                          const RpTerm *object, RpError *error)
{
    RpTermId id;

    RP_TRY(offer(data, predicate, object, &id, error));
    if (id == RP_TERM_NONE) {
        return RP_OK;
    }
    return data->graph.count < data->waits_from || subject->mark == 0
               ? keep(data, subject, id, object, error)
               : keep_waiting(data, subject, id, object, error);
}

RpStatus
rp_data_graph_settle(RpDataGraph *data, RpError *error)
{
    if (data->waiting == NULL) {
        return RP_OK;
    }
    RP_TRY(rp_term_batch_end(data->waiting, error));
    return rp_graph_repeat_subjects(&data->graph, data->first_waiting, error);
}
