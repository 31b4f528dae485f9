/* The entries of a term definition but its mapping (JSON-LD 1.1 API, 4.2; term_making.h). */
#include "jsonld/term_making.h"
#include "rdf/term.h"

/* A container's bit; 0: it is none. */
static uint8_t
container_bit(const RpJson *value)
{
    if (value->kind != RP_JSON_STRING) {
        return 0;
    }
    switch (rp_keyword_find(rp_json_text(value))) {
    case RP_KEYWORD_GRAPH:
        return RP_CONTAINER_GRAPH;
    case RP_KEYWORD_ID:
        return RP_CONTAINER_ID;
    case RP_KEYWORD_INDEX:
        return RP_CONTAINER_INDEX;
    case RP_KEYWORD_LANGUAGE:
        return RP_CONTAINER_LANGUAGE;
    case RP_KEYWORD_LIST:
        return RP_CONTAINER_LIST;
    case RP_KEYWORD_SET:
        return RP_CONTAINER_SET;
    case RP_KEYWORD_TYPE:
        return RP_CONTAINER_TYPE;
    default:
        return 0;
    }
}

/* Whether containers may be together (19.1). */
static bool
containers_fit(uint8_t containers)
{
    uint8_t others = containers & (uint8_t)~RP_CONTAINER_SET;

    if (containers & RP_CONTAINER_LIST) {
        return containers == RP_CONTAINER_LIST;
    }
    if (others & RP_CONTAINER_GRAPH) {
        return others == RP_CONTAINER_GRAPH || others == (RP_CONTAINER_GRAPH | RP_CONTAINER_ID) ||
               others == (RP_CONTAINER_GRAPH | RP_CONTAINER_INDEX);
    }
    return (others & (others - 1)) == 0;
}

/* 19: @container. */
static RpStatus
read_container(RpTermMaking *making)
{
    const RpJson *member = making->members[RP_KEYWORD_CONTAINER];
    uint8_t containers = 0;
    bool is_valid = true;

    if (!member || (member->kind == RP_JSON_NULL && (making->term.flags & RP_TERM_IS_REVERSE))) {
        return RP_OK;
    }
    if (member->kind == RP_JSON_ARRAY) {
        for (uint32_t i = 0; i < member->length; i++) {
            uint8_t bit = container_bit(&member->items[i]);

            is_valid = is_valid && bit != 0;
            containers |= bit;
        }
        is_valid = is_valid && containers_fit(containers);
    } else {
        containers = container_bit(member);
    }
    if (!is_valid || containers == 0) {
        return rp_making_fail(
            making, member, "invalid container mapping",
            "@container must be @graph, @id, @index, @language, @list, @set or @type, or "
            "an array of those of them that go together");
    }
    making->term.containers = containers;
    if (containers & RP_CONTAINER_TYPE) {
        if (making->term.type_keyword == 0 && making->term.type.length == 0) {
            making->term.type_keyword = RP_KEYWORD_ID;
        }
        if (making->term.type_keyword != RP_KEYWORD_ID &&
            making->term.type_keyword != RP_KEYWORD_VOCAB) {
            return rp_making_fail(
                making, member, "invalid type mapping",
                "a term with the container @type must have @id or @vocab as @type");
        }
    }
    return RP_OK;
}

/* 20: @index. */
static RpStatus
read_index(RpTermMaking *making)
{
    const RpJson *member = making->members[RP_KEYWORD_INDEX];
    RpExpandedIri iri;

    if (!member) {
        return RP_OK;
    }
    if (!(making->term.containers & RP_CONTAINER_INDEX)) {
        return rp_making_fail(making, member, RP_INVALID_TERM, "@index needs the container @index");
    }
    if (member->kind != RP_JSON_STRING) {
        return rp_making_fail(making, member, RP_INVALID_TERM, "@index must be a string");
    }
    RP_TRY(rp_making_expand(making, rp_json_text(member), &iri));
    if (iri.keyword != RP_KEYWORD_NONE_AT_ALL || iri.is_null || !rp_iri_is_absolute(iri.text)) {
        return rp_making_fail(making, member, RP_INVALID_TERM, "@index must expand to an IRI");
    }
    return rp_context_builder_keep(&making->work->builder, rp_json_text(member),
                                   &making->term.index);
}

/* 21: @context is kept as it is written. It is processed, to find errors in it, when all terms of
 * the context are there (context_definition.c). */
static RpStatus
read_context(RpTermMaking *making)
{
    RpContextWork *work = making->work;
    const RpJson *member = making->members[RP_KEYWORD_CONTEXT];

    if (!member) {
        return RP_OK;
    }
    RP_TRY(
        rp_context_builder_keep(&work->builder, work->scope->base_url, &making->term.scoped_base));
    return rp_context_builder_keep_value(&work->builder, member, &making->term.scoped_source);
}

/* 22 and 23: @language and @direction. */
static RpStatus
read_language(RpTermMaking *making)
{
    const RpJson *language = making->members[RP_KEYWORD_LANGUAGE];
    const RpJson *direction = making->members[RP_KEYWORD_DIRECTION];

    if (making->members[RP_KEYWORD_TYPE]) {
        return RP_OK;
    }
    if (language) {
        if (language->kind != RP_JSON_STRING && language->kind != RP_JSON_NULL) {
            return rp_making_fail(making, language, "invalid language mapping",
                                  "@language must be a string or null");
        }
        making->term.flags |= RP_TERM_HAS_LANGUAGE;
        if (language->kind == RP_JSON_STRING) {
            RP_TRY(rp_context_builder_keep(&making->work->builder, rp_json_text(language),
                                           &making->term.language));
        }
    }
    if (direction) {
        making->term.flags |= RP_TERM_HAS_DIRECTION;
        if (rp_json_is_string(direction, RP_TEXT("ltr"))) {
            making->term.direction = RP_DIRECTION_LTR;
        } else if (rp_json_is_string(direction, RP_TEXT("rtl"))) {
            making->term.direction = RP_DIRECTION_RTL;
        } else if (direction->kind != RP_JSON_NULL) {
            return rp_making_fail(making, direction, "invalid base direction",
                                  "@direction must be \"ltr\", \"rtl\" or null");
        }
    }
    return RP_OK;
}

/* 24: @nest. */
static RpStatus
read_nest(RpTermMaking *making)
{
    const RpJson *member = making->members[RP_KEYWORD_NEST];
    RpKeyword keyword;

    if (!member) {
        return RP_OK;
    }
    keyword = member->kind == RP_JSON_STRING ? rp_keyword_find(rp_json_text(member))
                                             : RP_KEYWORD_NONE_AT_ALL;
    if (member->kind != RP_JSON_STRING ||
        (keyword != RP_KEYWORD_NONE_AT_ALL && keyword != RP_KEYWORD_NEST)) {
        return rp_making_fail(making, member, "invalid @nest value",
                              "@nest must be a string, and no other keyword than @nest");
    }
    making->term.flags |= RP_TERM_HAS_NEST;
    return rp_context_builder_keep(&making->work->builder, rp_json_text(member),
                                   &making->term.nest);
}

/* 25: @prefix. */
static RpStatus
read_prefix(RpTermMaking *making)
{
    const RpJson *member = making->members[RP_KEYWORD_PREFIX];
    RpText name = making->name;

    if (!member) {
        return RP_OK;
    }
    if (memchr(name.data, ':', name.length) || memchr(name.data, '/', name.length)) {
        return rp_making_fail(making, member, RP_INVALID_TERM,
                              "a term with : or / can be no prefix");
    }
    if (member->kind != RP_JSON_TRUE && member->kind != RP_JSON_FALSE) {
        return rp_making_fail(making, member, "invalid @prefix value",
                              "@prefix must be true or false");
    }
    making->term.flags &= (uint16_t)~RP_TERM_IS_PREFIX;
    if (member->kind == RP_JSON_TRUE) {
        making->term.flags |= RP_TERM_IS_PREFIX;
        if (making->term.keyword) {
            return rp_making_fail(making, member, RP_INVALID_TERM,
                                  "the alias of a keyword can be no prefix");
        }
    }
    return RP_OK;
}

RpStatus
rp_making_read_entries(RpTermMaking *making)
{
    RP_TRY(read_container(making));
    RP_TRY(read_index(making));
    RP_TRY(read_context(making));
    RP_TRY(read_language(making));
    RP_TRY(read_nest(making));
    return read_prefix(making);
}
