# A version that is not in force, and that calls name, is carried in shared memory from the next generation on.
use strict;
use warnings;
use Test::More;
use RdfPolicy;

my $node = RdfPolicy->new('named');
$node->start;
$node->safe_sql('CREATE EXTENSION rdfpolicy');
$node->make_numbered_policies(3);
my $size = 'SELECT image_bytes FROM rdf_policy_status';
my $without = $node->safe_sql("SELECT success FROM rdf_policy_rollback('p', 2); $size");
is($node->safe_sql("SELECT result_message FROM rdf_validation_report('', 'p\@1')"), 'v1', 'a former version judges');
my $with = $node->safe_sql("SELECT success FROM rdf_policy_rollback('p', 3); $size");
$without =~ s/^t\n//;
$with =~ s/^t\n//;
cmp_ok($with, '>', 1.5 * $without, 'the next generation carries it');
is($node->safe_sql("SELECT result_message FROM rdf_validation_report('', 'p\@1')"), 'v1', 'and it judges as before');
is($node->safe_sql('SELECT policies, broken_policies FROM rdf_policy_status'), '1|0', 'it is no policy of its own');
is($node->safe_sql("SELECT rdf_policy_prune('p', 0); SELECT policies, broken_policies FROM rdf_policy_status"), "2\n1|0",
    'pruned, it is carried no more');
is($node->sqlstate("SELECT rdf_validate('', 'p\@1')"), '42704', 'nor found');
done_testing;
