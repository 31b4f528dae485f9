/* A source of a graph: which columns of a relation's rows make a triple, and how. */
#ifndef RP_PG_GRAPH_SOURCE_H
#define RP_PG_GRAPH_SOURCE_H

#include "pg/pg.h"
#include "executor/spi.h"
#include "nodes/primnodes.h"
#include "rdf/term.h"

/* What a term is in a triple, or in a row of a dictionary. */
typedef enum RpTermPosition {
    RP_POSITION_SUBJECT,
    RP_POSITION_PREDICATE,
    RP_POSITION_OBJECT,
    RP_POSITION_GRAPH,
    RP_POSITION_COUNT,
    RP_POSITION_DICTIONARY = RP_POSITION_COUNT
} RpTermPosition;

const char *rp_term_position_name(RpTermPosition position);

/* How a term stands in a row. */
typedef enum RpTermForm {
    RP_FORM_NONE,     /* it does not: the default graph */
    RP_FORM_CONSTANT, /* it is the same for every row */
    RP_FORM_TERM,     /* a column of type rdf_term */
    RP_FORM_NTRIPLES, /* a column of text, in N-Triples form */
    RP_FORM_PLAIN,    /* columns of text: the lexical form or IRI, kind, datatype, language */
    RP_FORM_ID        /* a column of ids of a dictionary */
} RpTermForm;

/* What ids are. */
typedef enum RpIdType {
    RP_ID_INTEGER, /* smallint, integer, bigint */
    RP_ID_NUMERIC,
    RP_ID_UUID,
    RP_ID_BYTEA
} RpIdType;

enum { RP_NO_COLUMN = -1, RP_PLAN_COUNT = 10, RP_TIMING_COUNT = 2 };

/* Codes of kinds, as the option kinds has them. */
typedef struct RpKindCode {
    const char *text;                        /* the code as text */
    int64 number;                            /* of a column of integers or booleans */
    RpTermKind kinds[RP_POSITION_COUNT + 1]; /* by position; 0: none */
} RpKindCode;

typedef struct RpKindMap {
    uint32 count;
    const RpKindCode *codes;
    bool are_numbers; /* number is set: the column is of integers or booleans */
    bool have_output; /* the column is of a type whose values are no texts, as an enum */
} RpKindMap;

/* Which of a row's columns, by their subscripts in RpRowRelation.columns, make a term. */
typedef struct RpTermPlace {
    RpTermForm form;
    RpTermPosition position;
    RpTerm constant; /* of RP_FORM_CONSTANT */
    int value;       /* lexical form, IRI or label; id; term */
    int iri;         /* of RP_FORM_PLAIN: the column of its own that IRIs have */
    int kind;
    int datatype;
    int language;
    bool datatype_is_id; /* an id of the same dictionary */
    RpKindMap kinds;     /* of the column kind */
} RpTermPlace;

typedef struct RpRowColumn {
    const char *name;
    AttrNumber number;
    Oid type;      /* the column's own */
    Oid base_type; /* the same, unless it is a domain */
    int16 length;
    bool is_by_value;
} RpRowColumn;

/* A relation, and the columns of it that reading looks at, each once. */
typedef struct RpRowRelation {
    Oid relation;
    const char *name; /* qualified and quoted */
    char kind;        /* relkind */
    bool has_children;
    bool has_virtual; /* a column is computed when it is read: no stored row has it */
    Oid owner;
    Oid leaving; /* a partition whose rows are passed over; InvalidOid: none */
    uint32 column_count;
    RpRowColumn *columns;
} RpRowRelation;

typedef struct RpGraphDictionary {
    RpRowRelation rows;
    RpIdType id_type;
    Oid namespace; /* of the extension */
    int id;        /* subscript of a column */
    RpTermPlace term;
    /* RP_PLAN_COUNT look-ups, and by the number of the plan that is not needed then the index: made
     * when first needed (dictionary_rows). */
    SPIPlanPtr *plans;
    struct RpKeyIndex **indexes;
} RpGraphDictionary;

typedef struct RpStoredGraph RpStoredGraph;

/* Where a row is; {0} is nowhere. */
typedef struct RpRowPlace {
    Oid table; /* the relation, or one of its partitions */
    ItemPointerData row;
} RpRowPlace;

typedef struct RpGraphSource {
    const RpStoredGraph *graph;
    int32 id;
    Oid namespace; /* of the extension */
    RpRowRelation rows;
    RpTermPlace places[RP_POSITION_COUNT];
    RpGraphDictionary *dictionary; /* NULL: none */
    /* The one of named graphs' ids: mostly the same. */
    RpGraphDictionary *graph_dictionary;
    /* The row filter, over the relation's attributes by their numbers, all of which are among the
     * columns; and as text, with every name qualified. NULL: none. */
    Expr *filter;
    const char *filter_text;
    bool lacks_index;  /* look-ups would read all rows (source_index) */
    SPIPlanPtr *plans; /* the same (graph_store) */
    /* By the number of the plan that is not needed then: made when first needed (graph_store). */
    struct RpKeyIndex **indexes;
    struct RpKnownPredicates **known_predicates; /* by timing: the same (../enforce) */
    RpRowPlace *older_row; /* one that was older than a transaction (../enforce/written_graph) */
} RpGraphSource;

#endif
