# Dump and restore of graphs that policies are enforced on: registrations, modes and triggers fit together afterwards, whatever
# was dumped, and nothing is unjudged without its being said.
use strict;
use warnings;
use Test::More;
use RdfPolicy;

my $node = RdfPolicy->new('main');
$node->start;
my $folder = $node->{folder};
my $quad = "(s rdf.rdf_term, p rdf.rdf_term, o rdf.rdf_term";

# Three graphs whose sources have numbers that are not theirs by chance: terms, partitions, ids with a dictionary of another
# schema, over tables that come before the extension's schema in the order of a dump.
$node->safe_sql('CREATE DATABASE source');
$node->safe_sql(<<"END", 'source');
CREATE SCHEMA app;
CREATE SCHEMA zoo;
CREATE SCHEMA rdf;
CREATE EXTENSION rdfpolicy SCHEMA rdf;
SET search_path = rdf, public;
CREATE TABLE app.gone $quad);
SELECT rdf_graph_register('gone', 'app.gone', 's', 'p', 'o'), rdf_graph_drop('gone');
CREATE TABLE app.terms $quad);
CREATE INDEX ON app.terms (s, p);
CREATE INDEX ON app.terms (o, p) WHERE rdf_kind(o) <> 'literal';
CREATE TABLE app.parts $quad, k integer) PARTITION BY LIST (k);
CREATE INDEX ON app.parts (s, p);
CREATE INDEX ON app.parts (o, p) WHERE rdf_kind(o) <> 'literal';
CREATE TABLE zoo.part1 PARTITION OF app.parts FOR VALUES IN (1);
CREATE TABLE app.part2 PARTITION OF app.parts DEFAULT;
CREATE TABLE zoo.dict (id bigint PRIMARY KEY, term rdf_term);
CREATE INDEX ON zoo.dict USING hash (term);
CREATE TABLE app.ids (s bigint REFERENCES zoo.dict, p bigint REFERENCES zoo.dict, o bigint REFERENCES zoo.dict);
CREATE INDEX ON app.ids (s, p);
CREATE INDEX ON app.ids (o, p);
SELECT rdf_policy_apply('p', 'PREFIX sh: <http://www.w3.org/ns/shacl#> <urn:S> sh:targetSubjectsOf <urn:p> ;
    sh:property [ sh:path <urn:p> ; sh:nodeKind sh:IRI ; sh:maxCount 1 ] .');
SELECT rdf_graph_register('terms', 'app.terms', 's', 'p', 'o', row_filter => 'rdf.rdf_kind(s) <> ''blank''');
SELECT rdf_graph_register('parts', 'app.parts', 's', 'p', 'o');
SELECT rdf_graph_register('ids', 'app.ids', 's', 'p', 'o', terms => 'zoo.dict', term_lexical => 'term');
SELECT rdf_graph_register('both', 'app.terms', 's', 'p', 'o');
SELECT rdf_graph_add_source('both', 'app.parts', 's', 'p', 'o');
SELECT rdf_graph_enforce(g, 'p') FROM unnest('{terms,parts,ids}'::text[]) g;
SELECT rdf_graph_enforce('both', 'p', 'audit', 'immediate', '{Violation}', ARRAY[NULL]);
INSERT INTO app.terms SELECT rdf_iri('urn:' || i), '<urn:p>', '<urn:o>' FROM generate_series(1, 100) i;
INSERT INTO app.terms VALUES ('<urn:1>', '<urn:q>', '"q"');
INSERT INTO app.parts SELECT s, '<urn:q>', o, row_number() OVER () % 3 FROM app.terms;
INSERT INTO app.parts VALUES ('<urn:1>', '<urn:p>', '<urn:other>', 1);
INSERT INTO zoo.dict VALUES (1, '<urn:1>'), (2, '<urn:p>'), (3, '<urn:3>'), (4, '"4"');
INSERT INTO app.ids VALUES (1, 2, 3);
SELECT rdf_graph_prove(g, 'p') FROM unnest('{terms,parts,ids}'::text[]) g;
END

my %bad = (
    terms => "INSERT INTO app.terms VALUES ('<urn:1>', '<urn:p>', '\"x\"')",
    parts => "INSERT INTO zoo.part1 VALUES ('<urn:1>', '<urn:p>', '\"x\"', 1)",
    truncated => 'BEGIN; TRUNCATE app.part2; '
      . "INSERT INTO app.parts VALUES ('<urn:1>', '<urn:p>', '\"x\"', 2); COMMIT",
    ids => 'INSERT INTO app.ids VALUES (1, 2, 4)',
    dictionary => "UPDATE zoo.dict SET term = '\"x\"' WHERE id = 3");

sub catalog
{
    my ($database) = @_;
    return $node->safe_sql(<<'END', $database);
SELECT t::text FROM rdf.rdf_catalog_graph t ORDER BY 1;
SELECT t::text FROM rdf.rdf_catalog_graph_source t ORDER BY 1;
SELECT t::text FROM rdf.rdf_catalog_enforcement t ORDER BY 1;
SELECT last_value, is_called FROM rdf.rdf_catalog_graph_source_id_seq;
SELECT tgrelid::regclass, tgname, tgenabled, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal AND tgname ~ '^rdf_graph'
ORDER BY tgrelid::regclass::text, 2;
SELECT evtname, evtenabled FROM pg_event_trigger ORDER BY 1;
END
}

sub is_judged
{
    my ($database, $way) = @_;
    is($node->safe_sql("SELECT string_agg(graph || ': ' || problem, '; ') FROM rdf.rdf_graph_enforcements", $database), '',
        "$way: nothing keeps changes from being judged");
    is($node->sqlstate($bad{$_}, $database), '23514', "$way: $_ is judged") for sort keys %bad;
    return;
}

sub is_restored
{
    my ($database, $way) = @_;
    is(catalog($database), catalog('source'), "$way: what is registered and enforced, and all triggers");
    # Loading what is audited records again.
    is($node->safe_sql('SELECT id FROM rdf.rdf_catalog_violation ORDER BY id LIMIT 1', $database), '1', "$way: what was recorded");
    is($node->safe_sql('SELECT (SELECT count(*) FROM app.terms), (SELECT count(*) FROM app.parts), (SELECT count(*) FROM app.ids)',
            $database), '101|102|1', "$way: the tables are full");
    is($node->safe_sql('SELECT count(*) FROM rdf.rdf_graph_enforcements WHERE proven_generation IS NOT NULL', $database), '0',
        "$way: what is restored is proven by nobody");
    is_judged($database, $way);
    is($node->safe_sql("SELECT rdf.rdf_graph_prove('ids', 'p')", $database), 't', "$way: and can be proven");
    $node->safe_sql("SELECT rdf.rdf_graph_add_source('terms', 'app.gone', 's', 'p', 'o') > 6 FROM "
          . '(SELECT rdf.rdf_graph_unenforce(\'terms\', \'p\')) u', $database);
    return;
}

sub restore
{
    my ($way, $database, @arguments) = @_;
    my (undef, $errors, $code) = $node->run_client('pg_restore', '-d', $database, @arguments);
    is("$code$errors", '0', "$way: restores without an error");
    return;
}

is_judged('source', 'source');
like($node->safe_sql('SELECT count(*) FROM rdf.rdf_graph_violations', 'source'), qr/^[1-9]/, 'something is recorded');
my ($plain) = $node->run_client('pg_dump', '-d', 'source');
unlike($plain, qr/COPY \S*rdf_catalog_proof/, 'proofs are not dumped');
unlike($plain, qr/CREATE EVENT TRIGGER/, 'event triggers are the extension\'s');
$node->safe_sql('CREATE DATABASE plain');
my (undef, $errors, $code) = $node->psql($plain, 'plain');
is("$code$errors", '0', 'plain: restores without an error');
is_restored('plain', 'plain');
$node->run_client('pg_dump', '-d', 'source', '-Fc', '-f', "$folder/source.dump");
$node->safe_sql('CREATE DATABASE parallel');
# All at once it may make the triggers of a partitioned table, which has no rows of its own, before the rows of its partitions.
restore("-j4, $_", 'parallel', '-j4', "--section=$_", "$folder/source.dump") for qw(pre-data data post-data);
is_restored('parallel', '-j4');

# The schema alone, and the data later: the triggers are there before their graphs, and refuse. The extension's tables go first; what
# comes then is judged.
$node->safe_sql('CREATE DATABASE apart');
restore('schema only', 'apart', '--section=pre-data', '--section=post-data', "$folder/source.dump");
is($node->sqlstate($bad{terms}, 'apart'), '42704', 'schema only: a trigger whose graph is unknown refuses');
my ($list) = $node->run_client('pg_restore', '-l', "$folder/source.dump");
for my $part ('catalog', 'tables')
{
    open my $file, '>', "$folder/$part.list" or die;
    print $file map { "$_\n" } grep { / TABLE DATA | SEQUENCE SET / && ((/ rdf_catalog_/ ? 1 : 0) == ($part eq 'catalog')) } split /\n/, $list;
    close $file or die;
}
restore('data only, the extension first', 'apart', '-a', '-L', "$folder/catalog.list", "$folder/source.dump");
# Foreign keys of the user's own tables want their order, as ever: the dictionary first.
restore('then the dictionary', 'apart', '-a', '-n', 'zoo', '-t', 'dict', "$folder/source.dump");
restore("then $_", 'apart', '-a', '-t', $_, "$folder/source.dump") for qw(ids terms part1 part2);
is_restored('apart', 'data only');
$node->safe_sql('CREATE DATABASE unordered');
restore('schema only again', 'unordered', '--section=pre-data', '--section=post-data', "$folder/source.dump");
restore('data only with --disable-triggers', 'unordered', '-a', '--disable-triggers', "$folder/source.dump");
is_restored('unordered', '--disable-triggers');

# One table over the one that is there: its triggers come with it, and their numbers fit.
restore('one table, --clean', 'source', '--clean', '-t', 'terms', '-n', 'app', "$folder/source.dump");
is($node->safe_sql("SELECT count(*) FROM rdf.rdf_graph_enforcements WHERE graph IN ('terms', 'both') AND problem ~ 'missing'", 'source'), '2',
    'pg_restore -t leaves triggers out, which is shown');
is($node->sqlstate("SELECT rdf.rdf_graph_prove('terms', 'p')", 'source'), '55000', 'such a graph cannot be proven');
$node->safe_sql('CREATE INDEX ON app.terms (s, p); CREATE INDEX ON app.terms (o, p) WHERE rdf.rdf_kind(o) <> \'literal\';'
      . "SELECT rdf.rdf_graph_unenforce(graph, policy), rdf.rdf_graph_enforce(graph, policy, mode, timing) FROM rdf.rdf_graph_enforcements"
      . " WHERE graph IN ('terms', 'both')", 'source');
is_judged('source', 'mended');
my ($table) = $node->run_client('pg_dump', '-d', 'source', '--clean', '-t', 'app.terms');
(undef, $errors, $code) = $node->psql($table, 'source');
is($code, 0, 'a dump of one table, --clean, restores') or diag($errors);
is_judged('source', 'a dump of one table');

# A table whose triggers came with it, beside an extension that knows no graph: writing refuses, and says what to do.
$node->safe_sql('CREATE DATABASE strange');
$node->safe_sql('CREATE SCHEMA app; CREATE SCHEMA rdf; CREATE EXTENSION rdfpolicy SCHEMA rdf', 'strange');
($table) = $node->run_client('pg_dump', '-d', 'source', '-s', '-t', 'app.terms');
(undef, $errors, $code) = $node->psql($table, 'strange');
is("$code$errors", '0', 'a table with triggers is restored beside a new extension');
(undef, $errors) = $node->psql($bad{terms}, 'strange');
like($errors, qr/no graph has a source with the number \d+/, 'writing refuses');
$node->safe_sql("SELECT rdf.rdf_graph_register('other', 'app.terms', 's', 'p', 'o')", 'strange') for 1;
is($node->sqlstate($bad{terms}, 'strange'), '42704', 'and takes no other graph\'s number for its own');

# The extension in another schema: what is in force is moved with it.
$node->safe_sql('ALTER SCHEMA rdf RENAME TO moved', 'plain');
is($node->sqlstate($bad{parts} =~ s/rdf\./moved./gr, 'plain'), '23514', 'a renamed schema of the extension: judged as before');
$node->safe_sql('ALTER SCHEMA app RENAME TO renamed', 'plain');
isnt($node->sqlstate($bad{ids} =~ s/app\./renamed./gr, 'plain'), '00000', 'a renamed schema of the tables: refused');
is($node->safe_sql("SELECT count(*) FROM moved.rdf_graph_enforcements WHERE problem IS NOT NULL", 'plain'), '3', 'and shown');

# The extension goes, with every trigger; and comes anew.
is($node->sqlstate('DROP EXTENSION rdfpolicy', 'parallel'), '2BP01', 'the extension stays while tables need it');
$node->safe_sql('DROP EXTENSION rdfpolicy CASCADE', 'parallel');
is($node->safe_sql("SELECT (SELECT count(*) FROM pg_trigger WHERE tgname ~ '^rdf_graph'), (SELECT count(*) FROM pg_event_trigger)", 'parallel'),
    '0|0', 'DROP EXTENSION CASCADE leaves no trigger');
is($node->sqlstate('INSERT INTO app.ids VALUES (1, 2, 4)', 'parallel'), '00000', 'nothing is judged');
$node->safe_sql('CREATE EXTENSION rdfpolicy SCHEMA rdf', 'parallel');
is($node->safe_sql('SELECT count(*) FROM rdf.rdf_graphs', 'parallel'), '0', 'the extension anew knows no graph');

done_testing;
