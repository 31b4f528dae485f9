/* JSON Canonicalization Scheme (RFC 8785). */
#ifndef RP_JSONLD_JSON_CANONICAL_H
#define RP_JSONLD_JSON_CANONICAL_H

#include "jsonld/json.h"

/*
 * Append the canonical form of a value: no white space, members by the UTF-16 code units of their
 * keys, strings and numbers as ECMAScript writes them. A number that is no double is a fault:
 * *refused is set to it. Memory failures are the buffer's.
 */
void rp_json_canonical_append(RpBuffer *buffer, const RpJson *value, const RpJson **refused);

#endif
