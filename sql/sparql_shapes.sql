-- Queries in shapes: what is read of them when a policy is registered, and how errors say where they are.
\set shapes '@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://ex/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n'

-- An error within a query has line and column of the document, and its line; escapes count as they are written.
SELECT rdf_policy_register('read_queries', :'shapes' || E'ex:S sh:targetNode ex:a ; sh:sparql [\n  sh:select """\n    SELECT $this\n    WHERE { $this <x:p> ?x FILTR (?x > 1) }""" ] .');
SELECT rdf_policy_register('read_queries', :'shapes' || E'ex:S sh:targetNode ex:a ; sh:sparql [ sh:select "SELECT $this {\\n FILTER ($this = \\"a\\" MINUS {} ) }" ] .');
-- The document's prefixes are not those of queries.
SELECT rdf_policy_register('read_queries', :'shapes' || E'ex:S sh:targetNode ex:a ; sh:sparql [ sh:select "SELECT $this { $this ex:p 1 }" ] .');
SELECT rdf_policy_register('read_queries', :'shapes' || E'ex:S sh:targetNode ex:a ; sh:sparql [ sh:prefixes ex: ; sh:select "SELECT $this { $this ex:p 1 }" ] .
ex: sh:declare [ sh:prefix "ex" ; sh:namespace "http://ex/" ] , [ sh:prefix "ex" ; sh:namespace "http://ey/" ] .');
-- Relative IRIs, of namespaces too, are of the base IRI: that of @base, else base_iri.
\set relative 'ex:S sh:targetNode ex:a ; sh:sparql [ sh:prefixes [ sh:declare [ sh:prefix "r" ; sh:namespace "r#"^^xsd:anyURI ] ] ; sh:select "SELECT $this ?value { $this r:p ?value FILTER (?value != <v>) }" ] . '
SELECT rdf_policy_register('read_queries', :'shapes' || :'relative');
SELECT rdf_policy_register('read_queries', :'shapes' || :'relative', base_iri => 'http://ey/y');
SELECT success FROM rdf_policy_reload('read_queries');
SELECT value FROM rdf_validation_report('<http://ex/a> <http://ey/r#p> <http://ey/v>, <http://ex/v> ; <http://ex/r#p> 1 .', 'read_queries');
SELECT rdf_policy_register('read_queries', :'shapes' || :'relative' || '@base <http://ex/x> .', base_iri => 'http://ey/y');
SELECT success FROM rdf_policy_reload('read_queries');
SELECT value FROM rdf_validation_report('<http://ex/a> <http://ex/r#p> <http://ey/v>, <http://ex/v> ; <http://ey/r#p> 1 .', 'read_queries');
-- Warnings: the severity is the shape's, NOW() changes, a component lacks a validator.
SELECT rdf_policy_register('read_queries', :'shapes' || 'ex:S sh:targetNode ex:a ; ex:one 1 ; sh:sparql [ sh:severity sh:Info ; sh:select "SELECT $this { FILTER (NOW() < 1) }" ] .
ex:C a sh:ConstraintComponent ; sh:parameter [ sh:path ex:one ] .');
-- VALUES in a constraint, and what else is left out.
SELECT rdf_policy_register('read_queries', :'shapes' || 'ex:S sh:targetNode ex:a ; sh:sparql [ sh:select "SELECT $this { VALUES ?x { 1 } }" ] .');
SELECT rdf_policy_register('read_queries', :'shapes' || 'ex:S sh:targetNode ex:a ; sh:sparql [ sh:select "SELECT $this ?x { VALUES ?x { 1 } }" ] ,
    [ sh:select "SELECT $this { VALUES ?this { 1 } }" ] , [ sh:select "SELECT $this { SERVICE <x:y> {} }" ] .', ill_formed => 'warn');
SELECT success FROM rdf_policy_reload('read_queries');
SELECT focus_node, source_constraint_component FROM rdf_validation_report('', 'read_queries');

-- Functions and types of targets, though nobody calls them or has them: the rest of the policy stays.
\set extensions 'ex:twice a sh:SPARQLFunction ; sh:parameter [ sh:path ex:of ] ; sh:returnType xsd:integer ; sh:select "SELECT ($of * 2 AS ?twice) {}" .\nex:Of a sh:SPARQLTargetType ; sh:parameter [ sh:path ex:of ] ; sh:select "SELECT ?this { ?this ?p $of }" .\n'
SELECT rdf_policy_register('read_queries', :'shapes' || :'extensions' || 'ex:S sh:targetNode ex:a ; sh:sparql [ sh:select "SELECT $this { }" ] .');
SELECT rdf_policy_register('read_queries', :'shapes' || :'extensions' || 'ex:S sh:targetNode ex:a ; sh:sparql [ sh:select "SELECT $this { }" ] .', ill_formed => 'warn');
SELECT success FROM rdf_policy_reload('read_queries');
SELECT focus_node FROM rdf_validation_report('', 'read_queries');
-- $PATH in a longer path.
SELECT rdf_policy_register('read_queries', :'shapes' || E'ex:S sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:sparql [\n  sh:select "SELECT $this { $this $PATH/<x:q> ?value }" ] ] .');

-- A component, whose parameter's declaration is a shape of its values.
\set component 'ex:Stem a sh:ConstraintComponent ; sh:parameter [ sh:path ex:stem ; sh:datatype xsd:string ] ; sh:validator [ a sh:SPARQLAskValidator ; sh:message "{$value} does not start with {$stem}" ; sh:ask "ASK { FILTER (STRSTARTS(STR($value), $stem)) }" ] . '
SELECT rdf_policy_register('read_queries', :'shapes' || :'component' || 'ex:S sh:targetNode ex:a ; ex:stem 1 .');
SELECT rdf_policy_register('read_queries', :'shapes' || :'component' || 'ex:S sh:targetSubjectsOf ex:p ; ex:stem "http://ex/" . ex:T sh:path ex:p ; ex:stem "x" , "y" ; sh:target [ a sh:SPARQLTarget ;
    sh:prefixes [ sh:declare [ sh:prefix "" ; sh:namespace "http://ex/"^^xsd:anyURI ] ] ; sh:select "SELECT ?this { ?this :p ?value FILTER (?value != \"xy\") }" ] .');
SELECT success FROM rdf_policy_reload('read_queries');
SELECT focus_node, result_path, value, source_constraint_component, source_shape
FROM rdf_validation_report('@prefix ex: <http://ex/> . ex:a ex:p "xy" . ex:b ex:p "yx" . <http://ey/c> ex:p "x" .', 'read_queries') ORDER BY 1, 3, 5;

-- All that is wrong, as a list.
SELECT line, col, severity, code, message FROM rdf_policy_lint(:'shapes' || E'ex:S sh:targetNode ex:a ; sh:sparql [ sh:select "SELECT" ] , [ sh:select "SELECT $that {}" ] ,\n  [ sh:select "SELECT $this { $PATH ?p 1 }" ] .
ex:C a sh:ConstraintComponent ; sh:parameter [ sh:path ex:value ] .');
SELECT rdf_policy_drop('read_queries');
