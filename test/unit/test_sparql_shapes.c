/*
 * SPARQL constraints and targets as shapes have them: what is well-formed, and each rule that may
 * be broken. SHACL Recommendation, section 5 and appendix A; SHACL Advanced Features, section 3.1.
 */
#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "host.h"
#include "shacl/component.h"
#include "shapes_of.h"
#include "sparql/algebra.h"

#define CONSTRAINT(body) "ex:S sh:targetNode ex:a ; sh:sparql [ " body " ] ."
#define PROPERTY(body) "ex:S sh:targetNode ex:a ; sh:path ex:p ; sh:sparql [ " body " ] ."
#define SELECT(rest) "sh:select 'SELECT $this " rest "' "
#define TARGET(body) "ex:S sh:target [ a sh:SPARQLTarget ; " body " ] ."
#define DECLARE(prefix, iri) \
    "sh:declare [ sh:prefix '" prefix "' ; sh:namespace '" iri "'^^xsd:anyURI ] "

/* A text that is refused: the rule that it breaks, and a piece of the message. */
typedef struct RefusedCase {
    const char *rule;
    const char *message;
    const char *shapes;
} RefusedCase;

static void
check_refused(const RefusedCase *refused, RpStatus status)
{
    RpTestShapes test;

    if (!CHECK_STATUS(rp_test_shapes_of(&test, refused->shapes, false), status) ||
        !CHECK_TEXT(rp_text_from(test.error.rule), refused->rule) ||
        !CHECK(strstr(test.error.message, refused->message) != NULL) ||
        !CHECK(test.error.line > 0 && test.error.column > 0)) {
        printf("    %s\n    %s (line %u, column %u)\n", refused->shapes, test.error.message,
               test.error.line, test.error.column);
    }
    rp_test_shapes_end(&test);
}

RP_TEST(sparql_constraints_have_operands)
{
    static const char *const texts[] = {
        CONSTRAINT(SELECT("{ $this ex:q 1 }") "; sh:prefixes ex: ; sh:message 'one' , "
                                              "'uno'@it ") " ex: " DECLARE("ex", "http://ex/") ".",
        "ex:S sh:targetNode ex:a ; sh:sparql ex:S ; sh:severity sh:Warning ; " SELECT("{}") ".",
        "ex:S sh:targetNode ex:a ; sh:sparql ex:Q . ex:Q a sh:SPARQLConstraint ; "
        "sh:deactivated false ; " SELECT("{}") "."};
    static const uint32_t message_counts[] = {2, 0, 0};

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        RpTestShapes test;
        const RpShape *shape;
        RpAlgebra algebra;

        CHECK_STATUS(rp_test_shapes_of(&test, texts[i], false), RP_OK);
        shape = rp_test_shape_named(&test, "S");
        if (CHECK(shape != NULL) && CHECK_INT(shape->constraint_count, 1) &&
            CHECK_INT(test.shapes.query_count, 1)) {
            const RpConstraint *constraint = &shape->constraints[0];

            CHECK_INT(rp_component_table[constraint->component].parameter, RP_VOCABULARY_sh_sparql);
            CHECK_INT(constraint->operand_count, 3);
            CHECK_INT(constraint->operands[0].kind, RP_OPERAND_QUERY);
            CHECK_INT(constraint->operands[1].term, test.shapes.queries[0].node);
            CHECK_INT(constraint->operands[2].term_count, message_counts[i]);
            rp_algebra_open(test.shapes.queries[0].bytes.data, &algebra);
            CHECK_INT(algebra.header->prebound_count, RP_QUERY_PARAMETERS);
        }
        CHECK_INT(test.shapes.finding_count, 0);
        rp_test_shapes_end(&test);
    }
}

/* What is switched off is not read: its query may be anything. */
RP_TEST(sparql_constraints_are_switched_off)
{
    static const char *const texts[] = {
        CONSTRAINT("sh:select 1 ; sh:deactivated true"),
        "ex:S sh:deactivated true ; sh:sparql [ " SELECT("{ FILTER (RAND() = 1) }") "] ."};

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        RpTestShapes test;

        CHECK_STATUS(rp_test_shapes_of(&test, texts[i], false), RP_OK);
        CHECK_INT(test.shapes.query_count, 0);
        CHECK_INT(test.shapes.finding_count, 0);
        rp_test_shapes_end(&test);
    }
}

RP_TEST(sparql_constraints_are_ill_formed)
{
    static const RefusedCase cases[] = {
        {"sparql-nodeKind", "sh:sparql must be a node", "ex:S sh:sparql 'SELECT $this {}' ."},
        {"SPARQLConstraint-select-count", "exactly one value, and has 0", CONSTRAINT("")},
        {"SPARQLConstraint-select-count", "exactly one value, and has 2",
         CONSTRAINT(SELECT("{}") ", 'SELECT * {}'")},
        {"SPARQLConstraint-select-count", "sh:select of <http://ex/Q>",
         "ex:S sh:sparql ex:Q ; sh:targetNode ex:a ."},
        {"SPARQLConstraint-select-datatype", "must be an xsd:string", CONSTRAINT("sh:select 1")},
        {"SPARQLConstraint-select-datatype", "must be an xsd:string",
         CONSTRAINT("sh:select 'SELECT $this {}'@en")},
        {"select-query-valid", "must be", CONSTRAINT(SELECT("{ $this <x:p> 1 "))},
        {"select-query-valid", "must be a SELECT", CONSTRAINT("sh:select 'ASK {}'")},
        {"select-query-valid", "the prefix ex: is not declared",
         CONSTRAINT(SELECT("{ $this ex:p 1 }"))},
        {"select-query-this", "must return ?this", CONSTRAINT("sh:select 'SELECT ?x { ?x ?y 1 }'")},
        {"select-query-this", "must return ?this",
         CONSTRAINT("sh:select 'SELECT * { FILTER ($this = 1) }'")},
        {"SPARQLConstraint-message-datatype", "sh:message of",
         CONSTRAINT(SELECT("{}") "; sh:message 1")},
        {"SPARQLConstraint-deactivated-maxCount", "sh:deactivated of",
         CONSTRAINT(SELECT("{}") "; sh:deactivated true , false")},
        {"", "must be true or false", CONSTRAINT(SELECT("{}") "; sh:deactivated 'true'")},
        {"PATH-position", "$PATH", CONSTRAINT(SELECT("{ $this $PATH 1 }"))},
        {"PATH-position", "$PATH", PROPERTY(SELECT("{ $this ?p $PATH }"))},
        {"PATH-position", "$PATH", PROPERTY(SELECT("?PATH { }"))},
        {"PATH-position", "longer path", PROPERTY(SELECT("{ $this $PATH/<x:q> 1 }"))},
        {"PATH-position", "longer path", PROPERTY(SELECT("{ $this <x:q>/$PATH 1 }"))},
        {"PATH-position", "longer path", PROPERTY(SELECT("{ $this $\\\\u0050ATH* 1 }"))},
        {"", "not a valid regular expression",
         CONSTRAINT(SELECT("{ FILTER(REGEX(\"a\", \"[a\")) }"))},
        {"pre-binding-limitations", "VALUES", CONSTRAINT(SELECT("{ VALUES ?x { 1 } }"))},
        {"pre-binding-limitations", "$this", CONSTRAINT(SELECT("{ BIND (1 AS $this) }"))},
        {"pre-binding-limitations", "$currentShape",
         CONSTRAINT(SELECT("(1 AS ?currentShape) { }"))},
        {"pre-binding-limitations", "sub-SELECT",
         CONSTRAINT(SELECT("{ { SELECT ?x { ?x ?y ?z } } }"))},
        {"", "has no meaning here", "ex:S a sh:NodeShape ; sh:ask 'ASK {}' ."},
    };
    static const RefusedCase unsupported[] = {
        {"", "MINUS is not taken", CONSTRAINT(SELECT("{ MINUS { $this ?p 1 } }"))},
        {"", "SERVICE is not taken", CONSTRAINT(SELECT("{ SERVICE <x:y> {} }"))},
        {"", "GRAPH is not taken", CONSTRAINT(SELECT("{ GRAPH ?g {} }"))},
        {"", "uses sh:resultAnnotation", CONSTRAINT(SELECT("{}") "; sh:resultAnnotation []")},
        {"", "uses sh:prefixs, which is not known", CONSTRAINT(SELECT("{}") "; sh:prefixs ex:")},
        {"", "sh:target is no sh:SPARQLTarget", "ex:S sh:target [ a ex:TargetType ] ."},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        check_refused(&cases[i], RP_ILL_FORMED);
    }
    for (size_t i = 0; i < sizeof unsupported / sizeof *unsupported; i++) {
        check_refused(&unsupported[i], RP_UNSUPPORTED);
    }
}

RP_TEST(sparql_prefixes)
{
    static const RefusedCase cases[] = {
        {"prefixes-nodeKind", "sh:prefixes of", CONSTRAINT(SELECT("{}") "; sh:prefixes 'ex'")},
        {"declare-nodeKind", "sh:declare of <http://ex/>",
         CONSTRAINT(SELECT("{}") "; sh:prefixes ex:") " ex: sh:declare 'ex' ."},
        {"prefix-count", "sh:prefix of",
         CONSTRAINT(SELECT("{}") "; sh:prefixes [ sh:declare [ sh:namespace 'http://ex/' ] ]")},
        {"prefix-datatype", "sh:prefix of",
         CONSTRAINT(SELECT("{}") "; sh:prefixes [ sh:declare [ sh:prefix ex:p ; sh:namespace "
                                 "'http://ex/' ] ]")},
        {"", "without its colon",
         CONSTRAINT(SELECT("{}") "; sh:prefixes [ " DECLARE("ex:", "x:y") "]")},
        {"namespace-count", "sh:namespace of",
         CONSTRAINT(SELECT("{}") "; sh:prefixes [ sh:declare [ sh:prefix 'ex' ; sh:namespace "
                                 "'http://ex/' , 'http://ey/' ] ]")},
        {"namespace-datatype", "sh:namespace of",
         CONSTRAINT(
             SELECT("{}") "; sh:prefixes [ sh:declare [ sh:prefix 'ex' ; sh:namespace ex: ] ]")},
        {"", "must be an IRI",
         CONSTRAINT(SELECT("{}") "; sh:prefixes [ " DECLARE("ex", "http://e x/") "]")},
        {"select-query-valid", "no base IRI is known for the relative IRI <./x>",
         CONSTRAINT(SELECT("{ $this r:x 1 }") "; sh:prefixes [ " DECLARE("r", "./") "]")},
        {"prefixes-duplicates", "has another namespace elsewhere",
         CONSTRAINT(SELECT("{}") "; sh:prefixes ex:a , ex:b") " ex:a " DECLARE(
             "p", "http://ex/") ". ex:b owl:imports ex:c . ex:c " DECLARE("p", "http://ey/") "."},
    };
    static const char *const texts[] = {
        /* Along imports, which may go in circles; the same twice; plain strings; none. */
        CONSTRAINT(SELECT(
            "{ $this p:x 1 }") "; sh:prefixes ex:a") " ex:a owl:imports ex:b . "
                                                     "ex:b owl:imports ex:a , "
                                                     "ex:b , ex:c . "
                                                     "ex:c " DECLARE(
                                                         "p",
                                                         "http:/"
                                                         "/ex/") "; " DECLARE("p",
                                                                              "http://ex/") ".",
        CONSTRAINT(SELECT("{ $this :x 1 }") "; sh:prefixes [ sh:declare [ sh:prefix '' ; "
                                            "sh:namespace 'http://ex/' ] ]"),
        CONSTRAINT("sh:select 'PREFIX ex: <http://ex/> SELECT $this { $this ex:p 1 }'"),
        /* What is relative, where nothing uses it, and by the document's base IRI. */
        CONSTRAINT(SELECT("{}") "; sh:prefixes [ " DECLARE("r", "./") "]"),
        CONSTRAINT(SELECT("{ $this r:x <y> }") "; sh:prefixes [ " DECLARE(
            "r", "./q#") "]") " @base <http://ex/> .",
        /* What is not reached may be ill-formed. */
        CONSTRAINT(SELECT("{}")) " ex: sh:declare 'ex' .",
    };
    RpTestShapes test;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        check_refused(&cases[i], RP_ILL_FORMED);
    }
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (!CHECK_STATUS(rp_test_shapes_of(&test, texts[i], false), RP_OK)) {
            printf("    %s\n    %s\n", texts[i], test.error.message);
        }
        rp_test_shapes_end(&test);
    }
    CHECK_STATUS(rp_test_shapes_of(&test, CONSTRAINT(SELECT("{ $this ex:p 1 }")), false),
                 RP_ILL_FORMED);
    CHECK(strstr(test.error.hint, "SPARQL sees only sh:prefixes") != NULL);
    rp_test_shapes_end(&test);
    CHECK_STATUS(rp_test_shapes_of(&test, CONSTRAINT(SELECT("{ $this none:p 1 }")), false),
                 RP_ILL_FORMED);
    CHECK_TEXT(rp_text_from(test.error.hint), "");
    rp_test_shapes_end(&test);
}

/* The place of what is wrong within a query, in the document: here always the word WRONG. */
RP_TEST(sparql_errors_have_a_place_in_the_document)
{
    static const struct {
        const char *shapes;
        uint32_t line;
        uint32_t column;
    } cases[] = {
        {"ex:S sh:sparql [ sh:select 'WRONG' ] .", 2, 29},
        {"ex:S sh:sparql [ sh:select \"SELECT $this { FILTER (\\\"a\\\" WRONG) }\" ] .", 2, 58},
        {"ex:S sh:sparql [ sh:select \"\"\"SELECT $this {\n  FILTER (\"\u00e4\" WRONG)\n}\"\"\" ] "
         ".",
         3, 15},
        {"ex:S sh:sparql [ sh:select \"SELECT $this {\\n\\t\\u007B \\U0001F600WRONG\" ] .", 2, 54},
        {"# \u00e9\nex:S sh:sparql [ sh:select '''\n\n WRONG''' ] .", 5, 2},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        RpTestShapes test;

        CHECK_STATUS(rp_test_shapes_of(&test, cases[i].shapes, false), RP_ILL_FORMED);
        if (!CHECK_INT(test.error.line, cases[i].line) |
            !CHECK_INT(test.error.column, cases[i].column)) {
            printf("    %s\n%s\n", test.error.message, test.error.excerpt);
        }
        CHECK(strstr(test.error.excerpt, "WRONG") != NULL);
        rp_test_shapes_end(&test);
    }
}

/* Where there is no document, the place is within the query. */
RP_TEST(sparql_errors_have_a_place_without_a_document)
{
    RpTerm subject = rp_term_iri(RP_TEXT("http://ex/S"));
    RpTerm sparql = rp_term_iri(RP_TEXT(RP_SH "sparql"));
    RpTerm select = rp_term_iri(RP_TEXT(RP_SH "select"));
    RpTerm query = rp_term_literal(RP_TEXT("SELECT $this {\n WRONG }"), RP_TEXT(""));
    RpShapeReaderOptions options = {.depth_limit = RP_TEST_DEPTH_LIMIT};
    RpShapesGraph graph;
    RpShapes shapes;
    RpArena arena;
    RpError error;

    rp_arena_init(&arena, &rp_test_host, 1 << 20);
    rp_shapes_graph_init(&graph, &arena);
    CHECK_STATUS(rp_shapes_graph_add(&graph, &subject, &sparql, &subject, (RpPosition){0}, &error),
                 RP_OK);
    CHECK_STATUS(rp_shapes_graph_add(&graph, &subject, &select, &query, (RpPosition){0}, &error),
                 RP_OK);
    CHECK_STATUS(rp_shapes_read(&graph, &options, &shapes, &error), RP_ILL_FORMED);
    CHECK_INT(error.line, 0);
    CHECK(strstr(error.detail, "Within the query it is line 2, column 2.") != NULL);
    CHECK(strstr(error.excerpt, "WRONG") != NULL);
    rp_arena_free(&arena);
}

RP_TEST(sparql_targets)
{
    static const RefusedCase cases[] = {
        {"", "must be a sh:SPARQLTarget, not a literal", "ex:S sh:target 'SELECT ?this {}' ."},
        {"", "exactly one value, and has 0", TARGET("sh:prefixes []")},
        {"", "must return ?this", TARGET("sh:select 'SELECT ?that { ?that ?p ?o }'")},
        {"", "must be a SELECT", TARGET("sh:select 'ASK {}'")},
    };
    RpTestShapes test;
    RpAlgebra algebra;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        check_refused(&cases[i], RP_ILL_FORMED);
    }
    /* Nothing is bound before: names that are so elsewhere are variables, and VALUES binds one. */
    CHECK_STATUS(rp_test_shapes_of(&test,
                                   "ex:T rdfs:subClassOf sh:SPARQLTarget . ex:S sh:nodeKind sh:IRI "
                                   "; sh:target [ a ex:T ; sh:select 'SELECT ?this { VALUES ?this "
                                   "{ 1 } ?this ?PATH ?value MINUSONE }' ] .",
                                   false),
                 RP_ILL_FORMED);
    rp_test_shapes_end(&test);
    CHECK_STATUS(rp_test_shapes_of(&test,
                                   "ex:T rdfs:subClassOf sh:SPARQLTarget . ex:S sh:nodeKind sh:IRI "
                                   "; sh:target [ a ex:T ; sh:select 'SELECT ?this { VALUES ?this "
                                   "{ 1 } ?this ?PATH ?value }' ] , [ a sh:SPARQLTarget ; "
                                   "sh:select 'SELECT * { ?this ?p 1 } LIMIT 1' ] .",
                                   false),
                 RP_OK);
    if (CHECK_INT(test.shapes.query_count, 2) && CHECK_INT(test.shapes.shapes[0].target_count, 2)) {
        CHECK_INT(test.shapes.shapes[0].targets[1].kind, RP_TARGET_QUERY);
        CHECK_INT(test.shapes.shapes[0].targets[1].term, 2);
        rp_algebra_open(test.shapes.queries[0].bytes.data, &algebra);
        CHECK_INT(algebra.header->prebound_count, 0);
    }
    rp_test_shapes_end(&test);
}

static bool
warns_of(const char *shapes, bool leaves_out, const char *code)
{
    RpTestShapes test;
    bool is_found;

    CHECK_STATUS(rp_test_shapes_of(&test, shapes, leaves_out), RP_OK);
    is_found = CHECK_INT(test.shapes.finding_count, 1) && test.shapes.findings[0].is_warning &&
               strcmp(test.shapes.findings[0].error.rule, code) == 0;
    rp_test_shapes_end(&test);
    return is_found;
}

static bool
warns(const char *shapes, const char *code)
{
    return warns_of(shapes, false, code);
}

RP_TEST(sparql_constraints_are_warned_of)
{
    CHECK(warns_of(CONSTRAINT(SELECT("{ VALUES ?x { 1 } }")), true, "has-values"));
    CHECK(warns(CONSTRAINT(SELECT("{ FILTER (NOW() > 1) }")), "uses-now"));
    CHECK(warns(TARGET("sh:select 'SELECT (NOW() AS ?this) {}'"), "uses-now"));
    CHECK(warns(CONSTRAINT(SELECT("{}") "; sh:severity sh:Info"), "without-effect"));
    /* A constraint is one by where it stands. */
    CHECK(warns(CONSTRAINT(SELECT("{}") "; a sh:SPARQLConstraintObject"), "without-effect"));
    CHECK(warns(TARGET("a sh:NoClass ; " SELECT("{}")), "without-effect"));
}

/* What is left out asks for less; the rest is there. VALUES is taken then. */
RP_TEST(sparql_constraints_are_left_out)
{
    RpTestShapes test;
    const RpShape *shape;

    CHECK_STATUS(rp_test_shapes_of(&test,
                                   PROPERTY(SELECT("{ MINUS {} }") "] , [ " SELECT(
                                       "{ VALUES ?x { 1 } }") "] , [ sh:select 1 ") "ex:T sh:not "
                                                                                    "ex:S .",
                                   true),
                 RP_OK);
    shape = rp_test_shape_named(&test, "S");
    if (CHECK(shape != NULL)) {
        CHECK_INT(shape->constraint_count, 1);
    }
    CHECK_INT(test.shapes.left_out_count, 3);
    CHECK_INT(rp_test_shape_named(&test, "T")->constraint_count, 0);
    rp_test_shapes_end(&test);
    CHECK_STATUS(rp_test_shapes_of(&test, CONSTRAINT(SELECT("{ VALUES $this { 1 } }")), true),
                 RP_OK);
    CHECK_INT(test.shapes.left_out_count, 1);
    rp_test_shapes_end(&test);
}

/* All that is wrong is listed, where that is asked for. */
RP_TEST(sparql_constraints_are_all_listed)
{
    RpShapeReaderOptions options = {.collects_findings = true, .depth_limit = RP_TEST_DEPTH_LIMIT};
    RpTestShapes test;

    CHECK_STATUS(rp_test_shapes_graph(&test,
                                      CONSTRAINT(SELECT("{ WRONG }") "] , [ sh:select 1 ] , [ ")
                                          TARGET("sh:select 'x'")),
                 RP_OK);
    CHECK_STATUS(rp_shapes_read(&test.graph, &options, &test.shapes, &test.error), RP_OK);
    CHECK_INT(test.shapes.finding_count, 4);
    rp_test_shapes_end(&test);
}

/* One text for many shapes is a query of each; all of them together are bounded. */
RP_TEST(sparql_queries_are_bounded_together)
{
    enum { SHAPES = 2000, QUERY_BYTES = 1 << 15 };
    RpTestShapes test;
    RpBuffer text;
    RpArena arena;

    rp_arena_init(&arena, &rp_test_host, 64 << 20);
    rp_buffer_init(&text, &arena);
    rp_buffer_append_string(&text, "ex:Q sh:select 'SELECT $this { #");
    for (uint32_t i = 0; i < QUERY_BYTES; i++) {
        rp_buffer_append_byte(&text, ' ');
    }
    rp_buffer_append_string(&text, "\\n }' .\n");
    for (uint32_t i = 0; i < SHAPES; i++) {
        rp_buffer_append_format(&text, "ex:S%u sh:sparql ex:Q .\n", i);
        if (i == 20) {
            RpBuffer few = text;

            rp_buffer_append_byte(&few, '\0');
            CHECK_STATUS(rp_test_shapes_of(&test, rp_buffer_text(&few).data, false), RP_OK);
            CHECK_INT(test.shapes.query_count, 21);
            rp_test_shapes_end(&test);
        }
    }
    rp_buffer_append_byte(&text, '\0');
    CHECK_STATUS(rp_test_shapes_of(&test, rp_buffer_text(&text).data, false), RP_TOO_LARGE);
    CHECK(strstr(test.error.message, "queries of the text are too large") != NULL);
    rp_test_shapes_end(&test);
    rp_arena_free(&arena);
}
