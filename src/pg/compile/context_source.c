/* See context_source.h. All bodies become trees before the engine begins: nothing within it raises.
 */
#include "pg/compile/context_source.h"

#include "jsonld/context_compile.h"
#include "pg/term/jsonb_tree.h"

/* The bodies that a context is compiled with, its own first. */
typedef struct Bodies {
    RpText *iris;
    RpJsonDocument *documents;
    uint32 count;
    RpMissingContexts *missing;
} Bodies;

static RpStatus
read_document(RpJsonDocument *document, RpArena *arena, const Jsonb *jsonb, RpError *error)
{
    rp_json_document_init(document, arena);
    return rp_jsonb_tree(jsonb, document, error);
}

static RpStatus
read_bodies(Bodies *bodies, RpArena *arena, const RpContextSource *source, RpError *error)
{
    JsonbIterator *iterator = JsonbIteratorInit(&source->included->root);
    uint32 count = JB_ROOT_COUNT(source->included) + 1;
    JsonbIteratorToken token;
    JsonbValue value;

    bodies->iris = palloc(sizeof(RpText) * count);
    bodies->documents = palloc(sizeof(RpJsonDocument) * count);
    bodies->iris[0] = source->iri;
    RP_TRY(read_document(&bodies->documents[bodies->count++], arena, source->body, error));
    while ((token = JsonbIteratorNext(&iterator, &value, true)) != WJB_DONE) {
        if (token == WJB_KEY) {
            bodies->iris[bodies->count] =
                (RpText){value.val.string.val, (uint32_t)value.val.string.len};
        } else if (token == WJB_VALUE) {
            RP_TRY(read_document(&bodies->documents[bodies->count++], arena,
                                 JsonbValueToJsonb(&value), error));
        }
    }
    return RP_OK;
}

/* See RpJsonldContextSet. */
static const RpJsonDocument *
find_body(void *state, RpText iri)
{
    Bodies *bodies = state;

    for (uint32 i = 0; i < bodies->count; i++) {
        if (rp_text_equals(bodies->iris[i], iri)) {
            return &bodies->documents[i];
        }
    }
    if (bodies->missing->count < RP_MISSING_CONTEXT_LIMIT) {
        bodies->missing->iris[bodies->missing->count++] = iri;
    }
    return NULL;
}

RpStatus
rp_context_source_compile(RpArena *arena, const RpContextSource *source, const RpHashKey *hash_key,
                          RpText *compiled, RpMissingContexts *missing, RpError *error)
{
    Bodies bodies = {.missing = missing};
    RpJsonldContextSet set = {.state = &bodies, .hash_key = *hash_key, .body = find_body};

    missing->count = 0;
    RP_TRY(read_bodies(&bodies, arena, source, error));
    return rp_jsonld_context_compile(arena, source->iri, &bodies.documents[0], &set, compiled,
                                     error);
}
