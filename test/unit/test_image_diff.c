/* Differences of compiled policies. Expected values: image_diff.h and what the shapes say. */
#include "image/image_diff.h"

#include <stdio.h>

#include "host.h"
#include "image/image_builder.h"
#include "shapes_of.h"

enum { LIMIT_BYTES = 64 << 20, LINE_SIZE = 512 };

static const char *const kinds[] = {"added", "removed", "changed", "tightened", "loosened"};

typedef struct Comparison {
    RpTestShapes from;
    RpTestShapes to;
    RpArena arena;
    RpImageDiff diff;
    RpError error;
} Comparison;

static bool
build(RpTestShapes *test, const char *turtle, RpImage *image)
{
    RpText bytes;

    if (!CHECK_STATUS(rp_test_shapes_of(test, turtle, true), RP_OK) ||
        !CHECK_STATUS(
            rp_image_build(&test->arena, &test->shapes, LIMIT_BYTES, &bytes, &test->error),
            RP_OK)) {
        return false;
    }
    rp_image_open(bytes.data, image);
    return true;
}

static RpStatus
compare(Comparison *comparison, const char *from, const char *to)
{
    RpImage old_image, new_image;

    rp_arena_init(&comparison->arena, &rp_test_host, LIMIT_BYTES);
    comparison->diff = (RpImageDiff){NULL, 0};
    if (!build(&comparison->from, from, &old_image) || !build(&comparison->to, to, &new_image)) {
        return RP_CORRUPT;
    }
    return rp_image_diff(&old_image, &new_image, &comparison->arena, &comparison->diff,
                         &comparison->error);
}

static void
end(Comparison *comparison)
{
    rp_arena_free(&comparison->arena);
    rp_test_shapes_end(&comparison->from);
    rp_test_shapes_end(&comparison->to);
}

static RpText
local_name(RpText iri)
{
    for (uint32_t i = iri.length; i > 0; i--) {
        if (iri.data[i - 1] == '#' || iri.data[i - 1] == '/') {
            return (RpText){iri.data + i, iri.length - i};
        }
    }
    return iri;
}

#define SHOW(text) (int)(text).length, (text).data != NULL ? (text).data : ""

/* Each change as "shape path component kind: old -> new", components and shapes by local name. */
static void
check_diff(const char *from, const char *to, const char *const *lines, uint32_t count)
{
    Comparison comparison;

    if (CHECK_STATUS(compare(&comparison, from, to), RP_OK)) {
        CHECK_INT(comparison.diff.count, count);
        for (uint32_t i = 0; i < comparison.diff.count && i < count; i++) {
            const RpImageChange *change = &comparison.diff.changes[i];
            RpText shape = local_name(change->shape.lexical);
            RpText component = local_name(change->component);
            char text[LINE_SIZE];

            snprintf(text, sizeof(text), "%.*s %.*s %.*s %s: %.*s -> %.*s",
                     change->shape.kind == RP_IRI ? (int)shape.length : 0, shape.data,
                     SHOW(change->path), SHOW(component), kinds[change->kind],
                     SHOW(change->old_value), SHOW(change->new_value));
            CHECK_TEXT(rp_text_from(text), lines[i]);
        }
    }
    end(&comparison);
}

#define CHECK_DIFF(from, to, ...)                                                   \
    do {                                                                            \
        static const char *const expected[] = {__VA_ARGS__};                        \
        check_diff((from), (to), expected, sizeof(expected) / sizeof(expected[0])); \
    } while (0)

#define PROPERTY(rest) \
    "ex:S a sh:NodeShape ; sh:targetClass ex:P ; sh:property [ sh:path ex:a ; " rest " ] ."

static void
check_same(const char *from, const char *to)
{
    Comparison comparison;

    CHECK_STATUS(compare(&comparison, from, to), RP_OK);
    CHECK_INT(comparison.diff.count, 0);
    end(&comparison);
}

/* The same demands are the same, whatever their order, ids and blank nodes. */
RP_TEST(image_diff_sees_no_difference_in_order)
{
    check_same(PROPERTY("sh:minCount 1 ; sh:in ( 1 2 ) ; sh:class ex:A , ex:B"),
               PROPERTY("sh:class ex:B , ex:A ; sh:in ( 2 1 ) ; sh:minCount 1"));
    check_same("ex:S a sh:NodeShape ; sh:or ( [ sh:class ex:A ] [ sh:class ex:B ; sh:nodeKind "
               "sh:IRI ] ) .",
               "ex:S a sh:NodeShape ; sh:or ( [ sh:nodeKind sh:IRI ; sh:class ex:B ] [ sh:class "
               "ex:A ] ) .");
    check_same("ex:O owl:versionInfo \"1\" .", "ex:O owl:versionInfo \"2\" .");
}

RP_TEST(image_diff_orders_counts_and_lengths)
{
    CHECK_DIFF(PROPERTY("sh:minCount 1 ; sh:maxCount 5 ; sh:minLength 3 ; sh:maxLength 9"),
               PROPERTY("sh:minCount 2 ; sh:maxCount 4 ; sh:minLength 2 ; sh:maxLength 10"),
               "S <http://ex/a> MaxCountConstraintComponent tightened: 5 -> 4",
               "S <http://ex/a> MaxLengthConstraintComponent loosened: 9 -> 10",
               "S <http://ex/a> MinCountConstraintComponent tightened: 1 -> 2",
               "S <http://ex/a> MinLengthConstraintComponent loosened: 3 -> 2");
}

/* 2.50 is below 10 as a value, above it as a text; a date and a number have no order. */
RP_TEST(image_diff_orders_bounds_as_values)
{
    CHECK_DIFF(PROPERTY("sh:minInclusive 2.50 ; sh:maxExclusive 10"),
               PROPERTY("sh:minInclusive 10 ; sh:maxExclusive 20.5"),
               "S <http://ex/a> MaxExclusiveConstraintComponent loosened: "
               "\"10\"^^<http://www.w3.org/2001/XMLSchema#integer> -> "
               "\"20.5\"^^<http://www.w3.org/2001/XMLSchema#decimal>",
               "S <http://ex/a> MinInclusiveConstraintComponent tightened: "
               "\"2.50\"^^<http://www.w3.org/2001/XMLSchema#decimal> -> "
               "\"10\"^^<http://www.w3.org/2001/XMLSchema#integer>");
    CHECK_DIFF(PROPERTY("sh:minInclusive \"2020-01-01\"^^xsd:date"), PROPERTY("sh:minInclusive 10"),
               "S <http://ex/a> MinInclusiveConstraintComponent changed: "
               "\"2020-01-01\"^^<http://www.w3.org/2001/XMLSchema#date> -> "
               "\"10\"^^<http://www.w3.org/2001/XMLSchema#integer>");
}

RP_TEST(image_diff_orders_sets)
{
    CHECK_DIFF(PROPERTY("sh:in ( ex:x )"), PROPERTY("sh:in ( ex:y ex:x )"),
               "S <http://ex/a> InConstraintComponent loosened: ( <http://ex/x> ) -> "
               "( <http://ex/x> <http://ex/y> )");
    CHECK_DIFF(PROPERTY("sh:in ( ex:x ex:y )"), PROPERTY("sh:in ( ex:y )"),
               "S <http://ex/a> InConstraintComponent tightened: ( <http://ex/x> <http://ex/y> ) "
               "-> ( <http://ex/y> )");
    CHECK_DIFF(PROPERTY("sh:in ( ex:x ex:y )"), PROPERTY("sh:in ( ex:y ex:z )"),
               "S <http://ex/a> InConstraintComponent changed: ( <http://ex/x> <http://ex/y> ) -> "
               "( <http://ex/y> <http://ex/z> )");
    CHECK_DIFF(PROPERTY("sh:languageIn ( \"en\" )"), PROPERTY("sh:languageIn ()"),
               "S <http://ex/a> LanguageInConstraintComponent tightened: ( \"en\" ) -> ( )");
}

/* Constraints, targets and shapes come and go; what nobody said (the severity) is not told of. */
RP_TEST(image_diff_tells_what_comes_and_goes)
{
    CHECK_DIFF(PROPERTY("sh:datatype xsd:string"),
               "ex:S a sh:NodeShape ; sh:targetClass ex:Q ; sh:property [ sh:path ex:b ; "
               "sh:minCount 1 ; sh:severity sh:Info ] . ex:T sh:nodeKind sh:IRI .",
               "S  targetClass changed: <http://ex/P> -> <http://ex/Q>",
               "S <http://ex/a> DatatypeConstraintComponent removed: "
               "<http://www.w3.org/2001/XMLSchema#string> -> ",
               "S <http://ex/b> MinCountConstraintComponent added:  -> 1",
               "S <http://ex/b> severity added:  -> <http://www.w3.org/ns/shacl#Info>",
               "T   added:  -> ",
               "T  NodeKindConstraintComponent added:  -> "
               "<http://www.w3.org/ns/shacl#IRI>");
    CHECK_DIFF(PROPERTY("sh:minCount 1"),
               PROPERTY("sh:minCount 1 ; sh:deactivated true ; sh:message \"no\""),
               "S <http://ex/a> deactivated loosened: false -> true",
               "S <http://ex/a> message added:  -> \"no\"");
}

/* A property shape with a name is known by it, whatever its path; its own properties lie below. */
RP_TEST(image_diff_knows_named_property_shapes)
{
    CHECK_DIFF("ex:N a sh:PropertyShape ; sh:path ex:a ; sh:minCount 1 ; sh:property [ sh:path "
               "ex:c ; sh:maxCount 1 ] .",
               "ex:N a sh:PropertyShape ; sh:path [ sh:inversePath ex:b ] ; sh:minCount 1 ; "
               "sh:property [ sh:path ex:c ; sh:maxCount 2 ] .",
               "N ^<http://ex/b> path changed: <http://ex/a> -> ^<http://ex/b>",
               "N ^<http://ex/b>/<http://ex/c> MaxCountConstraintComponent loosened: 1 -> 2");
}

/* Shapes without a name, in other places than sh:property, are written out. */
RP_TEST(image_diff_writes_unnamed_shapes_out)
{
    CHECK_DIFF("ex:S a sh:NodeShape ; sh:not [ sh:path ex:a ; sh:minCount 1 ; sh:node [ sh:class "
               "ex:A ] ] .",
               "ex:S a sh:NodeShape ; sh:not [ sh:path ex:a ; sh:minCount 2 ; sh:node [ sh:class "
               "ex:A ] ] .",
               "S  NotConstraintComponent changed: "
               "[sh:path <http://ex/a> ; sh:minCount 1 ; sh:node [sh:class <http://ex/A>]] -> "
               "[sh:path <http://ex/a> ; sh:minCount 2 ; sh:node [sh:class <http://ex/A>]]");
    CHECK_DIFF(PROPERTY("sh:qualifiedMinCount 1 ; sh:qualifiedValueShape [ sh:class ex:A ]"),
               PROPERTY("sh:qualifiedMinCount 2 ; sh:qualifiedValueShape [ sh:class ex:A ]"),
               "S <http://ex/a> QualifiedMinCountConstraintComponent tightened: "
               "1, sh:qualifiedValueShape [sh:class <http://ex/A>] -> "
               "2, sh:qualifiedValueShape [sh:class <http://ex/A>]");
    CHECK_DIFF(PROPERTY("sh:qualifiedMinCount 1 ; sh:qualifiedValueShape [ sh:class ex:A ]"),
               PROPERTY("sh:qualifiedMinCount 2 ; sh:qualifiedValueShape [ sh:class ex:B ]"),
               "S <http://ex/a> QualifiedMinCountConstraintComponent changed: "
               "1, sh:qualifiedValueShape [sh:class <http://ex/A>] -> "
               "2, sh:qualifiedValueShape [sh:class <http://ex/B>]");
}

/* What is said of their results is part of them; what they are about stands first. */
RP_TEST(image_diff_writes_all_of_unnamed_shapes)
{
    CHECK_DIFF("ex:S a sh:NodeShape ; sh:not [ sh:path ex:z ; sh:minCount 1 ; sh:deactivated true ;"
               " sh:message \"b\" , \"a\" ] .",
               "ex:S a sh:NodeShape ; sh:not [ sh:path ex:z ; sh:minCount 1 ; sh:in ( ex:b ex:a ) ;"
               " sh:severity sh:Info ] .",
               "S  NotConstraintComponent changed: "
               "[sh:deactivated true ; sh:path <http://ex/z> ; sh:message \"a\", \"b\" ; "
               "sh:minCount 1] -> [sh:path <http://ex/z> ; sh:in ( <http://ex/a> <http://ex/b> ) ; "
               "sh:minCount 1 ; sh:severity <http://www.w3.org/ns/shacl#Info>]");
}

/* A root without a name is known by its targets. */
RP_TEST(image_diff_knows_unnamed_roots_by_targets)
{
    CHECK_DIFF(
        "[] a sh:NodeShape ; sh:targetClass ex:P ; sh:property [ sh:path ex:a ; sh:minCount 1 ] .",
        "[] a sh:NodeShape ; sh:targetClass ex:Q ; sh:closed true . "
        "[] a sh:NodeShape ; sh:targetClass ex:P ; sh:property [ sh:path ex:a ; sh:minCount 3 ] .",
        " <http://ex/a> MinCountConstraintComponent tightened: 1 -> 3", "   added:  -> ",
        "  ClosedConstraintComponent added:  -> true, allowing ( )",
        "  targetClass added:  -> <http://ex/Q>");
}

/* A shape that is used twice, by its label, stands in both places. */
RP_TEST(image_diff_writes_shared_shapes_twice)
{
    CHECK_DIFF("ex:S a sh:NodeShape ; sh:node _:n ; sh:not _:n . _:n sh:class ex:A .",
               "ex:S a sh:NodeShape ; sh:node _:m ; sh:not [ sh:class ex:B ] . _:m sh:class ex:A .",
               "S  NotConstraintComponent changed: [sh:class <http://ex/A>] -> "
               "[sh:class <http://ex/B>]");
}

/* A property shape without a name is known by its place, also where it leads back to its shape. */
RP_TEST(image_diff_knows_recursive_property_shapes)
{
    CHECK_DIFF("ex:P a sh:NodeShape ; sh:property [ sh:path ex:knows ; sh:node ex:P ] .",
               "ex:P a sh:NodeShape ; sh:property [ sh:path ex:age ] , [ sh:path ex:knows ; "
               "sh:node ex:P ; sh:minCount 1 ] .",
               "P <http://ex/knows> MinCountConstraintComponent added:  -> 1");
}

/* Shapes without a name that refer to themselves are used twice, and known by their labels. */
RP_TEST(image_diff_ends_where_shapes_are_recursive)
{
    CHECK_DIFF(
        "ex:S a sh:NodeShape ; sh:property _:p . _:p sh:path ex:a ; sh:minCount 1 ; sh:property "
        "_:p .",
        "ex:S a sh:NodeShape ; sh:property _:p . _:p sh:path ex:a ; sh:minCount 2 ; sh:property "
        "_:p .",
        " <http://ex/a> MinCountConstraintComponent tightened: 1 -> 2");
    CHECK_DIFF("ex:S a sh:NodeShape ; sh:node _:n . _:n sh:class ex:A ; sh:node _:n .",
               "ex:S a sh:NodeShape ; sh:node _:n . _:n sh:class ex:B ; sh:node _:n .",
               "  ClassConstraintComponent changed: <http://ex/A> -> <http://ex/B>");
}

RP_TEST(image_diff_is_bounded)
{
    static const char nested[] = "ex:S a sh:NodeShape ; sh:not [ sh:class ex:A ] .";
    Comparison comparison;

    rp_test_stack_is_deep = true;
    CHECK_STATUS(compare(&comparison, nested, nested), RP_TOO_DEEP);
    rp_test_stack_is_deep = false;
    end(&comparison);
}
