/* See reading.h. */
#include "pg/shared/reading.h"

#include "pg/server/bridge.h"
#include "pg/shared/context_row.h"
#include "pg/shared/version_row.h"

RpReading
rp_reading_of_entry(const RpDirectoryHeader *directory, const RpDirectoryEntry *entry,
                    bool is_by_number)
{
    const RpDirectoryContext *context = rp_directory_entry_context(directory, entry);
    RpReading reading = {
        .directory = directory,
        .context = rp_directory_text(directory, entry->context_offset, entry->context_length),
        .is_pinned = is_by_number && entry->context_length > 0,
        .refuses_dropped = (entry->flags & RP_DIRECTORY_REFUSES_DROPPED) != 0};

    if (reading.is_pinned && context != NULL && !(context->flags & RP_DIRECTORY_BROKEN)) {
        reading.pinned = rp_directory_context_bytes(directory, context);
    }
    return reading;
}

/* What a version's context meant when it was registered. Empty: that is not there, or damaged,
 * which is told when a document asks for it. */
static RpText
compile_registered(const RpCatalog *catalog, Snapshot snapshot, const RpHashKey *hash_key,
                   const RpDirectoryInput *input)
{
    RpError error = {.status = RP_OK};
    RpText compiled = {NULL, 0};
    RpContextRow row;

    if (rp_context_row_open(&row, catalog, snapshot, input->context, input->context_signature) &&
        rp_context_row_compile(&row, hash_key, &compiled, &error) != RP_OK) {
        rp_bridge_raise_unless_of_input(&error);
        compiled = (RpText){NULL, 0};
    }
    rp_context_row_close(&row);
    return compiled;
}

RpReading
rp_reading_of_input(const RpCatalog *catalog, Snapshot snapshot, const RpDirectoryHeader *directory,
                    const RpDirectoryInput *input, bool is_by_number)
{
    RpReading reading = {.directory = directory,
                         .context = input->context,
                         .is_pinned = is_by_number && input->context.length > 0,
                         .refuses_dropped = (input->flags & RP_DIRECTORY_REFUSES_DROPPED) != 0};

    if (reading.is_pinned) {
        reading.pinned = compile_registered(catalog, snapshot, &directory->hash_key, input);
    }
    return reading;
}

/* One table of ours is open at a time. */
RpReading
rp_reading_of_version(const RpCatalog *catalog, Snapshot snapshot,
                      const RpDirectoryHeader *directory, RpText policy, int32 version,
                      bool is_by_number)
{
    RpDirectoryInput input = {.policy = policy, .version = version};
    RpVersionRow row;

    if (rp_version_row_open(&row, catalog, snapshot, policy, version)) {
        rp_version_row_reading(&row, &input);
    }
    rp_version_row_close(&row);
    return rp_reading_of_input(catalog, snapshot, directory, &input, is_by_number);
}
