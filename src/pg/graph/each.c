/*
 * See each.h. The graphs that are in memory are a window: all of them or, where there is a file,
 * some that follow each other in it. A graph that does not fit alone is judged in slices.
 */
#include "pg/graph/each.h"

#include "validate/validator.h"
#include "pg/graph/progress.h"
#include "pg/graph/slices.h"
#include "pg/server/bridge.h"
#include "pg/server/guc.h"
#include "pg/term/term_type.h"

struct RpEach {
    RpStoredData data;
    MemoryContext context;
    MemoryContext reading; /* holds what follows; NULL: nothing was read */
    const RpImage *image;
    RpDataGraph head; /* whose dictionary has the graphs' terms */
    RpGraphTags tags; /* of all graphs */
    RpSpill *spill;   /* NULL: head has the triples, and is the window */

    MemoryContext window_context; /* holds what follows */
    RpDataGraph window;
    RpTriple *triples; /* graph after graph */
    uint32 *starts;    /* of graphs, by number, from first on */
    uint32 first;      /* graphs of the window, up to end */
    uint32 end;
};

/* What a source is of. */
typedef struct EachGraph {
    RpEach *each;
    bool is_default;
    RpTerm graph;
} EachGraph;

/* Half of the memory is for the graphs, the other half for judging one of them. */
static size_t
window_limit(void)
{
    return (size_t)rp_guc_work_mem_kb * 1024 / 2;
}

static void
begin_reading(RpEach *each, const RpImage *image, size_t limit_bytes)
{
    RpArena *arena;

    each->image = NULL;
    rp_each_end(each);
    if (each->reading != NULL) {
        MemoryContextDelete(each->reading);
    }
    each->reading =
        AllocSetContextCreate(each->context, "rdfpolicy named graphs", ALLOCSET_DEFAULT_SIZES);
    MemoryContextSwitchTo(each->reading);
    arena = rp_bridge_work_arena(each->reading, 0);
    arena->limit_bytes = limit_bytes;
    each->tags = (RpGraphTags){.arena = arena};
    each->data.tags = &each->tags;
    each->data.spill = NULL;
    rp_data_graph_init(&each->head, image, arena, 0);
    each->window_context = NULL;
    each->first = each->end = 0;
}

/* Read all into memory. */
static RpStatus
read_into_memory(RpEach *each, const RpImage *image, RpError *error)
{
    begin_reading(each, image, window_limit());
    RP_TRY(rp_graph_reader_fill(&each->data, &each->head, error));
    RP_TRY(rp_graph_tags_part(&each->tags, each->head.graph.by_subject, &each->triples,
                              &each->starts, error));
    each->window = each->head;
    each->end = each->tags.count;
    return RP_OK;
}

/* The same into a file. */
static RpStatus
read_into_file(RpEach *each, const RpImage *image, RpError *error)
{
    RpReach *reach;

    begin_reading(each, image, (size_t)rp_guc_work_mem_kb * 1024);
    RP_TRY(rp_reach_make(each->head.image, each->head.arena, &reach, error));
    each->spill = rp_spill_begin(&each->head, reach);
    each->data.spill = each->spill;
    return rp_graph_reader_fill(&each->data, &each->head, error);
}

/* Read all, for an image, in the memory of the reading, which is current. */
static RpStatus
read_all(RpEach *each, const RpImage *image, RpError *error)
{
    RpStatus status = read_into_memory(each, image, error);

    if (status == RP_TOO_LARGE) {
        status = read_into_file(each, image, error);
    }
    each->image = status == RP_OK ? image : NULL;
    return status;
}

/* Read all, if it was another image's. */
static RpStatus
have_read(RpEach *each, const RpImage *image, RpError *error)
{
    MemoryContext caller = CurrentMemoryContext;
    RpStatus status = each->image == image ? RP_OK : read_all(each, image, error);

    MemoryContextSwitchTo(caller);
    return status;
}

typedef struct Reading {
    RpEach *each;
    const RpImage *image;
} Reading;

/* RpToldWork: data is the head's. */
static RpStatus
read_first(const void *state, RpDataGraph *data pg_attribute_unused(),
           RpReport *report pg_attribute_unused(), RpError *error)
{
    const Reading *reading = state;

    return have_read(reading->each, reading->image, error);
}

/* Kept by the caller's memory context, in which a later reading for another image takes the place
 * of this one. */
RpEach *
rp_each_read(const RpStoredData *data, const RpPolicyUse *use)
{
    RpEach *each = palloc0(sizeof(RpEach));
    Reading reading = {each, use->image};
    RpReport nothing = {0};
    RpError error;

    each->data = *data;
    each->context = CurrentMemoryContext;
    each->head.arena = rp_bridge_arena(CurrentMemoryContext, 0);
    RP_BRIDGE_TRY(rp_graph_progress_run(data->graph->name, use->policy, read_first, &reading,
                                        &each->head, &nothing, &error),
                  &error);
    return each;
}

/* Put graphs from one on into the window: as many as their rows say may fit, and at least one. */
static RpStatus
fill_window(RpEach *each, uint32 first, uint32 end, RpError *error)
{
    RpSpillChoice choice = {.first_graph = first, .end_graph = end};
    RpGraphTags tags = {.count = end - first};
    RpArena *arena;

    if (each->window_context != NULL) {
        MemoryContextDelete(each->window_context);
    }
    each->first = each->end = first;
    each->window_context =
        AllocSetContextCreate(each->reading, "rdfpolicy some graphs", ALLOCSET_DEFAULT_SIZES);
    arena = rp_bridge_work_arena(each->window_context, 0);
    arena->limit_bytes = window_limit() - Min(window_limit(), each->head.arena->used_bytes);
    tags.arena = arena;
    rp_data_graph_init(&each->window, each->image, arena, 0);
    RP_TRY(rp_spill_fill(each->spill, &choice, &each->window, &tags, error));
    RP_TRY(rp_graph_tags_part(&tags, each->window.graph.by_subject, &each->triples, &each->starts,
                              error));
    each->end = end;
    return RP_OK;
}

/* So many graphs from one on have rows for a window. */
static uint32
end_of_window(const RpEach *each, uint32 first)
{
    double most = (double)rp_spill_triple_count(each->spill) * (double)window_limit() /
                  (double)(rp_spill_byte_count(each->spill) + 1);
    double rows = 0;
    uint32 end = first;

    while (end < each->tags.count && (end == first || rows + each->tags.row_counts[end] < most)) {
        rows += (double)each->tags.row_counts[end++];
    }
    return end;
}

/* Have a graph in the window. *is_too_large, with RP_TOO_LARGE: it does not fit, even alone. */
static RpStatus
have_in_window(RpEach *each, uint32 number, bool *is_too_large, RpError *error)
{
    MemoryContext caller = CurrentMemoryContext;
    RpStatus status = RP_OK;
    uint32 end;

    if (number >= each->first && number < each->end) {
        return RP_OK;
    }
    MemoryContextSwitchTo(each->reading);
    end = end_of_window(each, number);
    while ((status = fill_window(each, number, end, error)) == RP_TOO_LARGE && end > number + 1) {
        end = number + (end - number) / 2;
    }
    *is_too_large = status == RP_TOO_LARGE;
    MemoryContextSwitchTo(caller);
    return status;
}

/* The dictionary is that of the window, which validation only reads. Results are told when the
 * window may be another, so they get terms of their own. */
static RpStatus
judge_in_window(const RpEach *each, uint32 number, RpDataGraph *data, RpReport *report,
                bool *is_too_large, RpError *error)
{
    MemoryContext context = rp_bridge_context();
    const uint32 *start = &each->starts[number - each->first];
    RpArena *arena = rp_bridge_work_arena(context, 0);
    RpDataGraph graph;
    RpStatus status;

    arena->limit_bytes = data->arena->limit_bytes - data->arena->used_bytes;
    rp_data_graph_init(&graph, data->image, arena, 0);
    graph.dictionary = each->window.dictionary;
    graph.graph.by_subject = each->triples + start[0];
    graph.graph.count = graph.graph.capacity = start[1] - start[0];
    status =
        rp_slice_judge(&graph, each->window.arena->used_bytes, data, report, is_too_large, error);
    MemoryContextDelete(context);
    return status == RP_OK ? rp_graph_freeze(&data->graph, error) : status;
}

/* A graph that does not fit, with what judging it takes: in slices, of a file that may still have
 * to be made. */
static RpStatus
judge_in_slices(RpEach *each, uint32 number, RpDataGraph *data, RpReport *report, RpError *error)
{
    MemoryContext caller = CurrentMemoryContext;

    if (each->spill == NULL) {
        RpStatus status = read_into_file(each, data->image, error);

        MemoryContextSwitchTo(caller);
        RP_TRY(status);
        each->image = data->image;
    } else if (each->window_context != NULL) {
        MemoryContextDelete(each->window_context);
        each->window_context = NULL;
        each->first = each->end = 0;
    }
    return rp_slices_validate_graph(each->spill, number, each->tags.row_counts[number], data,
                                    report, error);
}

/* The number of a source's graph; PG_UINT32_MAX: it has none, as an image reads the rows. */
static uint32
number_of(const EachGraph *graph)
{
    const RpEach *each = graph->each;
    RpTermId id = graph->is_default ? RP_TERM_NONE
                                    : rp_dictionary_find(&each->head.dictionary, &graph->graph);

    return graph->is_default || id != RP_TERM_NONE ? rp_graph_tags_find(&each->tags, id)
                                                   : PG_UINT32_MAX;
}

/* RpToldWork: of an EachGraph. */
static RpStatus
validate_graph(const void *state, RpDataGraph *data, RpReport *report, RpError *error)
{
    const EachGraph *graph = state;
    RpEach *each = graph->each;
    bool is_too_large = false;
    RpStatus status;
    uint32 number;

    RP_TRY(have_read(each, data->image, error));
    number = number_of(graph);
    if (number == PG_UINT32_MAX) {
        return rp_validate(data, (uint32_t)rp_guc_max_depth, report, error);
    }
    data->triple_count = each->tags.row_counts[number];
    status = have_in_window(each, number, &is_too_large, error);
    if (status == RP_OK) {
        status = judge_in_window(each, number, data, report, &is_too_large, error);
    }
    return is_too_large ? judge_in_slices(each, number, data, report, error) : status;
}

/* RpDataSource.validate. */
static RpStatus
validate(const void *stored, RpText policy, RpDataGraph *data, RpReport *report, RpError *error)
{
    const EachGraph *graph = stored;

    return rp_graph_progress_run(graph->each->data.graph->name, policy, validate_graph, graph, data,
                                 report, error);
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
            term = rp_dictionary_term(&each->head.dictionary, each->tags.graphs[i]);
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
    return each->spill == NULL ? each->head.arena->used_bytes : window_limit();
}

void
rp_each_end(RpEach *each)
{
    if (each->spill != NULL) {
        rp_spill_end(each->spill);
        each->spill = NULL;
    }
}
