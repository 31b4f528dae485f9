/*
 * See no_focus.h. The graph has a triple (subject, rdf:type, class) for each class, and one
 * (subject, predicate, none) for each other predicate of a subject: so the ranges of its orderings
 * are classes, predicates and subjects, each with as many triples as there are nodes.
 */
#include "validate/no_focus.h"

#include "base/nearest.h"
#include "rdf/turtle_writer.h"
#include "validate/focus_search.h"

#define FAR UINT32_MAX /* not compared */

enum {
    SOUGHT_LIMIT = 50,         /* terms of one kind that the data's are compared with */
    PAIR_LIMIT = 1000000,      /* pairs of a message: some tens of milliseconds */
    STEP_LIMIT = 8000000,      /* steps of a message, the same */
    PAIR_STEPS = 16,           /* what a pair costs before its bytes are compared */
    COMPARED_BYTES = 128,      /* of a text, at most: see rp_text_distance */
    OTHER_NAMESPACE_EDITS = 2, /* another namespace is as far as so many edits */
    TERM_BYTES = RP_ERROR_VALUE_LENGTH * 4 + 8 /* more than is shown of a term */
};

/* A name that the data has, or that is sought. */
typedef struct Name {
    RpTermId id;
    uint32_t node_count; /* of the data */
    uint32_t distance;   /* to the nearest of the other side */
} Name;

typedef struct Names {
    Name *names;
    uint32_t count;
} Names;

void
rp_no_focus_begin(RpNoFocus *no_focus, RpArena *arena)
{
    *no_focus = (RpNoFocus){.arena = arena, .pairs_left = PAIR_LIMIT, .steps_left = STEP_LIMIT};
    rp_dictionary_init(&no_focus->dictionary, arena, NULL);
    rp_graph_init(&no_focus->graph, arena, &no_focus->dictionary);
}

static RpStatus
add_target(RpNoFocus *no_focus, const RpImage *image, const RpTarget *target, RpError *error)
{
    RpSoughtTerms *sought;
    RpTermId *ids;
    RpTerm term;

    if (target->kind == RP_TARGET_QUERY) {
        no_focus->asks_query = true;
        return RP_OK;
    }
    sought = &no_focus->sought[target->kind];
    term = rp_term_table_get(&image->terms, target->term);
    ids = rp_arena_grow(no_focus->arena, sought->ids, sought->count, sought->count + 1,
                        &sought->capacity, sizeof(RpTermId));
    if (ids == NULL) {
        return rp_arena_failure(no_focus->arena, error);
    }
    sought->ids = ids;
    RP_TRY(rp_arena_poll(no_focus->arena, error));
    return rp_dictionary_add(&no_focus->dictionary, &term, &ids[sought->count++], error);
}

RpStatus
rp_no_focus_add_targets(RpNoFocus *no_focus, const RpImage *image, RpError *error)
{
    for (uint32_t i = 0; i < image->shape_count; i++) {
        const RpImageShape *shape = &image->shapes[i];

        for (uint32_t j = 0; rp_shape_has_focus_nodes(shape) && j < shape->target_count; j++) {
            RP_TRY(add_target(no_focus, image, &image->targets[shape->first_target + j], error));
        }
    }
    return RP_OK;
}

RpStatus
rp_no_focus_add_triple(RpNoFocus *no_focus, const RpTerm *subject, const RpTerm *predicate,
                       const RpTerm *object, RpError *error)
{
    RpTriple triple = {.object = RP_TERM_NONE};

    if (no_focus->graph.count == RP_NO_FOCUS_TRIPLE_LIMIT) {
        no_focus->is_cut = true;
        return rp_arena_poll(no_focus->arena, error);
    }
    RP_TRY(rp_dictionary_add(&no_focus->dictionary, subject, &triple.subject, error));
    RP_TRY(rp_dictionary_add(&no_focus->dictionary, predicate, &triple.predicate, error));
    if (triple.predicate == RP_VOCABULARY_rdf_type) {
        RP_TRY(rp_dictionary_add(&no_focus->dictionary, object, &triple.object, error));
    }
    return rp_graph_add(&no_focus->graph, triple, error);
}

/* Room for names; *names is empty. */
static RpStatus
make_names(RpNoFocus *no_focus, uint32_t count, Names *names, RpError *error)
{
    *names = (Names){rp_arena_allocate(no_focus->arena, sizeof(Name) * ((size_t)count + 1)), 0};
    return names->names == NULL ? rp_arena_failure(no_focus->arena, error) : RP_OK;
}

/* Count one more node with a name, which comes behind those with lower ids, or is the last. */
static void
count_node(Names *names, RpTermId id)
{
    if (names->count == 0 || names->names[names->count - 1].id != id) {
        names->names[names->count++] = (Name){id, 0, FAR};
    }
    names->names[names->count - 1].node_count++;
}

/* The classes of the data. */
static RpStatus
find_classes(RpNoFocus *no_focus, Names *names, RpError *error)
{
    RpTripleRange types;

    RP_TRY(rp_graph_match(&no_focus->graph, RP_TERM_NONE, RP_VOCABULARY_rdf_type, RP_TERM_NONE,
                          &types, error));
    RP_TRY(make_names(no_focus, rp_triple_range_count(types), names, error));
    for (const RpTriple *type = types.first; type < types.end; type++) {
        count_node(names, type->object);
    }
    return RP_OK;
}

/* Its predicates, which the second ordering has first. */
static RpStatus
find_predicates(RpNoFocus *no_focus, Names *names, RpError *error)
{
    const RpGraph *graph = &no_focus->graph;
    RpTripleRange types;

    RP_TRY(rp_graph_match(&no_focus->graph, RP_TERM_NONE, RP_VOCABULARY_rdf_type, RP_TERM_NONE,
                          &types, error));
    RP_TRY(make_names(no_focus, graph->count, names, error));
    for (uint32_t i = 0; i < graph->count; i++) {
        count_node(names, graph->by_predicate[i].predicate);
    }
    return RP_OK;
}

/* Its subjects. */
static RpStatus
find_nodes(RpNoFocus *no_focus, Names *names, RpError *error)
{
    const RpGraph *graph = &no_focus->graph;

    RP_TRY(make_names(no_focus, graph->count, names, error));
    for (uint32_t i = 0; i < graph->count; i++) {
        count_node(names, graph->by_subject[i].subject);
    }
    return RP_OK;
}

/* A text to be compared. */
typedef struct Compared {
    RpText text;
    RpText local_name;
} Compared;

static Compared
compared_of(const RpNoFocus *no_focus, RpTermId id)
{
    RpText text = rp_dictionary_lexical(&no_focus->dictionary, id);

    return (Compared){text, rp_iri_local_name(text)};
}

/* The edits between two texts, or FAR where too few steps are left to count them. */
static uint32_t
count_edits(RpNoFocus *no_focus, RpText a, RpText b)
{
    uint32_t a_length = a.length < COMPARED_BYTES ? a.length : COMPARED_BYTES;
    uint32_t b_length = b.length < COMPARED_BYTES ? b.length : COMPARED_BYTES;
    uint32_t steps = PAIR_STEPS + a_length * b_length;

    if (steps > no_focus->steps_left) {
        return FAR;
    }
    no_focus->steps_left -= steps;
    return rp_text_distance(a, b, COMPARED_BYTES);
}

static uint32_t
least(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

/*
 * How far two names are from each other: edits, or those of the local names and a few for the
 * namespace. Local names that are the same are found however little work is left.
 */
static uint32_t
distance_of(RpNoFocus *no_focus, Compared a, Compared b)
{
    uint32_t local_edits;

    if (a.local_name.length == b.local_name.length && a.local_name.length > 0 &&
        rp_text_distance(a.local_name, b.local_name, 0) == 0) {
        local_edits = 0;
    } else {
        local_edits = count_edits(no_focus, a.local_name, b.local_name);
    }
    return least(local_edits == FAR ? FAR : OTHER_NAMESPACE_EDITS + local_edits,
                 count_edits(no_focus, a.text, b.text));
}

/* Compare what the data has with what is sought: each is told how near the nearest is. */
static RpStatus
compare(RpNoFocus *no_focus, Names *has, Names *sought, RpError *error)
{
    uint32_t sought_count = least(sought->count, SOUGHT_LIMIT);
    Compared others[SOUGHT_LIMIT];

    for (uint32_t j = 0; j < sought_count; j++) {
        others[j] = compared_of(no_focus, sought->names[j].id);
    }
    for (uint32_t i = 0; i < has->count && no_focus->pairs_left >= sought_count; i++) {
        Compared name = compared_of(no_focus, has->names[i].id);

        RP_TRY(rp_arena_poll_bytes(no_focus->arena, name.text.length, error));
        no_focus->pairs_left -= sought_count;
        for (uint32_t j = 0; j < sought_count; j++) {
            uint32_t distance = distance_of(no_focus, name, others[j]);

            has->names[i].distance = least(has->names[i].distance, distance);
            sought->names[j].distance = least(sought->names[j].distance, distance);
        }
    }
    return RP_OK;
}

static void
write_term(RpNoFocus *no_focus, RpBuffer *buffer, RpTermId id)
{
    RpTerm term = rp_dictionary_term(&no_focus->dictionary, id);
    RpBuffer whole;
    RpShown shown;

    rp_buffer_init_limited(&whole, no_focus->arena, TERM_BYTES);
    rp_term_write(&whole, &term);
    rp_buffer_append_string(buffer, rp_text_show(rp_buffer_text(&whole), &shown));
    buffer->has_failed = buffer->has_failed || whole.has_failed;
}

/* The nearest name that is not written yet; of two that are as near, the first. */
static Name *
nearest_left(Names *names)
{
    Name *nearest = NULL;

    for (uint32_t i = 0; i < names->count; i++) {
        Name *name = &names->names[i];

        if (name->id != RP_TERM_NONE && (nearest == NULL || name->distance < nearest->distance)) {
            nearest = name;
        }
    }
    return nearest;
}

/* Write the nearest names, and how many others there are: "<a>, <b> and 3 others". */
static void
write_names(RpNoFocus *no_focus, RpBuffer *buffer, Names *names, const char *conjunction,
            bool has_nodes)
{
    uint32_t shown = names->count < RP_NO_FOCUS_NAME_LIMIT ? names->count : RP_NO_FOCUS_NAME_LIMIT;
    uint32_t rest = names->count - shown;

    for (uint32_t i = 0; i < shown; i++) {
        Name *name = nearest_left(names);

        if (i > 0 && i == shown - 1 && rest == 0) {
            rp_buffer_append_format(buffer, " %s ", conjunction);
        } else if (i > 0) {
            rp_buffer_append_string(buffer, ", ");
        }
        write_term(no_focus, buffer, name->id);
        if (has_nodes) {
            rp_buffer_append_format(buffer, " (%u node%s)", (unsigned)name->node_count,
                                    name->node_count == 1 ? "" : "s");
        }
        name->id = RP_TERM_NONE;
    }
    if (rest > 0) {
        rp_buffer_append_format(buffer, " %s %u other%s", conjunction, (unsigned)rest,
                                rest == 1 ? "" : "s");
    }
}

/* The terms of one kind that are sought, each once. */
static RpStatus
find_sought(RpNoFocus *no_focus, RpTargetKind kind, Names *names, RpError *error)
{
    RpSoughtTerms *sought = &no_focus->sought[kind];

    sought->count = rp_term_ids_to_set(sought->ids, sought->count);
    RP_TRY(make_names(no_focus, sought->count, names, error));
    for (uint32_t i = 0; i < sought->count; i++) {
        count_node(names, sought->ids[i]);
    }
    return RP_OK;
}

/* Write what is sought of one kind, if anything, after comparing it with what the data has. */
static RpStatus
write_sought(RpNoFocus *no_focus, RpBuffer *buffer, RpTargetKind kind, const char *words,
             Names *has, RpError *error)
{
    Names sought;

    RP_TRY(find_sought(no_focus, kind, &sought, error));
    RP_TRY(compare(no_focus, has, &sought, error));
    if (sought.count > 0) {
        rp_buffer_append_string(buffer, buffer->length > 0 ? ", " : "");
        rp_buffer_append_string(buffer, words);
        write_names(no_focus, buffer, &sought, "or", false);
    }
    return RP_OK;
}

/* Write names of the data with a word before them. */
static void
write_has(RpNoFocus *no_focus, RpBuffer *buffer, const char *word, Names *names, bool has_nodes)
{
    rp_buffer_append_format(buffer, "the %s%s ", word, names->count == 1 ? "" : "s");
    write_names(no_focus, buffer, names, "and", has_nodes);
}

/* Data that gives no node a class: it may have another predicate that was meant to. */
static RpStatus
write_untyped(RpNoFocus *no_focus, RpBuffer *buffer, RpError *error)
{
    Name rdf_type = {RP_VOCABULARY_rdf_type, 0, FAR};
    Names sought = {&rdf_type, 1};
    Names predicates;

    RP_TRY(find_predicates(no_focus, &predicates, error));
    RP_TRY(compare(no_focus, &predicates, &sought, error));
    rp_buffer_append_string(buffer, "no rdf:type, but ");
    write_has(no_focus, buffer, "predicate", &predicates, true);
    return RP_OK;
}

static bool
seeks(const RpNoFocus *no_focus, RpTargetKind kind)
{
    return no_focus->sought[kind].count > 0;
}

static RpStatus
write_classes(RpNoFocus *no_focus, RpBuffer *buffer, RpBuffer *has, RpError *error)
{
    Names classes;

    RP_TRY(find_classes(no_focus, &classes, error));
    RP_TRY(write_sought(no_focus, buffer, RP_TARGET_CLASS, "no node of class ", &classes, error));
    if (classes.count == 0) {
        return no_focus->graph.count > 0 ? write_untyped(no_focus, has, error) : RP_OK;
    }
    write_names(no_focus, has, &classes, "and", true);
    return RP_OK;
}

static RpStatus
write_nodes(RpNoFocus *no_focus, RpBuffer *buffer, RpBuffer *has, RpError *error)
{
    Names nodes;

    RP_TRY(find_nodes(no_focus, &nodes, error));
    RP_TRY(write_sought(no_focus, buffer, RP_TARGET_NODE, "no mention of ", &nodes, error));
    rp_buffer_append_string(has, has->length > 0 ? ", " : "");
    write_has(no_focus, has, "node", &nodes, false);
    return RP_OK;
}

static RpStatus
write_predicates(RpNoFocus *no_focus, RpBuffer *buffer, RpBuffer *has, RpError *error)
{
    Names predicates;

    RP_TRY(find_predicates(no_focus, &predicates, error));
    RP_TRY(write_sought(no_focus, buffer, RP_TARGET_SUBJECTS_OF, "no subject of ", &predicates,
                        error));
    RP_TRY(
        write_sought(no_focus, buffer, RP_TARGET_OBJECTS_OF, "no object of ", &predicates, error));
    rp_buffer_append_string(has, has->length > 0 ? ", " : "");
    write_has(no_focus, has, "predicate", &predicates, true);
    return RP_OK;
}

/* What the data has, behind what is sought. */
static void
write_end(const RpNoFocus *no_focus, RpBuffer *buffer, RpBuffer *has)
{
    if (buffer->length == 0) {
        rp_buffer_append_string(buffer, "no shape has a target");
    }
    if (no_focus->graph.count == 0) {
        rp_buffer_append_string(buffer, "; the document has no triples");
    } else if (has->length > 0) {
        rp_buffer_append_string(buffer, "; the document has ");
        rp_buffer_append_text(buffer, rp_buffer_text(has));
    }
    if (no_focus->is_cut) {
        rp_buffer_append_format(buffer, " in its first %d triples", RP_NO_FOCUS_TRIPLE_LIMIT);
    }
    buffer->has_failed = buffer->has_failed || has->has_failed;
}

RpStatus
rp_no_focus_write(RpNoFocus *no_focus, RpBuffer *buffer, RpError *error)
{
    RpBuffer has;

    rp_buffer_init(&has, no_focus->arena);
    RP_TRY(rp_graph_freeze(&no_focus->graph, error));
    if (seeks(no_focus, RP_TARGET_CLASS)) {
        RP_TRY(write_classes(no_focus, buffer, &has, error));
    }
    if (seeks(no_focus, RP_TARGET_NODE)) {
        RP_TRY(write_nodes(no_focus, buffer, &has, error));
    }
    if (seeks(no_focus, RP_TARGET_SUBJECTS_OF) || seeks(no_focus, RP_TARGET_OBJECTS_OF)) {
        RP_TRY(write_predicates(no_focus, buffer, &has, error));
    }
    if (no_focus->asks_query) {
        rp_buffer_append_string(buffer, buffer->length > 0 ? ", " : "");
        rp_buffer_append_string(buffer, "no node that the query of a sh:target finds");
    }
    write_end(no_focus, buffer, &has);
    return rp_buffer_status(buffer, error);
}
