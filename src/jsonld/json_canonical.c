/* See json_canonical.h. */
#include "jsonld/json_canonical.h"

#include "jsonld/json_number.h"
#include "jsonld/json_sort.h"

/* A string, as QuoteJSONString of ECMAScript writes it. */
static void
append_string(RpBuffer *buffer, RpText text)
{
    static const char escapes[] = "btn\0fr"; /* of U+0008 to U+000D */
    uint32_t start = 0;

    rp_buffer_append_byte(buffer, '"');
    for (uint32_t i = 0; i < text.length; i++) {
        unsigned char byte = (unsigned char)text.data[i];

        if (byte >= 0x20 && byte != '"' && byte != '\\') {
            continue;
        }
        rp_buffer_append(buffer, text.data + start, i - start);
        start = i + 1;
        if (byte >= 0x20 || (byte >= 8 && byte <= 13 && byte != 11)) {
            rp_buffer_append_byte(buffer, '\\');
            rp_buffer_append_byte(buffer, byte >= 0x20 ? (char)byte : escapes[byte - 8]);
        } else {
            rp_buffer_append_format(buffer, "\\u%04x", byte);
        }
    }
    rp_buffer_append(buffer, text.data + start, text.length - start);
    rp_buffer_append_byte(buffer, '"');
}

static void
append_object(RpBuffer *buffer, const RpJson *object, const RpJson **refused)
{
    const RpJson **members =
        rp_arena_allocate(buffer->arena, (size_t)object->length * sizeof(*members));

    if (!members) {
        buffer->has_failed = true;
        return;
    }
    for (uint32_t i = 0; i < object->length; i++) {
        members[i] = &object->items[i];
    }
    rp_json_sort(members, object->length, rp_json_order_by_utf16);
    rp_buffer_append_byte(buffer, '{');
    for (uint32_t i = 0; i < object->length; i++) {
        if (i > 0) {
            rp_buffer_append_byte(buffer, ',');
        }
        append_string(buffer, rp_json_key(members[i]));
        rp_buffer_append_byte(buffer, ':');
        rp_json_canonical_append(buffer, members[i], refused);
    }
    rp_buffer_append_byte(buffer, '}');
}

void
rp_json_canonical_append(RpBuffer *buffer, const RpJson *value, const RpJson **refused)
{
    switch (value->kind) {
    case RP_JSON_NULL:
        rp_buffer_append_string(buffer, "null");
        break;
    case RP_JSON_FALSE:
        rp_buffer_append_string(buffer, "false");
        break;
    case RP_JSON_TRUE:
        rp_buffer_append_string(buffer, "true");
        break;
    case RP_JSON_NUMBER:
        if (!rp_json_number_append(buffer, rp_json_text(value), RP_NUMBER_ECMA)) {
            *refused = value;
        }
        break;
    case RP_JSON_STRING:
        append_string(buffer, rp_json_text(value));
        break;
    case RP_JSON_ARRAY:
        rp_buffer_append_byte(buffer, '[');
        for (uint32_t i = 0; i < value->length; i++) {
            if (i > 0) {
                rp_buffer_append_byte(buffer, ',');
            }
            rp_json_canonical_append(buffer, &value->items[i], refused);
        }
        rp_buffer_append_byte(buffer, ']');
        break;
    default:
        append_object(buffer, value, refused);
        break;
    }
}
