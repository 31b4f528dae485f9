/* What sh:nodeKind and sh:datatype ask of one term: SHACL Recommendation, section 4.1. */
#ifndef RP_SHACL_TERM_KIND_H
#define RP_SHACL_TERM_KIND_H

#include "rdf/dictionary.h"

/* The term kinds that one of the six node kinds allows, as bits 1 << RpTermKind; 0: no node kind.
 */
uint32_t rp_node_kind_bits(RpTermId node_kind);

/* Whether a term has a datatype, and a lexical form of it where the engine knows the datatype. Of
 * rdf:langString is what has a language tag. */
bool rp_term_has_datatype(const RpDictionary *dictionary, RpTermId term, RpTermId datatype);

#endif
