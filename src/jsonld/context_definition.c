/*
 * An object as a context: its own entries, and its terms (JSON-LD 1.1 API, 4.1, whose steps the
 * numbers are; context_internal.h).
 */
#include "jsonld/context_internal.h"
#include "jsonld/jsonld_error.h"
#include "rdf/term.h"
#include "xsd/number.h"

/* An entry of a context definition: its own, else that of the context that it imports. */
static const RpJson *
definition_entry(const RpJson *const objects[2], const char *key)
{
    const RpJson *entry = rp_json_member(objects[0], rp_text_from(key));

    return entry || !objects[1] ? entry : rp_json_member(objects[1], rp_text_from(key));
}

/* Whether a value is the number 1.1, however it is written. */
static bool
is_version(const RpJson *value)
{
    RpDecimal version;
    RpDecimal expected;

    return value->kind == RP_JSON_NUMBER && rp_decimal_read(rp_json_text(value), &version) &&
           rp_decimal_read(RP_TEXT("1.1"), &expected) &&
           rp_decimal_compare(&version, &expected) == 0;
}

/* 5.5 and 5.6: @version, and the context that @import names. */
static RpStatus
process_import(RpContextWork *work, const RpJson *objects[2])
{
    RpContextProcessing *processing = work->processing;
    const RpJson *version = rp_json_member(objects[0], RP_TEXT("@version"));
    const RpJson *import = rp_json_member(objects[0], RP_TEXT("@import"));
    RpText iri;
    RpShown shown;

    if (version && !is_version(version)) {
        return rp_context_fail(processing, version, RP_SYNTAX, "invalid @version value",
                               "@version must be the number 1.1");
    }
    if (!import) {
        return RP_OK;
    }
    if (import->kind != RP_JSON_STRING) {
        return rp_context_fail(processing, import, RP_SYNTAX, "invalid @import value",
                               "@import must be a string");
    }
    RP_TRY(rp_context_resolve_reference(work, import, &iri));
    RP_TRY(rp_context_load(processing, import, iri, &objects[1]));
    if (objects[1]->kind != RP_JSON_OBJECT) {
        return rp_context_fail(processing, import, RP_SYNTAX, "invalid remote context",
                               "the context <%s>, which is imported, is no object",
                               rp_text_show(iri, &shown));
    }
    if (rp_json_member(objects[1], RP_TEXT("@import"))) {
        return rp_context_fail(processing, import, RP_SYNTAX, "invalid context entry",
                               "the context <%s>, which is imported, imports another one",
                               rp_text_show(iri, &shown));
    }
    return RP_OK;
}

/* 5.7: @base, which counts in the document alone. */
static RpStatus
process_base(RpContextWork *work, const RpJson *entry)
{
    RpContextProcessing *processing = work->processing;
    RpActiveContext *draft = &work->builder.draft;
    RpBuffer buffer;
    RpShown shown;

    if (!entry || work->scope->remotes) {
        return RP_OK;
    }
    if (work->trace) {
        work->trace->is_bound = true;
    }
    work->builder.has_changed = true;
    if (entry->kind == RP_JSON_NULL) {
        draft->base_iri = RP_TEXT("");
        return RP_OK;
    }
    if (entry->kind != RP_JSON_STRING) {
        return rp_context_fail(processing, entry, RP_SYNTAX, "invalid base IRI",
                               "@base must be a string or null");
    }
    if (rp_iri_is_absolute(rp_json_text(entry))) {
        draft->base_iri = rp_json_text(entry);
        return RP_OK;
    }
    if (draft->base_iri.length == 0) {
        return rp_context_fail(processing, entry, RP_SYNTAX, "invalid base IRI",
                               "\"%s\" is relative, and no base IRI is known",
                               rp_text_show(rp_json_text(entry), &shown));
    }
    rp_buffer_init(&buffer, processing->arena);
    rp_iri_resolve_append(&buffer, rp_json_text(entry), draft->base_iri);
    draft->base_iri = rp_buffer_text(&buffer);
    return rp_buffer_status(&buffer, processing->error);
}

/* 5.8: @vocab. */
static RpStatus
process_vocab(RpContextWork *work, const RpJson *entry)
{
    RpContextProcessing *processing = work->processing;
    RpContextBuilder *builder = &work->builder;
    RpBuffer buffer;
    RpExpandedIri vocab;
    RpIriExpansion expansion = {.processing = processing,
                                .work = work,
                                .buffer = &buffer,
                                .is_vocab = true,
                                .is_document_relative = true};

    if (!entry) {
        return RP_OK;
    }
    builder->has_changed = true;
    if (entry->kind == RP_JSON_NULL) {
        builder->draft.has_vocab = false;
    } else if (entry->kind == RP_JSON_STRING) {
        rp_buffer_init(&buffer, processing->arena);
        RP_TRY(rp_iri_expand(&expansion, rp_json_text(entry), &vocab));
        if (vocab.is_null || vocab.keyword != RP_KEYWORD_NONE_AT_ALL) {
            return rp_context_fail(processing, entry, RP_SYNTAX, "invalid vocab mapping",
                                   "@vocab must expand to an IRI or a blank node");
        }
        builder->draft.has_vocab = true;
        builder->draft.vocab = vocab.text;
        builder->draft.vocab_form = rp_jsonld_iri_form(vocab.text, 0);
    } else {
        return rp_context_fail(processing, entry, RP_SYNTAX, "invalid vocab mapping",
                               "@vocab must be a string or null");
    }
    if (builder->trace) {
        builder->trace->sets_vocab = true;
    }
    return RP_OK;
}

/* 5.9 and 5.10: @language and @direction. */
static RpStatus
process_language(RpContextWork *work, const RpJson *language, const RpJson *direction)
{
    RpContextBuilder *builder = &work->builder;

    if (language && language->kind != RP_JSON_NULL && language->kind != RP_JSON_STRING) {
        return rp_context_fail(work->processing, language, RP_SYNTAX, "invalid default language",
                               "@language must be a string or null");
    }
    if (language) {
        builder->has_changed = true;
        builder->draft.language =
            language->kind == RP_JSON_STRING ? rp_json_text(language) : RP_TEXT("");
    }
    if (direction) {
        builder->has_changed = true;
        builder->draft.direction = RP_DIRECTION_NULL;
        if (rp_json_is_string(direction, RP_TEXT("ltr"))) {
            builder->draft.direction = RP_DIRECTION_LTR;
        } else if (rp_json_is_string(direction, RP_TEXT("rtl"))) {
            builder->draft.direction = RP_DIRECTION_RTL;
        } else if (direction->kind != RP_JSON_NULL) {
            return rp_context_fail(work->processing, direction, RP_SYNTAX, "invalid base direction",
                                   "@direction must be \"ltr\", \"rtl\" or null");
        }
    }
    if (builder->trace) {
        builder->trace->sets_language |= language != NULL;
        builder->trace->sets_direction |= direction != NULL;
    }
    return RP_OK;
}

/* 5.11, and @protected of the context definition. */
static RpStatus
process_flags(RpContextWork *work, const RpJson *const objects[2])
{
    const RpJson *propagate = definition_entry(objects, "@propagate");
    const RpJson *protected = definition_entry(objects, "@protected");

    if (propagate && propagate->kind != RP_JSON_TRUE && propagate->kind != RP_JSON_FALSE) {
        return rp_context_fail(work->processing, propagate, RP_SYNTAX, "invalid @propagate value",
                               "@propagate must be true or false");
    }
    if (protected && protected->kind != RP_JSON_TRUE && protected->kind != RP_JSON_FALSE) {
        return rp_context_fail(work->processing, protected, RP_SYNTAX, "invalid @protected value",
                               "@protected must be true or false");
    }
    work->is_protected = protected && protected->kind == RP_JSON_TRUE;
    return RP_OK;
}

/* Room for the indexes of the terms of objects. */
static RpStatus
make_added_room(RpContextWork *work, const RpJson *const objects[2])
{
    size_t count = (size_t)objects[0]->length + (objects[1] ? objects[1]->length : 0);

    work->added_count = 0;
    work->added = rp_arena_allocate(work->processing->arena, count * sizeof(*work->added));
    return work->added ? RP_OK : rp_arena_failure(work->processing->arena, work->processing->error);
}

/* Make the terms of an object pending ones of the layer. Those of another one that are there
 * already, since it overrides this one, stay. */
static RpStatus
add_terms(RpContextWork *work, const RpJson *object, bool overrides)
{
    static const uint32_t others =
        RP_KEYWORD_BIT(RP_KEYWORD_BASE) | RP_KEYWORD_BIT(RP_KEYWORD_DIRECTION) |
        RP_KEYWORD_BIT(RP_KEYWORD_IMPORT) | RP_KEYWORD_BIT(RP_KEYWORD_LANGUAGE) |
        RP_KEYWORD_BIT(RP_KEYWORD_PROPAGATE) | RP_KEYWORD_BIT(RP_KEYWORD_PROTECTED) |
        RP_KEYWORD_BIT(RP_KEYWORD_VERSION) | RP_KEYWORD_BIT(RP_KEYWORD_VOCAB);
    RpContextProcessing *processing = work->processing;

    for (uint32_t i = 0; i < object->length; i++) {
        const RpJson *member = &object->items[i];
        RpText key = rp_json_key(member);
        RpKeyword keyword = rp_keyword_find(key);
        uint32_t index;

        if (keyword != RP_KEYWORD_NONE_AT_ALL && keyword != RP_KEYWORD_TYPE &&
            !(others & RP_KEYWORD_BIT(keyword))) {
            RpShown shown;

            return rp_context_fail(processing, member, RP_SYNTAX, "keyword redefinition",
                                   "%s is a keyword, and cannot be defined",
                                   rp_text_show(key, &shown));
        }
        if (keyword == RP_KEYWORD_TYPE || !rp_keyword_is_form(key)) {
            RP_TRY(rp_arena_poll(processing->arena, processing->error));
            RP_TRY(rp_context_builder_add(&work->builder, key,
                                          rp_context_hash(&processing->hash_key, key), &index));
            if (overrides || !work->builder.entries[index].source) {
                work->builder.entries[index].source = member;
                work->added[work->added_count++] = index;
            }
        }
    }
    return RP_OK;
}

/* 5.13: create the definitions of the terms that have none yet. */
static RpStatus
create_terms(RpContextWork *work)
{
    for (uint32_t i = 0; i < work->added_count; i++) {
        if (work->builder.entries[work->added[i]].source) {
            RP_TRY(rp_context_term_create(work, work->added[i]));
        }
    }
    return RP_OK;
}

/*
 * Process the scoped contexts of new terms, to find errors in them. The recommendation has it done
 * while a term is defined (4.2.2, step 21), when itself and later terms are missing; a scoped
 * context is used when all of them are there, and may refer to them.
 */
static RpStatus
check_scoped_contexts(RpContextWork *work)
{
    static const char code[] = "invalid scoped context";
    RpContextProcessing *processing = work->processing;
    RpContextBuilder *builder = &work->builder;
    RpContextScope scope = *work->scope;

    scope.overrides_protected = true;
    scope.propagates = true;
    scope.validates = true;
    for (uint32_t i = 0; i < work->added_count; i++) {
        uint32_t index = work->added[i];
        const RpActiveContext *ignored;
        const RpJson *source;
        RpStatus status;

        if (!builder->entries[index].has_scoped) {
            continue;
        }
        builder->entries[index].has_scoped = false;
        source = builder->values[builder->terms[index].scoped_source - 1];
        status = rp_context_process(processing, &builder->draft, source, &scope, &ignored);
        if (status == RP_SYNTAX && strcmp(processing->error->rule, code) != 0) {
            return rp_jsonld_recode(processing->error, code);
        }
        /* What a registered context lacks may be registered later: it is missed when the term is
         * used. */
        if (status != RP_UNDEFINED || !work->scope->remotes) {
            RP_TRY(status);
        }
    }
    return RP_OK;
}

RpStatus
rp_context_process_definition(RpContextWork *work, const RpJson *object)
{
    const RpJson *objects[2] = {object, NULL};

    if (object->kind != RP_JSON_OBJECT) {
        return rp_context_fail(work->processing, object, RP_SYNTAX, "invalid local context",
                               "a context must be an object, the IRI of one, or null");
    }
    rp_context_work_builder(work);
    RP_TRY(process_import(work, objects));
    RP_TRY(process_base(work, definition_entry(objects, "@base")));
    RP_TRY(process_vocab(work, definition_entry(objects, "@vocab")));
    RP_TRY(process_language(work, definition_entry(objects, "@language"),
                            definition_entry(objects, "@direction")));
    RP_TRY(process_flags(work, objects));
    RP_TRY(make_added_room(work, objects));
    RP_TRY(add_terms(work, object, true));
    if (objects[1]) {
        RP_TRY(add_terms(work, objects[1], false));
    }
    RP_TRY(create_terms(work));
    return check_scoped_contexts(work);
}
