/* See explain.h. */
#include "validate/explain.h"

#include "image/fact.h"
#include "validate/term_text.h"

enum { INDENT = 4 };

typedef struct Explainer {
    RpFactWriter writer;
    RpBuffer *buffer;
} Explainer;

/* RpTermWriter. state: the data graph. */
static void
write_term(const void *state, RpBuffer *buffer, RpTermId id)
{
    rp_term_write_whole(buffer, state, id);
}

/* RpFactReader.read: a line. That of a nested property shape ends with its label. */
static RpStatus
write_fact(void *state, const RpFactPlace *place, const RpFact *fact)
{
    Explainer *explainer = state;
    RpFactWriter *writer = &explainer->writer;
    RpBuffer *buffer = explainer->buffer;
    uint32_t nested;

    if (fact->is_default) {
        return RP_OK;
    }
    rp_buffer_append_format(buffer, "%*s", (int)((place->depth + 1) * INDENT), "");
    rp_fact_write_property(buffer, fact->property);
    rp_buffer_append_byte(buffer, ' ');
    if (rp_fact_is_nested(writer, fact, &nested)) {
        rp_fact_write_term(writer, buffer, writer->image->shapes[nested].node);
    } else {
        RP_TRY(rp_fact_write_value(writer, buffer, fact));
    }
    rp_buffer_append_byte(buffer, '\n');
    return rp_buffer_status(buffer, writer->error);
}

/* A line between parts. */
static void
end_part(RpBuffer *buffer)
{
    rp_buffer_append_string(buffer, buffer->length > 0 ? "\n" : "");
}

/* The predicates whose triples are kept of a document. */
static RpStatus
write_reads(Explainer *explainer)
{
    const RpImage *image = explainer->writer.image;
    bool reads_all = (image->header->flags & RP_IMAGE_READS_ALL) != 0;
    RpTermId end = image->terms.first_id + image->terms.count;
    bool has_any = false;

    end_part(explainer->buffer);
    rp_buffer_append_string(explainer->buffer, "reads: ");
    for (RpTermId id = 1; id < end && !reads_all; id++) {
        RP_TRY(rp_arena_poll(explainer->writer.arena, explainer->writer.error));
        if (rp_image_reads(image, id)) {
            rp_buffer_append_string(explainer->buffer, has_any ? ", " : "");
            rp_fact_write_term(&explainer->writer, explainer->buffer, id);
            has_any = true;
        }
    }
    rp_buffer_append_string(explainer->buffer, reads_all ? "all predicates\n"
                                               : has_any ? "\n"
                                                         : "nothing\n");
    return RP_OK;
}

/* What of the text is not enforced: the messages name it. */
static void
write_left_out(const RpImage *image, RpBuffer *buffer)
{
    for (uint32_t i = 0; i < image->left_out_count; i++) {
        rp_buffer_append_string(buffer, i == 0 ? "\nleft out:\n" : "");
        rp_buffer_append_format(buffer, "%*s", INDENT, "");
        rp_buffer_append_text(buffer,
                              rp_term_table_get(&image->terms, image->left_out[i].message).lexical);
        rp_buffer_append_byte(buffer, '\n');
    }
}

/* Write the shapes of a round, each a part. */
static RpStatus
write_shapes(Explainer *explainer, bool is_first_round)
{
    RpFactWriter *writer = &explainer->writer;
    RpFactReader reader = {write_fact, explainer};

    for (uint32_t i = 0; i < writer->image->shape_count; i++) {
        if (rp_fact_is_root(writer, i, is_first_round)) {
            end_part(explainer->buffer);
            rp_fact_write_term(writer, explainer->buffer, writer->image->shapes[i].node);
            rp_buffer_append_byte(explainer->buffer, '\n');
            RP_TRY(rp_fact_walk(writer, i, &reader));
        }
    }
    return RP_OK;
}

RpStatus
rp_explain_write(RpBuffer *buffer, const RpDataGraph *data, RpError *error)
{
    Explainer explainer = {.buffer = buffer};

    RP_TRY(rp_fact_writer_init(&explainer.writer, data->image, false, buffer->arena, error));
    explainer.writer.terms = (RpTermWriter){write_term, data};
    if (rp_image_requires_focus(data->image)) {
        rp_buffer_append_string(buffer, "requires a focus node in every document\n");
    }
    RP_TRY(write_shapes(&explainer, true));
    RP_TRY(write_shapes(&explainer, false));
    RP_TRY(write_reads(&explainer));
    write_left_out(data->image, buffer);
    return rp_buffer_status(buffer, error);
}
