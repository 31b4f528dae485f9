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

/* RP_SYNTAX unless a term may stand in a position of a triple (RDF 1.1 Concepts, section 3.1). */
RpStatus rp_term_position_check(RpTermPosition position, const RpTerm *term, RpError *error);

/*
 * Whether look-ups by the term's own form find the row that it was read of: a text in N-Triples
 * form can be written in more than one way. Literals, which are looked up otherwise, are no matter.
 */
bool rp_term_place_is_canonical(const RpTermPlace *place, const RpRowRelation *rows,
                                const RpTerm *term, const Datum *values, const bool *nulls);

#define RP_TERM_IS_NOT_CANONICAL \
    "It is not in N-Triples' canonical form, so that look-ups would not find it."

#endif
