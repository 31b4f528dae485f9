-- Images of another format, as they stand after an upgrade: compiled anew for whoever judges, and written back by the next reload.
\set prefixes '@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://example.com/> . '
SELECT rdf_policy_register(p, :'prefixes' || format('ex:S a sh:NodeShape ; sh:targetSubjectsOf ex:%s ;
    sh:property [ sh:path ex:name ; sh:minCount 1 ] .', p)) FROM unnest('{first,second}'::text[]) p;
SELECT policy, success, version FROM rdf_policy_reload() WHERE policy IN ('first', 'second');
CREATE VIEW verdicts AS SELECT p AS policy,
    rdf_validate('<urn:a> <http://example.com/' || p || '> 1 ; <http://example.com/name> "A" .', p) AS good,
    rdf_validate('<urn:a> <http://example.com/' || p || '> 1 .', p) AS bad FROM unnest('{first,second}'::text[]) p;
TABLE verdicts;

-- Whether each row is what it was, and its image.
CREATE TABLE kept AS SELECT * FROM rdf_catalog_version WHERE policy IN ('first', 'second');
CREATE VIEW differences AS SELECT v.policy, v.version, v.image = k.image AS same_image,
    to_jsonb(v) - 'image' - 'was_active' = to_jsonb(k) - 'image' - 'was_active' AS same_rest
FROM rdf_catalog_version v JOIN kept k USING (policy, version) ORDER BY 1, 2;
-- The number of the format is in bytes 5 to 8. Whoever writes by hand makes a new generation.
SELECT generation AS number FROM rdf_policy_status \gset
UPDATE rdf_catalog_version SET image = set_byte(image, 4, 1) WHERE policy IN ('first', 'second');
SELECT generation - :number AS made, broken_policies FROM rdf_policy_status;

-- Judging works, and writes nothing.
TABLE verdicts;
SELECT policy, valid, error FROM unnest('{first,second}'::text[]) p, rdf_policy_verify(p);
TABLE differences;

-- A reload that changes no policy writes the images back: without a generation, without history, and once.
SELECT generation AS number FROM rdf_policy_status \gset
SELECT count(*) AS lines FROM rdf_policy_history \gset
SELECT policy, success, version, generation - :number AS made, changed FROM rdf_policy_reload() WHERE policy IN ('first', 'second');
TABLE differences;
SELECT generation - :number AS made FROM rdf_policy_status;
SELECT count(*) - :lines AS lines FROM rdf_policy_history;
TABLE verdicts;
SELECT policy, valid, error FROM unnest('{first,second}'::text[]) p, rdf_policy_verify(p);
CREATE TABLE places AS SELECT policy, version, ctid AS place FROM rdf_catalog_version WHERE policy IN ('first', 'second');
SELECT policy, success, changed FROM rdf_policy_reload() WHERE policy IN ('first', 'second');
SELECT count(*) AS written FROM rdf_catalog_version v JOIN places p USING (policy, version) WHERE v.ctid <> p.place;

-- A reload of one policy writes back the images of all, that which comes into force too, and makes one generation.
SELECT rdf_policy_register('second', :'prefixes' || 'ex:S a sh:NodeShape ; sh:targetSubjectsOf ex:second ;
    sh:property [ sh:path ex:name ; sh:minCount 1 ; sh:maxLength 9 ] .');
INSERT INTO kept SELECT * FROM rdf_catalog_version WHERE policy = 'second' AND version = 2;
UPDATE rdf_catalog_version SET image = set_byte(image, 4, 1) WHERE policy IN ('first', 'second');
SELECT generation AS number FROM rdf_policy_status \gset
SELECT policy, success, version, generation - :number AS made, changed FROM rdf_policy_reload('second');
TABLE differences;
SELECT policy, valid, error FROM unnest('{first,second}'::text[]) p, rdf_policy_verify(p);
TABLE verdicts;

-- A reload that is refused leaves all as it was; the next one writes back. A version that a call names is judged by all the same.
UPDATE rdf_catalog_version SET image = set_byte(image, 4, 1) WHERE policy IN ('first', 'second') AND version = 1;
SELECT rdf_validate('<urn:a> <http://example.com/second> 1 .', 'second@1');
SELECT rdf_policy_register('second', :'prefixes' || 'ex:S sh:targetNode ex:c .');
UPDATE rdf_catalog_version SET source = source || ' # changed' WHERE policy = 'second' AND version = 3;
SELECT policy, success, changed FROM rdf_policy_reload('second');
TABLE differences;
SELECT rdf_policy_discard('second');
SELECT policy, success, changed FROM rdf_policy_reload() WHERE policy IN ('first', 'second');
SELECT * FROM differences WHERE (policy, version) <> ('second', 1); -- not in force
TABLE verdicts;

DROP VIEW verdicts, differences;
DROP TABLE kept, places;
SELECT rdf_policy_drop(p) FROM unnest('{first,second}'::text[]) p;
