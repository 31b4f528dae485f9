/* Literals and references (JSON-LD 1.1 API, 5.3, 8.2 and step 15 of 5.1.2; walk_internal.h). */
#include "jsonld/walk_internal.h"

#include "jsonld/json_canonical.h"
#include "jsonld/json_number.h"
#include "rdf/term.h"

#define XSD_DECIMAL RP_TEXT(RP_XSD "decimal")
#define XSD_DOUBLE RP_TEXT(RP_XSD "double")

/* A number's lexical form and datatype (8.2.2, steps 8 to 10). datatype empty: a native one. */
static RpStatus
read_number(RpWalk *walk, const RpJson *value, RpText datatype, RpTerm *term)
{
    RpText text = rp_json_text(value);
    bool is_double = rp_text_equals(datatype, XSD_DOUBLE);
    RpNumberForm form = RP_NUMBER_DOUBLE;
    RpShown shown;

    if (!is_double && rp_json_number_is_integer(text)) {
        form = RP_NUMBER_INTEGER;
    } else if (rp_text_equals(datatype, XSD_DECIMAL) && !walk->options->rounds_decimals) {
        form = RP_NUMBER_DECIMAL;
    }
    walk->literal.length = 0;
    if (!rp_json_number_append(&walk->literal, text, form)) {
        return rp_walk_fail(walk, value, NULL, "the number %s is too large for %s",
                            rp_text_show(text, &shown),
                            form == RP_NUMBER_DOUBLE ? "xsd:double" : "xsd:decimal");
    }
    if (datatype.length == 0) {
        datatype = form == RP_NUMBER_INTEGER ? RP_TEXT(RP_XSD "integer") : XSD_DOUBLE;
    }
    *term = rp_term_literal(rp_buffer_text(&walk->literal), datatype);
    return rp_buffer_status(&walk->literal, walk->error);
}

/* A scalar as a literal of a datatype; empty: the native one. */
static RpStatus
link_typed(RpWalk *walk, const RpJson *value, RpText datatype, const RpWalkLink *link)
{
    RpTerm term;

    if (value->kind == RP_JSON_NUMBER) {
        RP_TRY(read_number(walk, value, datatype, &term));
    } else if (value->kind == RP_JSON_STRING) {
        term = rp_term_literal(rp_json_text(value), datatype);
    } else {
        term = rp_term_literal(value->kind == RP_JSON_TRUE ? RP_TEXT("true") : RP_TEXT("false"),
                               datatype.length > 0 ? datatype : RP_TEXT(RP_XSD "boolean"));
    }
    if (rp_text_equals(term.datatype, RP_TEXT(RP_RDF "langString"))) {
        /* Only a language makes one. */
        RP_TRY(rp_walk_drop(walk, RP_JSONLD_DROPPED_LANGUAGE, datatype, value));
        return rp_walk_link_literal(walk, link, NULL, value);
    }
    return rp_walk_link_literal(walk, link, &term, value);
}

RpStatus
rp_walk_string(RpWalk *walk, const RpJson *value, RpText language, RpDirection direction,
               const RpJson *language_place, const RpWalkLink *link)
{
    RpTerm term;
    RpError ignored;

    if (direction != RP_DIRECTION_NULL) {
        RP_TRY(rp_walk_drop(walk, RP_JSONLD_DROPPED_DIRECTION,
                            direction == RP_DIRECTION_LTR ? RP_TEXT("ltr") : RP_TEXT("rtl"),
                            value));
    }
    if (language.length == 0 && !language_place) {
        return link_typed(walk, value, RP_TEXT(""), link);
    }
    term = rp_term_lang_literal(RP_TEXT(""), language);
    if (language.length == 0 || rp_term_check(&term, &ignored) != RP_OK) {
        RP_TRY(rp_walk_drop(walk, RP_JSONLD_DROPPED_LANGUAGE, language,
                            language_place ? language_place : value));
        return rp_walk_link_literal(walk, link, NULL, value);
    }
    term.lexical = rp_json_text(value);
    return rp_walk_link_literal(walk, link, &term, value);
}

RpStatus
rp_walk_json_literal(RpWalk *walk, const RpJson *value, const RpWalkLink *link)
{
    const RpJson *refused = NULL;
    RpTerm term;

    walk->literal.length = 0;
    rp_json_canonical_append(&walk->literal, value, &refused);
    RP_TRY(rp_buffer_status(&walk->literal, walk->error));
    if (refused) {
        RpShown shown;

        return rp_walk_fail(walk, refused, NULL,
                            "the number %s is too large for a JSON literal, whose numbers are "
                            "doubles",
                            rp_text_show(rp_json_text(refused), &shown));
    }
    term = rp_term_literal(rp_buffer_text(&walk->literal), RP_TEXT(RP_RDF "JSON"));
    return rp_walk_link_literal(walk, link, &term, value);
}

/* A string that names a node. */
static RpStatus
link_reference(RpWalk *walk, const RpActiveContext *active, bool is_vocab, const RpJson *value,
               const RpWalkLink *link)
{
    RpIriExpansion expansion = {.processing = &walk->contexts,
                                .active = active,
                                .buffer = &walk->scratch,
                                .is_vocab = is_vocab,
                                .is_document_relative = true};
    uint32_t names_length = walk->names.length;
    RpWalkNode node = {.place = value};
    RpExpandedIri iri;

    RP_TRY(rp_iri_expand(&expansion, rp_json_text(value), &iri));
    RP_TRY(rp_walk_iri(walk, &iri, value, link->type != NULL, &node.term, &node.is_valid));
    if (link->wraps_graph) {
        /* The graph has a node without properties: nothing to say of it. */
        RP_TRY(rp_walk_link_graph(walk, link, value, &node));
    } else {
        RP_TRY(rp_walk_link_node(walk, link, &node));
    }
    walk->names.length = names_length;
    return RP_OK;
}

/* 5.3: by the definition of its property, in the active context that is in force. */
static RpStatus
expand_scalar(RpWalk *walk, const RpActiveContext *active, RpFoundTerm property,
              const RpJson *value, const RpWalkLink *link)
{
    const RpContextTerm *term = property.term;
    RpText language = active->language;
    RpDirection direction = (RpDirection)active->direction;

    if (term && value->kind == RP_JSON_STRING &&
        (term->type_keyword == RP_KEYWORD_ID || term->type_keyword == RP_KEYWORD_VOCAB)) {
        return link_reference(walk, active, term->type_keyword == RP_KEYWORD_VOCAB, value, link);
    }
    if (term && term->type_keyword == RP_KEYWORD_JSON) {
        return rp_walk_json_literal(walk, value, link);
    }
    if (term && term->type.length > 0) {
        if (term->type_form != RP_IRI_VALID) {
            RP_TRY(rp_walk_drop(walk, RP_JSONLD_DROPPED_MALFORMED_IRI,
                                rp_context_text(property.layer, term->type), value));
            return rp_walk_link_literal(walk, link, NULL, value);
        }
        RP_TRY(rp_context_count_long(&walk->contexts, term->type.length, 0));
        return link_typed(walk, value, rp_context_text(property.layer, term->type), link);
    }
    if (value->kind != RP_JSON_STRING) {
        return link_typed(walk, value, RP_TEXT(""), link);
    }
    /* A type mapping of @id, @vocab or @none is none of language (5.3.2, step 5). */
    if (term && (term->flags & RP_TERM_HAS_LANGUAGE)) {
        language = rp_context_text(property.layer, term->language);
    }
    if (term && (term->flags & RP_TERM_HAS_DIRECTION)) {
        direction = (RpDirection)term->direction;
    }
    return rp_walk_string(walk, value, language, direction, NULL, link);
}

RpStatus
rp_walk_scalar(RpWalk *walk, RpWalkPlace place, const RpJson *value, const RpWalkLink *link,
               bool *is_there)
{
    const RpActiveContext *active = place.active;
    RpFoundTerm property = place.found;

    *is_there = !place.is_free;
    if (link->kind == RP_LINK_INCLUDED) {
        return rp_walk_link_literal(walk, link, NULL, value);
    }
    if (place.is_free) {
        return rp_walk_drop(walk, RP_JSONLD_DROPPED_FREE_VALUE,
                            value->kind >= RP_JSON_NUMBER ? rp_json_text(value) : RP_TEXT(""),
                            value);
    }
    if (property.term && property.term->scoped_source > 0) {
        RP_TRY(rp_context_apply_scoped(&walk->contexts, active, property, true, true, &active));
        property = rp_context_find(active, place.property,
                                   rp_context_hash(&walk->contexts.hash_key, place.property));
    }
    return expand_scalar(walk, active, property, value, link);
}

RpStatus
rp_walk_expand_value(RpWalk *walk, const RpActiveContext *active, RpFoundTerm property,
                     const RpJson *place, RpText text, RpTerm *term, bool *is_valid)
{
    const RpContextTerm *definition = property.term;
    RpIriExpansion expansion = {.processing = &walk->contexts,
                                .active = active,
                                .buffer = &walk->scratch,
                                .is_document_relative = true};
    RpText language = active->language;
    RpExpandedIri iri;
    RpError ignored;

    *is_valid = true;
    if (definition && (definition->type_keyword == RP_KEYWORD_ID ||
                       definition->type_keyword == RP_KEYWORD_VOCAB)) {
        expansion.is_vocab = definition->type_keyword == RP_KEYWORD_VOCAB;
        RP_TRY(rp_iri_expand(&expansion, text, &iri));
        return rp_walk_iri(walk, &iri, place, true, term, is_valid);
    }
    if (definition && definition->type.length > 0) {
        RP_TRY(rp_context_count_long(&walk->contexts, definition->type.length, 0));
        *term = rp_term_literal(text, rp_context_text(property.layer, definition->type));
    } else {
        if (definition && (definition->flags & RP_TERM_HAS_LANGUAGE)) {
            language = rp_context_text(property.layer, definition->language);
        }
        *term = language.length > 0 ? rp_term_lang_literal(text, language)
                                    : rp_term_literal(text, RP_TEXT(""));
    }
    if (rp_term_check(term, &ignored) != RP_OK) {
        *is_valid = false;
        return rp_walk_drop(walk,
                            term->language.length > 0 ? RP_JSONLD_DROPPED_LANGUAGE
                                                      : RP_JSONLD_DROPPED_MALFORMED_IRI,
                            term->language.length > 0 ? term->language : term->datatype, place);
    }
    return RP_OK;
}

/* 13.4.7 and 15: what a value object may have. */
static RpStatus
check_value_object(RpWalk *walk, const RpJson *object, const RpWalkMembers *members)
{
    static const uint32_t allowed =
        RP_KEYWORD_BIT(RP_KEYWORD_VALUE) | RP_KEYWORD_BIT(RP_KEYWORD_TYPE) |
        RP_KEYWORD_BIT(RP_KEYWORD_LANGUAGE) | RP_KEYWORD_BIT(RP_KEYWORD_DIRECTION) |
        RP_KEYWORD_BIT(RP_KEYWORD_INDEX);
    const RpWalkMember *other = rp_walk_other_member(walk, members, allowed);
    RpShown shown;

    if (other) {
        return rp_walk_fail(walk, other->value, "invalid value object",
                            "beside @value there can be no \"%s\"",
                            rp_text_show(rp_json_key(other->value), &shown));
    }
    if ((members->keywords & RP_KEYWORD_BIT(RP_KEYWORD_TYPE)) &&
        (members->keywords &
         (RP_KEYWORD_BIT(RP_KEYWORD_LANGUAGE) | RP_KEYWORD_BIT(RP_KEYWORD_DIRECTION)))) {
        return rp_walk_fail(walk, object, "invalid value object",
                            "@type and @language or @direction exclude each other");
    }
    return RP_OK;
}

/* The datatype of a value object (15.5), or that it is a JSON literal. */
static RpStatus
read_datatype(RpWalk *walk, const RpWalkMember *type, const RpActiveContext *types,
              RpText *datatype, bool *is_json)
{
    RpIriExpansion expansion = {.processing = &walk->contexts,
                                .active = types,
                                .buffer = &walk->scratch,
                                .is_vocab = true,
                                .is_document_relative = true};
    RpExpandedIri iri;
    RpShown shown;

    *is_json = false;
    if (type->value->kind != RP_JSON_STRING) {
        return rp_walk_fail(walk, type->value,
                            type->value->kind == RP_JSON_ARRAY ? "invalid typed value"
                                                               : "invalid type value",
                            "the @type of a value must be a string");
    }
    RP_TRY(rp_iri_expand(&expansion, rp_json_text(type->value), &iri));
    *is_json = iri.keyword == RP_KEYWORD_JSON;
    *datatype = iri.text;
    if (!*is_json && (iri.keyword != RP_KEYWORD_NONE_AT_ALL || iri.is_null ||
                      !rp_jsonld_iri_is_valid(iri.text, 0))) {
        return rp_walk_fail(walk, type->value, "invalid typed value",
                            "the @type of a value must be an absolute IRI, and \"%s\" is none",
                            rp_text_show(rp_json_text(type->value), &shown));
    }
    return RP_OK;
}

/* The @direction of a value object. */
static RpStatus
read_direction(RpWalk *walk, const RpWalkMember *direction, RpDirection *way)
{
    *way = RP_DIRECTION_NULL;
    if (direction) {
        bool is_ltr = rp_json_is_string(direction->value, RP_TEXT("ltr"));

        if (!is_ltr && !rp_json_is_string(direction->value, RP_TEXT("rtl"))) {
            return rp_walk_fail(walk, direction->value, "invalid base direction",
                                "@direction must be \"ltr\" or \"rtl\"");
        }
        *way = is_ltr ? RP_DIRECTION_LTR : RP_DIRECTION_RTL;
    }
    return RP_OK;
}

RpStatus
rp_walk_value_object(RpWalk *walk, RpWalkPlace place, const RpJson *object,
                     const RpWalkMembers *members, const RpActiveContext *types,
                     const RpWalkLink *link, bool *is_there)
{
    const RpJson *value = rp_walk_member(walk, members, RP_KEYWORD_VALUE)->value;
    const RpWalkMember *type = rp_walk_member(walk, members, RP_KEYWORD_TYPE);
    const RpWalkMember *language = rp_walk_member(walk, members, RP_KEYWORD_LANGUAGE);
    RpText datatype = {0};
    RpDirection direction;
    bool is_json = false;

    RP_TRY(check_value_object(walk, object, members));
    RP_TRY(rp_walk_drop_keys(walk, members));
    RP_TRY(read_direction(walk, rp_walk_member(walk, members, RP_KEYWORD_DIRECTION), &direction));
    if (type) {
        RP_TRY(read_datatype(walk, type, types, &datatype, &is_json));
    }
    if (!is_json && rp_json_is_container(value)) {
        return rp_walk_fail(walk, value, "invalid value object value",
                            "@value must be a string, a number, a boolean or null");
    }
    *is_there = is_json || value->kind != RP_JSON_NULL;
    if (!*is_there) {
        return RP_OK;
    }
    if (language && value->kind != RP_JSON_STRING) {
        return rp_walk_fail(walk, value, "invalid language-tagged value",
                            "only a string can have a @language");
    }
    if (place.is_free && link->kind != RP_LINK_INCLUDED) {
        *is_there = false;
        return rp_walk_drop(walk, RP_JSONLD_DROPPED_FREE_VALUE, RP_TEXT("@value"), object);
    }
    if (is_json) {
        return rp_walk_json_literal(walk, value, link);
    }
    if (value->kind == RP_JSON_STRING && !type) {
        return rp_walk_string(walk, value, language ? rp_json_text(language->value) : RP_TEXT(""),
                              direction, language ? language->value : NULL, link);
    }
    return link_typed(walk, value, datatype, link);
}
