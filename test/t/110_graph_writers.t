# Eight writers of one graph at once, at all isolation levels, in several layouts: an observer never sees a committed state that violates the
# policy, and nobody fails but for what he did or because two waited for each other.
use strict;
use warnings;
use Test::More;
use RdfPolicy;
use RdfGraphs qw(layout_sql random_shapes random_triple_sql);

my $seconds = $ENV{RDFPOLICY_WRITER_SECONDS} // 4;
my $rounds = $ENV{RDFPOLICY_ROUNDS} // 3;
my $seed = $ENV{RDFPOLICY_SEED} // time;
my $writers = 8;
srand $seed;
note("seed $seed: RDFPOLICY_SEED repeats its shapes; RDFPOLICY_WRITER_SECONDS and RDFPOLICY_ROUNDS are for longer runs");

my $node = RdfPolicy->new('main', conf => "max_connections = 60\ndeadlock_timeout = 20ms\n");
$node->start;
$node->safe_sql('CREATE EXTENSION rdfpolicy; ' . random_triple_sql() . <<'END');
CREATE TABLE outcome (sqlstate text, message text);
-- One change of a few nodes that everybody changes: most are refused where they meet.
CREATE FUNCTION change(is_random boolean) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    person text := any_of('<urn:person%>', '<urn:person4>');
    company text := any_of('<urn:company%>');
    a text := '<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>';
    sub text := '<http://www.w3.org/2000/01/rdf-schema#subClassOf>';
    t record;
BEGIN
    IF is_random THEN
        SELECT * INTO t FROM triple();
        IF random() < 0.6 THEN
            PERFORM put(t.s, t.p, t.o);
        ELSE
            PERFORM cut(t.s, t.p, t.o);
        END IF;
        RETURN;
    END IF;
    IF random() < 0.6 THEN -- pairs of valid transactions with an invalid whole, of nodes that each writes for himself
        person := any_of('<urn:hot%>');
        company := any_of('<urn:firm%>');
        CASE floor(random() * 6)
        WHEN 0 THEN PERFORM put(person, '<urn:worksFor>', company);
        WHEN 1 THEN PERFORM cut(person, '<urn:worksFor>', company);
        WHEN 2 THEN PERFORM put(company, a, '<urn:Company>');
        WHEN 3 THEN PERFORM cut(company, a, '<urn:Company>');
        WHEN 4 THEN PERFORM put(company, '<urn:country>', '<urn:us>');
        ELSE PERFORM cut(company, '<urn:country>', '<urn:us>');
        END CASE;
        RETURN;
    END IF;
    CASE floor(random() * 20)
    WHEN 0 THEN PERFORM put(person, a, '<urn:Person>'), put(person, '<urn:name>', any_of('"n%"'));
    WHEN 1 THEN PERFORM cut(person, a, '<urn:Person>'), cut(person, '<urn:name>', any_of('"n%"'));
    WHEN 2 THEN PERFORM put(person, '<urn:name>', any_of('"n%"'));
    WHEN 3 THEN PERFORM cut(person, '<urn:name>', any_of('"n%"'));
    WHEN 4 THEN PERFORM put(person, '<urn:worksFor>', company);
    WHEN 5 THEN PERFORM put(company, a, '<urn:Company>');
    WHEN 6 THEN PERFORM cut(company, a, '<urn:Company>');
    WHEN 7 THEN PERFORM put(company, '<urn:country>', any_of('<urn:de>', '<urn:fr>', '<urn:us>'));
    WHEN 8 THEN PERFORM cut(company, '<urn:country>', any_of('<urn:de>', '<urn:fr>', '<urn:us>'));
    WHEN 9 THEN PERFORM put(person, '<urn:owns>', company);
    WHEN 10 THEN PERFORM cut(person, '<urn:owns>', company);
    WHEN 11 THEN PERFORM put(person, a, '<urn:Person>');
    WHEN 12 THEN PERFORM put(any_of('<urn:Kind%>'), sub, any_of('<urn:Person>', '<urn:Kind%>', '<urn:Company>'));
    WHEN 13 THEN PERFORM cut(any_of('<urn:Kind%>'), sub, any_of('<urn:Person>', '<urn:Kind%>', '<urn:Company>'));
    WHEN 14 THEN PERFORM put(any_of(person, company), a, any_of('<urn:Kind%>'));
    WHEN 15 THEN PERFORM put(person, '<urn:reportsTo>', any_of('<urn:person%>'));
    WHEN 16 THEN PERFORM cut(person, '<urn:reportsTo>', any_of('<urn:person%>'));
    WHEN 17 THEN PERFORM put(company, any_of('<urn:country>', '<urn:motto>'), any_of('"%"'));
    WHEN 18 THEN PERFORM put(any_of(person, company), '<urn:isOdd>', any_of('"yes"', '"no"'));
    ELSE PERFORM cut(any_of(person, company), '<urn:isOdd>', any_of('"yes"', '"no"'));
    END CASE;
END $$;
-- A transaction of one or two changes, whose outcome is noted.
CREATE FUNCTION transact(is_random boolean) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    state text;
    said text;
BEGIN
    BEGIN
        FOR i IN 1 .. 1 + floor(random() * 2) LOOP
            PERFORM change(is_random);
        END LOOP;
        SET CONSTRAINTS ALL IMMEDIATE;
        state := '00000';
    EXCEPTION WHEN OTHERS THEN
        GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, said = MESSAGE_TEXT;
    END;
    PERFORM pg_sleep(random() * 0.002);
    INSERT INTO outcome VALUES (state, said);
END $$;
END

# Read: both policies, whose shapes have targets of each kind, and paths, components and keys of each kind of read.
my $prefixes = '@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix : <urn:> . @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .';
my @policies = ("$prefixes
    :P sh:targetClass :Person ;
        sh:property [ sh:path :name ; sh:minCount 1 ; sh:maxCount 1 ] , [ sh:path :worksFor ; sh:class :Company ] ,
            [ sh:path ( :worksFor :country ) ; sh:in ( :de :fr ) ; sh:maxCount 1 ] ,
            [ sh:path [ sh:oneOrMorePath :reportsTo ] ; sh:not [ sh:property [ sh:path :isOdd ; sh:hasValue \"yes\" ] ] ] .
    :C sh:targetClass :Company ; sh:property [ sh:path [ sh:inversePath :owns ] ; sh:maxCount 1 ] .",
    "$prefixes
    :Closed sh:targetClass :Company ; sh:closed true ; sh:ignoredProperties ( rdf:type :country ) .
    :Boss sh:targetObjectsOf :reportsTo ; sh:property [ sh:path [ sh:inversePath :reportsTo ] ; sh:maxCount 2 ] .
    :Owner sh:targetSubjectsOf :owns ;
        sh:property [ sh:path :owns ; sh:qualifiedValueShape [ sh:property [ sh:path :country ; sh:hasValue :de ] ] ; sh:qualifiedMaxCount 1 ] ,
            [ sh:path ( :owns [ sh:inversePath :worksFor ] ) ; sh:maxCount 2 ] .");

# Writes for a while, and looks. Returns how often.
sub race
{
    my ($layout, $is_random, $what) = @_;
    my @levels = ('READ COMMITTED', 'REPEATABLE READ', 'SERIALIZABLE');
    my @scripts = map {
        $node->write_script("write$_", "BEGIN ISOLATION LEVEL $levels[$_];\nSELECT transact($is_random);\nCOMMIT;\n")
    } 0 .. 2;
    $node->safe_sql("TRUNCATE outcome; ALTER DATABASE postgres SET search_path = $layout, public");
    my $writing = $node->start_pgbench($seconds, '-c', $writers, '-n', '--max-tries=1', map { ('-f', $_) } @scripts);
    my ($seen, $invalid) = (0, 0);
    while ($writing->is_running)
    {
        $invalid++ if $node->safe_sql("SELECT bool_and(rdf_graph_validate(graph, policy)) FROM rdf_graph_enforcements WHERE graph = '$layout'") ne 't';
        $seen++;
    }
    $writing->finish;
    is($writing->errors =~ s/^pgbench: error: client \d+ .*could not serialize.*$//mgr, '', "$what: nobody ended otherwise");
    is($invalid, 0, "$what: no committed state was invalid");
    cmp_ok($seen, '>', 5, "$what: the observer looked");
    is($node->safe_sql("SELECT bool_and(rdf_graph_validate(graph, policy)) FROM rdf_graph_enforcements WHERE graph = '$layout'"), 't', "$what: nor is the last one");
    is($node->safe_sql("SELECT count(*) FROM outcome WHERE sqlstate NOT IN ('00000', '23514', '40001', '40P01')"), '0', "$what: nothing else went wrong")
      or diag($node->safe_sql('SELECT sqlstate, message, count(*) FROM outcome GROUP BY 1, 2'));
    note("$what: " . $node->safe_sql("SELECT string_agg(sqlstate || ' ' || count, ', ' ORDER BY 1) FROM (SELECT sqlstate, count(*) FROM outcome GROUP BY 1) c")
      . "; observed $seen times");
    return;
}

for my $layout ('terms', 'ids', 'sources', 'filtered')
{
    $node->safe_sql(layout_sql($layout));
    $node->safe_sql("SELECT rdf_policy_apply('${layout}_$_', \$s\$$policies[$_]\$s\$); SELECT rdf_graph_enforce('$layout', '${layout}_$_')") for 0, 1;
    # A layout may put a row by chance where it is not read: then a person without a name is refused, and tried again.
    my $hot = "SET search_path = $layout, public;
        SELECT put('<urn:hot' || i || '>', '<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>', '<urn:Person>'),
            put('<urn:hot' || i || '>', '<urn:name>', '\"hot\"') FROM generate_series(0, 3) i";
    my $state;
    $state = $node->sqlstate($hot) until ($state // '23514') ne '23514';
    is($state, '00000', "$layout: the persons whom all change are there");
    race($layout, 'false', $layout);
    cmp_ok($node->safe_sql("SELECT count(*) FROM outcome WHERE sqlstate = '00000'"), '>', 50, "$layout: many were committed");
    cmp_ok($node->safe_sql("SELECT count(*) FROM outcome WHERE sqlstate = '23514'"), '>', 50, "$layout: many were refused");
}

# Random shapes that the empty graph does not violate.
$node->safe_sql(layout_sql('ntriples'));
for my $round (1 .. $rounds)
{
    my $shapes;
    do
    {
        $shapes = random_shapes();
    } until $node->sqlstate("SELECT rdf_policy_apply('random', \$s\$$shapes\$s\$)") eq '00000'
      && $node->safe_sql("SELECT rdf_validate('', 'random')") eq 't';
    $node->safe_sql("SELECT rdf_graph_enforce('ntriples', 'random')");
    race('ntriples', 'true', "shapes $round") or diag($shapes);
    note($shapes);
    $node->safe_sql("SELECT rdf_graph_unenforce('ntriples', 'random'); TRUNCATE ntriples.t");
}

done_testing;
