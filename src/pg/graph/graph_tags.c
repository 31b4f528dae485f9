/* See graph_tags.h. */
#include "pg/graph/graph_tags.h"

/* A place of 0 is no number: 0 - 1 is PG_UINT32_MAX. */
uint32
rp_graph_tags_find(const RpGraphTags *tags, RpTermId graph)
{
    return graph < tags->place_count ? tags->places[graph] - 1 : PG_UINT32_MAX;
}

/* A place for each id up to one, those that are new without a number. */
static RpStatus
make_places(RpGraphTags *tags, RpTermId graph, RpError *error)
{
    uint32 *places;

    if (graph < tags->place_count) {
        return RP_OK;
    }
    places = rp_arena_grow(tags->arena, tags->places, tags->place_count, graph + 1,
                           &tags->places_capacity, sizeof(uint32));
    if (places == NULL) {
        return rp_arena_failure(tags->arena, error);
    }
    memset(places + tags->place_count, 0, sizeof(uint32) * (graph + 1 - tags->place_count));
    tags->places = places;
    tags->place_count = graph + 1;
    return RP_OK;
}

/* Also where no triple is stored of the row: a graph of such rows exists, and conforms. */
RpStatus
rp_graph_tags_add_row(RpGraphTags *tags, RpTermId graph, uint32 *number, RpError *error)
{
    *number = rp_graph_tags_find(tags, graph);
    if (*number == PG_UINT32_MAX) {
        RpTermId *graphs = rp_arena_grow(tags->arena, tags->graphs, tags->count, tags->count + 1,
                                         &tags->graphs_capacity, sizeof(RpTermId));
        uint64 *rows = rp_arena_grow(tags->arena, tags->row_counts, tags->count, tags->count + 1,
                                     &tags->rows_capacity, sizeof(uint64));

        if (graphs == NULL || rows == NULL) {
            return rp_arena_failure(tags->arena, error);
        }
        RP_TRY(make_places(tags, graph, error));
        tags->graphs = graphs;
        tags->row_counts = rows;
        graphs[tags->count] = graph;
        rows[tags->count] = 0;
        *number = tags->count++;
        tags->places[graph] = tags->count;
    }
    tags->row_counts[*number]++;
    return RP_OK;
}

RpStatus
rp_graph_tags_add_triple(RpGraphTags *tags, uint32 number, RpError *error)
{
    uint32 *numbers =
        rp_arena_grow(tags->arena, tags->numbers, tags->number_count, tags->number_count + 1,
                      &tags->numbers_capacity, sizeof(uint32));

    if (numbers == NULL) {
        return rp_arena_failure(tags->arena, error);
    }
    tags->numbers = numbers;
    numbers[tags->number_count++] = number;
    return RP_OK;
}

/* By counting, in linear time: how many triples each graph has says where it begins. */
RpStatus
rp_graph_tags_part(const RpGraphTags *tags, const RpTriple *triples, RpTriple **parted,
                   uint32 **starts, RpError *error)
{
    uint32 *ends = rp_arena_allocate_zero(tags->arena, sizeof(uint32) * ((Size)tags->count + 1));
    RpTriple *sorted =
        rp_arena_allocate(tags->arena, sizeof(RpTriple) * ((Size)tags->number_count + 1));

    if (ends == NULL || sorted == NULL) {
        return rp_arena_failure(tags->arena, error);
    }
    for (uint32 i = 0; i < tags->number_count; i++) {
        ends[tags->numbers[i] + 1]++;
    }
    for (uint32 g = 0; g < tags->count; g++) {
        ends[g + 1] += ends[g];
    }
    /* While triples are put, the start of a graph is where its next one goes; then they are moved
     * back. */
    for (uint32 i = 0; i < tags->number_count; i++) {
        sorted[ends[tags->numbers[i]]++] = triples[i];
    }
    memmove(ends + 1, ends, sizeof(uint32) * tags->count);
    ends[0] = 0;
    *parted = sorted;
    *starts = ends;
    return RP_OK;
}
