/*
 * The datatypes that the engine recognises: which lexical forms belong to each (XML Schema 1.1 Part
 * 2; RDF 1.1 Concepts, section 5.1: no white space is collapsed). Datatypes are named by their
 * vocabulary ids, which are also their term ids in every dictionary.
 *
 * To add a datatype: an entry in vocabulary.def, and one line in datatype.c's table.
 */
#ifndef RP_XSD_DATATYPE_H
#define RP_XSD_DATATYPE_H

#include "base/status.h"
#include "rdf/vocabulary.h"
#include "xsd/number.h"

/* The primitive type whose values a datatype has, as far as values of it have an order. */
typedef enum RpValueSpace {
    RP_VALUES_WITHOUT_ORDER = 0,
    RP_VALUES_STRING,
    RP_VALUES_BOOLEAN,
    RP_VALUES_DECIMAL,
    RP_VALUES_FLOAT,
    RP_VALUES_DOUBLE,
    RP_VALUES_MOMENT,
    RP_VALUES_DURATION
} RpValueSpace;

typedef struct RpDatatype RpDatatype;

struct RpDatatype {
    bool (*accepts)(const RpDatatype *datatype, RpText lexical); /* NULL: not recognised */
    RpValueSpace values;
    unsigned parts;           /* of moments and durations: RP_MOMENT_…, RP_DURATION_… */
    const RpDecimal *minimum; /* of integers; NULL: none */
    const RpDecimal *maximum;
};

/* What is known of a datatype; NULL: not recognised, compared by IRI only. */
const RpDatatype *rp_datatype_find(uint32_t datatype_id);

/* Whether the engine checks lexical forms of this datatype; any other datatype is compared by IRI
 * only. */
bool rp_datatype_is_recognised(uint32_t datatype_id);

/*
 * Whether a lexical form belongs to a recognised datatype. Not recognised: true. rdf:langString
 * accepts nothing: its literals are pairs with a language, so whoever has a literal with a language
 * knows that it is well-typed and does not ask.
 */
bool rp_datatype_accepts(uint32_t datatype_id, RpText lexical);

/* Read a lexical form of xsd:decimal or one of the integer types (RP_VALUES_DECIMAL). False: it is
 * none of the datatype. */
bool rp_datatype_read_decimal(const RpDatatype *datatype, RpText lexical, RpDecimal *decimal);

#endif
