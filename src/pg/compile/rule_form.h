/*
 * The guide's rule form of shapes: a jsonb object of rules per shape, read as triples of a shapes
 * graph, so that both forms become the same shapes.
 *
 * The canonical source of a rule-form policy is the text of one jsonb object:
 *   {"<shape>": {"rules": {"property": {...}, ...}, "target_class": "<name>" or null}, ...}
 * jsonb's text has its keys in a fixed order, so equal rules have equal signatures.
 */
#ifndef RP_PG_RULE_FORM_H
#define RP_PG_RULE_FORM_H

#include "pg/pg.h"
#include "shacl/shapes_graph.h"

/* Who is told of each error, and goes on where that gives RP_OK. */
typedef struct RpRuleErrorReceiver {
    void *state;
    RpStatus (*receive)(void *state, RpError *error);
} RpRuleErrorReceiver;

/*
 * Add the triples of a rule-form source to a shapes graph. RP_ILL_FORMED: an unknown key, a wrong
 * type, naming shape, property and key. With warns, a NOTICE for a name that was taken as an IRI
 * for want of a known prefix. With a receiver, what is wrong with one rule or the head of one shape
 * goes to it, and the next is read.
 */
RpStatus rp_rule_form_read(RpShapesGraph *graph, RpText source, bool warns,
                           const RpRuleErrorReceiver *receiver, RpError *error);

#endif
