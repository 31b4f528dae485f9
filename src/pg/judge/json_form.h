/* What a document in jsonb is: JSON-LD, or triples (doc/sql.md, "Documents as jsonb"). */
#ifndef RP_PG_JSON_FORM_H
#define RP_PG_JSON_FORM_H

#include "pg/pg.h"
#include "utils/jsonb.h"
#include "base/status.h"

typedef enum RpJsonForm {
    RP_JSON_UNKNOWN, /* neither */
    RP_JSON_MIXED,   /* an array with elements of both forms */
    RP_JSON_NEARLY,  /* no triples, but an array with some, or nearly some: reading it as triples
                        says what is wrong with it */
    RP_JSON_TRIPLES, /* an array of triples (jsonb_source.h) */
    RP_JSON_LD
} RpJsonForm;

/*
 * Which form a document has. Told by the names of members alone, of the document or of the elements
 * that it is an array of:
 *   1. one begins with @ or is an absolute IRI: JSON-LD;
 *   2. a non-empty array in which each element has subject and predicate, and no member that a
 *      triple does not have: triples;
 *   3. there is a default context: JSON-LD, of an object or a non-empty array;
 *   4. []: triples, none.
 */
RpJsonForm rp_json_form(const Jsonb *jsonb, bool has_default_context);

/*
 * Whether a document is an array whose first element is a triple: without a default context it is
 * then triples, or of no form, which reading it as triples tells.
 */
bool rp_json_begins_as_triples(const Jsonb *jsonb);

/*
 * Say of a document that is of no form what was looked for, and what it may be instead. Of one that
 * is nearly triples the error is set already. The policy is that which reads it, of maybe several;
 * empty: none. Returns RP_SYNTAX.
 */
RpStatus rp_json_form_refuse(const Jsonb *jsonb, RpJsonForm form, RpText policy, RpError *error);

#endif
