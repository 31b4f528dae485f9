# Shadows: what the candidate says of live data is counted beside what the active version says, and examples are kept.
use strict;
use warnings;
use Test::More;
use RdfPolicy;

my $node = RdfPolicy->new('shadow');
$node->start;
$node->safe_sql('CREATE EXTENSION rdfpolicy');

my $prefixes = '@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://example.org/> . ';
my $lax = "'$prefixes ex:S sh:targetClass ex:Person ; sh:property [ sh:path ex:name ; sh:minCount 1 ] .'";
my $strict = "'$prefixes ex:S sh:targetClass ex:Person ; sh:property ex:N . ex:N sh:path ex:name ; sh:minLength 3 .'";
my $deep = "'$prefixes ex:S sh:targetClass ex:Person ; sh:node [ sh:node [ sh:node [ sh:nodeKind sh:IRI ] ] ] .'";
# Accepted by both, by lax alone, by strict alone.
my $ann = "'<http://example.org/ann> a <http://example.org/Person> ; <http://example.org/name> \"Ann\" .'";
my $al = "'<http://example.org/al> a <http://example.org/Person> ; <http://example.org/name> \"al\" .'";
my $none = "'<http://example.org/x> a <http://example.org/Person> .'";

sub shadows {
    my ($server) = @_;
    return ($server // $node)->safe_sql('SELECT active_version, shadow_version, validations, accepted, rejected, failed,'
            . ' newly_rejected, newly_accepted FROM rdf_policy_shadows');
}

$node->safe_sql("SELECT rdf_policy_register('person', $lax); SELECT rdf_policy_reload('person', true);"
        . " SELECT rdf_policy_register('person', $strict); SELECT rdf_policy_shadow('person', 2)");
is(shadows(), '1|2|0|0|0|0|0|0', 'a shadow starts with nothing');

# The verdicts are the active version's; both are counted, without rdfpolicy.track.
is($node->safe_sql("SELECT rdf_validate($ann, 'person'), rdf_validate($al, 'person'), rdf_validate($none, 'person')"),
    't|t|f', 'the active version decides');
is(shadows(), '1|2|3|2|1|0|1|1', 'the shadow would have accepted one that is rejected, and rejected one that is accepted');
is($node->safe_sql('SELECT version, shape, validations, accepted, rejected FROM rdf_policy_stats ORDER BY version'),
    "1||3|2|1\n2||3|2|1", 'both versions are counted');
is($node->safe_sql('SELECT policy, active_version, shadow_version, active_conforms, shadow_conforms, focus_node, message'
            . ' FROM rdf_policy_shadow_examples()'),
    "person|1|2|f|t|<http://example.org/x>|has no value for ex:name, at least 1 is needed\n"
        . 'person|1|2|t|f|<http://example.org/al>|value "al" of ex:name is shorter than 3 characters',
    'examples say who differed and why, newest first');
is($node->safe_sql('SELECT shape FROM rdf_policy_shadow_examples() WHERE active_conforms'),
    '<http://example.org/N>', 'with the shape');

# Every way to validate, once each.
$node->safe_sql('SELECT rdf_policy_stats_reset()');
is($node->safe_sql('SELECT count(*) FROM rdf_policy_shadow_examples()'), '0', 'a reset forgets the examples');
$node->safe_sql("CREATE TABLE people (doc text CHECK (rdf_validate(doc, 'person')));"
        . ' CREATE TRIGGER judged BEFORE INSERT ON people FOR EACH ROW'
        . " EXECUTE FUNCTION rdf_policy_check('doc', 'person')");
$node->safe_sql($_)
    for "SELECT rdf_validate($al)", "SELECT * FROM rdf_validation_report($al, 'person')",
    "SELECT rdf_validation_report_jsonb($al, 'person')", "SELECT rdf_validation_report_turtle($al, 'person')",
    "SELECT rdf_assert_valid($al, 'person')",
    "SELECT rdf_validate_agg(subject, predicate, object, 'person') FROM rdf_parse($al)";
is(shadows(), '1|2|6|0|6|0|6|0', 'reports, assertions and aggregates count');
$node->safe_sql("INSERT INTO people VALUES ($al)");
is(shadows(), '1|2|8|0|8|0|8|0', 'a constraint and a trigger');
is($node->sqlstate("INSERT INTO people VALUES ($none)"), '23514', 'what the active version refuses is refused');
is(shadows(), '1|2|9|1|8|0|8|1', 'and counted');
$node->safe_sql("BEGIN READ ONLY; SELECT rdf_validate($al, 'person'); ROLLBACK");
is(shadows(), '1|2|10|1|9|0|9|1', 'a read-only transaction counts');
$node->safe_sql("SELECT rdf_validate($al, 'person\@1'); SELECT * FROM rdf_policy_try('person', $al)");
is(shadows(), '1|2|10|1|9|0|9|1', 'a version named by its number, and a test, do not');

# At most 64 examples.
$node->safe_sql("SELECT rdf_validate($al, 'person')") for 1 .. 70;
is($node->safe_sql('SELECT count(*) FROM rdf_policy_shadow_examples()'), '64', 'the oldest examples make room');

# A shadow that cannot judge.
$node->safe_sql("SELECT rdf_policy_shadow('person', NULL); SELECT rdf_validate($al, 'person');"
        . " SELECT rdf_policy_register('person', $deep); SELECT rdf_policy_shadow('person', 2)");
is(shadows(), '1|2|0|0|0|0|0|0', 'a new shadow of the same number starts with nothing');
is($node->safe_sql("SET rdfpolicy.max_depth = 2; SELECT rdf_validate($al, 'person')"), 't', 'a failing shadow disturbs nothing');
is(shadows(), '1|2|1|0|0|1|0|0', 'and is counted');
like($node->safe_sql('SELECT active_conforms, shadow_conforms, message FROM rdf_policy_shadow_examples() LIMIT 1'),
    qr/^t\|\|.*deep/, 'with the reason');

# The end of the statement is no failure of the shadow: this one walks a chain of nodes from each of them, which takes long.
$node->safe_sql("SELECT rdf_policy_shadow('person', NULL); SELECT rdf_policy_register('person', '$prefixes"
        . " ex:S sh:targetSubjectsOf ex:next ; sh:property [ sh:path [ sh:zeroOrMorePath ex:next ] ; sh:nodeKind sh:IRI ] .');"
        . " SELECT rdf_policy_shadow('person', 2)");
my $chain = "SELECT rdf_validate(string_agg(format('<urn:%s> <http://example.org/next> <urn:%s> .', i, i + 1), ' '), 'person')"
    . ' FROM generate_series(1, 50000) i';
is($node->sqlstate("SET statement_timeout = '1s'; $chain"), '57014', 'a timeout ends the statement though the shadow is at work');
is($node->safe_sql("SELECT rdf_validate($al, 'person')"), 't', 'the next one goes on');
is(shadows(), '1|2|1|1|0|0|0|0', 'and what was not finished is not counted');

# Dumped and restored with the policies, as unit tests are.
$node->safe_sql("DROP TABLE people; SELECT rdf_policy_add_test('person', 'al', $al, true, '{}')");
my ($dump, $errors, $code) = $node->run_client('pg_dump', 'postgres');
is($code, 0, 'pg_dump works');
$node->safe_sql('CREATE DATABASE restored');
(undef, $errors, $code) = $node->psql($dump, 'restored');
is("$errors$code", '0', 'its output is restored');
is($node->safe_sql('SELECT active_version, shadow_version FROM rdf_policy_shadows', 'restored'), '1|2', 'with the shadow');
is($node->safe_sql('SELECT name, conforms, violations FROM rdf_policy_tests', 'restored'), 'al|t|{}', 'and the test');
$node->safe_sql('DROP DATABASE restored');

# Documents in JSON-LD, by the context that each of the two has: the shadow's knows no term that the active version's knows.
$node->safe_sql("SELECT rdf_context_register('http://example.org/' || n, ('{\"\@context\": {\"type\": \"\@type\", \"Person\": \"http://example.org/Person\", \"'"
        . " || n || '\": \"http://example.org/name\"}}')::jsonb) FROM unnest('{name,vorname}'::text[]) n;"
        . " SELECT rdf_policy_apply('card', $strict, context => 'http://example.org/name');"
        . " SELECT rdf_policy_register('card', $strict, context => 'http://example.org/vorname'); SELECT rdf_policy_shadow('card', 2)");
is($node->safe_sql('SELECT rdf_validate(c::jsonb, \'card\') FROM (VALUES (\'{"type": "Person", "vorname": "al"}\'), (\'{"type": "Person", "name": "al"}\')) AS v (c)'),
    "t\nf", 'each reads JSON-LD by its own context: the active version decides');
is($node->safe_sql("SELECT validations, newly_rejected, newly_accepted FROM rdf_policy_shadows WHERE policy = 'card'"), '2|1|1', 'and the shadow is counted');
$node->safe_sql("SELECT rdf_policy_shadow('card', NULL); SELECT rdf_policy_drop('card')");

# It lives through a restart, and a standby counts what it judges itself.
$node->restart;
is(shadows(), '1|2|0|0|0|0|0|0', 'a restart keeps the shadow and forgets the counts');
my $standby = RdfPolicy->new_standby('standby', $node);
$standby->start;
ok($node->wait_for_standby($standby), 'a standby follows');
is($standby->safe_sql("SELECT rdf_validate($al, 'person')"), 't', 'it validates');
is(shadows($standby), '1|2|1|1|0|0|0|0', 'and counts');
is(shadows(), '1|2|0|0|0|0|0|0', 'for itself');

# Its reload ends it.
$node->safe_sql("SELECT rdf_policy_reload('person', true)");
is(shadows(), '', 'a reload of the shadow ends it');
ok($node->wait_for_standby($standby) && $standby->poll_query_until('SELECT count(*) FROM rdf_policy_shadows', '0'),
    'on the standby too');
$standby->safe_sql("SELECT rdf_validate($al, 'person')");
is($standby->safe_sql('SELECT validations FROM rdf_policy_stats WHERE version = 2'), '1', 'and nothing more is counted');
done_testing;
