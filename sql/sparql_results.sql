-- What solutions of a policy's queries become, sentence by sentence of SHACL's sections 5 and 6: bags, paths, values, messages, validators, targets.
\pset format unaligned
\pset tuples_only on
\set head '@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix ex: <http://ex/> .\nex: sh:declare [ sh:prefix "ex" ; sh:namespace "http://ex/"^^xsd:anyURI ] , [ sh:prefix "rdfs" ; sh:namespace "http://www.w3.org/2000/01/rdf-schema#"^^xsd:anyURI ] .\n'
\set data '@prefix ex: <http://ex/> .\n'

-- 5.3.2: each solution is a result, also where two are alike; DISTINCT says otherwise.
SELECT rdf_policy_apply('sparql_results', :'head' || $$
ex:Bag sh:targetNode ex:bag ; sh:sparql [ sh:prefixes ex: ; sh:select "SELECT $this ?value { $this ex:p ?x BIND(1 AS ?value) }" ] .
ex:Set sh:targetNode ex:bag ; sh:sparql [ sh:prefixes ex: ; sh:select "SELECT DISTINCT $this ?value { $this ex:p ?x BIND(1 AS ?value) }" ] .
$$);
SELECT source_shape, value FROM rdf_validation_report(:'data' || 'ex:bag ex:p 1, 2, 3 .', 'sparql_results') ORDER BY 1, 2;

-- 5.3.2: ?path counts where it is an IRI; else the path is the shape's, and a node shape's result has none.
SELECT rdf_policy_apply('sparql_results', :'head' || $$
ex:Node sh:targetNode ex:a ; sh:sparql ex:Q .
ex:Property sh:targetNode ex:a ; sh:path ( ex:own [ sh:inversePath ex:own ] ) ; sh:sparql ex:Q .
ex:Q sh:prefixes ex: ; sh:select "SELECT $this ?path ?value { { BIND(1 AS ?value) BIND(ex:other AS ?path) } UNION { BIND(2 AS ?value) BIND('text' AS ?path) } UNION { BIND(3 AS ?value) BIND(BNODE() AS ?path) } UNION { BIND(4 AS ?value) } }" .
$$);
SELECT source_shape, value, result_path FROM rdf_validation_report('', 'sparql_results') ORDER BY 1, 2;

-- ?value may be any term, and be absent in some solutions: then it is the focus node of a node shape, and absent of a property shape.
SELECT rdf_policy_apply('sparql_results', :'head' || $$
ex:Node sh:targetNode ex:a, "lit"@en ; sh:sparql ex:Q .
ex:Property sh:targetNode ex:a, "lit"@en ; sh:path ex:p ; sh:sparql ex:Q .
ex:Q sh:prefixes ex: ; sh:message "{$this}: {?value}, {?none}" ; sh:select "SELECT $this ?value { { $this ex:p ?value } UNION { } }" .
$$);
SELECT source_shape, focus_node, CASE WHEN value = rdf_iri('http://ex/a') THEN 'the focus node' ELSE regexp_replace(value::text, '^_:.*', 'a blank node') END,
       regexp_replace(result_message, '_:\w+', '_:') FROM rdf_validation_report(:'data' || 'ex:a ex:p "text"@de, [], ex:b, 01 .', 'sparql_results') ORDER BY 1, 2, 3, 4;

-- Appendix A: blank nodes and literals are pre-bound as themselves, also in EXISTS, and are no variables.
SELECT rdf_policy_apply('sparql_results', :'head' || $$
ex:Blank sh:targetSubjectsOf ex:part ; sh:sparql [ sh:prefixes ex: ; sh:select "SELECT $this ?value { ?value ex:of $this FILTER(ISBLANK($this)) FILTER NOT EXISTS { $this ex:part 2 } }" ] .
ex:Literal sh:targetObjectsOf ex:part ; sh:sparql [ sh:prefixes ex: ; sh:select "SELECT $this ?value { ?value ex:part $this FILTER($this = 1) }" ] .
$$);
SELECT source_shape, CASE WHEN focus_node::text LIKE '\_:%' THEN 'a blank node' ELSE focus_node::text END, CASE WHEN value::text LIKE '\_:%' THEN 'a blank node' ELSE value::text END
FROM rdf_validation_report(:'data' || '_:a ex:part 1 . _:b ex:part 2 . _:c ex:part 1.0 . ex:x ex:of _:a, _:b . ex:y ex:of _:a . ex:d ex:part 1 .', 'sparql_results') ORDER BY 1, 2, 3;

-- 5.3.2, 6.3: the message is ?message, where that is a literal; else the constraint's, else the shape's.
SELECT rdf_policy_apply('sparql_results', :'head' || $$
ex:Own sh:targetNode ex:a ; sh:message "of the shape" ; sh:sparql [ sh:prefixes ex: ; sh:message "of the constraint, {?message}"@en ;
    sh:select "SELECT $this ?value ?message { { BIND(1 AS ?value) BIND('of the query'@fr AS ?message) } UNION { BIND(2 AS ?value) } UNION { BIND(3 AS ?value) BIND(ex:no AS ?message) } }" ] .
ex:Shapes sh:targetNode ex:a ; sh:message "of the shape {$this}" ; sh:severity ex:Grave ; sh:sparql [ sh:prefixes ex: ; sh:select "SELECT $this { }" ] .
ex:Two sh:targetNode ex:a ; sh:sparql [ sh:prefixes ex: ; sh:message "eins"@de, "one"@en ; sh:select "SELECT $this { }" ] .
$$);
SELECT source_shape, result_severity, value, result_message FROM rdf_validation_report('', 'sparql_results') ORDER BY 1, 3;
SELECT DISTINCT trim(line, ' ;.') FROM regexp_split_to_table(rdf_validation_report_turtle('', 'sparql_results'), E'\n') line WHERE line LIKE '%resultMessage%' ORDER BY 1;

-- 6.2.3: a node shape has the nodeValidator, a property shape the propertyValidator, either the validator where it has no other.
SELECT rdf_policy_apply('sparql_results', :'head' || $$
ex:Three a sh:ConstraintComponent ; sh:parameter [ sh:path ex:three ] ; sh:labelTemplate "{$three}" ; sh:message "of the component" ;
    sh:validator [ a sh:SPARQLAskValidator ; sh:message "validator, {$value} {$three}" ; sh:ask "ASK { FILTER(false) }" ] ;
    sh:nodeValidator [ a sh:SPARQLSelectValidator ; sh:message "nodeValidator, {?three}" ; sh:select "SELECT $this { }" ] ;
    sh:propertyValidator [ a sh:SPARQLSelectValidator ; sh:select "SELECT $this ?value { $this $PATH ?value }" ] .
ex:One a sh:ConstraintComponent ; sh:parameter [ sh:path ex:one ], [ sh:path ex:more ; sh:optional true ] ;
    sh:validator [ a sh:SPARQLAskValidator ; sh:message "{$value} {$one} {$more}" ; sh:ask "ASK { FILTER(BOUND($more) && $value = $one) }" ] .
ex:Half a sh:ConstraintComponent ; sh:parameter [ sh:path ex:half ] ;
    sh:propertyValidator [ a sh:SPARQLSelectValidator ; sh:message "half" ; sh:select "SELECT $this { }" ] .
ex:N sh:targetNode ex:a ; ex:three "x"@en ; ex:one ex:a ; ex:half 1 .
ex:P sh:targetNode ex:a ; sh:path ex:p ; ex:three ex:x ; ex:one 1 ; ex:more 2 ; ex:half 1 .
$$);
SELECT source_shape, source_constraint_component, value, result_message FROM rdf_validation_report(:'data' || 'ex:a ex:p 1, "b" .', 'sparql_results') ORDER BY 1, 2, 3, 4;

-- SHACL-AF 3.1: in a target nothing is bound before; VALUES is taken; a node that is found twice is one, and what is not bound none.
SELECT rdf_policy_apply('sparql_results', :'head' || $$
ex:T a sh:NodeShape ; sh:nodeKind sh:BlankNode ; sh:target [ a sh:SPARQLTarget ; sh:prefixes ex: ;
    sh:select "SELECT ?this { { ?this ex:p ?currentShape } UNION { VALUES ?this { ex:a 'text' UNDEF } } UNION { BIND(ex:c AS ?shapesGraph) BIND(?shapesGraph AS ?this) } }" ] .
$$);
SELECT focus_node FROM rdf_validation_report(:'data' || 'ex:a ex:p 1, 2 . ex:b ex:p 1 .', 'sparql_results') ORDER BY 1;

-- Queries see the data alone: what subclass_from_shapes adds for targets and sh:class is not there.
SELECT rdf_policy_apply('sparql_results', :'head' || $$
ex:Dog rdfs:subClassOf ex:Animal .
ex:Animals a sh:NodeShape ; sh:targetClass ex:Animal ; sh:sparql [ sh:prefixes ex: ; sh:message "is none by the data" ;
    sh:select "SELECT $this { FILTER NOT EXISTS { $this a/rdfs:subClassOf* ex:Animal } }" ] .
$$, subclass_from_shapes => true);
SELECT focus_node, result_message FROM rdf_validation_report(:'data' || 'ex:rex a ex:Dog . ex:tom a ex:Cat . ex:Cat <http://www.w3.org/2000/01/rdf-schema#subClassOf> ex:Animal .', 'sparql_results') ORDER BY 1;
SELECT rdf_policy_drop('sparql_results');
