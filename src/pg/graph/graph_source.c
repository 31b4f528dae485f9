/* See graph_source.h. */
#include "pg/graph/graph_source.h"

const char *
rp_term_position_name(RpTermPosition position)
{
    static const char *const names[] = {"subject", "predicate", "object", "graph", "term"};

    return names[position];
}
