/*
 * See stored_image.h. After the extension was upgraded, whoever looks policies up first compiles
 * their sources; validations and standbys write nothing, so the next reload does. It holds the
 * generation row's lock, under which rows of versions are registered, put in force and pruned.
 */
#include "pg/change/stored_image.h"

#include "pg/catalog/catalog_writer.h"
#include "pg/server/bridge.h"

enum { FORMAT_SIZE = 8 /* magic and format, with which an image begins */ };

static bool
is_recompiled(const RpDirectoryEntry *entry)
{
    return (entry->flags & (RP_DIRECTORY_RECOMPILED | RP_DIRECTORY_BROKEN)) ==
           RP_DIRECTORY_RECOMPILED;
}

static bool
has_recompiled(const RpDirectoryHeader *directory)
{
    for (uint32 i = 0; i < directory->entry_count; i++) {
        if (is_recompiled(&rp_directory_entries(directory)[i])) {
            return true;
        }
    }
    return false;
}

/* A row that has an image of this format by now keeps it: the mapping does not see who wrote it. */
static void
renew(const RpCatalogWriter *writer, const RpMapping *mapping, const RpDirectoryEntry *entry)
{
    RpText policy = rp_directory_text(mapping->directory, entry->name_offset, entry->name_length);
    const RpImage *image = rp_mapping_image(mapping, entry);
    RpText bytes = rp_image_bytes(image);
    RpText format = {bytes.data, FORMAT_SIZE};
    RpParameter parameters[] = {RP_TEXT_OF(policy),
                                RP_INTEGER_OF(entry->version),
                                RP_BYTES_OF(rp_text_datum(bytes)),
                                RP_BYTES_OF(rp_text_datum(format)),
                                RP_INTEGER_OF((int32)image->shape_count),
                                RP_INTEGER_OF((int32)image->constraint_count),
                                RP_INTEGER_OF((int32)image->left_out_count)};

    rp_catalog_run(writer,
                   "UPDATE @.rdf_catalog_version SET image = $3, shapes = $5, constraints = $6,"
                   " left_out = $7"
                   " WHERE policy = $1 AND version = $2 AND substr(image, 1, length($4)) <> $4",
                   lengthof(parameters), parameters);
}

/* Only where an image had to be compiled again; mostly none has, and nothing is written. */
void
rp_stored_images_renew(const RpCatalog *catalog, const RpMapping *mapping)
{
    const RpDirectoryHeader *directory = mapping->directory;
    RpCatalogWriter writer;

    if (!has_recompiled(directory)) {
        return;
    }
    rp_catalog_writer_begin(&writer, catalog);
    for (uint32 i = 0; i < directory->entry_count; i++) {
        const RpDirectoryEntry *entry = &rp_directory_entries(directory)[i];

        if (is_recompiled(entry)) {
            renew(&writer, mapping, entry);
        }
    }
    rp_catalog_writer_end(&writer);
}
