/*
 * JSON-LD documents to N-Quads, without a server: reads a request a line, each an object
 *
 *     {"document": …, "base": "…", "context": "…", "contexts": {"iri": document, …}, "rounds": true}
 *
 * of which document alone must be there, and answers each with lines of N-Quads and then a line that
 * begins with a dot, or with an exclamation mark, the error code and the message.
 */
#include <stdio.h>
#include <stdlib.h>

#include "host.h"
#include "json_text.h"
#include "jsonld/context_compile.h"
#include "jsonld/jsonld_reader.h"
#include "rdf/turtle_writer.h"

typedef struct Registered {
    RpText iri;
    RpJsonDocument body;
    RpText bytes;
    RpError error; /* why it has none */
} Registered;

typedef struct Request {
    RpArena arena;
    RpError error;
    RpBuffer quads;
    RpBuffer graph;
    Registered *contexts;
    uint32_t context_count;
    const Registered *refused; /* that was asked for and cannot be compiled; NULL: none */
} Request;

static Registered *
find(Request *request, RpText iri)
{
    for (uint32_t i = 0; i < request->context_count; i++) {
        if (rp_text_equals(request->contexts[i].iri, iri)) {
            return &request->contexts[i];
        }
    }
    return NULL;
}

static const void *
find_compiled(void *state, RpText iri)
{
    Request *request = state;
    Registered *registered = find(request, iri);

    request->refused = registered && !registered->bytes.data ? registered : NULL;
    return registered ? registered->bytes.data : NULL;
}

static const RpJsonDocument *
find_body(void *state, RpText iri)
{
    Registered *registered = find(state, iri);

    return registered ? &registered->body : NULL;
}

static void
write_term(RpBuffer *buffer, const RpTerm *term)
{
    rp_term_write(buffer, term);
    rp_buffer_append_byte(buffer, ' ');
}

static RpStatus
on_triple(void *state, const RpTerm *subject, const RpTerm *predicate, const RpTerm *object,
          RpPosition position, RpError *error)
{
    Request *request = state;

    if (position.line == 0 || rp_term_check(subject, error) != RP_OK ||
        rp_term_check(predicate, error) != RP_OK || rp_term_check(object, error) != RP_OK) {
        abort();
    }
    write_term(&request->quads, subject);
    write_term(&request->quads, predicate);
    write_term(&request->quads, object);
    rp_buffer_append_text(&request->quads, rp_buffer_text(&request->graph));
    rp_buffer_append_string(&request->quads, ".\n");
    return rp_buffer_status(&request->quads, error);
}

static RpStatus
on_graph(void *state, const RpTerm *graph, RpError *error)
{
    Request *request = state;

    request->graph.length = 0;
    if (graph) {
        write_term(&request->graph, graph);
    }
    return rp_buffer_status(&request->graph, error);
}

static void
copy(Request *request, RpJsonDocument *document, const RpJson *value)
{
    if (!rp_test_json_copy(document, &request->arena, value)) {
        abort();
    }
}

static RpText
text_of(const RpJson *object, const char *key)
{
    const RpJson *member = rp_json_member(object, rp_text_from(key));

    return member && member->kind == RP_JSON_STRING ? rp_json_text(member) : RP_TEXT("");
}

static void
compile_contexts(Request *request, const RpJson *contexts, RpJsonldContextSet *set)
{
    request->context_count = contexts ? contexts->length : 0;
    request->contexts = calloc(request->context_count + 1, sizeof(Registered));
    for (uint32_t i = 0; i < request->context_count; i++) {
        Registered *registered = &request->contexts[i];

        registered->iri = rp_json_key(&contexts->items[i]);
        copy(request, &registered->body, &contexts->items[i]);
    }
    for (uint32_t i = 0; i < request->context_count; i++) {
        Registered *registered = &request->contexts[i];

        if (rp_jsonld_context_compile(&request->arena, registered->iri, &registered->body, set,
                                      &registered->bytes, &registered->error) != RP_OK) {
            registered->bytes.data = NULL;
        }
    }
}

static RpStatus
convert(Request *request, const RpJson *root)
{
    RpJsonldContextSet set = {.state = request,
                              .hash_key = rp_test_host.hash_key,
                              .compiled = find_compiled,
                              .body = find_body};
    RpJsonldOptions options = {.base_iri = text_of(root, "base"),
                               .default_context = text_of(root, "context"),
                               .contexts = &set,
                               .depth_limit = RP_JSONLD_DEPTH_LIMIT,
                               .graphs = RP_GRAPHS_ALL};
    RpTripleSink sink = {.state = request, .triple = on_triple, .graph = on_graph};
    const RpJson *rounds = rp_json_member(root, RP_TEXT("rounds"));
    RpJsonDocument document;

    options.rounds_decimals = rounds && rounds->kind == RP_JSON_TRUE;
    compile_contexts(request, rp_json_member(root, RP_TEXT("contexts")), &set);
    copy(request, &document, rp_json_member(root, RP_TEXT("document")));
    return rp_jsonld_read(&request->arena, &document, &options, &sink, &request->error);
}

static void
answer(RpText line)
{
    Request request = {.error = {.status = RP_OK}};
    RpJsonDocument document;

    rp_arena_init(&request.arena, &rp_test_host, (size_t)1 << 30);
    rp_buffer_init(&request.quads, &request.arena);
    rp_buffer_init(&request.graph, &request.arena);
    if (!rp_test_json_read(&document, &request.arena, line)) {
        printf("!no JSON\n");
    } else if (convert(&request, &document.root) == RP_OK) {
        printf("%.*s.\n", (int)request.quads.length, request.quads.data ? request.quads.data : "");
    } else {
        if (request.error.status == RP_UNDEFINED && request.refused) {
            request.error = request.refused->error;
        }
        printf("!%s\t%s\t%s\n", request.error.rule, request.error.message, request.error.detail);
    }
    fflush(stdout);
    free(request.contexts);
    rp_arena_free(&request.arena);
}

int
main(void)
{
    char *line = NULL;
    size_t size = 0;
    ssize_t length;

    while ((length = getline(&line, &size, stdin)) > 0) {
        length -= line[length - 1] == '\n';
        answer((RpText){line, (uint32_t)length});
    }
    free(line);
    return 0;
}
