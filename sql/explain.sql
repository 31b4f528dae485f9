-- rdf_policy_explain: the compiled policy, as its author recognises it.
\set VERBOSITY terse
SELECT rdf_policy_register('explained_people', $$
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix ex: <http://ex/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
ex:PersonShape a sh:NodeShape ; sh:targetClass ex:Person ; sh:targetNode ex:ann ;
    sh:property [ sh:path ex:name ; sh:minCount 1 ; sh:maxLength 50 ; sh:pattern "^[A-Z]" ; sh:flags "i" ; sh:message "a name"@en, "ein Name"@de ] ;
    sh:property ex:MailShape ;
    sh:property [ sh:path ( ex:address [ sh:alternativePath ( ex:city [ sh:inversePath ex:partOf ] ) ] ) ; sh:node ex:PlaceShape ] ;
    sh:or ( [ sh:class ex:Employee ] [ sh:path ex:guest ; sh:hasValue true ] ) ;
    sh:closed true ; sh:ignoredProperties ( rdf:type ) .
ex:MailShape sh:path ex:mail ; sh:datatype xsd:string ; sh:severity sh:Warning ; sh:deactivated true .
ex:PlaceShape sh:not [ sh:nodeKind sh:Literal ] ; sh:in ( ex:Rome ex:Oslo ) .
$$);
SELECT rdf_policy_explain('explained_people');
SELECT success FROM rdf_policy_reload('explained_people');
SELECT rdf_policy_explain('explained_people');
SELECT rdf_policy_explain('explained_people') = rdf_policy_explain('explained_people@1') AS is_the_same;

-- The rule form, with bare names; and what was left out.
SELECT rdf_policy_register_shape('explained_users', 'User', '[{"property": "email", "required": true, "pattern": "@"}, {"property": "full name", "maxLength": 20}]');
SELECT rdf_policy_register('explained_lenient', '@prefix sh: <http://www.w3.org/ns/shacl#> . <http://ex/Good> sh:targetNode <http://ex/a> ; sh:minLength 1 .
<http://ex/Bad> sh:targetNode <http://ex/a> ; sh:minCount 1 .', ill_formed => 'warn');
SELECT policy, success FROM rdf_policy_reload();
SELECT rdf_policy_explain('explained_users');
SELECT rdf_policy_explain('explained_lenient');

-- A new version changes what is explained; the former one can still be named.
SELECT rdf_policy_register('explained_people', '@prefix sh: <http://www.w3.org/ns/shacl#> . <http://ex/S> sh:targetSubjectsOf <http://ex/p> ; sh:minLength 2 .');
SELECT success FROM rdf_policy_reload('explained_people');
SELECT rdf_policy_explain('explained_people');
SELECT rdf_policy_explain('explained_people@1') LIKE 'ex:PersonShape%' AS is_the_first;

SELECT rdf_policy_explain('nowhere');
SELECT rdf_policy_explain(NULL);
SELECT rdf_policy_explain('explained_people@9');
SET rdfpolicy.no_policy = 'pass';
SELECT rdf_policy_explain('nowhere');
RESET rdfpolicy.no_policy;
-- For those who may change policies.
CREATE ROLE rdf_reader;
SET ROLE rdf_reader;
SELECT rdf_policy_explain('explained_people');
SELECT count(*) > 200 AS is_for_everyone FROM rdf_policy_capabilities();
RESET ROLE;
DROP ROLE rdf_reader;
SELECT rdf_policy_drop(policy) FROM (SELECT policy FROM rdf_policies) p;
