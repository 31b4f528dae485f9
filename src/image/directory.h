/*
 * The directory: all compiled policies of one generation as one block of bytes without pointers,
 * which is what shared memory holds.
 *
 *     +---------------------+ 0
 *     | RpDirectoryHeader   |  whose generation this is
 *     +---------------------+
 *     | RpDirectoryEntry[]  |  sorted by policy name, then version
 *     +---------------------+
 *     | names and messages  |  bytes
 *     +---------------------+  multiple of 8
 *     | images              |  each at a multiple of 8, and with its index (image.h)
 *     +---------------------+ size
 *
 * It is written once, by one backend, into memory that nobody else sees yet, and never changed.
 */
#ifndef RP_IMAGE_DIRECTORY_H
#define RP_IMAGE_DIRECTORY_H

#include "image/image_index.h"

enum {
    RP_DIRECTORY_MAGIC = 0x52504431, /* "RPD1" */
    RP_DIRECTORY_FORMAT = 4,
    RP_IDENTITY_PART_SIZE = 16,

    /* RpDirectoryEntry.flags */
    RP_DIRECTORY_ACTIVE =
        1, /* the version in force; else one that is only reached as name@version */
    RP_DIRECTORY_BROKEN = 2,     /* no image: message says why */
    RP_DIRECTORY_SHADOW = 4,     /* the candidate beside the active version; not reached by name */
    RP_DIRECTORY_RECOMPILED = 8, /* the row's image is of another format: the image is its source,
                                    compiled anew, and is to be written back by the next reload */
    RP_DIRECTORY_ROWLESS = 16    /* broken, since the version's row is not there (yet) */
};

/* What tells one generation from every other, for ever and everywhere: numbers get used twice. */
typedef struct RpIdentity {
    uint8_t epoch[RP_IDENTITY_PART_SIZE]; /* of this CREATE EXTENSION */
    uint8_t stamp[RP_IDENTITY_PART_SIZE]; /* of this change */
} RpIdentity;

/*
 * Which stored row an image was made from, for whoever keeps rows: the same origin means the same
 * bytes. All 0: not known.
 */
typedef struct RpRowOrigin {
    uint32_t words[4];
} RpRowOrigin;

typedef struct RpDirectoryHeader {
    uint32_t magic;
    uint32_t format;
    uint64_t size; /* bytes, this header included */
    RpIdentity identity;
    RpHashKey hash_key; /* of all indexes, and of the documents that are judged by these images */
    int64_t generation; /* its number, for people */
    uint32_t entry_count;
    uint32_t reserved; /* 0 */
} RpDirectoryHeader;

typedef struct RpDirectoryEntry {
    uint64_t name_offset;
    uint64_t message_offset;
    uint64_t image_offset;
    uint64_t image_size; /* without its index; 0: broken */
    RpRowOrigin origin;
    uint32_t name_length;
    uint32_t message_length;
    int32_t version;
    uint32_t flags;
} RpDirectoryEntry;

/* What goes into one entry. */
typedef struct RpDirectoryInput {
    RpText policy;
    int32_t version;
    uint32_t flags;
    RpRowOrigin origin;
    const RpImage *image; /* with an index, of any key; NULL where broken */
    RpText message;       /* why it is broken */
} RpDirectoryInput;

static inline bool
rp_identity_equals(const RpIdentity *a, const RpIdentity *b)
{
    return memcmp(a, b, sizeof(RpIdentity)) == 0;
}

static inline bool
rp_row_origin_equals(const RpRowOrigin *a, const RpRowOrigin *b)
{
    return memcmp(a, b, sizeof(RpRowOrigin)) == 0;
}

static inline bool
rp_row_origin_is_known(const RpRowOrigin *origin)
{
    return !rp_row_origin_equals(origin, &(RpRowOrigin){{0}});
}

/* Sort inputs as entries must stand, by name and version. */
void rp_directory_sort(RpDirectoryInput *inputs, uint32_t count);

/* Bytes that rp_directory_write will need. */
uint64_t rp_directory_size(const RpDirectoryInput *inputs, uint32_t count);

/*
 * Write the directory of sorted inputs to bytes (8-aligned, rp_directory_size long). Images may be
 * loaded ones (rp_image_load) or those of another directory: where they are indexed by hash_key
 * already, their indexes are copied, so a generation has the key of the one before it.
 */
void rp_directory_write(void *bytes, const RpIdentity *identity, const RpHashKey *hash_key,
                        int64_t generation, const RpDirectoryInput *inputs, uint32_t count);

static inline const RpDirectoryEntry *
rp_directory_entries(const RpDirectoryHeader *directory)
{
    return (const RpDirectoryEntry *)(directory + 1);
}

static inline RpText
rp_directory_text(const RpDirectoryHeader *directory, uint64_t offset, uint32_t length)
{
    return (RpText){(const char *)directory + offset, length};
}

/* The view of an entry's image; the entry is not broken. */
void rp_directory_open_image(const RpDirectoryHeader *directory, const RpDirectoryEntry *entry,
                             RpImage *image);

/* The entry of a policy's version, or of its active one where version is 0. NULL: none. */
const RpDirectoryEntry *rp_directory_find(const RpDirectoryHeader *directory, RpText policy,
                                          int32_t version);

/* The candidate beside a policy's active version, wherever it stands among the policy's versions.
 * NULL: none, or it is broken. */
const RpDirectoryEntry *rp_directory_find_shadow(const RpDirectoryHeader *directory,
                                                 const RpDirectoryEntry *active);

#endif
