/* base/hash: SipHash-1-3, and what its key is for. */
#include "base/hash.h"

#include <stdio.h>

#include "check.h"
#include "host.h"
#include "rdf/dictionary.h"

/* Key 00 01 … 0f, messages 00 01 …: numbers of the authors' reference implementation. */
RP_TEST(hash_is_siphash_1_3)
{
    static const struct {
        size_t length;
        uint64_t hash;
    } cases[] = {{0, UINT64_C(0xabac0158050fc4dc)},  {1, UINT64_C(0xc9f49bf37d57ca93)},
                 {2, UINT64_C(0x82cb9b024dc7d44d)},  {7, UINT64_C(0xd3927d989bb11140)},
                 {8, UINT64_C(0x369095118d299a8e)},  {9, UINT64_C(0x25a48eb36c063de4)},
                 {15, UINT64_C(0xd320d86d2a519956)}, {16, UINT64_C(0xcc4fdd1a7d908b66)},
                 {63, UINT64_C(0x9d199062b7bbb3a8)}};
    RpHashKey key = {{UINT64_C(0x0706050403020100), UINT64_C(0x0f0e0d0c0b0a0908)}};
    unsigned char message[64];
    RpHash hash;

    for (unsigned i = 0; i < sizeof(message); i++) {
        message[i] = (unsigned char)i;
    }
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        CHECK(rp_hash_bytes(&key, message, cases[i].length) == cases[i].hash);
    }
    rp_hash_begin(&hash, &key);
    rp_hash_word(&hash, UINT64_C(0x0706050403020100));
    CHECK(rp_hash_end(&hash, message + 8, 0) == rp_hash_pair(&key, 0x07060504, 0x03020100));
}

enum { COUNT = 20000, SLOTS = 2 * COUNT, ITEM_SIZE = 16 };

/* How many slots are looked at to put items into a table of twice as many, by a key. */
static unsigned long
count_steps(const RpHashKey *key, char items[COUNT][ITEM_SIZE])
{
    static bool is_used[SLOTS];
    unsigned long steps = 0;

    memset(is_used, 0, sizeof(is_used));
    for (uint32_t i = 0; i < COUNT; i++) {
        uint64_t slot = rp_hash_bytes(key, items[i], strlen(items[i])) % SLOTS;

        for (steps++; is_used[slot]; steps++) {
            slot = (slot + 1) % SLOTS;
        }
        is_used[slot] = true;
    }
    return steps;
}

/* Items that fall into a 200th of the table, found by somebody who knows the key. */
static void
find_colliding(const RpHashKey *key, char items[COUNT][ITEM_SIZE])
{
    uint32_t found = 0;

    for (uint32_t i = 0; found < COUNT; i++) {
        int length = snprintf(items[found], ITEM_SIZE, "%u", i);

        found += rp_hash_bytes(key, items[found], (size_t)length) % SLOTS < SLOTS / 200;
    }
}

/* What is made to fall together under one key is spread by any other. */
RP_TEST(hash_of_another_key_spreads)
{
    static char items[COUNT][ITEM_SIZE];
    RpHashKey known = {{1, 2}};
    RpHashKey close = {{1, 3}};

    find_colliding(&known, items);
    CHECK(count_steps(&known, items) > 100UL * COUNT);
    CHECK(count_steps(&close, items) < 3UL * COUNT);
    CHECK(count_steps(&rp_test_host.hash_key, items) < 3UL * COUNT);
}

/* Slots of a dictionary that lie between where a term's hash leads and where it is. */
static unsigned long
displacement(const RpDictionary *dictionary)
{
    const RpTermTable *own = &dictionary->own;
    uint32_t mask = own->slot_count - 1;
    unsigned long sum = 0;

    for (uint32_t i = 0; i < own->slot_count; i++) {
        if (own->slots[i].id != RP_TERM_NONE) {
            sum += (i - own->slots[i].hash) & mask;
        }
    }
    return sum;
}

static unsigned long
displacement_of(const RpHashKey *key, char items[COUNT][ITEM_SIZE])
{
    RpHost host = rp_test_host;
    RpDictionary dictionary;
    RpArena arena;
    RpError error;
    unsigned long sum;

    host.hash_key = *key;
    rp_arena_init(&arena, &host, 1 << 26);
    rp_dictionary_init(&dictionary, &arena, NULL);
    for (uint32_t i = 0; i < COUNT; i++) {
        RpTerm term = rp_term_literal(rp_text_from(items[i]), (RpText){0});
        RpTermId id;

        CHECK_STATUS(rp_dictionary_add(&dictionary, &term, &id, &error), RP_OK);
    }
    sum = displacement(&dictionary);
    rp_arena_free(&arena);
    return sum;
}

/* The same of a whole dictionary, with literals that a known key has in one part of its table. */
RP_TEST(hash_of_terms_needs_the_key)
{
    static char items[COUNT][ITEM_SIZE];
    RpHashKey known = {{3, 4}};
    RpTermKey term = {.kind = RP_LITERAL, .datatype = RP_VOCABULARY_xsd_string};
    uint32_t mask = rp_term_slot_count(COUNT) - 1;
    uint32_t found = 0;

    for (uint32_t i = 0; found < COUNT; i++) {
        (void)snprintf(items[found], ITEM_SIZE, "%u", i);
        term.lexical = rp_text_from(items[found]);
        found += ((uint32_t)rp_term_key_hash(&known, &term) & mask) < mask / 200;
    }
    CHECK(displacement_of(&known, items) > 100UL * COUNT);
    CHECK(displacement_of(&rp_test_host.hash_key, items) < 3UL * COUNT);
}
