-- What was read of tests, and whether it is what must be read, up to the labels of blank nodes. Shared by the suites that
-- have quads for a result.

-- What was read: of the action of a test, or of its result.
CREATE TABLE quad (id text NOT NULL, is_result boolean NOT NULL, s text NOT NULL, p text NOT NULL, o text NOT NULL, g text);
CREATE INDEX ON quad (id, is_result);

-- A blank node's colour is what can be told of it by its triples; after a few rounds no two nodes of a test have one by chance.
CREATE TABLE colour (id text NOT NULL, is_result boolean NOT NULL, node text NOT NULL, colour text NOT NULL, PRIMARY KEY (id, is_result, node));

CREATE VIEW coloured AS
SELECT q.id, q.is_result, q.s, q.o, q.g, coalesce(s.colour, q.s) || ' ' || q.p || ' ' || coalesce(o.colour, q.o) || ' ' || coalesce(g.colour, q.g, '') AS line
FROM quad q
    LEFT JOIN colour s ON (s.id, s.is_result, s.node) = (q.id, q.is_result, q.s)
    LEFT JOIN colour o ON (o.id, o.is_result, o.node) = (q.id, q.is_result, q.o)
    LEFT JOIN colour g ON (g.id, g.is_result, g.node) = (q.id, q.is_result, q.g);

CREATE PROCEDURE colour_nodes() LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO colour SELECT DISTINCT q.id, q.is_result, node, '_:'
        FROM quad q, LATERAL (VALUES (q.s), (q.o), (q.g)) AS n (node) WHERE node LIKE '\_:%';
    ANALYZE quad, colour;
    FOR round IN 1..6 LOOP
        CREATE TEMPORARY TABLE next_colour ON COMMIT DROP AS
            SELECT c.id, c.is_result, node, '_:' || md5(string_agg(place || ' ' || line, E'\n' ORDER BY place, line)) AS colour
            FROM coloured c, LATERAL (VALUES (c.s, 's'), (c.o, 'o'), (c.g, 'g')) AS n (node, place) WHERE node LIKE '\_:%' GROUP BY 1, 2, 3;
        UPDATE colour c SET colour = n.colour FROM next_colour n WHERE (c.id, c.is_result, c.node) = (n.id, n.is_result, n.node);
        DROP TABLE next_colour;
    END LOOP;
END $$;

-- After colour_nodes: whether the same was read of a test's action as of its result.
CREATE FUNCTION reads_its_result(test_id text) RETURNS boolean LANGUAGE sql STABLE
    RETURN (SELECT array_agg(line ORDER BY line) FROM coloured c WHERE c.id = test_id AND NOT is_result)
        IS NOT DISTINCT FROM (SELECT array_agg(line ORDER BY line) FROM coloured c WHERE c.id = test_id AND is_result);

CREATE TABLE verdict (id text PRIMARY KEY, is_exception boolean NOT NULL, passed boolean NOT NULL, reason text);
