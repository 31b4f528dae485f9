/* See plain_label.h. */
#include "pg/pg.h"

#include "mb/pg_wchar.h"

#include "base/ascii.h"
#include "base/buffer.h"
#include "pg/graph/plain_label.h"
#include "rdf/term.h"

static const RpText prefix = RP_TEXT("bytes-");

/* ASCII letters and digits stand for themselves. */
static RpStatus
write_bytes(RpText text, RpArena *arena, RpText *label, RpError *error)
{
    RpBuffer buffer;

    rp_buffer_init(&buffer, arena);
    rp_buffer_append_text(&buffer, prefix);
    for (uint32 i = 0; i < text.length; i++) {
        char byte = text.data[i];

        if (rp_ascii_is_letter(byte) || rp_ascii_is_digit(byte)) {
            rp_buffer_append_byte(&buffer, byte);
        } else {
            rp_buffer_append_format(&buffer, "_%02X", (unsigned char)byte);
        }
    }
    *label = rp_buffer_text(&buffer);
    return rp_buffer_status(&buffer, error);
}

/* A text that looks as if it were written as bytes is so written too: no other text has that
 * label. */
RpStatus
rp_plain_label_read(RpText text, RpArena *arena, RpText *label, RpError *error)
{
    RpTerm blank = rp_term_blank(text);
    RpStatus status = rp_term_check(&blank, error);

    if (status == RP_OK && !rp_text_starts_with(text, prefix)) {
        *label = text;
        return RP_OK;
    }
    return text.length == 0 ? status : write_bytes(text, arena, label, error);
}

static int
digit_of(char digit)
{
    return rp_ascii_is_digit(digit) ? digit - '0' : rp_ascii_lower(digit) - 'a' + 10;
}

/* A label that somebody made up may be of bytes that no text has. */
RpText
rp_plain_label_text(RpText label)
{
    char *bytes;
    uint32 length = 0;

    if (!rp_text_starts_with(label, prefix)) {
        return label;
    }
    bytes = palloc(label.length);
    for (uint32 i = prefix.length; i < label.length; i++) {
        if (label.data[i] == '_' && label.length - i > 2 &&
            rp_ascii_is_hexadecimal(label.data[i + 1]) &&
            rp_ascii_is_hexadecimal(label.data[i + 2])) {
            bytes[length++] =
                (char)(digit_of(label.data[i + 1]) * 16 + digit_of(label.data[i + 2]));
            i += 2;
        } else {
            bytes[length++] = label.data[i];
        }
    }
    return pg_verifymbstr(bytes, (int)length, true) ? (RpText){bytes, length} : label;
}
