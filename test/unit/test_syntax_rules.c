/*
 * The syntax rules of SHACL Core, by the names that the Recommendation's appendix "Summary of SHACL
 * Syntax Rules" gives them; and the shapes graph that checks shapes graphs (SHACL-SHACL), as a
 * policy of ours: it must find the same, and nothing in the W3C's tests. These files are read where
 * RDFPOLICY_W3C_SUITE says that they are.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "host.h"
#include "image/image_builder.h"
#include "image/image_index.h"
#include "shapes_of.h"
#include "validate/validator.h"

/* A shapes text that breaks a rule; and whether SHACL-SHACL can tell. */
typedef struct RuleCase {
    const char *rule;
    const char *shapes;
    bool shacl_shacl_tells;
} RuleCase;

#define PROPERTY(parameters) "ex:S sh:path ex:p ; " parameters " ."
#define NODE(parameters) "ex:S a sh:NodeShape ; " parameters " ."

static const RuleCase cases[] = {
    {"targetNode-nodeKind", NODE("sh:targetNode []"), true},
    {"targetClass-nodeKind", NODE("sh:targetClass []"), true},
    {"targetClass-nodeKind", NODE("sh:targetClass \"C\""), true},
    {"targetSubjectsOf-nodeKind", NODE("sh:targetSubjectsOf \"p\""), true},
    {"targetObjectsOf-nodeKind", NODE("sh:targetObjectsOf []"), true},
    {"implicit-targetClass-nodeKind", "[] a sh:NodeShape , rdfs:Class .", true},
    {"severity-maxCount", NODE("sh:severity sh:Info , sh:Warning"), true},
    {"severity-nodeKind", NODE("sh:severity \"Info\""), true},
    {"message-datatype", NODE("sh:message 5"), true},
    {"message-datatype", NODE("sh:message ex:m"), true},
    {"deactivated-maxCount", NODE("sh:deactivated true , false"), true},
    {"deactivated-datatype", NODE("sh:deactivated \"true\""), true},
    {"deactivated-datatype", NODE("sh:deactivated \"1\"^^xsd:boolean"), true},

    {"NodeShape-path-maxCount", NODE("sh:path ex:p"), false},
    {"PropertyShape-path-minCount", "ex:S a sh:PropertyShape ; sh:minCount 1 .", true},
    {"path-maxCount", "ex:S a sh:PropertyShape ; sh:path ex:p , ex:q ; sh:in () .", true},
    {"path-metarule", "ex:S sh:class ex:C ; sh:path \"p\" .", true},
    {"path-metarule", "ex:S sh:class ex:C ; sh:path [ sh:inversePath ex:p , ex:q ] .", true},
    {"path-metarule", "ex:S sh:class ex:C ; sh:path [ sh:inversePath ex:p ; ex:q ex:r ] .", true},
    {"path-metarule", "ex:S sh:class ex:C ; sh:path [ ex:inversePath ex:p ] .", true},
    {"path-metarule", "ex:S sh:class ex:C ; sh:path [ sh:zeroOrMorePath [] ] .", true},
    {"path-sequence", "ex:S sh:class ex:C ; sh:path ( ex:p ) .", true},
    {"path-sequence", "ex:S sh:class ex:C ; sh:path _:l . _:l rdf:first ex:p ; rdf:rest ex:q .",
     true},
    {"path-alternative", "ex:S sh:class ex:C ; sh:path [ sh:alternativePath ( ex:p ) ] .", true},
    {"path-alternative", "ex:S sh:class ex:C ; sh:path [ sh:alternativePath ex:p ] .", true},
    {"path-non-recursive", "ex:S sh:class ex:C ; sh:path _:p . _:p sh:inversePath _:p .", false},

    {"class-nodeKind", NODE("sh:class \"C\""), true},
    {"datatype-nodeKind", NODE("sh:datatype \"string\""), true},
    {"datatype-maxCount", NODE("sh:datatype xsd:string , xsd:integer"), true},
    {"nodeKind-in", NODE("sh:nodeKind sh:Iri"), true},
    {"nodeKind-maxCount", NODE("sh:nodeKind sh:IRI , sh:Literal"), true},
    {"minCount-scope", NODE("sh:minCount 1"), true},
    {"minCount-maxCount", PROPERTY("sh:minCount 1 , 2"), true},
    {"minCount-datatype", PROPERTY("sh:minCount \"1\""), true},
    {"minCount-datatype", PROPERTY("sh:minCount \"1\"^^xsd:int"), true},
    {"minCount-datatype", PROPERTY("sh:minCount \"one\"^^xsd:integer"), true},
    {"maxCount-scope", NODE("sh:maxCount 1"), true},
    {"maxCount-maxCount", PROPERTY("sh:maxCount 1 , 2"), true},
    {"maxCount-datatype", PROPERTY("sh:maxCount 1.0"), true},
    {"minExclusive-maxCount", NODE("sh:minExclusive 1 , 2"), true},
    {"minExclusive-nodeKind", NODE("sh:minExclusive ex:one"), true},
    {"minInclusive-maxCount", NODE("sh:minInclusive 1 , 2"), true},
    {"minInclusive-nodeKind", NODE("sh:minInclusive []"), true},
    {"maxExclusive-maxCount", NODE("sh:maxExclusive 1 , 2"), true},
    {"maxExclusive-nodeKind", NODE("sh:maxExclusive ex:one"), true},
    {"maxInclusive-maxCount", NODE("sh:maxInclusive 1 , 2"), true},
    {"maxInclusive-nodeKind", NODE("sh:maxInclusive ex:one"), true},
    {"minLength-maxCount", NODE("sh:minLength 1 , 2"), true},
    {"minLength-datatype", NODE("sh:minLength \"1\""), true},
    {"maxLength-maxCount", NODE("sh:maxLength 1 , 2"), true},
    {"maxLength-datatype", NODE("sh:maxLength 1e0"), true},
    {"pattern-datatype", NODE("sh:pattern \"a\"@en"), true},
    {"pattern-regex", NODE("sh:pattern \"[\""), false},
    {"multiple-parameters", NODE("sh:pattern \"a\" , \"b\""), true},
    {"flags-datatype", NODE("sh:pattern \"a\" ; sh:flags \"i\"@en"), true},
    {"flags-datatype", NODE("sh:flags 1"), true},
    {"multiple-parameters", NODE("sh:pattern \"a\" ; sh:flags \"i\" , \"s\""), true},
    {"multiple-parameters", NODE("sh:flags \"i\" , \"s\""), true},
    {"languageIn-maxCount", NODE("sh:languageIn ( \"en\" ) , ( \"de\" )"), true},
    {"languageIn-node", NODE("sh:languageIn \"en\""), true},
    {"languageIn-members-datatype", NODE("sh:languageIn ( \"en\"@en )"), true},
    {"uniqueLang-scope", NODE("sh:uniqueLang true"), true},
    {"uniqueLang-maxCount", PROPERTY("sh:uniqueLang true , false"), true},
    {"uniqueLang-datatype", PROPERTY("sh:uniqueLang \"true\""), true},

    {"equals-nodeKind", NODE("sh:equals \"p\""), true},
    {"disjoint-nodeKind", NODE("sh:disjoint []"), true},
    {"lessThan-scope", NODE("sh:lessThan ex:q"), true},
    {"lessThan-nodeKind", PROPERTY("sh:lessThan 5"), true},
    {"lessThanOrEquals-scope", NODE("sh:lessThanOrEquals ex:q"), true},
    {"lessThanOrEquals-nodeKind", PROPERTY("sh:lessThanOrEquals []"), true},

    {"not-node", NODE("sh:not 5"), false},
    {"and-node", NODE("sh:and ex:l"), true},
    {"and-node", NODE("sh:and _:l . _:l rdf:first [ sh:class ex:C ] ; rdf:rest 5"), true},
    {"or-node", NODE("sh:or _:l . _:l rdf:first [ sh:class ex:C ] ; rdf:rest () , _:l"), true},
    {"xone-node", NODE("sh:xone \"a\""), true},
    {"and-members-node", NODE("sh:and ( 5 )"), false},
    {"or-members-node", NODE("sh:or ( \"a\" )"), false},
    {"xone-members-node", NODE("sh:xone ( 5 )"), false},
    {"node-node", NODE("sh:node [ sh:path ex:p ; sh:class ex:C ]"), true},
    {"property-node", NODE("sh:property [ sh:class ex:C ]"), true},
    {"qualifiedValueShape-scope",
     NODE("sh:qualifiedValueShape [ sh:class ex:C ] ; sh:qualifiedMinCount 1"), true},
    {"qualifiedValueShape-scope", NODE("sh:qualifiedValueShape [ sh:class ex:C ]"), true},
    {"qualifiedValueShape-node", PROPERTY("sh:qualifiedValueShape 5 ; sh:qualifiedMinCount 1"),
     false},
    {"multiple-parameters",
     PROPERTY("sh:qualifiedValueShape [ sh:class ex:C ] , [ sh:class ex:D ]"), true},
    {"multiple-parameters",
     PROPERTY("sh:qualifiedValueShape [ sh:class ex:C ] ; sh:qualifiedMinCount 1 , 2"), true},
    {"qualifiedValueShapesDisjoint-datatype",
     PROPERTY("sh:qualifiedValueShape [ sh:class ex:C ] ; sh:qualifiedMinCount 1 ; "
              "sh:qualifiedValueShapesDisjoint 1"),
     true},
    {"qualifiedValueShapesDisjoint-datatype", PROPERTY("sh:qualifiedValueShapesDisjoint \"true\""),
     true},
    {"qualifiedMinCount-datatype",
     PROPERTY("sh:qualifiedValueShape [ sh:class ex:C ] ; sh:qualifiedMinCount \"1\""), true},
    {"qualifiedMaxCount-datatype",
     PROPERTY("sh:qualifiedValueShape [ sh:class ex:C ] ; sh:qualifiedMaxCount 1.5"), true},

    {"closed-datatype", NODE("sh:closed \"true\""), true},
    {"multiple-parameters", NODE("sh:closed true , false"), true},
    {"ignoredProperties-node", NODE("sh:closed true ; sh:ignoredProperties ex:p"), true},
    {"ignoredProperties-node", NODE("sh:ignoredProperties ex:p"), true},
    {"ignoredProperties-members-nodeKind", NODE("sh:closed true ; sh:ignoredProperties ( \"p\" )"),
     true},
    {"ignoredProperties-members-nodeKind", NODE("sh:ignoredProperties ( [] )"), true},
    {"multiple-parameters", NODE("sh:closed true ; sh:ignoredProperties ( ex:p ) , ( ex:q )"),
     true},
    {"in-node", NODE("sh:in ex:list"), true},
    {"in-maxCount", NODE("sh:in ( 1 ) , ( 2 )"), true},
    {"shapesGraph-nodeKind", NODE("sh:nodeKind sh:IRI . ex:data sh:shapesGraph \"shapes\""), true},
};

enum { CASE_COUNT = sizeof cases / sizeof *cases };

/* Each is refused by its name, in the error and at the end of its DETAIL. */
RP_TEST(syntax_rules_have_names)
{
    for (size_t i = 0; i < CASE_COUNT; i++) {
        RpTestShapes test;
        char last_sentence[100];
        const char *detail = test.error.detail;

        CHECK_STATUS(rp_test_shapes_of(&test, cases[i].shapes, false), RP_ILL_FORMED);
        if (!CHECK_TEXT(rp_text_from(test.error.rule), cases[i].rule)) {
            printf("    %s: %s\n", cases[i].shapes, test.error.message);
        }
        (void)snprintf(last_sentence, sizeof last_sentence, "Syntax rule: %s.", cases[i].rule);
        CHECK(strlen(detail) >= strlen(last_sentence) &&
              strcmp(detail + strlen(detail) - strlen(last_sentence), last_sentence) == 0);
        CHECK(test.error.line > 0 && test.error.column > 0);
        rp_test_shapes_end(&test);
    }
}

/* All of them together: none hides another. */
RP_TEST(syntax_rules_all_at_once)
{
    RpShapeReaderOptions options = {.collects_findings = true, .depth_limit = RP_TEST_DEPTH_LIMIT};
    RpTestShapes test;
    size_t missing = 0;
    char *text = calloc(CASE_COUNT, 400);
    size_t used = 0;

    if (!text) {
        abort();
    }
    for (size_t i = 0; i < CASE_COUNT; i++) {
        /* ex:S of each text becomes ex:S<i>, _:l becomes _:l<i>. */
        for (const char *from = cases[i].shapes; *from != '\0'; from++) {
            text[used++] = *from;
            if ((from > cases[i].shapes + 2 && *from == 'S' && from[-1] == ':' && from[1] == ' ') ||
                (from > cases[i].shapes + 1 && from[-1] == ':' && from[-2] == '_')) {
                used += (size_t)snprintf(text + used, 10, "%zu", i);
            }
        }
        text[used++] = '\n';
    }
    CHECK_STATUS(rp_test_shapes_graph(&test, text), RP_OK);
    CHECK_STATUS(rp_shapes_read(&test.graph, &options, &test.shapes, &test.error), RP_OK);
    for (size_t i = 0; i < CASE_COUNT; i++) {
        bool is_found = false;

        /* One case a line: line 1 has the prefixes. */
        for (uint32_t j = 0; j < test.shapes.finding_count; j++) {
            is_found |= test.shapes.findings[j].error.line == i + 2 &&
                        strcmp(test.shapes.findings[j].error.rule, cases[i].rule) == 0;
        }
        if (!is_found) {
            printf("    not found: %s in %s\n", cases[i].rule, cases[i].shapes);
            missing++;
        }
    }
    CHECK_INT(missing, 0);
    rp_test_shapes_end(&test);
    free(text);
}

/* A file in the arena; false: it cannot be read. */
static bool
read_file(RpArena *arena, const char *path, RpText *text)
{
    FILE *file = fopen(path, "rb");
    RpBuffer buffer;
    char block[4096];
    size_t length;

    if (!file) {
        return false;
    }
    rp_buffer_init(&buffer, arena);
    while ((length = fread(block, 1, sizeof block, file)) > 0) {
        rp_buffer_append(&buffer, block, (uint32_t)length);
    }
    (void)fclose(file);
    *text = rp_buffer_text(&buffer);
    return !buffer.has_failed;
}

/* SHACL-SHACL, compiled. */
typedef struct ShaclShacl {
    RpArena arena;
    RpImage image;
    RpError error;
    bool is_present;
} ShaclShacl;

static const RpTurtleOptions turtle_options = {.base_iri = {"urn:base", 8},
                                               .depth_limit = RP_TURTLE_DEPTH_LIMIT,
                                               .prefix_limit = RP_TURTLE_PREFIX_LIMIT};

static void
begin_shacl_shacl(ShaclShacl *shacl)
{
    RpShapeReaderOptions options = {.subclass_from_shapes = true, .depth_limit = 128};
    const char *suite = getenv("RDFPOLICY_W3C_SUITE");
    char path[1000];
    RpShapesGraph graph;
    RpShapes shapes;
    RpText text, bytes;

    memset(shacl, 0, sizeof *shacl);
    rp_arena_init(&shacl->arena, &rp_test_host, 256 << 20);
    (void)snprintf(path, sizeof path, "%s/../shacl/shacl-shacl.ttl", suite ? suite : "");
    if (!suite || !read_file(&shacl->arena, path, &text)) {
        rp_test_skip("the W3C's SHACL suite is not here; RDFPOLICY_W3C_SUITE names its folder");
        return;
    }
    shacl->is_present = true;
    rp_shapes_graph_init(&graph, &shacl->arena);
    CHECK_STATUS(rp_shapes_graph_read_turtle(&graph, text, &turtle_options, &shacl->error), RP_OK);
    CHECK_STATUS(rp_shapes_read(&graph, &options, &shapes, &shacl->error), RP_OK);
    CHECK_STATUS(rp_image_build(&shacl->arena, &shapes, 64 << 20, &bytes, &shacl->error), RP_OK);
    CHECK_STATUS(
        rp_image_load(bytes, &rp_test_host.hash_key, &shacl->arena, &shacl->image, &shacl->error),
        RP_OK);
}

static RpStatus
offer_triple(void *state, const RpTerm *subject, const RpTerm *predicate, const RpTerm *object,
             RpPosition position, RpError *error)
{
    (void)position;
    return rp_data_graph_add(state, subject, predicate, object, error);
}

/* Whether a shapes text conforms to SHACL-SHACL. */
static bool
conforms_to_shacl_shacl(const ShaclShacl *shacl, RpText shapes_text)
{
    RpDataGraph data;
    RpTripleSink sink = {.state = &data, .triple = offer_triple};
    RpArena arena;
    RpReport report;
    RpError error;

    rp_arena_init(&arena, &rp_test_host, 256 << 20);
    rp_report_init(&report, &arena, 0);
    rp_data_graph_init(&data, &shacl->image, &arena, 0);
    CHECK_STATUS(rp_turtle_read(&arena, shapes_text, &turtle_options, &sink, &error), RP_OK);
    CHECK_STATUS(rp_validate(&data, 128, &report, &error), RP_OK);
    rp_arena_free(&arena);
    return rp_report_conforms(&report);
}

RP_TEST(shacl_shacl_finds_what_is_ill_formed)
{
    ShaclShacl shacl;

    begin_shacl_shacl(&shacl);
    for (size_t i = 0; i < CASE_COUNT && shacl.is_present; i++) {
        char text[2000];

        (void)snprintf(text, sizeof text,
                       "@prefix ex: <http://ex/> . @prefix sh: <http://www.w3.org/ns/shacl#> . "
                       "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . "
                       "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . "
                       "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . %s",
                       cases[i].shapes);
        if (!CHECK_INT(!conforms_to_shacl_shacl(&shacl, rp_text_from(text)),
                       cases[i].shacl_shacl_tells)) {
            printf("    %s: %s\n", cases[i].rule, cases[i].shapes);
        }
    }
    rp_arena_free(&shacl.arena);
}

/*
 * One file of the suite: where we accept its shapes, SHACL-SHACL does too. But for the path that is
 * a list and has a broken sh:inversePath besides: the suite wants it to be taken as a list.
 */
static void
check_suite_file(const ShaclShacl *shacl, const char *path, unsigned *accepted)
{
    RpShapeReaderOptions options = {.subclass_from_shapes = true, .depth_limit = 128};
    RpShapesGraph graph;
    RpShapes shapes;
    RpArena arena;
    RpError error;
    RpText text;

    rp_arena_init(&arena, &rp_test_host, 256 << 20);
    CHECK(read_file(&arena, path, &text));
    rp_shapes_graph_init(&graph, &arena);
    CHECK_STATUS(rp_shapes_graph_read_turtle(&graph, text, &turtle_options, &error), RP_OK);
    if (rp_shapes_read(&graph, &options, &shapes, &error) == RP_OK) {
        (*accepted)++;
        if (!CHECK_INT(conforms_to_shacl_shacl(shacl, text),
                       strstr(path, "path-strange-002") == NULL)) {
            printf("    %s\n", path);
        }
    } else {
        printf("    refused: %s: %s %s\n", path, error.message, error.detail);
    }
    rp_arena_free(&arena);
}

RP_TEST(shacl_shacl_and_the_suite)
{
    static const char *const folders[] = {"complex", "misc", "node", "path", "property", "targets"};
    const char *suite = getenv("RDFPOLICY_W3C_SUITE");
    unsigned accepted = 0;
    ShaclShacl shacl;

    begin_shacl_shacl(&shacl);
    for (size_t i = 0; i < sizeof folders / sizeof *folders && shacl.is_present; i++) {
        char path[1000];
        struct dirent *entry;
        DIR *folder;

        (void)snprintf(path, sizeof path, "%s/core/%s", suite, folders[i]);
        folder = opendir(path);
        while (folder && (entry = readdir(folder)) != NULL) {
            const char *end = strrchr(entry->d_name, '.');

            if (end && strcmp(end, ".ttl") == 0) {
                (void)snprintf(path, sizeof path, "%s/core/%s/%s", suite, folders[i],
                               entry->d_name);
                check_suite_file(&shacl, path, &accepted);
            }
        }
        if (folder) {
            (void)closedir(folder);
        }
    }
    CHECK(!shacl.is_present || accepted > 90);
    rp_arena_free(&shacl.arena);
}
