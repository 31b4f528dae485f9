/*
 * The triples of a graph that the shapes of an image read, in a temporary file: written as they are
 * read of the graph's relations, once, and then read slice by slice. Memory holds a block of the
 * file at a time; for a source with ids, eight bytes more for each.
 */
#ifndef RP_PG_SPILL_H
#define RP_PG_SPILL_H

#include "pg/pg.h"
#include "incremental/reach.h"
#include "validate/data_graph.h"
#include "pg/graph/graph_tags.h"
#include "pg/graph/id_terms.h"

typedef struct RpSpill RpSpill;

/*
 * An empty file, in the current memory context; it is closed with rp_spill_end, also after an
 * error. head is the data graph that relations are read into, as far as its predicates, datatypes
 * and named graphs go; reach says which keys are asked for; both live as long. Writing and reading
 * raise what the server says.
 */
RpSpill *rp_spill_begin(RpDataGraph *head, const RpReach *reach);
void rp_spill_end(RpSpill *spill);

/* Another source's triples follow. */
void rp_spill_begin_source(RpSpill *spill);
void rp_spill_end_source(RpSpill *spill);

/* Put a triple of terms. graph: a number of the caller's, or 0. */
RpStatus rp_spill_put(RpSpill *spill, const RpTerm *subject, RpTermId predicate,
                      const RpTerm *object, uint32 graph, RpError *error);

/* Of a source with ids: a triple of which subject and object are numbers, below RP_SPILL_IS_TERM;
 * or, with that bit, terms of head. */
#define RP_SPILL_IS_TERM UINT32_C(0x80000000)
void rp_spill_put_numbers(RpSpill *spill, RpTriple triple, uint32 graph);

/* Behind its triples, the term of a number. *mark is not 0, and tells terms of a number apart. */
RpStatus rp_spill_put_term(RpSpill *spill, uint32 number, const RpTerm *term, uint32 *mark,
                           RpError *error);

/* Behind its terms, the marks of the source's numbers, of which head's arena keeps a copy. Finds
 * the first triple that is none: *position is that of a number that has no mark, or of a subject
 * that is a literal; RP_POSITION_COUNT: there is none. */
RpStatus rp_spill_put_marks(RpSpill *spill, const RpIdTerms *marks, RpTermPosition *position,
                            uint32 *number, RpError *error);

/* Which of the triples are meant. */
typedef struct RpSpillChoice {
    uint32 first_graph; /* numbers, from first on and below end */
    uint32 end_graph;
    const RpReach *reach; /* NULL: all of them; else what it has */
} RpSpillChoice;

/* Add the links of the triples to a reach, which asks for their keys. */
RpStatus rp_spill_link(RpSpill *spill, const RpSpillChoice *choice, RpReach *reach, RpError *error);

/* Put the triples into a data graph of the same image, and the numbers of their graphs into tags,
 * unless these are NULL. RP_TOO_LARGE over rdfpolicy.max_triples. */
RpStatus rp_spill_fill(RpSpill *spill, const RpSpillChoice *choice, RpDataGraph *data,
                       RpGraphTags *tags, RpError *error);

/* How many triples there are, and the bytes of their terms. */
uint64 rp_spill_triple_count(const RpSpill *spill);
uint64 rp_spill_byte_count(const RpSpill *spill);

/* What it holds of rdfpolicy.work_mem, in head's arena. */
size_t rp_spill_memory(const RpSpill *spill);

#endif
