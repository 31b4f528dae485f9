/* See context_lookup.h. Called from within the engine: nothing here raises. */
#include "pg/shared/context_lookup.h"

/* See RpJsonldContextSet. */
static const void *
find_compiled(void *state, RpText iri)
{
    RpContextLookup *lookup = state;
    const RpReading *reading = lookup->reading;
    const RpDirectoryContext *context;

    if (reading->is_pinned && rp_text_equals(iri, reading->context)) {
        lookup->missing = iri;
        return reading->pinned.length > 0 ? reading->pinned.data : NULL;
    }
    context = rp_directory_find_context(reading->directory, iri);
    if (context == NULL || (context->flags & RP_DIRECTORY_BROKEN)) {
        lookup->missing = iri;
        lookup->broken = context;
        return NULL;
    }
    return rp_directory_context_bytes(reading->directory, context).data;
}

void
rp_context_lookup_begin(RpContextLookup *lookup, const RpReading *reading)
{
    *lookup = (RpContextLookup){.reading = reading,
                                .set = {.state = lookup,
                                        .hash_key = reading->directory->hash_key,
                                        .compiled = find_compiled}};
}

RpStatus
rp_context_lookup_end(const RpContextLookup *lookup, RpStatus status, RpError *error)
{
    const RpDirectoryHeader *directory = lookup->reading->directory;
    RpShown shown;

    if (status != RP_UNDEFINED) {
        return status;
    }
    if (lookup->broken != NULL) {
        RpText message = rp_directory_text(directory, lookup->broken->message_offset,
                                           lookup->broken->message_length);

        rp_error_set(error, RP_CORRUPT, "the registered context <%s> cannot be used",
                     rp_text_show(rp_directory_context_iri(directory, lookup->broken), &shown));
        rp_error_detail(error, "%.*s", (int)message.length, message.data);
        return rp_error_hint(error, "Register it again, with replace => true.");
    }
    if (lookup->reading->is_pinned && rp_text_equals(lookup->missing, lookup->reading->context)) {
        return rp_error_hint(error, "The version was registered with a text of this context that "
                                    "is not kept any more: register the policy again.");
    }
    return rp_error_hint(error,
                         "Contexts are not fetched: register it with "
                         "rdf_context_register('%s', '{\"@context\": …}').",
                         rp_text_show(lookup->missing, &shown));
}
