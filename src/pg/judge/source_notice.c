/* See source_notice.h. What is told of the first document of a statement is not of the others. */
#include "pg/judge/source_notice.h"

#include "access/xact.h"

/* Whether this is the first time in a statement of the client that something is told. */
static bool
is_first(TimestampTz *told_in)
{
    TimestampTz statement = GetCurrentStatementStartTimestamp();
    bool is_first = *told_in != statement;

    *told_in = statement;
    return is_first;
}

void
rp_tell_graphs(const RpDataSource *source, const RpGraphsRead *read)
{
    static TimestampTz aside_told_in;
    static TimestampTz absent_told_in;

    if (source->graphs == RP_GRAPHS_DEFAULT && read->left_aside > 0 && is_first(&aside_told_in)) {
        ereport(NOTICE, (errmsg("named graphs of the document are left aside"),
                         errhint("%s", source->graphs_hint)));
    }
    if (source->graphs == RP_GRAPHS_ONE && !read->has_chosen && is_first(&absent_told_in)) {
        RpShown shown;

        ereport(NOTICE, (errmsg("the document has no graph <%s>",
                                rp_text_show(source->graph_iri, &shown))));
    }
}

/* The HINT of references that nothing resolves. A trigger has no arguments of that kind. */
static int
hint_at_base(const RpDataSource *source)
{
    return source->column == NULL
               ? errhint("base_iri => '<an IRI>' resolves relative references.")
               : errhint("An @base in the document resolves relative references; in a CHECK, "
                         "rdf_validate(column, policy, base_iri => '<an IRI>') does.");
}

RpStatus
rp_tell_drops(const RpDataSource *source, const RpJsonldDrops *drops, RpArena *arena,
              RpError *error)
{
    static TimestampTz told_in;
    bool has_relative = drops->counts[RP_JSONLD_DROPPED_RELATIVE_IRI] > 0;
    RpBuffer buffer;

    if (!is_first(&told_in)) {
        return RP_OK;
    }
    rp_buffer_init(&buffer, arena);
    rp_jsonld_drops_describe(drops, &buffer);
    RP_TRY(rp_buffer_status(&buffer, error));
    ereport(NOTICE, (errmsg("parts of the document make no triples, and are dropped"),
                     source->hides_values ? 0 : errdetail("%.*s", (int)buffer.length, buffer.data),
                     has_relative && source->base_iri.length == 0 ? hint_at_base(source) : 0));
    return RP_OK;
}
