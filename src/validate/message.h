/* Results as text: messages, and the codes of reports. */
#ifndef RP_VALIDATE_MESSAGE_H
#define RP_VALIDATE_MESSAGE_H

#include "base/buffer.h"
#include "shacl/component.h"
#include "validate/data_graph.h"
#include "validate/report.h"
#include "validate/evaluation.h"

/* Messages of details are repeated in those of results so many levels above them, at most. */
enum { RP_MESSAGE_REASON_DEPTH = 4 };

/*
 * The message of a result: the shape's sh:message values (verbatim, in id order, joined by
 * newlines), or the component's default with its placeholders replaced, IRIs shortened by the
 * image's prefixes, values cut at RP_ERROR_VALUE_LENGTH. A template with a | has another text
 * behind it, for results without a path. The placeholders:
 *
 *     {path}     the path, or "the node itself"       schema:email
 *     {value}    the value                             "Ann"
 *     {focus}    the focus node                        ex:ann
 *     {what}     the value and the path it was met by  value "Ann" of schema:email
 *     {operand}  the constraint's first operand        5   or   ex:a, ex:b   or   the shape ex:S
 *     {kind}     the same, a node kind, in words       an IRI or a literal
 *     {mismatch}   what the value is instead of the first operand, a datatype
 *                                                      an xsd:string, not an xsd:date
 *                                                      or   not a valid xsd:date
 *     {nearest}  the class that the value has instead of the first operand, if the names are near
 *                                                      , but of ex:Persn
 *     {qualified}  the second operand, a shape         the shape ex:S   or   an unnamed shape
 *     {reasons}  messages of nested results, as far as kept; stands last   : ex:b is not an ex:C
 *     {is}       "is" where the first operand is 1, else "are"
 *     {characters}  "character" where the first operand is 1, else "characters"
 *     {count}    RpResult.count                        2
 *     {name}     the SPARQL constraint, or the component that is declared in the shapes graph
 *                                                      ex:HasLabel   or   without a name
 *     {values}   the same as a number of values        2 values   or   no value
 */
void rp_message_write(RpBuffer *buffer, const RpDataGraph *data, const RpResult *result);

/* The same without {reasons}. */
void rp_message_write_alone(RpBuffer *buffer, const RpDataGraph *data, const RpResult *result);

/* The literals that a result has as messages: a solution's, or else its shape's (sh:message). None:
 * it has its component's, as text. */
RpValues rp_result_messages(const RpDataGraph *data, const RpResult *result);

/* The code of a result of the document. */
#define RP_NO_FOCUS_NODE "NO_FOCUS_NODE"

/*
 * The guide's code for a result: the component's violation_type, but PROPERTY_MISSING for
 * sh:minCount 1 and no value, and RP_NO_FOCUS_NODE for a result of the document.
 */
const char *rp_result_violation_type(const RpDataGraph *data, const RpResult *result);

/* The component that a result is of; NULL: it is of the document, and of none of SHACL's. */
const RpComponent *rp_result_component(const RpDataGraph *data, const RpResult *result);

/* The node of the constraint that it is of: sh:sourceConstraint. RP_TERM_NONE: only SPARQL
 * constraints have one. */
RpTermId rp_result_constraint_node(const RpDataGraph *data, const RpResult *result);

/* The IRI of that component, or ours. */
RpText rp_result_component_iri(const RpDataGraph *data, const RpResult *result);

/* The node of its shape; RP_TERM_NONE: it is of no shape. */
RpTermId rp_result_shape(const RpDataGraph *data, const RpResult *result);

/* Its severity: its shape's, or else sh:Violation. */
RpTermId rp_result_severity(const RpDataGraph *data, const RpResult *result);

#endif
