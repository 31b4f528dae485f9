/* See data_graph.h. */
#include "validate/data_graph.h"

void
rp_data_graph_init(RpDataGraph *data, const RpImage *image, RpArena *arena, uint64_t triple_limit)
{
    data->image = image;
    data->arena = arena;
    data->triple_count = 0;
    data->triple_limit = triple_limit;
    data->plans = NULL;
    data->slice = (RpSlice){0, 0};
    data->last_subject = RP_TERM_NONE;
    for (uint32_t i = 0; i < RP_DATA_GRAPH_RECENT_COUNT; i++) {
        data->recent[i].length = 0;
    }
    memset(data->marked, 0, sizeof(data->marked));
    rp_dictionary_init(&data->dictionary, arena, &image->terms);
    rp_graph_init(&data->graph, arena, &data->dictionary);
}

/* Where an IRI is remembered: the ends of predicates' IRIs differ most. */
static RpRecentPredicate *
recent_place(RpDataGraph *data, RpText iri)
{
    uint32_t mix = iri.length;

    if (iri.length >= 2) {
        mix += 31u * (unsigned char)iri.data[iri.length - 1] +
               7u * (unsigned char)iri.data[iri.length - 2];
    }
    return &data->recent[mix & (RP_DATA_GRAPH_RECENT_COUNT - 1)];
}

static bool
is_recent(const RpRecentPredicate *recent, RpText iri)
{
    return recent->length == iri.length && memcmp(recent->iri, iri.data, iri.length) == 0;
}

static void
remember_predicate(RpRecentPredicate *recent, RpText iri, RpTermId id)
{
    recent->id = id;
    recent->length = iri.length;
    memcpy(recent->iri, iri.data, iri.length);
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

    if (predicate->lexical.length > RP_DATA_GRAPH_RECENT_LENGTH) {
        return find_long_predicate(data, predicate, id, error);
    }
    recent = recent_place(data, predicate->lexical);
    if (is_recent(recent, predicate->lexical)) {
        *id = recent->id;
        return RP_OK;
    }
    RP_TRY(look_up_predicate(data, predicate, id, error));
    remember_predicate(recent, predicate->lexical, *id);
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

RpStatus
rp_data_graph_add(RpDataGraph *data, const RpTerm *subject, const RpTerm *predicate,
                  const RpTerm *object, RpError *error)
{
    RpTriple triple;

    RP_TRY(rp_arena_poll_bytes(data->arena, object->lexical.length, error));
    if (data->triple_limit > 0 && data->triple_count >= data->triple_limit) {
        return rp_error_set(error, RP_TOO_LARGE, "the data has more than %llu triples",
                            (unsigned long long)data->triple_limit);
    }
    data->triple_count++;
    RP_TRY(rp_data_graph_find_predicate(data, predicate, &triple.predicate, error));
    if (triple.predicate == RP_TERM_NONE) {
        return RP_OK;
    }
    RP_TRY(rp_data_graph_add_terms(data, subject, object, &triple, error));
    return rp_graph_add(&data->graph, triple, error);
}
