/* What a term stands for: @reverse, @id, or its name (JSON-LD 1.1 API, 4.2; term_making.h). */
#include "jsonld/term_making.h"
#include "rdf/term.h"

/* Set the IRI mapping to what a member's text expands to. */
static RpStatus
read_iri(RpTermMaking *making, const RpJson *member, bool may_be_keyword)
{
    RpExpandedIri iri;
    RpShown shown;

    RP_TRY(rp_making_expand(making, rp_json_text(member), &iri));
    if (iri.keyword == RP_KEYWORD_CONTEXT && may_be_keyword) {
        return rp_making_fail(making, member, "invalid keyword alias",
                              "@context can have no alias");
    }
    if (iri.keyword != RP_KEYWORD_NONE_AT_ALL && may_be_keyword) {
        making->term.keyword = (uint8_t)iri.keyword;
        return RP_OK;
    }
    if (iri.keyword != RP_KEYWORD_NONE_AT_ALL || iri.is_null ||
        (!rp_iri_is_absolute(iri.text) && !rp_text_starts_with(iri.text, RP_TEXT("_:")))) {
        return rp_making_fail(making, member, "invalid IRI mapping",
                              "\"%s\" expands to no IRI, keyword or blank node",
                              rp_text_show(rp_json_text(member), &shown));
    }
    making->term.iri_form = (uint8_t)rp_jsonld_iri_form(iri.text, 0);
    return rp_context_builder_keep(&making->work->builder, iri.text, &making->term.iri);
}

/* 13: @reverse. */
static RpStatus
read_reverse(RpTermMaking *making)
{
    const RpJson *member = making->members[RP_KEYWORD_REVERSE];
    const RpJson *container = making->members[RP_KEYWORD_CONTAINER];

    if (making->members[RP_KEYWORD_ID] || making->members[RP_KEYWORD_NEST]) {
        return rp_making_fail(making, making->source, "invalid reverse property",
                              "a term with @reverse can have neither @id nor @nest");
    }
    if (member->kind != RP_JSON_STRING) {
        return rp_making_fail(making, member, "invalid IRI mapping", "@reverse must be a string");
    }
    if (rp_keyword_is_form(rp_json_text(member))) {
        making->is_given_up = true;
        return RP_OK;
    }
    RP_TRY(read_iri(making, member, false));
    if (container && container->kind != RP_JSON_NULL &&
        !rp_json_is_string(container, RP_TEXT("@set")) &&
        !rp_json_is_string(container, RP_TEXT("@index"))) {
        return rp_making_fail(making, container, "invalid reverse property",
                              "the container of a reverse property must be @set or @index");
    }
    making->term.flags |= RP_TERM_IS_REVERSE;
    return RP_OK;
}

/* The IRI mapping of what is made. */
static RpText
iri_text(RpTermMaking *making)
{
    return rp_context_text(&making->work->builder.draft, making->term.iri);
}

/* 14.2.4: a term that looks like an IRI must mean that IRI. */
static RpStatus
check_iri_like_term(RpTermMaking *making, const RpJson *member)
{
    RpContextWork *work = making->work;
    RpText name = making->name;
    RpExpandedIri itself;
    RpText mapping =
        making->term.keyword ? rp_keyword_text((RpKeyword)making->term.keyword) : iri_text(making);
    RpText expanded;
    uint32_t hash = making->term.hash;
    const RpContextTerm *term = rp_context_table_find(&work->builder.draft.table, name, hash);

    /* The term counts as defined meanwhile, and has no definition yet. */
    work->builder.entries[term - work->builder.terms].source = NULL;
    RP_TRY(rp_making_expand(making, name, &itself));
    expanded = itself.keyword ? rp_keyword_text(itself.keyword) : itself.text;
    if (itself.is_null || !rp_text_equals(expanded, mapping)) {
        RpShown shown;

        return rp_making_fail(
            making, member, "invalid IRI mapping",
            "the term looks like an IRI, and is given another one: it stands for \"%s\"",
            rp_text_show(expanded, &shown));
    }
    return RP_OK;
}

/* Whether a text ends in a character that RFC 3986, 2.2 has as gen-delim. */
static bool
ends_in_delimiter(RpText iri)
{
    return iri.length > 0 && strchr(":/?#[]@", iri.data[iri.length - 1]) != NULL;
}

/* 14.2: @id that is given, and is not null. */
static RpStatus
read_id(RpTermMaking *making, const RpJson *member)
{
    RpText name = making->name;
    bool has_colon = memchr(name.data, ':', name.length) != NULL;
    bool has_slash = memchr(name.data, '/', name.length) != NULL;
    bool has_inner_colon = name.length > 2 && memchr(name.data + 1, ':', name.length - 2) != NULL;

    if (member->kind != RP_JSON_STRING) {
        return rp_making_fail(making, member, "invalid IRI mapping",
                              "@id must be a string or null");
    }
    if (rp_keyword_find(rp_json_text(member)) == RP_KEYWORD_NONE_AT_ALL &&
        rp_keyword_is_form(rp_json_text(member))) {
        making->is_given_up = true;
        return RP_OK;
    }
    RP_TRY(read_iri(making, member, true));
    if (has_inner_colon || has_slash) {
        RP_TRY(check_iri_like_term(making, member));
    }
    if (!has_colon && !has_slash && making->is_simple && !making->term.keyword &&
        (making->term.iri_form == RP_IRI_BLANK || ends_in_delimiter(iri_text(making)))) {
        making->term.flags |= RP_TERM_IS_PREFIX;
    }
    return RP_OK;
}

/* 15: a term with a colon is a compact IRI, or an IRI itself. */
static RpStatus
take_iri_of_prefix(RpTermMaking *making, const char *colon)
{
    RpContextBuilder *builder = &making->work->builder;
    RpText name = making->name;
    RpText prefix = {name.data, (uint32_t)(colon - name.data)};
    RpFoundTerm found = {0};

    /* "://" and "_:" begin no compact IRI. */
    if (!rp_text_equals(prefix, RP_TEXT("_")) &&
        !rp_text_starts_with((RpText){colon + 1, name.length - prefix.length - 1}, RP_TEXT("//"))) {
        RP_TRY(rp_context_term_find(making->work, prefix, &found));
    }
    making->buffer.length = 0;
    if (found.term && !(found.term->flags & RP_TERM_IS_NULL) && !found.term->keyword) {
        RpText iri = rp_context_text(found.layer, found.term->iri);

        RP_TRY(rp_context_count_long(making->work->processing, iri.length, name.length));
        rp_buffer_append_text(&making->buffer, iri);
        rp_buffer_append(&making->buffer, colon + 1, name.length - prefix.length - 1);
    } else {
        rp_buffer_append_text(&making->buffer, name);
    }
    RP_TRY(rp_buffer_status(&making->buffer, making->work->processing->error));
    making->term.iri_form = (uint8_t)rp_jsonld_iri_form(rp_buffer_text(&making->buffer), 0);
    return rp_context_builder_keep(builder, rp_buffer_text(&making->buffer), &making->term.iri);
}

/* 15 to 18: the IRI mapping of a term that gives no @id of its own. */
static RpStatus
take_iri_of_name(RpTermMaking *making)
{
    RpContextBuilder *builder = &making->work->builder;
    RpText name = making->name;
    const char *colon = name.length > 1 ? memchr(name.data + 1, ':', name.length - 1) : NULL;
    RpText iri;

    if (colon) {
        return take_iri_of_prefix(making, colon);
    }
    if (rp_text_equals(name, RP_TEXT("@type"))) {
        making->term.keyword = RP_KEYWORD_TYPE;
        return RP_OK;
    }
    /* A slash makes it a relative reference, which vocab expands (16), as it does others (18). */
    if (builder->trace && !builder->trace->sets_vocab) {
        builder->trace->uses_vocab = true;
    }
    if (!builder->draft.has_vocab) {
        return rp_making_fail(making, making->source, "invalid IRI mapping",
                              "the term has no @id, and there is no @vocab");
    }
    RP_TRY(
        rp_context_count_long(making->work->processing, builder->draft.vocab.length, name.length));
    making->buffer.length = 0;
    rp_buffer_append_text(&making->buffer, builder->draft.vocab);
    rp_buffer_append_text(&making->buffer, name);
    RP_TRY(rp_buffer_status(&making->buffer, making->work->processing->error));
    iri = rp_buffer_text(&making->buffer);
    if (memchr(name.data, '/', name.length) && !rp_iri_is_absolute(iri)) {
        return rp_making_fail(making, making->source, "invalid IRI mapping",
                              "the term expands to no IRI");
    }
    making->term.iri_form = (uint8_t)rp_jsonld_iri_form(iri, 0);
    return rp_context_builder_keep(builder, iri, &making->term.iri);
}

RpStatus
rp_making_read_mapping(RpTermMaking *making)
{
    const RpJson *id =
        making->source->kind == RP_JSON_OBJECT ? making->members[RP_KEYWORD_ID] : making->source;

    if (making->members[RP_KEYWORD_REVERSE]) {
        return read_reverse(making);
    }
    if (!id || rp_json_is_string(id, making->name)) {
        return take_iri_of_name(making);
    }
    if (id->kind == RP_JSON_NULL) {
        making->term.flags |= RP_TERM_IS_NULL;
        return RP_OK;
    }
    return read_id(making, id);
}
