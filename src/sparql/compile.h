/* A query's text → its algebra (SPARQL 1.1 Query Language). */
#ifndef RP_SPARQL_COMPILE_H
#define RP_SPARQL_COMPILE_H

#include "rdf/dictionary.h"
#include "sparql/algebra.h"
#include "rdf/prefix_table.h"

/* A variable that may be bound before a query is evaluated (SHACL, 5.3 and appendix A). */
typedef struct RpPreboundName {
    RpText name;
    bool is_optional; /* a sub-SELECT need not return it */
} RpPreboundName;

/* A path that stands for $PATH (SHACL, 5.3.2). */
typedef struct RpCompilePath RpCompilePath;

struct RpCompilePath {
    RpAlgebraKind kind;         /* RP_ALGEBRA_CONSTANT: a predicate; else one of a path's */
    RpTermId predicate;         /* of the dictionary */
    const RpCompilePath *parts; /* part_count of them */
    uint32_t part_count;
};

enum { RP_QUERY_LENGTH_LIMIT_BYTES = 1 << 20, RP_QUERY_PREFIX_LIMIT = 1000 };

typedef struct RpCompileOptions {
    const RpPrefixTable *prefixes; /* declared around the query; NULL: none */
    RpText base_iri;               /* absolute; empty: relative IRIs are errors */
    const RpPreboundName *prebound;
    uint32_t prebound_count;
    bool refuses_values;     /* VALUES anywhere, and not only of what may be pre-bound */
    bool takes_shapes_graph; /* GRAPH $shapesGraph */
    const RpCompilePath
        *path;            /* of $PATH, where names may be pre-bound; NULL: it is refused there */
    uint32_t depth_limit; /* nested groups and parentheses */
} RpCompileOptions;

/*
 * Compile a SELECT or ASK. Its constants are added to the dictionary; *bytes, in the arena, is as
 * algebra.h draws it, 8-aligned.
 *
 * Errors have the line and column of the query's text, and show the line. RP_SYNTAX: it is no
 * query; RP_UNSUPPORTED: a part of SPARQL that is not taken, by its name; RP_ILL_FORMED: what SHACL
 * forbids where variables are pre-bound; RP_TOO_DEEP, RP_TOO_LARGE: limits.
 */
RpStatus rp_query_compile(RpArena *arena, RpDictionary *dictionary, RpText text,
                          const RpCompileOptions *options, RpText *bytes, RpError *error);

#endif
