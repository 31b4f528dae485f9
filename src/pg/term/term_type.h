/*
 * The on-disk form of rdf_term. It is for ever: tables, indexes and dumps in binary form hold it.
 *
 *     byte 0   bits 0-1: kind (1 IRI, 2 blank node, 3 literal)
 *              bits 2-3: form, of a literal; the others are 0
 *     form 0   xsd:string              the lexical form
 *     form 1   with a language         1 byte length, the tag as written, the lexical form
 *     form 2   a coded datatype        1 byte code (term_type.c), the lexical form
 *     form 3   any other datatype      length in base 128 (low bits first, bit 7: more follows),
 *                                      the datatype's IRI, the lexical form
 *
 * A term has one such form, but for the case of its language tag: a datatype that has a code is
 * never written as an IRI.
 */
#ifndef RP_PG_TERM_TYPE_H
#define RP_PG_TERM_TYPE_H

#include "pg/pg.h"
#include "rdf/term.h"

/* Bytes of a term's form. ERROR 54000 where a value cannot be as long; 22P02 for too long a tag. */
Size rp_term_packed_size(const RpTerm *term);

/* Write the form into rp_term_packed_size bytes. */
void rp_term_pack(const RpTerm *term, char *out);

/* A view of a form; its texts point into data. ERROR XX001 for bytes that are none. The term is put
 * together where it is to be: a copy of it would wait until its parts are written. */
void rp_term_unpack_to(const char *data, Size length, RpTerm *term);

static inline RpTerm
rp_term_unpack(const char *data, Size length)
{
    RpTerm term;

    rp_term_unpack_to(data, length, &term);
    return term;
}

/* Whether two forms can differ in the lexical form only, which begins at byte 1 of both: two IRIs,
 * two blank nodes, two strings. */
static inline bool
rp_term_forms_are_alike(RpText a, RpText b)
{
    return a.length > 0 && b.length > 0 && a.data[0] == b.data[0] && a.data[0] >= RP_IRI &&
           a.data[0] <= RP_LITERAL;
}

/* A value of type rdf_term, in the current memory context, and back: a view of the value, which is
 * detoasted where it must be. */
Datum rp_term_datum(const RpTerm *term);
void rp_term_read_datum(Datum value, RpTerm *term);

static inline RpTerm
rp_term_of_datum(Datum value)
{
    RpTerm term;

    rp_term_read_datum(value, &term);
    return term;
}

/* A term in N-Triples form, in the memory of a context. */
RpText rp_term_text(const RpTerm *term, MemoryContext context);

#define RP_GETARG_TERM(n) rp_term_of_datum(PG_GETARG_DATUM(n))

#endif
