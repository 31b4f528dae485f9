/* See reach.h. */
#include "incremental/reach.h"

#include "incremental/read_map.h"
#include "incremental/state_sets.h"

enum { FIRST_SLOT_COUNT = 1024, NOWHERE = UINT32_MAX };

/* What a predicate means. */
enum {
    LEADS_ON = 1, /* something is read of what it leads to */
    LEADS_ON_INVERSELY = 2,
    IS_READ_INVERSELY = 4
};

struct RpReach {
    RpArena *arena;
    RpReadMap *map;
    RpStateSets sets;
    uint32_t start;      /* the set of states that a focus node may be in */
    uint8_t *predicates; /* by id of the image: bits */
    RpTermId id_limit;   /* of it */
    RpSlice slice;

    /* Nodes at the ends of links, by number. */
    RpNodeKey *keys;
    uint32_t *states; /* set of states that the slice has it in */
    uint32_t count;
    uint32_t capacity;
    uint32_t *slots; /* hash table: number + 1; 0: empty */
    uint32_t slot_count;

    RpGraph links;    /* node + 1 → predicate * 2 + is_inverse → node + 1 */
    uint32_t *starts; /* by node: of its links; then the end of all */

    uint32_t *queue; /* nodes whose links are to be followed */
    uint32_t queue_count;
    bool *is_queued;
};

/* Whether something is read of what a predicate leads to, from any state. */
static RpStatus
leads_on(RpReach *reach, RpTermId predicate, bool is_inverse, bool *leads, RpError *error)
{
    uint32_t to;

    RP_TRY(rp_state_sets_step(&reach->sets, RP_STATES_ALL, predicate, is_inverse, &to, error));
    *leads = rp_state_sets_read_any(&reach->sets, to);
    return RP_OK;
}

static RpStatus
note_predicate(RpReach *reach, RpTermId predicate, RpError *error)
{
    uint8_t *bits = &reach->predicates[predicate];
    bool leads;

    RP_TRY(leads_on(reach, predicate, false, &leads, error));
    *bits |= leads ? LEADS_ON : 0;
    RP_TRY(leads_on(reach, predicate, true, &leads, error));
    *bits |= leads ? LEADS_ON_INVERSELY : 0;
    *bits |=
        rp_state_sets_read(&reach->sets, RP_STATES_ALL, predicate, true) ? IS_READ_INVERSELY : 0;
    return RP_OK;
}

/* Predicates of paths, and those whose objects are targets. */
static RpStatus
note_predicates(RpReach *reach, const RpImage *image, RpError *error)
{
    for (uint32_t i = 0; i < reach->map->step_count; i++) {
        const RpStep *step = &reach->map->steps[i];

        if (step->kind == RP_STEP_FORWARD || step->kind == RP_STEP_INVERSE) {
            RP_TRY(note_predicate(reach, step->term, error));
        }
    }
    for (uint32_t i = 0; i < image->target_count; i++) {
        if (image->targets[i].kind == RP_TARGET_OBJECTS_OF) {
            reach->predicates[image->targets[i].term] |= IS_READ_INVERSELY;
        }
    }
    return RP_OK;
}

RpStatus
rp_reach_make(const RpImage *image, RpArena *arena, RpReach **made, RpError *error)
{
    RpReach *reach = rp_arena_allocate_zero(arena, sizeof(RpReach));

    if (!reach) {
        return rp_arena_failure(arena, error);
    }
    *made = reach;
    reach->arena = arena;
    reach->id_limit = image->terms.first_id + image->terms.count;
    reach->predicates = rp_arena_allocate_zero(arena, reach->id_limit);
    if (!reach->predicates) {
        return rp_arena_failure(arena, error);
    }
    rp_graph_init(&reach->links, arena, NULL);
    RP_TRY(rp_read_map_make(image, arena, &reach->map, error));
    RP_TRY(rp_state_sets_init(&reach->sets, reach->map, arena, &arena->host->hash_key, error));
    RP_TRY(rp_state_sets_start(&reach->sets, image, &reach->start, error));
    return note_predicates(reach, image, error);
}

/* The bits of a predicate; an IRI that the image does not name has none. */
static uint8_t
bits_of(const RpReach *reach, RpTermId predicate)
{
    return predicate < reach->id_limit ? reach->predicates[predicate] : 0;
}

bool
rp_reach_asks_for_object(const RpReach *reach, RpTermId predicate)
{
    return bits_of(reach, predicate) != 0;
}

/* The slot of a key, or the empty one where it belongs. There are slots. Keys are hashes. */
static uint32_t *
find_slot(const RpReach *reach, RpNodeKey key)
{
    uint32_t mask = reach->slot_count - 1;
    uint32_t slot = key & mask;

    while (reach->slots[slot] != 0 && reach->keys[reach->slots[slot] - 1] != key) {
        slot = (slot + 1) & mask;
    }
    return &reach->slots[slot];
}

/* The number of a node; NOWHERE: no link has it. */
static uint32_t
find_node(const RpReach *reach, RpNodeKey key)
{
    return reach->slot_count == 0 ? NOWHERE : *find_slot(reach, key) - 1;
}

/* At most half of the slots are in use, so a search ends. */
static RpStatus
make_slots(RpReach *reach, RpError *error)
{
    uint32_t old_count = reach->slot_count;
    uint32_t *old = reach->slots;

    if (reach->count < old_count / 2) {
        return RP_OK;
    }
    if (old_count > UINT32_MAX / 4) {
        return rp_error_set(error, RP_TOO_LARGE, "too many nodes are linked to each other");
    }
    reach->slot_count = old_count == 0 ? FIRST_SLOT_COUNT : old_count * 2;
    reach->slots =
        rp_arena_allocate_zero(reach->arena, sizeof(uint32_t) * (size_t)reach->slot_count);
    if (!reach->slots) {
        return rp_arena_failure(reach->arena, error);
    }
    for (uint32_t i = 0; i < reach->count; i++) {
        RP_TRY(rp_arena_poll(reach->arena, error));
        *find_slot(reach, reach->keys[i]) = i + 1;
    }
    rp_arena_give_back(reach->arena, old, sizeof(uint32_t) * (size_t)old_count);
    return RP_OK;
}

static RpStatus
add_node(RpReach *reach, RpNodeKey key, uint32_t *node, RpError *error)
{
    RpNodeKey *keys;
    uint32_t *slot;

    RP_TRY(make_slots(reach, error));
    slot = find_slot(reach, key);
    if (*slot == 0) {
        keys = rp_arena_regrow(reach->arena, reach->keys, reach->count, reach->count + 1,
                               &reach->capacity, sizeof(RpNodeKey));
        if (!keys) {
            return rp_arena_failure(reach->arena, error);
        }
        reach->keys = keys;
        keys[reach->count] = key;
        *slot = ++reach->count;
    }
    *node = *slot - 1;
    return RP_OK;
}

static RpStatus
add_link(RpReach *reach, uint32_t from, RpTermId predicate, bool is_inverse, uint32_t to,
         RpError *error)
{
    return rp_graph_add(&reach->links, (RpTriple){from + 1, predicate * 2 + is_inverse, to + 1},
                        error);
}

/* Node 0's number + 1, and the terms' first predicate * 2, are no RP_TERM_NONE. */
RpStatus
rp_reach_add(RpReach *reach, RpNodeKey subject, RpTermId predicate, RpNodeKey object,
             RpError *error)
{
    uint8_t bits = bits_of(reach, predicate);
    uint32_t from;
    uint32_t to;

    RP_TRY(rp_arena_poll(reach->arena, error));
    if (!(bits & (LEADS_ON | LEADS_ON_INVERSELY))) {
        return RP_OK;
    }
    RP_TRY(add_node(reach, subject, &from, error));
    RP_TRY(add_node(reach, object, &to, error));
    if (bits & LEADS_ON) {
        RP_TRY(add_link(reach, from, predicate, false, to, error));
    }
    return bits & LEADS_ON_INVERSELY ? add_link(reach, to, predicate, true, from, error) : RP_OK;
}

RpStatus
rp_reach_end(RpReach *reach, RpError *error)
{
    uint32_t at = 0;

    RP_TRY(rp_graph_freeze(&reach->links, error));
    reach->starts = rp_arena_allocate(reach->arena, sizeof(uint32_t) * ((size_t)reach->count + 1));
    reach->states = rp_arena_allocate(reach->arena, sizeof(uint32_t) * ((size_t)reach->count + 1));
    reach->queue = rp_arena_allocate(reach->arena, sizeof(uint32_t) * ((size_t)reach->count + 1));
    reach->is_queued = rp_arena_allocate(reach->arena, (size_t)reach->count + 1);
    if (!reach->starts || !reach->states || !reach->queue || !reach->is_queued) {
        return rp_arena_failure(reach->arena, error);
    }
    for (uint32_t node = 0; node <= reach->count; node++) {
        RP_TRY(rp_arena_poll(reach->arena, error));
        while (at < reach->links.count && reach->links.by_subject[at].subject < node + 1) {
            at++;
        }
        reach->starts[node] = at;
    }
    return RP_OK;
}

/* The queue has each node once at most. */
static void
enqueue(RpReach *reach, uint32_t node)
{
    if (!reach->is_queued[node]) {
        reach->is_queued[node] = true;
        reach->queue[reach->queue_count++] = node;
    }
}

/* Have the nodes that a node is linked to in the states that the links lead to. */
static RpStatus
follow_links(RpReach *reach, uint32_t node, RpError *error)
{
    uint32_t from = reach->states[node];

    for (uint32_t i = reach->starts[node]; i < reach->starts[node + 1]; i++) {
        const RpTriple *link = &reach->links.by_subject[i];
        uint32_t *states = &reach->states[link->object - 1];
        uint32_t to;
        uint32_t both;

        RP_TRY(rp_state_sets_step(&reach->sets, from, link->predicate / 2,
                                  (link->predicate & 1) != 0, &to, error));
        RP_TRY(rp_state_sets_unite(&reach->sets, *states, to, &both, error));
        if (both != *states) {
            *states = both;
            enqueue(reach, link->object - 1);
        }
    }
    return RP_OK;
}

/* States of a node only become more: so it ends. */
RpStatus
rp_reach_find(RpReach *reach, RpSlice slice, RpError *error)
{
    reach->slice = slice;
    reach->queue_count = 0;
    for (uint32_t node = 0; node < reach->count; node++) {
        RP_TRY(rp_arena_poll(reach->arena, error));
        reach->states[node] = RP_STATES_NONE;
        reach->is_queued[node] = false;
        if (rp_slice_has(slice, reach->keys[node])) {
            reach->states[node] = reach->start;
            enqueue(reach, node);
        }
    }
    while (reach->queue_count > 0) {
        uint32_t node = reach->queue[--reach->queue_count];

        reach->is_queued[node] = false;
        RP_TRY(follow_links(reach, node, error));
    }
    return RP_OK;
}

/* Whether the triples of a node that have a predicate are read. */
static bool
reads(const RpReach *reach, RpNodeKey key, RpTermId predicate, bool is_inverse)
{
    uint32_t node = find_node(reach, key);

    return node != NOWHERE &&
           rp_state_sets_read(&reach->sets, reach->states[node], predicate, is_inverse);
}

/* Of a node of the slice itself all is kept, since targets ask for more than paths do. Classes are
 * asked for from everywhere. */
bool
rp_reach_has(const RpReach *reach, RpNodeKey subject, RpTermId predicate, RpNodeKey object)
{
    if (rp_slice_has(reach->slice, subject) || predicate == RP_VOCABULARY_rdfs_subClassOf) {
        return true;
    }
    if (bits_of(reach, predicate) & IS_READ_INVERSELY &&
        (rp_slice_has(reach->slice, object) || reads(reach, object, predicate, true))) {
        return true;
    }
    return reads(reach, subject, predicate, false);
}
