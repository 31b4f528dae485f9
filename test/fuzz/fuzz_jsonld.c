/*
 * Fuzzing of rp_jsonld_read and rp_jsonld_context_compile, with libFuzzer and the unit tests' host.
 * An input is a document, or an object of a document and its contexts by their names. Each term
 * that reaches the sink must pass its check, and have a place; a second reading gives the same; and
 * so does one in which no compiled context is laid under the document, but its source is read.
 */
#include <stdlib.h>

#include "host.h"
#include "json_text.h"
#include "jsonld/context_bytes.h"
#include "jsonld/context_compile.h"
#include "jsonld/jsonld_reader.h"
#include "rdf/turtle_writer.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { CONTEXT_LIMIT = 8 };

typedef struct Registered {
    RpText iri;
    RpJsonDocument body;
    void *bytes; /* NULL: it is refused */
} Registered;

typedef struct Input {
    RpArena arena;
    RpError error;
    RpJsonDocument document;
    Registered contexts[CONTEXT_LIMIT];
    uint32_t context_count;
    RpJsonldContextSet set;
    RpBuffer *quads;
} Input;

static Registered *
find(Input *input, RpText iri)
{
    for (uint32_t i = 0; i < input->context_count; i++) {
        if (rp_text_equals(input->contexts[i].iri, iri)) {
            return &input->contexts[i];
        }
    }
    return NULL;
}

static const void *
find_compiled(void *state, RpText iri)
{
    Registered *registered = find(state, iri);

    return registered ? registered->bytes : NULL;
}

static const RpJsonDocument *
find_body(void *state, RpText iri)
{
    Registered *registered = find(state, iri);

    return registered ? &registered->body : NULL;
}

static void
write_checked(Input *input, const RpTerm *term, RpError *error)
{
    if (rp_term_check(term, error) != RP_OK) {
        abort();
    }
    rp_term_write(input->quads, term);
    rp_buffer_append_byte(input->quads, ' ');
}

static RpStatus
on_triple(void *state, const RpTerm *subject, const RpTerm *predicate, const RpTerm *object,
          RpPosition position, RpError *error)
{
    Input *input = state;

    if (!rp_json_value(&input->document, position.line) || subject->kind == RP_LITERAL ||
        predicate->kind != RP_IRI ||
        (position.subject_line != 0 && !rp_json_value(&input->document, position.subject_line))) {
        abort();
    }
    write_checked(input, subject, error);
    write_checked(input, predicate, error);
    write_checked(input, object, error);
    rp_buffer_append_byte(input->quads, '\n');
    return rp_buffer_status(input->quads, error);
}

static RpStatus
on_graph(void *state, const RpTerm *graph, RpError *error)
{
    Input *input = state;

    rp_buffer_append_string(input->quads, "graph ");
    if (graph) {
        write_checked(input, graph, error);
    }
    rp_buffer_append_byte(input->quads, '\n');
    return rp_buffer_status(input->quads, error);
}

static RpStatus
read_document(Input *input, RpBuffer *quads)
{
    RpJsonldDrops drops = {{0}, {{{{0}, {0}}}}};
    RpJsonldOptions options = {.base_iri = RP_TEXT("http://e/b"),
                               .contexts = &input->set,
                               .depth_limit = RP_JSONLD_DEPTH_LIMIT,
                               .graphs = RP_GRAPHS_ALL,
                               .drops = &drops};
    RpTripleSink sink = {.state = input, .triple = on_triple, .graph = on_graph};
    RpBuffer described;
    RpStatus status;

    rp_buffer_init(quads, &input->arena);
    rp_buffer_init(&described, &input->arena);
    input->quads = quads;
    status = rp_jsonld_read(&input->arena, &input->document, &options, &sink, &input->error);
    rp_jsonld_drops_describe(&drops, &described);
    return status;
}

/* Make one tree of each part of the input. */
static bool
fill(Input *input, const RpJsonDocument *text)
{
    const RpJson *document = rp_json_member(&text->root, RP_TEXT("document"));
    const RpJson *contexts = rp_json_member(&text->root, RP_TEXT("contexts"));

    for (uint32_t i = 0; document && contexts && contexts->kind == RP_JSON_OBJECT &&
                         i < contexts->length && i < CONTEXT_LIMIT;
         i++) {
        Registered *registered = &input->contexts[input->context_count++];
        RpBuffer iri;

        rp_buffer_init(&iri, &input->arena);
        rp_buffer_append_string(&iri, "http://e/");
        rp_buffer_append_text(&iri, rp_json_key(&contexts->items[i]));
        registered->iri = rp_buffer_text(&iri);
        if (!rp_test_json_copy(&registered->body, &input->arena, &contexts->items[i])) {
            return false;
        }
    }
    return rp_test_json_copy(&input->document, &input->arena, document ? document : &text->root);
}

static void
compile(Input *input)
{
    RpText bytes;

    for (uint32_t i = 0; i < input->context_count; i++) {
        Registered *registered = &input->contexts[i];
        RpJsonldContextSummary summary;

        if (rp_jsonld_context_compile(&input->arena, registered->iri, &registered->body,
                                      &input->set, &bytes, &input->error) == RP_OK) {
            registered->bytes = (void *)bytes.data;
            rp_jsonld_context_summary(bytes.data, &summary);
        }
    }
}

static void
run(Input *input, const RpJsonDocument *text)
{
    RpBuffer first;
    RpBuffer again;
    RpStatus status;

    if (!fill(input, text)) {
        return;
    }
    compile(input);
    status = read_document(input, &first);
    if (read_document(input, &again) != status ||
        !rp_text_equals(rp_buffer_text(&first), rp_buffer_text(&again))) {
        abort();
    }
    for (uint32_t i = 0; i < input->context_count; i++) {
        if (input->contexts[i].bytes) {
            ((RpContextHeader *)input->contexts[i].bytes)->has_root = 0;
        }
    }
    /* More memory is needed so, and contexts are counted one by one. */
    if (read_document(input, &again) != RP_TOO_LARGE && status != RP_TOO_LARGE &&
        !rp_text_equals(rp_buffer_text(&first), rp_buffer_text(&again))) {
        abort();
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static Input input;
    RpJsonDocument text;

    input = (Input){.set = {.state = &input,
                            .hash_key = rp_test_host.hash_key,
                            .compiled = find_compiled,
                            .body = find_body}};
    rp_arena_init(&input.arena, &rp_test_host, (size_t)256 << 20);
    if (rp_test_json_read(&text, &input.arena, (RpText){(const char *)data, (uint32_t)size}) &&
        rp_json_depth(&text) < 1000) {
        run(&input, &text);
    }
    rp_arena_free(&input.arena);
    if (rp_test_block_count != 0) {
        abort();
    }
    return 0;
}
