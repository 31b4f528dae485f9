/*
 * Writing the context table. Whoever changes contexts locks the generation row first, as whoever
 * changes policies does, so what is looked at here stays so to the end of the transaction.
 */
#include "pg/change/context_registry.h"

#include "executor/spi.h"

#include "pg/catalog/generation.h"
#include "pg/change/context_change.h"
#include "pg/change/context_registration.h"
#include "pg/change/hook.h"
#include "pg/server/bridge.h"

/*
 * Compile anew what includes a context that was replaced: the rows have its text. ERROR where one
 * does not compile any more.
 */
static void
renew_includers(const RpCatalogWriter *writer, RpText iri)
{
    RpParameter parameter = RP_TEXT_OF(iri);
    uint64 count = rp_catalog_run(writer,
                                  "SELECT iri, body FROM @.rdf_catalog_context"
                                  " WHERE is_in_force AND included ? $1 AND iri <> $1 ORDER BY iri",
                                  1, &parameter);
    RpContextRegistration *includers = palloc0(sizeof(RpContextRegistration) * (count + 1));

    for (uint64 i = 0; i < count; i++) {
        RpContextSource *source = &includers[i].source;

        includers[i].writer = writer;
        includers[i].is_includer = true;
        source->iri = rp_text_from(rp_catalog_result_string(i, 1, CurrentMemoryContext));
        source->body = rp_catalog_result_jsonb(i, 2);
    }
    for (uint64 i = 0; i < count; i++) {
        if (rp_context_put_in_force(&includers[i])) {
            rp_context_change_note(writer, "context_replace", includers[i].source.iri,
                                   includers[i].signature);
        }
    }
}

/* Whether an IRI is registered. ERROR 42710 where it is with another text, which is not to be
 * replaced. */
static bool
is_registered(const RpContextRegistration *registration, bool replaces)
{
    RpParameter parameters[] = {RP_TEXT_OF(registration->source.iri),
                                RP_JSONB_OF(registration->source.body)};
    RpShown shown;

    if (rp_catalog_run(registration->writer,
                       "SELECT body = $2 FROM @.rdf_catalog_context WHERE iri = $1 AND is_in_force",
                       lengthof(parameters), parameters) == 0) {
        return false;
    }
    if (!rp_catalog_result_bool(0, 1) && !replaces) {
        ereport(ERROR, (errcode(ERRCODE_DUPLICATE_OBJECT),
                        errmsg("the context <%s> is registered with another text",
                               rp_text_show(registration->source.iri, &shown)),
                        errdetail("Documents that name it would be read in another way."),
                        errhint("Where that is wanted: rdf_context_register(…, replace => true). "
                                "rdf_contexts shows the text.")));
    }
    return true;
}

bool
rp_context_register(const RpCatalog *catalog, RpText iri, Jsonb *body, bool replaces)
{
    RpCatalogWriter writer;
    RpContextRegistration registration = {.writer = &writer, .source = {.iri = iri, .body = body}};
    bool was_registered;
    bool is_changed;

    rp_context_iri_check(iri);
    rp_hooks_refuse_within();
    rp_bridge_require_utf8();
    rp_catalog_writer_begin(&writer, catalog);
    (void)rp_generation_lock(&writer);
    was_registered = is_registered(&registration, replaces);
    is_changed = rp_context_put_in_force(&registration);
    if (is_changed) {
        rp_context_change_note(&writer, was_registered ? "context_replace" : "context_register",
                               iri, registration.signature);
        renew_includers(&writer, iri);
        rp_contexts_prune(&writer);
        (void)rp_generation_bump(&writer, 0);
    }
    rp_catalog_writer_end(&writer);
    return is_changed;
}

void
rp_contexts_prune(const RpCatalogWriter *writer)
{
    rp_catalog_run(writer,
                   "DELETE FROM @.rdf_catalog_context c WHERE NOT c.is_in_force AND NOT EXISTS"
                   " (SELECT FROM @.rdf_catalog_version v"
                   "  WHERE v.context = c.iri AND v.context_signature = c.signature)",
                   0, NULL);
}

/* ERROR 2BP01; the first hundred are listed. A dropped policy's versions are no hindrance: what
 * they were registered with is kept for them. */
static void
refuse_while_used(const RpCatalogWriter *writer, RpText iri)
{
    MemoryContext context = CurrentMemoryContext;
    RpParameter parameter = RP_TEXT_OF(iri);
    RpShown shown;

    rp_catalog_run(
        writer,
        "SELECT string_agg(CASE WHEN n <= 100 THEN object ELSE format('and %s more', total - 100)"
        "  END, E'\n' ORDER BY n), bool_or(is_policy)"
        " FROM (SELECT object, is_policy, row_number() OVER (ORDER BY is_policy, object) n,"
        "  count(*) OVER () total"
        "  FROM (SELECT format('context <%s> includes it', iri), false"
        "   FROM @.rdf_catalog_context WHERE is_in_force AND iri <> $1 AND included ? $1"
        "   UNION ALL SELECT format('policy %s reads documents by it: version%s %s', policy,"
        "    CASE WHEN count(*) > 1 THEN 's' END, string_agg(version::text, ', ' ORDER BY "
        "version)),"
        "    true FROM @.rdf_catalog_version JOIN @.rdf_catalog_policy USING (policy)"
        "   WHERE context = $1 AND NOT is_dropped GROUP BY policy) u (object, is_policy)) numbered"
        " WHERE n <= 101 HAVING count(*) > 0",
        1, &parameter);
    if (SPI_processed > 0) {
        char *users = rp_catalog_result_string(0, 1, context);
        bool are_policies = rp_catalog_result_bool(0, 2);

        ereport(ERROR,
                (errcode(ERRCODE_DEPENDENT_OBJECTS_STILL_EXIST),
                 errmsg("the context <%s> is in use", rp_text_show(iri, &shown)),
                 errdetail("%s", users),
                 are_policies ? errhint("Register the policies with another context, and delete "
                                        "their former versions with rdf_policy_prune().")
                              : errhint("Drop the contexts that include it first.")));
    }
}

void
rp_context_drop(const RpCatalog *catalog, RpText iri)
{
    RpParameter parameter = RP_TEXT_OF(iri);
    RpCatalogWriter writer;
    RpShown shown;

    rp_hooks_refuse_within();
    rp_catalog_writer_begin(&writer, catalog);
    (void)rp_generation_lock(&writer);
    refuse_while_used(&writer, iri);
    if (rp_catalog_run(&writer,
                       "UPDATE @.rdf_catalog_context SET is_in_force = false"
                       " WHERE iri = $1 AND is_in_force",
                       1, &parameter) == 0) {
        ereport(ERROR, (errcode(ERRCODE_UNDEFINED_OBJECT),
                        errmsg("the context <%s> is not registered", rp_text_show(iri, &shown)),
                        errhint("rdf_contexts lists the contexts.")));
    }
    rp_contexts_prune(&writer);
    rp_context_change_note(&writer, "context_drop", iri, (RpText){NULL, 0});
    (void)rp_generation_bump(&writer, 0);
    rp_catalog_writer_end(&writer);
}

RpText
rp_context_require(const RpCatalogWriter *writer, RpText iri)
{
    MemoryContext context = CurrentMemoryContext;
    RpParameter parameter = RP_TEXT_OF(iri);
    RpShown shown;

    if (rp_catalog_run(writer,
                       "SELECT signature FROM @.rdf_catalog_context WHERE iri = $1 AND is_in_force",
                       1, &parameter) == 0) {
        ereport(ERROR, (errcode(ERRCODE_UNDEFINED_OBJECT),
                        errmsg("the context <%s> is not registered", rp_text_show(iri, &shown)),
                        errhint("Contexts are not fetched. Register it first: SELECT "
                                "rdf_context_register('%s', '{\"@context\": …}').",
                                shown.text)));
    }
    return rp_text_from(rp_catalog_result_string(0, 1, context));
}
