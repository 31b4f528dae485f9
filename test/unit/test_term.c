/* rdf: terms, IRIs, names and their texts. */
#include "rdf/turtle_writer.h"
#include "rdf/vocabulary.h"

#include "check.h"
#include "host.h"

static RpArena arena;
static RpError error;

static void
start(void)
{
    rp_arena_init(&arena, &rp_test_host, 1 << 24);
}

/* The canonical form of a term's text; "error" where it is refused. */
static RpText
canonical(const char *text)
{
    RpTerm term;
    RpBuffer buffer;

    rp_buffer_init(&buffer, &arena);
    if (rp_term_parse(&arena, rp_text_from(text), &term, &error) != RP_OK) {
        return RP_TEXT("error");
    }
    rp_term_write(&buffer, &term);
    return rp_buffer_text(&buffer);
}

RP_TEST(term_parse_and_write)
{
    static const char *const cases[][2] = {
        {"<http://ex/a>", "<http://ex/a>"},
        {"<http://ex/\\u00e9\\U0001F600>", "<http://ex/é😀>"},
        {"  _:b0.x\t\n", "_:b0.x"},
        {"_:0-\xC2\xB7", "_:0-\xC2\xB7"},
        {"\"x\"", "\"x\""},
        {"\"\"", "\"\""},
        {"\"x\"^^<http://www.w3.org/2001/XMLSchema#string>", "\"x\""},
        {"\"x\"@en-GB", "\"x\"@en-GB"},
        {"\"1\"^^<http://www.w3.org/2001/XMLSchema#integer>",
         "\"1\"^^<http://www.w3.org/2001/XMLSchema#integer>"},
        {"\"a\\tb\\n\\r\\\"\\\\\\'\\u20AC\\b\\f\"", "\"a\tb\\n\\r\\\"\\\\'€\b\f\""},
        {"42", "\"42\"^^<http://www.w3.org/2001/XMLSchema#integer>"},
        {"+042", "\"+042\"^^<http://www.w3.org/2001/XMLSchema#integer>"},
        {"-4.20", "\"-4.20\"^^<http://www.w3.org/2001/XMLSchema#decimal>"},
        {".5", "\".5\"^^<http://www.w3.org/2001/XMLSchema#decimal>"},
        {"4e2", "\"4e2\"^^<http://www.w3.org/2001/XMLSchema#double>"},
        {"4.E-2", "\"4.E-2\"^^<http://www.w3.org/2001/XMLSchema#double>"},
        {".5e+2", "\".5e+2\"^^<http://www.w3.org/2001/XMLSchema#double>"},
        {"true", "\"true\"^^<http://www.w3.org/2001/XMLSchema#boolean>"},
        {"false", "\"false\"^^<http://www.w3.org/2001/XMLSchema#boolean>"},
        {"", "error"},
        {"  ", "error"},
        {"x", "error"},
        {"4.", "error"},
        {".", "error"},
        {"+", "error"},
        {"4e", "error"},
        {"e4", "error"},
        {"1e2e3", "error"},
        {"TRUE", "error"},
        {"<http://ex/a", "error"},
        {"<http://ex/ a>", "error"},
        {"<http://ex/\\u0020a>", "error"},
        {"<http://ex/\\na>", "error"},
        {"<rel>", "error"},
        {"<>", "error"},
        {"_:", "error"},
        {"_:a.", "error"},
        {"_:-a", "error"},
        {"_:a:b", "error"},
        {"_a", "error"},
        {"\"x", "error"},
        {"\"x\ny\"", "error"},
        {"\"x\\", "error"},
        {"\"\\x\"", "error"},
        {"\"\\u12\"", "error"},
        {"\"\\u0000\"", "error"},
        {"\"\\uD800\"", "error"},
        {"\"\\uDFFF\"", "error"},
        {"\"\\U00110000\"", "error"},
        {"\"\\UFFFFFFFF\"", "error"},
        {"\"x\"@", "error"},
        {"\"x\"@en-", "error"},
        {"\"x\"@e1", "error"},
        {"\"x\"@abcdefghi", "error"},
        {"\"x\"@ar--rtl", "error"},
        {"\"x\"^^", "error"},
        {"\"x\"^^<>", "error"},
        {"\"x\"^^<rel>", "error"},
        {"\"x\"^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#langString>", "error"},
        {"\"x\" \"y\"", "error"},
        {"\"x\xED\xA0\x80\"", "error"},
    };

    start();
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        if (!CHECK_TEXT(canonical(cases[i][0]), cases[i][1])) {
            CHECK_TEXT(rp_text_from(cases[i][0]), "");
        }
    }
    rp_arena_free(&arena);
}

RP_TEST(term_parse_gives_the_column_in_characters)
{
    RpTerm term;

    start();
    CHECK_STATUS(rp_term_parse(&arena, RP_TEXT(" \"é€\\x\""), &term, &error), RP_SYNTAX);
    CHECK_INT(error.line, 1);
    CHECK_INT(error.column, 5);
    CHECK_STATUS(rp_term_parse(&arena, RP_TEXT("\"a\0b\""), &term, &error), RP_SYNTAX);
    CHECK_INT(error.column, 3);
    CHECK_STATUS(rp_term_parse(&arena, RP_TEXT("  <rel>"), &term, &error), RP_SYNTAX);
    CHECK_INT(error.column, 3);
    rp_arena_free(&arena);
}

RP_TEST(term_parse_survives_missing_memory)
{
    RpStatus status = RP_OUT_OF_MEMORY;
    RpTerm term;

    for (long n = 1; status != RP_OK && n < 100; n++) {
        start();
        rp_test_fail_allocation_after = n;
        status = rp_term_parse(&arena, RP_TEXT("\"a\\tb\"^^<http://e/\\u00e9>"), &term, &error);
        rp_test_fail_allocation_after = -1;
        CHECK(status == RP_OK || status == RP_OUT_OF_MEMORY);
        rp_arena_free(&arena);
    }
    CHECK_STATUS(status, RP_OK);
    CHECK_INT(rp_test_block_count, 0);
}

RP_TEST(term_equality_is_rdfs)
{
    RpTerm plain = rp_term_literal(RP_TEXT("x"), RP_TEXT(""));
    RpTerm typed = rp_term_literal(RP_TEXT("x"), RP_TEXT(RP_XSD "string"));
    RpTerm integer = rp_term_literal(RP_TEXT("x"), RP_TEXT(RP_XSD "integer"));
    RpTerm upper = rp_term_lang_literal(RP_TEXT("x"), RP_TEXT("EN-gb"));
    RpTerm lower = rp_term_lang_literal(RP_TEXT("x"), RP_TEXT("en-GB"));
    RpTerm other = rp_term_lang_literal(RP_TEXT("x"), RP_TEXT("en"));
    RpTerm iri = rp_term_iri(RP_TEXT("x"));
    RpTerm blank = rp_term_blank(RP_TEXT("x"));

    CHECK(rp_term_equals(&plain, &typed));
    CHECK(!rp_term_equals(&plain, &integer));
    CHECK(rp_term_equals(&upper, &lower));
    CHECK_INT(rp_term_compare(&upper, &lower), 0);
    CHECK(!rp_term_equals(&upper, &other));
    CHECK(rp_term_compare(&other, &lower) < 0);
    CHECK(!rp_term_equals(&iri, &blank));
    CHECK(rp_term_compare(&iri, &blank) < 0 && rp_term_compare(&blank, &plain) < 0);
    CHECK(rp_term_compare(&integer, &plain) < 0 && rp_term_compare(&plain, &integer) > 0);
}

RP_TEST(iri_characters)
{
    static const char *const good[] = {
        "http://ex/a",       "a:",
        "urn:x:y%20z",       "A+b-c.1:x",
        "http://ex/é€",      "mailto:a@b",
        "http://[::1]/?q#f", "http://ex/\xF0\x9F\x98\x80~!$&'()*+,;="};
    static const char *const bad[] = {"",
                                      "a",
                                      ":a",
                                      "1a:b",
                                      "a b:c",
                                      "http://ex/ b",
                                      "http://e/<",
                                      "http://e/>",
                                      "http://e/\"",
                                      "http://e/{",
                                      "http://e/}",
                                      "http://e/|",
                                      "http://e/^",
                                      "http://e/`",
                                      "http://e/\\",
                                      "http://e/\n",
                                      "http://e/%",
                                      "http://e/%4",
                                      "http://e/%4g",
                                      "http://e/\xEF\xB7\x90",
                                      "http://e/\xEF\xBF\xBF",
                                      "http://e/\xC2\x80",
                                      "http://e/\xED\xA0\x80",
                                      "http://e/\x7F"};

    for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
        CHECK_STATUS(rp_iri_check(rp_text_from(good[i]), &error), RP_OK);
    }
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        if (!CHECK_STATUS(rp_iri_check(rp_text_from(bad[i]), &error), RP_SYNTAX)) {
            CHECK_TEXT(rp_text_from(bad[i]), "");
        }
    }
    CHECK_STATUS(rp_iri_check(RP_TEXT("http://e/\0"), &error), RP_SYNTAX);
}

static RpText
resolved(const char *reference, const char *base)
{
    RpBuffer buffer;

    rp_buffer_init(&buffer, &arena);
    rp_iri_resolve_append(&buffer, rp_text_from(reference), rp_text_from(base));
    CHECK_STATUS(rp_buffer_status(&buffer, &error), RP_OK);
    return rp_buffer_text(&buffer);
}

/* RFC 3986, 5.4: every example of it. */
RP_TEST(iri_resolution)
{
    static const char *const cases[][2] = {
        {"g:h", "g:h"},
        {"g", "http://a/b/c/g"},
        {"./g", "http://a/b/c/g"},
        {"g/", "http://a/b/c/g/"},
        {"/g", "http://a/g"},
        {"//g", "http://g"},
        {"?y", "http://a/b/c/d;p?y"},
        {"g?y", "http://a/b/c/g?y"},
        {"#s", "http://a/b/c/d;p?q#s"},
        {"g#s", "http://a/b/c/g#s"},
        {"g?y#s", "http://a/b/c/g?y#s"},
        {";x", "http://a/b/c/;x"},
        {"g;x", "http://a/b/c/g;x"},
        {"g;x?y#s", "http://a/b/c/g;x?y#s"},
        {"", "http://a/b/c/d;p?q"},
        {".", "http://a/b/c/"},
        {"./", "http://a/b/c/"},
        {"..", "http://a/b/"},
        {"../", "http://a/b/"},
        {"../g", "http://a/b/g"},
        {"../..", "http://a/"},
        {"../../", "http://a/"},
        {"../../g", "http://a/g"},
        {"../../../g", "http://a/g"},
        {"../../../../g", "http://a/g"},
        {"/./g", "http://a/g"},
        {"/../g", "http://a/g"},
        {"g.", "http://a/b/c/g."},
        {".g", "http://a/b/c/.g"},
        {"g..", "http://a/b/c/g.."},
        {"..g", "http://a/b/c/..g"},
        {"./../g", "http://a/b/g"},
        {"./g/.", "http://a/b/c/g/"},
        {"g/./h", "http://a/b/c/g/h"},
        {"g/../h", "http://a/b/c/h"},
        {"g;x=1/./y", "http://a/b/c/g;x=1/y"},
        {"g;x=1/../y", "http://a/b/c/y"},
        {"g?y/./x", "http://a/b/c/g?y/./x"},
        {"g?y/../x", "http://a/b/c/g?y/../x"},
        {"g#s/./x", "http://a/b/c/g#s/./x"},
        {"g#s/../x", "http://a/b/c/g#s/../x"},
        {"http:g", "http:g"},
    };

    start();
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        CHECK_TEXT(resolved(cases[i][0], "http://a/b/c/d;p?q"), cases[i][1]);
    }
    CHECK_TEXT(resolved("x", "http://a"), "http://a/x");
    CHECK_TEXT(resolved("#f", "http://a/b#old"), "http://a/b#f");
    rp_arena_free(&arena);
}

RP_TEST(names_expand)
{
    static const struct {
        const char *name;
        const char *iri; /* NULL: refused */
        bool is_guess;
    } cases[] = {
        {"<http://ex/a>", "http://ex/a", false},
        {"xsd:integer", "http://www.w3.org/2001/XMLSchema#integer", false},
        {"foaf:name", "http://xmlns.com/foaf/0.1/name", false},
        {"schema:Person", "http://schema.org/Person", false},
        {"dcterms:title", "http://purl.org/dc/terms/title", false},
        {"sh:Info", "http://www.w3.org/ns/shacl#Info", false},
        {"http://ex/a", "http://ex/a", true},
        {"ex:a", "ex:a", true},
        {"age", "urn:rdfpolicy:name:age", false},
        {"first name/é%", "urn:rdfpolicy:name:first%20name%2F%C3%A9%25", false},
        {"", NULL, false},
        {"<rel>", NULL, false},
        {"<a b:c>", NULL, false},
        {"ex:a b", NULL, false},
        {"xsd:a b", NULL, false},
        {":a", NULL, false},
        {"_:b", NULL, false},
        {"a b:c", NULL, false},
    };
    RpText iri;
    bool is_guess;

    start();
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        RpStatus status =
            rp_name_expand(&arena, rp_text_from(cases[i].name), &iri, &is_guess, &error);

        CHECK_STATUS(status, cases[i].iri ? RP_OK : RP_SYNTAX);
        if (status == RP_OK && cases[i].iri) {
            CHECK_TEXT(iri, cases[i].iri);
            CHECK_INT(is_guess, cases[i].is_guess);
        }
    }
    rp_arena_free(&arena);
}

RP_TEST(vocabulary_ids_and_iris)
{
    CHECK_TEXT(rp_vocabulary_iri(RP_VOCABULARY_rdf_type),
               "http://www.w3.org/1999/02/22-rdf-syntax-ns#type");
    CHECK_INT(RP_VOCABULARY_rdf_type, 1);
    CHECK_TEXT(rp_vocabulary_iri(RP_VOCABULARY_sh_PropertyConstraintComponent),
               "http://www.w3.org/ns/shacl#PropertyConstraintComponent");
    for (uint32_t i = 1; i <= RP_VOCABULARY_COUNT; i++) {
        CHECK_STATUS(rp_iri_check(rp_vocabulary_iri((RpVocabulary)i), &error), RP_OK);
    }
}
