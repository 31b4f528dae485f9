/*
 * Queries of a shapes graph: the text of sh:select or sh:ask, with its prefixes, compiled for a
 * shape. SHACL Recommendation, sections 5.2, 5.3.2, 6.2.3 and appendix A; SHACL Advanced Features,
 * section 3.1.
 */
#ifndef RP_SHACL_QUERY_READER_H
#define RP_SHACL_QUERY_READER_H

#include "shacl/shape_reader_internal.h"
#include "sparql/compile.h"

typedef enum RpQueryRole {
    RP_QUERY_OF_CONSTRAINT,
    RP_QUERY_OF_SELECT_VALIDATOR,
    RP_QUERY_OF_ASK_VALIDATOR,
    RP_QUERY_OF_TARGET
} RpQueryRole;

enum {
    /* What all queries of a text may take together: the bytes of their texts, each as often as it
     * is compiled, and of their algebra, each as often as a shape asks it. */
    RP_QUERY_TOTAL_LIMIT_BYTES = 32 << 20
};

/* The names that may be bound before, in the order of RP_QUERY_…, and the first so many. */
extern const RpPreboundName rp_query_names[RP_QUERY_PARAMETERS];

/* A query that is to be read. */
typedef struct RpQuerySource {
    RpParameters *parameters; /* of the shape that asks it */
    RpTermId node;            /* that has it: the constraint, validator or target */
    RpQueryRole role;
    const RpPreboundName *names; /* name_count of them */
    uint32_t name_count;
} RpQuerySource;

/*
 * Read a query. *query: its index in RpShapes.queries, where it is new. *bytes, where not NULL: its
 * algebra if that is the same for all shapes and was compiled before, and is set to it where it is
 * compiled now; data NULL: unknown.
 *
 * RP_ILL_FORMED, with the Recommendation's name of the rule; RP_UNSUPPORTED; limits. Errors within
 * the query's text have line and column of the document that it stands in.
 */
RpStatus rp_query_read(const RpQuerySource *source, RpText *bytes, uint32_t *query);

/* RP_ILL_FORMED about the node that has the query: "shape <S>: <property> of <node> " and the
 * format, at the node's place. */
RpStatus rp_query_fail(RpParameters *parameters, RpTermId node, RpVocabulary property,
                       const char *rule, RpTermId value, const char *format, ...) RP_PRINTF(6, 7);

/* Set the messages that a node has (sh:message); those that are no strings are noted. */
RpStatus rp_query_messages(RpParameters *parameters, RpTermId node, const char *rule,
                           RpTermId **messages, uint32_t *count);

/* query_prefixes.c: the prefixes that a node's queries see: sh:prefixes/owl:imports* /sh:declare,
 * section 5.2.1. They live in the arena. */
RpStatus rp_query_prefixes(const RpQuerySource *source, RpArena *arena, RpPrefixTable *prefixes);

/*
 * query_error.c: turn an error of rp_query_compile into one about the shape. text: the query's, of
 * the literal that the node has; prefixes: those that it saw.
 */
RpStatus rp_query_explain(const RpQuerySource *source, RpTermId literal, RpText text,
                          const RpPrefixTable *prefixes, const char *rule);

#endif
