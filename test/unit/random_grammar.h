/* The grammar of queries by chance, as a table. */
#ifndef RP_TEST_RANDOM_GRAMMAR_H
#define RP_TEST_RANDOM_GRAMMAR_H

#include <stdint.h>

/*
 * In a form, % and a letter stands for one of that rule's forms. A form that begins with ~ is not
 * comparable: what it gives is not determined by the specification; one that begins with = is for
 * comparing with other engines alone: it makes blank nodes, whose labels say nothing. Others that
 * stand for something: %v a variable, %l a literal, %g a group, %e one of EXISTS, %@ $this, where
 * it may be pre-bound; %0 to %3 new variables, which may be used behind the form.
 */
typedef struct RpRandomRule {
    char letter;
    uint32_t leaf_count; /* the first so many forms do not nest deeper */
    uint32_t count;
    const char *const *forms;
} RpRandomRule;

extern const RpRandomRule rp_random_rules[];
extern const uint32_t rp_random_rule_count;

/* Literals as Turtle and SPARQL write them. */
extern const char *const rp_random_literals[];
extern const uint32_t rp_random_literal_count;

#endif
