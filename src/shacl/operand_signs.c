/* See operand_signs.h. */
#include "shacl/operand_signs.h"

uint8_t
rp_shape_operand_signs(RpVocabulary parameter, uint32_t operand)
{
    switch (parameter) {
    case RP_VOCABULARY_sh_node:
    case RP_VOCABULARY_sh_property:
    case RP_VOCABULARY_sh_and:
    case RP_VOCABULARY_sh_or:
        return RP_SIGN_PLAIN;
    case RP_VOCABULARY_sh_not:
        return RP_SIGN_NEGATED;
    case RP_VOCABULARY_sh_qualifiedMinCount: /* operands: count, shape, disjoint siblings */
        return operand == 1 ? RP_SIGN_PLAIN : RP_SIGN_NEGATED;
    case RP_VOCABULARY_sh_qualifiedMaxCount:
        return operand == 1 ? RP_SIGN_NEGATED : RP_SIGN_PLAIN;
    default:
        return RP_SIGN_PLAIN | RP_SIGN_NEGATED;
    }
}
