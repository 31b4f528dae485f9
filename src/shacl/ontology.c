/* See ontology.h. */
#include "shacl/ontology.h"

#include "shacl/shape_error.h"

/* Room for the texts of a range of triples; NULL: no memory. */
static RpText *
make_texts(RpArena *arena, RpTripleRange range)
{
    return rp_arena_allocate(arena, ((size_t)rp_triple_range_count(range) + 1) * sizeof(RpText));
}

static bool
is_ontology(const RpShapesGraph *graph, RpTermId node)
{
    return rp_graph_contains(&graph->graph,
                             (RpTriple){node, RP_VOCABULARY_rdf_type, RP_VOCABULARY_owl_Ontology});
}

/* Whether the text holds what an import names: an ontology, or the prefixes that SPARQL queries
 * take from it (SHACL Recommendation, section 5.2.1). */
static bool
is_here(const RpShapesGraph *graph, RpTermId node)
{
    RpTripleRange prefixes = rp_graph_objects(&graph->graph, node, RP_VOCABULARY_sh_declare);

    return prefixes.first < prefixes.end || is_ontology(graph, node);
}

/* An ontology without an IRI has no name to be imported by, and is passed over. */
static RpStatus
read_names(RpShapesGraph *graph, RpOntologies *ontologies, RpError *error)
{
    RpTripleRange types;

    RP_TRY(rp_graph_match(&graph->graph, RP_TERM_NONE, RP_VOCABULARY_rdf_type,
                          RP_VOCABULARY_owl_Ontology, &types, error));
    ontologies->names = make_texts(graph->arena, types);
    if (ontologies->names == NULL) {
        return rp_arena_failure(graph->arena, error);
    }
    for (const RpTriple *type = types.first; type < types.end; type++) {
        if (rp_dictionary_kind(&graph->dictionary, type->subject) == RP_IRI) {
            ontologies->names[ontologies->name_count++] =
                rp_dictionary_term(&graph->dictionary, type->subject).lexical;
        }
    }
    return RP_OK;
}

/*
 * OWL 2, 3.4: the objects of owl:imports, whatever the subject is. What the text holds itself needs
 * nobody else.
 */
static RpStatus
read_imports(RpShapesGraph *graph, RpOntologies *ontologies, RpError *error)
{
    RpTripleRange imports;

    RP_TRY(rp_graph_match(&graph->graph, RP_TERM_NONE, RP_VOCABULARY_owl_imports, RP_TERM_NONE,
                          &imports, error));
    ontologies->imports = make_texts(graph->arena, imports);
    if (ontologies->imports == NULL) {
        return rp_arena_failure(graph->arena, error);
    }
    for (const RpTriple *triple = imports.first; triple < imports.end; triple++) {
        if (rp_dictionary_kind(&graph->dictionary, triple->object) != RP_IRI) {
            RpShown shown;

            rp_error_set(error, RP_ILL_FORMED, "%s: a value of owl:imports must be an IRI",
                         rp_shape_error_show(graph, triple->subject, &shown));
            rp_shape_error_place(error, graph, triple->subject);
            return error->status;
        }
        if (!is_here(graph, triple->object)) {
            ontologies->imports[ontologies->import_count++] =
                rp_dictionary_term(&graph->dictionary, triple->object).lexical;
        }
    }
    return RP_OK;
}

RpStatus
rp_ontologies_read(RpShapesGraph *graph, RpOntologies *ontologies, RpError *error)
{
    memset(ontologies, 0, sizeof *ontologies);
    RP_TRY(read_names(graph, ontologies, error));
    return read_imports(graph, ontologies, error);
}
