/*
 * What a read map says of predicates, and what becomes of changes by it. Expected: by hand, from
 * which additions and removals the SHACL Recommendation lets violate a component.
 */
#include <stdio.h>

#include "host.h"
#include "stored.h"

/* Of an image: "+" where a triple of ex:p can violate by being added, "-" by being removed, "^"
 * where evaluation goes from its objects to its subjects. */
static const char *
reads(const char *shapes, const char *predicate)
{
    static char text[4];
    RpTestStored stored;
    RpTerm term = rp_term_iri(rp_text_from(predicate));
    RpTermId id;
    int length = 0;

    if (!CHECK_STATUS(rp_test_stored_begin(&stored, shapes), RP_OK)) {
        (void)printf("%s\n", stored.run.error.message);
    } else {
        id = rp_term_table_find(&stored.run.image.terms, &term);
        length = snprintf(text, sizeof(text), "%s%s%s",
                          rp_read_map_reads(stored.map, id, false) ? "+" : "",
                          rp_read_map_reads(stored.map, id, true) ? "-" : "",
                          rp_read_map_reads_inversely(stored.map, id) ? "^" : "");
    }
    text[length > 0 ? length : 0] = '\0';
    rp_test_stored_end(&stored);
    return text;
}

#define CHECK_READS(shapes, predicate, expected) \
    CHECK_TEXT(rp_text_from(reads((shapes), (predicate))), (expected))
#define CHECK_P(constraint, expected)                                                        \
    CHECK_READS("ex:S sh:targetNode ex:n ; sh:property [ sh:path ex:p ; " constraint " ] .", \
                "http://ex/p", (expected))

/* Whether a shape of an image names a node as its target. */
static bool
names_nodes(const char *shapes)
{
    RpTestStored stored;
    bool names = CHECK_STATUS(rp_test_stored_begin(&stored, shapes), RP_OK) &&
                 rp_read_map_names_nodes(stored.map);

    rp_test_stored_end(&stored);
    return names;
}

RP_TEST(read_map_names_nodes)
{
    CHECK(names_nodes("ex:S sh:targetClass ex:C . ex:T sh:targetNode ex:n ; sh:nodeKind sh:IRI ."));
    CHECK(!names_nodes("ex:S sh:targetClass ex:C ; sh:targetSubjectsOf ex:p ; "
                       "sh:targetObjectsOf ex:p ; sh:nodeKind sh:IRI ."));
    CHECK(!names_nodes("ex:S sh:targetClass ex:C . "
                       "ex:T sh:targetNode ex:n ; sh:nodeKind sh:IRI ; sh:deactivated true ."));
}

RP_TEST(read_map_components)
{
    CHECK_P("sh:minCount 1", "-");
    CHECK_P("sh:maxCount 1", "+");
    CHECK_P("sh:hasValue ex:v", "-");
    CHECK_P("sh:datatype xsd:integer", "+");
    CHECK_P("sh:nodeKind sh:IRI", "+");
    CHECK_P("sh:class ex:C", "+");
    CHECK_P("sh:in ( 1 )", "+");
    CHECK_P("sh:minLength 1", "+");
    CHECK_P("sh:pattern 'a'", "+");
    CHECK_P("sh:minInclusive 1", "+");
    CHECK_P("sh:equals ex:q", "+-");
    CHECK_P("sh:disjoint ex:q", "+");
    CHECK_P("sh:lessThan ex:q", "+");
    CHECK_P("sh:uniqueLang true", "+");
    CHECK_P("sh:languageIn ( 'en' )", "+");
    CHECK_P("sh:node [ sh:nodeKind sh:IRI ]", "+");
    CHECK_P("sh:not [ sh:nodeKind sh:IRI ]", "+");
    CHECK_P("sh:qualifiedValueShape [ sh:nodeKind sh:IRI ] ; sh:qualifiedMinCount 1", "-");
    CHECK_P("sh:qualifiedValueShape [ sh:nodeKind sh:IRI ] ; sh:qualifiedMaxCount 1", "+");
    CHECK_P("sh:minCount 1 ; sh:maxCount 1", "+-");
    CHECK_P("sh:deactivated true ; sh:minCount 1", "");
}

RP_TEST(read_map_signs)
{
    static const char p[] = "http://ex/p";

    CHECK_READS("ex:S sh:targetNode ex:n ; sh:not [ sh:path ex:p ; sh:minCount 1 ] .", p, "+");
    CHECK_READS("ex:S sh:targetNode ex:n ; sh:not [ sh:path ex:p ; sh:maxCount 1 ] .", p, "-");
    CHECK_READS("ex:S sh:targetNode ex:n ; sh:not [ sh:not [ sh:path ex:p ; sh:minCount 1 ] ] .", p,
                "-");
    CHECK_READS("ex:S sh:targetNode ex:n ; sh:or ( [ sh:path ex:p ; sh:minCount 1 ] ) .", p, "-");
    CHECK_READS("ex:S sh:targetNode ex:n ; sh:xone ( [ sh:path ex:p ; sh:minCount 1 ] ) .", p,
                "+-");
    /* In both ways, by two shapes. */
    CHECK_READS("ex:S sh:targetNode ex:n ; sh:not ex:T ; sh:node ex:U . ex:T sh:node ex:V . "
                "ex:U sh:node ex:V . ex:V sh:property [ sh:path ex:p ; sh:minCount 1 ] .",
                p, "+-");
    /* Nobody's. */
    CHECK_READS("ex:S sh:targetNode ex:n ; sh:nodeKind sh:IRI . "
                "ex:T sh:property [ sh:path ex:p ; sh:minCount 1 ] .",
                p, "");
}

RP_TEST(read_map_classes_and_targets)
{
    static const char type[] = RP_RDF "type";
    static const char edge[] = RP_RDFS "subClassOf";

    CHECK_READS("ex:S sh:targetClass ex:C ; sh:nodeKind sh:IRI .", type, "+");
    CHECK_READS("ex:S sh:targetClass ex:C ; sh:nodeKind sh:IRI .", edge, "+");
    CHECK_READS("ex:S sh:targetNode ex:n ; sh:class ex:C .", type, "-");
    CHECK_READS("ex:S sh:targetNode ex:n ; sh:class ex:C .", edge, "-");
    CHECK_READS("ex:S sh:targetNode ex:n ; sh:not [ sh:class ex:C ] .", type, "+");
    CHECK_READS("ex:S sh:targetNode ex:n ; sh:nodeKind sh:IRI .", type, "");
    CHECK_READS("ex:S sh:targetSubjectsOf ex:p ; sh:nodeKind sh:IRI .", "http://ex/p", "+");
    CHECK_READS("ex:S sh:targetObjectsOf ex:p ; sh:nodeKind sh:IRI .", "http://ex/p", "+");
    CHECK_READS("ex:S sh:targetNode ex:n ; sh:closed true ; sh:ignoredProperties ( ex:p ) .",
                "http://ex/p", "");
    CHECK_READS("ex:S sh:targetNode ex:n ; sh:closed true .", "http://ex/other", "+");
    CHECK_READS("ex:S sh:targetNode ex:n ; sh:not [ sh:closed true ] .", "http://ex/other", "-");
}

RP_TEST(read_map_inverse)
{
    CHECK_READS("ex:S sh:targetNode ex:n ; "
                "sh:property [ sh:path [ sh:inversePath ex:p ] ; sh:minCount 1 ] .",
                "http://ex/p", "-^");
    CHECK_READS("ex:S sh:targetNode ex:n ; sh:property [ sh:path [ sh:inversePath "
                "( [ sh:inversePath ex:p ] ex:q ) ] ; sh:maxCount 1 ] .",
                "http://ex/p", "+");
    CHECK_READS("ex:S sh:targetNode ex:n ; sh:property [ sh:path [ sh:inversePath "
                "( [ sh:inversePath ex:p ] ex:q ) ] ; sh:maxCount 1 ] .",
                "http://ex/q", "+^");
}

/* Twice the shapes, twice the map; and where they refer to each other, no more. */
RP_TEST(read_map_is_linear)
{
    size_t sizes[2];

    for (uint32_t i = 0; i < 2; i++) {
        RpTestStored stored;
        RpArena arena;
        RpBuffer text;
        RpReadMap *map;

        rp_arena_init(&arena, &rp_test_host, (size_t)64 << 20);
        rp_buffer_init(&text, &arena);
        for (uint32_t j = 0; j < 500 * (i + 1); j++) {
            rp_buffer_append_format(
                &text,
                "ex:S%u sh:targetNode ex:n ; sh:node ex:T ; sh:property [ sh:path "
                "[ sh:oneOrMorePath [ sh:oneOrMorePath [ sh:oneOrMorePath ex:p ] ] ] ; "
                "sh:node ex:T ; sh:minCount 1 ] .\n",
                (unsigned)j);
        }
        rp_buffer_append_string(&text, "ex:T sh:class ex:C ; sh:node ex:U . ex:U sh:class ex:D .");
        rp_buffer_append_byte(&text, '\0');
        CHECK_STATUS(rp_test_stored_begin(&stored, text.data), RP_OK);
        rp_arena_free(&arena);
        CHECK_STATUS(rp_read_map_make(&stored.run.image, &arena, &map, &stored.run.error), RP_OK);
        sizes[i] = arena.used_bytes;
        rp_arena_free(&arena);
        rp_test_stored_end(&stored);
    }
    CHECK(sizes[1] < 3 * sizes[0]);
}

/* Add a change, as the server does. */
static void
add(RpTestStored *stored, RpChangeList *list, const char *const triple[3], bool is_removal)
{
    RpTerm terms[3];

    for (uint32_t i = 0; i < 3; i++) {
        terms[i] = rp_term_iri(rp_text_from(triple[i]));
    }
    CHECK_STATUS(rp_change_list_add(list, &stored->run.data, stored->map, &terms[0], &terms[1],
                                    &terms[2], is_removal, &stored->run.error),
                 RP_OK);
}

RP_TEST(change_list_keeps_what_matters)
{
    static const char *const counted[] = {"http://ex/s", "http://ex/p", "http://ex/o"};
    static const char *const other[] = {"http://ex/t", "http://ex/q", "http://ex/u"};
    RpTestStored stored;
    RpChangeList list = {0};
    uint32_t term_count;

    CHECK_STATUS(rp_test_stored_begin(&stored, "ex:S sh:targetNode ex:n ; sh:property "
                                               "[ sh:path ex:p ; sh:minCount 1 ] ."),
                 RP_OK);
    term_count = rp_dictionary_end(&stored.run.data.dictionary);
    add(&stored, &list, counted, false); /* one more never violates */
    add(&stored, &list, other, false);   /* nobody reads it */
    add(&stored, &list, other, true);
    CHECK_INT(list.count, 0);
    CHECK_INT(rp_dictionary_end(&stored.run.data.dictionary), term_count);
    add(&stored, &list, counted, true);
    if (CHECK_INT(list.count, 1)) {
        RpTerm subject =
            rp_dictionary_term(&stored.run.data.dictionary, list.changes[0].triple.subject);

        CHECK(list.changes[0].is_removal);
        CHECK_TEXT(subject.lexical, "http://ex/s");
    }
    rp_test_stored_end(&stored);
}
