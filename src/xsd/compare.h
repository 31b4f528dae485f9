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
#include "xsd/datetime.h"

typedef enum RpOrder {
    RP_ORDER_LESS = -1,
    RP_ORDER_EQUAL = 0,
    RP_ORDER_GREATER = 1,
    RP_ORDER_INCOMPARABLE = 2
} RpOrder;

/*
 * A literal's value, read once to be compared often: views of the term that it was read from.
 *
 * kind: values of one kind are in a total order. What of a kind is greater than a given value, of
 * whatever kind, or not less than it, is the upper end of the kind in that order: so, sorted, each
 * kind can be searched by halving, though values as a whole are in no total order. 0: the value
 * compares with nothing, not even itself.
 */
typedef struct RpValue {
    const RpDatatype *datatype;
    uint32_t kind;
    union {
        RpText text; /* RP_VALUES_STRING */
        bool boolean;
        RpDecimal decimal;
        double number; /* RP_VALUES_FLOAT, RP_VALUES_DOUBLE */
        RpMoment moment;
        RpDuration duration;
    } as;
} RpValue;

/* Read a term's value. datatype_id: as in rp_value_compare. What is no literal or ill-typed has the
 * kind 0. */
void rp_value_read(const RpTerm *term, uint32_t datatype_id, RpValue *value);

/* The same of a literal by its lexical form; the datatype 0 is also that of what is no literal. */
void rp_value_read_lexical(RpText lexical, uint32_t datatype_id, RpValue *value);

/* The order of two values. */
RpOrder rp_value_order(const RpValue *a, const RpValue *b);

/*
 * A total order of values whose kind is not 0, in which each space is together, numbers being one:
 * negative, zero or positive. It agrees with rp_value_order, but that a decimal stands before the
 * float or double that it equals, and has an order for what is incomparable there: moments without
 * a zone are where UTC has them, durations where the first reference dateTime of 3.3.6.1 does.
 */
int rp_value_total_order(const RpValue *a, const RpValue *b);

/*
 * The order of two literals' values. datatype ids are the terms' datatypes as vocabulary ids (0: a
 * datatype outside the vocabulary). Incomparable: not both literals, an ill-typed one, types that
 * do not compare, NaN, dateTimes with and without zone less than 14 hours apart, durations whose
 * order depends on a calendar. Decimals of any length are compared exactly.
 */
RpOrder rp_value_compare(const RpTerm *a, uint32_t a_datatype_id, const RpTerm *b,
                         uint32_t b_datatype_id);

#endif
