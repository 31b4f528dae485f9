-- Comparing datasets up to the labels of their blank nodes, and the verdicts.

-- A blank node's colour is what can be told of it by its triples; after a few rounds no two nodes of a test have one by chance.
CREATE TABLE colour (id text NOT NULL, is_result boolean NOT NULL, node text NOT NULL, colour text NOT NULL, PRIMARY KEY (id, is_result, node));

CREATE VIEW coloured AS
SELECT q.id, q.is_result, q.s, q.o, q.g, coalesce(s.colour, q.s) || ' ' || q.p || ' ' || coalesce(o.colour, q.o) || ' ' || coalesce(g.colour, q.g, '') AS line
FROM quad q
    LEFT JOIN colour s ON (s.id, s.is_result, s.node) = (q.id, q.is_result, q.s)
    LEFT JOIN colour o ON (o.id, o.is_result, o.node) = (q.id, q.is_result, q.o)
    LEFT JOIN colour g ON (g.id, g.is_result, g.node) = (q.id, q.is_result, q.g);

CREATE TABLE verdict (id text PRIMARY KEY, is_exception boolean NOT NULL, passed boolean NOT NULL, reason text);

CREATE PROCEDURE compare_results() LANGUAGE plpgsql AS $$
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
    INSERT INTO verdict
    SELECT id, e.is_exception, (reason IS NULL) <> e.is_exception, reason
    FROM test t, LATERAL (SELECT EXISTS (SELECT FROM exception x WHERE x.id = t.id)) AS e (is_exception), LATERAL (SELECT CASE
        WHEN type LIKE '%Negative%' THEN CASE status WHEN '22P02' THEN NULL WHEN '00000' THEN 'it is read' ELSE status || ' ' || message END
        WHEN status <> '00000' THEN status || ' ' || message
        WHEN (SELECT array_agg(line ORDER BY line) FROM coloured c WHERE c.id = t.id AND NOT is_result)
            IS DISTINCT FROM (SELECT array_agg(line ORDER BY line) FROM coloured c WHERE c.id = t.id AND is_result)
            AND result IS NOT NULL THEN 'other triples are read' END) AS r (reason);
END $$;
