/*
 * The SQL function behind the view rdf_policy_dependents: which policies an expression or a query
 * names that PostgreSQL keeps as a tree in its catalogs. Nothing of the tree is evaluated: whoever
 * looks must not run the functions of whoever wrote it.
 */
#include "pg/pg.h"

#include "catalog/dependency.h"
#include "catalog/pg_proc.h"
#include "nodes/nodeFuncs.h"
#include "utils/fmgroids.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"

PG_FUNCTION_INFO_V1(rdf_catalog_named_policies);

typedef struct NameSearch {
    Oid namespace; /* the extension's */
    Oid extension;
    ReturnSetInfo *result;
} NameSearch;

/* The position of the input argument "policy" of a function of ours; -1 for any other function. */
static int
policy_position(const NameSearch *search, Oid function)
{
    HeapTuple row = SearchSysCache1(PROCOID, ObjectIdGetDatum(function));
    bool is_ours = HeapTupleIsValid(row) &&
                   ((Form_pg_proc)GETSTRUCT(row))->pronamespace == search->namespace &&
                   getExtensionOfObject(ProcedureRelationId, function) == search->extension;
    int position = -1;

    if (is_ours) {
        bool has_no_names, has_no_modes;
        Datum names = SysCacheGetAttr(PROCOID, row, Anum_pg_proc_proargnames, &has_no_names);
        Datum modes = SysCacheGetAttr(PROCOID, row, Anum_pg_proc_proargmodes, &has_no_modes);
        char **inputs = NULL;
        int count = has_no_names
                        ? 0
                        : get_func_input_arg_names(
                              names, has_no_modes ? PointerGetDatum(NULL) : modes, &inputs);

        for (int i = 0; i < count && position < 0; i++) {
            position = inputs[i] != NULL && strcmp(inputs[i], "policy") == 0 ? i : -1;
        }
    }
    if (HeapTupleIsValid(row)) {
        ReleaseSysCache(row);
    }
    return position;
}

/* The argument at a position of a call; NULL where it is left to its default. */
static Node *
argument_at(List *arguments, int position)
{
    for (int i = 0; i < list_length(arguments); i++) {
        Node *argument = list_nth(arguments, i);
        int own_position =
            IsA(argument, NamedArgExpr) ? castNode(NamedArgExpr, argument)->argnumber : i;

        if (own_position == position) {
            return IsA(argument, TargetEntry) ? (Node *)castNode(TargetEntry, argument)->expr
                                              : argument;
        }
    }
    return NULL;
}

/* An expression without what leaves its value as it is. */
static Node *
bare(Node *node)
{
    for (;;) {
        switch (nodeTag(node)) {
        case T_NamedArgExpr:
            node = (Node *)((NamedArgExpr *)node)->arg;
            break;
        case T_RelabelType:
            node = (Node *)((RelabelType *)node)->arg;
            break;
        case T_CollateExpr:
            node = (Node *)((CollateExpr *)node)->arg;
            break;
        case T_CoerceToDomain:
            node = (Node *)((CoerceToDomain *)node)->arg;
            break;
        default:
            return node;
        }
    }
}

/* The text of a constant of one of the server's string types; NULL for any other. */
static char *
text_of_constant(const Const *constant)
{
    if (constant->constisnull) {
        return NULL;
    }
    switch (constant->consttype) {
    case TEXTOID:
    case VARCHAROID:
    case BPCHAROID:
        return TextDatumGetCString(constant->constvalue);
    case NAMEOID:
        return pstrdup(NameStr(*DatumGetName(constant->constvalue)));
    default:
        return NULL;
    }
}

/* The text that an expression is, where that is known without running anything; else NULL. */
static char *constant_text(Node *node);

/* Of a cast among the server's string types, which may cut: varchar(3), name; character without
 * its blanks. */
static char *
text_of_cast(const FuncExpr *cast)
{
    bool trims = cast->funcid == F_TEXT_BPCHAR || cast->funcid == F_NAME_BPCHAR;
    Node *length = list_length(cast->args) > 1 ? lsecond(cast->args) : NULL;
    int limit = cast->funcresulttype == NAMEOID ? NAMEDATALEN - 1 : INT_MAX;
    char *text = constant_text(linitial(cast->args));

    if (length != NULL && IsA(length, Const)) {
        limit = DatumGetInt32(castNode(Const, length)->constvalue) - (int)VARHDRSZ;
    }
    if (text == NULL || limit < 0) {
        return NULL;
    }
    text = pnstrdup(text, (Size)limit);
    for (Size end = strlen(text); trims && end > 0 && text[end - 1] == ' '; end--) {
        text[end - 1] = '\0';
    }
    return text;
}

/* Of two texts that are known. Other operators are functions, and none is run. */
static char *
text_of_concatenation(const OpExpr *call)
{
    char *left = constant_text(linitial(call->args));
    char *right = constant_text(lsecond(call->args));

    return left != NULL && right != NULL ? psprintf("%s%s", left, right) : NULL;
}

/* The tree may be as deep as its author made it: check_stack_depth raises, and the caller tells of
 * it by name. */
static char *
constant_text(Node *node)
{
    check_stack_depth();
    node = bare(node);
    if (IsA(node, Const)) {
        return text_of_constant((Const *)node);
    }
    if (IsA(node, FuncExpr)) {
        switch (((FuncExpr *)node)->funcid) {
        case F_VARCHAR_VARCHAR_INT4_BOOL:
        case F_BPCHAR_BPCHAR_INT4_BOOL:
        case F_TEXT_BPCHAR:
        case F_TEXT_NAME:
        case F_VARCHAR_NAME:
        case F_NAME_BPCHAR:
        case F_NAME_TEXT:
        case F_NAME_VARCHAR:
            return text_of_cast((FuncExpr *)node);
        default:
            return NULL;
        }
    }
    if (IsA(node, OpExpr) && get_opcode(((OpExpr *)node)->opno) == F_TEXTCAT) {
        return text_of_concatenation((OpExpr *)node);
    }
    return NULL;
}

/* One row; NULL stands for what is not known here: a name that is computed, or every active
 * policy. */
static void
put_name(const NameSearch *search, const char *text)
{
    Datum name = text != NULL ? CStringGetTextDatum(text) : (Datum)0;
    bool is_unknown = text == NULL;

    tuplestore_putvalues(search->result->setResult, search->result->setDesc, &name, &is_unknown);
}

/* A row for each policy that an argument may turn out to be. */
static void
put_names(const NameSearch *search, Node *argument)
{
    ListCell *cell;

    check_stack_depth();
    argument = bare(argument);
    if (IsA(argument, CaseExpr)) {
        foreach (cell, castNode(CaseExpr, argument)->args) {
            put_names(search, (Node *)lfirst_node(CaseWhen, cell)->result);
        }
        put_names(search, (Node *)castNode(CaseExpr, argument)->defresult);
    } else if (IsA(argument, CoalesceExpr)) {
        foreach (cell, castNode(CoalesceExpr, argument)->args) {
            put_names(search, lfirst(cell));
        }
    } else {
        put_name(search, constant_text(argument));
    }
}

/* An argument that is left to its default is every active policy, as policy => NULL is. */
static void
look_at_call(const NameSearch *search, Oid function, List *arguments)
{
    int position = policy_position(search, function);
    Node *argument = position >= 0 ? argument_at(arguments, position) : NULL;

    if (argument != NULL) {
        put_names(search, argument);
    } else if (position >= 0) {
        put_name(search, NULL);
    }
}

/* For each node of a tree, of queries within it too. Whatever calls a function is looked at:
 * rdf_validate may be the function of an operator. */
static bool
look_at_node(Node *node, void *context)
{
    const NameSearch *search = context;

    if (node == NULL) {
        return false;
    }
    CHECK_FOR_INTERRUPTS();
    if (IsA(node, Query)) {
        return query_tree_walker((Query *)node, look_at_node, context, 0);
    }
    if (IsA(node, FuncExpr)) {
        look_at_call(search, ((FuncExpr *)node)->funcid, ((FuncExpr *)node)->args);
    } else if (IsA(node, Aggref)) {
        look_at_call(search, ((Aggref *)node)->aggfnoid, ((Aggref *)node)->args);
    } else if (IsA(node, WindowFunc)) {
        look_at_call(search, ((WindowFunc *)node)->winfnoid, ((WindowFunc *)node)->args);
    } else if (IsA(node, OpExpr)) {
        look_at_call(search, get_opcode(((OpExpr *)node)->opno), ((OpExpr *)node)->args);
    } else if (IsA(node, ScalarArrayOpExpr)) {
        look_at_call(search, get_opcode(((ScalarArrayOpExpr *)node)->opno),
                     ((ScalarArrayOpExpr *)node)->args);
    }
    return expression_tree_walker(node, look_at_node, context);
}

/* The server's own error does not say which of all objects it is. */
static void
raise_too_deep(Oid class, Oid object)
{
    ObjectAddress address = {.classId = class, .objectId = object};
    const char *description = getObjectDescription(&address, true);

    ereport(ERROR, (errcode(ERRCODE_STATEMENT_TOO_COMPLEX),
                    errmsg("%s is nested too deep to see which policies it names",
                           description != NULL ? description : "an object that is being dropped"),
                    errhint("Raise max_stack_depth, or write it in another way.")));
}

/*
 * rdf_catalog_named_policies(tree pg_node_tree, class oid, object oid) → SETOF text: the policy
 * argument of each call of a function of this extension, as name or name@version; NULL where it is
 * computed, NULL itself or left out. Calls by an operator count too. Class and object say whose
 * tree it is. ERROR 54001.
 */
Datum
rdf_catalog_named_policies(PG_FUNCTION_ARGS)
{
    Oid function = fcinfo->flinfo->fn_oid;
    MemoryContext context = CurrentMemoryContext;
    NameSearch search = {.namespace = get_func_namespace(function),
                         .extension = getExtensionOfObject(ProcedureRelationId, function),
                         .result = (ReturnSetInfo *)fcinfo->resultinfo};

    InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
    if (PG_ARGISNULL(0)) {
        return (Datum)0;
    }
    PG_TRY();
    {
        look_at_node(stringToNode(TextDatumGetCString(PG_GETARG_DATUM(0))), &search);
    }
    PG_CATCH();
    {
        if (geterrcode() != ERRCODE_STATEMENT_TOO_COMPLEX) {
            PG_RE_THROW();
        }
        MemoryContextSwitchTo(context);
        FlushErrorState();
        raise_too_deep(PG_GETARG_OID(1), PG_GETARG_OID(2));
    }
    PG_END_TRY();
    return (Datum)0;
}
