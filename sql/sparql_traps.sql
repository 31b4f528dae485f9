-- What is easily done wrong in SPARQL and needs the server: its regular expressions and its digests. The others are in test/unit/traps.
CREATE TABLE traps (id int PRIMARY KEY GENERATED ALWAYS AS IDENTITY, expression text);

-- What the expressions are, all in one query; an error leaves ?value unbound, which then is the focus node.
CREATE FUNCTION trap_values() RETURNS TABLE (id int, value text) LANGUAGE plpgsql AS $$
BEGIN
    PERFORM rdf_policy_apply('sparql_traps', format($shapes$
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://ex/> .
ex:S a sh:NodeShape ; sh:targetNode ex:focus ; sh:sparql [ sh:select "SELECT $this ?value ?message { %s }" ] .
$shapes$, (SELECT string_agg(replace(replace(format('{ BIND("%s" AS ?message) BIND(%s AS ?value) }', t.id, expression), '\', '\\'), '"', '\"'),
                      ' UNION ' ORDER BY t.id) FROM traps t)));
    RETURN QUERY SELECT result_message::int, CASE r.value WHEN rdf_iri('http://ex/focus') THEN 'error'
                 ELSE rdf_lexical(r.value) END FROM rdf_validation_report('', 'sparql_traps') r;
END
$$;

-- 17.4.3.14, F&O 3.1, 5.6: REGEX finds the pattern anywhere; flags; classes of Unicode; what ^, $ and . are.
INSERT INTO traps (expression) VALUES
    ('REGEX("aBc", "ABC", "i")'), ('REGEX("aBc", "ABC")'), ('REGEX("abc", "b")'), ('REGEX("abc", "^b|c$")'), ('REGEX("abc", "")'), ('REGEX("", "^$")'),
    ('REGEX("a\nb", "a.b")'), ('REGEX("a\nb", "a.b", "s")'), ('REGEX("a\rb", "a.b")'), ('REGEX("a\nb", "^b")'), ('REGEX("a\nb", "^b", "m")'),
    ('REGEX("a\nb", "a$")'), ('REGEX("a\nb", "a$", "m")'), ('REGEX("a\n", "a$")'), ('REGEX("a\nb", "^a.b$", "sm")'),
    ('REGEX("ab", "a b", "x")'), ('REGEX("a b", "a b", "x")'), ('REGEX("a b", "a[ ]b", "x")'), ('REGEX("AB", "a b", "xi")'),
    ('REGEX("a.c", "a.c", "q")'), ('REGEX("abc", "a.c", "q")'), ('REGEX("A.C", "a.c", "qi")'), ('REGEX("a^b", "^b", "qm")'), ('REGEX("aa", "A", "ii")'),
    ('REGEX("a1", "^\\w\\d$")'), ('REGEX("é٣", "^\\w\\d$")'), ('REGEX("a\tb", "a\\sb")'), ('REGEX("\u00A0", "\\s")'), ('REGEX("-", "\\w")'),
    ('REGEX("ǅ", "^\\p{Lt}$")'), ('REGEX("a", "^\\P{Lu}$")'), ('REGEX("α", "^\\p{IsGreek}$")'), ('REGEX("x-y", "^\\i\\c*$")'), ('REGEX("-x", "^\\i\\c*$")'),
    ('REGEX("b", "^[a-z-[aeiou]]$")'), ('REGEX("a", "^[a-z-[aeiou]]$")'), ('REGEX("\U0001F600", "^.$")'), ('REGEX("\U0001F600", "^[^a]$")'),
    ('REGEX("straße", "STRASSE", "i")'), ('REGEX("\u212A", "k", "i")'), ('REGEX("Σς", "^σ+$", "i")'), ('REGEX("a{b", "a\\{b")'),
    ('REGEX("abc"@en, "b")'), ('REGEX(STR(<http://ex/a>), "^http")'), ('REGEX("1"^^<http://ex/t>, "1")'),
    ('REGEX("abc", "b"@en)'), ('REGEX(1, "1")'), ('REGEX(<http://ex/a>, "a")'), ('REGEX("1", 1)'), ('REGEX("a", "a", 1)'), ('REGEX("a", "a", "i"@en)'),
    ('REGEX("a", CONCAT("(", ""))'), ('REGEX("a", CONCAT("a{2", ",1}"))'), ('REGEX("a", "a", CONCAT("z", ""))'), ('REGEX("a", ?u)'),
-- 17.4.6: digests of the bytes of UTF-8, of strings without a language alone.
    ('MD5("")'), ('MD5("abc")'), ('MD5("é")'), ('SHA1("abc")'), ('SHA256("")'), ('SHA384("é") = SHA384("e\u0301")'), ('STRLEN(SHA384("abc"))'),
    ('STRLEN(SHA512("abc"))'), ('SUBSTR(SHA512("abc"), 1, 16)'), ('DATATYPE(MD5("abc"))'), ('MD5("abc"@en)'), ('MD5(1)'), ('SHA1(<http://ex/a>)'), ('SHA256(?u)');
SELECT expression, value FROM traps LEFT JOIN trap_values() USING (id) ORDER BY id;

DROP FUNCTION trap_values();
DROP TABLE traps;
SELECT rdf_policy_drop('sparql_traps');
