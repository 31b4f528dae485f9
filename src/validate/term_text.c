/* See term_text.h. */
#include "validate/term_text.h"

#include "base/utf8.h"
#include "rdf/turtle_writer.h"

enum { BARE_NAME_LIMIT = 1024 /* bytes; a longer one is written as an IRI */ };

/* Whether a text may follow a colon without escapes: letters, digits, marks, - and _. */
static bool
is_plain_local_name(RpText name)
{
    uint32_t offset = 0;

    while (offset < name.length) {
        uint32_t length;
        uint32_t code_point = rp_utf8_decode(name.data + offset, &length);

        if (code_point == ':' || code_point == '.' || !rp_utf8_is_name_char(code_point)) {
            return false;
        }
        offset += length;
    }
    return name.length > 0;
}

static RpText
text_after(RpText text, uint32_t length)
{
    return (RpText){text.data + length, text.length - length};
}

/* Write prefix:local if the IRI is of the namespace. */
static bool
write_with_prefix(RpBuffer *buffer, RpText iri, RpText prefix, RpText namespace_iri)
{
    RpText local;
    RpShown shown;

    if (namespace_iri.length == 0 || !rp_text_starts_with(iri, namespace_iri)) {
        return false;
    }
    local = text_after(iri, namespace_iri.length);
    if (!is_plain_local_name(local)) {
        return false;
    }
    rp_buffer_append_text(buffer, prefix);
    rp_buffer_append_byte(buffer, ':');
    rp_buffer_append_string(buffer, rp_text_show(local, &shown));
    return true;
}

static RpText
lexical_of(const RpDataGraph *data, RpTermId id)
{
    return rp_dictionary_lexical(&data->dictionary, id);
}

static bool
is_declared(const RpDataGraph *data, RpText prefix)
{
    for (uint32_t i = 0; i < data->image->prefix_count; i++) {
        if (rp_text_equals(lexical_of(data, data->image->prefixes[i].prefix), prefix)) {
            return true;
        }
    }
    return false;
}

/* The value of a hexadecimal digit, -1 for anything else. */
static int
digit_value(char digit)
{
    if (digit >= '0' && digit <= '9') {
        return digit - '0';
    }
    if (digit >= 'A' && digit <= 'F') {
        return digit - 'A' + 10;
    }
    return digit >= 'a' && digit <= 'f' ? digit - 'a' + 10 : -1;
}

/* Decode %XX into out, which has room. False: an escape is broken. */
static bool
decode_percent(RpText name, char *out, uint32_t *out_length)
{
    *out_length = 0;
    for (uint32_t i = 0; i < name.length; i++) {
        char byte = name.data[i];

        if (byte == '%') {
            int high = name.length - i > 2 ? digit_value(name.data[i + 1]) : -1;
            int low = high >= 0 ? digit_value(name.data[i + 2]) : -1;

            if (low < 0) {
                return false;
            }
            byte = (char)(high << 4 | low);
            i += 2;
        }
        out[(*out_length)++] = byte;
    }
    return true;
}

/* Write an IRI that stands for a bare name as that name. */
static bool
write_bare_name(RpBuffer *buffer, RpText iri)
{
    char name[BARE_NAME_LIMIT];
    RpText decoded = {name, 0};
    RpShown shown;

    if (!rp_text_starts_with(iri, RP_TEXT(RP_BARE_NAME)) ||
        iri.length - (sizeof RP_BARE_NAME - 1) > sizeof name ||
        !decode_percent(text_after(iri, sizeof RP_BARE_NAME - 1), name, &decoded.length) ||
        decoded.length == 0 || rp_utf8_valid_prefix(decoded) < decoded.length) {
        return false;
    }
    rp_buffer_append_string(buffer, rp_text_show(decoded, &shown));
    return true;
}

/* Write an IRI with a prefix of the shapes text, or else a well-known one. */
static bool
write_with_some_prefix(RpBuffer *buffer, const RpDataGraph *data, RpText iri)
{
    for (uint32_t i = 0; i < data->image->prefix_count; i++) {
        const RpImagePrefix *prefix = &data->image->prefixes[i];

        if (write_with_prefix(buffer, iri, lexical_of(data, prefix->prefix),
                              lexical_of(data, prefix->namespace_iri))) {
            return true;
        }
    }
    for (uint32_t i = 0; i < rp_well_known_prefix_count; i++) {
        const RpWellKnownPrefix *known = &rp_well_known_prefixes[i];

        if (rp_text_starts_with(iri, known->namespace_iri) && !is_declared(data, known->prefix) &&
            write_with_prefix(buffer, iri, known->prefix, known->namespace_iri)) {
            return true;
        }
    }
    return false;
}

void
rp_iri_write_short(RpBuffer *buffer, const RpDataGraph *data, RpText iri)
{
    RpShown shown;

    if (!write_with_some_prefix(buffer, data, iri) && !write_bare_name(buffer, iri)) {
        rp_buffer_append_byte(buffer, '<');
        rp_buffer_append_string(buffer, rp_text_show(iri, &shown));
        rp_buffer_append_byte(buffer, '>');
    }
}

/* Whether a person reads a literal of this datatype without quotes. */
static bool
is_plain_value(RpTermId datatype)
{
    switch (datatype) {
    case RP_VOCABULARY_xsd_integer:
    case RP_VOCABULARY_xsd_decimal:
    case RP_VOCABULARY_xsd_double:
    case RP_VOCABULARY_xsd_boolean:
        return true;
    default:
        return false;
    }
}

static void
write_quoted(RpBuffer *buffer, RpText lexical, bool is_whole)
{
    RpTerm string = rp_term_literal(lexical, rp_xsd_string);
    RpShown shown;

    if (is_whole) {
        rp_term_write(buffer, &string);
    } else {
        rp_buffer_append_format(buffer, "\"%s\"", rp_text_show(lexical, &shown));
    }
}

static void
write_language(RpBuffer *buffer, RpText language, bool is_whole)
{
    RpShown shown;

    if (is_whole) {
        rp_buffer_append_text(buffer, language);
    } else {
        rp_buffer_append_string(buffer, rp_text_show(language, &shown));
    }
}

static void
write_literal(RpBuffer *buffer, const RpDataGraph *data, RpTermId id, bool is_whole)
{
    RpTerm term = rp_dictionary_term(&data->dictionary, id);
    RpTermId datatype = rp_dictionary_datatype(&data->dictionary, id);
    RpShown shown;

    if (is_plain_value(datatype)) {
        rp_buffer_append_string(buffer, rp_text_show(term.lexical, &shown));
        return;
    }
    write_quoted(buffer, term.lexical, is_whole);
    if (term.language.length > 0) {
        rp_buffer_append_byte(buffer, '@');
        write_language(buffer, term.language, is_whole);
    } else if (datatype != RP_VOCABULARY_xsd_string) {
        rp_buffer_append_string(buffer, "^^");
        rp_iri_write_short(buffer, data, term.datatype);
    }
}

static void
write_term(RpBuffer *buffer, const RpDataGraph *data, RpTermId id, bool is_whole)
{
    RpTerm term;
    RpShown shown;

    if (id == RP_TERM_NONE) {
        return;
    }
    term = rp_dictionary_term(&data->dictionary, id);
    switch (term.kind) {
    case RP_IRI:
        rp_iri_write_short(buffer, data, term.lexical);
        break;
    case RP_BLANK:
        rp_buffer_append_format(buffer, "_:%s", rp_text_show(term.lexical, &shown));
        break;
    case RP_LITERAL:
        write_literal(buffer, data, id, is_whole);
        break;
    }
}

void
rp_term_write_short(RpBuffer *buffer, const RpDataGraph *data, RpTermId id)
{
    write_term(buffer, data, id, false);
}

void
rp_term_write_whole(RpBuffer *buffer, const RpDataGraph *data, RpTermId id)
{
    write_term(buffer, data, id, true);
}
