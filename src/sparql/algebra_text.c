/* See algebra_text.h. */
#include "sparql/algebra_text.h"

#include "sparql/function.h"

typedef struct Writing {
    RpBuffer *buffer;
    const RpAlgebra *algebra;
    const RpTermTable *table;
    const RpAlgebraTermWriter *terms;
} Writing;

static const char *const names[RP_ALGEBRA_KIND_END] = {[RP_ALGEBRA_INVERSE] = "^",
                                                       [RP_ALGEBRA_SEQUENCE] = "/",
                                                       [RP_ALGEBRA_ALTERNATIVE] = "|",
                                                       [RP_ALGEBRA_ZERO_OR_MORE] = "*",
                                                       [RP_ALGEBRA_ONE_OR_MORE] = "+",
                                                       [RP_ALGEBRA_ZERO_OR_ONE] = "?",
                                                       [RP_ALGEBRA_NEGATED] = "!",
                                                       [RP_ALGEBRA_TRIPLE] = "triple",
                                                       [RP_ALGEBRA_PATH] = "path",
                                                       [RP_ALGEBRA_BGP] = "bgp",
                                                       [RP_ALGEBRA_JOIN] = "join",
                                                       [RP_ALGEBRA_LEFT_JOIN] = "leftjoin",
                                                       [RP_ALGEBRA_UNION] = "union",
                                                       [RP_ALGEBRA_FILTER] = "filter",
                                                       [RP_ALGEBRA_EXTEND] = "extend",
                                                       [RP_ALGEBRA_VALUES] = "table",
                                                       [RP_ALGEBRA_GRAPH] = "graph $shapesGraph",
                                                       [RP_ALGEBRA_GROUP] = "group",
                                                       [RP_ALGEBRA_BINDING] = "key",
                                                       [RP_ALGEBRA_AGGREGATE] = "aggregate",
                                                       [RP_ALGEBRA_ORDER] = "order",
                                                       [RP_ALGEBRA_ORDER_KEY] = "asc",
                                                       [RP_ALGEBRA_PROJECT] = "project",
                                                       [RP_ALGEBRA_DISTINCT] = "distinct",
                                                       [RP_ALGEBRA_OFFSET] = "offset",
                                                       [RP_ALGEBRA_LIMIT] = "limit",
                                                       [RP_ALGEBRA_EXISTS] = "exists"};

static const char *const aggregate_names[RP_AGGREGATE_END] = {
    "count", "sum", "min", "max", "avg", "sample", "group_concat"};

static void
write_variable(const Writing *writing, uint32_t variable)
{
    uint32_t name = writing->algebra->variables[variable];

    rp_buffer_append_byte(writing->buffer, '?');
    if (name == 0) {
        rp_buffer_append_format(writing->buffer, "%u", variable);
    } else {
        rp_buffer_append_text(
            writing->buffer,
            rp_term_table_get(writing->table, writing->algebra->terms[name - 1]).lexical);
    }
}

/* What stands behind the bracket: the name, and what is no child. */
static void
write_head(const Writing *writing, const RpAlgebraNode *node)
{
    RpBuffer *buffer = writing->buffer;

    if (node->kind == RP_ALGEBRA_CALL) {
        rp_buffer_append_string(buffer, rp_functions[node->value].name);
        return;
    }
    if (node->kind == RP_ALGEBRA_EXISTS && node->detail == 1) {
        rp_buffer_append_string(buffer, "not ");
    }
    rp_buffer_append_string(buffer, node->kind == RP_ALGEBRA_ORDER_KEY && node->detail == 1
                                        ? "desc"
                                        : names[node->kind]);
    switch (node->kind) {
    case RP_ALGEBRA_AGGREGATE:
        rp_buffer_append_byte(buffer, ' ');
        write_variable(writing, node->value);
        rp_buffer_append_format(buffer, " %s%s",
                                aggregate_names[node->detail & ~(unsigned)RP_AGGREGATE_DISTINCT],
                                node->detail & RP_AGGREGATE_DISTINCT ? " distinct" : "");
        rp_buffer_append_string(buffer, node->child_count == 0 ? " *" : "");
        break;
    case RP_ALGEBRA_EXTEND:
    case RP_ALGEBRA_BINDING:
        rp_buffer_append_byte(buffer, ' ');
        write_variable(writing, node->value);
        break;
    case RP_ALGEBRA_OFFSET:
    case RP_ALGEBRA_LIMIT:
        rp_buffer_append_format(buffer, " %u", node->value);
        break;
    default:
        break;
    }
}

static bool
begins_line(RpAlgebraKind kind)
{
    return (kind >= RP_ALGEBRA_TRIPLE && kind <= RP_ALGEBRA_GROUP) || kind == RP_ALGEBRA_ORDER ||
           (kind >= RP_ALGEBRA_PROJECT && kind <= RP_ALGEBRA_LIMIT);
}

static void
begin_line(RpBuffer *buffer, uint32_t indent)
{
    rp_buffer_append_byte(buffer, '\n');
    for (uint32_t i = 0; i < indent; i++) {
        rp_buffer_append_byte(buffer, ' ');
    }
}

static void
write_node(const Writing *writing, uint32_t index, uint32_t indent)
{
    const RpAlgebraNode *node = &writing->algebra->nodes[index];
    uint32_t *children;

    switch (node->kind) {
    case RP_ALGEBRA_CONSTANT:
        writing->terms->write(writing->terms->state, writing->buffer,
                              writing->algebra->terms[node->value]);
        return;
    case RP_ALGEBRA_VARIABLE:
        write_variable(writing, node->value);
        return;
    case RP_ALGEBRA_UNDEFINED:
        rp_buffer_append_string(writing->buffer, "undef");
        return;
    default:
        break;
    }
    children =
        rp_arena_allocate(writing->buffer->arena, sizeof(uint32_t) * (node->child_count + 1));
    if (!children) {
        writing->buffer->has_failed = true;
        return;
    }
    rp_algebra_children(writing->algebra, index, children);
    rp_buffer_append_byte(writing->buffer, '(');
    write_head(writing, node);
    for (uint32_t i = 0; i < node->child_count; i++) {
        if (begins_line((RpAlgebraKind)writing->algebra->nodes[children[i]].kind)) {
            begin_line(writing->buffer, indent + 2);
        } else {
            rp_buffer_append_byte(writing->buffer, ' ');
        }
        write_node(writing, children[i], indent + 2);
    }
    rp_buffer_append_byte(writing->buffer, ')');
}

void
rp_algebra_text_write(RpBuffer *buffer, const RpAlgebra *algebra, const RpTermTable *table,
                      const RpAlgebraTermWriter *terms, uint32_t indent)
{
    Writing writing = {buffer, algebra, table, terms};

    for (uint32_t i = 0; i < indent; i++) {
        rp_buffer_append_byte(buffer, ' ');
    }
    write_node(&writing, rp_algebra_root(algebra), indent);
}
