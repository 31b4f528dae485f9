# One server registers, the others import: a version's number means the same on all of them (doc/operations.md, "Many servers").
use strict;
use warnings;
use Test::More;
use RdfPolicy;

my ($first, @others) = map { my $node = RdfPolicy->new($_); $node->start; $node } qw(first second third);
$_->safe_sql('CREATE SCHEMA rdf; CREATE EXTENSION rdfpolicy SCHEMA rdf; ALTER DATABASE postgres SET search_path = rdf, public') for $first, @others;
$first->make_numbered_policies(3);
$first->safe_sql(q{SELECT rdf_policy_add_test('p', 'wants four', '<urn:x> <urn:v> 4 .', true)});
$first->safe_sql(q{SELECT rdf_policy_register('p', regexp_replace(rdf_policy_source('p', 3), 'hasValue 3(.*)v3', 'hasValue 4\1v4'), require_focus => true)});
$first->safe_sql(q{SELECT rdf_policy_register_shape('r', 'User', '[{"property": "name", "required": true}]'::jsonb); SELECT rdf_policy_reload('r')});

# What a deployment carries from server to server: text.
sub exported { my ($version, $policy) = @_; return $first->safe_sql("SELECT rdf_policy_export('" . ($policy // 'p') . "', $version)") }
sub import_sql { my ($exported, $activate) = @_; return "SELECT rdf_policy_import(\$export\$$exported\$export\$, $activate)" }
my $state = q{SELECT v.policy, version, state, signature, e.exported->'options' FROM rdf_policy_versions v,
    LATERAL (SELECT rdf_policy_export(v.policy, v.version) exported) e WHERE v.policy = 'p' AND v.version = 4};
my $judge = "SELECT result_message FROM rdf_validation_report('<urn:x> <urn:v> 0 .', 'p')";

# Staging everywhere, comparing, reloading.
for my $node (@others)
{
    is($node->safe_sql(import_sql(exported(4), 'false')), '4', 'imported');
    is($node->safe_sql($state), $first->safe_sql($state), 'the same signature and options, staged');
    is($node->sqlstate("SELECT rdf_validate('', 'p\@4')"), '42704', 'and not in force');
    is($node->safe_sql('SELECT count(*) FROM rdf_policy_tests'), '1', 'its test came with it');
}
for my $node ($first, @others)
{
    is($node->safe_sql("SELECT version, success FROM rdf_policy_reload('p', true)"), '4|t', 'reloaded');
    is($node->safe_sql($judge), 'v4', 'and in force');
    is($node->safe_sql("SELECT rdf_validate('<urn:x> <urn:v> 4 .', 'p\@4'), rdf_validate('<urn:x> <urn:v> 3 .', 'p\@4')"), 't|f', 'p@4 means the same');
}
is($_->safe_sql($state), $first->safe_sql($state), 'on all') for @others;
is($_->safe_sql(import_sql(exported(4), 'true') . '; ' . import_sql(exported(4), 'false')), "4\n4", 'again, which changes nothing') for @others;
is($_->safe_sql("SELECT count(*) FROM rdf_policy_history WHERE policy = 'p'"), '1', 'nor leaves a trace') for @others;

# A server that is to know the former ones too: in one transaction, the oldest first, so that nobody is judged by them meanwhile.
my $fresh = RdfPolicy->new('fresh');
$fresh->start;
$fresh->safe_sql('CREATE EXTENSION rdfpolicy');
my $session = $fresh->background_psql;
$fresh->safe_sql('BEGIN; ' . join('; ', map { import_sql(exported($_), 'true') } 1 .. 4) . '; COMMIT');
is($session->query($judge), 'v4', 'the newest is in force');
is($fresh->safe_sql("SELECT string_agg(rdf_validate('<urn:x> <urn:v> ' || n || ' .', 'p\@' || n)::text, ' ' ORDER BY n) FROM generate_series(1, 4) n"),
    'true true true true', 'and each former one has its number');
is($fresh->safe_sql("SELECT version FROM rdf_policy_rollback('p')"), '3', 'rollback finds the one before');
is($fresh->safe_sql(import_sql(exported(1, 'r'), 'true')), '1', 'rules');
is($fresh->safe_sql("SELECT rdf_policy_export('r') = \$e\$" . exported(1, 'r') . "\$e\$::jsonb"), 't', 'are the same');

# By a file, as doc/operations.md has it.
open my $file, '>', "$fresh->{folder}/p-4.json" or die;
print $file exported(4);
close $file;
is($fresh->safe_sql("\\set exported `cat $fresh->{folder}/p-4.json`\nSELECT rdf_policy_import(:'exported')"), '4', 'a file is imported');

# Two who import at once: one waits, and finds it done.
my ($one, $two) = map { $others[0]->background_psql } 1, 2;
$first->safe_sql(q{SELECT rdf_policy_drop_test('p', 'wants four'); SELECT rdf_policy_apply('p', rdf_policy_source('p', 1))});
my $fifth = exported(5);
$others[0]->safe_sql("SELECT rdf_policy_drop_test('p', 'wants four')");
$one->query('BEGIN; ' . import_sql($fifth, 'true'));
$two->send(import_sql($fifth, 'true'));
$others[0]->poll_query_until("SELECT count(*) = 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'");
$one->query('COMMIT');
is($two->finish, '5', 'the second of two imports');
is($others[0]->safe_sql("SELECT count(*) FROM rdf_policy_history WHERE policy = 'p' AND version = 5"), '1', 'reloads nothing');

# A server that has gone its own way is not overruled.
$others[1]->safe_sql(q{SELECT rdf_policy_drop_test('p', 'wants four'); SELECT rdf_policy_apply('p', rdf_policy_source('p', 4) || ' # mine')});
is($others[1]->sqlstate(import_sql($fifth, 'true')), '55000', 'another text under the same number is refused');
is($others[1]->safe_sql($judge), 'v4', 'and what is in force stays');

# A dump holds what an import needs to know.
my ($dump) = $others[0]->run_client('pg_dump', '-Fp', 'postgres');
$others[0]->safe_sql('CREATE DATABASE restored');
my (undef, $errors) = $others[0]->psql($dump, 'restored');
is($errors, '', 'a dump restores');
is($others[0]->safe_sql("SET search_path = rdf; " . import_sql($fifth, 'true'), 'restored'), '5', 'and knows what is there');
is($others[0]->safe_sql("SELECT count(*) FROM rdf.rdf_policy_history WHERE policy = 'p' AND version = 5", 'restored'), '1', 'already');

done_testing;
