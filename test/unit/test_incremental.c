/*
 * Judging changes: which focus nodes they matter to, and what they make violate. Expected: by hand,
 * from the SHACL Recommendation; and each time the same as validating the whole before and after.
 */
#include <stdio.h>

#include "host.h"
#include "stored.h"

#define PERSON "ex:P sh:targetClass ex:Person ; sh:property "

/* One judgement: what was found, of how many focus nodes, in how many layers and reads. */
typedef struct Case {
    RpTestStored stored;
    RpTestLines before;
    RpTestLines after;
    RpTestLines judged;
    RpTestChanges changes;
    uint32_t new_count; /* results that validating the whole did not find before */
    bool is_good;
} Case;

static bool
change_all(Case *c, const char *turtle, bool is_removal)
{
    static RpTestTriples triples;

    if (!CHECK_STATUS(rp_test_stored_read(&c->stored, turtle, &triples), RP_OK)) {
        return false;
    }
    for (uint32_t i = 0; i < triples.count; i++) {
        rp_test_stored_change(&c->stored, triples.triples[i], is_removal, &c->changes);
    }
    return true;
}

/* Each new result is found by judging the changes, and nothing that is not there. */
static void
compare(Case *c)
{
    for (uint32_t i = 0; i < c->after.count; i++) {
        RpTestLines line = {.lines = &c->after.lines[i], .count = 1};

        if (rp_test_lines_beyond(&line, &c->before)) {
            c->new_count++;
            c->is_good = CHECK(rp_test_lines_beyond(&line, &c->judged) == NULL) && c->is_good;
        }
    }
    c->is_good = CHECK(rp_test_lines_beyond(&c->judged, &c->after) == NULL) &&
                 CHECK_INT(c->stored.repeated_read_count, 0) && c->is_good;
}

/* Judge what is removed from a graph, and what is added to it. To be ended. */
static void
begin(Case *c, const char *shapes, const char *graph, const char *removed, const char *added)
{
    *c = (Case){0};
    if (!CHECK_STATUS(rp_test_stored_begin(&c->stored, shapes), RP_OK)) {
        (void)printf("%s\n", c->stored.run.error.message);
        return;
    }
    c->is_good = change_all(c, graph, false);
    c->changes.count = 0;
    rp_test_stored_validate(&c->stored, &c->before);
    c->is_good = change_all(c, removed, true) && change_all(c, added, false) && c->is_good;
    rp_test_stored_validate(&c->stored, &c->after);
    rp_test_stored_judge(&c->stored, &c->changes, &c->judged);
    c->is_good = CHECK_STATUS(c->before.status, RP_OK) && CHECK_STATUS(c->after.status, RP_OK) &&
                 CHECK_STATUS(c->judged.status, RP_OK) && c->is_good;
    compare(c);
}

static void
end(Case *c)
{
    rp_test_lines_end(&c->before);
    rp_test_lines_end(&c->after);
    rp_test_lines_end(&c->judged);
    rp_test_stored_end(&c->stored);
}

/* Results that judging the changes gives, how many of them are new, and focus nodes evaluated. */
static void
check_judged(const char *shapes, const char *graph, const char *removed, const char *added,
             const uint32_t expected[3], const char *file, int line)
{
    Case c;

    begin(&c, shapes, graph, removed, added);
    rp_check_int(c.judged.count, expected[0], "results", file, line);
    rp_check_int(c.new_count, expected[1], "new results", file, line);
    rp_check_int((long long)c.stored.outcome.focus_count, expected[2], "focus nodes", file, line);
    rp_check_true(c.is_good, "judged as the whole", file, line);
    end(&c);
}

#define CHECK_JUDGED(shapes, graph, removed, added, results, new_results, focus_nodes) \
    check_judged((shapes), (graph), (removed), (added),                                \
                 (const uint32_t[]){(results), (new_results), (focus_nodes)}, __FILE__, __LINE__)

RP_TEST(incremental_touches_nothing)
{
    static const char shapes[] = PERSON "[ sh:path ex:name ; sh:minCount 1 ] .";
    static const char graph[] = "ex:ann a ex:Person ; ex:name 'Ann' . ex:bob a ex:Person .";
    Case c;

    CHECK_JUDGED(shapes, graph, "", "", 0, 0, 0);
    begin(&c, shapes, graph, "ex:ann ex:age 3 .", "ex:ann ex:shoeSize 38 .");
    CHECK_INT(c.stored.outcome.layer_count, 0);
    end(&c);
    /* More names never violate a minimum, and fewer types never do. */
    begin(&c, shapes, graph, "ex:bob a ex:Person .", "ex:ann ex:name 'Anna' .");
    CHECK_INT(c.stored.outcome.layer_count, 0);
    end(&c);
}

RP_TEST(incremental_added_targets)
{
    Case c;

    CHECK_JUDGED(PERSON "[ sh:path ex:name ; sh:minCount 1 ] .", "ex:bob a ex:Person .", "",
                 "ex:ann a ex:Person .", 1, 1, 1);
    CHECK_JUDGED(PERSON "[ sh:path ex:name ; sh:minCount 1 ] .", "ex:bob a ex:Person .", "",
                 "ex:ann a ex:Person ; ex:name 'Ann' .", 0, 0, 1);
    CHECK_JUDGED("ex:S sh:targetSubjectsOf ex:knows ; sh:nodeKind sh:BlankNode .", "", "",
                 "ex:ann ex:knows ex:bob .", 1, 1, 1);
    CHECK_JUDGED("ex:S sh:targetObjectsOf ex:knows ; sh:nodeKind sh:BlankNode .", "", "",
                 "ex:ann ex:knows ex:bob .", 1, 1, 1);
    CHECK_JUDGED("ex:S sh:targetObjectsOf ex:age ; sh:minInclusive 3 .", "ex:ann ex:age 4 .", "",
                 "ex:bob ex:age 1 , 5 .", 1, 1, 2);
    CHECK_JUDGED("ex:S sh:targetNode ex:ann ; sh:property [ sh:path ex:name ; sh:minCount 1 ] .",
                 "ex:ann ex:name 'Ann' .", "ex:ann ex:name 'Ann' .", "", 1, 1, 1);
    /* Of a subject's objects only the one that was added is new. */
    CHECK_JUDGED("ex:S sh:targetObjectsOf ex:age ; sh:minInclusive 3 .", "ex:bob ex:age 2 .", "",
                 "ex:bob ex:age 1 .", 1, 1, 1);
    /* Whether it is an object is asked of the subject: the object may be that of millions. */
    begin(&c, "ex:S sh:targetObjectsOf ex:country ; sh:nodeKind sh:BlankNode .",
          "ex:a ex:country ex:de . ex:b ex:country ex:de .", "", "ex:c ex:country ex:de .");
    CHECK_INT(c.judged.count, 1);
    CHECK_INT(c.stored.outcome.triple_count, 1);
    end(&c);
    /* A deactivated shape has no focus nodes, and one without a target only what leads to it. */
    CHECK_JUDGED("ex:S sh:targetClass ex:C ; sh:deactivated true ; sh:nodeKind sh:BlankNode . "
                 "ex:T sh:nodeKind sh:BlankNode .",
                 "", "", "ex:ann a ex:C .", 0, 0, 0);
}

RP_TEST(incremental_targets_by_subclass)
{
    static const char shapes[] = PERSON "[ sh:path ex:name ; sh:minCount 1 ] .";

    /* Over two edges of the data; over one of the shapes text. */
    CHECK_JUDGED(shapes, "ex:Boss rdfs:subClassOf ex:Staff . ex:Staff rdfs:subClassOf ex:Person .",
                 "", "ex:ann a ex:Boss .", 1, 1, 1);
    CHECK_JUDGED(PERSON "[ sh:path ex:name ; sh:minCount 1 ] . ex:Boss rdfs:subClassOf ex:Staff .",
                 "ex:Staff rdfs:subClassOf ex:Person .", "", "ex:ann a ex:Boss .", 1, 1, 1);
    /* An added edge makes all below it focus nodes; a removed one none. */
    CHECK_JUDGED(shapes,
                 "ex:Boss rdfs:subClassOf ex:Staff . ex:ann a ex:Boss . ex:bob a ex:Staff . "
                 "ex:cid a ex:Cat .",
                 "", "ex:Staff rdfs:subClassOf ex:Person .", 2, 2, 2);
    CHECK_JUDGED(shapes, "ex:Boss rdfs:subClassOf ex:Person . ex:ann a ex:Boss .",
                 "ex:Boss rdfs:subClassOf ex:Person .", "", 0, 0, 0);
    /* An edge whose classes nobody asks for costs no walk to their members. */
    CHECK_JUDGED(shapes, "ex:ann a ex:Cat .", "", "ex:Cat rdfs:subClassOf ex:Animal .", 0, 0, 0);
    /* The type and the edge come together; so do two edges. */
    CHECK_JUDGED(shapes, "", "", "ex:ann a ex:Boss . ex:Boss rdfs:subClassOf ex:Person .", 1, 1, 1);
    CHECK_JUDGED(shapes, "ex:ann a ex:Boss .", "",
                 "ex:Boss rdfs:subClassOf ex:Staff . ex:Staff rdfs:subClassOf ex:Person .", 1, 1,
                 1);
    /* A cycle of classes ends. */
    CHECK_JUDGED(shapes, "ex:A rdfs:subClassOf ex:B . ex:B rdfs:subClassOf ex:A .", "",
                 "ex:B rdfs:subClassOf ex:Person . ex:ann a ex:A .", 1, 1, 1);
}

RP_TEST(incremental_class_reads)
{
    static const char shapes[] = PERSON "[ sh:path ex:worksFor ; sh:class ex:Org ] .";
    static const char graph[] =
        "ex:ann a ex:Person ; ex:worksFor ex:acme . ex:bob a ex:Person ; ex:worksFor ex:bcme . "
        "ex:acme a ex:Org . ex:bcme a ex:Firm . ex:Firm rdfs:subClassOf ex:Org .";

    CHECK_JUDGED(shapes, graph, "ex:acme a ex:Org .", "", 1, 1, 1);
    CHECK_JUDGED(shapes, graph, "ex:bcme a ex:Firm .", "", 1, 1, 1);
    CHECK_JUDGED(shapes, graph, "ex:Firm rdfs:subClassOf ex:Org .", "", 1, 1, 1);
    /* What was an instance by both is known as one by neither. */
    CHECK_JUDGED(shapes, graph, "ex:bcme a ex:Firm . ex:Firm rdfs:subClassOf ex:Org .", "", 1, 1,
                 1);
    /* The edge that is removed stands below another that is. */
    CHECK_JUDGED(shapes,
                 "ex:ann a ex:Person ; ex:worksFor ex:acme . ex:acme a ex:A . "
                 "ex:A rdfs:subClassOf ex:B . ex:B rdfs:subClassOf ex:Org .",
                 "ex:A rdfs:subClassOf ex:B . ex:B rdfs:subClassOf ex:Org .", "", 1, 1, 1);
    /* A type more, or one of another class, violates nothing; moving to another class may. */
    CHECK_JUDGED(shapes, graph, "", "ex:acme a ex:Cat .", 0, 0, 0);
    CHECK_JUDGED(shapes, graph, "ex:acme a ex:Cat .", "", 0, 0, 0);
    CHECK_JUDGED(shapes, graph, "ex:acme a ex:Org .", "ex:acme a ex:Firm .", 0, 0, 1);
    /* A new reference, of what is an instance and of what is none. */
    CHECK_JUDGED(shapes, graph, "", "ex:ann ex:worksFor ex:bcme .", 0, 0, 1);
    CHECK_JUDGED(shapes, graph, "", "ex:ann ex:worksFor ex:cat .", 1, 1, 1);
}

RP_TEST(incremental_signs)
{
    static const char count[] = PERSON "[ sh:path ex:name ; sh:minCount 1 ; sh:maxCount 1 ] .";
    static const char not [] =
        "ex:P sh:targetClass ex:Person ; sh:not [ sh:path ex:name ; sh:minCount 1 ] .";
    static const char not_not[] = "ex:P sh:targetClass ex:Person ; "
                                  "sh:not [ sh:not [ sh:path ex:name ; sh:minCount 1 ] ] .";
    static const char not_class[] = PERSON "[ sh:path ex:knows ; sh:not [ sh:class ex:Cat ] ] .";
    static const char xone[] = "ex:P sh:targetClass ex:Person ; "
                               "sh:xone ( [ sh:path ex:name ; sh:minCount 1 ] "
                               "[ sh:path ex:label ; sh:minCount 1 ] ) .";
    static const char named[] = "ex:ann a ex:Person ; ex:name 'Ann' .";
    static const char nameless[] = "ex:ann a ex:Person .";

    CHECK_JUDGED(count, named, "", "ex:ann ex:name 'Anna' .", 1, 1, 1);
    CHECK_JUDGED(count, named, "ex:ann ex:name 'Ann' .", "", 1, 1, 1);
    CHECK_JUDGED(not, nameless, "", "ex:ann ex:name 'Ann' .", 1, 1, 1);
    CHECK_JUDGED(not, named, "ex:ann ex:name 'Ann' .", "", 0, 0, 0);
    CHECK_JUDGED(not_not, named, "ex:ann ex:name 'Ann' .", "", 1, 1, 1);
    CHECK_JUDGED(not_not, nameless, "", "ex:ann ex:name 'Ann' .", 0, 0, 0);
    CHECK_JUDGED(not_class, "ex:ann a ex:Person ; ex:knows ex:cid .", "", "ex:cid a ex:Cat .", 1, 1,
                 1);
    CHECK_JUDGED(not_class, "ex:ann a ex:Person ; ex:knows ex:cid . ex:cid a ex:Tom .", "",
                 "ex:Tom rdfs:subClassOf ex:Cat .", 1, 1, 1);
    CHECK_JUDGED(not_class, "ex:ann a ex:Person ; ex:knows ex:cid . ex:cid a ex:Cat .",
                 "ex:cid a ex:Cat .", "", 0, 0, 0);
    CHECK_JUDGED(xone, named, "ex:ann ex:name 'Ann' .", "", 1, 1, 1);
    CHECK_JUDGED(xone, named, "", "ex:ann ex:label 'Ann' .", 1, 1, 1);
}

RP_TEST(incremental_qualified)
{
    static const char least[] = PERSON "[ sh:path ex:part ; sh:qualifiedMinCount 1 ; "
                                       "sh:qualifiedValueShape [ sh:class ex:Hand ] ] .";
    static const char most[] = PERSON "[ sh:path ex:part ; sh:qualifiedMaxCount 0 ; "
                                      "sh:qualifiedValueShape [ sh:class ex:Hand ] ] .";
    static const char disjoint[] =
        "ex:P sh:targetClass ex:Person ; sh:property [ sh:path ex:part ; sh:qualifiedMinCount 1 ; "
        "sh:qualifiedValueShape [ sh:class ex:Hand ] ; sh:qualifiedValueShapesDisjoint true ] , "
        "[ sh:path ex:none ; sh:qualifiedMinCount 0 ; sh:qualifiedValueShape [ sh:class ex:Foot ] "
        "] .";
    static const char graph[] = "ex:ann a ex:Person ; ex:part ex:a . ex:a a ex:Hand .";

    CHECK_JUDGED(least, graph, "ex:a a ex:Hand .", "", 1, 1, 1);
    CHECK_JUDGED(least, graph, "ex:ann ex:part ex:a .", "", 1, 1, 1);
    CHECK_JUDGED(least, graph, "", "ex:ann ex:part ex:b . ex:b a ex:Hand .", 0, 0, 0);
    CHECK_JUDGED(most, "ex:ann a ex:Person ; ex:part ex:a .", "", "ex:a a ex:Hand .", 1, 1, 1);
    CHECK_JUDGED(most, graph, "ex:a a ex:Hand .", "", 0, 0, 0);
    /* It becomes an instance of the sibling's class too, and counts no more. */
    CHECK_JUDGED(disjoint, graph, "", "ex:a a ex:Foot .", 1, 1, 1);
}

RP_TEST(incremental_pairs_of_predicates)
{
    static const char equals[] = PERSON "[ sh:path ex:name ; sh:equals ex:label ] .";
    static const char disjoint[] = PERSON "[ sh:path ex:name ; sh:disjoint ex:label ] .";
    static const char less[] = PERSON "[ sh:path ex:from ; sh:lessThan ex:to ] .";
    static const char same[] = "ex:ann a ex:Person ; ex:name 'Ann' ; ex:label 'Ann' .";
    static const char other[] = "ex:ann a ex:Person ; ex:name 'Ann' ; ex:label 'Anna' .";
    static const char within[] =
        "ex:P sh:targetClass ex:Person ; sh:property [ sh:path ( ex:knows [ sh:inversePath "
        "ex:likes ] ) ; sh:node [ sh:property [ sh:path ex:name ; sh:equals ex:label ] ] ] .";

    CHECK_JUDGED(equals, same, "ex:ann ex:name 'Ann' .", "", 1, 1, 1);
    CHECK_JUDGED(equals, same, "ex:ann ex:label 'Ann' .", "", 1, 1, 1);
    CHECK_JUDGED(equals, same, "", "ex:ann ex:label 'Anna' .", 1, 1, 1);
    CHECK_JUDGED(equals, same, "", "ex:ann ex:name 'Anna' .", 1, 1, 1);
    CHECK_JUDGED(disjoint, other, "", "ex:ann ex:label 'Ann' .", 1, 1, 1);
    CHECK_JUDGED(disjoint, same, "ex:ann ex:label 'Ann' .", "", 0, 0, 0);
    CHECK_JUDGED(less, "ex:ann a ex:Person ; ex:from 1 .", "", "ex:ann ex:to 1 .", 1, 1, 1);
    CHECK_JUDGED(less, "ex:ann a ex:Person ; ex:from 1 ; ex:to 1 .", "ex:ann ex:to 1 .", "", 0, 0,
                 0);
    /* The other predicate is read of the focus node of the inner shape. */
    CHECK_JUDGED(within, "ex:ann a ex:Person ; ex:knows ex:tea . ex:bob ex:likes ex:tea .", "",
                 "ex:bob ex:label 'Bob' .", 1, 1, 1);
    /* By a node shape the focus node itself is the value. */
    CHECK_JUDGED("ex:P sh:targetClass ex:Person ; sh:equals ex:self .",
                 "ex:ann a ex:Person ; ex:self ex:ann .", "ex:ann ex:self ex:ann .", "", 1, 1, 1);
}

RP_TEST(incremental_paths)
{
    static const char inverse[] = PERSON
        "[ sh:path [ sh:inversePath ( ex:p ex:q ) ] ; sh:nodeKind sh:IRI ; sh:maxCount 0 ] .";
    static const char repeated[] =
        PERSON "[ sh:path [ sh:zeroOrMorePath ex:next ] ; sh:class ex:Person ] .";
    static const char once[] =
        PERSON "[ sh:path [ sh:oneOrMorePath [ sh:alternativePath ( ex:p [ sh:inversePath ex:q ] ) "
               "] ] ; sh:maxCount 2 ] .";
    static const char maybe[] =
        PERSON "[ sh:path ( [ sh:zeroOrOnePath ex:p ] ex:q ) ; sh:maxCount 0 ] .";

    /* ann is reached by q from what p leads to: both steps, and not p after q. */
    CHECK_JUDGED(inverse, "ex:ann a ex:Person . ex:m ex:q ex:ann .", "", "ex:x ex:p ex:m .", 1, 1,
                 1);
    CHECK_JUDGED(inverse, "ex:ann a ex:Person . ex:x ex:p ex:m .", "", "ex:m ex:q ex:ann .", 1, 1,
                 1);
    CHECK_JUDGED(inverse, "ex:ann a ex:Person . ex:m ex:p ex:ann .", "", "ex:x ex:q ex:m .", 0, 0,
                 0);
    CHECK_JUDGED(repeated,
                 "ex:a a ex:Person ; ex:next ex:b . ex:b a ex:Person ; ex:next ex:c . "
                 "ex:c a ex:Person ; ex:next ex:a .",
                 "", "ex:c ex:next ex:d .", 3, 3, 3);
    CHECK_JUDGED(repeated,
                 "ex:a a ex:Person ; ex:next ex:b . ex:b a ex:Person ; ex:next ex:c . "
                 "ex:c a ex:Person .",
                 "ex:c a ex:Person .", "", 2, 2, 2);
    CHECK_JUDGED(once, "ex:a a ex:Person ; ex:p ex:b . ex:c ex:q ex:b .", "", "ex:c ex:p ex:d .", 1,
                 1, 1);
    CHECK_JUDGED(maybe, "ex:a a ex:Person ; ex:p ex:b .", "", "ex:b ex:q ex:c .", 1, 1, 1);
    CHECK_JUDGED(maybe, "ex:a a ex:Person ; ex:p ex:b .", "", "ex:a ex:q ex:c .", 1, 1, 1);
}

RP_TEST(incremental_closed)
{
    static const char shapes[] =
        "ex:P sh:targetClass ex:Person ; sh:closed true ; sh:ignoredProperties ( rdf:type ) ; "
        "sh:property [ sh:path ex:name ] .";
    static const char values[] =
        PERSON "[ sh:path ex:knows ; sh:node [ sh:closed true ; "
               "sh:property [ sh:path ex:name ] ; sh:ignoredProperties ( rdf:type ) ] ] .";
    static const char graph[] = "ex:ann a ex:Person ; ex:knows ex:bob .";
    Case c;

    CHECK_JUDGED(shapes, "ex:ann a ex:Person .", "", "ex:ann ex:anything 1 .", 1, 1, 1);
    CHECK_JUDGED(shapes, "ex:ann a ex:Person .", "", "ex:ann ex:name 'Ann' .", 0, 0, 0);
    CHECK_JUDGED(shapes, "ex:ann a ex:Person ; ex:anything 1 .", "ex:ann ex:anything 1 .", "", 0, 0,
                 0);
    CHECK_JUDGED(values, graph, "", "ex:bob ex:anything 1 .", 1, 1, 1);
    /* All of a node is one read, which answers those of its predicates. */
    begin(&c, shapes, "", "", "ex:ann a ex:Person ; ex:name 'Ann' ; ex:anything 1 .");
    CHECK_INT(c.judged.count, 1);
    CHECK_INT(c.stored.outcome.read_count, 3); /* its types, the classes above, all of it */
    end(&c);
    /* Of these the answers are those of the predicate: likes is no type. */
    CHECK_JUDGED("ex:P sh:targetNode ex:ann ; sh:closed true ; sh:class ex:Person ; "
                 "sh:ignoredProperties ( rdf:type ex:likes ) .",
                 "ex:ann a ex:Boss , ex:Person ; ex:likes ex:Person . "
                 "ex:Boss rdfs:subClassOf ex:Person .",
                 "ex:ann a ex:Person .", "", 0, 0, 1);
}

/* What is evaluated: no more of a focus node than may have changed, and nothing twice. */
RP_TEST(incremental_units)
{
    static const char shapes[] =
        PERSON "[ sh:path ex:name ; sh:maxCount 1 ] , [ sh:path ex:age ; sh:maxCount 1 ] , "
               "[ sh:path ex:address ; sh:property [ sh:path ex:zip ; sh:maxLength 2 ] ] .";
    static const char graph[] = "ex:ann a ex:Person ; ex:name 'Ann' , 'Anna' ; ex:age 3 ; "
                                "ex:address ex:a . ex:a ex:zip 1 .";
    static const char recursive[] = "ex:P sh:targetNode ex:a ; sh:property ex:Q . "
                                    "ex:Q sh:path ex:next ; sh:maxCount 1 ; sh:property ex:Q .";
    Case c;

    /* The two names are old; only the age is looked at. */
    CHECK_JUDGED(shapes, graph, "", "ex:ann ex:age 4 .", 1, 1, 1);
    begin(&c, shapes, graph, "", "ex:ann ex:age 4 .");
    CHECK_INT(c.stored.outcome.read_count, 2); /* her types, her ages */
    end(&c);
    CHECK_JUDGED(shapes, graph, "", "ex:a ex:zip 123 .", 1, 1, 1);
    CHECK_JUDGED(shapes, graph, "", "ex:ann ex:address ex:b . ex:b ex:zip 123 .", 1, 1, 1);
    /* The zip code of an address that is nobody's. */
    CHECK_JUDGED(shapes, graph, "", "ex:b ex:zip 123 .", 0, 0, 0);
    /* A new focus node as a whole, with what changed of it, once. */
    CHECK_JUDGED(shapes, "ex:ann ex:name 'Ann' .", "", "ex:ann a ex:Person ; ex:name 'Anna' .", 1,
                 1, 1);
    CHECK_JUDGED(shapes, "ex:ann ex:name 'Ann' , 'Anna' .", "", "ex:ann a ex:Person .", 1, 1, 1);
    /* Two that are above each other: one is evaluated, and with it the other. */
    CHECK_JUDGED(recursive, "ex:a ex:next ex:b . ex:b ex:next ex:a .", "",
                 "ex:a ex:next ex:c . ex:b ex:next ex:d .", 2, 2, 1);
    /* By sh:node as well as for itself: both the unit and what it decides about. */
    CHECK_JUDGED("ex:P sh:targetClass ex:Person ; sh:property ex:N . ex:N sh:path ex:name ; "
                 "sh:maxCount 1 . ex:Q sh:targetNode ex:q ; sh:property [ sh:path ex:knows ; "
                 "sh:node ex:P ] .",
                 "ex:q ex:knows ex:ann . ex:ann a ex:Person ; ex:name 'Ann' .", "",
                 "ex:ann ex:name 'Anna' .", 2, 2, 2);
}

RP_TEST(incremental_superset_of_changes)
{
    static const char shapes[] = PERSON "[ sh:path ex:name ; sh:minCount 1 ; sh:maxCount 1 ] .";
    static const char named[] = "ex:ann a ex:Person ; ex:name 'Ann' .";

    /* Removed and added again, and the other way round, where it was there and where not. */
    CHECK_JUDGED(shapes, named, "ex:ann ex:name 'Ann' .", "ex:ann ex:name 'Ann' .", 0, 0, 1);
    CHECK_JUDGED(shapes, "ex:ann a ex:Person .", "ex:ann ex:name 'Ann' .", "ex:ann ex:name 'Ann' .",
                 0, 0, 1);
    CHECK_JUDGED(shapes, named, "ex:ann ex:name 'Ann' .", "ex:ann ex:name 'Ann' , 'Anna' .", 1, 1,
                 1);
    /* What another row holds too: it is said to be added, and was there. */
    CHECK_JUDGED(PERSON "[ sh:path ( ex:knows ex:name ) ; sh:maxCount 1 ] .",
                 "ex:ann a ex:Person ; ex:knows ex:bob . ex:bob ex:name 'Bob' .", "",
                 "ex:ann ex:knows ex:bob . ex:bob ex:name 'Bobby' .", 1, 1, 1);
    /* What is said to be added and is not there is no target. */
    CHECK_JUDGED(shapes, "", "", "", 0, 0, 0);
}

/* A batch that claims more than happened: changes that the graph does not show. */
RP_TEST(incremental_changes_that_were_undone)
{
    RpTestTriples triples;
    RpTestChanges changes = {0};
    RpTestStored stored;
    RpTestLines lines;

    CHECK_STATUS(rp_test_stored_begin(&stored, PERSON "[ sh:path ex:name ; sh:minCount 1 ] . "
                                                      "ex:S sh:targetSubjectsOf ex:p ; "
                                                      "sh:targetObjectsOf ex:p ; "
                                                      "sh:nodeKind sh:BlankNode ."),
                 RP_OK);
    CHECK_STATUS(
        rp_test_stored_read(&stored, "ex:ann a ex:Person ; ex:p 1 ; ex:name 'Ann' .", &triples),
        RP_OK);
    for (uint32_t i = 0; i < triples.count; i++) {
        changes.changes[changes.count++] = (RpChange){triples.triples[i], false};
        changes.changes[changes.count++] = (RpChange){triples.triples[i], true};
    }
    rp_test_stored_judge(&stored, &changes, &lines);
    CHECK_STATUS(lines.status, RP_OK);
    CHECK_INT(lines.count, 0);
    CHECK_INT(stored.outcome.focus_count, 0);
    rp_test_lines_end(&lines);
    rp_test_stored_end(&stored);
}

RP_TEST(incremental_recursion)
{
    static const char shapes[] =
        "ex:P sh:targetNode ex:a ; sh:property [ sh:path ex:knows ; sh:node ex:P ] , "
        "[ sh:path ex:name ; sh:minCount 1 ] .";
    static const char graph[] =
        "ex:a ex:name 'a' ; ex:knows ex:b . ex:b ex:name 'b' ; ex:knows ex:c . ex:c ex:name 'c' ; "
        "ex:knows ex:a .";

    CHECK_JUDGED(shapes, graph, "ex:c ex:name 'c' .", "", 1, 1, 1);
    CHECK_JUDGED(shapes, graph, "", "ex:c ex:knows ex:d .", 1, 1, 1);
    /* Nobody whose name is asked for knows c any more. */
    CHECK_JUDGED(shapes, graph, "ex:a ex:knows ex:b . ex:c ex:name 'c' .", "", 0, 0, 0);
}

RP_TEST(incremental_blank_nodes)
{
    /* A blank node of the shapes text is none of the graph's, whatever its label. */
    static const char shapes[] = "ex:P sh:targetClass ex:Person ; sh:nodeKind sh:IRI . "
                                 "ex:Boss rdfs:subClassOf _:c . _:c rdfs:subClassOf ex:Person .";

    CHECK_JUDGED(shapes, "", "", "_:n a _:c .", 0, 0, 0);
    CHECK_JUDGED(shapes, "", "", "_:x a ex:Boss .", 1, 1, 1);
}

/* Each layer is one call; a longer path has as many more. */
RP_TEST(incremental_layers)
{
    Case c;

    begin(&c,
          PERSON "[ sh:path ex:worksFor ; sh:class ex:Org ; sh:maxCount 1 ] , "
                 "[ sh:path ex:name ; sh:minCount 1 ] .",
          "ex:acme a ex:Org .", "", "ex:ann a ex:Person ; ex:worksFor ex:acme ; ex:name 'Ann' .");
    CHECK_INT(c.judged.count, 0);
    /* Its types and the classes above; its values; their types. */
    CHECK_INT(c.stored.outcome.layer_count, 3);
    CHECK_INT(c.stored.outcome.read_count, 5);
    CHECK_INT(c.stored.outcome.triple_count, 4);
    /* What nobody asked for in the layer that it came in is not kept. */
    c.stored.gives_all = true;
    rp_test_lines_end(&c.judged);
    rp_test_stored_judge(&c.stored, &c.changes, &c.judged);
    CHECK_INT(c.judged.count, 0);
    CHECK_INT(c.stored.outcome.triple_count, 4);
    end(&c);
}

RP_TEST(incremental_limits)
{
    static const char shapes[] = PERSON "[ sh:path ex:worksFor ; sh:class ex:Org ] .";
    RpTestLines lines;
    Case c;

    begin(&c, shapes, "ex:ann a ex:Person ; ex:worksFor ex:acme .", "",
          "ex:bob a ex:Person ; ex:worksFor ex:acme .");
    CHECK_INT(c.judged.count, 1);
    CHECK(!c.stored.outcome.is_beyond);
    for (uint32_t i = 0; i < 3; i++) {
        RpJudgeOutcome outcome = c.stored.outcome;
        uint64_t needed[] = {1, outcome.triple_count, outcome.read_count};

        /* Just enough, but for pairs, whose number is nobody's business; then one too few. */
        for (uint32_t less = 0; less < 2; less++) {
            c.stored.limits = (RpJudgeLimits){UINT64_MAX, UINT64_MAX, UINT64_MAX};
            *(i == 0   ? &c.stored.limits.pairs
              : i == 1 ? &c.stored.limits.triples
                       : &c.stored.limits.reads) = i == 0 ? 1 - less : needed[i] - less;
            rp_test_stored_judge(&c.stored, &c.changes, &lines);
            CHECK_STATUS(lines.status, RP_OK);
            CHECK_INT(c.stored.outcome.is_beyond, i == 0 || less == 1);
            rp_test_lines_end(&lines);
        }
        c.stored.outcome = outcome;
    }
    end(&c);
}

/* Wherever memory ends, or the host wants to stop, that is said, and it is no verdict. */
RP_TEST(incremental_failures)
{
    static const char shapes[] =
        PERSON "[ sh:path [ sh:zeroOrMorePath ex:next ] ; sh:class ex:Person ] .";
    RpTestLines lines;
    Case c;

    begin(&c, shapes, "ex:a a ex:Person ; ex:next ex:b . ex:b a ex:Staff .", "",
          "ex:c a ex:Person ; ex:next ex:a . ex:Staff rdfs:subClassOf ex:Person .");
    CHECK_INT(c.judged.count, 0);
    for (long i = 1;; i++) {
        rp_test_fail_allocation_after = i;
        rp_test_stored_judge(&c.stored, &c.changes, &lines);
        rp_test_fail_allocation_after = -1;
        rp_test_lines_end(&lines);
        if (lines.status == RP_OK || !CHECK_STATUS(lines.status, RP_OUT_OF_MEMORY)) {
            break;
        }
    }
    end(&c);
}

/* A chain long enough to be asked along the way whether to stop: then there is no verdict. */
RP_TEST(incremental_interrupted)
{
    char chain[8192];
    size_t length = 0;
    long stops = 0;
    RpTestLines lines;
    Case c;

    for (uint32_t i = 0; i < 200; i++) {
        length += (size_t)snprintf(chain + length, sizeof(chain) - length,
                                   "ex:n%u ex:next ex:n%u . ", (unsigned)i, (unsigned)i + 1);
    }
    begin(&c,
          "ex:S sh:targetNode ex:n0 ; sh:property [ sh:path [ sh:zeroOrMorePath ex:next ] ; "
          "sh:class ex:C ; sh:nodeKind sh:IRI ; sh:severity sh:Warning ] .",
          chain, "ex:n200 a ex:C .", "ex:n200 ex:next ex:end .");
    CHECK_INT(c.judged.count, 202);
    /* With little memory it is beyond the limits, not an error. */
    c.stored.memory = 32 << 10;
    rp_test_stored_judge(&c.stored, &c.changes, &lines);
    CHECK_STATUS(lines.status, RP_OK);
    CHECK(c.stored.outcome.is_beyond);
    rp_test_lines_end(&lines);
    c.stored.memory = 256 << 20;
    for (;; stops++) {
        rp_test_stop_after = stops;
        rp_test_stored_judge(&c.stored, &c.changes, &lines);
        rp_test_stop_after = -1;
        rp_test_lines_end(&lines);
        if (lines.status == RP_OK || !CHECK_STATUS(lines.status, RP_INTERRUPTED)) {
            break;
        }
    }
    CHECK(stops > 3);
    end(&c);
}
