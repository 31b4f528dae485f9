/* See query_path.h. As paths of shapes become steps (read_map_builder.c), with negated sets beside.
 */
#include "incremental/query_path.h"

#include "query/automaton.h"

static const uint8_t by_both = RP_BY_ADDITION | RP_BY_REMOVAL;

RpStatus
rp_query_path_add_predicate(RpReadMapBuilder *builder, RpTermId predicate, bool is_inverse,
                            uint32_t from, uint32_t to)
{
    return rp_read_map_add_step(builder,
                                (RpStep){.from = from,
                                         .to = to,
                                         .kind = is_inverse ? RP_STEP_INVERSE : RP_STEP_FORWARD,
                                         .term = predicate,
                                         .violates_by = by_both});
}

static RpStatus
add_sequence(RpReadMapBuilder *builder, const RpOp *path, bool is_inverse, uint32_t from,
             uint32_t to)
{
    for (uint32_t i = 0; i < path->child_count; i++) {
        const RpOp *part = path->children[is_inverse ? path->child_count - 1 - i : i];
        uint32_t next = i + 1 < path->child_count ? rp_read_map_add_state(builder->map) : to;

        RP_TRY(rp_query_path_add(builder, part, is_inverse, from, next));
        from = next;
    }
    return RP_OK;
}

static RpStatus
add_repeated(RpReadMapBuilder *builder, const RpOp *path, bool is_inverse, uint32_t from,
             uint32_t to)
{
    uint32_t before = rp_read_map_add_state(builder->map);
    uint32_t after = rp_read_map_add_state(builder->map);

    RP_TRY(rp_read_map_add_nothing(builder, from, before));
    RP_TRY(rp_query_path_add(builder, path->children[0], is_inverse, before, after));
    RP_TRY(rp_read_map_add_nothing(builder, after, before));
    return rp_read_map_add_nothing(builder, path->kind == RP_ALGEBRA_ONE_OR_MORE ? after : before,
                                   to);
}

/* The predicates of a negated set that it names itself, or in inverses: sorted, in the arena. */
static RpStatus
take_members(RpReadMapBuilder *builder, const RpOp *set, bool of_inverses, RpTermId **members,
             uint32_t *count)
{
    *count = 0;
    *members = rp_arena_allocate(builder->arena, sizeof(RpTermId) * ((size_t)set->child_count + 1));
    if (!*members) {
        return rp_arena_failure(builder->arena, builder->error);
    }
    for (uint32_t i = 0; i < set->child_count; i++) {
        const RpOp *member = set->children[i];

        if ((member->kind == RP_ALGEBRA_INVERSE) == of_inverses) {
            (*members)[(*count)++] = of_inverses ? member->children[0]->value : member->value;
        }
    }
    if (*count > 0) {
        *count = rp_term_ids_to_set(*members, *count);
    }
    return RP_OK;
}

/* All triples but those of its members, in the directions that it has members of (SPARQL 1.1,
 * 18.2.2.3); without any, along them. */
static RpStatus
add_negated(RpReadMapBuilder *builder, const RpOp *set, bool is_inverse, uint32_t from, uint32_t to)
{
    for (uint32_t of_inverses = 0; of_inverses < 2; of_inverses++) {
        RpStep step = {.from = from,
                       .to = to,
                       .kind = (of_inverses != 0) == is_inverse ? RP_STEP_ALL : RP_STEP_ALL_INVERSE,
                       .violates_by = by_both};
        RpTermId *members;
        uint32_t count;

        RP_TRY(take_members(builder, set, of_inverses != 0, &members, &count));
        if (rp_negated_has(set, of_inverses != 0)) {
            RP_TRY(rp_read_map_add_all(builder, step, members, count));
        }
    }
    return RP_OK;
}

RpStatus
rp_query_path_add(RpReadMapBuilder *builder, const RpOp *path, bool is_inverse, uint32_t from,
                  uint32_t to)
{
    if (to == 0 && path->kind != RP_ALGEBRA_CONSTANT) {
        to = rp_read_map_add_state(builder->map);
    }
    switch (path->kind) {
    case RP_ALGEBRA_CONSTANT:
        return rp_query_path_add_predicate(builder, path->value, is_inverse, from, to);
    case RP_ALGEBRA_INVERSE:
        return rp_query_path_add(builder, path->children[0], !is_inverse, from, to);
    case RP_ALGEBRA_SEQUENCE:
        return add_sequence(builder, path, is_inverse, from, to);
    case RP_ALGEBRA_ALTERNATIVE:
        for (uint32_t i = 0; i < path->child_count; i++) {
            RP_TRY(rp_query_path_add(builder, path->children[i], is_inverse, from, to));
        }
        return RP_OK;
    case RP_ALGEBRA_ZERO_OR_MORE:
    case RP_ALGEBRA_ONE_OR_MORE:
        return add_repeated(builder, path, is_inverse, from, to);
    case RP_ALGEBRA_ZERO_OR_ONE:
        RP_TRY(rp_read_map_add_nothing(builder, from, to));
        return rp_query_path_add(builder, path->children[0], is_inverse, from, to);
    case RP_ALGEBRA_NEGATED:
        return add_negated(builder, path, is_inverse, from, to);
    default:
        return rp_error_set(builder->error, RP_CORRUPT, "unknown part %d of a query's path",
                            (int)path->kind);
    }
}

bool
rp_query_path_may_be_empty(const RpOp *path)
{
    bool is_sequence = path->kind == RP_ALGEBRA_SEQUENCE;

    switch (path->kind) {
    case RP_ALGEBRA_CONSTANT:
    case RP_ALGEBRA_NEGATED:
        return false;
    case RP_ALGEBRA_ZERO_OR_MORE:
    case RP_ALGEBRA_ZERO_OR_ONE:
        return true;
    default:
        for (uint32_t i = 0; i < path->child_count; i++) {
            if (rp_query_path_may_be_empty(path->children[i]) != is_sequence) {
                return !is_sequence;
            }
        }
        return is_sequence;
    }
}

static RpStatus
add_parts(RpReadMapBuilder *builder, const RpOp *path, uint32_t state)
{
    if (path->kind == RP_ALGEBRA_CONSTANT) {
        return rp_query_path_add_predicate(builder, path->value, false, state, 0);
    }
    if (path->kind == RP_ALGEBRA_NEGATED) {
        return add_negated(builder, path, false, state, 0);
    }
    for (uint32_t i = 0; i < path->child_count; i++) {
        RP_TRY(add_parts(builder, path->children[i], state));
    }
    return RP_OK;
}

/* Of no length, it connects whatever is a node of the graph. */
RpStatus
rp_query_path_add_whole(RpReadMapBuilder *builder, const RpOp *path, uint32_t state)
{
    if (rp_query_path_may_be_empty(path)) {
        return rp_read_map_add_all(
            builder, (RpStep){.from = state, .kind = RP_STEP_ALL, .violates_by = by_both}, NULL, 0);
    }
    return add_parts(builder, path, state);
}
