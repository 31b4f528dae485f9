/*
 * A validation report as SQL has it, in whatever form: the results of all policies of a call,
 * within one limit and one room, and the frame of the functions that give it.
 */
#ifndef RP_PG_REPORT_H
#define RP_PG_REPORT_H

#include "pg/judge/judgement.h"

enum {
    RP_REPORT_ARGUMENT_POLICY = 1,
    RP_REPORT_ARGUMENT_MAX_RESULTS = 2,
    RP_REPORT_ARGUMENT_OPTIONS = 3
};

typedef struct RpWholeReport {
    const RpPolicySelection *selection;
    RpRequireFocus focus;     /* what is asked of the focus nodes of all policies */
    RpJudgement **judgements; /* those with results, in the order of policies, then of sources */
    uint32 count;
    RpReportRoom room;
    size_t memory_bytes; /* of rdfpolicy.work_mem, before details are found */
    RpArena *text_arena; /* of the texts of all results: the room bounds it */
    bool is_valid;
    bool is_cut;               /* results or details are left out */
    bool lacks_results;        /* results are */
    bool lacks_room;           /* of them, for want of bytes */
    bool is_bounded_by_memory; /* these are a part of rdfpolicy.work_mem, and not max_report_size */
    bool is_summary;
    uint64 listed;       /* results that are kept: of a summary, examples */
    uint64 counted;      /* all that were found, as far as was asked */
    uint64 triple_count; /* of the data: the same for every policy */
    uint64 focus_node_count;
} RpWholeReport;

/* What a report is asked for. */
typedef struct RpReportOptions {
    uint64 limit;        /* of results */
    uint64 detail_limit; /* of nested results */
    bool is_summary;     /* results are counted in groups (validate/summary.h), and limit is of what
                            is counted */
    bool is_counted; /* verdict and counts are of all results; else validation ends where the report
                        is full */
    bool is_trial;   /* nothing is counted for statistics, and no shadow judges */
    size_t memory_bytes; /* of rdfpolicy.work_mem, that the sources hold already */
} RpReportOptions;

/*
 * Judge each of the sources by every policy of a selection: results policy by policy, up to the
 * limit, then their details, breadth first, both within rdfpolicy.max_report_size and a quarter of
 * work_mem. In the current memory context. Raises what goes wrong.
 */
void rp_report_make(const RpPolicySelection *selection, const RpDataSource *sources,
                    uint32 source_count, const RpReportOptions *options, RpWholeReport *report);

/* NOTICE of what a report leaves out, if anything. */
void rp_report_notice(const RpWholeReport *report);

/* A form of the report: how it is made, and written in the given memory context. */
typedef struct RpReportForm {
    bool
        is_summary; /* as in RpReportOptions; then limit is not the setting's, but the argument's */
    bool is_counted; /* as in RpReportOptions */
    Datum (*write)(FunctionCallInfo fcinfo, const RpWholeReport *report, MemoryContext context);
} RpReportForm;

extern const RpReportForm rp_report_rows_form;
extern const RpReportForm rp_report_jsonb_form;
extern const RpReportForm rp_report_turtle_form;
/* That of the call, whose result set it makes ready. */
const RpReportForm *rp_report_summary_form(FunctionCallInfo fcinfo);

/* The body of a function (…, policy, max_results, …) that gives a report of sources by a selection
 * of policies; memory_bytes as in RpReportOptions. ERROR 22023 for a max_results below 1. */
Datum rp_report_write(FunctionCallInfo fcinfo, const RpPolicySelection *selection,
                      const RpDataSource *sources, uint32 source_count, size_t memory_bytes,
                      const RpReportForm *form);

/* The body of a function (data, policy, max_results, options) that gives a report: NULL for NULL
 * data. ERROR 22023 for a max_results below 1. */
Datum rp_report_call(FunctionCallInfo fcinfo, RpDataForm data_form, const RpReportForm *form);

#endif
