-- Hooks: called before and after a reload and on error, in the order of their ids. Whose rights they have: hook_rights.sql.
\set VERBOSITY terse
\set shapes '@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://example.org/> . ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:minCount 1 ] .'
CREATE TABLE hook_log (id integer GENERATED ALWAYS AS IDENTITY, entry text);
CREATE FUNCTION log_before(payload jsonb) RETURNS void LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS
$$ INSERT INTO hook_log (entry) SELECT format('before %s version %s, valid now: %s', payload->>'policy', payload->>'version',
   (SELECT count(*) FROM rdf_policies p WHERE p.policy = payload->>'policy' AND p.version = (payload->>'version')::integer)) $$;
CREATE FUNCTION log_after(payload jsonb) RETURNS void LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS
$$ INSERT INTO hook_log (entry) SELECT format('after %s version %s, valid now: %s', payload->>'policy', payload->>'version',
   (SELECT count(*) FROM rdf_policies p WHERE p.policy = payload->>'policy' AND p.version = (payload->>'version')::integer)) $$;
CREATE FUNCTION log_error(payload jsonb) RETURNS void LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS
$$ INSERT INTO hook_log (entry) SELECT format('error %s version %s: %s', payload->>'policy', payload->>'version', payload->>'error') $$;
CREATE FUNCTION keys(payload jsonb) RETURNS void LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS
$$ INSERT INTO hook_log (entry) SELECT string_agg(key, ' ' ORDER BY key) FROM jsonb_object_keys(payload) key $$;
CREATE FUNCTION fail(payload jsonb) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS
$$ BEGIN INSERT INTO hook_log (entry) VALUES ('undone'); RAISE 'no, thank you'; END $$;
CREATE FUNCTION reload_again(payload jsonb) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS
$$ BEGIN PERFORM rdf_policy_reload(); END $$;

-- The policy need not exist yet.
SELECT rdf_policy_add_hook('hooked', 'before_reload', 'log_before(jsonb)') > 0 AS is_on;
SELECT rdf_policy_add_hook(NULL, 'after_reload', 'log_after(jsonb)') > 0 AS is_on;
SELECT rdf_policy_add_hook('hooked', 'on_error', 'log_error(jsonb)') > 0 AS is_on;
SELECT rdf_policy_add_hook('another', 'before_reload', 'log_before(jsonb)') > 0 AS is_on;
SELECT rdf_policy_add_hook('hooked', 'after_reload', 'keys(jsonb)') > 0 AS is_on;
SELECT policy, event, hook, required FROM rdf_policy_hooks ORDER BY id;

SELECT rdf_policy_register('hooked', :'shapes');
SELECT success, changed, error FROM rdf_policy_reload();
SELECT entry FROM hook_log ORDER BY id;
TRUNCATE hook_log;

-- Nothing changed: no hook is called.
SELECT success, changed, error FROM rdf_policy_reload();
SELECT count(*) FROM hook_log;

-- A hook that fails is a warning, and undone; the reload goes on.
SELECT rdf_policy_add_hook('hooked', 'before_reload', 'fail(jsonb)') AS failing \gset
SELECT rdf_policy_register('hooked', :'shapes' || ' # 2');
SELECT success, version, changed, error FROM rdf_policy_reload();
SELECT entry FROM hook_log ORDER BY id;
TRUNCATE hook_log;
SELECT rdf_policy_drop_hook(:failing), rdf_policy_drop_hook(:failing);

-- A required one vetoes: everything stays, on_error is called, history and warning tell of it.
SELECT rdf_policy_add_hook('hooked', 'before_reload', 'fail(jsonb)', true) AS vetoing \gset
SELECT rdf_policy_register('hooked', :'shapes' || ' # 3');
SELECT success, version, changed, error FROM rdf_policy_reload('hooked');
SELECT version, staged_version FROM rdf_policies WHERE policy = 'hooked';
SELECT entry FROM hook_log ORDER BY id;
TRUNCATE hook_log;
SELECT event, version, success, error FROM rdf_policy_history WHERE policy = 'hooked' ORDER BY id DESC LIMIT 1;
SELECT * FROM rdf_policy_reload('hooked', must_succeed => true);
SELECT rdf_policy_drop_hook(:vetoing);

-- An after hook that is required vetoes as well, when all is already written.
SELECT rdf_policy_add_hook('hooked', 'after_reload', 'fail(jsonb)', true) AS vetoing \gset
SELECT success, version, changed, error FROM rdf_policy_reload('hooked');
SELECT version, staged_version FROM rdf_policies WHERE policy = 'hooked';
SELECT entry FROM hook_log ORDER BY id;
TRUNCATE hook_log;
SELECT rdf_policy_drop_hook(:vetoing);

-- A hook that reloads, and one that is gone.
SELECT rdf_policy_add_hook('hooked', 'before_reload', 'reload_again(jsonb)') AS reloading \gset
SELECT rdf_policy_add_hook('hooked', 'before_reload', 'fail(jsonb)') AS missing \gset
ALTER FUNCTION fail(jsonb) RENAME TO failed;
SELECT success, version, changed, error FROM rdf_policy_reload('hooked');
TRUNCATE hook_log;
SELECT rdf_policy_drop_hook(:reloading), rdf_policy_drop_hook(:missing);

-- A rolled back reload takes its hooks' effects with it.
SELECT rdf_policy_register('hooked', :'shapes' || ' # 4');
BEGIN;
SELECT success, version FROM rdf_policy_reload('hooked');
ROLLBACK;
SELECT count(*) FROM hook_log;

-- A hook that runs long can be cancelled, which is no refusal: the statement fails, and all is as before.
CREATE FUNCTION sleep_long(payload jsonb) RETURNS void LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS $$ SELECT pg_sleep(600) $$;
SELECT rdf_policy_add_hook('hooked', 'before_reload', 'sleep_long(jsonb)') AS sleeping \gset
SET statement_timeout = '100ms';
SELECT success FROM rdf_policy_reload('hooked');
RESET statement_timeout;
SELECT version, staged_version FROM rdf_policies WHERE policy = 'hooked';
SELECT rdf_policy_drop_hook(:sleeping);
DROP FUNCTION sleep_long;

-- What is no hook.
CREATE FUNCTION many(payload jsonb) RETURNS SETOF integer LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION pg_temp.passing(payload jsonb) RETURNS void LANGUAGE sql AS '';
CREATE PROCEDURE proceed(payload jsonb) LANGUAGE sql AS '';
SELECT rdf_policy_add_hook('hooked', 'on_error', 'many(jsonb)') > 0 AS is_on;
\set VERBOSITY sqlstate
SELECT rdf_policy_add_hook('hooked', 'on_error', 'pg_temp.passing(jsonb)') > 0 AS is_on;
\set VERBOSITY terse
SELECT rdf_policy_add_hook('hooked', 'on_error', 'proceed(jsonb)') > 0 AS is_on;
SELECT rdf_policy_add_hook('hooked', 'on_error', 'jsonb_agg(anyelement)') > 0 AS is_on;
DROP FUNCTION many;
DROP PROCEDURE proceed;
SELECT rdf_policy_add_hook('hooked', 'sometimes', 'keys(jsonb)') > 0 AS is_on;
SELECT rdf_policy_add_hook('hooked', 'on_error', 'length(text)') > 0 AS is_on;
SELECT rdf_policy_add_hook('hooked', 'on_error', 0) > 0 AS is_on;
SELECT rdf_policy_add_hook('hooked', NULL, 'keys(jsonb)') > 0 AS is_on;
SELECT rdf_policy_add_hook('no name', 'on_error', 'keys(jsonb)') > 0 AS is_on;

SELECT rdf_policy_drop_hook(id) FROM rdf_policy_hooks ORDER BY id;

SELECT rdf_policy_drop('hooked');
DROP TABLE hook_log;
DROP FUNCTION log_before, log_after, log_error, keys, failed, reload_again;
