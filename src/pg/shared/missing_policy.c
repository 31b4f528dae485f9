/*
 * Refusing data whose policy is not there, or letting it through and saying so. A restore lets
 * through a whole table, so what was said once is not said again in the session. A parallel worker
 * is a session of its own here.
 */
#include "pg/shared/missing_policy.h"

#include "utils/hsearch.h"

#include "pg/catalog/policy_hint.h"
#include "pg/catalog/policy_name.h"
#include "pg/server/guc.h"

/* A policy's name is up to 63 bytes, its version up to 11 more. Names can come from the data:
 * past the limit no more of them are remembered, or logged. */
enum { REMEMBERED_NAME_SIZE = 80, REMEMBERED_LIMIT = 1000 };

static HTAB *remembered = NULL; /* names, zero-ended; lives as long as the backend */

/*
 * Private to the session, since what is shared would let one user fill what all have. When the
 * table is full nothing more is logged: a session that invents names has had its thousand lines.
 */
static bool
is_new_in_session(RpText name)
{
    char key[REMEMBERED_NAME_SIZE] = {0};
    bool is_known;

    if (remembered == NULL) {
        HASHCTL control = {.keysize = REMEMBERED_NAME_SIZE, .entrysize = REMEMBERED_NAME_SIZE};

        remembered = hash_create("rdfpolicy policies that data was let through without", 16,
                                 &control, HASH_ELEM | HASH_BLOBS);
    }
    memcpy(key, name.data, Min(name.length, REMEMBERED_NAME_SIZE - 1));
    if (hash_get_num_entries(remembered) >= REMEMBERED_LIMIT) {
        return false;
    }
    hash_search(remembered, key, HASH_ENTER, &is_known);
    return !is_known;
}

/* Whether the data is let through, which is logged where it is new. The statement and its context
 * can hold values: a COPY's line, a parameter. */
static bool
passes(RpText name, const char *problem)
{
    if (rp_guc_no_policy != RP_NO_POLICY_PASS) {
        return false;
    }
    if (is_new_in_session(name)) {
        ereport(LOG,
                (errmsg("%s: data is let through since rdfpolicy.no_policy is \"pass\"", problem),
                 errdetail("This is logged once for each policy and session%s.",
                           hash_get_num_entries(remembered) < REMEMBERED_LIMIT
                               ? ""
                               : ", and for no more policies in this one"),
                 errhidestmt(true), errhidecontext(true)));
    }
    return true;
}

/*
 * Fails closed unless the administrator has said otherwise: data that names a policy which is not
 * there is not valid.
 */
void
rp_missing_policy(const RpCatalog *catalog, RpText name, bool is_staged)
{
    RpPolicyName parsed = rp_policy_name_parse(name);
    const char *problem = psprintf(parsed.version == 0 ? "policy \"%.*s\" is not active"
                                   : is_staged ? "policy version \"%.*s\" is staged, not in force"
                                               : "policy version \"%.*s\" does not exist",
                                   (int)name.length, name.data);

    if (!passes(name, problem)) {
        ereport(ERROR, (errcode(ERRCODE_UNDEFINED_OBJECT), errmsg("%s", problem),
                        errhint("%s", rp_policy_hint(catalog, parsed.policy, parsed.version))));
    }
}

bool
rp_missing_version_passes(RpText policy, int32 version)
{
    char *name = psprintf("%.*s@%d", (int)policy.length, policy.data, version);

    return passes(rp_text_from(name), psprintf("policy version \"%s\" does not exist", name));
}

bool
rp_missing_context_passes(void)
{
    return passes(RP_TEXT("@context"), "a context of a document in JSON-LD is not registered");
}

/*
 * A call for every active policy where there is none would accept everything: it is as much an
 * error as a name that is unknown.
 */
void
rp_missing_any_policy(void)
{
    const char *problem = "no policy is active";

    if (!passes((RpText){"", 0}, problem)) {
        ereport(ERROR, (errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE), errmsg("%s", problem),
                        errhint("Register a policy with rdf_policy_register() and put it in "
                                "force with rdf_policy_reload().")));
    }
}
