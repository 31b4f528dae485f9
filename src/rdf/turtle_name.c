/* See turtle_name.h. */
#include "rdf/turtle_name.h"

#include "rdf/term.h"
#include "rdf/turtle_complaint.h"
#include "rdf/turtle_genid.h"

enum {
    LONG_PREFIX_BYTES = 1024, /* what is written out with a longer one is counted */
    LONG_PREFIX_SHARE = 8     /* and may be one part in so many of the memory */
};

void
rp_turtle_names_init(RpTurtleNames *names, RpArena *arena, RpText document,
                     const RpTurtleOptions *options)
{
    *names = (RpTurtleNames){.arena = arena,
                             .document = document,
                             .blank_prefix = options->blank_prefix,
                             .base_iri = options->base_iri};
    rp_prefix_table_init(&names->prefixes, arena, options->prefix_limit);
}

/*
 * Count what a name or reference is written out to. With a long prefix a few bytes of the document
 * stand for many, which are copied, checked and hashed even where the term is known already: so all
 * of them together are bounded, as if each were kept, and to a share, so that what is refused is
 * refused soon.
 */
static RpStatus
count_expanded(RpTurtleNames *names, uint32_t prefix_length, uint32_t rest_length, RpError *error)
{
    if (prefix_length <= LONG_PREFIX_BYTES) {
        return RP_OK;
    }
    names->expanded_bytes += (uint64_t)prefix_length + rest_length;
    if (names->expanded_bytes <= names->arena->limit_bytes / LONG_PREFIX_SHARE) {
        return RP_OK;
    }
    names->arena->has_met_limit = true;
    rp_arena_failure(names->arena, error);
    return rp_error_detail(error,
                           "A prefix, base or label of %u bytes is written out again and again.",
                           prefix_length);
}

RpStatus
rp_turtle_names_resolve(RpTurtleNames *names, RpText reference, RpBuffer *buffer, RpText *iri,
                        RpError *error)
{
    RpShown shown;

    *iri = reference;
    if (rp_iri_is_absolute(reference)) {
        return RP_OK;
    }
    if (names->base_iri.length == 0) {
        rp_error_set(error, RP_SYNTAX, "no base IRI is known for the relative IRI <%s>",
                     rp_text_show(reference, &shown));
        return rp_error_hint(error, "Give a base IRI, or write @base in the document.");
    }
    RP_TRY(count_expanded(names, names->base_iri.length, reference.length, error));
    buffer->length = 0;
    rp_iri_resolve_append(buffer, reference, names->base_iri);
    *iri = rp_buffer_text(buffer);
    return rp_buffer_status(buffer, error);
}

RpStatus
rp_turtle_names_expand(RpTurtleNames *names, RpText name, RpBuffer *buffer, RpText *iri,
                       RpError *error)
{
    const char *colon = name.length > 0 ? memchr(name.data, ':', name.length) : NULL;
    RpText prefix = {name.data, 0};
    RpText namespace_iri;

    if (!colon) {
        return rp_turtle_complaint("", name, error);
    }
    prefix.length = (uint32_t)(colon - name.data);
    if (!rp_prefix_table_get(&names->prefixes, prefix, &namespace_iri)) {
        return rp_turtle_refuse_prefix(&names->prefixes, prefix, error);
    }
    RP_TRY(count_expanded(names, namespace_iri.length, name.length, error));
    buffer->length = 0;
    rp_buffer_append_text(buffer, namespace_iri);
    rp_buffer_append(buffer, colon + 1, name.length - prefix.length - 1);
    *iri = rp_buffer_text(buffer);
    RP_TRY(rp_buffer_status(buffer, error));
    return rp_iri_check_rest(*iri, namespace_iri.length, error);
}

/* A blank node's name: the prefix of all, one of made-up labels or none, and the label. */
static RpStatus
write_blank(RpTurtleNames *names, RpText genid_prefix, RpText label, RpBuffer *buffer,
            RpText *named, RpError *error)
{
    RpText blank_prefix = names->blank_prefix;

    RP_TRY(count_expanded(names, blank_prefix.length + genid_prefix.length, label.length, error));
    buffer->length = 0;
    rp_buffer_append_text(buffer, blank_prefix);
    rp_buffer_append_text(buffer, genid_prefix);
    rp_buffer_append_text(buffer, label);
    *named = rp_buffer_text(buffer);
    return rp_buffer_status(buffer, error);
}

RpStatus
rp_turtle_names_label(RpTurtleNames *names, RpText label, RpBuffer *buffer, RpText *named,
                      RpError *error)
{
    *named = label;
    return names->blank_prefix.length == 0
               ? RP_OK
               : write_blank(names, RP_TEXT(""), label, buffer, named, error);
}

RpStatus
rp_turtle_names_blank(RpTurtleNames *names, RpText label, RpBuffer *buffer, RpText *named,
                      RpError *error)
{
    bool is_written = label.length > 0 && label.data[0] == 'u';

    if (!is_written && names->genid_prefix.length == 0) {
        RP_TRY(rp_turtle_genid_prefix(names->arena, names->document, &names->genid_prefix, error));
    }
    if (label.length > 0) {
        label = (RpText){label.data + 1, label.length - 1};
    }
    return write_blank(names, is_written ? RP_TEXT("") : names->genid_prefix, label, buffer, named,
                       error);
}
