/* See spill_file.h. */
#include "pg/graph/spill_file.h"

enum { BLOCK_BYTES = 64 * 1024 }; /* a block of one record may be larger */

void
rp_spill_file_begin(RpSpillFile *file)
{
    *file = (RpSpillFile){.context = CurrentMemoryContext,
                          .file = BufFileCreateTemp(false),
                          .block = palloc(BLOCK_BYTES),
                          .capacity = BLOCK_BYTES};
}

void
rp_spill_file_end(RpSpillFile *file)
{
    BufFileClose(file->file);
    pfree(file->block);
}

static void
seek(RpSpillFile *file, int number, off_t offset)
{
    if (BufFileSeek(file->file, number, offset, SEEK_SET) != 0) {
        ereport(ERROR, (errcode_for_file_access(), errmsg("could not seek in a temporary file")));
    }
}

void
rp_spill_section_begin(RpSpillFile *file, RpSpillSection *section)
{
    seek(file, file->end_number, file->end_offset);
    *section = (RpSpillSection){.file_number = file->end_number, .offset = file->end_offset};
    file->section = section;
    file->length = 0;
}

/* The length of the block stands before it. */
static void
flush(RpSpillFile *file)
{
    if (file->length > 0) {
        BufFileWrite(file->file, &file->length, sizeof(file->length));
        BufFileWrite(file->file, file->block, file->length);
        file->section->block_count++;
        file->length = 0;
    }
}

void
rp_spill_section_end(RpSpillFile *file)
{
    if (file->section == NULL) {
        return;
    }
    flush(file);
    file->section = NULL;
    BufFileTell(file->file, &file->end_number, &file->end_offset);
}

static void
make_room(RpSpillFile *file, Size size)
{
    if (size > file->capacity) {
        pfree(file->block);
        file->block = MemoryContextAllocHuge(file->context, size);
        file->capacity = size;
    }
}

char *
rp_spill_section_add(RpSpillFile *file, Size size, bool *is_first)
{
    if (file->length + size > BLOCK_BYTES) {
        flush(file);
    }
    *is_first = file->length == 0;
    if (*is_first) {
        make_room(file, size);
    }
    file->length += size;
    return file->block + file->length - size;
}

void
rp_spill_scan_begin(RpSpillScan *scan, RpSpillFile *file, const RpSpillSection *section)
{
    seek(file, section->file_number, section->offset);
    *scan = (RpSpillScan){.file = file, .left = section->block_count};
}

static void
read_bytes(RpSpillFile *file, void *bytes, Size size)
{
    if (BufFileRead(file->file, bytes, size) != size) {
        ereport(ERROR, (errcode_for_file_access(), errmsg("could not read a temporary file")));
    }
}

bool
rp_spill_scan_block(RpSpillScan *scan)
{
    RpSpillFile *file = scan->file;
    Size length;

    if (scan->left == 0) {
        return false;
    }
    scan->left--;
    read_bytes(file, &length, sizeof(length));
    make_room(file, length);
    read_bytes(file, file->block, length);
    scan->at = file->block;
    scan->end = file->block + length;
    return true;
}
