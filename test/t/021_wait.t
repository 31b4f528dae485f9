# rdf_policy_wait: true when, and only when, no snapshot of this database can be older than the generation.
use strict;
use warnings;
use Test::More;
use RdfPolicy;
use Time::HiRes qw(sleep);

my $node = RdfPolicy->new('wait');
$node->start;
$node->safe_sql('CREATE EXTENSION rdfpolicy');
$node->safe_sql('CREATE DATABASE other');
$node->safe_sql('CREATE TABLE t (i integer)');

my $generation = 0;

sub reload
{
    $generation++;
    return $node->safe_sql("SELECT rdf_policy_register('p', '\@prefix sh: <http://www.w3.org/ns/shacl#> . <http://example.org/S> a sh:NodeShape ;"
            . " sh:targetClass <http://example.org/C> . # $generation'); SELECT generation FROM rdf_policy_reload()");
}

# What waiting gives at once.
sub waited
{
    return $node->safe_sql("SELECT rdf_policy_wait($generation, '200 ms')");
}

my ($holder, $waiter, $second) = map { $node->background_psql } 1 .. 3;

like(reload(), qr/1$/, 'a generation');
is(waited(), 't', 'nobody holds an older one');

$holder->query('BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1');
is(waited(), 't', 'a snapshot that is newer does not count');
reload();
is(waited(), 'f', 'an older one does');
$waiter->send("SELECT rdf_policy_wait($generation)");
sleep 0.3;
ok(!$waiter->is_finished, 'who waits goes on waiting');
$holder->query('COMMIT');
is($waiter->finish, 't', 'until it is gone');

$holder->query('BEGIN; DECLARE c CURSOR FOR SELECT generate_series(1, 10); FETCH c');
reload();
is(waited(), 'f', 'an open cursor counts');
$holder->query('CLOSE c');
is(waited(), 't', 'a transaction between two statements does not');
$holder->query('COMMIT');

$holder->query('BEGIN; INSERT INTO t VALUES (1)');
reload();
is(waited(), 't', 'nor does an older transaction without a snapshot');
$holder->query('COMMIT');

$holder->send('SELECT pg_sleep(1)');
$node->poll_query_until("SELECT count(*) = 1 FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(1);' AND state = 'active'");
reload();
is(waited(), 'f', 'a running statement counts');
is($node->safe_sql("SELECT rdf_policy_wait($generation)"), 't', 'while it runs');
$holder->finish;

my $elsewhere = $node->background_psql('other');
$elsewhere->query('BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1');
reload();
is(waited(), 't', 'a snapshot of another database does not count');
$elsewhere->quit;

# For what is yet to come, and two at once: they do not wait for each other.
my $next = $generation + 1;
$_->send("SELECT rdf_policy_wait($next, '20 s')") for $waiter, $second;
sleep 0.3;
ok(!$waiter->is_finished && !$second->is_finished, 'a generation that is yet to come is waited for');
$holder->query('BEGIN');
$holder->query("SELECT rdf_policy_register('q', '<http://example.org/S> <http://www.w3.org/ns/shacl#targetNode> <http://example.org/a> .')");
$holder->query('SELECT rdf_policy_reload()');
sleep 0.3;
ok(!$waiter->is_finished && !$second->is_finished, 'to its commit');
$holder->query('COMMIT');
$generation++;
my $start = time;
is($waiter->finish, 't', 'it has come');
is($second->finish, 't', 'for both');
cmp_ok(time - $start, '<', 10, 'at once');

# A cancel ends it, and leaves no trace.
$holder->query('BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1');
reload();
my $pid = $waiter->backend_pid;
$waiter->send("SELECT rdf_policy_wait($generation, '1 hour')");
$node->poll_query_until("SELECT wait_event_type = 'Extension' FROM pg_stat_activity WHERE pid = $pid");
$node->safe_sql("SELECT pg_cancel_backend($pid)");
like($waiter->finish, qr/canceling statement/, 'waiting can be cancelled');
$holder->query('COMMIT');
$waiter->query('BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1');
reload();
is(waited(), 'f', 'who has waited counts like everybody');
$waiter->query('COMMIT');
is(waited(), 't', 'to the end');

$_->quit for $holder, $waiter, $second;

# A standby waits for the replay, and for its own old snapshots.
my $standby = RdfPolicy->new_standby('standby', $node);
$standby->start;
my ($reader, $follower) = map { $standby->background_psql } 1, 2;
$next = $generation + 1;
$follower->send("SELECT rdf_policy_wait($next, '30 s')");
$reader->query('BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1');
sleep 0.3;
ok(!$follower->is_finished, 'a standby waits for a generation');
reload();
$node->wait_for_standby($standby);
sleep 0.3;
ok(!$follower->is_finished, 'and for its own older snapshots');
is($standby->safe_sql("SELECT rdf_policy_wait($generation, '100 ms')"), 'f', 'so does a second one');
$reader->query('COMMIT');
is($follower->finish, 't', 'until they are gone');
is($standby->safe_sql('SELECT valid, source_changed FROM rdf_policy_verify()'), "t|f\nt|f", 'what is stored can be verified there');
is($standby->sqlstate("SELECT rdf_policy_prune('p', 0)"), '25006', 'and not pruned');
$_->quit for $reader, $follower;
done_testing;
