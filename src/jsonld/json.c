/* See json.h. */
#include "jsonld/json.h"

void
rp_json_document_init(RpJsonDocument *document, RpArena *arena)
{
    *document = (RpJsonDocument){.arena = arena, .root = {.number = 1}, .value_count = 1};
}

RpStatus
rp_json_set_container(RpJsonDocument *document, RpJson *value, RpJsonKind kind, uint32_t count,
                      RpError *error)
{
    RpArena *arena = document->arena;
    uint16_t depth = (uint16_t)(value->depth + (value->depth < UINT16_MAX));
    const RpJson **containers;
    RpJson *items;

    if (count > UINT32_MAX - document->value_count) {
        arena->has_met_limit = true;
        return rp_arena_failure(arena, error);
    }
    RP_TRY(rp_arena_poll_bytes(arena, (uint64_t)count * sizeof(RpJson), error));
    containers = rp_arena_grow(arena, document->containers, document->container_count,
                               document->container_count + 1, &document->container_capacity,
                               sizeof(*containers));
    items = rp_arena_allocate(arena, count * sizeof(RpJson));
    if (!containers || !items) {
        return rp_arena_failure(arena, error);
    }
    for (uint32_t i = 0; i < count; i++) {
        items[i] =
            (RpJson){.container = value, .number = document->value_count + i + 1, .depth = depth};
    }
    document->containers = containers;
    if (count > 0) {
        containers[document->container_count++] = value;
        if (depth > rp_json_depth(document)) {
            document->deepest = items;
        }
    }
    document->value_count += count;
    value->kind = (uint8_t)kind;
    value->items = items;
    value->length = count;
    return RP_OK;
}

bool
rp_json_is_string(const RpJson *value, RpText text)
{
    return value->kind == RP_JSON_STRING && rp_text_equals(rp_json_text(value), text);
}

/* The member that has a key, looked for from an index on, around the end. */
static const RpJson *
member_from(const RpJson *object, uint32_t start, RpText key)
{
    for (uint32_t i = 0; i < object->length; i++) {
        const RpJson *member = &object->items[(start + i) % object->length];

        if (rp_text_equals(rp_json_key(member), key)) {
            return member;
        }
    }
    return NULL;
}

const RpJson *
rp_json_member(const RpJson *object, RpText key)
{
    return object->kind == RP_JSON_OBJECT ? member_from(object, 0, key) : NULL;
}

const RpJson *
rp_json_value(const RpJsonDocument *document, uint32_t number)
{
    uint32_t low = 0;
    uint32_t high = document->container_count;

    if (number <= 1 || number > document->value_count) {
        return number == 1 ? &document->root : NULL;
    }
    /* The last container whose first item has no higher number. */
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;

        if (document->containers[middle]->items[0].number <= number) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return &document->containers[low]->items[number - document->containers[low]->items[0].number];
}

/* A step of a pointer: the key with ~ and / escaped, or the index. */
static void
append_step(RpBuffer *buffer, const RpJson *value)
{
    if (value->container->kind == RP_JSON_ARRAY) {
        rp_buffer_append_format(buffer, "/%u", (unsigned)(value - value->container->items));
        return;
    }
    rp_buffer_append_byte(buffer, '/');
    for (uint32_t i = 0; i < value->key_length; i++) {
        if (value->key[i] == '~') {
            rp_buffer_append_string(buffer, "~0");
        } else if (value->key[i] == '/') {
            rp_buffer_append_string(buffer, "~1");
        } else {
            rp_buffer_append_byte(buffer, value->key[i]);
        }
    }
}

void
rp_json_pointer_append(RpBuffer *buffer, const RpJson *value)
{
    uint32_t depth = 0;
    const RpJson **chain;

    for (const RpJson *up = value; up->container; up = up->container) {
        depth++;
    }
    chain = rp_arena_allocate(buffer->arena, (size_t)depth * sizeof(*chain));
    if (!chain) {
        buffer->has_failed = true;
        return;
    }
    for (uint32_t i = depth; i > 0; i--) {
        chain[i - 1] = value;
        value = value->container;
    }
    for (uint32_t i = 0; i < depth; i++) {
        append_step(buffer, chain[i]);
    }
}

bool
rp_json_equals(const RpJson *a, const RpJson *b)
{
    uint32_t next = 0; /* objects from one source have their keys in one order */

    if (a->kind != b->kind || a->length != b->length) {
        return false;
    }
    switch (a->kind) {
    case RP_JSON_NUMBER:
    case RP_JSON_STRING:
        return rp_text_equals(rp_json_text(a), rp_json_text(b));
    case RP_JSON_ARRAY:
        for (uint32_t i = 0; i < a->length; i++) {
            if (!rp_json_equals(&a->items[i], &b->items[i])) {
                return false;
            }
        }
        return true;
    case RP_JSON_OBJECT:
        for (uint32_t i = 0; i < a->length; i++) {
            const RpJson *other = member_from(b, next, rp_json_key(&a->items[i]));

            if (!other || !rp_json_equals(&a->items[i], other)) {
                return false;
            }
            next = (uint32_t)(other - b->items) + 1;
        }
        return true;
    default:
        return true;
    }
}
