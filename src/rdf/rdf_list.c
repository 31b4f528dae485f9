/* Walk an rdf:List (RDF Schema 1.1, section 5.2). */
#include "rdf/rdf_list.h"

/* Say what is wrong with a node of the list. */
static RpStatus
refuse(const RpGraph *graph, RpTermId node, const char *what, RpError *error)
{
    RpTerm term = rp_dictionary_term(graph->dictionary, node);
    RpShown shown;
    const char *lexical = rp_text_show(term.lexical, &shown);

    if (term.kind == RP_BLANK) {
        return rp_error_set(error, RP_ILL_FORMED, "list node _:%s %s", lexical, what);
    }
    return rp_error_set(error, RP_ILL_FORMED, "%s \"%s\" %s",
                        term.kind == RP_IRI ? "list node" : "the literal", lexical, what);
}

/* The only object of a node and predicate. */
static RpStatus
only_object(const RpGraph *graph, RpTermId node, RpTermId predicate, const char *what,
            RpTermId *object, RpError *error)
{
    RpTripleRange range = rp_graph_objects(graph, node, predicate);

    if (rp_triple_range_count(range) != 1) {
        return refuse(graph, node, what, error);
    }
    *object = range.first->object;
    return RP_OK;
}

RpStatus
rp_rdf_list_read(const RpGraph *graph, RpTermId head, RpTermId **members, uint32_t *count,
                 RpError *error)
{
    uint32_t capacity = 0;
    RpTermId node = head;
    RpTermId mark =
        RP_TERM_NONE; /* Brent's cycle search: a node passed a power of two of turns ago */
    uint32_t next_mark = 1;

    *members = NULL;
    *count = 0;
    while (node != RP_VOCABULARY_rdf_nil) {
        RpTermId *grown;
        RpTermId member = RP_TERM_NONE;

        RP_TRY(rp_arena_poll(graph->arena, error));
        if (rp_dictionary_kind(graph->dictionary, node) == RP_LITERAL) {
            return refuse(graph, node, "stands where a list node must be", error);
        }
        if (node == mark) {
            return refuse(graph, node, "is reached again: the list is a cycle", error);
        }
        if (*count == next_mark) {
            mark = node;
            next_mark = next_mark > UINT32_MAX / 2 ? UINT32_MAX : next_mark * 2;
        }
        RP_TRY(only_object(graph, node, RP_VOCABULARY_rdf_first, "needs exactly one rdf:first",
                           &member, error));
        RP_TRY(only_object(graph, node, RP_VOCABULARY_rdf_rest, "needs exactly one rdf:rest", &node,
                           error));
        grown =
            rp_arena_grow(graph->arena, *members, *count, *count + 1, &capacity, sizeof(RpTermId));
        if (!grown) {
            return rp_arena_failure(graph->arena, error);
        }
        *members = grown;
        (*members)[(*count)++] = member;
    }
    if (rp_triple_range_count(rp_graph_objects(graph, node, RP_VOCABULARY_rdf_first)) > 0 ||
        rp_triple_range_count(rp_graph_objects(graph, node, RP_VOCABULARY_rdf_rest)) > 0) {
        return refuse(graph, node, "ends a list and may have no rdf:first and no rdf:rest", error);
    }
    return RP_OK;
}
