/*
 * What is known of nodes by shapes that are part of no cycle: verdicts, and how many results they
 * have. Shapes that share parts, and data that do, would ask the same question exponentially often.
 * Only what took long to find out is noted, so that most validations need no table, and none needs
 * more than a fraction of what it reads.
 */
#ifndef RP_VALIDATE_VERDICT_TABLE_H
#define RP_VALIDATE_VERDICT_TABLE_H

#include "validate/summary.h"

/* Value nodes evaluated until an answer is worth a note. */
enum { RP_VERDICT_COST = 32 };

typedef struct RpVerdict {
    uint32_t shape; /* index + 1; 0: empty */
    RpTermId node;
    uint64_t result_count;       /* those of recursive shapes, which come once in a report, aside */
    uint64_t disallowed_count;   /* of them */
    uint32_t visit;              /* RpEvaluation.visit when they were counted */
    const RpSummaryCount *noted; /* what they count in the report's summary, if it has one */
    uint32_t noted_count;
    const RpResult *first_detail; /* its results as details of another, once found; NULL: never */
    const RpResult *last_detail;
    bool is_verdict; /* conforms is known */
    bool conforms;
    bool is_counted;    /* the counts are known */
    bool reaches_cycle; /* sh:property led to recursive shapes as they were counted */
} RpVerdict;

/* A hash table with open addressing. Whoever writes the data chooses the ids of its nodes, and
 * could choose those that fall together: hence the key. */
typedef struct RpVerdictTable {
    const RpHashKey *key;
    RpVerdict *entries; /* NULL: not needed yet */
    uint32_t count;
    uint32_t capacity; /* a power of two */
    uint64_t shapes;   /* of which there are entries: bit shape % 64 */
} RpVerdictTable;

/* What is known of a node by a shape; NULL: nothing. Valid until the next put. */
RpVerdict *rp_verdict_table_find(const RpVerdictTable *table, uint32_t shape, RpTermId node);

/* The entry of a node and a shape, made where there is none. */
RpStatus rp_verdict_table_put(RpVerdictTable *table, RpArena *arena, uint32_t shape, RpTermId node,
                              RpVerdict **verdict, RpError *error);

#endif
