/* See captured_row.h. */
#include "pg/enforce/captured_row.h"

#include "utils/datum.h"

/* MAXALIGNed, as are the values behind the nulls, so that a row is read in place. */
typedef struct RowHeader {
    int32 source;
    uint16 column_count;
    bool is_removal;
    Size size; /* of it all */
} RowHeader;

static Size
values_offset(int column_count)
{
    return MAXALIGN(sizeof(RowHeader) + (Size)column_count);
}

/* NULL has no value to copy. */
static bool
is_by_reference(const RpRowToCapture *row, int column)
{
    return !row->arguments[column].isnull && !row->columns[column].is_by_value;
}

/* Leaves what was fetched in row->values, for rp_captured_row_write to copy and let go. */
Size
rp_captured_row_size(RpRowToCapture *row)
{
    Size size = values_offset(row->column_count) + sizeof(Datum) * (Size)row->column_count;

    for (int i = 0; i < row->column_count; i++) {
        row->values[i] = row->arguments[i].value;
        if (!is_by_reference(row, i)) {
            continue;
        }
        if (row->columns[i].length == -1) {
            row->values[i] = PointerGetDatum(PG_DETOAST_DATUM_PACKED(row->arguments[i].value));
        }
        size = MAXALIGN(size) + datumGetSize(row->values[i], false, row->columns[i].length);
    }
    return size;
}

/* What was fetched is let go: a statement may change many rows. */
void
rp_captured_row_write(RpRowToCapture *row, Size size, char *bytes)
{
    RowHeader *header = (RowHeader *)bytes;
    Size offset = values_offset(row->column_count);
    Datum *values = (Datum *)(bytes + offset);

    *header = (RowHeader){.source = row->source,
                          .column_count = (uint16)row->column_count,
                          .is_removal = row->is_removal,
                          .size = size};
    offset += sizeof(Datum) * (Size)row->column_count;
    for (int i = 0; i < row->column_count; i++) {
        ((bool *)(header + 1))[i] = row->arguments[i].isnull;
        values[i] = row->values[i];
        if (is_by_reference(row, i)) {
            Size length = datumGetSize(row->values[i], false, row->columns[i].length);

            offset = MAXALIGN(offset);
            memcpy(bytes + offset, DatumGetPointer(row->values[i]), length);
            values[i] = PointerGetDatum(bytes + offset);
            offset += length;
            if (row->values[i] != row->arguments[i].value) {
                pfree(DatumGetPointer(row->values[i]));
            }
        }
    }
}

/* In place: the row points into the capture, and lives as long as that. */
Size
rp_captured_row_read(const char *bytes, RpCapturedRow *row)
{
    const RowHeader *header = (const RowHeader *)bytes;

    *row = (RpCapturedRow){
        .source = header->source,
        .is_removal = header->is_removal,
        .row = {.values = (const Datum *)(bytes + values_offset(header->column_count)),
                .nulls = (const bool *)(header + 1)},
    };
    return header->size;
}
