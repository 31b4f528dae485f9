/* What a user gives to be validated or parsed, in any of its forms, as a stream of triples. */
#ifndef RP_PG_DATA_SOURCE_H
#define RP_PG_DATA_SOURCE_H

#include "pg/judge/data_view.h"
#include "validate/place_log.h"

/*
 * The source that a value is, of the given form; detoasts it. ERROR 53400 over
 * rdfpolicy.max_document_size, before anything is detoasted; 0A000 where the database's encoding is
 * not UTF8; what jsonb_in raises where json is no jsonb.
 */
RpDataSource rp_data_source_from_datum(RpDataForm form, Datum value);

/* An IRI given as an argument, of a base or a context: checked. ERROR 22P02. */
RpText rp_data_source_iri(const text *iri);

/*
 * Stream the triples into the sink, whose texts are valid during the call only. May be called
 * again: the same triples come in the same order. use: the policy that is to judge them, which says
 * what numbers in triples in JSON mean, and how JSON-LD is read; NULL: none. Scratch memory is of
 * the arena, whose limit the memory that readings of a document share is taken from.
 * RP_SYNTAX and RP_NULL name the place: line and column of Turtle, the subscript of an array (from
 * 1), the index in jsonb (from 0, as -> counts). Named graphs of a text that are left aside, and a
 * chosen one that is not there, are told in a NOTICE, once for each statement of the client.
 */
RpStatus rp_data_source_read(const RpDataSource *source, const RpPolicyUse *use, RpArena *arena,
                             const RpTripleSink *sink, RpError *error);

/* The same into a data graph of that policy. */
RpStatus rp_data_source_fill(const RpDataSource *source, const RpPolicyUse *use, RpArena *arena,
                             RpDataGraph *data, RpError *error);

/* The same, through a log of that data graph. */
RpStatus rp_data_source_fill_noting(const RpDataSource *source, const RpPolicyUse *use,
                                    RpArena *arena, RpPlaceLog *places, RpError *error);

/* Whether its triples have places: those of a text and of JSON. */
bool rp_data_source_has_places(const RpDataSource *source);

/* Raise what reading or judging a source gave: an error that it is not valid names the column. */
RP_NORETURN void rp_data_source_raise(const RpDataSource *source, RpError *error);

#endif
