/* The language: what is taken, what is refused and where, and what a query becomes. */
#include "query_of.h"

#include <stdlib.h>
#include <string.h>

#include "sparql/algebra_check.h"
#include "sparql/algebra_text.h"

RP_TEST(sparql_syntax_errors_have_a_place)
{
    CHECK_QUERY_ERROR("SELECT * { ?s ?p ?o", "1:20 the query ends where . or } must be");
    CHECK_QUERY_ERROR("SELECT *\n{ ?s ?p }", "2:9 } stands where a term or a variable must be");
    CHECK_QUERY_ERROR("SELECT *\n{ ex:\xc3\xa4 ex:b ex:c . FILTER ?x }",
                      "2:27 ?x stands where an expression in parentheses or a call must be");
    CHECK_QUERY_ERROR("SELECT * { ?s no:p ?o }", "1:15 the prefix no: is not declared");
    CHECK_QUERY_ERROR("SELECT * { ?s <p> ?o }",
                      "1:15 no base IRI is known for the relative IRI <p>");
    CHECK_QUERY_ERROR("SELECT * { ?s ex:p \"a }", "1:20 a string does not end");
    CHECK_QUERY_ERROR("SELECT * { ?s ex:p \"a\\q\" }",
                      "1:22 a backslash begins no escape in a string");
    CHECK_QUERY_ERROR("SELECT * { ?s ex:p ~ }", "1:20 nothing in a query begins with ~");
    CHECK_QUERY_ERROR("SELECT ?x { } LIMIT -1",
                      "1:21 - stands where a number of solutions must be");
    /* An escape of six characters before the place. */
    CHECK_QUERY_ERROR("SELECT * { ?s ex:p \"\\u0041\" ~ }",
                      "1:29 nothing in a query begins with ~");
    CHECK_QUERY_ERROR("SELECT * { NOT EXISTS { ?s ?p ?o } }",
                      "1:12 NOT EXISTS and EXISTS stand in a FILTER or an expression");
}

RP_TEST(sparql_scope_errors)
{
    CHECK_QUERY_ERROR("SELECT ?x (1 AS ?x) { }",
                      "1:17 the variable is given a value twice, or used before");
    CHECK_QUERY_ERROR("SELECT * { ?x ex:p ?y BIND(1 AS ?y) }",
                      "1:33 BIND gives a variable that the group has already");
    CHECK_QUERY_ERROR("SELECT * { ?x ex:p _:a . OPTIONAL { _:a ex:p 1 } }",
                      "1:37 the blank node stands in two basic graph patterns");
    CHECK_QUERY_ERROR("SELECT * { _:a ex:p 1 OPTIONAL { ?x ex:p 1 } _:a ex:q 1 }",
                      "1:46 the blank node stands in two basic graph patterns");
    CHECK_QUERY_ERROR("SELECT * { _:a ex:p 1 FILTER EXISTS { _:a ex:q 1 } }",
                      "1:39 the blank node stands in two basic graph patterns");
    /* A filter ends no basic graph pattern. */
    CHECK_QUERY_ERROR("SELECT * { _:a ex:p 1 FILTER EXISTS { ?x ex:q 1 } _:a ex:r 1 }", "ok");
    CHECK_QUERY_ERROR("SELECT ?x (COUNT(?y) AS ?n) { ?x ex:p ?y }",
                      "1:8 ?x is selected of groups, and is neither a key of GROUP BY nor an "
                      "aggregate");
    CHECK_QUERY_ERROR("SELECT * { ?x ex:p ?y } GROUP BY ?x",
                      "1:8 SELECT * is not allowed where solutions are grouped: name what is "
                      "selected");
    CHECK_QUERY_ERROR("SELECT * { ?x ex:p ?y FILTER(COUNT(?y) > 1) }",
                      "1:30 an aggregate stands in SELECT, HAVING and ORDER BY, and in no other "
                      "aggregate");
    CHECK_QUERY_ERROR("SELECT (SUM(COUNT(?y)) AS ?n) { ?x ex:p ?y }",
                      "1:13 an aggregate stands in SELECT, HAVING and ORDER BY, and in no other "
                      "aggregate");
    CHECK_QUERY_ERROR("SELECT * { VALUES (?x ?x) { } }", "1:23 VALUES has a variable twice");
    CHECK_QUERY_ERROR("SELECT * { VALUES (?x ?y) { (1) } }",
                      "1:31 ) stands where a value for each variable of VALUES must be");
    CHECK_QUERY_ERROR("SELECT (STRLEN() AS ?x) { }",
                      "1:9 STRLEN has 0 arguments here, not at least 1");
    CHECK_QUERY_ERROR("SELECT (BOUND(1) AS ?x) { }", "1:9 BOUND asks about a variable alone");
}

RP_TEST(sparql_refuses_by_name)
{
    CHECK_QUERY_ERROR("SELECT * { ?s ?p ?o MINUS { ?s ?p 1 } }",
                      "1:21 MINUS is not taken: write FILTER NOT EXISTS { \xe2\x80\xa6 }");
    CHECK_QUERY_ERROR("SELECT * { SERVICE <http://e/> { ?s ?p 1 } }",
                      "1:12 SERVICE is not taken: a verdict depends on the data alone");
    CHECK_QUERY_ERROR(
        "SELECT * { GRAPH ?g { ?s ?p 1 } }",
        "1:12 GRAPH is not taken, but for GRAPH $shapesGraph in constraints: there is "
        "one graph");
    CHECK_QUERY_ERROR("SELECT * FROM <http://e/> { ?s ?p 1 }",
                      "1:10 FROM is not taken: there is one graph");
    CHECK_QUERY_ERROR("CONSTRUCT { ?s ?p 1 } WHERE { ?s ?p 1 }",
                      "1:1 CONSTRUCT is not taken: a query is a SELECT or an ASK");
    CHECK_QUERY_ERROR("SELECT (rand() AS ?x) { }",
                      "1:9 RAND() gives another value each time, so that a verdict would not hold");
    CHECK_QUERY_ERROR("SELECT (ex:f(1) AS ?x) { }", "1:9 the function <http://ex/f> is not taken");
    CHECK_QUERY_ERROR("SELECT (REPLACE(\"ab\", \"(a)\", \"$1\") AS ?x) { }",
                      "1:9 REPLACE with references to groups is not taken");
    CHECK_QUERY_ERROR("SELECT (REGEX(\"ab\", \"[a\") AS ?x) { }",
                      "1:9 not a valid regular expression: no \"]\" closes the \"[\" at character "
                      "3");
}

RP_TEST(sparql_prebound_names)
{
    CHECK_CONSTRAINT_ERROR("SELECT $this { $this ex:p ?x }", "ok");
    CHECK_CONSTRAINT_ERROR("SELECT $this { VALUES ?x { 1 } }",
                           "1:23 VALUES is not allowed where variables are pre-bound");
    CHECK_CONSTRAINT_ERROR("SELECT $this { BIND(1 AS ?value) }",
                           "1:26 the query gives a value to $value, which may be bound before");
    CHECK_CONSTRAINT_ERROR("SELECT (1 AS $this) { }",
                           "1:14 the query gives a value to $this, which may be bound before");
    CHECK_CONSTRAINT_ERROR("SELECT $this { { SELECT $this { $this ex:p ?x } } }",
                           "1:25 a sub-SELECT does not return $value, which may be bound before");
    CHECK_CONSTRAINT_ERROR("SELECT $this { { SELECT $this $value { $this ex:p ?x } } }", "ok");
    CHECK_CONSTRAINT_ERROR("SELECT $this { { SELECT * { $this ex:p $value } } }", "ok");
    CHECK_CONSTRAINT_ERROR("SELECT $this { { SELECT * { $this ex:p ?x } } }",
                           "1:25 a sub-SELECT does not return $value, which may be bound before");
    CHECK_CONSTRAINT_ERROR("ASK { GRAPH $shapesGraph { ?s ?p $this } }", "ok");
    CHECK_CONSTRAINT_ERROR("ASK { GRAPH ex:g { ?s ?p $this } }",
                           "1:7 GRAPH is not taken, but for GRAPH $shapesGraph in constraints: "
                           "there is one graph");
}

/* The flags of a constraint's query, or those that its error has. */
static uint32_t
flags_of(const char *text)
{
    RpTestQuery query;
    uint32_t flags = UINT32_MAX;

    CHECK_STATUS(rp_test_query_begin(&query, ""), RP_OK);
    query.compile_options.takes_shapes_graph = true;
    if (CHECK_STATUS(rp_test_query_compile(&query, text), RP_OK)) {
        flags = query.algebra.header->flags;
    }
    rp_test_query_end(&query);
    return flags;
}

/* What is read of the shapes graph stands in the image, and asks for no data. */
RP_TEST(sparql_reads_of_the_shapes_graph)
{
    const uint32_t ask = RP_ALGEBRA_IS_ASK;
    const uint32_t all = RP_ALGEBRA_IS_ASK | RP_ALGEBRA_READS_ALL;

    CHECK_INT(flags_of("ASK { GRAPH $shapesGraph { ?s ?p ?o } ?s ex:p ?o }"), ask);
    CHECK_INT(flags_of("ASK { GRAPH $shapesGraph { ?s !ex:p ?o BIND(NOW() AS ?n) } }"),
              ask | RP_ALGEBRA_USES_NOW);
    CHECK_INT(flags_of("ASK { ?s ?p ?o GRAPH $shapesGraph { ?s ex:p ?o } }"), all);
    CHECK_INT(flags_of("ASK { GRAPH $shapesGraph { ?s ?p ?o } ?s ?q ?o }"), all);
}

RP_TEST(sparql_path_of_the_shape)
{
    static const RpCompilePath predicates[] = {
        {RP_ALGEBRA_CONSTANT, RP_VOCABULARY_rdf_first, NULL, 0},
        {RP_ALGEBRA_CONSTANT, RP_VOCABULARY_rdf_rest, NULL, 0}};
    static const RpCompilePath repeated = {RP_ALGEBRA_ZERO_OR_MORE, 0, &predicates[1], 1};
    static const RpPreboundName names[] = {{RP_TEXT("this"), false}};
    const RpCompilePath parts[] = {repeated, predicates[0]};
    const RpCompilePath sequence = {RP_ALGEBRA_SEQUENCE, 0, parts, 2};
    RpTestQuery query;

    CHECK_CONSTRAINT_ERROR("#path\nSELECT ?value { $this $PATH ?v }", "ok");
    CHECK_CONSTRAINT_ERROR("#path\nSELECT ?value { $this ?x $PATH }",
                           "2:26 $PATH stands only where a predicate does");
    CHECK_CONSTRAINT_ERROR("#path\nSELECT ?value { $this ?p ?x FILTER(?p = $PATH) }",
                           "2:41 $PATH stands only where a predicate does");
    CHECK_CONSTRAINT_ERROR("SELECT ?value { $this $PATH ?v }",
                           "1:23 $PATH has no meaning here: the shape has no path");
    CHECK_QUERY_ERROR("SELECT ?PATH { ?x ?PATH ?v }", "ok");
    /* It is a path like any other: solutions are counted by its nodes. */
    CHECK_STATUS(rp_test_query_begin(&query, "ex:l rdf:first 1 ; rdf:rest [ rdf:first 1 ] ."),
                 RP_OK);
    query.compile_options.prebound = names;
    query.compile_options.prebound_count = 1;
    query.compile_options.path = &sequence;
    CHECK_STATUS(rp_test_query_compile(&query, "SELECT ?v { $this $PATH ?v , ?w }"), RP_OK);
    {
        RpTerm term = rp_term_iri(RP_TEXT("http://ex/l"));
        RpTermId tuple = rp_dictionary_find(&query.dictionary, &term);

        CHECK_STATUS(rp_test_query_solve(&query, &tuple, 1), RP_OK);
        CHECK_TEXT(rp_text_from(rp_test_query_text(&query, false)), "0: 1; 0: 1; 0: 1; 0: 1");
    }
    rp_test_query_end(&query);
}

/* What is said of a query of ten groups in each other, with a hundred optional parts each. */
static const char *
nested_groups(char *text, const char *start, const char *begin, const char *end)
{
    strcpy(text, start);
    for (int i = 0; i < 10; i++) {
        strcat(text, i > 0 && begin[0] != '{' ? "{ " : "");
        strcat(text, begin);
    }
    for (int i = 0; i < 10; i++) {
        for (int j = 0; j < 100; j++) {
            strcat(text, "OPTIONAL { } ");
        }
        strcat(text, end);
    }
    if (begin[0] != '{') {
        *strrchr(text, '}') = ' '; /* the topmost SELECT has no braces around it */
    }
    return rp_test_compile_error(text, false);
}

/* At a place: before the tree is gone down into. */
static bool
is_too_deep(const char *error)
{
    return strncmp(error, "1:", 2) == 0 && strstr(error, "nested deeper than 512 levels") != NULL;
}

RP_TEST(sparql_nesting_is_bounded)
{
    static char text[300000];
    RpTestQuery query;

    strcpy(text, "SELECT * ");
    for (int i = 0; i < 1000; i++) {
        strcat(text, "{ ");
    }
    CHECK(strstr(rp_test_compile_error(text, false), "nested deeper than 64 levels") != NULL);
    strcpy(text, "SELECT (1");
    for (int i = 0; i < 1000; i++) {
        strcat(text, "+1");
    }
    strcat(text, " AS ?x) { }");
    CHECK(strstr(rp_test_compile_error(text, false), "nested deeper than 512 levels") != NULL);
    /* Each FILTER, HAVING and ORDER BY stands on top of what its group has. */
    CHECK(is_too_deep(nested_groups(text, "SELECT * ", "{ ", "FILTER(true) } ")));
    CHECK(is_too_deep(nested_groups(text, "", "SELECT ?x { ", "} GROUP BY ?x HAVING(true) }")));
    CHECK(is_too_deep(nested_groups(text, "", "SELECT ?x { ", "} ORDER BY ?x }")));
    strcpy(text, "SELECT * { ?x ex:p ?y FILTER(?y = 1");
    for (int i = 0; i < 10000; i++) {
        strcat(text, " || ?y = 2");
    }
    strcat(text, ") }");
    CHECK_TEXT(rp_text_from(rp_test_compile_error(text, false)), "ok");
    CHECK_STATUS(rp_test_query_begin(&query, ""), RP_OK);
    CHECK_STATUS(rp_query_compile(&query.arena, &query.dictionary,
                                  (RpText){text, RP_QUERY_LENGTH_LIMIT_BYTES + 1},
                                  &query.compile_options, &query.bytes, &query.error),
                 RP_TOO_LARGE);
    rp_test_query_end(&query);
}

static void
write_term(const void *state, RpBuffer *buffer, RpTermId id)
{
    const RpTestQuery *query = state;

    rp_buffer_append_text(buffer, rp_dictionary_term(&query->dictionary, id).lexical);
}

/* The algebra of a query, lines and indentation as one blank. */
static bool
algebra_is(const char *text, const char *expected, uint32_t flags)
{
    RpTestQuery query;
    RpAlgebraTermWriter terms = {write_term, &query};
    RpBuffer buffer;
    RpBuffer flat;
    bool is_equal;

    if (rp_test_query_begin(&query, "") != RP_OK || rp_test_query_compile(&query, text) != RP_OK) {
        CHECK_TEXT(rp_text_from(query.error.message), "");
        rp_test_query_end(&query);
        return false;
    }
    rp_buffer_init(&buffer, &query.arena);
    rp_buffer_init(&flat, &query.arena);
    rp_algebra_text_write(&buffer, &query.algebra, &query.dictionary.own, &terms, 0);
    for (uint32_t i = 0; i < buffer.length; i++) {
        if (buffer.data[i] != '\n' && (buffer.data[i] != ' ' || buffer.data[i - 1] != ' ')) {
            rp_buffer_append_byte(&flat, buffer.data[i]);
        }
    }
    is_equal = CHECK_TEXT(rp_buffer_text(&flat), expected) &&
               CHECK_INT(query.algebra.header->flags, flags);
    rp_test_query_end(&query);
    return is_equal;
}

RP_TEST(sparql_algebra)
{
    algebra_is("SELECT ?x { ?x ex:p 1 ; ex:q ?y , ?z }",
               "(project (bgp (triple ?x http://ex/p 1) (triple ?x http://ex/q ?y) (triple ?x "
               "http://ex/q ?z)) ?x)",
               0);
    /* A filter of an optional group is a condition of the join; one level deeper it is not. */
    algebra_is(
        "SELECT ?x { ?x ex:p 1 OPTIONAL { ?x ex:q ?y FILTER(?y > 1) } }",
        "(project (leftjoin (bgp (triple ?x http://ex/p 1)) (bgp (triple ?x http://ex/q ?y)) "
        "(> ?y 1)) ?x)",
        0);
    algebra_is("SELECT ?x { ?x ex:p 1 OPTIONAL { { ?x ex:q ?y FILTER(?y > 1) } } }",
               "(project (leftjoin (bgp (triple ?x http://ex/p 1)) (filter (bgp (triple ?x "
               "http://ex/q ?y)) (> ?y 1))) ?x)",
               0);
    /* A filter does not part a basic graph pattern. */
    algebra_is(
        "SELECT ?x { ?x ex:p ?y FILTER(?y != 1) ?x ex:q ?z }",
        "(project (filter (bgp (triple ?x http://ex/p ?y) (triple ?x http://ex/q ?z)) (!= ?y "
        "1)) ?x)",
        0);
    algebra_is("SELECT ?x { ?x ex:p/^ex:q ?y }",
               "(project (bgp (triple ?x http://ex/p ?2) (triple ?y http://ex/q ?2)) ?x)", 0);
    algebra_is("SELECT ?x { ?x ex:p|^ex:q ?y }",
               "(project (bgp (path ?x (| http://ex/p (^ http://ex/q)) ?y)) ?x)", 0);
    algebra_is("SELECT ?x { ?x (ex:p/ex:q)|ex:r ?y }",
               "(project (union (bgp (triple ?x http://ex/p ?2) (triple ?2 http://ex/q ?y)) (bgp "
               "(triple ?x http://ex/r ?y))) ?x)",
               0);
    algebra_is("ASK { ?x ?p 1 }", "(project (bgp (triple ?x ?p 1)))",
               RP_ALGEBRA_IS_ASK | RP_ALGEBRA_READS_ALL);
    algebra_is("SELECT (NOW() AS ?n) { }", "(project (extend ?n (bgp) (NOW)) ?n)",
               RP_ALGEBRA_USES_NOW);
}

RP_TEST(sparql_what_is_read)
{
    algebra_is("ASK { ?x !ex:p 1 }", "(project (bgp (path ?x (! http://ex/p) 1)))",
               RP_ALGEBRA_IS_ASK | RP_ALGEBRA_READS_ALL);
    algebra_is("ASK { ?x ex:p* ?y }", "(project (bgp (path ?x (* http://ex/p) ?y)))",
               RP_ALGEBRA_IS_ASK | RP_ALGEBRA_READS_ALL);
    algebra_is("ASK { ?x a/ex:p* ?y }",
               "(project (bgp (triple ?x http://www.w3.org/1999/02/22-rdf-syntax-ns#type ?2) (path "
               "?2 (* http://ex/p) ?y)))",
               RP_ALGEBRA_IS_ASK);
    algebra_is("ASK { ?x ex:p* ex:a }", "(project (bgp (path ?x (* http://ex/p) http://ex/a)))",
               RP_ALGEBRA_IS_ASK);
    algebra_is("ASK { ?x ex:p|(ex:q/!ex:r) 1 }",
               "(project (union (bgp (triple ?x http://ex/p 1)) (bgp (triple ?x http://ex/q ?1) "
               "(path ?1 (! http://ex/r) 1))))",
               RP_ALGEBRA_IS_ASK | RP_ALGEBRA_READS_ALL);
    algebra_is("ASK { ?x ex:p+ ?y }", "(project (bgp (path ?x (+ http://ex/p) ?y)))",
               RP_ALGEBRA_IS_ASK);
}

/* What a sub-SELECT does not return is another variable, even if it has the same name. */
RP_TEST(sparql_subselect_hides)
{
    algebra_is("SELECT ?x ?y { ?x ex:p ?y { SELECT ?x { ?x ex:q ?y } } }",
               "(project (join (bgp (triple ?x http://ex/p ?y)) (project (bgp (triple ?x "
               "http://ex/q ?2)) ?x)) ?x ?y)",
               0);
}

/* Every byte of a compiled query that is changed is found, or harmless: it never breaks. */
RP_TEST(algebra_check_finds_damage)
{
    static const char text[] =
        "SELECT ?x (COUNT(DISTINCT ?y) AS ?n) (GROUP_CONCAT(?y; separator=\",\") AS ?c) { ?x "
        "ex:p|!(ex:q|^ex:r) ?y . ?x (ex:p/ex:q)* ?z VALUES (?x ?v) { (ex:a UNDEF) (ex:b 1) } "
        "OPTIONAL { ?x ex:q ?w FILTER(?w IN (1, 2) && REGEX(?w, \"a.*b\", \"i\")) } FILTER NOT "
        "EXISTS { ?x ex:r 1 } BIND(IF(BOUND(?z), 1, 2) AS ?k) } GROUP BY ?x ORDER BY ?n LIMIT 5 "
        "OFFSET 2";
    static uint64_t copy[1024];
    RpTestQuery query;
    uint32_t refused = 0;

    if (!CHECK_STATUS(rp_test_query_begin(&query, "ex:a ex:p ex:b . ex:b ex:q 1 ; ex:r ex:a ."),
                      RP_OK) ||
        !CHECK_STATUS(rp_test_query_compile(&query, text), RP_OK) ||
        !CHECK(query.bytes.length <= sizeof(copy))) {
        rp_test_query_end(&query);
        return;
    }
    for (uint32_t i = 0; i < query.bytes.length; i++) {
        for (int change = 0; change < 3; change++) {
            static const unsigned char changes[] = {1, 0x80, 0xFF};
            RpStatus status;

            memcpy(copy, query.bytes.data, query.bytes.length);
            ((unsigned char *)copy)[i] ^= changes[change];
            status =
                rp_algebra_check(copy, query.bytes.length, &query.dictionary.own, &query.error);
            refused += status != RP_OK;
            if (status == RP_OK) {
                RpQueryRun *run;

                rp_algebra_open(copy, &query.algebra);
                if (rp_query_begin(&run, &query.arena, &query.algebra, &query.options,
                                   &query.error) == RP_OK) {
                    (void)rp_query_solve(run, NULL, 1, &query.result, &query.error);
                    rp_query_end(run);
                }
            }
        }
    }
    CHECK(refused > query.bytes.length);
    CHECK_STATUS(rp_algebra_check(query.bytes.data, query.bytes.length - 8, &query.dictionary.own,
                                  &query.error),
                 RP_CORRUPT);
    rp_test_query_end(&query);
}
