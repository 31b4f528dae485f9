/* See preset.h. */
#include "pg/graph/preset.h"

#include "utils/fmgrprotos.h"

#include "pg/server/bridge.h"

/* One table of a preset: its name behind the prefix, and how its rows are read. */
typedef struct PresetSource {
    const char *table;
    const char *options[RP_OPTION_COUNT]; /* dictionaries: a table behind the prefix */
} PresetSource;

typedef struct Preset {
    const char *name;
    const char *schema; /* NULL: that of the search_path */
    const char *prefix; /* NULL: it must be given */
    const char *prefix_hint;
    char *(*kinds)(void);
    const PresetSource *sources;
    int source_count;
} Preset;

/* pgRDF: quads of ids, partitioned by graph, and a dictionary whose datatypes are ids themselves;
 * named graphs have a table of their own. */
static const PresetSource pgrdf[] = {
    {.table = "quads",
     .options = {[RP_OPTION_SUBJECT] = "subject_id",
                 [RP_OPTION_PREDICATE] = "predicate_id",
                 [RP_OPTION_OBJECT] = "object_id",
                 [RP_OPTION_NAMED_GRAPH] = "graph_id",
                 [RP_OPTION_TERMS] = "dictionary",
                 [RP_OPTION_TERM_ID] = "id",
                 [RP_OPTION_TERM_LEXICAL] = "lexical_value",
                 [RP_OPTION_TERM_KIND] = "term_type",
                 [RP_OPTION_TERM_DATATYPE] = "datatype_iri_id",
                 [RP_OPTION_TERM_LANGUAGE] = "language_tag",
                 [RP_OPTION_GRAPH_TERMS] = "graphs",
                 [RP_OPTION_GRAPH_TERM_ID] = "graph_id",
                 [RP_OPTION_GRAPH_TERM_LEXICAL] = "iri"}},
};

/* The codes of its schema; its web page has 2 and 3 the other way round. */
static char *
pgrdf_kinds(void)
{
    return pstrdup("{\"1\": \"iri\", \"2\": \"blank\", \"3\": \"literal\"}");
}

/* rdflib-sqlalchemy: plain text, and one code for the kinds of all terms of a row. Statements of
 * rdf:type, and those whose object is a literal, are in tables of their own; quoted ones are not
 * asserted. */
static const PresetSource rdflib[] = {
    {.table = "_asserted_statements",
     .options = {[RP_OPTION_SUBJECT] = "subject",
                 [RP_OPTION_PREDICATE] = "predicate",
                 [RP_OPTION_OBJECT] = "object",
                 [RP_OPTION_NAMED_GRAPH] = "context",
                 [RP_OPTION_ENCODING] = "plain",
                 [RP_OPTION_SUBJECT_KIND] = "termcomb",
                 [RP_OPTION_OBJECT_KIND] = "termcomb",
                 [RP_OPTION_GRAPH_KIND] = "termcomb"}},
    {.table = "_type_statements",
     .options = {[RP_OPTION_SUBJECT] = "member",
                 [RP_OPTION_PREDICATE] = "<" RP_RDF "type>",
                 [RP_OPTION_OBJECT] = "klass",
                 [RP_OPTION_NAMED_GRAPH] = "context",
                 [RP_OPTION_ENCODING] = "plain",
                 [RP_OPTION_SUBJECT_KIND] = "termcomb",
                 [RP_OPTION_OBJECT_KIND] = "termcomb",
                 [RP_OPTION_GRAPH_KIND] = "termcomb"}},
    {.table = "_literal_statements",
     .options = {[RP_OPTION_SUBJECT] = "subject",
                 [RP_OPTION_PREDICATE] = "predicate",
                 [RP_OPTION_OBJECT] = "object",
                 [RP_OPTION_NAMED_GRAPH] = "context",
                 [RP_OPTION_ENCODING] = "plain",
                 [RP_OPTION_SUBJECT_KIND] = "termcomb",
                 [RP_OPTION_OBJECT_KIND] = "termcomb",
                 [RP_OPTION_GRAPH_KIND] = "termcomb",
                 [RP_OPTION_DATATYPE] = "objdatatype",
                 [RP_OPTION_LANGUAGE] = "objlanguage"}},
};

/*
 * Its codes count through letters of subject, predicate, object and context: the context fastest
 * (U, B, F), then the object (U, V, B, L, F), then subject and predicate together (UU, UV, VU, VV,
 * BU, …). Variables and quoted graphs (V, F) are in no triple of RDF: codes with one have no kind.
 */
static char *
rdflib_kinds(void)
{
    static const char *const subjects[] = {"iri", NULL, NULL, NULL, "blank"};
    static const char *const objects[] = {"iri", NULL, "blank", "literal"};
    static const char *const contexts[] = {"iri", "blank"};
    enum { OBJECT_LETTERS = 5, CONTEXT_LETTERS = 3 };
    StringInfoData kinds;

    initStringInfo(&kinds);
    for (int s = 0; s < (int)lengthof(subjects); s++) {
        for (int o = 0; o < (int)lengthof(objects) && subjects[s] != NULL; o++) {
            for (int c = 0; c < (int)lengthof(contexts) && objects[o] != NULL; c++) {
                appendStringInfo(
                    &kinds,
                    "%s\"%d\": {\"subject\": \"%s\", \"object\": \"%s\", \"graph\": \"%s\"}",
                    kinds.len > 0 ? ", " : "{", (s * OBJECT_LETTERS + o) * CONTEXT_LETTERS + c,
                    subjects[s], objects[o], contexts[c]);
            }
        }
    }
    appendStringInfoChar(&kinds, '}');
    return kinds.data;
}

static const Preset presets[] = {
    {.name = "pgrdf",
     .schema = "pgrdf",
     .prefix = "_pgrdf_",
     .kinds = pgrdf_kinds,
     .sources = pgrdf,
     .source_count = lengthof(pgrdf)},
    {.name = "rdflib-sqlalchemy",
     .prefix_hint = "It is what the tables' names begin with: kb_ and ten digits.",
     .kinds = rdflib_kinds,
     .sources = rdflib,
     .source_count = lengthof(rdflib)},
};

/* ERROR 42704. */
static const Preset *
find_preset(const char *name)
{
    for (int i = 0; i < (int)lengthof(presets); i++) {
        if (strcmp(presets[i].name, name) == 0) {
            return &presets[i];
        }
    }
    ereport(ERROR, (errcode(ERRCODE_UNDEFINED_OBJECT), errmsg("there is no preset \"%s\"", name),
                    errhint("Presets are pgrdf and rdflib-sqlalchemy.")));
    return NULL;
}

/* ERROR 42P01 where there is no such table, 3F000 where there is no such schema. */
static char *
table_name(const char *schema, const char *prefix, const char *table)
{
    char *name = psprintf("%s%s", prefix, table);

    return rp_registration_relation_name(schema, name);
}

/* One transaction: all sources, or none. */
int32
rp_preset_register(const RpCatalog *catalog, RpText graph, const char *preset_name,
                   const char *schema, const char *prefix)
{
    const Preset *preset = find_preset(preset_name);
    Jsonb *kinds = DatumGetJsonbP(DirectFunctionCall1(jsonb_in, CStringGetDatum(preset->kinds())));

    schema = schema != NULL ? schema : preset->schema;
    prefix = prefix != NULL ? prefix : preset->prefix;
    if (prefix == NULL) {
        ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                        errmsg("preset \"%s\" needs a prefix", preset->name),
                        errhint("%s", preset->prefix_hint)));
    }
    rp_registration_add_graph(catalog, graph);
    for (int i = 0; i < preset->source_count; i++) {
        const PresetSource *source = &preset->sources[i];
        RpSourceOptions options = {.kinds = kinds};

        memcpy(options.texts, source->options, sizeof(options.texts));
        if (options.texts[RP_OPTION_TERMS] != NULL) {
            options.texts[RP_OPTION_TERMS] =
                table_name(schema, prefix, options.texts[RP_OPTION_TERMS]);
            options.texts[RP_OPTION_GRAPH_TERMS] =
                table_name(schema, prefix, options.texts[RP_OPTION_GRAPH_TERMS]);
        }
        rp_registration_add_source(catalog, graph, table_name(schema, prefix, source->table),
                                   &options);
    }
    return preset->source_count;
}
