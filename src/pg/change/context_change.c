/* See context_change.h. */
#include "pg/change/context_change.h"

#include "lib/stringinfo.h"
#include "utils/datetime.h"
#include "utils/json.h"
#include "utils/timestamp.h"

#include "pg/server/bridge.h"
#include "pg/shared/publication.h"

/* $1: who, $2: event, $3: IRI, $4: signature. The generation is the next one. */
static const char *const write_history =
    "INSERT INTO @.rdf_catalog_history (happened_at, happened_by, event, generation, success,"
    " signature, context) SELECT clock_timestamp(), $1, $2, g.number + 1, true, $4, $3"
    " FROM @.rdf_catalog_generation g RETURNING generation";

/* The same for each policy in force that reads documents by the context. */
static const char *const write_policies =
    "INSERT INTO @.rdf_catalog_history (happened_at, happened_by, event, policy, version,"
    " generation, success, signature, context)"
    " SELECT clock_timestamp(), $1, $2, v.policy, v.version, g.number + 1, true, v.signature, $3"
    " FROM @.rdf_catalog_generation g, @.rdf_catalog_policy p JOIN @.rdf_catalog_version v"
    "  ON v.policy = p.policy AND v.version = p.active_version"
    " WHERE NOT p.is_dropped AND v.context = $3 ORDER BY v.policy RETURNING policy";

/* Policies keep reading by the context under their names, and not under their numbers. */
static void
tell_policies(RpText iri, uint64 count)
{
    StringInfoData policies;
    RpShown shown;

    initStringInfo(&policies);
    for (uint64 i = 0; i < count; i++) {
        appendStringInfo(&policies, "%s%s", i == 0 ? "" : ", ",
                         rp_catalog_result_string(i, 1, CurrentMemoryContext));
    }
    ereport(NOTICE,
            (errmsg("the context <%s> is replaced for policies that read documents by it: %s",
                    rp_text_show(iri, &shown), policies.data),
             errdetail("By their names they read by the new text when this commits. Versions that "
                       "are named by number (name@version) keep the text that they were registered "
                       "with.")));
}

/* As rp_hook_payload_json has it for policies. */
static char *
payload_json(const char *event, RpText iri, int64 generation, RpText signature)
{
    char timestamp[MAXDATELEN + 1];
    StringInfoData json;

    JsonEncodeDateTime(timestamp, TimestampTzGetDatum(GetCurrentTimestamp()), TIMESTAMPTZOID, NULL);
    initStringInfo(&json);
    appendStringInfo(&json, "{\"event\": \"%s\", \"context\": ", event);
    escape_json(&json, pnstrdup(iri.data, iri.length));
    appendStringInfo(&json, ", \"generation\": " INT64_FORMAT ", \"signature\": ", generation);
    if (signature.length > 0) {
        escape_json(&json, pnstrdup(signature.data, signature.length));
    } else {
        appendStringInfoString(&json, "null");
    }
    appendStringInfo(&json, ", \"timestamp\": \"%s\"}", timestamp);
    return json.data;
}

void
rp_context_change_note(const RpCatalogWriter *writer, const char *event, RpText iri,
                       RpText signature)
{
    RpParameter parameters[] = {
        RP_STRING_OF(GetUserNameFromId(writer->caller, false)), RP_STRING_OF(event),
        RP_TEXT_OF(iri), signature.length == 0 ? RP_NULL_OF(TEXTOID) : RP_TEXT_OF(signature)};
    int64 generation;
    uint64 policy_count;
    RpShown shown;

    rp_catalog_run(writer, write_history, 4, parameters);
    generation = rp_catalog_result_int(0, 1);
    if (strcmp(event, "context_replace") == 0) {
        policy_count = rp_catalog_run(writer, write_policies, 3, parameters);
        if (policy_count > 0) {
            tell_policies(iri, policy_count);
        }
    }
    rp_publication_add_notice(payload_json(event, iri, generation, signature),
                              psprintf("rdfpolicy: %s: <%s> as of generation " INT64_FORMAT, event,
                                       rp_text_show(iri, &shown), generation));
}
