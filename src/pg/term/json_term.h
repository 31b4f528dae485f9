/*
 * One RDF term as JSON writes it (doc/sql.md, "Triples as jsonb"): what a string, number or boolean
 * means, alone or with the members that stand beside it. Used by jsonb triples and by the rule
 * form, so that both read a value in the same way.
 *
 * A string by itself may be what an end user typed: it is an xsd:string, unless all of it is an IRI
 * beyond doubt. Only where a name is expected, prefixes expand.
 */
#ifndef RP_PG_JSON_TERM_H
#define RP_PG_JSON_TERM_H

#include "pg/pg.h"
#include "utils/jsonb.h"
#include "rdf/term.h"

/* A term before it is understood. A member is absent where its data is NULL. All zero: no member.
 */
typedef struct RpJsonTerm {
    JsonbValue value; /* jbvString, jbvNumeric or jbvBool; jbvNull: absent */
    RpText type;
    RpText datatype;
    RpText language;
    bool is_type_value; /* the value of rdf:type: read as a subject is */
} RpJsonTerm;

enum { RP_JSON_NAME_COUNT = 32 /* a power of two */ };

/* A name that was expanded: views of the document, or of the arena. */
typedef struct RpJsonName {
    RpText name; /* empty: none */
    RpText iri;
} RpJsonName;

/*
 * The names of one document that were expanded lately: predicates, classes and datatypes come again
 * and again, and subjects one after the other.
 */
typedef struct RpJsonNames {
    RpArena *arena;
    RpJsonName known[RP_JSON_NAME_COUNT]; /* each name has one place */
} RpJsonNames;

void rp_json_names_init(RpJsonNames *names, RpArena *arena);

/* The jsonb of a json or text value. Raises what jsonb_in does. */
Jsonb *rp_jsonb_of_json(Datum value);

/* The text of a key or string value. */
static inline RpText
rp_jsonb_text(const JsonbValue *value)
{
    return (RpText){value->val.string.val, (uint32_t)value->val.string.len};
}

static inline bool
rp_json_key_is(const JsonbValue *key, const char *name)
{
    return rp_text_equals(rp_jsonb_text(key), rp_text_from(name));
}

/*
 * The literal that a string, number or boolean is by itself: xsd:string, xsd:integer where a number
 * has no point, else xsd:decimal, xsd:boolean. Not checked.
 */
RpStatus rp_json_scalar_literal(RpArena *arena, const JsonbValue *value, RpTerm *term,
                                RpError *error);

/*
 * Take one member of an object: value, type, datatype, and the language by the name that the form
 * has for it. RP_SYNTAX: an unknown member, or a value of a wrong JSON type.
 */
RpStatus rp_json_term_member(RpText key, const JsonbValue *value, const char *language_name,
                             RpJsonTerm *term, RpError *error);

/* Read an object that is one term. RP_SYNTAX as above, or no value. */
RpStatus rp_json_term_read(const JsonbContainer *container, const char *language_name,
                           RpJsonTerm *term, RpError *error);

/* Whether a term is a string by itself: without type, datatype and language. */
bool rp_json_is_plain_string(const RpJsonTerm *json);

/*
 * The checked term that a JSON term means in the place of an object: type decides; without it
 * datatype or language make a literal. A string alone is a name where it is a value of rdf:type;
 * else an IRI where it is wholly <absolute IRI> or wholly an http, https or urn IRI, or a literal.
 * A number has the datatype of rp_json_scalar_literal. RP_SYNTAX: members that do not go together,
 * or no valid term.
 */
RpStatus rp_json_term_resolve(RpJsonNames *names, const RpJsonTerm *json, RpTerm *term,
                              RpError *error);

/* The same in the place of a subject or predicate: a string alone is a blank node (_:x) or a name.
 */
RpStatus rp_json_node_resolve(RpJsonNames *names, const RpJsonTerm *json, RpTerm *term,
                              RpError *error);

#endif
