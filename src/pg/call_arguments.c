/* The arguments that the overloads of the validation functions share. */
#include "pg/call_arguments.h"

const text *
rp_argument_text(FunctionCallInfo fcinfo, int n)
{
    return n < PG_NARGS() && !PG_ARGISNULL(n) ? PG_GETARG_TEXT_PP(n) : NULL;
}

bool
rp_argument_source(FunctionCallInfo fcinfo, RpDataForm form, int base_argument,
                   RpDataSource *source)
{
    const text *base_iri;

    if (PG_ARGISNULL(0)) {
        return false;
    }
    *source = rp_data_source_from_datum(form, PG_GETARG_DATUM(0));
    base_iri = form == RP_DATA_TURTLE ? rp_argument_text(fcinfo, base_argument) : NULL;
    if (base_iri != NULL) {
        source->base_iri = rp_data_source_base_iri(base_iri);
    }
    return true;
}
