/* See reach.h. */
#include "incremental/reach.h"

#include "incremental/read_map.h"
#include "incremental/state_sets.h"

enum { FIRST_SLOT_COUNT = 1024, NOWHERE = UINT32_MAX };

/* What a predicate means. */
enum {
    LEADS_ON = 1, /* something is read of what it leads to */
    LEADS_ON_INVERSELY = 2,
    HAS_TARGETS = 4 /* its objects are targets */
};

/* How triples of a predicate are read: of a node in a set of states, or of any node. */
enum { AS_SUBJECT = 1, AS_OBJECT = 2 };

typedef struct Predicate {
    RpTermId id;
    uint8_t meaning;
} Predicate;

typedef struct Link {
    uint32_t to;      /* node */
    uint32_t meaning; /* number of the predicate * 2 + is_inverse */
} Link;

struct RpReach {
    RpArena *arena;
    RpReadMap *map;
    RpStateSets sets;
    uint32_t start;      /* the set of states that a focus node may be in */
    uint32_t *constants; /* nodes that queries name: the node, then its set of states, and so on */
    uint32_t constant_count;
    uint32_t constant_capacity;
    RpSlice slice;

    /* Predicates of paths and targets, rdf:type; the first stands for all others. */
    Predicate *predicates;
    uint32_t predicate_count;
    uint32_t predicate_capacity;
    uint32_t *numbers; /* by id of the image */
    RpTermId id_limit; /* of it */

    /* How they are read, row after row: by set of states, those that were there when a slice was
     * found last. */
    uint8_t *reads;
    uint32_t read_rows;
    uint32_t read_capacity;
    uint8_t *elsewhere; /* the same of any node that is not of the slice */
    bool *is_elsewhere; /* by set of states: some such node is in it */
    uint32_t sets_capacity;

    /* Nodes at the ends of links, by number. */
    RpNodeKey *keys;
    uint32_t *states; /* set of states that the slice has it in */
    uint32_t count;
    uint32_t capacity;
    uint32_t *slots; /* hash table: number + 1; 0: empty */
    uint32_t slot_count;

    Link *links; /* node after node */
    uint32_t link_count;
    uint32_t *starts; /* by node: of its links; then the end of all */
    uint32_t starts_capacity;

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

/* The number of a predicate, which is added where it is new. */
static RpStatus
add_predicate(RpReach *reach, RpTermId id, Predicate **added, RpError *error)
{
    uint32_t *number = &reach->numbers[id];
    Predicate *grown =
        rp_arena_grow(reach->arena, reach->predicates, reach->predicate_count,
                      reach->predicate_count + 1, &reach->predicate_capacity, sizeof(Predicate));

    if (!grown) {
        return rp_arena_failure(reach->arena, error);
    }
    reach->predicates = grown;
    if (*number == 0 && id != RP_TERM_NONE) {
        *number = reach->predicate_count;
    }
    if (*number == reach->predicate_count) {
        grown[reach->predicate_count++] = (Predicate){.id = id};
    }
    *added = &grown[*number];
    return RP_OK;
}

static RpStatus
note_links(RpReach *reach, Predicate *predicate, RpError *error)
{
    bool leads;

    RP_TRY(leads_on(reach, predicate->id, false, &leads, error));
    predicate->meaning |= leads ? LEADS_ON : 0;
    RP_TRY(leads_on(reach, predicate->id, true, &leads, error));
    predicate->meaning |= leads ? LEADS_ON_INVERSELY : 0;
    return RP_OK;
}

static RpStatus
note_predicates(RpReach *reach, const RpImage *image, RpError *error)
{
    Predicate *predicate;

    RP_TRY(add_predicate(reach, RP_TERM_NONE, &predicate, error));
    RP_TRY(add_predicate(reach, RP_VOCABULARY_rdf_type, &predicate, error));
    for (uint32_t i = 0; i < reach->map->step_count; i++) {
        const RpStep *step = &reach->map->steps[i];

        if (step->kind == RP_STEP_FORWARD || step->kind == RP_STEP_INVERSE) {
            RP_TRY(add_predicate(reach, step->term, &predicate, error));
        }
    }
    for (uint32_t i = 0; i < image->target_count; i++) {
        if (image->targets[i].kind == RP_TARGET_OBJECTS_OF) {
            RP_TRY(add_predicate(reach, image->targets[i].term, &predicate, error));
            predicate->meaning |= HAS_TARGETS;
        }
    }
    for (uint32_t i = 0; i < reach->predicate_count; i++) {
        RP_TRY(note_links(reach, &reach->predicates[i], error));
    }
    return RP_OK;
}

/* Find how predicates are read by nodes in sets of states, in those that are new. */
static RpStatus
note_reads(RpReach *reach, RpError *error)
{
    size_t row_bytes = reach->predicate_count;
    uint8_t *grown = rp_arena_regrow(reach->arena, reach->reads, reach->read_rows,
                                     reach->sets.count, &reach->read_capacity, row_bytes);

    if (!grown) {
        return rp_arena_failure(reach->arena, error);
    }
    reach->reads = grown;
    for (; reach->read_rows < reach->sets.count; reach->read_rows++) {
        uint8_t *row = reach->reads + reach->read_rows * row_bytes;

        for (uint32_t i = 0; i < reach->predicate_count; i++) {
            RpTermId id = reach->predicates[i].id;

            RP_TRY(rp_arena_poll(reach->arena, error));
            row[i] = rp_state_sets_read(&reach->sets, reach->read_rows, id, false) ? AS_SUBJECT : 0;
            row[i] |= rp_state_sets_read(&reach->sets, reach->read_rows, id, true) ? AS_OBJECT : 0;
        }
    }
    return RP_OK;
}

static uint32_t
number_of(const RpReach *reach, RpTermId predicate)
{
    return predicate < reach->id_limit ? reach->numbers[predicate] : 0;
}

/* The links that a triple of a predicate makes: what of its meaning leads on. */
static uint8_t
links_of(const RpReach *reach, uint32_t number)
{
    return reach->predicates[number].meaning & (LEADS_ON | LEADS_ON_INVERSELY);
}

/* How a predicate is read by a node in a set of states. */
static uint8_t
reads_of(const RpReach *reach, uint32_t states, uint32_t number)
{
    return reach->reads[(size_t)states * reach->predicate_count + number];
}

bool
rp_reach_asks_for_object(const RpReach *reach, RpTermId predicate)
{
    uint32_t number = number_of(reach, predicate);

    return reach->predicates[number].meaning != 0 ||
           (reads_of(reach, RP_STATES_ALL, number) & AS_OBJECT) != 0;
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

/* A new node has no links yet: there are as many starts as nodes, and one more. */
static RpStatus
append_node(RpReach *reach, RpNodeKey key, RpError *error)
{
    RpNodeKey *keys = rp_arena_regrow(reach->arena, reach->keys, reach->count, reach->count + 1,
                                      &reach->capacity, sizeof(RpNodeKey));
    uint32_t *starts;

    if (!keys) {
        return rp_arena_failure(reach->arena, error);
    }
    reach->keys = keys;
    starts = rp_arena_regrow(reach->arena, reach->starts, reach->count + (reach->count > 0),
                             reach->count + 2, &reach->starts_capacity, sizeof(uint32_t));
    if (!starts) {
        return rp_arena_failure(reach->arena, error);
    }
    reach->starts = starts;
    starts[reach->count] = 0;
    starts[reach->count + 1] = 0;
    keys[reach->count++] = key;
    return RP_OK;
}

static RpStatus
add_node(RpReach *reach, RpNodeKey key, uint32_t *node, RpError *error)
{
    uint32_t *slot;

    RP_TRY(make_slots(reach, error));
    slot = find_slot(reach, key);
    if (*slot == 0) {
        RP_TRY(append_node(reach, key, error));
        *slot = reach->count;
    }
    *node = *slot - 1;
    return RP_OK;
}

/* What queries read from constants on is read whatever the slice is. Beside the nodes that links
 * have, so that there is a number for each. */
static RpStatus
note_constants(RpReach *reach, const RpImage *image, RpError *error)
{
    for (uint32_t i = 0; i < reach->map->step_count; i++) {
        const RpStep *step = &reach->map->steps[i];
        uint32_t *grown;
        RpTerm term;

        if (step->kind != RP_STEP_TERM) {
            continue;
        }
        grown =
            rp_arena_regrow(reach->arena, reach->constants, reach->constant_count,
                            reach->constant_count + 2, &reach->constant_capacity, sizeof(uint32_t));
        if (!grown) {
            return rp_arena_failure(reach->arena, error);
        }
        reach->constants = grown;
        term = rp_term_table_get(&image->terms, step->term);
        RP_TRY(add_node(reach, rp_node_key(&image->terms.key, &term), &grown[reach->constant_count],
                        error));
        RP_TRY(rp_state_sets_of(&reach->sets, step->to, &grown[reach->constant_count + 1], error));
        reach->constant_count += 2;
    }
    return RP_OK;
}

/* A slice would show the query a part of what it counts, or finds nothing of. */
static RpStatus
refuse(const RpReach *reach, const RpImage *image, RpError *error)
{
    const char *limit_name = reach->arena->host->memory_limit_name;

    limit_name = limit_name != NULL ? limit_name : "the limit";
    rp_error_set(error, RP_TOO_LARGE,
                 "the graph is too large to be judged at once, and a query reads all of it");
    rp_error_hint(error,
                  "Raise %s or the limit of triples, or have the query begin at $this and go on "
                  "from there: then the graph is judged in slices.",
                  limit_name);
    return rp_read_map_tell_query(image, rp_read_map_whole_query(reach->map), error);
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
    reach->numbers = rp_arena_allocate_zero(arena, sizeof(uint32_t) * (size_t)reach->id_limit);
    if (!reach->numbers) {
        return rp_arena_failure(arena, error);
    }
    RP_TRY(rp_read_map_make(image, arena, &reach->map, error));
    if (rp_read_map_whole_query(reach->map) != 0) {
        return refuse(reach, image, error);
    }
    RP_TRY(rp_state_sets_init(&reach->sets, reach->map, arena, &arena->host->hash_key, error));
    RP_TRY(rp_state_sets_start(&reach->sets, image, &reach->start, error));
    RP_TRY(note_predicates(reach, image, error));
    RP_TRY(note_reads(reach, error));
    RP_TRY(note_constants(reach, image, error));
    reach->elsewhere = rp_arena_allocate(arena, reach->predicate_count);
    return reach->elsewhere ? RP_OK : rp_arena_failure(arena, error);
}

RpStatus
rp_reach_count(RpReach *reach, RpNodeKey subject, RpTermId predicate, RpNodeKey object,
               RpError *error)
{
    uint8_t links = links_of(reach, number_of(reach, predicate));
    uint32_t from;
    uint32_t to;

    RP_TRY(rp_arena_poll(reach->arena, error));
    if (links == 0) {
        return RP_OK;
    }
    RP_TRY(add_node(reach, subject, &from, error));
    RP_TRY(add_node(reach, object, &to, error));
    if (reach->link_count > UINT32_MAX - 2) {
        return rp_error_set(error, RP_TOO_LARGE, "too many nodes are linked to each other");
    }
    reach->starts[from] += (links & LEADS_ON) != 0;
    reach->starts[to] += (links & LEADS_ON_INVERSELY) != 0;
    reach->link_count += ((links & LEADS_ON) != 0) + ((links & LEADS_ON_INVERSELY) != 0);
    return RP_OK;
}

/* Starts are ends until the links are there: each goes before the last one. */
RpStatus
rp_reach_counted(RpReach *reach, RpError *error)
{
    size_t count = (size_t)reach->count + 1;

    reach->links = rp_arena_allocate(reach->arena, sizeof(Link) * ((size_t)reach->link_count + 1));
    reach->states = rp_arena_allocate(reach->arena, sizeof(uint32_t) * count);
    reach->queue = rp_arena_allocate(reach->arena, sizeof(uint32_t) * count);
    reach->is_queued = rp_arena_allocate(reach->arena, count);
    if (!reach->links || !reach->states || !reach->queue || !reach->is_queued) {
        return rp_arena_failure(reach->arena, error);
    }
    for (uint32_t node = 0; node < reach->count; node++) {
        RP_TRY(rp_arena_poll(reach->arena, error));
        reach->starts[node + 1] += reach->starts[node];
    }
    return RP_OK;
}

RpStatus
rp_reach_add(RpReach *reach, RpNodeKey subject, RpTermId predicate, RpNodeKey object,
             RpError *error)
{
    uint32_t number = number_of(reach, predicate);
    uint8_t links = links_of(reach, number);

    RP_TRY(rp_arena_poll(reach->arena, error));
    if (links != 0) {
        uint32_t from = find_node(reach, subject);
        uint32_t to = find_node(reach, object);

        if (links & LEADS_ON) {
            reach->links[--reach->starts[from]] = (Link){to, number * 2};
        }
        if (links & LEADS_ON_INVERSELY) {
            reach->links[--reach->starts[to]] = (Link){from, number * 2 + 1};
        }
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

/* Have a node in more states. */
static RpStatus
put_in(RpReach *reach, uint32_t node, uint32_t states, RpError *error)
{
    uint32_t both;

    RP_TRY(rp_state_sets_unite(&reach->sets, reach->states[node], states, &both, error));
    if (both != reach->states[node]) {
        reach->states[node] = both;
        enqueue(reach, node);
    }
    return RP_OK;
}

/* Have the nodes that a node is linked to in the states that the links lead to. */
static RpStatus
follow_links(RpReach *reach, uint32_t node, RpError *error)
{
    uint32_t from = reach->states[node];

    for (uint32_t i = reach->starts[node]; i < reach->starts[node + 1]; i++) {
        const Link *link = &reach->links[i];
        uint32_t to;

        RP_TRY(rp_state_sets_step(&reach->sets, from, reach->predicates[link->meaning / 2].id,
                                  (link->meaning & 1) != 0, &to, error));
        RP_TRY(put_in(reach, link->to, to, error));
    }
    return RP_OK;
}

/* Find how predicates are read by nodes that are not of the slice: most by none. */
static RpStatus
note_elsewhere(RpReach *reach, RpError *error)
{
    bool *grown = rp_arena_grow(reach->arena, reach->is_elsewhere, 0, reach->sets.count,
                                &reach->sets_capacity, sizeof(bool));

    if (!grown) {
        return rp_arena_failure(reach->arena, error);
    }
    reach->is_elsewhere = grown;
    memset(grown, false, reach->sets.count);
    for (uint32_t node = 0; node < reach->count; node++) {
        RP_TRY(rp_arena_poll(reach->arena, error));
        if (!rp_slice_has(reach->slice, reach->keys[node])) {
            grown[reach->states[node]] = true;
        }
    }
    RP_TRY(note_reads(reach, error));
    memset(reach->elsewhere, 0, reach->predicate_count);
    for (uint32_t set = 0; set < reach->sets.count; set++) {
        for (uint32_t i = 0; i < reach->predicate_count && grown[set]; i++) {
            reach->elsewhere[i] |= reads_of(reach, set, i);
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
    for (uint32_t i = 0; i < reach->constant_count; i += 2) {
        RP_TRY(put_in(reach, reach->constants[i], reach->constants[i + 1], error));
    }
    while (reach->queue_count > 0) {
        uint32_t node = reach->queue[--reach->queue_count];

        reach->is_queued[node] = false;
        RP_TRY(follow_links(reach, node, error));
    }
    return note_elsewhere(reach, error);
}

/* How triples of a node that have a predicate are read. */
static uint8_t
reads_of_node(const RpReach *reach, RpNodeKey key, uint32_t number)
{
    uint32_t node = find_node(reach, key);

    return node != NOWHERE ? reads_of(reach, reach->states[node], number) : 0;
}

/* Of a node of the slice itself all is kept, since targets ask for more than paths do. Classes are
 * asked for from everywhere. Most others are passed over without a look at the nodes. */
bool
rp_reach_has(const RpReach *reach, RpNodeKey subject, RpTermId predicate, RpNodeKey object)
{
    uint32_t number = number_of(reach, predicate);
    uint8_t elsewhere = reach->elsewhere[number];

    if (rp_slice_has(reach->slice, subject) || predicate == RP_VOCABULARY_rdfs_subClassOf) {
        return true;
    }
    if (elsewhere & AS_SUBJECT && reads_of_node(reach, subject, number) & AS_SUBJECT) {
        return true;
    }
    if (elsewhere & AS_OBJECT && reads_of_node(reach, object, number) & AS_OBJECT) {
        return true;
    }
    return ((reads_of(reach, RP_STATES_ALL, number) & AS_OBJECT) != 0 ||
            (reach->predicates[number].meaning & HAS_TARGETS) != 0) &&
           rp_slice_has(reach->slice, object);
}
