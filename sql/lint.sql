-- rdf_policy_lint: what registering a shapes text would refuse or warn of, all at once, storing nothing.

-- Nothing to say.
SELECT * FROM rdf_policy_lint($$
    @prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://ex/> .
    ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:minCount 1 ] .
$$);
SELECT * FROM rdf_policy_lint(NULL);

-- A text that is no Turtle: one row, with its place.
SELECT * FROM rdf_policy_lint('<http://ex/S> a ; .');
SELECT line, col, severity, code FROM rdf_policy_lint(E'\n  ex:S a ex:T .');
SELECT line, severity, code, left(message, 60) AS message
FROM rdf_policy_lint(repeat('[ <http://ex/p> ', 500));

-- All errors at once: no shape's error hides another's, no value's another's.
SELECT line, col, severity, code, node, message FROM rdf_policy_lint(
$$@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://ex/> .
ex:A a sh:NodeShape ; sh:targetClass "C" , _:x ; sh:minCount 1 ; sh:severity ex:s , ex:t .
ex:B a sh:PropertyShape ; sh:targetNode ex:b ; sh:datatype ex:d .
ex:C sh:targetNode ex:c ; sh:nodeKind sh:Iri ; sh:in ex:list ; sh:message 5 .
ex:D sh:targetNode ex:d ; sh:property ex:NoPath , [ sh:path ( ex:p ) ; sh:minCount 1.5 ] .
ex:NoPath sh:maxCount 1 .
ex:E sh:targetNode ex:e ; sh:or ( ex:Missing [ sh:class ex:C ] ) ; sh:minCuont 1 .
ex:F sh:targetNode ex:f ; sh:sparql [ sh:select "SELECT" ] .
ex:G sh:targetNode ex:g ; sh:not ex:H . ex:H sh:node ex:G .
ex:I sh:targetNode ex:i ; sh:pattern "(" , "x" ; sh:pattern "[z-a]" .
ex:J sh:targetNode ex:j ; sh:pattern "(" ; sh:deactivated "1"^^<http://www.w3.org/2001/XMLSchema#boolean> .
$$);

-- What is allowed, and probably a mistake.
SELECT line, severity, code, node, message FROM rdf_policy_lint(
$$@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://ex/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
ex:A a sh:NodeShape ; sh:class ex:C .
ex:B sh:targetClass ex:B ; sh:flags "i" ; sh:datatype xsd:strng ; sh:ignoredProperties ( ex:p ) ;
    sh:minLength 5 ; sh:maxLength 4 ; sh:node ex:Used .
ex:Used sh:nodeKind sh:IRI ; sh:severity ex:own .
ex:Q sh:targetClass ex:B ; sh:path ex:p ; sh:qualifiedMinCount 1 ; sh:minCount 2 ; sh:maxCount 2 ; sh:severity sh:violation .
<http://ex/> a <http://www.w3.org/2002/07/owl#Ontology> ; <http://www.w3.org/2002/07/owl#imports> <http://other/> .
$$);
SELECT * FROM rdf_policy_lint('<http://ex/A> a <http://www.w3.org/ns/shacl#NodeShape> .');
-- Counts below 0 are allowed; rules are not run; a shape that nothing describes asks for nothing.
SELECT line, severity, code, message FROM rdf_policy_lint(
$$@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://ex/> .
ex:A sh:targetClass ex:A ; sh:path ex:p ; sh:minCount -1 ; sh:maxCount -1 ; sh:minLength -1 ; sh:maxLength -1 ;
    sh:qualifiedValueShape ex:Used ; sh:qualifiedMinCount -1 ; sh:qualifiedMaxCount -1 .
ex:B sh:targetClass ex:A ; sh:node ex:Nowhere ; sh:or ( ex:Used ex:Elsewhere ) ; sh:rule [ a sh:TripleRule ] .
ex:Used sh:nodeKind sh:IRI .
$$);

-- A policy that would judge nothing.
SELECT severity, code, message FROM rdf_policy_lint('');
SELECT severity, code, message FROM rdf_policy_lint('@prefix sh: <http://www.w3.org/ns/shacl/> . <urn:S> sh:targetClass <urn:C> .');
-- A target, and the rest misspelt: what it asks for would be passed over.
SELECT iri, code, message FROM unnest(ARRAY['http://www.w3.org/ns/shacl/property', 'https://www.w3.org/ns/shacl#property', 'http://w3.org/ns/SHACL#property',
    'http://www.w3.org/ns/shaclproperty', 'http://www.w3.org/ns/shacl', 'http://www.w3.org/ns/shacl-shacl#property', 'http://www.w3.org/ns/other#property']) iri,
    rdf_policy_lint(format('@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:S> sh:targetClass <urn:C> ; <%s> [ sh:path <urn:p> ; sh:minCount 1 ] .', iri))
WHERE code <> 'unused-shape';
SELECT rdf_policy_register('lint_misspelt', '@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:S> sh:targetClass <urn:C> ; <http://www.w3.org/ns/shacl/nodeKind> sh:IRI .');
SELECT rdf_policy_register('lint_misspelt', '@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:S> sh:targetClass <urn:C> ; <http://www.w3.org/ns/shacl/nodeKind> sh:IRI .', allow_vacuous => true);
SELECT rdf_policy_discard('lint_misspelt');
SELECT severity, code, message FROM rdf_policy_lint('@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:S> a sh:NodeShape ;
    <http://rdf4j.org/shacl-extensions#targetShape> [ sh:hasValue 1 ] .');

-- As registering does: base_iri, imports, rules.
SELECT line, code, message FROM rdf_policy_lint('<S> <http://www.w3.org/ns/shacl#targetNode> <a> ; <http://www.w3.org/ns/shacl#in> 1 .');
SELECT line, code, node FROM rdf_policy_lint('<S> <http://www.w3.org/ns/shacl#targetNode> <a> ; <http://www.w3.org/ns/shacl#in> 1 .',
                                             base_iri => 'http://base/');
SELECT * FROM rdf_policy_lint('', base_iri => 'no IRI');
\set importing '<urn:O> a <http://www.w3.org/2002/07/owl#Ontology> ; <http://www.w3.org/2002/07/owl#imports> <urn:X>, <urn:Y>, <urn:O> . <urn:S> <http://www.w3.org/ns/shacl#targetNode> <urn:a> .'
SELECT severity, code, message FROM rdf_policy_lint(:'importing');
SELECT severity, code, message FROM rdf_policy_lint(:'importing', imports => 'ignore');
SELECT severity, code, message FROM rdf_policy_lint(:'importing', imports => 'fetch');
SELECT rdf_policy_register('lint_imported', '<urn:X> a <http://www.w3.org/2002/07/owl#Ontology> .', allow_vacuous => true);
SELECT severity, code, message FROM rdf_policy_lint(:'importing');
SELECT rdf_policy_discard('lint_imported');
SELECT * FROM rdf_policy_lint('{"property": "name", "required": true, "minLength": 2}'::jsonb);
SELECT severity, code, message FROM rdf_policy_lint('[{"property": "name", "minLenght": 2}, {"property": "age", "datatype": "strng"},
    {"property": "size", "minCount": 3, "maxCount": 2}, 5]'::jsonb);
SELECT severity, code, message FROM rdf_policy_lint('{"A": {"rules": [{"property": "size", "minCount": 3, "maxCount": 2}], "target_class": null},
    "B": {"rules": {"property": "n", "pattern": "("}}, "C": {"rules": {"property": "n", "pattern": "(?=a)"}}}'::jsonb);
SELECT severity, code, message FROM rdf_policy_lint('{"A": {"rules": 5}, "B": {"rules": {"property": 1}}}'::jsonb);
SELECT severity, code, message FROM rdf_policy_lint('{}'::jsonb);
SELECT * FROM rdf_policy_lint(NULL::jsonb);

-- Registering warns of the same.
SELECT rdf_policy_register('lint_warned', $$@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://ex/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
ex:S sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:datatype xsd:strng ; sh:minLength 5 ; sh:maxLength 2 ; sh:severity sh:violation ; sh:flags "i" ] .
ex:U a sh:NodeShape ; sh:node ex:V .$$);
SELECT rdf_policy_discard('lint_warned');

-- Registering refuses the first of them, and names the rule.
\set VERBOSITY default
SELECT rdf_policy_register('linted',
$$@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://ex/> .
ex:S sh:targetNode ex:s ; sh:property [ sh:path ex:p ; sh:minCount "1" ] .
$$);

-- Beyond a thousand, findings are only counted.
SELECT count(*), count(DISTINCT code) AS codes, max(message) FILTER (WHERE line IS NULL) AS last
FROM rdf_policy_lint((SELECT string_agg(format(
    '<http://ex/S%s> <http://www.w3.org/ns/shacl#targetNode> <http://ex/n> ; <http://www.w3.org/ns/shacl#minCount> 1 .', i),
    E'\n') FROM generate_series(1, 1500) i));

-- Everyone may ask; nothing is stored.
CREATE ROLE regress_linter;
SET ROLE regress_linter;
SELECT code FROM rdf_policy_lint('<http://ex/A> <http://www.w3.org/ns/shacl#minCount> 1 .');
RESET ROLE;
DROP ROLE regress_linter;
SELECT count(*) FROM rdf_policies WHERE policy = 'linted';
SELECT provolatile, proparallel, proisstrict FROM pg_proc WHERE proname = 'rdf_policy_lint' ORDER BY pronargs;

-- ill_formed => 'warn': what is left out is named, everything else is enforced.
SELECT rdf_policy_register('mended', ill_formed => 'warn', shapes =>
$$@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://ex/> .
ex:Person a sh:NodeShape ; sh:targetClass ex:Person ;
    sh:property [ sh:path ex:name ; sh:minCount 1 ] , [ sh:name "no path" ; sh:datatype ex:d ] ,
        [ sh:path ex:age ; sh:maxCount "1" ] , [ sh:path [ sh:inversePath ex:p , ex:q ] ; sh:maxCount 1 ] ;
    sh:node ex:Nowhere .
ex:Either sh:targetClass ex:Person ; sh:or ( [ sh:minCount 1 ] [ sh:class ex:Person ] ) .
ex:Above sh:targetClass ex:Person ; sh:not [ sh:and ( ex:Either ) ] ; sh:nodeKind sh:Literal .
ex:Beside sh:targetClass ex:Person ; sh:node ex:Either ; sh:nodeKind sh:BlankNode .
$$);
SELECT success FROM rdf_policy_reload('mended');
SELECT shape, kind, path, constraints, left_out FROM rdf_policy_shapes WHERE policy = 'mended'
ORDER BY left_out IS NOT NULL, shape::text COLLATE "C";
SELECT focus_node, result_path, violation_type, source_shape
FROM rdf_validation_report('<http://ex/a> a <http://ex/Person> ; <http://ex/age> 1, 2 .'::text, 'mended')
ORDER BY violation_type;
SELECT rdf_policy_drop('mended');
