/* rdf/rdf_list: good lists, and all the ways in which a list is broken. */
#include "rdf/rdf_list.h"

#include "check.h"
#include "graph_of.h"
#include "host.h"

static RpArena arena;
static RpError error;
static RpDictionary dictionary;
static RpGraph graph;

/* Read the list that ex:s ex:p names. */
static RpStatus
read_list(const char *turtle, RpTermId **members, uint32_t *count)
{
    RpTripleRange range;

    rp_arena_init(&arena, &rp_test_host, 1 << 26);
    rp_dictionary_init(&dictionary, &arena, NULL);
    RP_TRY(rp_test_graph_of(&arena, turtle, &dictionary, &graph, &error));
    range = rp_graph_objects(&graph, rp_test_ex(&dictionary, "s"), rp_test_ex(&dictionary, "p"));
    if (!CHECK_INT(rp_triple_range_count(range), 1)) {
        return RP_CORRUPT;
    }
    return rp_rdf_list_read(&graph, range.first->object, members, count, &error);
}

RP_TEST(rdf_list_in_order)
{
    RpTermId *members;
    uint32_t count;

    CHECK_STATUS(read_list("ex:s ex:p (ex:c ex:a ex:b ex:a).", &members, &count), RP_OK);
    if (CHECK_INT(count, 4)) {
        CHECK_INT(members[0], rp_test_ex(&dictionary, "c"));
        CHECK_INT(members[1], rp_test_ex(&dictionary, "a"));
        CHECK_INT(members[2], rp_test_ex(&dictionary, "b"));
        CHECK_INT(members[3], rp_test_ex(&dictionary, "a"));
    }
    rp_arena_free(&arena);
    CHECK_STATUS(read_list("ex:s ex:p ().", &members, &count), RP_OK);
    CHECK_INT(count, 0);
    rp_arena_free(&arena);
}

RP_TEST(rdf_list_broken)
{
    static const char *const cases[] = {
        "ex:s ex:p ex:x.",
        "ex:s ex:p \"x\".",
        "ex:s ex:p [rdf:first 1].",
        "ex:s ex:p [rdf:rest ()].",
        "ex:s ex:p [rdf:first 1, 2; rdf:rest ()].",
        "ex:s ex:p [rdf:first 1; rdf:rest (), (1)].",
        "ex:s ex:p [rdf:first 1; rdf:rest 5].",
        "ex:s ex:p ex:x. ex:x rdf:first 1; rdf:rest ex:x.",
        "ex:s ex:p ex:x. ex:x rdf:first 1; rdf:rest ex:y. ex:y rdf:first 1; rdf:rest ex:x.",
        "ex:s ex:p [rdf:first 1; rdf:rest ex:x]. ex:x rdf:first 1; rdf:rest [rdf:rest ex:x].",
        "ex:s ex:p ex:x. ex:x rdf:first 1; rdf:rest [rdf:first 2; rdf:rest ex:x].",
        "ex:s ex:p (1). rdf:nil rdf:first 1.",
        "ex:s ex:p (). rdf:nil rdf:rest ().",
    };
    RpTermId *members;
    uint32_t count;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        if (!CHECK_STATUS(read_list(cases[i], &members, &count), RP_ILL_FORMED)) {
            CHECK_TEXT(rp_text_from(cases[i]), "");
        }
        CHECK(error.message[0] != '\0');
        rp_arena_free(&arena);
    }
}

RP_TEST(rdf_list_error_shows_blank_node)
{
    RpTermId *members;
    uint32_t count;

    CHECK_STATUS(read_list("ex:s ex:p _:l. _:l rdf:first 1.", &members, &count), RP_ILL_FORMED);
    CHECK_TEXT(rp_text_from(error.message), "list node _:l needs exactly one rdf:rest");
    rp_arena_free(&arena);
}
