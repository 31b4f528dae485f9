/*
 * Shapes text and data text to a report, for the tests of validate and components. Both texts are
 * Turtle, and have the prefixes ex: (http://ex/), sh:, xsd:, rdf:, rdfs: and dash: declared
 * already.
 */
#ifndef RP_TEST_VALIDATION_H
#define RP_TEST_VALIDATION_H

#include "check.h"
#include "validate/validator.h"

/* One validation that is made step by step; end it whatever happened. */
typedef struct RpTestRun {
    RpArena arena;
    RpImage image;
    RpDataGraph data;
    RpReport report; /* keeps everything; to be changed before rp_test_run_validate */
    RpError error;
} RpTestRun;

/* A text with the prefixes before it; empty where memory ends. */
RpText rp_test_with_prefixes(RpArena *arena, const char *text);

/* Compile the shapes and read the data, into an unfrozen graph. */
RpStatus rp_test_run_begin(RpTestRun *run, const char *shapes, const char *data);
/* The same with another limit for shapes within shapes. */
RpStatus rp_test_run_begin_deep(RpTestRun *run, const char *shapes, const char *data,
                                uint32_t depth_limit);
/* Validate, and find the details that the report keeps. */
RpStatus rp_test_run_validate(RpTestRun *run);
void rp_test_run_end(RpTestRun *run);

/*
 * The whole: the results, one line each, the lines sorted, as
 *
 *     focus node | path | component | value | severity | source shape
 *
 * with IRIs as ex:a, an absent path or value as -, a blank source shape as []. "conforms" where
 * there is none. An error gives its status and message. The text lives until the next call.
 */
const char *rp_test_report(const char *shapes, const char *data);

/* The same, of what is left of the shapes when what cannot be enforced is left out. */
const char *rp_test_report_leaving_out(const char *shapes, const char *data);

/* The messages of the results instead, in the same manner. */
const char *rp_test_messages(const char *shapes, const char *data);

/* What compiling the shapes gives. */
RpStatus rp_test_compile(const char *shapes);

#define CHECK_REPORT(shapes, data, expected) \
    CHECK_TEXT(rp_text_from(rp_test_report((shapes), (data))), (expected))
#define CHECK_MESSAGES(shapes, data, expected) \
    CHECK_TEXT(rp_text_from(rp_test_messages((shapes), (data))), (expected))
#define CHECK_COMPILE(shapes, expected) CHECK_STATUS(rp_test_compile(shapes), (expected))

#endif
