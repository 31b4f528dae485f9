/* See id_table.h. */
#include "pg/graph/id_table.h"

#include "utils/numeric.h"
#include "utils/uuid.h"

#include "pg/server/bridge.h"

enum { FIRST_SLOTS = 64 };

/* An id as it is compared: an integer, or bytes. Two numerics are one id where they are equal. */
typedef struct IdKey {
    int64 integer;
    RpText bytes;
    uint32 hash;
} IdKey;

void
rp_id_table_init(RpIdTable *table, RpArena *arena, RpIdType type)
{
    *table = (RpIdTable){.arena = arena, .type = type};
}

/* numeric_normalize drops trailing zeros: 1.0 and 1 are equal, so they are one id. */
static RpText
bytes_of(RpIdType type, Datum id)
{
    switch (type) {
    case RP_ID_UUID:
        return (RpText){(const char *)DatumGetUUIDP(id)->data, UUID_LEN};
    case RP_ID_NUMERIC:
        return rp_text_from(numeric_normalize(DatumGetNumeric(id)));
    default: {
        const bytea *value = DatumGetByteaPP(id);

        return (RpText){VARDATA_ANY(value), (uint32)VARSIZE_ANY_EXHDR(value)};
    }
    }
}

/*
 * The hash of an integer: the upper half of its product with a random odd number that nobody knows
 * (Dietzfelbinger and others, "A reliable randomized algorithm for the closest-pair problem",
 * 1997): whoever chooses the ids cannot find more that fall together than chance has it.
 */
static uint32
hash_integer(const RpHashKey *key, int64 integer)
{
    return (uint32)((((uint64)integer + key->words[0]) * (key->words[1] | 1)) >> 32);
}

/* Hashed with the backend's key, so that nobody can store ids that all fall together. */
static IdKey
key_of(const RpIdTable *table, Datum id, Oid column_type)
{
    const RpHashKey *hash_key = &table->arena->host->hash_key;
    IdKey key = {0};

    if (table->type == RP_ID_INTEGER) {
        key.integer = rp_id_integer(id, column_type);
        key.hash = hash_integer(hash_key, key.integer);
    } else {
        key.bytes = bytes_of(table->type, id);
        key.hash = (uint32)rp_hash_bytes(hash_key, key.bytes.data, key.bytes.length);
    }
    return key;
}

/* The length is copied out, as it stands where the bytes before it end, on no boundary. */
static RpText
stored_bytes(const RpIdTable *table, uint32 number)
{
    const char *start = table->bytes + table->keys[number];
    uint32 length;

    memcpy(&length, start, sizeof(length));
    return (RpText){start + sizeof(length), length};
}

static bool
is_key(const RpIdTable *table, uint32 number, const IdKey *key)
{
    return table->type == RP_ID_INTEGER ? table->keys[number] == (uint64)key->integer
                                        : rp_text_equals(stored_bytes(table, number), key->bytes);
}

/* The slot of a key, or the free one where it belongs. */
static RpIdSlot *
slot_of(const RpIdTable *table, const IdKey *key)
{
    uint32 mask = table->slot_count - 1;
    uint32 place = key->hash & mask;
    RpIdSlot *slot = &table->slots[place];

    while (slot->number != 0 &&
           (slot->hash != key->hash || !is_key(table, slot->number - 1, key))) {
        place = (place + 1) & mask;
        slot = &table->slots[place];
    }
    return slot;
}

/* Half of the slots at most are in use, so that a search ends soon and always ends. The old ones
 * stay in the arena: together they are fewer than the new ones. */
static RpStatus
make_slots(RpIdTable *table, RpError *error)
{
    uint32 slot_count = table->slot_count == 0 ? FIRST_SLOTS : table->slot_count * 2;
    RpIdSlot *slots;

    if (table->count < table->slot_count / 2) {
        return RP_OK;
    }
    if (table->count >= PG_INT32_MAX / 2) {
        return rp_error_set(error, RP_TOO_LARGE, "more than %d different ids", PG_INT32_MAX / 2);
    }
    slots = rp_arena_allocate_zero(table->arena, sizeof(RpIdSlot) * (size_t)slot_count);
    if (slots == NULL) {
        return rp_arena_failure(table->arena, error);
    }
    for (uint32 i = 0; i < table->slot_count; i++) {
        uint32 place = table->slots[i].hash & (slot_count - 1);

        if (table->slots[i].number == 0) {
            continue;
        }
        while (slots[place].number != 0) {
            place = (place + 1) & (slot_count - 1);
        }
        slots[place] = table->slots[i];
    }
    table->slots = slots;
    table->slot_count = slot_count;
    return RP_OK;
}

/* Bytes are known by their offset and not by their address: the array moves when it grows. */
static RpStatus
append(RpIdTable *table, const IdKey *key, RpError *error)
{
    uint32 length = key->bytes.length;
    uint64 *keys = rp_arena_grow(table->arena, table->keys, table->count, table->count + 1,
                                 &table->capacity, sizeof(uint64));
    char *bytes = table->bytes;

    if (keys == NULL) {
        return rp_arena_failure(table->arena, error);
    }
    table->keys = keys;
    keys[table->count] = (uint64)key->integer;
    if (table->type != RP_ID_INTEGER) {
        if (length > PG_INT32_MAX - table->bytes_count - sizeof(length)) {
            return rp_error_set(error, RP_TOO_LARGE, "the ids are too long");
        }
        bytes = rp_arena_grow(table->arena, bytes, table->bytes_count,
                              table->bytes_count + length + (uint32)sizeof(length),
                              &table->bytes_capacity, 1);
        if (bytes == NULL) {
            return rp_arena_failure(table->arena, error);
        }
        table->bytes = bytes;
        keys[table->count] = table->bytes_count;
        memcpy(bytes + table->bytes_count, &length, sizeof(length));
        if (length > 0) {
            memcpy(bytes + table->bytes_count + sizeof(length), key->bytes.data, length);
        }
        table->bytes_count += length + (uint32)sizeof(length);
    }
    table->count++;
    return RP_OK;
}

/* Room first: the slot that is found must not move before it is filled. */
RpStatus
rp_id_table_add(RpIdTable *table, Datum id, Oid column_type, uint32 *number, RpError *error)
{
    IdKey key = key_of(table, id, column_type);
    RpIdSlot *slot;

    RP_TRY(make_slots(table, error));
    slot = slot_of(table, &key);
    if (slot->number == 0) {
        RP_TRY(append(table, &key, error));
        *slot = (RpIdSlot){key.hash, table->count};
    }
    *number = slot->number - 1;
    return RP_OK;
}

uint32
rp_id_table_find(const RpIdTable *table, Datum id, Oid column_type)
{
    IdKey key;

    if (table->count == 0) {
        return RP_ID_UNKNOWN;
    }
    key = key_of(table, id, column_type);
    return slot_of(table, &key)->number - 1; /* 0 - 1 is RP_ID_UNKNOWN */
}

Datum
rp_id_widen(RpIdType type, Datum id, Oid column_type)
{
    return type == RP_ID_INTEGER ? Int64GetDatum(rp_id_integer(id, column_type)) : id;
}

Oid
rp_id_type_oid(RpIdType type)
{
    static const Oid types[] = {[RP_ID_INTEGER] = INT8OID,
                                [RP_ID_NUMERIC] = NUMERICOID,
                                [RP_ID_UUID] = UUIDOID,
                                [RP_ID_BYTEA] = BYTEAOID};

    return types[type];
}

/* A uuid points into the table, whose bytes move when it grows; the others are made anew. */
Datum
rp_id_table_datum(const RpIdTable *table, uint32 number)
{
    RpText bytes;

    if (table->type == RP_ID_INTEGER) {
        return Int64GetDatum((int64)table->keys[number]);
    }
    bytes = stored_bytes(table, number);
    if (table->type == RP_ID_NUMERIC) {
        return DirectFunctionCall3(numeric_in, CStringGetDatum(rp_text_cstring(bytes)),
                                   ObjectIdGetDatum(InvalidOid), Int32GetDatum(-1));
    }
    /* A bytea is laid out as a text is. */
    return PointerGetDatum(table->type == RP_ID_UUID ? (void *)bytes.data
                                                     : (void *)rp_text_datum(bytes));
}
