/*
 * See trigger_rights.h. The server's own rule is ExecBuildSlotValueDescription's, which knows the
 * relation that the statement named; a trigger sees the partition alone. A role that may read the
 * column by any ancestor of the partition can read the row anyway.
 */
#include "pg/judge/trigger_rights.h"

#include "miscadmin.h"
#include "access/htup_details.h"
#include "access/sysattr.h"
#include "catalog/partition.h"
#include "utils/acl.h"
#include "utils/datum.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/rls.h"

static bool
has_row_security(Oid table)
{
    return check_enable_rls(table, InvalidOid, true) == RLS_ENABLED;
}

static bool
may_select(Oid table, const char *column)
{
    AttrNumber number = get_attnum(table, column);
    Oid role = GetUserId();

    return pg_class_aclcheck(table, role, ACL_SELECT) == ACLCHECK_OK ||
           (number != InvalidAttrNumber &&
            pg_attribute_aclcheck(table, number, role, ACL_SELECT) == ACLCHECK_OK);
}

static bool
differs(const TriggerData *data, int column)
{
    TupleDesc columns = RelationGetDescr(data->tg_relation);
    Form_pg_attribute attribute = TupleDescAttr(columns, column - 1);
    bool old_is_null, new_is_null;
    Datum old_value = heap_getattr(data->tg_trigtuple, column, columns, &old_is_null);
    Datum new_value = heap_getattr(data->tg_newtuple, column, columns, &new_is_null);

    return old_is_null || new_is_null ||
           !datum_image_eq(old_value, new_value, attribute->attbyval, attribute->attlen);
}

/*
 * Whether the value is the UPDATE's own. What is not: a generated column, which is computed from
 * others; a row that was changed again before the trigger ran, or may have been updated in another
 * role's name, as that of a deferrable trigger; a value that is as before, since the columns that a
 * MERGE sets are those of all its actions. An INSERT names no columns here, nor does an UPDATE that
 * moves a row to another partition.
 */
static bool
is_set_by_update(const TriggerData *data, HeapTuple row, int column)
{
    TupleDesc columns = RelationGetDescr(data->tg_relation);

    return TRIGGER_FIRED_BY_UPDATE(data->tg_event) && row == data->tg_newtuple &&
           !data->tg_trigger->tgdeferrable &&
           TupleDescAttr(columns, column - 1)->attgenerated == '\0' &&
           bms_is_member(column - FirstLowInvalidHeapAttributeNumber, data->tg_updatedcols) &&
           differs(data, column);
}

bool
rp_trigger_shows_value(const TriggerData *data, HeapTuple row, int column)
{
    Relation table = data->tg_relation;
    const char *name = NameStr(TupleDescAttr(RelationGetDescr(table), column - 1)->attname);
    List *lineage =
        table->rd_rel->relispartition ? get_partition_ancestors(RelationGetRelid(table)) : NIL;
    bool is_secured = false;
    ListCell *cell;

    foreach (cell, lcons_oid(RelationGetRelid(table), lineage)) {
        if (has_row_security(lfirst_oid(cell))) {
            is_secured = true;
        } else if (may_select(lfirst_oid(cell), name)) {
            return true;
        }
    }
    return !is_secured && is_set_by_update(data, row, column);
}
