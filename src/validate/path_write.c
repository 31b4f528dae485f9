/* See path_write.h. */
#include "validate/path_write.h"

#include "image/path_text.h"

static RpText
lexical_of(const RpDataGraph *data, RpTermId id)
{
    return rp_dictionary_term(&data->dictionary, id).lexical;
}

/* RpTermWriter: the predicate in full. state: the data graph. */
static void
write_full(const void *state, RpBuffer *buffer, RpTermId predicate)
{
    rp_buffer_append_byte(buffer, '<');
    rp_buffer_append_text(buffer, lexical_of((const RpDataGraph *)state, predicate));
    rp_buffer_append_byte(buffer, '>');
}

/* RpTermWriter: the predicate shortened. state: the data graph. */
static void
write_short(const void *state, RpBuffer *buffer, RpTermId predicate)
{
    const RpDataGraph *data = state;

    rp_iri_write_short(buffer, data, lexical_of(data, predicate));
}

static void
write_result_path(RpBuffer *buffer, const RpDataGraph *data, const RpResult *result,
                  void (*write_predicate)(const void *state, RpBuffer *buffer, RpTermId predicate))
{
    RpTermWriter writer = {write_predicate, data};

    if (result->path_predicate != RP_TERM_NONE) {
        write_predicate(writer.state, buffer, result->path_predicate);
    } else if (result->path > 0) {
        rp_path_text_write(buffer, data->image, result->path - 1, &writer);
    }
}

void
rp_path_write(RpBuffer *buffer, const RpDataGraph *data, const RpResult *result)
{
    write_result_path(buffer, data, result, write_full);
}

void
rp_path_write_short(RpBuffer *buffer, const RpDataGraph *data, const RpResult *result)
{
    write_result_path(buffer, data, result, write_short);
}
