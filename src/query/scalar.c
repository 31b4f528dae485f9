/* See scalar.h. */
#include "query/scalar.h"

RpScalar
rp_scalar_of_id(const RpQueryRun *run, RpTermId id)
{
    RpScalar scalar = {.kind = RP_SCALAR_UNBOUND};

    if (id == RP_TERM_NONE) {
        return scalar;
    }
    scalar.kind = RP_SCALAR_TERM;
    scalar.id = id;
    rp_term_table_read(&run->computed.own, id, &scalar.term);
    if (scalar.term.kind == RP_LITERAL) {
        RpTermId datatype = rp_dictionary_datatype(&run->computed, id);

        scalar.datatype = datatype < RP_TERM_FIRST ? datatype : 0;
    }
    return scalar;
}

RpScalar
rp_scalar_of_term(const RpTerm *term)
{
    RpScalar scalar = {.kind = RP_SCALAR_TERM, .term = *term};

    if (term->kind == RP_LITERAL) {
        scalar.datatype = rp_vocabulary_find(term->datatype);
    }
    return scalar;
}

RpScalar
rp_scalar_typed(RpText lexical, RpVocabulary datatype)
{
    RpTerm term = rp_term_literal(lexical, rp_vocabulary_iri(datatype));

    return (RpScalar){.kind = RP_SCALAR_TERM, .datatype = datatype, .term = term};
}

RpScalar
rp_scalar_boolean(bool value)
{
    return rp_scalar_typed(value ? RP_TEXT("true") : RP_TEXT("false"), RP_VOCABULARY_xsd_boolean);
}

RpScalar
rp_scalar_string(RpText text)
{
    return rp_scalar_typed(text, RP_VOCABULARY_xsd_string);
}

RpStatus
rp_scalar_id(RpQueryRun *run, RpScalar *scalar, RpTermId *id)
{
    if (scalar->id == RP_TERM_NONE) {
        scalar->id = scalar->term.kind != RP_BLANK
                         ? rp_dictionary_find(run->options->data->dictionary, &scalar->term)
                         : RP_TERM_NONE;
    }
    if (scalar->id == RP_TERM_NONE) {
        if (run->computed.own.count >= run->options->row_limit) {
            return rp_solutions_refuse(&run->home, "terms that its functions made", "");
        }
        RP_TRY(rp_dictionary_add(&run->computed, &scalar->term, &scalar->id, run->error));
    }
    *id = scalar->id;
    return RP_OK;
}

bool
rp_scalar_is_text(const RpScalar *scalar)
{
    return rp_scalar_is_string(scalar) ||
           (rp_scalar_is_literal(scalar) && scalar->term.language.length > 0);
}

bool
rp_scalar_has_numeric_type(const RpScalar *scalar)
{
    const RpDatatype *datatype =
        rp_scalar_is_literal(scalar) ? rp_datatype_find(scalar->datatype) : NULL;

    return datatype &&
           (datatype->values == RP_VALUES_DECIMAL || datatype->values == RP_VALUES_FLOAT ||
            datatype->values == RP_VALUES_DOUBLE);
}

bool
rp_scalar_is_number(const RpScalar *scalar)
{
    return rp_scalar_has_numeric_type(scalar) &&
           rp_datatype_accepts(scalar->datatype, scalar->term.lexical);
}

static bool
is_nan(const RpScalar *scalar)
{
    return rp_text_equals(scalar->term.lexical, RP_TEXT("NaN")) && rp_scalar_is_number(scalar);
}

RpTruth
rp_scalar_truth(const RpScalar *scalar)
{
    RpScalar zero = rp_scalar_typed(RP_TEXT("0"), RP_VOCABULARY_xsd_integer);

    if (!rp_scalar_is_literal(scalar)) {
        return RP_TRUTH_ERROR;
    }
    if (rp_scalar_is_text(scalar)) {
        return scalar->term.lexical.length > 0;
    }
    if (scalar->datatype == RP_VOCABULARY_xsd_boolean) {
        return rp_text_equals(scalar->term.lexical, RP_TEXT("true")) ||
               rp_text_equals(scalar->term.lexical, RP_TEXT("1"));
    }
    if (!rp_scalar_has_numeric_type(scalar)) {
        return RP_TRUTH_ERROR;
    }
    /* A wrong form is false, and so is NaN. */
    return rp_datatype_accepts(scalar->datatype, scalar->term.lexical) && !is_nan(scalar) &&
           rp_scalar_compare(scalar, &zero, false) != RP_COMPARED_EQUAL;
}

bool
rp_scalar_same_term(const RpScalar *a, const RpScalar *b)
{
    if (a->id != RP_TERM_NONE && b->id != RP_TERM_NONE) {
        return a->id == b->id;
    }
    return rp_term_equals(&a->term, &b->term);
}

/* Whether a literal's value is known: it is of a datatype that compares, and well-formed. */
static bool
is_known(const RpScalar *scalar)
{
    const RpDatatype *datatype = rp_datatype_find(scalar->datatype);

    return datatype && datatype->values != RP_VALUES_WITHOUT_ORDER &&
           rp_datatype_accepts(scalar->datatype, scalar->term.lexical);
}

/* The types of values that are compared with each other, and with no others. */
static uint32_t
type_of_value(const RpScalar *scalar)
{
    const RpDatatype *datatype = rp_datatype_find(scalar->datatype);

    return rp_scalar_has_numeric_type(scalar)     ? 0
           : datatype->values == RP_VALUES_MOMENT ? (datatype->parts & RP_MOMENT_PARTS) << 8
                                                  : (uint32_t)datatype->values;
}

/*
 * Values that have no order: RDFterm-equal (17.4.1.7). Two literals of which something is not known
 * are an error where they are not the same. Known is that a string with a language is no other
 * literal, and no value of one type one of another type.
 */
static RpComparison
compare_terms(const RpScalar *a, const RpScalar *b)
{
    if (rp_scalar_same_term(a, b)) {
        return RP_COMPARED_EQUAL;
    }
    if (!rp_scalar_is_literal(a) || !rp_scalar_is_literal(b) || a->term.language.length > 0 ||
        b->term.language.length > 0) {
        return RP_COMPARED_UNEQUAL;
    }
    return is_known(a) && is_known(b) && type_of_value(a) != type_of_value(b) ? RP_COMPARED_UNEQUAL
                                                                              : RP_COMPARED_ERROR;
}

RpComparison
rp_scalar_compare(const RpScalar *a, const RpScalar *b, bool is_order)
{
    RpOrder order;

    if (a->kind != RP_SCALAR_TERM || b->kind != RP_SCALAR_TERM) {
        return RP_COMPARED_ERROR;
    }
    if (rp_scalar_has_numeric_type(a) && rp_scalar_has_numeric_type(b) &&
        (is_nan(a) || is_nan(b))) {
        return rp_datatype_accepts(a->datatype, a->term.lexical) &&
                       rp_datatype_accepts(b->datatype, b->term.lexical)
                   ? RP_COMPARED_UNEQUAL
                   : RP_COMPARED_ERROR;
    }
    order = rp_value_compare(&a->term, a->datatype, &b->term, b->datatype);
    if (order != RP_ORDER_INCOMPARABLE) {
        return (RpComparison)order;
    }
    return is_order ? RP_COMPARED_ERROR : compare_terms(a, b);
}

int
rp_scalar_term_order(RpQueryRun *run, RpTermId a, RpTermId b)
{
    static const int ranks[] = {0, 2, 1, 3}; /* by RpTermKind: blank nodes before IRIs */
    RpScalar a_scalar = rp_scalar_of_id(run, a);
    RpScalar b_scalar = rp_scalar_of_id(run, b);
    int a_rank = a != RP_TERM_NONE ? ranks[a_scalar.term.kind] : 0;
    int b_rank = b != RP_TERM_NONE ? ranks[b_scalar.term.kind] : 0;

    if (a == b) {
        return 0;
    }
    run->compared_bytes += a_scalar.term.lexical.length + (uint64_t)b_scalar.term.lexical.length;
    return a_rank != b_rank ? a_rank - b_rank : rp_term_compare(&a_scalar.term, &b_scalar.term);
}

/* NaN, values that are in an order, texts with a language, and what has no known value. */
static int
rank_of_literal(const RpScalar *scalar, const RpValue *value)
{
    return value->kind != 0 ? 1 : is_nan(scalar) ? 0 : rp_scalar_is_text(scalar) ? 2 : 3;
}

int
rp_scalar_order(RpQueryRun *run, RpTermId a, RpTermId b)
{
    RpScalar a_scalar = rp_scalar_of_id(run, a);
    RpScalar b_scalar = rp_scalar_of_id(run, b);
    RpValue a_value;
    RpValue b_value;
    int order;

    if (a == b || !rp_scalar_is_literal(&a_scalar) || !rp_scalar_is_literal(&b_scalar)) {
        return rp_scalar_term_order(run, a, b);
    }
    run->compared_bytes += a_scalar.term.lexical.length + (uint64_t)b_scalar.term.lexical.length;
    rp_value_read(&a_scalar.term, a_scalar.datatype, &a_value);
    rp_value_read(&b_scalar.term, b_scalar.datatype, &b_value);
    order = rank_of_literal(&a_scalar, &a_value) - rank_of_literal(&b_scalar, &b_value);
    if (order == 0 && a_value.kind != 0) {
        order = rp_value_total_order(&a_value, &b_value);
    }
    return order != 0 ? order : rp_scalar_term_order(run, a, b);
}
