/*
 * See triple_sort.h. Ids are small numbers, and most graphs have tens of triples with one subject
 * behind each other: so a member is sorted by its digits, lowest first, where it is not in order
 * already, and only by the bits in which the triples differ; then each run of triples that are
 * equal in it by the next member. Short runs are sorted by insertion.
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
    TRIPLES_PER_RUN = 4, /* with as many, sorting runs is faster */
    TRIPLES_PER_POLL = 4096
};

/* The digits of a member: what lies between the lowest and the highest bit in which triples differ,
 * in equal parts. */
typedef struct Digits {
    RpTripleMember member;
    uint32_t shift; /* of the lowest one */
    uint32_t bits;
    uint32_t count;     /* 0: the triples are in order */
    uint32_t run_count; /* how many runs of triples that are equal in the member there are */
    uint32_t counts[DIGIT_LIMIT][VALUE_LIMIT];
} Digits;

/* A sort as it runs. */
typedef struct Sorter {
    RpArena *arena;
    RpTriple *spare; /* NULL: not needed yet */
    uint32_t capacity;
} Sorter;

_Static_assert(offsetof(RpTriple, predicate) == RP_MEMBER_PREDICATE * sizeof(RpTermId) &&
                   offsetof(RpTriple, object) == RP_MEMBER_OBJECT * sizeof(RpTermId),
               "a triple is an array of its members");

/* Without a branch: this is the inside of loops over all triples. */
static inline RpTermId
member_of(const RpTriple *triple, RpTripleMember member)
{
    RpTermId id;

    memcpy(&id, (const char *)triple + member * sizeof(RpTermId), sizeof(id));
    return id;
}

/* For the loops over many triples. */
static inline RpStatus
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

static inline uint32_t
value_of(const Digits *digits, uint32_t digit, const RpTriple *triple)
{
    return member_of(triple, digits->member) >> (digits->shift + digits->bits * digit) &
           ((UINT32_C(1) << digits->bits) - 1);
}

/* Find out by which digits triples are to be sorted. */
static RpStatus
choose_digits(const Sorter *sorter, const RpTriple *triples, uint32_t count, Digits *digits,
              RpError *error)
{
    uint32_t bit_limit = count <= FEW_TRIPLES ? FEW_BITS : MANY_BITS;
    RpTermId first = member_of(triples, digits->member);
    RpTermId last = first;
    uint32_t differences = 0;
    uint32_t run_count = 1;
    bool is_sorted = true;
    uint32_t width;

    for (uint32_t i = 0; i < count; i++) {
        RpTermId id = member_of(&triples[i], digits->member);

        RP_TRY(poll(sorter, i, error));
        differences |= id ^ first;
        is_sorted &= last <= id;
        run_count += last != id;
        last = id;
    }
    digits->run_count = run_count;
    digits->count = 0;
    if (is_sorted) {
        return RP_OK;
    }
    digits->shift = (uint32_t)__builtin_ctz(differences);
    width = ID_BITS - (uint32_t)__builtin_clz(differences) - digits->shift;
    digits->count = (width + bit_limit - 1) / bit_limit;
    digits->bits = (width + digits->count - 1) / digits->count;
    return RP_OK;
}

/* Count how many triples have each value of each digit. */
static RpStatus
count_digits(const Sorter *sorter, const RpTriple *triples, uint32_t count, Digits *digits,
             RpError *error)
{
    for (uint32_t digit = 0; digit < digits->count; digit++) {
        memset(digits->counts[digit], 0, sizeof(uint32_t) << digits->bits);
    }
    for (uint32_t i = 0; i < count; i++) {
        RP_TRY(poll(sorter, i, error));
        for (uint32_t digit = 0; digit < digits->count; digit++) {
            digits->counts[digit][value_of(digits, digit, &triples[i])]++;
        }
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

/* Predicate and object as one number. */
static inline uint64_t
rest_of(const RpTriple *triple)
{
    return (uint64_t)triple->predicate << 32 | triple->object;
}

/* The same where all triples have one subject: most runs are such. */
static void
sort_run_of_subject(RpTriple *triples, uint32_t count)
{
    uint64_t last = rest_of(&triples[0]);

    for (uint32_t i = 1; i < count; i++) {
        uint64_t rest = rest_of(&triples[i]);
        uint32_t place = i;

        if (rest >= last) {
            last = rest;
            continue;
        }
        do {
            triples[place].predicate = triples[place - 1].predicate;
            triples[place].object = triples[place - 1].object;
            place--;
        } while (place > 0 && rest < rest_of(&triples[place - 1]));
        triples[place].predicate = (RpTermId)(rest >> 32);
        triples[place].object = (RpTermId)rest;
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

/* Sort triples, which are source or a place for a copy of it, by a member that is in no order. The
 * spare takes turns with them, such that the last digit's turn is theirs where that is possible. */
static RpStatus
sort_by_digits(Sorter *sorter, const RpTriple *source, RpTriple *triples, uint32_t count,
               Digits *digits, RpError *error)
{
    bool starts_with_spare = source == triples || digits->count % 2 == 0;
    const RpTriple *from = source;

    RP_TRY(count_digits(sorter, source, count, digits, error));
    if (starts_with_spare || digits->count > 1) {
        RP_TRY(make_spare(sorter, count, error));
    }
    for (uint32_t digit = 0; digit < digits->count; digit++) {
        RpTriple *to = (digit % 2 == 0) == starts_with_spare ? sorter->spare : triples;

        RP_TRY(distribute(sorter, from, to, count, digits, digit, error));
        from = to;
    }
    if (from != triples) {
        memcpy(triples, from, sizeof(RpTriple) * (size_t)count);
    }
    return RP_OK;
}

/* Note runs of triples that are equal in a member, as triples: its value, the first one's place,
 * their number. */
static RpStatus
find_runs(const Sorter *sorter, const RpTriple *triples, uint32_t count, RpTripleMember member,
          RpTriple *runs, RpError *error)
{
    RpTriple *run = runs;

    *run = (RpTriple){member_of(triples, member), 0, 0};
    for (uint32_t i = 0; i < count; i++) {
        RpTermId id = member_of(&triples[i], member);

        RP_TRY(poll(sorter, i, error));
        if (id != run->subject) {
            *++run = (RpTriple){id, i, 0};
        }
        run->object++;
    }
    return RP_OK;
}

/* Sort triples of which many stand behind each other that are equal in the member, as documents
 * have them: what is sorted is the runs, and each is then moved as a whole. */
static RpStatus
sort_by_runs(Sorter *sorter, const RpTriple *source, RpTriple *triples, uint32_t count,
             Digits *digits, RpError *error)
{
    uint32_t run_count = digits->run_count;
    size_t size = sizeof(RpTriple) * (size_t)run_count;
    RpTriple *runs = rp_arena_allocate(sorter->arena, size);
    RpTriple *to;

    if (!runs) {
        return rp_arena_failure(sorter->arena, error);
    }
    RP_TRY(find_runs(sorter, source, count, digits->member, runs, error));
    digits->member = RP_MEMBER_SUBJECT;
    RP_TRY(choose_digits(sorter, runs, run_count, digits, error));
    RP_TRY(make_spare(sorter, source == triples ? count : run_count, error));
    RP_TRY(sort_by_digits(sorter, runs, runs, run_count, digits, error));
    to = source == triples ? sorter->spare : triples;
    for (uint32_t i = 0; i < run_count; i++) {
        RP_TRY(poll(sorter, i, error));
        memcpy(to, source + runs[i].predicate, sizeof(RpTriple) * (size_t)runs[i].object);
        to += runs[i].object;
    }
    if (source == triples) {
        memcpy(triples, sorter->spare, sizeof(RpTriple) * (size_t)count);
    }
    rp_arena_give_back(sorter->arena, runs, size);
    return RP_OK;
}

/* See rp_triples_sort_by and rp_triples_copy_by. */
static RpStatus
sort_by(Sorter *sorter, const RpTriple *source, RpTriple *triples, uint32_t count,
        RpTripleMember member, RpError *error)
{
    Digits digits;

    digits.member = member;
    digits.count = 0;
    if (count > INSERTION_LIMIT) {
        RP_TRY(choose_digits(sorter, source, count, &digits, error));
    }
    if (digits.count > 0) {
        return digits.run_count <= count / TRIPLES_PER_RUN
                   ? sort_by_runs(sorter, source, triples, count, &digits, error)
                   : sort_by_digits(sorter, source, triples, count, &digits, error);
    }
    if (source != triples) {
        memcpy(triples, source, sizeof(RpTriple) * (size_t)count);
    }
    if (count <= INSERTION_LIMIT) {
        sort_run_by(triples, count, member);
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
        if (member == RP_MEMBER_SUBJECT) {
            sort_run(triples, count);
        } else {
            sort_run_of_subject(triples, count);
        }
        return RP_OK;
    }
    RP_TRY(sort_by(sorter, triples, triples, count, member, error));
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

    RP_TRY(sort_by(&sorter, triples, triples, count, member, error));
    end_sort(&sorter);
    return RP_OK;
}

RpStatus
rp_triples_copy_by(RpArena *arena, const RpTriple *source, RpTriple *triples, uint32_t count,
                   RpTripleMember member, RpError *error)
{
    Sorter sorter = {.arena = arena};

    RP_TRY(sort_by(&sorter, source, triples, count, member, error));
    end_sort(&sorter);
    return RP_OK;
}
