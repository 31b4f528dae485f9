/* Where in a Turtle document a part of a literal's value is written. */
#ifndef RP_RDF_TURTLE_LITERAL_H
#define RP_RDF_TURTLE_LITERAL_H

#include "rdf/turtle.h"

/*
 * The place of a byte of a literal's lexical form, by its offset there: escapes are longer in the
 * document than what they stand for. start: of the literal, as rp_turtle_read told it. An offset
 * beyond the value is the end of the literal; a place where no literal starts is its own answer.
 */
RpPosition rp_turtle_literal_place(RpText document, RpPosition start, uint32_t offset);

#endif
