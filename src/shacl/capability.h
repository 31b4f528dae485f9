/*
 * What becomes of each term of SHACL's vocabulary: the one list that decides what shapes may use,
 * and that rdf_policy_capabilities() shows. Parameters are not in it: the component table has them,
 * and what is listed of them is made from there.
 */
#ifndef RP_SHACL_CAPABILITY_H
#define RP_SHACL_CAPABILITY_H

#include "shacl/component.h"

#define RP_DASH "http://datashapes.org/dash#"

typedef enum RpCapabilityStatus {
    RP_CAPABILITY_UNLISTED = 0, /* of sh: and dash: terms: refused on shapes */
    RP_CAPABILITY_ENFORCED,
    RP_CAPABILITY_IGNORED, /* does not constrain, by its definition */
    RP_CAPABILITY_NOT_RUN, /* does not constrain either, and yet somebody may count on it */
    RP_CAPABILITY_SWITCH,  /* refused on shapes, unless its value is false */
    RP_CAPABILITY_PART,   /* refused on shapes; elsewhere it means nothing without a term that is */
    RP_CAPABILITY_SHAPE,  /* refused wherever it stands: it makes its subject a shape */
    RP_CAPABILITY_REFUSED /* wherever it stands */
} RpCapabilityStatus;

/* How a shapes graph uses a term. */
typedef enum RpTermUse {
    RP_TERM_IS_PREDICATE = 1,
    RP_TERM_IS_CLASS,
    RP_TERM_IS_VALUE, /* in no place where it is looked up */
    RP_TERM_OF_QUERIES
} RpTermUse;

typedef struct RpCapability {
    RpText iri;
    RpTermUse use;
    RpCapabilityStatus status;
    RpText note;
} RpCapability;

/* The status of an IRI in one use. Parameters of components are not listed here. */
RpCapabilityStatus rp_capability_of(RpText iri, RpTermUse use);

/*
 * Every term, each once: the list, then the component table's parameters, components, and the
 * nodes by which SHACL's vocabulary describes their parameters; then the parts and functions of
 * SPARQL, whose iri is a name: "SPARQL OPTIONAL".
 */
RpStatus rp_capabilities_list(RpArena *arena, RpCapability **capabilities, uint32_t *count,
                              RpError *error);

#endif
