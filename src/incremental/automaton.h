/*
 * The automaton of a read map. A state is a place where evaluation stands with a node: the start of
 * a shape, a place within its path, its value nodes. A step is what it reads of the node there, and
 * the state that what it finds there is in. States of different shapes are different, and those of
 * one shape are the same wherever it is referred to: recursion is a cycle.
 *
 *     ex:S sh:path ( ex:p [ sh:inversePath ex:q ] ) ; sh:class ex:C ; sh:node ex:T .
 *
 *     start of S --p--> within --inverse q--> values of S --classes, ex:C--> (nowhere)
 *                                             values of S --nothing--> start of T
 */
#ifndef RP_INCREMENTAL_AUTOMATON_H
#define RP_INCREMENTAL_AUTOMATON_H

#include "image/image.h"
#include "rdf/graph.h"

typedef struct RpReadMap RpReadMap; /* read_map.h */

typedef enum RpStepKind {
    RP_STEP_NOTHING = 1, /* the same node in another state */
    RP_STEP_FORWARD,     /* objects of the node by term */
    RP_STEP_INVERSE,     /* subjects by term that have the node as object */
    RP_STEP_CLASSES,     /* whether the node is an instance of term */
    RP_STEP_ALL,         /* all triples of the node, but for some predicates: their objects */
    RP_STEP_ALL_INVERSE, /* the same of those that have the node as object: their subjects */
    RP_STEP_TERM,        /* to the node term, whatever the node is: a constant of a query */
    RP_STEP_WHOLE        /* to all nodes of the graph: evaluation needs it as a whole */
} RpStepKind;

enum {
    /* What may violate a shape that has targets: bits of RpStep.violates_by. */
    RP_BY_ADDITION = 1, /* that the step finds more */
    RP_BY_REMOVAL = 2   /* that it finds less */
};

typedef struct RpStep {
    uint32_t from;
    uint32_t to; /* 0: what is found is not gone on from */
    RpTermId term;
    uint32_t first_allowed; /* of RP_STEP_ALL and ALL_INVERSE: into allowed, sorted by id */
    uint32_t allowed_count;
    uint32_t query; /* of RP_STEP_TERM and WHOLE: whose it is, its index + 1 */
    uint8_t kind;
    uint8_t violates_by;
    bool is_condition; /* to a shape whose results only decide about another's (sh:node, sh:not) */
} RpStep;

/* Indexes of steps, state after state. */
typedef struct RpStepOrder {
    uint32_t *first; /* of a state's in steps; those of the next state follow */
    uint32_t *steps;
} RpStepOrder;

struct RpReadMap {
    RpStep *steps;
    uint32_t step_count;
    uint32_t state_count; /* from 1 */
    RpStepOrder out;      /* by from */
    RpStepOrder into;     /* by to */
    RpGraph by_term;      /* kind → term → index of the step, but for RP_STEP_NOTHING */
    RpGraph by_target;    /* RpTargetKind → term → shape, of those that are not deactivated */
    RpGraph classes[2];   /* of the image, by is_below: class → next above, or below */
    uint32_t *starts;     /* by shape: its start; 0: it is never evaluated */
    uint32_t *shapes;     /* by state: the shape that it is the start of + 1; 0: of none */
    uint32_t *askings;    /* by shape: the state of nodes that its targets' queries are asked about;
                             0: it has none */
    uint32_t *asked_for;  /* by state: the shape whose asking it is + 1; 0: no shape's */
    RpTermId *allowed;
    uint32_t allowed_count;
    uint8_t types_violate_by; /* RP_BY_: that nodes are instances of more classes, or fewer */
    uint32_t whole_query;     /* one of those that need the whole graph + 1; 0: there is none */
};

/* The predicate of graphs that are tables of pairs. */
enum { RP_PAIR_PREDICATE = 1 };

/* The indexes of steps with a kind and a term, as the objects of triples. */
static inline RpTripleRange
rp_read_map_steps(const RpReadMap *map, RpStepKind kind, RpTermId term)
{
    return rp_graph_objects(&map->by_term, (RpTermId)kind, term);
}

/* The shapes with a target, as the objects of triples. */
static inline RpTripleRange
rp_read_map_targets(const RpReadMap *map, RpTargetKind kind, RpTermId term)
{
    return rp_graph_objects(&map->by_target, (RpTermId)kind, term);
}

/* Whether a step reads triples of any predicate, but for some. */
static inline bool
rp_step_reads_all(const RpStep *step)
{
    return step->kind == RP_STEP_ALL || step->kind == RP_STEP_ALL_INVERSE;
}

/* Whether such a step passes a predicate over. */
bool rp_read_map_allows(const RpReadMap *map, const RpStep *step, RpTermId predicate);

/* Whether a shape has a target of a class that is a class's, or one of its steps asks for it. */
bool rp_read_map_asks_for_class(const RpReadMap *map, RpTermId class_id);

#endif
