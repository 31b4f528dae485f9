/* See graph_rights.h. */
#include "pg/graph/graph_rights.h"

#include "catalog/objectaddress.h"
#include "catalog/pg_class.h"
#include "access/table.h"
#include "utils/acl.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/rls.h"

/* On the relation, or on each column that is read of it, as the server has it for a query. */
static bool
may_select(const RpRowRelation *rows, Oid role)
{
    if (pg_class_aclcheck(rows->relation, role, ACL_SELECT) == ACLCHECK_OK) {
        return true;
    }
    for (uint32 i = 0; i < rows->column_count; i++) {
        if (pg_attribute_aclcheck(rows->relation, rows->columns[i].number, role, ACL_SELECT) !=
            ACLCHECK_OK) {
            return false;
        }
    }
    return rows->column_count > 0;
}

/* A view that looks at its tables with the rights of whoever asks is read with its owner's here. */
static bool
has_invokers_rights(const RpRowRelation *rows)
{
    Relation view;
    bool has;

    if (rows->kind != RELKIND_VIEW) {
        return false;
    }
    view = table_open(rows->relation, NoLock);
    has = RelationHasSecurityInvoker(view);
    table_close(view, NoLock);
    return has;
}

/* ERROR 42501. Asked of the current role, before the owner's rights are taken on. */
static void
require(const RpRowRelation *rows)
{
    Oid role = GetUserId();

    if (!may_select(rows, role)) {
        aclcheck_error(ACLCHECK_NO_PRIV, get_relkind_objtype(rows->kind),
                       get_rel_name(rows->relation));
    }
    if (check_enable_rls(rows->relation, InvalidOid, true) == RLS_ENABLED) {
        ereport(ERROR, (errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
                        errmsg("row-level security of relation %s applies to role \"%s\"",
                               rows->name, GetUserNameFromId(role, false)),
                        errdetail("A graph is judged over all of its rows.")));
    }
    if (has_invokers_rights(rows) && !has_privs_of_role(role, rows->owner)) {
        ereport(ERROR, (errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
                        errmsg("view %s has security_invoker, and role \"%s\" is not its owner",
                               rows->name, GetUserNameFromId(role, false)),
                        errdetail("A graph's rows are read with the rights of the view's owner.")));
    }
}

/* Of the dictionaries, too: a report says what their ids mean. */
void
rp_graph_rights_require(const RpStoredGraph *graph)
{
    for (uint32 i = 0; i < graph->source_count; i++) {
        const RpGraphSource *source = &graph->sources[i];

        require(&source->rows);
        if (source->dictionary != NULL) {
            require(&source->dictionary->rows);
        }
        if (source->graph_dictionary != source->dictionary) {
            require(&source->graph_dictionary->rows);
        }
    }
}

/* The same as require, as an answer: a writer who may not read is judged all the same, and told
 * less. */
static bool
may_be_told_as(const RpRowRelation *rows, Oid role)
{
    return may_select(rows, role) && check_enable_rls(rows->relation, role, true) != RLS_ENABLED &&
           (!has_invokers_rights(rows) || has_privs_of_role(role, rows->owner));
}

/* The error goes to the session's role, whoever's rights the writing had: of a SECURITY DEFINER
 * function, whose deferred triggers have its owner's from PostgreSQL 18 on. */
static bool
may_be_told(const RpRowRelation *rows)
{
    return may_be_told_as(rows, GetUserId()) &&
           (GetOuterUserId() == GetUserId() || may_be_told_as(rows, GetOuterUserId()));
}

/* Whoever writes ids without this must not learn what they mean by a message. */
bool
rp_graph_rights_may_read_dictionaries(const RpStoredGraph *graph)
{
    for (uint32 i = 0; i < graph->source_count; i++) {
        const RpGraphSource *source = &graph->sources[i];

        if (source->dictionary != NULL && (!may_be_told(&source->dictionary->rows) ||
                                           !may_be_told(&source->graph_dictionary->rows))) {
            return false;
        }
    }
    return true;
}

bool
rp_graph_rights_may_read(const RpStoredGraph *graph)
{
    for (uint32 i = 0; i < graph->source_count; i++) {
        if (!may_be_told(&graph->sources[i].rows)) {
            return false;
        }
    }
    return rp_graph_rights_may_read_dictionaries(graph);
}
