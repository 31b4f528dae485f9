/*
 * Reading shapes graphs. Expected values: SHACL Recommendation, sections 1.1, 2.1 to 2.3, 3.1 and 4
 * (syntax rules), and the errors that shape_reader.h promises.
 */
#include <stdio.h>

#include "base/buffer.h"
#include "host.h"
#include "shacl/component.h"
#include "shapes_of.h"

static const RpComponent *
component_of(const RpConstraint *constraint)
{
    return &rp_component_table[constraint->component];
}

RP_TEST(shapes_person_needs_name)
{
    RpTestShapes test;
    const RpShape *person, *property;

    CHECK_STATUS(rp_test_shapes_of(&test,
                                   "ex:S a sh:NodeShape ; sh:targetClass ex:Person ;\n"
                                   "  sh:property [ sh:path ex:name ; sh:minCount 1 ] .",
                                   false),
                 RP_OK);
    if (CHECK_INT(test.shapes.shape_count, 2)) {
        person = &test.shapes.shapes[0];
        property = &test.shapes.shapes[1];
        CHECK_INT(person->node, rp_test_shapes_ex(&test, "S"));
        CHECK(person->path == NULL);
        CHECK_INT(person->severity, RP_VOCABULARY_sh_Violation);
        CHECK_INT(person->target_count, 1);
        CHECK_INT(person->targets[0].kind, RP_TARGET_CLASS);
        CHECK_INT(person->targets[0].term, rp_test_shapes_ex(&test, "Person"));
        CHECK_INT(person->constraint_count, 1);
        CHECK_INT(component_of(&person->constraints[0])->parameter, RP_VOCABULARY_sh_property);
        CHECK_INT(person->constraints[0].operands[0].shape, 1);
        CHECK_INT(property->path->kind, RP_PATH_PREDICATE);
        CHECK_INT(property->path->predicate, rp_test_shapes_ex(&test, "name"));
        CHECK_INT(property->constraint_count, 1);
        CHECK_INT(property->constraints[0].operands[0].integer, 1);
    }
    rp_test_shapes_end(&test);
}

/* "A shape is an IRI or blank node that fulfills at least one of the following conditions" */
RP_TEST(shapes_by_four_conditions)
{
    RpTestShapes test;

    CHECK_STATUS(rp_test_shapes_of(&test,
                                   "ex:Typed a sh:NodeShape .\n"
                                   "ex:MyShape rdfs:subClassOf sh:NodeShape .\n"
                                   "ex:TypedBelow a ex:MyShape .\n"
                                   "ex:Target sh:targetNode ex:x .\n"
                                   "ex:Parameter sh:class ex:C ; sh:node ex:Value .\n"
                                   "ex:Value rdfs:label \"value\" .\n"
                                   "ex:List sh:or ( ex:Member ex:Value ) .\n"
                                   "ex:Member rdfs:label \"member\" .\n"
                                   "ex:None rdfs:label \"no shape\" ; sh:name \"n\" .\n"
                                   "ex:Path sh:path ex:p .",
                                   false),
                 RP_OK);
    CHECK_INT(test.shapes.shape_count, 7);
    CHECK(rp_test_shape_named(&test, "Typed") != NULL);
    CHECK(rp_test_shape_named(&test, "TypedBelow") != NULL);
    CHECK(rp_test_shape_named(&test, "Target") != NULL);
    CHECK(rp_test_shape_named(&test, "Parameter") != NULL);
    CHECK(rp_test_shape_named(&test, "Value") != NULL);
    CHECK(rp_test_shape_named(&test, "List") != NULL);
    CHECK(rp_test_shape_named(&test, "Member") != NULL);
    rp_test_shapes_end(&test);
}

RP_TEST(shapes_targets)
{
    RpTestShapes test;
    const RpShape *shape;

    CHECK_STATUS(rp_test_shapes_of(&test,
                                   "ex:S sh:targetNode ex:n , \"text\" , 5 ;\n"
                                   "  sh:targetClass ex:C ;\n"
                                   "  sh:targetSubjectsOf ex:p ; sh:targetObjectsOf ex:q .",
                                   false),
                 RP_OK);
    shape = rp_test_shape_named(&test, "S");
    if (CHECK(shape != NULL) && CHECK_INT(shape->target_count, 6)) {
        CHECK_INT(shape->targets[0].kind, RP_TARGET_NODE);
        CHECK_INT(shape->targets[2].kind, RP_TARGET_NODE);
        CHECK_INT(shape->targets[3].kind, RP_TARGET_CLASS);
        CHECK_INT(shape->targets[4].kind, RP_TARGET_SUBJECTS_OF);
        CHECK_INT(shape->targets[4].term, rp_test_shapes_ex(&test, "p"));
        CHECK_INT(shape->targets[5].kind, RP_TARGET_OBJECTS_OF);
        CHECK_INT(shape->targets[5].term, rp_test_shapes_ex(&test, "q"));
    }
    rp_test_shapes_end(&test);
}

/* Section 2.1.3.3, with owl:Class counted as a class (a leniency of most engines). */
RP_TEST(shapes_implicit_class_targets)
{
    RpTestShapes test;

    CHECK_STATUS(rp_test_shapes_of(&test,
                                   "ex:A a sh:NodeShape , rdfs:Class .\n"
                                   "ex:B a sh:NodeShape , owl:Class ; sh:targetClass ex:B .\n"
                                   "ex:Meta rdfs:subClassOf ex:Meta2 .\n"
                                   "ex:Meta2 rdfs:subClassOf rdfs:Class .\n"
                                   "ex:C a sh:NodeShape , ex:Meta .\n"
                                   "ex:D a sh:PropertyShape , rdfs:Class ; sh:path ex:p .\n"
                                   "ex:E a rdfs:Class ; sh:nodeKind sh:IRI .\n"
                                   "ex:F a sh:NodeShape , ex:Other .",
                                   false),
                 RP_OK);
    CHECK_INT(rp_test_shape_named(&test, "A")->target_count, 1);
    CHECK_INT(rp_test_shape_named(&test, "A")->targets[0].term, rp_test_shapes_ex(&test, "A"));
    CHECK_INT(rp_test_shape_named(&test, "B")->target_count, 1);
    CHECK_INT(rp_test_shape_named(&test, "C")->target_count, 1);
    CHECK_INT(rp_test_shape_named(&test, "D")->target_count, 1);
    CHECK_INT(rp_test_shape_named(&test, "E")->target_count, 0);
    CHECK_INT(rp_test_shape_named(&test, "F")->target_count, 0);
    rp_test_shapes_end(&test);
}

RP_TEST(shapes_severity_message_deactivated)
{
    RpTestShapes test;
    const RpShape *shape;

    CHECK_STATUS(rp_test_shapes_of(&test,
                                   "ex:S a sh:NodeShape ; sh:severity ex:Odd ;\n"
                                   "  sh:message \"plain\" , \"deutsch\"@de ;\n"
                                   "  sh:deactivated true ; sh:name \"n\" ; sh:order 1 ;\n"
                                   "  sh:group ex:G ; sh:description \"d\" ; dash:editor ex:e .\n"
                                   "ex:T a sh:NodeShape ; sh:deactivated false .",
                                   false),
                 RP_OK);
    shape = rp_test_shape_named(&test, "S");
    CHECK_INT(shape->severity, rp_test_shapes_ex(&test, "Odd"));
    CHECK_INT(shape->message_count, 2);
    CHECK(shape->is_deactivated);
    CHECK_INT(shape->constraint_count, 0);
    CHECK(!rp_test_shape_named(&test, "T")->is_deactivated);
    rp_test_shapes_end(&test);
}

/* Each value of a parameter is one constraint; parameters that lack their partner are none. */
RP_TEST(shapes_constraints)
{
    RpTestShapes test;

    CHECK_STATUS(rp_test_shapes_of(&test,
                                   "ex:Two sh:class ex:A , ex:B .\n"
                                   "ex:Flags a sh:NodeShape ; sh:flags \"i\" .\n"
                                   "ex:Counts a sh:NodeShape ; sh:qualifiedMinCount 1 .\n"
                                   "ex:Ignored a sh:NodeShape ; sh:ignoredProperties ( ex:p ) .\n"
                                   "ex:In sh:in ( ex:b ex:a ex:b ) .",
                                   false),
                 RP_OK);
    CHECK_INT(rp_test_shape_named(&test, "Two")->constraint_count, 2);
    CHECK_INT(rp_test_shape_named(&test, "Flags")->constraint_count, 0);
    CHECK_INT(rp_test_shape_named(&test, "Counts")->constraint_count, 0);
    CHECK_INT(rp_test_shape_named(&test, "Ignored")->constraint_count, 0);
    if (CHECK_INT(rp_test_shape_named(&test, "In")->constraint_count, 1)) {
        const RpOperand *in = &rp_test_shape_named(&test, "In")->constraints[0].operands[0];

        if (CHECK_INT(in->term_count, 2)) {
            CHECK(in->terms[0] < in->terms[1]);
        }
    }
    rp_test_shapes_end(&test);
}

RP_TEST(shapes_order_is_that_of_nodes)
{
    RpTestShapes test;
    const RpShape *first;

    CHECK_STATUS(rp_test_shapes_of(&test,
                                   "ex:Value rdfs:label \"found late, named first\" .\n"
                                   "ex:S sh:node ex:Value .\n"
                                   "ex:T sh:not ex:S .",
                                   false),
                 RP_OK);
    if (CHECK_INT(test.shapes.shape_count, 3)) {
        first = test.shapes.shapes;
        CHECK_INT(first[0].node, rp_test_shapes_ex(&test, "Value"));
        CHECK_INT(first[1].node, rp_test_shapes_ex(&test, "S"));
        CHECK_INT(first[1].constraints[0].operands[0].shape, 0);
        CHECK_INT(first[2].constraints[0].operands[0].shape, 1);
    }
    rp_test_shapes_end(&test);
}

RP_TEST(shapes_label_and_subclasses)
{
    RpTestShapes test;
    RpTerm label;

    CHECK_STATUS(rp_test_shapes_of(&test,
                                   "ex:x owl:versionInfo \"no ontology\" .\n"
                                   "ex:O a owl:Ontology ; owl:versionInfo \"1.2\" .\n"
                                   "ex:A rdfs:subClassOf ex:B , \"odd\" .",
                                   false),
                 RP_OK);
    if (CHECK(test.shapes.label != RP_TERM_NONE)) {
        label = rp_dictionary_term(&test.graph.dictionary, test.shapes.label);
        CHECK_TEXT(label.lexical, "1.2");
    }
    if (CHECK_INT(test.shapes.subclass_count, 1)) {
        CHECK_INT(test.shapes.subclasses[0].subclass, rp_test_shapes_ex(&test, "A"));
        CHECK_INT(test.shapes.subclasses[0].superclass, rp_test_shapes_ex(&test, "B"));
    }
    rp_test_shapes_end(&test);
}

RP_TEST(shapes_error_says_what_and_where)
{
    RpTestShapes test;

    CHECK_STATUS(rp_test_shapes_of(&test,
                                   "ex:Other a sh:NodeShape .\n"
                                   "\n"
                                   "  ex:S sh:path ex:p ;\n"
                                   "    sh:minCount \"1\"^^xsd:int .",
                                   false),
                 RP_ILL_FORMED);
    CHECK_TEXT(rp_text_from(test.error.message),
               "shape <http://ex/S>: sh:minCount must be an xsd:integer");
    CHECK_TEXT(
        rp_text_from(test.error.detail),
        "The value is \"1\"^^<http://www.w3.org/2001/XMLSchema#int>, the path <http://ex/p>. "
        "Syntax rule: minCount-datatype.");
    CHECK_INT(test.error.line, 4);
    rp_test_shapes_end(&test);
}

RP_TEST(shapes_ill_formed_paths)
{
    CHECK_ILL_FORMED("ex:S sh:path ex:p , ex:q ; sh:minCount 1 .",
                     "shape <http://ex/S>: sh:path may have one value only, and has 2");
    CHECK_ILL_FORMED("ex:S a sh:NodeShape ; sh:path ex:p .", "sh:path is not allowed");
    CHECK_ILL_FORMED("ex:S a sh:PropertyShape .", "sh:path is missing");
    CHECK_ILL_FORMED("ex:S sh:path \"p\" ; sh:minCount 1 .",
                     "shape <http://ex/S>: sh:path must be an IRI or a blank node");
    CHECK_ILL_FORMED("ex:S sh:property ex:P . ex:P a sh:NodeShape .",
                     "shape <http://ex/S>: sh:property must be a property shape");
    CHECK_ILL_FORMED("ex:S sh:node ex:P . ex:P sh:path ex:p .", "shape <http://ex/S>: sh:node");
}

RP_TEST(shapes_ill_formed_targets)
{
    CHECK_ILL_FORMED("ex:S sh:targetClass \"C\" .", "sh:targetClass must be an IRI");
    CHECK_ILL_FORMED("ex:S sh:targetClass [] .", "sh:targetClass must be an IRI");
    CHECK_ILL_FORMED("ex:S sh:targetSubjectsOf 5 .", "sh:targetSubjectsOf must be an IRI");
    CHECK_ILL_FORMED("ex:S sh:targetObjectsOf _:b .", "sh:targetObjectsOf must be an IRI");
    CHECK_ILL_FORMED("ex:S sh:targetNode _:b .", "sh:targetNode must be an IRI or a literal");
    CHECK_ILL_FORMED("_:b a sh:NodeShape , rdfs:Class .", "must be an IRI, not a blank node");
}

RP_TEST(shapes_ill_formed_properties_of_shapes)
{
    CHECK_ILL_FORMED("ex:S a sh:NodeShape ; sh:severity \"high\" .", "sh:severity must be an IRI");
    CHECK_ILL_FORMED("ex:S a sh:NodeShape ; sh:severity sh:Info , sh:Warning .",
                     "sh:severity may have one value only, and has 2");
    CHECK_ILL_FORMED("ex:S a sh:NodeShape ; sh:message 5 .", "sh:message must be a string");
    CHECK_ILL_FORMED("ex:S a sh:NodeShape ; sh:message ex:m .", "sh:message must be a string");
    CHECK_ILL_FORMED("ex:S a sh:NodeShape ; sh:deactivated \"yes\" .",
                     "sh:deactivated must be true or false");
    CHECK_ILL_FORMED("ex:S a sh:NodeShape ; sh:deactivated true , false .",
                     "sh:deactivated may have one value only");
}

RP_TEST(shapes_ill_formed_parameters)
{
    CHECK_ILL_FORMED("ex:S sh:minCount 1 .",
                     "shape <http://ex/S>: sh:minCount is allowed on property shapes only");
    CHECK_ILL_FORMED("ex:S sh:uniqueLang false .", "sh:uniqueLang is allowed on property shapes");
    CHECK_ILL_FORMED("ex:S sh:lessThan ex:p .", "sh:lessThan is allowed on property shapes only");
    CHECK_ILL_FORMED("ex:S sh:qualifiedValueShape ex:T ; sh:qualifiedMinCount 1 .\n"
                     "ex:T a sh:NodeShape .",
                     "sh:qualifiedValueShape is allowed on property shapes only");
    CHECK_ILL_FORMED("ex:S sh:datatype xsd:int , xsd:string .",
                     "sh:datatype may have one value only, and has 2");
    CHECK_ILL_FORMED("ex:S sh:path ex:p ; sh:maxCount \"1\" .", "sh:maxCount must be");
    CHECK_ILL_FORMED("ex:S sh:in ex:noList .", "sh:in must be a well-formed list");
    CHECK_ILL_FORMED("ex:S sh:in _:a . _:a rdf:first 1 ; rdf:rest _:a .", "sh:in must be");
    CHECK_ILL_FORMED("ex:S sh:or ( ex:T 5 ) . ex:T a sh:NodeShape .",
                     "sh:or must be a shape, not a literal");
    CHECK_ILL_FORMED("ex:S sh:node \"T\" .", "sh:node must be a shape, not a literal");
    CHECK_ILL_FORMED("ex:S sh:property ex:Elsewhere .", "nothing in the text describes");
}

/* A count beyond 64 bits is a number all the same. */
RP_TEST(shapes_huge_integers)
{
    RpTestShapes test;

    CHECK_STATUS(
        rp_test_shapes_of(&test, "ex:S sh:path ex:p ; sh:maxCount 99999999999999999999 .", false),
        RP_OK);
    CHECK(test.shapes.shapes[0].constraints[0].operands[0].integer == INT64_MAX);
    rp_test_shapes_end(&test);
    CHECK_STATUS(
        rp_test_shapes_of(&test, "ex:S sh:path ex:p ; sh:maxCount -99999999999999999999 .", false),
        RP_OK);
    CHECK(test.shapes.shapes[0].constraints[0].operands[0].integer == -INT64_MAX);
    rp_test_shapes_end(&test);
    CHECK_ILL_FORMED("ex:S sh:path ex:p ; sh:maxCount \"\"^^xsd:integer .", "sh:maxCount");
    CHECK_ILL_FORMED("ex:S sh:path ex:p ; sh:maxCount \"+\"^^xsd:integer .", "sh:maxCount");
}

RP_TEST(shapes_unsupported)
{
    CHECK_UNSUPPORTED("ex:S a sh:NodeShape ; sh:sparql [ sh:resultAnnotation [] ] .",
                      "uses sh:resultAnnotation, which is not implemented");
    CHECK_UNSUPPORTED("ex:S a sh:NodeShape ; sh:values ex:r .", "sh:values");
    CHECK_UNSUPPORTED("ex:S a sh:NodeShape ; sh:target ex:t .", "sh:target");
    CHECK_UNSUPPORTED("ex:S a sh:NodeShape ; sh:js ex:t .", "sh:js");
    CHECK_UNSUPPORTED("ex:S a sh:NodeShape ; sh:expression ex:t .", "sh:expression");
    CHECK_UNSUPPORTED("ex:G sh:entailment ex:RDFS .", "<http://ex/G> uses sh:entailment");
    CHECK_UNSUPPORTED("ex:S a sh:NodeShape ; sh:sparql [ sh:update \"\" ] .", "uses sh:update");
    CHECK_UNSUPPORTED("ex:C a sh:ShapeClass .", "sh:ShapeClass");
    CHECK_UNSUPPORTED("ex:C a dash:ShapeClass .", "dash:ShapeClass");
    CHECK_UNSUPPORTED("ex:S sh:path ex:p ; sh:minCuont 1 ; sh:maxCount 1 .",
                      "sh:minCuont, which is not known or not implemented");
    CHECK_UNSUPPORTED("ex:S a sh:NodeShape ; dash:singleLine true .", "dash:singleLine");
    /* Functions and types of targets, though nobody calls them or has them. */
    CHECK_UNSUPPORTED("ex:f a sh:SPARQLFunction ; sh:returnType xsd:int ; sh:select \"\" .",
                      "<http://ex/f> uses sh:SPARQLFunction, which is not implemented");
    CHECK_UNSUPPORTED("ex:t a sh:SPARQLTargetType ; sh:select \"\" .", "sh:SPARQLTargetType");
    CHECK_UNSUPPORTED("ex:t a sh:TargetType .", "sh:TargetType");
    CHECK_UNSUPPORTED("ex:f a sh:JSFunction .", "sh:JSFunction");
    CHECK_UNSUPPORTED("ex:S a sh:Nodeshape ; sh:class ex:C .", "sh:Nodeshape");
}

/* What is not implemented and constrains nothing is no obstacle. */
RP_TEST(shapes_without_effect_are_no_obstacle)
{
    static const char *const texts[] = {
        "ex:S a sh:NodeShape ; dash:singleLine false .",
        "ex:S a sh:NodeShape ; sh:uniqueMembers \"0\"^^xsd:boolean .",
        "ex:S a sh:NodeShape ; sh:closed false ; sh:deactivated false ; dash:composite true .",
        "ex:S sh:path ex:p ; sh:uniqueLang false ; sh:qualifiedValueShapesDisjoint false .",
        "ex:S a sh:NodeShape ; sh:sparql [ a sh:SPARQLConstraint ; sh:select \"\" ; "
        "sh:deactivated true ] .",
        "ex:S a sh:NodeShape ; sh:deactivated true ; sh:js [] ; sh:minCuont 1 .",
        /* Parts of what no shape refers to. */
        "ex:f sh:returnType xsd:int ; sh:select \"\" ; "
        "sh:parameter [ a sh:Parameter ; sh:path ex:x ; sh:optional true ; sh:class ex:C ] .",
        "ex:Q a sh:SPARQLSelectExecutable ; sh:select \"\" .",
    };

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        RpTestShapes test;

        if (!CHECK_STATUS(rp_test_shapes_of(&test, texts[i], false), RP_OK)) {
            printf("    %s: %s\n", texts[i], test.error.message);
        }
        CHECK_INT(test.shapes.finding_count, 0);
        rp_test_shapes_end(&test);
    }
    CHECK_UNSUPPORTED("ex:S a sh:NodeShape ; dash:singleLine \"false\" .", "dash:singleLine");
    CHECK_ILL_FORMED("ex:S a sh:NodeShape ; sh:select \"\" .", "sh:select has no meaning here");
    CHECK_UNSUPPORTED("ex:S a sh:NodeShape ; sh:js [ sh:deactivated false ] .", "sh:js");
}

static bool
warns(const char *shapes, const char *code, const char *message)
{
    RpTestShapes test;
    bool is_found = false;

    CHECK_STATUS(rp_test_shapes_of(&test, shapes, false), RP_OK);
    if (CHECK_INT(test.shapes.finding_count, 1)) {
        is_found = test.shapes.findings[0].is_warning &&
                   strcmp(test.shapes.findings[0].error.rule, code) == 0 &&
                   strstr(test.shapes.findings[0].error.message, message) != NULL;
    }
    rp_test_shapes_end(&test);
    return is_found;
}

/* Rules derive, and Core validates. */
RP_TEST(shapes_with_rules)
{
    CHECK(warns("ex:S a sh:NodeShape ; sh:rule [ a sh:TripleRule ; sh:subject sh:this ; "
                "sh:predicate ex:p ; sh:object [ sh:path ex:q ; sh:nodes [ sh:union () ] ] ; "
                "sh:condition [ sh:property [ sh:path ex:p ; sh:minCount 1 ] ] ] .",
                "rules-not-run", "shape <http://ex/S>: its rules (sh:rule) are not run"));
    CHECK(warns("ex:S a sh:NodeShape ; sh:rule [ a sh:SPARQLRule ; sh:construct \"\" ] , "
                "[ a sh:SPARQLRule ; sh:deactivated true ] .",
                "rules-not-run", "not run"));
    CHECK_UNSUPPORTED("ex:S a sh:NodeShape ; sh:rule [] . ex:G sh:entailment sh:Rules .",
                      "<http://ex/G> uses sh:entailment");
}

/* Section 2: the value of a shape-expecting parameter is a shape, whatever is said of it. */
RP_TEST(shapes_that_nothing_describes)
{
    static const char *const references[] = {
        "sh:node ex:U",
        "sh:not ex:U",
        "sh:and ( ex:U )",
        "sh:or ( ex:U )",
        "sh:xone ( ex:U )",
        "sh:path ex:p ; sh:qualifiedValueShape ex:U ; sh:qualifiedMinCount 1",
        "sh:path ex:p ; sh:qualifiedValueShape ex:U"};

    for (size_t i = 0; i < sizeof references / sizeof *references; i++) {
        char text[200];

        (void)snprintf(text, sizeof text, "ex:S %s .", references[i]);
        if (!CHECK(warns(text, "dangling-reference",
                         "refers to <http://ex/U>, which nothing in the text describes"))) {
            printf("    %s\n", text);
        }
    }
    CHECK_ILL_FORMED("ex:S sh:property ex:U .", "nothing in the text describes");
}

/* Terms that are unknown, on nodes that are no shapes, are data that happens to be in the text. */
RP_TEST(shapes_unknown_terms_of_others)
{
    RpTestShapes test;

    CHECK_STATUS(rp_test_shapes_of(&test,
                                   "ex:x sh:nodeShape ex:y ; sh:shapesGraph ex:g .\n"
                                   "ex:S a sh:NodeShape ; ex:minCuont 1 .\n"
                                   "[] a sh:ValidationReport ; sh:conforms true .",
                                   false),
                 RP_OK);
    CHECK_INT(test.shapes.shape_count, 1);
    rp_test_shapes_end(&test);
}

/* The text of a chain of shapes, each referring to the next by sh:node. */
static const char *
chain(unsigned length)
{
    static char text[RP_TEST_DEPTH_LIMIT * 100];
    size_t used = 0;

    for (unsigned i = 1; i < length; i++) {
        used += (size_t)snprintf(text + used, sizeof text - used, "ex:S%u sh:node ex:S%u .\n", i,
                                 i + 1);
    }
    (void)snprintf(text + used, sizeof text - used, "ex:S%u a sh:NodeShape .\n", length);
    return text;
}

RP_TEST(shapes_depth)
{
    RpTestShapes test;

    CHECK_STATUS(rp_test_shapes_of(&test, chain(RP_TEST_DEPTH_LIMIT), false), RP_OK);
    rp_test_shapes_end(&test);
    CHECK_STATUS(rp_test_shapes_of(&test, chain(RP_TEST_DEPTH_LIMIT + 1), false), RP_TOO_DEEP);
    rp_test_shapes_end(&test);
}

RP_TEST(shapes_empty_text)
{
    RpTestShapes test;

    CHECK_STATUS(rp_test_shapes_of(&test, "", false), RP_OK);
    CHECK_INT(test.shapes.shape_count, 0);
    rp_test_shapes_end(&test);
}

static const char memory_text[] =
    "ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:message \"m\" ;\n"
    "  sh:property [ sh:path ( ex:p [ sh:inversePath ex:q ] ) ; sh:in ( 1 2 ) ] ;\n"
    "  sh:or ( [ sh:class ex:D ] [ sh:pattern \"a+b\" ] ) .\n"
    "ex:C rdfs:subClassOf ex:D .";

RP_TEST(shapes_out_of_memory)
{
    RpTestShapes test;
    RpStatus status = RP_OUT_OF_MEMORY;
    long allocations = 0;

    for (; status == RP_OUT_OF_MEMORY && allocations < 1000; allocations++) {
        rp_test_fail_allocation_after = allocations;
        status = rp_test_shapes_of(&test, memory_text, false);
        rp_test_fail_allocation_after = -1;
        rp_test_shapes_end(&test);
    }
    CHECK_STATUS(status, RP_OK);
    CHECK(allocations > 3);
}

RP_TEST(shapes_ceiling)
{
    RpTestShapes test;
    RpShapeReaderOptions options = {.depth_limit = RP_TEST_DEPTH_LIMIT};

    CHECK_STATUS(rp_test_shapes_graph(&test, memory_text), RP_OK);
    test.arena.limit_bytes = test.arena.used_bytes;
    while (rp_arena_allocate(&test.arena, 8) != NULL) {
    }
    CHECK_STATUS(rp_shapes_read(&test.graph, &options, &test.shapes, &test.error), RP_TOO_LARGE);
    rp_test_shapes_end(&test);
}
