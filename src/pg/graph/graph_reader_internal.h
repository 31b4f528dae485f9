/* What the files that read a graph's rows share: graph_reader.c and wanted_rows.c. */
#ifndef RP_PG_GRAPH_READER_INTERNAL_H
#define RP_PG_GRAPH_READER_INTERNAL_H

#include "rdf/term_batch.h"
#include "pg/graph/dictionary_reader.h"
#include "pg/graph/named_graphs.h"
#include "pg/graph/row_scan.h"
#include "pg/graph/spill.h"

enum { RP_RECENT_IDS = 64, RP_SUBJECT_BYTES = 256 };

typedef enum RpIdUse { RP_USE_PREDICATE, RP_USE_GRAPH, RP_USE_COUNT } RpIdUse;

/* Ids that are looked up one by one, when they are met first, since there are few: predicates, and
 * named graphs; and what is known of each. */
typedef struct RpFewIds {
    RpIdTerms terms;
    uint32
        *answers; /* by number: the predicate's id, or 0; the graph's term, or 0 where it is none of
                        those asked for */
    uint32 capacity;
    /* Ids that are values were asked lately, each in its place. */
    Datum recent[RP_RECENT_IDS];
    uint32 recent_answers[RP_RECENT_IDS];
    bool is_recent[RP_RECENT_IDS];
} RpFewIds;

typedef struct RpGraphReader {
    const RpGraphSource *source;
    const RpNamedGraphs *graphs;
    RpGraphTags *tags;
    RpSpill *spill; /* NULL: triples are stored in data */
    bool is_canonical;
    RpDataGraph *data;
    RpRowScan *scan;
    const Datum *values; /* of the current row */
    const bool *nulls;
    RpArena *scratch;
    bool looks_at_graph;
    RpTermId constant_predicate;
    uint32 first_triple; /* of this source */

    /* Of terms. */
    RpTermBatch batch;
    RpTermKind last_kind; /* of the last row's subject; 0: not remembered */
    uint32 last_length;
    char last_subject[RP_SUBJECT_BYTES];

    /* Of ids. */
    RpArena *id_arena;
    RpIdTerms nodes;
    RpFewIds few[RP_USE_COUNT];

    /* The id whose row is to be told. */
    RpTermPosition blamed_position;
    uint32 blamed_number;
} RpGraphReader;

/* Raises what is wrong with the current row, which is named by its key or place. */
RP_NORETURN void rp_graph_reader_refuse(const RpGraphReader *reader, RpTermPosition position,
                                        int column, const RpError *error);

/* The same where the dictionary lacks an id of it. */
RP_NORETURN void rp_graph_reader_refuse_id(const RpGraphReader *reader, RpTermPosition position,
                                           const RpIdTerms *ids, uint32 number);

/* A term of the current row that is no id; one that is an id, with the type of its column. Raises
 * for a row that is no triple. */
RpStatus rp_graph_reader_term(const RpGraphReader *reader, RpTermPosition position, RpTerm *term,
                              RpError *error);
Datum rp_graph_reader_id(const RpGraphReader *reader, RpTermPosition position, Oid *type,
                         RpError *error);

/* The current row's predicate; RP_TERM_NONE: no shape reads it. */
RpStatus rp_graph_reader_predicate(RpGraphReader *reader, RpTermId *predicate, RpError *error);

/* Whether the current row is of a graph that is asked for, and its term, where it is wanted. NULL
 * is the default graph. */
RpStatus rp_graph_reader_graph(RpGraphReader *reader, bool *is_wanted, RpTermId *graph,
                               RpError *error);

#endif
