/* See turtle_genid.h. */
#include "rdf/turtle_genid.h"

RpStatus
rp_turtle_genid_prefix(RpArena *arena, RpText document, RpText *prefix, RpError *error)
{
    uint32_t longest = 0;
    uint32_t offset = 0;
    char *label;

    while (offset < document.length) {
        const char *mark = memchr(document.data + offset, '_', document.length - offset);
        uint32_t run = 0;

        RP_TRY(rp_arena_poll(arena, error));
        if (!mark) {
            break;
        }
        offset = (uint32_t)(mark - document.data) + 1;
        if (offset < document.length && document.data[offset] == ':') {
            offset++;
            while (offset < document.length && document.data[offset] == 'b') {
                offset++;
                run++;
            }
        }
        longest = run > longest ? run : longest;
    }
    label = rp_arena_allocate(arena, (size_t)longest + 1);
    if (!label) {
        return rp_arena_failure(arena, error);
    }
    memset(label, 'b', (size_t)longest + 1);
    *prefix = (RpText){label, longest + 1};
    return RP_OK;
}

uint32_t
rp_turtle_genid_number(RpText label)
{
    uint32_t number = 0;

    for (uint32_t i = 1; i < label.length; i++) {
        number = number * 10 + (uint32_t)(label.data[i] - '0');
    }
    return number;
}
