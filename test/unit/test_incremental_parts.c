/*
 * Judging a part of a stored graph, and all of it in slices: the results are those of the whole,
 * each once.
 */
#include "host.h"
#include "stored.h"

RP_TEST(incremental_part)
{
    RpTestStored stored;
    RpTestTriples triples;
    RpTestChanges changes = {0};
    RpTestLines lines;
    RpTermId nodes[3];

    CHECK_STATUS(
        rp_test_stored_begin(
            &stored,
            "ex:P sh:targetClass ex:Person ; sh:property [ sh:path ex:name ; sh:minCount 1 ] . "
            "ex:Q sh:targetNode ex:cat ; "
            "sh:nodeKind sh:Literal ."),
        RP_OK);
    CHECK_STATUS(rp_test_stored_read(&stored,
                                     "ex:ann a ex:Person . ex:bob a ex:Person . ex:cat a ex:Cat .",
                                     &triples),
                 RP_OK);
    for (uint32_t i = 0; i < triples.count; i++) {
        rp_test_stored_change(&stored, triples.triples[i], false, &changes);
        nodes[i] = triples.triples[i].subject;
    }
    /* One of the two persons, and the cat, by all shapes; then by the second. */
    rp_test_stored_part(&stored, &(RpPart){NULL, 0, (RpTermId[]){nodes[1], nodes[2]}, 2}, &lines);
    CHECK_STATUS(lines.status, RP_OK);
    CHECK_INT(lines.count, 2);
    CHECK_INT(stored.outcome.focus_count, 2);
    rp_test_lines_end(&lines);
    for (uint32_t shape = 0; shape < stored.run.image.shape_count; shape++) {
        rp_test_stored_part(&stored, &(RpPart){&shape, 1, nodes, 3}, &lines);
        CHECK_INT(lines.count, lines.count <= 2 ? stored.outcome.focus_count : 0);
        rp_test_lines_end(&lines);
    }
    rp_test_stored_end(&stored);
}

/* So many results, in however many slices; none: the whole. */
static void
check_slices(const char *shapes, const char *graph, uint32_t result_count)
{
    RpTestStored stored;
    RpTestTriples triples;
    RpTestChanges changes = {0};
    RpTestLines lines;

    CHECK_STATUS(rp_test_stored_begin(&stored, shapes), RP_OK);
    CHECK_STATUS(rp_test_stored_read(&stored, graph, &triples), RP_OK);
    for (uint32_t i = 0; i < triples.count; i++) {
        rp_test_stored_change(&stored, triples.triples[i], false, &changes);
    }
    for (uint32_t count = 0; count < 20; count++) {
        rp_test_stored_slices(&stored, count, &lines);
        CHECK_STATUS(lines.status, RP_OK);
        CHECK_INT(lines.count, result_count);
        rp_test_lines_end(&lines);
    }
    rp_test_stored_end(&stored);
}

/* Results of a recursive shape come once, from however many slices a node is come to; and those
 * that were another's details come still. */
RP_TEST(incremental_slices_and_recursion)
{
    static const char graph[] =
        "ex:a a ex:C ; ex:p ex:v . ex:b a ex:C ; ex:p ex:v . ex:c a ex:C ; ex:p ex:v . "
        "ex:d a ex:C ; ex:p ex:v . ex:e a ex:C ; ex:p ex:v . ex:v ex:p ex:w , 1 . "
        "ex:w ex:p ex:v , 2 . ex:v a ex:D . ex:D rdfs:subClassOf ex:C .";

    check_slices("ex:S sh:targetClass ex:E ; sh:targetSubjectsOf ex:p ; sh:property ex:Q . "
                 "ex:Q sh:path ex:p ; sh:maxCount 1 ; sh:property ex:Q .",
                 graph, 2);
    check_slices("ex:S sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:node ex:S ] , "
                 "[ sh:path ex:p ; sh:maxCount 1 ] .",
                 graph, 7);
}
