/*
 * The WHEN condition of a capture trigger: which columns it hands to the WHEN function.
 */
#ifndef RDFPOLICY_PG_ENFORCE_CAPTURE_CONDITION_H
#define RDFPOLICY_PG_ENFORCE_CAPTURE_CONDITION_H

#include "pg/graph/graph_source.h"

/*
 * Whether a condition hands over what is read of a relation's rows. A trigger remembers its columns
 * by number and a source by name, so columns that change names part the two. relation: the one
 * that has the trigger, `rows` describes it or what it is a partition of. condition: tgqual.
 */
bool rp_capture_condition_fits(Oid relation, const char *condition, const RpRowRelation *rows);

#endif
