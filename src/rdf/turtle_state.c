/* See turtle_state.h. */
#include "rdf/turtle_state.h"

#include "base/utf8.h"

RpPosition
rp_turtle_source_position(RpTurtleSource *source, uint32_t offset)
{
    if (offset < source->counted_offset) {
        source->counted_offset = 0;
        source->counted = (RpPosition){.line = 1, .column = 1};
    }
    while (source->counted_offset < offset) {
        const char *start = source->document.data + source->counted_offset;
        uint32_t length = offset - source->counted_offset;
        const char *line_end = memchr(start, '\n', length);

        if (line_end) {
            source->counted_offset += (uint32_t)(line_end - start) + 1;
            source->counted = (RpPosition){.line = source->counted.line + 1, .column = 1};
        } else {
            source->counted_offset = offset;
            source->counted.column += (uint32_t)rp_utf8_count((RpText){start, length});
        }
    }
    return source->counted;
}

uint32_t
rp_turtle_source_head(const RpTurtleSource *source)
{
    return source->has_ended || source->offset == 0 ? source->offset : source->offset - 1;
}

RpStatus
rp_turtle_source_stop(RpTurtleSource *source, RpStatus status, uint32_t offset)
{
    if (source->status != RP_OK) {
        return source->status;
    }
    source->status = status;
    if (status != RP_OUT_OF_MEMORY && status != RP_INTERRUPTED) {
        RpPosition position = rp_turtle_source_position(source, offset);

        source->error->line = position.line;
        source->error->column = position.column;
    }
    return status;
}

bool
rp_turtle_source_refuse(RpTurtleSource *source, uint32_t offset, const char *what)
{
    rp_error_set(source->error, RP_SYNTAX, "%s", what);
    rp_turtle_source_stop(source, RP_SYNTAX, offset);
    return false;
}

bool
rp_turtle_source_refuse_byte(RpTurtleSource *source, uint32_t offset)
{
    RpText byte = {source->document.data + offset, 1};
    RpShown shown;

    rp_error_set(source->error, RP_SYNTAX, "unexpected \"%s\"", rp_text_show(byte, &shown));
    rp_turtle_source_stop(source, RP_SYNTAX, offset);
    return false;
}

void
rp_turtle_source_replace(RpTurtleSource *source, uint32_t end, const char *inserted)
{
    source->offset = end;
    source->span_end = end;
    source->inserted = inserted;
    source->state = RP_TURTLE_BETWEEN;
}
