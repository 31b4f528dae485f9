/* See algebra_check.h. */
#include "sparql/algebra_check.h"

#include "sparql/function.h"
#include "xsd/pattern.h"

/* What a node is as a part of another one. */
typedef enum Sort {
    SORT_NONE = 0,
    SORT_TERM = 1,
    SORT_PATH = 2, /* a constant is one too */
    SORT_TRIPLE = 4,
    SORT_PATTERN = 8,
    SORT_EXPRESSION = 16,
    SORT_VARIABLE = 32,
    SORT_BINDING = 64,
    SORT_AGGREGATE = 128,
    SORT_KEY = 256,
    SORT_UNDEFINED = 512,
    SORT_CONSTANT = 1024,
    SORT_INVERSE = 2048
} Sort;

/* What each kind is, and its children: the first ones, then any number of others. */
typedef struct Rule {
    uint32_t is;
    uint32_t first[3];
    uint32_t others;
    uint32_t least; /* children */
    bool has_variable;
} Rule;

#define NODE (SORT_CONSTANT | SORT_VARIABLE)

static const Rule rules[RP_ALGEBRA_KIND_END] = {
    [RP_ALGEBRA_CONSTANT] = {.is = SORT_TERM | SORT_PATH | SORT_EXPRESSION | SORT_CONSTANT},
    [RP_ALGEBRA_VARIABLE] = {.is = SORT_TERM | SORT_EXPRESSION | SORT_VARIABLE,
                             .has_variable = true},
    [RP_ALGEBRA_UNDEFINED] = {.is = SORT_UNDEFINED},
    [RP_ALGEBRA_INVERSE] = {.is = SORT_PATH | SORT_INVERSE, .first = {SORT_PATH}, .least = 1},
    [RP_ALGEBRA_SEQUENCE] = {.is = SORT_PATH, .others = SORT_PATH, .least = 2},
    [RP_ALGEBRA_ALTERNATIVE] = {.is = SORT_PATH, .others = SORT_PATH, .least = 2},
    [RP_ALGEBRA_ZERO_OR_MORE] = {.is = SORT_PATH, .first = {SORT_PATH}, .least = 1},
    [RP_ALGEBRA_ONE_OR_MORE] = {.is = SORT_PATH, .first = {SORT_PATH}, .least = 1},
    [RP_ALGEBRA_ZERO_OR_ONE] = {.is = SORT_PATH, .first = {SORT_PATH}, .least = 1},
    [RP_ALGEBRA_NEGATED] = {.is = SORT_PATH, .others = SORT_CONSTANT | SORT_INVERSE},
    [RP_ALGEBRA_TRIPLE] = {.is = SORT_TRIPLE, .first = {NODE, NODE, NODE}, .least = 3},
    [RP_ALGEBRA_PATH] = {.is = SORT_TRIPLE, .first = {NODE, SORT_PATH, NODE}, .least = 3},
    [RP_ALGEBRA_BGP] = {.is = SORT_PATTERN, .others = SORT_TRIPLE},
    [RP_ALGEBRA_JOIN] = {.is = SORT_PATTERN, .others = SORT_PATTERN, .least = 1},
    [RP_ALGEBRA_LEFT_JOIN] = {.is = SORT_PATTERN,
                              .first = {SORT_PATTERN, SORT_PATTERN},
                              .others = SORT_EXPRESSION,
                              .least = 2},
    [RP_ALGEBRA_UNION] = {.is = SORT_PATTERN, .others = SORT_PATTERN, .least = 1},
    [RP_ALGEBRA_FILTER] = {.is = SORT_PATTERN,
                           .first = {SORT_PATTERN},
                           .others = SORT_EXPRESSION,
                           .least = 1},
    [RP_ALGEBRA_EXTEND] = {.is = SORT_PATTERN,
                           .first = {SORT_PATTERN, SORT_EXPRESSION},
                           .least = 2,
                           .has_variable = true},
    [RP_ALGEBRA_VALUES] = {.is = SORT_PATTERN,
                           .others = SORT_VARIABLE | SORT_CONSTANT | SORT_UNDEFINED},
    [RP_ALGEBRA_GRAPH] = {.is = SORT_PATTERN, .first = {SORT_PATTERN}, .least = 1},
    [RP_ALGEBRA_GROUP] = {.is = SORT_PATTERN,
                          .first = {SORT_PATTERN},
                          .others = SORT_BINDING | SORT_AGGREGATE,
                          .least = 1},
    [RP_ALGEBRA_BINDING] = {.is = SORT_BINDING,
                            .first = {SORT_EXPRESSION},
                            .least = 1,
                            .has_variable = true},
    [RP_ALGEBRA_AGGREGATE] = {.is = SORT_AGGREGATE,
                              .first = {SORT_EXPRESSION, SORT_CONSTANT},
                              .has_variable = true},
    [RP_ALGEBRA_ORDER] = {.is = SORT_PATTERN,
                          .first = {SORT_PATTERN},
                          .others = SORT_KEY,
                          .least = 1},
    [RP_ALGEBRA_ORDER_KEY] = {.is = SORT_KEY, .first = {SORT_EXPRESSION}, .least = 1},
    [RP_ALGEBRA_PROJECT] = {.is = SORT_PATTERN,
                            .first = {SORT_PATTERN},
                            .others = SORT_VARIABLE,
                            .least = 1},
    [RP_ALGEBRA_DISTINCT] = {.is = SORT_PATTERN, .first = {SORT_PATTERN}, .least = 1},
    [RP_ALGEBRA_OFFSET] = {.is = SORT_PATTERN, .first = {SORT_PATTERN}, .least = 1},
    [RP_ALGEBRA_LIMIT] = {.is = SORT_PATTERN, .first = {SORT_PATTERN}, .least = 1},
    [RP_ALGEBRA_CALL] = {.is = SORT_EXPRESSION, .others = SORT_EXPRESSION},
    [RP_ALGEBRA_EXISTS] = {.is = SORT_EXPRESSION, .first = {SORT_PATTERN}, .least = 1}};

typedef struct Checker {
    RpAlgebra algebra;
    const RpTermTable *table;
    RpError *error;
} Checker;

static RpStatus
corrupt(const Checker *checker, const char *what, uint32_t index)
{
    return rp_error_set(checker->error, RP_CORRUPT, "a compiled query is damaged: %s %u", what,
                        index);
}

static bool
is_term(const Checker *checker, RpTermId id)
{
    const RpTermTable *table = checker->table;

    return (id >= 1 && id < RP_VOCABULARY_END) ||
           (id >= RP_TERM_FIRST && id < table->first_id + table->count);
}

static RpTerm
constant_of(const Checker *checker, uint32_t node)
{
    return rp_term_table_get(checker->table,
                             checker->algebra.terms[checker->algebra.nodes[node].value]);
}

static RpStatus
check_sections(Checker *checker, const void *bytes, size_t size)
{
    const RpAlgebraHeader *header = bytes;

    if (size < sizeof(RpAlgebraHeader) || header->format != RP_ALGEBRA_FORMAT ||
        header->size != size || (header->flags & ~(uint32_t)RP_ALGEBRA_FLAGS) ||
        header->reserved != 0 || header->node_count == 0 ||
        header->node_count > RP_ALGEBRA_NODE_LIMIT ||
        header->variable_count > RP_ALGEBRA_VARIABLE_LIMIT || rp_algebra_size(header) != size) {
        return corrupt(checker, "header", 0);
    }
    rp_algebra_open(bytes, &checker->algebra);
    for (uint32_t i = 0; i < header->prebound_count; i++) {
        if (checker->algebra.prebound[i] >= header->variable_count) {
            return corrupt(checker, "pre-bound variable", i);
        }
    }
    for (uint32_t i = 0; i < header->term_count; i++) {
        if (!is_term(checker, checker->algebra.terms[i])) {
            return corrupt(checker, "term", i);
        }
    }
    for (uint32_t i = 0; i < header->variable_count; i++) {
        uint32_t name = checker->algebra.variables[i];

        if (name > header->term_count ||
            (name != 0 &&
             rp_term_table_kind(checker->table, checker->algebra.terms[name - 1]) != RP_LITERAL)) {
            return corrupt(checker, "variable", i);
        }
    }
    return RP_OK;
}

/* That each child's subtree stands where it must, and is of the sort that is wanted. */
static bool
check_children(const Checker *checker, uint32_t index)
{
    const RpAlgebraNode *nodes = checker->algebra.nodes;
    const RpAlgebraNode *node = &nodes[index];
    const Rule *rule = &rules[node->kind];
    uint32_t left = node->size - 1; /* nodes that are not accounted for */
    uint32_t depth = 0;
    uint32_t child = index;

    for (uint32_t i = node->child_count; i > 0; i--) {
        uint32_t wanted =
            i <= 3 && rule->first[i - 1] != SORT_NONE ? rule->first[i - 1] : rule->others;

        if (left == 0) {
            return false;
        }
        child--;
        if (nodes[child].size > left || !(rules[nodes[child].kind].is & wanted)) {
            return false;
        }
        depth = nodes[child].depth > depth ? nodes[child].depth : depth;
        left -= nodes[child].size;
        child -= nodes[child].size - 1;
    }
    return left == 0 && node->depth == depth + 1;
}

/* VALUES: variables, then rows. */
static bool
check_values(const Checker *checker, uint32_t index)
{
    const RpAlgebraNode *node = &checker->algebra.nodes[index];
    uint32_t first = index + 1 - node->size;

    if (node->value > node->child_count || node->size != node->child_count + 1 ||
        (node->value > 0 ? node->child_count % node->value != 0 : node->child_count > 0)) {
        return false;
    }
    for (uint32_t i = 0; i < node->child_count; i++) { /* children are leaves */
        if ((checker->algebra.nodes[first + i].kind == RP_ALGEBRA_VARIABLE) != (i < node->value)) {
            return false;
        }
    }
    return true;
}

static bool
check_call(const Checker *checker, uint32_t index)
{
    const RpAlgebraNode *node = &checker->algebra.nodes[index];

    if (node->value == 0 || node->value >= RP_FUNCTION_END || node->detail > 1) {
        return false;
    }
    if (node->child_count < node->detail ||
        !rp_function_takes((RpFunctionId)node->value, node->child_count - node->detail)) {
        return false;
    }
    if (node->value == RP_FUNCTION_bound && node->detail == 0) {
        return checker->algebra.nodes[index - 1].kind == RP_ALGEBRA_VARIABLE;
    }
    if (node->detail == 1) {
        return node->value == RP_FUNCTION_regex &&
               checker->algebra.nodes[index - 1].kind == RP_ALGEBRA_CONSTANT &&
               rp_pattern_program_is_valid(constant_of(checker, index - 1).lexical);
    }
    return true;
}

/* A negated set's inverses are of constants. */
static bool
check_negated(const Checker *checker, uint32_t index)
{
    const RpAlgebraNode *nodes = checker->algebra.nodes;

    for (uint32_t i = index + 1 - nodes[index].size; i < index; i++) {
        if (nodes[i].kind != RP_ALGEBRA_CONSTANT &&
            (nodes[i].kind != RP_ALGEBRA_INVERSE || nodes[i].size != 2)) {
            return false;
        }
    }
    return true;
}

/* Keys, then aggregates. */
static bool
check_group(const Checker *checker, uint32_t index)
{
    const RpAlgebraNode *nodes = checker->algebra.nodes;
    uint32_t child = index - 1;
    bool is_key = false;

    for (uint32_t i = nodes[index].child_count; i > 1; i--) {
        if (is_key && nodes[child].kind != RP_ALGEBRA_BINDING) {
            return false;
        }
        is_key = nodes[child].kind == RP_ALGEBRA_BINDING;
        child -= nodes[child].size;
    }
    return true;
}

/* The whole is a projection, perhaps made distinct and cut. */
static bool
check_root(const Checker *checker)
{
    const RpAlgebraNode *nodes = checker->algebra.nodes;
    uint32_t root = rp_algebra_root(&checker->algebra);

    if (nodes[root].size != root + 1) {
        return false;
    }
    while (nodes[root].kind == RP_ALGEBRA_LIMIT || nodes[root].kind == RP_ALGEBRA_OFFSET ||
           nodes[root].kind == RP_ALGEBRA_DISTINCT) {
        root--; /* the only child */
    }
    return nodes[root].kind == RP_ALGEBRA_PROJECT;
}

static bool
check_kind(const Checker *checker, uint32_t index)
{
    const RpAlgebraNode *node = &checker->algebra.nodes[index];

    switch (node->kind) {
    case RP_ALGEBRA_CONSTANT:
        return node->value < checker->algebra.header->term_count;
    case RP_ALGEBRA_VALUES:
        return check_values(checker, index);
    case RP_ALGEBRA_CALL:
        return check_call(checker, index);
    case RP_ALGEBRA_NEGATED:
        return check_negated(checker, index);
    case RP_ALGEBRA_GROUP:
        return check_group(checker, index);
    case RP_ALGEBRA_AGGREGATE:
        return (node->detail & ~RP_AGGREGATE_DISTINCT) < RP_AGGREGATE_END &&
               (node->child_count > 0 ||
                (node->detail & ~RP_AGGREGATE_DISTINCT) == RP_AGGREGATE_COUNT) &&
               ((node->detail & ~RP_AGGREGATE_DISTINCT) == RP_AGGREGATE_GROUP_CONCAT) ==
                   (node->child_count == 2);
    default:
        return true;
    }
}

static RpStatus
check_node(const Checker *checker, uint32_t index)
{
    const RpAlgebraNode *node = &checker->algebra.nodes[index];

    if (node->kind == 0 || node->kind >= RP_ALGEBRA_KIND_END || node->size == 0 ||
        node->size > index + 1 || node->depth > RP_ALGEBRA_DEPTH_LIMIT) {
        return corrupt(checker, "node", index);
    }
    if (node->child_count < rules[node->kind].least || !check_children(checker, index) ||
        (rules[node->kind].has_variable &&
         node->value >= checker->algebra.header->variable_count) ||
        !check_kind(checker, index)) {
        return corrupt(checker, "node", index);
    }
    return RP_OK;
}

RpStatus
rp_algebra_check(const void *bytes, size_t size, const RpTermTable *table, RpError *error)
{
    Checker checker = {.table = table, .error = error};

    RP_TRY(check_sections(&checker, bytes, size));
    for (uint32_t i = 0; i < checker.algebra.header->node_count; i++) {
        RP_TRY(check_node(&checker, i));
    }
    if (!check_root(&checker)) {
        return corrupt(&checker, "root", 0);
    }
    return RP_OK;
}
