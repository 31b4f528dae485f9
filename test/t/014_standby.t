# A streaming standby follows reloads and judges by them; after its promotion it goes on by itself.
use strict;
use warnings;
use Test::More;
use RdfPolicy;

my $primary = RdfPolicy->new('primary');
$primary->start;
$primary->safe_sql('CREATE EXTENSION rdfpolicy');
$primary->make_numbered_policies(3);
my $standby = RdfPolicy->new_standby('standby', $primary);
$standby->start;

my $judge = "SELECT result_message FROM rdf_validation_report('', 'p')";
my $session = $standby->background_psql;
is($session->query($judge), 'v1', 'the standby judges');
is($standby->safe_sql('SELECT is_shared, shared_generations FROM rdf_policy_status'), 't|1',
    'by an image in its own shared memory');

$session->query("PREPARE judge AS $judge");
my $old = $standby->background_psql;
$old->query('BEGIN ISOLATION LEVEL REPEATABLE READ');
is($old->query($judge), 'v1', 'a snapshot is taken');
$primary->safe_sql("SELECT rdf_policy_rollback('p', 2)");
$primary->wait_for_standby($standby);
is($session->query('EXECUTE judge'), 'v2', 'a session follows a reload');
is($old->query($judge), 'v1', 'a REPEATABLE READ transaction does not');
$old->query('COMMIT');
is($old->query($judge), 'v2', 'until it has ended');

# So with contexts: one that is registered, replaced, under an older snapshot, and prepared.
my $read = q{SELECT rdf_validate('{"@context": "urn:c", "@id": "urn:x", "v": 2}'::jsonb, 'p')};
sub replace { my ($property) = @_; return qq{SELECT rdf_context_register('urn:c', '{"\@context": {"v": "$property"}}', replace => true)} }
like($session->query($read), qr/loading remote context failed/, 'a context that is not registered is refused');
$primary->safe_sql(replace('urn:v'));
$primary->wait_for_standby($standby);
is($session->query($read), 't', 'a session reads by a context that was registered');
$old->query('BEGIN ISOLATION LEVEL REPEATABLE READ');
is($old->query($read), 't', 'so does a transaction');
$primary->safe_sql(replace('urn:w'));
$primary->wait_for_standby($standby);
is($session->query($read), 'f', 'a session follows where it is replaced');
is($old->query($read), 't', 'a REPEATABLE READ transaction does not');
$old->query('COMMIT');
$primary->safe_sql('BEGIN;' . replace('urn:v') . "; PREPARE TRANSACTION 'context'");
$primary->wait_for_standby($standby);
is($session->query($read), 'f', 'a prepared change is not in force');
$primary->safe_sql("COMMIT PREPARED 'context'");
$primary->wait_for_standby($standby);
is($session->query($read), 't', 'until COMMIT PREPARED');
is($standby->sqlstate(replace('urn:w')), '25006', 'a change on the standby is refused');

$primary->safe_sql("BEGIN; SELECT rdf_policy_rollback('p', 3); PREPARE TRANSACTION 'reload'");
$primary->wait_for_standby($standby);
is($session->query('EXECUTE judge'), 'v2', 'a prepared reload is not in force');
$primary->safe_sql("COMMIT PREPARED 'reload'");
$primary->wait_for_standby($standby);
is($session->query('EXECUTE judge'), 'v3', 'until COMMIT PREPARED');
is($standby->sqlstate("SELECT rdf_policy_rollback('p', 1)"), '25006', 'a reload on the standby is refused');
is($standby->sqlstate("SELECT rdf_policy_register('p', '', allow_vacuous => true)"), '25006', 'and so is registering');

# A graph that a policy is enforced on: judged there, by what is stored and in part; its mode and proofs are the primary's.
$primary->safe_sql(<<'END');
SELECT rdf_policy_apply('kg', '@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:s> sh:targetClass <urn:c> ; sh:property [ sh:path <urn:q> ; sh:minCount 1 ] .');
CREATE TABLE triples (s rdf_term, p rdf_term, o rdf_term);
CREATE INDEX ON triples (s, p);
CREATE INDEX ON triples (o, p) WHERE rdf_kind(o) <> 'literal';
INSERT INTO triples SELECT * FROM rdf_parse('<urn:x> a <urn:c> .');
SELECT rdf_graph_register('g', 'triples', 's', 'p', 'o'), rdf_graph_enforce('g', 'kg');
END
$primary->wait_for_standby($standby);
is($session->query("SELECT rdf_graph_validate('g', 'kg')"), 'f', 'a graph is judged on the standby');
is($session->query("SELECT focus_node FROM rdf_graph_report('g', 'kg', focus => '{<urn:x>}')"), '<urn:x>', 'and a part of it');
is($standby->sqlstate("SELECT rdf_graph_prove('g', 'kg')"), '25006', 'it cannot be proven there');
is($standby->sqlstate("SELECT rdf_graph_set_mode('g', 'kg', 'warn')"), '25006', 'nor its mode be set');
$primary->safe_sql("INSERT INTO triples SELECT * FROM rdf_parse('<urn:x> <urn:q> 1 .'); SELECT rdf_graph_prove('g', 'kg')");
$primary->wait_for_standby($standby);
is($session->query("SELECT rdf_graph_validate('g', 'kg'), proven_generation IS NOT NULL FROM rdf_graph_enforcements"), 't|t', 'the standby follows');

my $number = $standby->safe_sql('SELECT generation FROM rdf_policy_status');
$standby->promote;
is($session->query('EXECUTE judge'), 'v3', 'promoted: a session goes on');
is($session->query("SELECT version FROM rdf_policy_rollback('p', 1)"), '1', 'and reloads');
is($session->query('EXECUTE judge'), 'v1', 'and judges by it');
is($standby->safe_sql('SELECT generation FROM rdf_policy_status'), $number + 1, 'the numbers go on');
is($standby->sqlstate("DELETE FROM triples WHERE p = '<urn:q>'"), '23514', 'and refuses what violates on a graph');
is($standby->safe_sql("SELECT rdf_graph_prove('g', 'kg')"), 't', 'which it can prove');
is($primary->safe_sql($judge), 'v3', 'the old primary has its own');

done_testing;
