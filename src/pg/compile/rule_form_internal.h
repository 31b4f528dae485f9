/* What the files of the rule form share: the reader, and the rule that it has open. */
#ifndef RP_PG_RULE_FORM_INTERNAL_H
#define RP_PG_RULE_FORM_INTERNAL_H

#include "shacl/shapes_graph.h"
#include "pg/compile/rule.h"

/* A search takes a while, and there may be as many errors as rules. */
enum { RP_SEARCH_LIMIT = 100 };

/* A shape by its name, and the IRI that the name means. */
typedef struct RpRuleShape {
    RpText name;
    RpTerm node;
    RpTermId id;
} RpRuleShape;

typedef struct RpRuleReader {
    RpShapesGraph *graph;
    RpError *error;
    bool warns;
    const RpRuleErrorReceiver *receiver; /* NULL: the first error ends the reading */
    RpRuleShape *shapes;                 /* of the source, sorted by id */
    uint32_t shape_count;
    uint32_t search_count; /* for the nearest shape, of which RP_SEARCH_LIMIT are made */
    uint32_t rule_count;   /* of the source so far: labels of blank nodes are made of it */
} RpRuleReader;

/* A rule, the shape that its triples are about, and what its keys mean. */
typedef struct RpOpenRule {
    RpRule rule;
    RpTerm node;
    RpText datatype;  /* its IRI; empty: none */
    bool is_of_types; /* the property is rdf:type: its values are names */
    RpTerm terms[RP_RULE_KEY_COUNT];
} RpOpenRule;

RpStatus rp_rule_add_triple(RpRuleReader *reader, const RpTerm *subject, RpVocabulary predicate,
                            const RpTerm *object);

/*
 * The IRI of a name. A name that was taken as an IRI only because it has a colon gets a NOTICE
 * where it first comes up. RP_SYNTAX: it is none.
 */
RpStatus rp_rule_expand_name(RpRuleReader *reader, RpText name, RpTerm *term);

/* The shape of the source that an IRI names; NULL: none. */
const RpRuleShape *rp_rule_find_shape(const RpRuleReader *reader, RpTermId id);

/*
 * The term that the value of a key means, an rdf:List's head where it is an array, whose triples
 * are added. Property and datatype come first: other values are read by them. RP_SYNTAX: the value
 * does not do, without the rule's place; of patterns what rp_pattern_compile has.
 */
RpStatus rp_rule_value_term(RpRuleReader *reader, const RpOpenRule *open, RpRuleKey key,
                            RpTerm *term);

/* The rdf:List of what a closed shape takes besides its properties: rdf:type, and the names of an
 * array (NULL: none). */
RpStatus rp_rule_ignored_properties(RpRuleReader *reader, const JsonbValue *array, RpTerm *head);

/* RP_ILL_FORMED where no value could meet all keys of the rule whose terms are known: it is broken
 * then. Each contradiction goes to the receiver, if there is one. */
RpStatus rp_rule_check(RpRuleReader *reader, RpOpenRule *open);

#endif
