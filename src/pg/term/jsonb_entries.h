/*
 * The members of an object in jsonb, or the elements of an array, one after the other: views into
 * the value, where JsonbIterator makes a state in memory for every container that it meets.
 */
#ifndef RP_PG_JSONB_ENTRIES_H
#define RP_PG_JSONB_ENTRIES_H

#include "pg/pg.h"
#include "utils/jsonb.h"
#include "base/text.h"

/* One member or element. Views, valid as long as the jsonb. */
typedef struct RpJsonbEntry {
    RpText key;       /* of a member */
    JEntry type;      /* of the value: what the macros JBE_IS… tell */
    const char *data; /* the value: its text, a Numeric, or a JsonbContainer */
    uint32_t length;  /* of its text */
} RpJsonbEntry;

/* Where the walk through a container is. */
typedef struct RpJsonbEntries {
    const JsonbContainer *container;
    const char *data; /* of all its entries */
    uint32_t count;   /* of members or elements */
    uint32_t index;   /* of the next one */
    uint32_t key_offset;
    uint32_t value_offset;
} RpJsonbEntries;

/* Begin at the first member of an object, in jsonb's order, or element of an array. */
RpJsonbEntries rp_jsonb_entries(const JsonbContainer *container);

/* The next one. False: there is none. */
bool rp_jsonb_next(RpJsonbEntries *entries, RpJsonbEntry *entry);

/* The value, as the server's own functions give it; a container as jbvBinary. */
void rp_jsonb_entry_value(const RpJsonbEntry *entry, JsonbValue *value);

/* The object that a value is; NULL: it is none. */
static inline const JsonbContainer *
rp_jsonb_object(const RpJsonbEntry *entry)
{
    const JsonbContainer *container = (const JsonbContainer *)entry->data;

    return JBE_ISCONTAINER(entry->type) && JsonContainerIsObject(container) ? container : NULL;
}

#endif
