/* See query_host.h. */
#include "pg/server/query_host.h"

#include "access/xact.h"
#include "common/cryptohash.h"
#include "common/sha1.h"
#include "common/sha2.h"
#include "utils/builtins.h"
#include "utils/datetime.h"
#include "utils/timestamp.h"

enum { LONGEST_DIGEST = PG_SHA512_DIGEST_LENGTH, MD5_LENGTH = 16 };

static const struct {
    const char *name;
    pg_cryptohash_type type;
    size_t length; /* bytes */
} algorithms[] = {{"MD5", PG_MD5, MD5_LENGTH},
                  {"SHA1", PG_SHA1, SHA1_DIGEST_LENGTH},
                  {"SHA256", PG_SHA256, PG_SHA256_DIGEST_LENGTH},
                  {"SHA384", PG_SHA384, PG_SHA384_DIGEST_LENGTH},
                  {"SHA512", PG_SHA512, PG_SHA512_DIGEST_LENGTH}};

static bool
compute(size_t algorithm, RpText bytes, uint8 *digest)
{
    pg_cryptohash_ctx *context = pg_cryptohash_create(algorithms[algorithm].type);
    bool is_done;

    if (context == NULL) {
        return false;
    }
    is_done = pg_cryptohash_init(context) == 0 &&
              pg_cryptohash_update(context, (const uint8 *)bytes.data, bytes.length) == 0 &&
              pg_cryptohash_final(context, digest, algorithms[algorithm].length) == 0;
    pg_cryptohash_free(context);
    return is_done;
}

/* Where the server raises an error, for want of memory, there is no digest: no host longjmps. */
static bool
try_compute(size_t algorithm, RpText bytes, uint8 *digest)
{
    MemoryContext caller = CurrentMemoryContext;
    volatile bool is_done = false;

    PG_TRY();
    {
        is_done = compute(algorithm, bytes, digest);
    }
    PG_CATCH();
    {
        MemoryContextSwitchTo(caller);
        FlushErrorState();
    }
    PG_END_TRY();
    return is_done;
}

bool
rp_query_host_digest(void *state, const char *algorithm, RpText bytes, char *digits)
{
    uint8 digest[LONGEST_DIGEST];

    (void)state;
    for (size_t i = 0; i < lengthof(algorithms); i++) {
        if (strcmp(algorithms[i].name, algorithm) == 0 && try_compute(i, bytes, digest)) {
            hex_encode((const char *)digest, algorithms[i].length, digits);
            digits[2 * algorithms[i].length] = '\0';
            return true;
        }
    }
    return false;
}

RpText
rp_query_host_now(void *state)
{
    static char text[MAXDATELEN + 1];
    struct pg_tm tm;
    fsec_t microseconds;

    (void)state;
    if (timestamp2tm(GetCurrentStatementStartTimestamp(), NULL, &tm, &microseconds, NULL, NULL) !=
        0) {
        return (RpText){0};
    }
    snprintf(text, sizeof(text), "%04d-%02d-%02dT%02d:%02d:%02d.%06dZ", tm.tm_year, tm.tm_mon,
             tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec, (int)microseconds);
    return rp_text_from(text);
}
