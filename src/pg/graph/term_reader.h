/* One term of a row, as its columns have it. */
#ifndef RP_PG_TERM_READER_H
#define RP_PG_TERM_READER_H

#include "base/arena.h"
#include "pg/graph/graph_source.h"

/*
 * Read a term that is no id. Its texts are views of the values, or are in the arena, or in the
 * current memory context. It has passed rp_term_check. Where the datatype is an id, a literal
 * without language has that of a string: the caller sees to it.
 *
 * RP_SYNTAX where the columns make no term; *column is then the one to blame.
 */
RpStatus rp_term_place_read(const RpTermPlace *place, const RpRowRelation *rows,
                            const Datum *values, const bool *nulls, RpArena *arena, RpTerm *term,
                            int *column, RpError *error);

#endif
