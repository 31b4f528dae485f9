/* See fetched.h. Triples are linked to the reads that they answer as they come. */
#include "incremental/fetched.h"

enum { FIRST_SLOT_COUNT = 64 };

void
rp_fetched_init(RpFetched *fetched, RpDataGraph *data, const RpStore *store,
                const RpJudgeLimits *limits, RpJudgeOutcome *outcome, RpError *error)
{
    *fetched = (RpFetched){.data = data,
                           .store = store,
                           .arena = data->arena,
                           .error = error,
                           .limits = limits,
                           .outcome = outcome};
}

static RpStatus
go_beyond(RpFetched *fetched)
{
    fetched->outcome->is_beyond = true;
    return rp_error_set(fetched->error, RP_TOO_LARGE, "the changes matter to too many triples");
}

/* The slot of a read, or the empty one where it belongs. There are slots. */
static uint32_t *
find_slot(const RpFetched *fetched, RpStoreRead read)
{
    uint32_t mask = fetched->slot_count - 1;
    uint32_t slot = (uint32_t)rp_hash_pair(rp_dictionary_key(&fetched->data->dictionary), read.node,
                                           read.predicate) +
                    read.is_inverse;

    for (slot &= mask; fetched->slots[slot] != 0; slot = (slot + 1) & mask) {
        const RpStoreRead *other = &fetched->reads[fetched->slots[slot] - 1].read;

        if (other->node == read.node && other->predicate == read.predicate &&
            other->is_inverse == read.is_inverse) {
            break;
        }
    }
    return &fetched->slots[slot];
}

/* 0: it was not asked for. */
static uint32_t
find_read(const RpFetched *fetched, RpStoreRead read)
{
    return fetched->slot_count > 0 ? *find_slot(fetched, read) : 0;
}

/* Room for one read more, in the table and the array. At most half of the slots are in use, so a
 * search ends. */
static RpStatus
make_room(RpFetched *fetched)
{
    RpFetchedRead *reads;

    if (fetched->read_count >= fetched->slot_count / 2) {
        uint64_t slot_count =
            fetched->slot_count > 0 ? 2 * (uint64_t)fetched->slot_count : FIRST_SLOT_COUNT;

        if (slot_count > UINT32_MAX / 2) {
            return go_beyond(fetched);
        }
        fetched->slots = rp_arena_allocate_zero(fetched->arena, sizeof(uint32_t) * slot_count);
        if (!fetched->slots) {
            fetched->slot_count = 0;
            return rp_arena_failure(fetched->arena, fetched->error);
        }
        fetched->slot_count = (uint32_t)slot_count;
        for (uint32_t i = 0; i < fetched->read_count; i++) {
            RP_TRY(rp_arena_poll(fetched->arena, fetched->error));
            *find_slot(fetched, fetched->reads[i].read) = i + 1;
        }
    }
    reads = rp_arena_grow(fetched->arena, fetched->reads, fetched->read_count,
                          fetched->read_count + 1, &fetched->read_capacity, sizeof(RpFetchedRead));
    if (!reads) {
        return rp_arena_failure(fetched->arena, fetched->error);
    }
    fetched->reads = reads;
    return RP_OK;
}

/* Literals are no subjects (RDF 1.1 Concepts, section 3.1). Blank nodes of the image are the shapes
 * graph's own: those of the data are others, whatever their labels are. */
static bool
can_have_answers(const RpFetched *fetched, RpStoreRead read)
{
    const RpDictionary *dictionary = &fetched->data->dictionary;
    RpTermKind kind = rp_dictionary_kind(dictionary, read.node);

    return !(kind == RP_LITERAL && !read.is_inverse) &&
           !(kind == RP_BLANK && read.node < rp_dictionary_first_own(dictionary));
}

/* A read that was asked for before is that one again, in whatever layer it was. */
RpStatus
rp_fetched_ask(RpFetched *fetched, RpStoreRead read, uint32_t *index)
{
    uint32_t *slot;

    *index = 0;
    RP_TRY(rp_arena_poll(fetched->arena, fetched->error));
    if (!can_have_answers(fetched, read)) {
        return RP_OK;
    }
    RP_TRY(make_room(fetched));
    slot = find_slot(fetched, read);
    if (*slot == 0) {
        fetched->reads[fetched->read_count++] = (RpFetchedRead){.read = read};
        *slot = fetched->read_count;
        fetched->asks_all = fetched->asks_all || read.predicate == RP_TERM_NONE;
    }
    *index = *slot;
    return RP_OK;
}

/* Link a triple, which is the newest, to a read of the layer of the moment, if that was asked. */
static void
link_answer(RpFetched *fetched, RpFetchedTriple *triple, RpAnswerKind kind, RpStoreRead read,
            bool *is_asked)
{
    uint32_t index = fetched->has_kind[kind] ? find_read(fetched, read) : 0;

    if (index > fetched->answered_count) {
        RpFetchedRead *asked = &fetched->reads[index - 1];

        triple->next[kind] = asked->first;
        asked->first = fetched->triple_count + 1;
        *is_asked = true;
    }
}

/* Keep a triple if it answers something. */
static RpStatus
keep_triple(RpFetched *fetched, RpTriple triple)
{
    RpFetchedTriple *triples = rp_arena_grow(fetched->arena, fetched->triples,
                                             fetched->triple_count, fetched->triple_count + 1,
                                             &fetched->triple_capacity, sizeof(RpFetchedTriple));
    RpFetchedTriple *kept;
    bool is_asked = false;

    if (!triples) {
        return rp_arena_failure(fetched->arena, fetched->error);
    }
    fetched->triples = triples;
    kept = &triples[fetched->triple_count];
    *kept = (RpFetchedTriple){.triple = triple};
    link_answer(fetched, kept, RP_ANSWERS_OBJECTS,
                (RpStoreRead){triple.subject, triple.predicate, false}, &is_asked);
    link_answer(fetched, kept, RP_ANSWERS_SUBJECTS,
                (RpStoreRead){triple.object, triple.predicate, true}, &is_asked);
    link_answer(fetched, kept, RP_ANSWERS_ALL, (RpStoreRead){triple.subject, RP_TERM_NONE, false},
                &is_asked);
    link_answer(fetched, kept, RP_ANSWERS_ALL_INVERSE,
                (RpStoreRead){triple.object, RP_TERM_NONE, true}, &is_asked);
    if (!is_asked) {
        return RP_OK;
    }
    if (fetched->outcome->triple_count >= fetched->limits->triples ||
        fetched->triple_count == UINT32_MAX - 1) {
        return go_beyond(fetched);
    }
    fetched->outcome->triple_count++;
    fetched->triple_count++;
    return RP_OK;
}

/* RpTripleSink.triple. */
static RpStatus
receive_triple(void *state, const RpTerm *subject, const RpTerm *predicate, const RpTerm *object,
               RpPosition position, RpError *error)
{
    RpFetched *fetched = state;
    RpTriple triple;

    (void)position;
    RP_TRY(rp_arena_poll_bytes(fetched->arena, object->lexical.length, error));
    RP_TRY(rp_data_graph_find_predicate(fetched->data, predicate, &triple.predicate, error));
    if (triple.predicate == RP_TERM_NONE) {
        return RP_OK;
    }
    RP_TRY(rp_data_graph_add_terms(fetched->data, subject, object, &triple, error));
    return keep_triple(fetched, triple);
}

/* Which of a triple's lists of answers a read goes through. */
static RpAnswerKind
kind_of(RpStoreRead read)
{
    if (read.predicate == RP_TERM_NONE) {
        return read.is_inverse ? RP_ANSWERS_ALL_INVERSE : RP_ANSWERS_ALL;
    }
    return read.is_inverse ? RP_ANSWERS_SUBJECTS : RP_ANSWERS_OBJECTS;
}

/* The reads of the layer, without those that a read of all triples of their node answers. */
static RpStatus
make_layer(RpFetched *fetched, uint32_t *count)
{
    RpStoreRead *layer = rp_arena_grow(fetched->arena, fetched->layer, 0,
                                       fetched->read_count - fetched->answered_count,
                                       &fetched->layer_capacity, sizeof(RpStoreRead));

    if (!layer) {
        return rp_arena_failure(fetched->arena, fetched->error);
    }
    fetched->layer = layer;
    memset(fetched->has_kind, 0, sizeof(fetched->has_kind));
    for (uint32_t i = fetched->answered_count; i < fetched->read_count; i++) {
        RpFetchedRead *read = &fetched->reads[i];
        RpAnswerKind kind = kind_of(read->read);

        RP_TRY(rp_arena_poll(fetched->arena, fetched->error));
        if (fetched->asks_all && read->read.predicate != RP_TERM_NONE) {
            read->within = find_read(
                fetched, (RpStoreRead){read->read.node, RP_TERM_NONE, read->read.is_inverse});
        }
        if (read->within == 0) {
            layer[(*count)++] = read->read;
            fetched->has_kind[kind] = true;
        }
    }
    return RP_OK;
}

/* The limit of reads is checked before the store is asked: a layer beyond it takes no lock. */
RpStatus
rp_fetched_layer(RpFetched *fetched)
{
    RpTripleSink sink = {.state = fetched, .triple = receive_triple};
    uint32_t count = 0;

    RP_TRY(make_layer(fetched, &count));
    if (count > 0) {
        if (fetched->outcome->read_count + count > fetched->limits->reads) {
            return go_beyond(fetched);
        }
        fetched->outcome->read_count += count;
        fetched->outcome->layer_count++;
        RP_TRY(fetched->store->fetch(fetched->store->state, &fetched->data->dictionary,
                                     fetched->layer, count, &sink, fetched->error));
    }
    fetched->answered_count = fetched->read_count;
    return RP_OK;
}

/* A read within one of all the node's triples has no list of its own: it goes through the other's,
 * and passes over the predicates that it did not ask for. */
RpAnswers
rp_fetched_answers(const RpFetched *fetched, uint32_t index)
{
    RpAnswers answers = {.fetched = fetched};
    const RpFetchedRead *read;

    if (index == 0) {
        return answers;
    }
    read = &fetched->reads[index - 1];
    if (read->within != 0) {
        answers.predicate = read->read.predicate;
        read = &fetched->reads[read->within - 1];
    }
    answers.kind = kind_of(read->read);
    answers.next = read->first;
    return answers;
}

/* Whoever calls this relies on a layer before; without it a missing answer would look like an empty
 * one, and a violation would not be seen. */
RpStatus
rp_fetched_get(RpFetched *fetched, RpStoreRead read, RpAnswers *answers)
{
    uint32_t index;

    RP_TRY(rp_fetched_ask(fetched, read, &index));
    if (!rp_fetched_is_there(fetched, index)) {
        return rp_error_set(fetched->error, RP_CORRUPT,
                            "a node is asked for that has not been fetched");
    }
    *answers = rp_fetched_answers(fetched, index);
    return RP_OK;
}

/* Answers come in no order that means anything: the last that was fetched is the first. */
const RpTriple *
rp_answers_next(RpAnswers *answers)
{
    while (answers->next != 0) {
        const RpFetchedTriple *triple = &answers->fetched->triples[answers->next - 1];

        answers->next = triple->next[answers->kind];
        if (answers->predicate == RP_TERM_NONE || triple->triple.predicate == answers->predicate) {
            return &triple->triple;
        }
    }
    return NULL;
}

/* Evaluation reads a graph, and knows nothing of reads. Each triple was kept once, though it may
 * answer four. */
RpStatus
rp_fetched_fill(RpFetched *fetched)
{
    for (uint32_t i = 0; i < fetched->triple_count; i++) {
        RP_TRY(rp_arena_poll(fetched->arena, fetched->error));
        RP_TRY(rp_graph_add(&fetched->data->graph, fetched->triples[i].triple, fetched->error));
    }
    return RP_OK;
}
