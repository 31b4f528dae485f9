/*
 * What validation finds: results, in the order in which they are found, and their count. SHACL
 * Recommendation, section 3.6.
 */
#ifndef RP_VALIDATE_REPORT_H
#define RP_VALIDATE_REPORT_H

#include "image/image.h"

typedef struct RpResult RpResult;

struct RpResult {
    RpTermId focus;
    RpTermId value;          /* 0: none */
    uint32_t path;           /* index into the image's paths + 1; 0: none, or path_predicate */
    RpTermId path_predicate; /* where the path is one predicate of the data (sh:closed); else 0 */
    uint32_t shape;      /* index into the image's shapes: the shape that declares the constraint */
    uint32_t constraint; /* index into the image's constraints */
    uint32_t count;      /* what the message's {count} says: number of values, … */
    RpResult *details;   /* nested results (sh:node, …), first of a list; NULL: none */
    RpResult *next;
};

/* What judging one shape's targets took and found. */
typedef struct RpTally {
    uint64_t focus_node_count;
    uint64_t result_count;
    uint64_t time_ns;
} RpTally;

typedef struct RpReport {
    RpArena *arena;
    RpResult *first;
    RpResult *last;
    uint64_t kept_count;         /* results in the list */
    uint64_t kept_limit;         /* results beyond are counted and not kept */
    uint64_t total_count;        /* results found */
    uint64_t disallowed_count;   /* of them, with a severity that makes the data not conform */
    uint64_t stop_at_disallowed; /* validation ends when disallowed_count meets this; 0: never */
    bool stops_when_full;        /* validation ends when kept_limit is met; with a kept_limit of 0
                                    at the first result */
    bool keeps_details;

    /* The severities that make the data not conform; NULL: all. */
    const RpText *disallowed_severities;
    uint32_t disallowed_severity_count;

    /* Counted along the way. */
    uint64_t focus_node_count;  /* shape and focus node pairs judged: those that targets give */
    RpTally *tallies;           /* by shape, cleared by the caller; NULL: not wanted */
    uint64_t (*clock_ns)(void); /* where tallies are */
} RpReport;

/* A report that keeps up to kept_limit results. */
void rp_report_init(RpReport *report, RpArena *arena, uint64_t kept_limit);

/*
 * Count a result, and keep a copy of it while there is room. severity: IRI of its shape's severity.
 * Sets *is_finished when the report has what its reader wanted.
 */
RpStatus rp_report_add(RpReport *report, const RpResult *result, RpText severity, bool *is_finished,
                       RpError *error);

static inline bool
rp_report_conforms(const RpReport *report)
{
    return report->disallowed_count == 0;
}

#endif
