# Logical replication into a table that a policy is enforced on: the apply worker is not judged, unless the triggers are
# ENABLE ALWAYS; then each transaction that it applies is, and one that violates stops it.
use strict;
use warnings;
use Test::More;
use RdfPolicy;

my %nodes;
for my $name ('publisher', 'subscriber')
{
    my $node = RdfPolicy->new($name);
    $node->start;
    $node->safe_sql(<<'END');
CREATE EXTENSION rdfpolicy;
CREATE TABLE t (id integer PRIMARY KEY, s rdf_term, p rdf_term, o rdf_term);
CREATE INDEX ON t (s, p);
CREATE INDEX ON t (o, p) WHERE rdf_kind(o) <> 'literal';
SELECT rdf_policy_apply('p', 'PREFIX sh: <http://www.w3.org/ns/shacl#> <urn:S> sh:targetSubjectsOf <urn:p> ;
    sh:property [ sh:path <urn:p> ; sh:nodeKind sh:IRI ; sh:maxCount 1 ] .');
SELECT rdf_graph_register('g', 't', 's', 'p', 'o');
END
    $nodes{$name} = $node;
}
my ($publisher, $subscriber) = @nodes{'publisher', 'subscriber'};
my $connection = "host=$publisher->{folder} port=5432 user=postgres dbname=postgres";

sub count_is
{
    my ($count, $what) = @_;
    ok($subscriber->poll_query_until('SELECT count(*) FROM t', $count), $what);
    return;
}

$publisher->safe_sql("INSERT INTO t VALUES (1, '<urn:a>', '<urn:p>', '\"no\"'); CREATE PUBLICATION p FOR TABLE t");
$subscriber->safe_sql("SELECT rdf_graph_enforce('g', 'p'); CREATE SUBSCRIPTION s CONNECTION '$connection' PUBLICATION p");
count_is(1, 'what is copied at first is not judged');
$publisher->safe_sql("INSERT INTO t VALUES (2, '<urn:b>', '<urn:p>', '\"no\"')");
count_is(2, 'nor is what is applied');
is($subscriber->sqlstate("INSERT INTO t VALUES (3, '<urn:c>', '<urn:p>', '\"no\"')"), '23514', 'other writers are');
is($subscriber->safe_sql("SELECT rdf_graph_prove('g', 'p')"), 'f', 'rdf_graph_prove judges what was let in');

# ENABLE ALWAYS.
$subscriber->safe_sql(<<'END');
DO $$
DECLARE name text;
BEGIN
    FOR name IN SELECT tgname FROM pg_trigger WHERE tgrelid = 't'::regclass AND tgname ~ '^rdf_graph_' LOOP
        EXECUTE format('ALTER TABLE t ENABLE ALWAYS TRIGGER %I', name);
    END LOOP;
END $$;
END
is($subscriber->safe_sql('SELECT problem FROM rdf_graph_enforcements'), '', 'ENABLE ALWAYS is no problem');
$publisher->safe_sql("INSERT INTO t VALUES (4, '<urn:d>', '<urn:p>', '<urn:x>')");
count_is(3, 'what conforms is applied');
$publisher->safe_sql("BEGIN; INSERT INTO t VALUES (5, '<urn:e>', '<urn:p>', '<urn:x>');"
      . "INSERT INTO t VALUES (6, '<urn:e>', '<urn:p>', '<urn:y>'); DELETE FROM t WHERE id = 5; COMMIT");
count_is(4, 'a transaction is judged at its end, not by its rows');
my $before = length $subscriber->log_content;
$publisher->safe_sql("INSERT INTO t VALUES (7, '<urn:f>', '<urn:p>', '\"no\"')");
ok(RdfPolicy->wait_until(sub { substr($subscriber->log_content, $before) =~ /violates policy "p" version 1.*\n.*<urn:f>/ }),
    'what violates stops the worker, and the log says which node');
is($subscriber->safe_sql('SELECT count(*) FROM t'), '4', 'it is not applied');
$subscriber->safe_sql("SELECT rdf_graph_set_mode('g', 'p', 'audit')");
count_is(5, 'in mode audit it is applied');
is($subscriber->safe_sql('SELECT focus_node FROM rdf_graph_violations'), '<urn:f>', 'and recorded');

# The first copy of a table, judged as one transaction.
$subscriber->safe_sql("DROP SUBSCRIPTION s; TRUNCATE t; SELECT rdf_graph_set_mode('g', 'p', 'enforce')");
$before = length $subscriber->log_content;
$subscriber->safe_sql("CREATE SUBSCRIPTION s CONNECTION '$connection' PUBLICATION p");
ok(RdfPolicy->wait_until(sub { substr($subscriber->log_content, $before) =~ /violates policy "p" version 1/ }),
    'a first copy that violates is refused');
is($subscriber->safe_sql('SELECT count(*) FROM t'), '0', 'as a whole');
$publisher->safe_sql('DELETE FROM t WHERE id IN (1, 2, 7)');
count_is(2, 'and copied again once it conforms');
is($subscriber->safe_sql("SELECT rdf_graph_prove('g', 'p')"), 't', 'all of it is proven');

done_testing;
