/* IRIs: their characters (RFC 3987, 2.2) and the resolution of references (RFC 3986, 5.2 and 5.3).
 */
#include "rdf/term.h"

#include <stdio.h>

#include "base/ascii.h"
#include "base/utf8.h"

/* Bytes of the scheme, the colon not counted; 0: none. RFC 3986, 3.1. */
static uint32_t
scheme_length(RpText iri)
{
    uint32_t length = 0;

    if (iri.length == 0 || !rp_ascii_is_letter(iri.data[0])) {
        return 0;
    }
    while (length < iri.length &&
           (rp_ascii_is_letter(iri.data[length]) || rp_ascii_is_digit(iri.data[length]) ||
            iri.data[length] == '+' || iri.data[length] == '-' || iri.data[length] == '.')) {
        length++;
    }
    return length < iri.length && iri.data[length] == ':' ? length : 0;
}

bool
rp_iri_is_absolute(RpText iri)
{
    return scheme_length(iri) > 0;
}

/* Beyond ASCII: RFC 3987's ucschar and iprivate exclude C1 controls and noncharacters. */
static bool
is_wide_iri_character(uint32_t code_point)
{
    return code_point >= 0xA0 && (code_point & 0xFFFE) != 0xFFFE &&
           !(code_point >= 0xFDD0 && code_point <= 0xFDEF);
}

/*
 * The ASCII characters that an IRI may hold as they are: letters, digits, and what stands here. A
 * byte of the table for each, since all that is read is looked up here; % is looked at apart.
 */
static const bool is_plain[256] = {
    ['!'] = true, ['#'] = true, ['$'] = true, ['&'] = true,         ['\''] = true,
    ['('] = true, [')'] = true, ['*'] = true, ['+'] = true,         [','] = true,
    ['-'] = true, ['.'] = true, ['/'] = true, ['0' ... '9'] = true, [':'] = true,
    [';'] = true, ['='] = true, ['?'] = true, ['@'] = true,         ['A' ... 'Z'] = true,
    ['['] = true, [']'] = true, ['_'] = true, ['a' ... 'z'] = true, ['~'] = true,
};

/* The first byte from an offset on that is no such character. */
static uint32_t
skip_plain(RpText iri, uint32_t offset)
{
    const unsigned char *bytes = (const unsigned char *)iri.data;

    while (iri.length - offset >= 4 &&
           (is_plain[bytes[offset]] & is_plain[bytes[offset + 1]] & is_plain[bytes[offset + 2]] &
            is_plain[bytes[offset + 3]])) {
        offset += 4;
    }
    while (offset < iri.length && is_plain[bytes[offset]]) {
        offset++;
    }
    return offset;
}

RpStatus
rp_iri_refuse_character(RpText character, const char *where, RpError *error)
{
    char escapes[16] = "";
    RpShown shown;

    for (uint32_t i = 0; i < character.length && i < 4; i++) {
        (void)snprintf(escapes + (size_t)i * 3, 4, "%%%02X", (unsigned char)character.data[i]);
    }
    if (rp_text_equals(character, RP_TEXT(" "))) {
        rp_error_set(error, RP_SYNTAX, "a space is not allowed in %s", where);
    } else if (rp_text_equals(character, RP_TEXT("\n")) ||
               rp_text_equals(character, RP_TEXT("\r"))) {
        rp_error_set(error, RP_SYNTAX, "the end of a line is not allowed in %s", where);
    } else {
        rp_error_set(error, RP_SYNTAX, "\"%s\" is not allowed in %s",
                     rp_text_show(character, &shown), where);
    }
    return rp_error_hint(error, "Write it as %s.", escapes);
}

static RpStatus
refuse_iri(RpText iri, uint32_t offset, RpError *error)
{
    uint32_t length = rp_utf8_sequence_length(iri.data + offset, iri.length - offset);
    char where[sizeof(RpShown) + 8];
    RpShown shown;

    (void)snprintf(where, sizeof where, "IRI <%s>", rp_text_show(iri, &shown));
    if (length == 0) {
        return rp_error_set(error, RP_SYNTAX, "%s is not valid UTF-8", where);
    }
    if (iri.data[offset] == '%') {
        rp_error_set(error, RP_SYNTAX, "\"%%\" must be followed by two hexadecimal digits in %s",
                     where);
        return rp_error_hint(error, "Write the percent sign itself as %%25.");
    }
    return rp_iri_refuse_character((RpText){iri.data + offset, length}, where, error);
}

RpStatus
rp_iri_check(RpText iri, RpError *error)
{
    uint32_t scheme = scheme_length(iri);
    RpShown shown;

    if (scheme == 0) {
        rp_error_set(error, RP_SYNTAX, "IRI <%s> is not absolute", rp_text_show(iri, &shown));
        return rp_error_hint(error, "An absolute IRI begins with a scheme, as http: or urn:.");
    }
    return rp_iri_check_rest(iri, scheme, error);
}

RpStatus
rp_iri_check_rest(RpText iri, uint32_t checked_length, RpError *error)
{
    uint32_t offset = skip_plain(iri, checked_length);

    while (offset < iri.length) {
        if (iri.data[offset] == '%' && iri.length - offset >= 3 &&
            rp_ascii_is_hexadecimal(iri.data[offset + 1]) &&
            rp_ascii_is_hexadecimal(iri.data[offset + 2])) {
            offset += 3;
        } else {
            uint32_t length = rp_utf8_sequence_length(iri.data + offset, iri.length - offset);
            uint32_t decoded_length;

            if (length < 2 ||
                !is_wide_iri_character(rp_utf8_decode(iri.data + offset, &decoded_length))) {
                return refuse_iri(iri, offset, error);
            }
            offset += length;
        }
        offset = skip_plain(iri, offset);
    }
    return RP_OK;
}

/* The components of a reference (RFC 3986, appendix B), each with its delimiter. */
typedef struct Components {
    RpText scheme;    /* with the colon; empty: none */
    RpText authority; /* with the slashes; empty: none */
    RpText path;
    RpText query;    /* with the question mark; empty: none */
    RpText fragment; /* with the number sign; empty: none */
} Components;

/* What follows the first bytes of a text. */
static RpText
rest_after(RpText text, uint32_t length)
{
    return length == 0 ? text : (RpText){text.data + length, text.length - length};
}

/* Cut the part of a text before the first of some bytes off its front. */
static RpText
take_until(RpText *rest, const char *stops)
{
    RpText part = {rest->data, 0};

    while (part.length < rest->length && !strchr(stops, rest->data[part.length])) {
        part.length++;
    }
    *rest = rest_after(*rest, part.length);
    return part;
}

static Components
split(RpText iri)
{
    Components components = {0};
    RpText rest = iri;
    uint32_t scheme = scheme_length(iri);

    if (scheme > 0) {
        components.scheme = (RpText){rest.data, scheme + 1};
        rest = rest_after(rest, scheme + 1);
    }
    if (rp_text_starts_with(rest, RP_TEXT("//"))) {
        RpText after = rest_after(rest, 2);
        RpText authority = take_until(&after, "/?#");

        components.authority = (RpText){rest.data, authority.length + 2};
        rest = after;
    }
    components.path = take_until(&rest, "?#");
    if (rest.length > 0 && rest.data[0] == '?') {
        components.query = take_until(&rest, "#");
    }
    components.fragment = rest;
    return components;
}

/*
 * RFC 3986, 5.2.4, in place: the output is never longer than what was read. Returns the new length.
 * A leading segment without a slash stands for the rules A and D.
 */
static uint32_t
remove_dot_segments(char *path, uint32_t length)
{
    uint32_t written = 0;
    uint32_t read = 0;

    while (read < length) {
        uint32_t slash = path[read] == '/';
        uint32_t end = read + slash;
        uint32_t name_length;
        bool is_dot;
        bool is_double_dot;

        while (end < length && path[end] != '/') {
            end++;
        }
        name_length = end - read - slash;
        is_dot = name_length == 1 && path[end - 1] == '.';
        is_double_dot = name_length == 2 && path[end - 1] == '.' && path[end - 2] == '.';
        if (!is_dot && !is_double_dot) {
            memmove(path + written, path + read, end - read);
            written += end - read;
        } else if (slash == 0) {
            end += end < length;
        } else {
            while (is_double_dot && written > 0 && path[--written] != '/') {
            }
            if (end == length) {
                path[written++] = '/';
            }
        }
        read = end;
    }
    return written;
}

/* RFC 3986, 5.2.3: the base's path up to its last slash, that included. */
static RpText
base_directory(const Components *base)
{
    RpText directory = base->path;

    if (base->authority.length > 0 && base->path.length == 0) {
        return RP_TEXT("/");
    }
    while (directory.length > 0 && directory.data[directory.length - 1] != '/') {
        directory.length--;
    }
    return directory;
}

/* Append a path in two pieces, without its dot segments. */
static void
append_path(RpBuffer *buffer, RpText directory, RpText path)
{
    uint32_t start = buffer->length;

    rp_buffer_append_text(buffer, directory);
    rp_buffer_append_text(buffer, path);
    if (!buffer->has_failed && buffer->length > start) {
        buffer->length = start + remove_dot_segments(buffer->data + start, buffer->length - start);
    }
}

void
rp_iri_resolve_append(RpBuffer *buffer, RpText reference, RpText base)
{
    Components relative = split(reference);
    Components absolute = split(base);
    bool has_authority = relative.authority.length > 0;

    if (relative.scheme.length > 0) {
        rp_buffer_append_text(buffer, relative.scheme);
        rp_buffer_append_text(buffer, relative.authority);
        append_path(buffer, RP_TEXT(""), relative.path);
    } else {
        rp_buffer_append_text(buffer, absolute.scheme);
        rp_buffer_append_text(buffer, has_authority ? relative.authority : absolute.authority);
        if (!has_authority && relative.path.length == 0) {
            rp_buffer_append_text(buffer, absolute.path);
            if (relative.query.length == 0) {
                relative.query = absolute.query;
            }
        } else if (has_authority || relative.path.data[0] == '/') {
            append_path(buffer, RP_TEXT(""), relative.path);
        } else {
            append_path(buffer, base_directory(&absolute), relative.path);
        }
    }
    rp_buffer_append_text(buffer, relative.query);
    rp_buffer_append_text(buffer, relative.fragment);
}
