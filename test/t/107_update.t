# The way to a next version: a dummy one is made of a copy of the sources, with an update script that does what such scripts do
# (a column, a function with another signature, a function replaced, a view with another column). Everything that names our
# functions judges before, between and after, with whichever of the two libraries, and so does what is dumped then.
use strict;
use warnings;
use Test::More;
use RdfPolicy;

my ($version) = map { /^default_version *= *'(.*)'/ } do { open my $in, '<', 'rdfpolicy.control' or die; <$in> };
my $next = $version =~ s/^(\d+)\.(\d+)\..*/"$1." . ($2 + 1) . '.0'/er;

sub slurp { my ($path) = @_; open my $in, '<', $path or die "$path: $!"; local $/; return scalar <$in> }
sub spew { my ($path, $text) = @_; open my $out, '>', $path or die "$path: $!"; print $out $text; close $out or die; return }

my $changes = <<'SQL';
ALTER TABLE rdf_catalog_version ADD COLUMN next_option boolean NOT NULL DEFAULT false;

CREATE FUNCTION rdf_validate_next(document text, policy text, next_option boolean) RETURNS boolean
    LANGUAGE c STABLE PARALLEL SAFE COST 1000 AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION rdf_validate_next(text, text, boolean) IS 'the signature that follows';

CREATE OR REPLACE FUNCTION rdf_kind(term rdf_term) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'rdf_kind_next';

CREATE VIEW rdf_policy_next AS SELECT policy, version, next_option FROM rdf_catalog_version;
COMMENT ON VIEW rdf_policy_next IS 'what is next';
GRANT SELECT ON rdf_policy_next TO PUBLIC;
SQL

# What a release has: the changes in the parts, and in an update script that first asks for the library.
my $copy = "$ENV{RDFPOLICY_SCRATCH}/next";
system("mkdir '$copy' && cp -r Makefile rdfpolicy.control src sql policies '$copy'") == 0 or die 'cannot copy the sources';
spew("$copy/rdfpolicy.control", slurp('rdfpolicy.control') =~ s/\Q$version\E/$next/r);
spew("$copy/sql/extension/parts/99_next.sql", $changes);
spew("$copy/sql/extension/rdfpolicy--$version--$next.sql",
    "SELECT rdf_catalog_check_library(e.extversion) FROM pg_catalog.pg_extension e WHERE e.extname = 'rdfpolicy'::pg_catalog.name;\n$changes");
spew("$copy/src/pg/sql/next.c", <<'C');
/* A dummy. */
#include "pg/pg.h"
PG_FUNCTION_INFO_V1(rdf_validate_next);
PG_FUNCTION_INFO_V1(rdf_kind_next);
extern Datum rdf_kind(PG_FUNCTION_ARGS);
Datum
rdf_validate_next(PG_FUNCTION_ARGS)
{
    PG_RETURN_BOOL(!PG_GETARG_BOOL(2));
}
Datum
rdf_kind_next(PG_FUNCTION_ARGS)
{
    return rdf_kind(fcinfo);
}
C

# Into the private copy of PostgreSQL that these tests run with, and out of it again.
my ($library, $share) = map { chomp; $_ } `$ENV{PG_CONFIG} --pkglibdir`, `$ENV{PG_CONFIG} --sharedir`;
my $kept = "$ENV{RDFPOLICY_SCRATCH}/kept";
system("mkdir '$kept' && cp '$library/rdfpolicy.so' '$share/extension/rdfpolicy.control' '$kept'") == 0 or die 'cannot keep the extension';
sub put_library { my ($from) = @_; return system("cp '$from' '$library/rdfpolicy.so.new' && mv '$library/rdfpolicy.so.new' '$library/rdfpolicy.so'") == 0 }
END
{
    my $status = $?;
    if ($kept && -e "$kept/rdfpolicy.control") {
        put_library("$kept/rdfpolicy.so");
        system("cp '$kept/rdfpolicy.control' '$share/extension/' && rm -f '$share/extension/rdfpolicy--$version--$next.sql'"
              . " '$share/extension/rdfpolicy--$next.sql'");
    }
    $? = $status;
}

my $node = RdfPolicy->new('main');
$node->start;

# All that can hold an expression or a type of ours, with rows.
sub fill
{
    my ($database) = @_;
    $node->safe_sql("CREATE DATABASE $database; ALTER DATABASE $database SET search_path = rdf, public");
    $node->safe_sql('CREATE SCHEMA rdf; CREATE EXTENSION rdfpolicy SCHEMA rdf', $database);
    $node->make_numbered_policies(3, $database);
    $node->safe_sql(<<'SQL', $database);
SELECT rdf_policy_register_shape('r', 'User', '[{"property": "name", "required": true}]'::jsonb);
SELECT rdf_policy_reload('r', true);
SELECT rdf_policy_add_test('p', 'not two', '<urn:x> <urn:v> 2 .', false);
CREATE TABLE checked (id integer PRIMARY KEY, document text CHECK (rdf_assert_valid(document, 'p@1')));
CREATE DOMAIN valid_document AS text CHECK (rdf_validate(VALUE, 'p@1'));
CREATE TABLE of_domain (document valid_document);
CREATE TABLE judged (id integer PRIMARY KEY, document text);
CREATE TRIGGER is_valid BEFORE INSERT OR UPDATE ON judged FOR EACH ROW EXECUTE FUNCTION rdf_policy_check('document', 'p');
CREATE TABLE users (id integer PRIMARY KEY, triples jsonb);
ALTER TABLE users ADD CHECK (rdf_validate(triples, 'r@1')) NOT VALID;
CREATE TABLE terms (term rdf_term PRIMARY KEY, kind text GENERATED ALWAYS AS (rdf_kind(term)) STORED, triple rdf_triple);
CREATE INDEX terms_by_kind ON terms (rdf_kind(term));
CREATE VIEW verdicts AS SELECT id, rdf_validate(document, 'p') AS valid FROM judged;
CREATE MATERIALIZED VIEW kept_verdicts AS SELECT id, rdf_validate(document, 'p@1') AS valid FROM judged;
CREATE FUNCTION is_one(document text) RETURNS boolean BEGIN ATOMIC SELECT rdf_validate(document, 'p@1'); END;
INSERT INTO checked SELECT n, '<urn:x> <urn:v> 1 .' FROM generate_series(1, 100) n;
INSERT INTO of_domain VALUES ('<urn:x> <urn:v> 1 .');
INSERT INTO judged SELECT n, '<urn:x> <urn:v> 1 .' FROM generate_series(1, 100) n;
INSERT INTO users VALUES (1, '[{"subject": "a", "predicate": "rdf:type", "value": "User"}, {"subject": "a", "predicate": "name", "value": "Ann"}]');
INSERT INTO terms (term, triple) SELECT ('"' || n || '"')::rdf_term, rdf_triple('<urn:x>', '<urn:v>', n::rdf_term) FROM generate_series(1, 100) n;
REFRESH MATERIALIZED VIEW kept_verdicts;
SQL
    return;
}

sub judges
{
    my ($state, $database) = @_;
    $database //= 'old';
    my @refused = map { $node->sqlstate($_, $database) } (
        "INSERT INTO checked VALUES (0, '<urn:x> <urn:v> 2 .')", "INSERT INTO of_domain VALUES ('<urn:x> <urn:v> 2 .')",
        "INSERT INTO judged VALUES (0, '<urn:x> <urn:v> 2 .')",
        q{INSERT INTO users VALUES (0, '[{"subject": "a", "predicate": "rdf:type", "value": "User"}]')});
    is("@refused", '23514 23514 23514 23514', "$state: CHECK, domain, trigger and NOT VALID refuse");
    is($node->safe_sql(<<'SQL', $database), "100|100|t\n1|literal|t\n100\n1", "$state: views, functions, types and indexes work");
SELECT (SELECT count(*) FROM verdicts WHERE valid), (SELECT count(*) FROM kept_verdicts WHERE valid), is_one('<urn:x> <urn:v> 1 .');
SET enable_seqscan = off; SET enable_bitmapscan = off;
SELECT count(*), min(kind), bool_and((triple).object = 7::rdf_term) FROM terms WHERE term = '"7"'; SELECT count(*) FROM terms WHERE rdf_kind(term) = 'literal';
BEGIN; INSERT INTO checked VALUES (0, '<urn:x> <urn:v> 1 .') RETURNING 1; ROLLBACK;
SQL
    is($node->safe_sql(q{BEGIN; SELECT version, success FROM rdf_policy_rollback('p', 3); SELECT count(*) FROM verdicts WHERE valid;
            SELECT rdf_policy_register('p', rdf_policy_source('p', 2)); ROLLBACK;
            SELECT bool_and(valid) FROM rdf_policy_verify(); SELECT broken_policies, differences, weakened_by FROM rdf_policy_status}, $database),
        "3|t\n0\n4\nt\n0|{}|{}", "$state: policies change, and are sound");
    return;
}

sub versions { return $node->safe_sql('SELECT library_version, extension_version FROM rdf_policy_status', $_[0] // 'old') }

fill('old');
judges($version);
is(versions(), "$version|$version", 'the status has both versions');

# The files are there; the server runs the library that it has preloaded.
my $build = `make -C '$copy' -j2 all PG_CONFIG='$ENV{RDFPOLICY_BUILD_CONFIG}' 2>&1 && make -C '$copy' install PG_CONFIG='$ENV{RDFPOLICY_BUILD_CONFIG}' pkglibdir='$library' datadir='$share' 2>&1`;
is($?, 0, 'the next version is installed') or die $build;
judges("$version beside the files of $next");
my (undef, $refusal) = $node->psql('ALTER EXTENSION rdfpolicy UPDATE', 'old');
like($refusal, qr/extension rdfpolicy \Q$next\E needs its library, and this session has that of \Q$version\E.*HINT:.*restart the server/s,
    'an update without the library says what to do');
is($node->sqlstate('ALTER EXTENSION rdfpolicy UPDATE', 'old'), '55000', 'with a state of its own');
is($node->sqlstate('DROP EXTENSION rdfpolicy; CREATE EXTENSION rdfpolicy', 'postgres'), '42704', 'as in a database that has none');
is($node->sqlstate('CREATE EXTENSION rdfpolicy', 'postgres'), '55000', 'where creating it is refused likewise');
is($node->safe_sql("SELECT extversion FROM pg_extension WHERE extname = 'rdfpolicy'", 'old'), $version, 'nothing has changed');

# A library that is newer than the SQL objects works.
$node->restart;
judges("library $next, objects $version");
is(versions(), "$next|$version", 'and says so');

# The update: a session that was there before goes on, and so do its prepared statements.
my $session = $node->background_psql('old');
my $statements = q{EXECUTE judge('<urn:x> <urn:v> 1 .'); EXECUTE judge('<urn:x> <urn:v> 2 .'); SELECT count(*) FROM verdicts WHERE valid};
is($session->query("PREPARE judge(text) AS SELECT rdf_validate(\$1, 'p'); $statements"), "t\nf\n100", 'a session');
my $functions = "SELECT oid, oid::regprocedure FROM pg_proc WHERE proname = 'rdf_validate' AND proargtypes[0] = 'text'::regtype OR proname = 'rdf_kind'"
  . ' ORDER BY proname DESC';
my $before = $node->safe_sql($functions, 'old');
my ($signature) = $before =~ /\|(.*)/;
$node->safe_sql('ALTER EXTENSION rdfpolicy UPDATE', 'old');
is($session->query($statements), "t\nf\n100", 'goes on after the update');
is($session->query("SELECT rdf_validate_next('<urn:x> <urn:v> 1 .', 'p', false), rdf_validate_next('<urn:x> <urn:v> 1 .', 'p', true)"), 't|f',
    'and has what is new');
is($node->safe_sql($functions, 'old'), $before,
    'functions keep their identity, by which constraints, views and indexes know them');
judges("library and objects $next");
is(versions(), "$next|$next", 'versions agree');
is($node->safe_sql("SELECT count(*) FROM rdf_policy_dependents WHERE policy = 'p'", 'old'), '6', 'what names a policy is known');
is($node->sqlstate("BEGIN; ALTER EXTENSION rdfpolicy DROP FUNCTION $signature; DROP FUNCTION $signature", 'old'),
    '2BP01', 'a former signature cannot go while something calls it');
is($node->sqlstate('ALTER EXTENSION rdfpolicy UPDATE', 'old'), '00000', 'once more, which does nothing');

# The objects are those of a database that never had another version.
sub objects
{
    my ($database) = @_;
    return $node->safe_sql(<<'SQL', $database);
SELECT i.type, i.identity, CASE WHEN d.classid = 'pg_proc'::regclass AND p.prokind <> 'a' THEN pg_get_functiondef(d.objid) END,
    CASE WHEN d.classid = 'pg_class'::regclass AND c.relkind = 'v' THEN pg_get_viewdef(d.objid) END,
    (SELECT string_agg(attname || ' ' || format_type(atttypid, atttypmod), ', ' ORDER BY attnum) FROM pg_attribute
     WHERE d.classid = 'pg_class'::regclass AND attrelid = d.objid AND attnum > 0), obj_description(d.objid, d.classid::regclass::name), c.relacl, p.proacl
FROM pg_depend d JOIN pg_extension e ON d.refclassid = 'pg_extension'::regclass AND e.oid = d.refobjid AND e.extname = 'rdfpolicy'
    CROSS JOIN LATERAL pg_identify_object(d.classid, d.objid, 0) i
    LEFT JOIN pg_proc p ON d.classid = 'pg_proc'::regclass AND p.oid = d.objid LEFT JOIN pg_class c ON d.classid = 'pg_class'::regclass AND c.oid = d.objid
WHERE d.deptype = 'e' ORDER BY 1, 2
SQL
}
$node->safe_sql('CREATE DATABASE new; ALTER DATABASE new SET search_path = rdf, public');
$node->safe_sql('CREATE SCHEMA rdf; CREATE EXTENSION rdfpolicy SCHEMA rdf', 'new');
is(versions('new'), "$next|$next", 'a database with the next version from the start');
my %is_of_new = map { $_ => 1 } split /\n/, objects('new');
my %is_of_old = map { $_ => 1 } split /\n/, objects('old');
is_deeply([ grep { !$is_of_new{$_} } sort keys %is_of_old ], [ grep { !$is_of_old{$_} } sort keys %is_of_new ],
    'has the same objects as the one that was updated');
cmp_ok(scalar keys %is_of_old, '>', 100, 'all of them');

# What is dumped then comes back, CHECKs and all (doc/operations.md).
my ($dump, $errors, $code) = $node->run_client('pg_dump', '-Fc', '-f', "$node->{folder}/old.dump", 'old');
is("$code$errors", '0', 'a dump');
$node->safe_sql('CREATE DATABASE restored; ALTER DATABASE restored SET search_path = rdf, public');
{
    local $ENV{PGOPTIONS} = '-c rdfpolicy.no_policy=pass';
    (undef, $errors, $code) = $node->run_client('pg_restore', '-d', 'restored', "$node->{folder}/old.dump");
}
is("$code$errors", '0', 'is restored');
judges('restored', 'restored');
is(versions('restored'), "$next|$next", 'with the next version');

# Objects that are newer than the library, as on a standby that was forgotten: what the library has goes on, the rest says what it lacks.
$session->quit;
put_library("$kept/rdfpolicy.so") or die 'cannot put the library back';
$node->restart;
is(versions(), "$version|$next", 'the status tells of an older library');
is($node->safe_sql("SELECT count(*) FROM verdicts WHERE valid", 'old'), '100', 'it judges');
is($node->sqlstate("INSERT INTO checked VALUES (0, '<urn:x> <urn:v> 2 .')", 'old'), '23514', 'and refuses');
is($node->safe_sql("SELECT version, success FROM rdf_policy_rollback('p', 2)", 'old'), '2|t', 'reloads');
like(($node->psql("SELECT rdf_validate_next('', 'p', false)", 'old'))[1], qr/could not find function "rdf_validate_next" in file/, 'and names what it lacks');

done_testing;
