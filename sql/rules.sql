-- The rule form: the guide's examples with the guide's results, every key, every error by name.

-- A user, by bare names.
SELECT rdf_policy_register_shape('guide_users', 'User', '[
    {"property": "name", "required": true, "minLength": 3},
    {"property": "email", "required": true, "pattern": "^[^@]+@[^@]+\\.[a-z]+$"},
    {"property": "age", "datatype": "xsd:integer", "minValue": 0, "maxValue": 150}]');
SELECT policy, success, version, changed, shapes, constraints, error FROM rdf_policy_reload('guide_users');

SELECT rdf_validate('[
    {"subject": "alice", "predicate": "rdf:type", "value": "User"},
    {"subject": "alice", "predicate": "name", "value": "Alice"},
    {"subject": "alice", "predicate": "email", "value": "alice@example.org"},
    {"subject": "alice", "predicate": "age", "value": 30}]'::jsonb, 'guide_users');
SELECT focus_node, result_path, value, violation_type FROM rdf_validation_report('[
    {"subject": "bob", "predicate": "rdf:type", "value": "User"},
    {"subject": "bob", "predicate": "name", "value": "Al"},
    {"subject": "bob", "predicate": "age", "value": 200}]'::jsonb, 'guide_users')
    ORDER BY violation_type;
SELECT focus_node, result_path, value, violation_type FROM rdf_validation_report('[
    {"subject": "carol", "predicate": "rdf:type", "value": "User"},
    {"subject": "carol", "predicate": "email", "value": "carol at example"},
    {"subject": "carol", "predicate": "age", "value": "-1"},
    {"subject": "carol", "predicate": "age", "value": -1}]'::jsonb, 'guide_users')
    ORDER BY violation_type, value;
SELECT jsonb_pretty(rdf_validation_report_jsonb('[
    {"subject": "dave", "predicate": "rdf:type", "value": "User"},
    {"subject": "dave", "predicate": "name", "value": "Dave"}]'::jsonb, 'guide_users'));

-- A person of schema.org, with the pattern of e-mail addresses. The names are of a well-known prefix or IRIs.
SELECT rdf_policy_register_shape('guide_people', 'schema:Person',
    '{"property": "schema:email", "required": true, "pattern": "^[A-Z0-9._%+-]+@[A-Z0-9.-]+\\.[A-Z]{2,}$", "flags": "i"}');
SELECT policy, success, version FROM rdf_policy_reload('guide_people');
SELECT value, violation_type FROM rdf_validation_report('[
    {"subject": "http://example.org/ann", "predicate": "rdf:type", "value": "schema:Person"},
    {"subject": "http://example.org/ann", "predicate": "schema:email", "value": "Ann@Example.org"},
    {"subject": "http://example.org/bob", "predicate": "rdf:type", "value": "http://schema.org/Person"},
    {"subject": "http://example.org/bob", "predicate": "<http://schema.org/email>", "value": "bob@example"}]'::jsonb, 'guide_people');
SELECT source_constraint_component, result_severity, result_message FROM rdf_validation_report(
    '<http://example.org/cyd> a <http://schema.org/Person> .', 'guide_people');

-- A document, before and after a reload.
SELECT rdf_policy_register_shape('guide_documents', 'test:Document', '{"property": "test:title", "required": true}');
SELECT policy, success, version, changed FROM rdf_policy_reload('guide_documents');
\set hi '''[{"subject": "test:doc1", "predicate": "rdf:type", "value": "test:Document"}, {"subject": "test:doc1", "predicate": "test:title", "value": "Hi"}]'''
SELECT rdf_validate(:hi::jsonb, 'guide_documents');
SELECT focus_node, result_path, violation_type FROM rdf_validation_report(
    '[{"subject": "test:doc1", "predicate": "rdf:type", "value": "test:Document"}]'::jsonb, 'guide_documents');
SELECT rdf_policy_register_shape('guide_documents', 'test:Document',
    '{"property": "test:title", "required": true, "minLength": 10}');
SELECT rdf_validate(:hi::jsonb, 'guide_documents') AS before_reload;
SELECT policy, success, version, changed FROM rdf_policy_reload('guide_documents');
SELECT rdf_validate(:hi::jsonb, 'guide_documents') AS after_reload;
SELECT value, violation_type, result_message FROM rdf_validation_report(:hi::jsonb, 'guide_documents');
SELECT source_shape FROM rdf_validation_report(:hi::jsonb, 'guide_documents');
SELECT rdf_validate(:hi::jsonb, 'guide_documents@1') AS by_version_1;
-- Nothing new, nothing changed.
SELECT policy, success, version, changed FROM rdf_policy_reload('guide_documents');

-- The source is canonical: the same rules have the same signature, however they are written.
SELECT rdf_policy_source('guide_documents');
SELECT rdf_policy_register_shape('guide_documents', 'test:Document',
    '{"minLength": 10, "required": true, "property": "test:title"}');
SELECT policy, success, changed FROM rdf_policy_reload('guide_documents');

-- Every key.
SELECT rdf_policy_register_shape('rule_keys', 'Thing', '[
    {"property": "required", "required": true},
    {"property": "optional", "required": false, "maxCount": 1},
    {"property": "many", "maxCount": 99999999999999999999},
    {"property": "twice", "required": true, "minCount": 2, "maxCount": 2},
    {"property": "atLeastNone", "required": true, "minCount": 0},
    {"property": "integer", "datatype": "xsd:integer"},
    {"property": "half", "minValue": 0.5, "maxValue": 1e1},
    {"property": "day", "datatype": "xsd:date", "minValue": "2020-01-01", "maxValue": "2029-12-31"},
    {"property": "text", "minLength": 2, "maxLength": 4},
    {"property": "code", "pattern": "^a.c$", "flags": "i"},
    {"property": "colour", "in": ["red", {"value": "schema:Green", "type": "uri"}, "http://example.org/blue", 1, 2.5, true,
                                  {"value": "rot", "language": "de"},
                                  {"value": "7", "datatype": "xsd:byte"},
                                  {"value": "black", "type": "uri"}]},
    {"property": "size", "datatype": "xsd:int", "in": [1, "2"]},
    {"property": "link", "nodeKind": "sh:IRI"},
    {"property": "note", "nodeKind": "Literal"}]', 'schema:Thing');
SELECT policy, success, shapes, constraints FROM rdf_policy_reload('rule_keys');
SELECT rdf_validate('
    PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
    PREFIX : <urn:rdfpolicy:name:>
    <urn:x:good> a <http://schema.org/Thing> ;
        :required 1 ; :many 1, 2 ; :twice 1, 2 ; :atLeastNone 1 ; :integer 5 ; :half 0.5, 10 ; :day "2024-02-29"^^xsd:date ; :text "ab", "abcd" ;
        :code "ABC" ; :size "1"^^xsd:int, "2"^^xsd:int ; :link <urn:x:y> ; :note "n" ;
        :colour "red", <http://schema.org/Green>, <http://example.org/blue>, 1, 2.5, true, "rot"@de, "7"^^xsd:byte, :black .',
    'rule_keys');
SELECT result_path, value, violation_type FROM rdf_validation_report('
    PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
    PREFIX : <urn:rdfpolicy:name:>
    <urn:x:bad> a <http://schema.org/Thing> ;
        :optional 1, 2 ; :twice 1 ; :integer "5" ; :half 0.4, 10.1 ; :day "2019-12-31"^^xsd:date, "2024-02-30"^^xsd:date ;
        :text "a", "abcde" ; :code "abd" ; :size 1 ; :link "text" ; :note <urn:x:y> ;
        :colour "green", <urn:rdfpolicy:name:red>, 3, "rot", 7 .',
    'rule_keys') ORDER BY result_path, violation_type, value;

-- A name with a scheme that is no well-known prefix is an IRI, and said to be taken as one, once.
SELECT rdf_policy_register_shape('rule_guesses', 'ex:Thing',
    '[{"property": "ex:a", "datatype": "ex:type"}, {"property": "ex:a", "maxCount": 1}]', 'ex:Class');
SELECT rdf_policy_register_shape('rule_sure', '<ex:Thing>', '{"property": "<ex:a>", "datatype": "<ex:type>"}', '<ex:Class>');

-- Shapes are added, replaced and removed one by one; the staged version starts as a copy of the active one.
SELECT rdf_policy_register_shape('rule_shapes', 'A', '{"property": "p", "required": true}');
SELECT rdf_policy_register_shape('rule_shapes', 'B', '{"property": "q", "required": true}');
SELECT policy, version, shapes FROM rdf_policy_reload('rule_shapes');
SELECT rdf_policy_register_shape('rule_shapes', 'B', '{"property": "r", "required": true}');
SELECT rdf_policy_unregister_shape('rule_shapes', 'A');
SELECT policy, version, shapes FROM rdf_policy_reload('rule_shapes');
SELECT result_path, violation_type FROM rdf_validation_report('[
    {"subject": "x", "predicate": "rdf:type", "value": "A"},
    {"subject": "x", "predicate": "rdf:type", "value": "B"}]'::jsonb, 'rule_shapes');
SELECT rdf_policy_unregister_shape('rule_shapes', 'nobody');

-- Errors name the shape, the rule or property, and the key.
SELECT rdf_policy_register_shape('rule_errors', 'S', '{"property": "p", "minLenght": 3}');
SELECT rdf_policy_register_shape('rule_errors', 'S', '[{"property": "p"}, {"required": true}]');
SELECT rdf_policy_register_shape('rule_errors', 'S', '[{"property": "p"}, {"property": 5}]');
SELECT rdf_policy_register_shape('rule_errors', 'S', '[]');
SELECT rdf_policy_register_shape('rule_errors', 'S', '["p"]');
SELECT rdf_policy_register_shape('rule_errors', 'S', '"p"');
SELECT rdf_policy_register_shape('rule_errors', 'S', '{"property": "p", "required": "yes"}');
SELECT rdf_policy_register_shape('rule_errors', 'S', '{"property": "p", "required": null}');
SELECT rdf_policy_register_shape('rule_errors', 'S', '{"property": "p", "datatype": 1}');
SELECT rdf_policy_register_shape('rule_errors', 'S', '{"property": "p", "minLength": -1}');
SELECT rdf_policy_register_shape('rule_errors', 'S', '{"property": "p", "maxLength": 1.5}');
SELECT rdf_policy_register_shape('rule_errors', 'S', '{"property": "p", "minCount": "1"}');
SELECT rdf_policy_register_shape('rule_errors', 'S', '{"property": "p", "minValue": true}');
SELECT rdf_policy_register_shape('rule_errors', 'S', '{"property": "p", "minValue": "5"}');
SELECT rdf_policy_register_shape('rule_errors', 'S', '{"property": "p", "minValue": "five", "datatype": "xsd:integer"}');
SELECT rdf_policy_register_shape('rule_errors', 'S', '{"property": "p", "maxValue": 5, "datatype": "xsd:string"}');
SELECT rdf_policy_register_shape('rule_errors', 'S', '{"property": "p", "pattern": 5}');
SELECT rdf_policy_register_shape('rule_errors', 'S', '{"property": "p", "pattern": "("}');
SELECT rdf_policy_register_shape('rule_errors', 'S', '{"property": "p", "pattern": "a", "flags": "z"}');
SELECT rdf_policy_register_shape('rule_errors', 'S', '{"property": "p", "flags": "i"}');
SELECT rdf_policy_register_shape('rule_errors', 'S', '{"property": "p", "in": "a"}');
SELECT rdf_policy_register_shape('rule_errors', 'S', '{"property": "p", "in": [null]}');
SELECT rdf_policy_register_shape('rule_errors', 'S', '{"property": "p", "in": [["a"]]}');
SELECT rdf_policy_register_shape('rule_errors', 'S', '{"property": "p", "in": [{"value": "b", "type": "bnode"}]}');
SELECT rdf_policy_register_shape('rule_errors', 'S', '{"property": "p", "in": [{"datatype": "xsd:int"}]}');
SELECT rdf_policy_register_shape('rule_errors', 'S', '{"property": "p", "in": [{"value": "a", "lang": "de"}]}');
SELECT rdf_policy_register_shape('rule_errors', 'S', '{"property": "p", "in": [{"value": "a", "type": "number"}]}');
SELECT rdf_policy_register_shape('rule_errors', 'S', '{"property": "p", "in": [{"value": "http://example.org/a b", "type": "uri"}]}');
SELECT rdf_policy_register_shape('rule_errors', 'S', '{"property": "p", "nodeKind": "Iri"}');
SELECT rdf_policy_register_shape('rule_errors', 'S', '{"property": ""}');
SELECT rdf_policy_register_shape('rule_errors', 'S', '{"property": "<a b>"}');
SELECT rdf_policy_register_shape('rule_errors', '', '{"property": "p"}');
SELECT rdf_policy_register_shape('rule_errors', 'S', '{"property": "p"}', '');
-- None of them has left anything.
SELECT count(*) FROM rdf_policies WHERE policy = 'rule_errors';

-- The Turtle form makes the same of it.
SELECT rdf_policy_register('guide_users_turtle', '
    PREFIX sh: <http://www.w3.org/ns/shacl#>
    PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
    PREFIX : <urn:rdfpolicy:name:>
    :User a sh:NodeShape ; sh:targetClass :User ;
        sh:property [ sh:path :name ; sh:minCount 1 ; sh:minLength 3 ] ;
        sh:property [ sh:path :email ; sh:minCount 1 ; sh:pattern "^[^@]+@[^@]+\\.[a-z]+$" ] ;
        sh:property [ sh:path :age ; sh:datatype xsd:integer ; sh:minInclusive 0 ; sh:maxInclusive 150 ] .');
SELECT policy, success FROM rdf_policy_reload('guide_users_turtle');
CREATE FUNCTION report_of_bob(policy text) RETURNS TABLE (focus rdf_term, path text, value rdf_term, component text, code text)
    LANGUAGE sql AS $$
    SELECT focus_node, result_path, value, source_constraint_component, violation_type FROM rdf_validation_report('[
        {"subject": "bob", "predicate": "rdf:type", "value": "User"},
        {"subject": "bob", "predicate": "name", "value": "Al"},
        {"subject": "bob", "predicate": "age", "value": 200}]'::jsonb, policy) $$;
SELECT count(*) FROM report_of_bob('guide_users');
SELECT * FROM report_of_bob('guide_users') EXCEPT ALL SELECT * FROM report_of_bob('guide_users_turtle');
SELECT * FROM report_of_bob('guide_users_turtle') EXCEPT ALL SELECT * FROM report_of_bob('guide_users');
-- One form per policy.
SELECT rdf_policy_register_shape('guide_users_turtle', 'Other', '{"property": "p"}');

-- The topics that follow find no policy of this one.
SELECT rdf_policy_drop(policy) FROM rdf_policies WHERE policy ~ '^(guide|rule)_';
DROP FUNCTION report_of_bob;
