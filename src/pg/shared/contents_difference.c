/* See contents_difference.h. */
#include "pg/shared/contents_difference.h"

static const char *
version_text(int32 version)
{
    return version == 0 ? "no version" : psprintf("version %d", version);
}

char *
rp_contents_difference_text(const RpContentsDifference *difference)
{
    int length = (int)difference->policy.length;
    const char *policy = difference->policy.data;

    if (difference->policy.length == 0) {
        return psprintf("context <%.*s>: what is stored is not what is in force",
                        (int)difference->context.length, difference->context.data);
    }
    if (difference->stored_version == difference->mapped_version) {
        return psprintf("%.*s: version %d is in force with another text or shadow than is stored",
                        length, policy, difference->stored_version);
    }
    return psprintf("%.*s: %s is stored, %s is in force", length, policy,
                    version_text(difference->stored_version),
                    version_text(difference->mapped_version));
}
