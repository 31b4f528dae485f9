/* See known_predicates.h. */
#include "pg/enforce/known_predicates.h"

#include "common/hashfn.h"
#include "utils/memutils.h"

#include "pg/shared/current_generation.h"

enum {
    SLOT_COUNT = 1024, /* a power of two */
    PREDICATE_LIMIT = SLOT_COUNT / 2,
    LENGTH_LIMIT = 512 /* of bytes: longer ones are not known */
};

struct RpKnownPredicates {
    MemoryContext context; /* of what the slots point to */
    int column;            /* that has the predicate; RP_NO_COLUMN: it is a constant */
    uint64 changes;        /* rp_known_predicates_changes, when it was empty last */
    uint32 count;
    RpKnownPredicate *slots[SLOT_COUNT];
};

uint64
rp_known_predicates_changes(void)
{
    return rp_generation_change_count() + rp_enforcement_change_count();
}

/* Whether one column, or none, tells the predicate, and its bytes. */
static bool
is_of_one_column(const RpGraphSource *source)
{
    const RpTermPlace *place = &source->places[RP_POSITION_PREDICATE];

    switch (place->form) {
    case RP_FORM_CONSTANT:
        return true;
    case RP_FORM_TERM:
    case RP_FORM_NTRIPLES:
        return source->rows.columns[place->value].length == -1;
    case RP_FORM_PLAIN:
        return place->iri == RP_NO_COLUMN && place->kind == RP_NO_COLUMN &&
               place->datatype == RP_NO_COLUMN && place->language == RP_NO_COLUMN &&
               source->rows.columns[place->value].length == -1;
    default:
        return false;
    }
}

void
rp_known_predicates_forget(RpKnownPredicates *known)
{
    MemoryContextReset(known->context);
    memset(known->slots, 0, sizeof(known->slots));
    known->count = 0;
    known->changes = rp_known_predicates_changes();
}

/* In the memory of the source, which outlives the transaction. */
static RpKnownPredicates *
make(const RpGraphSource *source)
{
    MemoryContext context = GetMemoryChunkContext(source->known_predicates);
    RpKnownPredicates *known = MemoryContextAllocZero(context, sizeof(RpKnownPredicates));

    known->context = AllocSetContextCreate(context, "rdfpolicy predicates", ALLOCSET_SMALL_SIZES);
    known->column = source->places[RP_POSITION_PREDICATE].form == RP_FORM_CONSTANT
                        ? RP_NO_COLUMN
                        : source->places[RP_POSITION_PREDICATE].value;
    rp_known_predicates_forget(known);
    return known;
}

RpKnownPredicates *
rp_known_predicates_of(const RpGraphSource *source, RpTiming timing)
{
    RpKnownPredicates **known = &source->known_predicates[timing];

    if (*known == NULL && is_of_one_column(source)) {
        *known = make(source);
    }
    if (*known != NULL && (*known)->changes != rp_known_predicates_changes()) {
        rp_known_predicates_forget(*known);
    }
    return *known;
}

/* The bytes of a value. False: it is NULL, too long, or would have to be fetched. */
static bool
bytes_of(Datum value, bool is_null, RpText *bytes)
{
    const void *start = DatumGetPointer(value);

    if (is_null || VARATT_IS_EXTERNAL(start) || VARATT_IS_COMPRESSED(start)) {
        return false;
    }
    *bytes = (RpText){VARDATA_ANY(start), (uint32)VARSIZE_ANY_EXHDR(start)};
    return bytes->length <= LENGTH_LIMIT;
}

/* The slot that has some bytes, or the empty one where they belong: half of them are empty. */
static uint32
slot_of(const RpKnownPredicates *known, RpText bytes, uint32 hash)
{
    uint32 slot = hash & (SLOT_COUNT - 1);

    while (known->slots[slot] != NULL && (known->slots[slot]->hash != hash ||
                                          !rp_text_equals(known->slots[slot]->bytes, bytes))) {
        slot = (slot + 1) & (SLOT_COUNT - 1);
    }
    return slot;
}

static uint32
hash_of(RpText bytes)
{
    return hash_bytes((const unsigned char *)bytes.data, (int)bytes.length);
}

RpKnownPredicate *
rp_known_predicate_find(const RpKnownPredicates *known, const NullableDatum *columns)
{
    RpText bytes = {"", 0};

    if (known->column != RP_NO_COLUMN &&
        !bytes_of(columns[known->column].value, columns[known->column].isnull, &bytes)) {
        return NULL;
    }
    return known->slots[slot_of(known, bytes, hash_of(bytes))];
}

/* The predicate of some bytes, which is added where it is new; NULL: there is no room. */
static RpKnownPredicate *
add(RpKnownPredicates *known, RpText bytes)
{
    uint32 hash = hash_of(bytes);
    RpKnownPredicate **slot = &known->slots[slot_of(known, bytes, hash)];

    if (*slot == NULL && known->count < PREDICATE_LIMIT) {
        char *copy = MemoryContextAlloc(known->context, bytes.length + 1);

        memcpy(copy, bytes.data, bytes.length);
        *slot = MemoryContextAllocZero(known->context, sizeof(RpKnownPredicate));
        (*slot)->hash = hash;
        (*slot)->changes = known->changes;
        (*slot)->bytes = (RpText){copy, bytes.length};
        known->count++;
    }
    return *slot;
}

/* What is known of the source of a row; NULL: nothing is, or something has changed since the
 * judgement began. What it says would be of policies that were there before. */
static RpKnownPredicates *
known_of_row(const RpStoredGraph *graph, RpTiming timing, const RpPredicateLearning *learning,
             const RpCapturedRow *row)
{
    for (uint32 i = 0; i < graph->source_count; i++) {
        if (graph->sources[i].id == row->source) {
            RpKnownPredicates *known = graph->sources[i].known_predicates[timing];

            return known != NULL && known->changes == learning->changes &&
                           learning->changes == rp_known_predicates_changes()
                       ? known
                       : NULL;
        }
    }
    return NULL;
}

/*
 * Policies answer one after the other, each for every row. One that was not asked, because it
 * judged all that is stored, is missing in the count for good: then nothing is known of what it
 * does not read.
 */
void
rp_known_predicates_learn(const RpStoredGraph *graph, RpTiming timing,
                          const RpPredicateLearning *learning, const RpCapturedRow *row,
                          bool is_read)
{
    RpKnownPredicates *known = known_of_row(graph, timing, learning, row);
    bool way = row->is_removal;
    RpText bytes = {"", 0};
    RpKnownPredicate *predicate;

    if (known == NULL ||
        (known->column != RP_NO_COLUMN &&
         !bytes_of(row->row.values[known->column], row->row.nulls[known->column], &bytes)) ||
        (predicate = add(known, bytes)) == NULL) {
        return;
    }
    if (predicate->session[way] != learning->session) {
        predicate->session[way] = learning->session;
        predicate->asked[way] = 0;
        predicate->is_read[way] = false;
    }
    predicate->is_read[way] |= is_read;
    predicate->asked[way] += predicate->asked[way] == learning->policy;
    predicate->is_unread[way] =
        !predicate->is_read[way] && predicate->asked[way] == learning->policy_count;
}
