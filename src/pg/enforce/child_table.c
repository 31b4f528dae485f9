/* See child_table.h. */
#include "pg/pg.h"

#include "nodes/parsenodes.h"

#include "pg/catalog/catalog_writer.h"
#include "pg/enforce/child_table.h"

/* The parents of what the command was about, where they are a graph's. */
static const char *const find_parents =
    "SELECT s.graph, p.name, format('rdf_graph_unenforce(%L, %L)', e.graph, e.policy)"
    " FROM (SELECT c.oid, format('%I.%I', n.nspname, c.relname) AS name"
    "  FROM pg_event_trigger_ddl_commands() d JOIN pg_inherits i ON i.inhrelid = d.objid"
    "  JOIN pg_class c ON c.oid = i.inhparent AND c.relkind = 'r'"
    "  JOIN pg_namespace n ON n.oid = c.relnamespace"
    "  WHERE d.classid = 'pg_class'::regclass) p"
    " JOIN @.rdf_catalog_graph_source s "
    "  ON p.oid IN (to_regclass(s.relation), to_regclass(s.options->>'terms'),"
    "  to_regclass(s.options->>'graph_terms'))"
    " JOIN @.rdf_catalog_enforcement e ON e.graph = s.graph ORDER BY 1, 2, 3 LIMIT 1";

/* A quick answer for most commands; true for some that make no child. */
static bool
may_make_children(Node *command)
{
    ListCell *cell;

    if (IsA(command, CreateStmt) || IsA(command, CreateForeignTableStmt)) {
        const CreateStmt *create = (const CreateStmt *)command;

        return create->inhRelations != NIL && create->partbound == NULL;
    }
    if (IsA(command, AlterTableStmt)) {
        foreach (cell, castNode(AlterTableStmt, command)->cmds) {
            if (lfirst_node(AlterTableCmd, cell)->subtype == AT_AddInherit) {
                return true;
            }
        }
    }
    return IsA(command, CreateSchemaStmt) && castNode(CreateSchemaStmt, command)->schemaElts != NIL;
}

/* By the newest snapshot: a policy that was enforced meanwhile counts, whatever the transaction's
 * snapshot shows. */
void
rp_child_tables_refuse(const RpCatalog *catalog, Node *command)
{
    MemoryContext context = CurrentMemoryContext;
    RpCatalogWriter writer;

    if (!may_make_children(command)) {
        return;
    }
    rp_catalog_writer_begin(&writer, catalog);
    if (rp_catalog_read_latest(&writer, find_parents, 0, NULL) > 0) {
        ereport(ERROR,
                (errcode(ERRCODE_WRONG_OBJECT_TYPE),
                 errmsg("no table can inherit from %s while policies are enforced on graph \"%s\"",
                        rp_catalog_result_string(0, 2, context),
                        rp_catalog_result_string(0, 1, context)),
                 errdetail("Rows of a child would be the graph's, and no trigger would tell of "
                           "them."),
                 errhint("Use partitions, or call %s before.",
                         rp_catalog_result_string(0, 3, context))));
    }
    rp_catalog_writer_end(&writer);
}
