/* Terms in canonical N-Triples (RDF 1.1 N-Triples, section 4). */
#include "rdf/turtle_writer.h"

/* A string's characters: of the escapes only those for " \ LF and CR are canonical. */
static void
append_escaped(RpBuffer *buffer, RpText text)
{
    uint32_t start = 0;

    for (uint32_t i = 0; i < text.length; i++) {
        char byte = text.data[i];
        const char *escape = byte == '"'    ? "\\\""
                             : byte == '\\' ? "\\\\"
                             : byte == '\n' ? "\\n"
                             : byte == '\r' ? "\\r"
                                            : NULL;

        if (escape) {
            rp_buffer_append(buffer, text.data + start, i - start);
            rp_buffer_append(buffer, escape, 2);
            start = i + 1;
        }
    }
    if (start < text.length) {
        rp_buffer_append(buffer, text.data + start, text.length - start);
    }
}

static void
append_iri(RpBuffer *buffer, RpText iri)
{
    rp_buffer_append_byte(buffer, '<');
    rp_buffer_append_text(buffer, iri);
    rp_buffer_append_byte(buffer, '>');
}

void
rp_term_write(RpBuffer *buffer, const RpTerm *term)
{
    switch (term->kind) {
    case RP_IRI:
        append_iri(buffer, term->lexical);
        break;
    case RP_BLANK:
        rp_buffer_append_string(buffer, "_:");
        rp_buffer_append_text(buffer, term->lexical);
        break;
    case RP_LITERAL:
        rp_buffer_append_byte(buffer, '"');
        append_escaped(buffer, term->lexical);
        rp_buffer_append_byte(buffer, '"');
        if (term->language.length > 0) {
            rp_buffer_append_byte(buffer, '@');
            rp_buffer_append_text(buffer, term->language);
        } else if (!rp_text_equals(term->datatype, RP_TEXT(RP_XSD "string"))) {
            rp_buffer_append_string(buffer, "^^");
            append_iri(buffer, term->datatype);
        }
        break;
    }
}
