/* See random_query.h. */
#include "random_query.h"

#include <stdio.h>

enum { DEPTH = 3 };

typedef struct Making {
    RpRandom *random;
    RpBuffer *text;
    bool has_this;
    uint32_t next_name; /* of variables that are given values */
} Making;

static void pattern(Making *making, uint32_t depth);
static void expression(Making *making, uint32_t depth);

static uint32_t
below(Making *making, uint32_t limit)
{
    return rp_random_below(making->random, limit);
}

static void
add(Making *making, const char *text)
{
    rp_buffer_append_string(making->text, text);
}

static void
pick(Making *making, const char *const *texts, uint32_t count)
{
    add(making, texts[below(making, count)]);
}

static void
variable(Making *making)
{
    static const char *const names[] = {"?x ", "?y ", "?z ", "$this "};

    pick(making, names, making->has_this ? 4 : 3);
}

static void
node(Making *making)
{
    static const char *const nodes[] = {"ex:a ", "ex:b ", "ex:c ", "1 "};

    if (below(making, 4) > 0) {
        variable(making);
    } else {
        pick(making, nodes, 4);
    }
}

static void
verb(Making *making)
{
    static const char *const verbs[] = {
        "ex:p ",  "ex:q ",  "ex:r ",          "ex:p ",         "ex:p/ex:q ",
        "^ex:p ", "ex:p+ ", "ex:q* ",         "ex:p|ex:q ",    "(ex:p|^ex:q)+ ",
        "!ex:p ", "ex:p? ", "!(ex:q|^ex:p) ", "(ex:p/ex:q)* ", "ex:p|(ex:q/ex:r) ",
        "?y "};

    pick(making, verbs, 16);
}

static void
triples(Making *making)
{
    for (uint32_t count = below(making, 3) + 1; count > 0; count--) {
        node(making);
        verb(making);
        node(making);
        add(making, ". ");
    }
}

static void
expression(Making *making, uint32_t depth)
{
    static const char *const operators[] = {"= ", "!= ", "< ", ">= ", "&& ", "|| ", "+ "};
    uint32_t kind = below(making, depth > 0 ? 9 : 3);

    if (kind < 2) {
        variable(making);
    } else if (kind == 2) {
        node(making);
    } else if (kind == 3) {
        add(making, "BOUND(");
        variable(making);
        add(making, ") ");
    } else if (kind == 4) {
        add(making, below(making, 2) ? "(EXISTS " : "(NOT EXISTS ");
        pattern(making, depth - 1);
        add(making, ") ");
    } else if (kind == 5) {
        add(making, below(making, 2) ? "COALESCE(" : "IF(BOUND(?x), ");
        expression(making, depth - 1);
        add(making, ", ");
        expression(making, depth - 1);
        add(making, ") ");
    } else {
        add(making, "(");
        expression(making, depth - 1);
        pick(making, operators, 7);
        expression(making, depth - 1);
        add(making, ") ");
    }
}

static void
subselect(Making *making, uint32_t depth)
{
    const char *this = making->has_this ? "$this " : "";

    switch (below(making, 4)) {
    case 0:
        rp_buffer_append_format(making->text, "{ SELECT DISTINCT %s?x ", this);
        pattern(making, depth);
        break;
    case 1:
        rp_buffer_append_format(making->text,
                                "{ SELECT %s?x (COUNT(?y) AS ?n%u) (MIN(?z) AS ?n%u) ", this,
                                making->next_name, making->next_name + 1);
        making->next_name += 2;
        pattern(making, depth);
        rp_buffer_append_format(making->text, "GROUP BY %s?x ", this);
        add(making, below(making, 2) ? "HAVING (COUNT(*) > 1) " : "");
        break;
    case 2:
        rp_buffer_append_format(making->text, "{ SELECT %s?x ?y ", this);
        pattern(making, depth);
        rp_buffer_append_format(making->text, "ORDER BY ?x DESC(?y) LIMIT %u ",
                                below(making, 3) + 1);
        break;
    default:
        rp_buffer_append_format(making->text, "{ SELECT %s?x ?z ", this);
        pattern(making, depth);
        break;
    }
    add(making, "} ");
}

static void
part(Making *making, uint32_t depth)
{
    switch (below(making, depth > 0 ? 11 : 3)) {
    case 0:
    case 1:
    case 2:
        triples(making);
        break;
    case 3:
    case 4:
        add(making, "OPTIONAL ");
        pattern(making, depth - 1);
        break;
    case 5:
        pattern(making, depth - 1);
        add(making, "UNION ");
        pattern(making, depth - 1);
        break;
    case 6:
    case 7:
        add(making, "FILTER (");
        expression(making, 2);
        add(making, ") ");
        break;
    case 8:
        add(making, "BIND (");
        expression(making, 1);
        rp_buffer_append_format(making->text, "AS ?b%u) ", making->next_name++ % 4);
        break;
    case 9:
        subselect(making, depth - 1);
        break;
    default:
        if (below(making, 2)) {
            pattern(making, depth - 1);
        } else {
            add(making, "VALUES (?x ?y) { (ex:a ex:b) (UNDEF ex:c) (ex:a 1) } ");
        }
        break;
    }
}

static void
pattern(Making *making, uint32_t depth)
{
    add(making, "{ ");
    for (uint32_t count = below(making, 3) + 1; count > 0; count--) {
        part(making, depth);
    }
    add(making, "} ");
}

void
rp_random_query(RpRandom *random, bool has_this, RpBuffer *text)
{
    static const char *const heads[] = {"SELECT * ", "SELECT ?x ?y ?z ", "SELECT DISTINCT ?x ?y ",
                                        "ASK ", "SELECT (COUNT(*) AS ?n) (SUM(?x) AS ?m) "};
    Making making = {random, text, has_this, 0};

    pick(&making, heads, 5);
    pattern(&making, DEPTH);
}
