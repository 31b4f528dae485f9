-- Results that can be worked with: the place of each, and why a value does not conform to other shapes.
\pset format unaligned
\pset tuples_only on
SELECT rdf_policy_register('placed', $$
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix ex: <http://ex/> .
ex:Person sh:targetClass ex:Person ; sh:nodeKind sh:IRI ; sh:property ex:Name, ex:Mother, ex:Owner, ex:Contact, ex:Friend .
ex:Name sh:path ex:name ; sh:minCount 1 ; sh:minLength 3 .
ex:Mother sh:path ex:mother ; sh:maxCount 1 .
ex:Owner sh:path [ sh:inversePath ex:owns ] ; sh:class ex:Person .
ex:Friend sh:path ( ex:knows ex:knows ) ; sh:nodeKind sh:IRI .
ex:Contact sh:path ex:contact ; sh:or ( [ sh:datatype xsd:string ] ex:Address ) .
ex:Address sh:property [ sh:path ex:city ; sh:minCount 1 ; sh:message "an address needs a city" ] .
ex:Aged sh:targetObjectsOf ex:age ; sh:datatype xsd:integer .
ex:Named sh:targetNode ex:nobody ; sh:property ex:Name .
$$);
SELECT success FROM rdf_policy_reload('placed');

\set document '\'@prefix ex: <http://ex/> .\r\n# é\n\nex:ann\n  a ex:Person ;\n  ex:name "Anna" ,\n\n    """A\n""" ;\n  ex:mother ex:eve ,\n    ex:ida ; ex:contact [\n    ex:zip "1" ] , 7 .\n\nex:rex ex:owns\n  ex:ann .\n_:b1 a ex:Person .\n[\n  a ex:Person ; ex:name "Somebody" ] ex:age\n  "old" . ex:ann ex:name "Anna", "B" . ex:ann ex:knows ex:bob . ex:bob a\n  ex:Person ; ex:name "Bob" ; ex:knows "it" .\n\''

-- The line is that of the triple with the value, where there is one (for the inverse of a predicate too); else that of
-- the first triple of the path; of a longer path that of the last step; else the first in which the focus node stands as
-- a subject, or else as an object.
SELECT focus_node, result_path, value, violation_type, place
FROM rdf_validation_report(:document, 'placed') ORDER BY place::integer, focus_node, result_path, value;

-- The place of details is that of their own triple.
SELECT r.value, d -> 'context' ->> 'place' AS place, d ->> 'message' AS message
FROM rdf_validation_report(:document, 'placed') r, jsonb_array_elements(detail) d;

-- Nodes without a label have in both readings the label that the document does not use.
SELECT focus_node, place FROM rdf_validation_report(E'_:b0 <http://ex/p> 1 .\n[] a\n<http://ex/Person> .\n[] a <http://ex/Person> .\n( 1 ) a <http://ex/Person> .', 'placed')
WHERE violation_type = 'PROPERTY_MISSING' ORDER BY place::integer;

-- Of triples as JSON it is the pointer of the triple, each policy reading numbers for itself; an array has none.
\set json '\'[{"subject": "http://ex/ann", "predicate": "http://ex/name", "value": "Al"}, {"subject": "http://ex/ann", "predicate": "rdf:type", "value": "http://ex/Person"}, {"subject": "http://ex/ann", "predicate": "http://ex/age", "value": 4.5}, {"subject": "http://ex/bob", "predicate": "rdf:type", "value": "http://ex/Person"}]\''
SELECT focus_node, violation_type, place, :json::jsonb #>> ARRAY[substr(place, 2), 'subject'] AS subject
FROM rdf_validation_report(:json::jsonb, 'placed');
SELECT place FROM rdf_validation_report(:json::json, 'placed', 2);
SELECT error -> 'context' ->> 'place' FROM jsonb_array_elements(rdf_validation_report_jsonb(:json::jsonb, 'placed') -> 'errors') error;
SELECT place IS NULL FROM rdf_validation_report(ARRAY[rdf_triple('<http://ex/ann>', '<http://ex/age>', '4.5')], 'placed');
SELECT violation_type, place FROM rdf_policy_try('placed', E'\n\n<http://ex/a> <http://ex/age> 4.5 .', 1);

-- At the end of a longer path: that of the last step to the value, whatever else has its predicate and the value; the focus node's where it is the value
-- itself, without a step.
SELECT rdf_policy_apply('far', $$
    @prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://ex/> .
    ex:Far sh:targetClass ex:Person ; sh:property [ sh:path ( ex:knows ex:name ) ; sh:minLength 3 ], [ sh:path [ sh:oneOrMorePath ex:knows ] ; sh:class ex:Person ],
        [ sh:path [ sh:zeroOrMorePath ex:knows ] ; sh:class ex:Robot ] .
$$);
SELECT focus_node, result_path, value, place FROM rdf_validation_report(
    E'@prefix ex: <http://ex/> .\nex:a a ex:Person ;\n    ex:knows ex:b .\nex:b\n    ex:name "B" , "same" ,\n    "S" .\nex:c a ex:Person ;\n    ex:knows [\n    ex:name "S" ] .', 'far')
    ORDER BY place::integer, result_path, value;
SELECT rdf_policy_drop('far');
-- Each kind of path, on a line of nodes whose literals are all alike: 1 knows 2, 2 knows 3, 3 knows 4.
SELECT rdf_policy_apply('farther', string_agg(format('@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://ex/> . ex:S%s a sh:NodeShape ; sh:targetNode ex:n%s ; sh:property [ sh:path %s ; sh:in () ] .', n, focus, path), E'\n'))
FROM (VALUES (1, 1, '( ex:knows ex:name )'), (2, 2, '( ex:knows ex:name )'), (3, 1, '( ex:knows [ sh:zeroOrMorePath ex:knows ] )'), (4, 1, '[ sh:alternativePath ( ex:name ( ex:knows ex:label ) ) ]'),
    (5, 4, '[ sh:inversePath ( ex:knows ex:likes ) ]'), (6, 1, '( [ sh:oneOrMorePath ex:knows ] ex:name )'), (7, 3, '[ sh:zeroOrOnePath ex:knows ]'), (8, 4, '[ sh:oneOrMorePath [ sh:inversePath ex:knows ] ]'),
    (9, 2, '( ex:knows [ sh:zeroOrOnePath ex:label ] [ sh:zeroOrMorePath ex:absent ] )')) p (n, focus, path);
SELECT focus_node, result_path, value, place FROM rdf_validation_report(
    E'@prefix ex: <http://ex/> .\nex:n1\n  ex:name "x" ;\n  ex:label "y" ;\n  ex:knows ex:n2 .\nex:n2\n  ex:name "x" ;\n  ex:label "y" ;\n  ex:knows ex:n3 .\nex:n3\n  ex:name "x" ;\n  ex:label "y" ;\n  ex:knows ex:n4 .\nex:n4\n  ex:name "x" .\nex:n3 ex:likes ex:n4 .', 'farther')
    ORDER BY focus_node, result_path, value, place::integer;
SELECT rdf_policy_drop('farther');
-- Two results of a value that is met twice have the place where it is met first.
SELECT count(*), min(place), max(place)
FROM rdf_validation_report(E'<http://ex/a> <http://ex/age> "x" .\n<http://ex/b> <http://ex/age> "x" .', 'placed');

-- Why a value does not conform: which alternative, which part, and what they say in turn.
SELECT rdf_policy_register('reasoned', $$
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix ex: <http://ex/> .
ex:S sh:targetClass ex:Order ; sh:property ex:Buyer, ex:Code, ex:Paid, ex:Line, ex:Note .
ex:Buyer sh:path ex:buyer ; sh:or ( ex:Person [ sh:xone ( [ sh:nodeKind sh:Literal ] [ sh:class ex:Company ] ) ] ) .
ex:Person sh:class ex:Person ; sh:property [ sh:path ex:name ; sh:minCount 1 ; sh:message "a person needs a name" ] .
ex:Code sh:path ex:code ; sh:node ex:CodeShape .
ex:CodeShape sh:and ( [ sh:minLength 3 ] [ sh:pattern "^[A-Z]+$" ] [ sh:nodeKind sh:Literal ] ) .
ex:Paid sh:path ex:paid ; sh:xone ( [ sh:datatype xsd:integer ] [ sh:pattern "^a" ] [ sh:minLength 1 ] ) .
ex:Line sh:path ex:line ; sh:qualifiedMinCount 2 ; sh:qualifiedValueShape [ sh:datatype xsd:integer ] .
ex:Note sh:path ex:note ; sh:not [ sh:minLength 1 ] .
$$);
SELECT success FROM rdf_policy_reload('reasoned');
SELECT rdf_assert_valid('@prefix ex: <http://ex/> .
ex:o a ex:Order ; ex:buyer ex:b ; ex:code "a1" ; ex:paid 1 ; ex:line 1, "x", 2.5 ; ex:note "n" .', 'reasoned');
-- The same as jsonb, sh:qualifiedMinCount with its values.
SELECT violation_type, jsonb_array_length(detail) FROM rdf_validation_report('@prefix ex: <http://ex/> .
ex:o a ex:Order ; ex:buyer ex:b ; ex:code "a1" ; ex:paid 1 ; ex:line 1, "x", 2.5 ; ex:note "n" .', 'reasoned');

-- As many as there are alternatives, there are no more than 12 lines for a result.
SELECT rdf_policy_register('alternatives', '@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://ex/> .
ex:S sh:targetNode ex:a ; sh:or (' || (SELECT string_agg(format('[ sh:and ( [ sh:class ex:C%s ] [ sh:class ex:D%1$s ] ) ]', i), ' ')
FROM generate_series(1, 30) i) || ').');
SELECT success FROM rdf_policy_reload('alternatives');
SELECT rdf_assert_valid('<http://ex/b> a <http://ex/C> .', 'alternatives');

-- Summaries: the report's results, grouped. The example is the first one, as the report as jsonb has it.
\set expected 'SELECT policy, source_shape, result_path, source_constraint_component, count(*)::bigint FROM rdf_validation_report'
\set got 'SELECT policy, shape, path, component, results FROM rdf_validation_summary'
SELECT shape, path, component, results, example -> 'message' AS message, example -> 'context' -> 'place' AS place, example ? 'details' AS has_details
FROM rdf_validation_summary(:document, 'placed');
(:expected (:document) GROUP BY 1, 2, 3, 4) EXCEPT (:got (:document));
(:got (:document)) EXCEPT (:expected (:document) GROUP BY 1, 2, 3, 4);
SELECT policy, count(*), sum(results) FROM rdf_validation_summary(:document) WHERE policy IN ('placed', 'reasoned') GROUP BY policy;
SELECT shape, results, example -> 'context' ->> 'place' AS place FROM rdf_validation_summary(:json::jsonb, 'placed');
SELECT shape, results, example -> 'context' ->> 'place' AS place FROM rdf_validation_summary(:json::json, 'placed');
SELECT shape, results, example -> 'context' ->> 'place' AS place
FROM rdf_validation_summary(ARRAY[rdf_triple('<http://ex/ann>', '<http://ex/age>', '4.5'), rdf_triple('<http://ex/ann>', '<http://ex/age>', '5.5')], 'placed');
SELECT count(*) FROM rdf_validation_summary(NULL::text, 'placed');
SELECT count(*) FROM rdf_validation_summary('<#a> <http://ex/age> 1 .', 'placed', base_iri => 'http://ex/doc');

-- A closed shape has as many paths as the data has predicates. Counts are of all results, whatever rdfpolicy.max_results is.
SELECT rdf_policy_apply('closed', '@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://ex/> .
ex:S sh:targetSubjectsOf ex:p ; sh:closed true ; sh:property [ sh:path ex:p ; sh:maxCount 5 ; sh:in ( 1 2 ) ] .');
SELECT string_agg(format('<http://ex/%s> <http://ex/p> %1$s, %s ; <http://ex/q%s> 1, 2 .', i, i + 1, i % 3), E'\n') AS many
FROM generate_series(1, 1000) i \gset
SET rdfpolicy.max_results = 10;
SELECT path, results, example -> 'context' ->> 'place' AS place FROM rdf_validation_summary(:'many', 'closed');
-- With max_results no more are counted, over all policies together.
SELECT path, results, example -> 'context' ->> 'place' AS place FROM rdf_validation_summary(:'many', 'closed', 2003);
SELECT sum(results) FROM rdf_validation_summary(:'many', 'closed', 3997);
SELECT count(*) FROM rdf_validation_summary(:'many', 'closed', 0);
RESET rdfpolicy.max_results;
-- Kinds of results beyond the room of a report are left out with their counts.
SET rdfpolicy.max_report_size = '1kB';
SELECT path, results FROM rdf_validation_summary(:'many', 'closed');
RESET rdfpolicy.max_report_size;

-- More results than can be counted one by one: 40 levels of two nodes, all of one level leading to both of the next.
SELECT rdf_policy_apply('layers', (SELECT '@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://ex/> . ex:S sh:targetNode ex:n_0_0 ; sh:property ex:P1 .'
    || string_agg(format('ex:P%s sh:path ex:p ; sh:property ex:P%s .', i, i + 1), E'\n')
    || 'ex:P20 sh:nodeKind sh:Literal . ex:P40 sh:class ex:C . ex:P41 sh:path ex:name ; sh:minCount 1 .' FROM generate_series(1, 40) i));
SELECT string_agg(format('<http://ex/n_%s_%s> <http://ex/p> <http://ex/n_%s_0>, <http://ex/n_%3$s_1> .', i, j, i + 1), E'\n') AS layers
FROM generate_series(0, 39) i, generate_series(0, 1) j \gset
SELECT shape, results, results = 2::numeric ^ CASE shape WHEN '<http://ex/P20>' THEN 20 ELSE 40 END AS is_right
FROM rdf_validation_summary(:'layers', 'layers');
SELECT shape, results FROM rdf_validation_summary(:'layers', 'layers', 1000000000);
-- The same of recursive shapes, whose results come once.
SELECT rdf_policy_apply('recursive', '@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://ex/> .
ex:S sh:targetNode ex:n_0_0 ; sh:property ex:P . ex:P sh:path ex:p ; sh:property ex:P, ex:N ; sh:nodeKind sh:Literal .
ex:N sh:path ex:name ; sh:minCount 1 .');
(:expected (:'layers', 'recursive') GROUP BY 1, 2, 3, 4) EXCEPT (:got (:'layers', 'recursive'));
:got (:'layers', 'recursive');
SELECT rdf_policy_drop(policy) FROM (VALUES ('placed'), ('reasoned'), ('alternatives'), ('closed'), ('layers'), ('recursive')) v(policy);
