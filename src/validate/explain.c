/* See explain.h. */
#include "validate/explain.h"

#include <stdlib.h>

#include "shacl/component.h"
#include "validate/path_write.h"

enum {
    INDENT = 4,
    NESTING_LIMIT = 24 /* unnamed shapes within each other; deeper ones stand on their own */
};

typedef struct Explainer {
    RpBuffer *buffer;
    const RpDataGraph *data;
    const RpImage *image;
    RpArena *arena;
    RpError *error;
    uint8_t *is_written;  /* by shape */
    uint8_t *is_referred; /* by shape: another shape refers to it */
    uint32_t level;       /* of the lines that are written */

    /* Predicates that the shape at level 0 and the unnamed ones within it read, unsorted. */
    RpTermId *reads;
    uint32_t read_count;
    uint32_t read_capacity;
    bool reads_all;
} Explainer;

static void
begin_line(const Explainer *explainer)
{
    for (uint32_t i = 0; i < explainer->level * INDENT; i++) {
        rp_buffer_append_byte(explainer->buffer, ' ');
    }
}

static void
end_line(const Explainer *explainer)
{
    rp_buffer_append_byte(explainer->buffer, '\n');
}

static void
write_text(const Explainer *explainer, const char *text)
{
    rp_buffer_append_string(explainer->buffer, text);
}

static void
write_term(const Explainer *explainer, RpTermId id)
{
    rp_term_write_whole(explainer->buffer, explainer->data, id);
}

/* A line of a predicate and a term. */
static void
write_property(const Explainer *explainer, RpVocabulary predicate, RpTermId value)
{
    begin_line(explainer);
    write_term(explainer, predicate);
    write_text(explainer, " ");
    write_term(explainer, value);
    end_line(explainer);
}

static void
write_terms(const Explainer *explainer, const RpTermId *ids, uint32_t count, const char *separator)
{
    for (uint32_t i = 0; i < count; i++) {
        write_text(explainer, i > 0 ? separator : "");
        write_term(explainer, ids[i]);
    }
}

static bool
is_unnamed(const Explainer *explainer, uint32_t shape)
{
    return rp_dictionary_kind(&explainer->data->dictionary, explainer->image->shapes[shape].node) ==
           RP_BLANK;
}

static RpStatus
add_read(Explainer *explainer, RpTermId predicate)
{
    RpTermId *reads =
        rp_arena_grow(explainer->arena, explainer->reads, explainer->read_count,
                      explainer->read_count + 1, &explainer->read_capacity, sizeof(RpTermId));

    if (reads == NULL) {
        return rp_arena_failure(explainer->arena, explainer->error);
    }
    explainer->reads = reads;
    reads[explainer->read_count++] = predicate;
    return RP_OK;
}

static RpStatus
add_type_reads(Explainer *explainer)
{
    RP_TRY(add_read(explainer, RP_VOCABULARY_rdf_type));
    return add_read(explainer, RP_VOCABULARY_rdfs_subClassOf);
}

/* Paths within paths are bounded by RP_IMAGE_PATH_DEPTH_LIMIT. */
static RpStatus
add_path_reads(Explainer *explainer, uint32_t path_index)
{
    const RpImagePath *path = &explainer->image->paths[path_index];

    if (path->kind == RP_PATH_PREDICATE) {
        return add_read(explainer, path->predicate);
    }
    for (uint32_t i = 0; i < path->part_count; i++) {
        RP_TRY(add_path_reads(explainer, explainer->image->ids[path->first_part + i]));
    }
    return RP_OK;
}

static RpStatus write_shape(Explainer *explainer, uint32_t shape);

/* A line that ends with a shape: its name, or, where it is unnamed and new, what it says. */
static RpStatus
write_shape_line(Explainer *explainer, const char *predicate, uint32_t shape)
{
    begin_line(explainer);
    write_text(explainer, predicate);
    write_text(explainer, *predicate != '\0' ? " " : "");
    if (is_unnamed(explainer, shape) && !explainer->is_written[shape] &&
        explainer->level < NESTING_LIMIT) {
        return write_shape(explainer, shape);
    }
    write_term(explainer, explainer->image->shapes[shape].node);
    end_line(explainer);
    return RP_OK;
}

/* The shape operands from first on: one behind the parameter, or a line for each. */
static RpStatus
write_shape_operands(Explainer *explainer, const char *parameter, const RpImageOperand *operands,
                     uint32_t count, bool is_list)
{
    if (!is_list) {
        return write_shape_line(explainer, parameter, (uint32_t)operands[0].value);
    }
    begin_line(explainer);
    write_text(explainer, parameter);
    end_line(explainer);
    explainer->level++;
    for (uint32_t i = 0; i < count; i++) {
        RP_TRY(write_shape_line(explainer, "", (uint32_t)operands[i].value));
    }
    explainer->level--;
    return RP_OK;
}

/* The lines after a qualified count: the shape that values count by, and its siblings. */
static RpStatus
write_qualified(Explainer *explainer, const RpImageOperand *operands, uint32_t count)
{
    explainer->level++;
    RP_TRY(write_shape_operands(explainer, "sh:qualifiedValueShape", operands + 1, 1, false));
    if (count > 2) {
        RP_TRY(write_shape_operands(explainer, "sh:qualifiedValueShapesDisjoint true, apart from",
                                    operands + 2, count - 2, true));
    }
    explainer->level--;
    return RP_OK;
}

/* The operands of a constraint that refers to no shape, behind its parameter. */
static void
write_plain_operands(const Explainer *explainer, const RpComponent *component,
                     const RpImageOperand *operands, uint32_t count)
{
    const RpTermId *ids = explainer->image->ids;

    if (component->parameter == RP_VOCABULARY_sh_closed) {
        write_text(explainer, "true, allowing ( ");
        write_terms(explainer, ids + operands[0].value, operands[0].count, " ");
        write_text(explainer, operands[0].count > 0 ? " )" : ")");
    } else if (count == 0) {
        write_text(explainer, "true");
    } else if (operands[0].kind == RP_OPERAND_TERMS) {
        write_text(explainer, "( ");
        write_terms(explainer, ids + operands[0].value, operands[0].count, " ");
        write_text(explainer, operands[0].count > 0 ? " )" : ")");
    } else if (operands[0].kind == RP_OPERAND_INTEGER) {
        rp_buffer_append_format(explainer->buffer, "%lld", (long long)operands[0].value);
    } else {
        write_term(explainer, (RpTermId)operands[0].value);
    }
    if (component->parameter == RP_VOCABULARY_sh_pattern && operands[1].value != RP_TERM_NONE) {
        write_text(explainer, ", sh:flags ");
        write_term(explainer, (RpTermId)operands[1].value);
    }
}

static RpStatus
add_constraint_reads(Explainer *explainer, const RpComponent *component,
                     const RpImageOperand *operands)
{
    if (component->flags & RP_COMPONENT_READS_TYPES) {
        RP_TRY(add_type_reads(explainer));
    }
    if (component->flags & RP_COMPONENT_READS_OPERAND) {
        RP_TRY(add_read(explainer, (RpTermId)operands[0].value));
    }
    explainer->reads_all |= (component->flags & RP_COMPONENT_READS_ALL) != 0;
    return RP_OK;
}

static RpStatus
write_constraint(Explainer *explainer, const RpImageConstraint *constraint)
{
    const RpComponent *component = &rp_component_table[constraint->component];
    const RpImageOperand *operands = explainer->image->operands + constraint->first_operand;
    RpBuffer parameter;

    RP_TRY(add_constraint_reads(explainer, component, operands));
    rp_buffer_init(&parameter, explainer->arena);
    rp_iri_write_short(&parameter, explainer->data, rp_vocabulary_iri(component->parameter));
    rp_buffer_append_byte(&parameter, '\0');
    RP_TRY(rp_buffer_status(&parameter, explainer->error));
    if (constraint->operand_count > 0 && operands[0].kind == RP_OPERAND_SHAPE) {
        return write_shape_operands(explainer, parameter.data, operands, constraint->operand_count,
                                    strcmp(component->operands, "s") != 0);
    }
    begin_line(explainer);
    write_text(explainer, parameter.data);
    write_text(explainer, " ");
    write_plain_operands(explainer, component, operands, constraint->operand_count);
    end_line(explainer);
    return constraint->operand_count > 1 && operands[1].kind == RP_OPERAND_SHAPE
               ? write_qualified(explainer, operands, constraint->operand_count)
               : RP_OK;
}

static RpStatus
write_targets(Explainer *explainer, const RpImageShape *shape)
{
    static const RpVocabulary predicates[] = {
        [RP_TARGET_NODE] = RP_VOCABULARY_sh_targetNode,
        [RP_TARGET_CLASS] = RP_VOCABULARY_sh_targetClass,
        [RP_TARGET_SUBJECTS_OF] = RP_VOCABULARY_sh_targetSubjectsOf,
        [RP_TARGET_OBJECTS_OF] = RP_VOCABULARY_sh_targetObjectsOf};

    for (uint32_t i = 0; i < shape->target_count; i++) {
        const RpTarget *target = &explainer->image->targets[shape->first_target + i];

        write_property(explainer, predicates[target->kind], target->term);
        if (target->kind == RP_TARGET_CLASS) {
            RP_TRY(add_type_reads(explainer));
        } else if (target->kind != RP_TARGET_NODE) {
            RP_TRY(add_read(explainer, target->term));
        }
    }
    return RP_OK;
}

static RpStatus
write_shape_path(Explainer *explainer, uint32_t index)
{
    RpResult result = {.path = explainer->image->shapes[index].path, .shape = index};

    if (result.path == 0) {
        return RP_OK;
    }
    begin_line(explainer);
    write_term(explainer, RP_VOCABULARY_sh_path);
    write_text(explainer, " ");
    rp_path_write_short(explainer->buffer, explainer->data, &result);
    end_line(explainer);
    return add_path_reads(explainer, result.path - 1);
}

/* What is said of results: only what the author has said. */
static void
write_result_properties(const Explainer *explainer, const RpImageShape *shape)
{
    if (shape->severity != RP_VOCABULARY_sh_Violation) {
        write_property(explainer, RP_VOCABULARY_sh_severity, shape->severity);
    }
    for (uint32_t i = 0; i < shape->message_count; i++) {
        write_property(explainer, RP_VOCABULARY_sh_message,
                       explainer->image->ids[shape->first_message + i]);
    }
    if (shape->flags & RP_IMAGE_SHAPE_IS_DEACTIVATED) {
        begin_line(explainer);
        write_term(explainer, RP_VOCABULARY_sh_deactivated);
        write_text(explainer, " true");
        end_line(explainer);
    }
}

/* The rest of a line that ends with a shape, and what it says, a level deeper. Recursion is bounded
 * by NESTING_LIMIT. */
static RpStatus
write_shape(Explainer *explainer, uint32_t index)
{
    const RpImageShape *shape = &explainer->image->shapes[index];

    RP_TRY(rp_arena_poll(explainer->arena, explainer->error));
    explainer->is_written[index] = 1;
    write_term(explainer, shape->node);
    write_text(explainer, shape->path > 0 ? ": property shape\n" : ": node shape\n");
    explainer->level++;
    RP_TRY(write_targets(explainer, shape));
    RP_TRY(write_shape_path(explainer, index));
    for (uint32_t i = 0; i < shape->constraint_count; i++) {
        RP_TRY(write_constraint(explainer,
                                &explainer->image->constraints[shape->first_constraint + i]));
    }
    write_result_properties(explainer, shape);
    explainer->level--;
    return RP_OK;
}

static int
compare_ids(const void *a, const void *b)
{
    RpTermId left = *(const RpTermId *)a;
    RpTermId right = *(const RpTermId *)b;

    return (left > right) - (left < right);
}

static void
write_reads(Explainer *explainer)
{
    uint32_t kept = 0;

    if (explainer->read_count > 1) {
        qsort(explainer->reads, explainer->read_count, sizeof(RpTermId), compare_ids);
    }
    for (uint32_t i = 0; i < explainer->read_count; i++) {
        if (kept == 0 || explainer->reads[kept - 1] != explainer->reads[i]) {
            explainer->reads[kept++] = explainer->reads[i];
        }
    }
    write_text(explainer, "    reads: ");
    write_terms(explainer, explainer->reads, kept, ", ");
    if (explainer->reads_all) {
        write_text(explainer, kept > 0 ? ", and all others" : "all predicates");
    } else if (kept == 0) {
        write_text(explainer, "nothing");
    }
    end_line(explainer);
    explainer->read_count = 0;
    explainer->reads_all = false;
}

/* Write the shapes that are not written yet: of the first round those that stand on their own. */
static RpStatus
write_shapes(Explainer *explainer, bool is_first_round)
{
    for (uint32_t i = 0; i < explainer->image->shape_count; i++) {
        bool is_nested = is_unnamed(explainer, i) && explainer->is_referred[i];

        if (explainer->is_written[i] || (is_first_round && is_nested)) {
            continue;
        }
        if (explainer->buffer->length > 0) {
            end_line(explainer);
        }
        RP_TRY(write_shape(explainer, i));
        write_reads(explainer);
        RP_TRY(rp_buffer_status(explainer->buffer, explainer->error));
    }
    return RP_OK;
}

static void
mark_referred(const Explainer *explainer)
{
    for (uint32_t i = 0; i < explainer->image->operand_count; i++) {
        if (explainer->image->operands[i].kind == RP_OPERAND_SHAPE) {
            explainer->is_referred[explainer->image->operands[i].value] = 1;
        }
    }
}

/* What of the text is not enforced: the messages name it. */
static void
write_left_out(const Explainer *explainer)
{
    for (uint32_t i = 0; i < explainer->image->left_out_count; i++) {
        RpTermId message = explainer->image->left_out[i].message;

        if (i == 0) {
            write_text(explainer, explainer->buffer->length > 0 ? "\nleft out:\n" : "left out:\n");
        }
        write_text(explainer, "    ");
        rp_buffer_append_text(explainer->buffer,
                              rp_dictionary_term(&explainer->data->dictionary, message).lexical);
        end_line(explainer);
    }
}

RpStatus
rp_explain_write(RpBuffer *buffer, const RpDataGraph *data, RpError *error)
{
    size_t shape_count = data->image->shape_count;
    Explainer explainer = {.buffer = buffer,
                           .data = data,
                           .image = data->image,
                           .arena = buffer->arena,
                           .error = error};

    explainer.is_written = rp_arena_allocate_zero(explainer.arena, 2 * shape_count + 1);
    if (explainer.is_written == NULL) {
        return rp_arena_failure(explainer.arena, error);
    }
    explainer.is_referred = explainer.is_written + shape_count;
    mark_referred(&explainer);
    RP_TRY(write_shapes(&explainer, true));
    RP_TRY(write_shapes(&explainer, false));
    write_left_out(&explainer);
    return rp_buffer_status(buffer, error);
}
