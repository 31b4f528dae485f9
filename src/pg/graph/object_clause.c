/* See object_clause.h. */
#include "pg/graph/object_clause.h"

#include "utils/lsyscache.h"

int
rp_object_column(const RpGraphSource *source)
{
    const RpTermPlace *place = &source->places[RP_POSITION_OBJECT];

    if (place->form == RP_FORM_PLAIN) {
        return place->iri != RP_NO_COLUMN    ? place->iri
               : place->kind != RP_NO_COLUMN ? place->value
                                             : RP_NO_COLUMN;
    }
    return place->value;
}

/* Codes of literals, as constants that are compared with the column of kinds. */
static char *
kind_clause(const RpGraphSource *source, const RpTermPlace *place)
{
    const RpRowColumn *column = &source->rows.columns[place->kind];
    StringInfoData clause;
    bool is_first = true;

    initStringInfo(&clause);
    for (uint32 i = 0; i < place->kinds.count; i++) {
        const RpKindCode *code = &place->kinds.codes[i];

        if (code->kinds[RP_POSITION_OBJECT] == RP_LITERAL) {
            appendStringInfo(
                &clause, "%s%s%s%s OPERATOR(pg_catalog.<>) %s", is_first ? "" : " AND ",
                quote_identifier(column->name), column->type == column->base_type ? "" : "::",
                column->type == column->base_type ? ""
                                                  : format_type_be_qualified(column->base_type),
                quote_literal_cstr(code->text));
            is_first = false;
        }
    }
    return is_first ? NULL : clause.data;
}

/* Literals may be longer than a btree takes, so the index of objects leaves them out. Both the
 * index and the look-up have this text, or the planner would not see that one serves the other.
 * NULL: no object has to be left out. */
char *
rp_object_clause(const RpGraphSource *source)
{
    const RpTermPlace *place = &source->places[RP_POSITION_OBJECT];
    const char *column = place->value == RP_NO_COLUMN
                             ? NULL
                             : quote_identifier(source->rows.columns[place->value].name);

    switch (place->form) {
    case RP_FORM_TERM:
        return psprintf("%s.rdf_kind(%s) OPERATOR(pg_catalog.<>) 'literal'",
                        quote_identifier(get_namespace_name(source->namespace)), column);
    case RP_FORM_NTRIPLES:
        return psprintf("pg_catalog.left(%s, 1) OPERATOR(pg_catalog.<>) '\"'", column);
    case RP_FORM_PLAIN:
        return place->iri == RP_NO_COLUMN && place->kind != RP_NO_COLUMN
                   ? kind_clause(source, place)
                   : NULL;
    default:
        return NULL;
    }
}
