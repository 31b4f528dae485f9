/* base: arena, buffer, errors. */
#include "base/buffer.h"

#include "check.h"
#include "host.h"

RP_TEST(arena_ceiling_is_told_from_missing_memory)
{
    RpArena arena;
    RpError error;

    rp_arena_init(&arena, &rp_test_host, 100000);
    CHECK(rp_arena_allocate(&arena, 50000) != NULL);
    CHECK(rp_arena_allocate(&arena, 60000) == NULL);
    CHECK_STATUS(rp_arena_failure(&arena, &error), RP_TOO_LARGE);
    rp_test_fail_allocation_after = 1;
    CHECK(rp_arena_allocate(&arena, 20000) == NULL);
    rp_test_fail_allocation_after = -1;
    CHECK_STATUS(rp_arena_failure(&arena, &error), RP_OUT_OF_MEMORY);
    CHECK(rp_arena_allocate(&arena, SIZE_MAX - 4) == NULL);
    CHECK_STATUS(rp_arena_failure(&arena, &error), RP_TOO_LARGE);
    CHECK(arena.used_bytes <= 100000);
    rp_arena_free(&arena);
    CHECK_INT(rp_test_block_count, 0);
}

/* Who takes several blocks looks at them together: one that there is room for hides none. */
RP_TEST(arena_ceiling_is_told_after_another_block)
{
    RpArena arena;
    RpError error;
    const void *larger;
    const void *smaller;

    rp_arena_init(&arena, &rp_test_host, 100000);
    larger = rp_arena_allocate(&arena, 200000);
    smaller = rp_arena_allocate(&arena, 50000);
    CHECK(larger == NULL);
    CHECK(smaller != NULL);
    CHECK_STATUS(rp_arena_failure(&arena, &error), RP_TOO_LARGE);
    rp_arena_free(&arena);
}

RP_TEST(arena_blocks_are_aligned_and_apart)
{
    RpArena arena;
    char *blocks[2000];

    rp_arena_init(&arena, &rp_test_host, 1 << 24);
    for (int i = 0; i < 2000; i++) {
        blocks[i] = rp_arena_allocate(&arena, (size_t)i + 1);
        CHECK_INT((uintptr_t)blocks[i] % 8, 0);
        memset(blocks[i], i & 0xFF, (size_t)i + 1);
    }
    for (int i = 0; i < 2000; i++) {
        CHECK_INT((unsigned char)blocks[i][0], i & 0xFF);
        CHECK_INT((unsigned char)blocks[i][i], i & 0xFF);
    }
    rp_arena_free(&arena);
    CHECK_INT(rp_test_block_count, 0);
}

RP_TEST(arena_starts_small)
{
    RpArena arena;

    rp_arena_init(&arena, &rp_test_host, SIZE_MAX);
    CHECK_INT(arena.used_bytes, 0);
    CHECK(rp_arena_allocate(&arena, 1) != NULL);
    CHECK(arena.used_bytes <= 8192);
    rp_arena_free(&arena);
}

RP_TEST(arena_grow_keeps_what_was_there)
{
    RpArena arena;
    uint32_t capacity = 0;
    uint32_t *numbers = NULL;

    rp_arena_init(&arena, &rp_test_host, 1 << 24);
    for (uint32_t i = 0; i < 10000; i++) {
        numbers = rp_arena_grow(&arena, numbers, i, i + 1, &capacity, sizeof(uint32_t));
        numbers[i] = i * 7;
    }
    for (uint32_t i = 0; i < 10000; i++) {
        CHECK_INT(numbers[i], i * 7);
    }
    CHECK(rp_arena_grow(&arena, numbers, 10000, 9000, &capacity, sizeof(uint32_t)) == numbers);
    rp_arena_free(&arena);
}

/* Two blocks at a time fit, the last and the one before; all of them together do not. */
RP_TEST(arena_regrow_gives_back)
{
    enum { COUNT = 1 << 22 };
    RpArena arena;
    uint32_t capacity = 0;
    uint32_t *numbers = NULL;

    rp_arena_init(&arena, &rp_test_host, (COUNT + COUNT / 2 + COUNT / 4) * sizeof(uint32_t));
    for (uint32_t i = 0; i < COUNT; i++) {
        numbers = rp_arena_regrow(&arena, numbers, i, i + 1, &capacity, sizeof(uint32_t));
        CHECK(numbers != NULL);
        numbers[i] = i * 7;
    }
    for (uint32_t i = 0; i < COUNT; i++) {
        CHECK_INT(numbers[i], i * 7);
    }
    rp_arena_give_back(&arena, numbers, capacity * sizeof(uint32_t));
    CHECK(arena.used_bytes < COUNT * sizeof(uint32_t));
    rp_arena_give_back(&arena, numbers, capacity * sizeof(uint32_t)); /* nobody's: nothing */
    CHECK(rp_arena_allocate(&arena, COUNT * sizeof(uint32_t)) != NULL);
    rp_arena_free(&arena);
}

RP_TEST(arena_reset_keeps_a_chunk)
{
    long block_count = rp_test_block_count;
    RpArena arena;

    rp_arena_init(&arena, &rp_test_host, 1 << 24);
    for (int turn = 0; turn < 3; turn++) {
        char *first = rp_arena_allocate(&arena, 100);
        char *large = rp_arena_allocate(&arena, 3 << 20);

        memset(first, 'a', 100);
        memset(large, 'b', 3 << 20);
        CHECK_INT(rp_test_block_count - block_count, 2);
        rp_arena_reset(&arena);
        CHECK_INT(rp_test_block_count - block_count, 1);
        CHECK(rp_arena_allocate(&arena, 100) == first);
        rp_arena_reset(&arena);
    }
    for (int i = 0; i < 100; i++) { /* what it needs again and again comes to be one chunk */
        rp_arena_reset(&arena);
        for (int j = 0; j < 100; j++) {
            memset(rp_arena_allocate(&arena, 1000), 'c', 1000);
        }
    }
    CHECK_INT(rp_test_block_count - block_count, 1);
    rp_arena_free(&arena);
    CHECK_INT(rp_test_block_count, block_count);
}

RP_TEST(arena_poll_asks_every_1024th_time)
{
    RpArena arena;
    RpError error;
    int polls = 0;

    rp_arena_init(&arena, &rp_test_host, 1 << 20);
    rp_test_stop_after = 2;
    while (rp_arena_poll(&arena, &error) == RP_OK && polls < 10000) {
        polls++;
    }
    rp_test_stop_after = -1;
    CHECK_INT(polls, 3 * 1024 - 1);
    CHECK_STATUS(error.status, RP_INTERRUPTED);
}

RP_TEST(buffer_appends)
{
    RpArena arena;
    RpBuffer buffer;
    RpError error;

    rp_arena_init(&arena, &rp_test_host, 1 << 20);
    rp_buffer_init(&buffer, &arena);
    CHECK_TEXT(rp_buffer_text(&buffer), "");
    rp_buffer_append_string(&buffer, "a");
    rp_buffer_append_format(&buffer, "%d-%s", 42, "0123456789012345678901234567890123456789");
    rp_buffer_append_byte(&buffer, '!');
    rp_buffer_append_code_point(&buffer, 0x20AC);
    rp_buffer_append_text(&buffer, RP_TEXT("."));
    CHECK_TEXT(rp_buffer_text(&buffer), "a42-0123456789012345678901234567890123456789!€.");
    CHECK_STATUS(rp_buffer_status(&buffer, &error), RP_OK);
    rp_arena_free(&arena);
}

RP_TEST(buffer_failure_is_sticky)
{
    RpArena arena;
    RpBuffer buffer;
    RpError error;
    static char block[70000];

    rp_arena_init(&arena, &rp_test_host, 65536);
    rp_buffer_init(&buffer, &arena);
    rp_buffer_append_string(&buffer, "kept");
    rp_buffer_append(&buffer, block, sizeof(block));
    rp_buffer_append_string(&buffer, "lost");
    CHECK_TEXT(rp_buffer_text(&buffer), "kept");
    CHECK_STATUS(rp_buffer_status(&buffer, &error), RP_TOO_LARGE);
    rp_arena_free(&arena);
}

RP_TEST(error_is_cut_at_a_character)
{
    RpError error;
    char text[1200];

    memset(text, 'x', sizeof(text));
    for (size_t i = 0; i + 3 < sizeof(text); i += 3) {
        memcpy(text + i, "€", 3);
    }
    text[sizeof(text) - 1] = '\0';
    for (int shift = 0; shift < 3; shift++) {
        size_t room = RP_ERROR_MESSAGE_SIZE - 1 - (size_t)shift;

        CHECK_STATUS(rp_error_set(&error, RP_SYNTAX, "%.*s%s", shift, "abc", text), RP_SYNTAX);
        CHECK_INT(strlen(error.message), (size_t)shift + room / 3 * 3);
    }
    CHECK_STATUS(rp_error_set(&error, RP_NULL, "short"), RP_NULL);
    CHECK_STATUS(rp_error_detail(&error, "%d", 1), RP_NULL);
    CHECK_STATUS(rp_error_hint(&error, "%d", 2), RP_NULL);
    CHECK_TEXT(rp_text_from(error.detail), "1");
    CHECK_TEXT(rp_text_from(error.hint), "2");
    rp_error_set(&error, RP_SYNTAX, "again");
    CHECK_TEXT(rp_text_from(error.detail), "");
    CHECK_TEXT(rp_text_from(error.hint), "");
}

RP_TEST(text_is_shown_safely)
{
    RpShown shown;
    char wide[700];

    CHECK_TEXT(rp_text_from(rp_text_show(RP_TEXT("a\n\x7F€"), &shown)), "a\\u000A\\u007F€");
    CHECK_TEXT(rp_text_from(rp_text_show(RP_TEXT("a\xFFz"), &shown)), "a\\xFFz");
    memset(wide, 1, sizeof(wide));
    rp_text_show((RpText){wide, 201}, &shown);
    CHECK_INT(strlen(shown.text), 200 * 6 + 3);
    rp_text_show((RpText){wide, 200}, &shown);
    CHECK_INT(strlen(shown.text), 200 * 6);
}
