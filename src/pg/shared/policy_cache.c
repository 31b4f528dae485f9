/*
 * The policies that one call site is judged by, kept in its fn_extra between calls. While the
 * snapshot is the same view a call costs a few comparisons; the generation stays mapped as long as
 * the call site lives, so an open cursor keeps its policies across any reload. All state is private
 * to the backend.
 */
#include "pg/shared/policy_cache.h"

#include "utils/lsyscache.h"

#include "pg/catalog/policy_name.h"
#include "pg/catalog/policy_versions.h"
#include "pg/server/bridge.h"
#include "pg/shared/current_generation.h"
#include "pg/shared/former_version.h"
#include "pg/shared/missing_policy.h"

/* What fn_extra points to. */
typedef struct RpCallSite {
    MemoryContextCallback on_end; /* releases the mapping with the FmgrInfo's memory context */
    MemoryContext context;        /* that context */
    Oid namespace;
    RpGenerationAnswer answer; /* its mapping is retained; NULL: nothing resolved yet */
    RpFormerVersion *former;   /* the version that is judged by, where it is no directory's */
    bool is_all;               /* the policy argument was NULL */
    RpText policy;             /* else its text */
    uint32 policy_capacity;
    RpPolicySelection selection;
    RpPolicyUse *uses;
    uint32 use_capacity;
    RpRecentPredicates *predicates; /* of its only policy; NULL: not asked for a second time yet */
} RpCallSite;

static void
release_former(RpCallSite *site)
{
    if (site->former != NULL) {
        rp_former_version_release(site->former);
        site->former = NULL;
    }
}

/*
 * Runs when the FmgrInfo's memory goes, which may be within an abort: nothing here raises. The
 * former version first, since it lives in the mapping.
 */
static void
release_call_site(void *argument)
{
    RpCallSite *site = argument;

    release_former(site);
    if (site->answer.mapping != NULL) {
        rp_mapping_release(site->answer.mapping);
        site->answer.mapping = NULL;
    }
}

/*
 * The site lives as long as the FmgrInfo: a query's, a trigger's or an index expression's, which
 * may be used by many statements. The callback gives the mapping back; fn_extra has no end of its
 * own.
 */
static RpCallSite *
make_call_site(FmgrInfo *function, Oid namespace)
{
    RpCallSite *site = MemoryContextAllocZero(function->fn_mcxt, sizeof(RpCallSite));

    site->context = function->fn_mcxt;
    site->namespace = namespace;
    site->on_end.func = release_call_site;
    site->on_end.arg = site;
    MemoryContextRegisterResetCallback(function->fn_mcxt, &site->on_end);
    function->fn_extra = site;
    return site;
}

static bool
is_same_policy(const RpCallSite *site, const text *policy)
{
    if (policy == NULL) {
        return site->is_all;
    }
    return !site->is_all && rp_text_equals(site->policy, rp_text_of(policy));
}

/* Remember the policy argument, in room that is used again. */
static void
keep_policy(RpCallSite *site, const text *policy)
{
    RpText given;

    site->is_all = policy == NULL;
    if (policy == NULL) {
        return;
    }
    given = rp_text_of(policy);
    if (given.length > site->policy_capacity || site->policy.data == NULL) {
        site->policy.data = MemoryContextAlloc(site->context, given.length + 1);
        site->policy_capacity = given.length;
    }
    memcpy(unconstify(char *, site->policy.data), given.data, given.length);
    site->policy.length = given.length;
}

/*
 * Room is kept from one resolution to the next, so that a site that is resolved for each statement
 * takes no memory after the first; outgrown room is small, and goes with the site.
 */
static void
add_use(RpCallSite *site, RpText policy, int32 version, const RpImage *image, RpReading reading)
{
    RpPolicySelection *selection = &site->selection;

    if (selection->use_count == site->use_capacity) {
        uint32 capacity = Max(4, site->use_capacity * 2);
        RpPolicyUse *uses = MemoryContextAlloc(site->context, sizeof(RpPolicyUse) * capacity);

        if (selection->use_count > 0) {
            memcpy(uses, site->uses, sizeof(RpPolicyUse) * selection->use_count);
        }
        site->uses = uses;
        site->use_capacity = capacity;
    }
    site->uses[selection->use_count++] =
        (RpPolicyUse){.policy = policy, .version = version, .image = image, .reading = reading};
    selection->uses = site->uses;
}

/*
 * A broken entry is refused by its name and for what was found when the generation was built, each
 * time that it is asked for: the other policies of the generation are not affected.
 */
static void
use_entry(RpCallSite *site, const RpDirectoryEntry *entry, bool is_by_number)
{
    const RpMapping *mapping = site->answer.mapping;
    /* A version that is asked for by its number stays, whatever is put in force. */
    const RpDirectoryEntry *shadow =
        is_by_number ? NULL : rp_directory_find_shadow(mapping->directory, entry);
    RpText policy = rp_directory_text(mapping->directory, entry->name_offset, entry->name_length);

    if (entry->flags & RP_DIRECTORY_BROKEN) {
        RpText message =
            rp_directory_text(mapping->directory, entry->message_offset, entry->message_length);

        if ((entry->flags & RP_DIRECTORY_ROWLESS) &&
            rp_missing_version_passes(policy, entry->version)) {
            return;
        }
        ereport(ERROR, (errcode(ERRCODE_DATA_CORRUPTED),
                        errmsg("policy \"%.*s\" version %d cannot be used", (int)policy.length,
                               policy.data, entry->version),
                        errdetail("%.*s", (int)message.length, message.data),
                        errhint("Register and reload the policy, or roll it back.")));
    }
    add_use(site, policy, entry->version, rp_mapping_image(mapping, entry),
            rp_reading_of_entry(mapping->directory, entry, is_by_number));
    if (shadow != NULL) {
        RpPolicyUse *use = &site->uses[site->selection.use_count - 1];

        use->shadow_image = rp_mapping_image(mapping, shadow);
        use->shadow_version = shadow->version;
        use->shadow_reading = rp_reading_of_entry(mapping->directory, shadow, false);
    }
}

/*
 * Entries are in order of name. Shadows and former versions are in the directory, and are not in
 * force: only the flag counts.
 */
static void
select_all(RpCallSite *site)
{
    const RpDirectoryHeader *directory = site->answer.mapping->directory;
    const RpDirectoryEntry *entries = rp_directory_entries(directory);

    for (uint32 i = 0; i < directory->entry_count; i++) {
        if (entries[i].flags & RP_DIRECTORY_ACTIVE) {
            use_entry(site, &entries[i], false);
        }
    }
    if (site->selection.use_count == 0) {
        rp_missing_any_policy();
    }
}

/* Judge by a version that the directory lacks. False: there is none that was in force. */
static bool
use_former(RpCallSite *site, RpText policy, int32 version)
{
    RpMapping *mapping = site->answer.mapping;
    RpFormerVersion *former = rp_former_version_find(mapping, policy, version);

    if (former == NULL) {
        former = rp_former_version_load(rp_catalog_of_namespace(site->namespace),
                                        GetActiveSnapshot(), mapping, policy, version);
    }
    if (former == NULL) {
        return false;
    }
    rp_former_version_retain(former);
    site->former = former;
    add_use(site, policy, version, &former->image, former->reading);
    return true;
}

/* Whether a version is what the next reload would put in force. */
static bool
is_staged(const RpCallSite *site, const RpPolicyName *name)
{
    RpPolicyVersions versions;

    return name->version != 0 &&
           rp_policy_versions_find(rp_catalog_of_namespace(site->namespace), GetActiveSnapshot(),
                                   name->policy, &versions) &&
           name->version == versions.staged;
}

/*
 * Name first, then version: where the directory has it, without a lock or a row; else by its row,
 * if it was ever in force (use_former).
 */
static void
select_named(RpCallSite *site)
{
    RpPolicyName name = rp_policy_name_parse(site->policy);
    const RpDirectoryEntry *entry =
        rp_directory_find(site->answer.mapping->directory, name.policy, name.version);

    if (entry != NULL && !(entry->flags & RP_DIRECTORY_SHADOW)) {
        use_entry(site, entry, name.version != 0);
    } else if (name.version == 0 || !use_former(site, name.policy, name.version)) {
        rp_missing_policy(rp_catalog_of_namespace(site->namespace), site->policy,
                          is_staged(site, &name));
    }
}

/* Find the generation and the policies anew. */
static void
resolve(RpCallSite *site, const text *policy)
{
    RpGenerationAnswer answer;
    bool is_same;

    rp_current_generation(rp_catalog_of_namespace(site->namespace), &answer);
    is_same = answer.mapping == site->answer.mapping && is_same_policy(site, policy) &&
              site->selection.use_count > 0;
    if (answer.mapping != site->answer.mapping) {
        rp_mapping_retain(answer.mapping);
        release_call_site(site);
    }
    site->answer = answer;
    if (is_same) {
        return;
    }
    /* Until the end of this function a failure leaves an empty selection, which is never taken for
     * an answer. */
    site->answer.change_count = 0;
    site->selection.use_count = 0;
    release_former(site);
    site->selection.generation = answer.mapping->directory->generation;
    keep_policy(site, policy);
    if (site->is_all) {
        select_all(site);
    } else {
        select_named(site);
    }
    site->answer = answer;
}

/* Whether what the site has found still is the answer. A selection of none is never taken for one:
 * rdfpolicy.no_policy may be changed, and a policy made, under the same view. */
static bool
has_answer(const RpCallSite *site, const text *policy)
{
    return site->selection.use_count > 0 && rp_generation_answer_holds(&site->answer) &&
           is_same_policy(site, policy);
}

/*
 * What documents leave of their predicates is kept from the second call on, so that who judges once
 * makes nothing; and where there is one policy, so that it is not much. A selection that is made
 * anew knows nothing, since its image may be another one at the same place.
 */
static void
keep_predicates(RpCallSite *site)
{
    RpPolicyUse *use = &site->uses[0];

    if (site->predicates == NULL) {
        site->predicates = MemoryContextAlloc(site->context, sizeof(RpRecentPredicates));
    }
    rp_recent_predicates_clear(site->predicates);
    use->predicates = site->predicates;
}

/* The test is all that a call costs in a running statement. */
static const RpPolicySelection *
select_at(RpCallSite *site, const text *policy)
{
    if (!has_answer(site, policy)) {
        resolve(site, policy);
    } else if (site->selection.use_count == 1 && unlikely(site->uses[0].predicates == NULL)) {
        keep_predicates(site);
    }
    return &site->selection;
}

const RpPolicySelection *
rp_policy_select(FunctionCallInfo fcinfo, const text *policy)
{
    RpCallSite *site = fcinfo->flinfo->fn_extra;

    if (site == NULL) {
        site = make_call_site(fcinfo->flinfo, get_func_namespace(fcinfo->flinfo->fn_oid));
    }
    return select_at(site, policy);
}

const RpPolicySelection *
rp_policy_select_at(FmgrInfo *place, Oid namespace, const text *policy)
{
    return select_at(place->fn_extra == NULL ? make_call_site(place, namespace) : place->fn_extra,
                     policy);
}
