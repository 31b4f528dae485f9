/*
 * Building a generation from the tables, as one snapshot shows them. No lock of ours is held; the
 * tables' ACCESS SHARE locks are held while their rows are read.
 */
#include "pg/pg.h"

#include "image/image_check.h"
#include "pg/server/bridge.h"
#include "pg/compile/compile.h"
#include "pg/shared/control.h"
#include "pg/server/guc.h"
#include "pg/shared/policy_catalog.h"

/* A version in force, or the shadow of one, as the policy table has it. */
typedef struct ActivePolicy {
    RpText policy;
    int32 version;
    uint32 flags;  /* of its directory entry */
    bool is_found; /* its version's row was seen */
} ActivePolicy;

typedef struct ActivePolicies {
    ActivePolicy *entries; /* sorted by name, then version */
    uint32 count;
    uint32 capacity;
} ActivePolicies;

static RpText
copy_text(RpText text)
{
    char *copy = palloc(text.length + 1);

    if (text.length > 0) {
        memcpy(copy, text.data, text.length);
    }
    copy[text.length] = '\0';
    return (RpText){copy, text.length};
}

static int
compare_active(const void *a, const void *b)
{
    const ActivePolicy *left = a;
    const ActivePolicy *right = b;
    int order = rp_text_compare(left->policy, right->policy);

    return order ? order : (left->version > right->version) - (left->version < right->version);
}

static void
add_active(ActivePolicies *active, RpText policy, int32 version, uint32 flags)
{
    if (active->count == active->capacity) {
        active->capacity *= 2;
        active->entries = repalloc_huge(active->entries, sizeof(ActivePolicy) * active->capacity);
    }
    active->entries[active->count++] =
        (ActivePolicy){.policy = policy, .version = version, .flags = flags};
}

/* Add the versions of a policy that are not in force, and that calls have named. */
static void
add_named(ActivePolicies *active, RpText policy, int32 version, int32 shadow,
          const RpNamedVersion *named, uint32 named_count)
{
    for (uint32 i = 0; i < named_count; i++) {
        if (named[i].version != version && named[i].version != shadow &&
            rp_text_equals(rp_text_from(named[i].policy), policy)) {
            add_active(active, policy, named[i].version, 0);
        }
    }
}

static void
read_active_policies(const RpCatalog *catalog, Snapshot snapshot, ActivePolicies *active)
{
    RpNamedVersion named[RP_NAMED_VERSION_LIMIT];
    uint32 named_count = rp_control_named_versions(named);
    RpCatalogScan scan;
    HeapTuple tuple;

    active->capacity = 16;
    active->entries = palloc(sizeof(ActivePolicy) * active->capacity);
    active->count = 0;
    rp_catalog_scan_begin(&scan, catalog->policy, snapshot);
    while ((tuple = rp_catalog_scan_next(&scan)) != NULL) {
        RpText policy;
        int32 version = rp_catalog_int32(&scan, tuple, RP_POLICY_ACTIVE_VERSION);
        int32 shadow = rp_catalog_int32(&scan, tuple, RP_POLICY_SHADOW_VERSION);

        if (version == 0 || !rp_catalog_text(&scan, tuple, RP_POLICY_NAME, &policy)) {
            continue;
        }
        policy = copy_text(policy);
        add_active(active, policy, version, RP_DIRECTORY_ACTIVE);
        if (shadow != 0 && shadow != version) {
            add_active(active, policy, shadow, RP_DIRECTORY_SHADOW);
        }
        add_named(active, policy, version, shadow, named, named_count);
    }
    rp_catalog_scan_end(&scan);
    qsort(active->entries, active->count, sizeof(ActivePolicy), compare_active);
}

/* The entry that a row of the version table is the version of, or NULL. */
static ActivePolicy *
find_active(const ActivePolicies *active, const RpCatalogScan *scan, HeapTuple tuple)
{
    ActivePolicy key = {.policy = {NULL, 0}};

    if (active->count == 0 || !rp_catalog_text(scan, tuple, RP_VERSION_POLICY, &key.policy)) {
        return NULL;
    }
    key.version = rp_catalog_int32(scan, tuple, RP_VERSION_NUMBER);
    return bsearch(&key, active->entries, active->count, sizeof(ActivePolicy), compare_active);
}

/* The stored image of a version's row, 8-aligned in the current context; empty where there is none.
 */
static RpText
stored_image(const RpCatalogScan *scan, HeapTuple tuple)
{
    bool is_null;
    Datum datum = heap_getattr(tuple, RP_VERSION_IMAGE, scan->columns, &is_null);
    RpText image = {NULL, 0};

    if (!is_null) {
        bytea *value = DatumGetByteaPP(datum);
        Size size = VARSIZE_ANY_EXHDR(value);
        char *aligned = palloc_extended(size, MCXT_ALLOC_HUGE);

        memcpy(aligned, VARDATA_ANY(value), size);
        image = (RpText){aligned, (uint32_t)size};
    }
    return image;
}

static bool
text_is(const RpCatalogScan *scan, HeapTuple tuple, int column, RpText expected)
{
    RpText value;

    return rp_catalog_text(scan, tuple, column, &value) && rp_text_equals(value, expected);
}

/*
 * The image of a version's row: the stored one, or, where that is of another format or missing
 * (after an upgrade of the extension), the source compiled anew.
 */
static RpStatus
image_of_row(const RpCatalogScan *scan, HeapTuple tuple, RpText *image, RpError *error)
{
    RpSource source = {
        .is_rules = text_is(scan, tuple, RP_VERSION_FORM, RP_TEXT("rules")),
        .skips_ill_formed = text_is(scan, tuple, RP_VERSION_ILL_FORMED, RP_TEXT("warn")),
        .subclass_from_shapes = rp_catalog_bool(scan, tuple, RP_VERSION_SUBCLASS_FROM_SHAPES)};
    const RpImageHeader *header;

    *image = stored_image(scan, tuple);
    header = (const RpImageHeader *)image->data;
    if (image->length >= sizeof(RpImageHeader) && header->magic == RP_IMAGE_MAGIC &&
        header->format == RP_IMAGE_FORMAT) {
        return rp_image_check(image->data, image->length, error);
    }
    if (!rp_catalog_text(scan, tuple, RP_VERSION_SOURCE, &source.text)) {
        return rp_error_set(error, RP_CORRUPT, "the policy has neither a source nor an image");
    }
    rp_catalog_text(scan, tuple, RP_VERSION_BASE_IRI, &source.base_iri);
    return rp_compile(rp_bridge_work_arena(CurrentMemoryContext, 0), &source, false, image, error);
}

/* What is no fault of the policy must not be remembered as one. */
static void
raise_unless_policy_fault(const RpError *error)
{
    if (error->status == RP_OUT_OF_MEMORY || error->status == RP_INTERRUPTED) {
        rp_bridge_raise(error);
    }
}

static void
fill_input(const RpCatalogScan *scan, HeapTuple tuple, RpDirectoryInput *input)
{
    RpError error = {.status = RP_OK};

    if (image_of_row(scan, tuple, &input->image, &error) != RP_OK) {
        raise_unless_policy_fault(&error);
        input->flags |= RP_DIRECTORY_BROKEN;
        input->image = (RpText){NULL, 0};
        input->message = copy_text(rp_text_from(error.message));
    }
}

static void
read_versions(const RpCatalog *catalog, Snapshot snapshot, ActivePolicies *active,
              RpDirectoryInput *inputs)
{
    RpCatalogScan scan;
    HeapTuple tuple;

    rp_catalog_scan_begin(&scan, catalog->version, snapshot);
    while ((tuple = rp_catalog_scan_next(&scan)) != NULL) {
        ActivePolicy *found = find_active(active, &scan, tuple);

        if (found != NULL) {
            fill_input(&scan, tuple, &inputs[found - active->entries]);
            found->is_found = true;
        }
    }
    rp_catalog_scan_end(&scan);
}

RpMapping *
rp_policy_catalog_build(const RpCatalog *catalog, Snapshot snapshot, const RpIdentity *identity,
                        int64 generation, bool is_shared)
{
    MemoryContext context =
        AllocSetContextCreate(CurrentMemoryContext, "rdfpolicy build", ALLOCSET_DEFAULT_SIZES);
    MemoryContext caller = MemoryContextSwitchTo(context);
    ActivePolicies active;
    RpDirectoryInput *inputs;
    uint32 input_count = 0; /* without named versions that are pruned */
    RpMapping *mapping;

    read_active_policies(catalog, snapshot, &active);
    inputs = palloc0(sizeof(RpDirectoryInput) * (active.count + 1));
    for (uint32 i = 0; i < active.count; i++) {
        inputs[i].policy = active.entries[i].policy;
        inputs[i].version = active.entries[i].version;
        inputs[i].flags = active.entries[i].flags;
    }
    read_versions(catalog, snapshot, &active, inputs);
    for (uint32 i = 0; i < active.count; i++) {
        if (active.entries[i].is_found) {
            inputs[input_count++] = inputs[i];
        } else if (active.entries[i].flags != 0) {
            inputs[i].flags |= RP_DIRECTORY_BROKEN;
            inputs[i].message = RP_TEXT("the version's row is missing");
            inputs[input_count++] = inputs[i];
        }
    }
    mapping = rp_mapping_make(identity, generation, inputs, input_count, is_shared);
    MemoryContextSwitchTo(caller);
    MemoryContextDelete(context);
    return mapping;
}

/* Keep an image in the mapping, for this and later calls. */
static const RpImage *
keep_loaded(RpMapping *mapping, RpText policy, int32 version, RpText image)
{
    MemoryContext caller = MemoryContextSwitchTo(mapping->context);
    RpLoadedVersion *loaded = palloc0(sizeof(RpLoadedVersion));
    char *bytes = palloc_extended(image.length, MCXT_ALLOC_HUGE);

    memcpy(bytes, image.data, image.length);
    loaded->policy = copy_text(policy);
    loaded->version = version;
    rp_image_open(bytes, &loaded->image);
    loaded->next = mapping->loaded;
    mapping->loaded = loaded;
    MemoryContextSwitchTo(caller);
    return &loaded->image;
}

static const RpImage *
load_row(const RpCatalogScan *scan, HeapTuple tuple, RpMapping *mapping, RpText policy,
         int32 version)
{
    RpError error = {.status = RP_OK};
    RpText image;

    if (!rp_catalog_bool(scan, tuple, RP_VERSION_WAS_ACTIVE)) {
        return NULL;
    }
    if (image_of_row(scan, tuple, &image, &error) != RP_OK) {
        rp_bridge_raise(&error);
    }
    return keep_loaded(mapping, policy, version, image);
}

bool
rp_policy_catalog_versions(const RpCatalog *catalog, Snapshot snapshot, RpText policy,
                           RpPolicyVersions *versions)
{
    RpCatalogScan scan;
    HeapTuple tuple;
    bool is_found = false;

    rp_catalog_scan_begin(&scan, catalog->policy, snapshot);
    while (!is_found && (tuple = rp_catalog_scan_next(&scan)) != NULL) {
        is_found = text_is(&scan, tuple, RP_POLICY_NAME, policy) &&
                   !rp_catalog_bool(&scan, tuple, RP_POLICY_IS_DROPPED);
        if (is_found) {
            versions->active = rp_catalog_int32(&scan, tuple, RP_POLICY_ACTIVE_VERSION);
            versions->staged = rp_catalog_int32(&scan, tuple, RP_POLICY_STAGED_VERSION);
        }
    }
    rp_catalog_scan_end(&scan);
    return is_found;
}

void
rp_policy_catalog_require(const RpCatalog *catalog, Snapshot snapshot, RpText policy,
                          RpPolicyVersions *versions)
{
    if (!rp_policy_catalog_versions(catalog, snapshot, policy, versions)) {
        ereport(ERROR, (errcode(ERRCODE_UNDEFINED_OBJECT),
                        errmsg("policy \"%.*s\" does not exist", (int)policy.length, policy.data),
                        errhint("rdf_policies lists the policies.")));
    }
}

void
rp_policy_catalog_read(const RpCatalog *catalog, Snapshot snapshot, RpText policy, int32 version,
                       RpImage *image)
{
    RpError error = {.status = RP_OK};
    RpText bytes = {NULL, 0};
    RpCatalogScan scan;
    HeapTuple tuple;

    rp_catalog_scan_begin(&scan, catalog->version, snapshot);
    while (bytes.data == NULL && (tuple = rp_catalog_scan_next(&scan)) != NULL) {
        if (rp_catalog_int32(&scan, tuple, RP_VERSION_NUMBER) == version &&
            text_is(&scan, tuple, RP_VERSION_POLICY, policy)) {
            RP_BRIDGE_TRY(image_of_row(&scan, tuple, &bytes, &error), &error);
        }
    }
    rp_catalog_scan_end(&scan);
    if (bytes.data == NULL) {
        ereport(ERROR, (errcode(ERRCODE_UNDEFINED_OBJECT),
                        errmsg("policy version \"%.*s@%d\" does not exist", (int)policy.length,
                               policy.data, version),
                        errhint("rdf_policy_versions lists the versions.")));
    }
    rp_image_open(bytes.data, image);
}

const RpImage *
rp_policy_catalog_load(const RpCatalog *catalog, Snapshot snapshot, RpMapping *mapping,
                       RpText policy, int32 version)
{
    MemoryContext context =
        AllocSetContextCreate(CurrentMemoryContext, "rdfpolicy load", ALLOCSET_DEFAULT_SIZES);
    MemoryContext caller = MemoryContextSwitchTo(context);
    const RpImage *image = NULL;
    RpPolicyVersions versions;
    RpCatalogScan scan;
    HeapTuple tuple;

    if (rp_policy_catalog_versions(catalog, snapshot, policy, &versions)) {
        rp_catalog_scan_begin(&scan, catalog->version, snapshot);
        while (image == NULL && (tuple = rp_catalog_scan_next(&scan)) != NULL) {
            if (rp_catalog_int32(&scan, tuple, RP_VERSION_NUMBER) == version &&
                text_is(&scan, tuple, RP_VERSION_POLICY, policy)) {
                image = load_row(&scan, tuple, mapping, policy, version);
            }
        }
        rp_catalog_scan_end(&scan);
    }
    MemoryContextSwitchTo(caller);
    MemoryContextDelete(context);
    if (image != NULL) {
        rp_control_remember_version(policy, version);
    }
    return image;
}
