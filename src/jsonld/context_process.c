/* Context processing (JSON-LD 1.1 API, 4.1; context_internal.h). Numbers are its steps. */
#include "jsonld/context_internal.h"
#include "jsonld/jsonld_error.h"
#include "rdf/term.h"

#define LOADING_FAILED "loading remote context failed"

void
rp_context_processing_init(RpContextProcessing *processing, RpArena *arena,
                           const RpJsonldContextSet *contexts, RpText original_base, RpError *error)
{
    *processing = (RpContextProcessing){.arena = arena,
                                        .contexts = contexts,
                                        .hash_key = arena->host->hash_key,
                                        .original_base = original_base,
                                        .error = error};
    if (contexts) {
        processing->hash_key = contexts->hash_key;
    }
}

RpStatus
rp_context_vfail(RpContextProcessing *processing, const RpJson *place, RpStatus status,
                 const char *code, const char *format, va_list arguments)
{
    const RpJson *root = place;
    RpText iri = {0};

    while (root->container) {
        root = root->container;
    }
    for (const RpContextDocument *document = processing->documents; document;
         document = document->next) {
        if (document->root == root) {
            iri = document->iri;
        }
    }
    return rp_jsonld_vfail(processing->arena, place, iri, processing->error, status, code, format,
                           arguments);
}

RpStatus
rp_context_fail(RpContextProcessing *processing, const RpJson *place, RpStatus status,
                const char *code, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    rp_context_vfail(processing, place, status, code, format, arguments);
    va_end(arguments);
    return status;
}

RpStatus
rp_context_count_long(RpContextProcessing *processing, uint32_t prefix_length, uint32_t rest_length)
{
    RpArena *arena = processing->arena;

    if (prefix_length <= RP_CONTEXT_LONG_BYTES) {
        return RP_OK;
    }
    processing->long_bytes += (uint64_t)prefix_length + rest_length;
    if (processing->long_bytes <= arena->limit_bytes / RP_CONTEXT_LONG_SHARE) {
        return RP_OK;
    }
    arena->has_met_limit = true;
    rp_arena_failure(arena, processing->error);
    return rp_error_detail(processing->error,
                           "An IRI, prefix, @vocab or base of %u bytes is written out again and "
                           "again.",
                           prefix_length);
}

RpContextBuilder *
rp_context_work_builder(RpContextWork *work)
{
    if (!work->has_builder) {
        rp_context_builder_init(&work->builder, work->processing, work->result, work->trace);
        work->has_builder = true;
    }
    return &work->builder;
}

/* End the layer that is made, if there is one. */
static RpStatus
finish_builder(RpContextWork *work)
{
    if (!work->has_builder) {
        return RP_OK;
    }
    work->has_builder = false;
    return rp_context_builder_finish(&work->builder, &work->result);
}

/* 5.1: null takes all terms away. */
static RpStatus
process_null(RpContextWork *work, const RpJson *place)
{
    const RpActiveContext *before;
    const RpActiveContext *initial;
    bool has_protected = work->has_builder ? work->builder.draft.has_protected
                                           : work->result && work->result->has_protected;

    if (has_protected && !work->scope->overrides_protected) {
        return rp_context_fail(work->processing, place, RP_SYNTAX, "invalid context nullification",
                               "null would take protected terms away");
    }
    if (work->trace) {
        work->trace->is_bound = true;
    }
    RP_TRY(finish_builder(work));
    before = work->result;
    initial = rp_context_initial(work->processing, work->processing->original_base);
    if (!initial) {
        return rp_arena_failure(work->processing->arena, work->processing->error);
    }
    work->result = initial;
    if (!work->scope->propagates) {
        RpContextBuilder *builder = rp_context_work_builder(work);

        builder->draft.previous = before;
        builder->has_changed = true;
    }
    return RP_OK;
}

RpStatus
rp_context_resolve_reference(RpContextWork *work, const RpJson *reference, RpText *iri)
{
    RpContextProcessing *processing = work->processing;
    RpBuffer buffer;
    RpShown shown;

    *iri = rp_json_text(reference);
    if (rp_iri_is_absolute(*iri)) {
        return RP_OK;
    }
    if (work->scope->base_url.length == 0) {
        rp_context_fail(processing, reference, RP_SYNTAX, "loading document failed",
                        "the context \"%s\" is a relative IRI, and no base IRI is known",
                        rp_text_show(*iri, &shown));
        return rp_error_hint(processing->error,
                             "A context is named by the IRI that it is registered as, or "
                             "relative to base_iri => '<an IRI>'.");
    }
    rp_buffer_init(&buffer, processing->arena);
    rp_iri_resolve_append(&buffer, *iri, work->scope->base_url);
    *iri = rp_buffer_text(&buffer);
    return rp_buffer_status(&buffer, processing->error);
}

/* The set lacks a context. */
static RpStatus
refuse_unknown(RpContextProcessing *processing, const RpJson *place, RpText iri)
{
    RpShown shown;

    rp_context_fail(processing, place, RP_UNDEFINED, LOADING_FAILED,
                    "no context is registered as <%s>", rp_text_show(iri, &shown));
    return rp_error_hint(processing->error,
                         "Contexts are not fetched: register it with "
                         "rdf_context_register('%s', '{\"@context\": …}').",
                         rp_text_show(iri, &shown));
}

/* The @context of a remote document that has been loaded before; NULL: it has not. */
static const RpJson *
find_loaded(const RpContextProcessing *processing, RpText iri)
{
    for (const RpContextDocument *document = processing->documents; document;
         document = document->next) {
        if (rp_text_equals(document->iri, iri)) {
            return rp_json_member(document->root, RP_TEXT("@context"));
        }
    }
    return NULL;
}

/* Take note of the document of a remote context. */
static RpStatus
note_document(RpContextProcessing *processing, const RpJson *root, RpText iri)
{
    RpContextDocument *document = rp_arena_allocate(processing->arena, sizeof(*document));

    if (!document) {
        return rp_arena_failure(processing->arena, processing->error);
    }
    *document = (RpContextDocument){processing->documents, root, iri};
    processing->documents = document;
    return RP_OK;
}

RpStatus
rp_context_load(RpContextProcessing *processing, const RpJson *place, RpText iri,
                const RpJson **source)
{
    const RpJsonldContextSet *set = processing->contexts;
    const RpJsonDocument *body = NULL;
    const void *bytes = NULL;

    *source = find_loaded(processing, iri);
    if (*source) {
        return RP_OK;
    }
    if (set && !processing->compiles && set->compiled) {
        bytes = set->compiled(set->state, iri);
    } else if (set && processing->compiles && set->body) {
        body = set->body(set->state, iri);
    }
    if (bytes) {
        RP_TRY(rp_context_overlay_source(processing, bytes, source));
        return note_document(processing, (*source)->container, iri);
    }
    if (!body) {
        return refuse_unknown(processing, place, iri);
    }
    RP_TRY(note_document(processing, &body->root, iri));
    *source = rp_json_member(&body->root, RP_TEXT("@context"));
    if (rp_json_depth(body) > RP_CONTEXT_DEPTH_LIMIT) {
        return rp_context_fail(processing, body->deepest, RP_TOO_DEEP, NULL,
                               "the context is nested more than %d deep", RP_CONTEXT_DEPTH_LIMIT);
    }
    if (!*source) {
        RpShown shown;

        return rp_context_fail(processing, place, RP_SYNTAX, "invalid remote context",
                               "the document <%s> has no @context", rp_text_show(iri, &shown));
    }
    return RP_OK;
}

static RpStatus process_items(RpContextWork *work, const RpJson *local,
                              const RpContextScope *scope);

/* Whether the context of an IRI is being processed. */
static bool
is_within(const RpRemoteContext *remotes, RpText iri)
{
    for (; remotes; remotes = remotes->outer) {
        if (rp_text_equals(remotes->iri, iri)) {
            return true;
        }
    }
    return false;
}

/* Process the source of a remote context, in the layer that is made. */
static RpStatus
process_remote_source(RpContextWork *work, const RpJson *place, RpText iri,
                      const RpRemoteContext *remote)
{
    RpContextScope scope = *work->scope;
    const RpJson *source;
    RpStatus status;

    RP_TRY(rp_context_load(work->processing, place, iri, &source));
    scope.base_url = iri;
    scope.remotes = remote;
    scope.propagates = true;
    work->inclusions++;
    status = process_items(work, source, &scope);
    work->inclusions--;
    return status;
}

/*
 * A compiled context: laid over what is in force, else processed from its source. What that makes
 * is remembered, since a document may have many nodes that name the same context: where the context
 * stands in no other one, and so nothing else decides.
 */
static RpStatus
process_compiled(RpContextWork *work, const RpJson *place, const void *bytes,
                 const RpRemoteContext *remote)
{
    const RpContextScope *scope = work->scope;
    RpContextMemo wanted = {.active = work->result,
                            .what = bytes,
                            .way = (scope->overrides_protected ? 1u : 0u) |
                                   (scope->propagates ? 2u : 0u)};
    const RpActiveContext *result = NULL;
    bool is_kept = wanted.active && !scope->remotes && !scope->validates;

    RP_TRY(rp_context_overlay(work->processing, work->result, bytes, 0, scope, &result));
    if (!result && is_kept) {
        result = rp_context_memo_find(work->processing, &wanted);
    }
    if (result) {
        work->result = result;
        return RP_OK;
    }
    RP_TRY(process_remote_source(work, place, remote->iri, remote));
    if (!is_kept) {
        return RP_OK;
    }
    RP_TRY(finish_builder(work));
    wanted.result = work->result;
    return rp_context_memo_keep(work->processing, &wanted);
}

/* 5.2: a remote context of an IRI. */
static RpStatus
process_remote(RpContextWork *work, const RpJson *place, RpText iri)
{
    RpContextProcessing *processing = work->processing;
    const RpJsonldContextSet *set = processing->contexts;
    RpRemoteContext remote = {work->scope->remotes, iri};
    RpShown shown;

    if (is_within(work->scope->remotes, iri)) {
        /* Without end: the recommendation has no other code for it. */
        return work->scope->validates
                   ? RP_OK
                   : rp_context_fail(processing, place, RP_SYNTAX, "context overflow",
                                     "the context <%s> includes itself", rp_text_show(iri, &shown));
    }
    if (++processing->load_count > RP_CONTEXT_LOAD_LIMIT) {
        return rp_context_fail(processing, place, RP_TOO_LARGE, "context overflow",
                               "contexts include more than %d others, at <%s>",
                               RP_CONTEXT_LOAD_LIMIT, rp_text_show(iri, &shown));
    }
    if (!processing->compiles && set && set->compiled) {
        const void *bytes = set->compiled(set->state, iri);

        RP_TRY(finish_builder(work));
        if (bytes) {
            return process_compiled(work, place, bytes, &remote);
        }
    }
    return process_remote_source(work, place, iri, &remote);
}

/* 5: an item of a local context. */
static RpStatus
process_item(RpContextWork *work, const RpJson *item)
{
    RpText iri;

    RP_TRY(rp_arena_poll(work->processing->arena, work->processing->error));
    if (work->result && work->result->layers >= RP_CONTEXT_LAYER_LIMIT) {
        return rp_context_fail(work->processing, item, RP_TOO_LARGE, "context overflow",
                               "more than %d contexts are in force here", RP_CONTEXT_LAYER_LIMIT);
    }
    if (item->kind == RP_JSON_NULL) {
        return process_null(work, item);
    }
    if (item->kind == RP_JSON_STRING) {
        RP_TRY(rp_context_resolve_reference(work, item, &iri));
        return process_remote(work, item, iri);
    }
    return rp_context_process_definition(work, item);
}

/* 2 and 3: whether the context holds in nodes within too. */
static RpStatus
process_propagation(RpContextWork *work, const RpJson *local, RpContextScope *scope)
{
    const RpJson *propagate = rp_json_member(local, RP_TEXT("@propagate"));
    const RpActiveContext *active;

    if (propagate && (propagate->kind == RP_JSON_TRUE || propagate->kind == RP_JSON_FALSE)) {
        scope->propagates = propagate->kind == RP_JSON_TRUE;
        if (work->trace) {
            /* A part says it of itself; what it includes cannot. */
            work->trace->propagates = scope->propagates;
            work->trace->is_bound |= work->inclusions > 0;
        }
    }
    if (work->trace) {
        return RP_OK;
    }
    if (scope->propagates) {
        return RP_OK;
    }
    RP_TRY(finish_builder(work));
    active = work->result;
    if (!active || !active->previous) {
        RpContextBuilder *builder = rp_context_work_builder(work);

        builder->draft.previous = active;
        builder->has_changed = true;
    }
    return RP_OK;
}

/* The items of a local context. */
static RpStatus
process_each(RpContextWork *work, const RpJson *local)
{
    if (local->kind != RP_JSON_ARRAY) {
        return process_item(work, local);
    }
    for (uint32_t i = 0; i < local->length; i++) {
        RP_TRY(process_item(work, &local->items[i]));
    }
    return RP_OK;
}

/* Process a local context, in the layer that is made or in one that is begun. */
static RpStatus
process_items(RpContextWork *work, const RpJson *local, const RpContextScope *scope)
{
    const RpContextScope *outer = work->scope;
    RpContextScope own = *scope;
    RpStatus status;

    RP_TRY(process_propagation(work, local, &own));
    work->scope = &own;
    status = process_each(work, local);
    work->scope = outer;
    return status;
}

/* Process a local context from the start. */
static RpStatus
process_all(RpContextWork *work, const RpJson *local, const RpContextScope *scope)
{
    RpContextProcessing *processing = work->processing;
    RpArena *arena = processing->arena;
    uint32_t depth = processing->depth;
    RpStatus status;

    if (depth >= RP_CONTEXT_DEPTH_LIMIT || arena->host->stack_is_deep(arena->host->state)) {
        return rp_context_fail(processing, local, RP_TOO_DEEP, NULL,
                               "contexts are in each other more than %d deep", (int)depth);
    }
    if (depth == 0) {
        processing->load_count = 0;
    }
    processing->depth++;
    status = process_items(work, local, scope);
    processing->depth = depth;
    return status;
}

RpStatus
rp_context_process(RpContextProcessing *processing, const RpActiveContext *active,
                   const RpJson *local, const RpContextScope *scope, const RpActiveContext **result)
{
    RpContextWork work = {.processing = processing, .scope = scope, .result = active};

    RP_TRY(process_all(&work, local, scope));
    RP_TRY(finish_builder(&work));
    *result = work.result;
    return RP_OK;
}

RpStatus
rp_context_process_traced(RpContextProcessing *processing, const RpActiveContext *active,
                          const RpJson *local, const RpContextScope *scope, RpContextTrace *trace,
                          RpContextBuilder *builder)
{
    RpContextWork work = {
        .processing = processing, .scope = scope, .result = active, .trace = trace};

    *trace = (RpContextTrace){.propagates = -1};
    rp_context_work_builder(&work);
    RP_TRY(process_all(&work, local, scope));
    *builder = *rp_context_work_builder(&work);
    return RP_OK;
}

const RpActiveContext *
rp_context_initial(RpContextProcessing *processing, RpText base_iri)
{
    RpActiveContext *context = rp_arena_allocate_zero(processing->arena, sizeof(*context));

    if (context) {
        context->base_iri = base_iri;
        context->layers = 1;
    }
    return context;
}
