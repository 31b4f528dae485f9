/* See row_error.h. */
#include "pg/graph/row_error.h"

#include "access/table.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"

/* By the type's output function, and cut: a message must not carry a document. */
void
rp_row_append_value(StringInfo out, Datum value, bool is_null, Oid type)
{
    RpShown shown;
    Oid output;
    bool is_varlena;

    if (is_null) {
        appendStringInfoString(out, "NULL");
        return;
    }
    getTypeOutputInfo(type, &output, &is_varlena);
    appendStringInfoString(
        out, rp_text_show(rp_text_from(OidOutputFunctionCall(output, value)), &shown));
}

/* The columns that are read of it, in the form of the server's own messages about keys. */
char *
rp_row_describe(const RpRowRelation *rows, const Datum *values, const bool *nulls)
{
    StringInfoData out;

    initStringInfo(&out);
    for (uint32 i = 0; i < rows->column_count; i++) {
        appendStringInfo(&out, "%s%s", i > 0 ? ", " : "(", rows->columns[i].name);
    }
    appendStringInfoString(&out, ")=");
    for (uint32 i = 0; i < rows->column_count; i++) {
        appendStringInfoString(&out, i > 0 ? ", " : "(");
        rp_row_append_value(&out, values[i], nulls[i], rows->columns[i].type);
    }
    appendStringInfo(&out, ") of relation %s", rows->name);
    return out.data;
}

/* ERROR 22P02, with the column's name in its field, so that a program can tell which. */
void
rp_row_error_raise(const RpRowRelation *rows, int column, const char *what, const char *row,
                   const RpError *error)
{
    const RpRowColumn *blamed = column == RP_NO_COLUMN ? NULL : &rows->columns[column];
    Relation relation = table_open(rows->relation, NoLock);

    ereport(ERROR, (errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
                    errmsg("column \"%s\" is no %s in row %s", blamed == NULL ? "" : blamed->name,
                           what, row),
                    errdetail_internal("%s", error->message),
                    error->hint[0] == '\0' ? 0 : errhint("%s", error->hint),
                    blamed == NULL ? 0 : errtablecol(relation, blamed->number)));
}
