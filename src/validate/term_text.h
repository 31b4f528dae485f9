/* Terms as people write them: in messages, in paths, in the explanation of a policy. */
#ifndef RP_VALIDATE_TERM_TEXT_H
#define RP_VALIDATE_TERM_TEXT_H

#include "base/buffer.h"
#include "validate/data_graph.h"

/*
 * An IRI as prefix:local, where a prefix of the shapes text, or a well-known one that the text does
 * not use otherwise, leaves a plain local name; one made of a bare name (rp_name_expand) as that
 * name; else <IRI>, cut at RP_ERROR_VALUE_LENGTH.
 */
void rp_iri_write_short(RpBuffer *buffer, const RpDataGraph *data, RpText iri);

/*
 * A term of the data graph or its image: a short IRI, _:label, a number or boolean without quotes,
 * "text", "text"@en, "text"^^datatype. Cut at RP_ERROR_VALUE_LENGTH, and not meant to be read back.
 * RP_TERM_NONE: nothing.
 */
void rp_term_write_short(RpBuffer *buffer, const RpDataGraph *data, RpTermId id);

/* The same with literals in full, and escaped as Turtle has it. */
void rp_term_write_whole(RpBuffer *buffer, const RpDataGraph *data, RpTermId id);

#endif
