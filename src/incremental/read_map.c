/* See read_map.h: questions to a map that is made (read_map_builder.c). */
#include "incremental/read_map.h"

#include "incremental/automaton.h"
#include "shacl/component.h"

/* By any shape: whose it is does not matter yet. */
static bool
step_may_violate(const RpReadMap *map, RpStepKind kind, RpTermId predicate, uint8_t by)
{
    RpTripleRange steps = rp_read_map_steps(map, kind, predicate);

    for (const RpTriple *step = steps.first; step < steps.end; step++) {
        if (map->steps[step->object].violates_by & by) {
            return true;
        }
    }
    return false;
}

/* The steps of sh:closed, and of variable predicates, are few: each is asked whether it allows the
 * predicate. */
static bool
all_may_violate(const RpReadMap *map, RpStepKind kind, RpTermId predicate, uint8_t by)
{
    RpTripleRange steps = rp_read_map_steps(map, kind, RP_TERM_NONE);

    for (const RpTriple *found = steps.first; found < steps.end; found++) {
        const RpStep *step = &map->steps[found->object];

        if (step->violates_by & by && !rp_read_map_allows(map, step, predicate)) {
            return true;
        }
    }
    return false;
}

/* Errs to one side only: a predicate that is said not to be read can violate nothing by this
 * change, whatever is stored. */
bool
rp_read_map_reads(const RpReadMap *map, RpTermId predicate, bool is_removal)
{
    uint8_t by = is_removal ? RP_BY_REMOVAL : RP_BY_ADDITION;

    if ((predicate == RP_VOCABULARY_rdf_type || predicate == RP_VOCABULARY_rdfs_subClassOf) &&
        map->types_violate_by & by) {
        return true;
    }
    if (all_may_violate(map, RP_STEP_ALL, predicate, by) ||
        all_may_violate(map, RP_STEP_ALL_INVERSE, predicate, by)) {
        return true;
    }
    return predicate != RP_TERM_NONE &&
           (step_may_violate(map, RP_STEP_FORWARD, predicate, by) ||
            step_may_violate(map, RP_STEP_INVERSE, predicate, by) ||
            (!is_removal && (rp_triple_range_count(
                                 rp_read_map_targets(map, RP_TARGET_SUBJECTS_OF, predicate)) > 0 ||
                             rp_triple_range_count(
                                 rp_read_map_targets(map, RP_TARGET_OBJECTS_OF, predicate)) > 0)));
}

bool
rp_read_map_names_nodes(const RpReadMap *map)
{
    return rp_triple_range_count(rp_graph_subject(&map->by_target, RP_TARGET_NODE)) > 0 ||
           rp_triple_range_count(rp_graph_subject(&map->by_target, RP_TARGET_QUERY)) > 0;
}

/* Asked for locks: only the objects of these predicates are locked on that side
 * (src/pg/enforce/README.md). */
bool
rp_read_map_reads_inversely(const RpReadMap *map, RpTermId predicate)
{
    return rp_triple_range_count(rp_read_map_steps(map, RP_STEP_ALL_INVERSE, RP_TERM_NONE)) > 0 ||
           (predicate != RP_TERM_NONE &&
            rp_triple_range_count(rp_read_map_steps(map, RP_STEP_INVERSE, predicate)) > 0);
}

uint32_t
rp_read_map_whole_query(const RpReadMap *map)
{
    return map->whole_query;
}

/* Whether a shape has a query, as a constraint's or a target's. */
static bool
has_query(const RpImage *image, const RpImageShape *shape, uint32_t query)
{
    bool has = false;

    for (uint32_t i = 0; i < shape->constraint_count && !has; i++) {
        const RpImageConstraint *constraint = &image->constraints[shape->first_constraint + i];

        has = (rp_component_table[constraint->component].flags & RP_COMPONENT_ASKS_QUERY) != 0 &&
              image->operands[constraint->first_operand].value == query;
    }
    for (uint32_t i = 0; i < shape->target_count && !has; i++) {
        const RpTarget *target = &image->targets[shape->first_target + i];

        has = target->kind == RP_TARGET_QUERY && target->term == query + 1;
    }
    return has;
}

RpStatus
rp_read_map_tell_query(const RpImage *image, uint32_t whole_query, RpError *error)
{
    uint32_t query = whole_query - 1;
    RpTermId node = image->queries[query].node;
    uint32_t shape = 0;
    RpShown shown_node;
    RpShown shown_shape;

    while (shape + 1 < image->shape_count && !has_query(image, &image->shapes[shape], query)) {
        shape++;
    }
    (void)rp_text_show(rp_term_table_get(&image->terms, image->shapes[shape].node).lexical,
                       &shown_shape);
    if (rp_term_table_get(&image->terms, node).kind == RP_BLANK) {
        return rp_error_detail(error, "It is a query of the shape %s.", shown_shape.text);
    }
    return rp_error_detail(
        error, "It is the query of %s, for the shape %s.",
        rp_text_show(rp_term_table_get(&image->terms, node).lexical, &shown_node),
        shown_shape.text);
}
