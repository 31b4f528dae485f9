/* See row_relation.h. */
#include "pg/graph/row_relation.h"

#include "access/table.h"
#include "catalog/namespace.h"
#include "catalog/pg_class.h"
#include "parser/parse_coerce.h"
#include "storage/lmgr.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/syscache.h"
#include "utils/varlena.h"

enum { SHOWN_COLUMNS = 30 };

static bool
has_rows(char kind)
{
    return kind == RELKIND_RELATION || kind == RELKIND_PARTITIONED_TABLE || kind == RELKIND_VIEW ||
           kind == RELKIND_MATVIEW || kind == RELKIND_FOREIGN_TABLE;
}

/* The name is resolved and locked together: a relation that takes its name afterwards is not taken
 * for it. */
void
rp_row_relation_find(const char *name, RpRowRelation *rows)
{
    RangeVar *range = makeRangeVarFromNameList(textToQualifiedNameList(cstring_to_text(name)));
    Oid oid = RangeVarGetRelid(range, AccessShareLock, true);
    Form_pg_class row;
    HeapTuple tuple;

    if (!OidIsValid(oid)) {
        ereport(ERROR, (errcode(ERRCODE_UNDEFINED_TABLE),
                        errmsg("relation %s of a graph's source does not exist", name),
                        errdetail("It was dropped or renamed after it was registered."),
                        errhint("Name it as before, or drop the graph and register it again.")));
    }
    tuple = SearchSysCache1(RELOID, ObjectIdGetDatum(oid));
    if (!HeapTupleIsValid(tuple)) {
        elog(ERROR, "cache lookup failed for relation %u", oid);
    }
    row = (Form_pg_class)GETSTRUCT(tuple);
    *rows = (RpRowRelation){.relation = oid,
                            .name = pstrdup(name),
                            .kind = row->relkind,
                            .has_children = row->relhassubclass,
                            .owner = row->relowner};
    ReleaseSysCache(tuple);
    if (!has_rows(rows->kind)) {
        ereport(ERROR, (errcode(ERRCODE_WRONG_OBJECT_TYPE), errmsg("%s has no rows", name),
                        errdetail_relkind_not_supported(rows->kind)));
    }
}

/* The names of a relation's columns, for a HINT. */
static char *
column_names(Oid relation)
{
    Relation opened = table_open(relation, NoLock);
    TupleDesc descriptor = RelationGetDescr(opened);
    StringInfoData names;
    int count = 0;

    initStringInfo(&names);
    for (int i = 0; i < descriptor->natts && count <= SHOWN_COLUMNS; i++) {
        Form_pg_attribute attribute = TupleDescAttr(descriptor, i);

        if (!attribute->attisdropped) {
            appendStringInfo(&names, "%s%s", count > 0 ? ", " : "",
                             count < SHOWN_COLUMNS ? NameStr(attribute->attname) : "…");
            count++;
        }
    }
    table_close(opened, NoLock);
    return names.data;
}

/* Each column once, however many positions name it. has_virtual decides how the rows are read
 * (row_scan.c). */
int
rp_row_relation_attribute(RpRowRelation *rows, AttrNumber number)
{
    RpRowColumn *column;
    HeapTuple tuple;
    Form_pg_attribute attribute;

    for (uint32 i = 0; i < rows->column_count; i++) {
        if (rows->columns[i].number == number) {
            return (int)i;
        }
    }
    rows->columns =
        rows->columns == NULL
            ? palloc(sizeof(RpRowColumn))
            : repalloc(rows->columns, sizeof(RpRowColumn) * ((Size)rows->column_count + 1));
    tuple = SearchSysCache2(ATTNUM, ObjectIdGetDatum(rows->relation), Int16GetDatum(number));
    if (!HeapTupleIsValid(tuple)) {
        elog(ERROR, "cache lookup failed for attribute %d of relation %u", number, rows->relation);
    }
    attribute = (Form_pg_attribute)GETSTRUCT(tuple);
    column = &rows->columns[rows->column_count];
    *column = (RpRowColumn){.name = pstrdup(NameStr(attribute->attname)),
                            .number = number,
                            .type = attribute->atttypid,
                            .base_type = getBaseType(attribute->atttypid),
                            .length = attribute->attlen,
                            .is_by_value = attribute->attbyval};
    rows->has_virtual = rows->has_virtual || RP_IS_VIRTUAL(attribute);
    ReleaseSysCache(tuple);
    return (int)rows->column_count++;
}

int
rp_row_relation_column(RpRowRelation *rows, const char *column, const char *option)
{
    AttrNumber number = get_attnum(rows->relation, column);

    if (number == InvalidAttrNumber || number < 0) {
        ereport(ERROR, (errcode(ERRCODE_UNDEFINED_COLUMN),
                        errmsg("column \"%s\" of relation %s does not exist", column, rows->name),
                        errdetail("The option %s of a graph's source names it.", option),
                        errhint("The relation has the columns %s.", column_names(rows->relation))));
    }
    return rp_row_relation_attribute(rows, number);
}

void
rp_row_append_select(StringInfo query, const RpRowRelation *rows)
{
    appendStringInfoString(query, "SELECT ");
    for (uint32 i = 0; i < rows->column_count; i++) {
        appendStringInfo(query, "%s%s", i > 0 ? ", " : "", quote_identifier(rows->columns[i].name));
    }
    appendStringInfo(query, " FROM %s", rows->name);
}

/* By the base type: a domain over text is text. What is binary coercible to text has its bytes. */
RpColumnClass
rp_row_column_class(const RpRowRelation *rows, int column, Oid namespace)
{
    Oid type = rows->columns[column].base_type;

    if (type == GetSysCacheOid2(TYPENAMENSP, Anum_pg_type_oid, CStringGetDatum("rdf_term"),
                                ObjectIdGetDatum(namespace))) {
        return RP_COLUMN_TERM;
    }
    switch (type) {
    case INT2OID:
    case INT4OID:
    case INT8OID:
        return RP_COLUMN_INTEGER;
    case BOOLOID:
        return RP_COLUMN_BOOLEAN;
    case NUMERICOID:
        return RP_COLUMN_NUMERIC;
    case UUIDOID:
        return RP_COLUMN_UUID;
    case BYTEAOID:
        return RP_COLUMN_BYTEA;
    case BPCHAROID: /* but for its padding, which is no part of a value */
        return RP_COLUMN_TEXT;
    case CHAROID:
        return RP_COLUMN_CODE;
    default:
        return IsBinaryCoercible(type, TEXTOID)    ? RP_COLUMN_TEXT
               : get_typtype(type) == TYPTYPE_ENUM ? RP_COLUMN_CODE
                                                   : RP_COLUMN_OTHER;
    }
}

void
rp_row_column_refuse(const RpRowRelation *rows, int column, const char *option, const char *wanted)
{
    ereport(ERROR, (errcode(ERRCODE_DATATYPE_MISMATCH),
                    errmsg("column \"%s\" of relation %s is of type %s", rows->columns[column].name,
                           rows->name, format_type_be(rows->columns[column].type)),
                    errdetail("The option %s of a graph's source wants a column of type %s.",
                              option, wanted)));
}
