# Without shared_preload_libraries each backend builds for itself, and the answers are the same.
use strict;
use warnings;
use Test::More;
use RdfPolicy;

my $node = RdfPolicy->new('main', preload => 0);
$node->start;
$node->safe_sql('CREATE EXTENSION rdfpolicy');
$node->make_numbered_policies(3);

my $judge = "SELECT result_message FROM rdf_validation_report('', 'p')";
# Servers from 17 on make the control block on demand.
my $has_registry = $node->safe_sql('SHOW server_version_num') >= 170000;
is($node->safe_sql('SELECT is_shared, shared_generations FROM rdf_policy_status'),
    $has_registry ? 't|4' : 'f|0', 'the image is private, where shared memory must be asked for at start');

my @sessions = map { $node->background_psql } 1 .. 3;
is($_->query($judge), 'v1', 'a session judges') for @sessions;
$sessions[0]->query("BEGIN; SELECT rdf_policy_rollback('p', 2)");
is($sessions[0]->query($judge), 'v2', 'a reload sees itself');
is($sessions[$_]->query($judge), 'v1', 'others do not') for 1, 2;
$sessions[1]->query('BEGIN ISOLATION LEVEL REPEATABLE READ');
is($sessions[1]->query($judge), 'v1', 'a snapshot is taken');
$sessions[0]->query('COMMIT');
is($sessions[0]->query($judge), 'v2', 'after COMMIT the session goes on');
is($sessions[1]->query($judge), 'v1', 'REPEATABLE READ stays');
is($sessions[2]->query($judge), 'v2', 'READ COMMITTED follows');
$sessions[1]->query('COMMIT');
is($sessions[1]->query($judge), 'v2', 'REPEATABLE READ follows after COMMIT');

$sessions[0]->query("BEGIN; SAVEPOINT s; SELECT rdf_policy_rollback('p', 3); ROLLBACK TO s");
is($sessions[0]->query($judge), 'v2', 'a savepoint is rolled back');
$sessions[0]->query("SELECT rdf_policy_rollback('p', 3)");
$sessions[0]->query("PREPARE TRANSACTION 'reload'");
is($_->query($judge), 'v2', 'prepared: not in force') for @sessions;
$sessions[1]->query("COMMIT PREPARED 'reload'");
is($_->query($judge), 'v3', 'COMMIT PREPARED: in force') for @sessions;

$node->restart;
is($node->safe_sql($judge), 'v3', 'a restart keeps it');

done_testing;
