/* See jsonld_reader.h. */
#include "jsonld/jsonld_reader.h"

#include "jsonld/walk_internal.h"
#include "rdf/term.h"

/* The active context in which the document begins. */
static RpStatus
begin_context(RpWalk *walk, const RpActiveContext **active)
{
    const RpJsonldOptions *options = walk->options;
    RpJsonDocument *document;
    RpContextScope scope = {.base_url = options->base_iri, .propagates = true};

    *active = rp_context_initial(&walk->contexts, options->base_iri);
    if (!*active) {
        return rp_arena_failure(walk->arena, walk->error);
    }
    if (options->default_context.length == 0) {
        return RP_OK;
    }
    document = rp_arena_allocate(walk->arena, sizeof(*document));
    if (!document) {
        return rp_arena_failure(walk->arena, walk->error);
    }
    rp_json_document_init(document, walk->arena);
    rp_json_set_scalar(&document->root, RP_JSON_STRING, options->default_context);
    return rp_context_process(&walk->contexts, *active, &document->root, &scope, active);
}

static RpStatus
walk_document(RpWalk *walk)
{
    RpWalkLink link = {.kind = RP_LINK_NONE};
    RpWalkPlace place = {.is_free = true};
    const RpJsonDocument *document = walk->document;
    bool is_there;

    if (rp_json_depth(document) > walk->options->depth_limit) {
        rp_walk_fail(walk, document->deepest, NULL,
                     "the document is nested %u deep, and the limit is %u",
                     (unsigned)rp_json_depth(document), (unsigned)walk->options->depth_limit);
        return walk->error->status = RP_TOO_DEEP;
    }
    RP_TRY(begin_context(walk, &place.active));
    return rp_walk_value(walk, place, &document->root, &link, &is_there);
}

RpStatus
rp_jsonld_read(RpArena *arena, const RpJsonDocument *document, const RpJsonldOptions *options,
               const RpTripleSink *sink, RpError *error)
{
    RpWalk walk = {
        .arena = arena, .document = document, .options = options, .sink = sink, .error = error};

    if (options->base_iri.length > 0) {
        RP_TRY(rp_iri_check(options->base_iri, error));
    }
    rp_context_processing_init(&walk.contexts, arena, options->contexts, options->base_iri, error);
    rp_buffer_init(&walk.names, arena);
    rp_buffer_init(&walk.scratch, arena);
    rp_buffer_init(&walk.literal, arena);
    rp_walk_enter_graph(&walk, NULL, true);
    walk.graph_is_announced = true;
    RP_TRY(walk_document(&walk));
    if (options->graphs_read) {
        *options->graphs_read = walk.graphs_read;
    }
    return RP_OK;
}
