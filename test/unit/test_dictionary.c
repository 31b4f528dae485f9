/* rdf/dictionary: ids, the overlay on a base, growth. */
#include "rdf/dictionary.h"

#include <stdio.h>

#include "check.h"
#include "host.h"

static RpArena arena;
static RpError error;

static RpTermId
add(RpDictionary *dictionary, RpTerm term)
{
    RpTermId id = RP_TERM_NONE;

    CHECK_STATUS(rp_dictionary_add(dictionary, &term, &id, &error), RP_OK);
    return id;
}

RP_TEST(dictionary_knows_the_vocabulary)
{
    RpDictionary dictionary;

    rp_arena_init(&arena, &rp_test_host, 1 << 24);
    rp_dictionary_init(&dictionary, &arena, NULL);
    for (uint32_t i = 1; i <= RP_VOCABULARY_COUNT; i++) {
        RpTerm term = rp_term_iri(rp_vocabulary_iri((RpVocabulary)i));

        CHECK_INT(rp_dictionary_find(&dictionary, &term), i);
        CHECK_INT(add(&dictionary, term), i);
        CHECK_INT(rp_dictionary_kind(&dictionary, i), RP_IRI);
        CHECK_INT(rp_dictionary_datatype(&dictionary, i), RP_TERM_NONE);
        CHECK(rp_text_equals(rp_dictionary_term(&dictionary, i).lexical, term.lexical));
        term = rp_term_blank(term.lexical);
        CHECK_INT(rp_dictionary_find(&dictionary, &term), RP_TERM_NONE);
    }
    CHECK_INT(rp_dictionary_end(&dictionary), RP_TERM_FIRST);
    rp_arena_free(&arena);
}

RP_TEST(dictionary_keeps_terms_apart)
{
    RpDictionary dictionary;
    RpTermId id;
    RpTerm term;

    rp_arena_init(&arena, &rp_test_host, 1 << 24);
    rp_dictionary_init(&dictionary, &arena, NULL);
    id = add(&dictionary, rp_term_literal(RP_TEXT("x"), RP_TEXT("http://d")));
    CHECK_INT(id, RP_TERM_FIRST + 1);
    CHECK_INT(rp_dictionary_datatype(&dictionary, id), RP_TERM_FIRST);
    CHECK_INT(add(&dictionary, rp_term_iri(RP_TEXT("http://d"))), RP_TERM_FIRST);
    CHECK_INT(add(&dictionary, rp_term_literal(RP_TEXT("x"), RP_TEXT("http://d"))), id);
    id = add(&dictionary, rp_term_literal(RP_TEXT("x"), RP_TEXT("")));
    CHECK_INT(rp_dictionary_datatype(&dictionary, id), RP_VOCABULARY_xsd_string);
    id = add(&dictionary, rp_term_lang_literal(RP_TEXT("x"), RP_TEXT("en-GB")));
    CHECK_INT(add(&dictionary, rp_term_lang_literal(RP_TEXT("x"), RP_TEXT("EN-gb"))), id);
    CHECK_INT(rp_dictionary_datatype(&dictionary, id), RP_VOCABULARY_rdf_langString);
    term = rp_dictionary_term(&dictionary, id);
    CHECK_TEXT(term.lexical, "x");
    CHECK_TEXT(term.language, "en-GB");
    CHECK_TEXT(term.datatype, RP_RDF "langString");
    id = add(&dictionary, rp_term_blank(RP_TEXT("x")));
    CHECK_INT(rp_dictionary_kind(&dictionary, id), RP_BLANK);
    CHECK_INT(rp_dictionary_datatype(&dictionary, id), RP_TERM_NONE);
    CHECK_INT(add(&dictionary, rp_term_iri(RP_TEXT("x"))), id + 1);
    term = rp_term_iri(RP_TEXT("absent"));
    CHECK_INT(rp_dictionary_find(&dictionary, &term), RP_TERM_NONE);
    rp_arena_free(&arena);
}

RP_TEST(dictionary_over_a_base)
{
    RpDictionary base;
    RpDictionary overlay;
    RpTermId end;
    RpTermId id;
    RpTerm term;

    rp_arena_init(&arena, &rp_test_host, 1 << 24);
    rp_dictionary_init(&base, &arena, NULL);
    id = add(&base, rp_term_literal(RP_TEXT("one"), RP_TEXT("http://d")));
    end = rp_dictionary_end(&base);
    rp_dictionary_init(&overlay, &arena, &base.own);
    CHECK_INT(rp_dictionary_end(&overlay), end);
    CHECK_INT(rp_dictionary_first_own(&overlay), end);
    CHECK_INT(add(&overlay, rp_term_literal(RP_TEXT("one"), RP_TEXT("http://d"))), id);
    id = add(&overlay, rp_term_literal(RP_TEXT("two"), RP_TEXT("http://d")));
    CHECK_INT(id, end);
    CHECK_INT(rp_dictionary_datatype(&overlay, id), RP_TERM_FIRST);
    CHECK_TEXT(rp_dictionary_term(&overlay, id).datatype, "http://d");
    id = add(&overlay, rp_term_literal(RP_TEXT("three"), RP_TEXT("http://new")));
    CHECK_INT(rp_dictionary_datatype(&overlay, id), end + 1);
    CHECK_INT(id, end + 2);
    CHECK_TEXT(rp_dictionary_term(&overlay, id).datatype, "http://new");
    CHECK_INT(add(&overlay, rp_term_literal(RP_TEXT("three"), RP_TEXT("http://new"))), id);
    CHECK_INT(rp_dictionary_end(&base), end);
    term = rp_term_literal(RP_TEXT("one"), RP_TEXT("http://d"));
    CHECK_INT(rp_term_table_find(&base.own, &term), end - 1);
    term = rp_term_table_get(&base.own, end - 1);
    CHECK_TEXT(term.lexical, "one");
    CHECK_TEXT(term.datatype, "http://d");
    rp_arena_free(&arena);
}

/* A label means another node in another document. */
RP_TEST(dictionary_keeps_blank_nodes_of_the_base_apart)
{
    RpDictionary base;
    RpDictionary overlay;
    RpTerm term = rp_term_blank(RP_TEXT("x"));
    RpTermId id;

    rp_arena_init(&arena, &rp_test_host, 1 << 24);
    rp_dictionary_init(&base, &arena, NULL);
    id = add(&base, term);
    rp_dictionary_init(&overlay, &arena, &base.own);
    CHECK_INT(rp_dictionary_find(&overlay, &term), RP_TERM_NONE);
    CHECK_INT(add(&overlay, term), id + 1);
    CHECK_INT(rp_dictionary_find(&overlay, &term), id + 1);
    CHECK_TEXT(rp_dictionary_term(&overlay, id).lexical, "x");
    rp_arena_free(&arena);
}

/* IRIs of one length and one end share a place among the recent ones. */
RP_TEST(dictionary_keeps_recent_iris_apart)
{
    RpDictionary dictionary;
    RpTerm first = rp_term_iri(RP_TEXT("urn:1:name"));
    RpTerm second = rp_term_iri(RP_TEXT("urn:2:name"));
    RpTermId id = RP_TERM_FIRST - 1;

    rp_arena_init(&arena, &rp_test_host, 1 << 24);
    rp_dictionary_init(&dictionary, &arena, NULL);
    CHECK_INT(add(&dictionary, first), id + 1);
    CHECK_INT(add(&dictionary, rp_term_blank(first.lexical)), id + 2);
    CHECK_INT(add(&dictionary, rp_term_literal(first.lexical, first.lexical)), id + 3);
    CHECK_INT(rp_dictionary_datatype(&dictionary, id + 3), id + 1);
    CHECK_INT(add(&dictionary, rp_term_literal(first.lexical, second.lexical)), id + 5);
    CHECK_INT(rp_dictionary_datatype(&dictionary, id + 5), id + 4);
    CHECK_INT(add(&dictionary, first), id + 1);
    CHECK_INT(add(&dictionary, second), id + 4);
    CHECK_INT(rp_dictionary_end(&dictionary), id + 6);
    rp_arena_free(&arena);
}

/* A term that is read has no mark, whatever stood there: it is of no reading of a document. */
RP_TEST(dictionary_terms_have_no_mark)
{
    RpDictionary dictionary;
    RpTermId ids[2];

    rp_arena_init(&arena, &rp_test_host, 1 << 24);
    rp_dictionary_init(&dictionary, &arena, NULL);
    ids[0] = RP_VOCABULARY_rdf_type;
    ids[1] = add(&dictionary, rp_term_iri(RP_TEXT("http://a")));
    for (int i = 0; i < 2; i++) {
        RpTerm term = {.mark = 7};

        rp_term_table_read(&dictionary.own, ids[i], &term);
        CHECK_INT(term.mark, 0);
    }
    rp_arena_free(&arena);
}

RP_TEST(dictionary_grows)
{
    RpDictionary dictionary;
    char text[32];
    uint32_t wrong = 0;

    rp_arena_init(&arena, &rp_test_host, 1 << 28);
    rp_dictionary_init(&dictionary, &arena, NULL);
    for (uint32_t round = 0; round < 2; round++) {
        for (uint32_t i = 0; i < 50000; i++) {
            snprintf(text, sizeof(text), "urn:%u", i);
            wrong += add(&dictionary, rp_term_iri(rp_text_from(text))) != RP_TERM_FIRST + i;
        }
    }
    CHECK_INT(wrong, 0);
    CHECK_TEXT(rp_dictionary_term(&dictionary, RP_TERM_FIRST + 49999).lexical, "urn:49999");
    rp_arena_free(&arena);
}

/* Texts of the dictionary make terms of it, also where its strings are full and move meanwhile:
 * what they were in is given back then. */
RP_TEST(dictionary_takes_texts_of_its_own)
{
    static char text[2 << 20];
    RpDictionary dictionary;
    RpTermId literal;
    RpTermId id;
    RpTerm term;

    memset(text, 'x', sizeof(text));
    rp_arena_init(&arena, &rp_test_host, 1 << 26);
    rp_dictionary_init(&dictionary, &arena, NULL);
    literal = add(&dictionary, rp_term_literal((RpText){text, sizeof(text)}, RP_TEXT("")));
    id = add(&dictionary, rp_term_iri(rp_dictionary_term(&dictionary, literal).lexical));
    CHECK_INT(add(&dictionary, rp_term_iri((RpText){text, sizeof(text)})), id);
    term = rp_term_literal(rp_dictionary_term(&dictionary, literal).lexical, RP_TEXT("http://d"));
    id = add(&dictionary, term);
    CHECK(
        rp_text_equals(rp_dictionary_term(&dictionary, id).lexical, (RpText){text, sizeof(text)}));
    CHECK_TEXT(rp_dictionary_term(&dictionary, id).datatype, "http://d");
    rp_arena_free(&arena);
}
