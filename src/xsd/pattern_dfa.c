/* See pattern_dfa.h: the subset construction (Rabin and Scott 1959) over kinds of character. */
#include "xsd/pattern_dfa.h"

#include <stdlib.h>

#include "xsd/pattern_nfa.h"

enum {
    INSTRUCTION_LIMIT = 4096,
    PLACE_LIMIT = 16384,  /* where sets begin or end */
    WORK_LIMIT = 1 << 18, /* instructions that are looked at */
    SLOT_COUNT = 256,
    NO_STATE = 0
};

/* A state: the instructions that the automaton may be at, ascending. */
typedef struct State {
    uint32_t start; /* in positions */
    uint32_t count;
    bool accepts_at_end;
    uint32_t next_in_slot;
} State;

typedef struct Making {
    RpArena *arena;
    RpNfa nfa;
    RpDfa *dfa;
    uint8_t *sets; /* by instruction: the number of its set */
    State *states; /* from RP_DFA_GOES_ON on */
    uint32_t state_capacity;
    uint32_t *positions; /* of all states */
    uint32_t position_count;
    uint32_t position_capacity;
    uint32_t transition_capacity;
    uint32_t slots[SLOT_COUNT];
    uint32_t *kernel; /* what a step leads to, and what that reaches */
    uint32_t kernel_count;
    uint32_t *reached;
    uint32_t reached_count;
    bool is_over; /* some limit */
    RpError *error;
} Making;

static int
compare_positions(const void *a, const void *b)
{
    uint32_t first = *(const uint32_t *)a;
    uint32_t second = *(const uint32_t *)b;

    return (first > second) - (first < second);
}

/* Follow the kernel to all that it reaches without a character. Returns whether that accepts. */
static bool
reach(Making *making, bool is_start, bool is_end)
{
    RpNfa *nfa = &making->nfa;

    making->reached_count = 0;
    rp_nfa_begin(nfa);
    for (uint32_t i = 0; i < making->kernel_count; i++) {
        rp_nfa_reach(nfa, making->kernel[i], is_start, is_end, making->reached,
                     &making->reached_count);
    }
    return nfa->reached[nfa->count - 1] == nfa->step;
}

static uint32_t
find_known(const Making *making, uint32_t slot, bool accepts_at_end)
{
    uint32_t number = making->slots[slot];

    while (number != NO_STATE) {
        const State *state = &making->states[number - RP_DFA_GOES_ON];

        if (state->count == making->reached_count && state->accepts_at_end == accepts_at_end &&
            memcmp(making->positions + state->start, making->reached,
                   sizeof(uint32_t) * state->count) == 0) {
            break;
        }
        number = state->next_in_slot;
    }
    return number;
}

/* A new state, of what is reached. */
static RpStatus
add_state(Making *making, uint32_t slot, bool accepts_at_end, uint32_t *number)
{
    RpDfa *dfa = making->dfa;
    uint32_t count = dfa->state_count - RP_DFA_GOES_ON;
    uint32_t width = dfa->column_count;
    State *states;
    uint32_t *positions;
    uint16_t *transitions;

    if ((count + 1) * width > RP_DFA_TRANSITION_LIMIT) {
        making->is_over = true;
        return RP_OK;
    }
    states = rp_arena_grow(making->arena, making->states, count, count + 1, &making->state_capacity,
                           sizeof(State));
    positions = rp_arena_grow(making->arena, making->positions, making->position_count,
                              making->position_count + making->reached_count + 1,
                              &making->position_capacity, sizeof(uint32_t));
    transitions = rp_arena_grow(making->arena, dfa->transitions, count * width, (count + 1) * width,
                                &making->transition_capacity, sizeof(uint16_t));
    if (!states || !positions || !transitions) {
        return rp_arena_failure(making->arena, making->error);
    }
    making->states = states;
    making->positions = positions;
    dfa->transitions = transitions;
    states[count] =
        (State){making->position_count, making->reached_count, accepts_at_end, making->slots[slot]};
    memcpy(positions + making->position_count, making->reached,
           sizeof(uint32_t) * making->reached_count);
    making->position_count += making->reached_count;
    making->slots[slot] = dfa->state_count;
    *number = dfa->state_count++;
    return RP_OK;
}

/* The state of the kernel. A text that has matched matches whatever follows. */
static RpStatus
find_state(Making *making, bool is_start, uint32_t *number)
{
    bool accepts_at_end = making->nfa.has_anchors && reach(making, is_start, true);
    uint32_t slot;

    *number = RP_DFA_MATCHES;
    if (reach(making, is_start, false)) {
        return RP_OK;
    }
    *number = RP_DFA_FAILS;
    if (making->reached_count == 0 && !accepts_at_end) {
        return RP_OK;
    }
    qsort(making->reached, making->reached_count, sizeof(uint32_t), compare_positions);
    slot = rp_hash_bytes(&making->arena->host->hash_key, making->reached,
                         sizeof(uint32_t) * making->reached_count) %
           SLOT_COUNT;
    *number = find_known(making, slot, accepts_at_end);
    return *number != NO_STATE ? RP_OK : add_state(making, slot, accepts_at_end, number);
}

/* The kernel of a step from a state. */
static void
step(Making *making, State state, uint64_t kind)
{
    making->kernel_count = 0;
    making->kernel[making->kernel_count++] = 0; /* a match may also begin here */
    for (uint32_t i = 0; i < state.count; i++) {
        uint32_t position = making->positions[state.start + i];

        if (kind >> making->sets[position] & 1) {
            making->kernel[making->kernel_count++] = position + 1;
        }
    }
    making->nfa.work += state.count;
}

static RpStatus
make_states(Making *making)
{
    RpDfa *dfa = making->dfa;

    dfa->state_count = RP_DFA_GOES_ON;
    making->kernel[0] = 0;
    making->kernel_count = 1;
    RP_TRY(find_state(making, true, &dfa->first_state));
    for (uint32_t from = RP_DFA_GOES_ON; from < dfa->state_count && !making->is_over; from++) {
        State state = making->states[from - RP_DFA_GOES_ON];
        uint32_t number;
        uint32_t row = (from - RP_DFA_GOES_ON) * dfa->column_count;

        for (uint32_t kind = 0; kind < dfa->kind_count && !making->is_over; kind++) {
            step(making, state, kind == 0 ? 0 : dfa->kinds.kinds[kind - 1]);
            RP_TRY(find_state(making, false, &number));
            dfa->transitions[row + kind] = (uint16_t)number;
            making->is_over = making->is_over || making->nfa.work > WORK_LIMIT;
        }
        dfa->transitions[row + dfa->kind_count] =
            state.accepts_at_end ? RP_DFA_MATCHES : RP_DFA_FAILS;
    }
    return RP_OK;
}

/* What making needs of memory, but for the states. */
static RpStatus
prepare(Making *making)
{
    size_t count = making->nfa.count;

    making->sets = rp_arena_allocate(making->arena, count);
    making->kernel = rp_arena_allocate(making->arena, sizeof(uint32_t) * count);
    making->reached = rp_arena_allocate(making->arena, sizeof(uint32_t) * count);
    if (!making->sets || !making->kernel || !making->reached) {
        return rp_arena_failure(making->arena, making->error);
    }
    for (size_t i = 0; i < count; i++) {
        if (making->nfa.instructions[i].operation == RP_NFA_CLASS) {
            making->sets[i] = (uint8_t)rp_pattern_kinds_set(&making->dfa->kinds,
                                                            making->nfa.instructions[i].class);
        }
    }
    return RP_OK;
}

RpStatus
rp_dfa_make(RpArena *arena, const RpPatternNode *tree, bool is_multi_line, RpDfa *dfa,
            bool *is_made, RpError *error)
{
    Making making = {.arena = arena, .dfa = dfa, .error = error};
    RpStatus status;

    *is_made = false;
    *dfa = (RpDfa){.first_state = RP_DFA_FAILS};
    RP_TRY(rp_pattern_kinds_collect(arena, tree, &dfa->kinds, error));
    if (dfa->kinds.set_count > RP_PATTERN_EXACT_SETS_LIMIT ||
        dfa->kinds.place_count > PLACE_LIMIT) {
        return RP_OK;
    }
    RP_TRY(rp_pattern_kinds_find(arena, &dfa->kinds, error));
    dfa->kind_count = dfa->kinds.kind_count + 1;
    dfa->column_count = dfa->kind_count + 1;
    if (dfa->kind_count > RP_DFA_KIND_LIMIT || dfa->kinds.stretch_count > RP_DFA_RANGE_LIMIT) {
        return RP_OK;
    }
    status = rp_nfa_make(arena, tree, INSTRUCTION_LIMIT, &making.nfa, error);
    if (status == RP_TOO_LARGE || (status == RP_OK && making.nfa.has_anchors && is_multi_line)) {
        return RP_OK;
    }
    RP_TRY(status);
    RP_TRY(prepare(&making));
    RP_TRY(make_states(&making));
    dfa->work = making.nfa.work;
    *is_made = !making.is_over;
    return RP_OK;
}
