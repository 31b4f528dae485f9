/* One policy's verdict over one source: what all forms of validation in SQL are made of. */
#ifndef RP_PG_JUDGEMENT_H
#define RP_PG_JUDGEMENT_H

#include "validate/data_graph.h"
#include "validate/summary.h"
#include "pg/judge/data_source.h"
#include "pg/judge/require_focus.h"
#include "pg/shared/policy_cache.h"

/* What a caller wants to know; the other fields of RpReport are set by rp_judgement_make. */
typedef struct RpJudgementOptions {
    uint64_t kept_limit;         /* as in RpReport */
    uint64_t stop_at_disallowed; /* as in RpReport */
    RpReportRoom *room;          /* as in RpReport */
    bool stops_when_cut;         /* as in RpReport */
    bool keeps_details;          /* as in RpReport: to be found by rp_judgement_details */
    bool keeps_disallowed_only;  /* as in RpReport */
    bool is_summary;             /* the report has a summary */
    bool notes_places;           /* for rp_judgement_places */
    RpTally *tallies;            /* as in RpReport */
    const RpText *severities;    /* IRIs of those that make the data not conform; NULL: those of
                                    rdfpolicy.conformance_disallows */
    uint32_t severity_count;
    RpRequireFocus *require_focus; /* of the call, which the judgement's policy is one of; NULL: no
                                      focus node is looked for */
} RpJudgementOptions;

typedef struct RpJudgement {
    const RpPolicyUse *use;
    RpDataGraph data; /* its arena holds everything here */
    RpReport report;
    RpSummary summary;          /* of the report, where the options ask for one */
    RpArena *text_arena;        /* where texts of results go: by default data's */
    const RpDataSource *source; /* what it judges; NULL: what its caller read */
    RpPlaceLog places;          /* where that says what, in memory of its own */
    bool *texts_are_cut; /* NULL: texts are whole; else each is cut as messages cut values, and that
                            it was is noted here */
    bool hides_data;     /* nothing of the data is to be told, but counts */
} RpJudgement;

/* A judgement whose data is still to be read, and validated into its report. */
void rp_judgement_begin(const RpPolicyUse *use, const RpJudgementOptions *options, RpArena *arena,
                        RpJudgement *judgement);

/*
 * Judge the source by a policy, counting nothing. Everything is allocated in the arena. A failure
 * is never a verdict: what goes wrong is returned.
 */
RpStatus rp_judgement_make(const RpPolicyUse *use, const RpDataSource *source,
                           const RpJudgementOptions *options, RpArena *arena,
                           RpJudgement *judgement, RpError *error);

/* A clock for durations, in nanoseconds. */
uint64 rp_judgement_clock_ns(void);

/* Find the details of a judgement's results. Raises what goes wrong. */
void rp_judgement_details(RpJudgement *judgement);

/* Find the places of a judgement's results and their details, where some were noted, which are
 * forgotten then. Raises what goes wrong. */
void rp_judgement_places(RpJudgement *judgement);

/* Give back what was noted: there are no results. */
void rp_judgement_forget_places(RpJudgement *judgement);

/* Whether a result has a severity that makes the data not conform. */
bool rp_judgement_result_is_disallowed(const RpJudgement *judgement, const RpResult *result);

/* What a result says, each in N-Triples or as the report's column has it, in text_arena; a term
 * that it lacks (RP_TERM_NONE) is an empty text. */
RpTerm rp_judgement_term(const RpJudgement *judgement, RpTermId id);
RpText rp_judgement_term_text(const RpJudgement *judgement, RpTermId id);
RpText rp_judgement_path(const RpJudgement *judgement, const RpResult *result);
RpText rp_judgement_message(const RpJudgement *judgement, const RpResult *result);
/* The line of a text, the JSON pointer into JSON, which is empty for all of it; without data:
 * unknown, or rp_judgement_places was not called. */
RpText rp_judgement_place(const RpJudgement *judgement, const RpResult *result);
/* The beginnings of these, for rp_text_show: no more of them is written. A message comes without
 * the reasons, which are other results. */
RpText rp_judgement_term_start(const RpJudgement *judgement, RpTermId id);
RpText rp_judgement_path_start(const RpJudgement *judgement, const RpResult *result);
RpText rp_judgement_message_start(const RpJudgement *judgement, const RpResult *result);

RpText rp_judgement_component(const RpJudgement *judgement, const RpResult *result);
RpTermId rp_judgement_shape(const RpJudgement *judgement, const RpResult *result);
RpTermId rp_judgement_severity(const RpJudgement *judgement, const RpResult *result);

#endif
