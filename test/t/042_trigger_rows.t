# Which row rdf_policy_check judges, where it takes more than one server, release or extension to see it: rows that a
# subscription's worker writes, rows of foreign tables, virtual generated columns.
use strict;
use warnings;
use Test::More;
use RdfPolicy;

# Policy p: <urn:v> of <urn:x> is 1.
my ($good, $bad) = ("'<urn:x> <urn:v> 1 .'", "'<urn:x> <urn:v> 2 .'");
my $deferred = 'CREATE CONSTRAINT TRIGGER judged AFTER INSERT OR UPDATE ON doc DEFERRABLE INITIALLY DEFERRED'
  . " FOR EACH ROW EXECUTE FUNCTION rdf_policy_check('body', 'p');";
my $node = RdfPolicy->new('main');
$node->start;
$node->safe_sql('CREATE EXTENSION rdfpolicy');
$node->make_numbered_policies(1);

subtest 'a subscription' => sub {
    my $publisher = RdfPolicy->new('publisher');
    $publisher->start;
    $_->safe_sql('CREATE TABLE doc (id integer PRIMARY KEY, body text)') for $publisher, $node;
    $publisher->safe_sql('CREATE PUBLICATION docs FOR TABLE doc');
    $node->safe_sql("$deferred ALTER TABLE doc ENABLE ALWAYS TRIGGER judged; CREATE SUBSCRIPTION docs CONNECTION"
          . " 'host=$publisher->{folder} port=5432 user=postgres dbname=postgres' PUBLICATION docs");
    ok($node->poll_query_until("SELECT bool_and(srsubstate = 'r') FROM pg_subscription_rel"), 'is there');
    $publisher->safe_sql("BEGIN; INSERT INTO doc VALUES (1, $bad), (2, $bad); UPDATE doc SET body = $good WHERE id = 1;"
          . ' DELETE FROM doc WHERE id = 2; COMMIT');
    ok($node->poll_query_until('SELECT string_agg(id::text, \',\') FROM doc', '1'), 'brings what is repaired by COMMIT');
    $publisher->safe_sql("BEGIN; INSERT INTO doc VALUES (3, $good); UPDATE doc SET body = $bad WHERE id = 3; COMMIT");
    ok($node->poll_query_until(q{SELECT pg_read_file(current_setting('data_directory') || '/../log') ~ 'violates policy "p"'}),
        'and not what is spoilt');
    is($node->safe_sql('SELECT string_agg(id::text, \',\') FROM doc'), '1', 'as the table shows');
    $node->safe_sql('ALTER SUBSCRIPTION docs DISABLE; ALTER SUBSCRIPTION docs SET (slot_name = NONE);'
          . ' DROP SUBSCRIPTION docs; DROP TABLE doc');
    $publisher->stop('immediate');
};

subtest 'a foreign table' => sub {
    plan skip_all => 'postgres_fdw is not installed'
      if $node->safe_sql("SELECT count(*) FROM pg_available_extensions WHERE name = 'postgres_fdw'") eq '0';
    $node->safe_sql(<<"END");
CREATE EXTENSION postgres_fdw;
CREATE SERVER itself FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '$node->{folder}', port '5432', dbname 'postgres');
CREATE USER MAPPING FOR postgres SERVER itself OPTIONS (user 'postgres');
CREATE TABLE stored (id integer, body text);
CREATE FOREIGN TABLE doc (id integer, body text) SERVER itself OPTIONS (table_name 'stored');
CREATE TRIGGER judged AFTER INSERT OR UPDATE ON doc FOR EACH ROW EXECUTE FUNCTION rdf_policy_check('body', 'p');
INSERT INTO doc VALUES (1, $good);
UPDATE doc SET id = 2;
END
    is($node->sqlstate("INSERT INTO doc VALUES (3, $bad)"), '23514', 'judges what is inserted');
    is($node->sqlstate("UPDATE doc SET body = $bad"), '23514', 'and updated');
    is($node->safe_sql('SELECT id FROM doc'), '2', 'as given');
    $node->safe_sql('DROP FOREIGN TABLE doc');
};

subtest 'a virtual generated column' => sub {
    plan skip_all => 'since PostgreSQL 18' if $node->safe_sql('SHOW server_version_num') < 180000;
    my $insert = 'INSERT INTO doc (id, number) VALUES ';
    $node->safe_sql('CREATE TABLE doc (id integer, number integer,'
          . " body text GENERATED ALWAYS AS ('<urn:x> <urn:v> ' || number || ' .') VIRTUAL)");
    $node->safe_sql("CREATE TRIGGER judged AFTER INSERT OR UPDATE ON doc FOR EACH ROW"
          . " EXECUTE FUNCTION rdf_policy_check('body', 'p'); $insert (1, 1), (2, NULL)");
    is($node->sqlstate("$insert (3, 2)"), '23514', 'is computed');
    is($node->sqlstate('UPDATE doc SET number = 2 WHERE id = 1'), '23514', 'on UPDATE too');
    $node->safe_sql("DROP TRIGGER judged ON doc; $deferred");
    $node->safe_sql("BEGIN; $insert (4, 2); UPDATE doc SET number = 1; COMMIT");
    is($node->sqlstate("BEGIN; $insert (5, 1); UPDATE doc SET number = 2; COMMIT"), '23514', 'of the newest version');
    $node->safe_sql('DROP TRIGGER judged ON doc; CREATE TRIGGER judged BEFORE INSERT ON doc FOR EACH ROW'
          . " EXECUTE FUNCTION rdf_policy_check('body', 'p')");
    is($node->sqlstate("$insert (6, 1)"), '0A000', 'is refused before the row is stored');
    is($node->safe_sql('SELECT string_agg(id::text, \',\' ORDER BY id) FROM doc'), '1,2,4', 'as the table shows');

    # It is computed from columns that the role may not read.
    $node->safe_sql(<<'END');
CREATE ROLE clerk;
CREATE TABLE hidden (id integer, secret text, body text GENERATED ALWAYS AS ((secret::integer)::text) VIRTUAL);
CREATE TRIGGER judged AFTER UPDATE ON hidden FOR EACH ROW EXECUTE FUNCTION rdf_policy_check('body', 'p');
INSERT INTO hidden VALUES (1, 'Diagnosis');
GRANT UPDATE (id), SELECT (id) ON hidden TO clerk;
END
    my (undef, $errors) = $node->psql('UPDATE hidden SET id = 2');
    like($errors, qr/invalid input syntax for type integer: "Diagnosis"/, 'an error while it is computed is told to the owner');
    (undef, $errors) = $node->psql('SET ROLE clerk; UPDATE hidden SET id = 2');
    like($errors, qr/column "body" of new row for relation "hidden" cannot be judged/, 'and withheld from others');
    unlike($errors, qr/Diagnosis/, 'with all its pieces');
};

done_testing;
