/*
 * validate/result_place: the place of a result is the first in the document that its header file
 * says, whatever the log keeps: held against a list of all triples, which is looked through for
 * each result, by chance, from fixed seeds.
 */
#include "validate/result_place.h"

#include "host.h"
#include "random_shapes.h"
#include "rdf/turtle_reader.h"
#include "validate/last_step.h"
#include "validation.h"

enum { CASES = 3000, STATEMENTS = 16, TRIPLE_LIMIT = 1000 };

/* A triple as it was read. */
typedef struct Read {
    RpTerm subject, predicate, object;
    RpPosition position;
} Read;

/* A document that is read both into the log and into a list. */
typedef struct Document {
    RpTestRun *run;
    RpPlaceLog *log;
    Read triples[TRIPLE_LIMIT];
    uint32_t count;
    RpLastSteps steps;
} Document;

/* How often which triple was the place. */
typedef enum Rank { VALUE, PATH, SUBJECT, OBJECT, NOWHERE, RANKS } Rank;

static uint64_t found[RANKS];
static uint64_t aside; /* of those, places that are no triple of the data graph */

/* One of some texts, in which % is a number below 4. */
static void
append_one(RpRandom *random, RpBuffer *text, const char *const *choices, uint32_t count)
{
    for (const char *c = choices[rp_random_below(random, count)]; *c; c++) {
        if (*c == '%') {
            rp_buffer_append_format(text, "%u", (unsigned)rp_random_below(random, 4));
        } else {
            rp_buffer_append_byte(text, *c);
        }
    }
}

#define APPEND_ONE(random, text, ...)                                \
    append_one((random), (text), (const char *const[]){__VA_ARGS__}, \
               sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))

#define NODE "<http://ex/n%> "
#define READ_BY_SOME "<http://ex/p%> "
#define READ_BY_NONE "<http://ex/aside%> "
#define TYPE "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://ex/C%> "

/* A triple on a line. */
static void
append_line(RpRandom *random, RpBuffer *text)
{
    APPEND_ONE(random, text, NODE, NODE, NODE, "_:x% ");
    APPEND_ONE(random, text, READ_BY_SOME NODE, READ_BY_SOME NODE, READ_BY_NONE NODE, TYPE,
               READ_BY_NONE "_:x% ", READ_BY_SOME "_:x% ", READ_BY_NONE "\"a\"@EN ",
               READ_BY_SOME "\"a\"@en ", READ_BY_NONE "\"a\" ", READ_BY_SOME "\"a\" ",
               READ_BY_SOME "\"%\"^^<http://www.w3.org/2001/XMLSchema#integer> ",
               READ_BY_NONE "\"%\"^^<http://www.w3.org/2001/XMLSchema#integer> ");
    rp_buffer_append_string(text, ".\n");
}

/* What follows a subject, with nodes that have no label. */
static void
append_properties(RpRandom *random, RpBuffer *text, uint32_t depth)
{
    uint32_t count = 1 + rp_random_below(random, 3);

    for (uint32_t i = 0; i < count; i++) {
        APPEND_ONE(random, text, i > 0 ? ";\n" : " ", i > 0 ? "; " : "\n");
        if (depth > 0 && rp_random_below(random, 3) == 0) {
            APPEND_ONE(random, text, READ_BY_SOME "[ ", READ_BY_NONE "[\n");
            append_properties(random, text, depth - 1);
            rp_buffer_append_string(text, "] ");
        } else {
            APPEND_ONE(random, text, READ_BY_SOME NODE ",\n" NODE, READ_BY_NONE NODE ",\n\"%\" ",
                       TYPE, READ_BY_SOME "% ", READ_BY_NONE "% ", READ_BY_NONE "( % " NODE ") ",
                       READ_BY_SOME "\"a\"@En ", READ_BY_NONE "_:x% ");
        }
    }
}

static void
append_document(RpRandom *random, RpBuffer *text)
{
    bool has_lines = rp_random_below(random, 2) == 0;

    /* libserd reads what follows a long string. */
    APPEND_ONE(random, text, "", "", NODE READ_BY_NONE "\"\"\"long\n\"\"\" .\n");
    for (uint32_t i = 0; i < STATEMENTS; i++) {
        if (has_lines || rp_random_below(random, 3) == 0) {
            append_line(random, text);
        } else {
            APPEND_ONE(random, text, NODE, NODE, "_:x% ", "[] ");
            append_properties(random, text, 2);
            rp_buffer_append_string(text, ".\n");
        }
    }
}

static bool
copy_term(RpArena *arena, const RpTerm *term, RpTerm *copy)
{
    *copy = *term;
    return rp_arena_copy_text(arena, term->lexical, &copy->lexical) &&
           rp_arena_copy_text(arena, term->datatype, &copy->datatype) &&
           rp_arena_copy_text(arena, term->language, &copy->language);
}

static RpStatus
on_triple(void *state, const RpTerm *subject, const RpTerm *predicate, const RpTerm *object,
          RpPosition position, RpError *error)
{
    Document *document = state;
    Read *read = &document->triples[document->count++];

    CHECK(document->count < TRIPLE_LIMIT);
    read->position = position;
    CHECK(copy_term(&document->run->arena, subject, &read->subject) &&
          copy_term(&document->run->arena, predicate, &read->predicate) &&
          copy_term(&document->run->arena, object, &read->object));
    return rp_place_log_add(document->log, subject, predicate, object, position, error);
}

/* Whether a term of the document is that of an id; RP_TERM_NONE: any is. */
static bool
is_term(const Document *document, const RpTerm *term, RpTermId id)
{
    const RpDictionary *dictionary = &document->run->data.dictionary;
    RpTerm asked;

    if (id == RP_TERM_NONE) {
        return true;
    }
    asked = rp_dictionary_term(dictionary, id);
    return rp_term_equals(term, &asked) &&
           (asked.kind != RP_BLANK || id >= rp_dictionary_first_own(dictionary));
}

/* Whether the data graph, which is not frozen yet, has the triples that shapes read, in their
 * order. */
static bool
has_triples(const Document *document)
{
    const RpDataGraph *data = &document->run->data;
    uint32_t count = 0;
    bool is_right = true;

    for (uint32_t i = 0; i < document->count && is_right; i++) {
        const Read *read = &document->triples[i];
        RpTermId predicate = rp_dictionary_find(&data->dictionary, &read->predicate);

        if (rp_image_reads(&document->run->image,
                           predicate < rp_dictionary_first_own(&data->dictionary) ? predicate
                                                                                  : 0)) {
            RpTriple triple = data->graph.by_subject[count++];

            is_right = CHECK(count <= data->graph.count && triple.predicate == predicate &&
                             is_term(document, &read->subject, triple.subject) &&
                             is_term(document, &read->object, triple.object));
        }
    }
    return is_right && CHECK_INT(data->graph.count, count);
}

/* The line of the first triple of a pattern: of an object, or of a statement of its subject. */
static uint32_t
first_line(const Document *document, RpTriple pattern, bool is_statement)
{
    for (uint32_t i = 0; i < document->count; i++) {
        const Read *read = &document->triples[i];
        uint32_t line = is_statement ? read->position.subject_line : read->position.line;

        if (line != 0 && is_term(document, &read->subject, pattern.subject) &&
            is_term(document, &read->predicate, pattern.predicate) &&
            is_term(document, &read->object, pattern.object)) {
            return line;
        }
    }
    return 0;
}

/* The predicate that a path is, or the inverse of; RP_TERM_NONE: another one. */
static RpTermId
predicate_of(const RpImage *image, const RpResult *result, bool *is_inverse)
{
    const RpImagePath *path = result->path != 0 ? &image->paths[result->path - 1] : NULL;

    *is_inverse = path != NULL && path->kind == RP_PATH_INVERSE;
    path = *is_inverse ? &image->paths[image->ids[path->first_part]] : path;
    return path != NULL && path->kind == RP_PATH_PREDICATE ? path->predicate
                                                           : result->path_predicate;
}

/* The place of a result, by the words of result_place.h. */
static uint32_t
expected_line(Document *document, const RpResult *result, Rank *rank)
{
    RpTriple patterns[NOWHERE] = {
        [SUBJECT] = {.subject = result->focus}, [OBJECT] = {.object = result->focus}};
    bool is_inverse;
    RpTermId predicate = predicate_of(&document->run->image, result, &is_inverse);
    uint32_t line = 0;

    if (predicate != RP_TERM_NONE) {
        patterns[PATH] = is_inverse ? (RpTriple){RP_TERM_NONE, predicate, result->focus}
                                    : (RpTriple){result->focus, predicate, RP_TERM_NONE};
        patterns[VALUE] = is_inverse ? (RpTriple){result->value, predicate, result->focus}
                                     : (RpTriple){result->focus, predicate, result->value};
    } else if (result->path != 0 && result->value != RP_TERM_NONE) {
        RpError error;

        CHECK_STATUS(rp_last_step_find(&document->steps, result->path - 1, result->focus,
                                       result->value, &patterns[VALUE], &error),
                     RP_OK);
    }
    for (*rank = VALUE; *rank < NOWHERE; (*rank)++) {
        RpTriple pattern = patterns[*rank];

        if (pattern.subject != RP_TERM_NONE || pattern.object != RP_TERM_NONE) {
            line = first_line(document, pattern, *rank == SUBJECT);
        }
        if (line != 0) {
            break;
        }
    }
    return line;
}

/* Whether a line has a triple of the data graph, or of none. */
static bool
is_aside(const Document *document, uint32_t line)
{
    for (uint32_t i = 0; i < document->count; i++) {
        if (document->triples[i].position.line == line &&
            rp_text_starts_with(document->triples[i].predicate.lexical, RP_TEXT("http://ex/a"))) {
            return true;
        }
    }
    return false;
}

static bool
check_results(Document *document, const RpResult *result)
{
    bool is_right = true;

    for (; result != NULL; result = result->next) {
        Rank rank;
        uint32_t line = expected_line(document, result, &rank);

        is_right = CHECK_INT(result->line, line) && is_right;
        found[rank]++;
        aside += rank >= SUBJECT && is_aside(document, line);
        is_right = check_results(document, result->details) && is_right;
    }
    return is_right;
}

/* The places of the results of a document, whose shapes are compiled. From some triple on terms
 * get their ids together. */
static bool
check_document(RpTestRun *run, RpText text, uint32_t waits_from)
{
    static Document document;
    RpTurtleOptions options = {.depth_limit = RP_TURTLE_DEPTH_LIMIT,
                               .prefix_limit = RP_TURTLE_PREFIX_LIMIT};
    RpTripleSink sink = {.state = &document, .triple = on_triple};
    RpArena log_arena;
    RpPlaceLog log;
    bool is_right;

    rp_arena_init(&log_arena, &rp_test_host, (size_t)1 << 26);
    rp_place_log_init(&log, &run->data, &log_arena);
    document = (Document){.run = run, .log = &log};
    run->data.waits_from = waits_from;
    is_right =
        CHECK_STATUS(rp_turtle_read(&run->arena, text, &options, &sink, &run->error), RP_OK) &&
        CHECK_STATUS(rp_place_log_end(&log, &run->error), RP_OK) && has_triples(&document) &&
        CHECK_STATUS(rp_test_run_validate(run), RP_OK) &&
        CHECK_STATUS(rp_result_places_find(&log, &run->report, &log_arena, &run->error), RP_OK) &&
        CHECK_STATUS(rp_last_steps_init(&document.steps, &run->data, &run->arena, &run->error),
                     RP_OK) &&
        check_results(&document, run->report.first);
    rp_arena_free(&log_arena);
    return is_right;
}

RP_TEST(result_places_are_the_first_in_the_document)
{
    for (uint64_t seed = 1; seed <= CASES; seed++) {
        RpRandom random = {seed};
        RpArena arena;
        RpBuffer shapes;
        RpBuffer text;
        RpTestRun run;

        rp_arena_init(&arena, &rp_test_host, (size_t)1 << 26);
        rp_buffer_init(&shapes, &arena);
        rp_buffer_init(&text, &arena);
        rp_random_shapes(&random, &shapes);
        rp_buffer_append_byte(&shapes, '\0');
        append_document(&random, &text);
        if (rp_test_run_begin(&run, shapes.data, "") == RP_OK &&
            !check_document(&run, rp_buffer_text(&text), rp_random_below(&random, STATEMENTS))) {
            CHECK_TEXT(rp_buffer_text(&shapes), "the shapes of results whose place is wrong");
            CHECK_TEXT(rp_buffer_text(&text), run.error.message);
        }
        rp_test_run_end(&run);
        rp_arena_free(&arena);
    }
    for (Rank rank = VALUE; rank < RANKS; rank++) {
        CHECK(found[rank] > CASES / 100);
    }
    CHECK(aside > CASES / 100);
}

/* As in JSON, where the reverse of a property tells of a node before the node is read. */
RP_TEST(result_place_of_a_statement_behind_a_triple)
{
    RpTerm subject = rp_term_iri(RP_TEXT("http://ex/a"));
    RpTerm predicate = rp_term_iri(RP_TEXT("http://ex/p"));
    RpTerm object = rp_term_literal(RP_TEXT("o"), RP_TEXT(""));
    RpArena arena;
    RpTestRun run;
    RpPlaceLog log;

    rp_arena_init(&arena, &rp_test_host, (size_t)1 << 20);
    CHECK_STATUS(rp_test_run_begin(&run,
                                   "ex:S a sh:NodeShape ; sh:targetSubjectsOf ex:p ; "
                                   "sh:property [ sh:path ex:q ; sh:minCount 1 ] .",
                                   ""),
                 RP_OK);
    rp_place_log_init(&log, &run.data, &arena);
    for (uint32_t line = 3; line <= 7; line += 2) {
        RpPosition position = {.line = line, .subject_line = line == 3 ? 0 : line};

        CHECK_STATUS(rp_place_log_add(&log, &subject, &predicate, &object, position, &run.error),
                     RP_OK);
    }
    CHECK_STATUS(rp_place_log_end(&log, &run.error), RP_OK);
    CHECK_STATUS(rp_test_run_validate(&run), RP_OK);
    CHECK_STATUS(rp_result_places_find(&log, &run.report, &arena, &run.error), RP_OK);
    CHECK(run.report.first != NULL && run.report.first->line == 5);
    rp_test_run_end(&run);
    rp_arena_free(&arena);
}
