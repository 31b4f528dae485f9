/* See turtle_block.h. A brace is rare, so what stands before it is found out when it comes. */
#include "rdf/turtle_block.h"

#include "rdf/turtle_scan.h"

#define MARK_NAME " a _:" RP_TURTLE_BLOCK_MARK " ."
#define MARK_END "_:" RP_TURTLE_BLOCK_MARK MARK_NAME

static const char lacks_name[] = "GRAPH needs the name of a graph: an IRI or a blank node";
static const char lacks_brace[] = "\"{\" is expected after the name of a graph";

bool
rp_turtle_block_is_word(const RpTurtleSource *source)
{
    return source->reads_graphs && source->statement == RP_TURTLE_NO_TOKEN &&
           rp_turtle_is_keyword(source->document, source->offset, "graph");
}

bool
rp_turtle_block_word(RpTurtleSource *source)
{
    if (source->is_in_graph) {
        return rp_turtle_source_refuse(source, source->offset, "a graph may not stand in a graph");
    }
    source->has_braces = true;
    source->statement = RP_TURTLE_GRAPH_WORD;
    rp_turtle_source_replace(source, source->offset + (uint32_t)strlen("graph"), "");
    return true;
}

bool
rp_turtle_block_directive(RpTurtleSource *source)
{
    return !source->is_in_graph ||
           rp_turtle_source_refuse(source, source->offset, "a directive may not stand in a graph");
}

bool
rp_turtle_block_name(RpTurtleSource *source, bool is_name)
{
    char byte = rp_text_byte(source->document, source->offset);

    switch (source->statement) {
    case RP_TURTLE_GRAPH_WORD:
        if (!is_name && byte != '[') {
            return rp_turtle_source_refuse(source, source->offset, lacks_name);
        }
        source->statement = is_name ? RP_TURTLE_GRAPH_NAME : RP_TURTLE_GRAPH_BRACKET;
        source->statement_start = source->offset;
        return true;
    case RP_TURTLE_GRAPH_BRACKET:
        if (byte != ']') {
            return rp_turtle_source_refuse(source, source->offset, lacks_name);
        }
        source->statement = RP_TURTLE_GRAPH_NAME;
        return true;
    default:
        return rp_turtle_source_refuse(source, source->offset, lacks_brace);
    }
}

/* Whether what the statement has so far is one term that may name a graph. */
static bool
has_name(const RpTurtleSource *source)
{
    char first = rp_text_byte(source->document, source->statement_start);

    if (source->statement == RP_TURTLE_GRAPH_NAME || source->statement == RP_TURTLE_ANON) {
        return true;
    }
    return source->statement == RP_TURTLE_MORE && source->term_start == source->statement_start &&
           first != '(' && first != '@';
}

/* A { that is followed by a string begins no graph, but JSON. */
static bool
open_graph(RpTurtleSource *source)
{
    uint32_t offset = source->offset;
    bool is_default = source->statement == RP_TURTLE_NO_TOKEN;

    if (rp_text_byte(source->document, rp_turtle_space_end(source->document, offset + 1)) == '"') {
        return rp_turtle_source_refuse_byte(source, offset);
    }
    if (source->is_in_graph) {
        return rp_turtle_source_refuse(source, offset, "a graph may not stand in a graph");
    }
    if (source->statement == RP_TURTLE_GRAPH_WORD) {
        return rp_turtle_source_refuse(source, offset, lacks_name);
    }
    if (!is_default && !has_name(source)) {
        return rp_turtle_source_refuse(
            source, offset,
            "before \"{\" nothing but the name of a graph may stand: an IRI or a "
            "blank node");
    }
    source->has_braces = true;
    source->is_in_graph = true;
    source->graph_start = offset;
    source->statement = RP_TURTLE_NO_TOKEN;
    rp_turtle_source_replace(source, offset + 1, is_default ? "" : MARK_NAME);
    return true;
}

/* The dot before a } may be left out. */
static bool
close_graph(RpTurtleSource *source)
{
    uint32_t offset = source->offset;
    bool is_after_dot = source->statement == RP_TURTLE_NO_TOKEN;

    if (!source->is_in_graph) {
        return rp_turtle_source_refuse_byte(source, offset);
    }
    if (source->depth > 0) {
        return rp_turtle_source_refuse(source, offset, "\"[\" or \"(\" is not closed before \"}\"");
    }
    if (source->statement == RP_TURTLE_ANON) {
        return rp_turtle_source_refuse(source, offset,
                                       "a statement needs a predicate and an object after []");
    }
    source->is_in_graph = false;
    source->statement = RP_TURTLE_NO_TOKEN;
    rp_turtle_source_replace(source, offset + 1, is_after_dot ? MARK_END : " . " MARK_END);
    return true;
}

bool
rp_turtle_block_brace(RpTurtleSource *source)
{
    if (!source->reads_graphs) {
        return rp_turtle_source_refuse_byte(source, source->offset);
    }
    return source->document.data[source->offset] == '{' ? open_graph(source) : close_graph(source);
}

bool
rp_turtle_block_end(RpTurtleSource *source)
{
    if (source->is_in_graph) {
        return rp_turtle_source_refuse(source, source->graph_start, "\"{\" is not closed by \"}\"");
    }
    if (source->statement == RP_TURTLE_GRAPH_WORD) {
        return rp_turtle_source_refuse(source, source->offset, lacks_name);
    }
    return source->statement != RP_TURTLE_GRAPH_NAME ||
           rp_turtle_source_refuse(source, source->offset, lacks_brace);
}
