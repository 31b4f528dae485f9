/*
 * What references, prefixed names and labels of one document stand for: resolved, expanded, put
 * together. Each is written into a buffer of the caller's, unless it is what it stands for.
 */
#ifndef RP_RDF_TURTLE_NAME_H
#define RP_RDF_TURTLE_NAME_H

#include "base/buffer.h"
#include "rdf/prefix_table.h"
#include "rdf/turtle.h"

typedef struct RpTurtleNames {
    RpArena *arena;
    RpText document;
    RpText blank_prefix;
    RpText base_iri; /* empty: none is known */
    RpPrefixTable prefixes;
    RpText genid_prefix;     /* of nodes without a label; empty: not needed yet */
    uint32_t genid_count;    /* such nodes that were met before libserd began to count */
    uint64_t expanded_bytes; /* what long prefixes and the like have been written out to */
} RpTurtleNames;

void rp_turtle_names_init(RpTurtleNames *names, RpArena *arena, RpText document,
                          const RpTurtleOptions *options);

/* An IRI reference to an absolute IRI: the reference itself, or resolved. The IRI is not checked.
 */
RpStatus rp_turtle_names_resolve(RpTurtleNames *names, RpText reference, RpBuffer *buffer,
                                 RpText *iri, RpError *error);

/* prefix:local, whose escapes are undone, to an IRI, checked: the namespace was when it was
 * declared. */
RpStatus rp_turtle_names_expand(RpTurtleNames *names, RpText name, RpBuffer *buffer, RpText *iri,
                                RpError *error);

/* The label of a blank node that is written with one, without its _: */
RpStatus rp_turtle_names_label(RpTurtleNames *names, RpText label, RpBuffer *buffer, RpText *named,
                               RpError *error);

/* The same for a blank node that libserd has: a written label comes with the u that turtle_source
 * put before it; b and a number is one that libserd made up. */
RpStatus rp_turtle_names_blank(RpTurtleNames *names, RpText label, RpBuffer *buffer, RpText *named,
                               RpError *error);

#endif
