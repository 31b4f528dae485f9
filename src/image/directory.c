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

static int
compare_contexts(RpText iri_a, bool is_former_a, RpText signature_a, RpText iri_b, bool is_former_b,
                 RpText signature_b)
{
    int order = rp_text_compare(iri_a, iri_b);

    order = order ? order : is_former_a - is_former_b;
    return order ? order : rp_text_compare(signature_a, signature_b);
}

static int
compare_context_inputs(const void *a, const void *b)
{
    const RpContextInput *left = a;
    const RpContextInput *right = b;

    return compare_contexts(left->iri, left->flags & RP_DIRECTORY_FORMER, left->signature,
                            right->iri, right->flags & RP_DIRECTORY_FORMER, right->signature);
}

void
rp_directory_sort(RpDirectoryContents *contents)
{
    if (contents->count > 0) {
        qsort(contents->inputs, contents->count, sizeof(RpDirectoryInput), compare_inputs);
    }
    if (contents->context_count > 0) {
        qsort(contents->contexts, contents->context_count, sizeof(RpContextInput),
              compare_context_inputs);
    }
}

/* Where the texts start. */
static uint64_t
texts_offset(const RpDirectoryContents *contents)
{
    return sizeof(RpDirectoryHeader) + (uint64_t)contents->count * sizeof(RpDirectoryEntry) +
           (uint64_t)contents->context_count * sizeof(RpDirectoryContext);
}

/* Where the images start: behind header, entries, contexts, names and messages. */
static uint64_t
images_offset(const RpDirectoryContents *contents)
{
    uint64_t size = texts_offset(contents);

    for (uint32_t i = 0; i < contents->count; i++) {
        const RpDirectoryInput *input = &contents->inputs[i];

        size += (uint64_t)input->policy.length + input->message.length + input->context.length;
    }
    for (uint32_t i = 0; i < contents->context_count; i++) {
        const RpContextInput *input = &contents->contexts[i];

        size += (uint64_t)input->iri.length + input->signature.length + input->message.length;
    }
    return align8(size);
}

uint64_t
rp_directory_size(const RpDirectoryContents *contents)
{
    uint64_t size = images_offset(contents);

    for (uint32_t i = 0; i < contents->count; i++) {
        const RpImage *image = contents->inputs[i].image;

        size += image != NULL ? rp_image_indexed_size(image) : 0;
    }
    for (uint32_t i = 0; i < contents->context_count; i++) {
        size += align8(contents->contexts[i].bytes.length);
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

/* The place of a context in the sorted contents, from 1; 0: it is not there. */
static uint32_t
context_place(const RpDirectoryContents *contents, RpText iri, RpText signature)
{
    for (uint32_t former = 0; iri.length > 0 && contents->context_count > 0 && former < 2;
         former++) {
        const RpContextInput key = {
            .iri = iri, .signature = signature, .flags = former ? RP_DIRECTORY_FORMER : 0};
        const RpContextInput *found = bsearch(&key, contents->contexts, contents->context_count,
                                              sizeof(key), compare_context_inputs);

        if (found != NULL) {
            return (uint32_t)(found - contents->contexts) + 1;
        }
    }
    return 0;
}

/* Where the next text and the next image or context go. */
typedef struct Offsets {
    uint64_t text;
    uint64_t block;
} Offsets;

static void
write_entries(RpDirectoryHeader *header, const RpHashKey *hash_key,
              const RpDirectoryContents *contents, Offsets *offsets)
{
    RpDirectoryEntry *entries = (RpDirectoryEntry *)(header + 1);
    char *bytes = (char *)header;

    for (uint32_t i = 0; i < contents->count; i++) {
        const RpDirectoryInput *input = &contents->inputs[i];

        entries[i] = (RpDirectoryEntry){
            .name_offset = put_text(bytes, &offsets->text, input->policy),
            .message_offset = put_text(bytes, &offsets->text, input->message),
            .image_offset = offsets->block,
            .image_size = input->image != NULL ? input->image->header->size : 0,
            .origin = input->origin,
            .context_offset = put_text(bytes, &offsets->text, input->context),
            .name_length = input->policy.length,
            .message_length = input->message.length,
            .context_length = input->context.length,
            .context_place = context_place(contents, input->context, input->context_signature),
            .version = input->version,
            .flags = input->flags,
        };
        if (input->image != NULL) {
            rp_image_write_indexed(input->image, hash_key, bytes + offsets->block);
            offsets->block += rp_image_indexed_size(input->image);
        }
    }
}

static void
write_contexts(RpDirectoryHeader *header, const RpDirectoryContents *contents, Offsets *offsets)
{
    RpDirectoryEntry *entries = (RpDirectoryEntry *)(header + 1);
    RpDirectoryContext *contexts = (RpDirectoryContext *)(entries + contents->count);
    char *bytes = (char *)header;

    for (uint32_t i = 0; i < contents->context_count; i++) {
        const RpContextInput *input = &contents->contexts[i];
        uint64_t start = offsets->block;

        contexts[i] = (RpDirectoryContext){
            .iri_offset = put_text(bytes, &offsets->text, input->iri),
            .signature_offset = put_text(bytes, &offsets->text, input->signature),
            .message_offset = put_text(bytes, &offsets->text, input->message),
            .bytes_offset = put_text(bytes, &offsets->block, input->bytes),
            .bytes_size = input->bytes.length,
            .origin = input->origin,
            .iri_length = input->iri.length,
            .signature_length = input->signature.length,
            .message_length = input->message.length,
            .flags = input->flags,
        };
        offsets->block = start + align8(input->bytes.length);
        memset(bytes + start + input->bytes.length, 0,
               (size_t)(offsets->block - start - input->bytes.length));
    }
}

void
rp_directory_write(void *bytes, const RpIdentity *identity, const RpHashKey *hash_key,
                   int64_t generation, const RpDirectoryContents *contents)
{
    RpDirectoryHeader *header = bytes;
    Offsets offsets = {.text = texts_offset(contents), .block = images_offset(contents)};

    memset(header, 0, sizeof(*header));
    header->magic = RP_DIRECTORY_MAGIC;
    header->format = RP_DIRECTORY_FORMAT;
    header->identity = *identity;
    header->hash_key = *hash_key;
    header->generation = generation;
    header->entry_count = contents->count;
    header->context_count = contents->context_count;
    write_entries(header, hash_key, contents, &offsets);
    write_contexts(header, contents, &offsets);
    header->size = offsets.block;
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

static RpText
context_signature(const RpDirectoryHeader *directory, const RpDirectoryContext *context)
{
    return rp_directory_text(directory, context->signature_offset, context->signature_length);
}

/* The first context that stands at or behind one; at the end of them where none does. */
static const RpDirectoryContext *
lower_bound_context(const RpDirectoryHeader *directory, RpText iri, bool is_former,
                    RpText signature)
{
    const RpDirectoryContext *low = rp_directory_contexts(directory);
    const RpDirectoryContext *high = low + directory->context_count;

    while (low < high) {
        const RpDirectoryContext *middle = low + (high - low) / 2;

        if (compare_contexts(rp_directory_context_iri(directory, middle),
                             middle->flags & RP_DIRECTORY_FORMER,
                             context_signature(directory, middle), iri, is_former, signature) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* The one in force stands first, before every signature. */
const RpDirectoryContext *
rp_directory_find_context(const RpDirectoryHeader *directory, RpText iri)
{
    const RpDirectoryContext *found = lower_bound_context(directory, iri, false, RP_TEXT(""));
    const RpDirectoryContext *end = rp_directory_contexts(directory) + directory->context_count;

    return found < end && !(found->flags & RP_DIRECTORY_FORMER) &&
                   rp_text_equals(rp_directory_context_iri(directory, found), iri)
               ? found
               : NULL;
}

const RpDirectoryContext *
rp_directory_find_signed_context(const RpDirectoryHeader *directory, RpText iri, RpText signature)
{
    const RpDirectoryContext *end = rp_directory_contexts(directory) + directory->context_count;

    for (int former = 0; former < 2; former++) {
        const RpDirectoryContext *found =
            lower_bound_context(directory, iri, former == 1, signature);

        if (found < end && rp_text_equals(rp_directory_context_iri(directory, found), iri) &&
            rp_text_equals(context_signature(directory, found), signature)) {
            return found;
        }
    }
    return NULL;
}
