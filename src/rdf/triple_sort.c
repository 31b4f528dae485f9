/*
 * See triple_sort.h. Ids are small numbers, and most graphs have tens of triples with one subject
 * behind each other: so a member is sorted by its bytes, lowest first, where it is not in order
 * already, and of these only the ones in which the triples differ; then each run of triples that
 * are equal in it by the next member. Short runs are sorted by insertion.
 */
#include "rdf/triple_sort.h"

enum {
    INSERTION_LIMIT = 32, /* triples */
    BYTE_VALUES = 256,
    ID_BYTES = sizeof(RpTermId),
    TRIPLES_PER_POLL = 4096
};

/* A sort as it runs. */
typedef struct Sorter {
    RpArena *arena;
    RpTriple *spare; /* NULL: not needed yet */
    uint32_t capacity;
} Sorter;

static RpTermId
member_of(const RpTriple *triple, RpTripleMember member)
{
    return member == RP_MEMBER_SUBJECT     ? triple->subject
           : member == RP_MEMBER_PREDICATE ? triple->predicate
                                           : triple->object;
}

/* For the loops over many triples. */
static RpStatus
poll(const Sorter *sorter, uint32_t i, RpError *error)
{
    return i % TRIPLES_PER_POLL == 0
               ? rp_arena_poll_bytes(sorter->arena, TRIPLES_PER_POLL * sizeof(RpTriple), error)
               : RP_OK;
}

/* A run of many may follow one of few. */
static RpStatus
make_spare(Sorter *sorter, uint32_t count, RpError *error)
{
    RpTriple *spare = rp_arena_regrow(sorter->arena, sorter->spare, 0, count, &sorter->capacity,
                                      sizeof(RpTriple));

    if (spare == NULL) {
        return rp_arena_failure(sorter->arena, error);
    }
    sorter->spare = spare;
    return RP_OK;
}

static void
end_sort(const Sorter *sorter)
{
    if (sorter->spare != NULL) {
        rp_arena_give_back(sorter->arena, sorter->spare,
                           sizeof(RpTriple) * (size_t)sorter->capacity);
    }
}

/* How many triples have each value of each byte of a member; and whether they are in order. */
static RpStatus
count_bytes(const Sorter *sorter, const RpTriple *triples, uint32_t count, RpTripleMember member,
            uint32_t counts[ID_BYTES][BYTE_VALUES], bool *is_sorted, RpError *error)
{
    RpTermId last = 0;

    memset(counts, 0, sizeof(uint32_t) * ID_BYTES * BYTE_VALUES);
    *is_sorted = true;
    for (uint32_t i = 0; i < count; i++) {
        RpTermId id = member_of(&triples[i], member);

        RP_TRY(poll(sorter, i, error));
        for (int byte = 0; byte < ID_BYTES; byte++) {
            counts[byte][id >> (8 * byte) & (BYTE_VALUES - 1)]++;
        }
        *is_sorted = *is_sorted && last <= id;
        last = id;
    }
    return RP_OK;
}

/* Put triples into the order of one byte of a member. counts becomes where each value's end is. */
static RpStatus
distribute(const Sorter *sorter, const RpTriple *from, RpTriple *to, uint32_t count,
           RpTripleMember member, int byte, uint32_t counts[BYTE_VALUES], RpError *error)
{
    uint32_t start = 0;

    for (int value = 0; value < BYTE_VALUES; value++) {
        uint32_t next = start + counts[value];

        counts[value] = start;
        start = next;
    }
    for (uint32_t i = 0; i < count; i++) {
        RP_TRY(poll(sorter, i, error));
        to[counts[member_of(&from[i], member) >> (8 * byte) & (BYTE_VALUES - 1)]++] = from[i];
    }
    return RP_OK;
}

static void
sort_run(RpTriple *triples, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++) {
        RpTriple triple = triples[i];
        uint32_t place = i;

        while (place > 0 && rp_triple_is_before(&triple, &triples[place - 1])) {
            triples[place] = triples[place - 1];
            place--;
        }
        triples[place] = triple;
    }
}

/* The same by one member. */
static void
sort_run_by(RpTriple *triples, uint32_t count, RpTripleMember member)
{
    for (uint32_t i = 1; i < count; i++) {
        RpTriple triple = triples[i];
        uint32_t place = i;

        while (place > 0 && member_of(&triple, member) < member_of(&triples[place - 1], member)) {
            triples[place] = triples[place - 1];
            place--;
        }
        triples[place] = triple;
    }
}

/* See rp_triples_sort_by. */
static RpStatus
sort_by(Sorter *sorter, RpTriple *triples, uint32_t count, RpTripleMember member, RpError *error)
{
    uint32_t counts[ID_BYTES][BYTE_VALUES];
    RpTriple *from = triples;
    RpTriple *to;
    bool is_sorted;

    if (count <= INSERTION_LIMIT) {
        sort_run_by(triples, count, member);
        return RP_OK;
    }
    RP_TRY(count_bytes(sorter, triples, count, member, counts, &is_sorted, error));
    if (is_sorted) {
        return RP_OK;
    }
    RP_TRY(make_spare(sorter, count, error));
    to = sorter->spare;
    for (int byte = 0; byte < ID_BYTES; byte++) {
        RpTermId value = member_of(triples, member) >> (8 * byte) & (BYTE_VALUES - 1);

        if (counts[byte][value] < count) { /* they differ in it */
            RpTriple *distributed = to;

            RP_TRY(distribute(sorter, from, to, count, member, byte, counts[byte], error));
            to = from;
            from = distributed;
        }
    }
    if (from != triples) {
        memcpy(triples, from, sizeof(RpTriple) * (size_t)count);
    }
    return RP_OK;
}

/* Sort triples that are equal in the members before one. Calls itself twice at most, one within the
 * other. */
static RpStatus
sort_from(Sorter *sorter, RpTriple *triples, uint32_t count, RpTripleMember member, RpError *error)
{
    uint32_t next;

    if (count <= INSERTION_LIMIT) {
        sort_run(triples, count);
        return RP_OK;
    }
    RP_TRY(sort_by(sorter, triples, count, member, error));
    if (member + 1 == RP_MEMBER_COUNT) {
        return RP_OK;
    }
    for (uint32_t start = 0; start < count; start = next) {
        RpTermId id = member_of(&triples[start], member);

        next = start + 1;
        while (next < count && member_of(&triples[next], member) == id) {
            next++;
        }
        RP_TRY(rp_arena_poll(sorter->arena, error));
        RP_TRY(sort_from(sorter, triples + start, next - start, member + 1, error));
    }
    return RP_OK;
}

RpStatus
rp_triples_sort(RpArena *arena, RpTriple *triples, uint32_t count, RpError *error)
{
    Sorter sorter = {.arena = arena};

    RP_TRY(sort_from(&sorter, triples, count, RP_MEMBER_SUBJECT, error));
    end_sort(&sorter);
    return RP_OK;
}

RpStatus
rp_triples_sort_by(RpArena *arena, RpTriple *triples, uint32_t count, RpTripleMember member,
                   RpError *error)
{
    Sorter sorter = {.arena = arena};

    RP_TRY(sort_by(&sorter, triples, count, member, error));
    end_sort(&sorter);
    return RP_OK;
}
