/*
 * Property paths. A path is read only from the value of sh:path: what else looks like a path in the
 * graph is not looked at. A node that is a list is a sequence, whatever else it may be (the test
 * suite's path-strange).
 */
#include "shacl/path_reader.h"

#include "rdf/rdf_list.h"
#include "shacl/shape_error.h"

/* Nodes of one path. Parts may be shared, so that a small graph can mean an endless path. */
enum { RP_PATH_NODE_LIMIT = 10000 };

typedef struct RpPathReader {
    const RpShapesGraph *graph;
    uint32_t depth_limit;
    uint32_t node_count;
    RpError *error;
} RpPathReader;

/* The path nodes above the one being read: the same node among them would be an endless path. */
typedef struct RpPathAncestor {
    RpTermId node;
    uint32_t depth;
    const struct RpPathAncestor *parent;
} RpPathAncestor;

static RpStatus read_node(RpPathReader *reader, RpTermId node, const RpPathAncestor *parent,
                          RpPath **path);

/* The caller puts the shape's name before it: a path does not know whose it is. */
static RpStatus
fail(RpPathReader *reader, RpTermId node, const char *rule, const char *message)
{
    RpShown shown;

    rp_error_set(reader->error, RP_ILL_FORMED, "sh:path %s", message);
    rp_error_detail(reader->error, "The path node is %s.",
                    rp_shape_error_show(reader->graph, node, &shown));
    return rp_shape_error_rule(reader->error, rule);
}

/* In the graph's arena: the path lives as long as the shapes do. */
static RpStatus
make_path(RpPathReader *reader, RpPathKind kind, uint32_t part_count, RpPath **path)
{
    RpArena *arena = reader->graph->arena;
    RpPath *made = rp_arena_allocate_zero(arena, sizeof *made);

    if (made == NULL) {
        return rp_arena_failure(arena, reader->error);
    }
    made->kind = kind;
    made->part_count = part_count;
    if (part_count > 0) {
        made->parts = rp_arena_allocate(arena, part_count * sizeof(RpPath *));
        if (made->parts == NULL) {
            return rp_arena_failure(arena, reader->error);
        }
    }
    *path = made;
    return RP_OK;
}

/* A sequence or alternative from its list. */
static RpStatus
read_list(RpPathReader *reader, RpPathKind kind, RpTermId list, const RpPathAncestor *ancestor,
          RpPath **path)
{
    const char *rule = kind == RP_PATH_SEQUENCE ? "path-sequence" : "path-alternative";
    RpTermId *members;
    uint32_t count;
    RpStatus status =
        rp_rdf_list_read(&reader->graph->graph, list, &members, &count, reader->error);

    if (status == RP_ILL_FORMED) {
        RpError inner = *reader->error;

        rp_error_set(reader->error, RP_ILL_FORMED, "sh:path: %s", inner.message);
        rp_error_detail(reader->error, "%s", inner.detail);
        return rp_shape_error_rule(reader->error, rule);
    }
    RP_TRY(status);
    if (count < 2) {
        return fail(reader, ancestor->node, rule, "has a list of less than two members");
    }
    if (count > RP_PATH_NODE_LIMIT) {
        return rp_error_set(reader->error, RP_TOO_LARGE, "sh:path has more than %d parts",
                            RP_PATH_NODE_LIMIT);
    }
    RP_TRY(make_path(reader, kind, count, path));
    for (uint32_t i = 0; i < count; i++) {
        RP_TRY(read_node(reader, members[i], ancestor, &(*path)->parts[i]));
    }
    return RP_OK;
}

/* 2.3.1.3 to 2.3.1.7: a blank node with one of these, and nothing else, is that path. */
static RpPathKind
kind_of_predicate(RpTermId predicate)
{
    switch (predicate) {
    case RP_VOCABULARY_sh_inversePath:
        return RP_PATH_INVERSE;
    case RP_VOCABULARY_sh_alternativePath:
        return RP_PATH_ALTERNATIVE;
    case RP_VOCABULARY_sh_zeroOrMorePath:
        return RP_PATH_ZERO_OR_MORE;
    case RP_VOCABULARY_sh_oneOrMorePath:
        return RP_PATH_ONE_OR_MORE;
    case RP_VOCABULARY_sh_zeroOrOnePath:
        return RP_PATH_ZERO_OR_ONE;
    default:
        return RP_PATH_PREDICATE;
    }
}

/*
 * A list is a sequence before it is anything else. Any other node must be the subject of one
 * triple, so that what it says is one path and not a choice between two.
 */
static RpStatus
read_blank(RpPathReader *reader, const RpPathAncestor *self, RpPath **path)
{
    RpTripleRange triples = rp_graph_subject(&reader->graph->graph, self->node);
    RpPathKind kind;

    if (rp_triple_range_count(
            rp_graph_objects(&reader->graph->graph, self->node, RP_VOCABULARY_rdf_first)) > 0) {
        return read_list(reader, RP_PATH_SEQUENCE, self->node, self, path);
    }
    if (rp_triple_range_count(triples) != 1) {
        return fail(reader, self->node, "path-metarule",
                    "has a blank node that is not the subject of exactly one triple");
    }
    kind = kind_of_predicate(triples.first->predicate);
    if (kind == RP_PATH_PREDICATE) {
        return fail(reader, self->node, "path-metarule", "has a blank node that is no path");
    }
    if (kind == RP_PATH_ALTERNATIVE) {
        return read_list(reader, kind, triples.first->object, self, path);
    }
    RP_TRY(make_path(reader, kind, 1, path));
    return read_node(reader, triples.first->object, self, &(*path)->parts[0]);
}

/* Depth, size and cycles, before a node is read. */
static RpStatus
check_bounds(RpPathReader *reader, const RpPathAncestor *self)
{
    const RpHost *host = reader->graph->arena->host;

    RP_TRY(rp_arena_poll(reader->graph->arena, reader->error));
    for (const RpPathAncestor *above = self->parent; above != NULL; above = above->parent) {
        if (above->node == self->node) {
            return fail(reader, self->node, "path-non-recursive", "contains itself");
        }
    }
    if (self->depth > reader->depth_limit || host->stack_is_deep(host->state)) {
        return rp_error_set(reader->error, RP_TOO_DEEP, "sh:path is nested more than %u deep",
                            reader->depth_limit);
    }
    if (++reader->node_count > RP_PATH_NODE_LIMIT) {
        return rp_error_set(reader->error, RP_TOO_LARGE, "sh:path has more than %d parts",
                            RP_PATH_NODE_LIMIT);
    }
    return RP_OK;
}

/*
 * An ancestor that comes again is a path within itself, refused by check_bounds: 2.3.1 forbids it,
 * and so no recursion here is without end.
 */
static RpStatus
read_node(RpPathReader *reader, RpTermId node, const RpPathAncestor *parent, RpPath **path)
{
    RpPathAncestor self = {node, parent == NULL ? 1 : parent->depth + 1, parent};

    switch (rp_dictionary_kind(&reader->graph->dictionary, node)) {
    case RP_LITERAL:
        return fail(reader, node, "path-metarule", "must be an IRI or a blank node, not a literal");
    case RP_IRI:
        if (node == RP_VOCABULARY_rdf_nil) {
            return fail(reader, node, "path-sequence", "has an empty list");
        }
        RP_TRY(check_bounds(reader, &self));
        RP_TRY(make_path(reader, RP_PATH_PREDICATE, 0, path));
        (*path)->predicate = node;
        return RP_OK;
    default:
        RP_TRY(check_bounds(reader, &self));
        return read_blank(reader, &self, path);
    }
}

RpStatus
rp_path_read(const RpShapesGraph *graph, RpTermId node, uint32_t depth_limit, RpPath **path,
             uint32_t *part_count, RpError *error)
{
    RpPathReader reader = {graph, depth_limit, 0, error};

    RP_TRY(read_node(&reader, node, NULL, path));
    *part_count = reader.node_count;
    return RP_OK;
}
