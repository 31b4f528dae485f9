-- rdf_policy_diff: what differs between two versions. The engine's cases are in test/unit/test_image_diff.c.
\set VERBOSITY terse
\set prefixes '@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix ex: <http://example.org/> . '
\set v1 :prefixes 'ex:PersonShape sh:targetClass ex:Person ; sh:closed true ; sh:property [ sh:path ex:name ; sh:minCount 1 ; sh:maxLength 10 ; sh:pattern "^a" ], [ sh:path ex:age ; sh:minInclusive 18 ; sh:datatype xsd:integer ], [ sh:path ex:role ; sh:in ("admin" "user") ] .'
\set v2 :prefixes 'ex:PersonShape sh:targetClass ex:Person, ex:Robot ; sh:closed true ; sh:property [ sh:path ex:role ; sh:in ("user" "admin" "guest") ], [ sh:path ex:name ; sh:minCount 2 ; sh:maxLength 20 ; sh:pattern "^a" ; sh:flags "i" ], [ sh:path ex:age ; sh:minInclusive 18.5 ; sh:severity sh:Warning ], [ sh:path [ sh:inversePath ex:knows ] ; sh:minCount 1 ] .'

SELECT rdf_policy_register('diff', :'v1');
SELECT * FROM rdf_policy_diff('diff');
SELECT success FROM rdf_policy_reload('diff');
SELECT * FROM rdf_policy_diff('diff');
SELECT rdf_policy_register('diff', :'v2');

-- Without versions: from what is in force to what is staged.
SELECT * FROM rdf_policy_diff('diff');
-- The way back is the opposite; a version and itself are the same.
SELECT path, change, old_value, new_value FROM rdf_policy_diff('diff', 2, 1) WHERE change IN ('tightened', 'loosened');
SELECT count(*) FROM rdf_policy_diff('diff', 2, 2);

SELECT * FROM rdf_policy_diff('diff', 1, 3);
SELECT * FROM rdf_policy_diff('nobody', 1, 2);
SELECT * FROM rdf_policy_diff(NULL, 1, 2);

CREATE ROLE rdf_differ;
SET ROLE rdf_differ;
SELECT * FROM rdf_policy_diff('diff', 1, 2);
RESET ROLE;
DROP ROLE rdf_differ;
SELECT rdf_policy_drop('diff');
