-- Whose rights hooks have: those of the role that registered them, and no more; and nobody gains by being called, or by calling.
\set VERBOSITY terse
\set shapes '@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://example.org/> . ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:minCount 1 ] .'
CREATE ROLE hook_admin SUPERUSER;
CREATE ROLE hook_registrar;
CREATE ROLE hook_reloader;
SET ROLE hook_admin;
GRANT EXECUTE ON FUNCTION rdf_policy_add_hook(text, text, regprocedure, boolean) TO hook_registrar;
GRANT EXECUTE ON FUNCTION rdf_policy_reload(text, boolean, boolean), rdf_policy_rollback(text, integer) TO hook_reloader;
CREATE SCHEMA "hooks, and more" AUTHORIZATION hook_registrar;
CREATE SCHEMA lure AUTHORIZATION hook_reloader;
CREATE TABLE hook_log (id integer GENERATED ALWAYS AS IDENTITY, entry text);
GRANT INSERT ON hook_log TO hook_registrar;
-- Two versions, so that each rollback without a version calls the hooks again.
SELECT rdf_policy_register('hook_rights', :'shapes');
SELECT success FROM rdf_policy_reload('hook_rights');
SELECT rdf_policy_register('hook_rights', :'shapes' || ' # 2');
SELECT success FROM rdf_policy_reload('hook_rights');

-- A hook runs as its registrar, and cannot be more than that.
CREATE FUNCTION who(payload jsonb) RETURNS void LANGUAGE sql SET search_path = pg_catalog, pg_temp AS
$$ INSERT INTO public.hook_log (entry) VALUES (format('%s in %s', current_user, session_user = current_user)) $$;
CREATE FUNCTION forbidden(payload jsonb) RETURNS void LANGUAGE sql SET search_path = pg_catalog, pg_temp AS
$$ TRUNCATE public.hook_log $$;
CREATE FUNCTION private_hook(payload jsonb) RETURNS void LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$ SELECT 1 $$;
REVOKE EXECUTE ON FUNCTION private_hook(jsonb) FROM PUBLIC;
SET ROLE hook_registrar;
SELECT rdf_policy_add_hook('hook_rights', 'before_reload', 'private_hook(jsonb)') > 0 AS is_on;
SELECT rdf_policy_add_hook('hook_rights', 'before_reload', 'who(jsonb)') > 0 AS is_on;
SELECT rdf_policy_add_hook('hook_rights', 'before_reload', 'forbidden(jsonb)') > 0 AS is_on;
SET ROLE hook_admin;
SELECT success, error FROM rdf_policy_rollback('hook_rights');
SELECT entry FROM hook_log ORDER BY id;
SELECT current_user;
-- A registrar that lost the right.
REVOKE EXECUTE ON FUNCTION who(jsonb) FROM PUBLIC;
SELECT success FROM rdf_policy_rollback('hook_rights');
TRUNCATE rdf_catalog_hook;

-- It is security-restricted: it leaves nothing to run or to find after it, and cannot become anybody. Each is the hook of its own.
CREATE TABLE deferring (id integer UNIQUE DEFERRABLE INITIALLY DEFERRED);
INSERT INTO deferring VALUES (1);
CREATE PROCEDURE add_hook_that_runs(command text) LANGUAGE plpgsql AS $$
DECLARE
    hook text := 'hook_' || md5(command);
BEGIN
    EXECUTE format('CREATE FUNCTION %I(jsonb) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS %L', hook,
        format('BEGIN EXECUTE %L; EXCEPTION WHEN OTHERS THEN RAISE NOTICE %L, %L, SQLERRM; END', command, '%: %', command));
    PERFORM rdf_policy_add_hook('hook_rights', 'before_reload', (hook || '(jsonb)')::regprocedure);
END $$;
CALL add_hook_that_runs('CREATE TEMPORARY TABLE trap ()');
CALL add_hook_that_runs('INSERT INTO deferring VALUES (1)');
CALL add_hook_that_runs('PREPARE trap AS SELECT 1');
CALL add_hook_that_runs('DECLARE trap CURSOR WITH HOLD FOR SELECT 1');
CALL add_hook_that_runs('LISTEN trap');
CALL add_hook_that_runs('DISCARD PLANS');
CALL add_hook_that_runs('SET ROLE hook_reloader');
CALL add_hook_that_runs('RESET ROLE');
CALL add_hook_that_runs('SET SESSION AUTHORIZATION hook_reloader');
SELECT success FROM rdf_policy_rollback('hook_rights');
SELECT format('DROP FUNCTION %s', hook) FROM rdf_policy_hooks \gexec
TRUNCATE rdf_catalog_hook;
DROP PROCEDURE add_hook_that_runs;
DROP TABLE deferring;

-- Nor does it leave a cursor, which would run its query as whoever fetches: by the name of one that it closed, or of its own.
SET ROLE hook_registrar;
CREATE FUNCTION "hooks, and more".take() RETURNS text LANGUAGE sql AS $$ SELECT 'taken as ' || current_user $$;
CREATE FUNCTION "hooks, and more".leave_cursors(payload jsonb) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    taken refcursor := 'of_the_reloader';
    own refcursor := 'of_the_hook';
BEGIN
    CLOSE taken;
    BEGIN
        OPEN taken FOR SELECT "hooks, and more".take();
        OPEN own FOR SELECT "hooks, and more".take();
    EXCEPTION WHEN division_by_zero THEN NULL;
    END;
END $$;
SELECT rdf_policy_add_hook('hook_rights', 'before_reload', '"hooks, and more".leave_cursors(jsonb)') > 0 AS is_on;
SET ROLE hook_admin;
BEGIN;
DECLARE of_the_reloader CURSOR FOR SELECT 'one of the reloader';
DECLARE another CURSOR FOR SELECT 'another of the reloader';
SELECT success FROM rdf_policy_rollback('hook_rights');
SELECT name FROM pg_cursors ORDER BY name;
FETCH another;
FETCH of_the_reloader;
ROLLBACK;
TRUNCATE rdf_catalog_hook;

-- What it sets ends with it: of the session, of the transaction, reset; whether it fails or not.
SET ROLE hook_registrar;
CREATE FUNCTION "hooks, and more".set_all(payload jsonb) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RESET ALL;
    PERFORM set_config('search_path', 'lure, pg_catalog', false);
    SET work_mem = '1MB';
    SET LOCAL lock_timeout = '7s';
    SET rdfpolicy.reload_timeout = '7s';
    SET hook.mine = 'mine';
    SET row_security = off;
    SET TRANSACTION READ ONLY;
END $$;
CREATE FUNCTION "hooks, and more".set_and_fail(payload jsonb) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('search_path', 'lure, pg_catalog', false);
    SET work_mem = '1MB';
    RAISE 'failed';
END $$;
-- The same without a SET clause: nothing puts search_path back but the end of the hook.
CREATE FUNCTION "hooks, and more".set_path(payload jsonb) RETURNS void LANGUAGE plpgsql AS
$$ BEGIN PERFORM set_config('search_path', 'lure, pg_catalog', false); END $$;
SELECT rdf_policy_add_hook('hook_rights', 'after_reload', '"hooks, and more".set_all(jsonb)') > 0 AS is_on;
SELECT rdf_policy_add_hook('hook_rights', 'after_reload', '"hooks, and more".set_and_fail(jsonb)') > 0 AS is_on;
SELECT rdf_policy_add_hook('hook_rights', 'after_reload', '"hooks, and more".set_path(jsonb)') > 0 AS is_on;
SET ROLE hook_admin;
SET work_mem = '5MB';
SET search_path = public, pg_catalog;
BEGIN;
SET LOCAL lock_timeout = '5s';
SELECT success FROM rdf_policy_rollback('hook_rights');
SELECT name, setting FROM pg_settings
WHERE name IN ('search_path', 'work_mem', 'lock_timeout', 'rdfpolicy.reload_timeout', 'row_security', 'transaction_read_only') ORDER BY 1;
SELECT nullif(current_setting('hook.mine', true), '') AS mine;
COMMIT;
SHOW search_path;
SHOW work_mem;
RESET work_mem;
RESET search_path;
TRUNCATE rdf_catalog_hook;

-- The reloader's search_path and temporary tables are not the hook's: its own are pg_catalog, its schema, and pg_temp last.
CREATE FUNCTION log_payload(payload jsonb) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO hook_log (entry) VALUES (format('%s by %s under %s', payload->>'policy', current_user, current_setting('search_path')));
END $$;
SELECT rdf_policy_add_hook('hook_rights', 'after_reload', 'log_payload(jsonb)') > 0 AS is_on;
SET ROLE hook_reloader;
CREATE FUNCTION lure.take(jsonb, text) RETURNS text LANGUAGE plpgsql AS
$$ BEGIN RAISE NOTICE 'lured %', current_user; RETURN ''; END $$;
CREATE OPERATOR lure.->> (FUNCTION = lure.take, LEFTARG = jsonb, RIGHTARG = text);
CREATE FUNCTION lure.format(text, VARIADIC text[]) RETURNS text LANGUAGE plpgsql AS
$$ BEGIN RAISE NOTICE 'lured %', current_user; RETURN ''; END $$;
CREATE TEMPORARY TABLE hook_log (entry text);
CREATE FUNCTION pg_temp.take() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE NOTICE 'lured %', current_user; RETURN NEW; END $$;
CREATE TRIGGER take BEFORE INSERT ON hook_log FOR EACH ROW EXECUTE FUNCTION pg_temp.take();
SET search_path = lure, pg_catalog, public;
SELECT success FROM rdf_policy_rollback('hook_rights');
SHOW search_path;
RESET search_path;
SELECT count(*) FROM pg_temp.hook_log;
DROP TABLE pg_temp.hook_log;
SET ROLE hook_admin;
SELECT entry FROM public.hook_log WHERE entry ~ '^hook_rights' ORDER BY id;
DROP SCHEMA lure CASCADE;
TRUNCATE rdf_catalog_hook;

-- Any name of a schema; another schema is found by qualified names, or by the function's own SET clause.
SET ROLE hook_registrar;
CREATE FUNCTION "hooks, and more".show_path(payload jsonb) RETURNS void LANGUAGE plpgsql AS
$$ BEGIN RAISE NOTICE '%', current_setting('search_path'); END $$;
CREATE FUNCTION "hooks, and more".show_its_path(payload jsonb) RETURNS void LANGUAGE plpgsql SET "search_path" = public AS
$$ BEGIN RAISE NOTICE '%', current_setting('search_path'); END $$;
CREATE FUNCTION "hooks, and more".unqualified(payload jsonb) RETURNS void LANGUAGE plpgsql AS
$$ BEGIN INSERT INTO hook_log (entry) VALUES ('unqualified'); END $$;
SELECT rdf_policy_add_hook('hook_rights', 'after_reload', '"hooks, and more".show_path(jsonb)') > 0 AS is_on;
SELECT rdf_policy_add_hook('hook_rights', 'after_reload', '"hooks, and more".show_its_path(jsonb)') > 0 AS is_on;
SELECT rdf_policy_add_hook('hook_rights', 'after_reload', '"hooks, and more".unqualified(jsonb)') > 0 AS is_on;
SET ROLE hook_admin;
SELECT success FROM rdf_policy_rollback('hook_rights');
TRUNCATE rdf_catalog_hook;

-- Registering one without a SET clause is told of, with whoever else may create what it could find.
\set VERBOSITY default
SET ROLE hook_registrar;
SELECT rdf_policy_add_hook('hook_rights', 'after_reload', '"hooks, and more".show_path(jsonb)') > 0 AS is_on;
GRANT CREATE ON SCHEMA "hooks, and more" TO PUBLIC, hook_reloader;
-- A SET clause that leads there, or finds temporary tables first, is no better.
ALTER FUNCTION "hooks, and more".show_its_path(jsonb) SET search_path = "$user", "hooks, and more";
SELECT rdf_policy_add_hook('hook_rights', 'after_reload', '"hooks, and more".show_its_path(jsonb)') > 0 AS is_on;
ALTER FUNCTION "hooks, and more".show_its_path(jsonb) SET search_path = pg_temp, public;
SELECT rdf_policy_add_hook('hook_rights', 'after_reload', '"hooks, and more".show_its_path(jsonb)') > 0 AS is_on;
ALTER FUNCTION "hooks, and more".show_its_path(jsonb) SET search_path = '';
SELECT rdf_policy_add_hook('hook_rights', 'after_reload', '"hooks, and more".show_its_path(jsonb)') > 0 AS is_on;
ALTER FUNCTION "hooks, and more".show_its_path(jsonb) SET search_path = pg_catalog, public, pg_temp;
SELECT rdf_policy_add_hook('hook_rights', 'after_reload', '"hooks, and more".show_its_path(jsonb)') > 0 AS is_on;
SELECT rdf_policy_add_hook('hook_rights', 'after_reload', '"hooks, and more".show_path(jsonb)') > 0 AS is_on;
REVOKE CREATE ON SCHEMA "hooks, and more" FROM PUBLIC, hook_reloader;
SET ROLE hook_admin;
-- The owner of the schema is another, and no superuser.
ALTER FUNCTION "hooks, and more".unqualified(jsonb) OWNER TO current_user;
SELECT rdf_policy_add_hook('hook_rights', 'after_reload', '"hooks, and more".unqualified(jsonb)') > 0 AS is_on;
-- The owner of the database owns schema public: a superuser, or not.
SELECT rdf_policy_add_hook('hook_rights', 'after_reload', 'log_payload(jsonb)') > 0 AS is_on;
DO $$ BEGIN EXECUTE format('ALTER DATABASE %I OWNER TO hook_reloader', current_database()); END $$;
SELECT rdf_policy_add_hook('hook_rights', 'after_reload', 'log_payload(jsonb)') > 0 AS is_on;
DO $$ BEGIN EXECUTE format('ALTER DATABASE %I OWNER TO SESSION_USER', current_database()); END $$;
TRUNCATE rdf_catalog_hook;

-- What a hook does is decided by its owner: that is its registrar or a superuser, when it is registered and at each call.
SELECT rdf_policy_add_hook('hook_rights', 'after_reload', '"hooks, and more".show_path(jsonb)') > 0 AS is_on;
\echo :LAST_ERROR_SQLSTATE
\set VERBOSITY terse
SELECT rdf_policy_add_hook('hook_rights', 'before_reload', 'log_payload(jsonb)', true) > 0 AS is_on;
ALTER FUNCTION log_payload(jsonb) OWNER TO hook_registrar;
SELECT success, error FROM rdf_policy_rollback('hook_rights');
ALTER FUNCTION log_payload(jsonb) OWNER TO current_user;
SELECT success, error FROM rdf_policy_rollback('hook_rights');
-- Nor does another function of its name do, or another schema of its schema's.
ALTER FUNCTION log_payload(jsonb) RENAME TO log_it;
CREATE FUNCTION log_payload(json) RETURNS void LANGUAGE sql AS '';
CREATE FUNCTION log_payload(anyelement) RETURNS void LANGUAGE sql AS '';
SELECT success, error FROM rdf_policy_rollback('hook_rights');
DROP FUNCTION log_payload(json), log_payload(anyelement);
ALTER FUNCTION log_it(jsonb) RENAME TO log_payload;
TRUNCATE rdf_catalog_hook;

-- Registrars are roles and not names: who is renamed keeps his hooks, the next bearer of the name does not get them.
SET ROLE hook_registrar;
SELECT rdf_policy_add_hook('hook_rights', 'before_reload', '"hooks, and more".show_path(jsonb)', true) > 0 AS is_on;
SET ROLE hook_admin;
CREATE FUNCTION "hooks, and more".show_role(payload jsonb) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS
$$ BEGIN RAISE NOTICE '%', current_user; END $$;
SET ROLE hook_registrar;
SELECT rdf_policy_add_hook('hook_rights', 'before_reload', '"hooks, and more".show_role(jsonb)', true) > 0 AS is_on;
SET ROLE hook_admin;
ALTER ROLE hook_registrar RENAME TO hook_registrar_before;
CREATE ROLE hook_registrar SUPERUSER;
SELECT success, error FROM rdf_policy_rollback('hook_rights');
SELECT hook, registered_by FROM rdf_policy_hooks ORDER BY id;
-- A role that is gone runs nothing, and what it required stays refused until its hook is dropped.
REASSIGN OWNED BY hook_registrar_before TO CURRENT_USER;
DROP OWNED BY hook_registrar_before;
SELECT oid AS registrar FROM pg_roles WHERE rolname = 'hook_registrar_before' \gset
DROP ROLE hook_registrar_before, hook_registrar;
SET client_min_messages = error;
SELECT success, replace(error, :'registrar', 'N') AS error FROM rdf_policy_rollback('hook_rights') \gset
RESET client_min_messages;
\echo :success :error
SELECT hook, registered_by = format('unknown (OID=%s)', :registrar) AS is_unknown FROM rdf_policy_hooks ORDER BY id;
SELECT rdf_policy_drop_hook(id) FROM rdf_policy_hooks;
SELECT success, error FROM rdf_policy_rollback('hook_rights');

-- Policies cannot be changed from within a hook, nor from within a savepoint of it; and can be after one, however it ended.
CREATE FUNCTION reload_again(payload jsonb) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    BEGIN RAISE 'in a savepoint'; EXCEPTION WHEN OTHERS THEN NULL; END;
    BEGIN
        PERFORM rdf_policy_rollback('hook_rights');
    EXCEPTION WHEN OTHERS THEN
        RAISE NOTICE '% %', SQLSTATE, SQLERRM;
    END;
    PERFORM rdf_policy_rollback('hook_rights');
END $$;
SELECT rdf_policy_add_hook('hook_rights', 'after_reload', 'reload_again(jsonb)') > 0 AS is_on;
BEGIN;
SELECT success FROM rdf_policy_rollback('hook_rights');
SELECT success FROM rdf_policy_rollback('hook_rights');
SAVEPOINT before;
SELECT success FROM rdf_policy_rollback('hook_rights');
ROLLBACK TO before;
SELECT success FROM rdf_policy_rollback('hook_rights');
COMMIT;
-- None of what changes policies, hooks or tests.
CREATE FUNCTION change_all(payload jsonb) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    call text;
BEGIN
    FOREACH call IN ARRAY ARRAY[
        $c$rdf_policy_register('q', '')$c$, $c$rdf_policy_register_shape('q', 'S', '{"property": "p"}')$c$,
        $c$rdf_policy_unregister_shape('rule_form', 'S')$c$, $c$rdf_policy_register_file('q', 'person.ttl')$c$,
        $c$rdf_policy_discard('hook_rights')$c$, $c$rdf_policy_reload()$c$, $c$rdf_policy_rollback('hook_rights')$c$,
        $c$rdf_policy_drop('hook_rights')$c$, $c$rdf_policy_prune('hook_rights', 0)$c$, $c$rdf_policy_prune_history('0 s')$c$,
        $c$rdf_policy_shadow('hook_rights', 1)$c$, $c$rdf_policy_add_test('hook_rights', 't', ''::text, true)$c$,
        $c$rdf_policy_drop_test('hook_rights', 't')$c$, $c$rdf_policy_add_hook(NULL, 'on_error', 'change_all(jsonb)')$c$,
        $c$rdf_policy_drop_hook(1)$c$]
    LOOP
        BEGIN
            EXECUTE 'SELECT ' || call;
            RAISE NOTICE '% was done', call;
        EXCEPTION WHEN object_in_use THEN NULL;
        WHEN OTHERS THEN RAISE NOTICE '%: % %', call, SQLSTATE, SQLERRM;
        END;
    END LOOP;
END $$;
SELECT rdf_policy_register_shape('rule_form', 'S', '{"property": "p"}') > 0 AS is_staged;
SELECT rdf_policy_add_hook('hook_rights', 'after_reload', 'change_all(jsonb)', true) AS changing \gset
SELECT success FROM rdf_policy_rollback('hook_rights');
SELECT rdf_policy_drop_hook(:changing);
SELECT rdf_policy_drop('rule_form');
CREATE FUNCTION sleep_long(payload jsonb) RETURNS void LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$ SELECT pg_sleep(600) $$;
SELECT rdf_policy_add_hook('hook_rights', 'before_reload', 'sleep_long(jsonb)') AS sleeping \gset
SET statement_timeout = '100ms';
SELECT success FROM rdf_policy_rollback('hook_rights');
RESET statement_timeout;
SELECT rdf_policy_drop_hook(:sleeping);
SELECT success FROM rdf_policy_rollback('hook_rights');

SELECT rdf_policy_drop_hook(id) FROM rdf_policy_hooks;
SELECT rdf_policy_drop('hook_rights');
DROP TABLE hook_log;
DROP FUNCTION change_all, who, forbidden, private_hook, log_payload, reload_again, sleep_long;
DROP SCHEMA "hooks, and more" CASCADE;
RESET ROLE;
DROP OWNED BY hook_reloader, hook_admin;
DROP ROLE hook_reloader, hook_admin;
