-- What a report has room for: max_results results, as many details, and rdfpolicy.max_report_size of both. What is left out
-- is said, and neither verdicts nor counts depend on it.
\pset format unaligned
\pset tuples_only on
SELECT rdf_policy_register('limited', '@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://ex/> .
  ex:S sh:targetClass ex:T ; sh:node ex:N . ex:N sh:or ( [ sh:class ex:A ] [ sh:class ex:B ] ) .');
SELECT success FROM rdf_policy_reload('limited');
SELECT string_agg(format('<http://ex/%s> a <http://ex/T> .', i), '') AS four FROM generate_series(1, 4) i \gset
-- All of it: 4 results, each with the one of ex:N, which has two. The report says that it is whole.
SELECT count(*), count(detail) FROM rdf_validation_report(:'four'::text, 'limited');
SELECT r -> 'truncated', r -> 'valid', jsonb_array_length(r -> 'errors'), jsonb_array_length(r #> '{errors,3,details,0,details}'),
    r #> '{errors,3,detailsTruncated}' FROM rdf_validation_report_jsonb(:'four'::text, 'limited') r;
SELECT rdf_validation_report_turtle(:'four'::text, 'limited') ~ 'runcated';

-- max_results is what it says, whatever the setting: this is its default, no more.
SET rdfpolicy.max_results = 2;
SELECT count(*) FROM rdf_validation_report(:'four'::text, 'limited');
SELECT count(*) FROM rdf_validation_report(:'four'::text, 'limited', max_results => 4);
SELECT count(*) FROM rdf_validation_report(:'four'::text, 'limited', max_results => 2147483647);
RESET rdfpolicy.max_results;

-- Details come breadth first: as many as results, those of each result before those of details. A row has no place for a
-- mark but its details, where it is the last element.
SELECT focus_node, detail -> -1 = '{"detailsTruncated": true}' AS row_is_cut, detail #> '{0,detailsTruncated}' AS detail_is_cut,
    jsonb_array_length(detail -> 0 -> 'details') AS second_level, result_message
FROM rdf_validation_report(:'four'::text, 'limited', max_results => 4);
SELECT focus_node, jsonb_array_length(detail -> 0 -> 'details') AS second_level, detail #> '{0,detailsTruncated}' AS detail_is_cut
FROM rdf_validation_report(:'four'::text, 'limited', max_results => 7);
SELECT rdf_policy_register('either', '@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://ex/> .
  ex:S sh:targetClass ex:T ; sh:or ( [ sh:class ex:A ] [ sh:class ex:B ] [ sh:class ex:C ] ) .');
SELECT success FROM rdf_policy_reload('either');
SELECT focus_node, result_message, jsonb_pretty(detail)
FROM rdf_validation_report('<http://ex/1> a <http://ex/T> . <http://ex/2> a <http://ex/T> .', 'either', max_results => 2);
SELECT jsonb_pretty(rdf_validation_report_jsonb('<http://ex/1> a <http://ex/T> .', 'limited', max_results => 1));
SELECT rdf_validation_report_turtle('<http://ex/1> a <http://ex/T> .', 'limited', max_results => 1);
-- Results are left out, and the second one's details for want of a third.
SELECT focus_node, detail FROM rdf_validation_report(:'four'::text, 'limited', max_results => 1);
SELECT r -> 'truncated', r -> 'valid', r -> 'focusNodes', jsonb_array_length(r -> 'errors')
FROM rdf_validation_report_jsonb(:'four'::text, 'limited', max_results => 1) r;

SELECT rdf_policy_drop('either');
-- Results of every policy come before details of any: two policies, four results, four details.
SELECT rdf_policy_register('limited_too', rdf_policy_source('limited'));
SELECT success FROM rdf_policy_reload('limited_too');
SELECT policy, focus_node, detail #>> '{0,type}' AS detail, detail #> '{0,detailsTruncated}' AS is_cut
FROM rdf_validation_report('<http://ex/1> a <http://ex/T> . <http://ex/2> a <http://ex/T> .', max_results => 4);
SELECT rdf_policy_drop('limited_too');

-- The size: for superusers to set.
SET rdfpolicy.max_report_size = '2kB';
SELECT count(*) FROM rdf_validation_report(:'four'::text, 'limited');
SELECT r -> 'truncated', r -> 'valid', r -> 'focusNodes', jsonb_array_length(r -> 'errors'), length(r::text) <= 2048 + 200
FROM rdf_validation_report_jsonb(:'four'::text, 'limited') r;
SELECT length(r) <= 2048 + 200, r ~ 'sh:conforms false', r ~ '<urn:rdfpolicy:truncated> true', regexp_count(r, 'a sh:ValidationResult')
FROM rdf_validation_report_turtle(:'four'::text, 'limited') r;
SELECT count(*) FROM rdf_policy_try('limited', :'four'::text, 1);
SELECT rdf_assert_valid(:'four'::text, 'limited');
-- Results have room, and not all of their details.
SET rdfpolicy.max_report_size = '5kB';
SELECT focus_node, detail -> -1 = '{"detailsTruncated": true}' AS row_is_cut, detail #> '{0,detailsTruncated}' AS detail_is_cut
FROM rdf_validation_report(:'four'::text, 'limited');
-- No room for any: nothing is listed, and the data is as invalid as it was.
SET rdfpolicy.max_report_size = '1kB';
SELECT rdf_validation_report_jsonb(format('<http://ex/%s> a <http://ex/T> .', repeat('x', 2000)), 'limited') - 'policies';
SELECT rdf_validation_report_turtle(format('<http://ex/%s> a <http://ex/T> .', repeat('x', 2000)), 'limited');
SELECT rdf_assert_valid(format('<http://ex/%s> a <http://ex/T> .', repeat('x', 2000)), 'limited');
\set VERBOSITY sqlstate
SET rdfpolicy.max_report_size = '129MB';
\set VERBOSITY default
RESET rdfpolicy.max_report_size;
SELECT current_setting('rdfpolicy.max_report_size');
SELECT context, min_val, max_val, unit FROM pg_settings WHERE name = 'rdfpolicy.max_report_size';

-- One long value in 200 results: each has it whole, as long as there is room, and its message has the beginning.
SELECT rdf_policy_register('pairs', '@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://ex/> .
  ex:S sh:targetSubjectsOf ex:p ; sh:property [ sh:path ex:p ; sh:lessThan ex:q ] .');
SELECT success FROM rdf_policy_reload('pairs');
SELECT format('<http://ex/x> <http://ex/p> "%s" ; <http://ex/q> %s .', repeat('x', 20000), string_agg(i::text, ',')) AS long
FROM generate_series(1, 200) i \gset
SET rdfpolicy.max_report_size = '1MB';
SELECT count(*), min(length(rdf_lexical(value))), max(length(result_message)) FROM rdf_validation_report(:'long'::text, 'pairs');
SELECT length(r::text) BETWEEN 900000 AND 1050000, r -> 'truncated' FROM rdf_validation_report_jsonb(:'long'::text, 'pairs') r;
SELECT length(r) BETWEEN 900000 AND 1050000 FROM rdf_validation_report_turtle(:'long'::text, 'pairs') r;
\set VERBOSITY terse
SELECT rdf_assert_valid(:'long'::text, 'pairs');
\set VERBOSITY default
RESET rdfpolicy.max_report_size;

-- 300 times 300 results are counted, and not made one by one.
SELECT format('<http://ex/x> <http://ex/p> %s ; <http://ex/q> %1$s .', string_agg(i::text, ',')) AS many FROM generate_series(1, 300) i \gset
SELECT jsonb_array_length(r -> 'errors') FROM rdf_validation_report_jsonb(:'many'::text, 'pairs', 100) r;
\set VERBOSITY terse
SELECT rdf_assert_valid(:'many'::text, 'pairs');
\set VERBOSITY default

-- A report takes a quarter of the memory of a judgement at most, which would end in an error where it is used up.
SET rdfpolicy.work_mem = '512kB';
SELECT jsonb_array_length(r -> 'errors') BETWEEN 100 AND 300, r -> 'truncated' FROM rdf_validation_report_jsonb(:'many'::text, 'pairs') r;
RESET rdfpolicy.work_mem;

-- Policies that find nothing take no memory while others judge: ten of them, each of which takes more than a tenth.
SELECT count(rdf_policy_register('finds_nothing_' || i, '<urn:S> <http://www.w3.org/ns/shacl#targetSubjectsOf> <urn:p> ; <http://www.w3.org/ns/shacl#property>
  [ <http://www.w3.org/ns/shacl#path> <urn:p> ; <http://www.w3.org/ns/shacl#nodeKind> <http://www.w3.org/ns/shacl#Literal> ] .')) FROM generate_series(1, 10) i;
SELECT count(*) FROM rdf_policy_reload() WHERE policy ~ '^finds_nothing_' AND success;
SELECT string_agg(format('<urn:s%s> <urn:p> "%1$s" .', i), '') AS much FROM generate_series(1, 3000) i \gset
SET rdfpolicy.work_mem = '1MB';
SELECT count(*) FROM rdf_validation_report(:'much'::text);
SELECT r -> 'valid', (r ->> 'focusNodes')::integer >= 30000 FROM rdf_validation_report_jsonb(:'much'::text) r;
SELECT rdf_validation_report_turtle(:'much'::text) ~ 'sh:conforms true';
RESET rdfpolicy.work_mem;
SELECT count(rdf_policy_drop('finds_nothing_' || i)) FROM generate_series(1, 10) i;

-- 2^60 ways through shapes and data that share their parts, on 60 levels: a report shows as much of them as it has room for.
SELECT rdf_policy_register('shared', '@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:S> sh:targetNode <urn:s> ; sh:node <urn:T0> . ' ||
  string_agg(format('<urn:T%s> sh:property [ sh:path <urn:p> ; sh:node <urn:T%s> ] .', i, i + 1), '') || '<urn:T60> sh:nodeKind sh:Literal .')
FROM generate_series(0, 59) i;
SELECT success FROM rdf_policy_reload('shared');
SELECT '<urn:s> <urn:p> <urn:a1>, <urn:b1> .' || string_agg(format('<urn:%s%s> <urn:p> <urn:a%s>, <urn:b%s> .', x, i, i + 1, i + 1), '') AS ways
FROM generate_series(1, 60) i, unnest('{a,b}'::text[]) x \gset
SELECT rdf_validate(:'ways'::text, 'shared');
SELECT r -> 'truncated', jsonb_array_length(r -> 'errors'), (length(r::text) - length(replace(r::text, '"message"', ''))) / 9
FROM rdf_validation_report_jsonb(:'ways'::text, 'shared') r;
SELECT regexp_count(rdf_validation_report_turtle(:'ways'::text, 'shared'), 'a sh:ValidationResult');
SELECT count(*), sum(length(detail::text)) BETWEEN 1000000 AND 10000000 FROM rdf_validation_report(:'ways'::text, 'shared');
SELECT count(*) FROM rdf_policy_try('shared', :'ways'::text, 1);
SELECT rdf_assert_valid(:'ways'::text, 'shared');
CREATE TABLE ways (data text);
CREATE TRIGGER checked BEFORE INSERT ON ways FOR EACH ROW EXECUTE FUNCTION rdf_policy_check('data', 'shared');
INSERT INTO ways VALUES (:'ways');
DROP TABLE ways;
SET rdfpolicy.max_report_size = '100kB';
SELECT length(r::text) BETWEEN 50000 AND 102400 FROM rdf_validation_report_jsonb(:'ways'::text, 'shared', 2147483647) r;
SELECT length(r) BETWEEN 50000 AND 102400 FROM rdf_validation_report_turtle(:'ways'::text, 'shared', 2147483647) r;
SELECT length(detail::text) BETWEEN 50000 AND 102400 FROM rdf_validation_report(:'ways'::text, 'shared', 2147483647);
RESET rdfpolicy.max_report_size;

-- Where only some severities matter, the error lists those, however many others stand before them, and why.
SELECT rdf_policy_register('warned', '@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://ex/> .
  ex:A sh:targetClass ex:T ; sh:severity sh:Warning ; sh:class ex:A . ex:B sh:targetNode ex:4 ; sh:or ( [ sh:class ex:A ] [ sh:class ex:B ] ) .');
SELECT success FROM rdf_policy_reload('warned');
SET rdfpolicy.conformance_disallows = 'Violation';
SELECT rdf_assert_valid(:'four'::text, 'warned');
RESET rdfpolicy.conformance_disallows;

-- A test of a policy whose data has more violations than are expected says so in a few words.
SELECT rdf_policy_add_test('pairs', 'many', :'many'::text, false, '{LESS_THAN_VIOLATION,CLASS_VIOLATION}');
SELECT rdf_policy_drop_test('pairs', 'many');
SELECT rdf_policy_add_test('pairs', 'verdict', :'many'::text, false);
SELECT rdf_policy_add_test('pairs', 'three', '<http://ex/x> <http://ex/p> 1, 2 ; <http://ex/q> 1, 2 .', false,
    '{LESS_THAN_VIOLATION,LESS_THAN_VIOLATION,LESS_THAN_VIOLATION}');
SELECT rdf_policy_drop_test('pairs', 'verdict'), rdf_policy_drop_test('pairs', 'three');

-- The setting is not for everyone.
CREATE ROLE limited_user;
SET ROLE limited_user;
SET rdfpolicy.max_report_size = '100MB';
RESET ROLE;
DROP ROLE limited_user;
SELECT rdf_policy_drop(p) FROM unnest('{limited,pairs,shared,warned}'::text[]) p;
