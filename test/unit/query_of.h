/* Queries over Turtle texts, for the tests of sparql and query. */
#ifndef RP_TEST_QUERY_OF_H
#define RP_TEST_QUERY_OF_H

#include "check.h"
#include "query/query.h"
#include "sparql/compile.h"

enum { RP_TEST_TUPLE_LIMIT = 16 };

/* One query as it is compiled and evaluated; end it whatever happened. */
typedef struct RpTestQuery {
    RpArena arena;
    RpDictionary dictionary;
    RpGraph graph;
    RpPrefixTable prefixes; /* ex: (http://ex/), xsd:, rdf:, rdfs: */
    RpCompileOptions compile_options;
    RpQueryOptions options;
    RpText bytes;
    RpAlgebra algebra;
    RpQueryRun *run;
    RpQueryResult result;
    void (*append_term)(RpBuffer *buffer, RpTerm term); /* NULL: as rp_test_query_text says */
    RpError error;
} RpTestQuery;

/* Read the data; the options may be changed then. */
RpStatus rp_test_query_begin(RpTestQuery *query, const char *turtle);
/* Compile and check. */
RpStatus rp_test_query_compile(RpTestQuery *query, const char *text);
/* Evaluate for tuples of the prebound names; without them tuples is NULL. */
RpStatus rp_test_query_solve(RpTestQuery *query, const RpTermId *tuples, uint32_t count);
void rp_test_query_end(RpTestQuery *query);

/*
 * The solutions, each as its cells with blanks between them and, with prebound names, its key and a
 * colon before them; sorted, unless in_order, with "; " between them. IRIs are ex:a, literals as
 * they are with @language or ^^datatype, but for strings and integers; - is not bound. Of an ASK
 * the keys alone.
 */
const char *rp_test_query_text(RpTestQuery *query, bool in_order);

/* The whole: solutions, or the error's status and message. The text lives until the next call. */
const char *rp_test_query(const char *turtle, const char *text);
/* The same for $this being each of some nodes ex:…, named with blanks between them. */
const char *rp_test_query_this(const char *turtle, const char *text, const char *nodes);
/* One of the two, nodes NULL being the first, with terms as another function writes them. */
const char *rp_test_query_written(const char *turtle, const char *text, const char *nodes,
                                  void (*append)(RpBuffer *buffer, RpTerm term));
/* The value of an expression, or "error". */
const char *rp_test_value(const char *expression);
/*
 * Line, column and message of an error of compiling; "ok". Where is_constraint, $this and $value
 * are names that may be pre-bound, VALUES is refused, and $PATH is ^rdf:type in a text that begins
 * with the line #path.
 */
const char *rp_test_compile_error(const char *text, bool is_constraint);

#define CHECK_QUERY(turtle, text, expected) \
    CHECK_TEXT(rp_text_from(rp_test_query((turtle), (text))), (expected))
#define CHECK_THIS(turtle, text, nodes, expected) \
    CHECK_TEXT(rp_text_from(rp_test_query_this((turtle), (text), (nodes))), (expected))
#define CHECK_VALUE(expression, expected) \
    CHECK_TEXT(rp_text_from(rp_test_value(expression)), (expected))
#define CHECK_QUERY_ERROR(text, expected) \
    CHECK_TEXT(rp_text_from(rp_test_compile_error((text), false)), (expected))
#define CHECK_CONSTRAINT_ERROR(text, expected) \
    CHECK_TEXT(rp_text_from(rp_test_compile_error((text), true)), (expected))

#endif
