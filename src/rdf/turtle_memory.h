/*
 * Subjects and predicates as libserd has them, and the checked terms that they stand for. libserd
 * gives them with every triple, written once or not; what is met again is neither expanded nor
 * checked again, and a long one is not even compared: as long as fewer bytes of the document have
 * been read than it has, no other node of its length can have come.
 *
 * So the work is in proportion to the document, whatever the terms' lengths. One long node is
 * remembered for each order of magnitude of length, since a shorter one within [ ] may come between
 * its triples, again and again. Of short ones there are more, since predicates take turns.
 */
#ifndef RP_RDF_TURTLE_MEMORY_H
#define RP_RDF_TURTLE_MEMORY_H

#include "base/buffer.h"
#include "rdf/term.h"

enum { RP_TURTLE_MEMORY_PLACES = 32 };

typedef struct RpTurtleNode {
    int type;         /* libserd's; 0: none is remembered */
    RpBuffer written; /* as libserd has it */
    RpBuffer text;    /* room for what it stands for */
    RpTerm term;      /* the texts are in the buffers, or static */
    uint32_t offset;  /* bytes of the document that had been read when it was met last */
    uint32_t frame;   /* what it belonged to then: see rp_turtle_memory_find */
} RpTurtleNode;

typedef struct RpTurtleMemory {
    RpTurtleNode nodes[RP_TURTLE_MEMORY_PLACES];
} RpTurtleMemory;

/*
 * The place of a node of a type and text. True: it is remembered there, with its term. offset: the
 * bytes that have been read. frame: for a predicate, a number of the [ ] that it is directly in, 0
 * outside; since behind a [ ] an outer predicate comes back without being read again. For a subject
 * that is written, and for a datatype: 0.
 */
bool rp_turtle_memory_find(RpTurtleMemory *memory, int type, RpText written, uint32_t offset,
                           uint32_t frame, RpTurtleNode **node);

/* Forget all: prefixes or the base have changed. */
void rp_turtle_memory_clear(RpTurtleMemory *memory);

#endif
