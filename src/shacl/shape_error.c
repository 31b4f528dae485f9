/* Errors about shapes: they name the shape first and say where it stands in the text. */
#include "shacl/shape_error.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/nearest.h"
#include "rdf/turtle_writer.h"

static const RpWellKnownPrefix dash_prefix = {
    {"dash", 4}, {"http://datashapes.org/dash#", sizeof "http://datashapes.org/dash#" - 1}};

/* Whether an IRI is in a namespace and has a local name there: then it is written prefix:local. */
static bool
write_in_namespace(RpBuffer *buffer, RpText iri, const RpWellKnownPrefix *known)
{
    if (!rp_text_starts_with(iri, known->namespace_iri) ||
        iri.length == known->namespace_iri.length) {
        return false;
    }
    rp_buffer_append_text(buffer, known->prefix);
    rp_buffer_append_byte(buffer, ':');
    rp_buffer_append_text(buffer, (RpText){iri.data + known->namespace_iri.length,
                                           iri.length - known->namespace_iri.length});
    return true;
}

static bool
write_known_iri(RpBuffer *buffer, RpText iri)
{
    for (uint32_t i = 0; i < rp_well_known_prefix_count; i++) {
        if (write_in_namespace(buffer, iri, &rp_well_known_prefixes[i])) {
            return true;
        }
    }
    return write_in_namespace(buffer, iri, &dash_prefix);
}

static RpPosition
position_of(const RpShapesGraph *graph, RpTermId term)
{
    return term < graph->position_capacity ? graph->positions[term] : (RpPosition){0};
}

const char *
rp_shape_error_show(const RpShapesGraph *graph, RpTermId id, RpShown *shown)
{
    RpTerm term = rp_dictionary_term(&graph->dictionary, id);
    RpPosition position = position_of(graph, id);
    RpBuffer buffer;

    rp_buffer_init(&buffer, graph->arena);
    if (term.kind != RP_IRI || !write_known_iri(&buffer, term.lexical)) {
        rp_term_write(&buffer, &term);
    }
    if (term.kind == RP_BLANK && position.line != 0) {
        rp_buffer_append_format(&buffer, " (line %u)", position.line);
    }
    return rp_text_show(buffer.has_failed ? term.lexical : rp_buffer_text(&buffer), shown);
}

RpText
rp_shape_error_nearest(RpText iri)
{
    uint32_t start = sizeof RP_SH - 1;
    RpNearest nearest;

    if (!rp_text_starts_with(iri, RP_TEXT(RP_SH))) {
        return RP_TEXT("");
    }
    rp_nearest_begin(&nearest, (RpText){iri.data + start, iri.length - start});
    for (uint32_t id = 1; id < RP_VOCABULARY_END; id++) {
        RpText known = rp_vocabulary_iri((RpVocabulary)id);

        if (rp_text_starts_with(known, RP_TEXT(RP_SH))) {
            rp_nearest_offer(&nearest, (RpText){known.data + start, known.length - start});
        }
    }
    return nearest.name;
}

void
rp_shape_error_place(RpError *error, const RpShapesGraph *graph, RpTermId node)
{
    RpPosition position = position_of(graph, node);

    error->line = position.line;
    error->column = position.column;
}

RpStatus
rp_shape_error_set(RpError *error, RpStatus status, const RpShapesGraph *graph, RpTermId shape,
                   const char *format, ...)
{
    char text[RP_ERROR_MESSAGE_SIZE];
    RpShown shown;
    va_list arguments;

    va_start(arguments, format);
    (void)vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    rp_error_set(error, status, "shape %s: %s", rp_shape_error_show(graph, shape, &shown), text);
    rp_shape_error_place(error, graph, shape);
    return status;
}

RpStatus
rp_shape_error_rule(RpError *error, const char *rule)
{
    char detail[RP_ERROR_DETAIL_SIZE];

    memcpy(detail, error->detail, sizeof detail);
    (void)snprintf(error->rule, sizeof error->rule, "%s", rule);
    return rp_error_detail(error, "%s%sSyntax rule: %s.", detail, detail[0] != '\0' ? " " : "",
                           rule);
}

RpStatus
rp_shape_error_wrap(RpError *error, const RpShapesGraph *graph, RpTermId shape, const char *about)
{
    RpError inner = *error;

    rp_shape_error_set(error, inner.status, graph, shape, "%s%s", about, inner.message);
    memcpy(error->detail, inner.detail, sizeof error->detail);
    memcpy(error->hint, inner.hint, sizeof error->hint);
    memcpy(error->rule, inner.rule, sizeof error->rule);
    return error->status;
}
