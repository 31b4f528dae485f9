# NOTIFY tells of what has been committed and of nothing else; who is woken by it finds the new generation in force.
use strict;
use warnings;
use Test::More;
use RdfPolicy;

my $node = RdfPolicy->new('main');
$node->start;
$node->safe_sql('CREATE EXTENSION rdfpolicy');
$node->make_numbered_policies(3);

my $listener = $node->background_psql;
$listener->query('LISTEN rdf_policy');

# The payloads that have come, as "event policy version generation" with the generation counted from here, and what judges now.
my $start = $node->safe_sql('SELECT number FROM rdf_catalog_generation');
sub heard
{
    my $output = $listener->query("SELECT 'by ' || result_message FROM rdf_validation_report('', 'p')");
    my ($judge) = $output =~ /^(by .*)$/m;
    my @payloads = $output =~ /"rdf_policy" with payload "(.*)" received/g;
    my @events = map {
        $node->safe_sql("SELECT concat_ws(' ', j ->> 'event', j ->> 'policy', j ->> 'version', (j ->> 'generation')::bigint - $start)"
              . " FROM (SELECT jsonb '$_') AS payload (j)")
    } @payloads;
    return join ', ', @events, $judge;
}

is(heard(), 'by v1', 'nothing yet');
$node->safe_sql("SELECT rdf_policy_rollback('p', 2)");
is(heard(), 'rollback p 2 1, by v2', 'a rollback');
$node->safe_sql("BEGIN; SELECT rdf_policy_rollback('p', 3); ROLLBACK");
is(heard(), 'by v2', 'ROLLBACK: nothing');
$node->safe_sql("BEGIN; SAVEPOINT s; SELECT rdf_policy_rollback('p', 1); ROLLBACK TO s; SELECT rdf_policy_rollback('p', 3); COMMIT");
is(heard(), 'rollback p 3 2, by v3', 'ROLLBACK TO: only what came after it');
$node->safe_sql("BEGIN; SAVEPOINT s; SELECT rdf_policy_rollback('p', 1); ROLLBACK TO s; COMMIT");
is(heard(), 'by v3', 'ROLLBACK TO and no more: nothing');
$node->safe_sql("BEGIN; SAVEPOINT s; SELECT rdf_policy_rollback('p', 1); RELEASE s; SELECT rdf_policy_rollback('p', 2); COMMIT");
is(heard(), 'rollback p 1 3, rollback p 2 4, by v2', 'RELEASE: both');
$node->safe_sql("BEGIN; SELECT rdf_policy_rollback('p', 3); PREPARE TRANSACTION 'reload'");
$node->safe_sql("COMMIT PREPARED 'reload'");
is(heard(), 'by v3', 'COMMIT PREPARED: nothing, and it is in force all the same');
$node->safe_sql("SELECT rdf_policy_reload()");
is(heard(), 'by v3', 'a reload that changes nothing: nothing');
like($node->log_content, qr/rollback: policy "p" version 2 is in force as generation/, 'the server log tells too');

done_testing;
