/* See row_filter.h. */
#include "pg/graph/row_filter.h"

#include "access/sysattr.h"
#include "access/table.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "optimizer/optimizer.h"
#include "optimizer/prep.h"
#include "parser/parse_clause.h"
#include "parser/parse_collate.h"
#include "parser/parse_relation.h"
#include "parser/parser.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/ruleutils.h"

#include "pg/graph/owner_scope.h"
#include "pg/graph/row_relation.h"
#include "pg/server/guc.h"

static RP_NORETURN void
refuse(const char *filter, const char *what)
{
    ereport(ERROR, (errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
                    errmsg("row_filter %s must not have %s", filter, what),
                    errdetail("Whether a row is a triple must depend on the row alone."),
                    errhint("Make a view of the rows; it can be judged, and not enforced.")));
}

/* The one expression that the text is. */
static Node *
raw_expression(const char *filter)
{
    List *statements = raw_parser(filter, RAW_PARSE_PLPGSQL_EXPR);
    SelectStmt *select = (SelectStmt *)linitial_node(RawStmt, statements)->stmt;
    ResTarget *target;

    if (list_length(statements) != 1 || !IsA(select, SelectStmt) ||
        list_length(select->targetList) != 1 || select->op != SETOP_NONE ||
        select->fromClause != NIL || select->whereClause != NULL || select->groupClause != NIL ||
        select->havingClause != NULL || select->sortClause != NIL || select->limitCount != NULL ||
        select->limitOffset != NULL || select->lockingClause != NIL ||
        select->windowClause != NIL || select->distinctClause != NIL) {
        ereport(ERROR, (errcode(ERRCODE_SYNTAX_ERROR),
                        errmsg("row_filter %s is not one expression", filter)));
    }
    target = linitial_node(ResTarget, select->targetList);
    return target->val;
}

/* Errors of parsing point into the filter, not into the user's statement. */
static void
point_into_filter(void *filter)
{
    int position = geterrposition();

    if (position > 0) {
        errposition(0);
        internalerrposition(position);
        internalerrquery(filter);
    }
}

/* Parse, with names resolved by the search_path that is set. */
static Expr *
transform(const char *filter, Relation relation)
{
    ParseState *state = make_parsestate(NULL);
    ParseNamespaceItem *item =
        addRangeTableEntryForRelation(state, relation, AccessShareLock, NULL, false, true);
    ErrorContextCallback callback = {.callback = point_into_filter, .arg = (void *)filter};
    Node *expression;

    callback.previous = error_context_stack;
    error_context_stack = &callback;
    state->p_sourcetext = filter;
    addNSItemToQuery(state, item, false, true, true);
    expression = transformWhereClause(state, raw_expression(filter), EXPR_KIND_INDEX_PREDICATE,
                                      "row_filter");
    assign_expr_collations(state, expression);
    error_context_stack = callback.previous;
    free_parsestate(state);
    return (Expr *)expression;
}

/* The columns that it looks at, by their numbers. */
static void
add_columns(const char *filter, Expr *expression, RpRowRelation *rows)
{
    Bitmapset *attributes = NULL;
    int attribute = -1;

    pull_varattnos((Node *)expression, 1, &attributes);
    while ((attribute = bms_next_member(attributes, attribute)) >= 0) {
        AttrNumber number = (AttrNumber)(attribute + FirstLowInvalidHeapAttributeNumber);

        if (number <= 0) {
            refuse(filter, number == 0 ? "the row as a whole" : "a system column");
        }
        (void)rp_row_relation_attribute(rows, number);
    }
}

/*
 * The columns' names need no qualification; all others get it, as they are written while the
 * search_path is pg_catalog alone.
 */
static char *
qualified_text(Expr *expression, const RpRowRelation *rows)
{
    List *context = deparse_context_for(get_rel_name(rows->relation), rows->relation);

    return deparse_expression((Node *)expression, context, false, false);
}

/*
 * In the owner's name: the planner calls functions with constant arguments. Names are looked for in
 * the relation's schema once, when the source is registered: what is stored has every name
 * qualified, so that who may create a function there later does not get it called.
 */
void
rp_row_filter_parse(const char *filter, bool is_new, RpGraphSource *source)
{
    Relation relation = table_open(source->rows.relation, NoLock);
    const char *schema = quote_identifier(get_namespace_name(RelationGetNamespace(relation)));
    RpOwnerScope scope;

    rp_owner_scope_begin(&scope, source->rows.owner);
    if (is_new) {
        rp_guc_set_for_level("search_path", psprintf("pg_catalog, %s, pg_temp", schema));
    }
    source->filter = transform(filter, relation);
    if (contain_mutable_functions((Node *)source->filter)) {
        refuse(filter, "functions that are not IMMUTABLE");
    }
    add_columns(filter, source->filter, &source->rows);
    rp_guc_set_for_level("search_path", "pg_catalog");
    source->filter_text = qualified_text(source->filter, &source->rows);
    source->filter = (Expr *)eval_const_expressions(NULL, (Node *)source->filter);
    fix_opfuncids((Node *)source->filter);
    rp_owner_scope_end(&scope);
    table_close(relation, NoLock);
}

/* A condition of our own, or a filter that is stored: every name in it is qualified, so any
 * search_path does. */
List *
rp_row_condition_parse(const char *condition, const RpRowRelation *rows)
{
    Relation relation = table_open(rows->relation, NoLock);
    RpOwnerScope scope;
    Expr *expression;

    rp_owner_scope_begin(&scope, rows->owner);
    expression = transform(condition, relation);
    expression = (Expr *)eval_const_expressions(NULL, (Node *)expression);
    rp_owner_scope_end(&scope);
    table_close(relation, NoLock);
    return make_ands_implicit(canonicalize_qual(expression, false));
}
