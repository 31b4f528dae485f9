/* Ontologies and imports of a shapes graph. */
#include "shacl/ontology.h"
#include "shapes_of.h"

static RpStatus
read(RpTestShapes *test, const char *turtle, RpOntologies *ontologies)
{
    RP_TRY(rp_test_shapes_graph(test, turtle));
    RP_TRY(rp_graph_freeze(&test->graph.graph, &test->error));
    return rp_ontologies_read(&test->graph, ontologies, &test->error);
}

RP_TEST(ontologies_and_imports)
{
    RpTestShapes test;
    RpOntologies ontologies;

    CHECK_STATUS(read(&test,
                      "ex:A a owl:Ontology ; owl:imports ex:B, ex:C, ex:C . [] a owl:Ontology . "
                      "ex:B a owl:Ontology ; owl:imports ex:A . ex:D a owl:Class .",
                      &ontologies),
                 RP_OK);
    if (CHECK_INT(ontologies.name_count, 2)) {
        CHECK_TEXT(ontologies.names[0], "http://ex/A");
        CHECK_TEXT(ontologies.names[1], "http://ex/B");
    }
    /* What the text holds itself is imported already. */
    if (CHECK_INT(ontologies.import_count, 1)) {
        CHECK_TEXT(ontologies.imports[0], "http://ex/C");
    }
    rp_test_shapes_end(&test);
}

RP_TEST(ontologies_refuse_imports_of_literals)
{
    RpTestShapes test;
    RpOntologies ontologies;

    CHECK_STATUS(read(&test, "\nex:A owl:imports \"http://ex/B\" .", &ontologies), RP_ILL_FORMED);
    CHECK(strstr(test.error.message, "owl:imports must be an IRI") != NULL);
    CHECK_INT(test.error.line, 3);
    rp_test_shapes_end(&test);
    CHECK_STATUS(read(&test, "ex:A a ex:B .", &ontologies), RP_OK);
    CHECK_INT(ontologies.name_count + ontologies.import_count, 0);
    rp_test_shapes_end(&test);
}
