/* See jsonld_source.h. */
#include "pg/judge/jsonld_source.h"

#include "jsonld/jsonld_reader.h"
#include "pg/judge/data_triple.h"
#include "pg/judge/source_notice.h"
#include "pg/server/bridge.h"
#include "pg/server/guc.h"
#include "pg/shared/context_lookup.h"
#include "pg/term/jsonb_tree.h"

/* A triple of an expansion that is kept. */
typedef struct KeptTriple {
    RpTerm terms[3];
    RpPosition position;
} KeptTriple;

/* An expansion that is kept. */
typedef struct Expansion {
    struct Expansion *next;
    RpText context;   /* the default one that it began with; empty: none */
    bool has_dropped; /* something that may be refused */
    RpArena *arena;
    KeptTriple *triples;
    uint32_t count;
    uint32_t capacity;
} Expansion;

struct RpJsonldSource {
    MemoryContext context;
    RpArena *arena; /* of the tree and what is kept; NULL: not read yet */
    RpJsonDocument document;
    bool is_shared;
    Expansion *expansions;
};

RpJsonldSource *
rp_jsonld_source(void)
{
    RpJsonldSource *jsonld = palloc0(sizeof(RpJsonldSource));

    jsonld->context = CurrentMemoryContext;
    return jsonld;
}

void
rp_jsonld_source_share(RpJsonldSource *jsonld)
{
    jsonld->is_shared = true;
}

/* The memory outlives the reading that needs it first. */
static RpStatus
make_tree(RpJsonldSource *jsonld, const Jsonb *jsonb, RpError *error)
{
    MemoryContext caller = MemoryContextSwitchTo(jsonld->context);
    MemoryContext work = rp_bridge_context();
    RpArena *arena = rp_bridge_work_arena(work, 0);
    RpStatus status;

    MemoryContextSwitchTo(caller);
    rp_json_document_init(&jsonld->document, arena);
    status = rp_jsonb_tree(jsonb, &jsonld->document, error);
    if (status == RP_OK) {
        jsonld->arena = arena;
    } else {
        MemoryContextDelete(work);
    }
    return status;
}

/* How a document is read: as a policy has it, or by no policy. */
static const RpReading *
reading_of(const RpDataSource *source, const RpPolicyUse *use)
{
    return use != NULL ? &use->reading : &source->reading;
}

/* The default context for documents without one: the call's, else the policy's. */
static RpText
default_context(const RpDataSource *source, const RpPolicyUse *use)
{
    return source->context.length > 0 ? source->context : reading_of(source, use)->context;
}

bool
rp_jsonld_source_has_default(const RpDataSource *source, const RpPolicyUse *use)
{
    return default_context(source, use).length > 0;
}

/* Whether a document has contexts of its own: its object, or every element of its array. */
static bool
has_own_context(const RpJson *root)
{
    if (root->kind == RP_JSON_OBJECT) {
        return rp_json_member(root, RP_TEXT("@context")) != NULL;
    }
    for (uint32_t i = 0; i < root->length; i++) {
        if (rp_json_member(&root->items[i], RP_TEXT("@context")) == NULL) {
            return false;
        }
    }
    return root->length > 0;
}

/* One expansion of a document, as it is asked for. */
typedef struct Expanding {
    const RpDataSource *source;
    const RpReading *reading;
    RpText context; /* the default one that it begins with; empty: none */
    bool refuses_dropped;
    bool has_dropped; /* set when it is done */
} Expanding;

/* Expand the document into the sink; what goes into memory is of the arena. */
static RpStatus
expand(Expanding *expanding, RpArena *arena, const RpTripleSink *sink, RpError *error)
{
    const RpDataSource *source = expanding->source;
    RpGraphsRead read = {0};
    RpContextLookup lookup;
    RpJsonldDrops drops;
    RpJsonldOptions options = {
        .base_iri = source->base_iri,
        .default_context = expanding->context,
        .contexts = &lookup.set,
        .depth_limit = (uint32_t)rp_guc_max_depth,
        .graphs = source->graphs,
        .graph_iri = source->graph_iri,
        .graphs_read = &read,
        .drops = &drops,
        .refuses_drops = expanding->refuses_dropped,
        .rounds_decimals = !rp_guc_exact_decimals,
    };
    RpStatus status;

    rp_context_lookup_begin(&lookup, expanding->reading);
    memset(drops.counts, 0, sizeof(drops.counts));
    status = rp_jsonld_read(arena, &source->jsonld->document, &options, sink, error);
    status = rp_context_lookup_end(&lookup, status, error);
    if (status != RP_OK) {
        return status == RP_SYNTAX ? rp_error_prefix(error, "not valid as JSON-LD: ") : status;
    }
    expanding->has_dropped = rp_jsonld_drops_are_any(&drops);
    rp_tell_graphs(source, &read);
    return expanding->has_dropped ? rp_tell_drops(source, &drops, arena, error) : RP_OK;
}

/* A copy of a term: its texts are valid during the call only. */
static bool
keep_term(RpArena *arena, const RpTerm *term, RpTerm *kept)
{
    *kept = *term;
    return rp_arena_copy_text(arena, term->lexical, &kept->lexical) &&
           rp_arena_copy_text(arena, term->datatype, &kept->datatype) &&
           rp_arena_copy_text(arena, term->language, &kept->language);
}

/* RpTripleSink.triple: keep it. */
static RpStatus
keep_triple(void *state, const RpTerm *subject, const RpTerm *predicate, const RpTerm *object,
            RpPosition position, RpError *error)
{
    Expansion *expansion = state;
    RpArena *arena = expansion->arena;
    KeptTriple *triples =
        rp_arena_grow(arena, expansion->triples, expansion->count, expansion->count + 1,
                      &expansion->capacity, sizeof(KeptTriple));
    KeptTriple *triple;

    if (triples == NULL) {
        return rp_arena_failure(arena, error);
    }
    expansion->triples = triples;
    triple = &triples[expansion->count++];
    triple->position = position;
    return keep_term(arena, subject, &triple->terms[0]) &&
                   keep_term(arena, predicate, &triple->terms[1]) &&
                   keep_term(arena, object, &triple->terms[2])
               ? RP_OK
               : rp_arena_failure(arena, error);
}

static RpStatus
hand_on(const Expansion *expansion, const RpTripleSink *sink, RpArena *arena, RpError *error)
{
    for (uint32_t i = 0; i < expansion->count; i++) {
        const KeptTriple *triple = &expansion->triples[i];

        RP_TRY(rp_arena_poll(arena, error));
        RP_TRY(sink->triple(sink->state, &triple->terms[0], &triple->terms[1], &triple->terms[2],
                            triple->position, error));
    }
    return RP_OK;
}

/* The kept expansion that began with a context; NULL: there is none yet. */
static Expansion *
find_expansion(const RpJsonldSource *jsonld, RpText context)
{
    Expansion *expansion = jsonld->expansions;

    while (expansion != NULL && !rp_text_equals(expansion->context, context)) {
        expansion = expansion->next;
    }
    return expansion;
}

/* Expand the document, and keep its triples. */
static RpStatus
make_expansion(Expanding *expanding, Expansion **made, RpError *error)
{
    RpJsonldSource *jsonld = expanding->source->jsonld;
    Expansion *expansion = rp_arena_allocate_zero(jsonld->arena, sizeof(Expansion));
    RpTripleSink sink = {.state = expansion, .triple = keep_triple};

    if (expansion == NULL) {
        return rp_arena_failure(jsonld->arena, error);
    }
    expansion->context = expanding->context;
    expansion->arena = jsonld->arena;
    RP_TRY(expand(expanding, jsonld->arena, &sink, error));
    expansion->has_dropped = expanding->has_dropped;
    expansion->next = jsonld->expansions;
    jsonld->expansions = expansion;
    *made = expansion;
    return RP_OK;
}

/*
 * What an expansion that is kept has dropped, a policy may refuse: then the document is expanded
 * once more, for the error.
 */
static RpStatus
hand_on_kept(Expanding *expanding, RpArena *arena, const RpTripleSink *sink, RpError *error)
{
    Expansion *expansion = find_expansion(expanding->source->jsonld, expanding->context);

    if (expansion == NULL) {
        RP_TRY(make_expansion(expanding, &expansion, error));
    }
    if (expansion->has_dropped && expanding->reading->refuses_dropped) {
        expanding->refuses_dropped = true;
        RP_TRY(expand(expanding, arena, &rp_data_triple_nowhere, error));
    }
    return hand_on(expansion, sink, arena, error);
}

/* The tree is of the reading's memory too. */
RpStatus
rp_jsonld_source_read(const RpDataSource *source, const RpPolicyUse *use, RpArena *arena,
                      const RpTripleSink *sink, RpError *error)
{
    RpJsonldSource *jsonld = source->jsonld;
    Expanding expanding = {.source = source, .reading = reading_of(source, use)};

    if (jsonld->arena == NULL) {
        RP_TRY(make_tree(jsonld, source->jsonb, error));
    }
    arena->limit_bytes -= Min(arena->limit_bytes, jsonld->arena->used_bytes);
    if (!has_own_context(&jsonld->document.root)) {
        expanding.context = default_context(source, use);
    }
    if (jsonld->is_shared) {
        return hand_on_kept(&expanding, arena, sink, error);
    }
    expanding.refuses_dropped = expanding.reading->refuses_dropped;
    return expand(&expanding, arena, sink, error);
}

bool
rp_jsonld_source_is_read(const RpJsonldSource *jsonld)
{
    return jsonld != NULL && jsonld->arena != NULL;
}

void
rp_jsonld_source_pointer(const RpJsonldSource *jsonld, uint32_t number, RpBuffer *buffer)
{
    const RpJson *value = rp_json_value(&jsonld->document, number);

    if (value != NULL) {
        rp_json_pointer_append(buffer, value);
    }
}
