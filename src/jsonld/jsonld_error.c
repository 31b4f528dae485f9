/* See jsonld_error.h. */
#include "jsonld/jsonld_error.h"

#include <stdio.h>

#include "base/utf8.h"

/* What is before the place in the DETAIL of an error with a code. */
#define CODE_FORMAT "Error code \"%s\", at"

enum {
    MESSAGE_SIZE = 2 * sizeof(RpShown) + 256, /* no message shows more than two values */
    POINTER_SIZE = 512
};

void
rp_jsonld_show(RpText text, char *out, size_t size)
{
    RpShown shown;
    RpText whole = rp_text_from(rp_text_show(text, &shown));

    if (whole.length >= size) {
        whole.length = (uint32_t)size - 1;
        whole.length = rp_utf8_valid_prefix(whole);
    }
    memcpy(out, whole.data, whole.length);
    out[whole.length] = '\0';
}

void
rp_json_pointer_show(RpArena *arena, const RpJson *value, char *out, size_t size)
{
    RpBuffer buffer;
    RpText pointer;

    rp_buffer_init_limited(&buffer, arena, POINTER_SIZE);
    rp_json_pointer_append(&buffer, value);
    pointer = buffer.has_failed ? RP_TEXT("") : rp_buffer_text(&buffer);
    pointer.length = rp_utf8_valid_prefix(pointer);
    rp_jsonld_show(pointer, out, size);
}

RpStatus
rp_jsonld_vfail(RpArena *arena, const RpJson *place, RpText context_iri, RpError *error,
                RpStatus status, const char *code, const char *format, va_list arguments)
{
    char message[MESSAGE_SIZE];
    char pointer[POINTER_SIZE];
    RpShown shown;

    (void)vsnprintf(message, sizeof message, format, arguments);
    rp_error_set(error, status, "%s%s%s", code ? code : "", code ? ": " : "", message);
    rp_json_pointer_show(arena, place, pointer, sizeof pointer);
    if (code) {
        (void)snprintf(error->rule, sizeof error->rule, "%s", code);
        (void)snprintf(message, sizeof message, CODE_FORMAT, code);
    }
    return rp_error_detail(error, "%s JSON pointer \"%s\"%s%s%s.", code ? message : "At", pointer,
                           context_iri.length > 0 ? " of the context <" : "",
                           rp_text_show(context_iri, &shown), context_iri.length > 0 ? ">" : "");
}

RpStatus
rp_jsonld_recode(RpError *error, const char *code)
{
    char place[RP_ERROR_DETAIL_SIZE];
    const char *at = strstr(error->detail, "JSON pointer");

    (void)snprintf(place, sizeof place, "%s", at ? at : error->detail);
    rp_error_detail(error, CODE_FORMAT " %s", code, place);
    (void)snprintf(error->rule, sizeof error->rule, "%s", code);
    rp_error_prefix(error, ": ");
    return rp_error_prefix(error, code);
}
