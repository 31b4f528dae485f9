-- The README's five-minute tour. test/lint/tour sees to it that each statement there stands here.
SET rdfpolicy.staging_notice = on;

-- A policy in rule form: what a User must have.
SELECT rdf_policy_register_shape('users', 'User', '[
    {"property": "name",  "required": true, "minLength": 3},
    {"property": "email", "required": true, "pattern": "^[^@ ]+@[^@ ]+$"},
    {"property": "age",   "datatype": "xsd:integer", "minValue": 0, "maxValue": 150}]', require_focus => true);
SELECT policy, success, version FROM rdf_policy_reload('users', must_succeed => true);

-- Triples as jsonb.
SELECT rdf_validate('[
    {"subject": "alice", "predicate": "rdf:type", "value": "User"},
    {"subject": "alice", "predicate": "name",     "value": "Alice"},
    {"subject": "alice", "predicate": "email",    "value": "alice@example.org"},
    {"subject": "alice", "predicate": "age",      "value": 30}]'::jsonb, 'users');
SELECT value, violation_type, result_message FROM rdf_validation_report('[
    {"subject": "al", "predicate": "rdf:type", "value": "User"},
    {"subject": "al", "predicate": "name",     "value": "Al"},
    {"subject": "al", "predicate": "age",      "value": 200}]'::jsonb, 'users')
ORDER BY violation_type;

-- The same in the W3C's language for shapes, and data in Turtle.
SELECT rdf_policy_register('people', '
    @prefix sh:     <http://www.w3.org/ns/shacl#> .
    @prefix xsd:    <http://www.w3.org/2001/XMLSchema#> .
    @prefix schema: <http://schema.org/> .
    <urn:shapes:Person> a sh:NodeShape ;
        sh:targetClass schema:Person ;
        sh:property [ sh:path schema:name ; sh:minCount 1 ; sh:datatype xsd:string ] ;
        sh:property [ sh:path schema:birthDate ; sh:maxCount 1 ; sh:datatype xsd:date ;
                      sh:message "a birth date is one day of the calendar" ] .', require_focus => true);
SELECT policy, success, version FROM rdf_policy_reload('people', must_succeed => true);
SELECT focus_node, value, place, result_message FROM rdf_validation_report('
    @prefix schema: <http://schema.org/> .
    @prefix xsd:    <http://www.w3.org/2001/XMLSchema#> .
    <urn:ann> a schema:Person ; schema:name "Ann" ; schema:birthDate "1990-02-30"^^xsd:date .', 'people');

-- JSON-LD.
SELECT rdf_context_register('https://example.org/context', '{"@context": {
    "@vocab": "http://schema.org/", "id": "@id", "type": "@type",
    "birthDate": {"@type": "http://www.w3.org/2001/XMLSchema#date"}}}');
SELECT focus_node, value, place FROM rdf_validation_report('{
    "@context": "https://example.org/context", "id": "urn:ann", "type": "Person",
    "name": "Ann", "birthDate": ["1990-02-28", "1990-02-30"]}'::jsonb, 'people');

-- What no component of SHACL Core says, a query does.
SELECT rdf_policy_apply('orders', '
    @prefix sh:     <http://www.w3.org/ns/shacl#> .
    @prefix schema: <http://schema.org/> .
    <urn:shapes:Order> a sh:NodeShape ;
        sh:targetClass schema:Order ;
        sh:sparql [ sh:message "the items cost {?sum}" ; sh:select """
            PREFIX schema: <http://schema.org/>
            SELECT $this ?value ?sum WHERE {
                $this schema:totalPaymentDue ?value .
                { SELECT $this (SUM(?price) AS ?sum) WHERE { $this schema:orderedItem/schema:price ?price } GROUP BY $this }
                FILTER (?sum != ?value) }""" ] .');
SELECT focus_node, value, place, result_message FROM rdf_validation_report('
    @prefix schema: <http://schema.org/> .
    <urn:order:1> a schema:Order ; schema:totalPaymentDue 30.0 ;
        schema:orderedItem [ schema:price 12.5 ] , [ schema:price 12.5 ] .', 'orders');

-- A table that holds nothing but valid documents.
CREATE TABLE person (id integer PRIMARY KEY, document text NOT NULL);
CREATE TRIGGER person_is_valid BEFORE INSERT OR UPDATE ON person
    FOR EACH ROW EXECUTE FUNCTION rdf_policy_check('document', 'people');
INSERT INTO person VALUES (1, '<urn:ann> a <http://schema.org/Person> ; <http://schema.org/name> "Ann" .');
INSERT INTO person VALUES (2, '<urn:bob> a <http://schema.org/Person> .');
INSERT INTO person VALUES (3, '<urn:bob> a <https://schema.org/Person> ; <http://schema.org/name> "Bob" .');

-- Version 2 is stricter. Registering stages it, reloading puts it in force: for every connection, at commit.
SELECT rdf_policy_register_shape('users', 'User', '[
    {"property": "name",  "required": true, "minLength": 10},
    {"property": "email", "required": true, "pattern": "^[^@ ]+@[^@ ]+$"}]');
SELECT policy, version, staged_version FROM rdf_policies WHERE policy = 'users';
SELECT policy, success, version, changed FROM rdf_policy_reload('users', must_succeed => true);
\set alice '''[{"subject": "alice", "predicate": "rdf:type", "value": "User"}, {"subject": "alice", "predicate": "name", "value": "Alice"}, {"subject": "alice", "predicate": "email", "value": "alice@example.org"}]'''
SELECT rdf_validate(:alice::jsonb, 'users')   AS by_the_active_version,
       rdf_validate(:alice::jsonb, 'users@1') AS by_version_1;

-- And back.
SELECT policy, success, version, changed FROM rdf_policy_rollback('users');
SELECT event, policy, version, success FROM rdf_policy_history WHERE policy = 'users' ORDER BY id;

-- What follows is not of the tour: the topics after it find nothing of this one.
DROP TABLE person;
SELECT rdf_policy_drop(policy) FROM rdf_policies WHERE policy IN ('people', 'users', 'orders');
SELECT rdf_context_drop('https://example.org/context');
