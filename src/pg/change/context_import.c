/* See context_import.h. */
#include "pg/change/context_import.h"

#include "pg/catalog/generation.h"
#include "pg/change/context_registration.h"
#include "pg/server/bridge.h"

/* ERROR 55000 where an IRI of an import has another text here. */
static void
check_offered(const RpCatalogWriter *writer, Jsonb *offered)
{
    RpParameter parameter = RP_JSONB_OF(offered);

    if (rp_catalog_run(
            writer,
            "SELECT iri FROM @.rdf_catalog_context JOIN jsonb_each($1) AS e ON e.key = iri"
            " WHERE is_in_force AND body <> e.value ORDER BY iri",
            1, &parameter) > 0) {
        char *iri = rp_catalog_result_string(0, 1, CurrentMemoryContext);
        RpShown shown;

        ereport(ERROR,
                (errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
                 errmsg("the context <%s> is another one here",
                        rp_text_show(rp_text_from(iri), &shown)),
                 errdetail("The imported version reads documents by the text that it brings."),
                 errhint("rdf_contexts shows the text here; rdf_context_register(…, replace => "
                         "true) replaces it.")));
    }
}

/* The signature that a context has with the texts that an import brings, in force or kept for a
 * version. Empty: it has not. */
static RpText
known_signature(const RpCatalogWriter *writer, RpText context, Jsonb *offered, MemoryContext memory)
{
    RpParameter parameters[] = {RP_TEXT_OF(context), RP_JSONB_OF(offered)};

    if (rp_catalog_run(writer,
                       "SELECT signature FROM @.rdf_catalog_context WHERE iri = $1"
                       " AND body = $2->$1 AND included = $2 - $1",
                       lengthof(parameters), parameters) == 0) {
        return (RpText){NULL, 0};
    }
    return rp_text_from(rp_catalog_result_string(0, 1, memory));
}

/* ERROR 22023 where an import brings other contexts than its documents are read by. */
static void
refuse_contexts(void)
{
    ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                    errmsg("this is no exported policy version: \"contexts\" must be the context "
                           "in \"options\" and those that it includes"),
                    errhint("rdf_policy_export() makes one.")));
}

RpText
rp_contexts_import(const RpCatalog *catalog, RpText context, Jsonb *contexts)
{
    MemoryContext caller = CurrentMemoryContext;
    RpCatalogWriter writer;
    const RpContextRegistration import = {.writer = &writer, .offered = contexts};
    RpText signature;

    if (context.length == 0) {
        if (JB_ROOT_COUNT(contexts) > 0) {
            refuse_contexts();
        }
        return (RpText){NULL, 0};
    }
    rp_catalog_writer_begin(&writer, catalog);
    (void)rp_generation_lock(&writer);
    signature = known_signature(&writer, context, contexts, caller);
    if (signature.length == 0) {
        check_offered(&writer, contexts);
        if (rp_context_register_offered(&import, context)) {
            (void)rp_generation_bump(&writer, 0);
            signature = known_signature(&writer, context, contexts, caller);
        }
    }
    rp_catalog_writer_end(&writer);
    if (signature.length == 0) {
        refuse_contexts();
    }
    return signature;
}
