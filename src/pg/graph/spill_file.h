/*
 * A temporary file of records, in sections that are written one after the other and read as often
 * as one likes. Records stand in blocks, each read as a whole, so that what is read is looked at
 * where it stands.
 */
#ifndef RP_PG_SPILL_FILE_H
#define RP_PG_SPILL_FILE_H

#include "pg/pg.h"
#include "storage/buffile.h"

typedef struct RpSpillSection {
    int file_number;
    off_t offset;
    uint64 block_count;
} RpSpillSection;

typedef struct RpSpillFile {
    MemoryContext context;
    BufFile *file;
    RpSpillSection *section; /* that is being written; NULL: none */
    int end_number;          /* where the next section begins */
    off_t end_offset;
    char *block;
    Size length;
    Size capacity;
} RpSpillFile;

/* In the current memory context. The server limits it by temp_file_limit, and removes it with the
 * transaction at the latest. */
void rp_spill_file_begin(RpSpillFile *file);
void rp_spill_file_end(RpSpillFile *file);

/* The section stays where it is until it ends. Ending does nothing where none is being written. */
void rp_spill_section_begin(RpSpillFile *file, RpSpillSection *section);
void rp_spill_section_end(RpSpillFile *file);

/* Room for a record, at the end of the section; *is_first: of its block. */
char *rp_spill_section_add(RpSpillFile *file, Size size, bool *is_first);

/* A section as it is read: one at a time. */
typedef struct RpSpillScan {
    RpSpillFile *file;
    uint64 left; /* blocks that are still to be read */
    const char *at;
    const char *end; /* of the block; at is there: read the next */
} RpSpillScan;

void rp_spill_scan_begin(RpSpillScan *scan, RpSpillFile *file, const RpSpillSection *section);

/* Read the next block; false: there is none. */
bool rp_spill_scan_block(RpSpillScan *scan);

#endif
