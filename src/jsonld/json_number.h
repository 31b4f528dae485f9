/* JSON numbers as lexical forms (JSON-LD 1.1 API, 8.6; RFC 8785, 3.2.2.3). */
#ifndef RP_JSONLD_JSON_NUMBER_H
#define RP_JSONLD_JSON_NUMBER_H

#include "jsonld/json.h"

typedef enum RpNumberForm {
    RP_NUMBER_INTEGER, /* 42: no fraction, and below 1e21 */
    RP_NUMBER_DOUBLE,  /* 4.2E0: the canonical form, rounded to 15 digits behind the point */
    RP_NUMBER_DECIMAL, /* 4.2: exact */
    RP_NUMBER_ECMA     /* 4.2: ECMAScript's, which JCS has */
} RpNumberForm;

/* Whether the value of a number has no fraction and is below 1e21. text: a number of JSON. */
bool rp_json_number_is_integer(RpText text);

/*
 * Append a form of a number; RP_NUMBER_INTEGER of one that is an integer only. False: it is too
 * large for a double, or for a decimal of 131,072 digits.
 */
bool rp_json_number_append(RpBuffer *buffer, RpText text, RpNumberForm form);

#endif
