/*
 * What the casts between rdf_term and PostgreSQL's types share (doc/sql.md, "Types"). They go by
 * XML Schema's lexical forms, never by DateStyle, IntervalStyle, TimeZone or extra_float_digits, so
 * they are immutable. To rdf_term: values that the datatype lacks are 22003. Back: any literal
 * without language whose lexical form belongs to the datatype that the type stands for.
 */
#ifndef RP_PG_TERM_CAST_H
#define RP_PG_TERM_CAST_H

#include "rdf/vocabulary.h"
#include "pg/term/term_type.h"

/* A literal of the datatype, as an rdf_term. */
Datum rp_cast_literal(RpVocabulary datatype, const char *lexical);

/* ERROR 22003: a value that the datatype has no literal for. */
void rp_cast_refuse_value(const char *value, RpVocabulary datatype);

/* ERROR 22P02: a term that is no value of the type. hint may be NULL. */
void rp_cast_refuse_term(const RpTerm *term, const char *type, const char *hint);

/* The lexical form of argument 0, a literal of the datatype's grammar. ERROR 22P02 for anything
 * else. */
char *rp_cast_argument(FunctionCallInfo fcinfo, RpVocabulary datatype, const char *type);

#endif
