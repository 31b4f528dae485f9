/* jsonld/jsonld_reader, walk_*: documents become triples (JSON-LD 1.1 API, 5.1, 5.3, 7.2, 8). */
#include "check.h"
#include "jsonld_text.h"

#define V "'@context':{'@vocab':'http://e/'},"
#define TYPE "<rdf:type>"

#define reads rp_test_jsonld_reads
#define refuses rp_test_jsonld_refuses

RP_TEST(jsonld_forms)
{
    /* Compact, expanded and flattened. */
    reads("{" V "'@id':'a','@type':'T','p':'x'}", "<a> <p> \"x\"\n<a> " TYPE " <T>\n");
    reads("[{'@id':'http://e/a','@type':['http://e/T'],'http://e/p':[{'@value':'x'}]}]",
          "<a> " TYPE " <T>\n<a> <p> \"x\"\n");
    reads("{'@graph':[{'@id':'http://e/a','http://e/p':{'@id':'_:b0'}},"
          "{'@id':'_:b0','http://e/q':{'@id':'http://e/a'}}]}",
          "<a> <p> _:b0\n_:b0 <q> <a>\n");
    reads("[]", "");
    reads("{}", "");
    reads("null", "");
    reads("'text'", "");
    reads("[[{'http://e/p':1}],null,3]", "_:genid1 <p> \"1\"^^<xsd:integer>\n");
    reads("{" V "'p':[{'q':1},[{'q':2}],null]}",
          "_:genid1 <p> _:genid2\n_:genid2 <q> \"1\"^^<xsd:integer>\n"
          "_:genid1 <p> _:genid3\n_:genid3 <q> \"2\"^^<xsd:integer>\n");
    reads("{" V "'p':{},'q':{'unknown:':null}}", "_:genid1 <p> _:genid2\n_:genid1 <q> _:genid3\n");
}

RP_TEST(jsonld_values)
{
    reads("{" V "'p':[true,false,1,1.5,-0.0,'s',1e21]}",
          "_:genid1 <p> \"true\"^^<xsd:boolean>\n_:genid1 <p> \"false\"^^<xsd:boolean>\n"
          "_:genid1 <p> \"1\"^^<xsd:integer>\n_:genid1 <p> \"1.5E0\"^^<xsd:double>\n"
          "_:genid1 <p> \"0\"^^<xsd:integer>\n_:genid1 <p> \"s\"\n"
          "_:genid1 <p> \"1.0E21\"^^<xsd:double>\n");
    reads("{" V "'p':[{'@value':'x','@language':'en-GB'},{'@value':'x','@type':'T'},"
          "{'@value':1,'@type':'T'},{'@value':true,'@type':'T','@index':'i'},{'@value':null}]}",
          "_:genid1 <p> \"x\"@en-GB\n_:genid1 <p> \"x\"^^<T>\n_:genid1 <p> \"1\"^^<T>\n"
          "_:genid1 <p> \"true\"^^<T>\n");
    reads("{'http://e/p':[{'@value':5,'@type':'http://www.w3.org/2001/XMLSchema#double'},"
          "{'@value':5.5,'@type':'http://www.w3.org/2001/XMLSchema#float'}]}",
          "_:genid1 <p> \"5.0E0\"^^<xsd:double>\n_:genid1 <p> \"5.5E0\"^^<xsd:float>\n");
    reads("{" V "'p':{'@language':'en'},'q':{'@set':[]},'r':{'@set':[1,[2]],'@index':'i'}}",
          "_:genid1 <r> \"1\"^^<xsd:integer>\n_:genid1 <r> \"2\"^^<xsd:integer>\n");
    refuses("{" V "'p':{'@value':'x','q':1}}", "invalid value object", "JSON pointer \"/p/q\".");
    refuses("{" V "'p':{'@value':'x','@id':'a'}}", "invalid value object",
            "JSON pointer \"/p/@id\".");
    refuses("{" V "'p':{'@value':'x','@type':'T','@language':'en'}}", "invalid value object",
            "JSON pointer \"/p\".");
    refuses("{" V "'p':{'@value':['x']}}", "invalid value object value",
            "JSON pointer \"/p/@value\".");
    refuses("{" V "'p':{'@value':1,'@language':'en'}}", "invalid language-tagged value",
            "JSON pointer \"/p/@value\".");
    refuses("{" V "'p':{'@value':'x','@language':1}}", "invalid language-tagged string",
            "JSON pointer \"/p/@language\".");
    refuses("{" V "'p':{'@value':'x','@type':'_:b'}}", "invalid typed value",
            "JSON pointer \"/p/@type\".");
    refuses("{'http://e/p':{'@value':'x','@type':'http://e/a b'}}", "invalid typed value",
            "JSON pointer \"/http:~1~1e~1p/@type\".");
    refuses("{" V "'p':{'@value':'x','@type':1}}", "invalid type value",
            "JSON pointer \"/p/@type\".");
    refuses("{" V "'p':{'@value':'x','@direction':'up'}}", "invalid base direction",
            "JSON pointer \"/p/@direction\".");
    refuses("{" V "'p':{'@value':'x','@index':1}}", "invalid @index value",
            "JSON pointer \"/p/@index\".");
}

/* Coercion by the definition of a property (5.3). */
RP_TEST(jsonld_coercion)
{
    reads("{'@context':{'@vocab':'http://e/','@language':'de','p':{'@type':'@id'},"
          "'q':{'@type':'@vocab'},'r':{'@type':'http://e/T'},'s':{'@language':'fr'},"
          "'t':{'@language':null},'u':{'@type':'@none'}},"
          "'p':['a','_:x',1],'q':['p','a'],'r':['a',1,true],'s':['a',1],'t':'a','u':'a','v':'a'}",
          "_:genid1 <p> <a>\n_:genid1 <p> _:x\n_:genid1 <p> \"1\"^^<xsd:integer>\n"
          "_:genid1 <q> <p>\n_:genid1 <q> <a>\n"
          "_:genid1 <r> \"a\"^^<T>\n_:genid1 <r> \"1\"^^<T>\n_:genid1 <r> \"true\"^^<T>\n"
          "_:genid1 <s> \"a\"@fr\n_:genid1 <s> \"1\"^^<xsd:integer>\n"
          "_:genid1 <t> \"a\"\n_:genid1 <u> \"a\"@de\n_:genid1 <v> \"a\"@de\n");
}

/* A number that is coerced to xsd:decimal is exact, or has the recommendation's form. */
RP_TEST(jsonld_decimals)
{
    static const char document[] =
        "{'@context':{'p':{'@id':'http://e/p','@type':'http://www.w3.org/2001/XMLSchema#decimal'}},"
        "'p':[10.5,10,1e21,{'@value':0.25,'@type':'http://www.w3.org/2001/XMLSchema#decimal'}]}";
    RpTestJsonld jsonld;

    reads(document, "_:genid1 <p> \"10.5\"^^<xsd:decimal>\n_:genid1 <p> \"10\"^^<xsd:decimal>\n"
                    "_:genid1 <p> \"1000000000000000000000\"^^<xsd:decimal>\n"
                    "_:genid1 <p> \"0.25\"^^<xsd:decimal>\n");
    rp_test_jsonld_begin(&jsonld);
    jsonld.options.rounds_decimals = true;
    CHECK_STATUS(rp_test_jsonld_read(&jsonld, document), RP_OK);
    CHECK_TEXT(rp_buffer_text(&jsonld.triples),
               "_:genid1 <p> \"1.05E1\"^^<xsd:decimal>\n_:genid1 <p> \"10\"^^<xsd:decimal>\n"
               "_:genid1 <p> \"1.0E21\"^^<xsd:decimal>\n"
               "_:genid1 <p> \"2.5E-1\"^^<xsd:decimal>\n");
    rp_test_jsonld_end(&jsonld);
}

RP_TEST(jsonld_lists)
{
    reads("{" V "'p':{'@list':[1,{'@id':'a'},null]},'q':{'@list':[]}}",
          "_:genid2 <rdf:first> \"1\"^^<xsd:integer>\n_:genid2 <rdf:rest> _:genid3\n"
          "_:genid3 <rdf:first> <a>\n_:genid3 <rdf:rest> <rdf:nil>\n_:genid1 <p> _:genid2\n"
          "_:genid1 <q> <rdf:nil>\n");
    reads("{'@context':{'p':{'@id':'http://e/p','@container':'@list'}},'p':[[1],[],2]}",
          "_:genid2 <rdf:first> \"1\"^^<xsd:integer>\n_:genid2 <rdf:rest> <rdf:nil>\n"
          "_:genid3 <rdf:first> _:genid2\n_:genid3 <rdf:rest> _:genid4\n"
          "_:genid4 <rdf:first> <rdf:nil>\n_:genid4 <rdf:rest> _:genid5\n"
          "_:genid5 <rdf:first> \"2\"^^<xsd:integer>\n_:genid5 <rdf:rest> <rdf:nil>\n"
          "_:genid1 <p> _:genid3\n");
    /* A list object is the container's list, a single value is a list of one, null is none. */
    reads("{'@context':{'p':{'@id':'http://e/p','@container':'@list'},"
          "'q':{'@id':'http://e/q','@container':'@list'}},'p':{'@list':[]},'q':null}",
          "_:genid1 <p> <rdf:nil>\n");
    reads("{'@context':{'p':{'@id':'http://e/p','@container':'@list'}},'p':'x'}",
          "_:genid2 <rdf:first> \"x\"\n_:genid2 <rdf:rest> <rdf:nil>\n_:genid1 <p> _:genid2\n");
    /* A dropped item has its cell (8.3.2); a dropped property has no list, but its nodes stay. */
    reads("{'http://e/p':{'@list':[{'@id':'a b'},1]}}",
          "_:genid2 <rdf:rest> _:genid3\n_:genid3 <rdf:first> \"1\"^^<xsd:integer>\n"
          "_:genid3 <rdf:rest> <rdf:nil>\n_:genid1 <p> _:genid2\n");
    reads("{" V "'_:p':{'@list':[{'q':1}]}}", "_:genid2 <q> \"1\"^^<xsd:integer>\n");
    reads("{" V "'@list':[{'q':1}]}", "");
    refuses("{" V "'p':{'@list':[1],'q':1}}", "invalid set or list object",
            "JSON pointer \"/p/q\".");
}

RP_TEST(jsonld_nodes)
{
    reads("{'@context':{'id':'@id','type':'@type','p':'http://e/p'},'id':'a','type':['T','_:t'],"
          "'p':{'id':'#f'}}",
          "<a> <p> <#f>\n<a> " TYPE " <T>\n<a> " TYPE " _:t\n");
    reads("{'@context':{'@base':'http://e/x/','p':'http://e/p'},'@id':'../a','p':{'@id':''}}",
          "<a> <p> <x/>\n");
    reads("{" V "'@reverse':{'p':[{'@id':'a'},{'@id':'b','q':1}]},'@id':'c'}",
          "<a> <p> <c>\n<b> <p> <c>\n<b> <q> \"1\"^^<xsd:integer>\n");
    reads("{'@context':{'p':{'@reverse':'http://e/q','@type':'@id'}},'@id':'c','p':['a','b']}",
          "<a> <q> <c>\n<b> <q> <c>\n");
    /* Reversed twice. */
    reads("{'@context':{'p':{'@reverse':'http://e/q'}},'@id':'c','@reverse':{'p':{'@id':'a'}}}",
          "<c> <q> <a>\n");
    reads("{" V "'@id':'a','@included':[{'@id':'b','p':1},{'@id':'c'}]}",
          "<b> <p> \"1\"^^<xsd:integer>\n");
    reads("{'@context':{'@vocab':'http://e/','n':'@nest'},'@id':'a','n':[{'p':1,'n':{'q':2}},{}],"
          "'@nest':{'@type':'T'}}",
          "<a> <p> \"1\"^^<xsd:integer>\n<a> " TYPE " <T>\n<a> <q> \"2\"^^<xsd:integer>\n");
    refuses("{'@id':1}", "invalid @id value", "JSON pointer \"/@id\".");
    refuses("{'@id':'a','@type':[1]}", "invalid type value", "JSON pointer \"/@type/0\".");
    refuses("{'@context':{'id':'@id'},'@id':'a','id':'b'}", "colliding keywords",
            "JSON pointer \"/@id\".");
    refuses("{'@reverse':[]}", "invalid @reverse value", "JSON pointer \"/@reverse\".");
    refuses("{'@reverse':{'@id':'a'}}", "invalid reverse property map",
            "JSON pointer \"/@reverse/@id\".");
    refuses("{" V "'@reverse':{'p':'x'}}", "invalid reverse property value",
            "JSON pointer \"/@reverse/p\".");
    refuses("{" V "'@reverse':{'p':{'@list':[]}}}", "invalid reverse property value",
            "JSON pointer \"/@reverse/p\".");
    refuses("{'@included':'x'}", "invalid @included value", "JSON pointer \"/@included\".");
    refuses("{'@included':{'@value':'x'}}", "invalid @included value",
            "JSON pointer \"/@included/@value\".");
    refuses("{'@nest':1}", "invalid @nest value", "JSON pointer \"/@nest\".");
    refuses("{'@nest':{'@value':1}}", "invalid @nest value", "JSON pointer \"/@nest/@value\".");
    refuses("{'@index':1}", "invalid @index value", "JSON pointer \"/@index\".");
}

RP_TEST(jsonld_containers)
{
    reads("{'@context':{'p':{'@id':'http://e/p','@container':'@language'},'none':'@none'},"
          "'p':{'en':['a',null],'de':'b','none':'c'}}",
          "_:genid1 <p> \"b\"@de\n_:genid1 <p> \"a\"@en\n_:genid1 <p> \"c\"\n");
    reads("{'@context':{'@vocab':'http://e/','p':{'@container':'@index'}},"
          "'p':{'x':'a','y':[{'@id':'b'},1]}}",
          "_:genid1 <p> \"a\"\n_:genid1 <p> <b>\n_:genid1 <p> \"1\"^^<xsd:integer>\n");
    /* Property-valued index. */
    reads("{'@context':{'@vocab':'http://e/','p':{'@container':'@index','@index':'q'}},"
          "'p':{'x':{'@id':'a'},'@none':{'@id':'b'}}}",
          "_:genid1 <p> <a>\n<a> <q> \"x\"\n_:genid1 <p> <b>\n");
    reads("{'@context':{'@vocab':'http://e/','q':{'@type':'@vocab'},"
          "'p':{'@container':'@index','@index':'q'}},'p':{'x':{'@id':'a'}}}",
          "_:genid1 <p> <a>\n<a> <q> <x>\n");
    refuses("{'@context':{'@vocab':'http://e/','p':{'@container':'@index','@index':'q'}},"
            "'p':{'x':'a'}}",
            "invalid value object", "JSON pointer \"/p/x\".");
    reads("{'@context':{'@vocab':'http://e/','p':{'@container':'@id'}},"
          "'p':{'a':{'q':1},'b':{'@id':'c'},'@none':{'q':2}}}",
          "_:genid1 <p> <a>\n<a> <q> \"1\"^^<xsd:integer>\n_:genid1 <p> <c>\n"
          "_:genid1 <p> _:genid2\n_:genid2 <q> \"2\"^^<xsd:integer>\n");
    reads("{'@context':{'@vocab':'http://e/','p':{'@container':'@type'}},"
          "'p':{'T':[{'@id':'a'},'b'],'@none':{'@id':'c'}}}",
          "_:genid1 <p> <a>\n<a> " TYPE " <T>\n_:genid1 <p> <b>\n<b> " TYPE " <T>\n"
          "_:genid1 <p> <c>\n");
    reads("{'@context':{'j':{'@id':'http://e/j','@type':'@json'}},'j':{'b':[1.0,null],'a':{}}}",
          "_:genid1 <j> \"{\\\"a\\\":{},\\\"b\\\":[1,null]}\"^^<rdf:JSON>\n");
    reads("{'@context':{'j':{'@id':'http://e/j','@type':'@json'}},'j':null,"
          "'http://e/k':{'@value':[],'@type':'@json'}}",
          "_:genid1 <j> \"null\"^^<rdf:JSON>\n_:genid1 <k> \"[]\"^^<rdf:JSON>\n");
    reads("{'@context':{'j':{'@id':'http://e/j','@type':'@json','@container':'@list'}},'j':[1]}",
          "_:genid2 <rdf:first> \"[1]\"^^<rdf:JSON>\n_:genid2 <rdf:rest> <rdf:nil>\n"
          "_:genid1 <j> _:genid2\n");
    refuses("{'@context':{'p':{'@id':'http://e/p','@container':'@language'}},'p':{'en':1}}",
            "invalid language map value", "JSON pointer \"/p/en\".");
}

RP_TEST(jsonld_graphs)
{
    /* Alone at the top it is the default graph; with a name, or in an array, a graph. */
    reads("{" V "'@graph':[{'@id':'a','p':1}],'unknown:key':null}",
          "<a> <p> \"1\"^^<xsd:integer>\n");
    reads("{" V "'@id':'g','@graph':{'@id':'a','p':1}}", "<a> <p> \"1\"^^<xsd:integer> <g>\n");
    reads("{" V "'p':'x','@graph':{'@id':'a','p':1}}",
          "_:genid1 <p> \"x\"\n<a> <p> \"1\"^^<xsd:integer> _:genid1\n");
    reads("[{" V "'@graph':{'@id':'a','p':1}}]", "<a> <p> \"1\"^^<xsd:integer> _:genid1\n");
    reads("{" V "'p':{'@graph':[{'@id':'a','p':1},{'@id':'b','@graph':{'@id':'c','p':2}}]}}",
          "_:genid1 <p> _:genid2\n<a> <p> \"1\"^^<xsd:integer> _:genid2\n"
          "<c> <p> \"2\"^^<xsd:integer> <b>\n");
    reads("{'@context':{'@vocab':'http://e/','p':{'@container':'@graph'}},"
          "'p':[{'@id':'a','q':1},{'@graph':{'@id':'b','q':2}}]}",
          "_:genid1 <p> _:genid2\n<a> <q> \"1\"^^<xsd:integer> _:genid2\n"
          "_:genid1 <p> _:genid4\n<b> <q> \"2\"^^<xsd:integer> _:genid3\n");
    reads("{'@context':{'@vocab':'http://e/','p':{'@container':['@graph','@id']}},"
          "'p':{'g':{'@id':'a','q':1},'h':{'@graph':{'@id':'b','q':2}}}}",
          "_:genid1 <p> <g>\n<a> <q> \"1\"^^<xsd:integer> <g>\n"
          "_:genid1 <p> <h>\n<b> <q> \"2\"^^<xsd:integer> <h>\n");
    reads("{'@context':{'@vocab':'http://e/','p':{'@container':['@graph','@index'],'@index':'i'}},"
          "'p':{'x':{'@id':'a','q':1}}}",
          "_:genid1 <p> _:genid2\n_:genid2 <i> \"x\"\n<a> <q> \"1\"^^<xsd:integer> _:genid2\n");
    /* A graph without a valid name is dropped, what stands beside it is not. */
    reads("{" V "'@graph':{'@id':'a b','@graph':{'@id':'a','p':1}}}", "");
}

/* Which graphs the sink gets. */
RP_TEST(jsonld_graphs_are_chosen)
{
    static const char document[] =
        "[{" V "'@id':'a','p':1},{" V "'@id':'g','@graph':[{'@id':'b','p':2},{'@id':'b','p':3}]},"
        "{" V "'@id':'h','@graph':{'@id':'c','p':4}}]";
    static const struct {
        RpGraphChoice choice;
        const char *iri;
        const char *triples;
        int left_aside;
        bool has_chosen;
    } cases[] = {
        {RP_GRAPHS_DEFAULT, "", "<a> <p> \"1\"^^<xsd:integer>\n", 3, false},
        {RP_GRAPHS_REFUSED, "", "<a> <p> \"1\"^^<xsd:integer>\n", 3, false},
        {RP_GRAPHS_ONE, "http://e/h", "<c> <p> \"4\"^^<xsd:integer> <h>\n", 3, true},
        {RP_GRAPHS_ONE, "http://e/i", "", 4, false},
        {RP_GRAPHS_ALL, "",
         "<a> <p> \"1\"^^<xsd:integer>\n<b> <p> \"2\"^^<xsd:integer> <g>\n"
         "<b> <p> \"3\"^^<xsd:integer> <g>\n<c> <p> \"4\"^^<xsd:integer> <h>\n",
         0, false},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        RpTestJsonld jsonld;

        rp_test_jsonld_begin(&jsonld);
        jsonld.options.graphs = cases[i].choice;
        jsonld.options.graph_iri = rp_text_from(cases[i].iri);
        CHECK_STATUS(rp_test_jsonld_read(&jsonld, document), RP_OK);
        CHECK_TEXT(rp_buffer_text(&jsonld.triples), cases[i].triples);
        CHECK_INT(jsonld.graphs_read.left_aside, cases[i].left_aside);
        CHECK_INT(jsonld.graphs_read.has_chosen, cases[i].has_chosen);
        rp_test_jsonld_end(&jsonld);
    }
}

/* Labels are kept as written, if they are labels; made-up ones are none of the document's. */
RP_TEST(jsonld_blank_nodes)
{
    RpTestJsonld jsonld;

    reads("{" V "'@id':'_:b0','p':[{'@id':'_:genid1'},{'@id':'_:a b'},{'@id':'_:'},{'q':1}]}",
          "_:b0 <p> _:genidx67656e696431\n_:b0 <p> _:genidx612062\n_:b0 <p> _:genid1\n"
          "_:genid1 <q> \"1\"^^<xsd:integer>\n");
    reads("{'@context':{'b':'_:','p':{'@id':'http://e/p','@type':'@id'}},'@id':'b:x','p':'_:x'}",
          "_:x <p> _:x\n");
    rp_test_jsonld_begin(&jsonld);
    jsonld.options.blank_prefix = RP_TEXT("d1_");
    CHECK_STATUS(rp_test_jsonld_read(&jsonld, "{" V "'p':[{'@id':'_:x'},{'@id':'_:genid1'}]}"),
                 RP_OK);
    CHECK_TEXT(rp_buffer_text(&jsonld.triples),
               "_:d1_genid1 <p> _:d1_x\n_:d1_genid1 <p> _:d1_genidx67656e696431\n");
    rp_test_jsonld_end(&jsonld);
}

/* A triple knows the JSON values of its subject and its object. */
RP_TEST(jsonld_places)
{
    RpTestJsonld jsonld;

    rp_test_jsonld_begin(&jsonld);
    CHECK_STATUS(rp_test_jsonld_read(&jsonld, "{" V "'@graph':[{'@id':'a','@type':['T','U'],"
                                              "'p':[1,{'@value':'x'},{'q':{'@list':['y']}}]}]}"),
                 RP_OK);
    CHECK_TEXT(rp_buffer_text(&jsonld.triples),
               "<a> <p> \"1\"^^<xsd:integer>\n<a> <p> \"x\"\n<a> <p> _:genid2\n"
               "_:genid3 <rdf:first> \"y\"\n_:genid3 <rdf:rest> <rdf:nil>\n_:genid2 <q> _:genid3\n"
               "<a> " TYPE " <T>\n<a> " TYPE " <U>\n");
    CHECK_TEXT(rp_buffer_text(&jsonld.places),
               "/@graph/0|/@graph/0/p/0\n/@graph/0|/@graph/0/p/1/@value\n/@graph/0|/@graph/0/p/2\n"
               "|/@graph/0/p/2/q/@list/0\n|/@graph/0/p/2/q/@list/0\n/@graph/0/p/2|/@graph/0/p/2/q\n"
               "/@graph/0|/@graph/0/@type/0\n/@graph/0|/@graph/0/@type/1\n");
    rp_test_jsonld_end(&jsonld);
}

/* What is dropped is counted, and the first ones are kept. */
static void
check_drops(const char *document, const char *described)
{
    RpTestJsonld jsonld;
    RpBuffer buffer;

    rp_test_jsonld_begin(&jsonld);
    jsonld.options.base_iri = RP_TEXT("");
    CHECK_STATUS(rp_test_jsonld_read(&jsonld, document), RP_OK);
    CHECK(rp_jsonld_drops_are_any(&jsonld.drops) == (described[0] != '\0'));
    rp_buffer_init(&buffer, &jsonld.arena);
    rp_jsonld_drops_describe(&jsonld.drops, &buffer);
    if (!CHECK_TEXT(rp_buffer_text(&buffer), described)) {
        CHECK_TEXT(rp_text_from(document), described);
    }
    rp_test_jsonld_end(&jsonld);
}

RP_TEST(jsonld_drops)
{
    check_drops("{'@context':{'p':'http://e/p','n':null},'p':1,'n':1,'q':null}", "");
    check_drops("{'q':1}", "1 key that is no term: \"q\" at \"/q\"");
    check_drops("{'a':1,'b':2,'c':{'d':1},'d':2,'@foo':3}",
                "5 keys that are no terms: \"a\" at \"/a\", \"b\" at \"/b\", \"c\" at \"/c\", …");
    check_drops("{'@id':'a','@type':'T','http://e/p':{'@id':'b'}}",
                "1 type that is no term: \"T\" at \"/@type\"; "
                "2 relative IRIs without a base: \"a\" at \"/@id\", "
                "\"b\" at \"/http:~1~1e~1p/@id\"");
    check_drops("{'@id':'http://e/a b','http://e/c d':1}",
                "2 malformed IRIs: \"http://e/a b\" at \"/@id\", "
                "\"http://e/c d\" at \"/http:~1~1e~1c d\"");
    check_drops("{'http://e/a#b#c':1}",
                "1 malformed IRI: \"http://e/a#b#c\" at \"/http:~1~1e~1a#b#c\"");
    check_drops("{'http://e/p':{'@value':'x','@language':'a_b'}}",
                "1 malformed language tag: \"a_b\" at \"/http:~1~1e~1p/@language\"");
    check_drops("{'@context':{'@vocab':'_:'},'p':1}",
                "1 property that is a blank node: \"_:p\" at \"/p\"");
    check_drops("{'@graph':['x',{'@value':'y'},{'@list':[]}]}",
                "3 values that are no property's: \"x\" at \"/@graph/0\", "
                "\"@value\" at \"/@graph/1\", \"@list\" at \"/@graph/2/@list\"");
    check_drops("{'@context':{'@direction':'rtl'},'http://e/p':'x','q':1}",
                "1 key that is no term: \"q\" at \"/q\"; "
                "1 base direction: \"rtl\" at \"/http:~1~1e~1p\"");
}

/* Or it is an error; but for base directions, whose strings stay. */
RP_TEST(jsonld_drops_are_refused)
{
    static const struct {
        const char *document;
        const char *message;
        const char *detail;
    } cases[] = {
        {"{'q':1}", "the key \"q\" is neither a term of the context nor an absolute IRI",
         "JSON pointer \"/q\"."},
        {"{'http://e/p':[1,{'@id':'b'}]}", "\"b\" is a relative IRI, and no base makes it absolute",
         "JSON pointer \"/http:~1~1e~1p/1/@id\"."},
        {"{'@type':'http://e/a b'}", "\"http://e/a b\" is no valid IRI",
         "JSON pointer \"/@type\"."},
        {"{'_:p':1}",
         "the property \"_:p\" is a blank node, which no triple can have as its predicate",
         "JSON pointer \"/_:p\"."},
    };
    RpTestJsonld jsonld;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        rp_test_jsonld_begin(&jsonld);
        jsonld.options.base_iri = RP_TEXT("");
        jsonld.options.refuses_drops = true;
        CHECK_STATUS(rp_test_jsonld_read(&jsonld, cases[i].document), RP_SYNTAX);
        CHECK_TEXT(rp_text_from(jsonld.error.message), cases[i].message);
        CHECK_TEXT(rp_test_jsonld_place(&jsonld.error), cases[i].detail);
        rp_test_jsonld_end(&jsonld);
    }
    rp_test_jsonld_begin(&jsonld);
    jsonld.options.refuses_drops = true;
    CHECK_STATUS(rp_test_jsonld_read(
                     &jsonld, "{'http://e/p':{'@value':'x','@direction':'ltr'},'@index':'i'}"),
                 RP_OK);
    CHECK_TEXT(rp_buffer_text(&jsonld.triples), "_:genid1 <p> \"x\"\n");
    CHECK_INT(jsonld.drops.counts[RP_JSONLD_DROPPED_DIRECTION], 1);
    rp_test_jsonld_end(&jsonld);
}
