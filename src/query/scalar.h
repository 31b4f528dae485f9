/*
 * What an expression is worth: a term, an error, or a variable that is not bound. SPARQL's logic of
 * three values (17.2) is here and in expression.c, and nowhere else.
 */
#ifndef RP_QUERY_SCALAR_H
#define RP_QUERY_SCALAR_H

#include "query/query_run.h"
#include "xsd/compare.h"

typedef enum RpScalarKind { RP_SCALAR_ERROR = 0, RP_SCALAR_UNBOUND, RP_SCALAR_TERM } RpScalarKind;

typedef struct RpScalar {
    RpScalarKind kind;
    RpTermId id;       /* 0: a function made the term, and nobody has looked for its id */
    RpTermId datatype; /* of a literal, where it is of the vocabulary; else 0 */
    RpTerm term;       /* texts of the dictionaries, the query or run->texts */
} RpScalar;

typedef enum RpTruth { RP_FALSE = 0, RP_TRUE, RP_TRUTH_ERROR } RpTruth;

/* The outcome of comparing two values by an operator. */
typedef enum RpComparison {
    RP_COMPARED_LESS = -1,
    RP_COMPARED_EQUAL = 0,
    RP_COMPARED_GREATER = 1,
    RP_COMPARED_UNEQUAL, /* and neither less nor greater: NaN, or terms that are not equal */
    RP_COMPARED_ERROR
} RpComparison;

RpScalar rp_scalar_of_id(const RpQueryRun *run, RpTermId id);
RpScalar rp_scalar_of_term(const RpTerm *term);
RpScalar rp_scalar_boolean(bool value);
RpScalar rp_scalar_string(RpText text);
RpScalar rp_scalar_typed(RpText lexical, RpVocabulary datatype);
/* The id of a scalar that is a term; where it is new, it is added to the run's own dictionary. */
RpStatus rp_scalar_id(RpQueryRun *run, RpScalar *scalar, RpTermId *id);

static inline bool
rp_scalar_is_literal(const RpScalar *scalar)
{
    return scalar->kind == RP_SCALAR_TERM && scalar->term.kind == RP_LITERAL;
}

/* A literal without a language whose datatype is xsd:string. */
static inline bool
rp_scalar_is_string(const RpScalar *scalar)
{
    return rp_scalar_is_literal(scalar) && scalar->datatype == RP_VOCABULARY_xsd_string;
}

/* A string, with a language or without. */
bool rp_scalar_is_text(const RpScalar *scalar);
/* A literal of a numeric datatype; its form may be wrong. */
bool rp_scalar_has_numeric_type(const RpScalar *scalar);
/* The same, and its form is right. */
bool rp_scalar_is_number(const RpScalar *scalar);

/* The effective boolean value (17.2.2). */
RpTruth rp_scalar_truth(const RpScalar *scalar);

/* = and != (17.3 and 17.4.1.7), and < and > where is_order. */
RpComparison rp_scalar_compare(const RpScalar *a, const RpScalar *b, bool is_order);

/* Whether two are the same term. */
bool rp_scalar_same_term(const RpScalar *a, const RpScalar *b);

/*
 * The order of ORDER BY (15.1), made total: nothing, blank nodes, IRIs, literals; values that
 * compare by these, then terms. By ids; 0 is nothing. What is looked at adds to compared_bytes.
 */
int rp_scalar_order(RpQueryRun *run, RpTermId a, RpTermId b);
/* The order of terms alone. */
int rp_scalar_term_order(RpQueryRun *run, RpTermId a, RpTermId b);

#endif
