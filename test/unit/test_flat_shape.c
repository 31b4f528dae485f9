/* Which shapes can be evaluated by themselves. Expected values: image/flat_shape.h. */
#include "image/flat_shape.h"

#include "image_of.h"

/* Whether the shape ex:P is marked, of shapes that name it. */
static bool
is_marked(const char *turtle)
{
    RpTestShapes test;
    RpImage image;
    RpText bytes;
    RpTerm node = rp_term_iri(RP_TEXT("http://ex/P"));
    const RpImageShape *shape = NULL;
    bool answer;

    if (rp_test_image_of(&test, turtle, &bytes, &image)) {
        for (uint32_t i = 0; i < image.shape_count; i++) {
            if (image.shapes[i].node == rp_term_table_find(&image.terms, &node)) {
                shape = &image.shapes[i];
            }
        }
    }
    answer = CHECK(shape != NULL) && (shape->flags & RP_IMAGE_SHAPE_IS_FLAT) != 0;
    rp_test_shapes_end(&test);
    return answer;
}

RP_TEST(flat_shape_along_a_predicate)
{
    CHECK(is_marked("ex:P sh:targetNode ex:n ; sh:path ex:p ; sh:minCount 1 ."));
    CHECK(is_marked("ex:S sh:property ex:P . ex:P sh:path ex:p ; sh:in ( 1 2 ) ; sh:class ex:C ;\n"
                    "  sh:pattern \"^a\" ; sh:lessThan ex:q ; sh:closed true ."));
    CHECK(is_marked("ex:S sh:property ex:P . ex:P sh:path ex:p ."));
    CHECK(!is_marked("ex:S sh:property ex:P . ex:P sh:path [ sh:inversePath ex:p ] ."));
    CHECK(!is_marked("ex:S sh:property ex:P . ex:P sh:path ( ex:p ex:q ) ; sh:maxCount 1 ."));
    CHECK(!is_marked("ex:P a sh:NodeShape ; sh:targetNode ex:n ; sh:nodeKind sh:IRI ."));
}

RP_TEST(flat_shape_is_active)
{
    CHECK(!is_marked("ex:S sh:property ex:P . ex:P sh:path ex:p ; sh:deactivated true ."));
    CHECK(is_marked("ex:S sh:property ex:P . ex:P sh:path ex:p ; sh:deactivated false ."));
}

RP_TEST(flat_shape_asks_no_other)
{
    CHECK(!is_marked("ex:S sh:property ex:P . ex:P sh:path ex:p ; sh:node ex:N . ex:N sh:nodeKind "
                     "sh:IRI ."));
    CHECK(!is_marked("ex:S sh:property ex:P . ex:P sh:path ex:p ; sh:minCount 1 ;\n"
                     "  sh:property [ sh:path ex:q ] ."));
    CHECK(!is_marked("ex:S sh:property ex:P . ex:P sh:path ex:p ; sh:or ( [ sh:class ex:C ] ) ."));
    CHECK(!is_marked("ex:S sh:property ex:P . ex:P sh:path ex:p ; sh:qualifiedMinCount 1 ;\n"
                     "  sh:qualifiedValueShape [ sh:class ex:C ] ."));
    CHECK(!is_marked("ex:S sh:property ex:P . ex:P sh:path ex:p ;\n"
                     "  sh:sparql [ sh:select \"SELECT $this { $this <http://ex/p> ?x }\" ] ."));
}
