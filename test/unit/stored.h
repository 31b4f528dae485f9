/*
 * A stored graph, judged as a whole, by changes and in parts, for the tests of incremental. All
 * graphs of one test share a dictionary, so that their results have the same order and can be
 * compared as text.
 */
#ifndef RP_TEST_STORED_H
#define RP_TEST_STORED_H

#include "incremental/change_judge.h"
#include "incremental/part_judge.h"
#include "incremental/reach.h"
#include "validation.h"

enum { RP_STORED_TRIPLE_LIMIT = 256 };

typedef struct RpTestTriples {
    RpTriple triples[RP_STORED_TRIPLE_LIMIT];
    uint32_t count;
} RpTestTriples;

typedef struct RpTestChanges {
    RpChange changes[RP_STORED_TRIPLE_LIMIT];
    uint32_t count;
} RpTestChanges;

/* One shapes text with its stored graph; end it whatever happened. */
typedef struct RpTestStored {
    RpTestRun run; /* whose arena and image it uses, and whose dictionary is that of all graphs */
    RpReadMap *map;
    RpTestTriples now;    /* the graph */
    RpJudgeLimits limits; /* at first none */
    size_t memory;        /* of one judgement and its lines */
    bool is_generous; /* the store gives triples several times, and some that nobody asked for */
    bool gives_all;   /* it gives all triples in each layer, once */
    /* Of the last judgement. */
    RpJudgeOutcome outcome;
    uint64_t triple_count;        /* that the store gave, or slices read */
    uint32_t repeated_read_count; /* reads that were asked for before, or that cannot be */
} RpTestStored;

/* The store of a judgement: a triple is looked for among all of them. */
typedef struct RpTestFetching {
    RpTestStored *stored;
    const RpDictionary *dictionary;
    const RpTripleSink *sink;
    RpStoreRead seen[4096];
    uint32_t seen_count;
} RpTestFetching;

/* Results as lines, in an arena of their own. */
typedef struct RpTestLines {
    RpArena arena;
    char **lines;
    uint32_t count;
    RpStatus status; /* of the judgement; else there are no lines */
} RpTestLines;

RpStatus rp_test_stored_begin(RpTestStored *stored, const char *shapes);
void rp_test_stored_end(RpTestStored *stored);

/* Read the triples of a Turtle text. */
RpStatus rp_test_stored_read(RpTestStored *stored, const char *turtle, RpTestTriples *triples);
/* The id of a term, added where it is new. */
RpTermId rp_test_stored_term(RpTestStored *stored, const RpTerm *term);

/* Add a triple to the graph, or remove it, and to the changes that are to be judged. */
void rp_test_stored_change(RpTestStored *stored, RpTriple triple, bool is_removal,
                           RpTestChanges *changes);

/*
 * The results, each with its details in braces, in the order of the report: of all that is stored,
 * of the changes, of a part. End the lines.
 */
void rp_test_stored_validate(RpTestStored *stored, RpTestLines *lines);
void rp_test_stored_judge(RpTestStored *stored, const RpTestChanges *changes, RpTestLines *lines);
void rp_test_stored_part(RpTestStored *stored, const RpPart *part, RpTestLines *lines);
/* The same of the whole in so many slices, each over no more than its reach. */
void rp_test_stored_slices(RpTestStored *stored, uint32_t slice_count, RpTestLines *lines);
/* The same as the part of one shape and one node, over the whole graph. */
void rp_test_stored_focus(RpTestStored *stored, uint32_t shape, RpTermId node, RpTestLines *lines);
void rp_test_lines_end(RpTestLines *lines);

/* For tests of a judgement's parts: a data graph without triples that has the terms of all graphs,
 * by the same ids; all that is stored put into it, as far as the image reads it; a store. */
RpStatus rp_test_stored_data(RpTestStored *stored, RpArena *arena, RpDataGraph *data);
RpStatus rp_test_stored_fill(RpTestStored *stored, RpDataGraph *data, RpError *error);
void rp_test_stored_store(RpTestStored *stored, RpTestFetching *fetching, RpStore *store);

/* The first line that the others lack, but for its details; NULL: there is none. */
const char *rp_test_lines_beyond(const RpTestLines *lines, const RpTestLines *others);

/* Whether both are the same, in the same order; else prints the first difference. */
bool rp_test_lines_are(const RpTestLines *lines, const RpTestLines *expected, const char *what);

#endif
