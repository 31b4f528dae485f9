# Who owns the extension's schema, or may create in it, does not get the extension's rights: not by giving the schema another name and
# the old name to tables of his own, and not by the functions of the extension's triggers on a table of his own.
use strict;
use warnings;
use Test::More;
use RdfPolicy;

my $node = RdfPolicy->new('main');
$node->start;
$node->safe_sql(<<'END');
CREATE ROLE keeper;
CREATE DATABASE kept OWNER keeper;
END
sub shapes
{
    my ($count) = @_;
    return "'\@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:S> sh:targetClass <urn:C> ; sh:property [ sh:path <urn:p> ; sh:minCount $count ] .'";
}
$node->safe_sql('CREATE EXTENSION rdfpolicy', 'kept');
$node->safe_sql("SELECT rdf_policy_register('p', @{[shapes(1)]}); SELECT rdf_policy_reload()", 'kept');
$node->safe_sql(<<'END', 'kept');
GRANT EXECUTE ON FUNCTION rdf_policy_register(text, text, text, text, boolean, text, boolean, boolean, text, text), rdf_policy_source(text, integer) TO keeper;
END

# Triggers. A generation that somebody without rights makes would be somebody else's lock, too.
my $generation = $node->safe_sql('SELECT generation FROM rdf_policy_status', 'kept');
$node->safe_sql(<<'END', 'kept');
SET ROLE keeper;
CREATE SCHEMA own;
CREATE TABLE public.table_a (x integer);
CREATE TABLE public.table_b (x integer);
CREATE TABLE public.table_c (x integer);
CREATE TABLE own.rdf_catalog_generation (number bigint, epoch uuid, stamp uuid, changed_at timestamptz, changed_by text);
CREATE TABLE own.rdf_catalog_version (policy text, version integer);
CREATE TABLE own.rdf_catalog_policy (policy text, b integer, c integer, d integer, e boolean, generation bigint);
CREATE TRIGGER changed AFTER INSERT ON public.table_a FOR EACH ROW EXECUTE FUNCTION rdf_catalog_policy_changed();
CREATE TRIGGER changing BEFORE INSERT ON public.table_b FOR EACH STATEMENT EXECUTE FUNCTION rdf_catalog_policy_changed();
CREATE TRIGGER changed AFTER INSERT ON public.table_c FOR EACH ROW EXECUTE FUNCTION rdf_catalog_generation_changed();
CREATE TRIGGER changed AFTER INSERT ON own.rdf_catalog_policy FOR EACH ROW EXECUTE FUNCTION rdf_catalog_policy_changed();
END
for my $table ('public.table_a', 'public.table_b', 'public.table_c', 'own.rdf_catalog_policy')
{
    is($node->sqlstate("SET ROLE keeper; INSERT INTO $table DEFAULT VALUES", 'kept'), '39P01', "no trigger of the extension's on $table");
}
is($node->safe_sql('SELECT generation FROM rdf_policy_status', 'kept'), $generation, 'the generation is the same');

# Names. One of two registrations waits for the other when the schema gets another name, and one with tables like ours gets its name.
$node->safe_sql(<<'END', 'kept');
CREATE SCHEMA lure AUTHORIZATION keeper;
CREATE TABLE lure.rdf_catalog_policy (LIKE public.rdf_catalog_policy INCLUDING ALL);
CREATE TABLE lure.rdf_catalog_generation (LIKE public.rdf_catalog_generation INCLUDING ALL);
ALTER TABLE lure.rdf_catalog_policy OWNER TO keeper;
ALTER TABLE lure.rdf_catalog_generation OWNER TO keeper;
END
my $holder = $node->background_psql('kept');
$holder->query("BEGIN; SELECT rdf_policy_register('q', @{[shapes(2)]})");
my $waiter = $node->background_psql('kept');
my $pid = $waiter->backend_pid;
$waiter->query('SET ROLE keeper');
$waiter->send("SELECT rdf_policy_register('r', @{[shapes(3)]})");
ok($node->poll_query_until("SELECT wait_event_type = 'Lock' FROM pg_stat_activity WHERE pid = $pid"), 'a registration waits');
$node->safe_sql(<<'END', 'kept');
SET ROLE keeper;
BEGIN;
ALTER SCHEMA public RENAME TO renamed;
CREATE TABLE own.ran (who text);
CREATE FUNCTION own.run() RETURNS text LANGUAGE plpgsql AS $$ BEGIN INSERT INTO own.ran VALUES (current_user); RETURN 'p'; END $$;
CREATE FUNCTION own.run_instead() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM own.run(); RETURN NEW; END $$;
ALTER SCHEMA lure RENAME TO public;
CREATE TRIGGER run BEFORE INSERT ON public.rdf_catalog_policy FOR EACH ROW EXECUTE FUNCTION own.run_instead();
CREATE VIEW public.rdf_catalog_version AS SELECT own.run() AS policy, 1 AS version, own.run() AS source;
COMMIT;
END
$holder->query('COMMIT');
$waiter->query('SELECT 1');
is($node->safe_sql('SELECT count(*) FROM own.ran', 'kept'), '0', 'the registration runs nothing of the schema\'s owner');
is($node->safe_sql('SELECT policy FROM renamed.rdf_catalog_policy ORDER BY policy', 'kept'), "p\nq", 'it is refused');
is($node->safe_sql("SET ROLE keeper; SELECT renamed.rdf_policy_register('r', @{[shapes(3)]})", 'kept'), '1', 'tried again it is done');
is($node->safe_sql("SET ROLE keeper; SELECT renamed.rdf_policy_source('p') = @{[shapes(1)]}", 'kept'), 't',
    'the source is that of the extension');
is($node->safe_sql('SELECT count(*) FROM own.ran', 'kept'), '0', 'and nothing ran');
for my $session ($holder, $waiter) { $session->quit; }
done_testing;
