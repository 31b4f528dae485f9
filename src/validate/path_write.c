/* See path_write.h. */
#include "validate/path_write.h"

#include "image/path_text.h"
#include "rdf/turtle_writer.h"

/* RpTermWriter. state: the data graph. */
static void
write_full(const void *state, RpBuffer *buffer, RpTermId predicate)
{
    RpTerm term = rp_dictionary_term(&((const RpDataGraph *)state)->dictionary, predicate);

    rp_term_write(buffer, &term);
}

/* RpTermWriter. state: the data graph. */
static void
write_short(const void *state, RpBuffer *buffer, RpTermId predicate)
{
    rp_term_write_short(buffer, state, predicate);
}

void
rp_path_write(RpBuffer *buffer, const RpDataGraph *data, const RpResult *result, bool is_short)
{
    RpTermWriter writer = {is_short ? write_short : write_full, data};

    if (result->path_predicate != RP_TERM_NONE) {
        writer.write(data, buffer, result->path_predicate);
    } else if (result->path > 0) {
        rp_path_text_write(buffer, data->image, result->path - 1, &writer);
    }
}
