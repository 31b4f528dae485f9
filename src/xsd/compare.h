/*
 * Values of literals and their order, as SHACL's range and pair components need it: SPARQL 1.1's
 * operator table, widened to date, time, the g types and durations of one primitive type as XPath
 * has them (F&O 3.1, sections 4, 6, 8, 9). What cannot be compared is incomparable, which SHACL
 * counts as a violation: it is never an error.
 */
#ifndef RP_XSD_COMPARE_H
#define RP_XSD_COMPARE_H

#include "rdf/term.h"
#include "xsd/datatype.h"

typedef enum RpOrder {
    RP_ORDER_LESS = -1,
    RP_ORDER_EQUAL = 0,
    RP_ORDER_GREATER = 1,
    RP_ORDER_INCOMPARABLE = 2
} RpOrder;

/*
 * The order of two literals' values. datatype ids are the terms' datatypes as vocabulary ids (0: a
 * datatype outside the vocabulary). Incomparable: not both literals, an ill-typed one, types that
 * do not compare, NaN, dateTimes with and without zone less than 14 hours apart, durations whose
 * order depends on a calendar. Decimals of any length are compared exactly.
 */
RpOrder rp_value_compare(const RpTerm *a, uint32_t a_datatype_id, const RpTerm *b,
                         uint32_t b_datatype_id);

#endif
