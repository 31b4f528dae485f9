# Many at once: validations go on without an error through a thousand reloads, and of reloads that compete each succeeds,
# with a generation of its own.
use strict;
use warnings;
use Test::More;
use RdfPolicy;

my $node = RdfPolicy->new('main', conf => 'max_connections = 60');
$node->start;
$node->safe_sql('CREATE EXTENSION rdfpolicy');
$node->make_numbered_policies(2);

sub generation
{
    return $node->safe_sql('SELECT number FROM rdf_catalog_generation');
}

# Eight validating clients; versions 1 and 2 in turn, each reload changes something.
my $validate = $node->write_script('validate', <<'END');
SELECT rdf_validate('<urn:x> <urn:v> 1 .', 'p') <> rdf_validate('<urn:x> <urn:v> 2 .', 'p');
SELECT 1 / count(*) FROM rdf_validation_report('', 'p');
END
my $swap = $node->write_script('swap', "SELECT rdf_policy_rollback('p', 2);\nSELECT rdf_policy_rollback('p', 1);\n");
my $before = generation();
my $swapping = $node->start_pgbench(undef, '-c', 1, '-t', 500, '-f', $swap);
my ($validation_count, $validation_errors) = (0, '');
while ($swapping->is_running)
{
    my $validating = $node->start_pgbench(1, '-c', 8, '-f', $validate);
    $validation_count += $validating->finish;
    $validation_errors .= $validating->errors;
}
is($swapping->finish, 500, '1000 reloads were made');
is(generation() - $before, 1000, 'each is a generation');
is($swapping->errors, '', 'without an error');
is($validation_errors, '', 'validations went on without an error');
cmp_ok($validation_count, '>', 200, 'and there were some');
note("$validation_count validations");

# Sixteen that compete, each with a policy of its own: registered and reloaded in one transaction.
$node->safe_sql(<<'END');
CREATE FUNCTION next_shapes(own text) RETURNS text LANGUAGE sql AS $$
    SELECT format('@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:s> a sh:NodeShape ; sh:targetNode <urn:x> ;
        sh:property [ sh:path <urn:v> ; sh:minCount %s ] .', coalesce(max(next_version), 1))
    FROM rdf_catalog_policy WHERE policy = own $$;
END
my $compete = $node->write_script('compete', <<'END');
BEGIN;
SELECT rdf_policy_register('own' || :client_id, next_shapes('own' || :client_id));
INSERT INTO made SELECT policy, generation, success FROM rdf_policy_reload('own' || :client_id, true);
COMMIT;
END
$node->safe_sql('CREATE TABLE made (policy text, generation bigint, success boolean)');
$before = generation();
my $competing = $node->start_pgbench(undef, '-c', 16, '-t', 20, '-f', $compete);
is($competing->finish, 320, '16 times 20 reloads competed');
is($competing->errors, '', 'without an error');
is(generation() - $before, 320, 'each made a generation');
is($node->safe_sql("SELECT count(DISTINCT generation), min(generation) - $before, max(generation) - $before, bool_and(success),"
          . ' count(*) FROM made'), '320|1|320|t|320', 'each has a number of its own, without gaps');
is($node->safe_sql("SELECT bool_and(active_version = 20) FROM rdf_catalog_policy WHERE policy LIKE 'own%'"), 't',
    'the last of each is in force');
is($node->safe_sql("SELECT count(*) = 320 FROM rdf_policy_history WHERE success AND policy LIKE 'own%'"), 't',
    'and all are in the history');

# The same policy by all: statements on their own.
my $same = $node->write_script('same', "\\set version random(1, 2)\nSELECT rdf_policy_rollback('p', :version);\n");
$competing = $node->start_pgbench(undef, '-c', 16, '-t', 20, '-f', $same);
is($competing->finish, 320, '320 rollbacks of one policy competed');
is($competing->errors, '', 'without an error');
is($node->safe_sql("SELECT 'v' || active_version = (SELECT result_message FROM rdf_validation_report('', 'p'))"
          . " FROM rdf_catalog_policy WHERE policy = 'p'"), 't', 'the last one is in force');
is($node->safe_sql('SELECT is_shared FROM rdf_policy_status'), 't', 'from shared memory');

done_testing;
