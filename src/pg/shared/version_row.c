/* Reading one version. No lock of ours; ACCESS SHARE on the table while the row is open. */
#include "pg/shared/version_row.h"

#include "pg/compile/compile.h"
#include "pg/catalog/policy_hint.h"
#include "pg/server/bridge.h"

bool
rp_version_row_open(RpVersionRow *row, const RpCatalog *catalog, Snapshot snapshot, RpText policy,
                    int32 version)
{
    rp_catalog_find_version(&row->scan, catalog, snapshot, policy, version);
    row->tuple = rp_catalog_scan_next(&row->scan);
    return row->tuple != NULL;
}

void
rp_version_row_close(RpVersionRow *row)
{
    rp_catalog_scan_end(&row->scan);
}

bool
rp_version_row_was_active(const RpVersionRow *row)
{
    return rp_catalog_bool(&row->scan, row->tuple, RP_VERSION_WAS_ACTIVE);
}

/* The stored image; empty where there is none. */
static RpText
stored_image(const RpVersionRow *row)
{
    bool is_null;
    Datum datum = heap_getattr(row->tuple, RP_VERSION_IMAGE, row->scan.columns, &is_null);
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
text_is(const RpVersionRow *row, int column, RpText expected)
{
    RpText value;

    return rp_catalog_text(&row->scan, row->tuple, column, &value) &&
           rp_text_equals(value, expected);
}

static RpText
copy_column(const RpVersionRow *row, int column)
{
    RpText value;

    rp_catalog_text(&row->scan, row->tuple, column, &value);
    return (RpText){pnstrdup(value.data, value.length), value.length};
}

void
rp_version_row_reading(const RpVersionRow *row, RpDirectoryInput *input)
{
    input->context = copy_column(row, RP_VERSION_CONTEXT);
    input->context_signature = copy_column(row, RP_VERSION_CONTEXT_SIGNATURE);
    if (text_is(row, RP_VERSION_DROPPED, RP_TEXT("error"))) {
        input->flags |= RP_DIRECTORY_REFUSES_DROPPED;
    }
}

/* The source, compiled anew. */
static RpStatus
compile_source(const RpVersionRow *row, RpText *bytes, RpError *error)
{
    RpSource source = {
        .is_rules = text_is(row, RP_VERSION_FORM, RP_TEXT("rules")),
        .leaves_out = text_is(row, RP_VERSION_ILL_FORMED, RP_TEXT("warn")),
        .subclass_from_shapes =
            rp_catalog_bool(&row->scan, row->tuple, RP_VERSION_SUBCLASS_FROM_SHAPES),
        .allows_vacuous = rp_catalog_bool(&row->scan, row->tuple, RP_VERSION_ALLOW_VACUOUS),
        .requires_focus = rp_catalog_bool(&row->scan, row->tuple, RP_VERSION_REQUIRE_FOCUS)};

    if (!rp_catalog_text(&row->scan, row->tuple, RP_VERSION_SOURCE, &source.text)) {
        return rp_error_set(error, RP_CORRUPT, "the policy has neither a source nor an image");
    }
    rp_catalog_text(&row->scan, row->tuple, RP_VERSION_BASE_IRI, &source.base_iri);
    return rp_compile(rp_bridge_work_arena(CurrentMemoryContext, 0), &source, false, bytes, error);
}

/*
 * The stored bytes are not trusted: rp_image_load checks them from end to end before anything reads
 * them, since a table can be written by hand, and a dump by anybody.
 */
RpStatus
rp_version_row_image(const RpVersionRow *row, const RpHashKey *hash_key, RpImage *image,
                     bool *is_recompiled, RpError *error)
{
    RpText bytes = stored_image(row);

    *is_recompiled = !rp_image_is_of_this_format(bytes);
    if (*is_recompiled) {
        RP_TRY(compile_source(row, &bytes, error));
    }
    return rp_image_load(bytes, hash_key, rp_bridge_arena(CurrentMemoryContext, 0), image, error);
}

/*
 * With the process's own key, since this image goes into no directory: it is compared, explained or
 * tried, and gone with the caller's memory.
 */
void
rp_version_image(const RpCatalog *catalog, Snapshot snapshot, RpText policy, int32 version,
                 RpImage *image)
{
    const RpHashKey *hash_key = &rp_bridge_arena(CurrentMemoryContext, 0)->host->hash_key;
    RpError error = {.status = RP_OK};
    bool is_recompiled;
    bool is_found;
    RpVersionRow row;

    is_found = rp_version_row_open(&row, catalog, snapshot, policy, version);
    if (is_found) {
        RP_BRIDGE_TRY(rp_version_row_image(&row, hash_key, image, &is_recompiled, &error), &error);
    }
    rp_version_row_close(&row);
    if (!is_found) {
        rp_policy_raise_unknown_version(catalog, policy, version);
    }
}
