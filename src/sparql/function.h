/* The operators and functions of SPARQL: names, numbers of arguments. What they do is in query. */
#ifndef RP_SPARQL_FUNCTION_H
#define RP_SPARQL_FUNCTION_H

#include "base/text.h"

typedef enum RpFunctionId {
    RP_FUNCTION_NONE = 0,
#define RP_SPARQL_FUNCTION(name, text, least, most) RP_FUNCTION_##name,
#include "sparql/function.def"
#undef RP_SPARQL_FUNCTION
    RP_FUNCTION_END
} RpFunctionId;

enum { RP_FUNCTION_ANY_COUNT = 255 };

typedef struct RpFunction {
    const char *name; /* in capitals; an operator's, or xsd:…, where it is no word */
    uint8_t least;    /* arguments */
    uint8_t most;     /* RP_FUNCTION_ANY_COUNT: any number */
} RpFunction;

/* By RpFunctionId. */
extern const RpFunction rp_functions[RP_FUNCTION_END];

/* Whether a function may have so many arguments. */
static inline bool
rp_function_takes(RpFunctionId function, uint32_t count)
{
    return count >= rp_functions[function].least &&
           (count <= rp_functions[function].most ||
            rp_functions[function].most == RP_FUNCTION_ANY_COUNT);
}

/* The function of a word in any case; 0: none. */
RpFunctionId rp_function_find(RpText word);

/* The cast to a datatype of the vocabulary; 0: none. */
RpFunctionId rp_function_find_cast(uint32_t datatype);

/* A function of SPARQL's that is not taken. */
typedef struct RpFunctionRefusal {
    const char *name;
    const char *why;
} RpFunctionRefusal;

extern const RpFunctionRefusal rp_function_refusals[];
extern const uint32_t rp_function_refusal_count;

/* What a list of functions says of one. */
const char *rp_function_note(RpFunctionId function);

/* Why a function of SPARQL's is not taken, by its word in any case; NULL: it is none of these. */
const char *rp_function_refusal(RpText word);

#endif
