/* What becomes of an item (walk_internal.h). */
#include "jsonld/walk_internal.h"

#include "rdf/term.h"

/* The triple of a property, forward or reversed. */
static RpStatus
emit_property(RpWalk *walk, const RpWalkLink *link, const RpWalkNode *node)
{
    const RpWalkNode *subject = link->subject;

    if (!link->has_predicate || !subject->is_valid || !node->is_valid) {
        return RP_OK;
    }
    if (link->kind == RP_LINK_REVERSE) {
        return rp_walk_emit(walk, &node->term, &link->predicate, &subject->term, node->place,
                            node->place);
    }
    return rp_walk_emit(walk, &subject->term, &link->predicate, &node->term, node->place,
                        subject->place);
}

/* The type and the property that a map's key gives an item. */
static RpStatus
add_of_key(RpWalk *walk, const RpWalkLink *link, const RpWalkNode *node)
{
    RpTerm predicate = rp_term_iri(RP_TEXT(RP_RDF "type"));
    RpIriExpansion expansion = {.processing = &walk->contexts,
                                .active = link->type_active,
                                .buffer = &walk->scratch,
                                .is_vocab = true};
    RpExpandedIri iri;
    RpTerm type;
    bool is_valid;

    if (link->index_object && node->is_valid) {
        RP_TRY(rp_walk_emit(walk, &node->term, link->index_predicate, link->index_object,
                            node->place, node->place));
    }
    if (!link->type) {
        return RP_OK;
    }
    RP_TRY(rp_iri_expand(&expansion, rp_json_key(link->type), &iri));
    RP_TRY(rp_walk_type(walk, &iri, link->type, &type, &is_valid));
    return is_valid && node->is_valid
               ? rp_walk_emit(walk, &node->term, &predicate, &type, link->type, node->place)
               : RP_OK;
}

RpStatus
rp_walk_link_node(RpWalk *walk, const RpWalkLink *link, const RpWalkNode *node)
{
    if (link->kind == RP_LINK_LIST) {
        RP_TRY(
            rp_walk_list_add(walk, link->list, node->is_valid ? &node->term : NULL, node->place));
    } else if (link->kind == RP_LINK_PROPERTY || link->kind == RP_LINK_REVERSE) {
        RP_TRY(emit_property(walk, link, node));
    }
    return link->type || link->index_object ? add_of_key(walk, link, node) : RP_OK;
}

RpStatus
rp_walk_link_graph(RpWalk *walk, const RpWalkLink *link, const RpJson *place, RpWalkNode *graph)
{
    *graph = (RpWalkNode){.is_valid = true, .place = place};
    if (link->id) {
        graph->term = *link->id;
        graph->is_valid = link->id_is_valid;
    } else {
        RP_TRY(rp_walk_new_blank(walk, &graph->term));
    }
    return rp_walk_link_node(walk, link, graph);
}

RpStatus
rp_walk_link_literal(RpWalk *walk, const RpWalkLink *link, const RpTerm *literal,
                     const RpJson *place)
{
    RpWalkNode graph;

    if (link->wraps_graph) {
        RP_TRY(rp_walk_link_graph(walk, link, place, &graph));
        return rp_walk_drop(walk, RP_JSONLD_DROPPED_FREE_VALUE,
                            literal ? literal->lexical : RP_TEXT(""), place);
    }
    if (link->has_index) {
        return rp_walk_fail(walk, place, "invalid value object",
                            "a literal cannot have the property that its index is");
    }
    if (link->only_nodes) {
        return rp_walk_fail(walk, place, "invalid reverse property value",
                            "the value of a reverse property must be a node, not a literal or "
                            "a list");
    }
    switch (link->kind) {
    case RP_LINK_INCLUDED:
        return rp_walk_fail(walk, place, "invalid @included value",
                            "the values of @included must be nodes");
    case RP_LINK_LIST:
        return rp_walk_list_add(walk, link->list, literal, place);
    case RP_LINK_PROPERTY:
        return literal && link->has_predicate && link->subject->is_valid
                   ? rp_walk_emit(walk, &link->subject->term, &link->predicate, literal, place,
                                  link->subject->place)
                   : RP_OK;
    default:
        return RP_OK;
    }
}

void
rp_walk_list_begin(RpWalkList *list, const RpWalkLink *link)
{
    *list = (RpWalkList){0};
    switch (link->kind) {
    case RP_LINK_PROPERTY:
        list->is_dropped = !link->has_predicate || !link->subject->is_valid;
        break;
    case RP_LINK_LIST:
        list->is_dropped = link->list->is_dropped;
        break;
    default:
        list->is_dropped = true;
        break;
    }
}

/* An item that is dropped has a cell nevertheless (8.3.2, step 4.3). */
RpStatus
rp_walk_list_add(RpWalk *walk, RpWalkList *list, const RpTerm *item, const RpJson *place)
{
    RpTerm first = rp_term_iri(RP_TEXT(RP_RDF "first"));
    RpTerm rest = rp_term_iri(RP_TEXT(RP_RDF "rest"));
    RpTerm cell;

    if (list->is_dropped) {
        return RP_OK;
    }
    RP_TRY(rp_walk_new_blank(walk, &cell));
    if (list->count++ == 0) {
        list->head = cell;
    } else {
        RP_TRY(rp_walk_emit(walk, &list->last, &rest, &cell, list->place, NULL));
    }
    list->last = cell;
    list->place = place;
    return item ? rp_walk_emit(walk, &cell, &first, item, place, NULL) : RP_OK;
}

RpStatus
rp_walk_list_end(RpWalk *walk, RpWalkList *list, const RpJson *place, const RpWalkLink *link)
{
    RpTerm rest = rp_term_iri(RP_TEXT(RP_RDF "rest"));
    RpTerm nil = rp_term_iri(RP_TEXT(RP_RDF "nil"));

    if (list->is_given_by_object) {
        return RP_OK;
    }
    if (list->count == 0) {
        list->head = nil;
    } else {
        RP_TRY(rp_walk_emit(walk, &list->last, &rest, &nil, list->place, NULL));
    }
    return rp_walk_link_literal(walk, link, &list->head, place);
}
