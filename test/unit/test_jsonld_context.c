/* jsonld/context*, term_*, iri_expand: contexts (JSON-LD 1.1 API, 4 and 5.2). */
#include <stdio.h>

#include "check.h"
#include "jsonld/context_bytes.h"
#include "jsonld_text.h"

#define reads rp_test_jsonld_reads
#define refuses rp_test_jsonld_refuses

#define ONE "\"1\"^^<xsd:integer>"

/* A document with registered contexts c1 and c2, of the IRIs http://e/c1 and http://e/c2. */
static void
reads_with(const char *c1, const char *c2, const char *document, const char *triples)
{
    RpTestJsonld jsonld;

    rp_test_jsonld_begin(&jsonld);
    rp_test_jsonld_add_context(&jsonld, "http://e/c1", c1);
    if (c2) {
        rp_test_jsonld_add_context(&jsonld, "http://e/c2", c2);
        CHECK_STATUS(rp_test_jsonld_compile(&jsonld, "http://e/c2"), RP_OK);
    }
    if (!CHECK_STATUS(rp_test_jsonld_compile(&jsonld, "http://e/c1"), RP_OK) ||
        !CHECK_STATUS(rp_test_jsonld_read(&jsonld, document), RP_OK) ||
        !CHECK_TEXT(rp_buffer_text(&jsonld.triples), triples)) {
        CHECK_TEXT(rp_text_from(document), jsonld.error.message);
    }
    rp_test_jsonld_end(&jsonld);
}

static void
refuses_with(const char *c1, const char *document, RpStatus status, const char *code,
             const char *place)
{
    RpTestJsonld jsonld;

    rp_test_jsonld_begin(&jsonld);
    rp_test_jsonld_add_context(&jsonld, "http://e/c1", c1);
    if (!CHECK_STATUS(rp_test_jsonld_compile(&jsonld, "http://e/c1"), RP_OK) ||
        !CHECK_STATUS(rp_test_jsonld_read(&jsonld, document), status) ||
        !CHECK_TEXT(rp_text_from(jsonld.error.rule), code) ||
        !CHECK_TEXT(rp_test_jsonld_place(&jsonld.error), place)) {
        CHECK_TEXT(rp_text_from(document), jsonld.error.message);
    }
    rp_test_jsonld_end(&jsonld);
}

/* A context that cannot be registered. */
static void
refuses_context(const char *body, RpStatus status, const char *code, const char *place)
{
    RpTestJsonld jsonld;

    rp_test_jsonld_begin(&jsonld);
    if (!CHECK_STATUS(rp_test_jsonld_register(&jsonld, "http://e/c1", body), status) ||
        !CHECK_TEXT(rp_text_from(jsonld.error.rule), code) ||
        !CHECK_TEXT(rp_test_jsonld_place(&jsonld.error), place)) {
        CHECK_TEXT(rp_text_from(body), jsonld.error.message);
    }
    rp_test_jsonld_end(&jsonld);
}

RP_TEST(jsonld_iris)
{
    reads(
        "{'@context':{'x':'http://e/x/','y':{'@id':'http://e/y'},'z':{'@id':'x:z','@prefix':true},"
        "'w':'http://e/w#'},'x:a':1,'y:a':1,'z:a':1,'w:a':1,'urn:a':1,'x://a':1}",
        "_:genid1 <w#a> " ONE "\n_:genid1 <x/a> " ONE "\n_:genid1 <y:a> " ONE
        "\n_:genid1 <x/za> " ONE "\n_:genid1 <urn:a> " ONE "\n_:genid1 <x://a> " ONE "\n");
    /* A compact IRI as a term, and terms by one another in any order. */
    reads("{'@context':{'a':'b:c','b':'c:d/','c':'http://e/','x:y':{'@type':'@id'},'x':'c:x/'},"
          "'a':1,'x:y':'a'}",
          "_:genid1 <d/c> " ONE "\n_:genid1 <x/y> <a>\n");
    reads("{'@context':[{'a':'http://e/a'},{'a':null,'b':'http://e/b'},{'a':'http://e/c'}],'a':1,"
          "'b':1}",
          "_:genid1 <c> " ONE "\n_:genid1 <b> " ONE "\n");
    reads("{'@context':[{'a':'http://e/a','b':'http://e/b'},null,{'b':'http://e/c'}],'a':1,'b':1}",
          "_:genid1 <c> " ONE "\n");
    reads("{'@context':{'@vocab':'http://e/v#','a':{'@id':null},'b':{}},'a':1,'b':1,'c':1}",
          "_:genid1 <v#b> " ONE "\n_:genid1 <v#c> " ONE "\n");
    reads("{'@context':{'@base':'http://e/b/c','@vocab':'','p':{'@type':'@vocab'}},'p':'q'}",
          "_:genid1 <b/cp> <b/cq>\n");
    reads("{'@context':{'@version':1.10,'a':'http://e/a'},'a':1}", "_:genid1 <a> " ONE "\n");
    /* What has the form of a keyword is nothing. */
    reads("{'@context':{'@ignored':'http://e/i','a':'@ignoredToo','b':{'@reverse':'@no'}},"
          "'@ignored':1,'a':1,'b':{'@id':'x'}}",
          "");
}

/* The codes of 9.6, and where the fault is. */
RP_TEST(jsonld_term_errors)
{
    static const struct {
        const char *context;
        const char *code;
        const char *pointer;
    } cases[] = {
        {"1", "invalid local context", "/@context"},
        {"[[]]", "invalid local context", "/@context/0"},
        {"{'@version':'1.1'}", "invalid @version value", "/@context/@version"},
        {"{'@version':1.11}", "invalid @version value", "/@context/@version"},
        {"{'@base':1}", "invalid base IRI", "/@context/@base"},
        {"[{'@base':null},{'@base':'x'}]", "invalid base IRI", "/@context/1/@base"},
        {"{'@vocab':1}", "invalid vocab mapping", "/@context/@vocab"},
        {"{'@language':1}", "invalid default language", "/@context/@language"},
        {"{'@direction':'up'}", "invalid base direction", "/@context/@direction"},
        {"{'@propagate':1}", "invalid @propagate value", "/@context/@propagate"},
        {"{'@protected':1}", "invalid @protected value", "/@context/@protected"},
        {"{'@import':1}", "invalid @import value", "/@context/@import"},
        {"{'@id':'http://e/x'}", "keyword redefinition", "/@context/@id"},
        {"{'@type':{'@container':'@list'}}", "keyword redefinition", "/@context/@type"},
        {"{'@type':{}}", "keyword redefinition", "/@context/@type"},
        {"{'':'http://e/x'}", "invalid term definition", "/@context/"},
        {"{'a':1}", "invalid term definition", "/@context/a"},
        {"{'a':{'@id':'http://e/a','x':1}}", "invalid term definition", "/@context/a/x"},
        {"{'a':{'@id':1}}", "invalid IRI mapping", "/@context/a/@id"},
        {"{'a':{'@id':'b'}}", "invalid IRI mapping", "/@context/a/@id"},
        {"{'a':{}}", "invalid IRI mapping", "/@context/a"},
        {"{'x:a':'http://e/b'}", "invalid IRI mapping", "/@context/x:a"},
        {"{'a':'@context'}", "invalid keyword alias", "/@context/a"},
        {"{'a':'b:x','b':'a:y'}", "cyclic IRI mapping", "/@context/a"},
        {"{'a':{'@id':'http://e/a','@type':1}}", "invalid type mapping", "/@context/a/@type"},
        {"{'a':{'@id':'http://e/a','@type':'b'}}", "invalid type mapping", "/@context/a/@type"},
        {"{'a':{'@id':'http://e/a','@type':'@set'}}", "invalid type mapping", "/@context/a/@type"},
        {"{'a':{'@id':'http://e/a','@container':'@value'}}", "invalid container mapping",
         "/@context/a/@container"},
        {"{'a':{'@id':'http://e/a','@container':['@list','@set']}}", "invalid container mapping",
         "/@context/a/@container"},
        {"{'a':{'@id':'http://e/a','@container':[]}}", "invalid container mapping",
         "/@context/a/@container"},
        {"{'a':{'@id':'http://e/a','@container':'@type','@type':'@json'}}", "invalid type mapping",
         "/@context/a/@container"},
        {"{'a':{'@id':'http://e/a','@index':'http://e/i'}}", "invalid term definition",
         "/@context/a/@index"},
        {"{'a':{'@id':'http://e/a','@container':'@index','@index':'i'}}", "invalid term definition",
         "/@context/a/@index"},
        {"{'a':{'@id':'http://e/a','@language':1}}", "invalid language mapping",
         "/@context/a/@language"},
        {"{'a':{'@id':'http://e/a','@direction':1}}", "invalid base direction",
         "/@context/a/@direction"},
        {"{'a':{'@id':'http://e/a','@nest':'@id'}}", "invalid @nest value", "/@context/a/@nest"},
        {"{'a':{'@id':'http://e/a','@prefix':1}}", "invalid @prefix value", "/@context/a/@prefix"},
        {"{'a':{'@id':'@type','@prefix':true}}", "invalid term definition", "/@context/a/@prefix"},
        {"{'a:b':{'@id':'a:b','@prefix':true}}", "invalid term definition",
         "/@context/a:b/@prefix"},
        {"{'a':{'@id':'http://e/a','@protected':1}}", "invalid @protected value",
         "/@context/a/@protected"},
        {"{'a':{'@reverse':'http://e/a','@id':'http://e/b'}}", "invalid reverse property",
         "/@context/a"},
        {"{'a':{'@reverse':1}}", "invalid IRI mapping", "/@context/a/@reverse"},
        {"{'a':{'@reverse':'b'}}", "invalid IRI mapping", "/@context/a/@reverse"},
        {"{'a':{'@reverse':'http://e/a','@container':'@list'}}", "invalid reverse property",
         "/@context/a/@container"},
        {"{'a':{'@id':'http://e/a','@context':{'b':1}}}", "invalid scoped context",
         "/@context/a/@context/b"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char document[256];
        char place[128];

        (void)snprintf(document, sizeof document, "{'@context':%s}", cases[i].context);
        (void)snprintf(place, sizeof place, "JSON pointer \"%s\".", cases[i].pointer);
        refuses(document, cases[i].code, place);
    }
}

RP_TEST(jsonld_scoped_contexts)
{
    /* Of a property: in force in what is within, at any depth. */
    reads("{'@context':{'@vocab':'http://e/','p':{'@context':{'q':'http://e/x'}}},"
          "'p':{'q':{'q':1}},'q':1}",
          "_:genid1 <p> _:genid2\n_:genid2 <x> _:genid3\n_:genid3 <x> " ONE "\n_:genid1 <q> " ONE
          "\n");
    /* Of a type: in force in the node, and not in nodes within. */
    reads("{'@context':{'@vocab':'http://e/','T':{'@context':{'q':'http://e/x'}}},"
          "'@id':'a','@type':'T','q':{'q':1}}",
          "<a> <x> _:genid1\n_:genid1 <q> " ONE "\n<a> <rdf:type> <T>\n");
    reads("{'@context':{'@vocab':'http://e/',"
          "'T':{'@context':{'@propagate':true,'q':'http://e/x'}}},'@id':'a','@type':'T',"
          "'q':{'q':1}}",
          "<a> <x> _:genid1\n_:genid1 <x> " ONE "\n<a> <rdf:type> <T>\n");
    reads("{'@context':{'@vocab':'http://e/','p':{'@context':{'@propagate':false,"
          "'q':'http://e/x'}}},'p':{'q':{'q':1}}}",
          "_:genid1 <p> _:genid2\n_:genid2 <x> _:genid3\n_:genid3 <q> " ONE "\n");
    /* Types are applied in code point order, and are themselves read without them. */
    reads("{'@context':{'@vocab':'http://e/','T':{'@context':{'U':'http://e/x','q':'http://e/t'}},"
          "'U':{'@context':{'q':'http://e/u'}}},'@id':'a','@type':['U','T'],'q':1}",
          "<a> <u> " ONE "\n<a> <rdf:type> <U>\n<a> <rdf:type> <T>\n");
    /* A value object, and a reference, keep the context of the type. */
    reads("{'@context':{'@vocab':'http://e/','T':{'@context':{'id':'@id','val':'@value'}}},"
          "'@type':'T','p':{'val':'x'},'q':{'id':'b'}}",
          "_:genid1 <p> \"x\"\n_:genid1 <q> <b>\n_:genid1 <rdf:type> <T>\n");
    /* A scoped context may refer to terms that are defined later, and to its own. */
    reads("{'@context':{'a':{'@id':'http://e/a','@context':{'b':'z:y','c':{'@id':'a'}}},"
          "'z':'http://e/'},'a':{'b':1,'c':2}}",
          "_:genid1 <a> _:genid2\n_:genid2 <y> " ONE "\n_:genid2 <a> \"2\"^^<xsd:integer>\n");
    reads("{'@context':{'@vocab':'http://e/','p':{'@context':null}},'p':{'q':1,'http://e/r':1}}",
          "_:genid1 <p> _:genid2\n_:genid2 <r> " ONE "\n");
    /* Map keys that are types have theirs. */
    reads("{'@context':{'@vocab':'http://e/','p':{'@container':'@type'},"
          "'T':{'@context':{'q':'http://e/x'}}},'p':{'T':{'q':1}}}",
          "_:genid1 <p> _:genid2\n_:genid2 <rdf:type> <T>\n_:genid2 <x> " ONE "\n");
}

RP_TEST(jsonld_protected_terms)
{
    refuses("{'@context':[{'@protected':true,'p':'http://e/p'},{'p':'http://e/q'}]}",
            "protected term redefinition", "JSON pointer \"/@context/1/p\".");
    refuses("{'@context':[{'@protected':true,'p':'http://e/p'},null]}",
            "invalid context nullification", "JSON pointer \"/@context/1\".");
    refuses("{'@context':{'p':{'@id':'http://e/p','@protected':true}},'http://e/x':"
            "{'@context':{'p':{'@id':'http://e/p','@type':'@id'}}}}",
            "protected term redefinition", "JSON pointer \"/http:~1~1e~1x/@context/p\".");
    /* The same definition is none, and the term stays protected. */
    refuses("{'@context':[{'@protected':true,'p':'http://e/p'},{'p':'http://e/p'},"
            "{'p':'http://e/q'}]}",
            "protected term redefinition", "JSON pointer \"/@context/2/p\".");
    reads("{'@context':[{'@protected':true,'p':'http://e/p','u':{'@id':'http://e/u',"
          "'@protected':false}},{'u':'http://e/v'}],'u':1}",
          "_:genid1 <v> " ONE "\n");
    /* A property's context may. */
    reads("{'@context':{'@protected':true,'p':'http://e/p','q':{'@id':'http://e/q',"
          "'@context':{'p':'http://e/x'}}},'q':{'p':1}}",
          "_:genid1 <q> _:genid2\n_:genid2 <x> " ONE "\n");
}

RP_TEST(jsonld_registered_contexts)
{
    reads_with("{'@context':{'@vocab':'http://e/','p':{'@type':'@id'}}}", NULL,
               "{'@context':'c1','p':'a','q':1}", "_:genid1 <p> <a>\n_:genid1 <q> " ONE "\n");
    /* A document's own lies over it, and it over others. */
    reads_with("{'@context':{'p':'http://e/p','q':'http://e/q'}}",
               "{'@context':{'q':'http://e/x','r':'http://e/r'}}",
               "{'@context':['c1','c2',{'r':'http://e/y'}],'p':1,'q':1,'r':1}",
               "_:genid1 <p> " ONE "\n_:genid1 <x> " ONE "\n_:genid1 <y> " ONE "\n");
    reads_with("{'@context':{'p':'http://e/p'}}", "{'@context':{'p':'http://e/q'}}",
               "{'@context':'c1','p':{'@context':'c2','p':{'p':1}},'http://e/z':{'p':1}}",
               "_:genid1 <p> _:genid2\n_:genid2 <q> _:genid3\n_:genid3 <q> " ONE
               "\n_:genid1 <z> _:genid4\n_:genid4 <p> " ONE "\n");
    /* It includes and imports others. */
    reads_with("{'@context':['c2',{'q':'x:q'}]}", "{'@context':{'x':'http://e/'}}",
               "{'@context':'c1','q':1,'x:y':1}", "_:genid1 <q> " ONE "\n_:genid1 <y> " ONE "\n");
    reads_with("{'@context':{'@import':'c2','p':'http://e/own'}}",
               "{'@context':{'p':'http://e/p','q':'http://e/q'}}", "{'@context':'c1','p':1,'q':1}",
               "_:genid1 <own> " ONE "\n_:genid1 <q> " ONE "\n");
    reads_with("{'@context':{'p':'http://e/p','q':'http://e/q'}}", NULL,
               "{'@context':{'@import':'c1','@protected':true,'q':{'@id':'http://e/x',"
               "'@type':'@id'}},'p':1,'q':'a'}",
               "_:genid1 <p> " ONE "\n_:genid1 <x> <a>\n");
    /* The base of a remote context is not the document's, and its @base does not count. */
    reads_with("{'@context':{'@base':'http://e/other/','p':{'@id':'http://e/p','@type':'@id'}}}",
               NULL, "{'@context':'c1','p':'a'}", "_:genid1 <p> <a>\n");
    /* @type, @language and @direction. */
    reads_with("{'@context':{'@language':'de','@direction':'rtl','@vocab':'http://e/',"
               "'@type':{'@container':'@set'}}}",
               NULL, "{'@context':'c1','p':'x'}", "_:genid1 <p> \"x\"@de\n");
}

/* A compiled context is the same as its source wherever it is used. */
RP_TEST(jsonld_compiled_contexts_depend_on_little)
{
    /* A prefix, a term with a colon and a vocabulary of the contexts before. */
    static const char c1[] = "{'@context':{'p':'x:p','q':{'@id':'http://e/q','@type':'x:T'}}}";

    reads_with(c1, NULL, "{'@context':'c1','p':1,'q':'a'}",
               "_:genid1 <x:p> " ONE "\n_:genid1 <q> \"a\"^^<x:T>\n");
    reads_with(c1, NULL, "{'@context':[{'x':'http://e/x/'},'c1'],'p':1,'q':'a'}",
               "_:genid1 <x/p> " ONE "\n_:genid1 <q> \"a\"^^<x/T>\n");
    reads_with(c1, NULL, "{'@context':[{'y':'http://e/x/'},'c1'],'p':1,'y:p':1}",
               "_:genid1 <x:p> " ONE "\n_:genid1 <x/p> " ONE "\n");
    reads_with(c1, NULL, "{'@context':[{'x:p':{'@type':'@id'},'x':'http://e/x/'},'c1'],'p':1}",
               "_:genid1 <x/p> " ONE "\n");
    reads_with("{'@context':{'x':'http://e/c/','p':'x:p'}}", NULL,
               "{'@context':[{'x':'http://e/a/','x:p':{'@type':'@id'}},'c1'],'p':1}",
               "_:genid1 <a/p> " ONE "\n");
    refuses_with(c1, "{'@context':[{'x:p':null},'c1']}", RP_SYNTAX, "invalid IRI mapping",
                 "JSON pointer \"/@context/p\" of the context <http://e/c1>.");
    reads_with("{'@context':{'@vocab':'v/','p':{'@id':'q'}}}", NULL,
               "{'@context':[{'@vocab':'http://e/'},'c1'],'p':1,'r':1}",
               "_:genid1 <v/q> " ONE "\n_:genid1 <v/r> " ONE "\n");
    /* Protected terms before it. */
    reads_with("{'@context':{'p':'http://e/p','q':'http://e/q'}}", NULL,
               "{'@context':[{'p':{'@id':'http://e/p','@protected':true}},'c1'],'p':1,'q':1}",
               "_:genid1 <p> " ONE "\n_:genid1 <q> " ONE "\n");
    refuses_with("{'@context':{'p':'http://e/p'}}",
                 "{'@context':[{'p':{'@id':'http://e/p','@protected':true}},'c1',"
                 "{'p':'http://e/q'}]}",
                 RP_SYNTAX, "protected term redefinition", "JSON pointer \"/@context/2/p\".");
    refuses_with("{'@context':{'p':'http://e/p'}}",
                 "{'@context':[{'p':{'@id':'http://e/q','@protected':true}},'c1']}", RP_SYNTAX,
                 "protected term redefinition",
                 "JSON pointer \"/@context/p\" of the context <http://e/c1>.");
    refuses_with("{'@context':{'@protected':true,'p':'http://e/p'}}",
                 "{'@context':['c1',{'p':'http://e/q'}]}", RP_SYNTAX, "protected term redefinition",
                 "JSON pointer \"/@context/1/p\".");
    refuses_with("{'@context':{'@protected':true,'p':'http://e/p'}}", "{'@context':['c1',null]}",
                 RP_SYNTAX, "invalid context nullification", "JSON pointer \"/@context/1\".");
    /* Scoped contexts of its terms, over it and over more. */
    reads_with("{'@context':{'@vocab':'http://e/','x':'http://e/x/',"
               "'T':{'@context':{'q':'x:q','r':{'@context':{'s':'x:s'}}}}}}",
               NULL,
               "{'@context':'c1','@type':'T','q':1,'r':{'s':1,'q':1},"
               "'http://e/z':{'@context':{'x':'http://e/y/'},'@type':'T','q':1}}",
               "_:genid1 <x/q> " ONE "\n_:genid1 <r> _:genid2\n_:genid2 <q> " ONE
               "\n_:genid2 <x/s> " ONE "\n_:genid1 <rdf:type> <T>\n_:genid1 <z> _:genid3\n"
               "_:genid3 <y/q> " ONE "\n_:genid3 <rdf:type> <T>\n");
    reads_with("{'@context':{'p':{'@id':'http://e/p','@context':{'@propagate':false,"
               "'q':'http://e/q'}},'q':'http://e/r'}}",
               NULL, "{'@context':'c1','p':{'q':{'q':1}}}",
               "_:genid1 <p> _:genid2\n_:genid2 <q> _:genid3\n_:genid3 <r> " ONE "\n");
    /* Parts that are none: null, and the document's base. */
    reads_with("{'@context':{'@vocab':'http://e/','p':{'@context':null},"
               "'b':{'@type':'@id','@context':{'@base':'http://e/b/'}}}}",
               NULL, "{'@context':'c1','p':{'q':1,'http://e/r':1},'b':{'@id':'x','p':1}}",
               "_:genid1 <b> <b/x>\n<b/x> <p> " ONE "\n_:genid1 <p> _:genid2\n_:genid2 <r> " ONE
               "\n");
}

/* How many parts the bytes of a context have, and what is said of it. */
static void
check_parts(const char *body, uint32_t parts, uint32_t terms, uint32_t scoped, bool is_partial)
{
    RpTestJsonld jsonld;
    RpJsonldContextSummary summary;

    rp_test_jsonld_begin(&jsonld);
    if (CHECK_STATUS(rp_test_jsonld_register(&jsonld, "http://e/c1", body), RP_OK)) {
        const RpContextHeader *header = (const void *)jsonld.contexts[0].bytes.data;

        rp_jsonld_context_summary(header, &summary);
        CHECK_INT(header->size, jsonld.contexts[0].bytes.length);
        CHECK_INT(header->part_count, parts);
        CHECK_INT(summary.term_count, terms);
        CHECK_INT(summary.scoped_count, scoped);
        CHECK_INT(summary.is_partial, is_partial);
    }
    rp_test_jsonld_end(&jsonld);
}

RP_TEST(jsonld_parts_of_compiled_contexts)
{
    check_parts("{'@context':{}}", 1, 0, 0, false);
    check_parts("{'@context':{'a':'http://e/a','b':null,'@type':{'@protected':true}}}", 1, 3, 0,
                false);
    check_parts("{'@context':{'a':{'@id':'http://e/a','@context':{'b':{'@id':'http://e/b',"
                "'@context':{'c':'http://e/c'}}}},'d':{'@id':'http://e/d','@context':null}}}",
                3, 2, 3, false);
    check_parts("{'@context':[null,{'a':'http://e/a'}]}", 0, 1, 0, false);
    /* By itself it is wrong, after another one it is not. */
    check_parts("{'@context':{'a':'b'}}", 0, 1, 0, true);
    check_parts("{'@context':{'a':{'@id':'http://e/a','@context':{'c':'d'}}}}", 0, 1, 0, true);
    reads_with("{'@context':{'a':'b'}}", NULL, "{'@context':[{'@vocab':'http://e/'},'c1'],'a':1}",
               "_:genid1 <b> " ONE "\n");
    refuses_with("{'@context':{'a':'b'}}", "{'@context':'c1','a':1}", RP_SYNTAX,
                 "invalid IRI mapping",
                 "JSON pointer \"/@context/a\" of the context <http://e/c1>.");
}

RP_TEST(jsonld_contexts_that_include_others)
{
    RpTestJsonld jsonld;

    rp_test_jsonld_begin(&jsonld);
    rp_test_jsonld_add_context(&jsonld, "http://e/c1",
                               "{'@context':['c2','c2',{'z':'y:z','p':{'@id':'http://e/p',"
                               "'@context':['c3','http://e/none']}}]}");
    rp_test_jsonld_add_context(&jsonld, "http://e/c2", "{'@context':{}}");
    rp_test_jsonld_add_context(&jsonld, "http://e/c3", "{'@context':{'q':'http://e/q'}}");
    CHECK_STATUS(rp_test_jsonld_compile(&jsonld, "http://e/c1"), RP_OK);
    /* What a scoped context lacks is missed when it is used, also where the source is processed. */
    CHECK_STATUS(rp_test_jsonld_compile(&jsonld, "http://e/c2"), RP_OK);
    CHECK_STATUS(rp_test_jsonld_read(&jsonld, "{'@context':[{'y':'http://e/y/'},'c1'],'z':1}"),
                 RP_OK);
    CHECK_TEXT(rp_buffer_text(&jsonld.triples), "_:genid1 <y/z> " ONE "\n");
    CHECK_STATUS(rp_test_jsonld_compile(&jsonld, "http://e/c3"), RP_OK);
    CHECK_STATUS(rp_test_jsonld_read(&jsonld, "{'@context':'c1','http://e/x':1}"), RP_OK);
    CHECK_STATUS(rp_test_jsonld_read(&jsonld, "{'@context':'c1','p':{'q':1}}"), RP_UNDEFINED);
    CHECK_TEXT(rp_text_from(jsonld.error.rule), "loading remote context failed");
    CHECK_TEXT(rp_text_from(jsonld.error.message),
               "loading remote context failed: no context is registered as <http://e/none>");
    rp_test_jsonld_add_context(&jsonld, "http://e/none", "{'@context':{'r':'http://e/r'}}");
    CHECK_STATUS(rp_test_jsonld_compile(&jsonld, "http://e/none"), RP_OK);
    jsonld.triples.length = 0;
    CHECK_STATUS(rp_test_jsonld_read(&jsonld, "{'@context':'c1','p':{'q':1,'r':1}}"), RP_OK);
    CHECK_TEXT(rp_buffer_text(&jsonld.triples),
               "_:genid1 <p> _:genid2\n_:genid2 <q> " ONE "\n_:genid2 <r> " ONE "\n");
    rp_test_jsonld_end(&jsonld);
}

RP_TEST(jsonld_contexts_that_are_refused)
{
    static const char of[] = " of the context <http://e/c1>.";
    char place[128];

    (void)snprintf(place, sizeof place, "JSON pointer \"\"%s", of);
    refuses_context("[]", RP_SYNTAX, "invalid remote context", place);
    refuses_context("{'a':'http://e/a'}", RP_SYNTAX, "invalid remote context", place);
    (void)snprintf(place, sizeof place, "JSON pointer \"/@context/a\"%s", of);
    refuses_context("{'@context':{'a':1}}", RP_SYNTAX, "invalid term definition", place);
    (void)snprintf(place, sizeof place, "JSON pointer \"/@context\"%s", of);
    refuses_context("{'@context':'c1'}", RP_SYNTAX, "context overflow", place);
    refuses_context("{'@context':'http://e/none'}", RP_UNDEFINED, "loading remote context failed",
                    place);
    (void)snprintf(place, sizeof place, "JSON pointer \"/@context/@import\"%s", of);
    refuses_context("{'@context':{'@import':'c1'}}", RP_SYNTAX, "invalid context entry", place);
    refuses("{'@context':'c1'}", "loading remote context failed", "JSON pointer \"/@context\".");
    refuses_with("{'@context':[]}", "{'@context':{'@import':'c1'}}", RP_SYNTAX,
                 "invalid remote context", "JSON pointer \"/@context/@import\".");
}

/* The default context is in force before the document's own. */
RP_TEST(jsonld_default_context)
{
    RpTestJsonld jsonld;

    rp_test_jsonld_begin(&jsonld);
    CHECK_STATUS(rp_test_jsonld_register(&jsonld, "http://e/c1",
                                         "{'@context':{'p':'http://e/p','q':'http://e/q'}}"),
                 RP_OK);
    jsonld.options.default_context = RP_TEXT("http://e/c1");
    CHECK_STATUS(rp_test_jsonld_read(&jsonld, "{'p':1}"), RP_OK);
    CHECK_STATUS(rp_test_jsonld_read(&jsonld, "[{'@context':{'q':'http://e/x'},'p':1,'q':1}]"),
                 RP_OK);
    CHECK_TEXT(rp_buffer_text(&jsonld.triples),
               "_:genid1 <p> " ONE "\n_:genid1 <p> " ONE "\n_:genid1 <x> " ONE "\n");
    jsonld.options.default_context = RP_TEXT("http://e/none");
    CHECK_STATUS(rp_test_jsonld_read(&jsonld, "{'p':1}"), RP_UNDEFINED);
    rp_test_jsonld_end(&jsonld);
}

/* Without a base nothing is relative to one. */
RP_TEST(jsonld_without_base)
{
    RpTestJsonld jsonld;

    rp_test_jsonld_begin(&jsonld);
    jsonld.options.base_iri = RP_TEXT("");
    CHECK_STATUS(rp_test_jsonld_read(&jsonld, "{'@context':'c1'}"), RP_SYNTAX);
    CHECK_TEXT(rp_text_from(jsonld.error.rule), "loading document failed");
    CHECK_STATUS(rp_test_jsonld_read(&jsonld, "{'@context':{'@base':'http://e/x/'},'@id':'a',"
                                              "'http://e/p':{'@context':null,'@id':'b'}}"),
                 RP_OK);
    CHECK_TEXT(rp_buffer_text(&jsonld.triples), "");
    CHECK_INT(jsonld.drops.counts[RP_JSONLD_DROPPED_RELATIVE_IRI], 1);
    jsonld.options.base_iri = RP_TEXT("x");
    CHECK_STATUS(rp_test_jsonld_read(&jsonld, "{}"), RP_SYNTAX);
    rp_test_jsonld_end(&jsonld);
}
