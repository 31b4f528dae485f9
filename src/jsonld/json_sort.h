/* Values of JSON in an order: heap sort, which needs no memory. */
#ifndef RP_JSONLD_JSON_SORT_H
#define RP_JSONLD_JSON_SORT_H

#include "jsonld/json.h"

/* Negative, zero or positive. */
typedef int (*RpJsonOrder)(const RpJson *a, const RpJson *b);

void rp_json_sort(const RpJson **values, uint32_t count, RpJsonOrder order);

/* By key, in code point order. */
int rp_json_order_by_key(const RpJson *a, const RpJson *b);

/* By key, in the order of its UTF-16 code units, as RFC 8785, 3.2.3 has it. */
int rp_json_order_by_utf16(const RpJson *a, const RpJson *b);

/* Strings by their text, in code point order. */
int rp_json_order_by_text(const RpJson *a, const RpJson *b);

#endif
