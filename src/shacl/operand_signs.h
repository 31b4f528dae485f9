/* In which direction what a node is to a shape follows from what it is to the shapes that this
 * refers to. */
#ifndef RP_SHACL_OPERAND_SIGNS_H
#define RP_SHACL_OPERAND_SIGNS_H

#include "rdf/vocabulary.h"

enum {
    RP_SIGN_PLAIN = 1,  /* where more nodes conform to the operand, more conform to the shape */
    RP_SIGN_NEGATED = 2 /* … fewer do. Both: neither holds */
};

/* The signs of an operand, which is a shape, of a parameter's constraint. */
uint8_t rp_shape_operand_signs(RpVocabulary parameter, uint32_t operand);

#endif
