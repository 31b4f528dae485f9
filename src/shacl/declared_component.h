/*
 * Constraint components that a shapes graph declares: their parameters and validators. SHACL
 * Recommendation, section 6.
 */
#ifndef RP_SHACL_DECLARED_COMPONENT_H
#define RP_SHACL_DECLARED_COMPONENT_H

#include "shacl/shape.h"

/* A query that several shapes may ask: an ASK, or a SELECT. */
typedef struct RpValidator {
    RpTermId node; /* 0: there is none */
    bool is_ask;
    RpTermId *messages; /* its own, else the component's */
    uint32_t message_count;
    RpText bytes; /* compiled for a shape, where it is the same for all; data NULL: not yet, or it
                     depends on the shape's path */
} RpValidator;

typedef struct RpDeclaredParameter {
    RpTermId node;      /* that declares it */
    RpTermId predicate; /* the value of its sh:path */
    RpText name;        /* of its variable */
    bool is_optional;
} RpDeclaredParameter;

typedef struct RpDeclaredComponent {
    RpTermId node;
    RpDeclaredParameter *parameters;
    uint32_t parameter_count;
    uint32_t mandatory_count;
    RpValidator for_nodes;      /* sh:nodeValidator */
    RpValidator for_properties; /* sh:propertyValidator */
    RpValidator for_both;       /* sh:validator */
    bool is_left_out;           /* it is ill-formed: its constraints are left out */
    bool was_warned;            /* that it lacks a validator */
    uint32_t last_shape;        /* that it was left out of, index + 1 */
} RpDeclaredComponent;

/* A predicate by which a component is found on a shape: its first mandatory parameter; of one that
 * is left out each parameter that is known. */
typedef struct RpParameterUse {
    RpTermId predicate;
    uint32_t component; /* index */
} RpParameterUse;

#endif
