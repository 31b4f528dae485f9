/* A graph from a Turtle text, for tests. */
#include "graph_of.h"

#include <stdio.h>

RpStatus
rp_test_add_triple(void *state, const RpTerm *subject, const RpTerm *predicate,
                   const RpTerm *object, RpPosition position, RpError *error)
{
    RpGraph *graph = state;
    RpTriple triple;

    (void)position;
    RP_TRY(rp_dictionary_add(graph->dictionary, subject, &triple.subject, error));
    RP_TRY(rp_dictionary_add(graph->dictionary, predicate, &triple.predicate, error));
    RP_TRY(rp_dictionary_add(graph->dictionary, object, &triple.object, error));
    return rp_graph_add(graph, triple, error);
}

RpStatus
rp_test_graph_of(RpArena *arena, const char *turtle, RpDictionary *dictionary, RpGraph *graph,
                 RpError *error)
{
    RpTurtleOptions options = {.depth_limit = RP_TURTLE_DEPTH_LIMIT,
                               .prefix_limit = RP_TURTLE_PREFIX_LIMIT};
    RpTripleSink sink = {.state = graph, .triple = rp_test_add_triple};
    RpBuffer text;

    rp_graph_init(graph, arena, dictionary);
    rp_dictionary_forget_marks(dictionary);
    rp_buffer_init(&text, arena);
    rp_buffer_append_string(&text, "PREFIX ex: <http://ex/> PREFIX xsd: <" RP_XSD "> "
                                   "PREFIX rdf: <" RP_RDF "> PREFIX rdfs: <" RP_RDFS "> "
                                   "PREFIX sh: <" RP_SH "> PREFIX owl: <" RP_OWL ">\n");
    rp_buffer_append_string(&text, turtle);
    RP_TRY(rp_buffer_status(&text, error));
    RP_TRY(rp_turtle_read(arena, rp_buffer_text(&text), &options, &sink, error));
    return rp_graph_freeze(graph, error);
}

RpTermId
rp_test_ex(const RpDictionary *dictionary, const char *local)
{
    char iri[256];
    RpTerm term;

    snprintf(iri, sizeof(iri), "http://ex/%s", local);
    term = rp_term_iri(rp_text_from(iri));
    return rp_dictionary_find(dictionary, &term);
}
