/* See query_of.h. */
#include "query_of.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "graph_of.h"
#include "host.h"
#include "sparql/algebra_check.h"

enum { TEXT_SIZE = 65536, ROW_TEXT_LIMIT = 4096 };

static char answer[TEXT_SIZE];

RpStatus
rp_test_query_begin(RpTestQuery *query, const char *turtle)
{
    *query = (RpTestQuery){.compile_options = {.depth_limit = 64}};
    rp_arena_init(&query->arena, &rp_test_host, 1 << 28);
    rp_dictionary_init(&query->dictionary, &query->arena, NULL);
    rp_prefix_table_init(&query->prefixes, &query->arena, 10);
    query->compile_options.prefixes = &query->prefixes;
    query->options = (RpQueryOptions){.data = &query->graph,
                                      .row_limit = 100000,
                                      .memory_bytes = 1 << 28,
                                      .now = RP_TEXT("2026-01-02T03:04:05Z"),
                                      .base_iri = RP_TEXT("http://ex/")};
    RP_TRY(
        rp_prefix_table_set(&query->prefixes, RP_TEXT("ex"), RP_TEXT("http://ex/"), &query->error));
    RP_TRY(rp_prefix_table_set(&query->prefixes, RP_TEXT("xsd"), RP_TEXT(RP_XSD), &query->error));
    RP_TRY(rp_prefix_table_set(&query->prefixes, RP_TEXT("rdf"), RP_TEXT(RP_RDF), &query->error));
    RP_TRY(rp_prefix_table_set(&query->prefixes, RP_TEXT("rdfs"), RP_TEXT(RP_RDFS), &query->error));
    return rp_test_graph_of(&query->arena, turtle, &query->dictionary, &query->graph,
                            &query->error);
}

RpStatus
rp_test_query_compile(RpTestQuery *query, const char *text)
{
    RP_TRY(rp_query_compile(&query->arena, &query->dictionary, rp_text_from(text),
                            &query->compile_options, &query->bytes, &query->error));
    RP_TRY(rp_algebra_check(query->bytes.data, query->bytes.length, &query->dictionary.own,
                            &query->error));
    rp_algebra_open(query->bytes.data, &query->algebra);
    return RP_OK;
}

RpStatus
rp_test_query_solve(RpTestQuery *query, const RpTermId *tuples, uint32_t count)
{
    if (!query->run) {
        RP_TRY(rp_query_begin(&query->run, &query->arena, &query->algebra, &query->options,
                              &query->error));
    }
    return rp_query_solve(query->run, tuples, count, &query->result, &query->error);
}

void
rp_test_query_end(RpTestQuery *query)
{
    if (query->run) {
        rp_query_end(query->run);
    }
    rp_arena_free(&query->arena);
}

static void
append_term(RpBuffer *buffer, RpTerm term)
{
    if (term.kind == RP_BLANK) {
        rp_buffer_append_string(buffer, "_:");
    }
    if (rp_text_starts_with(term.lexical, RP_TEXT("http://ex/"))) {
        rp_buffer_append_string(buffer, "ex:");
        term.lexical.data += 10;
        term.lexical.length -= 10;
    }
    rp_buffer_append_text(buffer, term.lexical);
    if (term.language.length > 0) {
        rp_buffer_append_byte(buffer, '@');
        rp_buffer_append_text(buffer, term.language);
    } else if (term.kind == RP_LITERAL &&
               !rp_text_equals(term.datatype, RP_TEXT(RP_XSD "string")) &&
               !rp_text_equals(term.datatype, RP_TEXT(RP_XSD "integer"))) {
        rp_buffer_append_string(buffer, "^^");
        rp_buffer_append_text(buffer, rp_text_starts_with(term.datatype, RP_TEXT(RP_XSD))
                                          ? (RpText){term.datatype.data + sizeof(RP_XSD) - 1,
                                                     term.datatype.length - sizeof(RP_XSD) + 1}
                                          : term.datatype);
    }
}

static int
compare_lines(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

const char *
rp_test_query_text(RpTestQuery *query, bool in_order)
{
    static char *lines[ROW_TEXT_LIMIT];
    RpBuffer all;

    for (uint32_t i = 0; i < query->result.count && i < ROW_TEXT_LIMIT; i++) {
        RpBuffer line;

        rp_buffer_init(&line, &query->arena);
        if (query->compile_options.prebound_count > 0) {
            rp_buffer_append_format(&line, "%u", query->result.keys[i]);
            rp_buffer_append_string(&line, query->result.width > 0 ? ": " : "");
        }
        for (uint32_t j = 0; j < query->result.width; j++) {
            RpTermId id = query->result.cells[i * query->result.width + j];

            rp_buffer_append_string(&line, j > 0 ? " " : "");
            if (id == RP_TERM_NONE) {
                rp_buffer_append_byte(&line, '-');
            } else {
                (query->append_term ? query->append_term
                                    : append_term)(&line, rp_query_term(query->run, id));
            }
        }
        rp_buffer_append_byte(&line, '\0');
        lines[i] = line.data;
    }
    if (!in_order) {
        qsort(lines, query->result.count, sizeof(lines[0]), compare_lines);
    }
    rp_buffer_init(&all, &query->arena);
    for (uint32_t i = 0; i < query->result.count; i++) {
        rp_buffer_append_string(&all, i > 0 ? "; " : "");
        rp_buffer_append_string(&all, lines[i]);
    }
    snprintf(answer, sizeof(answer), "%.*s", (int)all.length, all.length > 0 ? all.data : "");
    return answer;
}

/* Whether the text asks for an order. */
static bool
is_ordered(const char *text)
{
    return strstr(text, "ORDER BY") != NULL;
}

/* Put a failure into the answer. */
static void
give_error(const RpError *error)
{
    snprintf(answer, sizeof(answer), "%d: %s", (int)error->status, error->message);
}

/* Make the nodes that are named, with blanks between them, the tuples of $this. */
static RpStatus
bind_this(RpTestQuery *query, const char *nodes, RpTermId *tuples, uint32_t *count)
{
    static const RpPreboundName names[] = {{RP_TEXT("this"), false}};
    char words[1024];

    query->compile_options.prebound = names;
    query->compile_options.prebound_count = 1;
    snprintf(words, sizeof(words), "%s", nodes);
    *count = 0;
    for (char *word = strtok(words, " "); word; word = strtok(NULL, " ")) {
        char iri[256];
        RpTerm term;

        snprintf(iri, sizeof(iri), "http://ex/%s", word);
        term = rp_term_iri(rp_text_from(iri));
        RP_TRY(rp_dictionary_add(&query->dictionary, &term, &tuples[(*count)++], &query->error));
    }
    return RP_OK;
}

const char *
rp_test_query_written(const char *turtle, const char *text, const char *nodes,
                      void (*append)(RpBuffer *buffer, RpTerm term))
{
    RpTermId tuples[RP_TEST_TUPLE_LIMIT];
    uint32_t count = 1;
    RpTestQuery query;

    if (rp_test_query_begin(&query, turtle) != RP_OK ||
        (nodes && bind_this(&query, nodes, tuples, &count) != RP_OK) ||
        rp_test_query_compile(&query, text) != RP_OK ||
        rp_test_query_solve(&query, nodes ? tuples : NULL, count) != RP_OK) {
        give_error(&query.error);
    } else if (!nodes && rp_algebra_is_ask(&query.algebra)) {
        snprintf(answer, sizeof(answer), "%s", query.result.count > 0 ? "true" : "false");
    } else {
        query.append_term = append;
        rp_test_query_text(&query, is_ordered(text));
    }
    rp_test_query_end(&query);
    return answer;
}

const char *
rp_test_query(const char *turtle, const char *text)
{
    return rp_test_query_written(turtle, text, NULL, NULL);
}

const char *
rp_test_query_this(const char *turtle, const char *text, const char *nodes)
{
    return rp_test_query_written(turtle, text, nodes, NULL);
}

const char *
rp_test_value(const char *expression)
{
    char text[4096];

    snprintf(text, sizeof(text), "SELECT (%s AS ?v) { }", expression);
    rp_test_query("", text);
    return strcmp(answer, "-") == 0 ? "error" : answer;
}

/* A test whose text begins with a comment, #path, is of a property shape. */
static bool
is_constraint_with_path(const char *text)
{
    return strncmp(text, "#path\n", 6) == 0;
}

const char *
rp_test_compile_error(const char *text, bool is_constraint)
{
    static const RpPreboundName names[] = {
        {RP_TEXT("this"), false}, {RP_TEXT("value"), false}, {RP_TEXT("shapesGraph"), true}};
    static const RpCompilePath predicate = {RP_ALGEBRA_CONSTANT, RP_VOCABULARY_rdf_type, NULL, 0};
    static const RpCompilePath path = {RP_ALGEBRA_INVERSE, RP_TERM_NONE, &predicate, 1};
    RpTestQuery query;

    if (rp_test_query_begin(&query, "") == RP_OK) {
        if (is_constraint) {
            query.compile_options.prebound = names;
            query.compile_options.prebound_count = 3;
            query.compile_options.refuses_values = true;
            query.compile_options.takes_shapes_graph = true;
            query.compile_options.path = is_constraint_with_path(text) ? &path : NULL;
        }
        if (rp_test_query_compile(&query, text) == RP_OK) {
            snprintf(answer, sizeof(answer), "ok");
        } else {
            snprintf(answer, sizeof(answer), "%u:%u %s", query.error.line, query.error.column,
                     query.error.message);
        }
    }
    rp_test_query_end(&query);
    return answer;
}
