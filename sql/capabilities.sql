-- Capabilities: what becomes of each SHACL term, and proof that the list tells the truth.
SELECT status, count(*) FROM rdf_policy_capabilities() GROUP BY status ORDER BY status;
SELECT count(*) - count(DISTINCT term) AS listed_twice, count(*) FILTER (WHERE note = '') AS without_note
FROM rdf_policy_capabilities();
SELECT replace(term, 'http://www.w3.org/ns/shacl#', 'sh:') AS term, status, note FROM rdf_policy_capabilities()
WHERE term NOT LIKE '%Component%' ORDER BY status, term COLLATE "C";
SELECT count(*) AS components FROM rdf_policy_capabilities()
WHERE status = 'enforced' AND term LIKE '%ConstraintComponent';

-- A policy of its own for each proof, made and judged; what does not register says why.
CREATE FUNCTION prefixes() RETURNS text IMMUTABLE RETURN '@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://ex/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> . ';
CREATE FUNCTION report_of(shapes text, data text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    sqlstate_found text;
BEGIN
    PERFORM rdf_policy_register('capability_proof', prefixes() || shapes, allow_vacuous => true);
    PERFORM rdf_policy_reload('capability_proof', true);
    RETURN report_now(data);
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS sqlstate_found = RETURNED_SQLSTATE;
    RETURN sqlstate_found || CASE WHEN SQLERRM LIKE '%not implemented%' THEN ' not implemented' ELSE SQLERRM END;
END
$$;
-- A statement of its own: it sees the reload.
CREATE FUNCTION report_now(data text) RETURNS text LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    RETURN (SELECT coalesce(string_agg(concat_ws(' ', focus_node, result_path, value, source_constraint_component,
                                                 result_severity, result_message), E'\n'
                                       ORDER BY focus_node::text, source_constraint_component, value::text), 'conforms')
            FROM rdf_validation_report(prefixes() || data, 'capability_proof'));
END
$$;
SET client_min_messages = error;

-- Enforced: for each term shapes without it and shapes with it, which judge the same data in two ways.
CREATE TEMPORARY TABLE proof (term text, without_it text, with_it text, data text);
INSERT INTO proof VALUES
('NodeShape', 'ex:C a rdfs:Class .', 'ex:C a rdfs:Class, sh:NodeShape ; sh:nodeKind sh:Literal .', 'ex:a a ex:C .'),
('PropertyShape', 'ex:C a rdfs:Class ; sh:path ex:p .', 'ex:C a rdfs:Class, sh:PropertyShape ; sh:path ex:p ; sh:minCount 1 .',
 'ex:a a ex:C .'),
('targetNode', 'ex:S sh:nodeKind sh:Literal .', 'ex:S sh:nodeKind sh:Literal ; sh:targetNode ex:a .', ''),
('targetClass', 'ex:S sh:nodeKind sh:Literal .', 'ex:S sh:nodeKind sh:Literal ; sh:targetClass ex:C .', 'ex:a a ex:C .'),
('targetSubjectsOf', 'ex:S sh:nodeKind sh:Literal .', 'ex:S sh:nodeKind sh:Literal ; sh:targetSubjectsOf ex:p .', 'ex:a ex:p ex:b .'),
('targetObjectsOf', 'ex:S sh:nodeKind sh:Literal .', 'ex:S sh:nodeKind sh:Literal ; sh:targetObjectsOf ex:p .', 'ex:a ex:p ex:b .'),
('path', 'ex:S sh:targetNode ex:a ; sh:nodeKind sh:IRI .', 'ex:S sh:targetNode ex:a ; sh:nodeKind sh:IRI ; sh:path ex:p .', 'ex:a ex:p 1 .'),
('deactivated', 'ex:S sh:targetNode ex:a ; sh:nodeKind sh:Literal .',
 'ex:S sh:targetNode ex:a ; sh:nodeKind sh:Literal ; sh:deactivated true .', ''),
('severity', 'ex:S sh:targetNode ex:a ; sh:nodeKind sh:Literal .', 'ex:S sh:targetNode ex:a ; sh:nodeKind sh:Literal ; sh:severity ex:Bad .', ''),
('message', 'ex:S sh:targetNode ex:a ; sh:nodeKind sh:Literal .', 'ex:S sh:targetNode ex:a ; sh:nodeKind sh:Literal ; sh:message "no" .', '');
-- Paths: of ex:p, and of the path.
INSERT INTO proof SELECT path[1], format('ex:S sh:targetNode ex:b ; sh:path ex:p ; sh:maxCount %s .', path[3]),
    format('ex:S sh:targetNode ex:b ; sh:path %s ; sh:maxCount %s .', path[2], path[3]), 'ex:a ex:p ex:b . ex:c ex:p ex:b . ex:b ex:p ex:d . ex:d ex:p ex:e . ex:b ex:q 1 .'
FROM unnest(ARRAY['inversePath|[ sh:inversePath ex:p ]|1', 'alternativePath|[ sh:alternativePath ( ex:p ex:q ) ]|1',
                  'zeroOrMorePath|[ sh:zeroOrMorePath ex:p ]|2', 'oneOrMorePath|[ sh:oneOrMorePath ex:p ]|1',
                  'zeroOrOnePath|[ sh:zeroOrOnePath ex:p ]|1']) line, LATERAL string_to_array(line, '|') path;
-- Severities and node kinds.
INSERT INTO proof SELECT severity, 'ex:S sh:targetNode ex:a ; sh:nodeKind sh:Literal ; sh:severity ex:Other .',
    format('ex:S sh:targetNode ex:a ; sh:nodeKind sh:Literal ; sh:severity sh:%s .', severity), ''
FROM unnest(ARRAY['Violation', 'Warning', 'Info']) severity;
INSERT INTO proof SELECT kind, 'ex:S sh:targetNode ex:a, 1 .', format('ex:S sh:targetObjectsOf ex:p ; sh:nodeKind sh:%s .', kind),
    'ex:a ex:p ex:b, 1, [] .'
FROM unnest(ARRAY['IRI', 'BlankNode', 'Literal', 'BlankNodeOrIRI', 'BlankNodeOrLiteral', 'IRIOrLiteral']) kind;
-- Parameters that are enough by themselves.
INSERT INTO proof SELECT parameter[1], 'ex:S sh:targetNode ex:a ; sh:path ex:p .',
    format('ex:S sh:targetNode ex:a ; sh:path ex:p ; sh:%s %s . ex:N sh:nodeKind sh:Literal . ex:P sh:path ex:r ; sh:minCount 1 .',
           parameter[1], parameter[2]), 'ex:a ex:p ex:b, 5, "x"@en, "y"@en ; ex:q ex:b, 4 .'
FROM unnest(ARRAY['minCount 5', 'maxCount 1', 'datatype xsd:date', 'nodeKind sh:IRI', 'class ex:C', 'hasValue ex:z', 'in ( ex:z )',
                  'minLength 99', 'maxLength 0', 'pattern "^z"', 'minInclusive 9', 'maxInclusive 1', 'minExclusive 9', 'maxExclusive 1',
                  'node ex:N', 'property ex:P', 'and ( ex:N )', 'or ( ex:N )', 'not ex:N', 'xone ( ex:N ex:N )', 'equals ex:q',
                  'disjoint ex:q', 'lessThan ex:q', 'lessThanOrEquals ex:q', 'languageIn ( "fr" )', 'uniqueLang true']) line,
     LATERAL regexp_matches(line, '^(\S+) (.*)$') parameter;
-- Parameters that change what another one says.
INSERT INTO proof VALUES
('flags', 'ex:S sh:targetNode "A" ; sh:pattern "a" .', 'ex:S sh:targetNode "A" ; sh:pattern "a" ; sh:flags "i" .', ''),
('closed', 'ex:S sh:targetNode ex:a .', 'ex:S sh:targetNode ex:a ; sh:closed true .', 'ex:a ex:p 1 .'),
('ignoredProperties', 'ex:S sh:targetNode ex:a ; sh:closed true .', 'ex:S sh:targetNode ex:a ; sh:closed true ; sh:ignoredProperties ( ex:p ) .',
 'ex:a ex:p 1 .'),
('qualifiedMinCount', 'ex:S sh:targetNode ex:a ; sh:path ex:p ; sh:qualifiedValueShape [ sh:class ex:C ] .',
 'ex:S sh:targetNode ex:a ; sh:path ex:p ; sh:qualifiedValueShape [ sh:class ex:C ] ; sh:qualifiedMinCount 1 .', 'ex:a ex:p 1 .'),
('qualifiedMaxCount', 'ex:S sh:targetNode ex:a ; sh:path ex:p ; sh:qualifiedValueShape [ sh:datatype xsd:integer ] .',
 'ex:S sh:targetNode ex:a ; sh:path ex:p ; sh:qualifiedValueShape [ sh:datatype xsd:integer ] ; sh:qualifiedMaxCount 0 .', 'ex:a ex:p 1 .'),
('qualifiedValueShape', 'ex:S sh:targetNode ex:a ; sh:path ex:p ; sh:qualifiedMinCount 1 .',
 'ex:S sh:targetNode ex:a ; sh:path ex:p ; sh:qualifiedMinCount 1 ; sh:qualifiedValueShape [ sh:class ex:C ] .', 'ex:a ex:p 1 .'),
('qualifiedValueShapesDisjoint',
 'ex:S sh:targetNode ex:a ; sh:property ex:Q, ex:R . ex:Q sh:path ex:p ; sh:qualifiedMinCount 1 ; sh:qualifiedValueShape [ sh:nodeKind sh:IRI ] .
  ex:R sh:path ex:p ; sh:qualifiedMinCount 1 ; sh:qualifiedValueShape [ sh:minLength 1 ] .',
 'ex:S sh:targetNode ex:a ; sh:property ex:Q, ex:R . ex:Q sh:path ex:p ; sh:qualifiedMinCount 1 ; sh:qualifiedValueShape [ sh:nodeKind sh:IRI ] ;
  sh:qualifiedValueShapesDisjoint true . ex:R sh:path ex:p ; sh:qualifiedMinCount 1 ; sh:qualifiedValueShape [ sh:minLength 1 ] .', 'ex:a ex:p ex:b .');
UPDATE proof SET without_it = '@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . ' || without_it,
                 with_it = '@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . ' || with_it;

CREATE TEMPORARY TABLE proven AS
SELECT term, report_of(without_it, data) AS report_without_it, report_of(with_it, data) AS report_with_it, with_it FROM proof;
SELECT count(*) AS proven FROM proven;
SELECT * FROM proven WHERE report_with_it = report_without_it OR report_without_it ~ '^\d' OR report_with_it ~ '^\d';
-- Components are proven by their being named in these reports. Only sh:property has no results of its own.
SELECT replace(term, 'http://www.w3.org/ns/shacl#', '') AS enforced_and_not_proven FROM rdf_policy_capabilities() c
WHERE status = 'enforced'
  AND NOT EXISTS (SELECT FROM proven p WHERE 'http://www.w3.org/ns/shacl#' || p.term = c.term)
  AND NOT EXISTS (SELECT FROM proven p WHERE c.term LIKE '%ConstraintComponent' AND position(c.term IN p.report_with_it) > 0);

-- Ignored and refused: used on a shape in each way in which a shape can use a term, as predicate, class and value of another predicate.
CREATE TEMPORARY TABLE usage AS
SELECT c.term, c.status, u.way,
       report_of(format('ex:S sh:targetNode ex:a ; sh:nodeKind sh:Literal . ex:S %s .', u.use), '') AS report
FROM rdf_policy_capabilities() c,
     LATERAL (VALUES ('predicate', format('<%s> ex:x', c.term)), ('class', format('a <%s>', c.term)),
                     ('value', format('ex:about <%s>', c.term))) u (way, use)
WHERE c.status <> 'enforced';
-- An ignored term has one use that changes nothing, a refused one none but as a value: 0A000.
SELECT status, term FROM usage GROUP BY status, term
HAVING CASE status WHEN 'ignored' THEN NOT bool_or(report LIKE '<http://ex/a> <http://ex/a> http%NodeKind%')
                   ELSE NOT bool_and(way = 'value' OR report = '0A000 not implemented') END;
SELECT status, way, count(*) FILTER (WHERE report = '0A000 not implemented') AS refused,
       count(*) FILTER (WHERE report LIKE '<http://ex/a> <http://ex/a> http%NodeKind%') AS without_effect, count(*) AS uses
FROM usage GROUP BY status, way ORDER BY status, way;

-- Terms of the two namespaces that nobody defined.
SELECT rdf_policy_register('capability_proof', prefixes() || 'ex:S a sh:NodeShape ; sh:minCuont 1 .');
SELECT rdf_policy_register('capability_proof', prefixes() || 'ex:S a sh:NodeShape, sh:Nodeshape .');
SELECT rdf_policy_register('capability_proof', prefixes() || 'ex:S a sh:NodeShape ; <http://datashapes.org/dash#stem> "x" .');
SELECT rdf_policy_register('capability_proof', prefixes() || 'ex:S a sh:NodeShape ; sh:entailment <http://www.w3.org/ns/entailment/RDFS> .');

-- The data's sh:shapesGraph chooses nothing.
SELECT report_of('ex:S sh:targetNode ex:a ; sh:nodeKind sh:IRI .', 'ex:a sh:shapesGraph <http://ex/Other> .');

-- owl:imports: another policy that is the ontology, registered before; or to be ignored by request.
SELECT rdf_policy_register('capability_importing', '<http://ex/Main> <http://www.w3.org/2002/07/owl#imports> <http://ex/Base> .', allow_vacuous => true);
SELECT rdf_policy_register('capability_importing', '<http://ex/Main> <http://www.w3.org/2002/07/owl#imports> <http://ex/Base> .', allow_vacuous => true, imports => 'fetch');
SELECT rdf_policy_register('capability_importing', '<http://ex/Main> <http://www.w3.org/2002/07/owl#imports> <http://ex/Base> .', allow_vacuous => true, imports => NULL);
SELECT rdf_policy_register('capability_importing', '<http://ex/Main> <http://www.w3.org/2002/07/owl#imports> <http://ex/Base> .', allow_vacuous => true, imports => 'ignore');
SELECT rdf_policy_register('capability_base', '<http://ex/Base> a <http://www.w3.org/2002/07/owl#Ontology> .', allow_vacuous => true);
SELECT rdf_policy_register('capability_importing', '<http://ex/Main> <http://www.w3.org/2002/07/owl#imports> <http://ex/Base> .', allow_vacuous => true);
-- In force it satisfies as well as staged; itself it does not satisfy, but for what stands in the same text.
SELECT success FROM rdf_policy_reload('capability_base');
SELECT rdf_policy_register('capability_importing', '<http://ex/Main> <http://www.w3.org/2002/07/owl#imports> <http://ex/Base> .', allow_vacuous => true);
SELECT rdf_policy_register('capability_base', '<http://ex/Other> <http://www.w3.org/2002/07/owl#imports> <http://ex/Base> .', allow_vacuous => true);
SELECT rdf_policy_register('capability_base', '<http://ex/Base> a <http://www.w3.org/2002/07/owl#Ontology> ; <http://www.w3.org/2002/07/owl#imports> <http://ex/Base> .', allow_vacuous => true);
SELECT rdf_policy_drop('capability_base');
SELECT rdf_policy_register('capability_importing', '<http://ex/Main> <http://www.w3.org/2002/07/owl#imports> <http://ex/Base> .', allow_vacuous => true);
SELECT rdf_policy_register('capability_importing', '<http://ex/Main> <http://www.w3.org/2002/07/owl#imports> "Base" .', allow_vacuous => true);

SELECT rdf_policy_drop(policy) FROM (SELECT policy FROM rdf_policies) p;
DROP FUNCTION report_of, report_now, prefixes;
