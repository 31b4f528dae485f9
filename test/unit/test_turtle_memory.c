/* rdf/turtle_memory and the marks that the reader gives: long terms are looked at once. */
#include "rdf/turtle_memory.h"

#include <stdio.h>
#include <stdlib.h>

#include "check.h"
#include "host.h"
#include "rdf/dictionary.h"
#include "turtle_text.h"

enum { LONG = 1000, TYPE = 1, OTHER_TYPE = 2 };

static RpArena arena;

/* A text of so many times one letter, in the arena. */
static RpText
text_of(char letter, uint32_t length)
{
    char *data = rp_arena_allocate(&arena, length + 1);

    if (!data) {
        abort();
    }
    memset(data, letter, length);
    data[length] = '\0';
    return (RpText){data, length};
}

/* Put a text into the memory's place for it. */
static void
remember(RpTurtleMemory *memory, RpText text, uint32_t offset, uint32_t frame)
{
    RpTurtleNode *node;

    rp_turtle_memory_find(memory, TYPE, text, offset, frame, &node);
    rp_buffer_init(&node->written, &arena);
    rp_buffer_append_text(&node->written, text);
    node->type = TYPE;
}

static bool
is_known(RpTurtleMemory *memory, RpText text, uint32_t offset, uint32_t frame)
{
    RpTurtleNode *node;

    return rp_turtle_memory_find(memory, TYPE, text, offset, frame, &node);
}

/* A text that is taken for another one of its length has not been looked at. */
RP_TEST(turtle_memory_looks_at_long_nodes_once)
{
    RpTurtleMemory memory = {0};
    RpTurtleNode *node;
    RpText a;
    RpText b;

    rp_arena_init(&arena, &rp_test_host, 1 << 20);
    a = text_of('a', LONG);
    b = text_of('b', LONG);
    CHECK(!is_known(&memory, a, 5000, 0));
    remember(&memory, a, 5000, 0);
    CHECK(is_known(&memory, b, 5999, 0));  /* too soon to be another */
    CHECK(is_known(&memory, a, 6998, 0));  /* counted from where it was met last */
    CHECK(!is_known(&memory, b, 7998, 0)); /* as many bytes as it has were read: compared */
    CHECK(is_known(&memory, a, 8998, 0));
    CHECK(!is_known(&memory, b, 8999, 7)); /* in a [ ]: compared, whatever was read */
    CHECK(!is_known(&memory, b, 8999, 0)); /* and behind it */
    CHECK(is_known(&memory, a, 9000, 0));
    CHECK(!is_known(&memory, text_of('a', LONG + 1), 9000, 0));
    CHECK(!rp_turtle_memory_find(&memory, OTHER_TYPE, a, 9000, 0, &node));
    remember(&memory, text_of('c', 64), 9000, 0); /* has a place of its own, and is compared */
    CHECK(!is_known(&memory, text_of('d', 64), 9000, 0));
    CHECK(is_known(&memory, text_of('c', 64), 9000, 0));
    CHECK(is_known(&memory, a, 9000, 0));
    rp_turtle_memory_clear(&memory);
    CHECK(!is_known(&memory, a, 9000, 0));
    rp_arena_free(&arena);
}

RP_TEST(dictionary_asks_marked_terms_once)
{
    RpDictionary dictionary;
    RpTerm first = rp_term_iri(RP_TEXT("http://e/1"));
    RpTerm second = rp_term_iri(RP_TEXT("http://e/2"));
    RpTermId first_id;
    RpTermId id;
    RpError error;

    rp_arena_init(&arena, &rp_test_host, 1 << 20);
    first.mark = second.mark = RP_TERM_MARK_PLACES + 3;
    rp_dictionary_init(&dictionary, &arena, NULL);
    CHECK_STATUS(rp_dictionary_add(&dictionary, &first, &first_id, &error), RP_OK);
    CHECK_STATUS(rp_dictionary_add(&dictionary, &second, &id, &error), RP_OK);
    CHECK_INT(id, first_id); /* whoever gives marks must not do this */
    rp_dictionary_forget_marks(&dictionary);
    CHECK_STATUS(rp_dictionary_add(&dictionary, &second, &id, &error), RP_OK);
    CHECK_INT(id, first_id + 1);
    first.mark += RP_TERM_MARK_PLACES;
    CHECK_STATUS(rp_dictionary_add(&dictionary, &first, &id, &error), RP_OK);
    CHECK_INT(id, first_id);
    rp_arena_free(&arena);
}

/* What a reading's marks stand for: the texts of the terms that came with them last. */
typedef struct Marks {
    RpText terms[RP_TERM_MARK_PLACES];
    uint32_t marks[RP_TERM_MARK_PLACES];
    uint32_t changes[RP_TERM_MARK_PLACES]; /* of a place's mark */
    uint32_t change_count;                 /* of all */
    uint32_t count;                        /* triples */
} Marks;

static void
check_mark(Marks *marks, const RpTerm *term)
{
    uint32_t place = term->mark % RP_TERM_MARK_PLACES;

    if (term->mark == 0) {
        CHECK(term->lexical.length < 64); /* what is long is not looked at twice */
        return;
    }
    if (marks->marks[place] == term->mark) {
        CHECK(rp_text_equals(marks->terms[place], term->lexical));
        return;
    }
    marks->changes[place]++;
    marks->change_count++;
    marks->marks[place] = term->mark;
    CHECK(rp_arena_copy_text(&arena, term->lexical, &marks->terms[place]));
}

static RpStatus
take_marks(void *state, const RpTerm *subject, const RpTerm *predicate, const RpTerm *object,
           RpPosition position, RpError *error)
{
    Marks *marks = state;

    (void)position;
    (void)error;
    check_mark(marks, subject);
    check_mark(marks, predicate);
    if (object->mark != 0) {
        check_mark(marks, object);
    }
    marks->count++;
    return RP_OK;
}

/* Read head, the piece so many times, and tail. %a to %d stand for IRIs of LONG bytes. */
static Marks
read_marks(const char *head, const char *piece, uint32_t count, const char *tail)
{
    RpTripleSink sink = {.triple = take_marks};
    RpTurtleOptions options = {.depth_limit = 10, .prefix_limit = 10};
    Marks marks = {.count = 0};
    RpBuffer buffer;
    RpError error;

    rp_buffer_init(&buffer, &arena);
    for (uint32_t i = 0; i < count + 2; i++) {
        for (const char *c = i == 0 ? head : i <= count ? piece : tail; *c != '\0'; c++) {
            if (*c == '%') {
                rp_buffer_append_string(&buffer, "<urn:");
                rp_buffer_append_text(&buffer, text_of(*++c, LONG));
                rp_buffer_append_byte(&buffer, '>');
            } else {
                rp_buffer_append_byte(&buffer, *c);
            }
        }
    }
    sink.state = &marks;
    if (!CHECK_STATUS(rp_turtle_read(&arena, rp_buffer_text(&buffer), &options, &sink, &error),
                      RP_OK)) {
        CHECK_TEXT(rp_text_from(head), error.message);
    }
    return marks;
}

RP_TEST(turtle_marks_are_terms)
{
    Marks marks;

    rp_arena_init(&arena, &rp_test_host, 1 << 28);
    marks = read_marks("%a %b 0", ", 1", 1000, " .");
    CHECK_INT(marks.count, 1001);
    CHECK_INT(marks.change_count, 2);
    marks =
        read_marks("@prefix p: %a . p:x p:z 0", ", [ <urn:q> 1 ; <urn:r> 2 ] , ( 2 )", 1000, " .");
    CHECK_INT(marks.count, 6001);
    CHECK_INT(marks.changes[15], 1); /* p:z, by its end, where no other is */
    CHECK_INT(marks.changes[RP_TURTLE_MEMORY_PLACES + 1], 1); /* p:x */
    marks = read_marks("%a %b 0 ; %c 1 . %b %c 0 . %a %b", " 1 ; %b 2 ; %c", 10, " 1 .");
    CHECK_INT(marks.count, 24);
    /* An outer predicate comes back behind an inner one of its length. */
    marks = read_marks("%a %b [ %c 1 ; %d 2 ], 3", ", [ %c 1, [ %d 2 ], 4 ], 5", 10, " .");
    CHECK_INT(marks.count, 64);
    marks = read_marks("[ %b [ %c 1 ], 2 ]", " %d [ %b [ %b 1 ], 2 ] . []", 10, " %a 1 .");
    CHECK_INT(marks.count, 44);
    marks = read_marks("_:x <urn:p> 1 . _:y <urn:p> 1 .",
                       "@prefix p: %a . p:x p:x 1 ."
                       "@prefix p: %b . p:x p:x 1 .",
                       10, "@base <urn:a/> . <x> <x> 1 . @base <urn:b/> . <x> <x> 1 .");
    CHECK_INT(marks.count, 24);
    rp_arena_free(&arena);
}

/* Few bytes that stand for many are refused before these are there. */
RP_TEST(turtle_written_out_names_are_bounded)
{
    static const char *const documents[] = {
        "@prefix p: <urn:%> . <urn:s> <urn:p> p:1, p:2, p:1", "@base <urn:%/> . <a> <b> <c>",
        "@base <urn:%/> . </a> </b> </c>",
        "@prefix p: <urn:%> . <urn:s> <urn:p> '1'^^p:1, '2'^^p:2, '3'^^p:3",
        "<urn:s> <urn:p> _:b%, [], [], []"};
    RpTestTurtle turtle;
    char prefix[5000];
    char document[6000];

    memset(prefix, 'b', sizeof(prefix) - 1);
    prefix[sizeof(prefix) - 1] = '\0';
    for (size_t i = 0; i < sizeof(documents) / sizeof(documents[0]); i++) {
        const char *place = strchr(documents[i], '%');

        snprintf(document, sizeof(document), "%.*s%s%s%s", (int)(place - documents[i]),
                 documents[i], prefix, place + 1, " .");
        rp_test_turtle_begin(&turtle);
        CHECK_STATUS(rp_test_turtle_read(&turtle, rp_text_from(document)), RP_OK);
        turtle.arena.limit_bytes = 10 * sizeof(prefix);
        CHECK_STATUS(rp_test_turtle_read(&turtle, rp_text_from(document)), RP_TOO_LARGE);
        rp_test_turtle_end(&turtle);
        rp_test_turtle_begin(&turtle);
        turtle.arena.limit_bytes = 16 * sizeof(prefix);
        CHECK_STATUS(rp_test_turtle_read(&turtle, rp_text_from(document)), RP_TOO_LARGE);
        CHECK(strstr(turtle.error.detail, "is written out again and again") != NULL);
        CHECK(turtle.arena.used_bytes < turtle.arena.limit_bytes);
        rp_test_turtle_end(&turtle);
    }
}
