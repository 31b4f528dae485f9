/* rdf/term_table and rdf/vocabulary: hashes of terms, finding what is known. */
#include "rdf/term_table.h"

#include "check.h"
#include "host.h"

static uint64_t
hash_of(RpTermKind kind, RpTermId datatype, const char *lexical, const char *language)
{
    RpTermKey key = {.kind = kind,
                     .datatype = datatype,
                     .lexical = rp_text_from(lexical),
                     .language = rp_text_from(language)};

    return rp_term_key_hash(&rp_test_host.hash_key, &key);
}

/* RDF 1.1 Concepts, 3.3: what terms differ in, their hashes differ in; tags aside from case. */
RP_TEST(term_hash_is_of_all_of_a_term)
{
    uint64_t hash = hash_of(RP_LITERAL, RP_VOCABULARY_rdf_langString, "text", "en-latin");

    CHECK(hash == hash_of(RP_LITERAL, RP_VOCABULARY_rdf_langString, "text", "EN-Latin"));
    CHECK(hash != hash_of(RP_LITERAL, RP_VOCABULARY_rdf_langString, "text", "en-latim"));
    CHECK(hash != hash_of(RP_LITERAL, RP_VOCABULARY_rdf_langString, "text", "en-latin-x"));
    CHECK(hash != hash_of(RP_LITERAL, RP_VOCABULARY_rdf_langString, "text", "en"));
    CHECK(hash != hash_of(RP_LITERAL, RP_VOCABULARY_rdf_langString, "texs", "en-latin"));
    CHECK(hash != hash_of(RP_LITERAL, RP_VOCABULARY_xsd_string, "text", ""));
    CHECK(hash_of(RP_LITERAL, RP_VOCABULARY_xsd_integer, "1", "") !=
          hash_of(RP_LITERAL, RP_VOCABULARY_xsd_decimal, "1", ""));
    /* The tag is not taken for the beginning of the text. */
    CHECK(hash_of(RP_LITERAL, RP_VOCABULARY_rdf_langString, "abcdefgh", "hgfedcba") !=
          hash_of(RP_LITERAL, RP_VOCABULARY_rdf_langString, "", "hgfedcbaabcdefgh"));
}

RP_TEST(vocabulary_is_found)
{
    for (uint32_t id = 1; id <= RP_VOCABULARY_COUNT; id++) {
        RpText iri = rp_vocabulary_iri((RpVocabulary)id);
        char other[100];

        CHECK_INT(rp_vocabulary_find(iri), id);
        CHECK(iri.length < sizeof(other));
        memcpy(other, iri.data, iri.length);
        other[iri.length] = 'X';
        CHECK_INT(rp_vocabulary_find((RpText){other, iri.length + 1}), RP_VOCABULARY_NONE);
        other[iri.length - 1] ^= 1;
        CHECK(rp_vocabulary_find((RpText){other, iri.length}) != id);
        other[iri.length - 1] ^= 1;
        other[0] = 'H';
        CHECK_INT(rp_vocabulary_find((RpText){other, iri.length}), RP_VOCABULARY_NONE);
    }
    CHECK_INT(rp_vocabulary_find(RP_TEXT("")), RP_VOCABULARY_NONE);
    CHECK_INT(rp_vocabulary_find(RP_TEXT("http://www.w3.org")), RP_VOCABULARY_NONE);
    CHECK_INT(rp_vocabulary_find(RP_TEXT("http://www.w3.org/")), RP_VOCABULARY_NONE);
    CHECK_INT(rp_vocabulary_find(RP_TEXT(RP_SH)), RP_VOCABULARY_NONE);
    CHECK_INT(rp_vocabulary_find((RpText){NULL, 0}), RP_VOCABULARY_NONE);
}
