/* An error in a document or a context, with the recommendation's code and the place. */
#ifndef RP_JSONLD_JSONLD_ERROR_H
#define RP_JSONLD_JSONLD_ERROR_H

#include <stdarg.h>

#include "jsonld/json.h"

/*
 * Set an error about a value of the document, or of the context of an IRI. code: the
 * recommendation's error code (JSON-LD 1.1 API, 9.6), which begins the message and the
 * DETAIL, and is in rule; NULL: it has none for this. The DETAIL names the JSON pointer. Returns
 * the status.
 */
RpStatus rp_jsonld_vfail(RpArena *arena, const RpJson *place, RpText context_iri, RpError *error,
                         RpStatus status, const char *code, const char *format, va_list arguments)
    RP_PRINTF(7, 0);

/* Give an error of rp_jsonld_vfail another code, which goes before its message. Returns its
 * status. */
RpStatus rp_jsonld_recode(RpError *error, const char *code);

/* The JSON pointer of a value as a message may show it, cut to size where it is long. */
void rp_json_pointer_show(RpArena *arena, const RpJson *value, char *out, size_t size);

/* A text as a message may show it, cut to size at the end of a character. */
void rp_jsonld_show(RpText text, char *out, size_t size);

#endif
