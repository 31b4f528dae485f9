/* See jsonld_text.h. */
#include "jsonld_text.h"

#include "check.h"
#include "host.h"
#include "json_text.h"
#include "rdf/turtle_writer.h"

/* Shorten what begins with a namespace. */
static RpText
shorten(RpArena *arena, RpText iri)
{
    static const struct {
        const char *from;
        const char *to;
    } names[] = {{"http://e/", ""}, {RP_XSD, "xsd:"}, {RP_RDF, "rdf:"}};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        RpText from = rp_text_from(names[i].from);

        if (rp_text_starts_with(iri, from)) {
            RpBuffer buffer;

            rp_buffer_init(&buffer, arena);
            rp_buffer_append_string(&buffer, names[i].to);
            rp_buffer_append(&buffer, iri.data + from.length, iri.length - from.length);
            return rp_buffer_text(&buffer);
        }
    }
    return iri;
}

static void
write_term(RpTestJsonld *jsonld, RpBuffer *buffer, const RpTerm *term)
{
    RpTerm shown = *term;

    if (term->kind == RP_IRI) {
        shown.lexical = shorten(&jsonld->arena, term->lexical);
    } else if (term->language.length == 0 &&
               !rp_text_equals(term->datatype, RP_TEXT(RP_XSD "string"))) {
        shown.datatype = shorten(&jsonld->arena, term->datatype);
    }
    rp_term_write(buffer, &shown);
}

static void
write_place(RpTestJsonld *jsonld, uint32_t number)
{
    const RpJson *value = rp_json_value(&jsonld->document, number);

    if (number != 0 && CHECK(value != NULL)) {
        CHECK_INT(value->number, number);
        rp_json_pointer_append(&jsonld->places, value);
    }
}

static RpStatus
on_triple(void *state, const RpTerm *subject, const RpTerm *predicate, const RpTerm *object,
          RpPosition position, RpError *error)
{
    RpTestJsonld *jsonld = state;

    jsonld->count++;
    if (jsonld->keeps_nothing) {
        return RP_OK;
    }
    CHECK_STATUS(rp_term_check(subject, error), RP_OK);
    CHECK_STATUS(rp_term_check(predicate, error), RP_OK);
    CHECK_STATUS(rp_term_check(object, error), RP_OK);
    write_term(jsonld, &jsonld->triples, subject);
    rp_buffer_append_byte(&jsonld->triples, ' ');
    write_term(jsonld, &jsonld->triples, predicate);
    rp_buffer_append_byte(&jsonld->triples, ' ');
    write_term(jsonld, &jsonld->triples, object);
    rp_buffer_append_text(&jsonld->triples, rp_buffer_text(&jsonld->graph));
    rp_buffer_append_byte(&jsonld->triples, '\n');
    write_place(jsonld, position.subject_line);
    rp_buffer_append_byte(&jsonld->places, '|');
    CHECK(position.line > 0);
    write_place(jsonld, position.line);
    rp_buffer_append_byte(&jsonld->places, '\n');
    return rp_buffer_status(&jsonld->triples, error);
}

static RpStatus
on_graph(void *state, const RpTerm *graph, RpError *error)
{
    RpTestJsonld *jsonld = state;

    jsonld->graph.length = 0;
    if (graph) {
        CHECK_STATUS(rp_term_check(graph, error), RP_OK);
        rp_buffer_append_byte(&jsonld->graph, ' ');
        write_term(jsonld, &jsonld->graph, graph);
    }
    return rp_buffer_status(&jsonld->graph, error);
}

static RpTestContext *
find(RpTestJsonld *jsonld, RpText iri)
{
    for (uint32_t i = 0; i < jsonld->context_count; i++) {
        if (rp_text_equals(jsonld->contexts[i].iri, iri)) {
            return &jsonld->contexts[i];
        }
    }
    return NULL;
}

static const void *
find_compiled(void *state, RpText iri)
{
    RpTestContext *context = find(state, iri);

    return context ? context->bytes.data : NULL;
}

static const RpJsonDocument *
find_body(void *state, RpText iri)
{
    RpTestContext *context = find(state, iri);

    return context ? &context->body : NULL;
}

void
rp_test_jsonld_begin(RpTestJsonld *jsonld)
{
    *jsonld = (RpTestJsonld){.options = {.base_iri = RP_TEXT("http://e/"),
                                         .contexts = &jsonld->set,
                                         .depth_limit = RP_JSONLD_DEPTH_LIMIT,
                                         .graphs = RP_GRAPHS_ALL,
                                         .graphs_read = &jsonld->graphs_read,
                                         .drops = &jsonld->drops},
                             .set = {.state = jsonld,
                                     .hash_key = rp_test_host.hash_key,
                                     .compiled = find_compiled,
                                     .body = find_body}};
    rp_arena_init(&jsonld->arena, &rp_test_host, (size_t)1 << 28);
    rp_buffer_init(&jsonld->triples, &jsonld->arena);
    rp_buffer_init(&jsonld->graph, &jsonld->arena);
    rp_buffer_init(&jsonld->places, &jsonld->arena);
}

void
rp_test_jsonld_end(RpTestJsonld *jsonld)
{
    rp_arena_free(&jsonld->arena);
    CHECK_INT(rp_test_block_count, 0);
}

/* A text with quotation marks for apostrophes, as a document. */
static void
fill(RpTestJsonld *jsonld, RpJsonDocument *document, const char *text)
{
    RpBuffer buffer;

    rp_buffer_init(&buffer, &jsonld->arena);
    for (; *text; text++) {
        rp_buffer_append_byte(&buffer, *text == '\'' ? '"' : *text);
    }
    if (!CHECK(rp_test_json_read(document, &jsonld->arena, rp_buffer_text(&buffer)))) {
        CHECK_TEXT(rp_buffer_text(&buffer), "JSON");
    }
}

void
rp_test_jsonld_add_context(RpTestJsonld *jsonld, const char *iri, const char *body)
{
    RpTestContext *context = find(jsonld, rp_text_from(iri));

    if (!context && CHECK(jsonld->context_count < RP_TEST_CONTEXT_LIMIT)) {
        context = &jsonld->contexts[jsonld->context_count++];
    }
    *context = (RpTestContext){.iri = rp_text_from(iri)};
    fill(jsonld, &context->body, body);
}

RpStatus
rp_test_jsonld_compile(RpTestJsonld *jsonld, const char *iri)
{
    RpTestContext *context = find(jsonld, rp_text_from(iri));
    RpText bytes = {0};
    char *copy;

    RP_TRY(rp_jsonld_context_compile(&jsonld->arena, context->iri, &context->body, &jsonld->set,
                                     &bytes, &jsonld->error));
    /* Elsewhere, as shared memory is; what it was made of is no more. */
    copy = rp_arena_allocate(&jsonld->arena, bytes.length);
    memcpy(copy, bytes.data, bytes.length);
    memset((char *)bytes.data, 0xEE, bytes.length);
    context->bytes = (RpText){copy, bytes.length};
    return RP_OK;
}

RpStatus
rp_test_jsonld_register(RpTestJsonld *jsonld, const char *iri, const char *body)
{
    rp_test_jsonld_add_context(jsonld, iri, body);
    return rp_test_jsonld_compile(jsonld, iri);
}

RpStatus
rp_test_jsonld_read_document(RpTestJsonld *jsonld)
{
    RpTripleSink sink = {.state = jsonld, .triple = on_triple, .graph = on_graph};

    jsonld->graph.length = 0;
    return rp_jsonld_read(&jsonld->arena, &jsonld->document, &jsonld->options, &sink,
                          &jsonld->error);
}

RpStatus
rp_test_jsonld_read(RpTestJsonld *jsonld, const char *document)
{
    fill(jsonld, &jsonld->document, document);
    return rp_test_jsonld_read_document(jsonld);
}

RpText
rp_test_jsonld_place(const RpError *error)
{
    const char *place = strstr(error->detail, "JSON pointer");

    return rp_text_from(place ? place : error->detail);
}

void
rp_test_jsonld_reads(const char *document, const char *triples)
{
    RpTestJsonld jsonld;

    rp_test_jsonld_begin(&jsonld);
    if (!CHECK_STATUS(rp_test_jsonld_read(&jsonld, document), RP_OK)) {
        CHECK_TEXT(rp_text_from(document), jsonld.error.message);
    } else if (!CHECK_TEXT(rp_buffer_text(&jsonld.triples), triples)) {
        CHECK_TEXT(rp_text_from(document), "read otherwise");
    }
    rp_test_jsonld_end(&jsonld);
}

void
rp_test_jsonld_refuses(const char *document, const char *code, const char *place)
{
    RpTestJsonld jsonld;

    rp_test_jsonld_begin(&jsonld);
    if (!CHECK(rp_test_jsonld_read(&jsonld, document) != RP_OK) ||
        !CHECK_TEXT(rp_text_from(jsonld.error.rule), code) ||
        !CHECK_TEXT(rp_test_jsonld_place(&jsonld.error), place)) {
        CHECK_TEXT(rp_text_from(document), jsonld.error.message);
    }
    rp_test_jsonld_end(&jsonld);
}
