/* What a shapes graph says of itself: which ontologies it holds, and which others it imports. */
#ifndef RP_SHACL_ONTOLOGY_H
#define RP_SHACL_ONTOLOGY_H

#include "shacl/shapes_graph.h"

typedef struct RpOntologies {
    RpText *names; /* IRIs of type owl:Ontology */
    uint32_t name_count;
    RpText *imports; /* values of owl:imports that are none of the names */
    uint32_t import_count;
} RpOntologies;

/* Read a frozen graph. RP_ILL_FORMED: a value of owl:imports is no IRI. Texts are the graph's. */
RpStatus rp_ontologies_read(RpShapesGraph *graph, RpOntologies *ontologies, RpError *error);

#endif
