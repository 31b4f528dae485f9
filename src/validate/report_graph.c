/* See report_graph.h. */
#include "validate/report_graph.h"

#include "rdf/turtle_writer.h"
#include "validate/message.h"

/* A result that has its number, and waits to be written. */
typedef struct NumberedResult {
    const RpResult *result;
    uint32_t part;
} NumberedResult;

typedef struct GraphWriter {
    RpBuffer *buffer;
    RpBuffer message; /* the default message that is being written */
    const RpReportPart *parts;
    uint32_t part_count;
    uint32_t label_series;   /* of our own labels, after their first word; 0: none is written */
    NumberedResult *results; /* result i has the number i + 1; nested ones after their parents */
    uint32_t result_count;
    uint32_t result_capacity;
    RpError *error;
} GraphWriter;

static const RpText result_word = RP_TEXT("result");
static const RpText shape_word = RP_TEXT("shape");

/*
 * The series that a label of the data is of, after one of our words: 0 for "result_x", 2 for
 * "result2_x", … False: it is of none, and never one of ours.
 */
static bool
label_series(RpText label, RpText word, uint32_t *series)
{
    uint32_t i = word.length;

    *series = 0;
    if (!rp_text_starts_with(label, word)) {
        return false;
    }
    while (i < label.length && label.data[i] >= '0' && label.data[i] <= '9') {
        if (*series > UINT32_MAX / 10 - 1) {
            return false;
        }
        *series = *series * 10 + (uint32_t)(label.data[i++] - '0');
    }
    return i < label.length && label.data[i] == '_';
}

/* Mark the series that blank nodes of the data are of. The first one is 0, then 2, …. */
static RpStatus
mark_series(const GraphWriter *writer, const RpDataGraph *data, uint8_t *is_used, uint32_t count)
{
    RpTermId end = rp_dictionary_end(&data->dictionary);

    for (RpTermId id = rp_dictionary_first_own(&data->dictionary); id < end; id++) {
        RP_TRY(rp_arena_poll(writer->buffer->arena, writer->error));
        if (rp_dictionary_kind(&data->dictionary, id) == RP_BLANK) {
            RpText label = rp_dictionary_lexical(&data->dictionary, id);
            uint32_t series;

            if ((label_series(label, result_word, &series) ||
                 label_series(label, shape_word, &series)) &&
                series < count) {
                is_used[series] = 1;
            }
        }
    }
    return RP_OK;
}

/*
 * Labels of ours are of the first series that no label of the data is of. Every label uses up one
 * series, so that the numbers stay small.
 */
static RpStatus
choose_labels(GraphWriter *writer)
{
    uint32_t count = 3;
    uint8_t *is_used;

    for (uint32_t i = 0; i < writer->part_count; i++) {
        const RpDataGraph *data = writer->parts[i].data;

        count += data->dictionary.own.count;
    }
    is_used = rp_arena_allocate_zero(writer->buffer->arena, count);
    if (!is_used) {
        return rp_arena_failure(writer->buffer->arena, writer->error);
    }
    is_used[1] = 1;
    for (uint32_t i = 0; i < writer->part_count; i++) {
        RP_TRY(mark_series(writer, writer->parts[i].data, is_used, count));
    }
    while (is_used[writer->label_series]) {
        writer->label_series++;
    }
    return RP_OK;
}

static void
write_label(const GraphWriter *writer, RpText word, uint32_t number)
{
    rp_buffer_append_string(writer->buffer, "_:");
    rp_buffer_append_text(writer->buffer, word);
    if (writer->label_series > 0) {
        rp_buffer_append_format(writer->buffer, "%u", (unsigned)writer->label_series);
    }
    rp_buffer_append_format(writer->buffer, "_%u", (unsigned)number);
}

/* The end of the statement before, and a property in the namespace of SHACL. */
static void
write_property(const GraphWriter *writer, const char *name)
{
    rp_buffer_append_format(writer->buffer, " ;\n    sh:%s ", name);
}

/* A property of ours, which SHACL has none for. */
static void
write_mark(const GraphWriter *writer, const char *name)
{
    rp_buffer_append_format(writer->buffer, " ;\n    <urn:rdfpolicy:%s> true", name);
}

static void
write_term(const GraphWriter *writer, const RpDataGraph *data, RpTermId id)
{
    RpTerm term = rp_dictionary_term(&data->dictionary, id);

    rp_turtle_write_term(writer->buffer, &term);
}

/* Give the results of a list their numbers, and write the property that has them as its values. */
static RpStatus
write_results(GraphWriter *writer, const char *property, const RpResult *first, uint32_t part)
{
    for (const RpResult *result = first; result != NULL; result = result->next) {
        NumberedResult *results =
            rp_arena_grow(writer->buffer->arena, writer->results, writer->result_count,
                          writer->result_count + 1, &writer->result_capacity, sizeof(*results));

        if (!results) {
            return rp_arena_failure(writer->buffer->arena, writer->error);
        }
        writer->results = results;
        results[writer->result_count++] = (NumberedResult){result, part};
        RP_TRY(rp_arena_poll(writer->buffer->arena, writer->error));
        if (result == first) {
            write_property(writer, property);
        } else {
            rp_buffer_append_string(writer->buffer, ",\n        ");
        }
        write_label(writer, result_word, writer->result_count);
    }
    return RP_OK;
}

static void write_path(const GraphWriter *writer, const RpDataGraph *data, uint32_t path_index);

static void
write_path_parts(const GraphWriter *writer, const RpDataGraph *data, const RpImagePath *path)
{
    rp_buffer_append_string(writer->buffer, "(");
    for (uint32_t i = 0; i < path->part_count; i++) {
        rp_buffer_append_byte(writer->buffer, ' ');
        write_path(writer, data, data->image->ids[path->first_part + i]);
    }
    rp_buffer_append_string(writer->buffer, " )");
}

/* A path that is a blank node with one property. */
static void
write_path_node(const GraphWriter *writer, const RpDataGraph *data, const RpImagePath *path,
                const char *property)
{
    rp_buffer_append_format(writer->buffer, "[ sh:%s ", property);
    if (path->kind == RP_PATH_ALTERNATIVE) {
        write_path_parts(writer, data, path);
    } else {
        write_path(writer, data, data->image->ids[path->first_part]);
    }
    rp_buffer_append_string(writer->buffer, " ]");
}

/* SHACL Recommendation, section 2.3.1. */
static void
write_path(const GraphWriter *writer, const RpDataGraph *data, uint32_t path_index)
{
    const RpImagePath *path = &data->image->paths[path_index];

    switch ((RpPathKind)path->kind) {
    case RP_PATH_PREDICATE:
        write_term(writer, data, path->predicate);
        break;
    case RP_PATH_SEQUENCE:
        write_path_parts(writer, data, path);
        break;
    case RP_PATH_INVERSE:
        write_path_node(writer, data, path, "inversePath");
        break;
    case RP_PATH_ALTERNATIVE:
        write_path_node(writer, data, path, "alternativePath");
        break;
    case RP_PATH_ZERO_OR_MORE:
        write_path_node(writer, data, path, "zeroOrMorePath");
        break;
    case RP_PATH_ONE_OR_MORE:
        write_path_node(writer, data, path, "oneOrMorePath");
        break;
    case RP_PATH_ZERO_OR_ONE:
        write_path_node(writer, data, path, "zeroOrOnePath");
        break;
    }
}

static void
write_result_path(const GraphWriter *writer, const RpDataGraph *data, const RpResult *result)
{
    if (result->path_predicate != RP_TERM_NONE) {
        write_property(writer, "resultPath");
        write_term(writer, data, result->path_predicate);
    } else if (result->path > 0) {
        write_property(writer, "resultPath");
        write_path(writer, data, result->path - 1);
    }
}

/* A blank node of the policy gets a label of ours: policies have labels of their own each. */
static void
write_policy_node(const GraphWriter *writer, const RpDataGraph *data, uint32_t part, RpTermId node)
{
    RpTerm term = rp_dictionary_term(&data->dictionary, node);

    if (term.kind == RP_BLANK) {
        write_label(writer, shape_word, part + 1);
        rp_buffer_append_byte(writer->buffer, '_');
        rp_buffer_append_text(writer->buffer, term.lexical);
    } else {
        rp_turtle_write_term(writer->buffer, &term);
    }
}

static void
write_source_shape(const GraphWriter *writer, const RpDataGraph *data, uint32_t part,
                   const RpResult *result)
{
    RpTermId shape = rp_result_shape(data, result);

    if (shape != RP_TERM_NONE) {
        write_property(writer, "sourceShape");
        write_policy_node(writer, data, part, shape);
    }
}

/* Its own messages or its shape's as they are, in every language; without any, the component's. */
static RpStatus
write_messages(GraphWriter *writer, const RpDataGraph *data, const RpResult *result)
{
    RpValues messages = rp_result_messages(data, result);
    RpTerm literal;

    write_property(writer, "resultMessage");
    for (uint32_t i = 0; i < messages.count; i++) {
        if (i > 0) {
            rp_buffer_append_string(writer->buffer, ", ");
        }
        write_term(writer, data, messages.ids[i]);
    }
    if (messages.count > 0) {
        return RP_OK;
    }
    writer->message.length = 0;
    rp_message_write(&writer->message, data, result);
    RP_TRY(rp_buffer_status(&writer->message, writer->error));
    literal = rp_term_literal(rp_buffer_text(&writer->message), (RpText){0});
    rp_turtle_write_term(writer->buffer, &literal);
    return RP_OK;
}

static RpStatus
write_result(GraphWriter *writer, uint32_t number)
{
    NumberedResult numbered = writer->results[number - 1];
    const RpResult *result = numbered.result;
    const RpDataGraph *data = writer->parts[numbered.part].data;
    RpTerm component = rp_term_iri(rp_result_component_iri(data, result));
    uint32_t start = writer->buffer->length;

    rp_buffer_append_byte(writer->buffer, '\n');
    write_label(writer, result_word, number);
    rp_buffer_append_string(writer->buffer, " a sh:ValidationResult");
    if (result->focus != RP_TERM_NONE) {
        write_property(writer, "focusNode");
        write_term(writer, data, result->focus);
    }
    write_result_path(writer, data, result);
    if (result->value != RP_TERM_NONE) {
        write_property(writer, "value");
        write_term(writer, data, result->value);
    }
    write_source_shape(writer, data, numbered.part, result);
    write_property(writer, "sourceConstraintComponent");
    rp_turtle_write_term(writer->buffer, &component);
    if (rp_result_constraint_node(data, result) != RP_TERM_NONE) {
        write_property(writer, "sourceConstraint");
        write_policy_node(writer, data, numbered.part, rp_result_constraint_node(data, result));
    }
    write_property(writer, "resultSeverity");
    write_term(writer, data, rp_result_severity(data, result));
    RP_TRY(write_messages(writer, data, result));
    RP_TRY(write_results(writer, "detail", result->details, numbered.part));
    if (result->details_are_cut) {
        write_mark(writer, "detailsTruncated");
    }
    rp_buffer_append_string(writer->buffer, " .\n");
    RP_TRY(rp_buffer_status(writer->buffer, writer->error));
    return rp_arena_poll_bytes(writer->buffer->arena, writer->buffer->length - start,
                               writer->error);
}

RpStatus
rp_report_graph_write(RpBuffer *buffer, const RpReportPart *parts, uint32_t part_count,
                      RpError *error)
{
    GraphWriter writer = {
        .buffer = buffer, .parts = parts, .part_count = part_count, .error = error};
    bool conforms = true;
    bool is_cut = false;

    rp_buffer_init(&writer.message, buffer->arena);
    RP_TRY(choose_labels(&writer));
    for (uint32_t i = 0; i < part_count; i++) {
        conforms = conforms && rp_report_conforms(parts[i].report);
        is_cut = is_cut || parts[i].report->is_cut;
    }
    rp_turtle_write_prefixes(buffer);
    rp_buffer_append_string(buffer, "\n[] a sh:ValidationReport");
    write_property(&writer, "conforms");
    rp_buffer_append_string(buffer, conforms ? "true" : "false");
    if (is_cut) {
        write_mark(&writer, "truncated");
    }
    for (uint32_t i = 0; i < part_count; i++) {
        RP_TRY(write_results(&writer, "result", parts[i].report->first, i));
    }
    rp_buffer_append_string(buffer, " .\n");
    for (uint32_t i = 0; i < writer.result_count; i++) {
        RP_TRY(write_result(&writer, i + 1));
    }
    return rp_buffer_status(buffer, error);
}
