-- Graphs in tables: judging every transaction by what it changed.

-- By which policies each transaction's changes of a graph are judged, and what becomes of it.
CREATE TABLE rdf_catalog_enforcement (
    graph        text COLLATE "C" NOT NULL,
    policy       text COLLATE "C" NOT NULL,
    mode         text        NOT NULL CHECK (mode IN ('enforce', 'warn', 'audit', 'off')),
    timing       text        NOT NULL CHECK (timing IN ('deferred', 'immediate')),
    -- IRIs; NULL: rdfpolicy.conformance_disallows.
    severities   text[],
    -- As the argument named_graphs of rdf_graph_validate.
    named_graphs text[],
    is_each      boolean     NOT NULL,
    enforced_at  timestamptz NOT NULL,
    enforced_by  text        NOT NULL,
    PRIMARY KEY (graph, policy)
) USING heap;

-- Backends keep what is enforced from one transaction to the next.
CREATE TRIGGER changed AFTER INSERT OR UPDATE OR DELETE ON rdf_catalog_enforcement
    FOR EACH ROW EXECUTE FUNCTION rdf_catalog_graph_changed();
CREATE TRIGGER truncated AFTER TRUNCATE ON rdf_catalog_enforcement
    FOR EACH STATEMENT EXECUTE FUNCTION rdf_catalog_graph_changed();
ALTER TABLE rdf_catalog_enforcement ENABLE ALWAYS TRIGGER changed;
ALTER TABLE rdf_catalog_enforcement ENABLE ALWAYS TRIGGER truncated;

-- What is known of a graph as a whole: by which version of a policy all that was stored has been judged. Not dumped: what is restored is
-- proven by nobody.
CREATE TABLE rdf_catalog_proof (
    graph      text COLLATE "C" NOT NULL,
    policy     text COLLATE "C" NOT NULL,
    version    integer     NOT NULL,
    generation bigint      NOT NULL,
    proven_at  timestamptz NOT NULL,
    PRIMARY KEY (graph, policy),
    FOREIGN KEY (graph, policy) REFERENCES rdf_catalog_enforcement ON DELETE CASCADE
) USING heap;

-- What violated a policy whose mode is audit: the columns of a validation report.
CREATE TABLE rdf_catalog_violation (
    id                          bigint      NOT NULL GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    happened_at                 timestamptz NOT NULL,
    happened_by                 text        NOT NULL,
    graph                       text COLLATE "C" NOT NULL,
    generation                  bigint      NOT NULL,
    policy                      text COLLATE "C" NOT NULL,
    version                     integer     NOT NULL,
    focus_node                  rdf_term,
    result_path                 text,
    value                       rdf_term,
    source_shape                rdf_term,
    source_constraint_component text        NOT NULL,
    violation_type              text        NOT NULL,
    result_severity             text        NOT NULL,
    result_message              text        NOT NULL,
    detail                      jsonb,
    named_graph                 rdf_term
) USING heap;

REVOKE ALL ON rdf_catalog_enforcement, rdf_catalog_proof, rdf_catalog_violation FROM PUBLIC;

COMMENT ON TABLE rdf_catalog_enforcement IS 'internal: the policies that transactions are judged by; see rdf_graph_enforcements';
COMMENT ON TABLE rdf_catalog_proof IS 'internal: graphs that are known to conform; see rdf_graph_enforcements';
COMMENT ON TABLE rdf_catalog_violation IS 'internal: what was recorded; see rdf_graph_violations';

SELECT pg_catalog.pg_extension_config_dump('rdf_catalog_enforcement', '');
SELECT pg_catalog.pg_extension_config_dump('rdf_catalog_violation', '');
SELECT pg_catalog.pg_extension_config_dump('rdf_catalog_violation_id_seq', '');

-- The conditions of the triggers on a graph's tables. They copy the row, and are true once in a statement. Whoever writes to the table calls
-- them, so everybody may: what is captured without need is judged without need.
CREATE FUNCTION rdf_graph_capture_insert(target text, VARIADIC "any") RETURNS boolean
    LANGUAGE c VOLATILE PARALLEL UNSAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION rdf_graph_capture_insert(text, "any") IS
    'condition of a trigger that rdf_graph_enforce makes';
CREATE FUNCTION rdf_graph_capture_delete(target text, VARIADIC "any") RETURNS boolean
    LANGUAGE c VOLATILE PARALLEL UNSAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION rdf_graph_capture_delete(text, "any") IS
    'condition of a trigger that rdf_graph_enforce makes';
CREATE FUNCTION rdf_graph_capture_update(target text, VARIADIC "any") RETURNS boolean
    LANGUAGE c VOLATILE PARALLEL UNSAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION rdf_graph_capture_update(text, "any") IS
    'condition of a trigger that rdf_graph_enforce makes';
CREATE FUNCTION rdf_graph_capture_term_delete(target text, VARIADIC "any") RETURNS boolean
    LANGUAGE c VOLATILE PARALLEL UNSAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION rdf_graph_capture_term_delete(text, "any") IS
    'condition of a trigger that rdf_graph_enforce makes';
CREATE FUNCTION rdf_graph_capture_term_update(target text, VARIADIC "any") RETURNS boolean
    LANGUAGE c VOLATILE PARALLEL UNSAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION rdf_graph_capture_term_update(text, "any") IS
    'condition of a trigger that rdf_graph_enforce makes';

CREATE FUNCTION rdf_graph_judge() RETURNS trigger
    LANGUAGE c VOLATILE PARALLEL UNSAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION rdf_graph_judge() IS
    'trigger that rdf_graph_enforce makes: judges what the transaction has changed in a graph';
CREATE FUNCTION rdf_graph_truncated() RETURNS trigger
    LANGUAGE c VOLATILE PARALLEL UNSAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION rdf_graph_truncated() IS
    'trigger that rdf_graph_enforce makes: has a graph judged as a whole when one of its tables is emptied';

-- Partitions come and go without a row's being written; a table may take another's name; and rows of one that inherits from a graph's would be
-- the graph's.
CREATE FUNCTION rdf_graph_partitions_changed() RETURNS event_trigger
    LANGUAGE c VOLATILE PARALLEL UNSAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION rdf_graph_partitions_changed() IS
    'event trigger: has a graph judged as a whole when partitions are attached, detached or dropped, or tables take others'' places';
CREATE EVENT TRIGGER rdf_graph_partitions_changed ON ddl_command_end
    WHEN TAG IN ('ALTER TABLE', 'ALTER SCHEMA', 'ALTER FOREIGN TABLE', 'CREATE TABLE', 'CREATE TABLE AS', 'SELECT INTO', 'CREATE FOREIGN TABLE',
                 'CREATE SCHEMA')
    EXECUTE FUNCTION rdf_graph_partitions_changed();
CREATE EVENT TRIGGER rdf_graph_partitions_dropped ON sql_drop
    EXECUTE FUNCTION rdf_graph_partitions_changed();
CREATE EVENT TRIGGER rdf_graph_partitions_leaving ON ddl_command_start
    WHEN TAG IN ('ALTER TABLE')
    EXECUTE FUNCTION rdf_graph_partitions_changed();

CREATE FUNCTION rdf_graph_enforce(graph text, policy text, mode text DEFAULT 'enforce', timing text DEFAULT 'deferred',
                                  severities text[] DEFAULT NULL, named_graphs text[] DEFAULT NULL, each boolean DEFAULT false)
    RETURNS void
    LANGUAGE c VOLATILE PARALLEL UNSAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION rdf_graph_enforce(text, text, text, text, text[], text[], boolean) IS
    'has every transaction that changes the graph judged by a policy, over what it changed';

CREATE FUNCTION rdf_graph_unenforce(graph text, policy text) RETURNS void
    LANGUAGE c VOLATILE PARALLEL UNSAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION rdf_graph_unenforce(text, text) IS
    'ends judging transactions that change the graph by a policy';

CREATE FUNCTION rdf_graph_set_mode(graph text, policy text, mode text) RETURNS void
    LANGUAGE c VOLATILE PARALLEL UNSAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION rdf_graph_set_mode(text, text, text) IS
    'changes what becomes of a transaction that violates a policy: enforce, warn, audit or off';

CREATE FUNCTION rdf_graph_prove(graph text, policy text) RETURNS boolean
    LANGUAGE c VOLATILE PARALLEL UNSAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION rdf_graph_prove(text, text) IS
    'judges all that is stored in an enforced graph, while nobody changes it; true: it conforms, which is noted';

-- The shapes of the version of a policy (or name@version) in force that may find in data what another version did not.
CREATE FUNCTION rdf_catalog_unproven_shapes(name text, proven_version integer) RETURNS text[]
    LANGUAGE c STABLE STRICT PARALLEL RESTRICTED AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION rdf_catalog_unproven_shapes(text, integer) IS 'internal: for rdf_graph_enforcements';

-- What keeps changes of a graph from being judged, or itself from being read.
CREATE FUNCTION rdf_catalog_enforcement_problem(graph text, timing text) RETURNS text
    LANGUAGE c VOLATILE STRICT PARALLEL UNSAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION rdf_catalog_enforcement_problem(text, text) IS 'internal: for rdf_graph_enforcements';

CREATE VIEW rdf_graph_enforcements AS
SELECT e.graph, e.policy, e.mode, e.timing, e.severities, e.named_graphs, e.is_each AS "each", p.generation AS proven_generation,
       rdf_catalog_unproven_shapes(e.policy, p.version) AS unproven_shapes,
       rdf_catalog_enforcement_problem(e.graph, e.timing) AS problem
FROM rdf_catalog_enforcement e LEFT JOIN rdf_catalog_proof p USING (graph, policy);
COMMENT ON VIEW rdf_graph_enforcements IS
    'the policies by which transactions that change a graph are judged; by which generation all of it was proven, which shapes have changed since, and what keeps changes from being judged';

CREATE VIEW rdf_graph_violations AS
SELECT happened_at, happened_by, graph, generation, policy, version, focus_node, result_path, value, source_shape,
       source_constraint_component, violation_type, result_severity, result_message, detail, named_graph
FROM rdf_catalog_violation;
COMMENT ON VIEW rdf_graph_violations IS
    'what transactions have violated of policies whose mode is audit';

GRANT SELECT ON rdf_graph_enforcements TO PUBLIC;
REVOKE EXECUTE ON FUNCTION rdf_graph_enforce(text, text, text, text, text[], text[], boolean), rdf_graph_unenforce(text, text),
    rdf_graph_set_mode(text, text, text), rdf_graph_prove(text, text)
FROM PUBLIC;
