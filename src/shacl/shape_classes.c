/*
 * Classes of the shapes graph: which terms are subclasses there of sh:NodeShape, rdfs:Class and
 * others. SHACL Recommendation, section 1.1 (SHACL subclass, SHACL instance).
 */
#include <stdlib.h>

#include "shacl/shape_reader_internal.h"

/*
 * By superclass, then subclass: the subclasses of one class stand together and are found by
 * bisection.
 */
static int
compare_by_superclass(const void *a, const void *b)
{
    const RpSubclass *left = a;
    const RpSubclass *right = b;

    if (left->superclass != right->superclass) {
        return left->superclass < right->superclass ? -1 : 1;
    }
    return (left->subclass > right->subclass) - (left->subclass < right->subclass);
}

static bool
is_subclass_triple(const RpShapeReader *reader, const RpTriple *triple)
{
    return triple->predicate == RP_VOCABULARY_rdfs_subClassOf &&
           rp_dictionary_kind(&reader->shapes->graph->dictionary, triple->object) != RP_LITERAL;
}

/* All rdfs:subClassOf triples. */
static RpStatus
collect_subclasses(const RpShapeReader *reader, RpSubclass **subclasses, uint32_t *count)
{
    const RpGraph *graph = &reader->shapes->graph->graph;
    RpArena *arena = reader->shapes->arena;
    uint32_t found = 0;

    for (uint32_t i = 0; i < graph->count; i++) {
        RP_TRY(rp_arena_poll(arena, reader->error));
        found += is_subclass_triple(reader, &graph->by_subject[i]);
    }
    *count = 0;
    *subclasses = rp_arena_allocate(arena, (size_t)found * sizeof **subclasses);
    if (*subclasses == NULL) {
        return rp_arena_failure(arena, reader->error);
    }
    for (uint32_t i = 0; i < graph->count; i++) {
        const RpTriple *triple = &graph->by_subject[i];

        if (is_subclass_triple(reader, triple)) {
            (*subclasses)[(*count)++] = (RpSubclass){triple->subject, triple->object};
        }
    }
    return RP_OK;
}

/* Index of the first entry of a superclass. */
static uint32_t
first_of_superclass(const RpSubclass *sorted, uint32_t count, RpTermId superclass)
{
    uint32_t low = 0;
    uint32_t high = count;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (sorted[middle].superclass < superclass) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* Mark a class and all below it. stack has room for every entry of sorted, and one more. */
static RpStatus
mark_below(RpShapeReader *reader, const RpSubclass *sorted, uint32_t count, RpTermId *stack,
           RpTermId class_id, uint16_t mark)
{
    uint32_t waiting = 0;

    reader->marks[class_id] |= mark;
    stack[waiting++] = class_id;
    while (waiting > 0) {
        RpTermId superclass = stack[--waiting];

        for (uint32_t i = first_of_superclass(sorted, count, superclass);
             i < count && sorted[i].superclass == superclass; i++) {
            RP_TRY(rp_arena_poll(reader->shapes->arena, reader->error));
            if (!(reader->marks[sorted[i].subclass] & mark)) {
                reader->marks[sorted[i].subclass] |= mark;
                stack[waiting++] = sorted[i].subclass;
            }
        }
    }
    return RP_OK;
}

static const struct {
    RpVocabulary class_id;
    uint16_t mark;
} marked_classes[] = {{RP_VOCABULARY_sh_NodeShape, RP_MARK_NODE_SHAPE},
                      {RP_VOCABULARY_sh_PropertyShape, RP_MARK_PROPERTY_SHAPE},
                      {RP_VOCABULARY_rdfs_Class, RP_MARK_CLASS},
                      {RP_VOCABULARY_owl_Class, RP_MARK_CLASS},
                      {RP_VOCABULARY_sh_ConstraintComponent, RP_MARK_COMPONENT},
                      {RP_VOCABULARY_sh_SPARQLAskValidator, RP_MARK_ASK_VALIDATOR},
                      {RP_VOCABULARY_sh_SPARQLSelectValidator, RP_MARK_SELECT_VALIDATOR},
                      {RP_VOCABULARY_sh_SPARQLTarget, RP_MARK_SPARQL_TARGET}};

RpStatus
rp_shape_classes_mark(RpShapeReader *reader)
{
    RpArena *arena = reader->shapes->arena;
    RpSubclass *subclasses;
    RpTermId *stack;
    uint32_t count;

    RP_TRY(collect_subclasses(reader, &subclasses, &count));
    stack = rp_arena_allocate(arena, ((size_t)count + 1) * sizeof *stack);
    reader->marks =
        rp_arena_allocate_zero(arena, ((size_t)reader->highest_id + 1) * sizeof *reader->marks);
    if (stack == NULL || reader->marks == NULL) {
        return rp_arena_failure(arena, reader->error);
    }
    if (count > 0) {
        qsort(subclasses, count, sizeof *subclasses, compare_by_superclass);
    }
    for (size_t i = 0; i < sizeof marked_classes / sizeof *marked_classes; i++) {
        RP_TRY(mark_below(reader, subclasses, count, stack, marked_classes[i].class_id,
                          marked_classes[i].mark));
    }
    if (reader->options->subclass_from_shapes) {
        reader->shapes->subclasses = subclasses;
        reader->shapes->subclass_count = count;
    }
    return RP_OK;
}
