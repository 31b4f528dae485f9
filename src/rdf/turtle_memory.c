/* See turtle_memory.h. */
#include "rdf/turtle_memory.h"

enum {
    COMPARED_BYTES = 64, /* up to here comparing costs nothing; made-up labels are shorter */
    SHORT_PLACES = 16    /* a power of two */
};

/* A short node's by its end, where names differ most; behind those, each is for four times the
 * length of the one before. */
static uint32_t
place_of(RpText written)
{
    uint32_t length = written.length;
    uint32_t place = SHORT_PLACES;

    if (length <= COMPARED_BYTES) {
        if (length >= 2) {
            length += 31u * (unsigned char)written.data[length - 1] +
                      7u * (unsigned char)written.data[length - 2];
        }
        return length % SHORT_PLACES;
    }
    while (length >= 4) {
        length /= 4;
        place++;
    }
    return place;
}

/* Whether the remembered node, which has the same length, is the one that is asked for. */
static bool
is_same(const RpTurtleNode *node, RpText written, uint32_t offset, uint32_t frame)
{
    if (written.length > COMPARED_BYTES && frame == node->frame &&
        offset - node->offset < written.length) {
        return true;
    }
    return rp_text_equals(rp_buffer_text(&node->written), written);
}

bool
rp_turtle_memory_find(RpTurtleMemory *memory, int type, RpText written, uint32_t offset,
                      uint32_t frame, RpTurtleNode **node)
{
    RpTurtleNode *found = &memory->nodes[place_of(written)];
    bool is_known = found->type == type && found->written.length == written.length &&
                    is_same(found, written, offset, frame);

    found->offset = offset;
    found->frame = frame;
    *node = found;
    return is_known;
}

void
rp_turtle_memory_clear(RpTurtleMemory *memory)
{
    for (uint32_t i = 0; i < RP_TURTLE_MEMORY_PLACES; i++) {
        memory->nodes[i].type = 0;
    }
}
