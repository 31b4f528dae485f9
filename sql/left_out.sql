-- What cannot be enforced: left out by name with ill_formed => 'warn', and for ever visible; and policies that would judge nothing.
\set prefixes '@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://ex/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix dash: <http://datashapes.org/dash#> . '
\set text :prefixes 'ex:S sh:targetNode "x" ; sh:datatype xsd:integer ; sh:pattern "^(?=a)" ; dash:singleLine false . ex:T sh:targetNode ex:a ; sh:not ex:Weak ; sh:node ex:Weak . ex:Weak sh:class "C" ; sh:nodeKind sh:Literal .'

-- Strictly is the default.
SELECT rdf_policy_register('left_out_partly', :'text');
SELECT rdf_policy_register('left_out_partly', :'text', ill_formed => 'warn');
SELECT staged_version, left_out FROM rdf_policies WHERE policy = 'left_out_partly';
SELECT version, state, left_out FROM rdf_policy_versions WHERE policy = 'left_out_partly';
SELECT success FROM rdf_policy_reload('left_out_partly');
SELECT version, shapes, constraints, left_out FROM rdf_policies WHERE policy = 'left_out_partly';
SELECT shape, kind, constraints, left_out FROM rdf_policy_shapes WHERE policy = 'left_out_partly' ORDER BY left_out IS NOT NULL, shape::text COLLATE "C";
SELECT rdf_policy_explain('left_out_partly');
SELECT focus_node, violation_type, source_shape FROM rdf_validation_report(''::text, 'left_out_partly') ORDER BY violation_type;
SELECT jsonb_pretty(r #- '{errors}') FROM rdf_validation_report_jsonb(''::text, 'left_out_partly') r;
-- Compiled again, it is the same.
SELECT policy, valid, error FROM rdf_policy_verify('left_out_partly');
UPDATE rdf_catalog_version SET image = '', left_out = 99 WHERE policy = 'left_out_partly';
SELECT count(*) FROM rdf_policy_shapes WHERE policy = 'left_out_partly' AND left_out IS NOT NULL;
-- (written back by a reload, for another version of the library may enforce more)
SELECT success, changed FROM rdf_policy_reload('left_out_partly');
SELECT left_out FROM rdf_policies WHERE policy = 'left_out_partly';

-- A policy of which nothing is left out says nothing of it.
SELECT rdf_policy_register('left_out_wholly', :'prefixes' || 'ex:S sh:targetNode ex:a ; sh:nodeKind sh:IRI .', ill_formed => 'warn');
SELECT success FROM rdf_policy_reload('left_out_wholly');
SELECT left_out FROM rdf_policies WHERE policy = 'left_out_wholly';
SELECT rdf_validation_report_jsonb(''::text, 'left_out_wholly');

-- What is not implemented is left out too: terms that are not known, queries, components of one's own, cycles; entailment is not.
SELECT rdf_policy_register('left_out_partly', :'prefixes' || $$
ex:S sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:minCount 1 ; sh:nodeType sh:IRI ] ; sh:sparql [ sh:select "" ] ;
    sh:target [ sh:select "" ] ; ex:even true .
ex:Even a sh:ConstraintComponent ; sh:parameter [ sh:path ex:even ] ; sh:validator [ sh:ask "" ] .
ex:Self sh:targetNode ex:a ; sh:not ex:Self .
$$, ill_formed => 'warn');
SELECT success FROM rdf_policy_reload('left_out_partly');
SELECT focus_node, result_path, violation_type FROM rdf_validation_report('<http://ex/a> <http://ex/q> 1 .'::text, 'left_out_partly');
\set VERBOSITY default
SELECT rdf_policy_register('left_out_partly', :'prefixes' || 'ex:G sh:entailment sh:Rules . ex:S sh:targetNode ex:a ; sh:in () .', ill_formed => 'warn');
\set VERBOSITY terse

-- Rules constrain nothing: a warning, strictly too, unless an entailment asks for them.
SELECT rdf_policy_register('left_out_ruled', :'prefixes' || 'ex:S sh:targetNode ex:a ; sh:rule [ a sh:TripleRule ; sh:subject sh:this ; sh:predicate ex:p ; sh:object 1 ] ;
    sh:property [ sh:path ex:p ; sh:minCount 1 ] .');
SELECT success FROM rdf_policy_reload('left_out_ruled');
SELECT violation_type FROM rdf_validation_report('<http://ex/a> <http://ex/r> 1 .'::text, 'left_out_ruled');
SELECT rdf_policy_register('left_out_ruled', :'prefixes' || 'ex:S sh:targetNode ex:a ; sh:rule [] . <urn:G> sh:entailment sh:Rules .');

-- A shape that nothing describes has no constraints.
SELECT rdf_policy_register('left_out_dangling', :'prefixes' || 'ex:S sh:targetNode ex:a ; sh:node ex:U . ex:T sh:targetNode ex:a ; sh:not ex:U .');
SELECT success FROM rdf_policy_reload('left_out_dangling');
SELECT source_shape, violation_type FROM rdf_validation_report(''::text, 'left_out_dangling');
SELECT rdf_policy_register('left_out_dangling', :'prefixes' || 'ex:S sh:targetNode ex:a ; sh:property ex:U .');

-- Policies that would judge nothing: without text, shapes, targets; by another vocabulary's target, or a namespace that is misspelt.
\set VERBOSITY default
SELECT rdf_policy_register('vacuous', '');
SELECT rdf_policy_register('vacuous', '# only a comment');
SELECT rdf_policy_register('vacuous', :'prefixes' || 'ex:S a sh:NodeShape ; sh:minLength 1 .');
SELECT rdf_policy_register('vacuous', :'prefixes' || 'ex:S a sh:NodeShape ; <http://rdf4j.org/shacl-extensions#targetShape> [ sh:hasValue 1 ] ; sh:in () .');
SELECT rdf_policy_register('vacuous', '@prefix sh: <https://www.w3.org/ns/shacl#> . <urn:S> sh:targetNode <urn:a> .');
-- Of which nothing is left.
SELECT rdf_policy_register('vacuous', :'prefixes' || 'ex:S sh:targetNode ex:a ; sh:path 1 .', ill_formed => 'warn');
\set VERBOSITY terse
SELECT rdf_policy_register('vacuous', :'prefixes' || 'ex:S a sh:NodeShape .', allow_vacuous => NULL);
-- By request; kept with the version.
SELECT rdf_policy_register('vacuous', :'prefixes' || 'ex:S a sh:NodeShape ; sh:minLength 1 .', allow_vacuous => true);
SELECT success, changed FROM rdf_policy_reload('vacuous');
SELECT rdf_validate('<http://ex/a> <http://ex/p> 1 .', 'vacuous');
UPDATE rdf_catalog_version SET image = '' WHERE policy = 'vacuous';
SELECT rdf_validate('<http://ex/a> <http://ex/p> 1 .', 'vacuous');
SELECT policy, valid, error FROM rdf_policy_verify('vacuous');
SELECT allow_vacuous, left_out FROM rdf_catalog_version WHERE policy = 'vacuous';
-- Without it the same text is refused.
SELECT rdf_policy_register('vacuous', :'prefixes' || 'ex:S a sh:NodeShape ; sh:minLength 1 .');
-- The last shape of a rule form.
SELECT rdf_policy_register_shape('vacuous_rules', 'A', '{"property": "p"}');
SELECT rdf_policy_unregister_shape('vacuous_rules', 'A');

-- An implicit class target, of rdfs:Class or owl:Class, is a target.
SELECT rdf_policy_register('left_out_implicit', :'prefixes' || 'ex:C a sh:NodeShape , <http://www.w3.org/2002/07/owl#Class> ; sh:nodeKind sh:Literal .');
SELECT success FROM rdf_policy_reload('left_out_implicit');
SELECT focus_node, violation_type FROM rdf_validation_report('<http://ex/a> a <http://ex/C> .'::text, 'left_out_implicit');

SELECT rdf_policy_drop(policy) FROM (SELECT policy FROM rdf_policies WHERE policy IN
    ('left_out_partly', 'left_out_wholly', 'left_out_ruled', 'left_out_dangling', 'vacuous', 'vacuous_rules', 'left_out_implicit')) p;
