/* What an image has of the queries of its shapes. Expected values: image.h. */
#include <string.h>

#include "host.h"
#include "image/image_sections.h"
#include "image_of.h"

static bool
reads(const RpImage *image, const char *predicate)
{
    RpTerm term = rp_term_iri(rp_text_from(predicate));

    return rp_image_reads(image, rp_term_table_find(&image->terms, &term));
}

/* A query's GRAPH reads the shapes, which stand in the image. */
RP_TEST(image_reads_of_queries)
{
    static const char query[] =
        "@prefix ex: <http://ex/> . @prefix sh: <http://www.w3.org/ns/shacl#> .\n"
        "ex:S sh:targetNode ex:a ; sh:sparql [ sh:select \"SELECT $this { $this <http://ex/p> ?x"
        " GRAPH $shapesGraph { ?x <http://ex/q> ?y . ?y ?z ?x } FILTER EXISTS { ?x <http://ex/r> "
        "?y"
        " . ?x !<http://ex/s> $this } }\" ] ; ex:q ex:a .";
    const char *without = strstr(query, " . ?x !");
    char text[sizeof query];
    RpTestShapes test;
    RpText bytes;
    RpImage image;

    memcpy(text, query, sizeof query);
    memcpy(text + (without - query), "                          ", 26);
    if (rp_test_image_of(&test, text, &bytes, &image)) {
        CHECK(reads(&image, "http://ex/p"));
        CHECK(reads(&image, "http://ex/r"));
        CHECK(!reads(&image, "http://ex/q"));
    }
    rp_test_shapes_end(&test);
    if (rp_test_image_of(&test, query, &bytes, &image)) {
        CHECK(reads(&image, "http://ex/q"));
    }
    rp_test_shapes_end(&test);
}
