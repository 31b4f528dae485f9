/*
 * One validation as it runs: what components' check functions are given, and what they may call.
 * Everything is private to one call of rp_validate and lives in its arena. The functions stand in
 * evaluate.c, evaluation_report.c and class_index.c, which stand on this file as the components do.
 */
#ifndef RP_VALIDATE_EVALUATION_H
#define RP_VALIDATE_EVALUATION_H

#include "base/buffer.h"
#include "shacl/component.h"
#include "validate/data_graph.h"
#include "validate/report.h"
#include "validate/path_visits.h"
#include "validate/scratch.h"
#include "validate/subject_index.h"
#include "validate/verdict_table.h"

typedef struct RpClassIndex RpClassIndex;           /* class_index.h */
typedef struct RpRecursionTable RpRecursionTable;   /* recursion_table.h */
typedef struct RpRecursionRun RpRecursionRun;       /* recursion.c */
typedef struct RpRecursionAgenda RpRecursionAgenda; /* recursion.c */

typedef struct RpQueryBatch RpQueryBatch; /* query_batch.h */
typedef struct RpQueries RpQueries;       /* query_batch.h */

/* Value nodes, or focus nodes: a set, sorted by id. */
typedef struct RpValues {
    const RpTermId *ids;
    uint32_t count;
} RpValues;

/* Results that came from agendas as these were worked off. */
typedef struct RpAgendaCounts {
    uint64_t add_count;
    uint64_t total_count;
    uint64_t disallowed_count;
} RpAgendaCounts;

struct RpEvaluation {
    const RpImage *image;
    const RpDataGraph *data;
    RpGraph *graph; /* &data->graph: ask subjects for what starts at a subject */
    RpSubjectIndex subjects;
    RpDictionary *dictionary; /* &data->dictionary */
    RpArena *arena;
    RpError *error;
    RpReport
        *report; /* where results go now: the caller's, or that of a nested conformance check */
    RpClassIndex *classes;
    RpValues focus_nodes;    /* those that a target of the moment gives */
    uint32_t round;          /* how often others were: who knows some by their place asks */
    RpQueries *queries;      /* NULL: none was asked yet */
    RpScratch scratch;       /* value nodes of all focus nodes that are being evaluated */
    RpVerdictTable verdicts; /* of shapes that are part of no cycle */
    RpPathClosure closure;   /* of the path that is being walked */
    uint32_t depth;
    uint32_t depth_limit;
    bool asks_verdict;           /* this is a conformance check: one result is as good as all */
    RpRecursionTable *recursion; /* of recursive shapes; NULL: none was met yet */
    RpRecursionRun *run;         /* the innermost one; NULL: none */
    RpRecursionAgenda *agenda;   /* where results of recursive shapes are deferred; NULL: none */
    uint64_t evaluated_count;    /* value nodes evaluated by shapes: what verdicts cost */
    uint32_t visit;       /* 0: the report's own results; else the results that are expanded */
    uint64_t cycle_count; /* how often sh:property led to a recursive shape */
    RpAgendaCounts agenda_counts; /* of the report of the moment */
    RpBuffer size_buffer;         /* of result_size.c */
    bool is_finished; /* the report has what its reader wanted: unwind, reporting nothing more */
};

/* One constraint to be checked on one focus node. */
typedef struct RpCheck {
    uint32_t shape;      /* index of the declaring shape */
    uint32_t constraint; /* index of the constraint */
    RpTermId focus;
    RpValues values;
    const RpImageOperand *operands;
    uint32_t operand_count;
} RpCheck;

/* An evaluation of a frozen graph that reports to report, whose arena it uses. */
RpStatus rp_evaluation_init(RpEvaluation *evaluation, RpDataGraph *data, uint32_t depth_limit,
                            RpReport *report, RpError *error);

/*
 * Report one violation of the check's constraint. value 0: sh:value absent. What a value node
 * lacks to conform to the constraint's shapes is found later (details.h). After it, is_finished may
 * be set: check functions then stop.
 */
RpStatus rp_evaluation_report(RpEvaluation *evaluation, const RpCheck *check, RpTermId value,
                              uint32_t count);

/* The same, so many times. */
RpStatus rp_evaluation_report_times(RpEvaluation *evaluation, const RpCheck *check, RpTermId value,
                                    uint64_t times);

/* The same with a predicate of the data as the result's path (sh:closed). */
RpStatus rp_evaluation_report_predicate(RpEvaluation *evaluation, const RpCheck *check,
                                        RpTermId value, RpTermId path_predicate);

/* What a solution of a query says of a result. */
typedef struct RpSolutionResult {
    RpTermId value;          /* 0: none */
    RpTermId path_predicate; /* 0: the shape's path */
    const RpTermId *messages;
    uint32_t message_count; /* 0: the component's default */
} RpSolutionResult;

/* The same with what a solution says. */
RpStatus rp_evaluation_report_solution(RpEvaluation *evaluation, const RpCheck *check,
                                       const RpSolutionResult *solution);

/* Whether a result of a check, with this path, is kept if its size allows: else its texts need not
 * be made. */
bool rp_evaluation_keeps(const RpEvaluation *evaluation, const RpCheck *check,
                         RpTermId path_predicate);

/* Count what is known to be reported of a node by a shape, in a report with a summary. */
RpStatus rp_evaluation_report_known(RpEvaluation *evaluation, const RpVerdict *known);

/* All results of a focus node have been reported: add them to the report's summary, if it has one.
 */
void rp_evaluation_settle(RpEvaluation *evaluation);

/* Report that the document as a whole violates, and why: a text of the arena. It is no shape's
 * result, and has neither focus node nor value. */
RpStatus rp_evaluation_report_document(RpEvaluation *evaluation, RpText message);

/* Report a result of before once more, without the details that it may have got meanwhile. */
RpStatus rp_evaluation_report_again(RpEvaluation *evaluation, const RpResult *result);

/*
 * Whether a node conforms to a shape: a conformance check, whose results do not reach the report
 * and whose severities do not matter. Stops at the first result. RP_TOO_DEEP.
 */
RpStatus rp_evaluation_conforms(RpEvaluation *evaluation, uint32_t shape, RpTermId node,
                                bool *conforms);

/* Evaluate a node by a shape, its results going to the report of the moment (sh:property). A
 * deactivated shape has none. */
RpStatus rp_evaluation_evaluate(RpEvaluation *evaluation, uint32_t shape, RpTermId node);

/*
 * The same two without asking what is known of the pair, and without the table of recursive shapes:
 * what rp_evaluation_evaluate and rp_evaluation_conforms fall back on, and recursion.c, whose table
 * it fills.
 */
RpStatus rp_evaluation_evaluate_anew(RpEvaluation *evaluation, uint32_t shape, RpTermId node);
RpStatus rp_evaluation_conforms_anew(RpEvaluation *evaluation, uint32_t shape, RpTermId node,
                                     bool *conforms);

/* Whether a node is a SHACL instance of a class: rdf:type, then rdfs:subClassOf of data and shapes.
 */
RpStatus rp_evaluation_is_instance(RpEvaluation *evaluation, RpTermId node, RpTermId class_id,
                                   bool *is_instance);

/* The terms of a RP_OPERAND_TERMS operand, sorted. */
static inline RpValues
rp_evaluation_operand_terms(const RpEvaluation *evaluation, const RpImageOperand *operand)
{
    return (RpValues){evaluation->image->ids + operand->value, operand->count};
}

/* Poll the host before a value is looked at from end to end. */
static inline RpStatus
rp_evaluation_poll_value(RpEvaluation *evaluation, RpTermId value)
{
    return rp_arena_poll_bytes(evaluation->arena,
                               rp_term_table_length(&evaluation->dictionary->own, value),
                               evaluation->error);
}

/* A datatype's id as src/xsd takes it: 0 for one outside the vocabulary. */
static inline uint32_t
rp_evaluation_known_datatype(RpTermId datatype)
{
    return datatype < RP_TERM_FIRST ? datatype : 0;
}

static inline bool
rp_values_contain(RpValues values, RpTermId id)
{
    uint32_t low = 0;
    uint32_t high = values.count;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (values.ids[middle] < id) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < values.count && values.ids[low] == id;
}

#endif
