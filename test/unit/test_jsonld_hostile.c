/* All of jsonld: what is large, deep or goes round in circles ends soon, and says why. */
#include <stdio.h>

#include "check.h"
#include "host.h"
#include "json_text.h"
#include "jsonld_text.h"

enum { MANY = 20000 };

/* Write a document of a format with %u for each of many numbers, between two texts. */
static void
fill_many(RpTestJsonld *jsonld, const char *before, const char *format, unsigned count,
          const char *behind)
{
    RpBuffer buffer;

    rp_buffer_init(&buffer, &jsonld->arena);
    rp_buffer_append_string(&buffer, before);
    for (unsigned i = 0; i < count; i++) {
        rp_buffer_append_string(&buffer, i > 0 ? "," : "");
        rp_buffer_append_format(&buffer, format, i, i + 1);
    }
    rp_buffer_append_string(&buffer, behind);
    for (uint32_t i = 0; i < buffer.length; i++) {
        buffer.data[i] = buffer.data[i] == '\'' ? '"' : buffer.data[i];
    }
    CHECK(rp_test_json_read(&jsonld->document, &jsonld->arena, rp_buffer_text(&buffer)));
}

/* Many of whatever a document can have many of are read, and none is lost. */
RP_TEST(jsonld_many_members)
{
    static const char *const documents[][3] = {
        {"{'@context':{'@vocab':'http://e/'},", "'p%u':1", "}"},
        {"{'@context':{'@vocab':'http://e/'},'@type':[", "'T%u'", "]}"},
        {"{'@context':{'@vocab':'http://e/'},'p':[", "{'@id':'n%u'}", "]}"},
        {"{'@context':{'p':{'@id':'http://e/p','@container':'@index'}},'p':{", "'i%u':1", "}}"},
        {"{'@context':{'p':{'@id':'http://e/p','@container':'@language'}},'p':{", "'a-b%u':'x'",
         "}}"},
        {"{'@context':{'@vocab':'http://e/'},'@graph':[", "{'@context':{'t%u':'http://e/t'},'p':1}",
         "]}"},
        {"{'@context':[", "{'t%u':'http://e/t%u'}", "],'http://e/p':1}"},
        {"{'@context':{", "'t%u':'http://e/t%u'", "},'http://e/p':1}"},
    };

    for (size_t i = 0; i < sizeof documents / sizeof *documents; i++) {
        RpTestJsonld jsonld;

        rp_test_jsonld_begin(&jsonld);
        jsonld.keeps_nothing = true;
        fill_many(&jsonld, documents[i][0], documents[i][1], MANY, documents[i][2]);
        CHECK_STATUS(rp_test_jsonld_read_document(&jsonld), RP_OK);
        CHECK_INT(jsonld.count, i < 6 ? MANY : 1);
        rp_test_jsonld_end(&jsonld);
    }
}

/* A text that nests: opening texts, a middle, closing ones. */
static RpStatus
read_nested(RpTestJsonld *jsonld, unsigned depth, const char *open, const char *middle,
            const char *close)
{
    RpBuffer buffer;

    rp_buffer_init(&buffer, &jsonld->arena);
    for (unsigned i = 0; i < depth; i++) {
        rp_buffer_append_string(&buffer, open);
    }
    rp_buffer_append_string(&buffer, middle);
    for (unsigned i = 0; i < depth; i++) {
        rp_buffer_append_string(&buffer, close);
    }
    rp_buffer_append_byte(&buffer, '\0');
    return rp_test_jsonld_read(jsonld, buffer.data);
}

RP_TEST(jsonld_deep_documents)
{
    static const char *const nestings[][3] = {
        {"{'http://e/p':", "1", "}"},
        {"[", "1", "]"},
        {"{'@nest':", "{}", "}"},
        {"{'@graph':", "{}", "}"},
        {"{'@reverse':{'http://e/p':", "{}", "}}"},
        {"{'@context':{'t':'http://e/t'},'http://e/p':", "1", "}"},
        {"{'http://e/p':{'@list':[", "1", "]}}"},
    };

    for (size_t i = 0; i < sizeof nestings / sizeof *nestings; i++) {
        RpTestJsonld jsonld;

        rp_test_jsonld_begin(&jsonld);
        jsonld.keeps_nothing = true;
        CHECK_STATUS(read_nested(&jsonld, 40, nestings[i][0], nestings[i][1], nestings[i][2]),
                     RP_OK);
        CHECK_STATUS(read_nested(&jsonld, 1000, nestings[i][0], nestings[i][1], nestings[i][2]),
                     RP_TOO_DEEP);
        CHECK(strstr(jsonld.error.message, "and the limit is 128") != NULL);
        rp_test_stack_is_deep = true;
        CHECK(rp_test_jsonld_read(&jsonld, "{'@context':{},'http://e/p':1}") == RP_TOO_DEEP);
        rp_test_stack_is_deep = false;
        rp_test_jsonld_end(&jsonld);
    }
}

/* Contexts that go round in circles, and those that grow with every step. */
RP_TEST(jsonld_circles)
{
    RpTestJsonld jsonld;
    char iri[RP_TEST_CONTEXT_LIMIT][16];
    char body[256];

    rp_test_jsonld_begin(&jsonld);
    for (unsigned i = 0; i < RP_TEST_CONTEXT_LIMIT; i++) {
        (void)snprintf(iri[i], sizeof iri[i], "http://e/%u", i);
        (void)snprintf(body, sizeof body,
                       i + 1 < RP_TEST_CONTEXT_LIMIT
                           ? "{'@context':['%u','%u','%u','%u','%u','%u','%u','%u']}"
                           : "{'@context':{}}",
                       i + 1, i + 1, i + 1, i + 1, i + 1, i + 1, i + 1, i + 1);
        rp_test_jsonld_add_context(&jsonld, iri[i], body);
    }
    CHECK_STATUS(rp_test_jsonld_compile(&jsonld, "http://e/6"), RP_OK);
    CHECK_STATUS(rp_test_jsonld_compile(&jsonld, "http://e/0"), RP_TOO_LARGE);
    CHECK_TEXT(rp_text_from(jsonld.error.rule), "context overflow");
    rp_test_jsonld_end(&jsonld);

    /* Scoped contexts may, and are followed as far as the document goes. */
    rp_test_jsonld_begin(&jsonld);
    rp_test_jsonld_add_context(&jsonld, "http://e/a",
                               "{'@context':{'p':{'@id':'http://e/p','@context':'b'}}}");
    rp_test_jsonld_add_context(&jsonld, "http://e/b",
                               "{'@context':{'p':{'@id':'http://e/q','@context':'a'}}}");
    CHECK_STATUS(rp_test_jsonld_compile(&jsonld, "http://e/a"), RP_OK);
    CHECK_STATUS(rp_test_jsonld_compile(&jsonld, "http://e/b"), RP_OK);
    CHECK_STATUS(rp_test_jsonld_read(&jsonld, "{'@context':'a','p':{'p':{'p':1}}}"), RP_OK);
    CHECK_TEXT(rp_buffer_text(&jsonld.triples), "_:genid1 <p> _:genid2\n_:genid2 <q> _:genid3\n"
                                                "_:genid3 <p> \"1\"^^<xsd:integer>\n");
    rp_test_jsonld_end(&jsonld);
}

RP_TEST(jsonld_chains_of_terms)
{
    RpTestJsonld jsonld;

    rp_test_jsonld_begin(&jsonld);
    fill_many(&jsonld, "{'@context':{", "'t%u':'t%u:x'", 100, "},'http://e/p':1}");
    CHECK_STATUS(rp_test_jsonld_read_document(&jsonld), RP_OK);
    fill_many(&jsonld, "{'@context':{", "'t%u':'t%u:x'", MANY, "},'http://e/p':1}");
    CHECK_STATUS(rp_test_jsonld_read_document(&jsonld), RP_TOO_DEEP);
    fill_many(&jsonld, "{'@context':[", "'http://e/c'", MANY, "]}");
    CHECK_STATUS(rp_test_jsonld_register(&jsonld, "http://e/c", "{'@context':{'a':'urn:a'}}"),
                 RP_OK);
    CHECK_STATUS(rp_test_jsonld_read_document(&jsonld), RP_TOO_LARGE);
    CHECK_TEXT(rp_text_from(jsonld.error.rule), "context overflow");
    rp_test_jsonld_end(&jsonld);
}

/* A few bytes that stand for many are counted as if each were kept. */
RP_TEST(jsonld_long_iris)
{
    static const char *const documents[][2] = {
        {"{'@context':{'x':'http://e/LONG/'},'@graph':[", "{'x:p':1}"},
        {"{'@context':{'@vocab':'http://e/LONG/'},'@graph':[", "{'p':1}"},
        {"{'@context':{'@base':'http://e/LONG/'},'@graph':[", "{'@id':'p','http://e/p':1}"},
        {"{'@context':{'x':'http://e/LONG/'},'@graph':[", "{'x':1}"},
        {"{'@context':{'x':'http://e/LONG/'},'@graph':[", "{'@type':'x'}"},
        {"{'@context':{'x':{'@id':'http://e/x','@type':'http://e/LONG/'}},'@graph':[", "{'x':'1'}"},
    };

    for (size_t i = 0; i < sizeof documents / sizeof *documents; i++) {
        RpTestJsonld jsonld;
        RpBuffer buffer;
        const char *mark = strstr(documents[i][0], "LONG");

        rp_test_jsonld_begin(&jsonld);
        jsonld.keeps_nothing = true;
        rp_buffer_init(&buffer, &jsonld.arena);
        rp_buffer_append(&buffer, documents[i][0], (size_t)(mark - documents[i][0]));
        for (int k = 0; k < 100000; k++) {
            rp_buffer_append_byte(&buffer, 'x');
        }
        rp_buffer_append_string(&buffer, mark + strlen("LONG"));
        rp_buffer_append_byte(&buffer, '\0');
        fill_many(&jsonld, buffer.data, documents[i][1], 1000, "]}");
        CHECK_STATUS(rp_test_jsonld_read_document(&jsonld), RP_TOO_LARGE);
        CHECK(strstr(jsonld.error.detail, "written out again and again") != NULL);
        rp_test_jsonld_end(&jsonld);
    }
}

RP_TEST(jsonld_large_numbers)
{
    RpTestJsonld jsonld;
    RpBuffer buffer;

    rp_test_jsonld_begin(&jsonld);
    rp_buffer_init(&buffer, &jsonld.arena);
    rp_buffer_append_string(&buffer, "{'@context':{'d':{'@id':'http://e/d','@type':'" RP_XSD
                                     "decimal'}},'d':");
    for (int i = 0; i < 400; i++) {
        rp_buffer_append_byte(&buffer, '7');
    }
    rp_buffer_append_string(&buffer, ",'http://e/p':1e-400}");
    rp_buffer_append_byte(&buffer, '\0');
    CHECK_STATUS(rp_test_jsonld_read(&jsonld, buffer.data), RP_OK);
    CHECK(strstr(jsonld.triples.data, "7777777777\"^^<xsd:decimal>\n") != NULL);
    CHECK(strstr(jsonld.triples.data, "<p> \"0.0E0\"^^<xsd:double>\n") != NULL);
    CHECK_STATUS(rp_test_jsonld_read(&jsonld, "{'http://e/p':1e400}"), RP_SYNTAX);
    CHECK_TEXT(rp_text_from(jsonld.error.message), "the number 1e400 is too large for xsd:double");
    CHECK_TEXT(rp_test_jsonld_place(&jsonld.error), "JSON pointer \"/http:~1~1e~1p\".");
    CHECK_STATUS(rp_test_jsonld_read(&jsonld, "{'http://e/p':{'@type':'@json','@value':[1e999]}}"),
                 RP_SYNTAX);
    CHECK_TEXT(rp_test_jsonld_place(&jsonld.error), "JSON pointer \"/http:~1~1e~1p/@value/0\".");
    rp_test_jsonld_end(&jsonld);
}

/* A failed allocation, or the host's wish to stop, ends the reading wherever it is met. */
RP_TEST(jsonld_failing_host)
{
    static const char body[] =
        "{'@context':{'@vocab':'http://e/','p':{'@container':'@list','@context':{'q':'x:q'}},"
        "'x':'http://e/x/','T':{'@context':{'r':'x:r','s':{'@type':'@id'}}}}}";
    static const char document[] =
        "{'@context':['c',{'n':'@nest','j':{'@type':'@json'}}],'@id':'a','@type':['T','U'],"
        "'p':[{'q':1},'x',[2.5]],'r':{'@value':'v','@language':'en'},'s':'b','n':{'k':true},"
        "'j':{'b':1,'a':[null]},'@reverse':{'v':{'@id':'c'}},'@graph':{'@id':'d','w':'_:e'}}";
    bool has_ended = false;

    for (long after = 1; !has_ended && after < 1000; after++) {
        RpTestJsonld jsonld;
        RpStatus status;

        rp_test_jsonld_begin(&jsonld);
        CHECK_STATUS(rp_test_jsonld_register(&jsonld, "http://e/c", body), RP_OK);
        jsonld.keeps_nothing = true;
        rp_test_fail_allocation_after = after;
        jsonld.arena.limit_bytes = jsonld.arena.used_bytes + (size_t)after * 97;
        status = rp_test_jsonld_read(&jsonld, document);
        rp_test_fail_allocation_after = -1;
        has_ended = status == RP_OK;
        CHECK(status == RP_OK || status == RP_OUT_OF_MEMORY || status == RP_TOO_LARGE);
        rp_test_jsonld_end(&jsonld);
    }
    CHECK(has_ended);
}

RP_TEST(jsonld_interrupted)
{
    RpTestJsonld jsonld;

    rp_test_jsonld_begin(&jsonld);
    jsonld.keeps_nothing = true;
    fill_many(&jsonld, "{'@context':{'@vocab':'http://e/'},'p':[", "{'@id':'n%u'}", MANY, "]}");
    rp_test_stop_after = 3;
    CHECK_STATUS(rp_test_jsonld_read_document(&jsonld), RP_INTERRUPTED);
    rp_test_stop_after = -1;
    CHECK(jsonld.count < MANY);
    rp_test_jsonld_end(&jsonld);
}
