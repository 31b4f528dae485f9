/*
 * See triple_sort.h. Ids are small numbers, and most graphs have tens of triples with one subject
 * behind each other: so a member is sorted by its digits, lowest first, where it is not in order
 * already, and of these only the ones in which the triples differ; then each run of triples that
 * are equal in it by the next member. Short runs are sorted by insertion.
 */
#include "rdf/triple_sort.h"

enum {
    INSERTION_LIMIT = 32, /* triples */
    /* Of few triples digits are bytes: with larger ones counting would cost more than moving. */
    FEW_TRIPLES = 4096,
    FEW_BITS = 8,
    MANY_BITS = 11,
    DIGIT_LIMIT = 4,
    VALUE_LIMIT = 1 << MANY_BITS,
    ID_BITS = 32,
    TRIPLES_PER_POLL = 4096
};

/* How many triples have each value of each digit of a member. */
typedef struct Digits {
    RpTripleMember member;
    uint32_t bits; /* of a digit */
    uint32_t count;
    uint32_t counts[DIGIT_LIMIT][VALUE_LIMIT];
} Digits;

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

static uint32_t
value_of(const Digits *digits, uint32_t digit, const RpTriple *triple)
{
    return member_of(triple, digits->member) >> (digits->bits * digit) &
           ((UINT32_C(1) << digits->bits) - 1);
}

/* Count, and say whether the triples are in order. */
static RpStatus
count_digits(const Sorter *sorter, const RpTriple *triples, uint32_t count, Digits *digits,
             bool *is_sorted, RpError *error)
{
    RpTermId last = 0;

    digits->bits = count <= FEW_TRIPLES ? FEW_BITS : MANY_BITS;
    digits->count = (ID_BITS + digits->bits - 1) / digits->bits;
    for (uint32_t digit = 0; digit < digits->count; digit++) {
        memset(digits->counts[digit], 0, sizeof(uint32_t) << digits->bits);
    }
    *is_sorted = true;
    for (uint32_t i = 0; i < count; i++) {
        RpTermId id = member_of(&triples[i], digits->member);

        RP_TRY(poll(sorter, i, error));
        for (uint32_t digit = 0; digit < digits->count; digit++) {
            digits->counts[digit][value_of(digits, digit, &triples[i])]++;
        }
        *is_sorted = *is_sorted && last <= id;
        last = id;
    }
    return RP_OK;
}

/* Put triples into the order of one digit. Its counts become where each value's triples end. */
static RpStatus
distribute(const Sorter *sorter, const RpTriple *from, RpTriple *to, uint32_t count, Digits *digits,
           uint32_t digit, RpError *error)
{
    uint32_t *places = digits->counts[digit];
    uint32_t start = 0;

    for (uint32_t value = 0; value < UINT32_C(1) << digits->bits; value++) {
        uint32_t next = start + places[value];

        places[value] = start;
        start = next;
    }
    for (uint32_t i = 0; i < count; i++) {
        RP_TRY(poll(sorter, i, error));
        to[places[value_of(digits, digit, &from[i])]++] = from[i];
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
    RpTriple *from = triples;
    RpTriple *to;
    Digits digits;
    bool is_sorted;

    if (count <= INSERTION_LIMIT) {
        sort_run_by(triples, count, member);
        return RP_OK;
    }
    digits.member = member;
    RP_TRY(count_digits(sorter, triples, count, &digits, &is_sorted, error));
    if (is_sorted) {
        return RP_OK;
    }
    RP_TRY(make_spare(sorter, count, error));
    to = sorter->spare;
    for (uint32_t digit = 0; digit < digits.count; digit++) {
        if (digits.counts[digit][value_of(&digits, digit, triples)] < count) { /* they differ */
            RpTriple *distributed = to;

            RP_TRY(distribute(sorter, from, to, count, &digits, digit, error));
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
