/*
 * Results counted by shape, path and component. A report with a summary keeps one result of each
 * group, an example, and not the others: group i has the report's i-th result.
 *
 * Where shapes share parts and data do, results are more than can be counted one by one: so what a
 * node has by a shape is noted with the pair's verdict (verdict_table.h), and counted again as a
 * whole. For that, counts wait in a list until all that a target's focus node has is found. A part
 * of the list is open: what is found of the node and shape that are being evaluated.
 */
#ifndef RP_VALIDATE_SUMMARY_H
#define RP_VALIDATE_SUMMARY_H

#include "validate/report.h"

enum { RP_SUMMARY_NO_GROUP = UINT32_MAX };

/* The path is the shape's, but for sh:closed. */
typedef struct RpSummaryGroup {
    uint32_t shape;     /* index into the image's shapes */
    uint32_t component; /* id, as in the image, or the node of one that is declared there; of the
                                document's: RP_RESULT_OF_DOCUMENT */
    RpTermId path_predicate; /* as in RpResult */
    uint64_t count;          /* of results, up to RP_REPORT_COUNT_LIMIT */
} RpSummaryGroup;

/* So many results of a group. */
typedef struct RpSummaryCount {
    uint32_t group;
    uint64_t count;
} RpSummaryCount;

struct RpSummary {
    RpArena *arena;
    const RpImage *image;
    const RpHashKey *key;

    RpSummaryGroup *groups;
    uint32_t group_count;
    uint32_t group_capacity;
    uint32_t *slots; /* hash table of groups: index + 1; 0: empty */
    uint32_t slot_count;

    RpSummaryCount *waiting; /* not added to the groups yet */
    uint32_t waiting_count;
    uint32_t waiting_capacity;
    uint32_t open; /* where the open part begins */
};

/* An empty summary of results by an image. key: of the data's dictionary. */
void rp_summary_init(RpSummary *summary, RpArena *arena, const RpImage *image,
                     const RpHashKey *key);

/* The group of a result, or RP_SUMMARY_NO_GROUP. */
uint32_t rp_summary_find(const RpSummary *summary, const RpResult *result);

/* Make a new group, of which the result is the example. */
RpStatus rp_summary_add_group(RpSummary *summary, const RpResult *result, uint32_t *group,
                              RpError *error);

/* Have a group that another summary has, whose example is there. */
RpStatus rp_summary_put_group(RpSummary *summary, const RpSummaryGroup *group, RpError *error);

/* Count results of a group. */
RpStatus rp_summary_count(RpSummary *summary, uint32_t group, uint64_t count, RpError *error);

/* Begin a part of the list; returns where the outer one begins, for closing it. */
uint32_t rp_summary_open(RpSummary *summary);

/* End a part, which becomes the end of the outer one. */
void rp_summary_close(RpSummary *summary, uint32_t outer);

/* What the open part counts, each group once, copied into the arena. */
RpStatus rp_summary_note(RpSummary *summary, const RpSummaryCount **noted, uint32_t *noted_count,
                         RpError *error);

/* Count again what was noted, no more than limit results in all. */
RpStatus rp_summary_repeat(RpSummary *summary, const RpSummaryCount *noted, uint32_t noted_count,
                           uint64_t limit, RpError *error);

/* Add what the open part counts to the groups. */
void rp_summary_settle(RpSummary *summary);

#endif
