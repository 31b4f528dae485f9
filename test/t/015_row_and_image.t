# The row that a statement sees and the image that it judges by are of one generation: readers compare them in one
# statement, while a reload follows the other. With shared memory, with private images, and on a standby.
use strict;
use warnings;
use Test::More;
use RdfPolicy;

my $seconds = 3;

# One statement: judged twice, with the rows of the tables read in between. Division by zero where anything differs.
my $compare = <<'END';
SELECT 1 / count(*) FROM (
    SELECT (SELECT result_message FROM rdf_validation_report('', 'p')) AS first,
           (SELECT active_version FROM rdf_catalog_policy WHERE policy = 'p') AS active_version,
           (SELECT number FROM rdf_catalog_generation) AS number,
           (SELECT generation FROM rdf_catalog_status()) AS image_number,
           rdf_validation_report_jsonb('', 'p') #>> '{policies,0,version}' AS image_version,
           (SELECT result_message FROM rdf_validation_report('', 'p')) AS last
    OFFSET 0) seen
WHERE first = 'v' || active_version AND last = first AND image_version = active_version::text AND image_number = number;
END

my $node = RdfPolicy->new('primary');
$node->start;
$node->safe_sql('CREATE EXTENSION rdfpolicy');
$node->make_numbered_policies(9);

my $autocommit = $node->write_script('autocommit', $compare);
my $transactions = $node->write_script('transactions', "BEGIN;\n" . $compare x 50 . "COMMIT;\n");
my $reload = $node->write_script('reload', "\\set version random(1, 9)\nSELECT rdf_policy_rollback('p', :version);\n");

# Reads on one node while the other (or the same) reloads.
sub compare_under_load
{
    my ($reader, $reloader, $title) = @_;
    my @benches = (
        $reader->start_pgbench($seconds, '-c', 2, '-f', $autocommit),
        $reader->start_pgbench($seconds, '-c', 1, '-M', 'prepared', '-f', $transactions));
    my $before = $reloader->safe_sql('SELECT number FROM rdf_catalog_generation');
    my $reloads = $reloader->start_pgbench($seconds, '-c', 1, '-f', $reload);
    my ($autocommit_count, $transaction_count) = map { $_->finish } @benches;
    my ($reload_count, undef) = $reloads->finish;
    my $made = $reloader->safe_sql('SELECT number FROM rdf_catalog_generation') - $before;
    my $statement_count = $autocommit_count + 50 * $transaction_count;
    is(join('', map { $_->errors } @benches, $reloads), '', "$title: nothing differs, nothing fails");
    cmp_ok($statement_count, '>', 200, "$title: statements were compared");
    cmp_ok($made, '>', 50, "$title: generations were made");
    note("$title: 0 of $statement_count statements differ, $made generations");
    return;
}

compare_under_load($node, $node, 'shared memory');

my $standby = RdfPolicy->new_standby('standby', $node, conf => 'max_standby_streaming_delay = -1');
$standby->start;
compare_under_load($standby, $node, 'standby');
$standby->stop;

$node->append_conf("shared_preload_libraries = ''");
$node->restart;
compare_under_load($node, $node, 'private images');

done_testing;
