/* Evaluating queries: patterns, their scopes, groups, order, paths. */
#include "query_of.h"

#include <stdio.h>

#include "host.h"

static const char people[] = "ex:a ex:name \"Ann\" ; ex:age 30 ; ex:knows ex:b , ex:c .\n"
                             "ex:b ex:name \"Bob\" ; ex:age 20 ; ex:knows ex:c .\n"
                             "ex:c ex:name \"Cid\" .\n";

RP_TEST(query_patterns)
{
    CHECK_QUERY(people, "SELECT ?x { ?x ex:knows ex:c }", "ex:a; ex:b");
    CHECK_QUERY(people, "SELECT ?x ?y { ?x ex:knows ?z . ?z ex:knows ?y }", "ex:a ex:c");
    CHECK_QUERY(people, "SELECT ?p { ex:b ?p ex:c }", "ex:knows");
    CHECK_QUERY(people, "SELECT ?s ?p { ?s ?p 20 }", "ex:b ex:age");
    CHECK_QUERY(people, "SELECT ?x { ?x ex:knows ?x }", "");
    CHECK_QUERY("ex:a ex:p ex:a . ex:b ex:p ex:a .", "SELECT ?x { ?x ?p ?x }", "ex:a");
    CHECK_QUERY(people, "ASK { ?x ex:age 20 }", "true");
    CHECK_QUERY(people, "ASK { ?x ex:age 21 }", "false");
    CHECK_QUERY(people, "SELECT ?x { ?x ex:none ?y }", "");
    CHECK_QUERY("", "SELECT * { }", "");
    CHECK_QUERY("", "ASK { }", "true");
    /* A dot behind a number ends the triple, unless it is a part of one. */
    CHECK_QUERY(people, "SELECT ?n { ?x ex:age 20.ex:a ex:name ?n }", "Ann");
    CHECK_QUERY(people, "SELECT ?n { ?x ex:age 20.?x ex:name ?n }", "Bob");
    CHECK_QUERY("", "SELECT ?n { BIND(1.e1 AS ?n) }", "1.e1^^double");
    CHECK_QUERY("", "SELECT ?n { BIND(.5E-1 AS ?n) }", ".5E-1^^double");
    /* A bag: as often as there are ways. */
    CHECK_QUERY("ex:a ex:p 1 , 2 .", "SELECT ?x { ?x ex:p ?y }", "ex:a; ex:a");
    CHECK_QUERY("ex:a ex:p 1 , 2 .", "SELECT DISTINCT ?x { ?x ex:p ?y }", "ex:a");
}

RP_TEST(query_optional_and_union)
{
    CHECK_QUERY(people, "SELECT ?x ?a { ?x ex:name ?n OPTIONAL { ?x ex:age ?a } }",
                "ex:a 30; ex:b 20; ex:c -");
    CHECK_QUERY(people, "SELECT ?x ?a { ?x ex:name ?n OPTIONAL { ?x ex:age ?a FILTER(?a > 25) } }",
                "ex:a 30; ex:b -; ex:c -");
    /* The condition sees the left side. */
    CHECK_QUERY(people, "SELECT ?x ?y { ?x ex:age ?a OPTIONAL { ?y ex:age ?b FILTER(?b < ?a) } }",
                "ex:a ex:b; ex:b -");
    CHECK_QUERY(people, "SELECT ?x { { ?x ex:age 30 } UNION { ?x ex:knows ex:c } }",
                "ex:a; ex:a; ex:b");
    CHECK_QUERY(people,
                "SELECT ?x ?n ?a { { ?x ex:name ?n } UNION { ?x ex:age ?a } FILTER(?x = ex:b) }",
                "ex:b - 20; ex:b Bob -");
    /* A condition waits for what may yet be bound. */
    CHECK_QUERY("ex:a ex:p 1 ; ex:q ex:w . ex:w ex:r 5 .",
                "SELECT ?x ?v { ?x ex:p ?y OPTIONAL { ?x ex:o ?v } "
                "{ ?x ex:q ?w . ?w ex:r ?v FILTER(BOUND(?v)) } }",
                "ex:a 5");
}

/* The algebra is bottom-up: what a nested group cannot see, it does not. */
RP_TEST(query_scopes)
{
    CHECK_QUERY(people, "SELECT ?x { ?x ex:age ?a { FILTER(?a > 0) } }", "");
    CHECK_QUERY(people, "SELECT ?x { ?x ex:age ?a { ?x ex:name ?n FILTER(!BOUND(?a)) } }",
                "ex:a; ex:b");
    CHECK_QUERY(people, "SELECT ?x ?k { ?x ex:age ?a { BIND(?a AS ?k) } }", "ex:a -; ex:b -");
    /* An optional within an optional that names what only the outer group binds. */
    CHECK_QUERY("ex:a ex:p 1 . ex:b ex:p 2 . ex:c ex:q 1 . ex:d ex:r 2 .",
                "SELECT ?x ?y ?z { ?x ex:p ?v OPTIONAL { ?y ex:q ?w OPTIONAL { ?z ex:r ?v } } }",
                "ex:a - -; ex:b ex:c ex:d");
    CHECK_QUERY("ex:a ex:p 1 . ex:b ex:q 2 .",
                "SELECT ?x ?v { { ?x ex:p ?y OPTIONAL { ?x ex:none ?v } } { ?z ex:q ?v } }",
                "ex:a 2");
    CHECK_QUERY("ex:a ex:p 1 , 2 . ex:b ex:p 3 .",
                "SELECT ?x ?n { ?x ex:p 1 { SELECT ?x (COUNT(?y) AS ?n) { ?x ex:p ?y } GROUP BY ?x "
                "} }",
                "ex:a 2");
    CHECK_QUERY("ex:a ex:p 1 , 2 . ex:b ex:p 3 .",
                "SELECT ?x ?y { ?x ex:p 3 { SELECT ?y { ?x ex:p ?y } ORDER BY DESC(?y) LIMIT 1 } }",
                "ex:b 3");
    CHECK_QUERY(people, "SELECT ?x { ?x ex:name ?n { SELECT ?n { ?y ex:age 30 ; ex:name ?n } } }",
                "ex:a");
}

RP_TEST(query_exists)
{
    CHECK_QUERY(people, "SELECT ?x { ?x ex:name ?n FILTER NOT EXISTS { ?x ex:age ?a } }", "ex:c");
    CHECK_QUERY(people,
                "SELECT ?x { ?x ex:name ?n FILTER EXISTS { ?x ex:knows ?y . ?y ex:age ?a } }",
                "ex:a");
    CHECK_QUERY(people, "SELECT ?x ?e { ?x ex:name ?n BIND(EXISTS { ?x ex:age ?a } AS ?e) }",
                "ex:a true^^boolean; ex:b true^^boolean; ex:c false^^boolean");
    /* It is joined with the row: a filter within sees what the row binds. */
    CHECK_QUERY(people, "SELECT ?x { ?x ex:age ?a FILTER EXISTS { ?y ex:age ?b FILTER(?b < ?a) } }",
                "ex:a");
    CHECK_QUERY(people,
                "SELECT ?x { ?x ex:name ?n OPTIONAL { ?x ex:age ?a } FILTER NOT EXISTS { ?y ex:age "
                "?a FILTER(?y != ?x) } }",
                "ex:a; ex:b");
    CHECK_QUERY(people,
                "SELECT ?x { ?x ex:name ?n FILTER NOT EXISTS { ?x ex:knows ?y FILTER NOT EXISTS { "
                "?y ex:age ?a } } }",
                "ex:c");
    CHECK_QUERY(people,
                "SELECT ?x { ?x ex:name ?n FILTER(?n = \"Cid\" || EXISTS { ?x ex:age 20 }) }",
                "ex:b; ex:c");
    CHECK_QUERY(people, "SELECT (COUNT(*) AS ?n) { FILTER EXISTS { ?x ex:age ?a } }", "1");
    /* What it gives is joined with the row, though nothing in it asks for the variable. */
    CHECK_QUERY(
        "ex:a ex:p ex:b .",
        "SELECT ?x { ?x ex:p ?y FILTER EXISTS { SELECT ?y { VALUES ?y { ex:c } } LIMIT 1 } }", "");
    CHECK_QUERY("ex:a ex:p ex:b .", "SELECT ?x { ?x ex:p ?y FILTER EXISTS { BIND(ex:c AS ?y) } }",
                "");
    CHECK_QUERY("ex:a ex:p ex:b .", "SELECT ?x { ?x ex:p ?y FILTER EXISTS { BIND(?u AS ?y) } }",
                "ex:a");
    /* A group sees the row, also where nothing but VALUES or a sub-SELECT is in it. */
    CHECK_QUERY(people,
                "SELECT ?x { ?x ex:age ?a FILTER EXISTS { VALUES ?v { 20 } FILTER(?a = ?v) } }",
                "ex:b");
    CHECK_QUERY(people,
                "SELECT ?x { ?x ex:age ?a FILTER EXISTS { VALUES ?v { 10 } BIND(?a + ?v AS ?s) "
                "FILTER(?s = 40) } }",
                "ex:a");
    CHECK_QUERY(people,
                "SELECT ?x { ?x ex:age ?a FILTER NOT EXISTS { { SELECT (MAX(?b) AS ?m) { ?y ex:age "
                "?b } } FILTER(?a = ?m) } }",
                "ex:b");
    CHECK_QUERY(people,
                "SELECT ?x { ?x ex:age ?a FILTER EXISTS { { VALUES ?v { 20 } } UNION { SELECT (1 "
                "AS ?v) { } } FILTER(?a = ?v) } }",
                "ex:b");
    CHECK_QUERY(people,
                "SELECT ?x { ?x ex:age ?a FILTER EXISTS { VALUES ?v { 1 } OPTIONAL { VALUES ?w { "
                "20 } FILTER(?a = ?w) } FILTER(BOUND(?w)) } }",
                "ex:b");
    CHECK_QUERY(
        people,
        "SELECT ?x { ?x ex:age ?a FILTER EXISTS { SELECT ?w { ?y ex:age ?w FILTER(?w < ?a) } } }",
        "");
    /* The outer row reaches an inner EXISTS, also where a sub-SELECT hides it. */
    CHECK_QUERY("ex:a ex:p ex:b .",
                "SELECT ?x { VALUES ?x { ex:a ex:c } FILTER EXISTS { { SELECT (1 AS ?n) { } } "
                "FILTER EXISTS { ?x ex:p ex:b } } }",
                "ex:a");
    /* Groups hide what is pre-bound, and an EXISTS of theirs sees it. */
    CHECK_THIS("ex:a ex:r ex:u . ex:b ex:r ex:v . ex:u ex:q 1 . ex:v ex:q 1 .",
               "SELECT ?z { ?z ex:q ?w } GROUP BY ?z HAVING(EXISTS { $this ex:r ?z })", "a b",
               "0: ex:u; 1: ex:v");
}

RP_TEST(query_values_and_bind)
{
    CHECK_QUERY(people,
                "SELECT ?x ?v { VALUES (?x ?v) { (ex:a 1) (ex:b UNDEF) (ex:z 3) } ?x ex:age ?a }",
                "ex:a 1; ex:b -");
    CHECK_QUERY(people, "SELECT ?x { ?x ex:age ?a } VALUES ?a { 20 40 }", "ex:b");
    CHECK_QUERY("", "SELECT * { VALUES () { () () } }", "; ");
    CHECK_QUERY(people, "SELECT ?x ?b { ?x ex:age ?a BIND(?a * 2 AS ?b) FILTER(?b > 50) }",
                "ex:a 60");
    CHECK_QUERY(people, "SELECT ?x ?b { ?x ex:name ?a BIND(?a + 1 AS ?b) FILTER(?x = ex:a) }",
                "ex:a -");
    /* Patterns that are no constants, one after the other: each is itself, and one is wrong. */
    CHECK_QUERY(
        "",
        "SELECT ?i ?m { VALUES (?i ?p ?f) { (1 \"^a\" \"\") (2 \"^b\" \"\") (3 \"^A\" \"\") "
        "(4 \"^A\" \"i\") (5 \"[a\" \"i\") (6 \"^A\" \"i\") (7 \"^A\" \"\") } "
        "BIND(REGEX(\"ab\", ?p, ?f) AS ?m) }",
        "1 true^^boolean; 2 false^^boolean; 3 false^^boolean; 4 true^^boolean; 5 -; "
        "6 true^^boolean; 7 false^^boolean");
}

RP_TEST(query_groups)
{
    CHECK_QUERY(people, "SELECT ?x (COUNT(?y) AS ?n) { ?x ex:knows ?y } GROUP BY ?x",
                "ex:a 2; ex:b 1");
    CHECK_QUERY(people, "SELECT ?x { ?x ex:knows ?y } GROUP BY ?x HAVING (COUNT(?y) > 1)", "ex:a");
    /* What SELECT computes, by its name: also of another such name, and within EXISTS. */
    CHECK_QUERY(people,
                "SELECT ?x (COUNT(?y) AS ?n) { ?x ex:knows ?y } GROUP BY ?x HAVING (?n > 1)",
                "ex:a 2");
    CHECK_QUERY(people,
                "SELECT ?x (COUNT(?y) AS ?n) (?n * 2 AS ?m) { ?x ex:knows ?y } GROUP BY ?x "
                "HAVING (EXISTS { ?x ex:knows ?z FILTER (?m > 3) })",
                "ex:a 2 4");
    CHECK_QUERY(
        people,
        "SELECT (SUM(?a) AS ?s) (AVG(?a) AS ?v) (MIN(?a) AS ?i) (MAX(?a) AS ?m) { ?x ex:age "
        "?a }",
        "50 25^^decimal 20 30");
    CHECK_QUERY("",
                "SELECT (COUNT(*) AS ?c) (SUM(?a) AS ?s) (AVG(?a) AS ?v) (MIN(?a) AS ?m) "
                "(GROUP_CONCAT(?a) AS ?g) { ?x ex:age ?a }",
                "0 0 0 - ");
    CHECK_QUERY("", "SELECT ?x (COUNT(*) AS ?c) { ?x ex:age ?a } GROUP BY ?x", "");
    /* Only whether there is a group is asked; its solutions are counted all the same. */
    CHECK_QUERY(
        people,
        "ASK { { SELECT ?x { ?x ex:name ?n ; ex:knows ?y } GROUP BY ?x HAVING (COUNT(*) > 1) } }",
        "true");
    CHECK_QUERY(people,
                "SELECT (GROUP_CONCAT(?n; SEPARATOR=\"+\") AS ?g) (SAMPLE(?n) AS ?s) { ?x ex:name "
                "?n }",
                "Ann+Bob+Cid Ann");
    CHECK_QUERY("ex:a ex:p 1 , 1.0 , \"x\" .",
                "SELECT (SUM(?v) AS ?s) (COUNT(?v) AS ?n) { ?x ex:p ?v }", "- 3");
    CHECK_QUERY("ex:a ex:p 1 ; ex:q 1 . ex:b ex:p 1 .",
                "SELECT (COUNT(DISTINCT ?v) AS ?n) (COUNT(DISTINCT *) AS ?m) { ?x ?p ?v }", "1 3");
    /* Nodes that have no name are no part of a solution. */
    CHECK_QUERY("ex:a ex:p 1 , 2 .", "SELECT (COUNT(DISTINCT *) AS ?n) { ?x ex:p [] }", "1");
    CHECK_QUERY(
        "ex:a ex:p ex:b , ex:c . ex:b ex:q 1 . ex:c ex:q 1 .",
        "SELECT ?m { { SELECT (COUNT(DISTINCT *) AS ?n) (COUNT(*) AS ?m) { ?x ex:p/ex:q ?y } } "
        "FILTER(?n = 1) }",
        "2");
    CHECK_THIS("ex:a ex:p 1 , 2 .",
               "SELECT ?n ?s { { SELECT $this (COUNT(DISTINCT *) AS ?n) (STR($this) AS ?s) "
               "{ ?x ex:p ?y } GROUP BY $this } }",
               "a b", "0: 2 ex:a; 1: 2 ex:b");
    CHECK_QUERY("ex:a ex:p 1 , 2 . ex:b ex:p 3 .",
                "SELECT ?odd (COUNT(*) AS ?n) { ?x ex:p ?v } GROUP BY (?v != 2 AS ?odd)",
                "false^^boolean 1; true^^boolean 2");
    CHECK_QUERY(
        people,
        "SELECT (COUNT(?e) AS ?n) (SUM(IF(EXISTS { ?x ex:age ?a }, 1, 0)) AS ?s) { ?x ex:name ?e }",
        "3 2");
}

#define CROSSED "ex:a ex:p ex:f . ex:b ex:p ex:e . ex:e ex:q 1 . ex:f ex:q 2 ."
#define FIRST_CROSSED "SELECT ?x ?y { { SELECT * { ?x ex:p ?z . ?z ex:q ?y } LIMIT 1 } }"
#define ALIKE                                                                                   \
    "ex:a ex:p 1 . ex:b ex:p 1 . ex:c ex:p 1 . ex:d ex:p 1 . ex:e ex:p 1 . ex:f ex:p 1 . ex:g " \
    "ex:p 1 . "                                                                                 \
    "ex:h ex:p 1 . ex:i ex:p 1 . ex:j ex:p 1 . ex:k ex:p 1 . ex:z ex:q 1 ."

RP_TEST(query_order)
{
    CHECK_QUERY(people, "SELECT ?x { ?x ex:age ?a } ORDER BY ?a", "ex:b; ex:a");
    CHECK_QUERY(people, "SELECT ?n { ?x ex:name ?n } ORDER BY DESC(?n) LIMIT 1 OFFSET 1", "Bob");
    CHECK_QUERY("ex:a ex:p 10 , 9 , 1.5e0 , \"b\" , \"a\"@en , ex:z , _:b .",
                "SELECT ?v { { ex:a ex:p ?v FILTER(!ISBLANK(?v)) } UNION { } } ORDER BY ?v",
                "-; ex:z; 1.5e0^^double; 9; 10; b; a@en");
    /* What is equal follows the order of terms, which is not that of ids. */
    CHECK_QUERY("ex:c ex:p 1 . ex:a ex:p 1.0 . ex:b ex:p 01 .",
                "SELECT ?x { ?x ex:p ?v } ORDER BY ?v", "ex:b; ex:c; ex:a");
    CHECK_QUERY("ex:c ex:p 1 . ex:a ex:p 1 . ex:b ex:p 1 .",
                "SELECT ?x { ?x ex:p ?v } LIMIT 2 OFFSET 1", "ex:b; ex:c");
    CHECK_QUERY("ex:a ex:p 1 , 2 , 3 .", "SELECT DISTINCT ?x { ?x ex:p ?v } ORDER BY ?v LIMIT 5",
                "ex:a");
    /* Variable by variable, whichever pattern statistics have put first. */
    CHECK_QUERY(CROSSED, FIRST_CROSSED, "ex:a 2");
    CHECK_QUERY(CROSSED "ex:k ex:p ex:l , ex:m , ex:n .", FIRST_CROSSED, "ex:a 2");
    CHECK_QUERY(CROSSED "ex:k ex:q ex:l , ex:m , ex:n .", FIRST_CROSSED, "ex:a 2");
    /* The least value is the same in whatever order values come. */
    CHECK_QUERY("ex:a ex:p \"1x\"^^xsd:integer , 5 , 10 .", "SELECT (MIN(?v) AS ?m) { ?x ex:p ?v }",
                "5");
    CHECK_QUERY("ex:a ex:p 10 , \"1x\"^^xsd:integer , 5 .", "SELECT (MIN(?v) AS ?m) { ?x ex:p ?v }",
                "5");
    /* An ordered part is joined to rows that are numbered, and alike. */
    CHECK_QUERY(ALIKE,
                "SELECT (COUNT(?z) AS ?n) { ?a ex:p ?c . ?b ex:p ?c . ?d ex:p ?c "
                "OPTIONAL { SELECT ?z { ?z ex:q ?y } ORDER BY ?z } }",
                "1331");
}

/* Twenty nodes, of two rows each, which paths are followed from node by node. The hash key of each
 * run of these tests is another one. */
RP_TEST(query_paths_give_an_order_of_their_own)
{
    static const char text[] = "SELECT ?a ?b ?c { ?a ex:p ?b . ?b ex:next+ ?c }";
    char turtle[2048] = "";
    char expected[2048] = "";
    RpTestQuery query;

    for (int i = 0; i < 20; i++) {
        snprintf(turtle + strlen(turtle), sizeof(turtle) - strlen(turtle),
                 "ex:x ex:p ex:s%02d . ex:s%02d ex:next ex:t%02d . ", i, i, i);
        snprintf(expected + strlen(expected), sizeof(expected) - strlen(expected),
                 "%sex:x ex:s%02d ex:t%02d; ex:y ex:s%02d ex:t%02d", i > 0 ? "; " : "", i, i, i, i);
    }
    for (int i = 0; i < 20; i++) {
        snprintf(turtle + strlen(turtle), sizeof(turtle) - strlen(turtle), "ex:y ex:p ex:s%02d . ",
                 i);
    }
    if (CHECK_STATUS(rp_test_query_begin(&query, turtle), RP_OK) &&
        CHECK_STATUS(rp_test_query_compile(&query, text), RP_OK) &&
        CHECK_STATUS(rp_test_query_solve(&query, NULL, 1), RP_OK)) {
        CHECK_TEXT(rp_text_from(rp_test_query_text(&query, true)), expected);
    }
    rp_test_query_end(&query);
}

RP_TEST(query_paths)
{
    static const char chain[] = "ex:a ex:p ex:b . ex:b ex:p ex:c . ex:c ex:p ex:a , ex:d . "
                                "ex:d ex:q ex:e . ex:x ex:p 1 .";

    CHECK_QUERY(chain, "SELECT ?y { ex:a ex:p+ ?y }", "ex:a; ex:b; ex:c; ex:d");
    CHECK_QUERY(chain, "SELECT ?y { ex:d ex:p* ?y }", "ex:d");
    CHECK_QUERY(chain, "SELECT ?y { ex:d ex:p+ ?y }", "");
    CHECK_QUERY(chain, "SELECT ?x { ?x ex:p+ ex:d }", "ex:a; ex:b; ex:c");
    CHECK_QUERY(chain, "SELECT ?x { ?x ex:p+/ex:q ex:e }", "ex:a; ex:b; ex:c");
    CHECK_QUERY(chain, "SELECT ?y { ex:a (ex:p/ex:p)+ ?y }", "ex:a; ex:b; ex:c; ex:d");
    CHECK_QUERY(chain, "SELECT ?y { ex:d ^ex:p/^ex:p ?y }", "ex:b");
    CHECK_QUERY(chain, "SELECT ?y { ex:c (ex:p|ex:q)* ?y }", "ex:a; ex:b; ex:c; ex:d; ex:e");
    CHECK_QUERY(chain, "SELECT ?y { ex:c !ex:q ?y }", "ex:a; ex:d");
    CHECK_QUERY(chain, "SELECT ?y { ex:d !(ex:p|^ex:q) ?y }", "ex:c; ex:e");
    CHECK_QUERY(chain, "SELECT ?y { ex:d !() ?y }", "ex:e");
    CHECK_QUERY(chain, "SELECT ?y { ex:none ex:p* ?y }", "ex:none");
    CHECK_QUERY(chain, "SELECT ?y { 1 ex:p* ?y }", "1");
    CHECK_QUERY(chain, "ASK { ex:a ex:p+ ex:d }", "true");
    CHECK_QUERY(chain, "ASK { ex:d ex:p+ ex:a }", "false");
    /* An alternative counts each way, a repetition none twice. */
    CHECK_QUERY("ex:a ex:p ex:b ; ex:q ex:b .", "SELECT ?y { ex:a ex:p|ex:q ?y }", "ex:b; ex:b");
    CHECK_QUERY("ex:a ex:p ex:b ; ex:q ex:b .", "SELECT ?y { ex:a (ex:p|ex:q)? ?y }", "ex:a; ex:b");
    CHECK_QUERY("ex:a ex:p ex:b , ex:c . ex:b ex:p ex:d . ex:c ex:p ex:d .",
                "SELECT ?y { ex:a ex:p/ex:p ?y }", "ex:d; ex:d");
    CHECK_QUERY("ex:a ex:p ex:b , ex:c . ex:b ex:p ex:d . ex:c ex:p ex:d .",
                "SELECT ?y { ex:a ex:p/ex:p* ?y }", "ex:b; ex:c; ex:d; ex:d");
    /* Both ends free: each node of the graph is of a path of zero length. */
    CHECK_QUERY("ex:a ex:p ex:b . ex:b ex:q 1 .", "SELECT ?x ?y { ?x ex:p* ?y }",
                "1 1; ex:a ex:a; ex:a ex:b; ex:b ex:b");
    /* A value that is no node of the graph is of none. */
    CHECK_QUERY("ex:a ex:p ex:b .", "SELECT ?v { VALUES ?v { 1 ex:a } ?v ex:p? ?v }", "ex:a");
    CHECK_QUERY("ex:a ex:p ex:b .", "SELECT ?y { VALUES ?v { 1 ex:a } ?v ex:p* ?y }", "ex:a; ex:b");
    CHECK_QUERY("ex:a ex:p ex:b . ex:b ex:p ex:a .", "SELECT ?x { ?x (ex:p*/ex:p*)* ex:a }",
                "ex:a; ex:b");
}

/* Each tuple is as if it were alone. */
RP_TEST(query_tuples)
{
    CHECK_THIS(people, "SELECT $this ?n { $this ex:name ?n }", "a c z b",
               "0: ex:a Ann; 1: ex:c Cid; 3: ex:b Bob");
    CHECK_THIS(people, "ASK { $this ex:age ?a }", "a c b", "0; 2");
    CHECK_THIS(people, "SELECT (COUNT(?y) AS ?n) { $this ex:knows ?y }", "a b c",
               "0: 2; 1: 1; 2: 0");
    CHECK_THIS(people, "SELECT $this (COUNT(?y) AS ?n) { $this ex:knows ?y } GROUP BY $this",
               "a b c", "0: ex:a 2; 1: ex:b 1");
    CHECK_THIS(people, "SELECT ?y { $this ex:knows ?y } ORDER BY DESC(?y) LIMIT 1", "a b c",
               "0: ex:c; 1: ex:c");
    CHECK_THIS(people, "SELECT ?y { $this ex:knows ?y } ORDER BY ?y OFFSET 1", "a b", "0: ex:c");
    CHECK_THIS(people, "SELECT DISTINCT ?a { ?x ex:age ?a . $this ex:name ?n }", "a b",
               "0: 20; 0: 30; 1: 20; 1: 30");
    CHECK_THIS(people, "SELECT $this { FILTER($this = ex:b) }", "a b", "1: ex:b");
    CHECK_THIS(people, "SELECT ?v { VALUES ?v { ex:a ex:b } FILTER(?v != $this) }", "a b",
               "0: ex:b; 1: ex:a");
    CHECK_THIS(people, "SELECT ?t { BIND($this AS ?t) }", "a z", "0: ex:a; 1: ex:z");
    CHECK_THIS(people,
               "SELECT ?x { { FILTER($this = ex:a) BIND(1 AS ?x) } UNION { BIND(2 AS ?x) } }",
               "a b", "0: 1; 0: 2; 1: 2");
    CHECK_THIS(people,
               "SELECT ?y { ?x ex:age ?a OPTIONAL { $this ex:knows ?y } FILTER(?x = ex:a) }", "b c",
               "0: ex:c; 1: -");
    CHECK_THIS(people,
               "SELECT ?x { ?x ex:age ?a FILTER NOT EXISTS { $this ex:age ?b FILTER(?b > ?a) } }",
               "a b c", "0: ex:a; 1: ex:a; 1: ex:b; 2: ex:a; 2: ex:b");
    CHECK_THIS(
        people,
        "SELECT ?n { { SELECT $this (COUNT(?y) AS ?n) { $this ex:knows ?y } GROUP BY $this } }",
        "a b c", "0: 2; 1: 1");
    CHECK_THIS(people, "SELECT ?x { $this ex:knows+ ?x }", "a b c", "0: ex:b; 0: ex:c; 1: ex:c");
    /* A focus node that is no node of the graph has no path of zero length. */
    CHECK_THIS(people, "SELECT ?x { $this ex:knows* ?x }", "b z", "0: ex:b; 0: ex:c");
}

/* Many rows: hash joins give what searches give. */
RP_TEST(query_large_joins)
{
    static const char text[] =
        "SELECT (COUNT(*) AS ?n) (COUNT(DISTINCT ?y) AS ?m) { ?x ex:p ?y . ?y "
        "ex:q ?z . ?z ex:r ?x OPTIONAL { ?y ex:s ?w } FILTER NOT EXISTS { ?x "
        "ex:s 1 } }";
    RpTestQuery query;

    CHECK_STATUS(rp_test_query_begin(&query, ""), RP_OK);
    query.graph.is_frozen = false;
    for (uint32_t i = 0; i < 5000; i++) {
        char names[3][32];
        RpTermId ids[3];

        for (int j = 0; j < 3; j++) {
            RpTerm term;

            snprintf(names[j], sizeof(names[j]), "http://ex/%c%u", 'a' + j, i / (j == 1 ? 2 : 1));
            term = rp_term_iri(rp_text_from(names[j]));
            rp_dictionary_add(&query.dictionary, &term, &ids[j], &query.error);
        }
        for (int j = 0; j < 3; j++) {
            char predicate[32];
            RpTermId id;
            RpTerm term;

            snprintf(predicate, sizeof(predicate), "http://ex/%c", 'p' + j);
            term = rp_term_iri(rp_text_from(predicate));
            rp_dictionary_add(&query.dictionary, &term, &id, &query.error);
            rp_graph_add(&query.graph, (RpTriple){ids[j], id, ids[(j + 1) % 3]}, &query.error);
        }
    }
    CHECK_STATUS(rp_graph_freeze(&query.graph, &query.error), RP_OK);
    CHECK_STATUS(rp_test_query_compile(&query, text), RP_OK);
    CHECK_STATUS(rp_test_query_solve(&query, NULL, 1), RP_OK);
    CHECK_TEXT(rp_text_from(rp_test_query_text(&query, false)), "5000 2500");
    rp_test_query_end(&query);
}

/* A graph of so many triples of one predicate. */
static void
begin_many(RpTestQuery *query, uint32_t count)
{
    rp_test_query_begin(query, "");
    query->graph.is_frozen = false;
    for (uint32_t i = 0; i < count; i++) {
        char name[32];
        RpTerm term;
        RpTermId id;
        RpTermId predicate;

        snprintf(name, sizeof(name), "http://ex/n%u", i);
        term = rp_term_iri(rp_text_from(name));
        rp_dictionary_add(&query->dictionary, &term, &id, &query->error);
        term = rp_term_iri(RP_TEXT("http://ex/p"));
        rp_dictionary_add(&query->dictionary, &term, &predicate, &query->error);
        rp_graph_add(&query->graph, (RpTriple){id, predicate, id}, &query->error);
    }
    rp_graph_freeze(&query->graph, &query->error);
}

RP_TEST(query_limits)
{
    RpTestQuery query;

    begin_many(&query, 1000);
    CHECK_STATUS(rp_test_query_compile(&query, "SELECT * { ?a ex:p ?b . ?c ex:p ?d }"), RP_OK);
    CHECK_STATUS(rp_test_query_solve(&query, NULL, 1), RP_TOO_LARGE);
    CHECK_TEXT(rp_text_from(query.error.message),
               "a query has more than 100000 solutions at a time");
    rp_test_query_end(&query);
    /* Only whether there is a solution is asked: one is enough. */
    begin_many(&query, 1000);
    CHECK_STATUS(rp_test_query_compile(&query, "ASK { ?a ex:p ?b . ?c ex:p ?d }"), RP_OK);
    CHECK_STATUS(rp_test_query_solve(&query, NULL, 1), RP_OK);
    CHECK_INT(query.result.count, 1);
    rp_test_query_end(&query);
    /* A product that a filter empties takes no memory, and can be stopped. */
    begin_many(&query, 5000);
    CHECK_STATUS(
        rp_test_query_compile(
            &query, "SELECT * { ?a ex:p ?b . ?c ex:p ?d FILTER(STR(?a) = STRLEN(STR(?d))) }"),
        RP_OK);
    rp_test_stop_after = 50;
    CHECK_STATUS(rp_test_query_solve(&query, NULL, 1), RP_INTERRUPTED);
    rp_test_stop_after = -1;
    rp_test_query_end(&query);
    begin_many(&query, 10);
    query.options.memory_bytes = 20000;
    CHECK_STATUS(rp_test_query_compile(&query, "SELECT * { ?a ex:p ?b . ?c ex:p ?d . ?e ex:p ?f }"),
                 RP_OK);
    CHECK_STATUS(rp_test_query_solve(&query, NULL, 1), RP_TOO_LARGE);
    rp_test_query_end(&query);
}

RP_TEST(query_survives_missing_memory)
{
    static const char text[] =
        "SELECT ?x (COUNT(?y) AS ?n) { ?x ex:knows+ ?y OPTIONAL { ?x ex:age ?a } FILTER NOT EXISTS "
        "{ "
        "?x ex:none ?y } BIND(CONCAT(\"a\", STR(?x)) AS ?k) } GROUP BY ?x ORDER BY ?n LIMIT 3";
    bool has_ended = false;

    for (long i = 1; i < 200 && !has_ended; i++) {
        RpTestQuery query;
        RpStatus status;

        CHECK_STATUS(rp_test_query_begin(&query, people), RP_OK);
        CHECK_STATUS(rp_test_query_compile(&query, text), RP_OK);
        rp_test_fail_allocation_after = i;
        status = rp_test_query_solve(&query, NULL, 1);
        has_ended = rp_test_fail_allocation_after > 0;
        rp_test_fail_allocation_after = -1;
        CHECK(status == (has_ended ? RP_OK : RP_OUT_OF_MEMORY));
        rp_test_query_end(&query);
    }
    CHECK(has_ended);
}
