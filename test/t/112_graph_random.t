# Random transactions of every layout under random shapes: whatever a full validation finds after a transaction and did not before, judging the
# transaction has found, and nothing that is not so.
use strict;
use warnings;
use Test::More;
use RdfPolicy;
use RdfGraphs qw(layouts layout_sql enforce_arguments random_shapes random_triple_sql);

my $seed = $ENV{RDFPOLICY_SEED} // time;
my $rounds = $ENV{RDFPOLICY_ROUNDS} // 6;
srand $seed;
note("seed $seed: RDFPOLICY_SEED repeats it, RDFPOLICY_ROUNDS is for more");

my $node = RdfPolicy->new('random');
$node->start;
$node->safe_sql('CREATE EXTENSION rdfpolicy; ' . random_triple_sql() . <<'END');
CREATE TABLE wrong (layout text, number integer, what text, result text);
CREATE TABLE found (layout text, count integer);
-- A few changes; within a savepoint that is rolled back, some are judged before.
CREATE PROCEDURE change() LANGUAGE plpgsql AS $$
DECLARE
    t record;
BEGIN
    SELECT * INTO t FROM triple();
    IF random() < 0.15 THEN
        BEGIN
            PERFORM put(t.s, t.p, t.o);
            CALL change();
            IF random() < 0.5 THEN
                SET CONSTRAINTS ALL IMMEDIATE;
                SET CONSTRAINTS ALL DEFERRED;
            END IF;
            RAISE division_by_zero;
        EXCEPTION WHEN division_by_zero THEN
            NULL;
        END;
    ELSIF random() < 0.6 THEN
        PERFORM put(t.s, t.p, t.o);
    ELSE
        PERFORM cut(t.s, t.p, t.o);
    END IF;
END $$;
-- Transactions, each judged at COMMIT or by SET CONSTRAINTS. report() is a full validation.
CREATE PROCEDURE transact(layout text, transactions integer) LANGUAGE plpgsql AS $$
DECLARE
    before text[];
    after text[];
    recorded text[];
    is_other boolean;
BEGIN
    FOR n IN 1 .. transactions LOOP
        before := report();
        is_other := random() < 0.2;
        IF is_other THEN
            CALL other();
        END IF;
        FOR i IN 1 .. floor(random() * 5) LOOP
            CALL change();
        END LOOP;
        IF is_other OR random() < 0.5 THEN -- partitions that come and go are judged before commit
            COMMIT;
        ELSE
            SET CONSTRAINTS ALL IMMEDIATE;
            SET CONSTRAINTS ALL DEFERRED;
        END IF;
        after := report();
        recorded := coalesce(array_agg(DISTINCT concat_ws(' ', focus_node, result_path, value, source_shape, source_constraint_component, named_graph)), '{}')
            FROM rdf_graph_violations;
        DELETE FROM rdf_catalog_violation;
        INSERT INTO wrong SELECT layout, n, 'missed', r FROM unnest(after) r WHERE r <> ALL (before) AND r <> ALL (recorded);
        INSERT INTO wrong SELECT layout, n, 'invented', r FROM unnest(recorded) r WHERE r <> ALL (after);
        INSERT INTO found SELECT layout, count(*) FROM unnest(after) r WHERE r <> ALL (before);
        COMMIT;
    END LOOP;
END $$;
END

for my $layout (layouts())
{
    my $arguments = enforce_arguments($layout);
    $node->safe_sql(layout_sql($layout) . <<"END");
CREATE FUNCTION report() RETURNS text[] LANGUAGE sql AS \$f\$
    SELECT coalesce(array_agg(DISTINCT concat_ws(' ', focus_node, result_path, value, source_shape, source_constraint_component, named_graph)), '{}')
    FROM rdf_graph_report('$layout', '$layout', 1000000$arguments) \$f\$;
END
    my $applied = 0;
    for my $round (1 .. $rounds)
    {
        my $shapes = random_shapes();
        # A named graph that is new is judged as if it had been there, empty.
        $shapes =~ s/sh:targetNode :n/sh:targetSubjectsOf :p/g if $layout eq 'each';
        $node->safe_sql('TRUNCATE rdf_catalog_violation');
        next if ($node->psql("SELECT rdf_policy_apply('$layout', \$s\$$shapes\$s\$)"))[2] != 0; # recursion through a negation
        my (undef, $errors, $code) = $node->psql("SET search_path = $layout, public; SELECT setseed(" . rand() . ");"
              . ($applied == 0 ? "SELECT rdf_graph_enforce('$layout', '$layout', 'audit'$arguments);" : '')
              . "CALL transact('$layout', 12);");
        is($code, 0, "$layout, round $round") or diag($errors, $shapes);
        $applied++;
        my $wrong = $node->safe_sql("SELECT number, what, result FROM wrong ORDER BY 1, 2, 3; TRUNCATE wrong");
        is($wrong, '', "$layout, round $round: what is new was found") or diag($shapes);
    }
    cmp_ok($applied, '>', $rounds / 2, "$layout: most shapes are taken");
}
note($node->safe_sql('SELECT layout, count(*), sum(count) FROM found GROUP BY 1 ORDER BY 1'));
cmp_ok($node->safe_sql('SELECT sum(count) FROM found'), '>', $rounds, 'violations were made');

done_testing;
