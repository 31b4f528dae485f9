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
