# Each database has its own policies: also a copy of a template, one with the OID of another that was dropped, and more
# of them than the control block has room for at a time.
use strict;
use warnings;
use Test::More;
use RdfPolicy;

my $node = RdfPolicy->new('main', conf => "shared_buffers = 4MB\nwal_level = minimal\nmax_wal_senders = 0");
$node->start;
$node->safe_sql('CREATE DATABASE a');
$node->safe_sql('CREATE EXTENSION rdfpolicy', 'a');
$node->make_numbered_policies(4, 'a');

my $judge = "SELECT result_message FROM rdf_validation_report('', 'p')";
my $shared = 'SELECT is_shared, shared_generations FROM rdf_policy_status';

is($node->safe_sql($judge, 'a'), 'v1', 'the first database judges');
$node->safe_sql('CREATE DATABASE b TEMPLATE a');
is($node->safe_sql($judge, 'b'), 'v1', 'a copy of it judges the same');
is($node->safe_sql($shared, 'b'), 't|1', 'by an image of its own');
$node->safe_sql("SELECT rdf_policy_rollback('p', 2)", 'a');
$node->safe_sql("SELECT rdf_policy_rollback('p', 3)", 'b');
is($node->safe_sql('SELECT number FROM rdf_catalog_generation', 'a'),
    $node->safe_sql('SELECT number FROM rdf_catalog_generation', 'b'), 'the same number');
is($node->safe_sql($judge, 'a'), 'v2', 'other policies in the one');
is($node->safe_sql($judge, 'b'), 'v3', 'and in the other');

my $oid = $node->safe_sql("SELECT oid FROM pg_database WHERE datname = 'b'");
$node->safe_sql('DROP DATABASE b');
$node->safe_sql("CREATE DATABASE b TEMPLATE a OID $oid");
is($node->safe_sql($judge, 'b'), 'v2', 'a database with the OID of a dropped one has its own policies');
$node->safe_sql('DROP DATABASE b');
$node->safe_sql("CREATE DATABASE b OID $oid");
$node->safe_sql('CREATE EXTENSION rdfpolicy', 'b');
is($node->sqlstate($judge, 'b'), '42704', 'or none');
$node->safe_sql('DROP DATABASE b');

# 64 slots: those of dropped databases are taken again when there is no other.
my $sql = '';
for my $n (1 .. 66)
{
    $sql .= "CREATE DATABASE d$n TEMPLATE a STRATEGY file_copy;\n\\c d$n\n$judge;\n$shared;\n\\c postgres\nDROP DATABASE d$n;\n";
}
my @answers = $node->safe_sql($sql) =~ /^(v\d+\nt\|\d+)$/mg;
is(scalar @answers, 66, '66 databases, one after the other, answer');
is(scalar(grep { $_ eq "v2\nt|1" } @answers), 66, 'as they should, from shared memory');
is($node->safe_sql('SELECT is_shared FROM rdf_policy_status', 'a'), 't', 'and the first one has kept its own');
is($node->safe_sql("SELECT success FROM rdf_policy_rollback('p', 4)", 'a'), 't', 'a reload works');
is($node->safe_sql($judge, 'a'), 'v4', 'and is in force');

done_testing;
