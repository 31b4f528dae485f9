/* See explain.h. */
#include "validate/explain.h"

#include "image/fact_text.h"
#include "validate/term_text.h"

enum {
    INDENT = 4,
    NESTING_LIMIT = 24 /* unnamed shapes within each other; deeper ones stand on their own */
};

typedef struct Explainer {
    RpFactWriter writer;
    RpBuffer *buffer;
    RpBuffer reads; /* ids of the predicates that are read, with duplicates */
    bool reads_all;
} Explainer;

/* RpTermWriter. state: the data graph. */
static void
write_term(const void *state, RpBuffer *buffer, RpTermId id)
{
    rp_term_write_whole(buffer, state, id);
}

/* The rest of a line that ends with a shape, and what it says, a level deeper. Recursion is bounded
 * by NESTING_LIMIT. */
static RpStatus
write_shape(Explainer *explainer, uint32_t index)
{
    RpFactWriter *writer = &explainer->writer;
    RpBuffer *buffer = explainer->buffer;
    const RpImageShape *shape = &writer->image->shapes[index];
    uint32_t property;
    RpFact fact;

    RP_TRY(rp_fact_enter(writer, index));
    rp_fact_write_term(writer, buffer, shape->node);
    rp_buffer_append_string(buffer, shape->path > 0 ? ": property shape\n" : ": node shape\n");
    for (uint32_t i = 0; rp_fact_get(writer->image, index, i, &fact); i++) {
        if (fact.is_default) {
            continue;
        }
        rp_buffer_append_format(buffer, "%*s", (int)(writer->depth * INDENT), "");
        rp_fact_write_property(writer, buffer, &fact);
        rp_buffer_append_byte(buffer, ' ');
        if (rp_fact_has_property_shape(writer, &fact, &property)) {
            RP_TRY(write_shape(explainer, property));
        } else {
            RP_TRY(rp_fact_write_value(writer, buffer, &fact));
            rp_buffer_append_byte(buffer, '\n');
        }
    }
    rp_fact_leave(writer, index);
    return RP_OK;
}

/* RpReads. state: the explainer. */
static void
note_read(void *state, RpTermId predicate)
{
    Explainer *explainer = state;

    if (predicate == RP_TERM_NONE) {
        explainer->reads_all = true;
    } else {
        rp_buffer_append(&explainer->reads, &predicate, sizeof(predicate));
    }
}

/* What the shapes read that were told of since the last time: a root, and all within it. */
static RpStatus
write_reads(Explainer *explainer)
{
    RpFactWriter *writer = &explainer->writer;
    RpReads reads = {note_read, explainer};
    RpTermId *predicates;
    uint32_t count;
    RpFact fact;

    explainer->reads.length = 0;
    explainer->reads_all = false;
    for (uint32_t i = 0; i < writer->told_count; i++) {
        for (uint32_t j = 0; rp_fact_get(writer->image, writer->told[i], j, &fact); j++) {
            rp_fact_reads(writer->image, &fact, &reads);
        }
    }
    writer->told_count = 0;
    RP_TRY(rp_buffer_status(&explainer->reads, writer->error));
    predicates = (RpTermId *)(void *)explainer->reads.data;
    count = rp_term_ids_to_set(predicates, explainer->reads.length / (uint32_t)sizeof(RpTermId));
    rp_buffer_append_string(explainer->buffer, "    reads: ");
    for (uint32_t i = 0; i < count; i++) {
        rp_buffer_append_string(explainer->buffer, i > 0 ? ", " : "");
        rp_fact_write_term(writer, explainer->buffer, predicates[i]);
    }
    if (explainer->reads_all) {
        rp_buffer_append_string(explainer->buffer,
                                count > 0 ? ", and all others" : "all predicates");
    } else if (count == 0) {
        rp_buffer_append_string(explainer->buffer, "nothing");
    }
    rp_buffer_append_byte(explainer->buffer, '\n');
    return rp_buffer_status(explainer->buffer, writer->error);
}

/* Write the shapes that are not written yet: of the first round those that stand on their own. */
static RpStatus
write_shapes(Explainer *explainer, bool is_first_round)
{
    const RpFactWriter *writer = &explainer->writer;

    for (uint32_t i = 0; i < writer->image->shape_count; i++) {
        if (!writer->is_told[i] && (writer->is_root[i] || !is_first_round)) {
            rp_buffer_append_string(explainer->buffer, explainer->buffer->length > 0 ? "\n" : "");
            RP_TRY(write_shape(explainer, i));
            RP_TRY(write_reads(explainer));
        }
    }
    return RP_OK;
}

/* What of the text is not enforced: the messages name it. */
static void
write_left_out(const RpImage *image, RpBuffer *buffer)
{
    for (uint32_t i = 0; i < image->left_out_count; i++) {
        if (i == 0) {
            rp_buffer_append_string(buffer, buffer->length > 0 ? "\nleft out:\n" : "left out:\n");
        }
        rp_buffer_append_string(buffer, "    ");
        rp_buffer_append_text(buffer,
                              rp_term_table_get(&image->terms, image->left_out[i].message).lexical);
        rp_buffer_append_byte(buffer, '\n');
    }
}

RpStatus
rp_explain_write(RpBuffer *buffer, const RpDataGraph *data, RpError *error)
{
    Explainer explainer = {.buffer = buffer};

    RP_TRY(
        rp_fact_writer_init(&explainer.writer, data->image, NESTING_LIMIT, buffer->arena, error));
    explainer.writer.has_labels = true;
    explainer.writer.terms = (RpTermWriter){write_term, data};
    rp_buffer_init(&explainer.reads, buffer->arena);
    if (rp_image_requires_focus(data->image)) {
        rp_buffer_append_string(buffer, "requires a focus node in every document\n");
    }
    RP_TRY(write_shapes(&explainer, true));
    RP_TRY(write_shapes(&explainer, false));
    write_left_out(data->image, buffer);
    return rp_buffer_status(buffer, error);
}
