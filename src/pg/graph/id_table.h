/*
 * A set of ids of a dictionary, as rows have them: each gets a number, in order of arrival from 0.
 * What an id means is another matter (dictionary_reader): two ids may have one term.
 */
#ifndef RP_PG_ID_TABLE_H
#define RP_PG_ID_TABLE_H

#include "pg/pg.h"
#include "base/arena.h"
#include "base/hash.h"
#include "catalog/pg_type.h"
#include "pg/graph/graph_source.h"

enum { RP_ID_UNKNOWN = PG_UINT32_MAX };

/* A place of the hash table. The hash tells nearly all ids apart without a look at them. */
typedef struct RpIdSlot {
    uint32 hash;
    uint32 number; /* + 1; 0: free */
} RpIdSlot;

typedef struct RpIdTable {
    RpArena *arena;
    RpIdType type;
    uint32 count;
    uint32 capacity;
    uint64 *keys; /* the integer; of other types where in bytes its own form begins */
    RpIdSlot *slots;
    uint32 slot_count; /* a power of two, at least twice count */
    char *bytes;       /* a length of 4 bytes, and the id's own form */
    uint32 bytes_count;
    uint32 bytes_capacity;
} RpIdTable;

/* An empty table. Allocates nothing yet. */
void rp_id_table_init(RpIdTable *table, RpArena *arena, RpIdType type);

/* The number of an id of an integer or other column, which is added where it is new. column_type:
 * the column's base type. May raise where the id is toasted and cannot be read. */
RpStatus rp_id_table_add(RpIdTable *table, Datum id, Oid column_type, uint32 *number,
                         RpError *error);

/* The number of an id; RP_ID_UNKNOWN: it is not in the table. */
uint32 rp_id_table_find(const RpIdTable *table, Datum id, Oid column_type);

/* An id as a value of rp_id_type_oid, in the current memory context or the table's, until it grows.
 */
Datum rp_id_table_datum(const RpIdTable *table, uint32 number);

/* The value of a smallint, integer or bigint: a column of triples may be narrower than the
 * dictionary's. */
static inline int64
rp_id_integer(Datum id, Oid column_type)
{
    return column_type == INT8OID   ? DatumGetInt64(id)
           : column_type == INT4OID ? DatumGetInt32(id)
                                    : DatumGetInt16(id);
}

/* An id of a column as a value of that type. */
Datum rp_id_widen(RpIdType type, Datum id, Oid column_type);

/* The type that look-ups give arrays of. */
Oid rp_id_type_oid(RpIdType type);

#endif
