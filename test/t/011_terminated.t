# Backends that are terminated at work: a reload leaves nothing behind, and where a builder ends, one that waits for it
# builds.
use strict;
use warnings;
use Test::More;
use RdfPolicy;

my $node = RdfPolicy->new('main');
$node->start;
$node->safe_sql('CREATE EXTENSION rdfpolicy');
$node->make_numbered_policies(2);

my $judge = "SELECT result_message FROM rdf_validation_report('', 'p')";
my $holder = $node->background_psql;
my $reader = $node->background_psql;

sub terminate
{
    my ($pid) = @_;
    $node->safe_sql("SELECT pg_terminate_backend($pid, 10000)");
    return;
}

sub is_waiting
{
    my ($pid) = @_;
    return $node->poll_query_until("SELECT wait_event_type = 'Lock' FROM pg_stat_activity WHERE pid = $pid");
}

for my $point ('reload', 'build')
{
    my $session = $node->background_psql;
    my $pid = $session->backend_pid;
    $holder->query('SELECT pg_advisory_lock(21072)');
    $session->query("SET rdfpolicy.debug_point = '$point'");
    $session->send("SELECT rdf_policy_rollback('p', 2)");
    ok(is_waiting($pid), "a reload is held at \"$point\"");
    is($reader->query($judge), 'v1', 'others judge by the old policies');
    terminate($pid);
    $holder->query('SELECT pg_advisory_unlock(21072)');
    is($reader->query($judge), 'v1', 'and go on when it is terminated');
    is($node->safe_sql($judge), 'v1', 'and so do new sessions');
}

# A generation that nobody has built: one builds, two wait.
$node->safe_sql('UPDATE rdf_catalog_policy SET is_dropped = is_dropped');
$holder->query('SELECT pg_advisory_lock(21072)');
my @sessions = map { $node->background_psql } 1 .. 3;
my @pids = map { $_->backend_pid } @sessions;
$sessions[0]->query("SET rdfpolicy.debug_point = 'publish'");
$_->query("SET application_name = 'waiter'") for @sessions[1, 2];
for my $i (0 .. 2)
{
    $sessions[$i]->send($judge);
    ok(is_waiting($pids[$i]), $i == 0 ? 'the builder is held' : 'another waits for it');
}
terminate($pids[0]);
is($sessions[$_]->finish, 'v1', 'a session that waited answers') for 1, 2;
$holder->query('SELECT pg_advisory_unlock(21072)');
is($node->safe_sql('SELECT is_shared FROM rdf_policy_status'), 't', 'the generation is in shared memory');
is($node->safe_sql("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"), '0', 'no lock is left');

# Idle backends that map a generation end; others still have it.
my $idle = $node->background_psql;
is($idle->query($judge), 'v1', 'an idle session maps the generation');
terminate($idle->backend_pid);
is($node->safe_sql($judge), 'v1', 'which outlives it');
is($node->safe_sql("SELECT success FROM rdf_policy_rollback('p', 2)"), 't', 'a reload works');
is($reader->query($judge), 'v2', 'and is in force');

done_testing;
