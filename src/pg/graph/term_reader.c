/* See term_reader.h. */
#include "pg/graph/term_reader.h"

#include "catalog/pg_type.h"
#include "utils/lsyscache.h"

#include "pg/graph/kind_map.h"
#include "pg/graph/plain_label.h"
#include "pg/server/bridge.h"
#include "pg/term/term_type.h"

/* The value of a column of text, without the padding of type character; empty where it is NULL. An
 * empty text is no datatype, language or IRI, as NULL is none. */
static RpText
text_of(const RpRowRelation *rows, const Datum *values, const bool *nulls, int column)
{
    RpText text_value = {NULL, 0};

    if (column == RP_NO_COLUMN || nulls[column]) {
        return text_value;
    }
    text_value = rp_text_of(DatumGetTextPP(values[column]));
    if (rows->columns[column].base_type == BPCHAROID) {
        text_value.length = (uint32)bpchartruelen((char *)text_value.data, (int)text_value.length);
    }
    return text_value;
}

/* The code of a kind that is no number. */
static RpText
code_of(const RpTermPlace *place, const RpRowRelation *rows, const Datum *values, const bool *nulls)
{
    Oid output;
    bool is_varlena;

    if (!place->kinds.have_output) {
        return text_of(rows, values, nulls, place->kind);
    }
    getTypeOutputInfo(rows->columns[place->kind].base_type, &output, &is_varlena);
    return rp_text_from(OidOutputFunctionCall(output, values[place->kind]));
}

/* A boolean is 0 or 1, as the codes of its column are. */
static int64
number_of(const RpRowRelation *rows, int column, Datum value)
{
    switch (rows->columns[column].base_type) {
    case INT8OID:
        return DatumGetInt64(value);
    case INT4OID:
        return DatumGetInt32(value);
    case INT2OID:
        return DatumGetInt16(value);
    default:
        return DatumGetBool(value);
    }
}

static RpStatus
kind_unknown(RpError *error, const char *code)
{
    (void)rp_error_set(error, RP_SYNTAX, "Option kinds does not say what \"%s\" is.", code);
    return rp_error_hint(error,
                         "It would with kinds => '{…, \"%s\": \"literal\"}', or \"iri\" or "
                         "\"blank\": drop the graph, and register it again.",
                         code);
}

/* A code that the option does not name makes the row no triple: RP_SYNTAX, with the column that is
 * to blame. */
static RpStatus
read_kind(const RpTermPlace *place, const RpRowRelation *rows, const Datum *values,
          const bool *nulls, RpTermKind *kind, int *column, RpError *error)
{
    char digits[24];
    RpShown shown;
    RpText code;

    *column = place->kind;
    if (nulls[place->kind]) {
        return rp_error_set(error, RP_SYNTAX, "The kind is NULL.");
    }
    if (place->kinds.are_numbers) {
        int64 number = number_of(rows, place->kind, values[place->kind]);

        *kind = rp_kind_map_number(&place->kinds, number, place->position);
        (void)snprintf(digits, sizeof(digits), INT64_FORMAT, number);
        return *kind != 0 ? RP_OK
               : rows->columns[place->kind].base_type == BOOLOID
                   ? kind_unknown(error, number != 0 ? "true" : "false")
                   : kind_unknown(error, digits);
    }
    code = code_of(place, rows, values, nulls);
    *kind = rp_kind_map_text(&place->kinds, code, place->position);
    return *kind != 0 ? RP_OK : kind_unknown(error, rp_text_show(code, &shown));
}

static const RpText blank_prefix = RP_TEXT("_:");

/* An IRI, or a blank node where the text begins as one does. */
static RpTerm
node_of(RpText text, bool is_blank)
{
    if (rp_text_starts_with(text, blank_prefix)) {
        return rp_term_blank((RpText){text.data + 2, text.length - 2});
    }
    return is_blank ? rp_term_blank(text) : rp_term_iri(text);
}

/* RDF 1.1 Concepts, section 3.3: a literal has a language tag if and only if its datatype is
 * rdf:langString. */
static RpStatus
read_literal(const RpTermPlace *place, const RpRowRelation *rows, const Datum *values,
             const bool *nulls, RpTerm *term, int *column, RpError *error)
{
    static const RpText lang_string = RP_TEXT(RP_RDF "langString");
    RpText language = text_of(rows, values, nulls, place->language);
    RpText datatype =
        place->datatype_is_id ? (RpText){NULL, 0} : text_of(rows, values, nulls, place->datatype);

    if (nulls[place->value]) {
        return rp_error_set(error, RP_SYNTAX, "It is NULL.");
    }
    if (language.length == 0) {
        *term = rp_term_literal(text_of(rows, values, nulls, place->value), datatype);
        *column = datatype.length > 0 ? place->datatype : *column;
        if (rp_text_equals(datatype, lang_string)) {
            return rp_error_set(error, RP_SYNTAX,
                                "It is rdf:langString, and there is no language.");
        }
        return RP_OK;
    }
    if (datatype.length > 0 && !rp_text_equals(datatype, lang_string)) {
        *column = place->datatype;
        return rp_error_set(error, RP_SYNTAX, "A literal with a language has another datatype.");
    }
    *column = place->language;
    *term = rp_term_lang_literal(text_of(rows, values, nulls, place->value), language);
    return RP_OK;
}

/* By the kind, where there is one; else by which column is set; else it is the position that says
 * it. */
static RpStatus
read_plain(const RpTermPlace *place, const RpRowRelation *rows, const Datum *values,
           const bool *nulls, RpTerm *term, int *column, RpError *error)
{
    bool is_node = place->position != RP_POSITION_OBJECT;
    RpTermKind kind = is_node ? RP_IRI : RP_LITERAL;
    RpText text;

    if (place->kind != RP_NO_COLUMN) {
        RP_TRY(read_kind(place, rows, values, nulls, &kind, column, error));
    } else if (place->iri != RP_NO_COLUMN && !nulls[place->iri]) {
        *column = place->iri;
        if (place->value != RP_NO_COLUMN && !nulls[place->value]) {
            return rp_error_set(error, RP_SYNTAX, "There are both an IRI and a literal.");
        }
        *term = node_of(text_of(rows, values, nulls, place->iri), false);
        return RP_OK;
    } else if (place->value == RP_NO_COLUMN) {
        *column = place->iri;
        return rp_error_set(error, RP_SYNTAX, "It is NULL.");
    }
    *column = place->value;
    if (kind == RP_LITERAL) {
        return read_literal(place, rows, values, nulls, term, column, error);
    }
    if (nulls[place->value]) {
        return rp_error_set(error, RP_SYNTAX, "It is NULL.");
    }
    text = text_of(rows, values, nulls, place->value);
    *term = kind == RP_BLANK || place->kind == RP_NO_COLUMN ? node_of(text, kind == RP_BLANK)
                                                            : rp_term_iri(text);
    return RP_OK;
}

RpStatus
rp_term_place_read(const RpTermPlace *place, const RpRowRelation *rows, const Datum *values,
                   const bool *nulls, RpArena *arena, RpTerm *term, int *column, RpError *error)
{
    *column = place->value;
    switch (place->form) {
    case RP_FORM_CONSTANT:
        *term = place->constant;
        return RP_OK;
    case RP_FORM_PLAIN:
        RP_TRY(read_plain(place, rows, values, nulls, term, column, error));
        return term->kind == RP_BLANK
                   ? rp_plain_label_read(term->lexical, arena, &term->lexical, error)
                   : rp_term_check(term, error);
    default:
        break;
    }
    if (nulls[place->value]) {
        return rp_error_set(error, RP_SYNTAX, "It is NULL.");
    }
    if (place->form == RP_FORM_NTRIPLES) {
        RpStatus status =
            rp_term_parse(arena, text_of(rows, values, nulls, place->value), term, error);

        return status != RP_SYNTAX
                   ? status
                   : rp_error_hint(error, "Text is read as N-Triples: <iri>, _:label or \"text\"; "
                                          "with encoding => 'plain', without brackets and quotes.");
    }
    rp_term_read_datum(values[place->value], term);
    return RP_OK;
}

RpStatus
rp_term_position_check(RpTermPosition position, const RpTerm *term, RpError *error)
{
    if (position == RP_POSITION_PREDICATE && term->kind != RP_IRI) {
        return rp_error_set(error, RP_SYNTAX, "A predicate is an IRI.");
    }
    return position != RP_POSITION_OBJECT && term->kind == RP_LITERAL
               ? rp_error_set(error, RP_SYNTAX, "It is a literal.")
               : RP_OK;
}

/* Without white space or escapes an IRI has brackets, and a label its prefix, and no more. */
bool
rp_term_place_is_canonical(const RpTermPlace *place, const RpRowRelation *rows, const RpTerm *term,
                           const Datum *values, const bool *nulls)
{
    return place->form != RP_FORM_NTRIPLES || term->kind == RP_LITERAL ||
           text_of(rows, values, nulls, place->value).length == term->lexical.length + 2;
}
