/*
 * What the engine needs of the program around it. The server's host is src/pg/server/bridge.c, the
 * tests' is test/unit/host.c. No call may longjmp or throw: each returns, and says no by its value.
 */
#ifndef RP_BASE_HOST_H
#define RP_BASE_HOST_H

#include "base/hash.h"
#include "base/status.h"
#include "base/text.h"

typedef struct RpHost RpHost;

struct RpHost {
    void *state; /* first argument of every call */

    /* What the user calls the ceiling of an arena's memory, for errors; NULL: it has no name. */
    const char *memory_limit_name;

    /* Solutions that a query may have at a time (0: any number), and what the user calls that;
     * NULL: no name. */
    uint64_t row_limit;
    const char *row_limit_name;

    /* Random, and this process's secret: hashes what has no image (image/directory.h). */
    RpHashKey hash_key;

    /* A block of at least size bytes, aligned for any type, or NULL when there is no memory. */
    void *(*allocate)(void *state, size_t size);

    /* Give back a block that allocate gave. */
    void (*release)(void *state, void *block, size_t size);

    /* True when the work must stop: a cancel, a timeout, a shutdown. Cheap enough for every 1,000th
     * turn. */
    bool (*should_stop)(void *state);

    /* True when the stack is nearly used up. */
    bool (*stack_is_deep)(void *state);

    /*
     * Whether a subject matches a regular expression in the host's own syntax (what xsd/pattern
     * emits: PostgreSQL's advanced regular expressions). The host compiles and caches by the
     * expression's text. ignore_case is SHACL's flag i. RP_ILL_FORMED: the engine refuses the
     * expression.
     */
    RpStatus (*regex_matches)(void *state, RpText expression, bool ignore_case, RpText subject,
                              bool *matches, RpError *error);

    /*
     * The digest of bytes by an algorithm (MD5, SHA1, SHA256, SHA384, SHA512), in small hexadecimal
     * digits with a NUL behind; at most 128 digits. False: there is no such algorithm. NULL: there
     * are none.
     */
    bool (*digest)(void *state, const char *algorithm, RpText bytes, char *digits);

    /* The moment that NOW() is: an xsd:dateTime, the same in all of a statement. NULL: none. */
    RpText (*now)(void *state);

    /* Tell the user of something that is legal and probably not meant. */
    void (*warn)(void *state, const char *message);
};

#endif
