/* The directory of a generation. Expected values: directory.h. */
#include "image/directory.h"

#include <stdlib.h>
#include <string.h>

#include "host.h"
#include "image/image_builder.h"
#include "shapes_of.h"

/* One entry as letters: A active, S shadow, B broken; none: only reached by its number. */
typedef struct Entry {
    const char *policy;
    int32_t version;
    const char *flags;
} Entry;

enum { ENTRY_LIMIT = 16 };

static uint32_t
flags_of(const char *letters)
{
    return (strchr(letters, 'A') ? RP_DIRECTORY_ACTIVE : 0) |
           (strchr(letters, 'S') ? RP_DIRECTORY_SHADOW : 0) |
           (strchr(letters, 'B') ? RP_DIRECTORY_BROKEN : 0);
}

/* The directory of entries in any order, to be freed. Images are the policies' names. */
static RpDirectoryHeader *
directory_of(const Entry *entries, uint32_t count)
{
    const RpIdentity identity = {.epoch = {1}, .stamp = {2}};
    RpDirectoryInput inputs[ENTRY_LIMIT];
    RpDirectoryHeader *directory;

    for (uint32_t i = 0; i < count; i++) {
        inputs[i] = (RpDirectoryInput){.policy = rp_text_from(entries[i].policy),
                                       .version = entries[i].version,
                                       .flags = flags_of(entries[i].flags),
                                       .origin = {{7, i, 0, 9}}};
    }
    rp_directory_sort(inputs, count);
    directory = calloc(1, rp_directory_size(inputs, count));
    rp_directory_write(directory, &identity, &(RpHashKey){{3, 4}}, 5, inputs, count);
    return directory;
}

/* Version that a policy's number 0 finds; 0: none. */
static int32_t
active_of(const RpDirectoryHeader *directory, const char *policy)
{
    const RpDirectoryEntry *entry = rp_directory_find(directory, rp_text_from(policy), 0);

    return entry == NULL ? 0 : entry->version;
}

static int32_t
shadow_of(const RpDirectoryHeader *directory, const char *policy)
{
    const RpDirectoryEntry *shadow =
        rp_directory_find_shadow(directory, rp_directory_find(directory, rp_text_from(policy), 0));

    return shadow == NULL ? 0 : shadow->version;
}

RP_TEST(directory_finds_versions)
{
    static const Entry entries[] = {{"b", 2, "A"}, {"b", 1, ""}, {"b", 7, "S"},
                                    {"a", 3, "A"}, {"c", 1, ""}, {"ab", 9, "AB"}};
    RpDirectoryHeader *directory = directory_of(entries, 6);
    const RpDirectoryEntry *entry;

    CHECK_INT(active_of(directory, "a"), 3);
    CHECK_INT(active_of(directory, "ab"), 9);
    CHECK_INT(active_of(directory, "b"), 2);
    CHECK_INT(active_of(directory, "c"), 0);
    CHECK_INT(active_of(directory, ""), 0);
    CHECK_INT(active_of(directory, "d"), 0);
    for (int i = 0; i < 6; i++) {
        entry = rp_directory_find(directory, rp_text_from(entries[i].policy), entries[i].version);
        if (CHECK(entry != NULL)) {
            CHECK_INT(entry->version, entries[i].version);
            CHECK_INT(entry->flags, flags_of(entries[i].flags));
            CHECK(rp_row_origin_equals(&entry->origin, &(RpRowOrigin){{7, (uint32_t)i, 0, 9}}));
        }
    }
    CHECK(rp_directory_find(directory, RP_TEXT("b"), 3) == NULL);
    CHECK(rp_directory_find(directory, RP_TEXT("b"), 8) == NULL);
    CHECK(rp_directory_find(directory, RP_TEXT("d"), 1) == NULL);
    free(directory);
}

/* Named versions may stand between the active one and its shadow, on either side. */
RP_TEST(directory_finds_shadows)
{
    static const Entry entries[] = {{"a", 1, "S"}, {"b", 2, "A"}, {"b", 3, ""},  {"b", 4, ""},
                                    {"b", 5, "S"}, {"c", 1, "S"}, {"c", 2, ""},  {"c", 3, ""},
                                    {"c", 4, "A"}, {"d", 1, "A"}, {"d", 2, "S"}, {"e", 1, "A"},
                                    {"f", 1, "S"}, {"g", 1, "A"}, {"g", 2, "SB"}};
    RpDirectoryHeader *directory = directory_of(entries, 15);

    CHECK_INT(shadow_of(directory, "b"), 5);
    CHECK_INT(shadow_of(directory, "c"), 1);
    CHECK_INT(shadow_of(directory, "d"), 2);
    CHECK_INT(shadow_of(directory, "e"), 0);
    CHECK_INT(shadow_of(directory, "g"), 0);
    free(directory);
}

static const RpIdentity identity = {.stamp = {7}};

static bool
load(RpTestShapes *test, const char *turtle, const RpHashKey *key, RpImage *image)
{
    RpText bytes;

    return CHECK_STATUS(rp_test_shapes_of(test, turtle, false), RP_OK) &&
           CHECK_STATUS(rp_image_build(&test->arena, &test->shapes, 1 << 20, &bytes, &test->error),
                        RP_OK) &&
           CHECK_STATUS(rp_image_load(bytes, key, &test->arena, image, &test->error), RP_OK);
}

/* To be freed. */
static RpDirectoryHeader *
write(const RpHashKey *key, const RpDirectoryInput *inputs, uint32_t count)
{
    uint64_t size = rp_directory_size(inputs, count);
    RpDirectoryHeader *directory = malloc(size);

    if (directory == NULL) {
        abort();
    }
    memset(directory, 0xee, size); /* shared memory is not always new */
    rp_directory_write(directory, &identity, key, 12, inputs, count);
    CHECK_INT(directory->size, size);
    CHECK_INT(directory->generation, 12);
    return directory;
}

/* Whether an entry's image is found, its terms by the directory's key. */
static void
check_entry(const RpDirectoryHeader *directory, const char *policy, const RpImage *original,
            RpImage *image)
{
    const RpDirectoryEntry *entry = rp_directory_find(directory, rp_text_from(policy), 0);

    if (CHECK(entry != NULL)) {
        rp_directory_open_image(directory, entry, image);
        CHECK(rp_text_equals(rp_image_bytes(image), rp_image_bytes(original)));
        CHECK_INT(entry->image_size, original->header->size);
        CHECK(memcmp(&image->terms.key, &directory->hash_key, sizeof(RpHashKey)) == 0);
        for (RpTermId id = RP_TERM_FIRST; id < RP_TERM_FIRST + image->terms.count; id++) {
            RpTerm term = rp_term_table_get(&image->terms, id);

            CHECK_INT(rp_term_table_find(&image->terms, &term), id);
        }
    }
}

RP_TEST(directory_indexes_its_images)
{
    RpHashKey key = {{5, 6}};
    RpTestShapes first, second;
    RpImage images[2], mapped[2];
    RpDirectoryInput inputs[3] = {
        {.policy = RP_TEXT("b"), .version = 2, .flags = RP_DIRECTORY_ACTIVE, .image = &images[1]},
        {.policy = RP_TEXT("c"),
         .version = 1,
         .flags = RP_DIRECTORY_BROKEN,
         .message = RP_TEXT("no")},
        {.policy = RP_TEXT("a"), .version = 1, .flags = RP_DIRECTORY_ACTIVE, .image = &images[0]}};
    RpDirectoryHeader *directory, *next;

    if (!load(&first, "ex:S sh:targetNode ex:a, 1, \"x\"@en .", &key, &images[0]) ||
        !load(&second, "ex:S sh:targetNode ex:b ; sh:minLength 2 .", &rp_test_host.hash_key,
              &images[1])) {
        return;
    }
    rp_directory_sort(inputs, 3);
    directory = write(&key, inputs, 3); /* of the same key, and of another */
    check_entry(directory, "a", &images[0], &mapped[0]);
    check_entry(directory, "b", &images[1], &mapped[1]);
    CHECK(rp_image_indexed_equals(&mapped[0], &images[0]));
    CHECK(!rp_image_indexed_equals(&mapped[1], &images[1]));

    inputs[0].image = &mapped[0]; /* taken from a directory */
    inputs[1].image = &mapped[1];
    next = write(&directory->hash_key, inputs, 3);
    check_entry(next, "a", &images[0], &images[0]);
    check_entry(next, "b", &images[1], &images[1]);
    CHECK(rp_image_indexed_equals(&mapped[0], &images[0]));
    CHECK(rp_image_indexed_equals(&mapped[1], &images[1]));
    free(next);
    free(directory);
    rp_test_shapes_end(&first);
    rp_test_shapes_end(&second);
}
