/* See function.h. */
#include "sparql/function.h"

#include "base/ascii.h"
#include "rdf/vocabulary.h"

const RpFunction rp_functions[RP_FUNCTION_END] = {
    {NULL, 0, 0},
#define RP_SPARQL_FUNCTION(name, text, least, most) {text, least, most},
#include "sparql/function.def"
#undef RP_SPARQL_FUNCTION
};

const RpFunctionRefusal rp_function_refusals[] = {
    {"RAND", "RAND() gives another value each time, so that a verdict would not hold"},
    {"UUID", "UUID() gives another value each time, so that a verdict would not hold"},
    {"STRUUID", "STRUUID() gives another value each time, so that a verdict would not hold"}};

const uint32_t rp_function_refusal_count =
    sizeof(rp_function_refusals) / sizeof(rp_function_refusals[0]);

typedef struct Cast {
    RpVocabulary datatype;
    RpFunctionId function;
} Cast;

static const Cast casts[] = {{RP_VOCABULARY_xsd_string, RP_FUNCTION_cast_string},
                             {RP_VOCABULARY_xsd_boolean, RP_FUNCTION_cast_boolean},
                             {RP_VOCABULARY_xsd_integer, RP_FUNCTION_cast_integer},
                             {RP_VOCABULARY_xsd_decimal, RP_FUNCTION_cast_decimal},
                             {RP_VOCABULARY_xsd_float, RP_FUNCTION_cast_float},
                             {RP_VOCABULARY_xsd_double, RP_FUNCTION_cast_double},
                             {RP_VOCABULARY_xsd_dateTime, RP_FUNCTION_cast_datetime}};

RpFunctionId
rp_function_find(RpText word)
{
    for (int id = RP_FUNCTION_bound; id < RP_FUNCTION_cast_string; id++) {
        if (rp_ascii_is_letter(rp_functions[id].name[0]) &&
            rp_ascii_is_word(word, rp_functions[id].name)) {
            return (RpFunctionId)id;
        }
    }
    return RP_FUNCTION_NONE;
}

RpFunctionId
rp_function_find_cast(uint32_t datatype)
{
    for (size_t i = 0; i < sizeof(casts) / sizeof(casts[0]); i++) {
        if ((uint32_t)casts[i].datatype == datatype) {
            return casts[i].function;
        }
    }
    return RP_FUNCTION_NONE;
}

const char *
rp_function_refusal(RpText word)
{
    for (uint32_t i = 0; i < rp_function_refusal_count; i++) {
        if (rp_ascii_is_word(word, rp_function_refusals[i].name)) {
            return rp_function_refusals[i].why;
        }
    }
    return NULL;
}

const char *
rp_function_note(RpFunctionId function)
{
    switch (function) {
    case RP_FUNCTION_now:
        return "the start of the statement, with a warning (17.4.5.1)";
    case RP_FUNCTION_replace:
        return "without references to groups (17.4.3.15)";
    default:
        return function >= RP_FUNCTION_cast_string ? "cast (17.5)"
                                                   : "operator or function (17.3, 17.4)";
    }
}
