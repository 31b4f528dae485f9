/*
 * From the tables, as one snapshot shows them, to the block of a generation: what it is to hold
 * (generation_contents.h), each image by itself (version_row.h) or from a mapping that has it, and
 * all of them written at once (rp_mapping_make). No lock of ours is held; the tables' ACCESS SHARE
 * locks are, while their rows are read.
 */
#include "pg/shared/generation_builder.h"

#include "pg/server/bridge.h"
#include "pg/shared/control.h"
#include "pg/shared/generation_contents.h"
#include "pg/shared/generation_contexts.h"
#include "pg/shared/version_row.h"

static void
mark_broken(RpDirectoryInput *input, const char *message)
{
    input->flags |= RP_DIRECTORY_BROKEN;
    input->message = rp_text_from(message);
}

/*
 * Read the image of an entry, or why it is broken, from its version's row. What is wrong with one
 * policy is kept in its entry and does not stop the others; what is wrong with this backend (no
 * memory, a cancel) is raised, since as an entry it would be everybody's for as long as the
 * generation lives.
 */
static void
read_image(const RpCatalog *catalog, Snapshot snapshot, const RpHashKey *hash_key,
           RpDirectoryInput *input)
{
    RpImage *image = palloc(sizeof(RpImage));
    RpError error = {.status = RP_OK};
    bool is_recompiled;
    RpVersionRow row;

    if (!rp_version_row_open(&row, catalog, snapshot, input->policy, input->version)) {
        mark_broken(input, "the version's row is missing");
        input->flags |= RP_DIRECTORY_ROWLESS;
    } else if (rp_version_row_image(&row, hash_key, image, &is_recompiled, &error) != RP_OK) {
        rp_bridge_raise_unless_of_input(&error);
        mark_broken(input, pstrdup(error.message));
    } else {
        input->image = image;
        input->flags |= is_recompiled ? RP_DIRECTORY_RECOMPILED : 0;
    }
    rp_version_row_close(&row);
}

/* Take the image that a mapping has of the very row. False: it has none. */
static bool
take_image(const RpMapping *base, RpDirectoryInput *input)
{
    const RpDirectoryEntry *entry =
        base == NULL ? NULL : rp_directory_find(base->directory, input->policy, input->version);

    if (entry == NULL || (entry->flags & RP_DIRECTORY_BROKEN) ||
        !rp_row_origin_is_known(&input->origin) ||
        !rp_row_origin_equals(&entry->origin, &input->origin)) {
        return false;
    }
    input->image = rp_mapping_image(base, entry);
    input->flags |= entry->flags & RP_DIRECTORY_RECOMPILED;
    return true;
}

/*
 * The names to carry are copied out of the control block before any row is read: no lock of ours is
 * held while tables are. All that is made on the way is in one context, which goes with an error
 * too (it is a child of the caller's); the mapping is not in it.
 */
RpMapping *
rp_generation_build(const RpCatalog *catalog, Snapshot snapshot, const RpGenerationRow *row,
                    const RpMapping *base, bool is_shared)
{
    MemoryContext context =
        AllocSetContextCreate(CurrentMemoryContext, "rdfpolicy build", ALLOCSET_DEFAULT_SIZES);
    MemoryContext caller = MemoryContextSwitchTo(context);
    RpNamedVersion named[RP_NAMED_VERSION_LIMIT];
    uint32 named_count = rp_control_named_versions(&row->identity, named);
    RpHashKey hash_key = base == NULL ? rp_bridge_random_key() : base->directory->hash_key;
    RpDirectoryContents contents;
    RpMapping *mapping;

    rp_generation_contents_read(catalog, snapshot, named, named_count, &contents);
    for (uint32 i = 0; i < contents.count; i++) {
        RpDirectoryInput *input = &contents.inputs[i];

        if (!take_image(base, input)) {
            read_image(catalog, snapshot, &hash_key, input);
        }
    }
    rp_generation_contexts_compile(catalog, snapshot, &hash_key, base, &contents);
    mapping = rp_mapping_make(&row->identity, &hash_key, row->number, &contents, is_shared);
    MemoryContextSwitchTo(caller);
    MemoryContextDelete(context);
    return mapping;
}
