-- SHACL-SPARQL: what solutions of a policy's queries become. Values, paths, messages, targets, components, limits.
\pset format unaligned
\pset tuples_only on
SELECT rdf_policy_apply('asked', $$
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix ex: <http://ex/> .
ex:prefixes sh:declare [ sh:prefix "ex" ; sh:namespace "http://ex/"^^xsd:anyURI ] .
ex:Person a sh:NodeShape ; sh:targetClass ex:Person ;
    sh:sparql ex:Elder, [
        sh:prefixes ex:prefixes ;
        sh:select "SELECT $this ?value (ex:knows AS ?path) ?message { $this ex:knows ?value . ?value ex:knows $this . BIND (CONCAT(STR(?value), ' knows back') AS ?message) }" ] .
ex:Elder sh:prefixes ex:prefixes ;
    sh:message "{$this} is {?years} years older than its parent {?parent}"@en, "{?nothing} {} {?years"@de ;
    sh:select """SELECT $this (?a - ?b AS ?years) ?parent {
        $this ex:parent ?parent ; ex:age ?a . ?parent ex:age ?b FILTER (?a > ?b) }""" .
ex:Name sh:targetSubjectsOf ex:name ; sh:path ex:name ; sh:severity sh:Warning ; sh:message "a name of {$this}: {?value}" ;
    sh:sparql [ sh:prefixes ex:prefixes ;
        sh:select "SELECT $this ?value { $this $PATH ?value FILTER (STRLEN(?value) < 3) }" ] ,
    [ sh:prefixes ex:prefixes ; sh:select "SELECT $this { $this $PATH ?a, ?b FILTER (STR(?a) < STR(?b)) }" ] .
$$);
\set document '\'@prefix ex: <http://ex/> .\nex:ann a ex:Person ; ex:age 30 ; ex:name "Al", "Bo" ;\n  ex:parent ex:eve ; ex:knows ex:eve .\nex:eve a ex:Person ; ex:age 20 ; ex:knows ex:ann, ex:eve .\nex:ida a ex:Person ; ex:parent ex:eve ; ex:age 20.0 .\''

-- Without ?value it is the focus node on a node shape, and none on a property shape. The rows have no languages.
SELECT focus_node, result_path, value, source_shape, violation_type, result_severity, result_message, place
FROM rdf_validation_report(:document, 'asked') ORDER BY source_shape, focus_node, result_message, value;

-- The graph has them, each message with its language, and the constraint.
SELECT rdf_validation_report_turtle($$@prefix ex: <http://ex/> .
ex:ann a ex:Person ; ex:age 30.5 ; ex:parent ex:eve . ex:eve ex:age 20 .$$, 'asked');
SELECT jsonb_pretty(rdf_validation_report_jsonb('<http://ex/a> <http://ex/name> "B" .', 'asked') -> 'errors');
SELECT shape, path, component, results, example FROM rdf_validation_summary(:document, 'asked') ORDER BY 1, 2, 4;
SELECT rdf_validate(:document, 'asked'), rdf_validate('<http://ex/a> a <http://ex/Person> .', 'asked');
SELECT rdf_policy_explain('asked');

-- A target that is a query, the shapes graph, and the shape of the moment; what a query makes may be a focus node too.
SELECT rdf_policy_apply('found', $$
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix ex: <http://ex/> .
ex: sh:declare [ sh:prefix "ex" ; sh:namespace "http://ex/"^^xsd:anyURI ] .
ex:Adult a sh:NodeShape ; ex:limit 18 ; sh:property [ sh:path ex:name ; sh:minCount 1 ] ;
    sh:target [ a sh:SPARQLTarget ; sh:prefixes ex: ; sh:select "SELECT ?this { ?this ex:age ?age FILTER (?age >= 18) }" ] ;
    sh:sparql [ sh:prefixes ex: ;
        sh:select "SELECT $this ?value { GRAPH $shapesGraph { $currentShape ex:limit ?limit } $this ex:age ?value FILTER (?value > 5 * ?limit) }" ] .
ex:Made a sh:NodeShape ; sh:nodeKind sh:Literal ;
    sh:target [ a sh:SPARQLTarget ; sh:prefixes ex: ; sh:select "SELECT (IRI(CONCAT(STR(?x), '-made')) AS ?this) { ?x ex:age 7 }" ] .
$$, require_focus => true);
SELECT focus_node, result_path, value, violation_type FROM rdf_validation_report($$@prefix ex: <http://ex/> .
ex:a ex:age 17 . ex:b ex:age 18 . ex:c ex:age 91 ; ex:name "C" . ex:d ex:age 7 .$$, 'found') ORDER BY 1, 2;
SELECT focus_node, result_message FROM rdf_validation_report('<http://ex/a> <http://ex/age> 17 .', 'found');

-- Components of the policy's own, by ASK and by SELECT, with optional parameters, on both kinds of shapes.
SELECT rdf_policy_apply('own', $$
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix ex: <http://ex/> .
ex: sh:declare [ sh:prefix "ex" ; sh:namespace "http://ex/"^^xsd:anyURI ] .
ex:StartsWith a sh:ConstraintComponent ;
    sh:parameter [ sh:path ex:start ; sh:datatype xsd:string ], [ sh:path ex:but ; sh:optional true ] ;
    sh:validator [ a sh:SPARQLAskValidator ; sh:prefixes ex: ; sh:message "{$value} does not start with {$start}" ;
        sh:ask "ASK { FILTER (STRSTARTS(STR($value), $start) || (BOUND($but) && $value = $but)) }" ] .
ex:Unique a sh:ConstraintComponent ; sh:message "{?other} has the same {$unique}" ;
    sh:parameter [ sh:path ex:unique ] ;
    sh:nodeValidator [ a sh:SPARQLSelectValidator ; sh:prefixes ex: ;
        sh:select "SELECT $this ?other { $this $unique ?v . ?other $unique ?v FILTER ($this != ?other) }" ] .
ex:Item a sh:NodeShape ; sh:targetClass ex:Item ; ex:start "http://ex/" ; ex:unique ex:code ;
    sh:property [ sh:path ex:code ; ex:start "A" ; ex:but "none" ] .
$$);
SELECT focus_node, result_path, value, source_constraint_component, result_message FROM rdf_validation_report($$
@prefix ex: <http://ex/> .
ex:a a ex:Item ; ex:code "A1", "B1" . ex:b a ex:Item ; ex:code "none" . ex:c a ex:Item ; ex:code "A1" . <urn:d> a ex:Item .$$, 'own')
ORDER BY 1, 2, 3, 5;
SELECT shape, component, results FROM rdf_validation_summary($$
@prefix ex: <http://ex/> . ex:a a ex:Item ; ex:code "A1" . <urn:c> a ex:Item ; ex:code "A1", "B" .$$, 'own') ORDER BY 1, 2;

-- Within other constraints: the verdict counts, also when it is turned round.
SELECT rdf_policy_apply('nested', $$
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix ex: <http://ex/> .
ex: sh:declare [ sh:prefix "ex" ; sh:namespace "http://ex/"^^xsd:anyURI ] .
ex:Even sh:sparql [ sh:prefixes ex: ; sh:message "odd" ; sh:select "SELECT $this { $this ex:n ?n FILTER (?n / 2 != FLOOR(?n / 2)) }" ] .
ex:All sh:targetClass ex:All ; sh:property [ sh:path ex:part ; sh:node ex:Even ] .
ex:None sh:targetClass ex:None ; sh:property [ sh:path ex:part ; sh:not ex:Even ] .
ex:Some sh:targetClass ex:Some ; sh:property [ sh:path ex:part ; sh:qualifiedValueShape ex:Even ; sh:qualifiedMinCount 1 ] .
$$);
SELECT focus_node, value, violation_type, detail -> 0 ->> 'message' AS detail FROM rdf_validation_report($$@prefix ex: <http://ex/> .
ex:1 ex:n 1 . ex:2 ex:n 2 . ex:3 ex:n 3 .
ex:all a ex:All ; ex:part ex:1, ex:2, ex:3 . ex:none a ex:None ; ex:part ex:1, ex:2 .
ex:some a ex:Some ; ex:part ex:1, ex:3 . ex:fine a ex:Some ; ex:part ex:1, ex:2 .$$, 'nested') ORDER BY 1, 2;

-- Used by a CHECK and by a trigger, and seen by all that a table knows.
CREATE TABLE asked (doc text CHECK (rdf_validate(doc, 'asked')));
INSERT INTO asked VALUES ('<http://ex/a> a <http://ex/Person> ; <http://ex/age> 3 .');
INSERT INTO asked VALUES (:document);
CREATE TABLE seen (doc text);
CREATE TRIGGER judge BEFORE INSERT ON seen FOR EACH ROW EXECUTE FUNCTION rdf_policy_check('doc', 'asked');
INSERT INTO seen VALUES (:document);

-- ?failure is an error and no verdict; so is what is over a limit. Both name the constraint.
SELECT rdf_policy_apply('failing', $$
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix ex: <http://ex/> .
ex: sh:declare [ sh:prefix "ex" ; sh:namespace "http://ex/"^^xsd:anyURI ] .
ex:S a sh:NodeShape ; sh:targetClass ex:T ; sh:sparql ex:Fails, ex:Joins .
ex:Fails sh:prefixes ex: ; sh:select "SELECT $this ?failure { $this ex:fails ?failure } ORDER BY ?failure" .
ex:Joins sh:prefixes ex: ; sh:select "SELECT $this { $this a ex:T . ?a ex:p ?b . ?c ex:p ?d . ?e ex:p ?f FILTER (?b + ?d + ?f = 0) }" .
$$);
SELECT rdf_validate('<http://ex/a> a <http://ex/T> ; <http://ex/fails> "true"^^<http://www.w3.org/2001/XMLSchema#boolean> .', 'failing');
SELECT rdf_validate('<http://ex/a> a <http://ex/T> ; <http://ex/fails> false .', 'failing');
-- Though a violation comes before it.
SELECT rdf_validate('<http://ex/a> a <http://ex/T> ; <http://ex/fails> false, true .', 'failing');
SET rdfpolicy.max_bindings = 5000;
SELECT rdf_validate('<http://ex/a> a <http://ex/T> ; <http://ex/p> ' || string_agg(i::text, ', ') || ' .', 'failing') FROM generate_series(1, 10) i;
SELECT rdf_validate('<http://ex/a> a <http://ex/T> ; <http://ex/p> ' || string_agg(i::text, ', ') || ' .', 'failing') FROM generate_series(1, 300) i;
RESET rdfpolicy.max_bindings;

-- Digests are the server's; NOW() is when the statement began, in UTC whatever TimeZone says.
SELECT rdf_policy_apply('host', $$
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix ex: <http://ex/> .
ex:S a sh:NodeShape ; sh:targetNode ex:a ; sh:sparql [ sh:select """SELECT $this ?value {
    { BIND (MD5("abc") AS ?value) } UNION { BIND (SHA1("abc") AS ?value) } UNION { BIND (SHA256("abc") AS ?value) }
    UNION { BIND (SHA384("abc") AS ?value) } UNION { BIND (SHA512("abc") AS ?value) } }""" ] .
ex:T a sh:NodeShape ; sh:targetNode ex:b ; sh:sparql [ sh:select "SELECT $this ?value { BIND (NOW() AS ?value) }" ] .
$$);
SELECT rdf_lexical(value) = ANY (ARRAY[md5('abc'), encode(sha256('abc'), 'hex'), encode(sha384('abc'), 'hex'), encode(sha512('abc'), 'hex'),
           'a9993e364706816aba3e25717850c26c9cd0d89d']) AS is_right
FROM rdf_validation_report('', 'host') WHERE focus_node = rdf_iri('http://ex/a');
SET TimeZone = 'Asia/Kolkata';
SELECT rdf_lexical(value)::timestamptz = statement_timestamp() AS is_statement, rdf_lexical(value) LIKE '%Z' AS is_utc
FROM rdf_validation_report('', 'host') WHERE focus_node = rdf_iri('http://ex/b');
RESET TimeZone;

DROP TABLE asked, seen;
SELECT policy, rdf_policy_drop(policy) FROM unnest(ARRAY['asked', 'found', 'own', 'nested', 'failing', 'host']) policy;
