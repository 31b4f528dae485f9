/* See json_text.h. */
#include "json_text.h"

#include <stdlib.h>

#include "base/ascii.h"
#include "base/utf8.h"

typedef struct Reader {
    RpJsonDocument *document;
    RpText text;
    uint32_t offset;
    uint32_t depth;
    RpError error;
} Reader;

static bool read_value(Reader *reader, RpJson *value);

static char
peek(const Reader *reader)
{
    return reader->offset < reader->text.length ? reader->text.data[reader->offset] : '\0';
}

static void
skip_space(Reader *reader)
{
    while (peek(reader) != '\0' && strchr(" \t\r\n", peek(reader))) {
        reader->offset++;
    }
}

static bool
take(Reader *reader, char byte)
{
    bool is_there = peek(reader) == byte && reader->offset < reader->text.length;

    reader->offset += is_there;
    return is_there;
}

/* Four hexadecimal digits. */
static bool
read_unit(Reader *reader, uint32_t *unit)
{
    *unit = 0;
    for (int i = 0; i < 4; i++, reader->offset++) {
        char digit = peek(reader);

        if (!rp_ascii_is_hexadecimal(digit)) {
            return false;
        }
        *unit =
            *unit * 16 +
            (uint32_t)(rp_ascii_is_digit(digit) ? digit - '0' : rp_ascii_lower(digit) - 'a' + 10);
    }
    return true;
}

static bool
read_escape(Reader *reader, RpBuffer *buffer)
{
    static const char names[] = "\"\\/bfnrt";
    static const char meanings[] = "\"\\/\b\f\n\r\t";
    char name = peek(reader);
    const char *known = name ? strchr(names, name) : NULL;
    uint32_t unit;
    uint32_t low;

    reader->offset++;
    if (known) {
        rp_buffer_append_byte(buffer, meanings[known - names]);
        return true;
    }
    if (name != 'u' || !read_unit(reader, &unit) || unit == 0 ||
        (unit >= 0xDC00 && unit <= 0xDFFF)) {
        return false;
    }
    if (unit >= 0xD800 && unit <= 0xDBFF) {
        if (!take(reader, '\\') || !take(reader, 'u') || !read_unit(reader, &low) || low < 0xDC00 ||
            low > 0xDFFF) {
            return false;
        }
        unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
    }
    rp_buffer_append_code_point(buffer, unit);
    return true;
}

static bool
read_string(Reader *reader, RpText *string)
{
    RpBuffer buffer;

    rp_buffer_init(&buffer, reader->document->arena);
    if (!take(reader, '"')) {
        return false;
    }
    while (!take(reader, '"')) {
        char byte = peek(reader);

        if (reader->offset >= reader->text.length || (unsigned char)byte < 0x20) {
            return false;
        }
        reader->offset++;
        if (byte != '\\') {
            rp_buffer_append_byte(&buffer, byte);
        } else if (!read_escape(reader, &buffer)) {
            return false;
        }
    }
    *string = rp_buffer_text(&buffer);
    return !buffer.has_failed;
}

static uint32_t
skip_digits(Reader *reader)
{
    uint32_t start = reader->offset;

    while (rp_ascii_is_digit(peek(reader))) {
        reader->offset++;
    }
    return reader->offset - start;
}

static bool
read_number(Reader *reader, RpJson *value)
{
    uint32_t start = reader->offset;
    bool is_zero;
    uint32_t count;

    take(reader, '-');
    is_zero = peek(reader) == '0';
    count = skip_digits(reader);
    if (count == 0 || (is_zero && count > 1) || (take(reader, '.') && skip_digits(reader) == 0)) {
        return false;
    }
    if (take(reader, 'e') || take(reader, 'E')) {
        if (!take(reader, '-')) {
            take(reader, '+');
        }
        if (skip_digits(reader) == 0) {
            return false;
        }
    }
    rp_json_set_scalar(value, RP_JSON_NUMBER,
                       (RpText){reader->text.data + start, reader->offset - start});
    return true;
}

static bool
read_word(Reader *reader, RpText word, RpJson *value, RpJsonKind kind)
{
    RpText rest = {reader->text.data + reader->offset, reader->text.length - reader->offset};

    reader->offset += word.length;
    rp_json_set_scalar(value, kind, RP_TEXT(""));
    return rp_text_starts_with(rest, word);
}

/* As jsonb has keys; of equal ones the last first. */
static int
compare_members(const void *a, const void *b)
{
    const RpJson *x = a;
    const RpJson *y = b;
    int order = (x->key_length > y->key_length) - (x->key_length < y->key_length);

    if (order == 0) {
        order = rp_text_compare(rp_json_key(x), rp_json_key(y));
    }
    return order ? order : (x->number < y->number) - (x->number > y->number);
}

/* Make a value a container of items that were read; the containers among them move. */
static bool
adopt(Reader *reader, RpJson *value, RpJsonKind kind, RpJson *items, uint32_t count)
{
    uint32_t kept = 0;

    if (kind == RP_JSON_OBJECT && count > 0) {
        qsort(items, count, sizeof(*items), compare_members);
        for (uint32_t i = 0; i < count; i++) {
            if (i == 0 || !rp_text_equals(rp_json_key(&items[i]), rp_json_key(&items[i - 1]))) {
                items[kept++] = items[i];
            }
        }
        count = kept;
    }
    if (rp_json_set_container(reader->document, value, kind, count, &reader->error) != RP_OK) {
        return false;
    }
    for (uint32_t i = 0; i < count; i++) {
        value->items[i] = items[i];
    }
    return true;
}

static bool
read_items(Reader *reader, RpJson *value, RpJsonKind kind, RpJson **items, uint32_t *count)
{
    char end = kind == RP_JSON_ARRAY ? ']' : '}';
    uint32_t capacity = 0;
    RpText key;

    for (skip_space(reader); !take(reader, end); skip_space(reader)) {
        if ((*count > 0 && !take(reader, ',')) || *count == UINT32_MAX) {
            return false;
        }
        skip_space(reader);
        if (*count == capacity) {
            capacity = capacity ? capacity * 2 : 8;
            *items = realloc(*items, capacity * sizeof(RpJson));
            if (!*items) {
                abort();
            }
        }
        (*items)[*count] = (RpJson){.number = *count};
        if (kind == RP_JSON_OBJECT) {
            if (!read_string(reader, &key)) {
                return false;
            }
            rp_json_set_key(&(*items)[*count], key);
            skip_space(reader);
            if (!take(reader, ':')) {
                return false;
            }
        }
        (*count)++;
        if (!read_value(reader, &(*items)[*count - 1])) {
            return false;
        }
    }
    return adopt(reader, value, kind, *items, *count);
}

static bool
read_container(Reader *reader, RpJson *value, RpJsonKind kind)
{
    RpJson *items = NULL;
    uint32_t count = 0;
    bool is_read;

    if (++reader->depth > RP_TEST_JSON_DEPTH) {
        return false;
    }
    reader->offset++;
    is_read = read_items(reader, value, kind, &items, &count);
    reader->depth--;
    free(items);
    return is_read;
}

static bool
read_value(Reader *reader, RpJson *value)
{
    RpText string;

    skip_space(reader);
    switch (peek(reader)) {
    case '{':
        return read_container(reader, value, RP_JSON_OBJECT);
    case '[':
        return read_container(reader, value, RP_JSON_ARRAY);
    case '"':
        if (!read_string(reader, &string)) {
            return false;
        }
        rp_json_set_scalar(value, RP_JSON_STRING, string);
        return true;
    case 't':
        return read_word(reader, RP_TEXT("true"), value, RP_JSON_TRUE);
    case 'f':
        return read_word(reader, RP_TEXT("false"), value, RP_JSON_FALSE);
    case 'n':
        return read_word(reader, RP_TEXT("null"), value, RP_JSON_NULL);
    default:
        return read_number(reader, value);
    }
}

static bool
copy_value(RpJsonDocument *document, const RpJson *from, RpJson *to, RpError *error)
{
    if (!rp_json_is_container(from)) {
        rp_json_set_scalar(to, (RpJsonKind)from->kind, rp_json_text(from));
        return true;
    }
    if (rp_json_set_container(document, to, (RpJsonKind)from->kind, from->length, error) != RP_OK) {
        return false;
    }
    for (uint32_t i = 0; i < from->length; i++) {
        if (from->kind == RP_JSON_OBJECT) {
            rp_json_set_key(&to->items[i], rp_json_key(&from->items[i]));
        }
        if (!copy_value(document, &from->items[i], &to->items[i], error)) {
            return false;
        }
    }
    return true;
}

bool
rp_test_json_copy(RpJsonDocument *document, RpArena *arena, const RpJson *value)
{
    RpError error;

    rp_json_document_init(document, arena);
    return copy_value(document, value, &document->root, &error);
}

bool
rp_test_json_read(RpJsonDocument *document, RpArena *arena, RpText text)
{
    RpJsonDocument scratch;
    Reader reader = {.document = &scratch, .text = text};

    rp_json_document_init(&scratch, arena);
    if (rp_utf8_valid_prefix(text) != text.length || !read_value(&reader, &scratch.root)) {
        return false;
    }
    skip_space(&reader);
    /* The scratch has its containers made before those that they are in. */
    return reader.offset == text.length && rp_test_json_copy(document, arena, &scratch.root);
}
