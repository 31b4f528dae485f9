/* See result_place.h. */
#include "validate/result_place.h"

#include "validate/last_step.h"

/* A triple that is looked for; 0 stands for any term. */
typedef struct WantedPlace {
    RpTriple triple; /* all 0: an empty entry */
    uint32_t line;   /* of the first one, as RpPosition has it; 0: not met yet */
} WantedPlace;

/* A term that is looked for among those that are noted by their hash. */
typedef struct WantedTerm {
    uint64_t hash;
    RpTermId id; /* 0: an empty entry */
} WantedTerm;

typedef struct Places {
    const RpPlaceLog *log;
    RpDataGraph *data;
    RpArena *arena;
    RpLastSteps last_steps; /* begun with the first result of a longer path */
    RpTriple *steps;        /* of such results, in their order; all 0: not known */
    uint32_t step_count;
    uint32_t step_capacity;
    WantedPlace *wanted; /* a hash table with open addressing */
    uint32_t count;
    uint32_t capacity;   /* a power of two */
    RpMarks ends;        /* the ids that are a subject or an object there */
    WantedTerm *terms;   /* the same of terms */
    uint32_t term_slots; /* a power of two */
} Places;

/* Triples that may be the place of a result, the best one first. */
enum {
    CANDIDATE_VALUE,   /* the one that has its value */
    CANDIDATE_PATH,    /* any of its path, if that is a predicate */
    CANDIDATE_SUBJECT, /* one that begins with the focus node */
    CANDIDATE_OBJECT,  /* one that ends with it */
    CANDIDATE_COUNT
};

enum { LEAST_CAPACITY = 64, MOST_FIRST_CAPACITY = 1 << 20 };

/* The entry of a triple, or the empty one where it belongs. */
static WantedPlace *
find_entry(const Places *places, RpTriple triple)
{
    uint32_t mask = places->capacity - 1;
    uint32_t entry;
    RpHash hash;

    rp_hash_begin(&hash, rp_dictionary_key(&places->data->dictionary));
    rp_hash_word(&hash, (uint64_t)triple.subject << 32 | triple.predicate);
    rp_hash_word(&hash, triple.object);
    entry = (uint32_t)rp_hash_end(&hash, NULL, 0) & mask;
    while (true) {
        const RpTriple *there = &places->wanted[entry].triple;

        if ((there->subject == triple.subject && there->predicate == triple.predicate &&
             there->object == triple.object) ||
            (there->subject == RP_TERM_NONE && there->object == RP_TERM_NONE)) {
            return &places->wanted[entry];
        }
        entry = (entry + 1) & mask;
    }
}

static bool
is_any(RpTriple triple)
{
    return triple.subject == RP_TERM_NONE && triple.object == RP_TERM_NONE;
}

/* Room for more entries: a power of two, more than there was. */
static RpStatus
grow(Places *places, uint32_t capacity, RpError *error)
{
    WantedPlace *old = places->wanted;
    uint32_t old_capacity = places->capacity;

    if (capacity <= old_capacity) {
        return rp_error_set(error, RP_TOO_LARGE, "too many results have a place");
    }
    places->wanted = rp_arena_allocate_zero(places->arena, sizeof(WantedPlace) * (size_t)capacity);
    if (places->wanted == NULL) {
        return rp_arena_failure(places->arena, error);
    }
    places->capacity = capacity;
    for (uint32_t i = 0; i < old_capacity; i++) {
        if (!is_any(old[i].triple)) {
            *find_entry(places, old[i].triple) = old[i];
        }
    }
    return RP_OK;
}

static RpStatus
want(Places *places, RpTriple triple, RpError *error)
{
    WantedPlace *entry;

    if (places->count >= places->capacity / 2) { /* no more than half full */
        RP_TRY(grow(places, places->capacity * 2, error));
    }
    entry = find_entry(places, triple);
    places->count += is_any(entry->triple);
    entry->triple = triple;
    rp_marks_add(&places->ends, triple.subject);
    rp_marks_add(&places->ends, triple.object);
    return RP_OK;
}

/* The predicate that a result's path is, or that it is the inverse of; 0: another path, or none. */
static RpTermId
path_predicate(const RpImage *image, const RpResult *result, bool *is_inverse)
{
    const RpImagePath *path;

    *is_inverse = false;
    if (result->path_predicate != RP_TERM_NONE || result->path == 0) {
        return result->path_predicate;
    }
    path = &image->paths[result->path - 1];
    if (path->kind == RP_PATH_INVERSE) {
        *is_inverse = true;
        path = &image->paths[image->ids[path->first_part]];
    }
    return path->kind == RP_PATH_PREDICATE ? path->predicate : RP_TERM_NONE;
}

/* Whether a result has a value at the end of a path of several steps. */
static bool
is_far(const RpImage *image, const RpResult *result)
{
    bool is_inverse;

    return result->path != 0 && result->value != RP_TERM_NONE &&
           path_predicate(image, result, &is_inverse) == RP_TERM_NONE;
}

/* The last step to a far result's value is found. */
static RpStatus
find_step(Places *places, const RpResult *result, RpError *error)
{
    RpTriple *steps =
        rp_arena_grow(places->arena, places->steps, places->step_count, places->step_count + 1,
                      &places->step_capacity, sizeof(RpTriple));

    if (!steps) {
        return rp_arena_failure(places->arena, error);
    }
    places->steps = steps;
    if (places->step_count == 0) {
        RP_TRY(rp_last_steps_init(&places->last_steps, places->data, places->arena, error));
    }
    return rp_last_step_find(&places->last_steps, result->path - 1, result->focus, result->value,
                             &steps[places->step_count++], error);
}

/* What may be the place of a result, the best one first; what is not there is all 0. step: the next
 * one of the far results. */
static void
set_candidates(const RpImage *image, const RpResult *result, const RpTriple **step,
               RpTriple *candidates)
{
    RpTermId focus = result->focus;
    bool is_inverse;
    RpTermId predicate = path_predicate(image, result, &is_inverse);

    memset(candidates, 0, sizeof(RpTriple) * CANDIDATE_COUNT);
    if (predicate != RP_TERM_NONE) {
        candidates[CANDIDATE_VALUE] = is_inverse ? (RpTriple){result->value, predicate, focus}
                                                 : (RpTriple){focus, predicate, result->value};
        candidates[CANDIDATE_PATH] = is_inverse ? (RpTriple){RP_TERM_NONE, predicate, focus}
                                                : (RpTriple){focus, predicate, RP_TERM_NONE};
    } else if (is_far(image, result)) {
        candidates[CANDIDATE_VALUE] = *(*step)++;
    }
    candidates[CANDIDATE_SUBJECT].subject = focus;
    candidates[CANDIDATE_OBJECT].object = focus;
}

/* Find the last steps to the values of results, and of their details. RP_DETAIL_LEVEL_LIMIT bounds
 * recursion, here and below. */
static RpStatus
find_steps(Places *places, const RpResult *result, RpError *error)
{
    for (; result != NULL; result = result->next) {
        RP_TRY(rp_arena_poll(places->arena, error));
        if (is_far(places->data->image, result)) {
            RP_TRY(find_step(places, result, error));
        }
        RP_TRY(find_steps(places, result->details, error));
    }
    return RP_OK;
}

/* Look for what results need, and their details. */
static RpStatus
want_results(Places *places, const RpResult *result, const RpTriple **step, RpError *error)
{
    for (; result != NULL; result = result->next) {
        RpTriple candidates[CANDIDATE_COUNT];

        RP_TRY(rp_arena_poll(places->arena, error));
        set_candidates(places->data->image, result, step, candidates);
        for (uint32_t i = 0; i < CANDIDATE_COUNT; i++) {
            if (!is_any(candidates[i])) {
                RP_TRY(want(places, candidates[i], error));
            }
        }
        if (candidates[CANDIDATE_VALUE].subject != RP_TERM_NONE) { /* see note_triple */
            candidates[CANDIDATE_VALUE].object = RP_TERM_NONE;
            RP_TRY(want(places, candidates[CANDIDATE_VALUE], error));
        }
        RP_TRY(want_results(places, result->details, step, error));
    }
    return RP_OK;
}

/* Where the table of terms has a hash, or the empty entry where it belongs. */
static WantedTerm *
find_term(const Places *places, uint64_t hash)
{
    uint32_t mask = places->term_slots - 1;
    uint32_t slot = (uint32_t)hash & mask;

    while (places->terms[slot].id != RP_TERM_NONE && places->terms[slot].hash != hash) {
        slot = (slot + 1) & mask;
    }
    return &places->terms[slot];
}

/* The focus nodes that are looked for, by their hashes: they may stand in triples that are not
 * kept. None of them is a blank node of the image, which no target gives. */
static RpStatus
want_terms(Places *places, RpError *error)
{
    const RpDictionary *dictionary = &places->data->dictionary;

    places->term_slots = places->capacity;
    places->terms =
        rp_arena_allocate_zero(places->arena, sizeof(WantedTerm) * (size_t)places->term_slots);
    if (places->terms == NULL) {
        return rp_arena_failure(places->arena, error);
    }
    for (uint32_t i = 0; i < places->capacity; i++) {
        RpTriple triple = places->wanted[i].triple;
        RpTermId id = triple.subject;

        RP_TRY(rp_arena_poll(places->arena, error));
        if (id != RP_TERM_NONE && triple.predicate == RP_TERM_NONE &&
            triple.object == RP_TERM_NONE) {
            RpTerm term = rp_dictionary_term(dictionary, id);
            uint64_t hash = rp_place_hash(places->log, &term);

            *find_term(places, hash) = (WantedTerm){hash, id};
        }
    }
    return RP_OK;
}

static bool
is_end(const Places *places, RpTermId id)
{
    return (places->ends.words[id >> 6] >> (id & 63) & 1) != 0;
}

/* Take note of the line of a triple, if it is looked for and has none. False: it is not. */
static bool
note(Places *places, RpTriple triple, uint32_t line)
{
    WantedPlace *entry = find_entry(places, triple);

    if (is_any(entry->triple)) {
        return false;
    }
    if (entry->line == 0) {
        entry->line = line;
    }
    return true;
}

/* Where a triple is looked for, all of its subject and predicate are: see want_results. */
static void
note_triple(Places *places, RpTriple triple, uint32_t line)
{
    if (is_end(places, triple.object)) {
        (void)note(places, (RpTriple){.object = triple.object}, line);
        (void)note(places, (RpTriple){RP_TERM_NONE, triple.predicate, triple.object}, line);
    }
    if (is_end(places, triple.subject) &&
        note(places, (RpTriple){triple.subject, triple.predicate, RP_TERM_NONE}, line)) {
        (void)note(places, triple, line);
    }
}

/* The focus node that has a hash; RP_TERM_NONE: none has it. */
static RpTermId
term_of(const Places *places, const RpPlaceEntry *entry)
{
    return find_term(places, rp_place_hash_of(entry))->id;
}

/* Take note of an entry of the log; *subject is that of its triples. */
static inline void
note_entry(Places *places, const RpPlaceEntry *entry, RpTermId *subject)
{
    RpTermId id;

    switch (rp_place_kind(entry)) {
    case RP_PLACE_SUBJECT:
        *subject = entry->low;
        if (is_end(places, *subject)) {
            (void)note(places, (RpTriple){.subject = *subject}, entry->line);
        }
        break;
    case RP_PLACE_TRIPLE:
        note_triple(places, (RpTriple){*subject, rp_place_predicate(entry), entry->low},
                    entry->line);
        break;
    case RP_PLACE_SUBJECT_ASIDE:
        id = term_of(places, entry);
        if (id != RP_TERM_NONE) {
            (void)note(places, (RpTriple){.subject = id}, entry->line);
        }
        break;
    case RP_PLACE_OBJECT_ASIDE:
        id = term_of(places, entry);
        if (id != RP_TERM_NONE) {
            (void)note(places, (RpTriple){.object = id}, entry->line);
        }
        break;
    }
}

static RpStatus
note_entries(Places *places, RpError *error)
{
    RpTermId subject = RP_TERM_NONE;

    for (const RpPlaceBlock *block = places->log->first; block != NULL; block = block->next) {
        RP_TRY(rp_arena_poll_bytes(places->arena, sizeof(RpPlaceEntry) * (uint64_t)block->count,
                                   error));
        for (uint32_t i = 0; i < block->count; i++) {
            note_entry(places, &block->entries[i], &subject);
        }
    }
    return RP_OK;
}

static uint32_t
line_of(const Places *places, const RpResult *result, const RpTriple **step)
{
    RpTriple candidates[CANDIDATE_COUNT];
    uint32_t line = 0;

    set_candidates(places->data->image, result, step, candidates);
    for (uint32_t i = 0; i < CANDIDATE_COUNT && line == 0; i++) {
        if (!is_any(candidates[i])) {
            line = find_entry(places, candidates[i])->line;
        }
    }
    return line;
}

static void
put(const Places *places, RpResult *result, const RpTriple **step)
{
    for (; result != NULL; result = result->next) {
        result->line = line_of(places, result, step);
        put(places, result->details, step);
    }
}

/* The ids that may be ends: of all terms there are. */
static RpStatus
make_ends(Places *places, RpError *error)
{
    size_t words = rp_dictionary_end(&places->data->dictionary) / 64 + 1;

    places->ends.words = rp_arena_allocate_zero(places->arena, sizeof(uint64_t) * words);
    return places->ends.words != NULL ? RP_OK : rp_arena_failure(places->arena, error);
}

/* Entries for two places of each result: most are of a focus node that has others. */
static uint32_t
first_capacity(const RpReport *report)
{
    uint32_t capacity = LEAST_CAPACITY;

    while (capacity / 4 < report->kept_count && capacity < MOST_FIRST_CAPACITY) {
        capacity *= 2;
    }
    return capacity;
}

RpStatus
rp_result_places_find(const RpPlaceLog *log, RpReport *report, RpArena *arena, RpError *error)
{
    Places places = {.log = log, .data = log->data, .arena = arena};
    const RpTriple *step;

    RP_TRY(make_ends(&places, error));
    RP_TRY(grow(&places, first_capacity(report), error));
    RP_TRY(find_steps(&places, report->first, error));
    step = places.steps;
    RP_TRY(want_results(&places, report->first, &step, error));
    RP_TRY(want_terms(&places, error));
    RP_TRY(note_entries(&places, error));
    step = places.steps;
    put(&places, report->first, &step);
    return RP_OK;
}
