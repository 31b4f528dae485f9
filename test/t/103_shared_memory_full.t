# Where no more shared memory is to be had, policies are reloaded and judged by all the same, from private copies; and when
# there is some again, it is used.
use strict;
use warnings;
use Test::More;
use RdfPolicy;

my $judge = "SELECT result_message FROM rdf_validation_report('', 'p')";
my $shared = 'SELECT is_shared, shared_generations FROM rdf_policy_status';

# Shared memory that cannot be made: its folder cannot be written to.
my $node = RdfPolicy->new('full', conf => 'dynamic_shared_memory_type = mmap');
$node->start;
$node->safe_sql('CREATE EXTENSION rdfpolicy');
$node->make_numbered_policies(3);
my $segments = "$node->{data}/pg_dynshmem";
my $mode = (stat $segments)[2] & 07777;
my $session = $node->background_psql;
is($session->query($judge), 'v1', 'a session judges');
is($session->query($shared), 't|4', 'from shared memory');

chmod 0500, $segments or die;
is($node->safe_sql("SELECT version, success FROM rdf_policy_rollback('p', 2)"), '2|t', 'full: a reload works');
is($session->query($judge), 'v2', 'full: and is in force for a session that was there');
is($session->query($shared), 'f|4', 'full: from a private copy');
is($node->safe_sql("$judge; $shared"), "v2\nf|4", 'full: and in new ones');
like($node->log_content, qr/no shared memory for \d+ bytes of policies: could not open shared memory segment/,
    'full: the log says why');
unlike($session->query("BEGIN; SELECT rdf_policy_rollback('p', 3); ROLLBACK; $judge"), qr/WARNING|ERROR/,
    'full: a reload that is rolled back leaves nothing');
is($session->query("BEGIN; SAVEPOINT s; SELECT success FROM rdf_policy_rollback('p', 3); $judge; ROLLBACK TO s; $judge; COMMIT"),
    "t\nv3\nv2", 'full: nor does one in a savepoint');
my $validate = $node->write_script('validate', "SELECT 1 / count(*) FROM rdf_validation_report('', 'p');\n");
my $swap = $node->write_script('swap', "SELECT rdf_policy_rollback('p', 1);\nSELECT rdf_policy_rollback('p', 2);\n");
my $validating = $node->start_pgbench(2, '-c', 4, '-f', $validate);
my $swapping = $node->start_pgbench(undef, '-c', 1, '-t', 50, '-f', $swap);
is($swapping->finish, 50, 'full: a hundred reloads');
cmp_ok($validating->finish, '>', 100, 'full: and validations');
is($swapping->errors . $validating->errors, '', 'full: without an error');
unlike($node->log_content, qr/leak|PANIC|terminated by signal/, 'full: nothing is leaked');

chmod $mode, $segments or die;
is($session->query($judge), 'v2', 'room again: the session goes on');
is($node->safe_sql("$judge; SELECT is_shared FROM rdf_policy_status"), "v2\nt", 'room again: the next to build shares');
is($node->safe_sql("SELECT version, success FROM rdf_policy_rollback('p', 3)"), '3|t', 'room again: a reload');
is($session->query("$judge; SELECT is_shared FROM rdf_policy_status"), "v3\nt", 'room again: is shared by all');

done_testing;
