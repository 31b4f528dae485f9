/* owl:imports of a shapes text: what it names must be there, as other registered policies. */
#ifndef RP_PG_IMPORTS_H
#define RP_PG_IMPORTS_H

#include "shacl/ontology.h"
#include "pg/catalog/catalog_writer.h"

/* The IRIs of the text's own ontologies, as a version's row keeps them. */
RpParameter rp_ontology_names(const RpOntologies *ontologies);

/*
 * Ask which imports are no ontology of another policy (NULL: of any) that is active or staged. The
 * answer is the writer's result: a row for each IRI. Returns their number.
 */
uint64 rp_imports_missing(const RpCatalogWriter *writer, const char *policy,
                          const RpOntologies *ontologies);

/*
 * ERROR 42704 unless each import is an ontology of another policy that is active or staged. No more
 * is asked, since every active policy judges on its own; nothing is fetched.
 */
void rp_imports_require(const RpCatalogWriter *writer, const char *policy,
                        const RpOntologies *ontologies);

#endif
