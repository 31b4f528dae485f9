/* Casts between rdf_term and uuid and bytea: see term_cast.h. */
#include "pg/term/term_cast.h"

#include "utils/uuid.h"

PG_FUNCTION_INFO_V1(rdf_term_from_uuid);
PG_FUNCTION_INFO_V1(rdf_term_from_bytea);
PG_FUNCTION_INFO_V1(rdf_term_to_uuid);
PG_FUNCTION_INFO_V1(rdf_term_to_bytea);

#define URN_UUID "urn:uuid:"

enum { UUID_TEXT_LENGTH = 36 };

/* The IRI that RFC 9562 (section 4) gives a UUID. */
Datum
rdf_term_from_uuid(PG_FUNCTION_ARGS)
{
    char *uuid = DatumGetCString(DirectFunctionCall1(uuid_out, PG_GETARG_DATUM(0)));
    RpTerm term = rp_term_iri(rp_text_from(psprintf(URN_UUID "%s", uuid)));

    PG_RETURN_DATUM(rp_term_datum(&term));
}

/* Scheme and namespace of a URN have no case (RFC 8141, section 2). Of the ways to write a UUID
 * that PostgreSQL takes, only that of the RFC is one in a URN. */
Datum
rdf_term_to_uuid(PG_FUNCTION_ARGS)
{
    RpTerm term = RP_GETARG_TERM(0);
    const size_t prefix_length = sizeof(URN_UUID) - 1;
    const char *uuid = term.lexical.data + prefix_length;

    if (term.kind != RP_IRI || term.lexical.length != prefix_length + UUID_TEXT_LENGTH ||
        pg_strncasecmp(term.lexical.data, URN_UUID, prefix_length) != 0 || uuid[8] != '-' ||
        uuid[13] != '-' || uuid[18] != '-' || uuid[23] != '-' ||
        strspn(pnstrdup(uuid, UUID_TEXT_LENGTH), "0123456789abcdefABCDEF-") != UUID_TEXT_LENGTH) {
        rp_cast_refuse_term(&term, "uuid", "A UUID is an IRI like <" URN_UUID "...>.");
    }
    return DirectFunctionCall1(uuid_in, CStringGetDatum(pnstrdup(uuid, UUID_TEXT_LENGTH)));
}

/* PostgreSQL's encoder breaks lines, which the canonical form of xsd:base64Binary does not. */
Datum
rdf_term_from_bytea(PG_FUNCTION_ARGS)
{
    Datum encoded = DirectFunctionCall2(binary_encode, PG_GETARG_DATUM(0),
                                        PointerGetDatum(cstring_to_text("base64")));
    char *lexical = TextDatumGetCString(encoded);
    char *end = lexical;

    for (const char *next = lexical; *next != '\0'; next++) {
        if (*next != '\n') {
            *end++ = *next;
        }
    }
    *end = '\0';
    PG_RETURN_DATUM(rp_cast_literal(RP_VOCABULARY_xsd_base64Binary, lexical));
}

Datum
rdf_term_to_bytea(PG_FUNCTION_ARGS)
{
    char *lexical = rp_cast_argument(fcinfo, RP_VOCABULARY_xsd_base64Binary, "bytea");

    return DirectFunctionCall2(binary_decode, CStringGetTextDatum(lexical),
                               PointerGetDatum(cstring_to_text("base64")));
}
