/* What a user gives to be validated or parsed, in any of its forms, before it is read. */
#ifndef RP_PG_DATA_VIEW_H
#define RP_PG_DATA_VIEW_H

#include "pg/pg.h"
#include "utils/array.h"
#include "utils/jsonb.h"
#include "rdf/turtle.h"
#include "validate/data_graph.h"
#include "validate/report.h"
#include "pg/shared/policy_cache.h"

typedef enum RpDataForm {
    RP_DATA_TURTLE, /* text: Turtle, N-Triples, TriG or N-Quads */
    RP_DATA_JSONB,  /* JSON-LD, or triples, as jsonb */
    RP_DATA_JSON,   /* the same as json; a source of it is one of RP_DATA_JSONB */
    RP_DATA_ARRAY,  /* rdf_triple[] */
    RP_DATA_STORED, /* a graph in tables */
    RP_DATA_PACKED  /* what rdf_validate_agg has gathered */
} RpDataForm;

/* See jsonld_source.h. */
struct RpJsonldSource;

/* A view: the values belong to the caller, and are not toasted. */
typedef struct RpDataSource {
    RpDataForm form;
    RpText document;         /* of RP_DATA_TURTLE */
    RpText base_iri;         /* of RP_DATA_TURTLE and RP_DATA_JSONB; empty: none */
    RpText blank_prefix;     /* of RP_DATA_TURTLE; empty: none */
    RpGraphChoice graphs;    /* of RP_DATA_TURTLE and RP_DATA_JSONB: which of the document's */
    RpText graph_iri;        /* of RP_GRAPHS_ONE */
    const char *graphs_hint; /* how the caller has those read that are left aside */
    Jsonb *jsonb;
    RpText context;    /* of RP_DATA_JSONB: IRI of the default one; empty: the policy's, or none */
    RpReading reading; /* of RP_DATA_JSONB that no policy reads (rp_data_source_read) */
    struct RpJsonldSource *jsonld; /* of RP_DATA_JSONB: changes as the document is read */
    ArrayType *array;
    RpText packed; /* of RP_DATA_PACKED: see read_packed in data_source.c */
    /* Of RP_DATA_STORED: reads what it needs into the data graph and validates it; may raise. */
    const void *stored;
    RpStatus (*validate)(const void *stored, RpText policy, RpDataGraph *data, RpReport *report,
                         RpError *error);
    RpText named_graph;  /* the one that is judged by itself, in N-Triples form; empty: none */
    bool requires_focus; /* data without a focus node violates, whatever the policies say */
    bool hides_values;   /* nothing of the data is to be told: who asks may not see it */
    const char *column;  /* that the data is a new row's value of; NULL: none, but an argument */
    const char *relation;
} RpDataSource;

#endif
