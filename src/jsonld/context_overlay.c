/* Parts of compiled contexts as layers (context_bytes.h, context_internal.h). */
#include "jsonld/context_bytes.h"
#include "jsonld/json_bytes.h"

static RpText
part_text(const RpContextHeader *header, const RpContextPart *part, RpContextText text)
{
    return (RpText){(const char *)header + header->strings + part->strings + text.offset,
                    text.length};
}

/* Whether an active context has a term, be it hidden. */
static bool
has_terms(const RpActiveContext *active)
{
    while (active && active->table.term_count == 0) {
        active = active->parent;
    }
    return active != NULL;
}

/*
 * Whether what a part depends on is the same over an active context. Mostly that has no terms, or
 * none that looks like a compact IRI, and then little needs to be looked up.
 */
static bool
dependencies_hold(const RpContextHeader *header, const RpContextPart *part,
                  const RpActiveContext *active)
{
    const RpPartDependency *dependencies =
        rp_context_bytes_dependencies(header) + part->first_dependency;
    const RpContextTerm *terms = rp_context_bytes_terms(header);
    uint32_t count;

    if (part->flags & RP_PART_USES_VOCAB) {
        bool has_vocab = active && active->has_vocab;

        if (has_vocab != ((part->flags & RP_PART_EXPECTS_VOCAB) != 0) ||
            (has_vocab &&
             !rp_text_equals(active->vocab, part_text(header, part, part->expected_vocab)))) {
            return false;
        }
    }
    if (!has_terms(active)) {
        return !(part->flags & RP_PART_NEEDS_TERMS);
    }
    count = part->dependency_count - (active->has_colon ? 0 : part->missed_count);
    for (uint32_t i = 0; i < count; i++) {
        RpFoundTerm found = rp_context_find(active, part_text(header, part, dependencies[i].name),
                                            dependencies[i].hash);

        if (found.term != (dependencies[i].term ? &terms[dependencies[i].term - 1] : NULL)) {
            return false;
        }
    }
    return true;
}

/* Whether a layer leaves the protected terms below it as they are. What would be refused, or has to
 * be protected by what is below, is not for an overlay. */
static bool
protected_terms_hold(RpArena *arena, const RpActiveContext *active, const RpActiveContext *layer)
{
    for (const RpActiveContext *below = active; below && below->has_protected;
         below = below->parent) {
        for (uint32_t i = 0; i < below->table.term_count; i++) {
            const RpContextTerm *term = &below->table.terms[i];
            RpText name = rp_context_text(below, term->name);
            const RpContextTerm *own = term->flags & RP_TERM_IS_PROTECTED
                                           ? rp_context_table_find(&layer->table, name, term->hash)
                                           : NULL;

            if (own && (!(own->flags & RP_TERM_IS_PROTECTED) ||
                        !rp_context_terms_equal(arena, (RpFoundTerm){own, layer},
                                                (RpFoundTerm){term, below}))) {
                return false;
            }
        }
    }
    return true;
}

/* The layer that a part is, over an active context. */
static void
make_layer(const RpContextHeader *header, const RpContextPart *part, const RpActiveContext *active,
           const RpContextScope *scope, RpActiveContext *layer)
{
    bool propagates = part->flags & RP_PART_SAYS_PROPAGATE ? (part->flags & RP_PART_PROPAGATES) != 0
                                                           : scope->propagates;

    *layer = active ? *active : (RpActiveContext){0};
    layer->parent = active;
    layer->layers++;
    layer->table =
        (RpContextTable){.terms = rp_context_bytes_terms(header) + part->first_term,
                         .slots = rp_context_bytes_slots(header) + part->first_slot,
                         .term_count = part->term_count,
                         .slot_mask = part->slot_mask,
                         .strings = (const char *)header + header->strings + part->strings,
                         .sources = (const char *)header + header->sources,
                         .bytes = header};
    if (part->flags & RP_PART_SETS_VOCAB) {
        layer->has_vocab = (part->flags & RP_PART_HAS_VOCAB) != 0;
        layer->vocab = part_text(header, part, part->vocab);
        layer->vocab_form = (RpIriForm)part->vocab_form;
    }
    if (part->flags & RP_PART_SETS_LANGUAGE) {
        layer->language = part_text(header, part, part->language);
    }
    if (part->flags & RP_PART_SETS_DIRECTION) {
        layer->direction = (uint8_t)part->direction;
    }
    layer->has_protected |= (part->flags & RP_PART_HAS_PROTECTED) != 0;
    layer->has_scoped |= (part->flags & RP_PART_HAS_SCOPED) != 0;
    layer->has_colon |= (part->flags & RP_PART_HAS_COLON) != 0;
    if (!propagates && !(active && active->previous)) {
        layer->previous = active;
    }
}

RpStatus
rp_context_overlay(RpContextProcessing *processing, const RpActiveContext *active,
                   const void *bytes, uint32_t part_index, const RpContextScope *scope,
                   const RpActiveContext **result)
{
    const RpContextHeader *header = bytes;
    const RpContextPart *part = rp_context_bytes_parts(header) + part_index;
    RpActiveContext *layer;

    *result = NULL;
    if ((part_index == 0 && !header->has_root) || !dependencies_hold(header, part, active)) {
        return RP_OK;
    }
    layer = rp_arena_allocate(processing->arena, sizeof(*layer));
    if (!layer) {
        return rp_arena_failure(processing->arena, processing->error);
    }
    make_layer(header, part, active, scope, layer);
    layer->first_mark = processing->mark_count + 1;
    processing->mark_count += part->term_count;
    if (scope->overrides_protected || protected_terms_hold(processing->arena, active, layer)) {
        *result = layer;
    }
    return RP_OK;
}

RpStatus
rp_context_overlay_source(RpContextProcessing *processing, const void *bytes, const RpJson **source)
{
    const RpContextHeader *header = bytes;
    RpJsonDocument *document = rp_arena_allocate(processing->arena, sizeof(*document));

    if (!document) {
        return rp_arena_failure(processing->arena, processing->error);
    }
    rp_json_document_init(document, processing->arena);
    RP_TRY(rp_json_bytes_read(document, (const char *)header + header->sources, processing->error));
    *source = &document->root.items[0];
    return RP_OK;
}
