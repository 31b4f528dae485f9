/*
 * The directory: all compiled policies of one generation, and the contexts that documents are read
 * by, as one block of bytes without pointers, which is what shared memory holds.
 *
 *     +---------------------+ 0
 *     | RpDirectoryHeader   |  whose generation this is
 *     +---------------------+
 *     | RpDirectoryEntry[]  |  sorted by policy name, then version
 *     +---------------------+
 *     | RpDirectoryContext[]|  sorted by IRI, the one in force first
 *     +---------------------+
 *     | names and messages  |  bytes
 *     +---------------------+  multiple of 8
 *     | images              |  each at a multiple of 8, and with its index (image.h)
 *     +---------------------+
 *     | compiled contexts   |  each at a multiple of 8
 *     +---------------------+ size
 *
 * It is written once, by one backend, into memory that nobody else sees yet, and never changed.
 */
#ifndef RP_IMAGE_DIRECTORY_H
#define RP_IMAGE_DIRECTORY_H

#include "image/image_index.h"

enum {
    RP_DIRECTORY_MAGIC = 0x52504431, /* "RPD1" */
    RP_DIRECTORY_FORMAT = 6,
    RP_IDENTITY_PART_SIZE = 16,

    /* RpDirectoryEntry.flags */
    RP_DIRECTORY_ACTIVE =
        1, /* the version in force; else one that is only reached as name@version */
    RP_DIRECTORY_BROKEN = 2,     /* no image: message says why */
    RP_DIRECTORY_SHADOW = 4,     /* the candidate beside the active version; not reached by name */
    RP_DIRECTORY_RECOMPILED = 8, /* the row's image is of another format: the image is its source,
                                    compiled anew, and is to be written back by the next reload */
    RP_DIRECTORY_ROWLESS = 16,   /* broken, since the version's row is not there (yet) */
    RP_DIRECTORY_REFUSES_DROPPED =
        32, /* what a document in JSON-LD says without being a triple makes it refused */

    /* RpDirectoryContext.flags, besides RP_DIRECTORY_BROKEN */
    RP_DIRECTORY_FORMER = 1 /* not what its IRI means now: versions were registered with it */
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
    uint32_t context_count;
} RpDirectoryHeader;

typedef struct RpDirectoryEntry {
    uint64_t name_offset;
    uint64_t message_offset;
    uint64_t image_offset;
    uint64_t image_size; /* without its index; 0: broken */
    RpRowOrigin origin;
    uint64_t context_offset; /* IRI of the context for documents without one */
    uint32_t name_length;
    uint32_t message_length;
    uint32_t context_length; /* 0: none */
    uint32_t context_place;  /* of the very context that the version was registered with, from 1; 0:
                                it is not here */
    int32_t version;
    uint32_t flags;
} RpDirectoryEntry;

/* A registered context, compiled: bytes that are opaque here (../jsonld). */
typedef struct RpDirectoryContext {
    uint64_t iri_offset;
    uint64_t signature_offset;
    uint64_t message_offset;
    uint64_t bytes_offset;
    uint64_t bytes_size; /* 0: broken */
    RpRowOrigin origin;
    uint32_t iri_length;
    uint32_t signature_length;
    uint32_t message_length;
    uint32_t flags;
} RpDirectoryContext;

/* What goes into one entry. */
typedef struct RpDirectoryInput {
    RpText policy;
    int32_t version;
    uint32_t flags;
    RpRowOrigin origin;
    const RpImage *image; /* with an index, of any key; NULL where broken */
    RpText message;       /* why it is broken */
    RpText context;       /* IRI; empty: none */
    RpText context_signature;
} RpDirectoryInput;

/* What goes into one context. */
typedef struct RpContextInput {
    RpText iri;
    RpText signature; /* tells its text from others that the IRI had */
    uint32_t flags;
    RpRowOrigin origin;
    RpText bytes;   /* empty where broken */
    RpText message; /* why it is broken */
} RpContextInput;

/* All that goes into a directory, sorted. */
typedef struct RpDirectoryContents {
    RpDirectoryInput *inputs;
    uint32_t count;
    RpContextInput *contexts;
    uint32_t context_count;
} RpDirectoryContents;

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

/* Sort as entries and contexts must stand. */
void rp_directory_sort(RpDirectoryContents *contents);

/* Bytes that rp_directory_write will need. */
uint64_t rp_directory_size(const RpDirectoryContents *contents);

/*
 * Write the directory of sorted contents to bytes (8-aligned, rp_directory_size long). Images may
 * be loaded ones (rp_image_load) or those of another directory: where they are indexed by hash_key
 * already, their indexes are copied, so a generation has the key of the one before it.
 */
void rp_directory_write(void *bytes, const RpIdentity *identity, const RpHashKey *hash_key,
                        int64_t generation, const RpDirectoryContents *contents);

static inline const RpDirectoryEntry *
rp_directory_entries(const RpDirectoryHeader *directory)
{
    return (const RpDirectoryEntry *)(directory + 1);
}

static inline const RpDirectoryContext *
rp_directory_contexts(const RpDirectoryHeader *directory)
{
    return (const RpDirectoryContext *)(rp_directory_entries(directory) + directory->entry_count);
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

static inline RpText
rp_directory_context_iri(const RpDirectoryHeader *directory, const RpDirectoryContext *context)
{
    return rp_directory_text(directory, context->iri_offset, context->iri_length);
}

/* The compiled form of a context that is not broken. */
static inline RpText
rp_directory_context_bytes(const RpDirectoryHeader *directory, const RpDirectoryContext *context)
{
    return rp_directory_text(directory, context->bytes_offset, (uint32_t)context->bytes_size);
}

/* The context that an IRI means, broken or not. NULL: none is registered under it. */
const RpDirectoryContext *rp_directory_find_context(const RpDirectoryHeader *directory, RpText iri);

/* The one of an IRI that has a signature, in force or not. NULL: none. */
const RpDirectoryContext *rp_directory_find_signed_context(const RpDirectoryHeader *directory,
                                                           RpText iri, RpText signature);

/* The very context that an entry's version was registered with. NULL: none, or it is not here. */
static inline const RpDirectoryContext *
rp_directory_entry_context(const RpDirectoryHeader *directory, const RpDirectoryEntry *entry)
{
    return entry->context_place == 0 ? NULL
                                     : &rp_directory_contexts(directory)[entry->context_place - 1];
}

#endif
