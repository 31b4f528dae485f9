/* See validation.h. */
#include "validation.h"

#include <stdio.h>
#include <stdlib.h>

#include "host.h"
#include "image/image_builder.h"
#include "image/image_index.h"
#include "shacl/shape_reader.h"
#include "validate/details.h"
#include "validate/message.h"
#include "validate/path_write.h"

enum { ARENA_LIMIT = 256 << 20, DEPTH_LIMIT = 128, LINE_LIMIT = 1000 };

static const char prefixes[] = "@prefix ex: <http://ex/> .\n"
                               "@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
                               "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
                               "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n"
                               "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
                               "@prefix dash: <http://datashapes.org/dash#> .\n";

static const RpTurtleOptions turtle_options = {.depth_limit = RP_TURTLE_DEPTH_LIMIT,
                                               .prefix_limit = RP_TURTLE_PREFIX_LIMIT};

RpText
rp_test_with_prefixes(RpArena *arena, const char *text)
{
    RpBuffer buffer;

    rp_buffer_init(&buffer, arena);
    rp_buffer_append_string(&buffer, prefixes);
    rp_buffer_append_string(&buffer, text);
    return rp_buffer_text(&buffer);
}

static RpStatus
compile(RpTestRun *run, const char *text, uint32_t depth_limit, bool leaves_out)
{
    RpShapeReaderOptions options = {
        .leaves_out = leaves_out, .subclass_from_shapes = true, .depth_limit = depth_limit};
    RpShapesGraph graph;
    RpShapes shapes;
    RpText bytes;

    rp_shapes_graph_init(&graph, &run->arena);
    RP_TRY(rp_shapes_graph_read_turtle(&graph, rp_test_with_prefixes(&run->arena, text),
                                       &turtle_options, &run->error));
    RP_TRY(rp_shapes_read(&graph, &options, &shapes, &run->error));
    RP_TRY(rp_image_build(&run->arena, &shapes, ARENA_LIMIT, &bytes, &run->error));
    return rp_image_load(bytes, &rp_test_host.hash_key, &run->arena, &run->image, &run->error);
}

static RpStatus
offer_triple(void *state, const RpTerm *subject, const RpTerm *predicate, const RpTerm *object,
             RpPosition position, RpError *error)
{
    (void)position;
    return rp_data_graph_add(state, subject, predicate, object, error);
}

static RpStatus
begin(RpTestRun *run, const char *shapes, const char *data, uint32_t depth_limit, bool leaves_out)
{
    RpTripleSink sink = {.state = &run->data, .triple = offer_triple};

    rp_arena_init(&run->arena, &rp_test_host, ARENA_LIMIT);
    rp_report_init(&run->report, &run->arena, UINT64_MAX);
    RP_TRY(compile(run, shapes, depth_limit, leaves_out));
    rp_data_graph_init(&run->data, &run->image, &run->arena, 0);
    return rp_turtle_read(&run->arena, rp_test_with_prefixes(&run->arena, data), &turtle_options,
                          &sink, &run->error);
}

RpStatus
rp_test_run_begin(RpTestRun *run, const char *shapes, const char *data)
{
    return begin(run, shapes, data, DEPTH_LIMIT, false);
}

RpStatus
rp_test_run_begin_deep(RpTestRun *run, const char *shapes, const char *data, uint32_t depth_limit)
{
    return begin(run, shapes, data, depth_limit, false);
}

RpStatus
rp_test_run_validate(RpTestRun *run)
{
    RpReport *report = &run->report;

    RP_TRY(rp_validate(&run->data, DEPTH_LIMIT, report, &run->error));
    return rp_details_find(&report, 1, &run->error);
}

void
rp_test_run_end(RpTestRun *run)
{
    rp_arena_free(&run->arena);
}

RpStatus
rp_test_compile(const char *shapes)
{
    RpTestRun run;
    RpStatus status;

    rp_arena_init(&run.arena, &rp_test_host, ARENA_LIMIT);
    status = compile(&run, shapes, DEPTH_LIMIT, false);
    rp_test_run_end(&run);
    return status;
}

static void
write_term(RpBuffer *buffer, const RpDataGraph *data, RpTermId id)
{
    RpTerm term;

    if (id == RP_TERM_NONE) {
        rp_buffer_append_byte(buffer, '-');
        return;
    }
    term = rp_dictionary_term(&data->dictionary, id);
    if (term.kind == RP_IRI) {
        rp_iri_write_short(buffer, data, term.lexical);
        return;
    }
    rp_buffer_append_string(buffer, term.kind == RP_BLANK ? "_:" : "\"");
    rp_buffer_append_text(buffer, term.lexical);
    if (term.kind == RP_LITERAL) {
        rp_buffer_append_byte(buffer, '"');
        if (term.language.length > 0) {
            rp_buffer_append_byte(buffer, '@');
            rp_buffer_append_text(buffer, term.language);
        } else if (!rp_text_equals(term.datatype, RP_TEXT(RP_XSD "string"))) {
            rp_buffer_append_string(buffer, "^^");
            rp_iri_write_short(buffer, data, term.datatype);
        }
    }
}

/* Of a component of SHACL's what stands between the # and ConstraintComponent; else the IRI. */
static void
write_component(RpBuffer *buffer, const RpDataGraph *data, const RpResult *result)
{
    RpText iri = rp_result_component_iri(data, result);
    uint32_t start = (uint32_t)strlen(RP_SH);
    uint32_t end = iri.length - (uint32_t)strlen("ConstraintComponent");

    if (rp_text_starts_with(iri, RP_TEXT(RP_SH))) {
        rp_buffer_append(buffer, iri.data + start, end - start);
    } else {
        rp_buffer_append_text(buffer, iri);
    }
}

static void
write_result(RpBuffer *buffer, const RpDataGraph *data, const RpResult *result)
{
    const RpImageShape *shape = &data->image->shapes[result->shape];

    write_term(buffer, data, result->focus);
    rp_buffer_append_string(buffer, " | ");
    if (result->path == 0 && result->path_predicate == RP_TERM_NONE) {
        rp_buffer_append_byte(buffer, '-');
    }
    rp_path_write(buffer, data, result, true);
    rp_buffer_append_string(buffer, " | ");
    write_component(buffer, data, result);
    rp_buffer_append_string(buffer, " | ");
    write_term(buffer, data, result->value);
    rp_buffer_append_string(buffer, " | ");
    write_term(buffer, data, shape->severity);
    rp_buffer_append_string(buffer, " | ");
    if (rp_dictionary_kind(&data->dictionary, shape->node) == RP_BLANK) {
        rp_buffer_append_string(buffer, "[]");
    } else {
        write_term(buffer, data, shape->node);
    }
}

typedef void ResultWriter(RpBuffer *buffer, const RpDataGraph *data, const RpResult *result);

static int
compare_lines(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void
write_lines(RpTestRun *run, ResultWriter *write, char *out, size_t out_size)
{
    char *lines[LINE_LIMIT];
    size_t count = 0;
    size_t length = 0;

    for (const RpResult *result = run->report.first; result && count < LINE_LIMIT;
         result = result->next) {
        RpBuffer buffer;

        rp_buffer_init(&buffer, &run->arena);
        write(&buffer, &run->data, result);
        rp_buffer_append_byte(&buffer, '\0');
        lines[count++] = buffer.data;
    }
    qsort(lines, count, sizeof(lines[0]), compare_lines);
    (void)snprintf(out, out_size, "%s", count == 0 ? "conforms" : "");
    for (size_t i = 0; i < count && length < out_size; i++) {
        length +=
            (size_t)snprintf(out + length, out_size - length, "%s%s", i > 0 ? "\n" : "", lines[i]);
    }
}

static const char *
report_text(const char *shapes, const char *data, bool leaves_out, ResultWriter *write)
{
    static char text[1 << 16];
    RpTestRun run;
    RpStatus status = begin(&run, shapes, data, DEPTH_LIMIT, leaves_out);

    if (status == RP_OK) {
        status = rp_test_run_validate(&run);
    }
    if (status == RP_OK) {
        write_lines(&run, write, text, sizeof(text));
    } else {
        (void)snprintf(text, sizeof(text), "error %d: %s %s", (int)status, run.error.message,
                       run.error.detail);
    }
    rp_test_run_end(&run);
    return text;
}

const char *
rp_test_report(const char *shapes, const char *data)
{
    return report_text(shapes, data, false, write_result);
}

const char *
rp_test_report_leaving_out(const char *shapes, const char *data)
{
    return report_text(shapes, data, true, write_result);
}

const char *
rp_test_messages(const char *shapes, const char *data)
{
    return report_text(shapes, data, false, rp_message_write);
}
