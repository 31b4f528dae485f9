/*
 * Checks of an image's shapes. Targets, constraints, operands and paths stand in the order of the
 * shapes that use them, so that each is used once, and the whole check is linear.
 *
 * Shapes may refer to each other in a cycle. That the numbers of cycles are right is not checked
 * here, since a walk would need memory: with wrong ones the validator still ends, as it recurses
 * over other shapes only, with a bound, and evaluates what is of one cycle by a table.
 */
#include "image/flat_shape.h"
#include "image/image_check_internal.h"
#include "shacl/component.h"
#include "xsd/pattern.h"

/* Take a range of ids. All ranges together may not hold more than there are: it stays linear. */
static bool
take_ids(RpImageChecker *checker, uint64_t first, uint64_t count)
{
    checker->id_count += count;
    return checker->id_count <= checker->image.id_count && first <= checker->image.id_count &&
           count <= checker->image.id_count - first;
}

static bool
predicate_path_is_valid(const RpImageChecker *checker, const RpImagePath *path)
{
    return path->part_count == 0 && rp_image_is_kind(checker, path->predicate, RP_IRI);
}

/* Whether a path that is no predicate has as many parts as its kind asks for. */
static bool
part_count_is_valid(const RpImagePath *path)
{
    switch (path->kind) {
    case RP_PATH_SEQUENCE:
    case RP_PATH_ALTERNATIVE:
        return path->part_count >= 2;
    case RP_PATH_INVERSE:
    case RP_PATH_ZERO_OR_MORE:
    case RP_PATH_ONE_OR_MORE:
    case RP_PATH_ZERO_OR_ONE:
        return path->part_count == 1;
    default:
        return false;
    }
}

/* A path and its parts. They are met in the order in which the builder wrote them: parts first. */
static RpStatus
check_path(RpImageChecker *checker, uint32_t index, uint32_t depth)
{
    const RpImagePath *path = &checker->image.paths[index];

    if (depth > RP_IMAGE_PATH_DEPTH_LIMIT ||
        !take_ids(checker, path->first_part, path->part_count)) {
        return rp_image_corrupt(checker, "path", index);
    }
    if (path->kind == RP_PATH_PREDICATE
            ? !predicate_path_is_valid(checker, path)
            : path->predicate != RP_TERM_NONE || !part_count_is_valid(path)) {
        return rp_image_corrupt(checker, "path", index);
    }
    for (uint32_t i = 0; i < path->part_count; i++) {
        uint32_t part = checker->image.ids[path->first_part + i];

        if (part >= index) {
            return rp_image_corrupt(checker, "part of path", index);
        }
        RP_TRY(check_path(checker, part, depth + 1));
    }
    if (index != checker->path_count) {
        return rp_image_corrupt(checker, "order of path", index);
    }
    checker->path_count++;
    return RP_OK;
}

static bool
target_is_valid(RpImageChecker *checker, const RpTarget *target)
{
    switch ((uint32_t)target->kind) {
    case RP_TARGET_NODE:
        return rp_image_is_term(checker, target->term);
    case RP_TARGET_CLASS:
    case RP_TARGET_SUBJECTS_OF:
    case RP_TARGET_OBJECTS_OF:
        return rp_image_is_kind(checker, target->term, RP_IRI);
    case RP_TARGET_QUERY:
        return target->term >= 1 && rp_image_take_target_query(checker, (uint64_t)target->term - 1);
    default:
        return false;
    }
}

static RpStatus
check_targets(RpImageChecker *checker, const RpImageShape *shape)
{
    const RpImage *image = &checker->image;

    if (shape->first_target != checker->target_count ||
        shape->target_count > image->target_count - checker->target_count) {
        return rp_image_corrupt(checker, "targets of shape", (uint64_t)(shape - image->shapes));
    }
    for (uint32_t i = 0; i < shape->target_count; i++) {
        const RpTarget *target = &image->targets[checker->target_count];

        if (!target_is_valid(checker, target)) {
            return rp_image_corrupt(checker, "target", checker->target_count);
        }
        checker->target_count++;
    }
    return RP_OK;
}

static RpStatus
check_messages(RpImageChecker *checker, const RpImageShape *shape)
{
    const RpImage *image = &checker->image;
    bool is_valid = take_ids(checker, shape->first_message, shape->message_count);

    for (uint32_t i = 0; is_valid && i < shape->message_count; i++) {
        is_valid = rp_image_is_kind(checker, image->ids[shape->first_message + i], RP_LITERAL);
    }
    return is_valid
               ? RP_OK
               : rp_image_corrupt(checker, "messages of shape", (uint64_t)(shape - image->shapes));
}

/* A list of terms: sorted, without duplicates. */
static bool
list_is_valid(RpImageChecker *checker, const RpImageOperand *operand)
{
    const RpImage *image = &checker->image;

    if (operand->value < 0 || !take_ids(checker, (uint64_t)operand->value, operand->count)) {
        return false;
    }
    for (uint32_t i = 0; i < operand->count; i++) {
        const uint32_t *id = &image->ids[(uint64_t)operand->value + i];

        if (!rp_image_is_term(checker, *id) || (i > 0 && id[-1] >= *id)) {
            return false;
        }
    }
    return true;
}

/* An operand against its letter in RpComponent.operands. */
static bool
operand_is_valid(RpImageChecker *checker, const RpImageOperand *operand, char letter)
{
    if (operand->kind != RP_OPERAND_TERMS && operand->count != 0) {
        return false;
    }
    switch (letter) {
    case 't':
        return operand->kind == RP_OPERAND_TERM &&
               (operand->value == RP_TERM_NONE ||
                (operand->value > 0 && rp_image_is_term(checker, (uint64_t)operand->value)));
    case 'i':
        return operand->kind == RP_OPERAND_INTEGER;
    case 'T':
        return operand->kind == RP_OPERAND_TERMS && list_is_valid(checker, operand);
    case 'q':
        return operand->kind == RP_OPERAND_QUERY && operand->value >= 0;
    case 's':
        return operand->kind == RP_OPERAND_SHAPE && operand->value >= 0 &&
               operand->value < checker->image.shape_count;
    default:
        return false;
    }
}

/* Whether the operands of a constraint are those that its component's letters ask for. */
static bool
operands_are_valid(RpImageChecker *checker, const RpImageOperand *operands, uint32_t count,
                   const char *letters)
{
    for (uint32_t i = 0; i < count; i++) {
        if (letters[0] == '\0' || !operand_is_valid(checker, &operands[i], letters[0])) {
            return false;
        }
        letters += letters[1] != '*';
    }
    return letters[0] == '\0' || (letters[1] == '*' && letters[2] == '\0');
}

/* The compiled form of a pattern. Shapes that are alike have the same one after the other. */
static bool
program_is_valid(RpImageChecker *checker, RpTermId id)
{
    RpTerm program;

    if (id == RP_TERM_NONE) {
        return false;
    }
    if (id == checker->last_program) {
        return true;
    }
    program = rp_term_table_get(&checker->image.terms, id);
    checker->last_program = id;
    return program.kind == RP_LITERAL && rp_pattern_program_is_valid(program.lexical);
}

/* What a component relies on beyond kinds: its own parameter is there, predicates are IRIs, and
 * where there has to be a path, of the shape or of the one it passes on to, there is one. */
static bool
meaning_is_valid(RpImageChecker *checker, const RpImageShape *shape, const RpComponent *component,
                 const RpImageOperand *operands, uint32_t operand_count)
{
    if (component->flags & RP_COMPONENT_PROPERTY_ONLY && shape->path == 0) {
        return false;
    }
    if (component->flags & RP_COMPONENT_PASSES_ON &&
        checker->image.shapes[operands[0].value].path == 0) {
        return false;
    }
    if (component->flags & RP_COMPONENT_ASKS_QUERY &&
        (operands[1].value == RP_TERM_NONE ||
         !rp_image_take_query(checker, (uint64_t)operands[0].value,
                              operand_count - RP_QUERY_OPERANDS))) {
        return false;
    }
    if (component->operands[0] == 't' && operands[0].value == RP_TERM_NONE) {
        return false;
    }
    if (component->flags & RP_COMPONENT_READS_OPERAND &&
        !rp_image_is_kind(checker, (uint64_t)operands[0].value, RP_IRI)) {
        return false;
    }
    return component->iri != RP_VOCABULARY_sh_PatternConstraintComponent ||
           program_is_valid(checker, (RpTermId)operands[2].value);
}

static RpStatus
check_constraint(RpImageChecker *checker, const RpImageShape *shape)
{
    const RpImage *image = &checker->image;
    const RpImageConstraint *constraint = &image->constraints[checker->constraint_count];
    const RpImageOperand *operands = &image->operands[checker->operand_count];

    if (constraint->component >= rp_component_count || constraint->reserved != 0 ||
        constraint->first_operand != checker->operand_count ||
        constraint->operand_count > image->operand_count - checker->operand_count) {
        return rp_image_corrupt(checker, "constraint", checker->constraint_count);
    }
    if (!operands_are_valid(checker, operands, constraint->operand_count,
                            rp_component_table[constraint->component].operands) ||
        !meaning_is_valid(checker, shape, &rp_component_table[constraint->component], operands,
                          constraint->operand_count)) {
        return rp_image_corrupt(checker, "operands of constraint", checker->constraint_count);
    }
    checker->operand_count += constraint->operand_count;
    checker->constraint_count++;
    return RP_OK;
}

static RpStatus
check_constraints(RpImageChecker *checker, const RpImageShape *shape)
{
    const RpImage *image = &checker->image;

    if (shape->first_constraint != checker->constraint_count ||
        shape->constraint_count > image->constraint_count - checker->constraint_count) {
        return rp_image_corrupt(checker, "constraints of shape", (uint64_t)(shape - image->shapes));
    }
    for (uint32_t i = 0; i < shape->constraint_count; i++) {
        RP_TRY(check_constraint(checker, shape));
    }
    return RP_OK;
}

static bool
shape_is_valid(const RpImageChecker *checker, const RpImageShape *shape)
{
    bool is_property = (shape->flags & RP_IMAGE_SHAPE_IS_PROPERTY) != 0;

    return rp_image_is_term(checker, shape->node) &&
           !rp_image_is_kind(checker, shape->node, RP_LITERAL) &&
           rp_image_is_kind(checker, shape->severity, RP_IRI) &&
           (shape->flags & ~(uint32_t)RP_IMAGE_SHAPE_FLAGS) == 0 &&
           is_property == (shape->path != 0) && shape->path <= checker->image.path_count &&
           (shape == checker->image.shapes || shape[-1].node < shape->node);
}

/* A wrong mark would leave out what a shape asks of others, or ask what it does not. */
static RpStatus
check_marks(RpImageChecker *checker)
{
    const RpImage *image = &checker->image;

    for (uint32_t i = 0; i < image->shape_count; i++) {
        const RpImageShape *shape = &image->shapes[i];
        bool is_flat =
            rp_image_shape_is_flat(shape, image->constraints, image->operands, image->paths);

        if (is_flat != ((shape->flags & RP_IMAGE_SHAPE_IS_FLAT) != 0)) {
            return rp_image_corrupt(checker, "mark of shape", i);
        }
    }
    return RP_OK;
}

RpStatus
rp_image_check_shapes(RpImageChecker *checker)
{
    const RpImage *image = &checker->image;

    for (uint32_t i = 0; i < image->shape_count; i++) {
        const RpImageShape *shape = &image->shapes[i];

        if (!shape_is_valid(checker, shape)) {
            return rp_image_corrupt(checker, "shape", i);
        }
        RP_TRY(check_targets(checker, shape));
        RP_TRY(check_messages(checker, shape));
        RP_TRY(check_constraints(checker, shape));
        if (shape->path != 0) {
            RP_TRY(check_path(checker, shape->path - 1, 1));
        }
    }
    if (checker->target_count != image->target_count ||
        checker->constraint_count != image->constraint_count ||
        checker->operand_count != image->operand_count ||
        checker->path_count != image->path_count || checker->query_count != image->query_count ||
        checker->id_count != image->id_count) {
        return rp_error_set(checker->error, RP_CORRUPT, "corrupt image: unused elements");
    }
    return check_marks(checker);
}
