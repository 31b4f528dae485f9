/* Errors within queries: they name the shape, and show the line of the document. */
#include <stdio.h>

#include "base/excerpt.h"
#include "rdf/turtle_literal.h"
#include "shacl/query_reader.h"
#include "shacl/shape_error.h"

/* "sh:select", and whose it is where that is not the shape itself. */
static const char *
show_property(const RpQuerySource *source, RpShown *shown)
{
    const RpParameters *parameters = source->parameters;
    const RpShapesGraph *graph = parameters->shapes->graph;
    const char *property = source->role == RP_QUERY_OF_ASK_VALIDATOR ? "sh:ask" : "sh:select";
    RpShown node;

    if (source->node == parameters->shapes->shapes[parameters->shape].node) {
        (void)snprintf(shown->text, sizeof shown->text, "%s", property);
    } else {
        (void)snprintf(shown->text, sizeof shown->text, "%s of %.1000s", property,
                       rp_shape_error_show(graph, source->node, &node));
    }
    return shown->text;
}

/* The prefix of the name at an offset of a text; false: no name stands there. */
static bool
find_prefix(RpText text, uint32_t offset, RpText *prefix)
{
    uint32_t end = offset;

    while (end < text.length && text.data[end] != ':' && (unsigned char)text.data[end] > ' ') {
        end++;
    }
    *prefix = (RpText){text.data + offset, end - offset};
    return end < text.length && text.data[end] == ':';
}

/* What the document calls its own, and the query does not see. */
static void
hint_at_prefix(const RpQuerySource *source, RpText text, uint32_t offset,
               const RpPrefixTable *prefixes)
{
    const RpShapesGraph *graph = source->parameters->shapes->graph;
    RpText prefix, ignored;

    if (!find_prefix(text, offset, &prefix) || rp_prefix_table_get(prefixes, prefix, &ignored)) {
        return;
    }
    for (uint32_t i = 0; i < graph->prefix_count; i++) {
        RpShown shown;

        if (rp_text_equals(graph->prefixes[i].prefix, prefix)) {
            rp_error_hint(source->parameters->error,
                          "The document declares this prefix, but SPARQL sees only sh:prefixes: "
                          "add sh:prefixes [ sh:declare [ sh:prefix \"%.*s\" ; sh:namespace "
                          "\"%s\"^^xsd:anyURI ] ].",
                          (int)prefix.length, prefix.data,
                          rp_text_show(graph->prefixes[i].namespace_iri, &shown));
            return;
        }
    }
}

/* The rule that an error is about; NULL: none of SHACL's. The message tells: the query's text may
 * have escapes. */
static const char *
rule_of(const RpError *inner, const char *rule)
{
    RpText message = rp_text_from(inner->message);

    if (inner->status != RP_ILL_FORMED) {
        return rule;
    }
    if (rp_text_starts_with(message, RP_TEXT("not a valid regular expression"))) {
        return NULL;
    }
    return rp_text_starts_with(message, RP_TEXT("$PATH")) ? "PATH-position"
                                                          : "pre-binding-limitations";
}

/* The error's place, in the document if the text stands in one; else in the text alone. */
static void
place(const RpQuerySource *source, RpTermId literal, uint32_t offset, const RpError *inner)
{
    const RpShapesGraph *graph = source->parameters->shapes->graph;
    const RpQueryPlace *place = rp_shapes_graph_query_place(graph, source->node, literal);
    RpError *error = source->parameters->error;
    RpPosition position;

    if (place == NULL) {
        memcpy(error->excerpt, inner->excerpt, sizeof error->excerpt);
        rp_error_detail(error, "Within the query it is line %u, column %u.", inner->line,
                        inner->column);
        return;
    }
    position = rp_turtle_literal_place(place->document, place->position, offset);
    error->line = position.line;
    error->column = position.column;
    (void)rp_error_excerpt(error, place->document);
}

RpStatus
rp_query_explain(const RpQuerySource *source, RpTermId literal, RpText text,
                 const RpPrefixTable *prefixes, const char *rule)
{
    RpParameters *parameters = source->parameters;
    RpError *error = parameters->error;
    RpError inner = *error;
    RpStatus status = inner.status == RP_SYNTAX ? RP_ILL_FORMED : inner.status;
    uint32_t offset = rp_text_offset(text, inner.line, inner.column);
    RpShown shown;

    rp_shape_error_set(error, status, parameters->shapes->graph,
                       parameters->shapes->shapes[parameters->shape].node, "%s: %s",
                       show_property(source, &shown), inner.message);
    if (inner.line != 0) {
        place(source, literal, offset, &inner);
    }
    memcpy(error->hint, inner.hint, sizeof error->hint);
    if (inner.status == RP_SYNTAX) {
        hint_at_prefix(source, text, offset, prefixes);
    }
    rule = rule_of(&inner, rule);
    return status == RP_ILL_FORMED && rule != NULL ? rp_shape_error_rule(error, rule) : status;
}
