/* Labels of nodes that a text gives none: libserd makes up b and a number. */
#ifndef RP_RDF_TURTLE_GENID_H
#define RP_RDF_TURTLE_GENID_H

#include "base/arena.h"

/*
 * Choose the prefix of made-up labels: one b more than any label of the document begins with. What
 * looks like a label inside a string counts too, which does no harm. In the arena, which it polls.
 */
RpStatus rp_turtle_genid_prefix(RpArena *arena, RpText document, RpText *prefix, RpError *error);

/* The number of a label that libserd made up. */
uint32_t rp_turtle_genid_number(RpText label);

#endif
