/* What a user gives to be validated or parsed, in any of its forms, as a stream of triples. */
#ifndef RP_PG_DATA_SOURCE_H
#define RP_PG_DATA_SOURCE_H

#include "pg/pg.h"
#include "utils/array.h"
#include "utils/jsonb.h"
#include "rdf/turtle_reader.h"
#include "validate/data_graph.h"
#include "validate/report.h"

typedef enum RpDataForm {
    RP_DATA_TURTLE, /* text: Turtle, N-Triples, TriG or N-Quads */
    RP_DATA_JSONB,  /* triples as jsonb */
    RP_DATA_JSON,   /* the same as json; a source of it is one of RP_DATA_JSONB */
    RP_DATA_ARRAY,  /* rdf_triple[] */
    RP_DATA_STORED, /* a graph in tables */
    RP_DATA_PACKED  /* what rdf_validate_agg has gathered */
} RpDataForm;

/* A view: the values belong to the caller, and are not toasted. */
typedef struct RpDataSource {
    RpDataForm form;
    RpText document;         /* of RP_DATA_TURTLE */
    RpText base_iri;         /* of RP_DATA_TURTLE; empty: none */
    RpText blank_prefix;     /* of RP_DATA_TURTLE; empty: none */
    RpGraphChoice graphs;    /* of RP_DATA_TURTLE: which of the text's are read */
    RpText graph_iri;        /* of RP_GRAPHS_ONE */
    const char *graphs_hint; /* how the caller has those read that are left aside */
    Jsonb *jsonb;
    ArrayType *array;
    RpText packed; /* of RP_DATA_PACKED: see read_packed in data_source.c */
    /* Of RP_DATA_STORED: reads what it needs into the data graph and validates it; may raise. */
    const void *stored;
    RpStatus (*validate)(const void *stored, RpText policy, RpDataGraph *data, RpReport *report,
                         RpError *error);
    RpText named_graph;  /* the one that is judged by itself, in N-Triples form; empty: none */
    bool requires_focus; /* data without a focus node violates, whatever the policies say */
    const char *column;  /* that the data is a new row's value of; NULL: none, but an argument */
    const char *relation;
} RpDataSource;

/*
 * The source that a value is, of the given form; detoasts it. ERROR 53400 over
 * rdfpolicy.max_document_size, before anything is detoasted; 0A000 where the database's encoding is
 * not UTF8; what jsonb_in raises where json is no jsonb.
 */
RpDataSource rp_data_source_from_datum(RpDataForm form, Datum value);

/* A base IRI given as an argument: checked. ERROR 22P02. */
RpText rp_data_source_base_iri(const text *base_iri);

/*
 * Stream the triples into the sink, whose texts are valid during the call only. May be called
 * again: the same triples come in the same order. image: the policy that is to judge them, from
 * which numbers in jsonb take their datatypes; NULL: none. Scratch memory is of the arena.
 * RP_SYNTAX and RP_NULL name the place: line and column of Turtle, the subscript of an array (from
 * 1), the index in jsonb (from 0, as -> counts). Named graphs of a text that are left aside, and a
 * chosen one that is not there, are told in a NOTICE, once for each statement of the client.
 */
RpStatus rp_data_source_read(const RpDataSource *source, const RpImage *image, RpArena *arena,
                             const RpTripleSink *sink, RpError *error);

/* The same into a data graph of that policy. */
RpStatus rp_data_source_fill(const RpDataSource *source, const RpImage *image, RpArena *arena,
                             RpDataGraph *data, RpError *error);

/* Raise what reading or judging a source gave: an error that it is not valid names the column. */
RP_NORETURN void rp_data_source_raise(const RpDataSource *source, RpError *error);

#endif
