-- The validation report graph: what it holds, and that it is one by the Recommendation's own terms.
\pset format unaligned
\pset tuples_only on
\set VERBOSITY terse

SELECT rdf_policy_register('graph_person', $$
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix ex: <http://ex/> .
ex:PersonShape a sh:NodeShape ;
    sh:targetClass ex:Person ;
    sh:property ex:PersonName, _:age, ex:PersonAddress, ex:PersonKnown .
ex:PersonName sh:path ex:name ; sh:minCount 1 .
_:age sh:path ex:age ; sh:datatype xsd:integer ; sh:severity sh:Warning ;
    sh:message "an age is a \"number\""@en, "Alter \\ Zahl"@de .
ex:PersonAddress sh:path ex:address ; sh:node ex:AddressShape .
ex:AddressShape sh:property ex:AddressCity .
ex:AddressCity sh:path ex:city ; sh:minCount 1 .
ex:PersonKnown sh:path ( [ sh:inversePath ex:knows ] [ sh:alternativePath ( ex:name [ sh:zeroOrMorePath ex:alias ] ) ] ) ;
    sh:maxLength 5 .
$$);
-- A report of its own kind: what the Recommendation says of a validation report and its results.
SELECT rdf_policy_register('graph_report', $$
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix ex: <http://ex/report/> .
ex:Report sh:targetClass sh:ValidationReport ;
    sh:property [ sh:path sh:conforms ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:boolean ] ;
    sh:property [ sh:path sh:result ; sh:class sh:ValidationResult ; sh:nodeKind sh:BlankNodeOrIRI ] ;
    sh:closed true ; sh:ignoredProperties ( rdf:type ) .
ex:Result sh:targetClass sh:ValidationResult ;
    sh:property [ sh:path sh:focusNode ; sh:minCount 1 ; sh:maxCount 1 ] ;
    sh:property [ sh:path sh:resultPath ; sh:maxCount 1 ; sh:node ex:Path ] ;
    sh:property [ sh:path sh:value ; sh:maxCount 1 ] ;
    sh:property [ sh:path sh:sourceShape ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:BlankNodeOrIRI ] ;
    sh:property [ sh:path sh:sourceConstraintComponent ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] ;
    sh:property [ sh:path sh:resultSeverity ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] ;
    sh:property [ sh:path sh:resultMessage ; sh:minCount 1 ; sh:uniqueLang true ;
        sh:or ( [ sh:datatype xsd:string ] [ sh:datatype rdf:langString ] ) ] ;
    sh:property [ sh:path sh:detail ; sh:class sh:ValidationResult ] ;
    sh:property [ sh:path [ sh:inversePath [ sh:alternativePath ( sh:result sh:detail ) ] ] ; sh:minCount 1 ; sh:maxCount 1 ] ;
    sh:closed true ; sh:ignoredProperties ( rdf:type ) .
ex:Path sh:xone (
    [ sh:nodeKind sh:IRI ]
    [ sh:property [ sh:path rdf:first ; sh:minCount 1 ; sh:maxCount 1 ] ;
      sh:property [ sh:path ( [ sh:zeroOrMorePath rdf:rest ] rdf:first ) ; sh:minCount 2 ; sh:nodeKind sh:BlankNodeOrIRI ] ]
    [ sh:property [ sh:path [ sh:alternativePath ( sh:inversePath sh:alternativePath sh:zeroOrMorePath sh:oneOrMorePath sh:zeroOrOnePath ) ] ;
        sh:minCount 1 ; sh:maxCount 1 ] ] ) .
# A blank node of a path is part of no other path.
ex:PathNode sh:targetObjectsOf sh:resultPath ;
    sh:or ( [ sh:nodeKind sh:IRI ] [ sh:property [ sh:path [ sh:inversePath sh:resultPath ] ; sh:maxCount 1 ] ] ) .
$$);
SELECT count(*) FROM rdf_policy_reload() WHERE success AND policy LIKE 'graph%';

SELECT $$
@prefix ex: <http://ex/> .
ex:ann a ex:Person ; ex:name "Ann" ; ex:age "x" ; ex:address _:age .
_:age ex:street "Main St" .
_:ben a ex:Person ; ex:age 5 , "y"@en .
ex:carl a ex:Person ; ex:name "Carl" ; ex:knows ex:ann , _:ben .
ex:carl ex:name "Carl Philipp" .
$$ AS data \gset

\echo :data
SELECT rdf_validation_report_turtle(:'data', 'graph_person');
SELECT rdf_validation_report_turtle('', 'graph_person');

-- Read back it says what the rows say, and it is well-formed.
CREATE TEMPORARY TABLE report AS
    SELECT t.* FROM rdf_parse(rdf_validation_report_turtle(:'data', 'graph_person')) AS t;
CREATE FUNCTION pg_temp.shacl(name text) RETURNS rdf_term LANGUAGE sql RETURN rdf_iri('http://www.w3.org/ns/shacl#' || name);
SELECT f.object, v.object, c.object FROM report r
    JOIN report f ON f.subject = r.object AND f.predicate = pg_temp.shacl('focusNode')
    LEFT JOIN report v ON v.subject = r.object AND v.predicate = pg_temp.shacl('value')
    JOIN report c ON c.subject = r.object AND c.predicate = pg_temp.shacl('sourceConstraintComponent')
    WHERE r.predicate = pg_temp.shacl('result')
EXCEPT ALL
SELECT focus_node, value, rdf_iri(source_constraint_component) FROM rdf_validation_report(:'data', 'graph_person');
SELECT rdf_assert_valid(array_agg((subject, predicate, object)::rdf_triple), 'graph_report') FROM report;
-- The policy can say no.
SELECT rdf_validate(array_agg((subject, predicate, object)::rdf_triple), 'graph_report') FROM report
    WHERE predicate <> pg_temp.shacl('resultSeverity');

-- The other forms of data.
SELECT rdf_validation_report_turtle(array_agg(t), 'graph_person') = rdf_validation_report_turtle(:'data', 'graph_person')
    FROM rdf_parse(:'data') AS t;
SELECT rdf_validation_report_turtle('[{"subject": "<http://ex/a>", "predicate": "rdf:type", "value": "http://ex/Person"}]'::jsonb, 'graph_person');
SELECT rdf_validation_report_turtle('<a> a <Person> .', 'graph_person', base_iri => 'http://ex/') LIKE '%sh:focusNode <http://ex/a> ;%';
SELECT rdf_validation_report_turtle(NULL::text, 'graph_person') IS NULL, rdf_validation_report_turtle(NULL::jsonb, 'graph_person') IS NULL,
       rdf_validation_report_turtle(NULL::rdf_triple[], 'graph_person') IS NULL;

-- Fewer results than there are, and the same verdict.
SELECT array_length(regexp_split_to_array(rdf_validation_report_turtle(:'data', 'graph_person', max_results => 1), 'a sh:ValidationResult'), 1) - 1;
SELECT rdf_validation_report_turtle(:'data', 'graph_person', max_results => 0);

-- Severities that are allowed.
SET rdfpolicy.conformance_disallows = 'Violation';
SELECT rdf_validation_report_turtle('<http://ex/a> a <http://ex/Person> ; <http://ex/name> "Ann" ; <http://ex/age> "x" .', 'graph_person');
-- The first result is a warning; the verdict is of those that are not listed too.
SELECT substring(report FROM 'sh:conforms (?:true|false)'), substring(report FROM 'sh:resultSeverity [^ ]*')
    FROM rdf_validation_report_turtle(:'data', 'graph_person', max_results => 1) AS report;
RESET rdfpolicy.conformance_disallows;

-- Every active policy: one report. Policies that other scripts left are out of force for this transaction.
BEGIN;
SELECT count(rdf_policy_drop(policy, force => true)) >= 0 FROM rdf_policies WHERE policy NOT LIKE 'graph%' AND version IS NOT NULL;
SELECT (regexp_matches(rdf_validation_report_turtle('<http://ex/a> a <http://ex/Person> . <http://ex/r> a <http://www.w3.org/ns/shacl#ValidationReport> .'),
    'a sh:ValidationReport|sh:sourceShape [^ ]*|sh:conforms (?:true|false)', 'g'))[1];
ROLLBACK;

SELECT rdf_policy_drop('graph_person');
SELECT rdf_policy_drop('graph_report');
