/* Building jsonb from views of text. */
#ifndef RP_PG_JSON_WRITER_H
#define RP_PG_JSON_WRITER_H

#include "pg/pg.h"
#include "utils/jsonb.h"
#include "base/text.h"

/* A jsonb value as it is built, in the memory context that is current at each call. */
typedef struct RpJsonWriter {
    JsonbParseState *state;
    JsonbValue *result; /* of the outermost container, once it is closed */
} RpJsonWriter;

void rp_json_write_object_begin(RpJsonWriter *writer);
void rp_json_write_object_end(RpJsonWriter *writer);
void rp_json_write_array_begin(RpJsonWriter *writer);
void rp_json_write_array_end(RpJsonWriter *writer);

/* A member's name; its value follows. */
void rp_json_write_key(RpJsonWriter *writer, const char *name);

/* Whole members. The bytes of a text must live until rp_json_write_finish. */
void rp_json_write_text(RpJsonWriter *writer, const char *name, RpText value);
void rp_json_write_null(RpJsonWriter *writer, const char *name);
void rp_json_write_boolean(RpJsonWriter *writer, const char *name, bool value);
void rp_json_write_integer(RpJsonWriter *writer, const char *name, int64 value);

/* The finished value, in the current memory context. */
Jsonb *rp_json_write_finish(RpJsonWriter *writer);

#endif
