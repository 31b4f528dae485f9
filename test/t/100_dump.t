# Dump and restore: everything that the extension keeps comes back, and what is restored in the wrong order for a validated
# CHECK has remedies that work (doc/operations.md).
use strict;
use warnings;
use Test::More;
use RdfPolicy;

my $node = RdfPolicy->new('main');
$node->start;
my $folder = $node->{folder};
my $judge = "SELECT result_message FROM rdf_validation_report('', 'p')";

# Tables with triggers and NOT VALID constraints. Their schema comes before the extension's in the order of a dump.
my $tables = <<'END';
CREATE SCHEMA app;
CREATE TABLE app.judged (id integer PRIMARY KEY, document text);
CREATE TRIGGER judged_is_valid BEFORE INSERT OR UPDATE ON app.judged
    FOR EACH ROW EXECUTE FUNCTION rdf_policy_check('document', 'p');
CREATE TABLE app.checked (id integer PRIMARY KEY, document text);
ALTER TABLE app.checked ADD CONSTRAINT checked_is_valid CHECK (rdf_validate(document, 'p@1')) NOT VALID;
CREATE TABLE app.triples (subject rdf_term, predicate rdf_term, object rdf_term);
CREATE INDEX ON app.triples (subject, predicate);
CREATE INDEX ON app.triples (object, predicate);
SELECT rdf_graph_register('graph', 'app.triples', 'subject', 'predicate', 'object');
SELECT rdf_graph_enforce('graph', 'p');
INSERT INTO app.judged SELECT n, '<urn:x> <urn:v> 2 .' FROM generate_series(1, 100) n;
INSERT INTO app.checked SELECT n, '<urn:x> <urn:v> 1 .' FROM generate_series(1, 100) n;
END

# The same with validated constraints, of a table and of a domain.
my $validated_tables = <<'END';
CREATE TABLE app.validated (id integer PRIMARY KEY,
    document text CONSTRAINT validated_is_valid CHECK (rdf_validate(document, 'p@1')));
CREATE DOMAIN app.document AS text CONSTRAINT document_is_valid CHECK (rdf_validate(VALUE, 'p@1'));
CREATE TABLE app.of_domain (id integer PRIMARY KEY, document app.document);
INSERT INTO app.validated SELECT n, '<urn:x> <urn:v> 1 .' FROM generate_series(1, 100) n;
INSERT INTO app.of_domain SELECT n, '<urn:x> <urn:v> 1 .' FROM generate_series(1, 100) n;
END

# Policy p: versions 1 to 3, version 2 in force, 3 its shadow, version 4 staged, with a test that 2 would fail. Policy q in rule
# form, which reads documents by a context that has been replaced since: both texts are kept. A required hook of another role.
sub fill_database
{
    my ($database, $more_tables) = @_;
    $node->safe_sql("CREATE DATABASE $database");
    $node->safe_sql('CREATE EXTENSION rdfpolicy', $database);
    $node->make_numbered_policies(3, $database);
    $node->safe_sql(<<'END', $database);
CREATE TABLE seen (payload jsonb);
CREATE FUNCTION see(payload jsonb) RETURNS void LANGUAGE sql AS 'INSERT INTO public.seen VALUES ($1)';
SET ROLE "The Registrar";
SELECT rdf_policy_add_hook('p', 'after_reload', 'see(jsonb)', required => true);
RESET ROLE;
SELECT rdf_policy_rollback('p', 2);
SELECT rdf_context_register('urn:base', '{"@context": {"name": "urn:rdfpolicy:name:name"}}'),
    rdf_context_register('urn:c', '{"@context": ["urn:base", {"User": "urn:rdfpolicy:name:User"}]}');
SELECT rdf_policy_register_shape('q', 'User', '[{"property": "name", "required": true}]', context => 'urn:c', dropped => 'error');
SELECT rdf_policy_reload('q', true);
SELECT rdf_context_register('urn:base', '{"@context": {"name": "urn:rdfpolicy:name:nickname"}}', replace => true);
SELECT rdf_policy_register('p', regexp_replace(rdf_policy_source('p', 3), 'Value 3(.*)v3', 'Value 4\1v4'));
SELECT rdf_policy_add_test('p', 'two does not do', '<urn:x> <urn:v> 2 .'::text, false);
SELECT rdf_policy_shadow('p', 3);
END
    $node->safe_sql($tables . ($more_tables // ''), $database);
    return;
}

# The rows of every table of the extension that is to be dumped, and the state of its sequences.
sub extension_content
{
    my ($database) = @_;
    my @queries = split /\n/, $node->safe_sql(<<'END', $database);
SELECT format(CASE relkind WHEN 'S' THEN 'SELECT last_value, is_called FROM %s' ELSE 'SELECT t::text FROM %s t ORDER BY 1' END,
    c.oid::regclass)
FROM pg_extension e, pg_class c WHERE extname = 'rdfpolicy' AND c.oid = ANY (extconfig) ORDER BY 1
END
    cmp_ok(scalar @queries, '>=', 7, "$database: the extension has tables to dump");
    return join "\n", map { "$_:\n" . $node->safe_sql($_, $database) } @queries;
}

sub is_restored
{
    my ($database, $way) = @_;
    is(extension_content($database), extension_content('source'), "$way: policies, versions, contexts, hooks, tests, history, sequences");
    is($node->safe_sql($judge, $database), 'v2', "$way: the version in force judges");
    is($node->safe_sql("SELECT rdf_validate('<urn:x> <urn:v> 1 .', 'p\@1')", $database), 't', "$way: a former one too");
    is($node->safe_sql("SELECT rdf_validate('[]'::jsonb, 'q')", $database), 't', "$way: so does a policy of rules");
    is($node->safe_sql(q{SELECT rdf_validate('{"@id": "urn:x", "@type": "User", "name": 1}'::jsonb, v) FROM unnest('{q,q@1}'::text[]) v}, $database), "f\nt",
        "$way: by name it reads by the context as it is now, by number as it was");
    is($node->safe_sql('SELECT contexts, broken_contexts FROM rdf_policy_status', $database), '2|0', "$way: contexts are in force");
    is($node->safe_sql('SELECT count(*) FROM rdf_policy_verify() WHERE NOT valid', $database), '0', "$way: all that is kept is sound");
    is($node->safe_sql('SELECT (SELECT count(*) FROM app.judged), (SELECT count(*) FROM app.checked)', $database),
        '100|100', "$way: the tables are full");
    is($node->sqlstate("INSERT INTO app.judged VALUES (0, '<urn:x> <urn:v> 1 .')", $database), '23514',
        "$way: a trigger judges");
    is($node->sqlstate("INSERT INTO app.checked VALUES (0, '<urn:x> <urn:v> 2 .')", $database), '23514',
        "$way: a constraint that is not validated judges");
    is($node->sqlstate('ALTER TABLE app.checked VALIDATE CONSTRAINT checked_is_valid', $database), '00000',
        "$way: and can be validated");
    is($node->safe_sql("SELECT version, success FROM rdf_policy_reload('p')", $database), '4|t',
        "$way: what was staged is put in force");
    is($node->safe_sql('SELECT count(*) FROM seen', $database), '2', "$way: and the hook called");
    is($node->safe_sql('SELECT registered_by FROM rdf_policy_hooks', $database), 'The Registrar', "$way: in the name of its registrar");
    is($node->safe_sql("SELECT rdf_policy_add_hook(NULL, 'on_error', 'see(jsonb)')", $database), '2',
        "$way: the ids of hooks go on");
    $node->safe_sql("SELECT rdf_policy_register('p', rdf_policy_source('p', 2))", $database);
    is($node->safe_sql("SELECT success FROM rdf_policy_reload('p')", $database), 'f', "$way: the test of the policy is run");
    return;
}

sub restore
{
    my ($way, $database, @arguments) = @_;
    $node->safe_sql("CREATE DATABASE $database");
    my (undef, $errors, $code) = $node->run_client('pg_restore', '-d', $database, @arguments);
    is("$code$errors", '0', "$way: restores without an error");
    return;
}

# Writes the list of those entries of the dump that are the extension's, or of those that are not.
sub write_list
{
    my ($name, $is_extension, $dump) = @_;
    my ($list) = $node->run_client('pg_restore', '-l', "$folder/" . ($dump // 'strict') . '.dump');
    open my $file, '>', "$folder/$name.list" or die;
    print $file map { "$_\n" } grep { (/ rdf_catalog_/ ? 1 : 0) == $is_extension } split /\n/, $list;
    close $file or die;
    return;
}

# Dumps have the names of registrars, and not their OIDs.
$node->safe_sql('CREATE ROLE "The Registrar" SUPERUSER');
fill_database('source');
my ($plain) = $node->run_client('pg_dump', '-d', 'source');
unlike($plain, qr/COPY \S*rdf_catalog_generation/, 'the generation is of its database: it is not dumped');
like($plain, qr/COPY \S*rdf_catalog_policy/, 'the policies are');
$node->run_client('pg_dump', '-d', 'source', '-Fc', '-f', "$folder/source.dump");
my ($policies) = $node->run_client('pg_dump', '-d', 'source', '-a', '-t', '*.rdf_catalog_(policy|version|context|hook|history|test)*');

# Jobs copy tables in any order.
is($node->safe_sql("SELECT conname FROM pg_constraint, pg_extension WHERE extname = 'rdfpolicy' AND contype = 'f' AND conrelid = ANY (extconfig)",
    'source'), '', 'tables that are dumped have no foreign keys');
is($node->safe_sql(<<'END', 'source'), 't|t', 'no_policy=pass: a version whose row is not there yet passes too');
BEGIN;
DELETE FROM rdf_catalog_version WHERE policy = 'p' AND version = 2;
SET LOCAL rdfpolicy.no_policy = pass;
SELECT rdf_validate('<urn:x> <urn:v> 1 .', 'p'), rdf_validate('<urn:x> <urn:v> 1 .', 'p@2');
ROLLBACK;
END
is($node->sqlstate(<<'END', 'source'), 'XX001', 'and is refused otherwise');
BEGIN;
DELETE FROM rdf_catalog_version WHERE policy = 'p' AND version = 2;
SELECT rdf_validate('<urn:x> <urn:v> 1 .', 'p');
END

$node->safe_sql('CREATE DATABASE plain');
my (undef, $errors, $code) = $node->psql($plain, 'plain');
is("$code$errors", '0', 'plain: restores without an error');
is_restored('plain', 'plain');
restore('pg_restore', 'custom', "$folder/source.dump");
is_restored('custom', 'pg_restore');
for my $try (1 .. 3)
{
    restore("-j4, try $try", "parallel$try", '-j4', "$folder/source.dump");
}
is_restored('parallel3', '-j4');

# A validated constraint is there before the policy that it names.
fill_database('strict', $validated_tables);
$node->run_client('pg_dump', '-d', 'strict', '-Fc', '-f', "$folder/strict.dump");
my $counts = 'SELECT (SELECT count(*) FROM app.validated), (SELECT count(*) FROM app.of_domain)';
$node->safe_sql('CREATE DATABASE broken');
(undef, $errors, $code) = $node->run_client('pg_restore', '-d', 'broken', "$folder/strict.dump");
isnt($code, 0, 'validated CHECK: the restore tells');
like($errors, qr/policy version "p\@1" does not exist/, 'what is missing');
is($node->safe_sql($counts, 'broken'), '0|0', 'and leaves the tables empty');
is($node->safe_sql($judge, 'broken'), 'v2', 'all else is there');
(undef, $errors, $code) = $node->run_client('pg_restore', '-d', 'broken', '-a', '-n', 'app', '-t', 'validated', '-t',
    'of_domain', "$folder/strict.dump");
is("$code$errors", '0', 'remedy after the fact: loading these tables again');
is($node->safe_sql($counts, 'broken'), '100|100', 'fills them');

{
    local $ENV{PGOPTIONS} = '-c rdfpolicy.no_policy=pass';
    restore('remedy no_policy=pass', 'passed', '-j2', "$folder/strict.dump");
}
is($node->safe_sql($counts, 'passed'), '100|100', 'remedy no_policy=pass: the tables are full');
is($node->sqlstate("INSERT INTO app.validated VALUES (0, '<urn:x> <urn:v> 2 .')", 'passed'), '23514',
    'remedy no_policy=pass: and guarded');
like($node->log_content, qr/policy version "p\@1" does not exist: data is let through/, 'and what was let through is logged');

write_list('policies', 1);
write_list('rest', 0);
restore('remedy policies first', 'sorted', '--section=pre-data', "$folder/strict.dump");
for my $arguments (['-L', "$folder/policies.list"], ['-L', "$folder/rest.list", '--section=data', '--section=post-data'])
{
    (undef, $errors, $code) = $node->run_client('pg_restore', '-d', 'sorted', @$arguments, "$folder/strict.dump");
    is("$code$errors", '0', "remedy policies first: $arguments->[1]");
}
is($node->safe_sql($counts, 'sorted'), '100|100', 'remedy policies first: the tables are full');
is(extension_content('sorted'), extension_content('strict'), 'remedy policies first: the extension has all');

# An older dump over a newer database, beside a session that stays connected.
my $session = $node->background_psql('source');
$node->safe_sql("SELECT rdf_policy_reload('p')", 'source');
is($session->query($judge), 'v4', 'newer: version 4 judges');
(undef, $errors, $code) = $node->run_client('pg_restore', '-d', 'source', '--clean', "$folder/source.dump");
is("$code$errors", '0', 'an older dump is restored with --clean');
is($session->query($judge), 'v2', 'and its version judges in a session that was there');
is($node->safe_sql($judge, 'source'), 'v2', 'and in new ones');

$node->safe_sql("SELECT rdf_policy_rollback('p', 3)", 'source');
is($session->query($judge), 'v3', 'newer again: version 3 judges');
my $catalog = join ', ', split /\n/, $node->safe_sql(
    "SELECT c.oid::regclass FROM pg_extension e, pg_class c WHERE extname = 'rdfpolicy' AND relkind = 'r'"
      . ' AND c.oid = ANY (extconfig)', 'source');
$node->safe_sql("TRUNCATE $catalog CASCADE", 'source');
is($session->query("SELECT count(*) FROM rdf_policies"), '0', 'emptied');
(undef, $errors, $code) = $node->psql($policies, 'source');
is("$code$errors", '0', 'an older dump of the policies alone is restored over it');
is($session->query($judge), 'v2', 'and its version judges');
is($node->safe_sql("SELECT version FROM rdf_policy_reload('p')", 'source'), '4', 'and what it had staged can be had');

# With the triggers disabled nobody is told: it is seen, and a reload puts it right, whoever may reload.
write_list('source', 1, 'source');
$node->safe_sql("TRUNCATE $catalog CASCADE", 'source');
like($session->query($judge), qr/policy "p" is not active/, 'emptied again');
(undef, $errors, $code) = $node->run_client('pg_restore', '-d', 'source', '-a', '--disable-triggers', '-L', "$folder/source.list",
    "$folder/source.dump");
is("$code$errors", '0', 'an older dump is restored with --disable-triggers');
like($session->query($judge), qr/policy "p" is not active/, 'and is not in force');
is($session->query('SELECT policy, version FROM rdf_policies ORDER BY policy'), "p|2\nq|1", 'though the tables have it');
is($session->query('SELECT differences FROM rdf_policy_status'),
    '{"p: version 2 is stored, no version is in force","q: version 1 is stored, no version is in force",'
      . '"context <urn:base>: what is stored is not what is in force","context <urn:c>: what is stored is not what is in force"}', 'which is shown');
is($session->query('SELECT cardinality(weakened_by) > 0 FROM rdf_policy_status'), 't', 'with the triggers');
$node->safe_sql('CREATE ROLE reloader; GRANT EXECUTE ON FUNCTION rdf_policy_reload(text, boolean, boolean) TO reloader', 'source');
is($node->safe_sql("SET ROLE reloader; SELECT version, changed FROM rdf_policy_reload('q')", 'source'), '1|t', 'a reload');
is($session->query($judge), 'v2', 'puts it in force');
is($session->query('SELECT differences, weakened_by FROM rdf_policy_status'), '{}|{}', 'and all is as it was');
is($node->safe_sql("SELECT count(*) FROM pg_trigger WHERE tgrelid::regclass::text LIKE 'rdf_catalog_%' AND NOT tgisinternal AND tgenabled <> 'A'", 'source'),
    '0', 'the triggers too');
$node->safe_sql('DROP OWNED BY reloader; DROP ROLE reloader', 'source');

# The extension anew.
is($node->sqlstate('DROP EXTENSION rdfpolicy', 'source'), '2BP01', 'the extension stays while tables need it');
$node->safe_sql('DROP EXTENSION rdfpolicy CASCADE; CREATE EXTENSION rdfpolicy', 'source');
like($session->query($judge), qr/policy "p" is not active/, 'the extension anew has no policies');
$node->make_numbered_policies(1, 'source');
is($session->query($judge), 'v1', 'but those that it gets');

done_testing;
