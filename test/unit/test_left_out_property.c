/*
 * What is left when parts are left out never refuses what the whole text accepts. Random shapes are
 * written twice: as they should be, and with some of their parts broken. Every result that the rest
 * of the broken text gives is one that the whole text gives, and without a broken part both give
 * the same. The same seed gives the same shapes.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "validation.h"

enum { SHAPES = 7, ROUNDS = 3000, TEXT_SIZE = 1 << 14, REPORT_SIZE = 1 << 16 };

typedef struct Text {
    char data[TEXT_SIZE];
    size_t length;
} Text;

typedef struct Generator {
    uint64_t random;
    unsigned breakage; /* one part of so many is broken */
    unsigned broken_count;
    Text whole;
    Text broken;
    bool is_property[SHAPES];
} Generator;

/* xorshift64: the next number below a bound. */
static unsigned
pick(Generator *generator, unsigned bound)
{
    generator->random ^= generator->random << 13;
    generator->random ^= generator->random >> 7;
    generator->random ^= generator->random << 17;
    return (unsigned)((generator->random >> 33) % bound);
}

static void append(Text *text, const char *format, va_list arguments) RP_PRINTF(2, 0);

static void
append(Text *text, const char *format, va_list arguments)
{
    int written =
        vsnprintf(text->data + text->length, sizeof text->data - text->length, format, arguments);

    text->length += (size_t)written;
    if (text->length >= sizeof text->data) {
        abort();
    }
}

static void both(Generator *generator, const char *format, ...) RP_PRINTF(2, 3);

/* Write into both texts. */
static void
both(Generator *generator, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    append(&generator->whole, format, arguments);
    va_end(arguments);
    va_start(arguments, format);
    append(&generator->broken, format, arguments);
    va_end(arguments);
}

static void only(Text *text, const char *format, ...) RP_PRINTF(2, 3);

static void
only(Text *text, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    append(text, format, arguments);
    va_end(arguments);
}

static bool
breaks(Generator *generator)
{
    bool is_broken = pick(generator, generator->breakage) == 0;

    generator->broken_count += is_broken;
    return is_broken;
}

/* Write a part, or into the broken text one of its broken forms, which | separates. */
static void
part(Generator *generator, const char *good, const char *broken_forms)
{
    const char *form = broken_forms;
    unsigned count = 1;

    only(&generator->whole, " ; %s", good);
    if (!breaks(generator)) {
        only(&generator->broken, " ; %s", good);
        return;
    }
    for (const char *c = broken_forms; *c != '\0'; c++) {
        count += *c == '|';
    }
    for (unsigned skipped = pick(generator, count); skipped > 0; skipped--) {
        form = strchr(form, '|') + 1;
    }
    only(&generator->broken, " ; %.*s", (int)strcspn(form, "|"), form);
}

/* Parameters that refer to no shape, each at most once in a shape, and broken forms of them. */
static const struct {
    bool for_property;
    const char *good;
    const char *broken;
} plain_parts[] = {
    {false, "sh:class ex:C", "sh:class \"C\"|sh:class 5 , ex:C , []|sh:clas ex:C"},
    {false, "sh:nodeKind sh:IRI", "sh:nodeKind sh:Iri|sh:nodeKind sh:IRI , sh:Literal"},
    {false, "sh:datatype xsd:integer", "sh:datatype \"integer\"|dash:datatype xsd:integer"},
    {false, "sh:pattern \"^[a-h]\"", "sh:pattern \"^(?=[a-h])\"|sh:pattern 5|sh:pattern \"[\""},
    {false, "sh:pattern \"/A$\" ; sh:flags \"i\"",
     "sh:pattern \"/A$\" ; sh:flags 1|sh:pattern \"/A$\" ; sh:flag \"i\""},
    {false, "sh:minLength 2", "sh:minLength \"2\"|sh:minlength 2"},
    {false, "sh:maxLength 11", "sh:maxLength 11.0|sh:maxLength 11 , 12"},
    {false, "sh:in ( ex:a ex:b 1 )", "sh:in ex:list|sh:in ( 1 ) , ( 2 )|sh:oneOf ( ex:a ex:b 1 )"},
    {false, "sh:hasValue ex:b", "sh:hasvalue ex:b|dash:hasValueIn ( ex:b )"},
    {false, "sh:disjoint ex:q", "sh:disjoint \"q\"|sh:sparql [ sh:select \"\" ]"},
    {false, "sh:equals ex:p", "sh:equals []|sh:js [ ex:x 1 ]"},
    {false, "sh:closed true ; sh:ignoredProperties ( ex:r rdf:type )",
     "sh:closed true ; sh:ignoredProperties ( 5 )|sh:closed true ; sh:ignoredProperty ( ex:r )|"
     "sh:closed \"true\"|sh:closed true ; sh:ignoredProperties ex:r"},
    {false, "sh:closed true", "sh:closed sh:ByTypes|sh:closed true , false"},
    {false, "sh:message \"no\"", "sh:message 5"},
    {false, "sh:severity sh:Info", "sh:severity \"Info\"|sh:severity sh:Info , sh:Warning"},
    {false, "sh:deactivated true", "sh:deactivated \"yes\"|sh:deactivate true"},
    {false, "sh:deactivated false", "sh:deactivated 0"},
    {false, "sh:targetSubjectsOf ex:p", "sh:targetSubjectsOf \"p\"|sh:target ex:T"},
    {true, "sh:minCount 1", "sh:minCount \"1\"|sh:minCount 1 , 2|sh:minCuont 1"},
    {true, "sh:maxCount 1", "sh:maxCount ex:one|sh:maxCount 1 , 0"},
    {true, "sh:uniqueLang true", "sh:uniqueLang 1|sh:uniqueLang true , false"},
    {true, "sh:lessThan ex:q", "sh:lessThan 5"},
    {false,
     "sh:sparql [ sh:select 'SELECT $this { $this <http://ex/p> ?x , ?y FILTER (?x != ?y) }' ]",
     "sh:sparql [ sh:select 'SELECT $this { MINUS {} }' ]|sh:sparql 1|sh:sparql []"},
    {false, "ex:longer 8", "ex:longer '8'|ex:longer 8 , 9 ; ex:other 1"},
};

enum { PLAIN_PARTS = sizeof plain_parts / sizeof *plain_parts };

/* Those of which a shape may have one only: bits of plain_parts. */
static const uint32_t exclusive_parts[] = {1u << 3 | 1u << 4, 1u << 11 | 1u << 12,
                                           1u << 15 | 1u << 16};

static void
plain_part(Generator *generator, unsigned shape, uint32_t *used)
{
    unsigned index = pick(generator, PLAIN_PARTS);
    uint32_t taken = 1u << index;

    for (size_t i = 0; i < sizeof exclusive_parts / sizeof *exclusive_parts; i++) {
        taken |= exclusive_parts[i] & 1u << index ? exclusive_parts[i] : 0;
    }
    if (*used & 1u << index ||
        (plain_parts[index].for_property && !generator->is_property[shape])) {
        return;
    }
    *used |= taken;
    part(generator, plain_parts[index].good, plain_parts[index].broken);
}

/* A shape of a kind that this one may refer to: a later one, or now and then any; SHAPES: none. */
static unsigned
pick_shape(Generator *generator, unsigned shape, bool must_be_property)
{
    unsigned from = pick(generator, 8) == 0 ? 0 : shape + 1;

    for (unsigned tries = 0; tries < 8 && from < SHAPES; tries++) {
        unsigned picked = from + pick(generator, SHAPES - from);

        if (generator->is_property[picked] == must_be_property) {
            return picked;
        }
    }
    return SHAPES;
}

/* sh:and, sh:or, sh:xone of two node shapes, or with a nested one. */
static void
list_part(Generator *generator, const char *parameter, unsigned first, unsigned second)
{
    bool is_broken = breaks(generator);
    unsigned form = pick(generator, 3);

    only(&generator->whole, " ; %s ( ex:S%u ex:S%u )", parameter, first, second);
    if (!is_broken) {
        only(&generator->broken, " ; %s ( ex:S%u ex:S%u )", parameter, first, second);
    } else if (form == 0) {
        only(&generator->broken, " ; %s ( ex:S%u 5 )", parameter, first);
    } else if (form == 1) {
        only(&generator->broken, " ; %s ex:S%u", parameter, first);
    } else {
        only(&generator->broken, " ; %ss ( ex:S%u ex:S%u )", parameter, first, second);
    }
}

/* sh:qualifiedValueShape with its counts, and maybe apart from siblings. */
static void
qualified_parts(Generator *generator, unsigned target)
{
    char good[100];
    char broken[300];

    if (breaks(generator)) {
        only(&generator->whole, " ; sh:qualifiedValueShape ex:S%u", target);
        only(&generator->broken, " ; sh:qualifiedValueShape ex:S%u , 5", target);
    } else {
        both(generator, " ; sh:qualifiedValueShape ex:S%u", target);
    }
    if (pick(generator, 2) == 0) {
        part(generator, "sh:qualifiedValueShapesDisjoint true",
             "sh:qualifiedValueShapesDisjoint \"true\"|sh:qualifiedValueShapesDisjoint true , "
             "false|sh:qualifiedValueShapeDisjoint true");
    }
    if (pick(generator, 3) > 0) {
        (void)snprintf(good, sizeof good, "sh:qualifiedMaxCount %u", pick(generator, 2));
        (void)snprintf(broken, sizeof broken,
                       "sh:qualifiedMaxCount \"0\"|sh:qualifiedMaxCount 0,1");
        part(generator, good, broken);
    }
    if (pick(generator, 3) > 0) {
        (void)snprintf(good, sizeof good, "sh:qualifiedMinCount %u", 1 + pick(generator, 2));
        (void)snprintf(broken, sizeof broken,
                       "sh:qualifiedMinCount \"1\"|sh:qualifiedMinCount 1,2");
        part(generator, good, broken);
    }
}

static void
reference_part(Generator *generator, unsigned shape, bool *has_qualified)
{
    static const char *const lists[] = {"sh:and", "sh:or", "sh:xone"};
    unsigned kind = pick(generator, 14);
    unsigned target = pick_shape(generator, shape, kind < 3);
    unsigned other = pick_shape(generator, shape, false);
    char good[100];
    char broken[300];

    if (target == SHAPES || other == SHAPES) {
        return;
    }
    if (kind < 3) {
        (void)snprintf(good, sizeof good, "sh:property ex:S%u", target);
        (void)snprintf(broken, sizeof broken,
                       "sh:property 5|sh:property ex:Nowhere|sh:propety ex:S%u|sh:property ex:S%u",
                       target, other);
        part(generator, good, broken);
    } else if (kind == 3) {
        (void)snprintf(good, sizeof good, "sh:node ex:S%u", target);
        (void)snprintf(broken, sizeof broken, "sh:node 5|sh:nod ex:S%u|sh:expression ex:S%u",
                       target, other);
        part(generator, good, broken);
    } else if (kind < 6) {
        (void)snprintf(good, sizeof good, "sh:not ex:S%u", target);
        (void)snprintf(broken, sizeof broken, "sh:not 5|sh:nott ex:S%u", target);
        part(generator, good, broken);
    } else if (kind < 9) {
        list_part(generator, lists[kind - 6], target, other);
    } else if (generator->is_property[shape] && !*has_qualified) {
        *has_qualified = true;
        qualified_parts(generator, target);
    }
}

static void
shape(Generator *generator, unsigned index)
{
    static const char *const paths[] = {"ex:p", "ex:q", "ex:r", "( ex:p ex:q )",
                                        "[ sh:inversePath ex:p ]"};
    static const char *const broken_paths[] = {"sh:path \"p\"", "sh:path ex:p , ex:q",
                                               "sh:path ( ex:p )", "sh:path [ ex:inverse ex:p ]",
                                               "sh:pth ex:p"};
    bool has_qualified = false;
    unsigned count = 1 + pick(generator, 4);
    uint32_t used = 0;

    both(generator, "ex:S%u ex:is ex:shape ; sh:order 1", index);
    if (generator->is_property[index]) {
        unsigned path = pick(generator, 5);

        only(&generator->whole, " ; sh:path %s", paths[path]);
        if (breaks(generator)) {
            only(&generator->broken, " ; %s", broken_paths[pick(generator, 5)]);
        } else {
            only(&generator->broken, " ; sh:path %s", paths[path]);
        }
    }
    if (pick(generator, 2) == 0) {
        part(generator, pick(generator, 2) == 0 ? "sh:targetNode ex:a" : "sh:targetNode ex:b , 1",
             "sh:targetNode []|sh:targetClass 5");
    }
    for (unsigned i = 0; i < count; i++) {
        plain_part(generator, index, &used);
        reference_part(generator, index, &has_qualified);
    }
    both(generator, " .\n");
}

/* Two property shapes that are siblings, of which one knows the other. */
static void
siblings(Generator *generator)
{
    unsigned first = pick_shape(generator, 0, false);
    unsigned second = pick_shape(generator, 0, false);
    char good[100];
    char broken[300];

    if (first == SHAPES || second == SHAPES) {
        return;
    }
    both(generator, "ex:P sh:targetNode ex:a , ex:b ; sh:property ex:Q");
    part(generator, "sh:property ex:R", "sh:property 5|sh:property ex:Nowhere|sh:propety ex:R");
    both(generator, " .\nex:Q sh:path ex:p");
    qualified_parts(generator, first);
    both(generator, " .\nex:R sh:path ex:p ; sh:qualifiedMinCount 1");
    (void)snprintf(good, sizeof good, "sh:qualifiedValueShape ex:S%u", second);
    (void)snprintf(broken, sizeof broken,
                   "sh:qualifiedValueShape ex:S%u , ex:All|sh:qualifiedValueShap ex:S%u", second,
                   second);
    part(generator, good, broken);
    both(generator, " .\n");
}

static void
shapes(Generator *generator)
{
    generator->whole.length = 0;
    generator->broken.length = 0;
    generator->broken_count = 0;
    /* Cycles through two negations begin with the shape that the text names first. */
    for (unsigned i = 0; i < SHAPES; i++) {
        both(generator, "ex:Order ex:names ex:S%u .\n", i);
        generator->is_property[i] = pick(generator, 2) == 0;
    }
    for (unsigned i = 0; i < SHAPES; i++) {
        shape(generator, i);
    }
    siblings(generator);
    both(generator,
         "ex:C a sh:ConstraintComponent ; sh:parameter [ sh:path ex:longer ; sh:datatype "
         "xsd:integer ] , [ sh:path ex:other ; sh:optional true ] ; sh:validator ex:V .\n"
         "ex:V a sh:SPARQLAskValidator ; sh:ask 'ASK { FILTER (STRLEN(STR($value)) > "
         "$longer) }' .\n");
    both(generator, "ex:All sh:targetNode ex:a , ex:b , ex:c , 1 ; sh:node ex:S%u .",
         generator->is_property[SHAPES - 1] ? 99 : SHAPES - 1);
}

static void
data(Generator *generator, Text *text)
{
    static const char *const nodes[] = {"ex:a", "ex:b", "ex:c", "ex:d", "_:e"};
    static const char *const predicates[] = {"ex:p", "ex:q", "ex:r"};
    static const char *const values[] = {"1", "2", "\"x\"", "\"a\"@en", "\"b\"@en"};
    unsigned count = pick(generator, 16);

    text->length = 0;
    only(text, " ");
    for (unsigned i = 0; i < count; i++) {
        const char *subject = nodes[pick(generator, 5)];

        if (pick(generator, 5) == 0) {
            only(text, "%s a ex:C .\n", subject);
        } else {
            only(text, "%s %s %s .\n", subject, predicates[pick(generator, 3)],
                 pick(generator, 2) ? nodes[pick(generator, 5)] : values[pick(generator, 5)]);
        }
    }
}

/* The next line of a report without its severity, which may be what is left out. NULL: no more. */
static const char *
next_line(const char *report, char *line, size_t size)
{
    const char *end = report + strcspn(report, "\n");
    int fields = 0;
    size_t length = 0;

    if (*report == '\0') {
        return NULL;
    }
    for (const char *c = report; c < end && length + 1 < size; c++) {
        fields += *c == '|';
        if (fields != 4) {
            line[length++] = *c;
        }
    }
    line[length] = '\0';
    return *end == '\n' ? end + 1 : end;
}

static bool
has_line(const char *report, const char *wanted)
{
    char line[1000];

    while ((report = next_line(report, line, sizeof line)) != NULL) {
        if (strcmp(line, wanted) == 0) {
            return true;
        }
    }
    return false;
}

/* Whether each result of the one is a result of the other. */
static bool
is_part_of(const char *report, const char *of)
{
    char line[1000];

    if (strcmp(report, "conforms") == 0) {
        return true;
    }
    while ((report = next_line(report, line, sizeof line)) != NULL) {
        if (!has_line(of, line)) {
            return false;
        }
    }
    return true;
}

typedef struct Tally {
    unsigned compared;
    unsigned refused;  /* by the rest too */
    unsigned accepted; /* by the rest, where the whole text refuses */
} Tally;

static bool
compare(Generator *generator, Tally *tally)
{
    static char whole[REPORT_SIZE];
    static char rest[REPORT_SIZE];
    static Text graph;

    shapes(generator);
    data(generator, &graph);
    (void)snprintf(whole, sizeof whole, "%s", rp_test_report(generator->whole.data, graph.data));
    if (strncmp(whole, "error", 5) == 0) {
        return true; /* refers to itself through a negation */
    }
    (void)snprintf(rest, sizeof rest, "%s",
                   rp_test_report_leaving_out(generator->broken.data, graph.data));
    tally->compared++;
    tally->refused += strcmp(rest, "conforms") != 0;
    tally->accepted += strcmp(rest, "conforms") == 0 && strcmp(whole, "conforms") != 0;
    if (generator->broken_count == 0 ? strcmp(whole, rest) == 0 : is_part_of(rest, whole)) {
        return true;
    }
    printf("    of %s\n    the whole gives:\n%s\n    the rest:\n%s\n", graph.data, whole, rest);
    return false;
}

RP_TEST(left_out_never_refuses_more)
{
    Generator *generator = calloc(1, sizeof *generator);
    Tally tally = {0, 0, 0};
    bool is_good = true;

    if (generator == NULL) {
        abort();
    }
    generator->random = 0x5851f42d4c957f2d;
    for (unsigned round = 0; round < ROUNDS && is_good; round++) {
        generator->breakage = 3 + pick(generator, 30);
        is_good = CHECK(compare(generator, &tally));
        if (!is_good) {
            printf("    round %u:\n%s\n    broken:\n%s\n", round, generator->whole.data,
                   generator->broken.data);
        }
    }
    /* The test says something: all of this happens often. */
    CHECK(tally.compared > ROUNDS / 2);
    CHECK(tally.refused > ROUNDS / 4);
    CHECK(tally.accepted > ROUNDS / 100);
    free(generator);
}
