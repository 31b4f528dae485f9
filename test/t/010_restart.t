# What is in force survives every kind of end of the server, and is built again by whoever needs it first: a restart,
# kill -9 of a backend, kill -9 of all, a reload that was open or prepared at that moment.
use strict;
use warnings;
use Test::More;
use RdfPolicy;

my $node = RdfPolicy->new('main');
$node->start;
$node->safe_sql('CREATE EXTENSION rdfpolicy');
$node->make_numbered_policies(3);

my $judge = "SELECT result_message FROM rdf_validation_report('', 'p')";
my $shared = 'SELECT is_shared, shared_generations FROM rdf_policy_status';

sub is_in_force
{
    my ($version, $event) = @_;
    my $number = $node->safe_sql('SELECT number FROM rdf_catalog_generation');
    is($node->safe_sql($judge), "v$version", "$event: version $version judges");
    is($node->safe_sql('SELECT generation FROM rdf_policy_status'), $number, "$event: by generation $number");
    is($node->safe_sql($shared), 't|1', "$event: built once, in shared memory");
    return;
}

$node->safe_sql("SELECT rdf_policy_rollback('p', 2)");
$node->restart;
is_in_force(2, 'restart');
is($node->safe_sql("SELECT rdf_validate('<urn:x> <urn:v> 1 .', 'p\@1')"), 't', 'restart: p@1 too');

$node->restart('immediate');
is_in_force(2, 'immediate shutdown');

my $session = $node->background_psql;
is($session->query($judge), 'v2', 'a session judges');
$node->kill9_backend($session->backend_pid);
is_in_force(2, 'kill -9 of a backend');

$node->kill9;
$node->start;
is_in_force(2, 'kill -9 of all');

# The rows that an open reload has written are on disk, without a word on how it ended.
$session = $node->background_psql;
$session->query("BEGIN; SELECT rdf_policy_rollback('p', 3)");
is($session->query($judge), 'v3', 'an open reload sees itself');
$node->safe_sql('CHECKPOINT');
$node->kill9;
$node->start;
is_in_force(2, 'kill -9 with a reload open');

$session = $node->background_psql;
$session->query("BEGIN; SELECT rdf_policy_rollback('p', 3)");
$session->query("PREPARE TRANSACTION 'reload'");
$node->restart;
is($node->safe_sql($judge), 'v2', 'a prepared reload is not in force after a restart');
my $reader = $node->background_psql;
is($reader->query($judge), 'v2', 'nor in a session that stays');
$node->safe_sql("COMMIT PREPARED 'reload'");
is($reader->query($judge), 'v3', 'which sees it committed in its next statement');
is($node->safe_sql($judge), 'v3', 'COMMIT PREPARED after a restart');

$session = $node->background_psql;
$session->query("BEGIN; SELECT rdf_policy_rollback('p', 1)");
$session->query("PREPARE TRANSACTION 'reload'");
$node->kill9;
$node->start;
$node->safe_sql("ROLLBACK PREPARED 'reload'");
is_in_force(3, 'ROLLBACK PREPARED after kill -9');

is($node->safe_sql("SELECT version, success FROM rdf_policy_rollback('p', 1)"), '1|t', 'and the next reload works');
is($node->safe_sql($judge), 'v1', 'and is in force');

done_testing;
