/* rdf/term_batch: the ids that a dictionary gives terms one by one, or others that are as good. */
#include "rdf/term_batch.h"

#include <stdio.h>

#include "check.h"
#include "host.h"

enum { TERM_COUNT = 3000, LONG_BYTES = 6000 };

static RpArena arena;
static RpError error;
static RpTermId ids[TERM_COUNT];

static void
put_id(void *state, uint32_t place, RpTermId id)
{
    uint32_t *told = state;

    CHECK(place < TERM_COUNT && ids[place] == RP_TERM_NONE);
    ids[place] = id;
    ++*told;
}

/* Few different ones, of every kind, so that many meet again in one batch; some are too long for
 * it, and some leave little room. */
static RpTerm
make_term(uint32_t number, char *buffer)
{
    static const char *datatypes[] = {"", RP_XSD "integer", "urn:d1", "urn:d2"};
    static const char *languages[] = {"en", "EN", "de-AT", "de-at"};
    uint32_t kind = number % 7;
    uint32_t length = number % 11 == 0 ? number % LONG_BYTES : number / 7 % 5;
    RpText text = {buffer, length};

    memset(buffer, 'a' + (int)(number % 3), length);
    switch (kind) {
    case 0:
        return rp_term_iri(rp_vocabulary_iri((RpVocabulary)(number % RP_VOCABULARY_COUNT + 1)));
    case 1:
        return rp_term_iri(text);
    case 2:
        return rp_term_blank(text);
    case 3:
        return rp_term_lang_literal(text, rp_text_from(languages[number / 7 % 4]));
    default:
        return rp_term_literal(text, rp_text_from(datatypes[number / 7 % 4]));
    }
}

/* The base has some of the terms, as an image has. */
static void
make_base(RpDictionary *base)
{
    static char buffer[LONG_BYTES];
    RpTermId id;

    rp_dictionary_init(base, &arena, NULL);
    for (uint32_t i = 0; i < TERM_COUNT; i += 5) {
        RpTerm term = make_term(i, buffer);

        CHECK_STATUS(rp_dictionary_add(base, &term, &id, &error), RP_OK);
    }
}

RP_TEST(term_batch_gives_each_term_its_id)
{
    static char buffer[LONG_BYTES];
    static RpTermBatch batch;
    RpDictionary base;
    RpDictionary dictionary;
    uint32_t told = 0;
    uint32_t wrong = 0;

    rp_arena_init(&arena, &rp_test_host, 1 << 24);
    make_base(&base);
    rp_dictionary_init(&dictionary, &arena, &base.own);
    rp_term_batch_init(&batch, &dictionary, &(RpTermSink){.state = &told, .id = put_id});
    memset(ids, 0, sizeof(ids));
    for (uint32_t i = 0; i < TERM_COUNT; i++) {
        RpTerm term = make_term(i, buffer);

        CHECK_STATUS(rp_term_batch_add(&batch, &term, i, &error), RP_OK);
    }
    CHECK(told < TERM_COUNT);
    CHECK_STATUS(rp_term_batch_end(&batch, &error), RP_OK);
    CHECK_INT(told, TERM_COUNT);
    for (uint32_t i = 0; i < TERM_COUNT; i++) {
        RpTerm term = make_term(i, buffer);
        RpTerm found = rp_dictionary_term(&dictionary, ids[i]);
        RpTermId id;

        wrong += !rp_term_equals(&found, &term);
        CHECK_STATUS(rp_dictionary_add(&dictionary, &term, &id, &error), RP_OK);
        wrong += id != ids[i];
    }
    CHECK_INT(wrong, 0);
    rp_arena_free(&arena);
}

RP_TEST(term_batch_is_refused_as_a_term_is)
{
    static RpTermBatch batch;
    static char tag[300];
    RpDictionary dictionary;
    uint32_t told = 0;
    RpTerm term = rp_term_lang_literal(RP_TEXT("x"), (RpText){tag, sizeof(tag)});

    rp_arena_init(&arena, &rp_test_host, 1 << 24);
    rp_dictionary_init(&dictionary, &arena, NULL);
    rp_term_batch_init(&batch, &dictionary, &(RpTermSink){.state = &told, .id = put_id});
    memset(ids, 0, sizeof(ids));
    CHECK_STATUS(rp_term_batch_add(&batch, &term, 0, &error), RP_TOO_LARGE);
    term = rp_term_blank(RP_TEXT("x"));
    CHECK_STATUS(rp_term_batch_add(&batch, &term, 0, &error), RP_OK);
    rp_test_fail_allocation_after = 0;
    CHECK_STATUS(rp_term_batch_end(&batch, &error), RP_OUT_OF_MEMORY);
    rp_test_fail_allocation_after = -1;
    CHECK_INT(told, 0);
    rp_arena_free(&arena);
}
