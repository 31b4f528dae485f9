/*
 * When captured changes are judged: by the constraint trigger whose event a WHEN function has let
 * through, after TRUNCATE, and before commit whatever is left (README.md, "Capture").
 */
#include "pg/enforce/graph_trigger.h"

#include "access/xact.h"
#include "commands/extension.h"
#include "commands/trigger.h"
#include "utils/inval.h"
#include "utils/lsyscache.h"

#include "pg/enforce/capture_trigger.h"
#include "pg/enforce/graph_lock.h"
#include "pg/enforce/transaction_judge.h"
#include "pg/server/bridge.h"

PG_FUNCTION_INFO_V1(rdf_graph_judge);
PG_FUNCTION_INFO_V1(rdf_graph_truncated);

/* ERROR 39P01, 22023 for a call that is no trigger of rdf_graph_enforce's. */
static const Trigger *
trigger_of(FunctionCallInfo fcinfo, const char *function)
{
    const TriggerData *data = (TriggerData *)fcinfo->context;

    if (!CALLED_AS_TRIGGER(fcinfo) || !TRIGGER_FIRED_AFTER(data->tg_event)) {
        ereport(ERROR, (errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
                        errmsg("%s must be called as an AFTER trigger", function)));
    }
    if (data->tg_trigger->tgnargs <= RP_TRIGGER_TIMING) {
        ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                        errmsg("trigger \"%s\" has wrong arguments", data->tg_trigger->tgname),
                        errhint("The triggers of a graph are made by rdf_graph_enforce.")));
    }
    return data->tg_trigger;
}

/* The event says that something was captured: judge whatever has not been. */
Datum
rdf_graph_judge(PG_FUNCTION_ARGS)
{
    const Trigger *trigger = trigger_of(fcinfo, "rdf_graph_judge");
    RpCapture *capture =
        rp_capture_find(rp_text_from(trigger->tgargs[RP_TRIGGER_GRAPH]),
                        rp_timing_parse(rp_text_from(trigger->tgargs[RP_TRIGGER_TIMING])));

    if (capture != NULL && rp_capture_is_pending(capture)) {
        rp_transaction_judge(capture);
    }
    return PointerGetDatum(NULL);
}

/* A table, or a partition, has been emptied. */
Datum
rdf_graph_truncated(PG_FUNCTION_ARGS)
{
    const Trigger *trigger = trigger_of(fcinfo, "rdf_graph_truncated");
    RpTiming timing = rp_timing_parse(rp_text_from(trigger->tgargs[RP_TRIGGER_TIMING]));
    RpCapture *capture = rp_capture_of(rp_catalog_of_function(fcinfo->flinfo->fn_oid),
                                       rp_text_from(trigger->tgargs[RP_TRIGGER_GRAPH]), timing);

    rp_capture_note_table(capture);
    if (timing == RP_TIMING_IMMEDIATE && rp_capture_is_pending(capture)) {
        rp_transaction_judge(capture);
    }
    return PointerGetDatum(NULL);
}

/*
 * Whether a transaction has only passed rows over, and all that was known of them holds: then
 * nothing is to be looked at. The lock comes first: who has proven the graph by something else has
 * told so before he gave up his, and who will prove it waits for ours (README.md, "What is passed
 * over").
 */
static bool
is_known_unread(const RpCapture *capture)
{
    if (rp_capture_is_whole(capture) || rp_capture_has_rows(capture)) {
        return false;
    }
    rp_graph_lock_weakly(rp_capture_namespace(capture), rp_capture_graph(capture));
    AcceptInvalidationMessages();
    return rp_passed_over_holds(rp_capture_passed_over(capture));
}

/* With the extension all that it enforced is gone, in the transaction that drops it, too. */
static void
judge_left(RpCapture *capture)
{
    if (is_known_unread(capture)) {
        rp_capture_note_judged(capture);
        return;
    }
    if (OidIsValid(get_relname_relid("rdf_catalog_enforcement", rp_capture_namespace(capture))) ||
        OidIsValid(get_extension_oid(RP_EXTENSION_NAME, true))) {
        rp_transaction_judge(capture);
    }
}

/*
 * The net: what no trigger has judged, because its event was lost (DETACH of the partition that was
 * written), never queued (TRUNCATE, ATTACH), or withheld by somebody who called a capture function
 * himself. Deferred triggers have run by now.
 */
static void
on_transaction_event(XactEvent event, void *argument pg_attribute_unused())
{
    if (event == XACT_EVENT_PRE_COMMIT || event == XACT_EVENT_PRE_PREPARE) {
        rp_capture_each_pending(judge_left);
    }
}

void
rp_graph_trigger_init(void)
{
    RegisterXactCallback(on_transaction_event, NULL);
}
