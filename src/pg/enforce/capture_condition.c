/* See capture_condition.h. */
#include "pg/pg.h"

#include "nodes/primnodes.h"
#include "nodes/pg_list.h"
#include "utils/lsyscache.h"

#include "pg/enforce/capture_call.h"
#include "pg/enforce/capture_condition.h"

bool
rp_capture_condition_fits(Oid relation, const char *condition, const RpRowRelation *rows)
{
    const Node *call = stringToNode(condition);
    int column_count = (int)rows->column_count;
    const List *arguments;
    int count;

    if (!IsA(call, FuncExpr)) {
        return false;
    }
    arguments = ((const FuncExpr *)call)->args;
    count = list_length(arguments) - RP_CAPTURE_FIRST_COLUMN;
    if (count != column_count && count != 2 * column_count) {
        return false;
    }
    for (int i = 0; i < count; i++) {
        const Node *argument = list_nth(arguments, RP_CAPTURE_FIRST_COLUMN + i);
        const char *name = rows->columns[i % column_count].name;

        if (!IsA(argument, Var) ||
            get_attnum(relation, name) != ((const Var *)argument)->varattno) {
            return false;
        }
    }
    return true;
}
