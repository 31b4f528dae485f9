/* sh:lessThan over many values: the results are those of comparing every pair. */
#include "validation.h"

#include "host.h"
#include "xsd/compare.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* Literals of every kind that compares, and of some that do not: what is equal in one way and not
 * in another, what is in a partial order, what is ill-typed. */
static const char *const literals[] = {
    "1",
    "2",
    "-1",
    "0",
    "9007199254740993",
    "9007199254740992",
    "9007199254740992.5",
    "0.1",
    "0.10000000000000000001",
    "0.1e0",
    "0.1000000001",
    "1e0",
    "1e400",
    "\"0.1\"^^xsd:float",
    "\"9007199254740992\"^^xsd:float",
    "\"-0\"^^xsd:float",
    "\"16777217\"^^xsd:float",
    "16777217",
    "16777216.5",
    "\"NaN\"^^xsd:double",
    "\"INF\"^^xsd:double",
    "\"-INF\"^^xsd:float",
    "\"x\"^^xsd:integer",
    "\"7\"^^xsd:byte",
    "\"a\"",
    "\"b\"",
    "\"ab\"",
    "\"\"",
    "\"a\"@en",
    "\"a\"^^xsd:token",
    "ex:a",
    "true",
    "false",
    "\"1\"^^xsd:boolean",
    "\"a\"^^xsd:anyURI",
    "\"2020-01-01T00:00:00\"^^xsd:dateTime",
    "\"2020-01-01T10:00:00\"^^xsd:dateTime",
    "\"2020-01-01T00:00:00Z\"^^xsd:dateTime",
    "\"2020-01-01T14:30:00Z\"^^xsd:dateTime",
    "\"2019-12-31T09:00:00Z\"^^xsd:dateTime",
    "\"2020-01-01T00:00:00+14:00\"^^xsd:dateTimeStamp",
    "\"123456789012-01-01T00:00:00\"^^xsd:dateTime",
    "\"-123456789012-01-01T00:00:00Z\"^^xsd:dateTime",
    "\"2020-01-01\"^^xsd:date",
    "\"2020-01-02\"^^xsd:date",
    "\"2020-01-01Z\"^^xsd:date",
    "\"2020-01-01-12:00\"^^xsd:date",
    "\"10:00:00\"^^xsd:time",
    "\"23:00:00Z\"^^xsd:time",
    "\"01:00:00-05:00\"^^xsd:time",
    "\"2020\"^^xsd:gYear",
    "\"2019Z\"^^xsd:gYear",
    "\"--02\"^^xsd:gMonth",
    "\"---31\"^^xsd:gDay",
    "\"P1M\"^^xsd:duration",
    "\"P30D\"^^xsd:duration",
    "\"P31D\"^^xsd:duration",
    "\"P28D\"^^xsd:duration",
    "\"P27DT23H\"^^xsd:duration",
    "\"-P1M\"^^xsd:duration",
    "\"-P30DT0.5S\"^^xsd:duration",
    "\"P1Y\"^^xsd:yearMonthDuration",
    "\"P12M\"^^xsd:yearMonthDuration",
    "\"P365D\"^^xsd:dayTimeDuration",
    "\"P366D\"^^xsd:dayTimeDuration",
    "\"P4800M\"^^xsd:duration",
    "\"P146097D\"^^xsd:duration",
    "\"P146097DT0.1S\"^^xsd:duration",
    "\"P5M\"^^xsd:duration",
    "\"P150D\"^^xsd:duration",
    "\"P153D\"^^xsd:duration",
    "\"P152DT1S\"^^xsd:duration",
    "\"P99999999999999Y\"^^xsd:duration",
    "\"PT0S\"^^xsd:duration",
    "\"P0M\"^^xsd:duration",
};

/* A generator of numbers that are the same on every machine. */
static uint32_t
next_number(uint32_t *state, uint32_t limit)
{
    *state = *state * 1664525u + 1013904223u;
    return (*state >> 8) % limit;
}

static const char *
any_literal(uint32_t *state, char *buffer, size_t size)
{
    uint32_t choice = next_number(state, 4);

    if (choice == 0) {
        (void)snprintf(buffer, size, "\"%sP%uM%uDT%uS\"^^xsd:duration",
                       next_number(state, 2) ? "-" : "", (unsigned)next_number(state, 60),
                       (unsigned)next_number(state, 900), (unsigned)next_number(state, 3));
    } else if (choice == 1) {
        (void)snprintf(buffer, size, "\"2020-01-0%uT%02u:00:00%s\"^^xsd:dateTime",
                       (unsigned)(1 + next_number(state, 4)), (unsigned)next_number(state, 24),
                       next_number(state, 2) ? "Z" : "");
    } else {
        (void)snprintf(buffer, size, "%s", literals[next_number(state, COUNT_OF(literals))]);
    }
    return buffer;
}

/* The results that comparing each value of ex:p with each of ex:q gives. */
static uint64_t
count_pairs(const RpTestRun *run, RpTermId subject, RpTermId p, RpTermId q, bool may_be_equal)
{
    RpTripleRange values = rp_graph_objects(&run->data.graph, subject, p);
    RpTripleRange others = rp_graph_objects(&run->data.graph, subject, q);
    const RpDictionary *dictionary = &run->data.dictionary;
    uint64_t count = 0;

    for (const RpTriple *value = values.first; value < values.end; value++) {
        for (const RpTriple *other = others.first; other < others.end; other++) {
            RpTerm a = rp_dictionary_term(dictionary, value->object);
            RpTerm b = rp_dictionary_term(dictionary, other->object);
            RpTermId a_type = rp_dictionary_datatype(dictionary, value->object);
            RpTermId b_type = rp_dictionary_datatype(dictionary, other->object);
            RpOrder order = rp_value_compare(&a, a_type <= RP_VOCABULARY_COUNT ? a_type : 0, &b,
                                             b_type <= RP_VOCABULARY_COUNT ? b_type : 0);

            count += order != RP_ORDER_LESS && !(may_be_equal && order == RP_ORDER_EQUAL);
        }
    }
    return count;
}

static void
check_pairs(const char *data, bool may_be_equal)
{
    char shapes[200];
    RpTestRun run;

    (void)snprintf(shapes, sizeof(shapes),
                   "ex:S sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:lessThan%s ex:q ] .",
                   may_be_equal ? "OrEquals" : "");
    CHECK_STATUS(rp_test_run_begin(&run, shapes, data), RP_OK);
    CHECK_STATUS(rp_test_run_validate(&run), RP_OK);
    if (CHECK(run.data.graph.count > 0)) {
        RpTermId ids[3] = {0};
        const char *const names[] = {"http://ex/a", "http://ex/p", "http://ex/q"};

        for (uint32_t i = 0; i < 3; i++) {
            RpTerm term = rp_term_iri(rp_text_from(names[i]));

            ids[i] = rp_dictionary_find(&run.data.dictionary, &term);
        }
        CHECK_INT(run.report.total_count, count_pairs(&run, ids[0], ids[1], ids[2], may_be_equal));
        CHECK_INT(run.report.kept_count, run.report.total_count);
    }
    rp_test_run_end(&run);
}

RP_TEST(pairs_are_counted_as_if_compared)
{
    static char data[60000];

    for (uint32_t seed = 0; seed < 60; seed++) {
        uint32_t state = seed;
        uint32_t value_count = seed % 3 == 0 ? 1 + next_number(&state, 12) : 90;
        uint32_t other_count = 1 + next_number(&state, seed % 5 == 0 ? 5 : 120);
        size_t used = (size_t)snprintf(data, sizeof(data), "ex:a ex:p ");
        char literal[100];

        for (uint32_t i = 0; i < value_count + other_count; i++) {
            used += (size_t)snprintf(data + used, sizeof(data) - used, "%s%s",
                                     i == value_count ? " ; ex:q "
                                     : i > 0          ? ", "
                                                      : "",
                                     any_literal(&state, literal, sizeof(literal)));
        }
        (void)snprintf(data + used, sizeof(data) - used, " .");
        check_pairs(data, false);
        check_pairs(data, true);
    }
}

/* 5,000 times 5,000 pairs take some thousand turns, whether they are in order or not. */
RP_TEST(pairs_are_not_compared_one_by_one)
{
    static char data[150000];

    for (int low_first = 0; low_first < 2; low_first++) {
        size_t used = (size_t)snprintf(data, sizeof(data), "ex:a ex:p ");
        RpTestRun run;

        for (int i = 0; i < 10000; i++) {
            int number = (i < 5000) == (low_first != 0) ? i % 5000 : 10000 + i % 5000;

            used += (size_t)snprintf(data + used, sizeof(data) - used, "%s%d",
                                     i == 5000 ? " ; ex:q "
                                     : i > 0   ? ", "
                                               : "",
                                     number);
        }
        (void)snprintf(data + used, sizeof(data) - used, " .");
        CHECK_STATUS(rp_test_run_begin(&run,
                                       "ex:S sh:targetNode ex:a ; sh:property [ sh:path ex:p ;"
                                       " sh:lessThan ex:q ] .",
                                       data),
                     RP_OK);
        run.report.kept_limit = 10;
        rp_test_stop_after = 500;
        CHECK_STATUS(rp_test_run_validate(&run), RP_OK);
        rp_test_stop_after = -1;
        CHECK_INT(run.report.total_count, low_first ? 0 : 25000000);
        rp_test_run_end(&run);
    }
}

static RpValue
read_literal(const char *lexical, RpVocabulary datatype)
{
    RpTerm term = rp_term_literal(rp_text_from(lexical), rp_vocabulary_iri(datatype));
    RpValue value;

    rp_value_read(&term, datatype, &value);
    return value;
}

/* Durations of one kind are in a total order; the 4,800 months of a cycle make few kinds. */
RP_TEST(kinds_of_values_are_ordered)
{
    static uint32_t kinds[4800];
    uint32_t kind_count = 0;

    for (uint32_t month = 0; month < 4800; month++) {
        char lexical[20];
        RpValue value;
        uint32_t i = 0;

        (void)snprintf(lexical, sizeof(lexical), "P%uM", (unsigned)month);
        value = read_literal(lexical, RP_VOCABULARY_xsd_duration);
        CHECK(value.kind != 0);
        while (i < kind_count && kinds[i] != value.kind) {
            i++;
        }
        if (i == kind_count) {
            kinds[kind_count++] = value.kind;
        }
    }
    CHECK(kind_count > 1 && kind_count < 100);
    CHECK_INT(read_literal("NaN", RP_VOCABULARY_xsd_double).kind, 0);
    CHECK_INT(read_literal("x", RP_VOCABULARY_xsd_integer).kind, 0);
    CHECK(read_literal("1", RP_VOCABULARY_xsd_integer).kind ==
          read_literal("1.5", RP_VOCABULARY_xsd_decimal).kind);
    CHECK(read_literal("1", RP_VOCABULARY_xsd_float).kind !=
          read_literal("1", RP_VOCABULARY_xsd_double).kind);
}
