/* A growing byte string in an arena. */
#ifndef RP_BASE_BUFFER_H
#define RP_BASE_BUFFER_H

#include "base/arena.h"

typedef struct RpBuffer {
    RpArena *arena;
    char *data;
    uint32_t length;
    uint32_t capacity;
    uint32_t limit;  /* bytes beyond are dropped; 0: none are */
    bool has_failed; /* an append found no memory: sticky, later appends do nothing */
} RpBuffer;

void rp_buffer_init(RpBuffer *buffer, RpArena *arena);

/* A buffer that keeps the first limit bytes of what is appended, which may end within a character:
 * for a text of which only the beginning is shown. */
void rp_buffer_init_limited(RpBuffer *buffer, RpArena *arena, uint32_t limit);

void rp_buffer_append(RpBuffer *buffer, const void *data, size_t length);
void rp_buffer_append_text(RpBuffer *buffer, RpText text);
void rp_buffer_append_string(RpBuffer *buffer, const char *string);
void rp_buffer_append_byte(RpBuffer *buffer, char byte);
void rp_buffer_append_format(RpBuffer *buffer, const char *format, ...) RP_PRINTF(2, 3);
/* In decimal digits. */
void rp_buffer_append_count(RpBuffer *buffer, uint64_t count);
/* One code point as UTF-8. */
void rp_buffer_append_code_point(RpBuffer *buffer, uint32_t code_point);

/* What was appended, its data never NULL; valid until the next append. */
RpText rp_buffer_text(const RpBuffer *buffer);

/* RP_OK, or the arena's failure when any append failed. */
RpStatus rp_buffer_status(const RpBuffer *buffer, RpError *error);

#endif
