/* Tallies of a validation: report.h, "What judging one shape's targets took and found". */
#include "validation.h"

static uint64_t now_ns;

/* Each look at the clock takes 5 ns. */
static uint64_t
clock_ns(void)
{
    now_ns += 5;
    return now_ns;
}

/* The tally of the shape ex:<local>. */
static const RpTally *
tally_of(const RpTestRun *run, const char *iri)
{
    RpTerm term = rp_term_iri(rp_text_from(iri));
    RpTermId id = rp_term_table_find(&run->image.terms, &term);

    for (uint32_t i = 0; i < run->image.shape_count; i++) {
        if (run->image.shapes[i].node == id) {
            return &run->report.tallies[i];
        }
    }
    return NULL;
}

static void
check_tally(const RpTestRun *run, const char *iri, uint64_t focus_nodes, uint64_t results,
            uint64_t time_ns)
{
    const RpTally *tally = tally_of(run, iri);

    if (CHECK(tally != NULL)) {
        CHECK_INT(tally->focus_node_count, focus_nodes);
        CHECK_INT(tally->result_count, results);
        CHECK_INT(tally->time_ns, time_ns);
    }
}

/* What a property shape finds counts for the shape whose target gave the focus node. */
RP_TEST(tally_counts_by_shape_with_targets)
{
    RpTestRun run;

    if (CHECK_STATUS(rp_test_run_begin(&run,
                                       "ex:S sh:targetClass ex:C ; sh:property ex:P . "
                                       "ex:P sh:path ex:p ; sh:minCount 1 ; sh:maxLength 1 . "
                                       "ex:T sh:targetClass ex:D ; sh:nodeKind sh:Literal . "
                                       "ex:U sh:targetClass ex:None ; sh:nodeKind sh:Literal . "
                                       "ex:V sh:targetClass ex:C ; sh:deactivated true ; "
                                       "sh:nodeKind sh:Literal .",
                                       "ex:a a ex:C . ex:b a ex:C, ex:D ; ex:p \"xx\", \"yy\" . "
                                       "ex:c a ex:C ; ex:p \"x\" ."),
                     RP_OK)) {
        run.report.tallies =
            rp_arena_allocate_zero(&run.arena, sizeof(RpTally) * run.image.shape_count);
        run.report.clock_ns = clock_ns;
        CHECK_STATUS(rp_test_run_validate(&run), RP_OK);
        check_tally(&run, "http://ex/S", 3, 3, 5);
        check_tally(&run, "http://ex/T", 1, 1, 5);
        check_tally(&run, "http://ex/U", 0, 0, 0);
        check_tally(&run, "http://ex/P", 0, 0, 0);
        check_tally(&run, "http://ex/V", 0, 0, 0);
        CHECK_INT(run.report.total_count, 4);
    }
    rp_test_run_end(&run);
}
