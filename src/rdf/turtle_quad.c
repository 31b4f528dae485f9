/* See turtle_quad.h. */
#include "rdf/turtle_quad.h"

static uint32_t
blank_end(RpText text, uint32_t offset)
{
    while (rp_text_byte(text, offset) == ' ' || rp_text_byte(text, offset) == '\t') {
        offset++;
    }
    return offset;
}

/* The offset after an IRIREF; the offset itself: its > is missing. */
static uint32_t
iri_end(RpText text, uint32_t offset)
{
    uint32_t end = offset + 1;

    while (end < text.length && (rp_turtle_is_iri_byte(text.data[end]) || text.data[end] == '\\')) {
        end++;
    }
    return rp_text_byte(text, end) == '>' ? end + 1 : offset;
}

/* The offset after a BLANK_NODE_LABEL, in which a dot is never last. */
static uint32_t
label_end(RpText text, uint32_t offset)
{
    uint32_t end = offset + 2;
    uint32_t dots;

    if (rp_text_byte(text, offset + 1) != ':') {
        return offset;
    }
    for (dots = end;
         rp_turtle_is_label_byte(rp_text_byte(text, dots)) || rp_text_byte(text, dots) == '.';
         dots++) {
        if (text.data[dots] != '.') {
            end = dots + 1;
        }
    }
    return end;
}

/*
 * Whether the byte that libserd looks at, the one before the offset, leaves the line's graph to
 * come: a space, or that before a term, which is none of the document's.
 */
static bool
is_before_graph(RpText document, uint32_t offset)
{
    char byte = document.data[offset - 1];

    return byte == ' ' || byte == '\t' || byte == '>' || byte == '"' ||
           rp_turtle_is_label_byte(byte);
}

bool
rp_turtle_quad_find(const RpTurtleSource *source, RpText *graph)
{
    RpText document = source->document;
    uint32_t start = blank_end(document, source->offset);
    uint32_t end = start;

    if (rp_text_byte(document, start) == '<') {
        end = iri_end(document, start);
    } else if (rp_text_byte(document, start) == '_') {
        end = label_end(document, start);
    }
    if (end == start || !is_before_graph(document, source->offset) ||
        rp_text_byte(document, blank_end(document, end)) != '.') {
        return false;
    }
    *graph = (RpText){document.data + start, end - start};
    return true;
}

void
rp_turtle_quad_pass(RpTurtleSource *source, RpText graph)
{
    source->has_quads = true;
    rp_turtle_source_replace(source, (uint32_t)(graph.data - source->document.data) + graph.length,
                             "");
}
