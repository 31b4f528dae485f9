/* The on-disk form of rdf_term: see term_type.h. */
#include "pg/term/term_type.h"

#include "rdf/turtle_writer.h"
#include "pg/server/bridge.h"

enum {
    FORM_STRING = 0,
    FORM_LANGUAGE = 1,
    FORM_CODE = 2,
    FORM_IRI = 3,

    KIND_MASK = 3,
    FORM_SHIFT = 2,
    FORM_MASK = 3,
    LANGUAGE_LIMIT = 255, /* bytes */
    VARINT_SIZE_LIMIT = 5
};

/*
 * Datatypes with a code: the code is the position, from 1. Never change, reorder or add: a datatype
 * that got a code later would have two forms, and equal terms would not be equal to an index.
 */
static const RpText coded_datatypes[] = {
    RP_TEXT(RP_XSD "boolean"),
    RP_TEXT(RP_XSD "decimal"),
    RP_TEXT(RP_XSD "integer"),
    RP_TEXT(RP_XSD "double"),
    RP_TEXT(RP_XSD "float"),
    RP_TEXT(RP_XSD "date"),
    RP_TEXT(RP_XSD "time"),
    RP_TEXT(RP_XSD "dateTime"),
    RP_TEXT(RP_XSD "dateTimeStamp"),
    RP_TEXT(RP_XSD "gYear"),
    RP_TEXT(RP_XSD "gMonth"),
    RP_TEXT(RP_XSD "gDay"),
    RP_TEXT(RP_XSD "gYearMonth"),
    RP_TEXT(RP_XSD "gMonthDay"),
    RP_TEXT(RP_XSD "duration"),
    RP_TEXT(RP_XSD "yearMonthDuration"),
    RP_TEXT(RP_XSD "dayTimeDuration"),
    RP_TEXT(RP_XSD "byte"),
    RP_TEXT(RP_XSD "short"),
    RP_TEXT(RP_XSD "int"),
    RP_TEXT(RP_XSD "long"),
    RP_TEXT(RP_XSD "unsignedByte"),
    RP_TEXT(RP_XSD "unsignedShort"),
    RP_TEXT(RP_XSD "unsignedInt"),
    RP_TEXT(RP_XSD "unsignedLong"),
    RP_TEXT(RP_XSD "positiveInteger"),
    RP_TEXT(RP_XSD "nonNegativeInteger"),
    RP_TEXT(RP_XSD "negativeInteger"),
    RP_TEXT(RP_XSD "nonPositiveInteger"),
    RP_TEXT(RP_XSD "hexBinary"),
    RP_TEXT(RP_XSD "base64Binary"),
    RP_TEXT(RP_XSD "anyURI"),
    RP_TEXT(RP_XSD "language"),
    RP_TEXT(RP_XSD "normalizedString"),
    RP_TEXT(RP_XSD "token"),
    RP_TEXT(RP_XSD "NMTOKEN"),
    RP_TEXT(RP_XSD "Name"),
    RP_TEXT(RP_XSD "NCName"),
    RP_TEXT(RP_XSD "QName"),
    RP_TEXT(RP_XSD "NOTATION"),
    RP_TEXT(RP_XSD "NMTOKENS"),
    RP_TEXT(RP_XSD "ID"),
    RP_TEXT(RP_XSD "IDREF"),
    RP_TEXT(RP_XSD "IDREFS"),
    RP_TEXT(RP_XSD "ENTITY"),
    RP_TEXT(RP_XSD "ENTITIES"),
};

static const RpText xsd_namespace = RP_TEXT(RP_XSD);

/* The code of a datatype; 0: none. */
static int
datatype_code(RpText datatype)
{
    if (!rp_text_starts_with(datatype, xsd_namespace)) {
        return 0;
    }
    for (int i = 0; i < (int)lengthof(coded_datatypes); i++) {
        if (rp_text_equals(coded_datatypes[i], datatype)) {
            return i + 1;
        }
    }
    return 0;
}

/*
 * The shortest of the forms: no datatype, one byte for a datatype that has a code, or the IRI
 * written out.
 */
static int
literal_form(const RpTerm *term, int *code)
{
    *code = 0;
    if (term->language.length > 0) {
        return FORM_LANGUAGE;
    }
    if (rp_text_equals(term->datatype, rp_xsd_string)) {
        return FORM_STRING;
    }
    *code = datatype_code(term->datatype);
    return *code != 0 ? FORM_CODE : FORM_IRI;
}

/* Seven bits a byte, lowest first, as put_varint writes them. */
static Size
varint_size(uint32 value)
{
    Size size = 1;

    for (; value >= 128; value >>= 7) {
        size++;
    }
    return size;
}

static Size
checked_size(Size size)
{
    if (!AllocSizeIsValid(size + VARHDRSZ)) {
        ereport(ERROR, (errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED), errmsg("RDF term is too long")));
    }
    return size;
}

/*
 * The size that rp_term_pack fills exactly. A tag's length has one byte. ERROR where a value of
 * PostgreSQL could not hold it.
 */
Size
rp_term_packed_size(const RpTerm *term)
{
    Size size = 1 + (Size)term->lexical.length;
    int code;

    if (term->kind != RP_LITERAL) {
        return checked_size(size);
    }
    switch (literal_form(term, &code)) {
    case FORM_LANGUAGE:
        if (term->language.length > LANGUAGE_LIMIT) {
            ereport(ERROR, (errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
                            errmsg("language tag is longer than %d bytes", LANGUAGE_LIMIT)));
        }
        size += 1 + (Size)term->language.length;
        break;
    case FORM_CODE:
        size += 1;
        break;
    case FORM_IRI:
        size += varint_size(term->datatype.length) + (Size)term->datatype.length;
        break;
    }
    return checked_size(size);
}

static char *
put_text(char *out, RpText text)
{
    if (text.length > 0) {
        memcpy(out, text.data, text.length);
    }
    return out + text.length;
}

static char *
put_varint(char *out, uint32 value)
{
    for (; value >= 128; value >>= 7) {
        *out++ = (char)(value | 128);
    }
    *out++ = (char)value;
    return out;
}

/*
 * out has rp_term_packed_size bytes. The lexical form is last and needs no length: the value's own
 * says where it ends.
 */
void
rp_term_pack(const RpTerm *term, char *out)
{
    int code = 0;
    int form = term->kind == RP_LITERAL ? literal_form(term, &code) : 0;

    *out++ = (char)((int)term->kind | form << FORM_SHIFT);
    switch (form) {
    case FORM_LANGUAGE:
        *out++ = (char)term->language.length;
        out = put_text(out, term->language);
        break;
    case FORM_CODE:
        *out++ = (char)code;
        break;
    case FORM_IRI:
        out = put_text(put_varint(out, term->datatype.length), term->datatype);
        break;
    }
    put_text(out, term->lexical);
}

/* What is left to read of a form. */
typedef struct Remainder {
    const char *data;
    Size length;
} Remainder;

static void
form_is_corrupt(void)
{
    ereport(ERROR, (errcode(ERRCODE_DATA_CORRUPTED), errmsg("rdf_term value is corrupt")));
}

static uint32
take_byte(Remainder *rest)
{
    if (rest->length == 0) {
        form_is_corrupt();
    }
    rest->length--;
    return (unsigned char)*rest->data++;
}

/*
 * Bytes from a table may be damaged: more bytes than 32 bits need, or a larger number, are refused
 * as such.
 */
static uint32
take_varint(Remainder *rest)
{
    uint64 value = 0;

    for (int i = 0; i < VARINT_SIZE_LIMIT; i++) {
        uint32 byte = take_byte(rest);

        value |= (uint64)(byte & 127) << (7 * i);
        if (byte < 128) {
            if (value > PG_UINT32_MAX) {
                break;
            }
            return (uint32)value;
        }
    }
    form_is_corrupt();
    return 0;
}

/* A view into the value: nothing is copied, so it lives as long as that. */
static RpText
take_text(Remainder *rest, uint32 length)
{
    RpText text = {rest->data, length};

    if (length > rest->length) {
        form_is_corrupt();
    }
    rest->data += length;
    rest->length -= length;
    return text;
}

/*
 * Codes are for ever: new ones are added at the end of coded_datatypes, and an unknown one is of a
 * newer library, or damage.
 */
static RpText
take_coded_datatype(Remainder *rest)
{
    uint32 code = take_byte(rest);

    if (code == 0 || code > lengthof(coded_datatypes)) {
        form_is_corrupt();
    }
    return coded_datatypes[code - 1];
}

/*
 * All lengths are checked against what is left, since what is on a disk may be damaged; ERROR XX001
 * then. Unused bits of the first byte must be 0, so that they stay free for later forms.
 */
void
rp_term_unpack_to(const char *data, Size length, RpTerm *term)
{
    Remainder rest = {data, length};
    uint32 head = take_byte(&rest);
    uint32 kind = head & KIND_MASK;

    if (kind == 0 || head >> (FORM_SHIFT + 2) != 0 || (kind != RP_LITERAL && head != kind)) {
        form_is_corrupt();
    }
    *term = (RpTerm){.kind = (RpTermKind)kind};
    if (kind == RP_LITERAL) {
        switch (head >> FORM_SHIFT & FORM_MASK) {
        case FORM_LANGUAGE:
            term->language = take_text(&rest, take_byte(&rest));
            term->datatype = RP_TEXT(RP_RDF "langString");
            break;
        case FORM_CODE:
            term->datatype = take_coded_datatype(&rest);
            break;
        case FORM_IRI:
            term->datatype = take_text(&rest, take_varint(&rest));
            break;
        }
        if (term->datatype.length == 0) {
            term->datatype = rp_xsd_string;
        }
    }
    term->lexical.data = rest.data;
    term->lexical.length = (uint32)rest.length;
}

/*
 * A new value in the current memory context, with a long header: the server makes it short where it
 * stores it.
 */
Datum
rp_term_datum(const RpTerm *term)
{
    Size size = VARHDRSZ + rp_term_packed_size(term);
    struct varlena *value = palloc(size);

    SET_VARSIZE(value, size);
    rp_term_pack(term, VARDATA(value));
    return PointerGetDatum(value);
}

void
rp_term_read_datum(Datum value, RpTerm *term)
{
    struct varlena *packed = PG_DETOAST_DATUM_PACKED(value);

    rp_term_unpack_to(VARDATA_ANY(packed), VARSIZE_ANY_EXHDR(packed), term);
}

RpText
rp_term_text(const RpTerm *term, MemoryContext context)
{
    RpBuffer buffer;
    RpError error;

    rp_buffer_init(&buffer, rp_bridge_arena(context, 0));
    rp_term_write(&buffer, term);
    RP_BRIDGE_TRY(rp_buffer_status(&buffer, &error), &error);
    return rp_buffer_text(&buffer);
}
