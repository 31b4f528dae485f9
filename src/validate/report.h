/*
 * What validation finds: results, in the order in which they are found, and their count. SHACL
 * Recommendation, section 3.6. What is kept of them has bounds, which no verdict and no count
 * depends on.
 */
#ifndef RP_VALIDATE_REPORT_H
#define RP_VALIDATE_REPORT_H

#include "image/image.h"
#include "rdf/graph.h"

typedef struct RpEvaluation RpEvaluation; /* evaluation.h */
typedef struct RpSummary RpSummary;       /* summary.h */
typedef struct RpResult RpResult;

struct RpResult {
    RpTermId focus;
    RpTermId value;          /* 0: none */
    uint32_t path;           /* index into the image's paths + 1; 0: none, or path_predicate */
    RpTermId path_predicate; /* where the path is one predicate of the data (sh:closed); else 0 */
    uint32_t shape;      /* index into the image's shapes: the shape that declares the constraint */
    uint32_t constraint; /* index into the image's constraints, or RP_RESULT_OF_DOCUMENT */
    uint32_t count;      /* what the message's {count} says: number of values, … */
    uint32_t operand;    /* of a detail: which of the constraint's shapes it is of, from 1 */
    uint32_t line;       /* where it stands, as RpPosition.line; 0: unknown (result_place.h) */
    bool details_are_cut; /* there was no room for details, or for some */
    RpText message;       /* its default message but for what details add; empty: not written yet */
    const RpTermId *messages; /* of a solution: literals, instead of its shape's and the default */
    uint32_t message_count;
    RpResult *details; /* nested results (sh:node, …), first of a list; NULL: none */
    RpResult *next;
    RpResult *next_parent; /* of those whose details are still to be found (details.h) */
};

/* RpResult.constraint of a result that is no shape's: no node was judged, and one had to be. It has
 * a message, and neither focus nor shape. */
#define RP_RESULT_OF_DOCUMENT UINT32_MAX

static inline bool
rp_result_is_of_document(const RpResult *result)
{
    return result->constraint == RP_RESULT_OF_DOCUMENT;
}

/* What evaluating one shape's targets took and found. */
typedef struct RpTally {
    uint64_t focus_node_count;
    uint64_t result_count;
    uint64_t time_ns;
} RpTally;

/* What there is room for, beside each report's kept_limit: of all reports that are one in the end.
 */
#define RP_REPORT_BYTES_UNLIMITED UINT64_MAX

typedef struct RpReportRoom {
    uint64_t bytes;   /* left for results as they are written (result_size.h), or unlimited */
    uint64_t details; /* left for nested results, in their number */
    bool is_full;     /* a result was larger than what was left: nothing more is kept */
} RpReportRoom;

typedef struct RpReport {
    RpArena *arena;
    RpResult *first;
    RpResult *last;
    uint64_t kept_count;       /* results in the list */
    uint64_t kept_limit;       /* results beyond are counted and not kept */
    RpSummary *summary;        /* NULL: none; else one result of each group is kept, and kept_limit
                                    is a limit of those that are counted */
    RpReportRoom *room;        /* NULL: for results of any size, and details without number */
    uint64_t total_count;      /* results found, up to RP_REPORT_COUNT_LIMIT */
    uint64_t disallowed_count; /* of them, with a severity that makes the data not conform */
    uint64_t add_count;        /* how often results were added: not 0 where there are any */
    uint64_t stop_at_disallowed; /* validation ends when disallowed_count meets this; 0: never */
    bool stops_when_cut;         /* validation ends at the first result that is not kept */
    bool keeps_details;
    bool
        keeps_disallowed_only; /* results that do not matter for the verdict are counted, no more */
    bool is_cut;               /* a result was not kept for want of room */
    /* Pairs of a recursive shape and a node, whose results come once (recursion.h), that have them
     * in the report of another slice: shape + 1, node. NULL: there are no slices, or not yet. */
    RpGraph *reported_pairs;
    uint32_t level; /* of its results: 0 for a whole report, 1 for their details, … */

    /* The results whose details are to be found, in their order. */
    RpResult *first_parent;
    RpResult *last_parent;
    RpEvaluation *evaluation; /* what found the results, in the arena: for details.h */

    /* The severities that make the data not conform; NULL: all. */
    const RpText *disallowed_severities;
    uint32_t disallowed_severity_count;

    /* Counted along the way. */
    uint64_t focus_node_count;  /* shape and focus node pairs evaluated: those that targets give */
    bool counts_focus_nodes;    /* before the first is evaluated, into focus_node_total */
    uint64_t focus_node_total;  /* the pairs that there are; 0: not known */
    RpTally *tallies;           /* by shape, cleared by the caller; NULL: not wanted */
    uint64_t (*clock_ns)(void); /* where tallies are */
} RpReport;

enum { RP_REPORTED_PAIR = 1 }; /* the predicate of reported_pairs */

/* Where shapes share parts, there can be more results than can be counted one by one. */
#define RP_REPORT_COUNT_LIMIT ((uint64_t)INT64_MAX)

static inline uint64_t
rp_report_add_counts(uint64_t a, uint64_t b)
{
    return b < RP_REPORT_COUNT_LIMIT - a ? a + b : RP_REPORT_COUNT_LIMIT;
}

/* A report that keeps up to kept_limit results. */
void rp_report_init(RpReport *report, RpArena *arena, uint64_t kept_limit);

/* Whether there is room for one more, of any severity. What was cut once keeps no more, so that
 * what is kept is the beginning. */
bool rp_report_is_open(const RpReport *report);

/* Whether a result of a shape with this severity is kept if its size allows. */
bool rp_report_has_room(const RpReport *report, RpText severity);

/* A result as it is added. */
typedef struct RpFound {
    const RpResult *result;
    RpText severity; /* IRI of its shape's severity */
    uint64_t times;  /* so many results that are all alike */
    uint64_t copies; /* of them, to be kept: all; in a summary one for a new group */
    uint64_t size;   /* of one of them; any where rp_report_has_room says no */
    bool is_parent;  /* it has details, which are still to be found */
} RpFound;

/*
 * Count results, and keep copies of them while there is room. Sets *is_finished when the report has
 * what its reader wanted. Polls the host.
 */
RpStatus rp_report_add(RpReport *report, const RpFound *found, bool *is_finished, RpError *error);

/* Count results that are known to be found, in a report that is not open. */
void rp_report_skip(RpReport *report, uint64_t total_count, uint64_t disallowed_count,
                    bool *is_finished);

/* Count results that are known to be found, and are counted in a summary too. */
void rp_report_repeat(RpReport *report, uint64_t total_count, uint64_t disallowed_count,
                      bool *is_finished);

/* Put a result at the end of those whose details are to be found. */
void rp_report_put_parent(RpReport *report, RpResult *parent);

static inline bool
rp_report_conforms(const RpReport *report)
{
    return report->disallowed_count == 0;
}

#endif
