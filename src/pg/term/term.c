/*
 * The type rdf_term in SQL: text and binary form, constructors and accessors (doc/sql.md, "Types").
 * A value is a valid term: rp_term_check has passed it, or rp_term_parse has made it.
 */
#include "pg/term/term_type.h"

#include "libpq/pqformat.h"

#include "rdf/vocabulary.h"
#include "pg/server/bridge.h"

enum { BINARY_FORMAT = 1 };

PG_FUNCTION_INFO_V1(rdf_term_in);
PG_FUNCTION_INFO_V1(rdf_term_out);
PG_FUNCTION_INFO_V1(rdf_term_recv);
PG_FUNCTION_INFO_V1(rdf_term_send);
PG_FUNCTION_INFO_V1(rdf_iri);
PG_FUNCTION_INFO_V1(rdf_bnode);
PG_FUNCTION_INFO_V1(rdf_literal);
PG_FUNCTION_INFO_V1(rdf_lang_literal);
PG_FUNCTION_INFO_V1(rdf_kind);
PG_FUNCTION_INFO_V1(rdf_lexical);
PG_FUNCTION_INFO_V1(rdf_datatype);
PG_FUNCTION_INFO_V1(rdf_lang);

/* The value that a text in N-Triples form means. ERROR 22P02. */
static Datum
term_read(RpText text)
{
    MemoryContext work = rp_bridge_context();
    RpError error;
    RpTerm term;
    Datum value;

    rp_bridge_require_utf8();
    RP_BRIDGE_TRY(rp_term_parse(rp_bridge_arena(work, 0), text, &term, &error), &error);
    value = rp_term_datum(&term);
    MemoryContextDelete(work);
    return value;
}

/* A term that a constructor made, as a value, when it is valid. ERROR 22P02. */
static Datum
term_checked(const RpTerm *term)
{
    RpError error;

    rp_bridge_require_utf8();
    RP_BRIDGE_TRY(rp_term_check(term, &error), &error);
    return rp_term_datum(term);
}

Datum
rdf_term_in(PG_FUNCTION_ARGS)
{
    PG_RETURN_DATUM(term_read(rp_text_from(PG_GETARG_CSTRING(0))));
}

/* N-Triples, which the input function reads again: dumps and restores rely on it. */
Datum
rdf_term_out(PG_FUNCTION_ARGS)
{
    RpTerm term = RP_GETARG_TERM(0);
    MemoryContext work = rp_bridge_context();
    char *result = rp_text_cstring(rp_term_text(&term, work));

    MemoryContextDelete(work);
    PG_RETURN_CSTRING(result);
}

/* Binary form: a byte with the number of the format, then the text form in the client's encoding.
 */
Datum
rdf_term_recv(PG_FUNCTION_ARGS)
{
    StringInfo message = (StringInfo)PG_GETARG_POINTER(0);
    int format = pq_getmsgbyte(message);
    int length;
    char *data;

    if (format != BINARY_FORMAT) {
        ereport(ERROR, (errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
                        errmsg("unknown format %d of a binary rdf_term", format)));
    }
    data = pq_getmsgtext(message, message->len - message->cursor, &length);
    PG_RETURN_DATUM(term_read((RpText){data, (uint32_t)length}));
}

/*
 * A version byte, then N-Triples in the client's encoding; the on-disk form is nobody's business
 * outside.
 */
Datum
rdf_term_send(PG_FUNCTION_ARGS)
{
    RpTerm term = RP_GETARG_TERM(0);
    MemoryContext work = rp_bridge_context();
    RpText text = rp_term_text(&term, work);
    StringInfoData message;

    pq_begintypsend(&message);
    pq_sendbyte(&message, BINARY_FORMAT);
    pq_sendtext(&message, text.data, (int)text.length);
    MemoryContextDelete(work);
    PG_RETURN_BYTEA_P(pq_endtypsend(&message));
}

/* rdf_iri(text): an absolute IRI, without brackets. */
Datum
rdf_iri(PG_FUNCTION_ARGS)
{
    RpTerm term = rp_term_iri(rp_text_of(PG_GETARG_TEXT_PP(0)));

    PG_RETURN_DATUM(term_checked(&term));
}

/* rdf_bnode(text): a blank node by its label, without "_:". */
Datum
rdf_bnode(PG_FUNCTION_ARGS)
{
    RpTerm term = rp_term_blank(rp_text_of(PG_GETARG_TEXT_PP(0)));

    PG_RETURN_DATUM(term_checked(&term));
}

/* The IRI of a datatype that is named with a well-known prefix, as <iri>, or as the IRI, in work's
 * memory. A bare name is none: it would be a name of the application's own, which no datatype has.
 */
static RpText
datatype_named(RpText name, MemoryContext work)
{
    RpText iri = name;
    RpError error;
    bool is_guess;

    if (name.length > 0 && memchr(name.data, ':', name.length) != NULL) {
        RP_BRIDGE_TRY(rp_name_expand(rp_bridge_arena(work, 0), name, &iri, &is_guess, &error),
                      &error);
    } else {
        RP_BRIDGE_TRY(rp_iri_check(name, &error), &error);
    }
    return iri;
}

/* A literal with the datatype of that name. */
static Datum
typed_literal(RpText lexical, RpText name)
{
    MemoryContext work = rp_bridge_context();
    RpTerm term = rp_term_literal(lexical, datatype_named(name, work));
    Datum value = term_checked(&term);

    MemoryContextDelete(work);
    return value;
}

/* rdf_literal(text) is an xsd:string; rdf_literal(text, text) has the datatype of that name. */
Datum
rdf_literal(PG_FUNCTION_ARGS)
{
    RpText lexical = rp_text_of(PG_GETARG_TEXT_PP(0));
    RpTerm term = rp_term_literal(lexical, (RpText){NULL, 0});

    PG_RETURN_DATUM(PG_NARGS() > 1 ? typed_literal(lexical, rp_text_of(PG_GETARG_TEXT_PP(1)))
                                   : term_checked(&term));
}

/* rdf_lang_literal(text, lang text). */
Datum
rdf_lang_literal(PG_FUNCTION_ARGS)
{
    RpText language = rp_text_of(PG_GETARG_TEXT_PP(1));
    RpTerm term = rp_term_lang_literal(rp_text_of(PG_GETARG_TEXT_PP(0)), language);

    if (language.length == 0) {
        ereport(ERROR,
                (errcode(ERRCODE_INVALID_TEXT_REPRESENTATION), errmsg("language tag is empty"),
                 errhint("A string without a language is rdf_literal(text).")));
    }
    PG_RETURN_DATUM(term_checked(&term));
}

Datum
rdf_kind(PG_FUNCTION_ARGS)
{
    RpTerm term = RP_GETARG_TERM(0);
    const char *kind = term.kind == RP_IRI ? "iri" : term.kind == RP_BLANK ? "bnode" : "literal";

    PG_RETURN_TEXT_P(cstring_to_text(kind));
}

Datum
rdf_lexical(PG_FUNCTION_ARGS)
{
    RpTerm term = RP_GETARG_TERM(0);

    PG_RETURN_TEXT_P(rp_text_datum(term.lexical));
}

/* The IRI of a literal's datatype; NULL of other terms. */
Datum
rdf_datatype(PG_FUNCTION_ARGS)
{
    RpTerm term = RP_GETARG_TERM(0);

    if (term.kind != RP_LITERAL) {
        PG_RETURN_NULL();
    }
    PG_RETURN_TEXT_P(rp_text_datum(term.datatype));
}

/* A literal's language tag as written; NULL where it has none. */
Datum
rdf_lang(PG_FUNCTION_ARGS)
{
    RpTerm term = RP_GETARG_TERM(0);

    if (term.language.length == 0) {
        PG_RETURN_NULL();
    }
    PG_RETURN_TEXT_P(rp_text_datum(term.language));
}
