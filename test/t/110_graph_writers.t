# Eight writers of one graph at once, at all isolation levels: an observer never sees a committed state that violates the
# policy, and nobody fails but for what he did or because two waited for each other.
use strict;
use warnings;
use Test::More;
use RdfPolicy;

my $node = RdfPolicy->new('main', conf => "max_connections = 60\ndeadlock_timeout = 20ms\n");
$node->start;
$node->safe_sql(<<'END');
CREATE EXTENSION rdfpolicy;
CREATE TABLE g (s rdf_term, p rdf_term, o rdf_term);
CREATE INDEX ON g (s, p);
CREATE INDEX ON g (o, p) WHERE rdf_kind(o) <> 'literal';
SELECT rdf_graph_register('g', 'g', 's', 'p', 'o');
SELECT rdf_policy_apply('p', '@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix : <urn:> .
    :P sh:targetClass :Person ;
        sh:property [ sh:path :name ; sh:minCount 1 ; sh:maxCount 1 ] , [ sh:path :worksFor ; sh:class :Company ] ,
            [ sh:path ( :worksFor :country ) ; sh:in ( :de :fr ) ; sh:maxCount 1 ] .
    :C sh:targetClass :Company ; sh:property [ sh:path [ sh:inversePath :owns ] ; sh:maxCount 1 ] .');
SELECT rdf_graph_enforce('g', 'p');
-- One change of the graph, of a few nodes that everybody changes: most are refused where they meet.
CREATE FUNCTION change(kind integer, person integer, company integer) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    x rdf_term := rdf_iri('urn:person' || person);
    c rdf_term := rdf_iri('urn:company' || company);
    a rdf_term := rdf_iri('http://www.w3.org/1999/02/22-rdf-syntax-ns#type');
BEGIN
    CASE kind
    WHEN 0 THEN INSERT INTO g VALUES (x, a, rdf_iri('urn:Person')), (x, rdf_iri('urn:name'), rdf_literal('n' || random()));
    WHEN 1 THEN DELETE FROM g WHERE s = x;
    WHEN 2 THEN INSERT INTO g VALUES (x, rdf_iri('urn:name'), rdf_literal('n' || random()));
    WHEN 3 THEN DELETE FROM g WHERE s = x AND p = rdf_iri('urn:name');
    WHEN 4 THEN INSERT INTO g VALUES (x, rdf_iri('urn:worksFor'), c);
    WHEN 5 THEN INSERT INTO g VALUES (c, a, rdf_iri('urn:Company'));
    WHEN 6 THEN DELETE FROM g WHERE s = c;
    WHEN 7 THEN INSERT INTO g VALUES (c, rdf_iri('urn:country'), rdf_iri('urn:' || (ARRAY['de', 'fr', 'us'])[1 + person % 3]));
    WHEN 8 THEN DELETE FROM g WHERE s = c AND p = rdf_iri('urn:country');
    WHEN 9 THEN INSERT INTO g VALUES (x, rdf_iri('urn:owns'), c);
    WHEN 10 THEN DELETE FROM g WHERE s = x AND p = rdf_iri('urn:owns');
    WHEN 11 THEN INSERT INTO g VALUES (x, a, rdf_iri('urn:Person'));
    WHEN 12 THEN DELETE FROM g WHERE s = x AND p = a;
    ELSE INSERT INTO g VALUES (rdf_iri('urn:Kind' || person % 3), rdf_iri('http://www.w3.org/2000/01/rdf-schema#subClassOf'),
        rdf_iri('urn:Person'));
    END CASE;
END $$;
CREATE TABLE outcome (sqlstate text, message text);
-- A transaction of one to three changes, whose outcome is noted.
CREATE FUNCTION transact() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    state text;
    said text;
BEGIN
    BEGIN
        FOR i IN 1 .. 1 + floor(random() * 3) LOOP
            PERFORM change(floor(random() * 14)::integer, floor(random() * 5)::integer, floor(random() * 3)::integer);
        END LOOP;
        SET CONSTRAINTS ALL IMMEDIATE;
        state := '00000';
    EXCEPTION WHEN OTHERS THEN
        GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, said = MESSAGE_TEXT;
    END;
    PERFORM pg_sleep(random() * 0.002);
    INSERT INTO outcome VALUES (state, said);
END $$;
END

my @levels = ('READ COMMITTED', 'REPEATABLE READ', 'SERIALIZABLE');
my $writers = 8;
my $seconds = $ENV{RDFPOLICY_WRITER_SECONDS} // 8;
my @scripts = map { $node->write_script("write$_", "BEGIN ISOLATION LEVEL $levels[$_];\nSELECT transact();\nCOMMIT;\n") } 0 .. 2;
my $writing = $node->start_pgbench($seconds, '-c', $writers, '-n', '--max-tries=1', map { ('-f', $_) } @scripts);
my ($seen, $invalid) = (0, 0);
while ($writing->is_running)
{
    $invalid++ if $node->safe_sql("SELECT rdf_graph_validate('g', 'p')") ne 't';
    $seen++;
}
$writing->finish;
is($writing->errors =~ s/^pgbench: error: client \d+ .*could not serialize.*$//mgr, '', 'nobody ended otherwise');
is($invalid, 0, 'no committed state was invalid');
cmp_ok($seen, '>', 5, 'the observer looked');
is($node->safe_sql("SELECT rdf_graph_validate('g', 'p')"), 't', 'nor is the last one');
is($node->safe_sql("SELECT count(*) FROM outcome WHERE sqlstate NOT IN ('00000', '23514', '40001', '40P01')"), '0',
    'nothing else went wrong') or diag($node->safe_sql('SELECT sqlstate, message, count(*) FROM outcome GROUP BY 1, 2'));
cmp_ok($node->safe_sql("SELECT count(*) FROM outcome WHERE sqlstate = '00000'"), '>', 50, 'many were committed');
cmp_ok($node->safe_sql("SELECT count(*) FROM outcome WHERE sqlstate = '23514'"), '>', 50, 'many were refused');
note($node->safe_sql('SELECT sqlstate, count(*) FROM outcome GROUP BY 1 ORDER BY 1') . "; observed $seen times");

done_testing;
