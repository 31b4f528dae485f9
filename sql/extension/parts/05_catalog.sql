-- The catalog: the truth about policies. Shared memory holds only its compiled form.
--
-- Columns are read by position from C (src/pg/catalog/catalog.h). Nobody but the owner may write here; the functions of 30_policies.sql do it in
-- the owner's name. Whatever writes here all the same (a restore, a logical subscription, the owner by hand) makes a new
-- generation, by the triggers below.

-- One row: which state of all policies is in force. Its identity is (epoch, stamp): the epoch is of this CREATE EXTENSION, the stamp of
-- the last change. The number is for people. Not dumped, and what a subscription brings of it is dropped: it belongs to this database.
CREATE TABLE rdf_catalog_generation (
    is_only    boolean     NOT NULL DEFAULT true PRIMARY KEY CHECK (is_only),
    number     bigint      NOT NULL,
    epoch      uuid        NOT NULL,
    stamp      uuid        NOT NULL,
    changed_at timestamptz NOT NULL,
    changed_by text        NOT NULL
) USING heap;

INSERT INTO rdf_catalog_generation
VALUES (true, 0, pg_catalog.gen_random_uuid(), pg_catalog.gen_random_uuid(),
        pg_catalog.now(), current_user);

-- One row for each policy ever named. A dropped policy keeps its row, so that its version numbers are never used again.
CREATE TABLE rdf_catalog_policy (
    policy         text COLLATE "C" NOT NULL PRIMARY KEY,
    active_version integer,
    staged_version integer,
    next_version   integer     NOT NULL DEFAULT 1,
    is_dropped     boolean     NOT NULL DEFAULT false,
    generation     bigint,
    activated_at   timestamptz,
    -- The file that the policy is bound to, and the signature of what was last read from it.
    file           text,
    file_signature text,
    -- The candidate that live data is judged by beside the active version, enforcing nothing.
    shadow_version integer,
    -- How the file is read: the options of rdf_policy_register_file by their names.
    file_options   jsonb,
    CHECK ((file IS NULL) = (file_signature IS NULL)),
    CHECK ((file IS NULL) = (file_options IS NULL)),
    CHECK (active_version IS NULL OR NOT is_dropped),
    -- The staged text is written over, or thrown away: never that which is in force.
    CONSTRAINT rdf_catalog_policy_staged_is_not_in_force CHECK (staged_version <> active_version)
) USING heap;

-- One row for each version: what was registered, and its compiled form (src/image/image.h).
CREATE TABLE rdf_catalog_version (
    policy               text COLLATE "C" NOT NULL,
    version              integer     NOT NULL,
    form                 text        NOT NULL CHECK (form IN ('turtle', 'rules')),
    source               text        NOT NULL,
    base_iri             text,
    ill_formed           text        NOT NULL CHECK (ill_formed IN ('error', 'warn')),
    subclass_from_shapes boolean     NOT NULL,
    signature            text        NOT NULL,
    was_active           boolean     NOT NULL DEFAULT false,
    image                bytea       NOT NULL,
    label                text,
    shapes               integer     NOT NULL,
    constraints          integer     NOT NULL,
    registered_at        timestamptz NOT NULL,
    registered_by        text        NOT NULL,
    ontologies           text[]      NOT NULL DEFAULT '{}',
    allow_vacuous        boolean     NOT NULL DEFAULT false,
    -- What of the text is not enforced, with ill_formed 'warn': how many.
    left_out             integer     NOT NULL DEFAULT 0,
    -- Whether a document without a focus node violates the policy.
    require_focus        boolean     NOT NULL DEFAULT false,
    imports              text        NOT NULL DEFAULT 'require' CHECK (imports IN ('require', 'ignore')),
    -- The number is another server's: the text keeps it, whatever else is in force here.
    is_imported          boolean     NOT NULL DEFAULT false,
    -- The context for documents in JSON-LD that have none, and its text when the version was registered.
    context              text COLLATE "C",
    context_signature    text,
    -- What becomes of what such a document says without being a triple.
    dropped              text        NOT NULL DEFAULT 'notice' CHECK (dropped IN ('notice', 'error')),
    PRIMARY KEY (policy, version),
    CHECK ((context IS NULL) = (context_signature IS NULL))
) USING heap;
-- Both are read whole, and in a hurry: not compressed.
ALTER TABLE rdf_catalog_version ALTER COLUMN image SET STORAGE EXTERNAL;
ALTER TABLE rdf_catalog_version ALTER COLUMN source SET STORAGE EXTERNAL;

-- One row for each JSON-LD context that is registered, by the IRI that documents name it by; and for each text that such an IRI had before, as
-- long as a version of a policy that was registered with it is kept. The texts of what it includes, and of what these include, are in the row:
-- it means the same whatever those become. The signature is of both.
CREATE TABLE rdf_catalog_context (
    iri           text COLLATE "C" NOT NULL,
    signature     text        NOT NULL,
    is_in_force   boolean     NOT NULL,
    body          jsonb       NOT NULL,
    includes      text[]      NOT NULL DEFAULT '{}',
    included      jsonb       NOT NULL DEFAULT '{}',
    terms         integer     NOT NULL,
    registered_at timestamptz NOT NULL,
    registered_by text        NOT NULL,
    PRIMARY KEY (iri, signature)
) USING heap;
CREATE UNIQUE INDEX rdf_catalog_context_in_force ON rdf_catalog_context (iri) WHERE is_in_force;

-- Functions to be called around a reload. They are named by text, not by OID: a stored OID would stop pg_upgrade. Roles keep theirs,
-- and a dump has their names; by name, a role that is renamed would leave its hooks to the next bearer.
CREATE TABLE rdf_catalog_hook (
    id            integer     NOT NULL GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    policy        text COLLATE "C",
    event         text        NOT NULL CHECK (event IN ('before_reload', 'after_reload', 'on_error')),
    hook          text        NOT NULL,
    is_required   boolean     NOT NULL,
    registered_by regrole     NOT NULL,
    registered_at timestamptz NOT NULL
) USING heap;

-- Every reload and rollback that changed something or was refused, and every drop; of contexts, every change, and a row for each policy that
-- reads documents by the context.
CREATE TABLE rdf_catalog_history (
    id          bigint      NOT NULL GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    happened_at timestamptz NOT NULL,
    happened_by text        NOT NULL,
    event       text        NOT NULL,
    policy      text COLLATE "C",
    version     integer,
    generation  bigint,
    success     boolean     NOT NULL,
    signature   text,
    duration_ms double precision,
    error       text,
    context     text COLLATE "C",
    CHECK (policy IS NOT NULL OR context IS NOT NULL)
) USING heap;

COMMENT ON TABLE rdf_catalog_generation IS 'internal: which state of all policies is in force';
COMMENT ON TABLE rdf_catalog_policy IS 'internal: the policies; see rdf_policies';
COMMENT ON TABLE rdf_catalog_version IS 'internal: the versions with their texts; see rdf_policy_versions';
COMMENT ON TABLE rdf_catalog_context IS 'internal: JSON-LD contexts; see rdf_contexts';
COMMENT ON TABLE rdf_catalog_hook IS 'internal: functions called around reloads; see rdf_policy_hooks';
COMMENT ON TABLE rdf_catalog_history IS 'internal: what was changed; see rdf_policy_history';

REVOKE ALL ON rdf_catalog_generation, rdf_catalog_policy, rdf_catalog_version, rdf_catalog_context, rdf_catalog_hook, rdf_catalog_history
FROM PUBLIC;

SELECT pg_catalog.pg_extension_config_dump('rdf_catalog_policy', '');
SELECT pg_catalog.pg_extension_config_dump('rdf_catalog_version', '');
SELECT pg_catalog.pg_extension_config_dump('rdf_catalog_context', '');
SELECT pg_catalog.pg_extension_config_dump('rdf_catalog_hook', '');
SELECT pg_catalog.pg_extension_config_dump('rdf_catalog_history', '');
SELECT pg_catalog.pg_extension_config_dump('rdf_catalog_hook_id_seq', '');
SELECT pg_catalog.pg_extension_config_dump('rdf_catalog_history_id_seq', '');

-- Tells every backend, standbys included, that the generation row has changed: a relcache invalidation of its table.
CREATE FUNCTION rdf_catalog_generation_changed() RETURNS trigger
    LANGUAGE c AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION rdf_catalog_generation_changed() IS 'internal: trigger of rdf_catalog_generation';

-- Makes a new generation where the policy tables are written by anybody but our own functions: locks the generation before the
-- first row is written, as our functions do, and makes the new one after the last.
CREATE FUNCTION rdf_catalog_policy_changed() RETURNS trigger
    LANGUAGE c AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION rdf_catalog_policy_changed() IS 'internal: trigger of rdf_catalog_policy, rdf_catalog_version and rdf_catalog_context';

-- Keeps the sequence of an identity column up with the numbers that a subscription brings.
CREATE FUNCTION rdf_catalog_id_arrived() RETURNS trigger
    LANGUAGE c AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION rdf_catalog_id_arrived() IS 'internal: trigger of rdf_catalog_hook and rdf_catalog_history';

-- Row triggers, since logical replication's apply workers fire no others; ALWAYS, since they fire only those.
CREATE TRIGGER changing BEFORE INSERT OR UPDATE OR DELETE ON rdf_catalog_generation
    FOR EACH ROW EXECUTE FUNCTION rdf_catalog_generation_changed();
CREATE TRIGGER changed AFTER INSERT OR UPDATE OR DELETE ON rdf_catalog_generation
    FOR EACH ROW EXECUTE FUNCTION rdf_catalog_generation_changed();
CREATE TRIGGER truncated AFTER TRUNCATE ON rdf_catalog_generation
    FOR EACH STATEMENT EXECUTE FUNCTION rdf_catalog_generation_changed();
CREATE TRIGGER changing BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON rdf_catalog_policy
    FOR EACH STATEMENT EXECUTE FUNCTION rdf_catalog_policy_changed();
CREATE TRIGGER changed AFTER INSERT OR UPDATE OR DELETE ON rdf_catalog_policy
    FOR EACH ROW EXECUTE FUNCTION rdf_catalog_policy_changed();
CREATE TRIGGER changed_all AFTER INSERT OR UPDATE OR TRUNCATE ON rdf_catalog_policy
    FOR EACH STATEMENT EXECUTE FUNCTION rdf_catalog_policy_changed();
CREATE TRIGGER changing BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON rdf_catalog_version
    FOR EACH STATEMENT EXECUTE FUNCTION rdf_catalog_policy_changed();
CREATE TRIGGER changed AFTER INSERT OR UPDATE OR DELETE ON rdf_catalog_version
    FOR EACH ROW EXECUTE FUNCTION rdf_catalog_policy_changed();
CREATE TRIGGER changed_all AFTER TRUNCATE ON rdf_catalog_version
    FOR EACH STATEMENT EXECUTE FUNCTION rdf_catalog_policy_changed();
CREATE TRIGGER changing BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON rdf_catalog_context
    FOR EACH STATEMENT EXECUTE FUNCTION rdf_catalog_policy_changed();
CREATE TRIGGER changed AFTER INSERT OR UPDATE OR DELETE ON rdf_catalog_context
    FOR EACH ROW EXECUTE FUNCTION rdf_catalog_policy_changed();
CREATE TRIGGER changed_all AFTER TRUNCATE ON rdf_catalog_context
    FOR EACH STATEMENT EXECUTE FUNCTION rdf_catalog_policy_changed();
ALTER TABLE rdf_catalog_generation ENABLE ALWAYS TRIGGER changing;
ALTER TABLE rdf_catalog_generation ENABLE ALWAYS TRIGGER changed;
ALTER TABLE rdf_catalog_generation ENABLE ALWAYS TRIGGER truncated;
ALTER TABLE rdf_catalog_policy ENABLE ALWAYS TRIGGER changing;
ALTER TABLE rdf_catalog_policy ENABLE ALWAYS TRIGGER changed;
ALTER TABLE rdf_catalog_policy ENABLE ALWAYS TRIGGER changed_all;
ALTER TABLE rdf_catalog_version ENABLE ALWAYS TRIGGER changing;
ALTER TABLE rdf_catalog_version ENABLE ALWAYS TRIGGER changed;
ALTER TABLE rdf_catalog_version ENABLE ALWAYS TRIGGER changed_all;
ALTER TABLE rdf_catalog_context ENABLE ALWAYS TRIGGER changing;
ALTER TABLE rdf_catalog_context ENABLE ALWAYS TRIGGER changed;
ALTER TABLE rdf_catalog_context ENABLE ALWAYS TRIGGER changed_all;

-- It does something in sessions that replicate: elsewhere the sequence is ahead by itself.
CREATE TRIGGER arrived AFTER INSERT ON rdf_catalog_hook
    FOR EACH ROW EXECUTE FUNCTION rdf_catalog_id_arrived();
CREATE TRIGGER arrived AFTER INSERT ON rdf_catalog_history
    FOR EACH ROW EXECUTE FUNCTION rdf_catalog_id_arrived();
ALTER TABLE rdf_catalog_hook ENABLE ALWAYS TRIGGER arrived;
ALTER TABLE rdf_catalog_history ENABLE ALWAYS TRIGGER arrived;
