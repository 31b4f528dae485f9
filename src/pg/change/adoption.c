/* From rows to a generation, without a plan. */
#include "pg/change/adoption.h"

#include "access/xact.h"
#include "lib/stringinfo.h"

#include "pg/catalog/generation.h"
#include "pg/shared/current_generation.h"
#include "pg/shared/publication.h"

/*
 * Under a new snapshot, and not the statement's: what others committed while this one waited for
 * the generation row counts too.
 */
static void
compare(const RpCatalog *catalog, RpAdoption *adoption)
{
    RpGenerationAnswer answer;

    PushActiveSnapshot(GetTransactionSnapshot());
    rp_current_generation(catalog, &answer);
    adoption->difference_count = rp_generation_contents_compare(
        catalog, GetActiveSnapshot(), answer.mapping, &adoption->differences);
    PopActiveSnapshot();
}

/*
 * The number is above all that the rows have been given: rows of another server may have come with
 * higher ones. The block is built under a snapshot that sees the bump, and is published when this
 * commits.
 */
static void
make_generation(const RpCatalog *catalog, RpAdoption *adoption)
{
    RpCatalogWriter writer;

    rp_catalog_writer_begin(&writer, catalog);
    rp_catalog_run(&writer, "SELECT max(generation) FROM @.rdf_catalog_policy", 0, NULL);
    adoption->generation = rp_generation_bump(&writer, rp_catalog_result_int(0, 1));
    rp_catalog_writer_end(&writer);
    CommandCounterIncrement();
    PushActiveSnapshot(GetTransactionSnapshot());
    rp_publication_add_mapping(rp_own_generation(catalog));
    PopActiveSnapshot();
}

/*
 * To the log as well: policies came into force that nobody reloaded, and the client may be a
 * script.
 */
static void
tell(const RpAdoption *adoption)
{
    StringInfoData detail;

    initStringInfo(&detail);
    for (uint32 i = 0; i < adoption->difference_count; i++) {
        appendStringInfo(&detail, "%s%s", i == 0 ? "" : "\n",
                         rp_contents_difference_text(&adoption->differences[i]));
    }
    ereport(LOG, (errmsg("rdfpolicy: reload: the triggers of the policy tables were disabled: what "
                         "the tables say is in force as generation " INT64_FORMAT,
                         adoption->generation)));
    ereport(NOTICE, (errmsg("the triggers of the policy tables were disabled: what the tables say"
                            " is put in force"),
                     adoption->difference_count == 0
                         ? errdetail("The policies in force are the same as before.")
                         : errdetail("Before: %s", detail.data)));
}

/* No savepoint is needed: nothing here is refused, and an error ends the statement. */
void
rp_adopt_rows(const RpCatalog *catalog, bool is_certain, RpAdoption *adoption)
{
    *adoption = (RpAdoption){.generation = 0};
    compare(catalog, adoption);
    if (is_certain || adoption->difference_count > 0) {
        make_generation(catalog, adoption);
        tell(adoption);
    }
}
