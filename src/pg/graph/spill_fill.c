/* Which triples of a spill are in a slice: its links, and a data graph. See spill.h. */
#include "rdf/term_batch.h"
#include "pg/graph/spill.h"
#include "pg/graph/spill_internal.h"
#include "pg/server/guc.h"

/* In place of a number's term: while it is looked for, and while it waits in a batch. */
#define IS_WANTED PG_UINT32_MAX
#define IS_WAITING (PG_UINT32_MAX - 1)

static bool
is_of_graphs(const RpSpillTriples *triples, const RpSpillChoice *choice)
{
    return triples->triple.graph >= choice->first_graph &&
           triples->triple.graph < choice->end_graph;
}

static bool
is_chosen(const RpSpillTriples *triples, const RpSpillChoice *choice)
{
    return is_of_graphs(triples, choice) &&
           (choice->reach == NULL ||
            rp_reach_has(choice->reach, rp_spill_triples_subject(triples),
                         triples->triple.predicate, rp_spill_triples_object(triples)));
}

/* Have each triple of some graphs told. */
static RpStatus
tell_keys(RpSpill *spill, const RpSpillChoice *choice, RpReach *reach,
          RpStatus (*tell)(RpReach *reach, RpNodeKey subject, RpTermId predicate, RpNodeKey object,
                           RpError *error),
          RpError *error)
{
    ListCell *cell;

    spill->read_count = 0;
    foreach (cell, spill->sources) {
        RpSpillTriples triples;

        rp_spill_triples_begin(&triples, spill, lfirst(cell));
        while (rp_spill_triples_next(&triples)) {
            if (is_of_graphs(&triples, choice)) {
                RP_TRY(tell(reach, rp_spill_triples_subject(&triples), triples.triple.predicate,
                            rp_spill_triples_object(&triples), error));
            }
        }
    }
    return RP_OK;
}

RpStatus
rp_spill_link(RpSpill *spill, const RpSpillChoice *choice, RpReach *reach, RpError *error)
{
    RP_TRY(tell_keys(spill, choice, reach, rp_reach_count, error));
    RP_TRY(rp_reach_counted(reach, error));
    return tell_keys(spill, choice, reach, rp_reach_add, error);
}

/* Filling a data graph. */
typedef struct Filling {
    RpSpill *spill;
    const RpSpillChoice *choice;
    RpDataGraph *data;
    RpGraphTags *tags;
    RpTermBatch batch; /* of terms that are on their way into the data's dictionary */
    /* Of the source. */
    uint32 first_triple;
    bool has_subject; /* the triple that was taken last has the subject of the moment */
    RpTermId *terms;  /* of its numbers; NULL: it has terms */
} Filling;

/* RpTermSink.id: the place of a triple's subject is twice its subscript, its object's the next. */
static void
put_end(void *state, uint32 place, RpTermId id)
{
    RpTriple *triple = &((Filling *)state)->data->graph.by_subject[place / 2];

    if (place % 2 == 0) {
        triple->subject = id;
    } else {
        triple->object = id;
    }
}

/* RpTermSink.id: the place is a number. */
static void
put_term(void *state, uint32 place, RpTermId id)
{
    ((Filling *)state)->terms[place] = id;
}

/* A term of head as one of the data; those of the image are the same. */
static RpStatus
add_head_term(const Filling *filling, RpTermId id, RpTermId *added, RpError *error)
{
    const RpDictionary *head = &filling->spill->head->dictionary;
    RpTerm term;

    *added = id;
    if (id < rp_dictionary_first_own(head)) {
        return RP_OK;
    }
    term = rp_dictionary_term(head, id);
    return rp_dictionary_add(&filling->data->dictionary, &term, added, error);
}

/* Numbers stand in place of terms until they are found. */
static RpStatus
take_number(const Filling *filling, uint32 number, RpTermId *node, RpError *error)
{
    *node = number;
    if (number & RP_SPILL_IS_TERM) {
        RP_TRY(add_head_term(filling, number & ~RP_SPILL_IS_TERM, node, error));
        *node |= RP_SPILL_IS_TERM;
    } else {
        filling->terms[number] = IS_WANTED;
    }
    return RP_OK;
}

/* The ends of a triple that has terms, which is the last of the data: later they are known. */
static RpStatus
take_terms(Filling *filling, const RpSpillTriples *triples, RpError *error)
{
    uint32 place = 2 * (filling->data->graph.count - 1);
    RpTerm object;

    if (!filling->has_subject) {
        RP_TRY(rp_term_batch_add(&filling->batch, &triples->subject, place, error));
        filling->has_subject = true;
    }
    (void)rp_spill_read_term(filling->spill, triples->at, &object);
    return rp_term_batch_add(&filling->batch, &object, place + 1, error);
}

/* Put a triple into the data. */
static RpStatus
take_triple(Filling *filling, const RpSpillTriples *triples, RpError *error)
{
    RpDataGraph *data = filling->data;
    RpTriple triple = {0};

    if (data->graph.count >= (uint32)rp_guc_max_triples) {
        rp_error_set(error, RP_TOO_LARGE, "a slice of the graph reads more than %d triples",
                     rp_guc_max_triples);
        return rp_error_hint(error, "The limit is rdfpolicy.max_triples.");
    }
    RP_TRY(add_head_term(filling, triples->triple.predicate, &triple.predicate, error));
    if (filling->terms != NULL) {
        RP_TRY(take_number(filling, triples->triple.subject, &triple.subject, error));
        RP_TRY(take_number(filling, triples->triple.object, &triple.object, error));
    }
    if (filling->tags != NULL) {
        RP_TRY(rp_graph_tags_add_triple(
            filling->tags, triples->triple.graph - filling->choice->first_graph, error));
    }
    RP_TRY(rp_graph_add(&data->graph, triple, error));
    return filling->terms == NULL ? take_terms(filling, triples, error) : RP_OK;
}

/* The terms of a source's triples are known then; one without subject has that of the one before.
 */
static RpStatus
end_terms(Filling *filling, RpError *error)
{
    RpGraph *graph = &filling->data->graph;

    RP_TRY(rp_term_batch_end(&filling->batch, error));
    for (uint32 i = filling->first_triple; i < graph->count; i++) {
        RP_TRY(rp_arena_poll(graph->arena, error));
        if (graph->by_subject[i].subject == RP_TERM_NONE) {
            graph->by_subject[i].subject = graph->by_subject[i - 1].subject;
        }
    }
    return RP_OK;
}

/* The term of a number. A view may have two for one id. */
static RpStatus
find_term(Filling *filling, uint32 number, const RpTerm *term, RpError *error)
{
    RpTermId *known = &filling->terms[number];
    RpTermId id;

    if (*known == IS_WANTED) {
        *known = IS_WAITING;
        return rp_term_batch_add(&filling->batch, term, number, error);
    }
    RP_TRY(rp_term_batch_end(&filling->batch, error));
    RP_TRY(rp_dictionary_add(&filling->data->dictionary, term, &id, error));
    return *known == id ? RP_OK
                        : rp_error_set(error, RP_SYNTAX, "two rows of a dictionary have one id");
}

/* Find the terms of the numbers that are wanted. */
static RpStatus
find_terms(Filling *filling, const RpSpillSource *source, RpError *error)
{
    RpSpillScan scan;

    rp_spill_scan_begin(&scan, &filling->spill->file, &source->terms);
    while (scan.at < scan.end || rp_spill_scan_block(&scan)) {
        RpSpillNumber number;
        RpTerm term;

        RP_TRY(rp_arena_poll(filling->data->arena, error));
        memcpy(&number, scan.at, sizeof(number));
        if (filling->terms[number.number] != RP_TERM_NONE) {
            (void)rp_spill_read_term(filling->spill, scan.at + sizeof(number), &term);
            RP_TRY(find_term(filling, number.number, &term, error));
        }
        scan.at += number.size;
    }
    return rp_term_batch_end(&filling->batch, error);
}

static RpTermId
term_of(const Filling *filling, RpTermId node)
{
    return node & RP_SPILL_IS_TERM ? node & ~RP_SPILL_IS_TERM : filling->terms[node];
}

/* A source's terms go to its triples or, of one with ids, to its numbers, none of which is wanted
 * yet. */
static RpStatus
begin_source(Filling *filling, const RpSpillSource *source, RpError *error)
{
    RpDataGraph *data = filling->data;
    bool has_numbers = source->marks != NULL;

    filling->first_triple = data->graph.count;
    filling->has_subject = false;
    filling->terms = NULL;
    rp_term_batch_init(&filling->batch, &data->dictionary,
                       &(RpTermSink){.state = filling, .id = has_numbers ? put_term : put_end});
    if (has_numbers) {
        filling->terms =
            rp_arena_allocate_zero(data->arena, sizeof(RpTermId) * ((Size)source->mark_count + 1));
    }
    return has_numbers && filling->terms == NULL ? rp_arena_failure(data->arena, error) : RP_OK;
}

/* Put terms in the place of numbers. */
static RpStatus
end_numbers(Filling *filling, const RpSpillSource *source, RpError *error)
{
    RpGraph *graph = &filling->data->graph;

    RP_TRY(find_terms(filling, source, error));
    for (uint32 i = filling->first_triple; i < graph->count; i++) {
        RpTriple *triple = &graph->by_subject[i];

        RP_TRY(rp_arena_poll(graph->arena, error));
        triple->subject = term_of(filling, triple->subject);
        triple->object = term_of(filling, triple->object);
    }
    rp_arena_give_back(graph->arena, filling->terms,
                       sizeof(RpTermId) * ((Size)source->mark_count + 1));
    return RP_OK;
}

static RpStatus
fill_from_source(Filling *filling, const RpSpillSource *source, RpError *error)
{
    RpSpillTriples triples;

    RP_TRY(begin_source(filling, source, error));
    rp_spill_triples_begin(&triples, filling->spill, source);
    while (rp_spill_triples_next(&triples)) {
        RP_TRY(rp_arena_poll(filling->data->arena, error));
        filling->has_subject = filling->has_subject && !triples.is_new_subject;
        if (is_chosen(&triples, filling->choice)) {
            RP_TRY(take_triple(filling, &triples, error));
        }
    }
    return filling->terms != NULL ? end_numbers(filling, source, error) : end_terms(filling, error);
}

RpStatus
rp_spill_fill(RpSpill *spill, const RpSpillChoice *choice, RpDataGraph *data, RpGraphTags *tags,
              RpError *error)
{
    Filling filling = {.spill = spill, .choice = choice, .data = data, .tags = tags};
    ListCell *cell;

    spill->read_count = 0;
    foreach (cell, spill->sources) {
        RP_TRY(fill_from_source(&filling, lfirst(cell), error));
    }
    return RP_OK;
}
