/*
 * A value: an array's items, a scalar, or an object, whose contexts are processed before it is told
 * what it is (JSON-LD 1.1 API, 5.1.2, steps 1 to 12 and 15 to 19; walk_internal.h).
 */
#include "jsonld/walk_internal.h"

#include "jsonld/json_sort.h"

/* What is told of an object when its contexts have been processed. */
typedef struct Opened {
    RpWalkPlace place;            /* in the active context of the object */
    const RpActiveContext *types; /* by which @type is read (type-scoped context) */
    RpWalkMembers members;
} Opened;

/* Whether a key of an object stands for @value, or its only one for @id (7). */
static bool
keeps_context(const RpWalk *walk, const RpActiveContext *active, const RpJson *object)
{
    for (uint32_t i = 0; i < object->length; i++) {
        RpKeyword keyword = rp_walk_keyword(walk, active, rp_json_key(&object->items[i]));

        if (keyword == RP_KEYWORD_VALUE || (keyword == RP_KEYWORD_ID && object->length == 1)) {
            return true;
        }
    }
    return false;
}

/* 7 to 9: the contexts before the types'. */
static RpStatus
process_contexts(RpWalk *walk, const RpJson *object, RpWalkPlace *place)
{
    const RpJson *local = rp_json_member(object, RP_TEXT("@context"));
    RpContextScope scope = {.base_url = walk->options->base_iri, .propagates = true};
    const RpActiveContext *active = place->active;

    if (active->previous && !place->is_from_map && !keeps_context(walk, active, object)) {
        active = active->previous;
    }
    if (place->found.term && place->found.term->scoped_source > 0) {
        RP_TRY(rp_context_apply_scoped(&walk->contexts, active, place->found, true, true, &active));
    }
    if (local) {
        RP_TRY(rp_context_process(&walk->contexts, active, local, &scope, &active));
    }
    place->active = active;
    return RP_OK;
}

/* Collect the members or items that count for type-scoped contexts, into room for all of them. */
static uint32_t
collect_type_keys(const RpWalk *walk, const RpWalkMembers *members, const RpJson **keys)
{
    uint32_t count = 0;

    for (uint32_t i = members->first; i < members->end; i++) {
        if (walk->members[i].keyword == RP_KEYWORD_TYPE) {
            if (keys) {
                keys[count] = walk->members[i].value;
            }
            count++;
        }
    }
    return count;
}

/* 11.2: the types of one key, in code point order. */
static RpStatus
apply_types(RpWalk *walk, const RpJson *value, const RpActiveContext *types,
            const RpActiveContext **active)
{
    uint32_t count = value->kind == RP_JSON_ARRAY ? value->length : 1;
    const RpJson **sorted = rp_arena_allocate(walk->arena, count * sizeof(*sorted));
    uint32_t string_count = 0;

    if (!sorted) {
        return rp_arena_failure(walk->arena, walk->error);
    }
    for (uint32_t i = 0; i < count; i++) {
        const RpJson *type = value->kind == RP_JSON_ARRAY ? &value->items[i] : value;

        if (type->kind == RP_JSON_STRING) {
            sorted[string_count++] = type;
        }
    }
    rp_json_sort(sorted, string_count, rp_json_order_by_text);
    for (uint32_t i = 0; i < string_count; i++) {
        RpText name = rp_json_text(sorted[i]);
        RpFoundTerm found =
            rp_context_find(types, name, rp_context_hash(&walk->contexts.hash_key, name));

        if (found.term && found.term->scoped_source > 0) {
            RP_TRY(rp_context_apply_scoped(&walk->contexts, *active, found, false, false, active));
        }
    }
    return RP_OK;
}

/* 11: type-scoped contexts, by keys in code point order. */
static RpStatus
process_type_contexts(RpWalk *walk, const RpWalkMembers *members, const RpActiveContext *types,
                      const RpActiveContext **active)
{
    uint32_t count = collect_type_keys(walk, members, NULL);
    const RpJson **keys;

    if (count == 0) {
        return RP_OK;
    }
    keys = rp_arena_allocate(walk->arena, count * sizeof(*keys));
    if (!keys) {
        return rp_arena_failure(walk->arena, walk->error);
    }
    collect_type_keys(walk, members, keys);
    rp_json_sort(keys, count, rp_json_order_by_key);
    for (uint32_t i = 0; i < count; i++) {
        RP_TRY(apply_types(walk, keys[i], types, active));
    }
    return RP_OK;
}

/* 7 to 14: process the contexts of an object and read its keys. */
static RpStatus
open_object(RpWalk *walk, RpWalkPlace place, const RpJson *object, Opened *opened)
{
    const RpActiveContext *outer = place.active;
    const RpActiveContext *active;

    RP_TRY(process_contexts(walk, object, &place));
    opened->types = place.active;
    active = place.active;
    RP_TRY(rp_walk_push_members(walk, active, object, &opened->members));
    if (active->has_scoped) {
        RP_TRY(process_type_contexts(walk, &opened->members, opened->types, &active));
    }
    if (active != opened->types) {
        rp_walk_pop_members(walk, &opened->members);
        RP_TRY(rp_walk_push_members(walk, active, object, &opened->members));
    }
    RP_TRY(rp_walk_push_nested(walk, &opened->members));
    if (active != outer && place.property.length > 0) {
        place.found = rp_context_find(active, place.property,
                                      rp_context_hash(&walk->contexts.hash_key, place.property));
    }
    place.active = active;
    place.is_from_map = false;
    opened->place = place;
    return rp_walk_check_members(walk, &opened->members);
}

/* 17.1: what a list or set object may have. */
static RpStatus
check_list_or_set(RpWalk *walk, const RpWalkMembers *members, RpKeyword keyword)
{
    const RpWalkMember *other = rp_walk_other_member(
        walk, members, RP_KEYWORD_BIT(keyword) | RP_KEYWORD_BIT(RP_KEYWORD_INDEX));
    RpShown shown;

    if (other) {
        return rp_walk_fail(walk, other->value, "invalid set or list object",
                            "beside @list or @set there can be no \"%s\"",
                            rp_text_show(rp_json_key(other->value), &shown));
    }
    return rp_walk_drop_keys(walk, members);
}

/* The items of a list that is the content of a graph, in which no triple leads to it. */
static RpStatus
walk_wrapped_list(RpWalk *walk, RpWalkPlace place, const RpJson *value, const RpJson *object,
                  const RpWalkLink *link)
{
    RpWalkLink items = {.kind = RP_LINK_NONE};
    const RpTerm *outer = walk->graph;
    bool outer_is_valid = walk->graph_is_valid;
    RpWalkNode graph;
    bool is_there;

    RP_TRY(rp_walk_link_graph(walk, link, object, &graph));
    RP_TRY(rp_walk_drop(walk, RP_JSONLD_DROPPED_FREE_VALUE, RP_TEXT("@list"), object));
    rp_walk_enter_graph(walk, &graph.term, graph.is_valid);
    RP_TRY(rp_walk_value(walk, place, value, &items, &is_there));
    rp_walk_enter_graph(walk, outer, outer_is_valid);
    return RP_OK;
}

/* The items of a list. */
static RpStatus
walk_list(RpWalk *walk, RpWalkPlace place, const RpJson *value, const RpJson *object,
          const RpWalkLink *link)
{
    RpWalkList list;
    RpWalkLink items = {.kind = RP_LINK_LIST, .list = &list};
    bool is_there;

    if (link->wraps_graph) {
        return walk_wrapped_list(walk, place, value, object, link);
    }
    if (link->kind == RP_LINK_LIST && link->list->is_of_container && link->outer) {
        /* The value of a term with the container @list is a list already (13.12). */
        link->list->is_given_by_object = true;
        link = link->outer;
    }
    rp_walk_list_begin(&list, link);
    RP_TRY(rp_walk_value(walk, place, value, &items, &is_there));
    return rp_walk_list_end(walk, &list, object, link);
}

/* 15 to 19: what the object is. */
static RpStatus
walk_opened(RpWalk *walk, Opened *opened, const RpJson *object, const RpWalkLink *link,
            bool *is_there)
{
    RpWalkMembers *members = &opened->members;
    uint32_t keywords = members->keywords;
    RpWalkPlace place = opened->place;

    if (link->kind == RP_LINK_REVERSE_MAP) {
        return rp_walk_reverse_map(walk, members, link);
    }
    if (keywords & RP_KEYWORD_BIT(RP_KEYWORD_VALUE)) {
        return rp_walk_value_object(walk, place, object, members, opened->types, link, is_there);
    }
    if ((keywords & RP_KEYWORD_BIT(RP_KEYWORD_LIST)) && !place.is_free) {
        RP_TRY(check_list_or_set(walk, members, RP_KEYWORD_LIST));
        return walk_list(walk, place, rp_walk_member(walk, members, RP_KEYWORD_LIST)->value, object,
                         link);
    }
    if (keywords & RP_KEYWORD_BIT(RP_KEYWORD_SET)) {
        RpWalkLink items = *link;

        items.outer = NULL;
        RP_TRY(check_list_or_set(walk, members, RP_KEYWORD_SET));
        return rp_walk_value(walk, place, rp_walk_member(walk, members, RP_KEYWORD_SET)->value,
                             &items, is_there);
    }
    if ((keywords & RP_KEYWORD_BIT(RP_KEYWORD_LANGUAGE)) &&
        !rp_walk_other_member(walk, members, RP_KEYWORD_BIT(RP_KEYWORD_LANGUAGE))) {
        *is_there = false;
        return rp_walk_drop_keys(walk, members);
    }
    return rp_walk_node(walk, place, object, members, opened->types, link);
}

static RpStatus
walk_object(RpWalk *walk, RpWalkPlace place, const RpJson *object, const RpWalkLink *link,
            bool *is_there)
{
    RpArena *arena = walk->arena;
    Opened opened;

    if (arena->host->stack_is_deep(arena->host->state)) {
        rp_walk_fail(walk, object, NULL, "the document is nested too deep");
        return walk->error->status = RP_TOO_DEEP;
    }
    walk->depth++;
    *is_there = true;
    RP_TRY(open_object(walk, place, object, &opened));
    RP_TRY(walk_opened(walk, &opened, object, link, is_there));
    rp_walk_pop_members(walk, &opened.members);
    walk->depth--;
    return RP_OK;
}

/* Whether an item of a list is a list itself: an array, or an object that stands for one (5.2). */
static bool
is_array(const RpWalk *walk, const RpActiveContext *active, const RpJson *item)
{
    for (uint32_t i = 0; item->kind == RP_JSON_OBJECT && i < item->length; i++) {
        if (rp_walk_keyword(walk, active, rp_json_key(&item->items[i])) == RP_KEYWORD_SET) {
            return true;
        }
    }
    return item->kind == RP_JSON_ARRAY;
}

/* 5: an array's items; arrays in the list of a term with the container @list are lists. */
static RpStatus
walk_array(RpWalk *walk, RpWalkPlace place, const RpJson *array, const RpWalkLink *link)
{
    bool makes_lists = link->kind == RP_LINK_LIST && place.found.term &&
                       (place.found.term->containers & RP_CONTAINER_LIST);
    RpWalkLink item_link = *link;
    bool is_there;

    item_link.outer = NULL;
    for (uint32_t i = 0; i < array->length; i++) {
        const RpJson *item = &array->items[i];

        RP_TRY(rp_arena_poll(walk->arena, walk->error));
        if (makes_lists && is_array(walk, place.active, item)) {
            RpWalkList list;
            RpWalkLink inner = {.kind = RP_LINK_LIST, .list = &list};

            rp_walk_list_begin(&list, &item_link);
            RP_TRY(rp_walk_value(walk, place, item, &inner, &is_there));
            RP_TRY(rp_walk_list_end(walk, &list, item, &item_link));
        } else {
            RP_TRY(rp_walk_value(walk, place, item, &item_link, &is_there));
        }
    }
    return RP_OK;
}

RpStatus
rp_walk_value(RpWalk *walk, RpWalkPlace place, const RpJson *value, const RpWalkLink *link,
              bool *is_there)
{
    switch (value->kind) {
    case RP_JSON_NULL:
        *is_there = false;
        return RP_OK;
    case RP_JSON_ARRAY:
        *is_there = true;
        return walk_array(walk, place, value, link);
    case RP_JSON_OBJECT:
        return walk_object(walk, place, value, link, is_there);
    default:
        return rp_walk_scalar(walk, place, value, link, is_there);
    }
}
