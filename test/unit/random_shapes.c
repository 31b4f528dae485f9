/* See random_shapes.h. */
#include "random_shapes.h"

#include <stdio.h>

enum {
    NODES = 5,
    PREDICATES = 4,
    CLASSES = 4,
    SHAPES = 4,
    PROPERTY_SHAPES = 2,
    LITERALS = 6,
    DEPTH = 3
};

/* A text of those that stand between two bars, in which % is a number below a limit. */
static void
append_one_of(RpRandom *random, RpBuffer *text, const char *const *choices, uint32_t count,
              uint32_t limit)
{
    for (const char *c = choices[rp_random_below(random, count)]; *c; c++) {
        if (*c == '%') {
            rp_buffer_append_format(text, "%u", (unsigned)rp_random_below(random, limit));
        } else {
            rp_buffer_append_byte(text, *c);
        }
    }
}

#define ONE_OF(random, text, limit, ...)                                \
    append_one_of((random), (text), (const char *const[]){__VA_ARGS__}, \
                  sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *), limit)

static void
append_predicate(RpRandom *random, RpBuffer *text)
{
    if (rp_random_below(random, 12) == 0) {
        rp_buffer_append_string(text, "rdf:type");
    } else {
        ONE_OF(random, text, PREDICATES, "ex:p%");
    }
}

static void
append_path(RpRandom *random, RpBuffer *text, uint32_t depth)
{
    static const char *const forms[][3] = {
        {"[ sh:inversePath ", " ]", NULL},
        {"[ sh:zeroOrMorePath ", " ]", NULL},
        {"[ sh:oneOrMorePath ", " ]", NULL},
        {"[ sh:zeroOrOnePath ", " ]", NULL},
        {"( ", " ", " )"},
        {"[ sh:alternativePath ( ", " ", " ) ]"},
        {"[ sh:inversePath ( ", " ", " ) ]"},
    };
    const char *const *form = forms[rp_random_below(random, 7)];

    if (depth == 0 || rp_random_below(random, 3) == 0) {
        append_predicate(random, text);
        return;
    }
    rp_buffer_append_string(text, form[0]);
    append_path(random, text, depth - 1);
    rp_buffer_append_string(text, form[1]);
    if (form[2]) {
        append_path(random, text, depth - 1);
        rp_buffer_append_string(text, form[2]);
    }
}

static void append_constraint(RpRandom *random, RpBuffer *text, uint32_t depth, bool is_property);

#define P "<http://ex/p%>"

/* A constraint by a query: most are anchored, one is not. */
static void
append_query(RpRandom *random, RpBuffer *text, bool is_property)
{
    if (rp_random_below(random, 4) == 0) {
        ONE_OF(random, text, PREDICATES, "ex:ask ex:p%", "ex:ask ex:p% ; ex:other ex:n%");
        return;
    }
    rp_buffer_append_string(text, "sh:sparql [ sh:select \"SELECT $this ");
    if (is_property && rp_random_below(random, 3) == 0) {
        ONE_OF(random, text, PREDICATES,
               "?value { $this $PATH ?value FILTER NOT EXISTS { ?value " P " ?x } }",
               "{ $this $PATH ?x , ?y FILTER(?x < ?y) }",
               "(COUNT(?x) AS ?value) { $this $PATH ?x } GROUP BY $this HAVING(COUNT(?x) > 1)");
    } else {
        ONE_OF(random, text, PREDICATES,
               "?value { $this " P " ?value FILTER NOT EXISTS { ?value " P " ?x } }",
               "{ $this " P "/" P " ?x . ?x a <http://ex/C%> }",
               "{ FILTER NOT EXISTS { $this " P "+ ?x . ?x " P " <http://ex/n%> } }",
               "?value { $this " P " ?y OPTIONAL { ?y " P " ?value } FILTER(!BOUND(?value)) }",
               "(COUNT(?x) AS ?value) { $this " P " ?x } GROUP BY $this HAVING(COUNT(?x) > 1)",
               "?value { { $this " P " ?value } UNION { ?value " P " $this } }",
               "?value { ?value " P "* $this . ?value " P " ?x }",
               "?value { $this ?p ?value FILTER(isLiteral(?value)) }",
               "{ ?x ?p $this . ?x " P " <http://ex/n%> }",
               "?value { $this " P " ?x { SELECT $this ?x (MAX(?y) AS ?value) { ?x " P
               " ?y } GROUP BY $this ?x } }",
               "{ $this " P " ?x . ?y " P " ?x FILTER(?y != $this) }",
               "?value { $this " P " ?x BIND(?x AS ?value) FILTER EXISTS { ?x " P " ?value } }",
               "?value { $this a/<http://www.w3.org/2000/01/rdf-schema#subClassOf>* ?value }",
               "{ <http://ex/n%> " P " ?x . ?x " P " ?y FILTER(?y != $this) }",
               "{ ?x " P " ?y FILTER NOT EXISTS { ?y " P " ?x } }");
    }
    rp_buffer_append_string(text, "\" ]");
}

/* The components that are asked of value nodes. */
static void
append_components(RpRandom *random, RpBuffer *text)
{
    rp_buffer_append_string(text,
                            "ex:Ask a sh:ConstraintComponent ; sh:parameter [ sh:path ex:ask ] , "
                            "[ sh:path ex:other ; sh:optional true ] ; sh:validator "
                            "[ a sh:SPARQLAskValidator ; sh:ask \"");
    ONE_OF(random, text, PREDICATES, "ASK { $value $ask ?x }",
           "ASK { FILTER NOT EXISTS { $value $ask ?x . ?x " P " $this } }",
           "ASK { FILTER NOT EXISTS { $value $ask $other } }",
           "ASK { OPTIONAL { ?x $ask $value } FILTER(!BOUND(?x) || ?x != $this) }");
    rp_buffer_append_string(text, "\" ] .\n");
}

/* A shape of its own, or a named one. */
static void
append_shape(RpRandom *random, RpBuffer *text, uint32_t depth, bool may_be_property)
{
    bool is_property = may_be_property && rp_random_below(random, 2) == 0;

    if (rp_random_below(random, 5) == 0) {
        if (may_be_property && rp_random_below(random, 3) == 0) {
            ONE_OF(random, text, PROPERTY_SHAPES, "ex:Q%");
        } else {
            ONE_OF(random, text, SHAPES, "ex:S%");
        }
        return;
    }
    rp_buffer_append_string(text, "[ ");
    if (is_property) {
        rp_buffer_append_string(text, "sh:path ");
        append_path(random, text, 2);
        rp_buffer_append_string(text, " ; ");
    }
    append_constraint(random, text, depth - 1, is_property);
    rp_buffer_append_string(text, " ]");
}

static void
append_list(RpRandom *random, RpBuffer *text, const char *parameter, uint32_t depth)
{
    rp_buffer_append_string(text, parameter);
    rp_buffer_append_string(text, " ( ");
    append_shape(random, text, depth, true);
    rp_buffer_append_byte(text, ' ');
    append_shape(random, text, depth, true);
    rp_buffer_append_string(text, " )");
}

/* A property shape of its own, or a named one, which others have too. */
static void
append_property(RpRandom *random, RpBuffer *text, uint32_t depth)
{
    if (rp_random_below(random, 3) == 0) {
        ONE_OF(random, text, PROPERTY_SHAPES, "sh:property ex:Q%");
        return;
    }
    rp_buffer_append_string(text, "sh:property [ sh:path ");
    append_path(random, text, 2);
    rp_buffer_append_string(text, " ; ");
    append_constraint(random, text, depth - 1, true);
    rp_buffer_append_string(text, " ]");
}

static void
append_qualified(RpRandom *random, RpBuffer *text, uint32_t depth)
{
    ONE_OF(random, text, 3, "sh:qualifiedMinCount %", "sh:qualifiedMaxCount %");
    rp_buffer_append_string(text, " ; sh:qualifiedValueShape ");
    append_shape(random, text, depth, true);
}

/* Two property shapes whose qualified value shapes are disjoint. */
static void
append_siblings(RpRandom *random, RpBuffer *text, uint32_t depth)
{
    for (uint32_t i = 0; i < 2; i++) {
        rp_buffer_append_string(text,
                                i == 0 ? "sh:property [ sh:path " : " ; sh:property [ sh:path ");
        append_path(random, text, 1);
        rp_buffer_append_string(text, " ; sh:qualifiedValueShapesDisjoint true ; ");
        append_qualified(random, text, depth);
        rp_buffer_append_string(text, " ]");
    }
}

/* Constraints that refer to shapes. */
static void
append_nested(RpRandom *random, RpBuffer *text, uint32_t depth, bool is_property)
{
    switch (rp_random_below(random, is_property ? 8 : 7)) {
    case 0:
        rp_buffer_append_string(text, "sh:node ");
        append_shape(random, text, depth, false);
        break;
    case 1:
        rp_buffer_append_string(text, "sh:not ");
        append_shape(random, text, depth, true);
        break;
    case 2:
        append_list(random, text, "sh:and", depth);
        break;
    case 3:
        append_list(random, text, "sh:or", depth);
        break;
    case 4:
        append_list(random, text, "sh:xone", depth);
        break;
    case 5:
        append_siblings(random, text, depth);
        break;
    case 6:
        append_property(random, text, depth);
        break;
    default:
        append_qualified(random, text, depth);
        break;
    }
}

static void
append_constraint(RpRandom *random, RpBuffer *text, uint32_t depth, bool is_property)
{
    if (rp_random_below(random, 10) == 0) {
        append_query(random, text, is_property);
    } else if (depth > 0 && rp_random_below(random, 2) == 0) {
        append_nested(random, text, depth, is_property);
    } else if (is_property && rp_random_below(random, 2) == 0) {
        ONE_OF(random, text, PREDICATES, "sh:minCount 1", "sh:minCount 2", "sh:maxCount 0",
               "sh:maxCount 1", "sh:lessThan ex:p%", "sh:lessThanOrEquals ex:p%",
               "sh:uniqueLang true", "sh:equals ex:p%", "sh:disjoint ex:p%");
    } else {
        ONE_OF(random, text, PREDICATES, "sh:class ex:C%", "sh:class ex:C%", "sh:class ex:C%",
               "sh:equals ex:p%", "sh:disjoint ex:p%", "sh:closed true",
               "sh:closed true ; sh:ignoredProperties ( rdf:type ex:p% )",
               "sh:closed true ; sh:property [ sh:path ex:p% ]", "sh:datatype xsd:integer",
               "sh:nodeKind sh:IRI", "sh:nodeKind sh:BlankNodeOrIRI", "sh:hasValue ex:n%",
               "sh:hasValue %", "sh:in ( ex:n0 ex:n1 1 ex:n% )", "sh:minLength 2",
               "sh:maxLength 11", "sh:pattern '[a%]'", "sh:minInclusive 1", "sh:maxExclusive 2",
               "sh:minExclusive 0", "sh:maxInclusive 1", "sh:languageIn ( 'en' )");
    }
}

static void
append_target(RpRandom *random, RpBuffer *text)
{
    if (rp_random_below(random, 8) == 0) {
        rp_buffer_append_string(text,
                                "sh:target [ a sh:SPARQLTarget ; sh:select \"SELECT ?this { ");
        ONE_OF(random, text, PREDICATES, "?this " P " ?x",
               "?this " P " ?x FILTER NOT EXISTS { ?x " P " ?y }",
               "?x " P "+ ?this . ?x a <http://ex/C%>",
               "{ ?this " P " ?x } UNION { ?this a <http://ex/C%> }",
               "?this a <http://ex/C%> OPTIONAL { ?this " P " ?x } FILTER(!BOUND(?x))",
               "{ SELECT ?this (COUNT(?x) AS ?n) { ?this " P
               " ?x } GROUP BY ?this } FILTER(?n > 1)",
               "?this ?p ?x FILTER(isLiteral(?x))", "BIND(<http://ex/n%> AS ?this)",
               "<http://ex/n%> " P " ?x . ?this " P " ?x", "VALUES ?this { <http://ex/n%> 1 }",
               "?x " P " ?y FILTER NOT EXISTS { ?y " P " ?x } BIND(?x AS ?this)");
        rp_buffer_append_string(text, " }\" ] ; ");
        return;
    }
    ONE_OF(random, text, NODES - 1, "sh:targetClass ex:C%", "sh:targetClass ex:C%",
           "sh:targetNode ex:n%", "sh:targetNode ex:n%", "sh:targetSubjectsOf ex:p%",
           "sh:targetObjectsOf ex:p%", "sh:targetNode 1");
    rp_buffer_append_string(text, " ; ");
}

void
rp_random_shapes(RpRandom *random, RpBuffer *text)
{
    uint32_t count = 1 + rp_random_below(random, SHAPES);

    for (uint32_t i = 0; i < count; i++) {
        bool is_property = rp_random_below(random, 3) == 0;

        rp_buffer_append_format(text, "ex:S%u a %s ; ", (unsigned)i,
                                is_property ? "sh:PropertyShape" : "sh:NodeShape");
        for (uint32_t targets = rp_random_below(random, 4); targets > 0; targets /= 2) {
            append_target(random, text);
        }
        if (is_property) {
            rp_buffer_append_string(text, "sh:path ");
            append_path(random, text, DEPTH);
            rp_buffer_append_string(text, " ; ");
        }
        if (rp_random_below(random, 20) == 0) {
            rp_buffer_append_string(text, "sh:deactivated true ; ");
        }
        append_constraint(random, text, DEPTH, is_property);
        rp_buffer_append_string(text, " .\n");
    }
    for (uint32_t i = 0; i < PROPERTY_SHAPES; i++) {
        rp_buffer_append_format(text, "ex:Q%u sh:path ", (unsigned)i);
        append_path(random, text, 1);
        rp_buffer_append_string(text, " ; ");
        append_constraint(random, text, DEPTH, true);
        rp_buffer_append_string(text, " .\n");
    }
    append_components(random, text);
    if (rp_random_below(random, 3) == 0) {
        ONE_OF(random, text, CLASSES, "ex:C% rdfs:subClassOf ex:C% .\n",
               "ex:C% rdfs:subClassOf [ a ex:C% ] . ex:S0 sh:severity sh:Warning .\n",
               "ex:C% rdfs:subClassOf ex:C% . ex:C% rdfs:subClassOf ex:C% .\n");
    }
}

static RpTermId
iri(RpTestStored *stored, const char *kind, uint32_t number)
{
    char text[64];
    RpTerm term;

    (void)snprintf(text, sizeof(text), "http://ex/%s%u", kind, (unsigned)number);
    term = rp_term_iri(rp_text_from(text));
    return rp_test_stored_term(stored, &term);
}

static RpTermId
literal(RpTestStored *stored, uint32_t number)
{
    static const char *const texts[LITERALS][3] = {
        {"1", RP_XSD "integer", ""},      {"2", RP_XSD "integer", ""},
        {"0", RP_XSD "integer", ""},      {"abc", RP_XSD "string", ""},
        {"a", RP_RDF "langString", "en"}, {"b", RP_RDF "langString", "en"}};
    const char *const *text = texts[number];
    RpTerm term = text[2][0] != '\0'
                      ? rp_term_lang_literal(rp_text_from(text[0]), rp_text_from(text[2]))
                      : rp_term_literal(rp_text_from(text[0]), rp_text_from(text[1]));

    return rp_test_stored_term(stored, &term);
}

static RpTermId
node(RpRandom *random, RpTestStored *stored)
{
    uint32_t number = rp_random_below(random, NODES + 1);
    RpTerm blank = rp_term_blank(RP_TEXT("b0"));

    return number < NODES ? iri(stored, "n", number) : rp_test_stored_term(stored, &blank);
}

RpTriple
rp_random_triple(RpRandom *random, RpTestStored *stored)
{
    uint32_t kind = rp_random_below(random, 20);
    RpTriple triple = {.subject = node(random, stored)};

    if (kind < 4) {
        triple.predicate = RP_VOCABULARY_rdf_type;
        triple.object = iri(stored, "C", rp_random_below(random, CLASSES));
    } else if (kind < 6) {
        triple.subject = iri(stored, "C", rp_random_below(random, CLASSES));
        triple.predicate = RP_VOCABULARY_rdfs_subClassOf;
        triple.object = iri(stored, "C", rp_random_below(random, CLASSES));
    } else {
        triple.predicate = iri(stored, "p", rp_random_below(random, PREDICATES));
        triple.object = rp_random_below(random, 3) == 0
                            ? literal(stored, rp_random_below(random, LITERALS))
                            : node(random, stored);
    }
    return triple;
}
