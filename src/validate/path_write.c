/* See path_write.h. */
#include "validate/path_write.h"

#include "base/utf8.h"

/* Whether a text may follow a colon without escapes: letters, digits, marks, - and _. */
static bool
is_plain_local_name(RpText name)
{
    uint32_t offset = 0;

    while (offset < name.length) {
        uint32_t length;
        uint32_t code_point = rp_utf8_decode(name.data + offset, &length);

        if (code_point == ':' || code_point == '.' || !rp_utf8_is_name_char(code_point)) {
            return false;
        }
        offset += length;
    }
    return name.length > 0;
}

/* Write prefix:local if the IRI is of the namespace. */
static bool
write_with_prefix(RpBuffer *buffer, RpText iri, RpText prefix, RpText namespace_iri)
{
    RpText local;

    if (namespace_iri.length == 0 || !rp_text_starts_with(iri, namespace_iri)) {
        return false;
    }
    local = (RpText){iri.data + namespace_iri.length, iri.length - namespace_iri.length};
    if (!is_plain_local_name(local)) {
        return false;
    }
    rp_buffer_append_text(buffer, prefix);
    rp_buffer_append_byte(buffer, ':');
    rp_buffer_append_text(buffer, local);
    return true;
}

static RpText
lexical_of(const RpDataGraph *data, RpTermId id)
{
    return rp_dictionary_term(&data->dictionary, id).lexical;
}

static bool
is_declared(const RpDataGraph *data, RpText prefix)
{
    for (uint32_t i = 0; i < data->image->prefix_count; i++) {
        if (rp_text_equals(lexical_of(data, data->image->prefixes[i].prefix), prefix)) {
            return true;
        }
    }
    return false;
}

void
rp_iri_write_short(RpBuffer *buffer, const RpDataGraph *data, RpText iri)
{
    RpShown shown;

    for (uint32_t i = 0; i < data->image->prefix_count; i++) {
        const RpImagePrefix *prefix = &data->image->prefixes[i];

        if (write_with_prefix(buffer, iri, lexical_of(data, prefix->prefix),
                              lexical_of(data, prefix->namespace_iri))) {
            return;
        }
    }
    for (uint32_t i = 0; i < rp_well_known_prefix_count; i++) {
        const RpWellKnownPrefix *known = &rp_well_known_prefixes[i];

        if (!is_declared(data, known->prefix) &&
            write_with_prefix(buffer, iri, known->prefix, known->namespace_iri)) {
            return;
        }
    }
    rp_buffer_append_byte(buffer, '<');
    rp_buffer_append_string(buffer, rp_text_show(iri, &shown));
    rp_buffer_append_byte(buffer, '>');
}

static void
write_predicate(RpBuffer *buffer, const RpDataGraph *data, RpTermId predicate, bool is_short)
{
    RpText iri = lexical_of(data, predicate);

    if (is_short) {
        rp_iri_write_short(buffer, data, iri);
        return;
    }
    rp_buffer_append_byte(buffer, '<');
    rp_buffer_append_text(buffer, iri);
    rp_buffer_append_byte(buffer, '>');
}

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
    const RpDataGraph *data;
    bool is_short;
} PathWriter;

static void write_path(const PathWriter *writer, uint32_t path_index);

static void
write_part(const PathWriter *writer, const RpImagePath *path, uint32_t part, Place place)
{
    const RpImage *image = writer->data->image;
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

/* Recursion is bounded as in path_walk.c. */
static void
write_path(const PathWriter *writer, uint32_t path_index)
{
    const RpImagePath *path = &writer->data->image->paths[path_index];

    switch ((RpPathKind)path->kind) {
    case RP_PATH_PREDICATE:
        write_predicate(writer->buffer, writer->data, path->predicate, writer->is_short);
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

static void
write_result_path(RpBuffer *buffer, const RpDataGraph *data, const RpResult *result, bool is_short)
{
    PathWriter writer = {buffer, data, is_short};

    if (result->path_predicate != RP_TERM_NONE) {
        write_predicate(buffer, data, result->path_predicate, is_short);
    } else if (result->path > 0) {
        write_path(&writer, result->path - 1);
    }
}

void
rp_path_write(RpBuffer *buffer, const RpDataGraph *data, const RpResult *result)
{
    write_result_path(buffer, data, result, false);
}

void
rp_path_write_short(RpBuffer *buffer, const RpDataGraph *data, const RpResult *result)
{
    write_result_path(buffer, data, result, true);
}
