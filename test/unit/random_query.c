/* See random_query.h. */
#include "random_query.h"

#include <string.h>

#include "random_grammar.h"

enum { PATTERN_DEPTH = 3, EXPRESSION_DEPTH = 2, PART_LIMIT = 3, NAME_LIMIT = 64, LOCAL_LIMIT = 4 };

typedef struct Making {
    const RpRandomQuery *query;
    uint32_t depth;      /* groups may nest so deep here */
    uint32_t exists;     /* so many EXISTS are around */
    uint32_t name_count; /* new variables ?v0 … */
    bool may_be_used[NAME_LIMIT];
} Making;

static void expand(Making *making, const char *form, uint32_t depth);

static uint32_t
below(const Making *making, uint32_t limit)
{
    return rp_random_below(making->query->random, limit);
}

static void
add(const Making *making, const char *text)
{
    rp_buffer_append_string(making->query->text, text);
}

static void
add_name(const Making *making, uint32_t name)
{
    rp_buffer_append_format(making->query->text, "?v%u", name);
}

static void
add_variable(const Making *making)
{
    static const char *const names[] = {"?x", "?y", "?z", "?w", "$this"};
    uint32_t name = below(making, 4 * (making->name_count + 1));

    if (name < making->name_count && making->may_be_used[name]) {
        add_name(making, name);
    } else {
        add(making, names[below(making, making->query->has_this ? 5 : 4)]);
    }
}

/* What $this is, where VALUES stands for its being pre-bound. */
static void
add_values(const Making *making)
{
    if (making->query->this) {
        rp_buffer_append_format(making->query->text, "VALUES ($this) { (%s) } ",
                                making->query->this);
    }
}

static bool
begins(const char *form, const char *word)
{
    return strncmp(form, word, strlen(word)) == 0;
}

static const char *
choose(const Making *making, char letter, uint32_t depth)
{
    const RpRandomRule *rule = rp_random_rules;
    const char *form;

    while (rule->letter != letter) {
        rule++;
    }
    do {
        form = rule->forms[below(making, depth > 0 ? rule->count : rule->leaf_count)];
    } while (*form == (making->query->is_comparable ? '~' : '=') ||
             (begins(form, "VALUES") && making->query->has_this));
    return form + (*form == '~' || *form == '=');
}

/*
 * Begin a group that has no pattern but conditions, or whose first one is joined to its left: there
 * is an empty basic graph pattern (18.2.2.6). In an EXISTS it is joined with the row, and then no
 * VALUES can stand for it.
 */
static void
begin_without_pattern(Making *making)
{
    if (making->query->has_this && making->exists > 0) {
        expand(making, "%T", 0);
    } else {
        add_values(making);
    }
}

static void
add_group(Making *making)
{
    const char *chosen[PART_LIMIT];
    uint32_t count = below(making, PART_LIMIT) + 1;
    uint32_t first = 0;

    making->depth--;
    add(making, "{ ");
    for (uint32_t i = 0; i < count; i++) {
        chosen[i] = choose(making, 'P', making->depth);
    }
    while (first < count && begins(chosen[first], "FILTER")) {
        first++;
    }
    if (first == count || begins(chosen[first], "OPTIONAL") || begins(chosen[first], "BIND")) {
        begin_without_pattern(making);
    }
    for (uint32_t i = 0; i < count; i++) {
        expand(making, chosen[i], EXPRESSION_DEPTH);
    }
    add(making, "} ");
    making->depth++;
}

static void
expand_letter(Making *making, char letter, uint32_t depth)
{
    switch (letter) {
    case 'v':
        add_variable(making);
        break;
    case 'l':
        add(making, rp_random_literals[below(making, rp_random_literal_count)]);
        break;
    case '@':
        add(making, making->query->has_this ? "$this " : "");
        break;
    case 'g':
        if (making->depth > 0) {
            add_group(making);
        } else {
            add(making, "{ ");
            expand_letter(making, 'T', 0);
            add(making, "} ");
        }
        break;
    case 'e':
        making->exists++;
        expand_letter(making, 'g', depth);
        making->exists--;
        break;
    case 'T':
        expand(making, choose(making, letter, depth), depth);
        add_values(making);
        break;
    default:
        expand(making, choose(making, letter, depth), depth > 0 ? depth - 1 : 0);
        break;
    }
}

static void
expand(Making *making, const char *form, uint32_t depth)
{
    uint32_t names[LOCAL_LIMIT];
    bool is_named[LOCAL_LIMIT] = {false};

    for (; *form; form++) {
        if (*form != '%') {
            rp_buffer_append_byte(making->query->text, *form);
            continue;
        }
        form++;
        if (*form < '0' || *form >= '0' + LOCAL_LIMIT) {
            expand_letter(making, *form, depth);
            continue;
        }
        if (!is_named[*form - '0']) {
            names[*form - '0'] = making->name_count++ % NAME_LIMIT;
            is_named[*form - '0'] = true;
        }
        add_name(making, names[*form - '0']);
    }
    for (uint32_t i = 0; i < LOCAL_LIMIT; i++) {
        if (is_named[i]) {
            making->may_be_used[names[i]] = true;
        }
    }
}

void
rp_random_query(const RpRandomQuery *query)
{
    Making making = {.query = query, .depth = PATTERN_DEPTH};

    expand(&making, choose(&making, 'Q', 1), EXPRESSION_DEPTH);
}

void
rp_random_graph(RpRandom *random, RpBuffer *text)
{
    static const char *const nodes[] = {"<http://ex/a>", "<http://ex/b>", "<http://ex/c>",
                                        "<http://ex/d>", "_:m1",          "_:m2"};

    rp_buffer_append_string(text, "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n");
    for (uint32_t count = rp_random_below(random, 12) + 6; count > 0; count--) {
        const char *object =
            rp_random_below(random, 3) > 0
                ? nodes[rp_random_below(random, 6)]
                : rp_random_literals[rp_random_below(random, rp_random_literal_count)];

        rp_buffer_append_format(text, "%s <http://ex/%c> ", nodes[rp_random_below(random, 6)],
                                "pqr"[rp_random_below(random, 3)]);
        rp_buffer_append_string(text, object);
        rp_buffer_append_string(text, " .\n");
    }
}
