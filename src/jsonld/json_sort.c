/* See json_sort.h. */
#include "jsonld/json_sort.h"

/* Let the value at the top of a heap sink to its place. */
static void
sift(const RpJson **values, uint32_t top, uint32_t count, RpJsonOrder order)
{
    const RpJson *value = values[top];
    uint32_t child;

    while ((child = top * 2 + 1) < count) {
        if (child + 1 < count && order(values[child], values[child + 1]) < 0) {
            child++;
        }
        if (order(value, values[child]) >= 0) {
            break;
        }
        values[top] = values[child];
        top = child;
    }
    values[top] = value;
}

void
rp_json_sort(const RpJson **values, uint32_t count, RpJsonOrder order)
{
    for (uint32_t top = count / 2; top > 0; top--) {
        sift(values, top - 1, count, order);
    }
    for (uint32_t end = count; end > 1; end--) {
        const RpJson *largest = values[0];

        values[0] = values[end - 1];
        values[end - 1] = largest;
        sift(values, 0, end - 1, order);
    }
}

int
rp_json_order_by_key(const RpJson *a, const RpJson *b)
{
    return rp_text_compare(rp_json_key(a), rp_json_key(b));
}

int
rp_json_order_by_text(const RpJson *a, const RpJson *b)
{
    return rp_text_compare(rp_json_text(a), rp_json_text(b));
}

/*
 * UTF-8 has the order of code points. In UTF-16 characters beyond U+FFFF begin with a surrogate,
 * and so come before U+E000 to U+FFFF: where the first difference is in the first byte of a
 * character, EE and EF come last.
 */
static int
utf16_weight(unsigned char byte)
{
    return byte == 0xEE || byte == 0xEF ? byte + 0x100 : byte;
}

int
rp_json_order_by_utf16(const RpJson *a, const RpJson *b)
{
    uint32_t common = a->key_length < b->key_length ? a->key_length : b->key_length;

    for (uint32_t i = 0; i < common; i++) {
        if (a->key[i] != b->key[i]) {
            return utf16_weight((unsigned char)a->key[i]) - utf16_weight((unsigned char)b->key[i]);
        }
    }
    return (a->key_length > b->key_length) - (a->key_length < b->key_length);
}
