/* Expressions, evaluated for a row of a table (SPARQL 1.1, 17). */
#ifndef RP_QUERY_EXPRESSION_H
#define RP_QUERY_EXPRESSION_H

#include "query/query_run.h"
#include "query/scalar.h"

/* The value of an expression; errors of its own are a value too. Its texts are valid until the next
 * row is evaluated. Recursion is bounded by the algebra's depth. */
RpStatus rp_expression_value(RpQueryRun *run, const RpOp *expression, const RpSolutions *rows,
                             uint32_t row, RpScalar *value);

/* Whether the effective boolean value is true: errors are not. */
RpStatus rp_expression_holds(RpQueryRun *run, const RpOp *expression, const RpSolutions *rows,
                             uint32_t row, bool *holds);

/* The id of the value; 0: an error, or not bound. */
RpStatus rp_expression_id(RpQueryRun *run, const RpOp *expression, const RpSolutions *rows,
                          uint32_t row, RpTermId *id);

/* Before texts are made in run->texts for a new row or group: those of earlier ones go when they
 * are many, and what tables leave is the ceiling. */
void rp_expression_begin_texts(RpQueryRun *run);

/* A call of a function that looks at all of its arguments. */
typedef struct RpCall {
    RpQueryRun *run;
    const RpOp *op;
    const RpScalar *arguments; /* all of them terms */
    uint32_t count;
    RpScalar *result; /* an error, until the function sets it */
} RpCall;

typedef RpStatus (*RpFunctionBody)(RpCall *call);

/* By RpFunctionId; NULL: expression.c evaluates it itself. */
extern const RpFunctionBody rp_function_bodies[RP_FUNCTION_END];

/* Copied, hashed and compared at once, so that a longer one would hold up who cancels. */
enum { RP_QUERY_TEXT_LIMIT_BYTES = 1 << 25 };

/* RP_TOO_LARGE, where a buffer that is limited to one byte more has more than that. */
RpStatus rp_query_check_text(RpQueryRun *run, const RpBuffer *buffer);

/* A buffer, so limited, for a text that lives as long as the row's values. */
void rp_call_buffer(const RpCall *call, RpBuffer *buffer);
/* Give what a buffer holds as a literal. */
RpStatus rp_call_give_text(RpCall *call, const RpBuffer *buffer, RpVocabulary datatype);
/* Give a string; a language of no bytes is none. */
void rp_call_give_string(RpCall *call, RpText text, RpText language); /* functions_string.c */

/* Where the functions are. */
RpStatus rp_call_compare(RpCall *call); /* functions_term.c */
RpStatus rp_call_same_term(RpCall *call);
RpStatus rp_call_is_kind(RpCall *call);
RpStatus rp_call_is_numeric(RpCall *call);
RpStatus rp_call_str(RpCall *call);
RpStatus rp_call_lang(RpCall *call);
RpStatus rp_call_datatype(RpCall *call);
RpStatus rp_call_iri(RpCall *call);
RpStatus rp_call_bnode(RpCall *call);
RpStatus rp_call_strdt(RpCall *call);
RpStatus rp_call_strlang(RpCall *call);
RpStatus rp_call_strlen(RpCall *call); /* functions_string.c */
RpStatus rp_call_substr(RpCall *call);
RpStatus rp_call_change_case(RpCall *call);
RpStatus rp_call_search(RpCall *call);
RpStatus rp_call_cut(RpCall *call);
RpStatus rp_call_encode(RpCall *call);
RpStatus rp_call_concat(RpCall *call);
RpStatus rp_call_langmatches(RpCall *call);
RpStatus rp_call_digest(RpCall *call);
RpStatus rp_call_regex(RpCall *call); /* functions_pattern.c */
RpStatus rp_call_replace(RpCall *call);
RpStatus rp_call_sign(RpCall *call); /* functions_number.c */
RpStatus rp_call_arithmetic(RpCall *call);
RpStatus rp_call_round(RpCall *call);
RpStatus rp_call_now(RpCall *call); /* functions_time.c */
RpStatus rp_call_moment_part(RpCall *call);
/* The canonical form of an xsd:dateTime, as a literal of a datatype; nothing of what is none. */
RpStatus rp_call_give_moment(RpCall *call, const RpScalar *moment, RpVocabulary datatype);
RpStatus rp_call_timezone(RpCall *call);
RpStatus rp_call_cast(RpCall *call); /* cast.c */

#endif
