/* SPARQL-based constraints and components: SHACL Recommendation, sections 5 and 6. */
#include "components/components.h"

#include "validate/message.h"
#include "validate/query_batch.h"
#include "validate/term_text.h"

RpStatus
rp_read_sparql(RpParameters *parameters, RpTermId value, RpConstraint *constraint, bool *is_void)
{
    return rp_sparql_constraint_read(parameters, value, constraint, is_void);
}

/* A result as it is put together from a solution, or from an ASK that is false. */
typedef struct SolutionWriter {
    RpEvaluation *evaluation;
    const RpCheck *check;
    const RpQueryBatch *batch;
    uint32_t row;   /* of a SELECT */
    RpTermId value; /* of an ASK: the value node; else RP_TERM_NONE */
} SolutionWriter;

/* A name that may be bound before, at a position of the algebra's; RP_TERM_NONE: not bound. */
static RpTermId
prebound_term(const SolutionWriter *writer, uint32_t position)
{
    const RpCheck *check = writer->check;
    uint32_t parameter = position - RP_QUERY_PARAMETERS;

    switch (position) {
    case RP_QUERY_THIS:
        return check->focus;
    case RP_QUERY_CURRENT_SHAPE:
        return writer->evaluation->image->shapes[check->shape].node;
    case RP_QUERY_SHAPES_GRAPH:
        return RP_VOCABULARY_sh_shapesGraph;
    default:
        if (rp_algebra_is_ask(writer->batch->algebra) && parameter-- == 0) {
            return writer->value;
        }
        return (RpTermId)check->operands[RP_QUERY_OPERANDS + parameter].value;
    }
}

/* What a variable is bound to in the solution; RP_TERM_NONE: nothing. */
static RpTermId
find_binding(const SolutionWriter *writer, RpText name)
{
    const RpImage *image = writer->evaluation->image;
    const RpAlgebra *algebra = writer->batch->algebra;
    const RpSolutionTable *rows = &writer->batch->rows;

    for (uint32_t i = 0; i < algebra->header->prebound_count; i++) {
        if (rp_query_variable_is(image, algebra, algebra->prebound[i], name)) {
            return prebound_term(writer, i);
        }
    }
    for (uint32_t i = 0; i < rows->width; i++) {
        if (rp_query_variable_is(image, algebra, rows->variables[i], name)) {
            return rp_solution_cell(writer->batch, writer->row, i);
        }
    }
    return RP_TERM_NONE;
}

/* The length of {?name} or {$name} at the start of a text, whose name is set; 0: it is another. */
static uint32_t
read_placeholder(RpText text, RpText *name)
{
    uint32_t end = 2;

    if (text.length < 4 || text.data[0] != '{' || (text.data[1] != '?' && text.data[1] != '$')) {
        return 0;
    }
    /* No name has a bracket: so each byte of a text is looked at twice at most. */
    while (end < text.length && text.data[end] != '}' && text.data[end] != '{') {
        end++;
    }
    *name = (RpText){text.data + 2, end - 2};
    return end < text.length && text.data[end] == '}' ? end + 1 : 0;
}

/* A literal's characters, an IRI as messages show it. */
static void
write_binding(const SolutionWriter *writer, RpBuffer *buffer, RpTermId id)
{
    RpTerm term = rp_solution_term(writer->batch, id);

    if (term.kind == RP_IRI) {
        rp_iri_write_short(buffer, writer->evaluation->data, term.lexical);
    } else {
        rp_buffer_append_string(buffer, term.kind == RP_BLANK ? "_:" : "");
        rp_buffer_append_text(buffer, term.lexical);
    }
}

/* Write a message with what its variables are bound to: those that are not stay as they are. */
static void
write_template(const SolutionWriter *writer, RpBuffer *buffer, RpText rest)
{
    while (rest.length > 0) {
        RpText name;
        uint32_t length = read_placeholder(rest, &name);
        RpTermId id = length > 0 ? find_binding(writer, name) : (RpTermId)RP_TERM_NONE;

        if (id != RP_TERM_NONE) {
            write_binding(writer, buffer, id);
        } else {
            length = 1;
            rp_buffer_append_byte(buffer, rest.data[0]);
        }
        rest = (RpText){rest.data + length, rest.length - length};
    }
}

/* A message of the policy as the result has it: the same literal, or one that is made of it. */
static RpStatus
make_message(const SolutionWriter *writer, RpTermId template, RpTermId *message)
{
    RpEvaluation *evaluation = writer->evaluation;
    RpTerm term = rp_dictionary_term(evaluation->dictionary, template);
    RpBuffer buffer;

    *message = template;
    if (memchr(term.lexical.data, '{', term.lexical.length) == NULL) {
        return RP_OK;
    }
    rp_buffer_init(&buffer, evaluation->arena);
    write_template(writer, &buffer, term.lexical);
    RP_TRY(rp_buffer_status(&buffer, evaluation->error));
    term.lexical = rp_buffer_text(&buffer);
    return rp_dictionary_add(evaluation->dictionary, &term, message, evaluation->error);
}

/* The messages of the constraint, validator or component; without any, those of the shape. */
static RpValues
find_templates(const SolutionWriter *writer)
{
    const RpImage *image = writer->evaluation->image;
    const RpImageShape *shape = &image->shapes[writer->check->shape];
    RpValues own = rp_evaluation_operand_terms(writer->evaluation, &writer->check->operands[2]);

    return own.count > 0 ? own
                         : (RpValues){image->ids + shape->first_message, shape->message_count};
}

static bool
is_literal(const SolutionWriter *writer, RpTermId id)
{
    return id != RP_TERM_NONE && rp_solution_term(writer->batch, id).kind == RP_LITERAL;
}

/* SHACL Recommendation, section 5.3.2: ?message, else what the policy says. */
static RpStatus
make_messages(const SolutionWriter *writer, RpSolutionResult *result)
{
    RpEvaluation *evaluation = writer->evaluation;
    RpValues templates = find_templates(writer);
    RpTermId given =
        rp_algebra_is_ask(writer->batch->algebra)
            ? (RpTermId)RP_TERM_NONE
            : rp_solution_cell(writer->batch, writer->row, writer->batch->columns.message);
    uint32_t count = is_literal(writer, given) ? 1 : templates.count;
    RpTermId *messages;

    if (count == 0) {
        return RP_OK;
    }
    messages = rp_arena_allocate(evaluation->arena, count * sizeof *messages);
    if (messages == NULL) {
        return rp_arena_failure(evaluation->arena, evaluation->error);
    }
    result->messages = messages;
    result->message_count = count;
    if (is_literal(writer, given)) {
        messages[0] = given;
        return rp_solution_keep(evaluation, writer->batch, &messages[0]);
    }
    for (uint32_t i = 0; i < count; i++) {
        RP_TRY(make_message(writer, templates.ids[i], &messages[i]));
    }
    return RP_OK;
}

/* ?path counts only as an IRI. */
static RpStatus
find_path(const SolutionWriter *writer, RpTermId *path)
{
    RpTermId id = rp_solution_cell(writer->batch, writer->row, writer->batch->columns.path);

    *path = RP_TERM_NONE;
    if (id != RP_TERM_NONE && rp_solution_term(writer->batch, id).kind == RP_IRI) {
        *path = id;
        return rp_solution_keep(writer->evaluation, writer->batch, path);
    }
    return RP_OK;
}

/* Without ?value it is the focus node on a node shape, and absent on a property shape. */
static RpTermId
find_value(const SolutionWriter *writer)
{
    RpTermId id = rp_solution_cell(writer->batch, writer->row, writer->batch->columns.value);
    bool is_of_node = writer->evaluation->image->shapes[writer->check->shape].path == 0;

    return id != RP_TERM_NONE || !is_of_node ? id : writer->check->focus;
}

/* The texts of a result that is not kept are not made. */
static RpStatus
report(const SolutionWriter *writer, RpSolutionResult *result)
{
    RpEvaluation *evaluation = writer->evaluation;

    if (rp_evaluation_keeps(evaluation, writer->check, result->path_predicate)) {
        RP_TRY(rp_solution_keep(evaluation, writer->batch, &result->value));
        RP_TRY(make_messages(writer, result));
    }
    return rp_evaluation_report_solution(evaluation, writer->check, result);
}

static bool
is_failure(const RpQueryBatch *batch, uint32_t row)
{
    RpTermId id = rp_solution_cell(batch, row, batch->columns.failure);
    RpTerm term;

    if (id == RP_TERM_NONE) {
        return false;
    }
    term = rp_solution_term(batch, id);
    return rp_text_equals(term.datatype, RP_TEXT(RP_XSD "boolean")) &&
           (rp_text_equals(term.lexical, RP_TEXT("true")) ||
            rp_text_equals(term.lexical, RP_TEXT("1")));
}

/* ?failure true in a solution says that the query could not be asked: an error, and never a
 * verdict, whichever solution comes first. */
static RpStatus
require_success(RpEvaluation *evaluation, const RpCheck *check, const RpSolutionRange *range)
{
    RpTermId shape = evaluation->image->shapes[check->shape].node;
    bool has_failed = false;
    RpShown shown;

    if (range->batch->columns.failure == RP_NO_SOLUTION_COLUMN) {
        return RP_OK;
    }
    for (uint32_t i = range->first; i < range->end && !has_failed; i++) {
        RP_TRY(rp_arena_poll(evaluation->arena, evaluation->error));
        has_failed = is_failure(range->batch, i);
    }
    if (!has_failed) {
        return RP_OK;
    }
    rp_error_set(evaluation->error, RP_FAILURE, "a query of the policy says that it has failed");
    return rp_error_detail(
        evaluation->error, "It binds ?failure to true, for the shape %s.",
        rp_text_show(rp_dictionary_lexical(evaluation->dictionary, shape), &shown));
}

static RpStatus
check_select(RpEvaluation *evaluation, const RpCheck *check)
{
    RpSolutionRange range;
    SolutionWriter writer = {evaluation, check, NULL, 0, RP_TERM_NONE};

    RP_TRY(rp_query_batch_select(evaluation, check, &range));
    RP_TRY(require_success(evaluation, check, &range));
    writer.batch = range.batch;
    for (uint32_t i = range.first; i < range.end && !evaluation->is_finished; i++) {
        RpSolutionResult result = {0};

        RP_TRY(rp_arena_poll(evaluation->arena, evaluation->error));
        writer.row = i;
        RP_TRY(find_path(&writer, &result.path_predicate));
        result.value = find_value(&writer);
        RP_TRY(report(&writer, &result));
    }
    return RP_OK;
}

/* Each value node for which the query is false (6.2.3.2). */
static RpStatus
check_ask(RpEvaluation *evaluation, const RpCheck *check)
{
    SolutionWriter writer = {evaluation, check, NULL, 0, RP_TERM_NONE};

    for (uint32_t i = 0; i < check->values.count && !evaluation->is_finished; i++) {
        bool is_true;

        RP_TRY(rp_arena_poll(evaluation->arena, evaluation->error));
        RP_TRY(rp_query_batch_ask(evaluation, check, i, &writer.batch, &is_true));
        if (!is_true) {
            RpSolutionResult result = {.value = check->values.ids[i]};

            writer.value = check->values.ids[i];
            RP_TRY(report(&writer, &result));
        }
    }
    return RP_OK;
}

RpStatus
rp_check_query(RpEvaluation *evaluation, const RpCheck *check)
{
    RpAlgebra algebra;

    rp_image_query(evaluation->image, rp_check_query_index(check), &algebra);
    return rp_algebra_is_ask(&algebra) ? check_ask(evaluation, check)
                                       : check_select(evaluation, check);
}
