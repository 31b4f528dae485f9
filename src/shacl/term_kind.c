/* See term_kind.h. */
#include "shacl/term_kind.h"

#include "xsd/datatype.h"

uint32_t
rp_node_kind_bits(RpTermId node_kind)
{
    switch (node_kind) {
    case RP_VOCABULARY_sh_IRI:
        return 1u << RP_IRI;
    case RP_VOCABULARY_sh_BlankNode:
        return 1u << RP_BLANK;
    case RP_VOCABULARY_sh_Literal:
        return 1u << RP_LITERAL;
    case RP_VOCABULARY_sh_BlankNodeOrIRI:
        return 1u << RP_BLANK | 1u << RP_IRI;
    case RP_VOCABULARY_sh_BlankNodeOrLiteral:
        return 1u << RP_BLANK | 1u << RP_LITERAL;
    case RP_VOCABULARY_sh_IRIOrLiteral:
        return 1u << RP_IRI | 1u << RP_LITERAL;
    default:
        return 0;
    }
}

bool
rp_term_has_datatype(const RpDictionary *dictionary, RpTermId id, RpTermId datatype)
{
    if (rp_dictionary_datatype(dictionary, id) != datatype) {
        return false;
    }
    if (datatype >= RP_TERM_FIRST) {
        return true;
    }
    return rp_dictionary_has_language(dictionary, id) ||
           rp_datatype_accepts(datatype, rp_dictionary_lexical(dictionary, id));
}
