/* Terms in canonical N-Triples (RDF 1.1 N-Triples, section 4), and in Turtle. */
#include "rdf/turtle_writer.h"

#include "base/ascii.h"
#include "rdf/vocabulary.h"

/* What Turtle written here declares. */
static const RpWellKnownPrefix prefixes[] = {
    {RP_TEXT("sh"), RP_TEXT(RP_SH)},
    {RP_TEXT("xsd"), RP_TEXT(RP_XSD)},
};

enum { PREFIX_COUNT = sizeof(prefixes) / sizeof(prefixes[0]) };

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

/* Whether a text may follow the colon as it is: the names of the namespaces here are all plain. */
static bool
is_plain_local_name(RpText name)
{
    for (uint32_t i = 0; i < name.length; i++) {
        char byte = name.data[i];

        if (!rp_ascii_is_letter(byte) && (i == 0 || byte < '0' || byte > '9')) {
            return false;
        }
    }
    return name.length > 0;
}

static void
append_short_iri(RpBuffer *buffer, RpText iri)
{
    for (uint32_t i = 0; i < PREFIX_COUNT; i++) {
        uint32_t length = prefixes[i].namespace_iri.length;

        if (rp_text_starts_with(iri, prefixes[i].namespace_iri) &&
            is_plain_local_name((RpText){iri.data + length, iri.length - length})) {
            rp_buffer_append_text(buffer, prefixes[i].prefix);
            rp_buffer_append_byte(buffer, ':');
            rp_buffer_append(buffer, iri.data + length, iri.length - length);
            return;
        }
    }
    append_iri(buffer, iri);
}

/* Terms differ by notation only in how they write IRIs. */
static void
write_term(RpBuffer *buffer, const RpTerm *term, void (*write_iri)(RpBuffer *, RpText))
{
    switch (term->kind) {
    case RP_IRI:
        write_iri(buffer, term->lexical);
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
        } else if (!rp_text_equals(term->datatype, rp_xsd_string)) {
            rp_buffer_append_string(buffer, "^^");
            write_iri(buffer, term->datatype);
        }
        break;
    }
}

void
rp_term_write(RpBuffer *buffer, const RpTerm *term)
{
    write_term(buffer, term, append_iri);
}

void
rp_turtle_write_term(RpBuffer *buffer, const RpTerm *term)
{
    write_term(buffer, term, append_short_iri);
}

void
rp_turtle_write_prefixes(RpBuffer *buffer)
{
    for (uint32_t i = 0; i < PREFIX_COUNT; i++) {
        rp_buffer_append_string(buffer, "@prefix ");
        rp_buffer_append_text(buffer, prefixes[i].prefix);
        rp_buffer_append_string(buffer, ": ");
        append_iri(buffer, prefixes[i].namespace_iri);
        rp_buffer_append_string(buffer, " .\n");
    }
}
