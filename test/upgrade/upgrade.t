# pg_upgrade from 15 to 17: the policies, their compiled forms (of the build for 15), hooks and history, tables that are
# judged, and columns of our types are there, and judge. Run by test/upgrade/run.
use strict;
use warnings;
use Test::More;
use RdfPolicy;

my $path = $ENV{PATH};

sub use_server
{
    my ($version) = @_;
    $ENV{PATH} = "/usr/lib/postgresql/$version/bin:$path";
    return;
}

my $judge = "SELECT result_message FROM rdf_validation_report('', 'p')";
my @queries = (
    'SELECT t::text FROM rdf_catalog_generation t',
    'SELECT t::text FROM rdf_catalog_policy t ORDER BY 1',
    'SELECT t::text FROM rdf_catalog_version t ORDER BY 1',
    'SELECT t::text FROM rdf_catalog_context t ORDER BY 1',
    'SELECT t::text FROM rdf_catalog_hook t ORDER BY 1',
    'SELECT t::text FROM rdf_catalog_history t ORDER BY 1',
    'SELECT t::text FROM rdf_catalog_test t ORDER BY 1',
    'SELECT last_value, is_called FROM rdf_catalog_hook_id_seq',
    'SELECT t::text FROM rdf_catalog_graph t ORDER BY 1',
    'SELECT t::text FROM rdf_catalog_graph_source t ORDER BY 1',
    'SELECT t::text FROM rdf_catalog_enforcement t ORDER BY 1',
    'SELECT t::text FROM rdf_catalog_proof t ORDER BY 1',
    'SELECT last_value, is_called FROM rdf_catalog_graph_source_id_seq',
    "SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE tgname ~ '^rdf_graph' ORDER BY 1, 2",
    'SELECT graph, mode, proven_generation, unproven_shapes, problem FROM rdf_graph_enforcements',
    'SELECT * FROM app.term ORDER BY term',
    'SELECT conname, convalidated, pg_get_constraintdef(oid) FROM pg_constraint WHERE conname LIKE \'app%\' ORDER BY 1',
    "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE tgname LIKE 'app%' ORDER BY 1");

use_server(15);
my $old = RdfPolicy->new('old');
$old->start;
$old->safe_sql('CREATE SCHEMA app; CREATE EXTENSION rdfpolicy');
$old->make_numbered_policies(3);
$old->safe_sql(<<'END');
CREATE TABLE app.seen (payload jsonb);
CREATE FUNCTION app.see(payload jsonb) RETURNS void LANGUAGE sql AS 'INSERT INTO app.seen VALUES ($1)';
CREATE ROLE "The Registrar" SUPERUSER;
SET ROLE "The Registrar";
SELECT rdf_policy_add_hook('p', 'after_reload', 'app.see(jsonb)', required => true);
RESET ROLE;
SELECT rdf_policy_rollback('p', 2);
SELECT rdf_context_register('urn:c', '{"@context": {"User": "urn:rdfpolicy:name:User", "name": "urn:rdfpolicy:name:name"}}');
SELECT rdf_policy_register_shape('q', 'User', '[{"property": "name", "required": true}]', context => 'urn:c');
SELECT rdf_policy_reload('q', true);
SELECT rdf_context_register('urn:c', '{"@context": {"User": "urn:rdfpolicy:name:User", "name": "urn:rdfpolicy:name:nickname"}}', replace => true);
SELECT rdf_policy_register('p', regexp_replace(rdf_policy_source('p', 3), 'Value 3(.*)v3', 'Value 4\1v4'));
SELECT rdf_policy_add_test('p', 'two does not do', '<urn:x> <urn:v> 2 .'::text, false);
SELECT rdf_policy_shadow('p', 3);

CREATE TABLE app.judged (id integer PRIMARY KEY, document text);
CREATE TRIGGER app_judged BEFORE INSERT OR UPDATE ON app.judged
    FOR EACH ROW EXECUTE FUNCTION rdf_policy_check('document', 'p');
CREATE TABLE app.checked (id integer PRIMARY KEY,
    document text CONSTRAINT app_validated CHECK (rdf_validate(document, 'p@1')));
ALTER TABLE app.checked ADD CONSTRAINT app_not_validated CHECK (rdf_validate(document, 'p@1')) NOT VALID;
CREATE DOMAIN app.document AS text CONSTRAINT app_document CHECK (rdf_validate(VALUE, 'p@1'));
CREATE TABLE app.of_domain (document app.document);
INSERT INTO app.judged SELECT n, '<urn:x> <urn:v> 2 .' FROM generate_series(1, 100) n;
INSERT INTO app.checked SELECT n, '<urn:x> <urn:v> 1 .' FROM generate_series(1, 100) n;
INSERT INTO app.of_domain VALUES ('<urn:x> <urn:v> 1 .');

CREATE TABLE app.term (term rdf_term PRIMARY KEY, triples rdf_triple[]);
INSERT INTO app.term SELECT ('"term ' || n || '"@en')::rdf_term,
    ARRAY[rdf_triple('<urn:x>', '<urn:v>', n::rdf_term)] FROM generate_series(1, 50) n;
END
$old->safe_sql(<<'END');
CREATE TABLE app.quads (s rdf_term, p rdf_term, o rdf_term);
CREATE INDEX ON app.quads (s, p);
CREATE INDEX ON app.quads (o, p) WHERE rdf_kind(o) <> 'literal';
SELECT rdf_graph_register('gone', 'app.quads', 's', 'p', 'o'), rdf_graph_drop('gone');
SELECT rdf_graph_register('g', 'app.quads', 's', 'p', 'o', row_filter => 'public.rdf_kind(s) <> ''blank''');
SELECT rdf_policy_apply('graph', '@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:S> sh:targetSubjectsOf <urn:p> ;
    sh:property [ sh:path <urn:p> ; sh:maxCount 1 ] .');
INSERT INTO app.quads VALUES ('<urn:a>', '<urn:p>', '<urn:b>');
SELECT rdf_graph_enforce('g', 'graph'), rdf_graph_prove('g', 'graph');
END
my @before = map { $old->safe_sql($_) } @queries;
is($old->safe_sql($judge), 'v2', '15: version 2 judges');
$old->stop;

use_server(17);
my $new = RdfPolicy->new('new');
chdir $new->{folder} or die;
for my $options (['--check'], [])
{
    my ($code, $output, $errors) = RdfPolicy::_run('pg_upgrade', '-b', '/usr/lib/postgresql/15/bin', '-B',
        '/usr/lib/postgresql/17/bin', '-d', $old->{data}, '-D', $new->{data}, '-U', 'postgres', @$options);
    is($code, 0, "pg_upgrade @$options") or diag("$output\n$errors");
}
$new->start;
like($new->safe_sql('SHOW server_version'), qr/^17/, 'the server is 17');
is($new->safe_sql($queries[$_]), $before[$_], "as before: $queries[$_]") for 0 .. $#queries;
is($new->safe_sql($judge), 'v2', 'version 2 judges');
is($new->safe_sql('SELECT is_shared, policies, broken_policies FROM rdf_policy_status'), 't|3|0', 'by a sound image');
is($new->safe_sql("SELECT rdf_validate('<urn:x> <urn:v> 1 .', 'p\@1')"), 't', 'a former version judges');
is($new->safe_sql("SELECT rdf_validate('[]'::jsonb, 'q')"), 't', 'a policy of rules judges');
is($new->safe_sql(q{SELECT rdf_validate('{"@type": "User", "name": "Ada"}'::jsonb, v) FROM unnest('{q,q@1}'::text[]) v}), "f\nt",
    'by the context as it is now, and by that which its version was registered with');
is($new->safe_sql('SELECT count(*) FROM app.judged'), '100', 'the rows are there');
is($new->sqlstate("INSERT INTO app.judged VALUES (0, '<urn:x> <urn:v> 1 .')"), '23514', 'the trigger judges');
is($new->sqlstate("INSERT INTO app.checked VALUES (0, '<urn:x> <urn:v> 2 .')"), '23514', 'the constraints judge');
is($new->sqlstate("INSERT INTO app.of_domain VALUES ('<urn:x> <urn:v> 2 .')"), '23514', 'the domain judges');
is($new->sqlstate("INSERT INTO app.quads VALUES ('<urn:a>', '<urn:p>', '<urn:c>')"), '23514', 'a transaction of a graph is judged');
is($new->sqlstate("INSERT INTO app.quads VALUES ('<urn:c>', '<urn:p>', '<urn:c>')"), '00000', 'and passes where it conforms');
is($new->sqlstate('ALTER TABLE app.checked VALIDATE CONSTRAINT app_not_validated'), '00000', 'and can be validated');
is($new->safe_sql(q{SET enable_seqscan = off; SELECT (triples[1]).object FROM app.term WHERE term = '"term 7"@EN'}),
    '"7"^^<http://www.w3.org/2001/XMLSchema#integer>', 'an index of terms finds');
is($new->safe_sql("SELECT version, success FROM rdf_policy_reload('p')"), '4|t', 'what was staged is put in force');
is($new->safe_sql($judge), 'v4', 'and judges');
is($new->safe_sql('SELECT count(*) FROM app.seen'), '2', 'the hook was called');
is($new->safe_sql("SELECT rdf_policy_add_hook(NULL, 'on_error', 'app.see(jsonb)')"), '2', 'the ids of hooks go on');
is($new->sqlstate("SELECT * FROM rdf_policy_rollback('p', 1)"), '00000', 'a rollback works');
is($new->safe_sql($judge), 'v1', 'and is in force');
is($new->safe_sql("DROP SCHEMA app CASCADE; DROP EXTENSION rdfpolicy; SELECT count(*) FROM pg_extension"
          . " WHERE extname = 'rdfpolicy'"), '0', 'the extension can be dropped');

done_testing;
