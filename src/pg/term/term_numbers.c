/* Casts between rdf_term and the numeric types and boolean: see term_cast.h. */
#include "pg/term/term_cast.h"

#include <math.h>

#include "common/shortest_dec.h"
#include "utils/numeric.h"

#include "xsd/number.h"

PG_FUNCTION_INFO_V1(rdf_term_from_smallint);
PG_FUNCTION_INFO_V1(rdf_term_from_integer);
PG_FUNCTION_INFO_V1(rdf_term_from_bigint);
PG_FUNCTION_INFO_V1(rdf_term_from_numeric);
PG_FUNCTION_INFO_V1(rdf_term_from_real);
PG_FUNCTION_INFO_V1(rdf_term_from_double);
PG_FUNCTION_INFO_V1(rdf_term_from_boolean);
PG_FUNCTION_INFO_V1(rdf_term_to_smallint);
PG_FUNCTION_INFO_V1(rdf_term_to_integer);
PG_FUNCTION_INFO_V1(rdf_term_to_bigint);
PG_FUNCTION_INFO_V1(rdf_term_to_numeric);
PG_FUNCTION_INFO_V1(rdf_term_to_real);
PG_FUNCTION_INFO_V1(rdf_term_to_double);
PG_FUNCTION_INFO_V1(rdf_term_to_boolean);

enum { NUMBER_SIZE = 32 };

static Datum
integer_datum(int64 value)
{
    char lexical[NUMBER_SIZE];

    snprintf(lexical, sizeof(lexical), INT64_FORMAT, value);
    return rp_cast_literal(RP_VOCABULARY_xsd_integer, lexical);
}

Datum
rdf_term_from_smallint(PG_FUNCTION_ARGS)
{
    PG_RETURN_DATUM(integer_datum(PG_GETARG_INT16(0)));
}

Datum
rdf_term_from_integer(PG_FUNCTION_ARGS)
{
    PG_RETURN_DATUM(integer_datum(PG_GETARG_INT32(0)));
}

Datum
rdf_term_from_bigint(PG_FUNCTION_ARGS)
{
    PG_RETURN_DATUM(integer_datum(PG_GETARG_INT64(0)));
}

/* xsd:decimal has neither NaN nor infinities. */
Datum
rdf_term_from_numeric(PG_FUNCTION_ARGS)
{
    Numeric value = PG_GETARG_NUMERIC(0);
    char *lexical = DatumGetCString(DirectFunctionCall1(numeric_out, NumericGetDatum(value)));

    if (numeric_is_nan(value) || numeric_is_inf(value)) {
        rp_cast_refuse_value(lexical, RP_VOCABULARY_xsd_decimal);
    }
    PG_RETURN_DATUM(rp_cast_literal(RP_VOCABULARY_xsd_decimal, lexical));
}

/* NaN, INF and -INF are values of xsd:float and xsd:double. False: the value is another. */
static bool
write_special(char *lexical, double value)
{
    if (isnan(value)) {
        strcpy(lexical, "NaN");
        return true;
    }
    if (isinf(value)) {
        strcpy(lexical, value > 0 ? "INF" : "-INF");
        return true;
    }
    return false;
}

/* The shortest form that reads back as the same float. */
Datum
rdf_term_from_real(PG_FUNCTION_ARGS)
{
    float4 value = PG_GETARG_FLOAT4(0);
    char lexical[FLOAT_SHORTEST_DECIMAL_LEN];

    if (!write_special(lexical, value)) {
        float_to_shortest_decimal_buf(value, lexical);
    }
    PG_RETURN_DATUM(rp_cast_literal(RP_VOCABULARY_xsd_float, lexical));
}

/* The shortest form that reads back as the same double. */
Datum
rdf_term_from_double(PG_FUNCTION_ARGS)
{
    float8 value = PG_GETARG_FLOAT8(0);
    char lexical[DOUBLE_SHORTEST_DECIMAL_LEN];

    if (!write_special(lexical, value)) {
        double_to_shortest_decimal_buf(value, lexical);
    }
    PG_RETURN_DATUM(rp_cast_literal(RP_VOCABULARY_xsd_double, lexical));
}

Datum
rdf_term_from_boolean(PG_FUNCTION_ARGS)
{
    PG_RETURN_DATUM(
        rp_cast_literal(RP_VOCABULARY_xsd_boolean, PG_GETARG_BOOL(0) ? "true" : "false"));
}

Datum
rdf_term_to_smallint(PG_FUNCTION_ARGS)
{
    char *lexical = rp_cast_argument(fcinfo, RP_VOCABULARY_xsd_integer, "smallint");

    return DirectFunctionCall1(int2in, CStringGetDatum(lexical));
}

Datum
rdf_term_to_integer(PG_FUNCTION_ARGS)
{
    char *lexical = rp_cast_argument(fcinfo, RP_VOCABULARY_xsd_integer, "integer");

    return DirectFunctionCall1(int4in, CStringGetDatum(lexical));
}

Datum
rdf_term_to_bigint(PG_FUNCTION_ARGS)
{
    char *lexical = rp_cast_argument(fcinfo, RP_VOCABULARY_xsd_integer, "bigint");

    return DirectFunctionCall1(int8in, CStringGetDatum(lexical));
}

Datum
rdf_term_to_numeric(PG_FUNCTION_ARGS)
{
    char *lexical = rp_cast_argument(fcinfo, RP_VOCABULARY_xsd_decimal, "numeric");

    return DirectFunctionCall3(numeric_in, CStringGetDatum(lexical), ObjectIdGetDatum(InvalidOid),
                               Int32GetDatum(-1));
}

Datum
rdf_term_to_real(PG_FUNCTION_ARGS)
{
    char *lexical = rp_cast_argument(fcinfo, RP_VOCABULARY_xsd_float, "real");
    double value = 0;

    rp_float_read(rp_text_from(lexical), true, &value);
    PG_RETURN_FLOAT4((float4)value);
}

Datum
rdf_term_to_double(PG_FUNCTION_ARGS)
{
    char *lexical = rp_cast_argument(fcinfo, RP_VOCABULARY_xsd_double, "double precision");
    double value = 0;

    rp_float_read(rp_text_from(lexical), false, &value);
    PG_RETURN_FLOAT8(value);
}

Datum
rdf_term_to_boolean(PG_FUNCTION_ARGS)
{
    char *lexical = rp_cast_argument(fcinfo, RP_VOCABULARY_xsd_boolean, "boolean");

    PG_RETURN_BOOL(strcmp(lexical, "true") == 0 || strcmp(lexical, "1") == 0);
}
