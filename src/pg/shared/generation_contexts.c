/* See generation_contexts.h. As with versions, one table of ours is open at a time. */
#include "pg/shared/generation_contexts.h"

#include "pg/server/bridge.h"
#include "pg/shared/context_row.h"
#include "pg/shared/row_origin.h"

static RpText
copy_text(RpText text)
{
    return (RpText){pnstrdup(text.data, text.length), text.length};
}

/* Whether a version of the contents was registered with this very text. */
static bool
is_registered_with(const RpDirectoryContents *contents, RpText iri, RpText signature)
{
    for (uint32 i = 0; i < contents->count; i++) {
        if (rp_text_equals(contents->inputs[i].context, iri) &&
            rp_text_equals(contents->inputs[i].context_signature, signature)) {
            return true;
        }
    }
    return false;
}

/* The table is small: the texts themselves stand elsewhere, and are not read. */
void
rp_generation_contexts_read(const RpCatalog *catalog, Snapshot snapshot,
                            RpDirectoryContents *contents)
{
    uint32 capacity = 16;
    RpCatalogScan scan;
    HeapTuple tuple;

    contents->contexts = palloc(sizeof(RpContextInput) * capacity);
    contents->context_count = 0;
    rp_catalog_scan_begin(&scan, catalog->context, snapshot);
    while ((tuple = rp_catalog_scan_next(&scan)) != NULL) {
        bool is_in_force = rp_catalog_bool(&scan, tuple, RP_CONTEXT_IS_IN_FORCE);
        RpText iri;
        RpText signature;

        rp_catalog_text(&scan, tuple, RP_CONTEXT_IRI, &iri);
        rp_catalog_text(&scan, tuple, RP_CONTEXT_SIGNATURE, &signature);
        if (!is_in_force && !is_registered_with(contents, iri, signature)) {
            continue;
        }
        if (contents->context_count == capacity) {
            capacity *= 2;
            contents->contexts =
                repalloc_huge(contents->contexts, sizeof(RpContextInput) * capacity);
        }
        contents->contexts[contents->context_count++] =
            (RpContextInput){.iri = copy_text(iri),
                             .signature = copy_text(signature),
                             .flags = is_in_force ? 0 : RP_DIRECTORY_FORMER,
                             .origin = rp_row_origin(&scan, tuple)};
    }
    rp_catalog_scan_end(&scan);
}

/* What is wrong with one context is kept in it, as with policies. */
static void
compile(const RpCatalog *catalog, Snapshot snapshot, const RpHashKey *hash_key,
        RpContextInput *input)
{
    RpError error = {.status = RP_OK};
    RpContextRow row;
    RpStatus status;

    if (rp_context_row_open(&row, catalog, snapshot, input->iri, input->signature)) {
        status = rp_context_row_compile(&row, hash_key, &input->bytes, &error);
    } else {
        status = rp_error_set(&error, RP_CORRUPT, "the context's row is missing");
    }
    rp_context_row_close(&row);
    if (status != RP_OK) {
        rp_bridge_raise_unless_of_input(&error);
        input->bytes = (RpText){NULL, 0};
        input->flags |= RP_DIRECTORY_BROKEN;
        input->message = rp_text_from(pstrdup(error.message));
    }
}

/* Take the compiled form that a mapping has of the very row. False: it has none. */
static bool
take_compiled(const RpMapping *base, RpContextInput *input)
{
    const RpDirectoryContext *context =
        base == NULL
            ? NULL
            : rp_directory_find_signed_context(base->directory, input->iri, input->signature);

    if (context == NULL || (context->flags & RP_DIRECTORY_BROKEN) ||
        !rp_row_origin_is_known(&input->origin) ||
        !rp_row_origin_equals(&context->origin, &input->origin)) {
        return false;
    }
    input->bytes = rp_directory_context_bytes(base->directory, context);
    return true;
}

void
rp_generation_contexts_compile(const RpCatalog *catalog, Snapshot snapshot,
                               const RpHashKey *hash_key, const RpMapping *base,
                               RpDirectoryContents *contents)
{
    for (uint32 i = 0; i < contents->context_count; i++) {
        if (!take_compiled(base, &contents->contexts[i])) {
            compile(catalog, snapshot, hash_key, &contents->contexts[i]);
        }
    }
}

/* The place alone says nothing of which text was meant where it is not there. */
bool
rp_generation_contexts_entry_is_same(const RpDirectoryHeader *directory,
                                     const RpDirectoryEntry *entry, const RpDirectoryInput *input)
{
    RpText context = rp_directory_text(directory, entry->context_offset, entry->context_length);
    const RpDirectoryContext *meant =
        rp_directory_find_signed_context(directory, input->context, input->context_signature);

    return rp_text_equals(context, input->context) &&
           meant == rp_directory_entry_context(directory, entry);
}

/* Whether a mapping has what an input is, compiled from its row where its origin does not tell. */
static bool
is_mapped(const RpCatalog *catalog, Snapshot snapshot, const RpMapping *mapping,
          const RpContextInput *input)
{
    const RpDirectoryContext *context =
        rp_directory_find_signed_context(mapping->directory, input->iri, input->signature);
    RpContextInput stored = *input;

    if (context == NULL ||
        (context->flags & RP_DIRECTORY_FORMER) != (input->flags & RP_DIRECTORY_FORMER)) {
        return false;
    }
    if (rp_row_origin_is_known(&input->origin) &&
        rp_row_origin_equals(&context->origin, &input->origin)) {
        return true;
    }
    compile(catalog, snapshot, &mapping->directory->hash_key, &stored);
    return !(context->flags & RP_DIRECTORY_BROKEN) && !(stored.flags & RP_DIRECTORY_BROKEN) &&
           rp_text_equals(stored.bytes, rp_directory_context_bytes(mapping->directory, context));
}

/* Whether the rows have a context that is mapped; if they say the same of it is asked above. */
static bool
is_stored(const RpDirectoryContents *contents, const RpDirectoryHeader *directory,
          const RpDirectoryContext *context)
{
    RpText iri = rp_directory_context_iri(directory, context);
    RpText signature =
        rp_directory_text(directory, context->signature_offset, context->signature_length);

    for (uint32 i = 0; i < contents->context_count; i++) {
        if (rp_text_equals(contents->contexts[i].iri, iri) &&
            rp_text_equals(contents->contexts[i].signature, signature)) {
            return true;
        }
    }
    return false;
}

/* Each IRI once. */
static uint32
add_difference(RpContentsDifference *differences, uint32 count, RpText iri)
{
    for (uint32 i = 0; i < count; i++) {
        if (rp_text_equals(differences[i].context, iri)) {
            return count;
        }
    }
    differences[count] = (RpContentsDifference){.context = copy_text(iri)};
    return count + 1;
}

uint32
rp_generation_contexts_compare(const RpCatalog *catalog, Snapshot snapshot,
                               const RpMapping *mapping, const RpDirectoryContents *contents,
                               RpContentsDifference *differences)
{
    const RpDirectoryHeader *directory = mapping->directory;
    uint32 count = 0;

    for (uint32 i = 0; i < contents->context_count; i++) {
        if (!is_mapped(catalog, snapshot, mapping, &contents->contexts[i])) {
            count = add_difference(differences, count, contents->contexts[i].iri);
        }
    }
    for (uint32 i = 0; i < directory->context_count; i++) {
        const RpDirectoryContext *context = &rp_directory_contexts(directory)[i];

        if (!is_stored(contents, directory, context)) {
            count =
                add_difference(differences, count, rp_directory_context_iri(directory, context));
        }
    }
    return count;
}
