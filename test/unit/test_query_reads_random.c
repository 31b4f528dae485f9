/*
 * Queries of constraints over a stored graph, by chance: what a query finds for a node over what
 * was fetched for it, it finds over the whole; and a node for which changes made it find something
 * else is among the units of the changes. In either case the judgement may ask for the whole.
 *
 * RDFPOLICY_RANDOM_CASES=number runs more of them, and RDFPOLICY_RANDOM_SEED=number others.
 */
#include <stdio.h>
#include <stdlib.h>

#include "host.h"
#include "image/image_builder.h"
#include "image/image_index.h"
#include "incremental/affected.h"
#include "incremental/focus_nodes.h"
#include "incremental/layers.h"
#include "incremental/units.h"
#include "query/query.h"
#include "random_query.h"
#include "shacl/component.h"
#include "shacl/shape_reader.h"
#include "sparql/compile.h"
#include "stored.h"

enum {
    CASES = 1500,
    TRAP_CASES = 40,
    STEPS = 4,
    FIRST_TRIPLES = 10,
    CHANGES = 2,
    NODES = 5,
    SUBJECTS = 6,
    TERMS = 7,
    PREDICATES = 4,
    ROW_LIMIT = 4000,
    ANSWER_SIZE = 16384
};

/* So that it shows if nothing is tried. */
typedef struct Found {
    uint64_t cases;
    uint64_t refused;
    uint64_t whole_queries; /* that are not anchored */
    uint64_t steps;
    uint64_t whole_steps; /* of them, those that asked for the whole */
    uint64_t changed;     /* answers */
    uint64_t answers;     /* that are not empty */
    uint64_t parts;
    uint64_t whole_parts;
} Found;

/* One query, as the constraint of a shape whose targets are all nodes. */
typedef struct Case {
    RpTestStored stored;
    RpAlgebra algebra;
    RpTermId terms[TERMS]; /* of which the first are focus nodes; the very first has no triples */
    RpTermId predicates[PREDICATES];
    RpTermId shape;
    const char *text;
} Case;

static const char shapes_text[] =
    "ex:S sh:targetNode ex:a , ex:b , ex:c , ex:d , ex:z ; sh:nodeKind sh:IRI .";

static uint64_t
number_from(const char *name, uint64_t otherwise)
{
    const char *text = getenv(name);

    return text ? strtoull(text, NULL, 10) : otherwise;
}

/* Put the query where the shape's constraint was. */
static RpStatus
add_query(Case *one, RpShapesGraph *graph, RpShapes *shapes)
{
    static const RpPreboundName names[] = {{RP_TEXT("this"), false},
                                           {RP_TEXT("currentShape"), true},
                                           {RP_TEXT("shapesGraph"), true},
                                           {RP_TEXT("value"), true}};
    static RpShapeQuery query;
    static RpOperand operands[RP_QUERY_OPERANDS];
    RpArena *arena = &one->stored.run.arena;
    RpError *error = &one->stored.run.error;
    RpConstraint *constraint = shapes->shapes[0].constraints;
    RpPrefixTable prefixes;
    RpCompileOptions options = {
        .prefixes = &prefixes, .prebound = names, .prebound_count = 3, .depth_limit = 64};

    rp_prefix_table_init(&prefixes, arena, 10);
    RP_TRY(rp_prefix_table_set(&prefixes, RP_TEXT("ex"), RP_TEXT("http://ex/"), error));
    options.prebound_count += strncmp(one->text, "ASK", 3) == 0;
    query.node = shapes->shapes[0].node;
    RP_TRY(rp_query_compile(arena, &graph->dictionary, rp_text_from(one->text), &options,
                            &query.bytes, error));
    shapes->queries = &query;
    shapes->query_count = 1;
    operands[0] = (RpOperand){.kind = RP_OPERAND_QUERY};
    operands[1] = (RpOperand){.kind = RP_OPERAND_TERM, .term = query.node};
    operands[2] = (RpOperand){.kind = RP_OPERAND_TERMS};
    constraint->operands = operands;
    constraint->operand_count = RP_QUERY_OPERANDS;
    for (uint32_t i = 0; i < rp_component_count; i++) {
        if (rp_component_table[i].iri == RP_VOCABULARY_sh_SPARQLConstraintComponent) {
            constraint->component = i;
        }
    }
    return RP_OK;
}

static RpStatus
compile(Case *one)
{
    RpShapeReaderOptions options = {.depth_limit = 64};
    RpTurtleOptions turtle = {.depth_limit = RP_TURTLE_DEPTH_LIMIT,
                              .prefix_limit = RP_TURTLE_PREFIX_LIMIT};
    RpTestRun *run = &one->stored.run;
    RpShapesGraph graph;
    RpShapes shapes;
    RpText bytes;

    rp_shapes_graph_init(&graph, &run->arena);
    RP_TRY(rp_shapes_graph_read_turtle(&graph, rp_test_with_prefixes(&run->arena, shapes_text),
                                       &turtle, &run->error));
    RP_TRY(rp_shapes_read(&graph, &options, &shapes, &run->error));
    RP_TRY(add_query(one, &graph, &shapes));
    RP_TRY(rp_image_build(&run->arena, &shapes, 1 << 24, &bytes, &run->error));
    RP_TRY(rp_image_load(bytes, &rp_test_host.hash_key, &run->arena, &run->image, &run->error));
    rp_image_query(&run->image, 0, &one->algebra);
    one->shape = run->image.shapes[0].node;
    rp_data_graph_init(&run->data, &run->image, &run->arena, 0);
    return rp_read_map_make(&run->image, &run->arena, &one->stored.map, &run->error);
}

static void
name_terms(Case *one)
{
    for (uint32_t i = 0; i < TERMS; i++) {
        char iri[32];
        RpTerm term = rp_term_literal(RP_TEXT("1"), RP_TEXT(RP_XSD "integer"));

        if (i < SUBJECTS) {
            (void)snprintf(iri, sizeof(iri), "http://ex/%c", "zabcdp"[i]);
            term = rp_term_iri(rp_text_from(iri));
        }
        one->terms[i] = rp_test_stored_term(&one->stored, &term);
    }
    for (uint32_t i = 0; i < PREDICATES; i++) {
        char iri[32];
        RpTerm term;

        (void)snprintf(iri, sizeof(iri), "http://ex/%c", "pqrs"[i]);
        term = rp_term_iri(rp_text_from(iri));
        one->predicates[i] = rp_test_stored_term(&one->stored, &term);
    }
}

static RpTriple
random_triple(const Case *one, RpRandom *random)
{
    return (RpTriple){one->terms[rp_random_below(random, SUBJECTS - 1) + 1],
                      one->predicates[rp_random_below(random, PREDICATES)],
                      one->terms[rp_random_below(random, TERMS)]};
}

static void
change_by_chance(Case *one, RpRandom *random, RpTestChanges *changes)
{
    const RpTestTriples *now = &one->stored.now;

    changes->count = 0;
    for (uint32_t i = rp_random_below(random, CHANGES) + 1; i > 0; i--) {
        bool is_removal = rp_random_below(random, 2) == 0 && now->count > 0;
        RpTriple triple = is_removal ? now->triples[rp_random_below(random, now->count)]
                                     : random_triple(one, random);

        rp_test_stored_change(&one->stored, triple, is_removal, changes);
    }
}

static int
compare_lines(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The solutions as text, in an order of their own. */
static void
write_answer(const RpQueryRun *run, const RpQueryResult *result, RpArena *arena, char *answer)
{
    char **lines = rp_arena_allocate(arena, sizeof(char *) * ((size_t)result->count + 1));
    size_t length = 0;

    for (uint32_t i = 0; i < result->count; i++) {
        RpBuffer line;

        rp_buffer_init(&line, arena);
        for (uint32_t j = 0; j < result->width; j++) {
            RpTermId id = result->cells[i * result->width + j];
            RpTerm term = id == RP_TERM_NONE ? (RpTerm){0} : rp_query_term(run, id);

            rp_buffer_append_format(&line, " %u ", (unsigned)term.kind);
            rp_buffer_append_text(&line, term.lexical);
        }
        rp_buffer_append_byte(&line, '\0');
        lines[i] = line.data;
    }
    qsort(lines, result->count, sizeof(lines[0]), compare_lines);
    answer[0] = '\0';
    for (uint32_t i = 0; i < result->count && length < ANSWER_SIZE; i++) {
        length += (size_t)snprintf(answer + length, ANSWER_SIZE - length, "%s;", lines[i]);
    }
}

/* What the query finds for a node. False: too much for one of the ways. */
static bool
solve(Case *one, RpDataGraph *data, RpTermId node, char *answer)
{
    RpQueryOptions options = {.data = &data->graph,
                              .row_limit = ROW_LIMIT,
                              .memory_bytes = 1 << 26,
                              .now = RP_TEXT("2026-01-02T03:04:05Z")};
    RpTermId tuple[] = {node, one->shape, RP_TERM_NONE, node};
    RpError *error = &one->stored.run.error;
    RpQueryResult result;
    RpQueryRun *run;
    RpStatus status = rp_query_begin(&run, data->arena, &one->algebra, &options, error);

    if (status == RP_OK) {
        status = rp_query_solve(run, tuple, 1, &result, error);
    }
    if (status == RP_OK) {
        write_answer(run, &result, data->arena, answer);
    }
    if (run) {
        rp_query_end(run);
    }
    CHECK(status == RP_OK || status == RP_TOO_LARGE || status == RP_UNSUPPORTED);
    return status == RP_OK;
}

static bool
solve_whole(Case *one, char answers[NODES][ANSWER_SIZE])
{
    RpArena arena;
    RpDataGraph data;
    bool is_good;

    rp_arena_init(&arena, &rp_test_host, 1 << 26);
    is_good =
        CHECK_STATUS(rp_test_stored_data(&one->stored, &arena, &data), RP_OK) &&
        CHECK_STATUS(rp_test_stored_fill(&one->stored, &data, &one->stored.run.error), RP_OK) &&
        CHECK_STATUS(rp_graph_freeze(&data.graph, &one->stored.run.error), RP_OK);
    for (uint32_t i = 0; i < NODES && is_good; i++) {
        is_good = solve(one, &data, one->terms[i], answers[i]);
    }
    rp_arena_free(&arena);
    return is_good;
}

/* One judgement, up to where it would evaluate. */
typedef struct Attempt {
    RpArena arena;
    RpDataGraph data;
    RpTestFetching fetching;
    RpStore store;
    RpJudging judging;
    RpJudgeOutcome outcome;
    RpWalk walk;
} Attempt;

static bool
begin_attempt(Case *one, Attempt *attempt, bool is_forward)
{
    rp_arena_init(&attempt->arena, &rp_test_host, 1 << 26);
    rp_test_stored_store(&one->stored, &attempt->fetching, &attempt->store);
    if (!CHECK_STATUS(rp_test_stored_data(&one->stored, &attempt->arena, &attempt->data), RP_OK)) {
        return false;
    }
    rp_judging_init(&attempt->judging, &attempt->data, one->stored.map, &attempt->store,
                    &one->stored.limits, 64, &attempt->outcome, &one->stored.run.error);
    rp_walk_init(&attempt->walk, &attempt->judging, is_forward);
    return true;
}

/* Whether the query finds the same over what is fetched for a node. */
static bool
part_is_whole(Case *one, uint32_t number, const char *expected, Found *found)
{
    static char answer[ANSWER_SIZE];
    Attempt attempt;
    RpJudging *judging = &attempt.judging;
    bool is_good = begin_attempt(one, &attempt, true);
    RpStatus status =
        rp_walk_add(judging, &attempt.walk, one->stored.map->starts[0], one->terms[number]);

    if (status == RP_OK) {
        status = rp_layers_run(judging, &attempt.walk);
    }
    found->parts++;
    found->whole_parts += attempt.outcome.is_beyond;
    is_good = is_good && CHECK_STATUS(rp_judging_end(judging, status), RP_OK) &&
              CHECK_INT(one->stored.repeated_read_count, 0);
    if (is_good && !attempt.outcome.is_beyond) {
        is_good = CHECK_STATUS(rp_fetched_fill(&judging->fetched), RP_OK) &&
                  CHECK_STATUS(rp_graph_freeze(&attempt.data.graph, judging->error), RP_OK);
        if (is_good && solve(one, &attempt.data, one->terms[number], answer)) {
            is_good = CHECK_TEXT(rp_text_from(answer), expected);
        }
    }
    rp_arena_free(&attempt.arena);
    return is_good;
}

static RpStatus
find_units(Attempt *attempt, const RpTestChanges *changes, RpGraph *units)
{
    RpGraph focus_nodes;

    RP_TRY(rp_affected_find(&attempt->judging, &attempt->walk, changes->changes, changes->count));
    RP_TRY(rp_focus_nodes_find(&attempt->judging, &focus_nodes));
    return rp_units_find(&attempt->judging, &attempt->walk, &focus_nodes, units);
}

/* Whether all nodes with another answer are units. */
static bool
changes_are_seen(Case *one, const RpTestChanges *all, char before[NODES][ANSWER_SIZE],
                 char after[NODES][ANSWER_SIZE], Found *found)
{
    static RpTestChanges read;
    Attempt attempt;
    RpGraph units = {0};
    RpStatus status;
    bool is_good = begin_attempt(one, &attempt, false);

    read.count = 0;
    for (uint32_t i = 0; i < all->count; i++) {
        RpTermId predicate = all->changes[i].triple.predicate;
        bool is_of_image = predicate < rp_dictionary_first_own(&attempt.data.dictionary);

        /* As RpChangeList does; what is not of the image has no id there. */
        if (rp_read_map_reads(one->stored.map, is_of_image ? predicate : RP_TERM_NONE,
                              all->changes[i].is_removal)) {
            read.changes[read.count++] = all->changes[i];
        }
    }
    status = find_units(&attempt, &read, &units);
    is_good = is_good && CHECK_STATUS(rp_judging_end(&attempt.judging, status), RP_OK);
    found->steps++;
    found->whole_steps += attempt.outcome.is_beyond;
    for (uint32_t i = 0; i < NODES; i++) {
        bool is_other = strcmp(before[i], after[i]) != 0;
        RpTriple unit = {0, RP_PAIR_PREDICATE, one->terms[i]};

        found->changed += is_other;
        found->answers += after[i][0] != '\0';
        if (is_good && is_other && !attempt.outcome.is_beyond) {
            is_good = CHECK(rp_graph_contains(&units, unit));
        }
    }
    rp_arena_free(&attempt.arena);
    return is_good;
}

static bool
run_steps(Case *one, RpRandom *random, Found *found)
{
    static char answers[2][NODES][ANSWER_SIZE];
    RpTestChanges changes = {0};
    bool is_good = true;

    for (uint32_t i = 0; i < FIRST_TRIPLES; i++) {
        rp_test_stored_change(&one->stored, random_triple(one, random), false, &changes);
    }
    if (!solve_whole(one, answers[0])) {
        return true;
    }
    for (uint32_t step = 0; step < STEPS && is_good; step++) {
        char(*before)[ANSWER_SIZE] = answers[step % 2];
        char(*after)[ANSWER_SIZE] = answers[(step + 1) % 2];

        change_by_chance(one, random, &changes);
        if (!solve_whole(one, after)) {
            return true;
        }
        is_good = changes_are_seen(one, &changes, before, after, found);
        for (uint32_t i = 0; i < NODES && is_good; i++) {
            is_good = part_is_whole(one, i, after[i], found);
        }
    }
    return is_good;
}

/* Try a query, or one by chance. */
static bool
run_case(const char *query, uint64_t seed, Found *found)
{
    RpRandom random = {seed * 2 + 1};
    Case one = {.stored = {.limits = {UINT64_MAX, UINT64_MAX, UINT64_MAX}, .memory = 1 << 26}};
    RpBuffer text;
    bool is_good = true;

    for (uint32_t i = 0; i < 8; i++) {
        (void)rp_random_below(&random, 2);
    }
    rp_arena_init(&one.stored.run.arena, &rp_test_host, 1 << 28);
    rp_buffer_init(&text, &one.stored.run.arena);
    rp_random_query(&(RpRandomQuery){.random = &random, .text = &text, .has_this = true});
    rp_buffer_append_byte(&text, '\0');
    one.text = query ? query : text.data;
    found->cases++;
    if (compile(&one) != RP_OK) {
        found->refused++;
    } else {
        found->whole_queries += rp_read_map_whole_query(one.stored.map) != 0;
        name_terms(&one);
        is_good = run_steps(&one, &random, found);
    }
    if (!is_good) {
        (void)printf("seed %llu: %s\n", (unsigned long long)seed, one.text);
    }
    rp_arena_free(&one.stored.run.arena);
    return is_good;
}

/* Queries that stand for what may go wrong, over many graphs. */
typedef struct Trap {
    const char *query;
    bool is_whole; /* not anchored */
} Trap;

static const Trap traps[] = {
    /* Triples and paths, forwards and inversely. */
    {"SELECT * { $this ex:p ?x . ?x ex:q ?y }", false},
    {"SELECT * { ?x ex:p $this . ?y ex:q ?x }", false},
    {"SELECT * { ?y ex:q ?x . ?x ex:p ?z . $this ex:r ?z }", false},
    {"SELECT * { $this ?x ?y . ?z ?w $this }", false},
    {"SELECT * { $this ?x ?y . ?y ?x ?z }", false},
    {"SELECT * { $this ?x ?y . ?x ex:q ?z }", true},
    {"SELECT * { $this ex:p ?x . ?x ?y ?z . ?z ex:q ?w }", false},
    {"SELECT * { $this ex:p ?x . ?z ?y ?x . ?z ex:q ?w }", false},
    {"SELECT * { $this (ex:p/ex:q)+ ?x . ?x ex:r ?y }", false},
    {"SELECT * { ?x (ex:p/ex:q)+ $this . ?x ex:r ?y }", false},
    {"SELECT * { $this ex:p? ?x . ?x ex:q ?y }", false},
    {"SELECT * { ?x ex:p? $this . ?x ex:q ?y }", false},
    {"SELECT * { $this ^ex:p* ?x . ?x ex:q ?y }", false},
    {"SELECT * { $this (ex:p|^ex:q)* ?x . ?x ex:r ?y }", false},
    {"SELECT * { $this !(ex:p|ex:q) ?x . ?x ex:q ?y }", false},
    {"SELECT * { $this !(^ex:p|ex:q) ?x . ?x ex:q ?y }", false},
    {"SELECT * { ?x !(ex:p|^ex:q) $this . ?x ex:q ?y }", false},
    {"SELECT * { ?x !^ex:q $this . ?x ex:q ?y }", false},
    {"SELECT * { $this ex:p* ?x }", false},
    {"SELECT * { ?x ex:p? ?y . $this ex:q ?z }", true},
    {"SELECT * { ?x !ex:p ?y . $this ex:q ?z }", true},
    {"SELECT * { ?x ex:p|ex:q ?y . $this ex:q ?z }", true},
    {"SELECT * { ?x ?w ?y . $this ex:q ?z }", true},
    /* Constants. */
    {"SELECT * { ex:a ex:p ?x . ?x ex:q ?y }", false},
    {"SELECT * { ?x ex:p ex:a . ?x ex:q ?y }", false},
    {"SELECT * { ?x ex:p 1 . ?y ex:q ?x . $this ex:r ?z }", false},
    {"SELECT * { ex:a ex:p+ ?x . FILTER(?x = $this) }", false},
    {"SELECT * { $this ex:p ?x . ?x ex:q ex:a }", false},
    /* What else may seem to be bound. */
    {"SELECT * { $this ex:p ?x FILTER(?x = ?z) ?z ex:q ?y }", true},
    {"SELECT * { $this ex:p ?w BIND(ex:b AS ?x) ?x ex:q ?y }", true},
    {"SELECT * { $this ex:p ?w . VALUES ?x { ex:b } ?x ex:q ?y }", true},
    /* OPTIONAL. */
    {"SELECT * { $this ex:p ?x OPTIONAL { ?x ex:q ?y } }", false},
    {"SELECT * { $this ex:p ?w OPTIONAL { $this ex:r ?x } ?x ex:q ?y }", true},
    {"SELECT * { $this ex:p ?w OPTIONAL { $this ex:r ?x } FILTER NOT EXISTS { ?x ex:q ?y } }",
     true},
    {"SELECT * { $this ex:p ?x { { $this ex:r ?w } OPTIONAL { ?x ex:q ?y } } }", true},
    {"SELECT * { $this ex:p ?w OPTIONAL { $this ex:r ?x FILTER NOT EXISTS { ?x ex:q ?y } } }",
     false},
    {"SELECT * { $this ex:p ?w OPTIONAL { $this ex:r ?x FILTER EXISTS { ?w ex:q ?y } } }", false},
    {"SELECT * { OPTIONAL { $this ex:p ?x } OPTIONAL { ?x ex:q ?y } }", true},
    {"SELECT * { OPTIONAL { $this ex:p ?x OPTIONAL { ?x ex:q ?y } } FILTER(!BOUND(?y)) }", false},
    /* UNION. */
    {"SELECT * { { $this ex:p ?x } UNION { $this ex:r ?x } ?x ex:q ?y }", false},
    {"SELECT * { { $this ex:p ?x } UNION { $this ex:r ?z } ?x ex:q ?y }", true},
    {"SELECT * { { $this ex:p ?x . ?x ex:q ?y } UNION { $this ex:r ?x } }", false},
    {"SELECT * { { $this ex:p ?x } UNION { ?x ex:q ?y } }", true},
    {"SELECT * { { $this ex:p ?x } UNION { VALUES ?x { ex:b } } ?x ex:q ?y }", true},
    {"SELECT * { $this ex:r ?x { $this ex:p ?w } UNION { ?x ex:q ?y } }", false},
    /* EXISTS. */
    {"SELECT * { $this ex:p ?x FILTER NOT EXISTS { ?x ex:q ?y . ?y ex:r ?z } }", false},
    {"SELECT * { $this ex:p ?x FILTER EXISTS { ?y ex:q+ ?x } }", false},
    {"SELECT * { $this ex:p ?x { $this ex:r ?w FILTER NOT EXISTS { ?x ex:q ?y } } }", true},
    {"SELECT * { FILTER NOT EXISTS { $this ex:q ?y } }", false},
    {"SELECT ?z { ?z ex:q ?w } GROUP BY ?z HAVING(EXISTS { $this ex:r ?z . $this ex:p ?y })", true},
    {"SELECT ?z { ?z ex:q ?w } GROUP BY ?z HAVING(EXISTS { $this ex:r ?z } && EXISTS { $this ex:p "
     "?y })",
     true},
    {"SELECT * { $this ex:p ?x FILTER NOT EXISTS { $this ex:q ?y FILTER NOT EXISTS { ?y ex:r ?x } "
     "} }",
     false},
    {"SELECT * { $this ex:p ?x FILTER NOT EXISTS { $this ex:q ?y FILTER NOT EXISTS { ?x ex:r ?z } "
     "} }",
     false},
    {"SELECT * { $this ex:p ?x BIND(EXISTS { ?x ex:q ?y } AS ?b) }", false},
    {"SELECT * { $this ex:p ?x OPTIONAL { ?x ex:q ?y } FILTER(BOUND(?y) || EXISTS { ?x ex:r ?z }) "
     "}",
     false},
    {"SELECT * { $this ex:p ?w { FILTER NOT EXISTS { $this ex:r ?x . ?x ex:q ?y } } }", false},
    /* A group sees what is pre-bound, also where VALUES alone is in it. */
    {"SELECT * { ?w ex:p $this { VALUES ?v { ex:b } FILTER NOT EXISTS { ex:b ex:r $this } } }",
     false},
    {"SELECT * { ?w ex:p $this { VALUES ?v { ex:b } FILTER NOT EXISTS { ex:b ex:r $this . $this "
     "ex:q "
     "?x } } }",
     false},
    {"SELECT * { ?w ex:p $this { VALUES ?v { ex:b } FILTER NOT EXISTS { ex:b ex:r $currentShape . "
     "$currentShape ex:q ?x } } }",
     false},
    /* Sub-SELECT, groups, slices. */
    {"SELECT * { $this ex:p ?x { SELECT $this ?x { ?x ex:q ?y } } }", false},
    {"SELECT * { $this ex:p ?x { SELECT $this ?z { ?x ex:q ?z } } }", true},
    {"SELECT * { $this ex:p ?x { SELECT $this ?x { ?x ex:q ?y } ORDER BY ?x LIMIT 1 } }", true},
    {"SELECT * { $this ex:p ?x { SELECT $this ?x { $this ex:r ?x } ORDER BY ?x LIMIT 1 } ?x ex:q "
     "?y }",
     false},
    {"SELECT * { $this ex:p ?x { SELECT $this ?x { ?x ex:q ?y } ORDER BY ?x OFFSET 1 } }", true},
    {"SELECT * { $this ex:p ?x { SELECT DISTINCT $this ?x { ?x ex:q ?y } } }", false},
    {"SELECT * { $this ex:p ?x { SELECT $this ?x (COUNT(?y) AS ?n) { ?x ex:q ?y } GROUP BY $this "
     "?x } }",
     false},
    {"SELECT * { $this ex:p ?x { SELECT $this (COUNT(?x) AS ?n) { ?x ex:q ?y } GROUP BY $this } }",
     true},
    {"SELECT $this (COUNT(?x) AS ?n) { $this ex:p ?x } GROUP BY $this HAVING(COUNT(?x) > 1)",
     false},
    {"SELECT $this (COUNT(?x) AS ?n) { $this ex:p ?x } GROUP BY $this HAVING(EXISTS { $this ex:q "
     "?y })",
     false},
    {"SELECT (COUNT(?x) AS ?n) { $this ex:p ?x . ?x ex:q ?y } HAVING(EXISTS { ?x ex:r ?y })", true},
    {"SELECT $this { $this ex:p ?x } ORDER BY EXISTS { ?x ex:q ?y } LIMIT 1", false},
    {"ASK { $value ex:p ?x FILTER NOT EXISTS { ?x ex:q $this } }", false},
    /* A negated set without members is any triple, along it. */
    {"SELECT * { $this !() ?x . ?x ex:q ?y }", false},
    {"SELECT * { $this (!())+ ?x . ?x ex:q ?y }", false},
    {"SELECT * { ?x !() $this . ?x ex:q ?y }", false},
    {"SELECT * { $this ex:p ?x FILTER EXISTS { ?y !() ?z } }", true},
};

RP_TEST(query_reads_are_enough_for_traps)
{
    for (uint32_t i = 0; i < sizeof(traps) / sizeof(traps[0]); i++) {
        Found found = {0};
        bool is_good = true;

        for (uint64_t seed = 0; seed < TRAP_CASES && is_good; seed++) {
            is_good = run_case(traps[i].query, seed, &found);
        }
        if (!CHECK_INT(found.refused, 0) ||
            !CHECK_INT(found.whole_queries, traps[i].is_whole ? TRAP_CASES : 0) ||
            !CHECK(found.answers > 0)) {
            (void)printf("%s\n", traps[i].query);
        }
    }
}

RP_TEST(query_reads_are_enough_by_chance)
{
    uint64_t count = number_from("RDFPOLICY_RANDOM_CASES", CASES);
    uint64_t seed = number_from("RDFPOLICY_RANDOM_SEED", 1);
    uint32_t failed = 0;
    Found found = {0};

    for (uint64_t i = 0; found.cases < count + found.refused && failed < 3; i++) {
        failed += !run_case(NULL, seed + i, &found);
    }
    CHECK(found.refused < 9 * count);
    CHECK(found.whole_steps * 4 < found.steps * 3);
    CHECK(found.changed * 4 > count);
    if (getenv("RDFPOLICY_RANDOM_CASES")) {
        (void)printf("%llu cases, %llu refused, %llu steps (%llu whole), %llu changed answers of "
                     "%llu, %llu parts (%llu whole)\n",
                     (unsigned long long)found.cases, (unsigned long long)found.refused,
                     (unsigned long long)found.steps, (unsigned long long)found.whole_steps,
                     (unsigned long long)found.changed, (unsigned long long)found.answers,
                     (unsigned long long)found.parts, (unsigned long long)found.whole_parts);
    }
}
