/* A parsed query → bytes, as algebra.h draws them. */
#include "sparql/syntax.h"

typedef struct Writer {
    RpParser *parser;
    RpAlgebraHeader header;
    RpTermId *terms; /* a set */
    uint32_t term_count;
    RpAlgebraNode *nodes;
    uint32_t node_count;
} Writer;

static void
count_nodes(Writer *writer, const RpSyntaxNode *node)
{
    writer->header.node_count++;
    writer->term_count += node->kind == RP_ALGEBRA_CONSTANT;
    for (const RpSyntaxNode *child = node->first; child; child = child->next) {
        count_nodes(writer, child);
    }
}

static void
collect_terms(Writer *writer, const RpSyntaxNode *node)
{
    if (node->kind == RP_ALGEBRA_CONSTANT) {
        writer->terms[writer->term_count++] = node->value;
    }
    for (const RpSyntaxNode *child = node->first; child; child = child->next) {
        collect_terms(writer, child);
    }
}

/* The names of variables, as literals; 0: hidden. */
static RpStatus
add_names(Writer *writer, RpTermId *names)
{
    RpParser *parser = writer->parser;

    for (uint32_t i = 0; i < parser->variable_count; i++) {
        RpTerm name = rp_term_literal(parser->names[i], RP_TEXT(""));

        names[i] = RP_TERM_NONE;
        if (parser->names[i].length > 0) {
            RP_TRY(rp_dictionary_add(parser->dictionary, &name, &names[i], parser->error));
        }
    }
    return RP_OK;
}

static uint32_t
index_of(const Writer *writer, RpTermId id)
{
    uint32_t low = 0;
    uint32_t high = writer->header.term_count - 1;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (writer->terms[middle] < id) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static RpStatus
refuse_depth(const Writer *writer)
{
    return rp_error_set(writer->parser->error, RP_TOO_DEEP,
                        "a query is nested deeper than %d levels", RP_ALGEBRA_DEPTH_LIMIT);
}

/* A subtree in post-order. */
static void
write_node(Writer *writer, const RpSyntaxNode *node)
{
    uint32_t first = writer->node_count;
    RpAlgebraNode written = {.kind = (uint8_t)node->kind,
                             .detail = (uint8_t)node->detail,
                             .depth = 1,
                             .value = node->value,
                             .child_count = node->child_count};

    for (const RpSyntaxNode *child = node->first; child; child = child->next) {
        write_node(writer, child);
        if (written.depth <= writer->nodes[writer->node_count - 1].depth) {
            written.depth = (uint16_t)(writer->nodes[writer->node_count - 1].depth + 1);
        }
    }
    if (node->kind == RP_ALGEBRA_CONSTANT) {
        written.value = index_of(writer, node->value);
    }
    if (node->kind == RP_ALGEBRA_FILTER) {
        written.detail = 0;
    }
    written.size = writer->node_count - first + 1;
    writer->nodes[writer->node_count++] = written;
}

static RpStatus
write_sections(Writer *writer, const RpSyntaxNode *root, const RpTermId *names, RpText *bytes)
{
    RpParser *parser = writer->parser;
    uint64_t size = rp_algebra_size(&writer->header);
    char *block = size < UINT32_MAX ? rp_arena_allocate_zero(parser->arena, (size_t)size) : NULL;
    RpAlgebra view;

    if (!block) {
        return rp_arena_failure(parser->arena, parser->error);
    }
    writer->header.size = (uint32_t)size;
    memcpy(block, &writer->header, sizeof(writer->header));
    rp_algebra_open(block, &view);
    for (uint32_t i = 0; i < parser->options->prebound_count; i++) {
        RP_TRY(rp_parser_variable(parser, parser->options->prebound[i].name,
                                  &((uint32_t *)view.prebound)[i]));
    }
    for (uint32_t i = 0; i < parser->variable_count; i++) {
        ((uint32_t *)view.variables)[i] =
            names[i] == RP_TERM_NONE ? 0 : index_of(writer, names[i]) + 1;
    }
    memcpy((RpTermId *)view.terms, writer->terms, sizeof(RpTermId) * writer->header.term_count);
    writer->nodes = (RpAlgebraNode *)view.nodes;
    write_node(writer, root);
    if (writer->nodes[writer->node_count - 1].depth > RP_ALGEBRA_DEPTH_LIMIT) {
        return refuse_depth(writer);
    }
    *bytes = (RpText){block, (uint32_t)size};
    return RP_OK;
}

/* Recursion is bounded: a tree has about RP_ALGEBRA_DEPTH_LIMIT levels. Heights are those of when
 * nodes were put together, and a basic graph pattern may have grown by a path since; what is
 * written knows its depth. */
RpStatus
rp_algebra_write(RpParser *parser, const RpSyntaxNode *root, RpText *bytes)
{
    Writer writer = {.parser = parser,
                     .header = {.format = RP_ALGEBRA_FORMAT,
                                .flags = parser->flags,
                                .prebound_count = parser->options->prebound_count,
                                .variable_count = parser->variable_count}};
    RpTermId *names =
        rp_arena_allocate(parser->arena, sizeof(RpTermId) * ((size_t)parser->variable_count + 1));

    if (!names) {
        return rp_arena_failure(parser->arena, parser->error);
    }
    if (root->height > RP_ALGEBRA_DEPTH_LIMIT) {
        return refuse_depth(&writer);
    }
    RP_TRY(add_names(&writer, names));
    count_nodes(&writer, root);
    writer.terms = rp_arena_allocate(
        parser->arena, sizeof(RpTermId) * ((size_t)writer.term_count + parser->variable_count + 1));
    if (!writer.terms) {
        return rp_arena_failure(parser->arena, parser->error);
    }
    writer.term_count = 0;
    collect_terms(&writer, root);
    for (uint32_t i = 0; i < parser->variable_count; i++) {
        if (names[i] != RP_TERM_NONE) {
            writer.terms[writer.term_count++] = names[i];
        }
    }
    writer.header.term_count = rp_term_ids_to_set(writer.terms, writer.term_count);
    return write_sections(&writer, root, names, bytes);
}
