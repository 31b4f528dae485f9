/* The directory of a generation: writing it, and finding a policy in it. */
#include "image/directory.h"

#include <stdlib.h>

static uint64_t
align8(uint64_t size)
{
    return (size + 7) & ~(uint64_t)7;
}

static int
compare_key(RpText policy_a, int32_t version_a, RpText policy_b, int32_t version_b)
{
    int order = rp_text_compare(policy_a, policy_b);

    return order ? order : (version_a > version_b) - (version_a < version_b);
}

static int
compare_inputs(const void *a, const void *b)
{
    const RpDirectoryInput *left = a;
    const RpDirectoryInput *right = b;

    return compare_key(left->policy, left->version, right->policy, right->version);
}

void
rp_directory_sort(RpDirectoryInput *inputs, uint32_t count)
{
    qsort(inputs, count, sizeof(RpDirectoryInput), compare_inputs);
}

/* Where the images start: header, entries, names and messages. */
static uint64_t
images_offset(const RpDirectoryInput *inputs, uint32_t count)
{
    uint64_t size = sizeof(RpDirectoryHeader) + (uint64_t)count * sizeof(RpDirectoryEntry);

    for (uint32_t i = 0; i < count; i++) {
        size += (uint64_t)inputs[i].policy.length + inputs[i].message.length;
    }
    return align8(size);
}

uint64_t
rp_directory_size(const RpDirectoryInput *inputs, uint32_t count)
{
    uint64_t size = images_offset(inputs, count);

    for (uint32_t i = 0; i < count; i++) {
        size += inputs[i].image != NULL ? rp_image_indexed_size(inputs[i].image) : 0;
    }
    return size;
}

/* Copy a text to *offset of the block and move the offset behind it; returns where it stands. */
static uint64_t
put_text(char *bytes, uint64_t *offset, RpText text)
{
    uint64_t start = *offset;

    if (text.length > 0) {
        memcpy(bytes + start, text.data, text.length);
    }
    *offset += text.length;
    return start;
}

void
rp_directory_write(void *bytes, const RpIdentity *identity, const RpHashKey *hash_key,
                   int64_t generation, const RpDirectoryInput *inputs, uint32_t count)
{
    RpDirectoryHeader *header = bytes;
    RpDirectoryEntry *entries = (RpDirectoryEntry *)(header + 1);
    uint64_t text_offset = sizeof(RpDirectoryHeader) + (uint64_t)count * sizeof(RpDirectoryEntry);
    uint64_t image_offset = images_offset(inputs, count);

    memset(header, 0, sizeof(*header));
    header->magic = RP_DIRECTORY_MAGIC;
    header->format = RP_DIRECTORY_FORMAT;
    header->identity = *identity;
    header->hash_key = *hash_key;
    header->generation = generation;
    header->entry_count = count;
    for (uint32_t i = 0; i < count; i++) {
        const RpDirectoryInput *input = &inputs[i];

        entries[i] = (RpDirectoryEntry){
            .name_offset = put_text(bytes, &text_offset, input->policy),
            .message_offset = put_text(bytes, &text_offset, input->message),
            .image_offset = image_offset,
            .image_size = input->image != NULL ? input->image->header->size : 0,
            .origin = input->origin,
            .name_length = input->policy.length,
            .message_length = input->message.length,
            .version = input->version,
            .flags = input->flags,
        };
        if (input->image != NULL) {
            rp_image_write_indexed(input->image, hash_key, (char *)bytes + image_offset);
            image_offset += rp_image_indexed_size(input->image);
        }
    }
    header->size = image_offset;
}

void
rp_directory_open_image(const RpDirectoryHeader *directory, const RpDirectoryEntry *entry,
                        RpImage *image)
{
    rp_image_open_indexed((const char *)directory + entry->image_offset, &directory->hash_key,
                          image);
}

static RpText
entry_name(const RpDirectoryHeader *directory, const RpDirectoryEntry *entry)
{
    return rp_directory_text(directory, entry->name_offset, entry->name_length);
}

/* The first entry that stands at or behind a policy's version. */
static uint32_t
lower_bound(const RpDirectoryHeader *directory, RpText policy, int32_t version)
{
    const RpDirectoryEntry *entries = rp_directory_entries(directory);
    uint32_t low = 0;
    uint32_t high = directory->entry_count;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const RpDirectoryEntry *entry = &entries[middle];

        if (compare_key(entry_name(directory, entry), entry->version, policy, version) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* The first of a policy's entries that has all of these flags, or NULL. Versions start at 1, so
 * version 0 stands before all of them. */
static const RpDirectoryEntry *
find_flagged(const RpDirectoryHeader *directory, RpText policy, uint32_t flags)
{
    for (uint32_t i = lower_bound(directory, policy, 0); i < directory->entry_count; i++) {
        const RpDirectoryEntry *entry = &rp_directory_entries(directory)[i];

        if (!rp_text_equals(entry_name(directory, entry), policy)) {
            break;
        }
        if ((entry->flags & flags) == flags) {
            return entry;
        }
    }
    return NULL;
}

const RpDirectoryEntry *
rp_directory_find(const RpDirectoryHeader *directory, RpText policy, int32_t version)
{
    const RpDirectoryEntry *entry;
    uint32_t i;

    if (version == 0) {
        return find_flagged(directory, policy, RP_DIRECTORY_ACTIVE);
    }
    i = lower_bound(directory, policy, version);
    if (i == directory->entry_count) {
        return NULL;
    }
    entry = &rp_directory_entries(directory)[i];
    return compare_key(entry_name(directory, entry), entry->version, policy, version) == 0 ? entry
                                                                                           : NULL;
}

const RpDirectoryEntry *
rp_directory_find_shadow(const RpDirectoryHeader *directory, const RpDirectoryEntry *active)
{
    const RpDirectoryEntry *shadow =
        find_flagged(directory, entry_name(directory, active), RP_DIRECTORY_SHADOW);

    return shadow != NULL && (shadow->flags & RP_DIRECTORY_BROKEN) ? NULL : shadow;
}
