/* See state_sets.h. */
#include "incremental/state_sets.h"

enum {
    BITS = 64,
    /* Shapes that could make more are answered with the set of all states: then more is read than
     * is needed, and nothing less. */
    SET_LIMIT = 4096,
    SLOT_COUNT = 2 * SET_LIMIT
};

static uint64_t *
words_of(const RpStateSets *sets, uint32_t set)
{
    return sets->words + (size_t)set * sets->word_count;
}

static bool
has(const uint64_t *words, uint32_t state)
{
    return words[state / BITS] >> (state % BITS) & 1;
}

static void
put(uint64_t *words, uint32_t state)
{
    words[state / BITS] |= UINT64_C(1) << (state % BITS);
}

static void
begin_work(RpStateSets *sets)
{
    memset(sets->work, 0, sizeof(uint64_t) * sets->word_count);
}

/* The slot of the set that is being made, or the empty one where it belongs. */
static uint32_t *
find_slot(const RpStateSets *sets)
{
    size_t size = sizeof(uint64_t) * sets->word_count;
    uint32_t slot = (uint32_t)rp_hash_bytes(sets->key, sets->work, size) % SLOT_COUNT;

    while (sets->slots[slot] != 0 &&
           memcmp(words_of(sets, sets->slots[slot] - 1), sets->work, size) != 0) {
        slot = (slot + 1) % SLOT_COUNT;
    }
    return &sets->slots[slot];
}

/* The number of the set that is being made. */
static RpStatus
end_work(RpStateSets *sets, uint32_t *set, RpError *error)
{
    uint32_t *slot = find_slot(sets);
    size_t size = sizeof(uint64_t) * sets->word_count;

    if (*slot == 0 && sets->count == SET_LIMIT) {
        *set = RP_STATES_ALL;
        return RP_OK;
    }
    if (*slot == 0) {
        uint64_t *grown = rp_arena_regrow(sets->arena, sets->words, sets->count, sets->count + 1,
                                          &sets->capacity, size);

        if (!grown) {
            return rp_arena_failure(sets->arena, error);
        }
        sets->words = grown;
        memcpy(words_of(sets, sets->count), sets->work, size);
        *slot = ++sets->count;
    }
    *set = *slot - 1;
    return RP_OK;
}

static void
init_memory(RpStateSets *sets, RpStateMemory *memory)
{
    *memory = (RpStateMemory){.sets = NULL};
    rp_pair_set_init(&memory->pairs, sets->arena, sets->key, &sets->room);
}

RpStatus
rp_state_sets_init(RpStateSets *sets, const RpReadMap *map, RpArena *arena, const RpHashKey *key,
                   RpError *error)
{
    uint32_t none;
    uint32_t all;

    *sets = (RpStateSets){.arena = arena,
                          .map = map,
                          .key = key,
                          .room = {.left = UINT64_MAX},
                          .word_count = map->state_count / BITS + 1};
    sets->slots = rp_arena_allocate_zero(arena, sizeof(uint32_t) * SLOT_COUNT);
    sets->work = rp_arena_allocate_zero(arena, sizeof(uint64_t) * sets->word_count);
    sets->stack = rp_arena_allocate(arena, sizeof(uint32_t) * ((size_t)map->state_count + 1));
    if (!sets->slots || !sets->work || !sets->stack) {
        return rp_arena_failure(arena, error);
    }
    init_memory(sets, &sets->steps);
    init_memory(sets, &sets->unions);
    RP_TRY(end_work(sets, &none, error));
    memset(sets->work, 0xff, sizeof(uint64_t) * sets->word_count);
    return end_work(sets, &all, error);
}

/* Put a state into the set that is being made, and those to which it leads without a read. */
static RpStatus
put_closure(RpStateSets *sets, uint32_t state, RpError *error)
{
    const RpReadMap *map = sets->map;
    uint32_t depth = 0;

    if (has(sets->work, state)) {
        return RP_OK;
    }
    put(sets->work, state);
    sets->stack[depth++] = state;
    while (depth > 0) {
        uint32_t from = sets->stack[--depth];

        RP_TRY(rp_arena_poll(sets->arena, error));
        for (uint32_t i = map->out.first[from]; i < map->out.first[from + 1]; i++) {
            const RpStep *step = &map->steps[map->out.steps[i]];

            if (step->kind == RP_STEP_NOTHING && !has(sets->work, step->to)) {
                put(sets->work, step->to);
                sets->stack[depth++] = step->to;
            }
        }
    }
    return RP_OK;
}

RpStatus
rp_state_sets_start(RpStateSets *sets, const RpImage *image, uint32_t *start, RpError *error)
{
    begin_work(sets);
    for (uint32_t i = 0; i < image->shape_count; i++) {
        if (image->shapes[i].target_count > 0 && sets->map->starts[i] != 0) {
            RP_TRY(put_closure(sets, sets->map->starts[i], error));
        }
        if (sets->map->askings[i] != 0) {
            RP_TRY(put_closure(sets, sets->map->askings[i], error));
        }
    }
    return end_work(sets, start, error);
}

RpStatus
rp_state_sets_of(RpStateSets *sets, uint32_t state, uint32_t *set, RpError *error)
{
    begin_work(sets);
    RP_TRY(put_closure(sets, state, error));
    return end_work(sets, set, error);
}

/* Where the answer for a pair is remembered; *is_new: it is still to be put there. */
static RpStatus
remember(RpStateSets *sets, RpStateMemory *memory, uint32_t a, uint32_t b, uint32_t **answer,
         bool *is_new, RpError *error)
{
    uint32_t count = memory->pairs.count;
    uint32_t index;
    uint32_t *grown;

    RP_TRY(rp_pair_set_put(&memory->pairs, a, b, &index, error));
    grown = rp_arena_regrow(sets->arena, memory->sets, count, memory->pairs.count,
                            &memory->capacity, sizeof(uint32_t));
    if (!grown) {
        return rp_arena_failure(sets->arena, error);
    }
    memory->sets = grown;
    *answer = &grown[index];
    *is_new = index == count;
    return RP_OK;
}

RpStatus
rp_state_sets_unite(RpStateSets *sets, uint32_t a, uint32_t b, uint32_t *both, RpError *error)
{
    uint32_t *answer;
    bool is_new;

    if (a == b || b == RP_STATES_NONE) {
        *both = a;
        return RP_OK;
    }
    RP_TRY(remember(sets, &sets->unions, a, b, &answer, &is_new, error));
    if (is_new) {
        for (uint32_t i = 0; i < sets->word_count; i++) {
            sets->work[i] = words_of(sets, a)[i] | words_of(sets, b)[i];
        }
        RP_TRY(end_work(sets, answer, error));
    }
    *both = *answer;
    return RP_OK;
}

static RpStepKind
kind_of(bool is_inverse)
{
    return is_inverse ? RP_STEP_INVERSE : RP_STEP_FORWARD;
}

static RpStepKind
all_kind_of(bool is_inverse)
{
    return is_inverse ? RP_STEP_ALL_INVERSE : RP_STEP_ALL;
}

/* Put the ends of those of some steps that are a set's into the set that is being made. */
static RpStatus
put_ends(RpStateSets *sets, uint32_t set, RpTripleRange steps, RpTermId predicate, RpError *error)
{
    for (const RpTriple *found = steps.first; found < steps.end; found++) {
        const RpStep *step = &sets->map->steps[found->object];

        if (step->to != 0 && has(words_of(sets, set), step->from) &&
            !(rp_step_reads_all(step) && rp_read_map_allows(sets->map, step, predicate))) {
            RP_TRY(put_closure(sets, step->to, error));
        }
    }
    return RP_OK;
}

RpStatus
rp_state_sets_step(RpStateSets *sets, uint32_t set, RpTermId predicate, bool is_inverse,
                   uint32_t *to, RpError *error)
{
    uint32_t *answer;
    bool is_new;

    RP_TRY(remember(sets, &sets->steps, set * 2 + is_inverse, predicate, &answer, &is_new, error));
    if (is_new) {
        begin_work(sets);
        if (predicate != RP_TERM_NONE) {
            RP_TRY(put_ends(sets, set, rp_read_map_steps(sets->map, kind_of(is_inverse), predicate),
                            predicate, error));
        }
        RP_TRY(put_ends(sets, set,
                        rp_read_map_steps(sets->map, all_kind_of(is_inverse), RP_TERM_NONE),
                        predicate, error));
        RP_TRY(end_work(sets, answer, error));
    }
    *to = *answer;
    return RP_OK;
}

/* Whether one of some steps is a set's. */
static bool
has_step(const RpStateSets *sets, uint32_t set, RpTripleRange steps)
{
    for (const RpTriple *found = steps.first; found < steps.end; found++) {
        if (has(words_of(sets, set), sets->map->steps[found->object].from)) {
            return true;
        }
    }
    return false;
}

/* Steps of a kind, whatever their terms are. */
static bool
has_kind(const RpStateSets *sets, uint32_t set, RpStepKind kind)
{
    return has_step(sets, set, rp_graph_subject(&sets->map->by_term, (RpTermId)kind));
}

bool
rp_state_sets_read(const RpStateSets *sets, uint32_t set, RpTermId predicate, bool is_inverse)
{
    if (set == RP_STATES_NONE) {
        return false;
    }
    if (predicate != RP_TERM_NONE &&
        has_step(sets, set, rp_read_map_steps(sets->map, kind_of(is_inverse), predicate))) {
        return true;
    }
    return has_kind(sets, set, all_kind_of(is_inverse)) ||
           (!is_inverse && predicate == RP_VOCABULARY_rdf_type &&
            has_kind(sets, set, RP_STEP_CLASSES));
}

bool
rp_state_sets_read_any(const RpStateSets *sets, uint32_t set)
{
    return has_kind(sets, set, RP_STEP_FORWARD) || has_kind(sets, set, RP_STEP_INVERSE) ||
           has_kind(sets, set, RP_STEP_CLASSES) || has_kind(sets, set, RP_STEP_ALL) ||
           has_kind(sets, set, RP_STEP_ALL_INVERSE);
}
