/*
 * Operators and index support of rdf_term. Order and hash are for ever, since indexes and
 * partitions depend on them: the order is rp_term_compare's, the hash is that of the on-disk
 * form with the language tag in lower case.
 */
#include "pg/term/term_type.h"

#include "common/hashfn.h"

PG_FUNCTION_INFO_V1(rdf_term_eq);
PG_FUNCTION_INFO_V1(rdf_term_ne);
PG_FUNCTION_INFO_V1(rdf_term_lt);
PG_FUNCTION_INFO_V1(rdf_term_le);
PG_FUNCTION_INFO_V1(rdf_term_gt);
PG_FUNCTION_INFO_V1(rdf_term_ge);
PG_FUNCTION_INFO_V1(rdf_term_cmp);
PG_FUNCTION_INFO_V1(rdf_term_hash);
PG_FUNCTION_INFO_V1(rdf_term_hash_extended);

/* Both arguments of an operator, detoasted. */
typedef struct Operands {
    struct varlena *values[2];
    RpText forms[2]; /* on disk */
} Operands;

static void
operands_get(FunctionCallInfo fcinfo, Operands *operands)
{
    for (int i = 0; i < 2; i++) {
        operands->values[i] = PG_DETOAST_DATUM_PACKED(PG_GETARG_DATUM(i));
        operands->forms[i] = (RpText){VARDATA_ANY(operands->values[i]),
                                      (uint32_t)VARSIZE_ANY_EXHDR(operands->values[i])};
    }
}

static RpTerm
operand_term(const Operands *operands, int number)
{
    return rp_term_unpack(operands->forms[number].data, operands->forms[number].length);
}

/* What follows the first byte of a form. */
static RpText
operand_rest(const Operands *operands, int number)
{
    return (RpText){operands->forms[number].data + 1, operands->forms[number].length - 1};
}

/* A btree support function must not leak: index builds call it millions of times in one context. */
static void
operands_free(FunctionCallInfo fcinfo, Operands *operands)
{
    PG_FREE_IF_COPY(operands->values[0], 0);
    PG_FREE_IF_COPY(operands->values[1], 1);
}

/*
 * The order is total over all terms (kind, then text, datatype, language), as btree needs it; it is
 * no order of values. It must never change: indexes stand on it.
 */
static int
operands_compare(FunctionCallInfo fcinfo)
{
    Operands operands;
    int order;

    operands_get(fcinfo, &operands);
    if (likely(rp_term_forms_are_alike(operands.forms[0], operands.forms[1]))) {
        order = rp_text_compare(operand_rest(&operands, 0), operand_rest(&operands, 1));
    } else {
        RpTerm terms[2] = {operand_term(&operands, 0), operand_term(&operands, 1)};

        order = rp_term_compare(&terms[0], &terms[1]);
    }
    operands_free(fcinfo, &operands);
    return order;
}

/*
 * Term equality of RDF 1.1 Concepts, 3.3: "1" and "01" are two terms, tags of language are compared
 * without regard to case.
 */
static bool
operands_are_equal(FunctionCallInfo fcinfo)
{
    Operands operands;
    bool are_equal;

    operands_get(fcinfo, &operands);
    if (likely(rp_term_forms_are_alike(operands.forms[0], operands.forms[1]))) {
        are_equal = rp_text_equals(operand_rest(&operands, 0), operand_rest(&operands, 1));
    } else {
        RpTerm terms[2] = {operand_term(&operands, 0), operand_term(&operands, 1)};

        are_equal = rp_term_equals(&terms[0], &terms[1]);
    }
    operands_free(fcinfo, &operands);
    return are_equal;
}

Datum
rdf_term_eq(PG_FUNCTION_ARGS)
{
    PG_RETURN_BOOL(operands_are_equal(fcinfo));
}

Datum
rdf_term_ne(PG_FUNCTION_ARGS)
{
    PG_RETURN_BOOL(!operands_are_equal(fcinfo));
}

Datum
rdf_term_lt(PG_FUNCTION_ARGS)
{
    PG_RETURN_BOOL(operands_compare(fcinfo) < 0);
}

Datum
rdf_term_le(PG_FUNCTION_ARGS)
{
    PG_RETURN_BOOL(operands_compare(fcinfo) <= 0);
}

Datum
rdf_term_gt(PG_FUNCTION_ARGS)
{
    PG_RETURN_BOOL(operands_compare(fcinfo) > 0);
}

Datum
rdf_term_ge(PG_FUNCTION_ARGS)
{
    PG_RETURN_BOOL(operands_compare(fcinfo) >= 0);
}

Datum
rdf_term_cmp(PG_FUNCTION_ARGS)
{
    PG_RETURN_INT32(operands_compare(fcinfo));
}

/*
 * The on-disk form of the argument with its language tag in lower case: what is hashed. *copy: to
 * be freed, or NULL.
 */
static RpText
hash_input(struct varlena *value, char **copy)
{
    RpText form = {VARDATA_ANY(value), (uint32_t)VARSIZE_ANY_EXHDR(value)};
    RpTerm term = rp_term_unpack(form.data, form.length);

    *copy = NULL;
    if (term.language.length > 0) {
        char *tag;

        *copy = palloc(form.length);
        memcpy(*copy, form.data, form.length);
        tag = *copy + (term.language.data - form.data);
        for (uint32_t i = 0; i < term.language.length; i++) {
            tag[i] = pg_ascii_tolower((unsigned char)tag[i]);
        }
        form.data = *copy;
    }
    return form;
}

/*
 * Of bytes that equal terms share, by PostgreSQL's own function: the hash of a partition key is for
 * ever. It frees what it detoasted, since hash joins call it for each row.
 */
static uint64
argument_hash(FunctionCallInfo fcinfo, uint64 seed)
{
    struct varlena *value = PG_DETOAST_DATUM_PACKED(PG_GETARG_DATUM(0));
    char *copy;
    RpText input = hash_input(value, &copy);
    uint64 hash = hash_bytes_extended((const unsigned char *)input.data, (int)input.length, seed);

    if (copy != NULL) {
        pfree(copy);
    }
    PG_FREE_IF_COPY(value, 0);
    return hash;
}

/* hash_bytes_extended with seed 0 has hash_bytes in its low half, as hash support functions must.
 */
Datum
rdf_term_hash(PG_FUNCTION_ARGS)
{
    PG_RETURN_UINT32((uint32)argument_hash(fcinfo, 0));
}

Datum
rdf_term_hash_extended(PG_FUNCTION_ARGS)
{
    PG_RETURN_UINT64(argument_hash(fcinfo, (uint64)PG_GETARG_INT64(1)));
}
