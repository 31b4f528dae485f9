# rdf_policy_stats: what is counted while rdfpolicy.track is on, by whom, and what bounds it.
use strict;
use warnings;
use Test::More;
use RdfPolicy;

my $node = RdfPolicy->new('stats');
$node->start;
$node->safe_sql('CREATE EXTENSION rdfpolicy');

my $prefixes = '@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://example.org/> . ';
my $shapes = "$prefixes ex:PersonShape sh:targetClass ex:Person ; sh:property [ sh:path ex:name ; sh:minCount 1 ] ."
    . ' ex:DogShape sh:targetClass ex:Dog ; sh:property [ sh:path ex:owner ; sh:minCount 1 ; sh:nodeKind sh:IRI ] .'
    . ' ex:CatShape sh:targetClass ex:Cat ; sh:nodeKind sh:IRI .';
my $document = "'$prefixes ex:a a ex:Person . ex:b a ex:Person ; ex:name \"B\" . ex:c a ex:Dog ; ex:owner \"nobody\" .'";
$node->safe_sql("SELECT rdf_policy_register('animals', '$shapes'); SELECT rdf_policy_reload('animals', true)");

my $session = $node->background_psql;
$session->query("SET rdfpolicy.track = on");

sub reset_stats {
    $node->safe_sql('SELECT rdf_policy_stats_reset()');
}

# A column of the row of the version as a whole.
sub counted {
    my ($columns, $where) = @_;
    return $node->safe_sql("SELECT $columns FROM rdf_policy_stats WHERE policy = 'animals' AND shape IS NULL");
}

# A report judges everything. By the shapes: two persons, one without a name; a dog whose owner is no IRI; no cat.
$session->query("SELECT count(*) FROM rdf_validation_report($document, 'animals')");
is($node->safe_sql('SELECT policy, version, shape, validations, accepted, rejected, failed, newly_rejected, newly_accepted,'
            . ' focus_nodes, violations FROM rdf_policy_stats ORDER BY shape'),
    "animals|1|<http://example.org/DogShape>|1||||||1|1\n"
        . "animals|1|<http://example.org/PersonShape>|1||||||2|1\n"
        . 'animals|1||1|0|1|0|0|0|3|2',
    'a report is counted by policy and by each shape that had focus nodes');
is($node->safe_sql("SELECT bool_and(time_ms > 0 AND last_used > now() - interval '1 minute') FROM rdf_policy_stats"),
    't', 'with time and last use');
$node->safe_sql("SELECT rdf_validate($document, 'animals')");
is(counted('validations'), '1', 'a backend without rdfpolicy.track counts nothing');

# Verdicts; a rejected row is counted though its transaction is rolled back, and so is a text that does not parse; NULL is not judged.
$node->safe_sql("CREATE TABLE documents (doc text CHECK (rdf_validate(doc, 'animals')))");
reset_stats();
$session->query("INSERT INTO documents VALUES ($document)");
$session->query("INSERT INTO documents VALUES (NULL), ('')");
$session->query("SELECT rdf_validate('no turtle', 'animals')");
is(counted('validations, accepted, rejected, failed, not_parsed'), '3|1|1|1|1', 'verdicts are counted, and what fails');

# Documents that do not parse in a trigger: in a transaction that ends badly, in a savepoint; and one that is over a limit, which is no fault of its form.
$node->safe_sql("CREATE TABLE watched (doc jsonb, txt text); CREATE TRIGGER d BEFORE INSERT ON watched FOR EACH ROW"
        . " EXECUTE FUNCTION rdf_policy_check('doc', 'animals'); CREATE TRIGGER t BEFORE INSERT ON watched FOR EACH ROW"
        . " EXECUTE FUNCTION rdf_policy_check('txt', 'animals')");
reset_stats();
$session->query("INSERT INTO watched VALUES ('{}')");
$session->query("BEGIN; SAVEPOINT s; INSERT INTO watched VALUES (NULL, 'oops')");
$session->query('ROLLBACK TO s; COMMIT');
$session->query('SET rdfpolicy.max_triples = 1');
$session->query("INSERT INTO watched VALUES (NULL, $document)");
$session->query('RESET rdfpolicy.max_triples');
is(counted('validations, accepted, rejected, failed, not_parsed'), '3|0|0|3|2', 'of triggers as well');

# Documents in JSON-LD: one that is none, one that names a context that is not registered, one that conforms.
reset_stats();
$session->query("SELECT rdf_validate('$_'::jsonb, 'animals')")
    for '{"@context": 5}', '{"@context": "http://example.org/unknown"}', '{"@id": "http://example.org/a"}';
is(counted('validations, accepted, rejected, failed, not_parsed'), '3|1|0|2|2', 'and of JSON-LD');

# Documents without any focus node are counted, whether that is asked for or not.
my $focus = "$prefixes ex:S sh:targetClass ex:Person ; sh:property [ sh:path ex:name ; sh:minCount 1 ] .";
$node->safe_sql("SELECT rdf_policy_apply('focus', '$focus'); SELECT rdf_policy_apply('focus', '$focus', require_focus => true);"
        . " SELECT rdf_policy_apply('dogs', '$prefixes ex:D sh:targetClass ex:Dog .');"
        . " SELECT rdf_policy_register('dogs', '$prefixes ex:D sh:targetClass ex:Dog .', require_focus => true)");
reset_stats();
my $without = 'validations, accepted, rejected, without_focus_nodes, focus_nodes, violations';
$session->query("SELECT rdf_validate('<urn:x> a <urn:C> .', 'focus'), rdf_validate('', 'focus\@1'),"
        . " rdf_validate('$prefixes ex:x a ex:Person .', 'focus'), rdf_validate('$prefixes ex:x a ex:Person ; ex:name \"x\" .', 'focus')");
is($node->safe_sql("SELECT version, $without FROM rdf_policy_stats WHERE policy = 'focus' AND shape IS NULL ORDER BY 1"),
    "1|1|1|0|1|0|0\n2|3|1|2|1|2|2", 'documents of which nothing was judged are counted');

# A shadow shows what requiring a focus node would refuse.
$session->query("SELECT rdf_policy_shadow('dogs', 2)");
$session->query("SELECT rdf_validate('$prefixes ex:x a ex:Cat .', 'dogs'), rdf_validate('$prefixes ex:x a ex:Dog .', 'dogs'),"
        . " rdf_validate('$prefixes ex:x a ex:Person ; ex:name \"x\" .')");
is($node->safe_sql('SELECT validations, accepted, rejected, newly_rejected, newly_accepted, without_focus_nodes FROM rdf_policy_shadows'),
    '3|2|1|1|0|2', 'a shadow counts them');
is($node->safe_sql('SELECT active_conforms, shadow_conforms, focus_node, shape, message FROM rdf_policy_shadow_examples()'),
    't|f|||no node of class <http://example.org/Dog>; the document has <http://example.org/Cat> (1 node)', 'and keeps an example');
$session->query("SELECT rdf_policy_shadow('dogs', NULL)");

# A graph in tables is no document: nothing is asked of it, and nothing read once more, also where a node is named that is not there.
$node->safe_sql("CREATE TABLE triples (s rdf_term, p rdf_term, o rdf_term); INSERT INTO triples VALUES ('<urn:a>', '<urn:b>', '<urn:c>');"
        . " SET client_min_messages = error; SELECT rdf_graph_register('kg', 'triples', 's', 'p', 'o');"
        . " SELECT rdf_policy_apply('animals', '$prefixes ex:S sh:targetNode ex:Nobody ; sh:nodeKind sh:IRI .', require_focus => true)");
reset_stats();
is($session->query("SELECT rdf_graph_validate('kg', 'animals'), rdf_graph_validate('kg', 'focus')"), 't|t', 'a graph has no need of focus nodes');
is(counted("version, $without"), '2|1|1|0|0|1|0', 'and is not counted among the documents without');
$node->safe_sql("SELECT rdf_graph_drop('kg'); SELECT rdf_policy_rollback('animals', 1)");

# Nothing goes to shared memory before the transaction ends.
reset_stats();
$session->query('BEGIN');
$session->query("SELECT bool_and(rdf_validate('#' || i, 'animals')) FROM generate_series(1, 100) i");
$session->query("SAVEPOINT s; SELECT rdf_validate('', 'animals'); ROLLBACK TO s");
is(counted('validations'), '', 'within a transaction counts stay with the backend');
is($session->query('SELECT validations FROM rdf_policy_stats'), '101', 'which sees its own');
$session->query("SELECT rdf_validate('', 'animals'); ROLLBACK");
is(counted('validations'), '102', 'and adds them at its end');

# Parallel workers.
reset_stats();
$session->query("CREATE TABLE many AS SELECT ('#' || i) AS doc FROM generate_series(1, 1000) i; ANALYZE many;"
        . ' SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0; SET min_parallel_table_scan_size = 0');
my $query = "SELECT count(*) FROM many WHERE rdf_validate(doc, 'animals')";
like($session->query("EXPLAIN (ANALYZE, COSTS off, TIMING off) $query"), qr/Workers Launched: [12]/, 'workers run');
is(counted('validations, accepted'), '1000|1000', 'and what they count arrives');

# Many backends at once: nothing is lost.
reset_stats();
my $script = $node->write_script('validate', "SELECT rdf_validate('', 'animals');\n");
$node->safe_sql('ALTER SYSTEM SET rdfpolicy.track = on');
$node->reload_conf;
$node->poll_query_until("SHOW rdfpolicy.track", 'on');
my $bench = $node->start_pgbench(undef, '-c', 8, '-j', 2, '-t', 500, '-f', $script);
is($bench->finish, 4000, '8 backends validate 4,000 times');
is($bench->errors, '', 'without an error');
is(counted('validations'), '4000', 'and every one is counted');

# The table is bounded: what was used longest ago makes room.
my $wide = $prefixes . join ' ', map {"<http://example.org/S$_> sh:targetNode ex:n ; sh:nodeKind sh:IRI ."} 1 .. 1100;
$node->safe_sql("SELECT rdf_policy_register('wide', '$wide'); SELECT rdf_policy_reload('wide', true);"
        . " SELECT rdf_validate('', 'wide')");
is($node->safe_sql('SELECT count(*) FROM rdf_policy_stats'), '1024', 'at most 1,024 rows');
$node->safe_sql("SELECT rdf_validate('', 'animals')");
is(counted('validations'), '1', 'what comes back starts anew');

# A term that is too long is cut between characters: 255 bytes, of which the IRI's beginning takes 20 and each e acute two.
$node->safe_sql("SELECT rdf_policy_register('long', '$prefixes <http://example.org/' || repeat('\x{c3}\x{a9}', 200)"
        . " || '> sh:targetNode ex:n ; sh:nodeKind sh:IRI .'); SELECT rdf_policy_reload('long', true);"
        . " SELECT rdf_validate('', 'long')");
is($node->safe_sql("SELECT octet_length(shape), length(shape) FROM rdf_policy_stats WHERE policy = 'long' AND shape IS NOT NULL"),
    '254|137', 'long names are cut');

# Databases do not see each other.
$node->safe_sql('CREATE DATABASE other');
$node->safe_sql('CREATE EXTENSION rdfpolicy', 'other');
is($node->safe_sql('SELECT count(*) FROM rdf_policy_stats', 'other'), '0', 'another database has its own');
$node->safe_sql('SELECT rdf_policy_stats_reset()', 'other');
isnt($node->safe_sql('SELECT count(*) FROM rdf_policy_stats'), '0', 'and resets its own');

$session->quit;

# Without shared memory (a server that cannot make it on demand) there is nothing to show.
if ($node->safe_sql('SHOW server_version_num') < 170000) {
    my $private = RdfPolicy->new('private', preload => 0);
    $private->start;
    is($private->safe_sql("CREATE EXTENSION rdfpolicy; SELECT rdf_policy_stats_reset() IS NULL, rdf_policy_register('animals', '$shapes');"
                . ' SET rdfpolicy.track = on;'
                . " SELECT success FROM rdf_policy_reload('animals'); SELECT rdf_validate('', 'animals');"
                . ' SELECT count(*) FROM rdf_policy_stats'),
        "f|1\nt\nt\n0", 'without shared memory the view is empty');
    my (undef, $warnings) = $private->psql("SELECT rdf_policy_register('animals', '$shapes #'); SELECT rdf_policy_shadow('animals', 2)");
    like($warnings, qr/WARNING:  what the shadow says is not counted/, 'and a shadow is warned of');
}
done_testing;
