/*
 * A set of triples of ids: filled, then frozen (sorted, duplicates dropped), then read. Three
 * orderings: subject-predicate-object, made by freeze; predicate-object-subject, made at its first
 * use, and sorted within a predicate when that is first asked for; object-subject-predicate, made
 * at its first use.
 */
#ifndef RP_RDF_GRAPH_H
#define RP_RDF_GRAPH_H

#include "rdf/dictionary.h"
#include "rdf/triple_sort.h"

/* The triples of a predicate in by_predicate. */
typedef struct RpPredicatePart {
    RpTermId predicate;
    uint32_t first;
    uint32_t count;
    bool is_sorted; /* by object, subject; else by subject, object */
    uint32_t last;  /* of them: where an object was found last, as the next is often near */
} RpPredicatePart;

typedef struct RpGraph {
    RpArena *arena;
    RpDictionary *dictionary;
    RpTriple *by_subject;   /* until freeze: in order of arrival */
    RpTriple *by_predicate; /* NULL: not made yet */
    RpPredicatePart *parts; /* of by_predicate, by predicate */
    uint32_t part_count;
    RpTriple *by_object; /* NULL: not made yet */
    uint32_t count;
    uint32_t capacity;
    bool is_frozen;
} RpGraph;

/* A range of triples of one ordering: for (t = range.first; t < range.end; t++). */
typedef struct RpTripleRange {
    const RpTriple *first;
    const RpTriple *end;
} RpTripleRange;

void rp_graph_init(RpGraph *graph, RpArena *arena, RpDictionary *dictionary);
/* A frozen graph of triples that are sorted, without duplicates, and not its own. */
void rp_graph_init_sorted(RpGraph *graph, RpArena *arena, RpDictionary *dictionary,
                          const RpTriple *triples, uint32_t count);
RpStatus rp_graph_add(RpGraph *graph, RpTriple triple, RpError *error);

/*
 * For who adds triples before their terms have ids. Set a term of a triple: place is twice its
 * subscript, and one more for its object (RpTermSink.id, of term_batch.h). Then have the triples
 * without a subject, from one on, take that of the one before each. Polls the host.
 */
void rp_graph_put_term(void *graph, uint32_t place, RpTermId id);
RpStatus rp_graph_repeat_subjects(RpGraph *graph, uint32_t first, RpError *error);

/* Sort and drop duplicates. Adding afterwards is an error of the program. Polls the host. */
RpStatus rp_graph_freeze(RpGraph *graph, RpError *error);

/*
 * The triples that fit a pattern; RP_TERM_NONE stands for any. A frozen graph only. Patterns
 * without subject make the second ordering, those with an object and no predicate the third, and
 * may fail as any allocation. All of one (s p ?) range are distinct objects in id order; all of one
 * (? p o) range distinct subjects in id order; a (? p ?) range is in order of object, then subject.
 */
RpStatus rp_graph_match(RpGraph *graph, RpTermId subject, RpTermId predicate, RpTermId object,
                        RpTripleRange *range, RpError *error);

/* The objects of a subject and predicate: cannot fail. */
RpTripleRange rp_graph_objects(const RpGraph *graph, RpTermId subject, RpTermId predicate);
/* All triples of a subject, in order of predicate, then object: cannot fail. */
RpTripleRange rp_graph_subject(const RpGraph *graph, RpTermId subject);
/* The part of a subject's range that has a predicate. */
RpTripleRange rp_triple_range_objects(RpTripleRange range, RpTermId predicate);
bool rp_graph_contains(const RpGraph *graph, RpTriple triple);

static inline uint32_t
rp_triple_range_count(RpTripleRange range)
{
    return (uint32_t)(range.end - range.first);
}

#endif
