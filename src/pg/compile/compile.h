/* The source of a policy version → its image. */
#ifndef RP_PG_COMPILE_H
#define RP_PG_COMPILE_H

#include "pg/pg.h"
#include "image/image.h"
#include "shacl/ontology.h"

/* What rdf_policy_register was given, as a version's row keeps it. */
typedef struct RpSource {
    bool is_rules; /* text is canonical jsonb of the rule form; else Turtle */
    RpText text;
    RpText base_iri; /* empty: none */
    bool leaves_out; /* what cannot be enforced, by name, instead of refusing the source */
    bool subclass_from_shapes;
    bool requires_focus; /* a document without a focus node violates the policy */
    bool allows_vacuous; /* shapes without any target */
    RpText context;      /* IRI of the JSON-LD context for documents without one; empty: none */
    RpText context_signature; /* of the text that is meant by it; empty: of that in force */
    bool refuses_dropped;     /* what such a document says without being a triple is an error */
    bool ignores_imports;     /* owl:imports is looked at when a version is staged, and not after */
} RpSource;

/* ERROR 53400 for a source longer than rdfpolicy.max_document_size. */
void rp_source_check_size(RpText source);

/* Read a source into an empty graph. With warns, a NOTICE for names that were taken as IRIs. */
RpStatus rp_source_read(RpShapesGraph *graph, const RpSource *source, bool warns, RpError *error);

/*
 * Compile into the arena. *bytes is a checked image. Warnings (names taken as IRIs, what is left
 * out, what is probably a mistake) are raised as NOTICE and WARNING where warns is true. Raises
 * only for lack of resources or a cancel; what is wrong with the source is the returned status.
 */
RpStatus rp_compile(RpArena *arena, const RpSource *source, bool warns, RpText *bytes,
                    RpError *error);

/* The same, and what the text says of ontologies; their IRIs are in the arena too. */
RpStatus rp_compile_with_ontologies(RpArena *arena, const RpSource *source, bool warns,
                                    RpText *bytes, RpOntologies *ontologies, RpError *error);

#endif
