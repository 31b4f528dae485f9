/* See diff_facts.h. Memory is of the arena; nothing is kept. */
#include "image/diff_facts.h"

#include <stdlib.h>

#include "image/fact_text.h"
#include "shacl/component.h"

typedef struct FactReader {
    RpFactWriter writer;
    RpDiffFacts *facts;
} FactReader;

/* Where facts are found: a shape with a name (or a root), and the way from it. */
typedef struct Place {
    RpText shape_key;
    RpTerm shape;
    RpText path_key;
    RpText path; /* with that of the root itself */
    uint32_t root_path_length;
} Place;

static RpTerm
term_of(const FactReader *reader, RpTermId id)
{
    return rp_term_table_get(&reader->writer.image->terms, id);
}

static RpStatus
finish(const FactReader *reader, const RpBuffer *buffer, RpText *text)
{
    *text = rp_buffer_text(buffer);
    return rp_buffer_status(buffer, reader->writer.error);
}

static RpStatus
term_text(FactReader *reader, RpTermId id, RpText *text)
{
    RpBuffer buffer;

    RP_TRY(rp_arena_poll(reader->writer.arena, reader->writer.error));
    rp_buffer_init(&buffer, reader->writer.arena);
    rp_fact_write_term(&reader->writer, &buffer, id);
    return finish(reader, &buffer, text);
}

static RpStatus
value_text(FactReader *reader, const RpFact *fact, RpText *text)
{
    RpBuffer buffer;

    rp_buffer_init(&buffer, reader->writer.arena);
    RP_TRY(rp_fact_write_value(&reader->writer, &buffer, fact));
    return finish(reader, &buffer, text);
}

static RpStatus
add(FactReader *reader, const RpDiffFact *fact)
{
    RpDiffFacts *facts = reader->facts;
    RpDiffFact *grown = rp_arena_grow(reader->writer.arena, facts->facts, facts->count,
                                      facts->count + 1, &facts->capacity, sizeof(RpDiffFact));

    if (grown == NULL) {
        return rp_arena_failure(reader->writer.arena, reader->writer.error);
    }
    facts->facts = grown;
    grown[facts->count++] = *fact;
    return RP_OK;
}

/* A fact at a place, with nothing but its keys. */
static RpDiffFact
fact_at(const Place *place, RpText component)
{
    return (RpDiffFact){.shape_key = place->shape_key,
                        .path_key = place->path_key,
                        .component = component,
                        .shape = place->shape,
                        .path = place->path};
}

static RpStatus
add_fact(FactReader *reader, const Place *place, const RpFact *fact)
{
    RpDiffFact diff_fact =
        fact_at(place, rp_vocabulary_iri(fact->kind == RP_FACT_CONSTRAINT
                                             ? rp_component_table[fact->constraint->component].iri
                                             : fact->property));

    diff_fact.is_default = fact->is_default || fact->kind == RP_FACT_PATH;
    diff_fact.image = reader->writer.image;
    diff_fact.fact = *fact;
    RP_TRY(value_text(reader, fact, &diff_fact.value));
    return add(reader, &diff_fact);
}

/* Go on from a place along a shape's path, if it has one. */
static RpStatus
add_path(FactReader *reader, Place *place, uint32_t shape)
{
    RpFact path = {.kind = RP_FACT_PATH, .shape = &reader->writer.image->shapes[shape]};
    RpBuffer buffer;

    if (path.shape->path == 0) {
        return RP_OK;
    }
    rp_buffer_init(&buffer, reader->writer.arena);
    rp_buffer_append_text(&buffer, place->path);
    rp_buffer_append_string(&buffer, place->path.length > 0 ? "/" : "");
    RP_TRY(rp_fact_write_value(&reader->writer, &buffer, &path));
    return finish(reader, &buffer, &place->path);
}

static RpStatus add_shape(FactReader *reader, const Place *place, uint32_t shape, bool is_root);

/* A property shape without a name, in the shape that it stands in. */
static RpStatus
add_property(FactReader *reader, const Place *parent, uint32_t shape)
{
    Place place = *parent;
    uint32_t start = parent->root_path_length > 0 ? parent->root_path_length + 1 : 0;

    RP_TRY(add_path(reader, &place, shape));
    if (place.path.length > start) {
        place.path_key = (RpText){place.path.data + start, place.path.length - start};
    }
    return add_shape(reader, &place, shape, false);
}

/* What a shape says; the targets and the path of one that is no root are told elsewhere. */
static RpStatus
add_shape(FactReader *reader, const Place *place, uint32_t shape, bool is_root)
{
    RpFact fact;
    uint32_t property;

    RP_TRY(rp_fact_enter(&reader->writer, shape));
    for (uint32_t i = 0; rp_fact_get(reader->writer.image, shape, i, &fact); i++) {
        RP_TRY(rp_arena_poll(reader->writer.arena, reader->writer.error));
        if (rp_fact_has_property_shape(&reader->writer, &fact, &property)) {
            RP_TRY(add_property(reader, place, property));
        } else if (is_root || (fact.kind != RP_FACT_TARGET && fact.kind != RP_FACT_PATH)) {
            RP_TRY(add_fact(reader, place, &fact));
        }
    }
    rp_fact_leave(&reader->writer, shape);
    return RP_OK;
}

/* What a shape is known by: its IRI, or, where it has none, its targets. */
static RpStatus
shape_key(FactReader *reader, uint32_t index, RpText *key)
{
    const RpImageShape *shape = &reader->writer.image->shapes[index];
    RpBuffer buffer;
    RpFact fact;

    if (term_of(reader, shape->node).kind == RP_IRI) {
        return term_text(reader, shape->node, key);
    }
    rp_buffer_init(&buffer, reader->writer.arena);
    for (uint32_t i = 0; rp_fact_get(reader->writer.image, index, i, &fact); i++) {
        if (fact.kind == RP_FACT_TARGET) {
            rp_fact_write_property(&reader->writer, &buffer, &fact);
            rp_buffer_append_byte(&buffer, ' ');
            rp_fact_write_term(&reader->writer, &buffer, fact.target->term);
            rp_buffer_append_byte(&buffer, '\0');
        }
    }
    RP_TRY(rp_fact_join(&reader->writer, &buffer, 0, 0, " "));
    return finish(reader, &buffer, key);
}

/* A shape that facts are told of under its own name. */
static RpStatus
add_root(FactReader *reader, uint32_t shape)
{
    Place place = {.shape = term_of(reader, reader->writer.image->shapes[shape].node)};
    RpDiffFact fact;

    RP_TRY(shape_key(reader, shape, &place.shape_key));
    RP_TRY(add_path(reader, &place, shape));
    place.root_path_length = place.path.length;
    fact = fact_at(&place, RP_TEXT(""));
    RP_TRY(add(reader, &fact));
    return add_shape(reader, &place, shape, true);
}

/* A fact of a node that is no shape, or of what a shape has lost. */
static RpStatus
add_other(FactReader *reader, RpTermId node, RpText property, RpText value)
{
    Place place = {.shape = term_of(reader, node)};
    RpDiffFact fact;

    RP_TRY(term_text(reader, node, &place.shape_key));
    fact = fact_at(&place, property);
    fact.value = value;
    return add(reader, &fact);
}

/* What was left out, and subclasses that count for data. */
static RpStatus
add_others(FactReader *reader)
{
    const RpImage *image = reader->writer.image;
    RpText superclass;

    for (uint32_t i = 0; i < image->left_out_count; i++) {
        RP_TRY(add_other(reader, image->left_out[i].node, RP_TEXT(""),
                         term_of(reader, image->left_out[i].message).lexical));
    }
    for (uint32_t i = 0; i < image->subclass_count; i++) {
        RP_TRY(term_text(reader, image->subclasses[i].superclass, &superclass));
        RP_TRY(add_other(reader, image->subclasses[i].subclass,
                         rp_vocabulary_iri(RP_VOCABULARY_rdfs_subClassOf), superclass));
    }
    return RP_OK;
}

int
rp_diff_fact_compare_keys(const RpDiffFact *a, const RpDiffFact *b)
{
    int order = rp_text_compare(a->shape_key, b->shape_key);

    order = order ? order : rp_text_compare(a->path_key, b->path_key);
    return order ? order : rp_text_compare(a->component, b->component);
}

static int
compare_facts(const void *a, const void *b)
{
    int order = rp_diff_fact_compare_keys(a, b);

    return order ? order
                 : rp_text_compare(((const RpDiffFact *)a)->value, ((const RpDiffFact *)b)->value);
}

RpStatus
rp_diff_facts(const RpImage *image, uint32_t depth_limit, RpArena *arena, RpDiffFacts *facts,
              RpError *error)
{
    FactReader reader = {.facts = facts};

    *facts = (RpDiffFacts){NULL, 0, 0};
    RP_TRY(rp_fact_writer_init(&reader.writer, image, depth_limit, arena, error));
    for (uint32_t i = 0; i < image->shape_count; i++) {
        if (reader.writer.is_root[i]) {
            RP_TRY(add_root(&reader, i));
        }
    }
    RP_TRY(add_others(&reader));
    if (facts->count > 0) {
        qsort(facts->facts, facts->count, sizeof(RpDiffFact), compare_facts);
    }
    return RP_OK;
}
