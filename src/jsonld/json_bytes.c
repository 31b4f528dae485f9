/* See json_bytes.h. */
#include "jsonld/json_bytes.h"

static void
append_text(RpBuffer *buffer, const char *data, uint32_t length)
{
    rp_buffer_append(buffer, &length, sizeof length);
    rp_buffer_append(buffer, data, length);
}

void
rp_json_bytes_append(RpBuffer *buffer, const RpJson *value)
{
    rp_buffer_append_byte(buffer, (char)value->kind);
    if (value->kind == RP_JSON_STRING || value->kind == RP_JSON_NUMBER) {
        append_text(buffer, value->text, value->length);
        return;
    }
    if (!rp_json_is_container(value)) {
        return;
    }
    rp_buffer_append(buffer, &value->length, sizeof value->length);
    for (uint32_t i = 0; i < value->length; i++) {
        if (value->kind == RP_JSON_OBJECT) {
            append_text(buffer, value->items[i].key, value->items[i].key_length);
        }
        rp_json_bytes_append(buffer, &value->items[i]);
    }
}

/* Take a length and the text behind it. */
static RpText
take_text(const char **bytes)
{
    RpText text;

    memcpy(&text.length, *bytes, sizeof text.length);
    text.data = *bytes + sizeof text.length;
    *bytes = text.data + text.length;
    return text;
}

static RpStatus
read_value(RpJsonDocument *document, RpJson *value, const char **bytes, RpError *error)
{
    RpJsonKind kind = (RpJsonKind)(unsigned char)*(*bytes)++;
    uint32_t count;

    if (kind == RP_JSON_STRING || kind == RP_JSON_NUMBER) {
        rp_json_set_scalar(value, kind, take_text(bytes));
        return RP_OK;
    }
    if (kind < RP_JSON_ARRAY) {
        rp_json_set_scalar(value, kind, RP_TEXT(""));
        return RP_OK;
    }
    memcpy(&count, *bytes, sizeof count);
    *bytes += sizeof count;
    RP_TRY(rp_json_set_container(document, value, kind, count, error));
    for (uint32_t i = 0; i < count; i++) {
        if (kind == RP_JSON_OBJECT) {
            rp_json_set_key(&value->items[i], take_text(bytes));
        }
        RP_TRY(read_value(document, &value->items[i], bytes, error));
    }
    return RP_OK;
}

RpStatus
rp_json_bytes_read(RpJsonDocument *document, const char *bytes, RpError *error)
{
    return read_value(document, &document->root, &bytes, error);
}
