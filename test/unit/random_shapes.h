/* Shapes, triples and changes by chance, from a seed: for the tests of incremental. */
#ifndef RP_TEST_RANDOM_SHAPES_H
#define RP_TEST_RANDOM_SHAPES_H

#include "base/buffer.h"
#include "random.h"
#include "stored.h"

/*
 * A shapes text that may be refused: of up to 4 shapes with targets of each kind, with paths of
 * each form, nested, and constraints of each component, nested, some recursive.
 */
void rp_random_shapes(RpRandom *random, RpBuffer *text);

/* A triple of few nodes, classes, literals and predicates. */
RpTriple rp_random_triple(RpRandom *random, RpTestStored *stored);

#endif
