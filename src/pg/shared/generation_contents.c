/* Reading what the rows say, and comparing it with what is mapped. */
#include "pg/shared/generation_contents.h"

#include "pg/server/bridge.h"
#include "pg/shared/generation_contexts.h"
#include "pg/shared/row_origin.h"
#include "pg/shared/version_row.h"

static RpText
copy_text(RpText text)
{
    return (RpText){pnstrdup(text.data, text.length), text.length};
}

/* Entries as they are read. */
typedef struct Entries {
    RpDirectoryInput *inputs;
    uint32 count;
    uint32 capacity;
} Entries;

/*
 * Names of versions and policies grow with the number of policies, not with their texts: an entry
 * without its image is some 100 bytes.
 */
static void
add(Entries *entries, RpText policy, int32 version, uint32 flags)
{
    if (entries->count == entries->capacity) {
        entries->capacity *= 2;
        entries->inputs =
            repalloc_huge(entries->inputs, sizeof(RpDirectoryInput) * entries->capacity);
    }
    entries->inputs[entries->count++] =
        (RpDirectoryInput){.policy = policy, .version = version, .flags = flags};
}

/* Add the versions of a policy that are not in force, and that calls have named. */
static void
add_named(Entries *entries, RpText policy, int32 version, int32 shadow, const RpNamedVersion *named,
          uint32 named_count)
{
    for (uint32 i = 0; i < named_count; i++) {
        if (named[i].version != version && named[i].version != shadow &&
            rp_text_equals(rp_text_from(named[i].policy), policy)) {
            add(entries, policy, named[i].version, 0);
        }
    }
}

/*
 * One pass over the policy table. A dropped policy has no active version, so it is no entry; a
 * staged version is none either, since it is in force for nobody.
 */
static void
read_policies(const RpCatalog *catalog, Snapshot snapshot, const RpNamedVersion *named,
              uint32 named_count, Entries *entries)
{
    RpCatalogScan scan;
    HeapTuple tuple;

    *entries = (Entries){.capacity = 16};
    entries->inputs = palloc(sizeof(RpDirectoryInput) * entries->capacity);
    rp_catalog_scan_begin(&scan, catalog->policy, snapshot);
    while ((tuple = rp_catalog_scan_next(&scan)) != NULL) {
        RpText policy;
        int32 version = rp_catalog_int32(&scan, tuple, RP_POLICY_ACTIVE_VERSION);
        int32 shadow = rp_catalog_int32(&scan, tuple, RP_POLICY_SHADOW_VERSION);

        if (version == 0 || !rp_catalog_text(&scan, tuple, RP_POLICY_NAME, &policy)) {
            continue;
        }
        policy = copy_text(policy);
        add(entries, policy, version, RP_DIRECTORY_ACTIVE);
        if (shadow != 0 && shadow != version) {
            add(entries, policy, shadow, RP_DIRECTORY_SHADOW);
        }
        add_named(entries, policy, version, shadow, named, named_count);
    }
    rp_catalog_scan_end(&scan);
}

/* Complete an entry from its version's row. False: it is no entry, but a named version that is
 * pruned, or never was in force. */
static bool
read_version(const RpCatalog *catalog, Snapshot snapshot, RpDirectoryInput *input)
{
    bool is_entry = input->flags != 0; /* in force, or a shadow, whatever its row says */
    RpVersionRow row;

    if (rp_version_row_open(&row, catalog, snapshot, input->policy, input->version)) {
        input->origin = rp_row_origin(&row.scan, row.tuple);
        is_entry = is_entry || rp_version_row_was_active(&row);
        rp_version_row_reading(&row, input);
    }
    rp_version_row_close(&row);
    return is_entry;
}

/*
 * One pass after the other, so that the scan of one table is closed before rows of the next are
 * looked up: one of ours is open at a time.
 */
void
rp_generation_contents_read(const RpCatalog *catalog, Snapshot snapshot,
                            const RpNamedVersion *named, uint32 named_count,
                            RpDirectoryContents *contents)
{
    Entries entries;
    uint32 kept = 0;

    read_policies(catalog, snapshot, named, named_count, &entries);
    for (uint32 i = 0; i < entries.count; i++) {
        if (read_version(catalog, snapshot, &entries.inputs[i])) {
            entries.inputs[kept++] = entries.inputs[i];
        }
    }
    *contents = (RpDirectoryContents){.inputs = entries.inputs, .count = kept};
    rp_generation_contexts_read(catalog, snapshot, contents);
    rp_directory_sort(contents);
}

/* The versions that a directory carries although they are not in force. */
static uint32
carried_versions(const RpDirectoryHeader *directory, RpNamedVersion *named)
{
    const RpDirectoryEntry *entries = rp_directory_entries(directory);
    uint32 count = 0;

    for (uint32 i = 0; i < directory->entry_count && count < RP_NAMED_VERSION_LIMIT; i++) {
        if (!(entries[i].flags & (RP_DIRECTORY_ACTIVE | RP_DIRECTORY_SHADOW))) {
            RpText name =
                rp_directory_text(directory, entries[i].name_offset, entries[i].name_length);

            snprintf(named[count].policy, sizeof(named->policy), "%.*s", (int)name.length,
                     name.data);
            named[count++].version = entries[i].version;
        }
    }
    return count;
}

/* Whether the image of an entry, made from another row, is that of the row now: a table that was
 * only rewritten says the same. */
static bool
has_same_image(const RpCatalog *catalog, Snapshot snapshot, const RpMapping *mapping,
               const RpDirectoryEntry *entry, const RpDirectoryInput *input)
{
    bool is_broken = (entry->flags & RP_DIRECTORY_BROKEN) != 0;
    RpError error = {.status = RP_OK};
    bool is_recompiled;
    bool is_same;
    RpVersionRow row;
    RpImage image;

    if (!rp_version_row_open(&row, catalog, snapshot, input->policy, input->version)) {
        is_same =
            is_broken && !rp_row_origin_is_known(&entry->origin); /* missing then, missing now */
    } else {
        is_same = !is_broken &&
                  rp_version_row_image(&row, &mapping->directory->hash_key, &image, &is_recompiled,
                                       &error) == RP_OK &&
                  rp_text_equals(rp_image_bytes(&image),
                                 rp_image_bytes(rp_mapping_image(mapping, entry)));
    }
    rp_version_row_close(&row);
    return is_same;
}

/*
 * The same origin means the same bytes, so nearly always no image is read. Where it is not known,
 * or another (the table was rewritten, or restored), the images are compared.
 */
static bool
is_same_entry(const RpCatalog *catalog, Snapshot snapshot, const RpMapping *mapping,
              const RpDirectoryEntry *entry, const RpDirectoryInput *input)
{
    const uint32 part = RP_DIRECTORY_ACTIVE | RP_DIRECTORY_SHADOW | RP_DIRECTORY_REFUSES_DROPPED;

    return entry->version == input->version && (entry->flags & part) == (input->flags & part) &&
           rp_generation_contexts_entry_is_same(mapping->directory, entry, input) &&
           ((rp_row_origin_is_known(&input->origin) &&
             rp_row_origin_equals(&entry->origin, &input->origin)) ||
            has_same_image(catalog, snapshot, mapping, entry, input));
}

/* The entries and the inputs of one policy, each next to one another. */
typedef struct PolicyPart {
    RpText policy;
    const RpDirectoryEntry *entries;
    uint32 entry_count;
    const RpDirectoryInput *inputs;
    uint32 input_count;
} PolicyPart;

static RpText
entry_name(const RpDirectoryHeader *directory, const RpDirectoryEntry *entry)
{
    return rp_directory_text(directory, entry->name_offset, entry->name_length);
}

/* Take the next policy by name off both lists. False: both are at their ends. */
static bool
next_part(const RpDirectoryHeader *directory, const RpDirectoryContents *contents, PolicyPart *part)
{
    const RpDirectoryEntry *entry = part->entries + part->entry_count;
    const RpDirectoryEntry *entry_end = rp_directory_entries(directory) + directory->entry_count;
    const RpDirectoryInput *input = part->inputs + part->input_count;
    const RpDirectoryInput *input_end = contents->inputs + contents->count;

    if (entry == entry_end && input == input_end) {
        return false;
    }
    if (entry == entry_end ||
        (input < input_end && rp_text_compare(entry_name(directory, entry), input->policy) > 0)) {
        part->policy = input->policy;
    } else {
        part->policy = entry_name(directory, entry);
    }
    *part = (PolicyPart){.policy = part->policy, .entries = entry, .inputs = input};
    while (entry < entry_end && rp_text_equals(entry_name(directory, entry), part->policy)) {
        entry++;
    }
    while (input < input_end && rp_text_equals(input->policy, part->policy)) {
        input++;
    }
    part->entry_count = (uint32)(entry - part->entries);
    part->input_count = (uint32)(input - part->inputs);
    return true;
}

/* Both lists are in order of version, so the same entries stand at the same places. */
static bool
is_same_part(const RpCatalog *catalog, Snapshot snapshot, const RpMapping *mapping,
             const PolicyPart *part)
{
    bool is_same = part->entry_count == part->input_count;

    for (uint32 i = 0; is_same && i < part->entry_count; i++) {
        is_same = is_same_entry(catalog, snapshot, mapping, &part->entries[i], &part->inputs[i]);
    }
    return is_same;
}

/*
 * For people: the versions in force. Where these are the same, what differs is a text, a shadow or
 * a carried version.
 */
static RpContentsDifference
difference_of(const PolicyPart *part)
{
    RpContentsDifference difference = {.policy = copy_text(part->policy)};

    for (uint32 i = 0; i < part->entry_count; i++) {
        if (part->entries[i].flags & RP_DIRECTORY_ACTIVE) {
            difference.mapped_version = part->entries[i].version;
        }
    }
    for (uint32 i = 0; i < part->input_count; i++) {
        if (part->inputs[i].flags & RP_DIRECTORY_ACTIVE) {
            difference.stored_version = part->inputs[i].version;
        }
    }
    return difference;
}

/*
 * The versions that the mapping carries are asked for, not those that the control block would have
 * carried by now: a name that was remembered meanwhile is no difference.
 */
uint32
rp_generation_contents_compare(const RpCatalog *catalog, Snapshot snapshot,
                               const RpMapping *mapping, RpContentsDifference **differences)
{
    const RpDirectoryHeader *directory = mapping->directory;
    RpNamedVersion carried[RP_NAMED_VERSION_LIMIT];
    uint32 carried_count = carried_versions(directory, carried);
    RpDirectoryContents contents;
    PolicyPart part;
    uint32 count = 0;

    rp_generation_contents_read(catalog, snapshot, carried, carried_count, &contents);
    *differences = palloc_extended(sizeof(RpContentsDifference) *
                                       ((Size)contents.count + directory->entry_count +
                                        contents.context_count + directory->context_count + 1),
                                   MCXT_ALLOC_HUGE);
    part = (PolicyPart){.entries = rp_directory_entries(directory), .inputs = contents.inputs};
    while (next_part(directory, &contents, &part)) {
        if (!is_same_part(catalog, snapshot, mapping, &part)) {
            (*differences)[count++] = difference_of(&part);
        }
    }
    return count + rp_generation_contexts_compare(catalog, snapshot, mapping, &contents,
                                                  *differences + count);
}
