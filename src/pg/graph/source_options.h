/* The options of a graph's source (doc/sql.md, "Graphs in tables"), as texts by their names. */
#ifndef RP_PG_SOURCE_OPTIONS_H
#define RP_PG_SOURCE_OPTIONS_H

#include "pg/pg.h"
#include "utils/jsonb.h"

/* In the order of rdf_graph_register's arguments behind the graph and the relation. */
typedef enum RpSourceOption {
    RP_OPTION_SUBJECT,
    RP_OPTION_PREDICATE,
    RP_OPTION_OBJECT,
    RP_OPTION_NAMED_GRAPH,
    RP_OPTION_ENCODING,
    RP_OPTION_SUBJECT_KIND,
    RP_OPTION_OBJECT_KIND,
    RP_OPTION_GRAPH_KIND,
    RP_OPTION_KINDS, /* jsonb; the others are text */
    RP_OPTION_OBJECT_IRI,
    RP_OPTION_DATATYPE,
    RP_OPTION_LANGUAGE,
    RP_OPTION_TERMS, /* the dictionary: a relation */
    RP_OPTION_TERM_ID,
    RP_OPTION_TERM_LEXICAL,
    RP_OPTION_TERM_KIND,
    RP_OPTION_TERM_DATATYPE,
    RP_OPTION_TERM_LANGUAGE,
    RP_OPTION_ROW_FILTER,
    /* Of presets alone: a dictionary of its own that the ids of named graphs have. */
    RP_OPTION_GRAPH_TERMS,
    RP_OPTION_GRAPH_TERM_ID,
    RP_OPTION_GRAPH_TERM_LEXICAL,
    RP_OPTION_COUNT,
    RP_OPTION_ARGUMENT_COUNT = RP_OPTION_GRAPH_TERMS,
    RP_OPTION_NONE = -1
} RpSourceOption;

typedef struct RpSourceOptions {
    char *texts[RP_OPTION_COUNT]; /* NULL: not given, and that of kinds */
    Jsonb *kinds;                 /* NULL: not given */
    /* As the user gave them: he must own the relations; the row filter's names are looked for. */
    bool are_new;
} RpSourceOptions;

const char *rp_source_option_name(RpSourceOption option);

/* What is stored, read into the current memory context. Unknown members are passed over. */
void rp_source_options_read(Jsonb *stored, RpSourceOptions *options);

/* What is to be stored: options that are not given are left out. */
Jsonb *rp_source_options_write(const RpSourceOptions *options);

#endif
