/* rdf/turtle_reader under documents and hosts that mean harm, and over the sizes where libserd 0.30
 * goes wrong. */
#include <stdio.h>
#include <stdlib.h>

#include "check.h"
#include "host.h"
#include "turtle_text.h"

/* head, then piece count times, then tail. To be freed. */
static RpText
repeat(const char *head, const char *piece, uint32_t count, const char *tail)
{
    size_t head_length = strlen(head);
    size_t piece_length = strlen(piece);
    size_t length = head_length + piece_length * count + strlen(tail);
    char *data = malloc(length + 1);

    if (!data) {
        abort();
    }
    memcpy(data, head, head_length);
    for (uint32_t i = 0; i < count; i++) {
        memcpy(data + head_length + piece_length * i, piece, piece_length);
    }
    memcpy(data + head_length + piece_length * count, tail, strlen(tail) + 1);
    return (RpText){data, (uint32_t)length};
}

/* Read such a document; its triples are counted. */
static RpStatus
read_repeated(const char *head, const char *piece, uint32_t count, const char *tail,
              RpTestTurtle *turtle)
{
    RpText document = repeat(head, piece, count, tail);
    RpStatus status;

    rp_test_turtle_begin(turtle);
    status = rp_test_turtle_read(turtle, document);
    rp_test_turtle_end(turtle);
    free((void *)document.data);
    return status;
}

RP_TEST(turtle_nesting_is_bounded)
{
    static const struct {
        const char *piece;
        uint32_t depth;  /* levels in one piece */
        uint32_t column; /* of the 129th level, after 12 characters */
    } cases[] = {
        {"[ <b:> ", 1, 12 + 128 * 7 + 1},
        {"(", 1, 12 + 128 + 1},
        {"([ <b:> ", 2, 12 + 64 * 8 + 1},
    };
    RpTestTurtle turtle;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        CHECK_STATUS(read_repeated("<a:> <b:>   ", cases[i].piece, 1000000, "", &turtle),
                     RP_TOO_DEEP);
        CHECK_INT(turtle.error.line, 1);
        CHECK_INT(turtle.error.column, cases[i].column);
    }
    CHECK_STATUS(read_repeated("", "(", 1000000, "", &turtle), RP_TOO_DEEP);
    CHECK_STATUS(read_repeated("<a:> <b:> ", "[]", 1, "", &turtle), RP_SYNTAX);
    CHECK_STATUS(read_repeated("", "[", 1000000, "", &turtle), RP_SYNTAX);
    CHECK_STATUS(read_repeated("<a:> <b:> 1", ")", 1000000, "", &turtle), RP_SYNTAX);
    CHECK_STATUS(read_repeated("", "<a:> <b:> [ <c:> ( ) ] . ", 1000, "", &turtle), RP_OK);
    CHECK_INT(turtle.count, 2000);
}

RP_TEST(turtle_depth_limit_is_exact)
{
    RpTestTurtle turtle;

    rp_test_turtle_begin(&turtle);
    turtle.options.depth_limit = 3;
    CHECK_STATUS(rp_test_turtle_read(&turtle, RP_TEXT("<a:> <b:> ([<c:> (1)]) .")), RP_OK);
    CHECK_STATUS(rp_test_turtle_read(&turtle, RP_TEXT("<a:> <b:> ([<c:> ((1))]) .")), RP_TOO_DEEP);
    CHECK_STATUS(rp_test_turtle_read(&turtle, RP_TEXT("<a:> <b:> '((((', <x:((((> .# (((((")),
                 RP_OK);
    rp_test_turtle_end(&turtle);
}

/* Comments and strings that end around the 4096 bytes of libserd's page, without a final newline.
 */
RP_TEST(turtle_documents_around_a_page)
{
    RpTestTurtle turtle;

    for (uint32_t size = 4070; size < 4130; size++) {
        CHECK_STATUS(read_repeated("<a:> <b:> '", "x", size - 14, "' .", &turtle), RP_OK);
        CHECK_INT(turtle.count, 1);
        CHECK_STATUS(read_repeated("<a:> <b:> <c:>.#", "x", size, "", &turtle), RP_OK);
        CHECK_INT(turtle.count, 1);
        CHECK_STATUS(read_repeated("<a:> <b:> '''", "'\"", size / 2, "''' .", &turtle), RP_OK);
        CHECK_INT(turtle.count, 1);
        CHECK_STATUS(read_repeated("<a:> <b:> <x:", "x", size, "\\u0041>.", &turtle), RP_OK);
        CHECK_INT(turtle.count, 1);
        CHECK_STATUS(read_repeated("<a:> <b:> _:x", ".x", size / 2, ".", &turtle), RP_OK);
        CHECK_INT(turtle.count, 1);
    }
    CHECK_STATUS(read_repeated("", "<a:> <b:> 5.", 5000, "", &turtle), RP_OK);
    CHECK_INT(turtle.count, 5000);
}

RP_TEST(turtle_long_documents_are_read_in_linear_time)
{
    RpTestTurtle turtle;

    CHECK_STATUS(read_repeated("<a:> <b:> _:x", ".", 1000000, "", &turtle), RP_SYNTAX);
    CHECK_STATUS(read_repeated("# ", "x", 1000000, "", &turtle), RP_OK);
    CHECK_STATUS(read_repeated("<a:> <b:> \"\"\"", "\"\" ", 300000, "\"\"\" .", &turtle), RP_OK);
    CHECK_STATUS(read_repeated("<a:> <b:> 1", "1", 1000000, ".", &turtle), RP_OK);
    CHECK_STATUS(read_repeated("<a:> <b:> _:", "b", 100000, ", [] .", &turtle), RP_OK);
    CHECK_STATUS(read_repeated("<a:> <b:> ", "[], ", 100000, "1 .", &turtle), RP_OK);
    CHECK_STATUS(read_repeated("@base <http://e/", "a/", 1000, "> . <../../x> <b> <c> .", &turtle),
                 RP_OK);
    CHECK_STATUS(read_repeated("@base <http://e/> . <", "../", 300000, "x> <b> <c> .", &turtle),
                 RP_OK);
}

RP_TEST(turtle_prefixes_are_limited)
{
    RpTestTurtle turtle;
    char document[64 * 1024];
    size_t length = 0;

    for (int i = 0; i < RP_TURTLE_PREFIX_LIMIT; i++) {
        length += (size_t)snprintf(document + length, sizeof(document) - length,
                                   "@prefix p%d: <http://e/%d/> .\n", i, i);
    }
    rp_test_turtle_begin(&turtle);
    length += (size_t)snprintf(document + length, sizeof(document) - length,
                               "@prefix p7: <http://e/> . p7:a p999:b p0:c .\n");
    CHECK_STATUS(rp_test_turtle_read(&turtle, (RpText){document, (uint32_t)length}), RP_OK);
    CHECK_TEXT(rp_buffer_text(&turtle.triples), "<a> <999/b> <0/c>\n");
    snprintf(document + length, sizeof(document) - length, "@prefix q: <http://e/> .");
    CHECK_STATUS(rp_test_turtle_read(&turtle, rp_text_from(document)), RP_TOO_LARGE);
    CHECK_INT(turtle.error.line, 1002);
    rp_test_turtle_end(&turtle);
}

RP_TEST(turtle_reading_can_be_stopped)
{
    static const char *const pieces[] = {"<a:> <b:> <c:> .\n", "# comment\n", "[] <b:> (1) ."};
    RpTestTurtle turtle;

    for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++) {
        rp_test_stop_after = 1;
        CHECK_STATUS(read_repeated("", pieces[i], 1000000, "", &turtle), RP_INTERRUPTED);
    }
    rp_test_stop_after = 1;
    CHECK_STATUS(read_repeated("", " ", 20000000, "", &turtle), RP_INTERRUPTED);
    rp_test_stop_after = 1;
    CHECK_STATUS(read_repeated("<a:> <b:> '''", "x", 20000000, "''' .", &turtle), RP_INTERRUPTED);
    rp_test_stop_after = 0;
    CHECK_STATUS(read_repeated("<a:> <b:> \"", "\\t", 3000, "\" .", &turtle), RP_INTERRUPTED);
    rp_test_stop_after = -1;
}

static const char every_construct[] =
    "@prefix : <http://e/> . @base <http://e/> . PREFIX x: <y#>\n"
    "_:b1 a <rel>, [ :p (1 2.5 'x'@en), \"\"\"a\"\\nb\"\"\"^^x:d ] ; :q true .\n"
    "x:1 x:2 x:3, x:4, <../a/./b> . [] :p _:x.";

RP_TEST(turtle_survives_missing_memory)
{
    RpTestTurtle turtle;
    RpStatus status = RP_OUT_OF_MEMORY;
    RpText document =
        repeat(every_construct, "<http://e/abcdefghijklmnopqrstuvwxyz> a _:y .", 2000, "");
    long n;

    for (n = 1; status != RP_OK && n < 1000; n++) {
        rp_test_turtle_begin(&turtle);
        rp_test_fail_allocation_after = n;
        status = rp_test_turtle_read(&turtle, document);
        rp_test_fail_allocation_after = -1;
        CHECK(status == RP_OK || status == RP_OUT_OF_MEMORY);
        rp_test_turtle_end(&turtle);
    }
    CHECK_STATUS(status, RP_OK);
    CHECK(n > 4);
    CHECK_INT(turtle.count, 2015);
    status = RP_TOO_LARGE;
    for (size_t limit = 0; status != RP_OK && limit < 10000000; limit = limit * 5 / 4 + 1000) {
        rp_test_turtle_begin(&turtle);
        turtle.arena.limit_bytes = limit;
        status = rp_test_turtle_read(&turtle, document);
        CHECK(status == RP_OK || status == RP_TOO_LARGE);
        rp_test_turtle_end(&turtle);
    }
    CHECK_STATUS(status, RP_OK);
    free((void *)document.data);
}

/* Every document that is one byte away from a good one is read or refused, and nothing is left
 * behind. */
RP_TEST(turtle_survives_changed_bytes)
{
    static const char bytes[] = "\0\n\"'<>[](){}.:;,@#\\_=^a5-%\x80\xC3\xFF";
    char document[sizeof(every_construct)];
    RpTestTurtle turtle;

    for (size_t place = 0; place + 1 < sizeof(document); place++) {
        for (size_t i = 0; i + 1 < sizeof(bytes); i++) {
            RpStatus status;

            memcpy(document, every_construct, sizeof(document));
            document[place] = bytes[i];
            rp_test_turtle_begin(&turtle);
            status = rp_test_turtle_read(&turtle, (RpText){document, sizeof(document) - 1});
            CHECK(status == RP_OK || (status == RP_SYNTAX && turtle.error.line > 0));
            rp_test_turtle_end(&turtle);
        }
        rp_test_turtle_begin(&turtle);
        CHECK(rp_test_turtle_read(&turtle, (RpText){every_construct, (uint32_t)place}) <=
              RP_SYNTAX);
        rp_test_turtle_end(&turtle);
    }
}
