/* See automaton.h. */
#include "query/automaton.h"

/* While an automaton is made. */
typedef struct Builder {
    RpArena *arena;
    RpAutomaton *automaton;
    RpError *error;
} Builder;

static RpStatus build(const Builder *builder, const RpOp *path, bool is_inverse, uint32_t from,
                      uint32_t to);

static RpStatus
add_state(const Builder *builder, uint32_t *state)
{
    RpAutomaton *automaton = builder->automaton;
    uint32_t *states =
        rp_arena_grow(builder->arena, automaton->first_links, automaton->state_count,
                      automaton->state_count + 1, &automaton->state_capacity, sizeof(uint32_t));

    if (!states) {
        return rp_arena_failure(builder->arena, builder->error);
    }
    automaton->first_links = states;
    states[automaton->state_count] = 0;
    *state = automaton->state_count++;
    return RP_OK;
}

static RpStatus
add_link(const Builder *builder, uint32_t from, RpLink link)
{
    RpAutomaton *automaton = builder->automaton;
    RpLink *links =
        rp_arena_grow(builder->arena, automaton->links, automaton->link_count,
                      automaton->link_count + 1, &automaton->link_capacity, sizeof(RpLink));

    if (!links) {
        return rp_arena_failure(builder->arena, builder->error);
    }
    automaton->links = links;
    link.next = automaton->first_links[from];
    links[automaton->link_count++] = link;
    automaton->first_links[from] = automaton->link_count;
    return RP_OK;
}

bool
rp_negated_has(const RpOp *set, bool is_inverse)
{
    for (uint32_t i = 0; i < set->child_count; i++) {
        if ((set->children[i]->kind == RP_ALGEBRA_INVERSE) == is_inverse) {
            return true;
        }
    }
    return set->child_count == 0 && !is_inverse; /* !() is any triple, forwards */
}

bool
rp_negated_allows(const RpOp *set, bool is_inverse, RpTermId predicate)
{
    for (uint32_t i = 0; i < set->child_count; i++) {
        const RpOp *member = set->children[i];
        bool is_inverse_member = member->kind == RP_ALGEBRA_INVERSE;

        if (is_inverse_member == is_inverse &&
            (is_inverse_member ? member->children[0] : member)->value == predicate) {
            return false;
        }
    }
    return true;
}

static RpStatus
build_negated(const Builder *builder, const RpOp *path, bool is_inverse, uint32_t from, uint32_t to)
{
    for (int of_inverses = 0; of_inverses < 2; of_inverses++) {
        bool goes_back = (of_inverses != 0) != is_inverse;

        if (rp_negated_has(path, of_inverses)) {
            RP_TRY(add_link(builder, from,
                            (RpLink){.kind = goes_back ? RP_LINK_NOT_BACKWARD : RP_LINK_NOT_FORWARD,
                                     .to = to,
                                     .set = path,
                                     .is_inverse = of_inverses}));
        }
    }
    return RP_OK;
}

static RpStatus
build_sequence(const Builder *builder, const RpOp *path, bool is_inverse, uint32_t from,
               uint32_t to)
{
    uint32_t count = path->child_count;

    for (uint32_t i = 0; i < count; i++) {
        const RpOp *part = path->children[is_inverse ? count - 1 - i : i];
        uint32_t next = to;

        if (i + 1 < count) {
            RP_TRY(add_state(builder, &next));
        }
        RP_TRY(build(builder, part, is_inverse, from, next));
        from = next;
    }
    return RP_OK;
}

/* p*, p+ and p?: the part goes from a state of its own to another one. */
static RpStatus
build_repeated(const Builder *builder, const RpOp *path, bool is_inverse, uint32_t from,
               uint32_t to)
{
    uint32_t before;
    uint32_t behind;

    RP_TRY(add_state(builder, &before));
    RP_TRY(add_state(builder, &behind));
    RP_TRY(add_link(builder, from, (RpLink){.kind = RP_LINK_EMPTY, .to = before}));
    RP_TRY(add_link(builder, behind, (RpLink){.kind = RP_LINK_EMPTY, .to = to}));
    if (path->kind != RP_ALGEBRA_ONE_OR_MORE) {
        RP_TRY(add_link(builder, before, (RpLink){.kind = RP_LINK_EMPTY, .to = behind}));
    }
    if (path->kind != RP_ALGEBRA_ZERO_OR_ONE) {
        RP_TRY(add_link(builder, behind, (RpLink){.kind = RP_LINK_EMPTY, .to = before}));
    }
    return build(builder, path->children[0], is_inverse, before, behind);
}

/* Links that lead along a path from a state to another. Recursion is bounded by the algebra's
 * depth. */
static RpStatus
build(const Builder *builder, const RpOp *path, bool is_inverse, uint32_t from, uint32_t to)
{
    switch (path->kind) {
    case RP_ALGEBRA_CONSTANT:
        return add_link(builder, from,
                        (RpLink){.kind = is_inverse ? RP_LINK_BACKWARD : RP_LINK_FORWARD,
                                 .to = to,
                                 .predicate = path->value});
    case RP_ALGEBRA_INVERSE:
        return build(builder, path->children[0], !is_inverse, from, to);
    case RP_ALGEBRA_SEQUENCE:
        return build_sequence(builder, path, is_inverse, from, to);
    case RP_ALGEBRA_ALTERNATIVE:
        for (uint32_t i = 0; i < path->child_count; i++) {
            RP_TRY(build(builder, path->children[i], is_inverse, from, to));
        }
        return RP_OK;
    case RP_ALGEBRA_NEGATED:
        return build_negated(builder, path, is_inverse, from, to);
    default:
        return build_repeated(builder, path, is_inverse, from, to);
    }
}

RpStatus
rp_automaton_make(RpArena *arena, const RpOp *path, bool is_inverse, const RpAutomaton **automaton,
                  RpError *error)
{
    RpAutomaton *made = rp_arena_allocate_zero(arena, sizeof(RpAutomaton));
    Builder builder = {arena, made, error};
    uint32_t state;

    if (!made) {
        return rp_arena_failure(arena, error);
    }
    RP_TRY(add_state(&builder, &state)); /* the first one and the last one */
    RP_TRY(add_state(&builder, &state));
    *automaton = made;
    return build(&builder, path, is_inverse, RP_FIRST_STATE, RP_LAST_STATE);
}
