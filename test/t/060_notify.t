# NOTIFY rdf_policy and the server log: one for each changed policy, at commit and not before, none for what is undone.
use strict;
use warnings;
use Test::More;
use RdfPolicy;

my $node = RdfPolicy->new('notify', conf => "max_prepared_transactions = 2\n");
$node->start;
$node->safe_sql('CREATE EXTENSION rdfpolicy');

sub shapes {
    my ($comment) = @_;
    return "'\@prefix sh: <http://www.w3.org/ns/shacl#> . <http://example.org/S> a sh:NodeShape ;"
        . " sh:targetClass <http://example.org/C> ; sh:property [ sh:path <http://example.org/p> ; sh:minCount 1 ] . # $comment'";
}

my $listener = $node->background_psql;
$listener->query('LISTEN rdf_policy');
my $reloader = $node->background_psql;

# What the listener has been told since it was last asked.
sub told {
    return $listener->query('SELECT 1');
}

$reloader->query("SELECT rdf_policy_register('a', " . shapes(1) . '), ' . "rdf_policy_register('b', " . shapes(1) . ')');
is((() = told() =~ /Asynchronous/g), 0, 'registering tells nobody');

$reloader->query('BEGIN');
$reloader->query('SELECT rdf_policy_reload()');
is((() = told() =~ /Asynchronous/g), 0, 'nor does a reload before its commit');
$reloader->query('COMMIT');
my $text = told();
is((() = $text =~ /Asynchronous/g), 2, 'two changed policies, two notifications');
like($text, qr/"event": "reload", "policy": "a", "version": 1, "generation": 1, "signature": "[0-9a-f]{64}"/, 'with the payload for a');
like($text, qr/"event": "reload", "policy": "b", "version": 1, "generation": 1,/, 'and for b');
like($node->log_content, qr/LOG: .*reload: policy "a" version 1 is in force as generation 1/, 'the server log says so');

$reloader->query("SELECT rdf_policy_register('a', " . shapes(2) . ')');
$reloader->query('BEGIN; SELECT rdf_policy_reload(); ROLLBACK');
$reloader->query('BEGIN; SAVEPOINT s; SELECT rdf_policy_reload(); ROLLBACK TO s; COMMIT');
is((() = told() =~ /Asynchronous/g), 0, 'what is rolled back tells nobody');
unlike($node->log_content, qr/version 2 is in force/, 'nor the log');

$reloader->query("BEGIN; SELECT rdf_policy_reload(); PREPARE TRANSACTION 'two'");
$reloader->query("COMMIT PREPARED 'two'");
is((() = told() =~ /Asynchronous/g), 0, 'COMMIT PREPARED sends none');
is($node->safe_sql("SELECT version FROM rdf_policies WHERE policy = 'a'"), '2', 'but puts the version in force');

$reloader->query("SELECT rdf_policy_rollback('a')");
like(told(), qr/"event": "rollback", "policy": "a", "version": 1/, 'a rollback is told');
$reloader->query("SELECT rdf_policy_drop('b')");
like(told(), qr/"event": "drop", "policy": "b", "version": null/, 'and a drop');

$listener->quit;
$reloader->quit;
done_testing;
