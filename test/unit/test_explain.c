/* A policy's explanation: what its author wrote, found again. */
#include <stdio.h>

#include "host.h"
#include "validate/explain.h"
#include "validation.h"

static void
check_explanation(const char *shapes, const char *expected)
{
    RpTestRun run;
    RpBuffer buffer;

    CHECK_STATUS(rp_test_run_begin(&run, shapes, ""), RP_OK);
    rp_buffer_init(&buffer, &run.arena);
    CHECK_STATUS(rp_explain_write(&buffer, &run.data, &run.error), RP_OK);
    CHECK_TEXT(rp_buffer_text(&buffer), expected);
    rp_test_run_end(&run);
}

static uint32_t
count_of(const char *text, const char *part)
{
    uint32_t count = 0;

    while ((text = strstr(text, part)) != NULL) {
        text++;
        count++;
    }
    return count;
}

RP_TEST(explain_shapes)
{
    check_explanation(
        "ex:S sh:targetClass ex:Person ; sh:property _:name, ex:Mail ; sh:closed true ;"
        " sh:ignoredProperties ( rdf:type ) . "
        "_:name sh:path ex:name ; sh:minCount 1 ; sh:severity sh:Warning ;"
        " sh:message \"say \\\"who\\\"\"@en . "
        "ex:Mail sh:path [ sh:inversePath ex:mail ] ; sh:uniqueLang true ;"
        " sh:deactivated true .",
        "ex:S\n"
        "    sh:targetClass ex:Person\n"
        "    sh:property _:name\n"
        "        sh:path ex:name\n"
        "        sh:minCount 1\n"
        "        sh:severity sh:Warning\n"
        "        sh:message \"say \\\"who\\\"\"@en\n"
        "    sh:property ex:Mail\n"
        "    sh:closed true, allowing ( rdf:type ex:name )\n"
        "\n"
        "ex:Mail\n"
        "    sh:deactivated true\n"
        "    sh:path ^ex:mail\n"
        "    sh:uniqueLang true\n"
        "\n"
        "reads: all predicates\n");
}

RP_TEST(explain_operands)
{
    check_explanation("ex:S sh:path ( ex:a [ sh:zeroOrMorePath ex:b ] ) ; sh:targetNode ex:n, 5 ;"
                      " sh:targetSubjectsOf ex:p ; sh:targetObjectsOf ex:q ; sh:in ( 1 \"x\" ) ;"
                      " sh:pattern \"^a\\\\.b\" ; sh:flags \"i\" ; sh:languageIn () ;"
                      " sh:maxExclusive 4.5 ; sh:datatype xsd:string ; sh:equals ex:e .",
                      "ex:S\n"
                      "    sh:targetNode ex:n\n"
                      "    sh:targetNode 5\n"
                      "    sh:targetSubjectsOf ex:p\n"
                      "    sh:targetObjectsOf ex:q\n"
                      "    sh:path ex:a/ex:b*\n"
                      "    sh:datatype xsd:string\n"
                      "    sh:in ( 1 \"x\" )\n"
                      "    sh:pattern \"^a\\\\.b\", sh:flags \"i\"\n"
                      "    sh:maxExclusive 4.5\n"
                      "    sh:languageIn ( )\n"
                      "    sh:equals ex:e\n"
                      "\n"
                      "reads: ex:a, ex:b, ex:p, ex:q, ex:e\n");
}

RP_TEST(explain_shapes_within_shapes)
{
    check_explanation("ex:S sh:or ( ex:A _:b ) ; sh:not ex:A ; sh:node _:b . "
                      "ex:A sh:nodeKind sh:IRI . _:b sh:class ex:B .",
                      "ex:S\n"
                      "    sh:node _:b\n"
                      "    sh:or ex:A, _:b\n"
                      "    sh:not ex:A\n"
                      "\n"
                      "ex:A\n"
                      "    sh:nodeKind sh:IRI\n"
                      "\n"
                      "_:b\n"
                      "    sh:class ex:B\n"
                      "\n"
                      "reads: rdf:type, rdfs:subClassOf\n");
    check_explanation("ex:H sh:property _:l, _:r . _:l sh:path ex:d ; sh:qualifiedMinCount 1 ;"
                      " sh:qualifiedValueShapesDisjoint true ; sh:qualifiedValueShape ex:L . "
                      "_:r sh:path ex:d ; sh:qualifiedMaxCount 2 ; sh:qualifiedValueShape ex:R . "
                      "ex:L sh:class ex:Left . ex:R sh:class ex:Right .",
                      "ex:H\n"
                      "    sh:property _:l\n"
                      "        sh:path ex:d\n"
                      "        sh:qualifiedMinCount 1, sh:qualifiedValueShape ex:L,"
                      " sh:qualifiedValueShapesDisjoint true, apart from ex:R\n"
                      "    sh:property _:r\n"
                      "        sh:path ex:d\n"
                      "        sh:qualifiedMaxCount 2, sh:qualifiedValueShape ex:R\n"
                      "\n"
                      "ex:L\n"
                      "    sh:class ex:Left\n"
                      "\n"
                      "ex:R\n"
                      "    sh:class ex:Right\n"
                      "\n"
                      "reads: rdf:type, rdfs:subClassOf, ex:d\n");
}

/* An unnamed shape is told of once: in brackets or as a property shape where it is used, or, where
 * it is used twice, has a target or refers to itself, under its label. */
RP_TEST(explain_unnamed_shapes)
{
    check_explanation(
        "ex:S sh:not [ sh:deactivated true ; sh:path ex:p ; sh:minCount 2 ;"
        " sh:in ( ex:b ex:a ) ; sh:property _:q ; sh:message \"no\"@en , \"nein\"@de ;"
        " sh:severity sh:Info ] ; sh:property _:q ; sh:node _:t . "
        "_:q sh:path ex:q ; sh:property _:q . _:t sh:targetNode ex:n . "
        "_:c sh:not _:d ; sh:equals ex:e . _:d sh:not _:c .",
        "ex:S\n"
        "    sh:property _:q\n"
        "    sh:node _:t\n"
        "    sh:not _:b1 [sh:deactivated true ; sh:path ex:p ; sh:property _:q ;"
        " sh:minCount 2 ; sh:in ( ex:b ex:a ) ; sh:severity sh:Info ;"
        " sh:message \"no\"@en, \"nein\"@de]\n"
        "\n"
        "_:q\n"
        "    sh:path ex:q\n"
        "    sh:property _:q\n"
        "\n"
        "_:t\n"
        "    sh:targetNode ex:n\n"
        "\n"
        "_:c\n"
        "    sh:equals ex:e\n"
        "    sh:not _:d [sh:not _:c]\n"
        "\n"
        "reads: ex:p, ex:q, ex:e\n");
    check_explanation("ex:S sh:property [ sh:path ex:p ; sh:node [ sh:class ex:C ] ;"
                      " sh:property [ sh:path ex:q ; sh:minCount 1 ] ] .",
                      "ex:S\n"
                      "    sh:property _:b1\n"
                      "        sh:path ex:p\n"
                      "        sh:property _:b3\n"
                      "            sh:path ex:q\n"
                      "            sh:minCount 1\n"
                      "        sh:node _:b2 [sh:class ex:C]\n"
                      "\n"
                      "reads: rdf:type, rdfs:subClassOf, ex:p, ex:q\n");
    check_explanation("ex:P sh:property [ sh:path ex:knows ; sh:node ex:P ] .",
                      "ex:P\n"
                      "    sh:property _:b1\n"
                      "        sh:path ex:knows\n"
                      "        sh:node ex:P\n"
                      "\n"
                      "reads: ex:knows\n");
    check_explanation("ex:S sh:nodeKind sh:IRI .",
                      "ex:S\n    sh:nodeKind sh:IRI\n\nreads: nothing\n");
}

/* Shared shapes do not multiply: a million ways lead to the last of these 41. */
RP_TEST(explain_shared_shapes)
{
    char shapes[4000] = "ex:S sh:property _:s0 . ";
    RpTestRun run;
    RpBuffer buffer;

    for (int i = 0; i < 20; i++) {
        snprintf(shapes + strlen(shapes), 150,
                 "_:s%d sh:path ex:p ; sh:property _:s%d , [ sh:path ex:q ; sh:property _:s%d ] . ",
                 i, i + 1, i + 1);
    }
    strcat(shapes, "_:s20 sh:path ex:last .");
    CHECK_STATUS(rp_test_run_begin(&run, shapes, ""), RP_OK);
    rp_buffer_init(&buffer, &run.arena);
    CHECK_STATUS(rp_explain_write(&buffer, &run.data, &run.error), RP_OK);
    rp_buffer_append_byte(&buffer, '\0');
    CHECK_INT(count_of(buffer.data, "sh:path ex:last\n"), 1);
    CHECK_INT(count_of(buffer.data, "sh:path ex:q\n"), 20);
    rp_test_run_end(&run);
}

/* However deep unnamed shapes are nested, they stand where they are used. */
RP_TEST(explain_deep_nesting)
{
    char shapes[4000] = "ex:S sh:nodeKind sh:IRI";
    RpTestRun run;
    RpBuffer buffer;

    for (int i = 0; i < 60; i++) {
        strcat(shapes, " ; sh:not [ sh:minLength 1");
    }
    for (int i = 0; i < 60; i++) {
        strcat(shapes, " ]");
    }
    strcat(shapes, " .");
    CHECK_STATUS(rp_test_run_begin(&run, shapes, ""), RP_OK);
    rp_buffer_init(&buffer, &run.arena);
    CHECK_STATUS(rp_explain_write(&buffer, &run.data, &run.error), RP_OK);
    rp_buffer_append_byte(&buffer, '\0');
    CHECK_INT(count_of(buffer.data, "sh:minLength 1"), 60);
    rp_test_run_end(&run);
}
