/* The prefix table. libserd's own is searched from end to end and allocates with every expansion.
 */
#include "rdf/prefix_table.h"

#include "base/hash.h"

enum { FIRST_SLOT_COUNT = 16 };

void
rp_prefix_table_init(RpPrefixTable *table, RpArena *arena, uint32_t limit)
{
    *table = (RpPrefixTable){.arena = arena, .limit = limit};
}

/* Whoever writes the document chooses the prefixes: the hash is the process's. */
static uint64_t
hash_of(const RpPrefixTable *table, RpText prefix)
{
    return rp_hash_bytes(&table->arena->host->hash_key, prefix.data, prefix.length);
}

/* The slot that holds a prefix, or the empty one where it would go. There are slots. */
static uint32_t
slot_of(const RpPrefixTable *table, RpText prefix, uint64_t hash)
{
    uint32_t mask = table->slot_count - 1;
    uint32_t slot = (uint32_t)hash & mask;

    while (table->slots[slot] != 0) {
        const RpPrefixEntry *entry = &table->prefixes[table->slots[slot] - 1];

        if (entry->hash == hash && rp_text_equals(entry->prefix, prefix)) {
            break;
        }
        slot = (slot + 1) & mask;
    }
    return slot;
}

static RpStatus
make_room(RpPrefixTable *table, RpError *error)
{
    uint32_t slot_count = table->slot_count ? table->slot_count * 2 : FIRST_SLOT_COUNT;
    RpPrefixEntry *prefixes =
        rp_arena_grow(table->arena, table->prefixes, table->count, table->count + 1,
                      &table->capacity, sizeof(RpPrefixEntry));
    uint32_t *slots;

    if (!prefixes) {
        return rp_arena_failure(table->arena, error);
    }
    table->prefixes = prefixes;
    if (table->count < table->slot_count / 2) {
        return RP_OK;
    }
    slots = rp_arena_allocate_zero(table->arena, sizeof(uint32_t) * (size_t)slot_count);
    if (!slots) {
        return rp_arena_failure(table->arena, error);
    }
    table->slots = slots;
    table->slot_count = slot_count;
    for (uint32_t i = 0; i < table->count; i++) {
        slots[slot_of(table, prefixes[i].prefix, prefixes[i].hash)] = i + 1;
    }
    return RP_OK;
}

RpStatus
rp_prefix_table_set(RpPrefixTable *table, RpText prefix, RpText namespace_iri, RpError *error)
{
    RpPrefixEntry entry = {.hash = hash_of(table, prefix)};
    uint32_t slot;

    RP_TRY(make_room(table, error));
    slot = slot_of(table, prefix, entry.hash);
    if (!rp_arena_copy_text(table->arena, namespace_iri, &entry.namespace_iri)) {
        return rp_arena_failure(table->arena, error);
    }
    if (table->slots[slot] != 0) {
        table->prefixes[table->slots[slot] - 1].namespace_iri = entry.namespace_iri;
        return RP_OK;
    }
    if (table->count >= table->limit) {
        return rp_error_set(error, RP_TOO_LARGE, "more than %u prefixes are declared",
                            table->limit);
    }
    if (!rp_arena_copy_text(table->arena, prefix, &entry.prefix)) {
        return rp_arena_failure(table->arena, error);
    }
    table->prefixes[table->count++] = entry;
    table->slots[slot] = table->count;
    return RP_OK;
}

bool
rp_prefix_table_get(const RpPrefixTable *table, RpText prefix, RpText *namespace_iri)
{
    uint32_t slot;

    if (table->slot_count == 0) {
        return false;
    }
    slot = slot_of(table, prefix, hash_of(table, prefix));
    if (table->slots[slot] == 0) {
        return false;
    }
    *namespace_iri = table->prefixes[table->slots[slot] - 1].namespace_iri;
    return true;
}
