/* See each.h. */
#include "pg/graph/each.h"

#include "validate/validator.h"
#include "pg/server/bridge.h"
#include "pg/server/guc.h"
#include "pg/term/term_type.h"

struct RpEach {
    RpStoredData data;
    MemoryContext context;
    MemoryContext reading; /* holds what follows; NULL: nothing was read */
    const RpImage *image;
    RpDataGraph whole;
    RpGraphTags tags;
    RpTriple *triples; /* graph after graph */
    uint32 *starts;
};

/* What a source is of. */
typedef struct EachGraph {
    RpEach *each;
    bool is_default;
    RpTerm graph;
} EachGraph;

/* Read all, in the memory of the reading, which is current. */
static RpStatus
fill(RpEach *each, const RpImage *image, RpError *error)
{
    RpArena *arena = rp_bridge_work_arena(each->reading, 0);

    each->tags = (RpGraphTags){.arena = arena};
    each->data.tags = &each->tags;
    rp_data_graph_init(&each->whole, image, arena, 0);
    RP_TRY(rp_graph_reader_fill(&each->data, &each->whole, error));
    return rp_graph_tags_part(&each->tags, each->whole.graph.by_subject, &each->triples,
                              &each->starts, error);
}

/* Read all, for an image. */
static RpStatus
read_all(RpEach *each, const RpImage *image, RpError *error)
{
    MemoryContext caller;
    RpStatus status;

    if (each->image == image) {
        return RP_OK;
    }
    each->image = NULL;
    if (each->reading != NULL) {
        MemoryContextDelete(each->reading);
        each->reading = NULL;
    }
    each->reading =
        AllocSetContextCreate(each->context, "rdfpolicy named graphs", ALLOCSET_DEFAULT_SIZES);
    caller = MemoryContextSwitchTo(each->reading);
    status = fill(each, image, error);
    MemoryContextSwitchTo(caller);
    each->image = status == RP_OK ? image : NULL;
    return status;
}

/* Kept by the caller's memory context, in which a later reading for another image takes the place
 * of this one. */
RpEach *
rp_each_read(const RpStoredData *data, const RpImage *image)
{
    RpEach *each = palloc0(sizeof(RpEach));
    RpError error;

    each->data = *data;
    each->context = CurrentMemoryContext;
    RP_BRIDGE_TRY(read_all(each, image, &error), &error);
    return each;
}

/* RpDataSource.validate: the dictionary is that of all graphs, which validation only reads. */
static RpStatus
validate(const void *stored, RpText policy pg_attribute_unused(), RpDataGraph *data,
         RpReport *report, RpError *error)
{
    const EachGraph *graph = stored;
    RpEach *each = graph->each;
    RpTermId id = RP_TERM_NONE;
    uint32 number;

    RP_TRY(read_all(each, data->image, error));
    if (!graph->is_default) {
        id = rp_dictionary_find(&each->whole.dictionary, &graph->graph);
    }
    number = graph->is_default || id != RP_TERM_NONE ? rp_graph_tags_find(&each->tags, id)
                                                     : PG_UINT32_MAX;
    data->dictionary = each->whole.dictionary;
    rp_graph_init(&data->graph, data->arena, &data->dictionary);
    if (number != PG_UINT32_MAX) {
        data->graph.by_subject = each->triples + each->starts[number];
        data->graph.count = each->starts[number + 1] - each->starts[number];
        data->graph.capacity = data->graph.count;
        data->triple_count = each->tags.row_counts[number];
    }
    return rp_validate(data, (uint32_t)rp_guc_max_depth, report, error);
}

/* In the order in which the graphs were met; a source is valid as long as each is. */
const RpDataSource *
rp_each_sources(RpEach *each, uint32 *count)
{
    RpDataSource *sources = palloc0(sizeof(RpDataSource) * ((Size)each->tags.count + 1));
    EachGraph *graphs = palloc0(sizeof(EachGraph) * ((Size)each->tags.count + 1));
    RpArena *arena = rp_bridge_arena(CurrentMemoryContext, 0);

    *count = each->tags.count;
    for (uint32 i = 0; i < *count; i++) {
        RpTerm term;

        graphs[i].each = each;
        graphs[i].is_default = each->tags.graphs[i] == RP_TERM_NONE;
        sources[i] =
            (RpDataSource){.form = RP_DATA_STORED, .stored = &graphs[i], .validate = validate};
        if (!graphs[i].is_default) {
            /* A copy, which outlives another reading. */
            term = rp_dictionary_term(&each->whole.dictionary, each->tags.graphs[i]);
            graphs[i].graph = term;
            if (!rp_arena_copy_text(arena, term.lexical, &graphs[i].graph.lexical)) {
                RpError error;

                rp_arena_failure(arena, &error);
                rp_bridge_raise(&error);
            }
            sources[i].named_graph = rp_term_text(&graphs[i].graph, CurrentMemoryContext);
        }
    }
    return sources;
}

size_t
rp_each_memory(const RpEach *each)
{
    return each->tags.arena->used_bytes;
}
