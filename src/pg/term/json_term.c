/* From a JSON value, and the members beside it, to an RDF term. */
#include "pg/term/json_term.h"

#include "utils/numeric.h"

#include "base/nearest.h"
#include "rdf/vocabulary.h"

Jsonb *
rp_jsonb_of_json(Datum value)
{
    return DatumGetJsonbP(
        DirectFunctionCall1(jsonb_in, CStringGetDatum(TextDatumGetCString(value))));
}

RpText
rp_jsonb_text(const JsonbValue *value)
{
    return (RpText){value->val.string.val, (uint32_t)value->val.string.len};
}

bool
rp_json_key_is(const JsonbValue *key, const char *name)
{
    return rp_text_equals(rp_jsonb_text(key), rp_text_from(name));
}

/*
 * Members are views into the jsonb, which the caller keeps; NULL is refused as any other kind is.
 */
static RpStatus
take_string(const JsonbValue *key, const JsonbValue *value, RpText *text, RpError *error)
{
    RpShown shown;

    if (value->type != jbvString) {
        return rp_error_set(error, RP_SYNTAX, "member \"%s\" must be a string",
                            rp_text_show(rp_jsonb_text(key), &shown));
    }
    *text = rp_jsonb_text(value);
    return RP_OK;
}

/*
 * A value may be a JSON number or boolean, which have datatypes of their own
 * (rp_json_scalar_literal).
 */
static RpStatus
take_scalar(const JsonbValue *key, const JsonbValue *value, RpJsonTerm *term, RpError *error)
{
    RpShown shown;

    if (value->type != jbvString && value->type != jbvNumeric && value->type != jbvBool) {
        return rp_error_set(error, RP_SYNTAX,
                            "member \"%s\" must be a string, a number or a boolean",
                            rp_text_show(rp_jsonb_text(key), &shown));
    }
    term->value = *value;
    return RP_OK;
}

/*
 * An unknown member is an error, not passed over: a datatype that is misspelt would leave a string,
 * which validates otherwise. jsonb has already kept the last one of members with the same key.
 */
RpStatus
rp_json_term_member(const JsonbValue *key, const JsonbValue *value, const char *language_name,
                    RpJsonTerm *term, RpError *error)
{
    const char *const names[] = {"subject", "predicate", "object",     "value",
                                 "type",    "datatype",  language_name};
    RpShown shown;

    if (rp_json_key_is(key, "value")) {
        return take_scalar(key, value, term, error);
    }
    if (rp_json_key_is(key, "type")) {
        return take_string(key, value, &term->type, error);
    }
    if (rp_json_key_is(key, "datatype")) {
        return take_string(key, value, &term->datatype, error);
    }
    if (rp_json_key_is(key, language_name)) {
        return take_string(key, value, &term->language, error);
    }
    rp_error_set(error, RP_SYNTAX, "unknown member \"%s\"",
                 rp_text_show(rp_jsonb_text(key), &shown));
    rp_error_hint(error,
                  "A value is told by \"value\", \"type\", \"datatype\" and \"%s\"; a triple has "
                  "\"subject\" and \"predicate\" too.",
                  language_name);
    return rp_error_did_you_mean(error, rp_jsonb_text(key), names, lengthof(names));
}

/*
 * The container is an object; nested containers are given whole (skipNested), and refused as no
 * scalar.
 */
RpStatus
rp_json_term_read(JsonbContainer *container, const char *language_name, RpJsonTerm *term,
                  RpError *error)
{
    JsonbIterator *iterator = JsonbIteratorInit(container);
    JsonbValue key;
    JsonbIteratorToken token;

    while ((token = JsonbIteratorNext(&iterator, &key, true)) != WJB_DONE) {
        JsonbValue value;

        if (token == WJB_KEY) {
            (void)JsonbIteratorNext(&iterator, &value, true);
            RP_TRY(rp_json_term_member(&key, &value, language_name, term, error));
        }
    }
    if (term->value.type == jbvNull) {
        return rp_error_set(error, RP_SYNTAX, "a term lacks its \"value\"");
    }
    return RP_OK;
}

static RpStatus
name_iri(RpArena *arena, RpText name, RpTerm *term, RpError *error)
{
    RpText iri;
    bool is_guess;

    RP_TRY(rp_name_expand(arena, name, &iri, &is_guess, error));
    *term = rp_term_iri(iri);
    return RP_OK;
}

/* With or without "_:": SPARQL's results have labels without it, N-Triples with. */
static RpStatus
blank_term(RpText label, RpTerm *term, RpError *error)
{
    if (rp_text_starts_with(label, RP_TEXT("_:"))) {
        label.data += 2;
        label.length -= 2;
    }
    *term = rp_term_blank(label);
    return rp_term_check(term, error);
}

/*
 * A number is xsd:integer or xsd:decimal by its text: jsonb keeps the digits as they were written,
 * so 1.0 is a decimal. It is never a double, which jsonb cannot tell from the others.
 */
RpStatus
rp_json_scalar_literal(RpArena *arena, const JsonbValue *value, RpTerm *term, RpError *error)
{
    RpText lexical;
    char *number;
    bool is_copied;

    if (value->type == jbvString) {
        *term = rp_term_literal(rp_jsonb_text(value), RP_TEXT(RP_XSD "string"));
        return RP_OK;
    }
    if (value->type == jbvBool) {
        *term = rp_term_literal(value->val.boolean ? RP_TEXT("true") : RP_TEXT("false"),
                                RP_TEXT(RP_XSD "boolean"));
        return RP_OK;
    }
    number = DatumGetCString(DirectFunctionCall1(numeric_out, NumericGetDatum(value->val.numeric)));
    is_copied = rp_arena_copy_text(arena, rp_text_from(number), &lexical);
    *term = rp_term_literal(lexical, strchr(number, '.') == NULL ? RP_TEXT(RP_XSD "integer")
                                                                 : RP_TEXT(RP_XSD "decimal"));
    pfree(number);
    return is_copied ? RP_OK : rp_arena_failure(arena, error);
}

/*
 * RDF 1.1 Concepts, 3.3: a language goes with rdf:langString only, which needs not be said; an
 * empty tag is none.
 */
static RpStatus
literal_term(RpArena *arena, const RpJsonTerm *json, RpTerm *term, RpError *error)
{
    RpTerm datatype;

    RP_TRY(rp_json_scalar_literal(arena, &json->value, term, error));
    if (json->datatype.data != NULL) {
        RP_TRY(name_iri(arena, json->datatype, &datatype, error));
        term->datatype = datatype.lexical;
    }
    if (json->language.data == NULL) {
        return rp_term_check(term, error);
    }
    if (json->value.type != jbvString ||
        (json->datatype.data != NULL &&
         !rp_text_equals(term->datatype, rp_vocabulary_iri(RP_VOCABULARY_rdf_langString)))) {
        return rp_error_set(error, RP_SYNTAX,
                            "a value with a language must be a string without another datatype");
    }
    if (json->language.length == 0) {
        return rp_error_set(error, RP_SYNTAX, "language tag is empty");
    }
    *term = rp_term_lang_literal(term->lexical, json->language);
    return rp_term_check(term, error);
}

/* Whether a text begins with a scheme, in letters of any case (RFC 3986, 3.1), and a colon. */
static bool
has_scheme(RpText text, const char *scheme)
{
    size_t length = strlen(scheme);

    return text.length > length && text.data[length] == ':' &&
           pg_strncasecmp(text.data, scheme, length) == 0;
}

/* Whether what follows an http or https IRI's colon names a host: http has no IRI without one. */
static bool
has_host(RpText rest)
{
    return rest.length > 2 && rest.data[0] == '/' && rest.data[1] == '/' &&
           memchr("/?#:@", rest.data[2], 5) == NULL;
}

/* The IRI that all of a string is beyond doubt; empty: it is none. */
static RpText
whole_iri(RpText text)
{
    static const RpText none = {0};
    RpError ignored;

    if (text.length > 2 && text.data[0] == '<' && text.data[text.length - 1] == '>') {
        text = (RpText){text.data + 1, text.length - 2};
    } else if (has_scheme(text, "http") || has_scheme(text, "https")) {
        uint32_t scheme = text.data[4] == ':' ? 5 : 6;

        if (!has_host((RpText){text.data + scheme, text.length - scheme})) {
            return none;
        }
    } else if (!has_scheme(text, "urn") || text.length == strlen("urn:")) {
        return none;
    }
    return rp_iri_check(text, &ignored) == RP_OK ? text : none;
}

bool
rp_json_is_plain_string(const RpJsonTerm *json)
{
    return json->value.type == jbvString && json->type.data == NULL &&
           json->datatype.data == NULL && json->language.data == NULL;
}

/* The kind of term that is meant by what is no string alone; 0: an unknown type. */
static RpTermKind
term_kind(const RpJsonTerm *json)
{
    if (json->type.data == NULL || rp_text_equals(json->type, RP_TEXT("literal"))) {
        return RP_LITERAL;
    }
    if (rp_text_equals(json->type, RP_TEXT("uri")) || rp_text_equals(json->type, RP_TEXT("iri"))) {
        return RP_IRI;
    }
    return rp_text_equals(json->type, RP_TEXT("bnode")) ? RP_BLANK : 0;
}

static RpStatus
name_or_blank(RpArena *arena, RpText text, RpTerm *term, RpError *error)
{
    return rp_text_starts_with(text, RP_TEXT("_:")) ? blank_term(text, term, error)
                                                    : name_iri(arena, text, term, error);
}

/*
 * The short form: an IRI in <>, or a literal. What is the value of a "type" member is a name
 * instead.
 */
static RpStatus
plain_string(RpArena *arena, const RpJsonTerm *json, RpTerm *term, RpError *error)
{
    RpText text = rp_jsonb_text(&json->value);
    RpText iri;

    if (json->is_type_value) {
        return name_or_blank(arena, text, term, error);
    }
    iri = whole_iri(text);
    if (iri.length > 0) {
        *term = rp_term_iri(iri);
        return RP_OK;
    }
    return literal_term(arena, json, term, error);
}

/*
 * SPARQL 1.1 Query Results JSON, 3.2.2, and its short forms. The term is valid in the end
 * (rp_term_check), whatever the JSON held.
 */
RpStatus
rp_json_term_resolve(RpArena *arena, const RpJsonTerm *json, RpTerm *term, RpError *error)
{
    RpTermKind kind = term_kind(json);
    RpShown shown;

    if (rp_json_is_plain_string(json)) {
        return plain_string(arena, json, term, error);
    }
    if (kind == 0) {
        rp_error_set(error, RP_SYNTAX, "unknown type \"%s\"", rp_text_show(json->type, &shown));
        return rp_error_hint(error, "Types are uri, literal and bnode.");
    }
    if (kind == RP_LITERAL) {
        return literal_term(arena, json, term, error);
    }
    if (json->value.type != jbvString || json->datatype.data != NULL ||
        json->language.data != NULL) {
        return rp_error_set(error, RP_SYNTAX,
                            "an IRI or blank node must be a string without datatype and language");
    }
    return kind == RP_IRI ? name_iri(arena, rp_jsonb_text(&json->value), term, error)
                          : blank_term(rp_jsonb_text(&json->value), term, error);
}

RpStatus
rp_json_node_resolve(RpArena *arena, const RpJsonTerm *json, RpTerm *term, RpError *error)
{
    return rp_json_is_plain_string(json)
               ? name_or_blank(arena, rp_jsonb_text(&json->value), term, error)
               : rp_json_term_resolve(arena, json, term, error);
}
