/*
 * Constraint components that a shapes graph declares: their parameters and validators. SHACL
 * Recommendation, section 6.
 */
#ifndef RP_SHACL_COMPONENT_DECLARATION_H
#define RP_SHACL_COMPONENT_DECLARATION_H

#include "shacl/shape.h"
#include "sparql/compile.h"

/* A query that several shapes may ask: an ASK, or a SELECT. */
typedef struct RpValidator {
    RpTermId node; /* 0: there is none */
    bool is_ask;
    RpTermId *messages; /* its own, else the component's; NULL: not read yet */
    uint32_t message_count;
    RpText bytes; /* its algebra, where that is the same for all shapes; data NULL: not compiled
                     yet, or it depends on the shape's path */
} RpValidator;

typedef struct RpDeclaredParameter {
    RpTermId node;      /* that declares it */
    RpTermId predicate; /* the value of its sh:path */
    bool is_optional;
    bool was_warned; /* that what it asks of values is not checked */
} RpDeclaredParameter;

typedef struct RpDeclaredComponent {
    RpTermId node;
    RpDeclaredParameter *parameters; /* as their nodes are first named */
    uint32_t parameter_count;
    RpPreboundName *select_names; /* of variables that may be bound before, as RP_QUERY_… has them,
                                     then one of each parameter */
    RpPreboundName *ask_names;
    RpValidator for_nodes;      /* sh:nodeValidator */
    RpValidator for_properties; /* sh:propertyValidator */
    RpValidator for_both;       /* sh:validator */
    bool has_script;            /* a validator in JavaScript */
    bool is_left_out;           /* it is ill-formed: its constraints are left out */
    bool was_warned;            /* that it lacks a validator */
    uint32_t last_shape;        /* whose constraint was left out with it, index + 1; 0: none */
} RpDeclaredComponent;

/*
 * A predicate by which a component is found on a shape: its first mandatory parameter; of a
 * component that is left out, each parameter that is known.
 */
typedef struct RpParameterUse {
    RpTermId predicate;
    uint32_t component; /* index */
} RpParameterUse;

#endif
