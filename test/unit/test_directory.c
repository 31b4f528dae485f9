/* The directory of a generation. Expected values: directory.h. */
#include "image/directory.h"

#include <stdlib.h>
#include <string.h>

#include "check.h"

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
    rp_directory_write(directory, &identity, 5, inputs, count);
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
            CHECK(rp_origin_equals(&entry->origin, &(RpOrigin){{7, (uint32_t)i, 0, 9}}));
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
