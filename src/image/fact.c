/* See fact.h. */
#include "image/fact.h"

#include "shacl/component.h"

static const RpVocabulary target_properties[] = {
    [RP_TARGET_NODE] = RP_VOCABULARY_sh_targetNode,
    [RP_TARGET_CLASS] = RP_VOCABULARY_sh_targetClass,
    [RP_TARGET_SUBJECTS_OF] = RP_VOCABULARY_sh_targetSubjectsOf,
    [RP_TARGET_OBJECTS_OF] = RP_VOCABULARY_sh_targetObjectsOf};

bool
rp_fact_get(const RpImage *image, uint32_t shape_index, uint32_t number, RpFact *fact)
{
    static const RpVocabulary properties[] = {[RP_FACT_DEACTIVATED] = RP_VOCABULARY_sh_deactivated,
                                              [RP_FACT_PATH] = RP_VOCABULARY_sh_path,
                                              [RP_FACT_SEVERITY] = RP_VOCABULARY_sh_severity,
                                              [RP_FACT_MESSAGES] = RP_VOCABULARY_sh_message};
    const RpImageShape *shape = &image->shapes[shape_index];
    const uint32_t counts[] = {[RP_FACT_DEACTIVATED] = 1,
                               [RP_FACT_TARGET] = shape->target_count,
                               [RP_FACT_PATH] = shape->path != 0,
                               [RP_FACT_CONSTRAINT] = shape->constraint_count,
                               [RP_FACT_SEVERITY] = 1,
                               [RP_FACT_MESSAGES] = shape->message_count > 0};
    uint32_t kind = 0;

    while (kind <= RP_FACT_MESSAGES && number >= counts[kind]) {
        number -= counts[kind++];
    }
    if (kind > RP_FACT_MESSAGES) {
        return false;
    }
    *fact = (RpFact){.kind = (RpFactKind)kind, .property = properties[kind], .shape = shape};
    if (kind == RP_FACT_TARGET) {
        fact->target = &image->targets[shape->first_target + number];
        fact->property = target_properties[fact->target->kind];
    } else if (kind == RP_FACT_CONSTRAINT) {
        fact->constraint = &image->constraints[shape->first_constraint + number];
        fact->property = rp_component_table[fact->constraint->component].parameter;
    }
    fact->is_default =
        (kind == RP_FACT_DEACTIVATED && !(shape->flags & RP_IMAGE_SHAPE_IS_DEACTIVATED)) ||
        (kind == RP_FACT_SEVERITY && shape->severity == RP_VOCABULARY_sh_Violation);
    return true;
}

/* Instances of a class are found by these. */
static void
note_types(const RpReads *reads)
{
    reads->note(reads->state, RP_VOCABULARY_rdf_type);
    reads->note(reads->state, RP_VOCABULARY_rdfs_subClassOf);
}

/* Recursion is bounded: parts stand before their path, no deeper than RP_IMAGE_PATH_DEPTH_LIMIT. */
static void
note_path(const RpImage *image, uint32_t path_index, const RpReads *reads)
{
    const RpImagePath *path = &image->paths[path_index];

    if (path->kind == RP_PATH_PREDICATE) {
        reads->note(reads->state, path->predicate);
    }
    for (uint32_t i = 0; i < path->part_count; i++) {
        note_path(image, image->ids[path->first_part + i], reads);
    }
}

static void
note_constraint(const RpImage *image, const RpImageConstraint *constraint, const RpReads *reads)
{
    uint32_t flags = rp_component_table[constraint->component].flags;

    if (flags & RP_COMPONENT_READS_TYPES) {
        note_types(reads);
    }
    if (flags & RP_COMPONENT_READS_OPERAND) {
        reads->note(reads->state, (RpTermId)image->operands[constraint->first_operand].value);
    }
    if (flags & RP_COMPONENT_READS_ALL) {
        reads->note(reads->state, RP_TERM_NONE);
    }
}

void
rp_fact_reads(const RpImage *image, const RpFact *fact, const RpReads *reads)
{
    if (fact->kind == RP_FACT_CONSTRAINT) {
        note_constraint(image, fact->constraint, reads);
    } else if (fact->kind == RP_FACT_PATH) {
        note_path(image, fact->shape->path - 1, reads);
    } else if (fact->kind == RP_FACT_TARGET && fact->target->kind == RP_TARGET_CLASS) {
        note_types(reads);
    } else if (fact->kind == RP_FACT_TARGET && fact->target->kind != RP_TARGET_NODE) {
        reads->note(reads->state, fact->target->term);
    }
}
