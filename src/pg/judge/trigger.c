/*
 * The trigger function rdf_policy_check('column', 'policy' [, 'warn'] [, 'require_focus']): judges
 * a column of each new row (doc/sql.md, "Validation"). NULL passes, as in a CHECK. What cannot be
 * judged is an error in both modes.
 */
#include "pg/pg.h"

#include "access/htup_details.h"
#include "catalog/pg_trigger.h"
#include "commands/trigger.h"
#include "executor/spi.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/syscache.h"

#include "base/nearest.h"
#include "pg/judge/data_source.h"
#include "pg/judge/trigger_rights.h"
#include "pg/judge/trigger_row.h"
#include "pg/judge/violation_error.h"
#include "pg/server/bridge.h"
#include "pg/server/savepoint.h"
#include "pg/shared/policy_cache.h"

PG_FUNCTION_INFO_V1(rdf_policy_check);

enum { ARGUMENT_COLUMN, ARGUMENT_POLICY, ARGUMENT_OPTIONS };

/* The words that may stand behind column and policy. */
static const char *const option_warn = "warn";
static const char *const option_require_focus = "require_focus";

/* How often an option stands among a trigger's arguments. */
static int
count_option(const Trigger *trigger, const char *option)
{
    int count = 0;

    for (int i = ARGUMENT_OPTIONS; i < trigger->tgnargs; i++) {
        count += strcmp(trigger->tgargs[i], option) == 0;
    }
    return count;
}

/* Column and policy, and each option at most once. */
static bool
arguments_are_right(const Trigger *trigger)
{
    int warn_count = count_option(trigger, option_warn);
    int focus_count = count_option(trigger, option_require_focus);

    return trigger->tgnargs >= ARGUMENT_OPTIONS && warn_count <= 1 && focus_count <= 1 &&
           trigger->tgnargs == ARGUMENT_OPTIONS + warn_count + focus_count;
}

/* ERROR 39P01 for a call that is no row trigger on INSERT or UPDATE; 22023 for wrong arguments. */
static TriggerData *
trigger_data(FunctionCallInfo fcinfo)
{
    TriggerData *data = (TriggerData *)fcinfo->context;

    if (!CALLED_AS_TRIGGER(fcinfo)) {
        ereport(ERROR, (errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
                        errmsg("rdf_policy_check must be called as a trigger")));
    }
    if (!TRIGGER_FIRED_FOR_ROW(data->tg_event) || TRIGGER_FIRED_INSTEAD(data->tg_event) ||
        TRIGGER_FIRED_BY_DELETE(data->tg_event)) {
        ereport(
            ERROR,
            (errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
             errmsg("trigger \"%s\" must be BEFORE or AFTER INSERT OR UPDATE, FOR EACH ROW",
                    data->tg_trigger->tgname),
             errhint("rdf_policy_check judges the document that a column of one row holds. Rows "
                     "that are triples are judged as one graph by rdf_graph_register() and "
                     "rdf_graph_enforce().")));
    }
    if (!arguments_are_right(data->tg_trigger)) {
        ereport(ERROR,
                (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                 errmsg("trigger \"%s\" has wrong arguments", data->tg_trigger->tgname),
                 errhint("Use rdf_policy_check('column', 'policy'), and behind these 'warn', "
                         "'require_focus' or both.")));
    }
    return data;
}

/* The type rdf_triple[] of this extension: it is in the schema of the trigger function. */
static bool
is_triple_array(FunctionCallInfo fcinfo, Oid type)
{
    Oid element = get_element_type(type);
    Oid schema = get_func_namespace(fcinfo->flinfo->fn_oid);

    return OidIsValid(element) &&
           element == GetSysCacheOid2(TYPENAMENSP, Anum_pg_type_oid, CStringGetDatum("rdf_triple"),
                                      ObjectIdGetDatum(schema));
}

/* ERROR 42804 for a column of another type. */
static RpDataForm
column_form(FunctionCallInfo fcinfo, const TriggerData *data, int column)
{
    Oid type = getBaseType(SPI_gettypeid(RelationGetDescr(data->tg_relation), column));

    if (type == TEXTOID || type == VARCHAROID || type == BPCHAROID) {
        return RP_DATA_TURTLE;
    }
    if (type == JSONBOID) {
        return RP_DATA_JSONB;
    }
    if (type == JSONOID) {
        return RP_DATA_JSON;
    }
    if (!is_triple_array(fcinfo, type)) {
        ereport(ERROR,
                (errcode(ERRCODE_DATATYPE_MISMATCH),
                 errmsg("trigger \"%s\" cannot judge column \"%s\" of type %s",
                        data->tg_trigger->tgname, data->tg_trigger->tgargs[ARGUMENT_COLUMN],
                        format_type_be(type)),
                 errdetail("Columns of type text, character varying, character, jsonb, json and "
                           "rdf_triple[] can be judged.")));
    }
    return RP_DATA_ARRAY;
}

/* The column whose name is nearest to one that there is none of; NULL: none is near. */
static const char *
nearest_column(TupleDesc columns, const char *name)
{
    RpNearest nearest;

    rp_nearest_begin(&nearest, rp_text_from(name));
    for (int i = 0; i < columns->natts; i++) {
        if (!TupleDescAttr(columns, i)->attisdropped) {
            rp_nearest_offer(&nearest, rp_text_from(NameStr(TupleDescAttr(columns, i)->attname)));
        }
    }
    return nearest.name.data;
}

/* The number of the column. ERROR 42703; 0A000 for one that has no value yet when the trigger runs.
 */
static int
column_number(const TriggerData *data)
{
    const char *name = data->tg_trigger->tgargs[ARGUMENT_COLUMN];
    TupleDesc descriptor = RelationGetDescr(data->tg_relation);
    int column = SPI_fnumber(descriptor, name);

    if (column <= 0) {
        const char *meant = nearest_column(descriptor, name);

        ereport(ERROR,
                (errcode(ERRCODE_UNDEFINED_COLUMN),
                 errmsg("trigger \"%s\": relation \"%s\" has no column \"%s\"",
                        data->tg_trigger->tgname, RelationGetRelationName(data->tg_relation), name),
                 meant != NULL ? errhint("Did you mean \"%s\"?", meant)
                               : errhint("The first argument names the column, the second one the "
                                         "policy.")));
    }
    if (TupleDescAttr(descriptor, column - 1)->attgenerated != '\0' &&
        TRIGGER_FIRED_BEFORE(data->tg_event)) {
        ereport(
            ERROR,
            (errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
             errmsg("trigger \"%s\": generated column \"%s\" has no value before the row is stored",
                    data->tg_trigger->tgname, name),
             errhint("Use an AFTER trigger.")));
    }
    return column;
}

/* The HINT of a role that is not shown values. */
static int
hint_at_rights(const TriggerData *data)
{
    return errhint("Values are shown to roles that may read column \"%s\" and to which no row "
                   "security applies.",
                   data->tg_trigger->tgargs[ARGUMENT_COLUMN]);
}

/*
 * 23514 with table, column and constraint name, as a CHECK has them: drivers map these. The
 * trigger's name stands for the constraint.
 */
static void
report_violation(const TriggerData *data, int column, const RpViolationText *text)
{
    const Trigger *trigger = data->tg_trigger;
    bool only_warns = count_option(trigger, option_warn) > 0;

    ereport(only_warns ? WARNING : ERROR,
            (errcode(ERRCODE_CHECK_VIOLATION),
             errmsg("column \"%s\" of new row for relation \"%s\" violates %s",
                    trigger->tgargs[ARGUMENT_COLUMN], RelationGetRelationName(data->tg_relation),
                    text->policies.data),
             errdetail("%s", text->detail.data),
             text->shows_values ? errhint("Call rdf_validation_report for all results.")
                                : hint_at_rights(data),
             errtablecol(data->tg_relation, column),
             err_generic_string(PG_DIAG_CONSTRAINT_NAME, trigger->tgname)));
}

/* A column that is judged, and what comes of it. */
typedef struct RpJudgedColumn {
    const TriggerData *data;
    HeapTuple row;
    int column;
    RpDataForm form;
    Datum value;
    bool is_null;
    const RpPolicySelection *selection;
    RpViolationText text;
} RpJudgedColumn;

/* A virtual column's expression runs here, and may fail. */
static void
read_value(RpJudgedColumn *judged)
{
    judged->value =
        rp_trigger_row_value(judged->data, judged->row, judged->column, &judged->is_null);
}

static void
judge(RpJudgedColumn *judged)
{
    RpDataSource source = rp_data_source_from_datum(judged->form, judged->value);

    source.graphs_hint = "Only the default graph is judged. In a CHECK, rdf_validate(column, "
                         "policy, named_graph => '*') judges all graphs together.";
    source.column = judged->data->tg_trigger->tgargs[ARGUMENT_COLUMN];
    source.relation = RelationGetRelationName(judged->data->tg_relation);
    source.hides_values = !judged->text.shows_values;
    source.requires_focus = count_option(judged->data->tg_trigger, option_require_focus) > 0;
    rp_violation_text_make(judged->selection, &source, &judged->text);
}

/* Do one of these for the current role: where it is not shown values, errors about the value, which
 * have pieces of it, are not either. */
static void
do_for_role(RpJudgedColumn *judged, void (*action)(RpJudgedColumn *))
{
    const TriggerData *data = judged->data;
    MemoryContext context = CurrentMemoryContext;

    if (judged->text.shows_values) {
        action(judged);
        return;
    }
    PG_TRY();
    {
        action(judged);
    }
    PG_CATCH();
    {
        ErrorData *error;

        MemoryContextSwitchTo(context);
        error = CopyErrorData();
        FlushErrorState();
        if (!rp_error_is_local(error)) {
            ReThrowError(error);
        }
        ereport(ERROR, (errcode(error->sqlerrcode),
                        errmsg("column \"%s\" of new row for relation \"%s\" cannot be judged",
                               data->tg_trigger->tgargs[ARGUMENT_COLUMN],
                               RelationGetRelationName(data->tg_relation)),
                        hint_at_rights(data)));
    }
    PG_END_TRY();
}

/*
 * ErrorContextCallback.callback: what goes wrong while a row is judged says where, and, where it is
 * about the row or the policy and not about the statement, has the fields of a violation.
 */
static void
add_place(void *argument)
{
    const RpJudgedColumn *judged = argument;
    const Trigger *trigger = judged->data->tg_trigger;

    if (rp_sqlstate_is_local(geterrcode())) {
        errtablecol(judged->data->tg_relation, judged->column);
        err_generic_string(PG_DIAG_CONSTRAINT_NAME, trigger->tgname);
    }
    errcontext("trigger \"%s\" judging column \"%s\" by policy \"%s\"", trigger->tgname,
               trigger->tgargs[ARGUMENT_COLUMN], trigger->tgargs[ARGUMENT_POLICY]);
}

/* The policy is selected outside of what is withheld: that it is not in force says nothing of the
 * row. */
static void
select_and_judge(FunctionCallInfo fcinfo, RpJudgedColumn *judged)
{
    const char *policy = judged->data->tg_trigger->tgargs[ARGUMENT_POLICY];
    ErrorContextCallback callback = {
        .previous = error_context_stack, .callback = add_place, .arg = judged};

    error_context_stack = &callback;
    judged->selection = rp_policy_select(fcinfo, cstring_to_text(policy));
    do_for_role(judged, judge);
    error_context_stack = callback.previous;
}

/*
 * What the role may see is decided before anything is looked at.
 */
Datum
rdf_policy_check(PG_FUNCTION_ARGS)
{
    TriggerData *data = trigger_data(fcinfo);
    RpJudgedColumn judged = {.data = data, .column = column_number(data), .is_null = true};

    judged.form = column_form(fcinfo, data, judged.column);
    judged.row = rp_trigger_row(data);
    if (judged.row != NULL) {
        judged.text.shows_values = rp_trigger_shows_value(data, judged.row, judged.column);
        do_for_role(&judged, read_value);
    }
    if (!judged.is_null) {
        select_and_judge(fcinfo, &judged);
        if (judged.text.violation_count > 0) {
            report_violation(data, judged.column, &judged.text);
        }
    }
    return PointerGetDatum(TRIGGER_FIRED_BEFORE(data->tg_event) ? judged.row : NULL);
}
