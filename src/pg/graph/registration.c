/* See registration.h. */
#include "pg/graph/registration.h"

#include "catalog/namespace.h"
#include "nodes/makefuncs.h"
#include "utils/lsyscache.h"

#include "pg/catalog/catalog_writer.h"
#include "pg/catalog/policy_name.h"
#include "pg/graph/kind_map.h"
#include "pg/graph/source_compile.h"
#include "pg/graph/source_index.h"
#include "pg/server/bridge.h"

/* The same names as policies have: they stand in triggers' arguments and in messages. ERROR 22023.
 */
void
rp_graph_name_check(RpText name)
{
    RpShown shown;

    if (!rp_policy_name_is_valid(name)) {
        ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                        errmsg("\"%s\" is no name of a graph", rp_text_show(name, &shown)),
                        errdetail("A name is a letter or _ and up to 62 more letters, digits, _ . "
                                  "or -.")));
    }
}

/* Once, when the source is registered; rdf_graph_sources shows them later. */
static void
warn_of_indexes(const RpGraphSource *source)
{
    const RpMissingIndex *missing = rp_source_index_missing(source);

    for (; missing != NULL; missing = missing->next) {
        ereport(WARNING,
                (errmsg("relation %s has no index for %s", missing->relation, missing->purpose),
                 errdetail("Without it the graph can be judged as a whole, and not in "
                           "part, and no policy can be enforced on it."),
                 errhint("%s", missing->statement)));
    }
}

/* Of each column once: it may serve several places. */
static void
warn_of_kinds(const RpGraphSource *source)
{
    const RpGraphDictionary *dictionary = source->dictionary;

    for (int i = 0; i < RP_POSITION_COUNT; i++) {
        const RpTermPlace *place = &source->places[i];
        bool is_first = place->form == RP_FORM_PLAIN && place->kind != RP_NO_COLUMN;

        for (int before = 0; before < i && is_first; before++) {
            is_first = source->places[before].form != RP_FORM_PLAIN ||
                       source->places[before].kind != place->kind;
        }
        if (is_first) {
            rp_kind_map_warn(&source->rows, place->kind, &place->kinds);
        }
    }
    if (dictionary != NULL && dictionary->term.form == RP_FORM_PLAIN &&
        dictionary->term.kind != RP_NO_COLUMN) {
        rp_kind_map_warn(&dictionary->rows, dictionary->term.kind, &dictionary->term.kinds);
    }
}

/* ON CONFLICT waits for another transaction that enters the same name, and finds it. ERROR 42710.
 */
void
rp_registration_add_graph(const RpCatalog *catalog, RpText graph)
{
    RpParameter parameters[] = {RP_TEXT_OF(graph),
                                RP_STRING_OF(GetUserNameFromId(GetUserId(), false))};
    RpCatalogWriter writer;
    uint64 count;

    rp_graph_name_check(graph);
    rp_catalog_writer_begin(&writer, catalog);
    count = rp_catalog_run(&writer,
                           "INSERT INTO @.rdf_catalog_graph (graph, registered_at, registered_by)"
                           " VALUES ($1, clock_timestamp(), $2)"
                           " ON CONFLICT DO NOTHING",
                           lengthof(parameters), parameters);
    rp_catalog_writer_end(&writer);
    if (count == 0) {
        ereport(ERROR, (errcode(ERRCODE_DUPLICATE_OBJECT),
                        errmsg("graph \"%s\" exists already", rp_text_cstring(graph)),
                        errhint("rdf_graph_add_source adds a source to it; rdf_graph_drop drops "
                                "it.")));
    }
}

/* Compiled once, to have said what is wrong with it, and for what the row filter's names mean. */
static void
check_source(const RpCatalog *catalog, const char *relation, RpSourceOptions *options)
{
    RpGraphSource source;

    options->are_new = true;
    rp_source_compile(relation, options, catalog->namespace, &source);
    warn_of_kinds(&source);
    warn_of_indexes(&source);
    options->texts[RP_OPTION_ROW_FILTER] = (char *)source.filter_text;
}

/* Written, and not only locked: who drops it under an older snapshot, which lacks what is added to
 * it now, gets 40001. */
void
rp_registration_hold(const RpCatalog *catalog, RpText graph)
{
    RpParameter name = RP_TEXT_OF(graph);
    RpCatalogWriter writer;
    uint64 count;

    rp_catalog_writer_begin(&writer, catalog);
    count = rp_catalog_run(
        &writer, "UPDATE @.rdf_catalog_graph SET registered_at = registered_at WHERE graph = $1", 1,
        &name);
    rp_catalog_writer_end(&writer);
    if (count == 0) {
        rp_stored_graph_raise_unknown(graph);
    }
}

/* The graph is held first: it must not be dropped, or get enforced, while the source is looked at.
 * The row filter is stored with all names qualified. */
int32
rp_registration_add_source(const RpCatalog *catalog, RpText graph, const char *relation,
                           const RpSourceOptions *options)
{
    RpParameter name = RP_TEXT_OF(graph);
    RpSourceOptions checked = *options;
    RpCatalogWriter writer;
    int32 id;

    rp_registration_hold(catalog, graph);
    check_source(catalog, relation, &checked);
    rp_catalog_writer_begin(&writer, catalog);
    {
        RpParameter parameters[] = {
            name,
            RP_STRING_OF(relation),
            {JSONBOID, JsonbPGetDatum(rp_source_options_write(&checked)), false},
            RP_STRING_OF(GetUserNameFromId(writer.caller, false)),
        };

        rp_catalog_run(&writer,
                       "INSERT INTO @.rdf_catalog_graph_source"
                       " (graph, relation, options, registered_at, registered_by)"
                       " VALUES ($1, $2, $3, clock_timestamp(), $4) RETURNING id",
                       lengthof(parameters), parameters);
    }
    id = (int32)rp_catalog_result_int(0, 1);
    rp_catalog_writer_end(&writer);
    return id;
}

/* By the search_path where no schema is given; stored qualified, so that it means the same to
 * everybody. */
char *
rp_registration_relation_name(const char *schema, const char *name)
{
    Oid relation = RangeVarGetRelid(makeRangeVar((char *)schema, (char *)name, -1), NoLock, false);

    return quote_qualified_identifier(get_namespace_name(get_rel_namespace(relation)),
                                      get_rel_name(relation));
}

/* The graph's row first: whoever adds a source to it, or enforces a policy on it, has written that,
 * and is waited for. */
void
rp_registration_drop(const RpCatalog *catalog, RpText graph)
{
    RpParameter parameter = RP_TEXT_OF(graph);
    RpCatalogWriter writer;
    uint64 count;

    rp_catalog_writer_begin(&writer, catalog);
    count =
        rp_catalog_run(&writer, "DELETE FROM @.rdf_catalog_graph WHERE graph = $1", 1, &parameter);
    rp_catalog_run(&writer, "DELETE FROM @.rdf_catalog_graph_source WHERE graph = $1", 1,
                   &parameter);
    rp_catalog_writer_end(&writer);
    if (count == 0) {
        rp_stored_graph_raise_unknown(graph);
    }
}
