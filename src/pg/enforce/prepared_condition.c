/*
 * The server makes the state of a trigger's WHEN condition anew for each statement, from the text
 * that the catalog has of it: for one of ours that takes longer than capturing twenty rows. What it
 * says is known: the columns of a source that this backend knows. So when a statement has been
 * started, the state is put in its place, which the server would make when the first row is
 * changed; it has one step, which is ours.
 *
 * Where anything is not as it is mostly, the server goes its way, which comes to the same: COPY,
 * which starts no statement; a partition, whose columns may be numbered otherwise; a graph that
 * this backend does not know yet, or as it was.
 */
#include "pg/enforce/prepared_condition.h"

#include "catalog/pg_trigger.h"
#include "commands/trigger.h"
#include "executor/executor.h"
#include "executor/tuptable.h"
#include "utils/inval.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/syscache.h"

#include "pg/enforce/capture_rows.h"
#include "pg/enforce/capture_trigger.h"
#include "pg/enforce/graph_trigger.h"

/* What the state of a condition points to; lives as long as the statement. */
typedef struct PreparedCondition {
    ExprState state;
    const RpGraphSource *source; /* whose rows the relation has, at these columns' numbers */
    RpTiming timing;
    RpRowEvent event;
    MemoryContext context;
    RpCaptureSite
        *site; /* made with the first row: most statements change nothing of most events */
    NullableDatum columns[FLEXIBLE_ARRAY_MEMBER]; /* twice the source's */
} PreparedCondition;

static ExecutorStart_hook_type next_hook = NULL;

/* The function that was found to be rdf_graph_judge, and its schema, until any function changes. */
static Oid known_function = InvalidOid;
static Oid known_namespace = InvalidOid;

static void
on_function_change(Datum argument pg_attribute_unused(), int cache pg_attribute_unused(),
                   uint32 hash pg_attribute_unused())
{
    known_function = InvalidOid;
}

/* Whether a function is rdf_graph_judge: by what is called, since names may be anybody's. */
static bool
is_judge(Oid function)
{
    if (function != known_function) {
        FmgrInfo found;

        fmgr_info(function, &found);
        if (found.fn_addr != rdf_graph_judge) {
            return false;
        }
        known_namespace = get_func_namespace(function);
        known_function = function;
    }
    return true;
}

/* The columns of a row, as the server would hand them to the WHEN function. */
static void
take_columns(const RpRowRelation *rows, TupleTableSlot *slot, NullableDatum *columns)
{
    for (uint32 i = 0; i < rows->column_count; i++) {
        columns[i].value = slot_getattr(slot, rows->columns[i].number, &columns[i].isnull);
    }
}

/* ExprStateEvalFunc: the server has put the row as it was into the inner slot, and the row as it is
 * into the outer one. */
static Datum
evaluate(ExprState *state, ExprContext *context, bool *is_null)
{
    PreparedCondition *condition = state->evalfunc_private;
    const RpRowRelation *rows = &condition->source->rows;
    NullableDatum *columns = condition->columns;

    if (condition->site == NULL) {
        condition->site =
            rp_capture_site_make(condition->source, condition->timing, condition->context);
    }
    if (condition->event != RP_ROW_COMES) {
        take_columns(rows, context->ecxt_innertuple, columns);
        columns += rows->column_count;
    }
    if (condition->event != RP_ROW_GOES) {
        take_columns(rows, context->ecxt_outertuple, columns);
    }
    *is_null = false;
    return BoolGetDatum(
        rp_capture_site_take(condition->site, condition->event, condition->columns));
}

/* In the statement's memory. */
static ExprState *
make_state(const RpGraphSource *source, RpTiming timing, RpRowEvent event, MemoryContext context)
{
    PreparedCondition *condition = MemoryContextAllocZero(
        context, offsetof(PreparedCondition, columns) +
                     sizeof(NullableDatum) * 2 * (Size)source->rows.column_count);

    condition->state.type = T_ExprState;
    condition->state.flags = EEO_FLAG_IS_QUAL;
    condition->state.evalfunc = evaluate;
    condition->state.evalfunc_private = condition;
    condition->source = source;
    condition->timing = timing;
    condition->event = event;
    condition->context = context;
    return &condition->state;
}

/* Whether the columns of a source are where they are in a relation: its own, which the statement
 * has locked. A virtual column is in no slot. */
static bool
is_of_relation(const RpGraphSource *source, Relation relation)
{
    TupleDesc attributes = RelationGetDescr(relation);

    if (source->rows.relation != RelationGetRelid(relation) || source->rows.has_virtual) {
        return false;
    }
    for (uint32 i = 0; i < source->rows.column_count; i++) {
        const RpRowColumn *column = &source->rows.columns[i];

        if (column->number < 1 || column->number > attributes->natts ||
            TupleDescAttr(attributes, column->number - 1)->atttypid != column->type) {
            return false;
        }
    }
    return true;
}

/* The source whose rows a trigger on a relation captures; NULL: it is none of ours, or not as the
 * graph is known. A partition's copy of a trigger is not asked about. */
static const RpGraphSource *
source_of(const Trigger *trigger, Relation relation, RpTiming *timing)
{
    const RpGraphSource *source;

    if (trigger->tgqual == NULL || trigger->tgnargs != RP_TRIGGER_ARGUMENT_COUNT ||
        trigger->tgisclone || !TRIGGER_FOR_ROW(trigger->tgtype) ||
        !TRIGGER_FOR_AFTER(trigger->tgtype) || !is_judge(trigger->tgfoid)) {
        return NULL;
    }
    source = rp_graph_source_known(known_namespace, atoi(trigger->tgargs[RP_TRIGGER_SOURCE]));
    if (source == NULL || strcmp(source->graph->name, trigger->tgargs[RP_TRIGGER_GRAPH]) != 0 ||
        !is_of_relation(source, relation)) {
        return NULL;
    }
    for (*timing = RP_TIMING_DEFERRED; *timing <= RP_TIMING_IMMEDIATE; (*timing)++) {
        if (strcmp(rp_timing_name(*timing), trigger->tgargs[RP_TRIGGER_TIMING]) == 0) {
            return source;
        }
    }
    return NULL;
}

/* The one event of a trigger. False: it has several, as none of ours has. */
static bool
event_of(const Trigger *trigger, RpRowEvent *event)
{
    switch (trigger->tgtype & (TRIGGER_TYPE_INSERT | TRIGGER_TYPE_DELETE | TRIGGER_TYPE_UPDATE)) {
    case TRIGGER_TYPE_INSERT:
        *event = RP_ROW_COMES;
        return true;
    case TRIGGER_TYPE_DELETE:
        *event = RP_ROW_GOES;
        return true;
    case TRIGGER_TYPE_UPDATE:
        *event = RP_ROW_CHANGES;
        return true;
    default:
        return false;
    }
}

/* The states of a relation's triggers, which the server has not made yet. */
static void
prepare(ResultRelInfo *relation, MemoryContext context)
{
    TriggerDesc *triggers = relation->ri_TrigDesc;

    for (int i = 0; triggers != NULL && i < triggers->numtriggers; i++) {
        const Trigger *trigger = &triggers->triggers[i];
        RpTiming timing;
        RpRowEvent event;
        const RpGraphSource *source = source_of(trigger, relation->ri_RelationDesc, &timing);

        if (source != NULL && relation->ri_TrigWhenExprs[i] == NULL && event_of(trigger, &event)) {
            relation->ri_TrigWhenExprs[i] = make_state(source, timing, event, context);
        }
    }
}

/* Relations that a statement changes are open by now; partitions that rows are routed to are not.
 */
static void
on_executor_start(QueryDesc *query, int flags)
{
    ListCell *cell;

    (next_hook != NULL ? next_hook : standard_ExecutorStart)(query, flags);
    foreach (cell, query->estate->es_opened_result_relations) {
        prepare(lfirst(cell), query->estate->es_query_cxt);
    }
}

void
rp_prepared_condition_init(void)
{
    next_hook = ExecutorStart_hook;
    ExecutorStart_hook = on_executor_start;
    CacheRegisterSyscacheCallback(PROCOID, on_function_change, (Datum)0);
}
