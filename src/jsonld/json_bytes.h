/*
 * A JSON value as bytes without pointers, and back: what a compiled context keeps of its source.
 *
 *     kind       1 byte
 *     length     4 bytes, of arrays, objects, strings and numbers
 *     text, or items: in an object each behind its key, which is 4 bytes of length and the text
 */
#ifndef RP_JSONLD_JSON_BYTES_H
#define RP_JSONLD_JSON_BYTES_H

#include "jsonld/json.h"

/* Append the bytes of a value. Its depth is bounded by whoever has it. */
void rp_json_bytes_append(RpBuffer *buffer, const RpJson *value);

/*
 * Read bytes that rp_json_bytes_append made into the root of a new document; texts are views of the
 * bytes. RP_TOO_LARGE: the arena's ceiling.
 */
RpStatus rp_json_bytes_read(RpJsonDocument *document, const char *bytes, RpError *error);

#endif
