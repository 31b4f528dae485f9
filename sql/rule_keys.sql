-- Rules: message and severity, classes, open bounds, values, languages, other shapes, closed shapes.

SELECT rdf_policy_apply('rule_orders', '{
    "Order": {"rules": [
        {"closed": true, "ignoredProperties": ["note"], "message": "an order has customer, status, total and label", "severity": "Warning"},
        {"property": "customer", "required": true, "class": "Customer", "message": "who has ordered?"},
        {"property": "address", "node": "Address"},
        {"property": "status", "hasValue": "open"},
        {"property": "kind", "hasValue": {"value": "schema:Order", "type": "uri"}},
        {"property": "total", "datatype": "decimal", "minExclusive": 0, "maxExclusive": 1000, "severity": "sh:Violation"},
        {"property": "day", "datatype": "date", "minExclusive": "2020-01-01", "maxValue": "2029-12-31"},
        {"property": "label", "languageIn": ["en", "de-AT"], "uniqueLang": true, "severity": "<urn:own:Severity>"},
        {"property": "size", "datatype": "xsd:int", "hasValue": 5, "in": [5, "6"]}]},
    "Address": {"rules": [{"property": "town", "required": true}], "target_class": "schema:PostalAddress"}}'::jsonb);
SELECT rdf_policy_explain('rule_orders');

\set prefixes 'PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> PREFIX schema: <http://schema.org/> PREFIX : <urn:rdfpolicy:name:> '
SELECT rdf_validate(:'prefixes' || '
    :o a :Order ; :customer :c ; :address [ :town "Wien" ] ; :status "open", "paid" ; :kind schema:Order, 1 ; :total 0.01, 999.99 ;
        :day "2020-01-02"^^xsd:date, "2029-12-31"^^xsd:date ; :label "a"@en, "b"@de-AT ; :size "5"^^xsd:int, "6"^^xsd:int ; :note 1 .
    :c a :Customer .', 'rule_orders');
SELECT focus_node, result_path, value, violation_type, result_severity, result_message FROM rdf_validation_report(:'prefixes' || '
    :o a :Order ; :customer :x ; :address [ :street "?" ] ; :status "paid" ; :kind "schema:Order" ; :total 0.0, 1000.0 ;
        :day "2020-01-01"^^xsd:date, "2030-01-01"^^xsd:date ; :label "a"@de, "b"@en, "c"@en ; :size 5 ; :colour "red" ; :note 1 .', 'rule_orders')
ORDER BY result_path COLLATE "C", value, violation_type;
-- A shape is checked on its own class too, and a closed one is closed for everything but rdf:type and what its rules name.
SELECT focus_node, result_path, violation_type FROM rdf_validation_report(:'prefixes' || '
    :a a schema:PostalAddress . :o a :Order, :Thing ; :customer :c ; :status "open" ; :kind schema:Order ; :size "5"^^xsd:int ; :weight 1 . :c a :Customer .', 'rule_orders')
ORDER BY result_path COLLATE "C";

-- The source reads back what was written, and says the same again.
SELECT rdf_policy_apply('rule_orders', rdf_policy_source('rule_orders')::jsonb);
SELECT count(*) FROM rdf_policy_lint(rdf_policy_source('rule_orders')::jsonb);
SELECT rdf_policy_apply('rule_orders', jsonb_set(rdf_policy_source('rule_orders')::jsonb, '{Order,rules,5,maxExclusive}', '500'));
SELECT path, component, change, old_value, new_value FROM rdf_policy_diff('rule_orders', 1, 2);

-- The Turtle form makes the same of it.
SELECT rdf_policy_apply('rule_closed', '{"T": {"rules": [{"closed": true}, {"property": "p", "node": "T", "uniqueLang": true}]}}'::jsonb);
SELECT rdf_policy_apply('rule_closed_turtle', '
    PREFIX sh: <http://www.w3.org/ns/shacl#> PREFIX : <urn:rdfpolicy:name:> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
    :T a sh:NodeShape ; sh:targetClass :T ; sh:closed true ; sh:ignoredProperties ( rdf:type ) ; sh:property [ sh:path :p ; sh:node :T ; sh:uniqueLang true ] .');
CREATE FUNCTION results(policy text) RETURNS TABLE (focus rdf_term, path text, value rdf_term, component text)
    LANGUAGE sql AS $$ SELECT focus_node, result_path, value, source_constraint_component FROM rdf_validation_report('
        PREFIX : <urn:rdfpolicy:name:>
        :a a :T ; :p :b, "x"@en, "y"@en ; :r 1 . :b :q 1 .', policy) $$;
SELECT count(*) FROM results('rule_closed');
SELECT * FROM results('rule_closed') EXCEPT ALL SELECT * FROM results('rule_closed_turtle');
SELECT * FROM results('rule_closed_turtle') EXCEPT ALL SELECT * FROM results('rule_closed');
DROP FUNCTION results(text);
SELECT rdf_policy_explain('rule_closed');
-- Shapes may name each other in a circle: they are judged as recursive shapes in Turtle are.
SELECT rdf_validate(:'prefixes' || ':a a :T ; :p :b . :b :p :a .', 'rule_closed');
SELECT focus_node, value, violation_type FROM rdf_validation_report(:'prefixes' || ':a a :T ; :p :b . :b :p :a ; :q 1 .', 'rule_closed');
-- "closed": false is none.
SELECT rdf_policy_apply('rule_open', '{"T": {"rules": [{"closed": false}, {"property": "p", "required": true}]}}'::jsonb);
SELECT rdf_validate(:'prefixes' || ':a a :T ; :p 1 ; :q 1 .', 'rule_open');

-- A datatype without a prefix is xsd's; those of RDF and one's own are taken as they are.
SELECT rdf_policy_apply('rule_datatypes', '{"T": {"rules": [{"property": "a", "datatype": "string"}, {"property": "b", "datatype": "integer"},
    {"property": "c", "datatype": "rdf:langString"}, {"property": "d", "datatype": "<urn:my:type>"}, {"property": "e", "datatype": "rdf:JSON"}]}}'::jsonb);
SELECT rdf_validate(:'prefixes' || ':x a :T ; :a "1" ; :b 1 ; :c "1"@en ; :d "1"^^<urn:my:type> .', 'rule_datatypes');
SELECT result_path, value FROM rdf_validation_report(:'prefixes' || ':x a :T ; :a 1 ; :b "1" ; :c "1" ; :d "1" .', 'rule_datatypes') ORDER BY result_path COLLATE "C";

-- One by one: a shape is there before others name it, and stays as long as they do.
SELECT rdf_policy_register_shape('rule_steps', 'Person', '{"property": "address", "node": "Address"}');
SELECT rdf_policy_register_shape('rule_steps', 'Address', '{"property": "town", "required": true}');
SELECT rdf_policy_register_shape('rule_steps', 'Person', '{"property": "address", "node": "urn:rdfpolicy:name:Address"}');
SELECT rdf_policy_unregister_shape('rule_steps', 'Address');
SELECT rdf_policy_unregister_shape('rule_steps', 'Person');
SELECT rdf_policy_unregister_shape('rule_steps', 'Address');

-- Misspelt prefixes.
SELECT rdf_policy_register_shape('rule_prefixes', 'T', '[{"property": "shcema:name", "class": "foaf1:Person"}, {"property": "p", "class": "mine:Thing"}]');

SELECT rdf_policy_drop(policy) FROM rdf_policies WHERE policy ~ '^rule_';
