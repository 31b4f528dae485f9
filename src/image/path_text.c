/* See path_text.h. */
#include "image/path_text.h"

/* What may stand in a place of the grammar without parentheses. */
typedef enum Place {
    PLACE_ANY,      /* alternatives bring their own parentheses */
    PLACE_SEQUENCE, /* a part of a sequence, or what ^ stands before */
    PLACE_REPEATED  /* what * + ? stand behind */
} Place;

static bool
needs_parentheses(RpPathKind kind, Place place, bool is_after_caret)
{
    switch (kind) {
    case RP_PATH_SEQUENCE:
        return place != PLACE_ANY;
    case RP_PATH_INVERSE:
        return place == PLACE_REPEATED || is_after_caret;
    case RP_PATH_ZERO_OR_MORE:
    case RP_PATH_ONE_OR_MORE:
    case RP_PATH_ZERO_OR_ONE:
        return place == PLACE_REPEATED;
    default:
        return false;
    }
}

typedef struct PathWriter {
    RpBuffer *buffer;
    const RpImage *image;
    const RpTermWriter *predicates;
} PathWriter;

static void write_path(const PathWriter *writer, uint32_t path_index);

static void
write_part(const PathWriter *writer, const RpImagePath *path, uint32_t part, Place place)
{
    const RpImage *image = writer->image;
    uint32_t index = image->ids[path->first_part + part];
    bool is_wrapped = needs_parentheses((RpPathKind)image->paths[index].kind, place,
                                        path->kind == RP_PATH_INVERSE);

    if (is_wrapped) {
        rp_buffer_append_byte(writer->buffer, '(');
    }
    write_path(writer, index);
    if (is_wrapped) {
        rp_buffer_append_byte(writer->buffer, ')');
    }
}

static void
write_parts(const PathWriter *writer, const RpImagePath *path, Place place, char separator)
{
    for (uint32_t i = 0; i < path->part_count; i++) {
        if (i > 0) {
            rp_buffer_append_byte(writer->buffer, separator);
        }
        write_part(writer, path, i, place);
    }
}

static void
write_repeated(const PathWriter *writer, const RpImagePath *path, char sign)
{
    write_part(writer, path, 0, PLACE_REPEATED);
    rp_buffer_append_byte(writer->buffer, sign);
}

/* Recursion is bounded: parts stand before their path, no deeper than RP_IMAGE_PATH_DEPTH_LIMIT. */
static void
write_path(const PathWriter *writer, uint32_t path_index)
{
    const RpImagePath *path = &writer->image->paths[path_index];

    switch ((RpPathKind)path->kind) {
    case RP_PATH_PREDICATE:
        writer->predicates->write(writer->predicates->state, writer->buffer, path->predicate);
        break;
    case RP_PATH_INVERSE:
        rp_buffer_append_byte(writer->buffer, '^');
        write_part(writer, path, 0, PLACE_SEQUENCE);
        break;
    case RP_PATH_SEQUENCE:
        write_parts(writer, path, PLACE_SEQUENCE, '/');
        break;
    case RP_PATH_ALTERNATIVE:
        rp_buffer_append_byte(writer->buffer, '(');
        write_parts(writer, path, PLACE_ANY, '|');
        rp_buffer_append_byte(writer->buffer, ')');
        break;
    case RP_PATH_ZERO_OR_MORE:
        write_repeated(writer, path, '*');
        break;
    case RP_PATH_ONE_OR_MORE:
        write_repeated(writer, path, '+');
        break;
    case RP_PATH_ZERO_OR_ONE:
        write_repeated(writer, path, '?');
        break;
    }
}

void
rp_path_text_write(RpBuffer *buffer, const RpImage *image, uint32_t path,
                   const RpTermWriter *predicates)
{
    PathWriter writer = {buffer, image, predicates};

    write_path(&writer, path);
}
