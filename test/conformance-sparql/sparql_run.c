/*
 * Runs queries over documents by the engine, without a server. Each line of standard input is a
 * command, whose fields are separated by tabs:
 *
 *     syntax FILE              compile a query
 *     run FILE [DOCUMENT …]    evaluate it over the documents, which are one graph
 *     explain FILE             print its algebra
 *     random NUMBER            a query by chance, on a line, and a graph for it, in Turtle
 *
 * The answer is a line of variables and a line for each solution, terms in N-Triples form with tabs
 * between them; or true, false, ok; or a line that begins with "error", the kind of error, and what
 * is wrong. A line with a dot ends it. An argument says how many solutions there may be at a time.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef WITH_DIGESTS
#include <openssl/evp.h>
#endif

#include "graph_of.h"
#include "host.h"
#include "query/query.h"
#include "random_query.h"
#include "sparql/algebra_check.h"
#include "sparql/algebra_text.h"
#include "sparql/compile.h"

enum { MEMORY_BYTES = 1 << 30, DEPTH_LIMIT = 128, FIELD_LIMIT = 64 };

static uint64_t row_limit = 10000000;

/* One command as it is carried out. */
typedef struct Run {
    RpArena arena;
    RpDictionary dictionary;
    RpGraph graph;
    RpError error;
} Run;

static const char *const status_names[] = {
    "ok",       "syntax",    "null",          "ill-formed",  "unsupported", "undefined",
    "too-deep", "too-large", "out-of-memory", "interrupted", "corrupt"};

#ifdef WITH_DIGESTS
static bool
digest(void *state, const char *algorithm, RpText bytes, char *digits)
{
    const EVP_MD *method = EVP_get_digestbyname(algorithm);
    unsigned char value[EVP_MAX_MD_SIZE];
    unsigned length = 0;

    (void)state;
    if (!method || !EVP_Digest(bytes.data, bytes.length, value, &length, method, NULL)) {
        return false;
    }
    for (unsigned i = 0; i < length; i++) {
        snprintf(digits + (size_t)2 * i, 3, "%02x", value[i]);
    }
    return true;
}
#endif

/* Expressions that POSIX lacks (multi-line mode looks around) are left to hosts that have them. */
static RpStatus (*host_matches)(void *, RpText, bool, RpText, bool *, RpError *);

static RpStatus
regex_matches(void *state, RpText expression, bool ignore_case, RpText subject, bool *matches,
              RpError *error)
{
    RpStatus status = host_matches(state, expression, ignore_case, subject, matches, error);

    return status == RP_ILL_FORMED
               ? rp_error_set(error, RP_UNSUPPORTED, "a regular expression that POSIX lacks")
               : status;
}

static bool
read_file(RpArena *arena, const char *path, RpText *text)
{
    FILE *file = fopen(path, "rb");
    long size;
    char *data;

    if (!file || fseek(file, 0, SEEK_END) != 0 || (size = ftell(file)) < 0) {
        return false;
    }
    rewind(file);
    data = rp_arena_allocate(arena, (size_t)size + 1);
    if (!data || fread(data, 1, (size_t)size, file) != (size_t)size) {
        return false;
    }
    fclose(file);
    *text = (RpText){data, (uint32_t)size};
    return true;
}

static RpText
file_iri(RpArena *arena, const char *path)
{
    RpBuffer buffer;

    rp_buffer_init(&buffer, arena);
    rp_buffer_append_string(&buffer, "file://");
    rp_buffer_append_string(&buffer, path);
    return rp_buffer_text(&buffer);
}

static RpStatus
read_document(Run *run, const char *path, uint32_t number)
{
    char prefix[16];
    RpTurtleOptions options = {.base_iri = file_iri(&run->arena, path),
                               .depth_limit = RP_TURTLE_DEPTH_LIMIT,
                               .prefix_limit = RP_TURTLE_PREFIX_LIMIT};
    RpTripleSink sink = {.state = &run->graph, .triple = rp_test_add_triple};
    RpText text;

    if (number > 0) {
        snprintf(prefix, sizeof(prefix), "d%u", number);
        options.blank_prefix = rp_text_from(prefix);
    }
    if (!read_file(&run->arena, path, &text)) {
        return rp_error_set(&run->error, RP_UNDEFINED, "cannot read %s", path);
    }
    return rp_turtle_read(&run->arena, text, &options, &sink, &run->error);
}

static RpStatus
compile(Run *run, const char *path, RpText *bytes)
{
    RpCompileOptions options = {.base_iri = file_iri(&run->arena, path),
                                .depth_limit = DEPTH_LIMIT};
    RpText text;

    if (!read_file(&run->arena, path, &text)) {
        return rp_error_set(&run->error, RP_UNDEFINED, "cannot read %s", path);
    }
    RP_TRY(rp_query_compile(&run->arena, &run->dictionary, text, &options, bytes, &run->error));
    return rp_algebra_check(bytes->data, bytes->length, &run->dictionary.own, &run->error);
}

static void
print_text(RpText text)
{
    for (uint32_t i = 0; i < text.length; i++) {
        char byte = text.data[i];

        switch (byte) {
        case '\n':
            printf("\\n");
            break;
        case '\r':
            printf("\\r");
            break;
        case '\t':
            printf("\\t");
            break;
        case '"':
            printf("\\\"");
            break;
        case '\\':
            printf("\\\\");
            break;
        default:
            putchar(byte);
            break;
        }
    }
}

static void
print_term(RpTerm term)
{
    switch (term.kind) {
    case RP_IRI:
        printf("<%.*s>", (int)term.lexical.length, term.lexical.data);
        return;
    case RP_BLANK:
        printf("_:%.*s", (int)term.lexical.length, term.lexical.data);
        return;
    default:
        putchar('"');
        print_text(term.lexical);
        putchar('"');
        if (term.language.length > 0) {
            printf("@%.*s", (int)term.language.length, term.language.data);
        } else {
            printf("^^<%.*s>", (int)term.datatype.length, term.datatype.data);
        }
    }
}

static void
print_result(const Run *run, const RpAlgebra *algebra, const RpQueryRun *query,
             const RpQueryResult *result)
{
    if (rp_algebra_is_ask(algebra)) {
        puts(result->count > 0 ? "true" : "false");
        return;
    }
    for (uint32_t i = 0; i < result->width; i++) {
        uint32_t name = algebra->variables[result->variables[i]];
        RpTerm term = rp_dictionary_term(&run->dictionary, algebra->terms[name - 1]);

        printf("%s?%.*s", i > 0 ? "\t" : "", (int)term.lexical.length, term.lexical.data);
    }
    putchar('\n');
    for (uint32_t i = 0; i < result->count; i++) {
        for (uint32_t j = 0; j < result->width; j++) {
            RpTermId id = result->cells[(size_t)i * result->width + j];

            if (j > 0) {
                putchar('\t');
            }
            if (id != RP_TERM_NONE) {
                print_term(rp_query_term(query, id));
            }
        }
        putchar('\n');
    }
}

static RpStatus
evaluate(Run *run, RpText bytes)
{
    RpQueryOptions options = {.data = &run->graph,
                              .row_limit = row_limit,
                              .memory_bytes = MEMORY_BYTES,
                              .now = RP_TEXT("2026-01-02T03:04:05.678Z"),
                              .base_iri = RP_TEXT("http://example.org/")};
    RpAlgebra algebra;
    RpQueryRun *query;
    RpQueryResult result;
    RpStatus status;

    rp_algebra_open(bytes.data, &algebra);
    RP_TRY(rp_graph_freeze(&run->graph, &run->error));
    RP_TRY(rp_query_begin(&query, &run->arena, &algebra, &options, &run->error));
    status = rp_query_solve(query, NULL, 1, &result, &run->error);
    if (status == RP_OK) {
        print_result(run, &algebra, query, &result);
    }
    rp_query_end(query);
    return status;
}

static void
write_term(const void *state, RpBuffer *buffer, RpTermId id)
{
    const Run *run = state;
    RpTerm term = rp_dictionary_term(&run->dictionary, id);

    rp_buffer_append_string(buffer, term.kind == RP_IRI ? "<" : "\"");
    rp_buffer_append_text(buffer, term.lexical);
    rp_buffer_append_string(buffer, term.kind == RP_IRI ? ">" : "\"");
}

static RpStatus
explain(Run *run, RpText bytes)
{
    RpAlgebraTermWriter terms = {write_term, run};
    RpAlgebra algebra;
    RpBuffer buffer;

    rp_algebra_open(bytes.data, &algebra);
    rp_buffer_init(&buffer, &run->arena);
    rp_algebra_text_write(&buffer, &algebra, &run->dictionary.own, &terms, 0);
    RP_TRY(rp_buffer_status(&buffer, &run->error));
    printf("%.*s\n", (int)buffer.length, buffer.data);
    return RP_OK;
}

/* A query and a graph that depend on a number alone. */
static RpStatus
make_random(Run *run, const char *number)
{
    RpRandom random = {(strtoull(number, NULL, 10) + 1) * UINT64_C(0x9E3779B97F4A7C15)};
    RpBuffer text;
    RpRandomQuery query = {.random = &random, .text = &text, .is_comparable = true};

    rp_buffer_init(&text, &run->arena);
    rp_buffer_append_string(&text, "BASE <http://example.org/> PREFIX ex: <http://ex/> "
                                   "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> ");
    rp_random_query(&query);
    rp_buffer_append_byte(&text, '\n');
    rp_random_graph(&random, &text);
    RP_TRY(rp_buffer_status(&text, &run->error));
    printf("%.*s", (int)text.length, text.data);
    return RP_OK;
}

static RpStatus
carry_out(Run *run, char **fields, uint32_t count)
{
    RpText bytes;

    if (count < 2) {
        return rp_error_set(&run->error, RP_UNDEFINED, "a command has too few fields");
    }
    if (strcmp(fields[0], "random") == 0) {
        return make_random(run, fields[1]);
    }
    for (uint32_t i = 2; i < count; i++) {
        RP_TRY(read_document(run, fields[i], i - 2));
    }
    RP_TRY(compile(run, fields[1], &bytes));
    if (strcmp(fields[0], "run") == 0) {
        return evaluate(run, bytes);
    }
    if (strcmp(fields[0], "explain") == 0) {
        return explain(run, bytes);
    }
    puts("ok");
    return RP_OK;
}

int
main(int argument_count, char **arguments)
{
    static char line[65536];

    if (argument_count > 1) {
        row_limit = strtoull(arguments[1], NULL, 10);
    }
    host_matches = rp_test_host.regex_matches;
    rp_test_host.regex_matches = regex_matches;
#ifdef WITH_DIGESTS
    rp_test_host.digest = digest;
#endif
    while (fgets(line, sizeof(line), stdin)) {
        char *fields[FIELD_LIMIT];
        uint32_t count = 0;
        Run run;

        line[strcspn(line, "\n")] = '\0';
        for (char *field = strtok(line, "\t"); field && count < FIELD_LIMIT;
             field = strtok(NULL, "\t")) {
            fields[count++] = field;
        }
        rp_arena_init(&run.arena, &rp_test_host, MEMORY_BYTES);
        rp_dictionary_init(&run.dictionary, &run.arena, NULL);
        rp_graph_init(&run.graph, &run.arena, &run.dictionary);
        if (carry_out(&run, fields, count) != RP_OK) {
            printf("error\t%s\t%u:%u %s\n", status_names[run.error.status], run.error.line,
                   run.error.column, run.error.message);
        }
        puts(".");
        fflush(stdout);
        rp_arena_free(&run.arena);
    }
    return 0;
}
