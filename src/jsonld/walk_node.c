/* Node objects (JSON-LD 1.1 API, 5.1.2, steps 13.4 and 13.5; walk_internal.h). */
#include "jsonld/walk_internal.h"

#include "rdf/term.h"

/* 13.4.3: the node that an object is. The label or IRI stays in the walk's names. */
static RpStatus
identify(RpWalk *walk, RpWalkPlace place, const RpWalkMember *id, const RpJson *object,
         const RpWalkLink *link, RpWalkNode *node)
{
    RpIriExpansion expansion = {.processing = &walk->contexts,
                                .active = place.active,
                                .buffer = &walk->scratch,
                                .is_document_relative = true};
    RpExpandedIri iri;

    *node = (RpWalkNode){.is_valid = true, .place = object};
    if (!id && link->id && !link->wraps_graph) {
        node->term = *link->id;
        node->is_valid = link->id_is_valid;
    } else if (!id) {
        RP_TRY(rp_walk_new_blank(walk, &node->term));
    } else if (id->value->kind != RP_JSON_STRING) {
        return rp_walk_fail(walk, id->value, "invalid @id value", "@id must be a string");
    } else {
        expansion.active = id->active;
        RP_TRY(rp_iri_expand(&expansion, rp_json_text(id->value), &iri));
        RP_TRY(rp_walk_iri(walk, &iri, id->value, true, &node->term, &node->is_valid));
    }
    node->term.mark = rp_walk_node_mark(walk);
    return RP_OK;
}

/* 13.4.4: a type. */
static RpStatus
walk_type(RpWalk *walk, const RpActiveContext *types, const RpWalkNode *node, const RpJson *type)
{
    RpTerm predicate = rp_term_iri(RP_TEXT(RP_RDF "type"));
    RpIriExpansion expansion = {.processing = &walk->contexts,
                                .active = types,
                                .buffer = &walk->scratch,
                                .is_vocab = true,
                                .is_document_relative = true};
    RpExpandedIri iri;
    RpTerm term;
    bool is_valid;

    if (type->kind != RP_JSON_STRING) {
        return rp_walk_fail(walk, type, "invalid type value",
                            "@type must be a string or an array of strings");
    }
    RP_TRY(rp_iri_expand(&expansion, rp_json_text(type), &iri));
    RP_TRY(rp_walk_type(walk, &iri, type, &term, &is_valid));
    return is_valid && node->is_valid
               ? rp_walk_emit(walk, &node->term, &predicate, &term, type, node->place)
               : RP_OK;
}

static RpStatus
walk_types(RpWalk *walk, const RpActiveContext *types, const RpWalkNode *node, const RpJson *value)
{
    if (value->kind != RP_JSON_ARRAY) {
        return walk_type(walk, types, node, value);
    }
    for (uint32_t i = 0; i < value->length; i++) {
        RP_TRY(walk_type(walk, types, node, &value->items[i]));
    }
    return RP_OK;
}

/* 13.4.12: the map of @reverse. */
static RpStatus
walk_reverse(RpWalk *walk, RpWalkPlace place, const RpWalkNode *node, const RpWalkMember *member)
{
    RpWalkLink link = {.kind = RP_LINK_REVERSE_MAP, .subject = node};
    bool is_there;

    if (member->value->kind != RP_JSON_OBJECT) {
        return rp_walk_fail(walk, member->value, "invalid @reverse value",
                            "the value of @reverse must be an object");
    }
    place = (RpWalkPlace){.active = member->active};
    return rp_walk_value(walk, place, member->value, &link, &is_there);
}

/* 13.4.6: nodes of the same graph. */
static RpStatus
walk_included(RpWalk *walk, const RpWalkMember *member)
{
    RpWalkLink link = {.kind = RP_LINK_INCLUDED};
    RpWalkPlace place = {.active = member->active, .is_free = true};
    bool is_there;

    RP_TRY(rp_walk_value(walk, place, member->value, &link, &is_there));
    return is_there ? RP_OK
                    : rp_walk_fail(walk, member->value, "invalid @included value",
                                   "the values of @included must be nodes");
}

/* 13.4.5: the content of the graph that a node names; of the whole document (in_default), the
 * default graph's. */
static RpStatus
walk_graph(RpWalk *walk, const RpWalkMember *member, const RpWalkNode *node, bool in_default)
{
    RpWalkLink link = {.kind = RP_LINK_NONE};
    RpWalkPlace place = {.active = member->active, .is_free = true};
    const RpTerm *outer = walk->graph;
    bool outer_is_valid = walk->graph_is_valid;
    bool is_there;

    if (!in_default) {
        rp_walk_enter_graph(walk, &node->term, node->is_valid);
    }
    RP_TRY(rp_walk_value(walk, place, member->value, &link, &is_there));
    if (!in_default) {
        rp_walk_enter_graph(walk, outer, outer_is_valid);
    }
    return RP_OK;
}

/* Entries that say nothing of a node. */
static RpStatus
check_entry(RpWalk *walk, const RpWalkMember *member)
{
    const RpJson *value = member->value;

    switch (member->keyword) {
    case RP_KEYWORD_DIRECTION:
        return rp_json_is_string(value, RP_TEXT("ltr")) || rp_json_is_string(value, RP_TEXT("rtl"))
                   ? RP_OK
                   : rp_walk_fail(walk, value, "invalid base direction",
                                  "@direction must be \"ltr\" or \"rtl\"");
    case RP_KEYWORD_LIST:
        return rp_walk_drop(walk, RP_JSONLD_DROPPED_FREE_VALUE, RP_TEXT("@list"), value);
    case RP_KEYWORD_ID:
    case RP_KEYWORD_INDEX:
    case RP_KEYWORD_LANGUAGE:
    case RP_KEYWORD_NEST:
    case RP_KEYWORD_GRAPH:
        return RP_OK;
    default:
        return rp_walk_drop(walk, RP_JSONLD_DROPPED_KEY, rp_json_key(value), value);
    }
}

/* A member of a node that is not its @id or @graph. *is_there: expansion would keep it. */
static RpStatus
walk_member(RpWalk *walk, RpWalkPlace place, const RpWalkNode *node, const RpWalkMember *member,
            const RpActiveContext *types, bool *is_there)
{
    *is_there = true;
    switch (member->keyword) {
    case RP_KEYWORD_NONE_AT_ALL:
        return rp_walk_property(walk, node, member, false, is_there);
    case RP_KEYWORD_TYPE:
        return walk_types(walk, types, node, member->value);
    case RP_KEYWORD_REVERSE:
        return walk_reverse(walk, place, node, member);
    case RP_KEYWORD_INCLUDED:
        return walk_included(walk, member);
    case RP_KEYWORD_NEST:
    case RP_KEYWORD_GRAPH:
    case RP_KEYWORD_LIST:
        *is_there = false;
        return check_entry(walk, member);
    default:
        return check_entry(walk, member);
    }
}

/* All members, the graph last: only then it is known whether there is anything else. */
static RpStatus
walk_members(RpWalk *walk, RpWalkPlace place, const RpWalkNode *node, const RpWalkMembers *members,
             const RpActiveContext *types, bool is_document)
{
    bool is_graph_alone = is_document;
    const RpWalkMember *graph;
    bool is_there;

    RP_TRY(rp_walk_drop_keys(walk, members));
    for (uint32_t i = members->first; i < members->end; i++) {
        RpWalkMember member = walk->members[i];

        RP_TRY(walk_member(walk, place, node, &member, types, &is_there));
        is_graph_alone = is_graph_alone && !is_there;
    }
    graph = rp_walk_member(walk, members, RP_KEYWORD_GRAPH);
    if (graph) {
        RpWalkMember member = *graph;

        return walk_graph(walk, &member, node, is_graph_alone);
    }
    return RP_OK;
}

/* Whether a node is a graph object: it has @graph, and beside it @id and @index at most. */
static bool
is_graph_object(const RpWalk *walk, const RpWalkMembers *members)
{
    return (members->keywords & RP_KEYWORD_BIT(RP_KEYWORD_GRAPH)) &&
           !rp_walk_other_member(walk, members,
                                 RP_KEYWORD_BIT(RP_KEYWORD_GRAPH) | RP_KEYWORD_BIT(RP_KEYWORD_ID) |
                                     RP_KEYWORD_BIT(RP_KEYWORD_INDEX));
}

/* A node that is the content of a graph (13.8.3.7.1 and 13.13). */
static RpStatus
walk_wrapped(RpWalk *walk, RpWalkPlace place, const RpWalkNode *node, const RpWalkMembers *members,
             const RpActiveContext *types, const RpWalkLink *link)
{
    const RpTerm *outer = walk->graph;
    bool outer_is_valid = walk->graph_is_valid;
    RpWalkNode graph;

    RP_TRY(rp_walk_link_graph(walk, link, node->place, &graph));
    rp_walk_enter_graph(walk, &graph.term, graph.is_valid);
    RP_TRY(walk_members(walk, place, node, members, types, false));
    rp_walk_enter_graph(walk, outer, outer_is_valid);
    return RP_OK;
}

RpStatus
rp_walk_node(RpWalk *walk, RpWalkPlace place, const RpJson *object, RpWalkMembers *members,
             const RpActiveContext *types, const RpWalkLink *link)
{
    RpWalkLink unwrapped;
    RpWalkNode node;

    if (link->wraps_graph && link->keeps_graph && is_graph_object(walk, members)) {
        unwrapped = *link;
        unwrapped.wraps_graph = false;
        link = &unwrapped;
    }
    RP_TRY(
        identify(walk, place, rp_walk_member(walk, members, RP_KEYWORD_ID), object, link, &node));
    if (link->wraps_graph) {
        return walk_wrapped(walk, place, &node, members, types, link);
    }
    if (link->kind == RP_LINK_INCLUDED && (members->keywords & RP_KEYWORD_BIT(RP_KEYWORD_LIST))) {
        return rp_walk_fail(walk, object, "invalid @included value",
                            "the values of @included must be nodes");
    }
    RP_TRY(rp_walk_link_node(walk, link, &node));
    return walk_members(walk, place, &node, members, types, object == &walk->document->root);
}

RpStatus
rp_walk_reverse_map(RpWalk *walk, const RpWalkMembers *members, const RpWalkLink *link)
{
    bool is_there;

    RP_TRY(rp_walk_drop_keys(walk, members));
    for (uint32_t i = members->first; i < members->end; i++) {
        RpWalkMember member = walk->members[i];

        if (member.keyword != RP_KEYWORD_NONE_AT_ALL) {
            return rp_walk_fail(walk, member.value, "invalid reverse property map",
                                "the map of @reverse can have properties alone");
        }
        RP_TRY(rp_walk_property(walk, link->subject, &member, true, &is_there));
    }
    return RP_OK;
}
