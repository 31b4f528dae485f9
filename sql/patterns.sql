-- sh:pattern and REGEX: automata of our own, and what only PostgreSQL's engine can match.
\pset format unaligned
\pset tuples_only on

-- Patterns that have an automaton, with and without case, beyond ASCII.
SELECT rdf_policy_register('patterns', $$
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix ex: <http://ex/> .
ex:S sh:targetSubjectsOf ex:p, ex:q ;
    sh:property [ sh:path ex:p ; sh:pattern "^(straße|é)+x?$" ], [ sh:path ex:q ; sh:pattern "^(straße|é)+x?$" ; sh:flags "i" ] .
$$);
SELECT success FROM rdf_policy_reload('patterns');
SELECT value, result_path FROM rdf_validation_report('@prefix ex: <http://ex/> .
    ex:a ex:p "éstraßex", "É", "e", "éx\ny" ; ex:q "ÉSTRAßEX", "é", "E", "éx\ny" .', 'patterns') ORDER BY result_path, value;
SELECT rdf_validate('<http://ex/a> <http://ex/p> "' || repeat('é', 100000) || 'x" .', 'patterns');

-- PostgreSQL's engine: lines, and what has too many states. The first is of a text as a whole, the second of its lines.
SELECT rdf_policy_register('patterns', $$
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix ex: <http://ex/> .
ex:S sh:targetSubjectsOf ex:p, ex:q, ex:r ;
    sh:property [ sh:path ex:p ; sh:pattern "^(é|b)+x?$" ], [ sh:path ex:q ; sh:pattern "^(é|b)+x?$" ; sh:flags "mi" ],
        [ sh:path ex:r ; sh:pattern "^(.|\\n)*é(.|\\n){20}$" ] .
$$);
SELECT success FROM rdf_policy_reload('patterns');
SELECT value, result_path FROM rdf_validation_report('@prefix ex: <http://ex/> .
    ex:a ex:p "ébx", "ébx\ny", "É" ; ex:q "ébx", "y\nÉbx\ny", "y\néby", "y" ;
        ex:r "aé12345678901234567890", "éa1234567890123456789\n", "aé1234567890123456789", "ä12345678901234567890" .', 'patterns') ORDER BY result_path, value;
SELECT rdf_validate('<http://ex/a> <http://ex/r> "' || repeat('é', 100000) || '" .', 'patterns');

-- More patterns than a backend keeps compiled.
SELECT rdf_policy_register('patterns', '@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://ex/> . ex:S sh:targetNode ex:a ' ||
    string_agg('; sh:property [ sh:path ex:p' || i || ' ; sh:minCount 1 ; sh:pattern "^(a' || i || '|b)+c?$" ; sh:flags "m" ] ', '') || '.') FROM generate_series(1, 600) i;
SELECT success FROM rdf_policy_reload('patterns');
SELECT rdf_validate(string_agg('<http://ex/a> <http://ex/p' || i || '> "a' || i || 'bc" .', ''), 'patterns') FROM generate_series(1, 600) i, generate_series(1, 3) n GROUP BY n;
SELECT count(*) FROM rdf_validation_report((SELECT string_agg('<http://ex/a> <http://ex/p' || i || '> "a' || i % 300 || 'bc" .', '') FROM generate_series(1, 600) i), 'patterns');

-- Patterns by chance that mean the same to PostgreSQL, whose own operators ~ and ~* are asked: no difference. Each is a
-- shape, and half of them ask REGEX.
CREATE TEMP TABLE atoms AS SELECT row_number() OVER () AS id, atom FROM unnest(ARRAY['a', 'b', 'c', '1', '-', 'é', '.', '[a-c]', '[^a]', '[A-Z0-9_-]', '[é-ж]', '[^1b]',
    '(ab|c)', '(?:a|b|)', '(a+b)', '([a-c]1?)', '(^a|c$)', '\.', '[0-9]']) atom;
CREATE TEMP TABLE counts AS SELECT row_number() OVER () AS id, count FROM unnest(ARRAY['', '', '', '', '?', '*', '+', '{2}', '{1,3}', '{2,}', '{0,1}']) count;
SELECT setseed(0.13) IS NULL;
CREATE TEMP TABLE patterns AS
SELECT i AS id, i % 4 = 0 AS ignores_case,
    (SELECT CASE WHEN i % 2 = 0 THEN '^' ELSE '' END || string_agg(CASE WHEN n = 4 AND i % 3 = 0 THEN '|' ELSE '' END || atom || count, '' ORDER BY n) || CASE WHEN i % 2 = 0 THEN '$' ELSE '' END
     FROM (SELECT n, 1 + floor(random() * 19)::integer AS a, 1 + floor(random() * 11)::integer AS c FROM generate_series(1, 1 + i % 6) n) part
     JOIN atoms ON atoms.id = a JOIN counts ON counts.id = c) AS pattern
FROM generate_series(1, 400) i;
CREATE TEMP TABLE subjects AS
SELECT DISTINCT (SELECT coalesce(string_agg(substr('aaabbbcc11-éжA.', 1 + floor(random() * 15)::integer, 1), ''), '') FROM generate_series(1, i % 9)) AS subject
FROM generate_series(1, 300) i;
SELECT rdf_policy_register('patterns', '@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://ex/> .' ||
    string_agg(format(CASE WHEN id % 8 < 4 THEN E'ex:S%s sh:targetObjectsOf ex:p ; sh:pattern %s ; sh:flags "%s" .\n'
        ELSE E'ex:S%s sh:targetObjectsOf ex:p ; sh:sparql [ sh:select """SELECT $this { FILTER (!REGEX($this, %s, "%s")) }""" ] .\n' END,
        id, CASE WHEN id % 8 < 4 THEN to_json(pattern)::text ELSE '''' || replace(pattern, '\', '\\\\') || '''' END, CASE WHEN ignores_case THEN 'i' ELSE '' END), '')) FROM patterns;
SELECT success FROM rdf_policy_reload('patterns');
CREATE TEMP TABLE differences AS
WITH judged AS (SELECT rtrim(substr(source_shape::text, 13), '>')::integer AS id, trim(both '"' from value::text) AS subject
    FROM rdf_validation_report((SELECT string_agg('<http://ex/a> <http://ex/p> ' || to_json(subject) || ' .', '') FROM subjects), 'patterns', 1000000))
SELECT p.pattern, p.ignores_case, s.subject, j.id IS NULL AS is_ours
FROM patterns p CROSS JOIN subjects s LEFT JOIN judged j USING (id, subject)
WHERE (j.id IS NULL) IS DISTINCT FROM CASE WHEN p.ignores_case THEN s.subject ~* p.pattern ELSE s.subject ~ p.pattern END;
SELECT * FROM differences ORDER BY pattern, subject LIMIT 20;
SELECT count(*) > 50000, count(*) FILTER (WHERE s.subject ~ p.pattern) BETWEEN count(*) / 10 AND count(*) * 9 / 10 FROM patterns p CROSS JOIN subjects s;
SELECT rdf_policy_drop('patterns');
