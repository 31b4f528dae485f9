/* From what is registered of a source to how its rows are read. */
#ifndef RP_PG_SOURCE_COMPILE_H
#define RP_PG_SOURCE_COMPILE_H

#include "pg/graph/graph_source.h"
#include "pg/graph/source_options.h"

/*
 * Fill in all of a source but its graph and id, in the current memory context. relation: a name,
 * qualified and quoted. namespace: the extension's. The relations stay locked (ACCESS SHARE).
 *
 * ERROR, each with the option that is wrong: 42P01 no such relation, 42703 no such column, 42804 a
 * column of another type, 42809 another kind of relation, 22023 options that do not go together,
 * 22P02 a constant or a code that is none, 42830 a dictionary whose ids are not unique, what the
 * row filter's parsing raises; 42501 for options that are new where the current role does not own
 * the relation or a dictionary.
 */
void rp_source_compile(const char *relation, const RpSourceOptions *options, Oid namespace,
                       RpGraphSource *source);

#endif
