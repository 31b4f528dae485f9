/* See spill.h. A record begins with what decides whether it is wanted, and how long it is. */
#include "pg/graph/spill.h"

#include "pg/graph/progress.h"
#include "pg/graph/spill_file.h"
#include "pg/server/guc.h"

enum { TRIPLES_OF_A_TELLING = 4096 };

#define IS_LITERAL UINT32_C(0x80000000) /* of a mark, beside the key */
#define IS_WANTED PG_UINT32_MAX         /* in place of a number's term, while it is looked for */

/* A triple. Of a source with ids, that is all of it, and subject and object are numbers. */
typedef struct SpillTriple {
    uint32 size; /* of the record */
    uint32 subject;
    uint32 object;
    RpTermId predicate; /* of head; with HAS_LAST_SUBJECT */
    uint32 graph;
} SpillTriple;

/* Beside a predicate: the subject is that of the record before, and does not follow. */
#define HAS_LAST_SUBJECT UINT32_C(0x80000000)

/* A term, before its texts. */
typedef struct SpillTerm {
    uint32 kind : 2;
    uint32 language_length : 30;
    RpTermId datatype; /* of head */
    uint32 lexical_length;
} SpillTerm;

/* A number's term, before the term. */
typedef struct SpillNumber {
    uint32 size;
    uint32 number;
} SpillNumber;

typedef struct SpillSource {
    RpSpillSection triples;
    RpSpillSection terms; /* of numbers */
    uint32 *marks;        /* by number; NULL: the triples have terms */
    uint32 mark_count;
} SpillSource;

struct RpSpill {
    RpSpillFile file;
    RpDataGraph *head;
    const RpReach *reach;
    List *sources;       /* SpillSource; the last one is being written */
    bool is_among_terms; /* of it */
    uint64 triple_count;
    uint64 byte_count;
    uint64 read_count; /* triples, since reading all began */
    /* The subject that was put last into the block, where it is. */
    const char *subject;
    Size subject_size;
};

RpSpill *
rp_spill_begin(RpDataGraph *head, const RpReach *reach)
{
    RpSpill *spill = palloc0(sizeof(RpSpill));

    spill->head = head;
    spill->reach = reach;
    rp_spill_file_begin(&spill->file);
    return spill;
}

void
rp_spill_end(RpSpill *spill)
{
    rp_spill_file_end(&spill->file);
}

void
rp_spill_begin_source(RpSpill *spill)
{
    MemoryContext caller = MemoryContextSwitchTo(spill->file.context);
    SpillSource *source = palloc0(sizeof(SpillSource));

    spill->sources = lappend(spill->sources, source);
    rp_spill_section_begin(&spill->file, &source->triples);
    spill->is_among_terms = false;
    MemoryContextSwitchTo(caller);
}

void
rp_spill_end_source(RpSpill *spill)
{
    rp_spill_section_end(&spill->file);
}

static RpNodeKey
key_of(const RpSpill *spill, const RpTerm *term)
{
    return rp_node_key(rp_dictionary_key(&spill->head->dictionary), term);
}

static Size
size_of_term(const RpTerm *term)
{
    return sizeof(SpillTerm) + term->lexical.length + term->language.length;
}

/* Datatypes are few, and the dictionary remembers the last ones. */
static RpStatus
head_of_term(const RpSpill *spill, const RpTerm *term, SpillTerm *head, RpError *error)
{
    RpTerm datatype = rp_term_iri(term->datatype);

    *head = (SpillTerm){.kind = term->kind,
                        .lexical_length = term->lexical.length,
                        .language_length = term->language.length};
    return term->kind == RP_LITERAL
               ? rp_dictionary_add(&spill->head->dictionary, &datatype, &head->datatype, error)
               : RP_OK;
}

static char *
put_bytes(char *at, const void *bytes, Size size)
{
    if (size > 0) {
        memcpy(at, bytes, size);
    }
    return at + size;
}

static char *
put_term(char *at, const SpillTerm *head, const RpTerm *term)
{
    at = put_bytes(at, head, sizeof(SpillTerm));
    at = put_bytes(at, term->lexical.data, term->lexical.length);
    return put_bytes(at, term->language.data, term->language.length);
}

/* A subject is no literal, so that its kind and text are all of it. */
static bool
is_last_subject(const RpSpill *spill, const SpillTerm *head, const RpTerm *subject)
{
    return spill->subject != NULL && spill->subject_size == size_of_term(subject) &&
           memcmp(spill->subject, head, sizeof(SpillTerm)) == 0 &&
           memcmp(spill->subject + sizeof(SpillTerm), subject->lexical.data,
                  subject->lexical.length) == 0;
}

RpStatus
rp_spill_put(RpSpill *spill, const RpTerm *subject, RpTermId predicate, const RpTerm *object,
             uint32 graph, RpError *error)
{
    SpillTriple triple = {
        .subject = key_of(spill, subject),
        .object = rp_reach_asks_for_object(spill->reach, predicate) ? key_of(spill, object) : 0,
        .predicate = predicate,
        .graph = graph};
    SpillTerm heads[2];
    Size subject_size = size_of_term(subject);
    Size object_size = size_of_term(object);
    bool is_first;
    char *at;

    RP_TRY(head_of_term(spill, subject, &heads[0], error));
    RP_TRY(head_of_term(spill, object, &heads[1], error));
    at = rp_spill_section_add(&spill->file, sizeof(SpillTriple) + subject_size + object_size,
                              &is_first);
    if (!is_first && is_last_subject(spill, &heads[0], subject)) {
        spill->file.length -= subject_size;
        subject_size = 0;
        triple.predicate |= HAS_LAST_SUBJECT;
    } else {
        spill->subject = at + sizeof(SpillTriple);
        spill->subject_size = subject_size;
    }
    triple.size = (uint32)(sizeof(SpillTriple) + subject_size + object_size);
    at = put_bytes(at, &triple, sizeof(SpillTriple));
    at = subject_size == 0 ? at : put_term(at, &heads[0], subject);
    (void)put_term(at, &heads[1], object);
    spill->triple_count++;
    spill->byte_count += triple.size;
    return RP_OK;
}

void
rp_spill_put_numbers(RpSpill *spill, RpTriple triple, uint32 graph)
{
    SpillTriple put = {.size = sizeof(SpillTriple),
                       .subject = triple.subject,
                       .object = triple.object,
                       .predicate = triple.predicate,
                       .graph = graph};
    bool is_first;

    memcpy(rp_spill_section_add(&spill->file, sizeof(put), &is_first), &put, sizeof(put));
    spill->triple_count++;
    spill->byte_count += put.size;
}

RpStatus
rp_spill_put_term(RpSpill *spill, uint32 number, const RpTerm *term, uint32 *mark, RpError *error)
{
    SpillNumber put = {.size = (uint32)(sizeof(SpillNumber) + size_of_term(term)),
                       .number = number};
    SpillTerm head;
    bool is_first;
    char *at;

    if (!spill->is_among_terms) {
        SpillSource *source = llast(spill->sources);

        rp_spill_section_end(&spill->file);
        rp_spill_section_begin(&spill->file, &source->terms);
        spill->is_among_terms = true;
    }
    RP_TRY(head_of_term(spill, term, &head, error));
    at = rp_spill_section_add(&spill->file, put.size, &is_first);
    at = put_bytes(at, &put, sizeof(put));
    (void)put_term(at, &head, term);
    spill->byte_count += put.size;
    *mark = key_of(spill, term) | (term->kind == RP_LITERAL ? IS_LITERAL : 0);
    return RP_OK;
}

uint64
rp_spill_triple_count(const RpSpill *spill)
{
    return spill->triple_count;
}

uint64
rp_spill_byte_count(const RpSpill *spill)
{
    return spill->byte_count;
}

size_t
rp_spill_memory(const RpSpill *spill)
{
    return spill->head->arena->used_bytes;
}

/* The triples of one source, as they are read. */
typedef struct TripleScan {
    RpSpillScan scan;
    RpSpill *spill;
    const SpillSource *source;
    SpillTriple triple;
    const char *at; /* behind it */
    /* Of triples with terms. */
    RpTerm subject;
} TripleScan;

static void
begin_triples(TripleScan *triples, RpSpill *spill, const SpillSource *source)
{
    *triples = (TripleScan){.spill = spill, .source = source};
    rp_spill_scan_begin(&triples->scan, &spill->file, &source->triples);
}

/* Views of the block, and of head. */
static const char *
read_term(const RpSpill *spill, const char *at, RpTerm *term)
{
    SpillTerm head;

    memcpy(&head, at, sizeof(head));
    at += sizeof(head);
    *term = (RpTerm){.kind = (RpTermKind)head.kind,
                     .lexical = {at, head.lexical_length},
                     .language = {at + head.lexical_length, head.language_length}};
    if (term->kind == RP_LITERAL) {
        term->datatype = rp_dictionary_term(&spill->head->dictionary, head.datatype).lexical;
    }
    return at + head.lexical_length + head.language_length;
}

static bool
next_triple(TripleScan *triples)
{
    RpSpillScan *scan = &triples->scan;

    if (scan->at == scan->end && !rp_spill_scan_block(scan)) {
        return false;
    }
    memcpy(&triples->triple, scan->at, sizeof(SpillTriple));
    triples->at = scan->at + sizeof(SpillTriple);
    if (triples->triple.predicate & HAS_LAST_SUBJECT) {
        triples->triple.predicate &= ~HAS_LAST_SUBJECT;
    } else if (triples->source->marks == NULL) {
        triples->at = read_term(triples->spill, triples->at, &triples->subject);
    }
    scan->at += triples->triple.size;
    if (++triples->spill->read_count % TRIPLES_OF_A_TELLING == 0) {
        rp_graph_progress_rows(triples->spill->read_count, 0);
    }
    return true;
}

/* The key of a number: its mark has it; that of a term of head is its own. */
static RpNodeKey
key_of_number(const TripleScan *triples, uint32 number)
{
    if (number & RP_SPILL_IS_TERM) {
        RpTerm term =
            rp_dictionary_term(&triples->spill->head->dictionary, number & ~RP_SPILL_IS_TERM);

        return key_of(triples->spill, &term);
    }
    return triples->source->marks[number] & ~IS_LITERAL;
}

static RpNodeKey
subject_key(const TripleScan *triples)
{
    return triples->source->marks == NULL ? triples->triple.subject
                                          : key_of_number(triples, triples->triple.subject);
}

static RpNodeKey
object_key(const TripleScan *triples)
{
    if (triples->source->marks == NULL) {
        return triples->triple.object;
    }
    return rp_reach_asks_for_object(triples->spill->reach, triples->triple.predicate)
               ? key_of_number(triples, triples->triple.object)
               : 0;
}

static bool
is_of_graphs(const TripleScan *triples, const RpSpillChoice *choice)
{
    return triples->triple.graph >= choice->first_graph &&
           triples->triple.graph < choice->end_graph;
}

static bool
is_chosen(const TripleScan *triples, const RpSpillChoice *choice)
{
    return is_of_graphs(triples, choice) &&
           (choice->reach == NULL || rp_reach_has(choice->reach, subject_key(triples),
                                                  triples->triple.predicate, object_key(triples)));
}

static bool
has_mark(const SpillSource *source, uint32 number)
{
    return (number & RP_SPILL_IS_TERM) != 0 || source->marks[number] != 0;
}

/* The position of a number of a triple that makes it none. */
static RpTermPosition
unfit_position(const TripleScan *triples)
{
    const SpillSource *source = triples->source;
    uint32 subject = triples->triple.subject;

    if (!has_mark(source, subject) ||
        (!(subject & RP_SPILL_IS_TERM) && source->marks[subject] & IS_LITERAL)) {
        return RP_POSITION_SUBJECT;
    }
    return has_mark(source, triples->triple.object) ? RP_POSITION_COUNT : RP_POSITION_OBJECT;
}

static RpStatus
copy_marks(SpillSource *source, const RpIdTerms *marks, RpArena *arena, RpError *error)
{
    source->mark_count = rp_id_terms_end(marks);
    source->marks = rp_arena_allocate(arena, sizeof(uint32) * ((Size)source->mark_count + 1));
    if (source->marks == NULL) {
        return rp_arena_failure(arena, error);
    }
    for (uint32 i = 0; i < source->mark_count; i++) {
        RP_TRY(rp_arena_poll(arena, error));
        source->marks[i] = rp_id_terms_get(marks, i);
    }
    return RP_OK;
}

RpStatus
rp_spill_put_marks(RpSpill *spill, const RpIdTerms *marks, RpTermPosition *position, uint32 *number,
                   RpError *error)
{
    SpillSource *source = llast(spill->sources);
    RpArena *arena = spill->head->arena;
    TripleScan triples;

    *position = RP_POSITION_COUNT;
    RP_TRY(copy_marks(source, marks, arena, error));
    rp_spill_section_end(&spill->file);
    begin_triples(&triples, spill, source);
    while (*position == RP_POSITION_COUNT && next_triple(&triples)) {
        RP_TRY(rp_arena_poll(arena, error));
        *position = unfit_position(&triples);
        *number = *position == RP_POSITION_SUBJECT ? triples.triple.subject : triples.triple.object;
    }
    return RP_OK;
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
        TripleScan triples;

        begin_triples(&triples, spill, lfirst(cell));
        while (next_triple(&triples)) {
            if (is_of_graphs(&triples, choice)) {
                RP_TRY(tell(reach, subject_key(&triples), triples.triple.predicate,
                            object_key(&triples), error));
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
    RpTermId *terms; /* of the source's numbers; IS_WANTED: to be found */
} Filling;

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

/* Put a triple into the data. */
static RpStatus
take_triple(const Filling *filling, const TripleScan *triples, RpError *error)
{
    RpDataGraph *data = filling->data;
    RpTriple triple;
    RpTerm object;

    if (data->graph.count >= (uint32)rp_guc_max_triples) {
        rp_error_set(error, RP_TOO_LARGE, "a slice of the graph reads more than %d triples",
                     rp_guc_max_triples);
        return rp_error_hint(error, "The limit is rdfpolicy.max_triples.");
    }
    RP_TRY(add_head_term(filling, triples->triple.predicate, &triple.predicate, error));
    if (filling->terms != NULL) {
        RP_TRY(take_number(filling, triples->triple.subject, &triple.subject, error));
        RP_TRY(take_number(filling, triples->triple.object, &triple.object, error));
    } else {
        (void)read_term(filling->spill, triples->at, &object);
        RP_TRY(rp_data_graph_add_terms(data, &triples->subject, &object, &triple, error));
    }
    if (filling->tags != NULL) {
        RP_TRY(rp_graph_tags_add_triple(
            filling->tags, triples->triple.graph - filling->choice->first_graph, error));
    }
    return rp_graph_add(&data->graph, triple, error);
}

/* Find the terms of the numbers that are wanted. A view may have two terms for one id. */
static RpStatus
find_terms(const Filling *filling, const SpillSource *source, RpError *error)
{
    RpSpillScan scan;

    rp_spill_scan_begin(&scan, &filling->spill->file, &source->terms);
    while (scan.at < scan.end || rp_spill_scan_block(&scan)) {
        SpillNumber number;

        RP_TRY(rp_arena_poll(filling->data->arena, error));
        memcpy(&number, scan.at, sizeof(number));
        if (filling->terms[number.number] != RP_TERM_NONE) {
            RpTermId *known = &filling->terms[number.number];
            RpTermId id;
            RpTerm term;

            (void)read_term(filling->spill, scan.at + sizeof(number), &term);
            RP_TRY(rp_dictionary_add(&filling->data->dictionary, &term, &id, error));
            if (*known != IS_WANTED && *known != id) {
                return rp_error_set(error, RP_SYNTAX, "two rows of a dictionary have one id");
            }
            *known = id;
        }
        scan.at += number.size;
    }
    return RP_OK;
}

static RpTermId
term_of(const Filling *filling, RpTermId node)
{
    return node & RP_SPILL_IS_TERM ? node & ~RP_SPILL_IS_TERM : filling->terms[node];
}

/* Room for the terms of a source's numbers, none of which is wanted yet. */
static RpStatus
begin_numbers(Filling *filling, const SpillSource *source, RpError *error)
{
    filling->terms = NULL;
    if (source->marks == NULL) {
        return RP_OK;
    }
    filling->terms = rp_arena_allocate_zero(filling->data->arena,
                                            sizeof(RpTermId) * ((Size)source->mark_count + 1));
    return filling->terms != NULL ? RP_OK : rp_arena_failure(filling->data->arena, error);
}

/* Put terms in the place of numbers, from a triple on. */
static RpStatus
end_numbers(Filling *filling, const SpillSource *source, uint32 first_triple, RpError *error)
{
    RpGraph *graph = &filling->data->graph;

    RP_TRY(find_terms(filling, source, error));
    for (uint32 i = first_triple; i < graph->count; i++) {
        RpTriple *triple = &graph->by_subject[i];

        RP_TRY(rp_arena_poll(filling->data->arena, error));
        triple->subject = term_of(filling, triple->subject);
        triple->object = term_of(filling, triple->object);
    }
    rp_arena_give_back(filling->data->arena, filling->terms,
                       sizeof(RpTermId) * ((Size)source->mark_count + 1));
    return RP_OK;
}

static RpStatus
fill_from_source(Filling *filling, const SpillSource *source, RpError *error)
{
    uint32 first_triple = filling->data->graph.count;
    TripleScan triples;

    RP_TRY(begin_numbers(filling, source, error));
    begin_triples(&triples, filling->spill, source);
    while (next_triple(&triples)) {
        RP_TRY(rp_arena_poll(filling->data->arena, error));
        if (is_chosen(&triples, filling->choice)) {
            RP_TRY(take_triple(filling, &triples, error));
        }
    }
    return filling->terms != NULL ? end_numbers(filling, source, first_triple, error) : RP_OK;
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
