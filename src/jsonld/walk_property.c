/* A property's value, by its container (JSON-LD 1.1 API, 5.1.2, 13.5 to 13.14; walk_internal.h). */
#include "jsonld/walk_internal.h"

#include "rdf/term.h"

/* What a property that is no predicate is dropped as. */
static RpStatus
drop_property(RpWalk *walk, const RpWalkMember *member)
{
    static const RpJsonldDropKind kinds[] = {
        [RP_IRI_BLANK] = RP_JSONLD_DROPPED_BLANK_PREDICATE,
        [RP_IRI_RELATIVE] = RP_JSONLD_DROPPED_RELATIVE_IRI,
        [RP_IRI_MALFORMED] = RP_JSONLD_DROPPED_MALFORMED_IRI,
    };

    return rp_walk_drop(walk, kinds[member->form], member->iri, member->value);
}

/* 13.7: a map of languages. */
static RpStatus
walk_language_map(RpWalk *walk, const RpWalkMember *member, const RpWalkLink *link)
{
    const RpContextTerm *term = member->found.term;
    RpDirection direction =
        (RpDirection)(term->flags & RP_TERM_HAS_DIRECTION ? term->direction
                                                          : member->active->direction);

    for (uint32_t i = 0; i < member->value->length; i++) {
        const RpJson *entry = &member->value->items[i];
        uint32_t count = entry->kind == RP_JSON_ARRAY ? entry->length : 1;
        RpText language = rp_json_key(entry);
        const RpJson *language_place = entry;

        if (rp_walk_keyword(walk, member->active, language) == RP_KEYWORD_NONE) {
            language = RP_TEXT("");
            language_place = NULL;
        }
        for (uint32_t k = 0; k < count; k++) {
            const RpJson *item = entry->kind == RP_JSON_ARRAY ? &entry->items[k] : entry;

            RP_TRY(rp_arena_poll(walk->arena, walk->error));
            if (item->kind == RP_JSON_NULL) {
                continue;
            }
            if (item->kind != RP_JSON_STRING) {
                return rp_walk_fail(walk, item, "invalid language map value",
                                    "the values of a language map must be strings");
            }
            RP_TRY(rp_walk_string(walk, item, language, direction, language_place, link));
        }
    }
    return RP_OK;
}

/* What the key of a map gives its items, beside the graph. */
typedef struct MapKey {
    RpTerm id;
    RpTerm predicate;
    RpTerm object;
} MapKey;

/* 13.8.3.7.2: the key is the value of a property. */
static RpStatus
read_index_property(RpWalk *walk, const RpWalkMember *member, const RpJson *entry, MapKey *key,
                    RpWalkLink *link)
{
    RpText property = rp_context_text(member->found.layer, member->found.term->index);
    RpIriExpansion expansion = {.processing = &walk->contexts,
                                .active = member->active,
                                .buffer = &walk->scratch,
                                .is_vocab = true};
    RpFoundTerm found = rp_context_find(member->active, property,
                                        rp_context_hash(&walk->contexts.hash_key, property));
    RpExpandedIri iri;
    bool is_valid;

    link->has_index = true;
    RP_TRY(rp_iri_expand(&expansion, property, &iri));
    RP_TRY(rp_walk_iri(walk, &iri, entry, true, &key->predicate, &is_valid));
    if (is_valid && key->predicate.kind == RP_BLANK) {
        is_valid = false;
        RP_TRY(rp_walk_drop(walk, RP_JSONLD_DROPPED_BLANK_PREDICATE, iri.text, entry));
    }
    if (!is_valid) {
        return RP_OK;
    }
    RP_TRY(rp_walk_expand_value(walk, member->active, found, entry, rp_json_key(entry),
                                &key->object, &is_valid));
    link->index_predicate = &key->predicate;
    link->index_object = is_valid ? &key->object : NULL;
    return RP_OK;
}

/* 13.8.3.7.4: the key is the items' @id. */
static RpStatus
read_id_key(RpWalk *walk, const RpWalkMember *member, const RpJson *entry, MapKey *key,
            RpWalkLink *link)
{
    RpIriExpansion expansion = {.processing = &walk->contexts,
                                .active = member->active,
                                .buffer = &walk->scratch,
                                .is_document_relative = true};
    RpExpandedIri iri;

    RP_TRY(rp_iri_expand(&expansion, rp_json_key(entry), &iri));
    link->id = &key->id;
    return rp_walk_iri(walk, &iri, entry, true, &key->id, &link->id_is_valid);
}

/* 13.8.3.1 to 13.8.3.3: the active context of a map's item. */
static RpStatus
find_map_context(RpWalk *walk, const RpWalkMember *member, const RpJson *entry,
                 const RpActiveContext **active)
{
    uint8_t containers = member->found.term->containers;
    RpText key = rp_json_key(entry);
    RpFoundTerm found;

    *active = member->active;
    if (!(containers & (RP_CONTAINER_ID | RP_CONTAINER_TYPE))) {
        return RP_OK;
    }
    if ((*active)->previous) {
        *active = (*active)->previous;
    }
    if (!(containers & RP_CONTAINER_TYPE)) {
        return RP_OK;
    }
    found = rp_context_find(*active, key, rp_context_hash(&walk->contexts.hash_key, key));
    return found.term && found.term->scoped_source > 0
               ? rp_context_apply_scoped(&walk->contexts, *active, found, false, true, active)
               : RP_OK;
}

/* 13.8: an entry of a map of indexes, ids or types. */
static RpStatus
walk_map_entry(RpWalk *walk, const RpWalkMember *member, const RpJson *entry,
               const RpWalkLink *outer_link)
{
    const RpContextTerm *term = member->found.term;
    RpWalkLink link = *outer_link;
    RpWalkPlace place = {.property = rp_json_key(member->value), .is_from_map = true};
    uint32_t names_length = walk->names.length;
    MapKey key;
    bool is_there;

    RP_TRY(rp_arena_poll(walk->arena, walk->error));
    RP_TRY(find_map_context(walk, member, entry, &place.active));
    link.wraps_graph = link.keeps_graph = (term->containers & RP_CONTAINER_GRAPH) != 0;
    if (rp_walk_keyword(walk, member->active, rp_json_key(entry)) == RP_KEYWORD_NONE) {
        /* @none: the key says nothing. */
    } else if (term->containers & RP_CONTAINER_INDEX) {
        if (term->index.length > 0) {
            RP_TRY(read_index_property(walk, member, entry, &key, &link));
        }
    } else if (term->containers & RP_CONTAINER_ID) {
        RP_TRY(read_id_key(walk, member, entry, &key, &link));
    } else {
        link.type = entry;
        link.type_active = member->active;
    }
    place.found = rp_context_find(place.active, place.property,
                                  rp_context_hash(&walk->contexts.hash_key, place.property));
    RP_TRY(rp_walk_value(walk, place, entry, &link, &is_there));
    walk->names.length = names_length;
    return RP_OK;
}

static RpStatus
walk_map(RpWalk *walk, const RpWalkMember *member, const RpWalkLink *link)
{
    for (uint32_t i = 0; i < member->value->length; i++) {
        RP_TRY(walk_map_entry(walk, member, &member->value->items[i], link));
    }
    return RP_OK;
}

/* 13.12: the value of a term with the container @list is a list, unless it is null. */
static RpStatus
walk_container_list(RpWalk *walk, RpWalkPlace place, const RpJson *value, const RpWalkLink *link,
                    bool *is_there)
{
    RpWalkList list;
    RpWalkLink items = {.kind = RP_LINK_LIST, .list = &list, .outer = link};

    rp_walk_list_begin(&list, link);
    list.is_of_container = true;
    RP_TRY(rp_walk_value(walk, place, value, &items, is_there));
    return *is_there ? rp_walk_list_end(walk, &list, value, link) : RP_OK;
}

/* 13.6: the value of a term of type @json, whatever it is; the container @list makes it a list. */
static RpStatus
walk_json(RpWalk *walk, uint8_t containers, const RpJson *value, const RpWalkLink *link)
{
    RpWalkList list;
    RpWalkLink item = {.kind = RP_LINK_LIST, .list = &list};

    if (!(containers & RP_CONTAINER_LIST)) {
        return rp_walk_json_literal(walk, value, link);
    }
    rp_walk_list_begin(&list, link);
    RP_TRY(rp_walk_json_literal(walk, value, &item));
    return rp_walk_list_end(walk, &list, value, link);
}

RpStatus
rp_walk_property(RpWalk *walk, const RpWalkNode *node, const RpWalkMember *member, bool is_reversed,
                 bool *is_there)
{
    const RpContextTerm *term = member->found.term;
    const RpJson *value = member->value;
    uint8_t containers = term ? term->containers : 0;
    bool reverses = is_reversed != (term && (term->flags & RP_TERM_IS_REVERSE));
    RpWalkPlace place = {
        .active = member->active, .property = rp_json_key(value), .found = member->found};
    RpWalkLink link = {.kind = reverses ? RP_LINK_REVERSE : RP_LINK_PROPERTY,
                       .subject = node,
                       .has_predicate = member->form == RP_IRI_VALID};

    *is_there = member->iri.length > 0 && value->kind != RP_JSON_NULL;
    if (member->iri.length == 0) {
        return RP_OK;
    }
    if (link.has_predicate) {
        RP_TRY(rp_context_count_long(&walk->contexts, member->iri.length, 0));
        link.predicate = rp_walk_predicate(member);
    } else if (value->kind != RP_JSON_NULL) {
        RP_TRY(drop_property(walk, member));
    }
    link.only_nodes = is_reversed || reverses;
    link.wraps_graph =
        (containers & RP_CONTAINER_GRAPH) && !(containers & (RP_CONTAINER_INDEX | RP_CONTAINER_ID));
    if (term && term->type_keyword == RP_KEYWORD_JSON) {
        *is_there = true;
        return walk_json(walk, containers, value, &link);
    }
    if (value->kind == RP_JSON_OBJECT && (containers & RP_CONTAINER_LANGUAGE)) {
        return walk_language_map(walk, member, &link);
    }
    if (value->kind == RP_JSON_OBJECT &&
        (containers & (RP_CONTAINER_INDEX | RP_CONTAINER_ID | RP_CONTAINER_TYPE))) {
        return walk_map(walk, member, &link);
    }
    if (containers & RP_CONTAINER_LIST) {
        return walk_container_list(walk, place, value, &link, is_there);
    }
    return rp_walk_value(walk, place, value, &link, is_there);
}
