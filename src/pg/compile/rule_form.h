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

#include "shacl/shapes_graph.h"
#include "pg/compile/rule.h"

/*
 * Add the triples of a rule-form source to a shapes graph. RP_ILL_FORMED: an unknown key, a wrong
 * type, a value that does not do, or rules that nothing can meet, naming shape, place, property and
 * key; RP_UNSUPPORTED, RP_TOO_LARGE: a pattern. With warns, a NOTICE for a name that was taken as
 * an IRI for want of a known prefix. With a receiver, what is wrong with one key, or the head of
 * one shape, goes to it, and the next is read.
 */
RpStatus rp_rule_form_read(RpShapesGraph *graph, RpText source, bool warns,
                           const RpRuleErrorReceiver *receiver, RpError *error);

#endif
