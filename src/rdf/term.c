/* Terms: making, comparing and checking them. */
#include "rdf/term.h"

#include "base/ascii.h"
#include "base/utf8.h"

#define XSD_STRING RP_XSD "string"

const RpText rp_xsd_string = {XSD_STRING, sizeof(XSD_STRING) - 1};

RpTerm
rp_term_iri(RpText iri)
{
    return (RpTerm){.kind = RP_IRI, .lexical = iri};
}

RpTerm
rp_term_blank(RpText label)
{
    return (RpTerm){.kind = RP_BLANK, .lexical = label};
}

RpTerm
rp_term_literal(RpText lexical, RpText datatype)
{
    RpTerm term = {.kind = RP_LITERAL, .lexical = lexical, .datatype = datatype};

    if (datatype.length == 0) {
        term.datatype = rp_xsd_string;
    }
    return term;
}

RpTerm
rp_term_lang_literal(RpText lexical, RpText language)
{
    return (RpTerm){.kind = RP_LITERAL,
                    .lexical = lexical,
                    .datatype = RP_TEXT(RP_RDF "langString"),
                    .language = language};
}

int
rp_language_compare(RpText a, RpText b)
{
    for (uint32_t i = 0; i < a.length && i < b.length; i++) {
        int order =
            (unsigned char)rp_ascii_lower(a.data[i]) - (unsigned char)rp_ascii_lower(b.data[i]);

        if (order != 0) {
            return order;
        }
    }
    return (a.length > b.length) - (a.length < b.length);
}

bool
rp_language_matches(RpText range, RpText tag)
{
    RpText start = {tag.data, range.length < tag.length ? range.length : tag.length};

    if (rp_text_equals(range, RP_TEXT("*"))) {
        return tag.length > 0;
    }
    return range.length > 0 && rp_language_compare(start, range) == 0 &&
           (tag.length == range.length || tag.data[range.length] == '-');
}

bool
rp_term_equals(const RpTerm *a, const RpTerm *b)
{
    return a->kind == b->kind && rp_text_equals(a->lexical, b->lexical) &&
           rp_text_equals(a->datatype, b->datatype) &&
           rp_language_compare(a->language, b->language) == 0;
}

void
rp_language_hash(RpHash *hash, RpText tag)
{
    for (uint32_t i = 0; i < tag.length; i += 8) {
        uint64_t word = 0;

        for (uint32_t j = i; j < tag.length && j < i + 8; j++) {
            word = word << 8 | (unsigned char)rp_ascii_lower(tag.data[j]);
        }
        rp_hash_word(hash, word);
    }
}

int
rp_term_compare(const RpTerm *a, const RpTerm *b)
{
    int order = (a->kind > b->kind) - (a->kind < b->kind);

    if (order == 0) {
        order = rp_text_compare(a->lexical, b->lexical);
    }
    if (order == 0) {
        order = rp_text_compare(a->datatype, b->datatype);
    }
    return order ? order : rp_language_compare(a->language, b->language);
}

static RpStatus
check_text(RpText text, const char *what, RpError *error)
{
    if (rp_utf8_valid_prefix(text) != text.length) {
        return rp_error_set(error, RP_SYNTAX, "%s is not valid UTF-8", what);
    }
    if (text.length > 0 && memchr(text.data, '\0', text.length)) {
        return rp_error_set(error, RP_SYNTAX, "%s contains the character U+0000", what);
    }
    return RP_OK;
}

/* Whether a character may stand in a label (Turtle's PN_CHARS and the dot), and at its start. */
static bool
is_label_character(uint32_t code_point, bool is_first)
{
    if (code_point < 0x80 &&
        (rp_ascii_is_letter((char)code_point) || rp_ascii_is_digit((char)code_point))) {
        return true;
    }
    if (code_point == ':') {
        return false;
    }
    if (is_first) {
        return rp_utf8_is_name_start(code_point);
    }
    return rp_utf8_is_name_char(code_point);
}

/* BLANK_NODE_LABEL, Turtle's production [141s], without the leading _: */
static RpStatus
check_label(RpText label, RpError *error)
{
    RpShown shown;
    bool is_valid = label.length > 0 && label.data[label.length - 1] != '.';

    RP_TRY(check_text(label, "a blank node label", error));
    for (uint32_t offset = 0; is_valid && offset < label.length;) {
        uint32_t length;
        uint32_t code_point = rp_utf8_decode(label.data + offset, &length);

        is_valid = is_label_character(code_point, offset == 0);
        offset += length;
    }
    if (!is_valid) {
        return rp_error_set(error, RP_SYNTAX, "\"%s\" is not a blank node label",
                            rp_text_show(label, &shown));
    }
    return RP_OK;
}

/* [a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*, at most 255 bytes, which is what a term record can hold. */
static RpStatus
check_language(RpText language, RpError *error)
{
    RpShown shown;
    bool is_valid = language.length <= UINT8_MAX;
    bool is_first = true;
    uint32_t subtag_length = 0;

    for (uint32_t i = 0; is_valid && i < language.length; i++) {
        char byte = language.data[i];
        bool is_letter = rp_ascii_is_letter(byte);

        if (byte == '-') {
            is_valid = subtag_length > 0;
            subtag_length = 0;
            is_first = false;
        } else {
            subtag_length++;
            is_valid =
                subtag_length <= 8 && (is_letter || (!is_first && byte >= '0' && byte <= '9'));
        }
    }
    if (!is_valid || subtag_length == 0) {
        return rp_error_set(error, RP_SYNTAX, "\"%s\" is not a language tag",
                            rp_text_show(language, &shown));
    }
    return RP_OK;
}

/* The beginning of most is known to be an IRI. */
static RpStatus
check_datatype(RpText datatype, RpError *error)
{
    static const RpText xsd = RP_TEXT(RP_XSD);

    return rp_text_starts_with(datatype, xsd) ? rp_iri_check_rest(datatype, xsd.length, error)
                                              : rp_iri_check(datatype, error);
}

static RpStatus
check_literal(const RpTerm *term, RpError *error)
{
    static const char lang_string[] = RP_RDF "langString";
    bool is_lang_string = rp_text_equals(term->datatype, RP_TEXT(lang_string));

    RP_TRY(rp_literal_check(term->lexical, error));
    if (term->language.length > 0) {
        if (!is_lang_string) {
            return rp_error_set(error, RP_SYNTAX,
                                "a literal with a language tag has the datatype <%s>", lang_string);
        }
        return check_language(term->language, error);
    }
    if (is_lang_string) {
        return rp_error_set(error, RP_SYNTAX, "a literal of the datatype <%s> needs a language tag",
                            lang_string);
    }
    return check_datatype(term->datatype, error);
}

RpStatus
rp_literal_check(RpText lexical, RpError *error)
{
    return check_text(lexical, "a literal", error);
}

RpStatus
rp_term_check(const RpTerm *term, RpError *error)
{
    switch (term->kind) {
    case RP_IRI:
        return rp_iri_check(term->lexical, error);
    case RP_BLANK:
        return check_label(term->lexical, error);
    case RP_LITERAL:
        return check_literal(term, error);
    }
    return rp_error_set(error, RP_SYNTAX, "a term is an IRI, a blank node or a literal");
}
