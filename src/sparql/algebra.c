/* The view of a compiled query. */
#include "sparql/algebra.h"

/* Where each section starts; sizes are those of a header that may be a lie. */
static uint64_t
offset_of(const RpAlgebraHeader *header, int section)
{
    const uint64_t words[] = {header->prebound_count, header->variable_count, header->term_count};
    uint64_t offset = sizeof(RpAlgebraHeader);

    for (int i = 0; i < section && i < 3; i++) {
        offset += words[i] * sizeof(uint32_t);
    }
    if (section >= 3) {
        offset = (offset + 7) & ~(uint64_t)7;
    }
    if (section > 3) {
        offset += (uint64_t)header->node_count * sizeof(RpAlgebraNode);
    }
    return offset;
}

uint64_t
rp_algebra_size(const RpAlgebraHeader *header)
{
    return offset_of(header, 4);
}

void
rp_algebra_open(const void *bytes, RpAlgebra *algebra)
{
    const char *start = bytes;

    algebra->header = bytes;
    algebra->prebound = (const uint32_t *)(start + offset_of(algebra->header, 0));
    algebra->variables = (const uint32_t *)(start + offset_of(algebra->header, 1));
    algebra->terms = (const RpTermId *)(start + offset_of(algebra->header, 2));
    algebra->nodes = (const RpAlgebraNode *)(start + offset_of(algebra->header, 3));
}

void
rp_algebra_children(const RpAlgebra *algebra, uint32_t node, uint32_t *children)
{
    uint32_t child = node;

    for (uint32_t i = algebra->nodes[node].child_count; i > 0; i--) {
        child--; /* the last child's subtree ends before its parent, and so on */
        children[i - 1] = child;
        child -= algebra->nodes[child].size - 1;
    }
}
