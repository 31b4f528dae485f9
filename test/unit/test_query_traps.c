/* What is easily done wrong in SPARQL: the files of the folder traps. */
#include "check.h"
#include "traps.h"

RP_TEST(query_traps_in_expressions)
{
    rp_test_traps("syntax.txt");
    rp_test_traps("logic.txt");
    rp_test_traps("equality.txt");
    rp_test_traps("numbers.txt");
    rp_test_traps("terms.txt");
    rp_test_traps("strings.txt");
    rp_test_traps("times.txt");
    rp_test_traps("casts.txt");
}

RP_TEST(query_traps_in_patterns)
{
    rp_test_traps("groups.txt");
    rp_test_traps("exists.txt");
    rp_test_traps("paths.txt");
    rp_test_traps("aggregates.txt");
    rp_test_traps("order.txt");
}

RP_TEST(query_traps_are_refused)
{
    rp_test_traps("refusals.txt");
}
