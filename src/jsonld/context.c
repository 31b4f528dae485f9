/* See context.h. */
#include "jsonld/context.h"

#include "jsonld/json_bytes.h"
#include "rdf/term.h"

const RpContextTerm *
rp_context_table_find(const RpContextTable *table, RpText name, uint32_t hash)
{
    if (table->term_count == 0) {
        return NULL;
    }
    for (uint32_t slot = hash & table->slot_mask; table->slots[slot].term != 0;
         slot = (slot + 1) & table->slot_mask) {
        const RpContextTerm *term = &table->terms[table->slots[slot].term - 1];

        if (table->slots[slot].hash == hash &&
            rp_text_equals((RpText){table->strings + term->name.offset, term->name.length}, name)) {
            return term;
        }
    }
    return NULL;
}

RpFoundTerm
rp_context_find(const RpActiveContext *context, RpText name, uint32_t hash)
{
    for (; context; context = context->parent) {
        const RpContextTerm *term = rp_context_table_find(&context->table, name, hash);

        if (term && !(term->flags & RP_TERM_IS_PENDING)) {
            return (RpFoundTerm){term->flags & RP_TERM_IS_ABSENT ? NULL : term, context};
        }
    }
    return (RpFoundTerm){NULL, NULL};
}

void
rp_context_slots_put(RpContextSlot *slots, uint32_t slot_mask, uint32_t hash, uint32_t index)
{
    uint32_t slot = hash & slot_mask;

    while (slots[slot].term != 0) {
        slot = (slot + 1) & slot_mask;
    }
    slots[slot] = (RpContextSlot){hash, index + 1};
}

uint32_t
rp_context_slot_mask(uint32_t term_count)
{
    uint32_t count = 4;

    while (count / 2 < term_count && count < UINT32_C(0x80000000)) {
        count *= 2;
    }
    return count - 1;
}

const RpJson *
rp_context_scoped_source(RpArena *arena, RpFoundTerm found, RpError *error)
{
    const RpContextTable *table = &found.layer->table;
    RpJsonDocument *document;

    if (!table->sources) {
        return table->values[found.term->scoped_source - 1];
    }
    document = rp_arena_allocate(arena, sizeof(*document));
    if (!document) {
        rp_arena_failure(arena, error);
        return NULL;
    }
    rp_json_document_init(document, arena);
    if (rp_json_bytes_read(document, table->sources + found.term->scoped_source - 1, error) !=
        RP_OK) {
        return NULL;
    }
    return &document->root;
}

static bool
texts_equal(RpFoundTerm a, RpContextText a_text, RpFoundTerm b, RpContextText b_text)
{
    return rp_text_equals(rp_context_text(a.layer, a_text), rp_context_text(b.layer, b_text));
}

bool
rp_context_terms_equal(RpArena *arena, RpFoundTerm a, RpFoundTerm b)
{
    const RpContextTerm *x = a.term;
    const RpContextTerm *y = b.term;
    const RpJson *x_source;
    const RpJson *y_source;
    RpError error;

    if (x == y) {
        return true;
    }
    if (((x->flags ^ y->flags) & ~RP_TERM_IS_PROTECTED) != 0 || x->keyword != y->keyword ||
        x->type_keyword != y->type_keyword || x->containers != y->containers ||
        x->direction != y->direction || !texts_equal(a, x->iri, b, y->iri) ||
        !texts_equal(a, x->type, b, y->type) || !texts_equal(a, x->language, b, y->language) ||
        !texts_equal(a, x->index, b, y->index) || !texts_equal(a, x->nest, b, y->nest) ||
        (x->scoped_source == 0) != (y->scoped_source == 0)) {
        return false;
    }
    if (x->scoped_source == 0) {
        return true;
    }
    x_source = rp_context_scoped_source(arena, a, &error);
    y_source = rp_context_scoped_source(arena, b, &error);
    return x_source && y_source && rp_json_equals(x_source, y_source);
}

bool
rp_jsonld_iri_is_valid(RpText iri, uint32_t checked_length)
{
    const char *fragment = iri.length > 0 ? memchr(iri.data, '#', iri.length) : NULL;
    RpError ignored;

    if (fragment && memchr(fragment + 1, '#', (size_t)(iri.data + iri.length - (fragment + 1)))) {
        return false;
    }
    return (checked_length > 0 ? rp_iri_check_rest(iri, checked_length, &ignored)
                               : rp_iri_check(iri, &ignored)) == RP_OK;
}

RpIriForm
rp_jsonld_iri_form(RpText iri, uint32_t checked_length)
{
    if (rp_text_starts_with(iri, RP_TEXT("_:"))) {
        return RP_IRI_BLANK;
    }
    if (!rp_iri_is_absolute(iri)) {
        return RP_IRI_RELATIVE;
    }
    return rp_jsonld_iri_is_valid(iri, checked_length) ? RP_IRI_VALID : RP_IRI_MALFORMED;
}
