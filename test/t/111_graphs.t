# Graphs in tables over time: what other sessions change is noticed, a judgement is seen and cancelled, a restart and a dump keep them.
use strict;
use warnings;
use Test::More;
use RdfPolicy;

my $node = RdfPolicy->new('graphs');
$node->start;
$node->safe_sql(<<'END');
CREATE EXTENSION rdfpolicy;
SELECT rdf_policy_apply('p', 'PREFIX sh: <http://www.w3.org/ns/shacl#> <urn:S> sh:targetSubjectsOf <urn:p> ;
    sh:property [ sh:path <urn:p> ; sh:nodeKind sh:IRI ] .');
CREATE SCHEMA "A b";
CREATE TABLE "A b"."T t" (s rdf_term, p rdf_term, "O o" rdf_term);
INSERT INTO "A b"."T t" SELECT rdf_iri('urn:s' || n), '<urn:p>', (CASE n WHEN 7 THEN '"x"' ELSE '<urn:o>' END)::rdf_term FROM generate_series(1, 1000) n;
CREATE TABLE dict (id bigint PRIMARY KEY, term rdf_term);
CREATE TABLE ids (s bigint, p bigint, o bigint);
INSERT INTO dict VALUES (1, '<urn:a>'), (2, '<urn:p>'), (3, '"x"');
INSERT INTO ids VALUES (1, 2, 3);
SELECT rdf_graph_register('terms', '"A b"."T t"', 's', 'p', 'O o');
SELECT rdf_graph_register('ids', 'ids', 's', 'p', 'o', terms => 'dict', term_lexical => 'term');
END

my $judge = "SELECT graph, (SELECT string_agg(focus_node::text, ' ') FROM rdf_graph_report(graph, 'p')) FROM rdf_graphs ORDER BY 1";
my $judged = "ids|<urn:a>\nterms|<urn:s7>";
is($node->safe_sql($judge), $judged, 'both graphs are judged');

# What another session changes of tables, dictionaries, indexes and registrations.
my $session = $node->background_psql;
is($session->query($judge), $judged, 'by a session that stays');
my $part = "SELECT focus_node FROM rdf_graph_report('terms', 'p', focus => '{<urn:s7>}')";
is($session->query($part), '<urn:s7>', 'and a part, through plans that stay');
$node->safe_sql('ALTER TABLE "A b"."T t" RENAME TO "U"');
like($session->query($judge), qr/relation "A b"."T t" of a graph's source does not exist/, 'a table that was renamed is noticed');
$node->safe_sql('ALTER TABLE "A b"."U" RENAME TO "T t"; ALTER TABLE "A b"."T t" DROP COLUMN p, ADD COLUMN p rdf_term DEFAULT $$<urn:p>$$');
is($session->query($judge), $judged, 'so is its return, with a column of another number');
is($session->query($part), '<urn:s7>', 'and look-ups follow');
$node->safe_sql('ALTER TABLE dict ALTER term TYPE text');
like($session->query($judge), qr/option term_kind of a graph's source is missing/, 'a dictionary of other columns');
$node->safe_sql('ALTER TABLE dict ALTER term TYPE rdf_term USING term::rdf_term; ALTER TABLE dict DROP CONSTRAINT dict_pkey');
like($session->query($judge), qr/the ids of dictionary public.dict are not unique/, 'or without its key');
$node->safe_sql('ALTER TABLE dict ADD PRIMARY KEY (id)');
is($session->query($judge), $judged, 'put right again');
$node->safe_sql("INSERT INTO ids VALUES (4, 2, 3)");
like($session->query($judge), qr/Dictionary public.dict has no row with the id 4/, 'an id without a row');
$session->query('BEGIN');
$session->query("INSERT INTO dict VALUES (4, '<urn:d>')");
like($session->query($judge), qr/^ids\|<urn:a> <urn:d>$/m, 'whose row the same transaction makes');
$session->query('ROLLBACK');
$node->safe_sql("DELETE FROM ids WHERE s = 4; SELECT rdf_graph_add_source('ids', '\"A b\".\"T t\"', 's', 'p', 'O o')");
like($session->query($judge), qr/^ids\|.*<urn:s7>$/m, 'a further source');
$node->safe_sql("SELECT rdf_graph_drop('ids')");
is($session->query($judge), 'terms|<urn:s7>', 'a graph that is gone');
$node->safe_sql("SELECT rdf_graph_register('ids', 'ids', 's', 'p', 'o', terms => 'dict', term_lexical => 'term')");
is($session->query($judge), $judged, 'and registered again');

# Progress, and cancelling.
my $pid = $session->backend_pid;
my $holder = $node->background_psql;
$holder->query('SELECT pg_advisory_lock(21072)');
$session->query("SET rdfpolicy.debug_point = 'graph'");
$session->send("SELECT rdf_graph_validate('terms', 'p')");
ok($node->poll_query_until("SELECT phase = 'validating' FROM rdf_graph_progress WHERE pid = $pid"), 'a judgement is seen');
is($node->safe_sql("SELECT graph, policy, memory_bytes > 0, focus_done FROM rdf_graph_progress"), 'terms|p|t|0', 'and of what it is');
$node->safe_sql("SELECT pg_cancel_backend($pid)");
like($session->finish, qr/canceling statement due to user request/, 'it can be cancelled');
is($node->safe_sql('SELECT count(*) FROM rdf_graph_progress'), '0', 'and is not shown any more');
# In slices, in part, and each named graph: of these it is told too, and what is cancelled leaves no file behind.
$session->query('SET rdfpolicy.max_triples = 5');
$session->send("SELECT count(*) FROM rdf_graph_report('terms', 'p')");
ok($node->poll_query_until("SELECT phase LIKE 'validating (slice % of %)' FROM rdf_graph_progress WHERE pid = $pid"), 'a judgement in slices is seen');
is($node->safe_sql('SELECT count(*) FROM pg_ls_tmpdir()'), '1', 'and its file');
$node->safe_sql("SELECT pg_cancel_backend($pid)");
like($session->finish, qr/canceling statement due to user request/, 'it can be cancelled');
is($node->safe_sql('SELECT count(*) FROM pg_ls_tmpdir()'), '0', 'and its file is gone');
for my $call (q{rdf_graph_report('terms', 'p', focus => '{<urn:s7>}')}, q{rdf_graph_report('terms', 'p', "each" => true)}) {
    $session->query('RESET rdfpolicy.max_triples');
    $session->send("SELECT count(*) FROM $call");
    ok($node->poll_query_until("SELECT phase LIKE 'validating%' FROM rdf_graph_progress WHERE pid = $pid"), "$call is seen");
    $node->safe_sql("SELECT pg_cancel_backend($pid)");
    like($session->finish, qr/canceling statement due to user request/, 'it can be cancelled');
    is($node->safe_sql('SELECT count(*) FROM rdf_graph_progress'), '0', 'and is not shown any more');
}
$session->query("RESET rdfpolicy.debug_point");
$holder->quit;
is($session->query($judge), $judged, 'the session judges on');
$session->quit;

# A restart, a dump.
$node->restart;
is($node->safe_sql($judge), $judged, 'after a restart');
my ($dump) = $node->run_client('pg_dump', '-d', 'postgres');
$node->safe_sql('CREATE DATABASE copy');
my (undef, $errors, $code) = $node->psql($dump, 'copy');
is("$code$errors", '0', 'a dump restores without an error');
is($node->safe_sql($judge, 'copy'), $judged, 'and its graphs are judged');
is($node->safe_sql("SELECT rdf_graph_add_source('ids', 'ids', 's', 'p', 'o', terms => 'dict', term_lexical => 'term') > (SELECT min(source) FROM rdf_graph_sources)",
    'copy'), 't', 'the numbers of sources go on');
$node->safe_sql(<<'END', 'copy');
CREATE TABLE emptied (s text, p text, o text);
CREATE INDEX ON emptied (s, p);
CREATE INDEX ON emptied (o, p);
SELECT rdf_graph_register('emptied', 'emptied', 's', 'p', 'o', encoding => 'ntriples');
SELECT rdf_graph_enforce('emptied', 'p');
BEGIN;
TRUNCATE emptied;
DROP EXTENSION rdfpolicy CASCADE;
COMMIT;
END
is($node->safe_sql('SELECT count(*) FROM ids', 'copy'), '1', 'dropping the extension leaves the tables, and nothing to judge');
done_testing();
