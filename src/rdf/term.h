/*
 * One RDF term, as a view: its texts belong to somebody else.
 *
 * Equality is RDF 1.1 term equality (Concepts, 3.3): kind, lexical form, datatype, language;
 * language tags compare in lower case. A literal always has its datatype: xsd:string where none was
 * written, rdf:langString where there is a language.
 */
#ifndef RP_RDF_TERM_H
#define RP_RDF_TERM_H

#include "base/buffer.h"
#include "base/hash.h"

typedef enum RpTermKind {
    RP_IRI = 1,
    RP_BLANK = 2,
    RP_LITERAL = 3
} RpTermKind; /* the order is rdf_term's btree order: for ever */

typedef struct RpTerm {
    RpTermKind kind;
    uint32_t mark;   /* 0: none. In one reading of a document, equal marks are equal terms */
    RpText lexical;  /* IRI without brackets, blank node label without _:, lexical form without
                        quotes */
    RpText datatype; /* IRI of a literal's datatype; else empty */
    RpText language; /* language tag as written; empty: none */
} RpTerm;

#define RP_XSD "http://www.w3.org/2001/XMLSchema#"
#define RP_RDF "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
#define RP_RDFS "http://www.w3.org/2000/01/rdf-schema#"
#define RP_OWL "http://www.w3.org/2002/07/owl#"
#define RP_SH "http://www.w3.org/ns/shacl#"

/* The IRI of xsd:string, as most literals' datatype is, where nobody wrote it: what comes from here
 * is known by its place, without a look at the text. */
extern const RpText rp_xsd_string;

RpTerm rp_term_iri(RpText iri);
RpTerm rp_term_blank(RpText label);
/* datatype empty: xsd:string. */
RpTerm rp_term_literal(RpText lexical, RpText datatype);
RpTerm rp_term_lang_literal(RpText lexical, RpText language);

bool rp_term_equals(const RpTerm *a, const RpTerm *b);

/* The total order of rdf_term: kind, lexical form, datatype, language in lower case. */
int rp_term_compare(const RpTerm *a, const RpTerm *b);

/* Language tags in lower case: their order, and taking one into a hash. */
int rp_language_compare(RpText a, RpText b);
void rp_language_hash(RpHash *hash, RpText tag);
/* Whether a language range matches a tag: basic filtering, RFC 4647, section 3.3.1. */
bool rp_language_matches(RpText range, RpText tag);

/*
 * The checks that make a term valid: UTF-8 without NUL everywhere; an IRI absolute and of RFC
 * 3987's characters; a language tag of BCP 47's shape ([a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*); a blank
 * node label of Turtle's (BLANK_NODE_LABEL). A literal's lexical form is not checked by its
 * datatype here: RDF allows ill-typed ones. RP_SYNTAX, naming what is wrong.
 */
RpStatus rp_term_check(const RpTerm *term, RpError *error);
RpStatus rp_iri_check(RpText iri, RpError *error);

/* Of a literal whose datatype is known to be valid, and is not rdf:langString. */
RpStatus rp_literal_check(RpText lexical, RpError *error);

/* As rp_iri_check, of an IRI that begins with a checked IRI of some bytes: only what follows is
 * looked at. */
RpStatus rp_iri_check_rest(RpText iri, uint32_t checked_length, RpError *error);

/* The error for a character that no IRI has; where: "an IRI", or which. Returns RP_SYNTAX. */
RpStatus rp_iri_refuse_character(RpText character, const char *where, RpError *error);

/* Whether a text starts with a scheme and a colon. */
bool rp_iri_is_absolute(RpText iri);

/* Append a reference (relative or absolute), resolved against an absolute base by RFC 3986, 5.2;
 * failures are the buffer's. */
void rp_iri_resolve_append(RpBuffer *buffer, RpText reference, RpText base);

/*
 * Read one term in N-Triples form, or Turtle's bare number or boolean (42, 4.2, 4e2, true);
 * surrounding white space is passed over. Escapes are undone into the arena. The term is checked.
 * RP_SYNTAX with column.
 */
RpStatus rp_term_parse(RpArena *arena, RpText text, RpTerm *term, RpError *error);

#endif
