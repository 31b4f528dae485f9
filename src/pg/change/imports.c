/* See imports.h. */
#include "pg/change/imports.h"

#include "catalog/pg_type.h"
#include "utils/array.h"

#include "pg/server/bridge.h"

static RpParameter
text_array(const RpText *texts, uint32 count)
{
    Datum *elements = palloc(sizeof(Datum) * ((size_t)count + 1));

    for (uint32 i = 0; i < count; i++) {
        elements[i] = PointerGetDatum(rp_text_datum(texts[i]));
    }
    return (RpParameter){
        TEXTARRAYOID,
        PointerGetDatum(construct_array(elements, (int)count, TEXTOID, -1, false, TYPALIGN_INT)),
        false};
}

RpParameter
rp_ontology_names(const RpOntologies *ontologies)
{
    return text_array(ontologies->names, ontologies->name_count);
}

/*
 * The importing policy itself is not counted: a text that imports what only its own former version
 * holds would hold it up by itself.
 */
uint64
rp_imports_missing(const RpCatalogWriter *writer, const char *policy,
                   const RpOntologies *ontologies)
{
    RpParameter parameters[] = {text_array(ontologies->imports, ontologies->import_count),
                                policy == NULL ? RP_NULL_OF(TEXTOID) : RP_STRING_OF(policy)};

    if (ontologies->import_count == 0) {
        return 0;
    }
    return rp_catalog_run(
        writer,
        "SELECT DISTINCT i.iri COLLATE \"C\" FROM unnest($1) i (iri) WHERE NOT EXISTS"
        " (SELECT FROM @.rdf_catalog_policy p JOIN @.rdf_catalog_version v"
        " ON v.policy = p.policy AND v.version IN (p.active_version, p.staged_version)"
        " WHERE NOT p.is_dropped AND p.policy IS DISTINCT FROM $2 AND i.iri = ANY (v.ontologies))"
        " ORDER BY 1",
        lengthof(parameters), parameters);
}

void
rp_imports_require(const RpCatalogWriter *writer, const char *policy,
                   const RpOntologies *ontologies)
{
    if (rp_imports_missing(writer, policy, ontologies) > 0) {
        ereport(ERROR,
                (errcode(ERRCODE_UNDEFINED_OBJECT),
                 errmsg("the shapes text imports <%s>, which no other policy is",
                        rp_catalog_result_string(0, 1, CurrentMemoryContext)),
                 errhint("Nothing is fetched. Register the imported text first, as a policy of its "
                         "own in which that IRI is an owl:Ontology; or pass imports => "
                         "'ignore'.")));
    }
}
