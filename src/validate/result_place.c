/* See result_place.h. */
#include "validate/result_place.h"

/* Triples that may be the place of a result, the best one first. */
enum {
    CANDIDATE_VALUE,   /* the one that has its value */
    CANDIDATE_PATH,    /* any of its path, if that is a predicate */
    CANDIDATE_SUBJECT, /* one that begins with the focus node */
    CANDIDATE_OBJECT,  /* one that ends with it */
    CANDIDATE_COUNT
};

enum { FIRST_CAPACITY = 64 };

/* The entry of a triple, or the empty one where it belongs. */
static RpWantedPlace *
find_entry(const RpResultPlaces *places, RpTriple triple)
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

/* Twice the entries, before the table is more than half full. */
static RpStatus
grow(RpResultPlaces *places, RpError *error)
{
    RpWantedPlace *old = places->wanted;
    uint32_t old_capacity = places->capacity;
    uint32_t capacity = old_capacity == 0 ? FIRST_CAPACITY : old_capacity * 2;

    if (old_capacity > UINT32_MAX / 2) {
        return rp_error_set(error, RP_TOO_LARGE, "too many results have a place");
    }
    places->wanted =
        rp_arena_allocate_zero(places->arena, sizeof(RpWantedPlace) * (size_t)capacity);
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
want(RpResultPlaces *places, RpTriple triple, RpError *error)
{
    RpWantedPlace *entry;

    if (places->count >= places->capacity / 2) {
        RP_TRY(grow(places, error));
    }
    entry = find_entry(places, triple);
    places->count += is_any(entry->triple);
    entry->triple = triple;
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
find_step(RpResultPlaces *places, const RpResult *result, RpError *error)
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
find_steps(RpResultPlaces *places, const RpResult *result, RpError *error)
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
want_results(RpResultPlaces *places, const RpResult *result, const RpTriple **step, RpError *error)
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
        if (candidates[CANDIDATE_VALUE].subject != RP_TERM_NONE) { /* see rp_result_places_offer */
            RP_TRY(want(places, (RpTriple){.subject = candidates[CANDIDATE_VALUE].subject}, error));
        }
        RP_TRY(want_results(places, result->details, step, error));
    }
    return RP_OK;
}

RpStatus
rp_result_places_init(RpResultPlaces *places, RpDataGraph *data, const RpReport *report,
                      RpArena *arena, RpError *error)
{
    const RpTriple *step;

    *places = (RpResultPlaces){.data = data, .arena = arena};
    RP_TRY(grow(places, error));
    RP_TRY(find_steps(places, report->first, error));
    step = places->steps;
    return want_results(places, report->first, &step, error);
}

/* Take note of the line of a triple, if it is looked for and has none. False: it is not. */
static bool
note(RpResultPlaces *places, RpTriple triple, uint32_t line)
{
    RpWantedPlace *entry = find_entry(places, triple);

    if (is_any(entry->triple)) {
        return false;
    }
    if (entry->line == 0) {
        entry->line = line;
    }
    return true;
}

/* The id of a subject or predicate: one that the reader knows by its mark is not hashed again,
 * however long it is. */
static RpTermId
find_marked(RpResultPlaces *places, const RpTerm *term)
{
    RpMarkedTerm *marked = &places->marked[term->mark % RP_TERM_MARK_PLACES];

    if (term->mark == 0) {
        return rp_dictionary_find(&places->data->dictionary, term);
    }
    if (marked->mark != term->mark) {
        *marked = (RpMarkedTerm){term->mark, rp_dictionary_find(&places->data->dictionary, term)};
    }
    return marked->id;
}

/* Every triple that is looked for has at one end a focus node, or as its subject one that is looked
 * for by itself. */
RpStatus
rp_result_places_offer(RpResultPlaces *places, const RpTerm *subject, const RpTerm *predicate,
                       const RpTerm *object, RpPosition position, RpError *error)
{
    RpTermId s = find_marked(places, subject);
    RpTermId o = rp_dictionary_find(&places->data->dictionary, object);
    bool is_focus = false;
    RpTermId p;

    RP_TRY(rp_arena_poll_bytes(places->arena, object->lexical.length, error));
    if (s != RP_TERM_NONE) {
        is_focus = note(places, (RpTriple){.subject = s}, position.subject_line);
    }
    if (o != RP_TERM_NONE) {
        is_focus = note(places, (RpTriple){.object = o}, position.line) || is_focus;
    }
    p = is_focus ? find_marked(places, predicate) : RP_TERM_NONE;
    if (p != RP_TERM_NONE) {
        (void)note(places, (RpTriple){s, p, o}, position.line);
        (void)note(places, (RpTriple){s, p, RP_TERM_NONE}, position.line);
        (void)note(places, (RpTriple){RP_TERM_NONE, p, o}, position.line);
    }
    return RP_OK;
}

static uint32_t
line_of(const RpResultPlaces *places, const RpResult *result, const RpTriple **step)
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
put(const RpResultPlaces *places, RpResult *result, const RpTriple **step)
{
    for (; result != NULL; result = result->next) {
        result->line = line_of(places, result, step);
        put(places, result->details, step);
    }
}

void
rp_result_places_put(const RpResultPlaces *places, RpReport *report)
{
    const RpTriple *step = places->steps;

    put(places, report->first, &step);
}
