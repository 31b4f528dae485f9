/* IRI expansion (JSON-LD 1.1 API, 5.2; context_internal.h). */
#include "jsonld/context_internal.h"

#include "rdf/term.h"

/* The definition of a name. */
static RpStatus
find_term(const RpIriExpansion *expansion, RpText name, RpFoundTerm *found)
{
    if (expansion->work) {
        return rp_context_term_find(expansion->work, name, found);
    }
    *found = rp_context_find(expansion->active, name,
                             rp_context_hash(&expansion->processing->hash_key, name));
    return RP_OK;
}

/* The active context, as it is so far. */
static const RpActiveContext *
active_context(const RpIriExpansion *expansion)
{
    return expansion->work ? &expansion->work->builder.draft : expansion->active;
}

/* Put a prefix before a rest, into the buffer. */
static RpStatus
concatenate(const RpIriExpansion *expansion, RpText prefix, RpIriForm form, RpText rest,
            RpExpandedIri *expanded)
{
    RpBuffer *buffer = expansion->buffer;

    RP_TRY(rp_context_count_long(expansion->processing, prefix.length, rest.length));
    buffer->length = 0;
    rp_buffer_append_text(buffer, prefix);
    rp_buffer_append_text(buffer, rest);
    expanded->text = rp_buffer_text(buffer);
    expanded->is_compact = true;
    expanded->checked_length = form == RP_IRI_VALID ? prefix.length : 0;
    return rp_buffer_status(buffer, expansion->processing->error);
}

/* Step 6: a text with a colon. Sets *is_done where it is the result. */
static RpStatus
expand_with_colon(const RpIriExpansion *expansion, RpText value, uint32_t colon,
                  RpExpandedIri *expanded, bool *is_done)
{
    RpText prefix = {value.data, colon};
    RpText suffix = {value.data + colon + 1, value.length - colon - 1};
    RpFoundTerm found;

    *is_done = true;
    if (rp_text_equals(prefix, RP_TEXT("_")) || rp_text_starts_with(suffix, RP_TEXT("//"))) {
        return RP_OK;
    }
    RP_TRY(find_term(expansion, prefix, &found));
    if (found.term && (found.term->flags & RP_TERM_IS_PREFIX) &&
        !(found.term->flags & RP_TERM_IS_NULL)) {
        return concatenate(expansion, rp_context_text(found.layer, found.term->iri),
                           (RpIriForm)found.term->iri_form, suffix, expanded);
    }
    *is_done = rp_iri_is_absolute(value);
    return RP_OK;
}

/* Step 8: against the base. Without one the reference stays as it is. */
static RpStatus
resolve(const RpIriExpansion *expansion, RpText value, RpExpandedIri *expanded)
{
    RpText base = active_context(expansion)->base_iri;
    RpBuffer *buffer = expansion->buffer;

    if (expansion->work && expansion->work->builder.trace) {
        expansion->work->builder.trace->is_bound = true;
    }
    if (base.length == 0) {
        return RP_OK;
    }
    RP_TRY(rp_context_count_long(expansion->processing, base.length, value.length));
    buffer->length = 0;
    rp_iri_resolve_append(buffer, value, base);
    expanded->text = rp_buffer_text(buffer);
    return rp_buffer_status(buffer, expansion->processing->error);
}

/* Step 7: behind the vocabulary mapping, if there is one. */
static RpStatus
expand_by_vocab(const RpIriExpansion *expansion, RpText value, RpExpandedIri *expanded,
                bool *is_done)
{
    const RpActiveContext *active = active_context(expansion);
    RpContextTrace *trace = expansion->work ? expansion->work->builder.trace : NULL;

    if (trace && !trace->sets_vocab) {
        trace->uses_vocab = true;
    }
    *is_done = active->has_vocab;
    return active->has_vocab
               ? concatenate(expansion, active->vocab, active->vocab_form, value, expanded)
               : RP_OK;
}

RpStatus
rp_iri_expand(const RpIriExpansion *expansion, RpText value, RpExpandedIri *expanded)
{
    const char *colon;
    RpFoundTerm found;
    bool is_done = false;

    *expanded = (RpExpandedIri){.keyword = rp_keyword_find(value), .text = value};
    if (expanded->keyword != RP_KEYWORD_NONE_AT_ALL) {
        return RP_OK;
    }
    if (rp_keyword_is_form(value)) {
        expanded->is_null = true;
        return RP_OK;
    }
    RP_TRY(find_term(expansion, value, &found));
    if (found.term && found.term->keyword != RP_KEYWORD_NONE_AT_ALL) {
        expanded->keyword = (RpKeyword)found.term->keyword;
        return RP_OK;
    }
    if (found.term && expansion->is_vocab) {
        expanded->is_null = (found.term->flags & RP_TERM_IS_NULL) != 0;
        expanded->text = rp_context_text(found.layer, found.term->iri);
        expanded->checked_length = found.term->iri_form == RP_IRI_VALID ? expanded->text.length : 0;
        return rp_context_count_long(expansion->processing, expanded->text.length, 0);
    }
    colon = value.length > 1 ? memchr(value.data + 1, ':', value.length - 1) : NULL;
    if (colon) {
        /* The first colon of all, which may be the first character. */
        uint32_t offset = value.data[0] == ':' ? 0 : (uint32_t)(colon - value.data);

        RP_TRY(expand_with_colon(expansion, value, offset, expanded, &is_done));
    }
    if (!is_done && expansion->is_vocab) {
        RP_TRY(expand_by_vocab(expansion, value, expanded, &is_done));
    }
    if (!is_done && expansion->is_document_relative) {
        return resolve(expansion, value, expanded);
    }
    return RP_OK;
}
