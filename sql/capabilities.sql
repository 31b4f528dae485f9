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
-- Queries of constraints.
INSERT INTO proof VALUES
('sparql', 'ex:S sh:targetNode ex:a .', 'ex:S sh:targetNode ex:a ; sh:sparql [ sh:select "SELECT $this {}" ] .', ''),
('select', 'ex:S sh:targetNode ex:a ; sh:sparql [ sh:select "SELECT $this { FILTER (false) }" ] .',
 'ex:S sh:targetNode ex:a ; sh:sparql [ sh:select "SELECT $this { FILTER (true) }" ] .', '');
INSERT INTO proof SELECT term, 'ex:S sh:targetNode ex:a ; sh:sparql [ sh:select "PREFIX p: <http://ex/none/> SELECT $this { $this p:q 1 }" ] .',
    'ex:S sh:targetNode ex:a ; sh:sparql [ sh:prefixes [ sh:declare [ sh:prefix "p" ; sh:namespace "http://ex/"^^xsd:anyURI ] ] ;
        sh:select "SELECT $this { $this p:q 1 }" ] .', 'ex:a ex:q 1 .'
FROM unnest(ARRAY['prefixes', 'declare', 'prefix', 'namespace']) term;
-- Components of the text's own, asked by node shapes and property shapes.
INSERT INTO proof SELECT term, 'ex:S sh:targetNode 3 ; ex:divisor 2 .',
    'ex:C a sh:ConstraintComponent ; sh:parameter [ sh:path ex:divisor ] ; sh:validator [ a sh:SPARQLAskValidator ;
        sh:ask "ASK { FILTER (FLOOR($value / $divisor) * $divisor = $value) }" ] . ex:S sh:targetNode 3 ; ex:divisor 2 .', ''
FROM unnest(ARRAY['ConstraintComponent', 'parameter', 'validator', 'ask', 'SPARQLAskValidator']) term;
INSERT INTO proof SELECT term, 'ex:S sh:targetNode ex:a ; ex:wanted ex:p .', format('ex:C a sh:ConstraintComponent ; sh:parameter [ sh:path ex:wanted ] ;
        sh:%s [ a sh:SPARQLSelectValidator ; sh:select "SELECT $this { FILTER NOT EXISTS { $this $wanted ?any } }" ] .
    ex:S sh:targetNode ex:a ; ex:wanted ex:p %s.', validator, path), ''
FROM (VALUES ('nodeValidator', 'nodeValidator', ''), ('SPARQLSelectValidator', 'nodeValidator', ''),
             ('propertyValidator', 'propertyValidator', '; sh:path ex:p ')) validators (term, validator, path);
INSERT INTO proof SELECT 'optional', format(shapes, ''), format(shapes, '; sh:optional true'), ''
FROM (VALUES ('ex:C a sh:ConstraintComponent ; sh:parameter [ sh:path ex:wanted ] , [ sh:path ex:more %s ] ; sh:validator [ a sh:SPARQLAskValidator ;
        sh:ask "ASK { FILTER ($value = $wanted) }" ] . ex:S sh:targetNode ex:a ; ex:wanted ex:b .')) component (shapes);
-- Targets.
INSERT INTO proof SELECT term, 'ex:S sh:nodeKind sh:Literal .',
    'ex:S sh:nodeKind sh:Literal ; sh:target [ a sh:SPARQLTarget ; sh:select "SELECT ?this { ?this <http://ex/p> ?value }" ] .', 'ex:a ex:p 1 .'
FROM unnest(ARRAY['target', 'SPARQLTarget']) term;
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
WHERE status = 'enforced' AND term LIKE 'http%'
  AND NOT EXISTS (SELECT FROM proven p WHERE 'http://www.w3.org/ns/shacl#' || p.term = c.term)
  AND NOT EXISTS (SELECT FROM proven p WHERE c.term LIKE '%ConstraintComponent' AND position(c.term IN p.report_with_it) > 0);

-- Ignored and refused: used on a shape in each way in which a shape can use a term, as predicate, class and value of another predicate.
CREATE TEMPORARY TABLE usage AS
SELECT c.term, c.status, u.way,
       report_of(format('ex:S sh:targetNode ex:a ; sh:nodeKind sh:Literal . ex:S %s .', u.use), '') AS report
FROM rdf_policy_capabilities() c,
     LATERAL (VALUES ('predicate', format('<%s> ex:x', c.term)), ('class', format('a <%s>', c.term)),
                     ('value', format('ex:about <%s>', c.term))) u (way, use)
WHERE c.status <> 'enforced' AND term LIKE 'http%';
-- An ignored term has one use that changes nothing, a refused one none but as a value: 0A000.
SELECT status, term FROM usage GROUP BY status, term
HAVING CASE status WHEN 'ignored' THEN NOT bool_or(report LIKE '<http://ex/a> <http://ex/a> http%NodeKind%')
                   ELSE NOT bool_and(way = 'value' OR report = '0A000 not implemented') END;
SELECT status, way, count(*) FILTER (WHERE report = '0A000 not implemented') AS refused,
       count(*) FILTER (WHERE report LIKE '<http://ex/a> <http://ex/a> http%NodeKind%') AS without_effect, count(*) AS uses
FROM usage GROUP BY status, way ORDER BY status, way;

-- Queries: each part of the language and each function that is taken, in a constraint of ex:S at ex:a; what stands in SELECT, then in braces, of a query
-- that finds something, and of one that does not.
CREATE TEMPORARY TABLE query_proof (name text, found text, not_found text);
CREATE FUNCTION query_report(query text, target text DEFAULT 'sh:targetNode ex:a') RETURNS text RETURN
    report_of(format('ex:S sh:path ex:p ; %s ; sh:sparql [ sh:prefixes [ sh:declare [ sh:prefix "ex" ; sh:namespace "http://ex/" ] , [ sh:prefix "xsd" ;
        sh:namespace "http://www.w3.org/2001/XMLSchema#" ] ] ; sh:select %s ] .', target, to_json(query)), 'ex:a ex:p 1 , 2 ; ex:q ex:b . ex:b ex:p 2 .');
INSERT INTO query_proof VALUES
('SELECT', 'SELECT * { $this ex:p 1 }', 'SELECT * { $this ex:p 3 }'),
('PREFIX', 'PREFIX e: <http://ex/> SELECT $this { $this e:p 1 }', 'PREFIX e: <http://ex/x> SELECT $this { $this e:p 1 }'),
('BASE', 'BASE <http://ex/> SELECT $this { $this <p> 1 }', 'BASE <http://ey/> SELECT $this { $this <p> 1 }'),
('DISTINCT', 'SELECT $this { $this ?p ?o } GROUP BY $this HAVING (COUNT(DISTINCT ?p) = 2)', 'SELECT DISTINCT $this { $this ex:p 3 }'),
('REDUCED', 'SELECT REDUCED $this { $this ex:p ?value }', 'SELECT REDUCED $this { $this ex:p 3 }'),
('triple patterns', 'SELECT $this { $this ex:p 1 , 2 ; ex:q [ ex:p 2 ] }', 'SELECT $this { $this ex:p 1 ; ex:q [ ex:p 1 ] }'),
('FILTER', 'SELECT $this { $this ex:p ?value FILTER (?value = 1) }', 'SELECT $this { $this ex:p ?value FILTER (?value = 3) }'),
('OPTIONAL', 'SELECT $this { OPTIONAL { $this ex:p ?x FILTER (?x = 3) } FILTER (!BOUND(?x)) }', 'SELECT $this { OPTIONAL { $this ex:q ?x } FILTER (!BOUND(?x)) }'),
('UNION', 'SELECT $this { { $this ex:p 3 } UNION { $this ex:p 1 } }', 'SELECT $this { { $this ex:p 3 } UNION { $this ex:p 4 } }'),
('EXISTS', 'SELECT $this { BIND (EXISTS { $this ex:p 1 } AS ?x) FILTER (?x) }', 'SELECT $this { FILTER EXISTS { $this ex:p 3 } }'),
('NOT EXISTS', 'SELECT $this { FILTER NOT EXISTS { $this ex:p 3 } }', 'SELECT $this { FILTER NOT EXISTS { $this ex:p 1 } }'),
('BIND', 'SELECT $this { BIND (1 AS ?x) $this ex:p ?x }', 'SELECT $this { BIND (3 AS ?x) $this ex:p ?x }'),
('AS', 'SELECT $this (1 + 1 AS ?value) { $this ex:p 1 }', 'SELECT $this (1 + 1 AS ?value) { $this ex:p 3 }'),
('sub-SELECT', 'SELECT $this { { SELECT $this (MAX(?x) AS ?m) { $this ex:p ?x } GROUP BY $this } FILTER (?m = 2) }',
 'SELECT $this { { SELECT $this (MAX(?x) AS ?m) { $this ex:p ?x } GROUP BY $this } FILTER (?m = 1) }'),
('GROUP BY', 'SELECT $this ?p { $this ?p ?o } GROUP BY $this ?p HAVING (COUNT(*) = 2)', 'SELECT $this ?p { $this ?p ?o } GROUP BY $this ?p HAVING (COUNT(*) = 3)'),
('HAVING', 'SELECT $this { $this ?p ?o } GROUP BY $this HAVING (COUNT(*) > 2)', 'SELECT $this { $this ?p ?o } GROUP BY $this HAVING (COUNT(*) > 3)'),
('ORDER BY', 'SELECT $this { { SELECT $this ?x { $this ex:p ?x } ORDER BY DESC(?x) LIMIT 1 } FILTER (?x = 2) }',
 'SELECT $this { { SELECT $this ?x { $this ex:p ?x } ORDER BY ?x LIMIT 1 } FILTER (?x = 2) }'),
('LIMIT', 'SELECT $this { $this ex:p ?x } LIMIT 1', 'SELECT $this { $this ex:p ?x } LIMIT 0'),
('OFFSET', 'SELECT $this { $this ex:p ?x } OFFSET 1', 'SELECT $this { $this ex:p ?x } OFFSET 2'),
('path /', 'SELECT $this { $this ex:q/ex:p 2 }', 'SELECT $this { $this ex:q/ex:p 1 }'),
('path |', 'SELECT $this { $this ex:q|ex:p 1 }', 'SELECT $this { $this ex:q|ex:r 1 }'),
('path ^', 'SELECT $this { ex:b ^ex:q $this }', 'SELECT $this { $this ^ex:q ex:b }'),
('path *', 'SELECT $this { $this ex:p* $this }', 'SELECT $this { $this ex:p* 3 }'),
('path +', 'SELECT $this { $this (ex:q|ex:p)+ 2 }', 'SELECT $this { $this ex:p+ $this }'),
('path ?', 'SELECT $this { $this ex:p? $this }', 'SELECT $this { $this ex:p? 3 }'),
('path !', 'SELECT $this { $this !ex:p ex:b }', 'SELECT $this { $this !(ex:p|ex:q) ex:b }'),
('COUNT', 'SELECT $this { $this ex:p ?x } GROUP BY $this HAVING (COUNT(?x) = 2)', 'SELECT $this { $this ex:p ?x } GROUP BY $this HAVING (COUNT(?x) = 1)'),
('SUM', 'SELECT $this { $this ex:p ?x } GROUP BY $this HAVING (SUM(?x) = 3)', 'SELECT $this { $this ex:p ?x } GROUP BY $this HAVING (SUM(?x) = 2)'),
('MIN', 'SELECT $this { $this ex:p ?x } GROUP BY $this HAVING (MIN(?x) = 1)', 'SELECT $this { $this ex:p ?x } GROUP BY $this HAVING (MIN(?x) = 2)'),
('MAX', 'SELECT $this { $this ex:p ?x } GROUP BY $this HAVING (MAX(?x) = 2)', 'SELECT $this { $this ex:p ?x } GROUP BY $this HAVING (MAX(?x) = 1)'),
('AVG', 'SELECT $this { $this ex:p ?x } GROUP BY $this HAVING (AVG(?x) = 1.5)', 'SELECT $this { $this ex:p ?x } GROUP BY $this HAVING (AVG(?x) = 1)'),
('SAMPLE', 'SELECT $this { $this ex:p ?x } GROUP BY $this HAVING (SAMPLE(?x) = 1)', 'SELECT $this { $this ex:p ?x } GROUP BY $this HAVING (SAMPLE(?x) = 2)'),
('GROUP_CONCAT', 'SELECT $this { $this ex:p ?x } GROUP BY $this HAVING (GROUP_CONCAT(?x; SEPARATOR = ",") = "1,2")',
 'SELECT $this { $this ex:p ?x } GROUP BY $this HAVING (GROUP_CONCAT(?x) = "2 1")'),
('GRAPH $shapesGraph', 'SELECT $this { GRAPH $shapesGraph { $currentShape <http://www.w3.org/ns/shacl#path> ex:p } }',
 'SELECT $this { GRAPH $shapesGraph { $currentShape ex:p ?x } }'),
('$PATH', 'SELECT $this { $this $PATH 1 }', 'SELECT $this { $this $PATH ex:b }');
-- Operators and functions: an expression that is true, and its negation.
INSERT INTO query_proof SELECT name, format('SELECT $this { FILTER (%s) }', expression), format('SELECT $this { FILTER (!(%s)) }', expression)
FROM (VALUES
('||', 'false || true'), ('&&', 'true && true'), ('IN', '1 IN (2, 1)'), ('NOT IN', '1 NOT IN (2, 3)'), ('BOUND', 'BOUND($this)'), ('IF', 'IF(true, true, false)'),
('COALESCE', 'COALESCE(1 / 0, true)'), ('!', '!false'), ('unary +', '+ (1) = 1'), ('unary -', '- (1) = -1'), ('=', '1 = 1.0'), ('!=', '1 != 2'), ('<', '1 < 2'),
('>', '2 > 1'), ('<=', '1 <= 1'), ('>=', '1 >= 1'), ('+', '1 + 1 = 2'), ('-', '3 - 1 = 2'), ('*', '2 * 3 = 6'), ('/', '1 / 4 = 0.25'),
('SAMETERM', 'SAMETERM($this, ex:a)'), ('ISIRI', 'ISIRI($this)'), ('ISURI', 'ISURI($this)'), ('ISBLANK', 'ISBLANK(BNODE())'), ('ISLITERAL', 'ISLITERAL("x")'),
('ISNUMERIC', 'ISNUMERIC(1)'), ('STR', 'STR($this) = "http://ex/a"'), ('LANG', 'LANG("x"@en) = "en"'), ('DATATYPE', 'DATATYPE(1) = xsd:integer'),
('IRI', 'IRI("http://ex/a") = $this'), ('URI', 'URI("http://ex/a") = $this'), ('BNODE', 'ISBLANK(BNODE("x"))'), ('STRDT', 'STRDT("1", xsd:integer) = 1'),
('STRLANG', 'STRLANG("x", "en") = "x"@en'), ('STRLEN', 'STRLEN("abc") = 3'), ('SUBSTR', 'SUBSTR("abc", 2) = "bc"'), ('UCASE', 'UCASE("a") = "A"'),
('LCASE', 'LCASE("A") = "a"'), ('STRSTARTS', 'STRSTARTS("abc", "ab")'), ('STRENDS', 'STRENDS("abc", "bc")'), ('CONTAINS', 'CONTAINS("abc", "b")'),
('STRBEFORE', 'STRBEFORE("abc", "b") = "a"'), ('STRAFTER', 'STRAFTER("abc", "b") = "c"'), ('ENCODE_FOR_URI', 'ENCODE_FOR_URI("a b") = "a%20b"'),
('CONCAT', 'CONCAT("a", "b") = "ab"'), ('LANGMATCHES', 'LANGMATCHES("en-GB", "en")'), ('REGEX', 'REGEX("abc", "^A", "i")'), ('REPLACE', 'REPLACE("abc", "b", "x") = "axc"'),
('ABS', 'ABS(-1) = 1'), ('ROUND', 'ROUND(1.5) = 2'), ('CEIL', 'CEIL(1.2) = 2'), ('FLOOR', 'FLOOR(1.8) = 1'), ('NOW', 'DATATYPE(NOW()) = xsd:dateTime'),
('YEAR', 'YEAR("2020-02-03T04:05:06Z"^^xsd:dateTime) = 2020'), ('MONTH', 'MONTH("2020-02-03T04:05:06Z"^^xsd:dateTime) = 2'),
('DAY', 'DAY("2020-02-03T04:05:06Z"^^xsd:dateTime) = 3'), ('HOURS', 'HOURS("2020-02-03T04:05:06Z"^^xsd:dateTime) = 4'),
('MINUTES', 'MINUTES("2020-02-03T04:05:06Z"^^xsd:dateTime) = 5'), ('SECONDS', 'SECONDS("2020-02-03T04:05:06Z"^^xsd:dateTime) = 6'),
('TIMEZONE', 'STR(TIMEZONE("2020-02-03T04:05:06Z"^^xsd:dateTime)) = "PT0S"'), ('TZ', 'TZ("2020-02-03T04:05:06Z"^^xsd:dateTime) = "Z"'),
('MD5', 'MD5("abc") = "900150983cd24fb0d6963f7d28e17f72"'), ('SHA1', 'SHA1("abc") = "a9993e364706816aba3e25717850c26c9cd0d89d"'),
('SHA256', 'STRSTARTS(SHA256("abc"), "ba7816bf8f01cfea")'), ('SHA384', 'STRSTARTS(SHA384("abc"), "cb00753f45a35e8b")'), ('SHA512', 'STRSTARTS(SHA512("abc"), "ddaf35a193617aba")'),
('xsd:string', 'xsd:string(1) = "1"'), ('xsd:boolean', 'xsd:boolean("1")'), ('xsd:integer', 'xsd:integer("7") = 7'), ('xsd:decimal', 'xsd:decimal("1.5") = 1.5'),
('xsd:float', 'xsd:float("1.5") = 1.5'), ('xsd:double', 'xsd:double("1e1") = 10'), ('xsd:dateTime', 'YEAR(xsd:dateTime("2020-02-03T04:05:06Z")) = 2020')
) expressions (name, expression);
SELECT name, query_report(found) AS found, query_report(not_found) AS not_found FROM query_proof
WHERE query_report(found) NOT LIKE '<http://ex/a> <http://ex/p> %' OR query_report(not_found) <> 'conforms';
-- An ASK is proven by the components above; VALUES by a target; the rest by name.
SELECT query_report('SELECT $this { $this ex:p 1 }', 'sh:target [ a sh:SPARQLTarget ; sh:select "SELECT ?this { VALUES ?this { <http://ex/a> } }" ]') AS values_in_target;
SELECT term FROM rdf_policy_capabilities() WHERE term LIKE 'SPARQL %' AND status = 'enforced'
EXCEPT SELECT 'SPARQL ' || name FROM query_proof ORDER BY term;
SELECT 'SPARQL ' || name FROM query_proof EXCEPT SELECT term FROM rdf_policy_capabilities() WHERE status = 'enforced';
-- What is refused is so by the words of its note, and with the place in the text.
SELECT term, query_report(CASE
    WHEN note LIKE '%a query is%' THEN substr(term, 8) || ' { $this ?p ?o }'
    WHEN note LIKE '%another value%' THEN format('SELECT $this { FILTER (%s() = 1) }', substr(term, 8))
    WHEN term = 'SPARQL functions by IRI' THEN 'SELECT $this { FILTER (ex:f(1)) }'
    WHEN term = 'SPARQL FROM' THEN 'SELECT $this FROM ex:g { }'
    ELSE format('SELECT $this { %s ex:g { ?a ?b ?c } }', substr(term, 8)) END) AS report
FROM rdf_policy_capabilities() WHERE term LIKE 'SPARQL %' AND status = 'refused' ORDER BY term COLLATE "C";
DROP FUNCTION query_report;

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
