/* rdf/line_reader: what it reads is what the general reader reads, of every text. */
#include "rdf/dictionary.h"
#include "rdf/turtle_reader.h"
#include "rdf/turtle_writer.h"

#include "check.h"
#include "host.h"
#include "random_shapes.h"

enum { TEXT_COUNT = 6000, LINE_PLACES = RP_TERM_MARK_PLACES / 2 };

/*
 * Two lines that are one statement: no line of N-Triples, nor a statement as most are, so that the
 * general reader reads all that follows, and nothing that N-Quads lacks.
 */
#define NO_LINE "<urn:s> <urn:p> \"o\"\n@en .\n"
enum { NO_LINE_COUNT = 2, NO_LINE_TRIPLES = 1 };

static RpArena arena;

/* What a reading gives. */
typedef struct Reading {
    RpBuffer triples;     /* "line:column subject-line graph s p o\n" each */
    RpText graph;         /* of the triples that follow */
    uint32_t passed_over; /* triples and their lines that are not looked at */
    uint32_t line_count;
    uint32_t from_lines; /* triples that the line reader has read: only its predicates have such
                            marks */
    uint32_t marks[RP_TERM_MARK_PLACES];
    RpText marked[RP_TERM_MARK_PLACES];
    RpGraphsRead graphs_read;
    RpStatus status;
    RpError error;
} Reading;

/* Terms with the same mark are the same. */
static void
check_mark(Reading *reading, const RpTerm *term)
{
    uint32_t place = term->mark % RP_TERM_MARK_PLACES;

    if (term->mark == 0) {
        return;
    }
    if (reading->marks[place] == term->mark) {
        CHECK(rp_text_equals(reading->marked[place], term->lexical));
        return;
    }
    reading->marks[place] = term->mark;
    CHECK(rp_arena_copy_text(&arena, term->lexical, &reading->marked[place]));
}

static void
write_term(Reading *reading, const RpTerm *term)
{
    RpError error;

    CHECK_STATUS(rp_term_check(term, &error), RP_OK);
    rp_buffer_append_byte(&reading->triples, ' ');
    rp_term_write(&reading->triples, term);
}

static RpStatus
on_triple(void *state, const RpTerm *subject, const RpTerm *predicate, const RpTerm *object,
          RpPosition position, RpError *error)
{
    Reading *reading = state;

    check_mark(reading, subject);
    check_mark(reading, predicate);
    if (reading->passed_over > 0) {
        reading->passed_over--;
        return RP_OK;
    }
    reading->from_lines += predicate->mark % RP_TERM_MARK_PLACES >= LINE_PLACES;
    rp_buffer_append_format(
        &reading->triples, "%u:%u %u ", position.line - reading->line_count, position.column,
        position.subject_line > 0 ? position.subject_line - reading->line_count : 0);
    rp_buffer_append_text(&reading->triples, reading->graph);
    write_term(reading, subject);
    write_term(reading, predicate);
    write_term(reading, object);
    rp_buffer_append_byte(&reading->triples, '\n');
    return rp_buffer_status(&reading->triples, error);
}

static RpStatus
on_graph(void *state, const RpTerm *graph, RpError *error)
{
    Reading *reading = state;
    RpBuffer buffer;

    rp_buffer_init(&buffer, &arena);
    if (graph) {
        CHECK_STATUS(rp_term_check(graph, error), RP_OK);
        rp_term_write(&buffer, graph);
    }
    reading->graph = rp_buffer_text(&buffer);
    return RP_OK;
}

/* Read a text, or what follows the lines that are no lines. */
static Reading
read_text(RpText text, RpTurtleOptions options, bool is_behind_no_line)
{
    Reading reading = {.status = RP_OK};
    RpTripleSink sink = {.state = &reading, .triple = on_triple, .graph = on_graph};
    RpBuffer document;

    rp_buffer_init(&reading.triples, &arena);
    rp_buffer_init(&document, &arena);
    if (is_behind_no_line) {
        rp_buffer_append_string(&document, NO_LINE);
        reading.passed_over = options.graphs == RP_GRAPHS_ONE ? 0 : NO_LINE_TRIPLES;
        reading.line_count = NO_LINE_COUNT;
    }
    rp_buffer_append_text(&document, text);
    options.depth_limit = RP_TURTLE_DEPTH_LIMIT;
    options.prefix_limit = RP_TURTLE_PREFIX_LIMIT;
    options.graphs_read = &reading.graphs_read;
    reading.status =
        rp_turtle_read(&arena, rp_buffer_text(&document), &options, &sink, &reading.error);
    if (is_behind_no_line && options.graphs == RP_GRAPHS_ONE && reading.status == RP_OK) {
        reading.graphs_read.left_aside -= NO_LINE_TRIPLES;
    }
    return reading;
}

/* Read a text both ways. Returns how many triples the line reader has read. */
static uint32_t
check_same(RpText text, RpTurtleOptions options)
{
    Reading lines = read_text(text, options, false);
    Reading general = read_text(text, options, true);
    bool is_same = CHECK_STATUS(lines.status, general.status);

    is_same =
        CHECK(rp_text_equals(rp_buffer_text(&lines.triples), rp_buffer_text(&general.triples))) &&
        is_same;
    CHECK_INT(general.from_lines, 0);
    if (lines.status == RP_OK && general.status == RP_OK) {
        is_same = CHECK_INT(lines.graphs_read.left_aside, general.graphs_read.left_aside) &&
                  CHECK_INT(lines.graphs_read.has_chosen, general.graphs_read.has_chosen) &&
                  is_same;
    } else if (lines.status == RP_SYNTAX) {
        is_same = CHECK_TEXT(rp_text_from(lines.error.message), general.error.message) &&
                  CHECK_INT(lines.error.line, general.error.line - NO_LINE_COUNT) &&
                  CHECK_INT(lines.error.column, general.error.column) && is_same;
    }
    if (!is_same) {
        CHECK_TEXT(text, "the text that is read in two ways");
        CHECK_TEXT(rp_buffer_text(&lines.triples), lines.error.message);
        CHECK_TEXT(rp_buffer_text(&general.triples), general.error.message);
    }
    return lines.from_lines;
}

/* So many triples of a text are read as lines. */
static void
check_lines(const char *text, uint32_t count)
{
    RpTurtleOptions options = {.graphs = RP_GRAPHS_ALL};

    rp_arena_init(&arena, &rp_test_host, (size_t)1 << 26);
    if (!CHECK_INT(check_same(rp_text_from(text), options), count)) {
        CHECK_TEXT(rp_text_from(text), "");
    }
    rp_arena_free(&arena);
}

RP_TEST(line_reader_reads_lines)
{
    check_lines("<urn:a> <urn:b> <urn:c> .", 1);
    check_lines("<urn:a> <urn:b> <urn:c> .\n", 1);
    check_lines("\n# c\n\t<urn:a>\t<urn:b>\t<urn:c>\t.\t# c\r\n_:a <urn:b> _:c.\r\n\r\n", 2);
    check_lines("<urn:a><urn:b>\"c\".\n_:a.b<urn:b>_:c-.#\n<urn:a><urn:b>\"c\"@en.", 3);
    check_lines("<urn:a> <urn:b> \"\" .\n<urn:a> <urn:b> \"\\t\\\"\\u00e9\\U0001F600\" .\n", 2);
    check_lines("<urn:a> <urn:b> \"\xC3\xA9\"@en-GB .\n<urn:a> <urn:b> \"1\"^^<urn:d> .\n", 2);
    check_lines("<urn:\xC3\xA9> <urn:\xC3\xA9> <urn:%41> .\n"
                "<urn:\xC3\xA9> <urn:\xC3\xA9> _:\xC3\xA9 .\n",
                2);
    check_lines("<urn:a> <urn:b> <urn:c> <urn:g> .\n<urn:a> <urn:b> \"c\" _:g .\n"
                "<urn:a> <urn:b> \"c\" .\n",
                3);
    check_lines("<urn:a> <urn:b> \"c\" .\r<urn:a> <urn:b> \"d\" .\r", 2);
    check_lines("<urn:a> <urn:axy> \"1\"^^<urn:cxy> .\n<urn:a> <urn:bxy> \"1\"^^<urn:dxy> .\n"
                "_:a <urn:axy> \"1\"^^<urn:cxy> .\n_:ab <urn:axy> \"1\"^^<urn:cxy> .\n",
                4);
    check_lines("", 0);
    check_lines(" # c", 0);
}

/* A text of so many lines, with some bytes in the object of one of them. */
static RpText
long_text(RpBuffer *text, uint32_t line_count, uint32_t place, RpText bytes)
{
    rp_buffer_init(text, &arena);
    for (uint32_t line = 1; line <= line_count; line++) {
        rp_buffer_append_string(text, "<urn:a> <urn:b> \"");
        for (uint32_t i = 0; i < 24; i++) {
            rp_buffer_append_string(text, "\xC3\xA9");
        }
        if (line == place) {
            rp_buffer_append_text(text, bytes);
        }
        rp_buffer_append_string(text, "\" .\n");
    }
    return rp_buffer_text(text);
}

/* A long text is checked in pieces, and refused where it is wrong, however far that is. */
RP_TEST(line_reader_checks_all_lines)
{
    enum { LINE_COUNT = 6000, BAD_COLUMN = 17 + 24 + 1 };
    static const RpText bad[] = {RP_TEXT("\xC3"), RP_TEXT("\xE2\x80"), RP_TEXT("\0"),
                                 RP_TEXT("\xED\xA0\x80")};
    RpTurtleOptions options = {.graphs = RP_GRAPHS_REFUSED};

    for (uint32_t i = 0; i < 60; i++) {
        uint32_t place = 1 + i * 149 % LINE_COUNT;
        Reading reading;
        RpBuffer text;

        rp_arena_init(&arena, &rp_test_host, (size_t)1 << 28);
        reading = read_text(long_text(&text, i % 2 ? LINE_COUNT : place, place, bad[i % 4]),
                            options, false);
        CHECK_STATUS(reading.status, RP_SYNTAX);
        CHECK_TEXT(rp_text_from(reading.error.message),
                   i % 4 == 2 ? "not valid Turtle: the character U+0000 is not allowed"
                              : "not valid Turtle: the text is not valid UTF-8");
        CHECK_INT(reading.error.line, place);
        CHECK_INT(reading.error.column, BAD_COLUMN);
        rp_arena_free(&arena);
    }
}

/* From the first line that is none the general reader reads, and nobody sees where that was. */
RP_TEST(line_reader_leaves_other_lines)
{
    check_lines("<urn:a> <urn:b> <urn:c> .\n<urn:a> a <urn:c> .\n<urn:a> <urn:b> <urn:c> .\n", 1);
    check_lines("<urn:a> <urn:b> <urn:c> . <urn:a> <urn:b> <urn:c> .\n", 0);
    check_lines("_:a <urn:b> _:b1 .\n_:a <urn:b> [ <urn:b> _:b1 ] .\n", 1);
    check_lines("<urn:a> <urn:b> <urn:c> .\n@prefix : <urn:> .\n:a :b :c .\n", 1);
    check_lines("<urn:a> <urn:b> <urn:c> <urn:g> .\n@prefix : <urn:> .\n:a :b :c .\n", 1);
    check_lines("<urn:a> <urn:b> <urn:c> <urn:g> .\n<urn:a> <urn:b>\n<urn:d> <urn:g> .\n", 1);
    check_lines("<urn:a> <urn:b> <urn:c> <urn:g> .\n<urn:a> <urn:b>\n<urn:d> .\n", 1);
    check_lines("<urn:a> <urn:b> \"1\"^^<urn:b> .\n<urn:a> <urn:b> 1 .\n", 1);
    check_lines("<urn:a> <urn:b> \"c\" .\n<urn:a> <urn:b> \"\"\"c\"\"\" .\n", 1);
    check_lines("<urn:a> <urn:b> <urn:c> .5 .\n", 0);
    check_lines("<urn:a> <urn:b> <c> .\n", 0);
    check_lines("<urn:a> <urn:b> \"c\"@toolongasubtag .\n", 0);
    check_lines("<urn:a> <urn:b> "
                "\"c\"^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#langString> .\n",
                0);
    check_lines("<urn:a> <urn:b> \"\\ud800\" .\n", 0);
    check_lines("<urn:a> <urn:b> <urn:\\u0020> .\n", 0);
    check_lines("<urn:a> <urn:b> <urn:c>", 0);
    check_lines("<urn:a> <urn:b> \"c", 0);
    check_lines("<urn:a> <urn:b> _:c:d .\n", 0);
    check_lines("<urn:a> <urn:b> _:c.. \n", 0);
    check_lines(" \xEF\xBB\xBF<urn:a> <urn:b> <urn:c> .\n", 0);
    check_lines("\xEF\xBB\xAF", 0);
}

/* One of some pieces. */
static void
append_one(RpRandom *random, RpBuffer *text, const char *const *pieces, uint32_t count)
{
    rp_buffer_append_string(text, pieces[rp_random_below(random, count)]);
}

#define APPEND_ONE(random, text, pieces) \
    append_one(random, text, pieces, sizeof(pieces) / sizeof((pieces)[0]))

/* A line of N-Quads, more or less: now and then a piece is Turtle's, or nobody's. */
static void
append_line(RpRandom *random, RpBuffer *text)
{
    static const char *const subjects[] = {"<urn:a>",       "<urn:a>",        "<urn:bb>",
                                           "_:x",           "_:x1",           "_:b1",
                                           "<urn:\\u00e9>", "<urn:\xC3\xA9>", "_:\xC3\xA9"};
    static const char *const predicates[] = {
        "<urn:p>",       "<urn:p>",        "<urn:q>",       "<urn:pp>",
        "<urn:\\u0070>", "<urn:\xC3\xA9>", "<urn:%C3%A9x>", "<urn:p\xE2\x80\xAFq>"};
    static const char *const objects[] = {"<urn:o>",
                                          "_:x",
                                          "_:a.b",
                                          "\"\"",
                                          "\"text\"",
                                          "\"t\xC3\xA9xt\"",
                                          "\"a\\nb\\u00e9\"",
                                          "\"a\"@en",
                                          "\"a\"@de-AT",
                                          "\"1\"^^<urn:p>",
                                          "\"1\"^^<urn:\\u0070>",
                                          "\"1\"^^<http://www.w3.org/2001/XMLSchema#integer>"};
    static const char *const odd[] = {"1",
                                      "a",
                                      ":x",
                                      "[]",
                                      "( 1 )",
                                      "'x'",
                                      "\"\"\"x\ny\"\"\"",
                                      "<rel>",
                                      "true",
                                      "\"\\q\"",
                                      "<urn: >",
                                      "_:",
                                      "_:-",
                                      "\"x\"@",
                                      "\"x\"@en-",
                                      "\"x\" @en",
                                      "<urn:%4>",
                                      ".",
                                      ";",
                                      "\"x\"^^",
                                      "\"x\"^^1",
                                      "@prefix : <urn:> .",
                                      "{",
                                      "}"};
    static const char *const spaces[] = {" ", " ",  " ", " ", " ", " ",  " ",  " ",  " ",
                                         " ", "\t", "",  " ", " ", "\n", "\r", "  ", " #c\n"};
    static const char *const graphs[] = {
        "", "", "", "", "", "", "", "", "", "<urn:g> ", "_:g ", "<urn:h>", "<urn:\\u0067>"};
    static const char *const ends[] = {".\n", ".\n", ".\n", ".\n",         ".\n",   ".\n",
                                       ".\n", ".\n", ".\n", ". \n",        ".#c\n", ".\r\n",
                                       ".\r", ". ",  "",    " .\n# c\n\n", ".5\n"};
    uint32_t odd_place = rp_random_below(random, 40);

    APPEND_ONE(random, text, subjects);
    APPEND_ONE(random, text, spaces);
    APPEND_ONE(random, text, predicates);
    APPEND_ONE(random, text, spaces);
    if (odd_place == 0) {
        APPEND_ONE(random, text, odd);
    } else {
        APPEND_ONE(random, text, objects);
    }
    APPEND_ONE(random, text, spaces);
    APPEND_ONE(random, text, graphs);
    APPEND_ONE(random, text, ends);
}

/* Some bytes are others, are missing, or come twice. */
static void
mutate(RpRandom *random, RpBuffer *text)
{
    static const char bytes[] = "<>\"\\.@^_: \n\r\t#abu0-{}[]();,%'\x01\xC3\xA9\xFF";

    for (uint32_t left = rp_random_below(random, 3); left > 0 && text->length > 0; left--) {
        uint32_t place = rp_random_below(random, text->length);

        switch (rp_random_below(random, 3)) {
        case 0:
            text->data[place] = bytes[rp_random_below(random, sizeof bytes)];
            break;
        case 1:
            memmove(text->data + place, text->data + place + 1, text->length - place - 1);
            text->length--;
            break;
        default:
            rp_buffer_append_byte(text, ' ');
            memmove(text->data + place + 1, text->data + place, text->length - place - 1);
            break;
        }
    }
}

RP_TEST(line_reader_and_general_reader_agree)
{
    static const RpGraphChoice choices[] = {RP_GRAPHS_REFUSED, RP_GRAPHS_DEFAULT, RP_GRAPHS_ONE,
                                            RP_GRAPHS_ALL};
    RpRandom random = {20261127};
    uint32_t from_lines = 0;

    for (uint32_t i = 0; i < TEXT_COUNT; i++) {
        RpTurtleOptions options = {.graphs = choices[rp_random_below(&random, 4)],
                                   .graph_iri = RP_TEXT("urn:g")};
        RpBuffer text;

        rp_arena_init(&arena, &rp_test_host, (size_t)1 << 26);
        rp_buffer_init(&text, &arena);
        if (rp_random_below(&random, 3) == 0) {
            options.base_iri = RP_TEXT("http://e/");
        }
        if (rp_random_below(&random, 3) == 0) {
            options.blank_prefix = RP_TEXT("doc.");
        }
        for (uint32_t left = rp_random_below(&random, 8); left > 0; left--) {
            append_line(&random, &text);
        }
        if (rp_random_below(&random, 2) == 0) {
            mutate(&random, &text);
        }
        from_lines += check_same(rp_buffer_text(&text), options);
        rp_arena_free(&arena);
    }
    CHECK(from_lines > TEXT_COUNT / 4);
}

static void append_predicates(RpRandom *random, RpBuffer *text, uint32_t depth);

/* An object of Turtle, more or less. */
static void
append_object(RpRandom *random, RpBuffer *text, uint32_t depth)
{
    static const char *const objects[] = {"p:o",    "p:o.x",  "p:",           "<urn:o>",
                                          "_:x",    "1",      "-2.5",         "+3",
                                          "true",   "false",  "\"a\"",        "\"a\"@en",
                                          "p:o-1",  "p:_1",   "\"1\"^^p:int", "\"a\\\"b\"",
                                          "4.",     "1e3",    "'x'",          "q:o",
                                          "p:%41",  "p:\\-x", "\"x\" @en",    "p:\xC3\xA9",
                                          "truely", "p:o:x",  "tr:x",         "\"\"\"x\ny\"\"\"",
                                          "<rel>",  "true:x", "falsey:x",     "a"};
    uint32_t kind = rp_random_below(random, depth < 3 ? 12 : 8);

    if (kind < 8) {
        /* The first ones are the usual ones. */
        uint32_t count = rp_random_below(random, 12) > 0 ? 16 : sizeof objects / sizeof *objects;

        rp_buffer_append_string(text, objects[rp_random_below(random, count)]);
    } else if (kind < 10) {
        rp_buffer_append_string(text, "[ ");
        if (rp_random_below(random, 4) > 0) {
            append_predicates(random, text, depth + 1);
        }
        rp_buffer_append_string(text, "]");
    } else {
        rp_buffer_append_string(text, "(");
        for (uint32_t left = rp_random_below(random, 4); left > 0; left--) {
            rp_buffer_append_byte(text, ' ');
            append_object(random, text, depth + 1);
        }
        rp_buffer_append_string(text, " )");
    }
}

static void
append_predicates(RpRandom *random, RpBuffer *text, uint32_t depth)
{
    static const char *const predicates[] = {"a",   "p:p", "p:q", "<urn:p>", "p:q.r", "p:p",
                                             "p:p", "p:q", "p:p", "_:p",     "a:p",   "p:p"};
    static const char *const ends[] = {" ", " ", ";", " ;\n", "; ;", " # c\n ;"};
    const char *end;

    do {
        APPEND_ONE(random, text, predicates);
        rp_buffer_append_byte(text, rp_random_below(random, 5) == 0 ? '\n' : ' ');
        append_object(random, text, depth);
        while (rp_random_below(random, 4) == 0) {
            rp_buffer_append_string(text, rp_random_below(random, 2) == 0 ? " , " : ",");
            append_object(random, text, depth);
        }
        end = ends[rp_random_below(random, sizeof ends / sizeof *ends)];
        rp_buffer_append_string(text, end);
    } while (end[1] != '\0' || (end[0] == ';' && rp_random_below(random, 2) == 0));
}

static void
append_statement(RpRandom *random, RpBuffer *text)
{
    static const char *const subjects[] = {"p:s", "p:s1", "<urn:s>", "_:s", "p:t", "p:s",
                                           "p:s", "p:s",  "p:s",     "p:s", "[] ", "( 1 )"};
    static const char *const ends[] = {".\n", " .\n", ".", ". ", ".#c\n", ".\n\n", " .\r\n"};

    if (rp_random_below(random, 6) == 0) {
        static const char *const directives[] = {
            "@prefix p: <urn:x/> .\n",    "PREFIX p: <urn:y/>\n", "@prefix p: <urn:z/>. ",
            "@prefix tr: <urn:t/> .\n",   "prefix p: <urn:v/>\n", "@prefix p: <rel> .\n",
            "@prefix true: <urn:t/> .\n", "@prefix p:<urn:w#>.\n"};

        APPEND_ONE(random, text, directives);
    }
    APPEND_ONE(random, text, subjects);
    rp_buffer_append_byte(text, ' ');
    append_predicates(random, text, 0);
    APPEND_ONE(random, text, ends);
}

/* Statements of Turtle: what is read in place is what libserd reads. */
RP_TEST(statement_reader_and_general_reader_agree)
{
    RpRandom random = {20261126};

    for (uint32_t i = 0; i < TEXT_COUNT; i++) {
        RpTurtleOptions options = {.graphs = RP_GRAPHS_DEFAULT};
        RpBuffer text;

        rp_arena_init(&arena, &rp_test_host, (size_t)1 << 26);
        rp_buffer_init(&text, &arena);
        rp_buffer_append_string(&text, "@prefix p: <urn:p/> .\n");
        for (uint32_t left = 1 + rp_random_below(&random, 4); left > 0; left--) {
            append_statement(&random, &text);
        }
        if (rp_random_below(&random, 3) == 0) {
            mutate(&random, &text);
        }
        (void)check_same(rp_buffer_text(&text), options);
        rp_arena_free(&arena);
    }
}
