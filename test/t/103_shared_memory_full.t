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
my ($major) = $node->safe_sql('SHOW server_version') =~ /^(\d+)/;
$node->stop;

# Segments run out: a server for few connections has few, and each database keeps four generations. From 18 on the server's
# own statistics fail then, in statements that have nothing to do with us.
if ($major >= 18)
{
    note('segments are not used up on this server');
    done_testing;
    exit;
}
$node = RdfPolicy->new('few', conf => "max_connections = 4\nsuperuser_reserved_connections = 0\nmax_wal_senders = 0\n"
      . "wal_level = minimal\nautovacuum_max_workers = 1\nmax_worker_processes = 0\nautovacuum = off\nshared_buffers = 4MB\n");
$node->start;
$node->safe_sql('CREATE DATABASE a');
$node->safe_sql('CREATE EXTENSION rdfpolicy', 'a');
$node->make_numbered_policies(4, 'a');
my ($last, $sql) = (30, '');
for my $n (1 .. $last)
{
    $sql .= "CREATE DATABASE d$n TEMPLATE a STRATEGY file_copy;\n\\c d$n\n"
      . join('', map { "SELECT rdf_policy_rollback('p', $_);\n$judge;\n" } 2, 3, 4, 1, 2)
      . "SELECT 'shared', is_shared FROM rdf_policy_status;\n\\c postgres\n";
}
my $output = $node->safe_sql($sql);
is(scalar(() = $output =~ /^v\d$/mg), 5 * $last, 'few segments: all databases judge after each reload');
is(scalar(() = $output =~ /^v2\nshared\|/mg), $last, 'few segments: by what is in force');
like($output, qr/^shared\|t$/m, 'few segments: some from shared memory');
like($output, qr/^shared\|f$/m, 'few segments: some from private copies');
is($node->safe_sql($judge, "d$last"), 'v2', 'few segments: so do new sessions');
like($node->log_content, qr/no shared memory for \d+ bytes of policies: too many segments/, 'few segments: the log says why');
$node->safe_sql(join '', map { "DROP DATABASE d$_;\n" } 1 .. $last - 1);

done_testing;
