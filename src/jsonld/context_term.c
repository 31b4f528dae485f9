/* Create term definition (JSON-LD 1.1 API, 4.2; context_internal.h). Numbers are its steps. */
#include "jsonld/term_making.h"
#include "rdf/term.h"

RpStatus
rp_making_fail(RpTermMaking *making, const RpJson *place, const char *code, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    rp_context_vfail(making->work->processing, place, RP_SYNTAX, code, format, arguments);
    va_end(arguments);
    return RP_SYNTAX;
}

RpStatus
rp_making_expand(RpTermMaking *making, RpText text, RpExpandedIri *expanded)
{
    RpIriExpansion expansion = {.processing = making->work->processing,
                                .work = making->work,
                                .buffer = &making->buffer,
                                .is_vocab = true};

    return rp_iri_expand(&expansion, text, expanded);
}

/* Sort the members of an expanded term definition by their keywords; there are no others (25). */
static RpStatus
read_members(RpTermMaking *making)
{
    static const uint32_t known =
        RP_KEYWORD_BIT(RP_KEYWORD_ID) | RP_KEYWORD_BIT(RP_KEYWORD_REVERSE) |
        RP_KEYWORD_BIT(RP_KEYWORD_CONTAINER) | RP_KEYWORD_BIT(RP_KEYWORD_CONTEXT) |
        RP_KEYWORD_BIT(RP_KEYWORD_DIRECTION) | RP_KEYWORD_BIT(RP_KEYWORD_INDEX) |
        RP_KEYWORD_BIT(RP_KEYWORD_LANGUAGE) | RP_KEYWORD_BIT(RP_KEYWORD_NEST) |
        RP_KEYWORD_BIT(RP_KEYWORD_PREFIX) | RP_KEYWORD_BIT(RP_KEYWORD_PROTECTED) |
        RP_KEYWORD_BIT(RP_KEYWORD_TYPE);
    RpShown shown;

    for (uint32_t i = 0; i < making->source->length; i++) {
        const RpJson *member = &making->source->items[i];
        RpKeyword keyword = rp_keyword_find(rp_json_key(member));

        if (!(known & RP_KEYWORD_BIT(keyword))) {
            return rp_making_fail(making, member, RP_INVALID_TERM,
                                  "\"%s\" is no entry of a term definition",
                                  rp_text_show(rp_json_key(member), &shown));
        }
        making->members[keyword] = member;
    }
    return RP_OK;
}

/* 4: @type itself may be given a container and protected, nothing else. */
static RpStatus
check_type_term(RpTermMaking *making)
{
    const RpJson *source = making->source;
    bool is_allowed = source->kind == RP_JSON_OBJECT && source->length > 0;

    for (uint32_t i = 0; is_allowed && i < source->length; i++) {
        const RpJson *member = &source->items[i];
        RpKeyword keyword = rp_keyword_find(rp_json_key(member));

        is_allowed =
            keyword == RP_KEYWORD_PROTECTED ||
            (keyword == RP_KEYWORD_CONTAINER && rp_json_is_string(member, RP_TEXT("@set")));
    }
    return is_allowed
               ? RP_OK
               : rp_making_fail(making, source, "keyword redefinition",
                                "@type may be given \"@container\": \"@set\" and @protected, "
                                "nothing else");
}

/* 11: @protected. */
static RpStatus
read_protected(RpTermMaking *making)
{
    const RpJson *member = making->members[RP_KEYWORD_PROTECTED];
    bool is_protected = making->work->is_protected;

    if (member && member->kind != RP_JSON_TRUE && member->kind != RP_JSON_FALSE) {
        return rp_making_fail(making, member, "invalid @protected value",
                              "@protected must be true or false");
    }
    if (member) {
        is_protected = member->kind == RP_JSON_TRUE;
    }
    making->term.flags |= is_protected ? RP_TERM_IS_PROTECTED : 0;
    return RP_OK;
}

/* 12: @type. */
static RpStatus
read_type(RpTermMaking *making)
{
    const RpJson *member = making->members[RP_KEYWORD_TYPE];
    RpExpandedIri type;
    RpShown shown;

    if (!member) {
        return RP_OK;
    }
    if (member->kind != RP_JSON_STRING) {
        return rp_making_fail(making, member, "invalid type mapping", "@type must be a string");
    }
    RP_TRY(rp_making_expand(making, rp_json_text(member), &type));
    switch (type.keyword) {
    case RP_KEYWORD_ID:
    case RP_KEYWORD_JSON:
    case RP_KEYWORD_NONE:
    case RP_KEYWORD_VOCAB:
        making->term.type_keyword = (uint8_t)type.keyword;
        return RP_OK;
    default:
        break;
    }
    if (type.keyword != RP_KEYWORD_NONE_AT_ALL || type.is_null || !rp_iri_is_absolute(type.text)) {
        return rp_making_fail(making, member, "invalid type mapping",
                              "\"%s\" is neither an IRI nor @id, @vocab, @json or @none",
                              rp_text_show(rp_json_text(member), &shown));
    }
    making->term.type_form = (uint8_t)rp_jsonld_iri_form(type.text, 0);
    return rp_context_builder_keep(&making->work->builder, type.text, &making->term.type);
}

/* Steps 10 to 26, for a term whose previous definition has been removed. */
static RpStatus
make_definition(RpTermMaking *making)
{
    if (making->source->kind == RP_JSON_OBJECT) {
        RP_TRY(read_members(making));
    } else if (making->source->kind != RP_JSON_NULL && making->source->kind != RP_JSON_STRING) {
        return rp_making_fail(making, making->source, RP_INVALID_TERM,
                              "a term is defined by a string, an object or null");
    }
    RP_TRY(read_protected(making));
    RP_TRY(read_type(making));
    RP_TRY(rp_making_read_mapping(making));
    return making->is_given_up ? RP_OK : rp_making_read_entries(making);
}

/* 27: a protected definition can only be repeated, and stays protected. */
static RpStatus
check_previous(RpTermMaking *making, RpFoundTerm previous)
{
    RpFoundTerm made = {&making->term, &making->work->builder.draft};
    RpShown shown;

    if (making->work->scope->overrides_protected || !previous.term ||
        !(previous.term->flags & RP_TERM_IS_PROTECTED)) {
        return RP_OK;
    }
    if (!rp_context_terms_equal(making->work->processing->arena, made, previous)) {
        return rp_making_fail(making, making->source, "protected term redefinition",
                              "the term \"%s\" is protected, and is defined otherwise here",
                              rp_text_show(making->name, &shown));
    }
    making->term.flags |= RP_TERM_IS_PROTECTED;
    return RP_OK;
}

/* Define the term of an index, which is marked as being defined. */
static RpStatus
define(RpContextWork *work, uint32_t index, const RpJson *source, RpFoundTerm previous)
{
    RpContextBuilder *builder = &work->builder;
    RpTermMaking making = {.work = work, .name = rp_json_key(source), .source = source};

    making.term.hash = builder->terms[index].hash;
    making.term.name = builder->terms[index].name;
    making.is_simple = source->kind == RP_JSON_STRING;
    rp_buffer_init(&making.buffer, work->processing->arena);
    if (rp_text_equals(making.name, RP_TEXT("@type"))) {
        RP_TRY(check_type_term(&making));
    }
    RP_TRY(make_definition(&making));
    if (making.is_given_up) {
        return RP_OK;
    }
    RP_TRY(check_previous(&making, previous));
    builder->terms[index] = making.term;
    builder->draft.has_protected |= (making.term.flags & RP_TERM_IS_PROTECTED) != 0;
    builder->draft.has_scoped |= making.term.scoped_source != 0;
    return RP_OK;
}

RpStatus
rp_context_term_create(RpContextWork *work, uint32_t index)
{
    RpContextProcessing *processing = work->processing;
    RpContextBuilder *builder = &work->builder;
    const RpJson *source = builder->entries[index].source;
    RpContextTerm former = builder->terms[index];
    RpFoundTerm previous = {&former, &builder->draft};
    RpStatus status;
    RpShown shown;

    if (builder->entries[index].is_creating) {
        return rp_context_fail(processing, source, RP_SYNTAX, "cyclic IRI mapping",
                               "the term \"%s\" is defined by itself",
                               rp_text_show(rp_json_key(source), &shown));
    }
    if (source->key_length == 0) {
        return rp_context_fail(processing, source, RP_SYNTAX, RP_INVALID_TERM,
                               "a term cannot be empty");
    }
    if (processing->depth >= RP_CONTEXT_DEPTH_LIMIT ||
        processing->arena->host->stack_is_deep(processing->arena->host->state)) {
        return rp_context_fail(processing, source, RP_TOO_DEEP, NULL,
                               "terms are defined by one another more than %d times over",
                               (int)processing->depth);
    }
    RP_TRY(rp_arena_poll(processing->arena, processing->error));
    if (former.flags & RP_TERM_IS_PENDING) {
        previous = rp_context_find(builder->draft.parent, rp_json_key(source), former.hash);
    } else if (former.flags & RP_TERM_IS_ABSENT) {
        previous = (RpFoundTerm){0};
    }
    builder->entries[index].is_creating = true;
    builder->terms[index].flags = RP_TERM_IS_ABSENT;
    processing->depth++;
    status = define(work, index, source, previous);
    processing->depth--;
    builder->entries[index] =
        (RpContextEntry){.has_scoped = builder->terms[index].scoped_source > 0};
    return status;
}

RpStatus
rp_context_term_find(RpContextWork *work, RpText name, RpFoundTerm *found)
{
    RpContextBuilder *builder = &work->builder;
    uint32_t hash = rp_context_hash(&work->processing->hash_key, name);
    const RpContextTerm *term = rp_context_table_find(&builder->draft.table, name, hash);

    if (term && builder->entries[term - builder->terms].source) {
        RP_TRY(rp_context_term_create(work, (uint32_t)(term - builder->terms)));
    }
    *found = rp_context_builder_find(builder, name, hash);
    return RP_OK;
}
