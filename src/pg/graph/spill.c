/* See spill.h. A record begins with what decides whether it is wanted, and how long it is. */
#include "pg/graph/spill.h"

#include "pg/graph/spill_internal.h"

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
    RpSpillSource *source = palloc0(sizeof(RpSpillSource));

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

static Size
size_of_term(const RpTerm *term)
{
    return sizeof(RpSpillTerm) + term->lexical.length + term->language.length;
}

/* Datatypes are few, and the dictionary remembers the last ones. */
static RpStatus
head_of_term(const RpSpill *spill, const RpTerm *term, RpSpillTerm *head, RpError *error)
{
    RpTerm datatype = rp_term_iri(term->datatype);

    *head = (RpSpillTerm){.kind = term->kind,
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
put_term(char *at, const RpSpillTerm *head, const RpTerm *term)
{
    at = put_bytes(at, head, sizeof(RpSpillTerm));
    at = put_bytes(at, term->lexical.data, term->lexical.length);
    return put_bytes(at, term->language.data, term->language.length);
}

/* A subject is no literal, so that its kind and text are all of it. */
static bool
is_last_subject(const RpSpill *spill, const RpSpillTerm *head, const RpTerm *subject)
{
    return spill->subject != NULL && spill->subject_size == size_of_term(subject) &&
           memcmp(spill->subject, head, sizeof(RpSpillTerm)) == 0 &&
           memcmp(spill->subject + sizeof(RpSpillTerm), subject->lexical.data,
                  subject->lexical.length) == 0;
}

RpStatus
rp_spill_put(RpSpill *spill, const RpTerm *subject, RpTermId predicate, const RpTerm *object,
             uint32 graph, RpError *error)
{
    RpSpillTriple triple = {.subject = rp_spill_key(spill, subject),
                            .object = rp_reach_asks_for_object(spill->reach, predicate)
                                          ? rp_spill_key(spill, object)
                                          : 0,
                            .predicate = predicate,
                            .graph = graph};
    RpSpillTerm heads[2];
    Size subject_size = size_of_term(subject);
    Size object_size = size_of_term(object);
    bool is_first;
    char *at;

    RP_TRY(head_of_term(spill, subject, &heads[0], error));
    RP_TRY(head_of_term(spill, object, &heads[1], error));
    at = rp_spill_section_add(&spill->file, sizeof(RpSpillTriple) + subject_size + object_size,
                              &is_first);
    if (!is_first && is_last_subject(spill, &heads[0], subject)) {
        spill->file.length -= subject_size;
        subject_size = 0;
        triple.predicate |= RP_SPILL_HAS_LAST_SUBJECT;
    } else {
        spill->subject = at + sizeof(RpSpillTriple);
        spill->subject_size = subject_size;
    }
    triple.size = (uint32)(sizeof(RpSpillTriple) + subject_size + object_size);
    at = put_bytes(at, &triple, sizeof(RpSpillTriple));
    at = subject_size == 0 ? at : put_term(at, &heads[0], subject);
    (void)put_term(at, &heads[1], object);
    spill->triple_count++;
    spill->byte_count += triple.size;
    return RP_OK;
}

void
rp_spill_put_numbers(RpSpill *spill, RpTriple triple, uint32 graph)
{
    RpSpillTriple put = {.size = sizeof(RpSpillTriple),
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
    RpSpillNumber put = {.size = (uint32)(sizeof(RpSpillNumber) + size_of_term(term)),
                         .number = number};
    RpSpillTerm head;
    bool is_first;
    char *at;

    if (!spill->is_among_terms) {
        RpSpillSource *source = llast(spill->sources);

        rp_spill_section_end(&spill->file);
        rp_spill_section_begin(&spill->file, &source->terms);
        spill->is_among_terms = true;
    }
    RP_TRY(head_of_term(spill, term, &head, error));
    at = rp_spill_section_add(&spill->file, put.size, &is_first);
    at = put_bytes(at, &put, sizeof(put));
    (void)put_term(at, &head, term);
    spill->byte_count += put.size;
    *mark = rp_spill_key(spill, term) | (term->kind == RP_LITERAL ? RP_SPILL_IS_LITERAL : 0);
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

static bool
has_mark(const RpSpillSource *source, uint32 number)
{
    return (number & RP_SPILL_IS_TERM) != 0 || source->marks[number] != 0;
}

/* The position of a number of a triple that makes it none. */
static RpTermPosition
unfit_position(const RpSpillTriples *triples)
{
    const RpSpillSource *source = triples->source;
    uint32 subject = triples->triple.subject;

    if (!has_mark(source, subject) ||
        (!(subject & RP_SPILL_IS_TERM) && source->marks[subject] & RP_SPILL_IS_LITERAL)) {
        return RP_POSITION_SUBJECT;
    }
    return has_mark(source, triples->triple.object) ? RP_POSITION_COUNT : RP_POSITION_OBJECT;
}

static RpStatus
copy_marks(RpSpillSource *source, const RpIdTerms *marks, RpArena *arena, RpError *error)
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
    RpSpillSource *source = llast(spill->sources);
    RpArena *arena = spill->head->arena;
    RpSpillTriples triples;

    *position = RP_POSITION_COUNT;
    RP_TRY(copy_marks(source, marks, arena, error));
    rp_spill_section_end(&spill->file);
    rp_spill_triples_begin(&triples, spill, source);
    while (*position == RP_POSITION_COUNT && rp_spill_triples_next(&triples)) {
        RP_TRY(rp_arena_poll(arena, error));
        *position = unfit_position(&triples);
        *number = *position == RP_POSITION_SUBJECT ? triples.triple.subject : triples.triple.object;
    }
    return RP_OK;
}
