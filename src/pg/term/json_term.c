/* From a JSON value, and the members beside it, to an RDF term. */
#include "pg/term/json_term.h"

#include "utils/numeric.h"

#include "base/nearest.h"
#include "rdf/vocabulary.h"
#include "pg/term/jsonb_entries.h"

Jsonb *
rp_jsonb_of_json(Datum value)
{
    return DatumGetJsonbP(
        DirectFunctionCall1(jsonb_in, CStringGetDatum(TextDatumGetCString(value))));
}

/*
 * Members are views into the jsonb, which the caller keeps; NULL is refused as any other kind is.
 */
static RpStatus
take_string(RpText key, const JsonbValue *value, RpText *text, RpError *error)
{
    RpShown shown;

    if (value->type != jbvString) {
        return rp_error_set(error, RP_SYNTAX, "member \"%s\" must be a string",
                            rp_text_show(key, &shown));
    }
    *text = rp_jsonb_text(value);
    return RP_OK;
}

/*
 * A value may be a JSON number or boolean, which have datatypes of their own
 * (rp_json_scalar_literal).
 */
static RpStatus
take_scalar(RpText key, const JsonbValue *value, RpJsonTerm *term, RpError *error)
{
    RpShown shown;

    if (value->type != jbvString && value->type != jbvNumeric && value->type != jbvBool) {
        return rp_error_set(error, RP_SYNTAX,
                            "member \"%s\" must be a string, a number or a boolean",
                            rp_text_show(key, &shown));
    }
    term->value = *value;
    return RP_OK;
}

/*
 * An unknown member is an error, not passed over: a datatype that is misspelt would leave a string,
 * which validates otherwise.
 */
static RpStatus
refuse_member(RpText key, const char *language_name, RpError *error)
{
    const char *const names[] = {"subject", "predicate", "object",     "value",
                                 "type",    "datatype",  language_name};
    RpShown shown;

    rp_error_set(error, RP_SYNTAX, "unknown member \"%s\"", rp_text_show(key, &shown));
    rp_error_hint(error,
                  "A value is told by \"value\", \"type\", \"datatype\" and \"%s\"; a triple has "
                  "\"subject\" and \"predicate\" too.",
                  language_name);
    return rp_error_did_you_mean(error, key, names, lengthof(names));
}

/* jsonb has already kept the last one of members with the same key. */
RpStatus
rp_json_term_member(RpText key, const JsonbValue *value, const char *language_name,
                    RpJsonTerm *term, RpError *error)
{
    if (rp_text_equals(key, RP_TEXT("value"))) {
        return take_scalar(key, value, term, error);
    }
    if (rp_text_equals(key, RP_TEXT("type"))) {
        return take_string(key, value, &term->type, error);
    }
    if (rp_text_equals(key, RP_TEXT("datatype"))) {
        return take_string(key, value, &term->datatype, error);
    }
    if (rp_text_equals(key, rp_text_from(language_name))) {
        return take_string(key, value, &term->language, error);
    }
    return refuse_member(key, language_name, error);
}

/* The container is an object; nested containers are refused as no scalar. */
RpStatus
rp_json_term_read(const JsonbContainer *container, const char *language_name, RpJsonTerm *term,
                  RpError *error)
{
    RpJsonbEntries entries = rp_jsonb_entries(container);
    RpJsonbEntry entry;

    while (rp_jsonb_next(&entries, &entry)) {
        JsonbValue value;

        rp_jsonb_entry_value(&entry, &value);
        RP_TRY(rp_json_term_member(entry.key, &value, language_name, term, error));
    }
    if (term->value.type == jbvNull) {
        return rp_error_set(error, RP_SYNTAX, "a term lacks its \"value\"");
    }
    return RP_OK;
}

void
rp_json_names_init(RpJsonNames *names, RpArena *arena)
{
    names->arena = arena;
    for (uint32_t i = 0; i < RP_JSON_NAME_COUNT; i++) {
        names->known[i].name = (RpText){NULL, 0};
    }
}

/* Where a name is remembered: the ends of names differ most. Each has one place, so that names that
 * are made to meet there cost no more than if nothing were remembered. */
static RpJsonName *
name_place(RpJsonNames *names, RpText name)
{
    uint32_t mix = name.length;

    if (name.length >= 2) {
        mix += 31u * (unsigned char)name.data[name.length - 1] +
               7u * (unsigned char)name.data[name.length - 2];
    }
    return &names->known[mix % RP_JSON_NAME_COUNT];
}

static RpStatus
expand_name(RpJsonNames *names, RpText name, RpText *iri, RpError *error)
{
    RpJsonName *known = name_place(names, name);
    bool is_guess;

    if (name.length == 0 || !rp_text_equals(known->name, name)) {
        RP_TRY(rp_name_expand(names->arena, name, iri, &is_guess, error));
        *known = (RpJsonName){name, rp_text_equals(*iri, rp_xsd_string) ? rp_xsd_string : *iri};
    }
    *iri = known->iri;
    return RP_OK;
}

static RpStatus
name_iri(RpJsonNames *names, RpText name, RpTerm *term, RpError *error)
{
    RpText iri;

    RP_TRY(expand_name(names, name, &iri, error));
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
        *term = rp_term_literal(rp_jsonb_text(value), rp_xsd_string);
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

/* Whether the datatype that is given is rdf:langString, which asks for a language. */
static bool
is_lang_string(const RpTerm *term)
{
    return rp_text_equals(term->datatype, rp_vocabulary_iri(RP_VOCABULARY_rdf_langString));
}

/*
 * RDF 1.1 Concepts, 3.3: a language goes with rdf:langString only, which needs not be said; an
 * empty tag is none. A datatype has been checked as a name.
 */
static RpStatus
literal_term(RpJsonNames *names, const RpJsonTerm *json, RpTerm *term, RpError *error)
{
    RP_TRY(rp_json_scalar_literal(names->arena, &json->value, term, error));
    if (json->datatype.data != NULL) {
        RP_TRY(expand_name(names, json->datatype, &term->datatype, error));
    }
    if (json->language.data == NULL) {
        return json->datatype.data != NULL && is_lang_string(term)
                   ? rp_term_check(term, error)
                   : rp_literal_check(term->lexical, error);
    }
    if (json->value.type != jbvString || (json->datatype.data != NULL && !is_lang_string(term))) {
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
name_or_blank(RpJsonNames *names, RpText text, RpTerm *term, RpError *error)
{
    return rp_text_starts_with(text, RP_TEXT("_:")) ? blank_term(text, term, error)
                                                    : name_iri(names, text, term, error);
}

/*
 * The short form: an IRI in <>, or a literal. What is the value of a "type" member is a name
 * instead.
 */
static RpStatus
plain_string(RpJsonNames *names, const RpJsonTerm *json, RpTerm *term, RpError *error)
{
    RpText text = rp_jsonb_text(&json->value);
    RpText iri;

    if (json->is_type_value) {
        return name_or_blank(names, text, term, error);
    }
    iri = whole_iri(text);
    if (iri.length > 0) {
        *term = rp_term_iri(iri);
        return RP_OK;
    }
    return literal_term(names, json, term, error);
}

/*
 * SPARQL 1.1 Query Results JSON, 3.2.2, and its short forms. The term is valid in the end
 * (rp_term_check), whatever the JSON held.
 */
RpStatus
rp_json_term_resolve(RpJsonNames *names, const RpJsonTerm *json, RpTerm *term, RpError *error)
{
    RpTermKind kind = term_kind(json);
    RpShown shown;

    if (rp_json_is_plain_string(json)) {
        return plain_string(names, json, term, error);
    }
    if (kind == 0) {
        rp_error_set(error, RP_SYNTAX, "unknown type \"%s\"", rp_text_show(json->type, &shown));
        return rp_error_hint(error, "Types are uri, literal and bnode.");
    }
    if (kind == RP_LITERAL) {
        return literal_term(names, json, term, error);
    }
    if (json->value.type != jbvString || json->datatype.data != NULL ||
        json->language.data != NULL) {
        return rp_error_set(error, RP_SYNTAX,
                            "an IRI or blank node must be a string without datatype and language");
    }
    return kind == RP_IRI ? name_iri(names, rp_jsonb_text(&json->value), term, error)
                          : blank_term(rp_jsonb_text(&json->value), term, error);
}

RpStatus
rp_json_node_resolve(RpJsonNames *names, const RpJsonTerm *json, RpTerm *term, RpError *error)
{
    return rp_json_is_plain_string(json)
               ? name_or_blank(names, rp_jsonb_text(&json->value), term, error)
               : rp_json_term_resolve(names, json, term, error);
}
