/* rdf/turtle_reader: what Turtle means (RDF 1.1 Turtle), and what libserd 0.30 misreads of it. */
#include "check.h"
#include "turtle_text.h"

#define PREFIXES "@prefix : <http://e/> . @prefix x: <http://e/x/> .\n"
#define INTEGER "\"^^<http://www.w3.org/2001/XMLSchema#integer>"
#define DECIMAL "\"^^<http://www.w3.org/2001/XMLSchema#decimal>"
#define DOUBLE "\"^^<http://www.w3.org/2001/XMLSchema#double>"
#define BOOLEAN "\"^^<http://www.w3.org/2001/XMLSchema#boolean>"
#define FIRST "<http://www.w3.org/1999/02/22-rdf-syntax-ns#first>"
#define REST "<http://www.w3.org/1999/02/22-rdf-syntax-ns#rest>"
#define NIL "<http://www.w3.org/1999/02/22-rdf-syntax-ns#nil>"
#define TYPE "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"

static void
check_reads(const char *document, const char *triples)
{
    RpTestTurtle turtle;

    rp_test_turtle_begin(&turtle);
    if (!CHECK_STATUS(rp_test_turtle_read(&turtle, rp_text_from(document)), RP_OK) ||
        !CHECK_TEXT(rp_buffer_text(&turtle.triples), triples)) {
        CHECK_TEXT(rp_text_from(document), turtle.error.message);
    }
    rp_test_turtle_end(&turtle);
}

static void
check_refuses(const char *document, RpStatus status, uint32_t line, uint32_t column)
{
    RpTestTurtle turtle;

    rp_test_turtle_begin(&turtle);
    if (!CHECK_STATUS(rp_test_turtle_read(&turtle, rp_text_from(document)), status) ||
        !CHECK_INT(turtle.error.line, line) || !CHECK_INT(turtle.error.column, column)) {
        CHECK_TEXT(rp_text_from(document), turtle.error.message);
    }
    rp_test_turtle_end(&turtle);
}

RP_TEST(turtle_empty_documents)
{
    check_reads("", "");
    check_reads(" \n\t\r\n", "");
    check_reads("# only a comment", "");
    check_reads("\xEF\xBB\xBF", "");
    check_reads("\xEF\xBB\xBF<http://e/a> a <http://e/b> .", "<a> " TYPE " <b>\n");
    check_reads("@prefix : <http://e/> .", "");
}

RP_TEST(turtle_terms)
{
    check_reads(PREFIXES ":a a x:B .", "<a> " TYPE " <x/B>\n");
    check_reads(PREFIXES ":a :b 1, -2.5, +3e0, .5, true, false .",
                "<a> <b> \"1" INTEGER "\n<a> <b> \"-2.5" DECIMAL "\n<a> <b> \"+3e0" DOUBLE
                "\n<a> <b> \".5" DECIMAL "\n<a> <b> \"true" BOOLEAN "\n<a> <b> \"false" BOOLEAN
                "\n");
    check_reads(PREFIXES ":a :b \"x\"@en-GB, 'y'^^x:d, \"z\"^^<http://e/d>, '' .",
                "<a> <b> \"x\"@en-GB\n<a> <b> \"y\"^^<http://e/x/d>\n"
                "<a> <b> \"z\"^^<http://e/d>\n<a> <b> \"\"\n");
    check_reads(PREFIXES ":a\\,b :b%20c :d\\.e, :f:g, :5, :é .",
                "<a,b> <b%20c> <d.e>\n<a,b> <b%20c> <f:g>\n<a,b> <b%20c> <5>\n<a,b> <b%20c> <é>\n");
    check_reads(PREFIXES ":a :b \"\\t\\u00e9\\U0001F600\\\"\" ; ; :c 'q\"' ; .",
                "<a> <b> \"\té😀\\\"\"\n<a> <c> \"q\\\"\"\n");
    check_reads("<http://e/a\\u00e9> <http://e/b> <http://e/c#>.", "<aé> <b> <c#>\n");
    check_reads(PREFIXES ":a :b \"# no comment\" . # a comment . <\n:c :d '<>' .",
                "<a> <b> \"# no comment\"\n<c> <d> \"<>\"\n");
}

RP_TEST(turtle_directives)
{
    RpTestTurtle turtle;

    check_reads("@base <http://e/x/> . <a> <../b> <#c> . BASE <y/> <a> <b> <> .",
                "<x/a> <b> <x/#c>\n<x/y/a> <x/y/b> <x/y/>\n");
    check_reads("prefix p: <http://e/1/>\np:a p:b p:c . PREFIX p: <http://e/2/> p:a p:b p:c .",
                "<1/a> <1/b> <1/c>\n<2/a> <2/b> <2/c>\n");
    check_reads("@base <http://e/> . @prefix p: <n#> . p:a p:b p: .", "<n#a> <n#b> <n#>\n");
    check_reads(
        "prefix p: <http://e/1/> p:a p:b '' ^^p:d . prefix p: <http://e/2/> p:a p:b ''^^p:d .",
        "<1/a> <1/b> \"\"^^<http://e/1/d>\n<2/a> <2/b> \"\"^^<http://e/2/d>\n");
    check_reads(PREFIXES ":a :b :c . @prefix : <http://e/y/> . :a :b :c . <http://e/a> :b _:a . "
                         "_:a :b :c . _:a :c :a . :a :b :c .",
                "<a> <b> <c>\n<y/a> <y/b> <y/c>\n<a> <y/b> _:a\n"
                "_:a <y/b> <y/c>\n_:a <y/c> <y/a>\n<y/a> <y/b> <y/c>\n");
    rp_test_turtle_begin(&turtle);
    turtle.options.base_iri = RP_TEXT("http://e/doc");
    CHECK_STATUS(rp_test_turtle_read(&turtle, RP_TEXT("@prefix p: <#> . <> p:a <b> .")), RP_OK);
    CHECK_TEXT(rp_buffer_text(&turtle.triples), "<doc> <doc#a> <b>\n");
    CHECK_TEXT(rp_buffer_text(&turtle.prefixes), "p=http://e/doc#\n");
    rp_test_turtle_end(&turtle);
    rp_test_turtle_begin(&turtle);
    turtle.options.base_iri = RP_TEXT("doc");
    CHECK_STATUS(rp_test_turtle_read(&turtle, RP_TEXT("")), RP_SYNTAX);
    rp_test_turtle_end(&turtle);
}

RP_TEST(turtle_lists_and_anonymous_nodes)
{
    check_reads(PREFIXES ":a :b () .", "<a> <b> " NIL "\n");
    check_reads(PREFIXES ":a :b (1 :c) .", "<a> <b> _:b1\n_:b1 " FIRST " \"1" INTEGER "\n_:b1 " REST
                                           " _:b2\n_:b2 " FIRST " <c>\n_:b2 " REST " " NIL "\n");
    check_reads(PREFIXES "(:c) :a :b .", "_:b1 " FIRST " <c>\n_:b1 " REST " " NIL "\n"
                                         "_:b1 <a> <b>\n");
    check_reads(PREFIXES "[ :a [ :b [] ] ] .", "_:b1 <a> _:b2\n_:b2 <b> _:b3\n");
    check_reads(PREFIXES "[ :a :b ] :c :d .", "_:b1 <a> <b>\n_:b1 <c> <d>\n");
}

RP_TEST(turtle_labels_are_kept_as_written)
{
    RpTestTurtle turtle;

    check_reads(PREFIXES "_:b1 :p [ :q _:B1 ], _:genid1, _:b.x, _:0 .",
                "_:b1 <p> _:bb1\n_:bb1 <q> _:B1\n_:b1 <p> _:genid1\n_:b1 <p> _:b.x\n"
                "_:b1 <p> _:0\n");
    check_reads(PREFIXES "_:B1 :p _:b1 . _:bbb7 :p [] .", "_:B1 <p> _:b1\n_:bbb7 <p> _:bbbb1\n");
    check_reads(PREFIXES "_:u1 :p _:u . :a_:b :p :a_:b1 .", "_:u1 <p> _:u\n<a_:b> <p> <a_:b1>\n");
    check_reads(PREFIXES "_:a :p _:b. _:b :p _:a.", "_:a <p> _:b\n_:b <p> _:a\n");
    rp_test_turtle_begin(&turtle);
    turtle.options.blank_prefix = RP_TEXT("d1.");
    CHECK_STATUS(rp_test_turtle_read(&turtle, RP_TEXT(PREFIXES "_:x :p [] .")), RP_OK);
    CHECK_TEXT(rp_buffer_text(&turtle.triples), "_:d1.x <p> _:d1.b1\n");
    rp_test_turtle_end(&turtle);
}

RP_TEST(turtle_final_dot_after_a_number)
{
    check_reads(PREFIXES ":a :b 5.", "<a> <b> \"5" INTEGER "\n");
    check_reads(PREFIXES ":a :b 5.:c :d -5.\n",
                "<a> <b> \"5" INTEGER "\n<c> <d> \"-5" INTEGER "\n");
    check_reads(PREFIXES ":a :b 4.2.:c :d 4.2.",
                "<a> <b> \"4.2" DECIMAL "\n<c> <d> \"4.2" DECIMAL "\n");
    check_reads(PREFIXES ":a :b 5.e3.", "<a> <b> \"5.e3" DOUBLE "\n");
    check_reads(PREFIXES ":a :b 5.E-3.:c :d 1e5.",
                "<a> <b> \"5.E-3" DOUBLE "\n<c> <d> \"1e5" DOUBLE "\n");
    check_reads("@prefix e: <http://e/> . e:a e:b 5.e:c e:d 6.",
                "<a> <b> \"5" INTEGER "\n<c> <d> \"6" INTEGER "\n");
    check_reads(PREFIXES ":a :b (1 2 .5 3e1 4).",
                "<a> <b> _:b1\n_:b1 " FIRST " \"1" INTEGER "\n_:b1 " REST " _:b2\n_:b2 " FIRST
                " \"2" INTEGER "\n_:b2 " REST " _:b3\n_:b3 " FIRST " \".5" DECIMAL "\n_:b3 " REST
                " _:b4\n_:b4 " FIRST " \"3e1" DOUBLE "\n_:b4 " REST " _:b5\n_:b5 " FIRST
                " \"4" INTEGER "\n_:b5 " REST " " NIL "\n");
    check_refuses(PREFIXES ":a :b 5..", RP_SYNTAX, 2, 9);
    check_refuses(PREFIXES ":a :b (5.) .", RP_SYNTAX, 2, 10);
}

RP_TEST(turtle_final_dot_after_a_name)
{
    check_reads(PREFIXES ":a :b :a5.", "<a> <b> <a5>\n");
    check_reads(PREFIXES ":a :b :a5. :c :d _:x5.:e :f :g .",
                "<a> <b> <a5>\n<c> <d> _:x5\n<e> <f> <g>\n");
    check_reads(PREFIXES ":a :b :a.b. :c :d x:.", "<a> <b> <a.b>\n<c> <d> <x/>\n");
    check_reads(PREFIXES ":a :b :a\\.. :c :d :e%2E.", "<a> <b> <a.>\n<c> <d> <e%2E>\n");
    check_reads(PREFIXES ":a :b true. :c :d \"x\"@en. :e :f \"y\"^^x:d.",
                "<a> <b> \"true" BOOLEAN "\n<c> <d> \"x\"@en\n<e> <f> \"y\"^^<http://e/x/d>\n");
    check_refuses(PREFIXES ":a :b :c..", RP_SYNTAX, 2, 10);
}

RP_TEST(turtle_long_strings)
{
    check_reads(PREFIXES ":a :b \"\"\"a\"\\nb\"\"\" .", "<a> <b> \"a\\\"\\nb\"\n");
    check_reads(PREFIXES ":a :b \"\"\"a\"\"\\\"b\"\"\" .", "<a> <b> \"a\\\"\\\"\\\"b\"\n");
    check_reads(PREFIXES ":a :b '''a'\\tb''c\n\"\"\"\\'''' .",
                "<a> <b> \"a'\tb''c\\n\\\"\\\"\\\"'\"\n");
    check_reads(PREFIXES ":a :b \"\"\"\\\\\"\"\", \"\"\"\"x\"\"\" .",
                "<a> <b> \"\\\\\"\n<a> <b> \"\\\"x\"\n");
    check_reads(PREFIXES ":a :b \"\"\"\"\"\" .", "<a> <b> \"\"\n");
    check_reads(PREFIXES ":a :b \"\"\"FILTER(?x = \"\\u00e9\")\"\"\" .",
                "<a> <b> \"FILTER(?x = \\\"é\\\")\"\n");
}

/* Turtle 6.1: white space and comments may stand between any two terminals. */
RP_TEST(turtle_space_around_what_follows_a_string)
{
    static const char typed[] = "<a> <b> \"x\"^^<http://e/x/d>\n";

    check_reads(PREFIXES ":a :b \"x\" ^^x:d .", typed);
    check_reads(PREFIXES ":a :b \"x\"^^ <http://e/x/d> .", typed);
    check_reads(PREFIXES ":a :b 'x'#^ @ .\r\n\t^^ # <\n #\n x:d .", typed);
    check_reads(PREFIXES ":a :b '''x''' @en, \"\" @fr-CA,'y'# .\n@de.",
                "<a> <b> \"x\"@en\n<a> <b> \"\"@fr-CA\n<a> <b> \"y\"@de\n");
    check_reads(PREFIXES ":a :b \"x\"@prefix . :a :b \"x\" # a comment\n.",
                "<a> <b> \"x\"@prefix\n<a> <b> \"x\"\n");
    check_reads(PREFIXES ":a :b (\"x\"@en_:b1) .",
                "<a> <b> _:bb1\n_:bb1 " FIRST " \"x\"@en\n_:bb1 " REST " _:bb2\n_:bb2 " FIRST
                " _:b1\n_:bb2 " REST " " NIL "\n");
    check_refuses(PREFIXES ":a :b \"x\"^ ^x:d .", RP_SYNTAX, 2, 10);
    check_refuses(PREFIXES ":a :b \"x\" @ en .", RP_SYNTAX, 2, 12);
    check_refuses(PREFIXES ":a :b \"x\" ^^ 'd' .", RP_SYNTAX, 2, 14);
    check_refuses(PREFIXES ":a :b 1 ^^x:d .", RP_SYNTAX, 2, 9);
    check_refuses(PREFIXES ":a :b (true @en) .", RP_SYNTAX, 2, 13);
    check_refuses(PREFIXES ":a :b \"x\"@en @en .", RP_SYNTAX, 2, 14);
    check_refuses(PREFIXES ":a :b \"x\" ^^", RP_SYNTAX, 2, 13);
}

/* What begins with true or false is a boolean only where that is the whole token. */
RP_TEST(turtle_prefixes_that_begin_like_booleans)
{
    RpTestTurtle turtle;

    check_reads("@prefix true: <http://e/t/> . PREFIX false-2: <http://e/f/> "
                "@prefix xtrue.x: <http://e/x/> . @prefix truex: <http://e/tx/> . "
                "true:a true:b true:c, false-2:x, xtrue.x:d, truex:y, 'z'^^true:d, true, false.",
                "<t/a> <t/b> <t/c>\n<t/a> <t/b> <f/x>\n<t/a> <t/b> <x/d>\n<t/a> <t/b> <tx/y>\n"
                "<t/a> <t/b> \"z\"^^<http://e/t/d>\n<t/a> <t/b> \"true" BOOLEAN
                "\n<t/a> <t/b> \"false" BOOLEAN "\n");
    check_reads(PREFIXES "@prefix true1: <http://e/1/> . :a :b (true1:c) .",
                "<a> <b> _:b1\n_:b1 " FIRST " <1/c>\n_:b1 " REST " " NIL "\n");
    check_reads(PREFIXES ":true :false :x .", "<true> <false> <x>\n");
    rp_test_turtle_begin(&turtle);
    CHECK_STATUS(rp_test_turtle_read(&turtle, RP_TEXT("@prefix true: <http://e/> . "
                                                      "@prefix xfalse: <http://e/x> . "
                                                      "true:a true:b false:c .")),
                 RP_SYNTAX);
    CHECK_TEXT(rp_buffer_text(&turtle.prefixes), "true=http://e/\nxfalse=http://e/x\n");
    CHECK_TEXT(rp_text_from(turtle.error.message),
               "not valid Turtle: prefix \"false:\" is not declared");
    rp_test_turtle_end(&turtle);
}

/* triples ::= subject predicateObjectList | blankNodePropertyList predicateObjectList? */
RP_TEST(turtle_anonymous_node_alone)
{
    check_refuses(PREFIXES "[] .", RP_SYNTAX, 2, 4);
    check_refuses(PREFIXES "[ #\n ]#\n. :a :b :c .", RP_SYNTAX, 4, 1);
    check_refuses(PREFIXES ":a :b .5. []. :a :b :c .", RP_SYNTAX, 2, 13);
    check_refuses("PREFIX p: <http://e/> [] .", RP_SYNTAX, 1, 26);
    check_refuses("base <http://e/> prefix : <#> [].", RP_SYNTAX, 1, 33);
    check_refuses("@base <http://e/> . [] .", RP_SYNTAX, 1, 24);
    check_reads(PREFIXES ":a :b [] . :a :b .5, [] .",
                "<a> <b> _:b1\n<a> <b> \".5" DECIMAL "\n<a> <b> _:b2\n");
    check_reads(PREFIXES "[ :a :b ] . [ :a [] ] . [] :a :b . [] :a [] .",
                "_:b1 <a> <b>\n_:b2 <a> _:b3\n_:b4 <a> <b>\n_:b5 <a> _:b6\n");
    check_reads("PREFIX p: <http://e/> p:a p:b [] . BASE <http://e/> <a> <b> [] .",
                "<a> <b> _:b1\n<a> <b> _:b2\n");
}

/* libserd takes a subject for a keyword by its text alone, an IRI's too. */
RP_TEST(turtle_keywords_are_no_iris)
{
    check_reads("@base <http://e/d/> . <base> <p> <b\\u0061se> . <b\\U00000061se> <p> <x> .",
                "<d/base> <d/p> <d/base>\n<d/base> <d/p> <d/x>\n");
    check_reads("@base <http://e/> . <PREFIX> <p> <graph> . <Graph> <p> [] . @prefix p: <base> . "
                "p: <p> <basex> .",
                "<PREFIX> <p> <graph>\n<Graph> <p> _:b1\n<base> <p> <basex>\n");
    check_refuses("@base <http://e/> . <prefix> p: <http://e/>", RP_SYNTAX, 1, 30);
    check_refuses("@prefixp: <http://e/> .", RP_SYNTAX, 1, 1);
    check_refuses("@basex <http://e/> .", RP_SYNTAX, 1, 1);
    check_refuses("@Prefix p: <http://e/> .", RP_SYNTAX, 1, 1);
    check_reads("@prefix: <http://e/> . @base<http://e/> . :a :b <c> .", "<a> <b> <c>\n");
}

RP_TEST(turtle_errors_have_their_place)
{
    check_refuses(PREFIXES "\n:é :b zz:c .", RP_SYNTAX, 3, 7);
    check_refuses(PREFIXES ":a :b <rel> .", RP_SYNTAX, 2, 7);
    check_refuses(PREFIXES ":a :b \"\"\"x\n\"y\" \"\"\", 5 ; zz:c 5.", RP_SYNTAX, 3, 14);
    check_refuses(PREFIXES ":a :b \"é€\" \"x\" .", RP_SYNTAX, 2, 12);
    check_refuses(PREFIXES ":a :b \"x", RP_SYNTAX, 2, 7);
    check_refuses(PREFIXES ":a :b \"\"\"x\n\n", RP_SYNTAX, 2, 7);
    check_refuses(PREFIXES ":a :b <http://e/\n", RP_SYNTAX, 2, 17);
    check_refuses(PREFIXES ":a :b <http://e/", RP_SYNTAX, 2, 7);
    check_refuses(PREFIXES ":a :b \"x\ny\" .", RP_SYNTAX, 2, 7);
    check_refuses(PREFIXES ":a :b :c", RP_SYNTAX, 2, 9);
    check_refuses(PREFIXES ":a :b \"x\"@ar--rtl .", RP_SYNTAX, 2, 7);
    check_refuses(PREFIXES ":a :b <http://e/{> .", RP_SYNTAX, 2, 17);
    check_refuses(PREFIXES ":a :b <http://e/%4> .", RP_SYNTAX, 2, 7);
}

RP_TEST(turtle_refuses_what_is_not_turtle)
{
    static const char *const documents[] = {
        "<http://e/a> <http://e/b>",
        "<http://e/a> <http://e/b> .",
        "<http://e/a> .",
        "a a <http://e/b> .",
        "true <http://e/a> <http://e/b> .",
        "5 <http://e/a> <http://e/b> .",
        "\"s\" <http://e/a> <http://e/b> .",
        "<http://e/a> \"p\" <http://e/b> .",
        "<http://e/a> _:p <http://e/b> .",
        "<http://e/a> <http://e/b> <http://e/c> <http://e/d> .",
        "<http://e/g> { <http://e/a> <http://e/b> <http://e/c> }",
        "{ <http://e/a> <http://e/b> <http://e/c> }",
        "GRAPH <http://e/g> { <http://e/a> <http://e/b> <http://e/c> }",
        "<http://e/a> = <http://e/b> .",
        "<http://e/a> <= <http://e/b> .",
        "[= <http://e/x> ; <http://e/a> <http://e/b> ] .",
        "<http://e/a> <http://e/b> [ <http://e/c> <http://e/d> .",
        "<http://e/a> <http://e/b> ( 1 2 .",
        "<http://e/a> <http://e/b> ] .",
        "<http://e/a> <http://e/b> \"x\ny\" .",
        "<http://e/a> <http://e/b> \"\\x\" .",
        "<http://e/a> <http://e/b> \"\\uD800\" .",
        "<http://e/a> <http://e/b> \"\\uDBFF\\uDFFF\" .",
        "<http://e/a> <http://e/b> \"\\u0000\" .",
        "<http://e/a> <http://e/b> \"\\U00000000\" .",
        "<http://e/a> <http://e/b> \"\\U00110000\" .",
        "<http://e/a> <http://e/b> '''\\uDFFF''' .",
        "<http://e/a> <http://e/b> <http://e/\\uD800> .",
        "<http://e/a> <http://e/b> <http://e/\\u0020> .",
        "<http://e/a> <http://e/b> <http://e/ c> .",
        "<http://e/a> <http://e/b> \"x\xED\xA0\x80\" .",
        "<http://e/a> <http://e/b> \"x\xC0\xAF\" .",
        "<http://e/a> <http://e/b> \"x\xF4\x90\x80\x80\" .",
        "<http://e/a> <http://e/b> \"x\xE2\x82\" .",
        "# \xFF",
        "@prefix p: <http://e/> p:a p:b p:c .",
        "@prefix p <http://e/> .",
        "@prefix p: \"x\" .",
        "@foo <http://e/> .",
        "PREFIX p: <http://e/> . p:a p:b p:c .",
        "_: <http://e/b> <http://e/c> .",
        "p:a p:b p:c .",
        "\xEF\xBB\xBF\xEF\xBB\xBF<http://e/a> a <http://e/b> .",
        "&",
    };
    RpTestTurtle turtle;

    for (size_t i = 0; i < sizeof(documents) / sizeof(documents[0]); i++) {
        rp_test_turtle_begin(&turtle);
        if (!CHECK_STATUS(rp_test_turtle_read(&turtle, rp_text_from(documents[i])), RP_SYNTAX)) {
            CHECK_TEXT(rp_text_from(documents[i]), "");
        }
        CHECK(turtle.error.line > 0 && turtle.error.column > 0);
        rp_test_turtle_end(&turtle);
    }
    rp_test_turtle_begin(&turtle);
    CHECK_STATUS(rp_test_turtle_read(&turtle, RP_TEXT("<http://e/a> a \"x\0y\" .")), RP_SYNTAX);
    CHECK_INT(turtle.error.column, 18);
    rp_test_turtle_end(&turtle);
}

RP_TEST(turtle_positions_of_triples)
{
    RpTestTurtle turtle;

    rp_test_turtle_begin(&turtle);
    CHECK_STATUS(
        rp_test_turtle_read(&turtle, RP_TEXT(PREFIXES ":a :b 1 ;\n  :c '''x\ny''', é:é .")),
        RP_SYNTAX);
    CHECK_INT(turtle.position.line, 3);
    CHECK_INT(turtle.position.column, 6);
    rp_test_turtle_end(&turtle);
    rp_test_turtle_begin(&turtle);
    CHECK_STATUS(rp_test_turtle_read(&turtle, RP_TEXT(PREFIXES ":a :b \"é\"^^x:d .")), RP_OK);
    CHECK_INT(turtle.position.line, 2);
    CHECK_INT(turtle.position.column, 7);
    rp_test_turtle_end(&turtle);
}

/* libserd tells of [ and ( when it has seen what comes next; what [ ] holds has no subject written.
 */
RP_TEST(turtle_positions_of_subjects)
{
    static const struct {
        const char *text;
        uint32_t line, subject_line; /* of the last triple */
    } cases[] = {
        {PREFIXES ":a\n:b\n:c .", 4, 2},
        {PREFIXES ":a :b 1 .\n# x\n:c :b\n 1 , 2 ;\n :d :e .", 6, 4},
        {PREFIXES ":a :b [\n] .", 2, 2},
        {PREFIXES ":a\n:b\n[\n\n:c :d ] .", 6, 0},
        {PREFIXES "( 1\n2 )\n:b :c .", 4, 0},

        {PREFIXES "[]\n:b :c .", 3, 2},
        {PREFIXES "[\n:b :c ] .", 3, 2},
        {PREFIXES "[\n:b :c ]\n:d :e .", 4, 0},
        {PREFIXES ":a\n:b [ :c :d ]\n, :e .", 4, 2},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        RpTestTurtle turtle;

        rp_test_turtle_begin(&turtle);
        CHECK_STATUS(rp_test_turtle_read(&turtle, rp_text_from(cases[i].text)), RP_OK);
        CHECK_INT(turtle.position.line, cases[i].line);
        CHECK_INT(turtle.position.subject_line, cases[i].subject_line);
        rp_test_turtle_end(&turtle);
    }
}

RP_TEST(turtle_sink_failure_is_the_result)
{
    RpTestTurtle turtle;

    rp_test_turtle_begin(&turtle);
    turtle.sink_status = RP_UNSUPPORTED;
    CHECK_STATUS(
        rp_test_turtle_read(&turtle, RP_TEXT(PREFIXES ":a :b [ :c :d, :e ], ( 1 2 ) . zz:x")),
        RP_UNSUPPORTED);
    CHECK_INT(turtle.count, 1);
    CHECK_TEXT(rp_text_from(turtle.error.message), "the sink");
    rp_test_turtle_end(&turtle);
}
