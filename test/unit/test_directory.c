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
    RpDirectoryContents contents = {.inputs = inputs, .count = count};
    RpDirectoryHeader *directory;

    for (uint32_t i = 0; i < count; i++) {
        inputs[i] = (RpDirectoryInput){.policy = rp_text_from(entries[i].policy),
                                       .version = entries[i].version,
                                       .flags = flags_of(entries[i].flags),
                                       .origin = {{7, i, 0, 9}}};
    }
    rp_directory_sort(&contents);
    directory = calloc(1, rp_directory_size(&contents));
    rp_directory_write(directory, &identity, &(RpHashKey){{3, 4}}, 5, &contents);
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
write(const RpHashKey *key, RpDirectoryContents *contents)
{
    uint64_t size = rp_directory_size(contents);
    RpDirectoryHeader *directory = malloc(size);

    if (directory == NULL) {
        abort();
    }
    memset(directory, 0xee, size); /* shared memory is not always new */
    rp_directory_write(directory, &identity, key, 12, contents);
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
    RpDirectoryContents contents = {.inputs = inputs, .count = 3};
    RpDirectoryHeader *directory, *next;

    if (!load(&first, "ex:S sh:targetNode ex:a, 1, \"x\"@en .", &key, &images[0]) ||
        !load(&second, "ex:S sh:targetNode ex:b ; sh:minLength 2 .", &rp_test_host.hash_key,
              &images[1])) {
        return;
    }
    rp_directory_sort(&contents);
    directory = write(&key, &contents); /* of the same key, and of another */
    check_entry(directory, "a", &images[0], &mapped[0]);
    check_entry(directory, "b", &images[1], &mapped[1]);
    CHECK(rp_image_indexed_equals(&mapped[0], &images[0]));
    CHECK(!rp_image_indexed_equals(&mapped[1], &images[1]));

    inputs[0].image = &mapped[0]; /* taken from a directory */
    inputs[1].image = &mapped[1];
    next = write(&directory->hash_key, &contents);
    check_entry(next, "a", &images[0], &images[0]);
    check_entry(next, "b", &images[1], &images[1]);
    CHECK(rp_image_indexed_equals(&mapped[0], &images[0]));
    CHECK(rp_image_indexed_equals(&mapped[1], &images[1]));
    free(next);
    free(directory);
    rp_test_shapes_end(&first);
    rp_test_shapes_end(&second);
}

/* A context as a text: its compiled form is its signature, so that each can be told. */
static RpContextInput
context_input(const char *iri, const char *signature, uint32_t flags)
{
    return (RpContextInput){.iri = rp_text_from(iri),
                            .signature = rp_text_from(signature),
                            .flags = flags,
                            .bytes = rp_text_from(signature)};
}

/* What an IRI means, as the text of its compiled form; "-": it is not registered. */
static RpText
meaning_of(const RpDirectoryHeader *directory, const char *iri)
{
    const RpDirectoryContext *context = rp_directory_find_context(directory, rp_text_from(iri));

    return context == NULL ? RP_TEXT("-") : rp_directory_context_bytes(directory, context);
}

/* The same for what a policy's version 1 was registered with. */
static RpText
pinned_of(const RpDirectoryHeader *directory, const char *policy)
{
    const RpDirectoryContext *context = rp_directory_entry_context(
        directory, rp_directory_find(directory, rp_text_from(policy), 1));

    return context == NULL ? RP_TEXT("-") : rp_directory_context_bytes(directory, context);
}

RP_TEST(directory_finds_contexts)
{
    RpContextInput contexts[] = {
        context_input("urn:b", "b2", 0), context_input("urn:b", "b1", RP_DIRECTORY_FORMER),
        context_input("urn:c", "c3", RP_DIRECTORY_FORMER), context_input("urn:a", "a1", 0),
        context_input("urn:b", "b3", RP_DIRECTORY_FORMER)};
    RpDirectoryInput inputs[] = {
        {.policy = RP_TEXT("now"), .context = RP_TEXT("urn:b"), .context_signature = RP_TEXT("b2")},
        {.policy = RP_TEXT("then"),
         .context = RP_TEXT("urn:b"),
         .context_signature = RP_TEXT("b1")},
        {.policy = RP_TEXT("gone"),
         .context = RP_TEXT("urn:b"),
         .context_signature = RP_TEXT("b4")},
        {.policy = RP_TEXT("none")},
        {.policy = RP_TEXT("other"),
         .context = RP_TEXT("urn:c"),
         .context_signature = RP_TEXT("c3")}};
    RpDirectoryContents contents = {
        .inputs = inputs, .count = 5, .contexts = contexts, .context_count = 5};
    const RpDirectoryContext *found;
    RpDirectoryHeader *directory;

    for (int i = 0; i < 5; i++) {
        inputs[i].version = 1;
    }
    rp_directory_sort(&contents);
    directory = write(&(RpHashKey){{1, 2}}, &contents);
    CHECK_TEXT(meaning_of(directory, "urn:a"), "a1");
    CHECK_TEXT(meaning_of(directory, "urn:b"), "b2");
    CHECK_TEXT(meaning_of(directory, "urn:c"), "-");
    CHECK_TEXT(meaning_of(directory, "urn:"), "-");
    CHECK_TEXT(meaning_of(directory, "urn:d"), "-");
    CHECK_TEXT(pinned_of(directory, "now"), "b2");
    CHECK_TEXT(pinned_of(directory, "then"), "b1");
    CHECK_TEXT(pinned_of(directory, "gone"), "-");
    CHECK_TEXT(pinned_of(directory, "none"), "-");
    CHECK_TEXT(pinned_of(directory, "other"), "c3");
    found = rp_directory_find_signed_context(directory, RP_TEXT("urn:b"), RP_TEXT("b3"));
    CHECK(found != NULL && (found->flags & RP_DIRECTORY_FORMER));
    found = rp_directory_find_signed_context(directory, RP_TEXT("urn:b"), RP_TEXT("b2"));
    CHECK(found != NULL && found == rp_directory_find_context(directory, RP_TEXT("urn:b")));
    CHECK(found != NULL && found->bytes_offset % 8 == 0);
    CHECK(!rp_directory_find_signed_context(directory, RP_TEXT("urn:b"), RP_TEXT("b4")));
    CHECK(!rp_directory_find_signed_context(directory, RP_TEXT("urn:a"), RP_TEXT("b1")));
    free(directory);
}
