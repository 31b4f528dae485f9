/* See source_index.h. */
#include "pg/graph/source_index.h"

#include "access/genam.h"
#include "access/table.h"
#include "catalog/pg_am.h"
#include "catalog/pg_class.h"
#include "catalog/pg_index.h"
#include "optimizer/optimizer.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/ruleutils.h"
#include "utils/syscache.h"

#include "pg/graph/object_clause.h"
#include "pg/graph/owner_scope.h"
#include "pg/graph/row_filter.h"

/* What an index must be. */
typedef struct WantedIndex {
    AttrNumber first;    /* its first column */
    AttrNumber second;   /* the second one, in either order; 0: any */
    bool may_be_hash;    /* of one column */
    bool is_unique;      /* with the first column alone, at any moment */
    List *holds_for_all; /* conditions that all rows that are looked for meet */
} WantedIndex;

/* A unique index over more columns than the id lets two rows have one id. */
static bool
has_columns(const Form_pg_index row, const WantedIndex *wanted)
{
    const int16 *keys = row->indkey.values;

    if (wanted->is_unique) {
        return row->indnkeyatts == 1 && keys[0] == wanted->first;
    }
    if (wanted->second == InvalidAttrNumber || wanted->second == wanted->first) {
        return keys[0] == wanted->first;
    }
    return row->indnkeyatts >= 2 && ((keys[0] == wanted->first && keys[1] == wanted->second) ||
                                     (keys[0] == wanted->second && keys[1] == wanted->first));
}

/* An index that is being built, or that failed to be, is not valid. A unique constraint that is
 * checked at commit only lets an id mean two terms for the time of a transaction. A partial index
 * serves where its condition follows from what all rows have that are looked for. */
static bool
serves(Relation index, const WantedIndex *wanted)
{
    const Form_pg_index row = index->rd_index;
    Oid method = index->rd_rel->relam;

    if (!row->indisvalid || !has_columns(row, wanted) ||
        (method != BTREE_AM_OID && !(method == HASH_AM_OID && wanted->may_be_hash)) ||
        (wanted->is_unique && !(row->indisunique && row->indimmediate))) {
        return false;
    }
    return predicate_implied_by(RelationGetIndexPredicate(index), wanted->holds_for_all, false);
}

/* InvalidOid: there is none. In the owner's name: looking at the predicate of an index calls its
 * functions of constants, and who looks may be anybody. */
static Oid
find_index(Oid relation, const WantedIndex *wanted)
{
    Relation opened = table_open(relation, NoLock);
    List *indexes = RelationGetIndexList(opened);
    Oid found = InvalidOid;
    RpOwnerScope scope;
    ListCell *cell;

    rp_owner_scope_begin(&scope, opened->rd_rel->relowner);
    foreach (cell, indexes) {
        Relation index = index_open(lfirst_oid(cell), AccessShareLock);

        if (!OidIsValid(found) && serves(index, wanted)) {
            found = lfirst_oid(cell);
        }
        index_close(index, AccessShareLock);
    }
    rp_owner_scope_end(&scope);
    list_free(indexes);
    table_close(opened, NoLock);
    return found;
}

static bool
has_index(Oid relation, const WantedIndex *wanted)
{
    return OidIsValid(find_index(relation, wanted));
}

/* Views and foreign tables have no index of ours to ask for; nor has a table an index that reaches
 * the tables that inherit from it. */
static bool
can_have_indexes(const RpRowRelation *rows)
{
    return rows->kind == RELKIND_MATVIEW || rows->kind == RELKIND_PARTITIONED_TABLE ||
           (rows->kind == RELKIND_RELATION && !rows->has_children);
}

static AttrNumber
attribute(const RpRowRelation *rows, int column)
{
    return column == RP_NO_COLUMN ? InvalidAttrNumber : rows->columns[column].number;
}

static const char *
column_name(const RpRowRelation *rows, int column)
{
    return quote_identifier(rows->columns[column].name);
}

/* Made in the current memory context; the statement is what a user may run as it stands. */
static RpMissingIndex *
missing(const RpRowRelation *rows, const char *purpose, char *statement, RpMissingIndex *next)
{
    RpMissingIndex *index = palloc(sizeof(RpMissingIndex));

    *index = (RpMissingIndex){rows->name, purpose, statement, next};
    return index;
}

/* A hash index does: terms are looked for by equality alone, and a lexical form may be longer than
 * a btree allows. */
static RpMissingIndex *
missing_of_dictionary(const RpGraphDictionary *dictionary)
{
    const RpRowRelation *rows = &dictionary->rows;
    WantedIndex wanted = {.first = attribute(rows, dictionary->term.value), .may_be_hash = true};

    if (!can_have_indexes(rows) || has_index(rows->relation, &wanted)) {
        return NULL;
    }
    return missing(rows, "finding the ids of a term",
                   psprintf("CREATE INDEX ON %s USING hash (%s)", rows->name,
                            column_name(rows, dictionary->term.value)),
                   NULL);
}

/* A condition as a user would write it, with the server's schema on his search_path. */
static char *
readable(const char *clause)
{
    StringInfoData text;

    initStringInfo(&text);
    while (*clause != '\0') {
        static const char operator[] = "OPERATOR(pg_catalog.<>)";
        static const char schema[] = "pg_catalog.";

        if (strncmp(clause, operator, sizeof(operator) - 1) == 0) {
            appendStringInfoString(&text, "<>");
            clause += sizeof(operator) - 1;
        } else if (strncmp(clause, schema, sizeof(schema) - 1) == 0) {
            clause += sizeof(schema) - 1;
        } else {
            appendStringInfoChar(&text, *clause++);
        }
    }
    return text.data;
}

/* Evaluation goes backwards over sh:inversePath, and judging a change from objects to subjects. */
static RpMissingIndex *
missing_for_objects(const RpGraphSource *source, List *conditions, RpMissingIndex *next)
{
    const RpRowRelation *rows = &source->rows;
    int object = rp_object_column(source);
    int predicate = source->places[RP_POSITION_PREDICATE].value;
    char *clause = rp_object_clause(source);
    WantedIndex wanted = {.first = attribute(rows, object),
                          .second = attribute(rows, predicate),
                          .holds_for_all = conditions};

    if (object == RP_NO_COLUMN) {
        return next;
    }
    if (clause != NULL) {
        wanted.holds_for_all = list_concat_copy(conditions, rp_row_condition_parse(clause, rows));
    }
    if (has_index(rows->relation, &wanted)) {
        return next;
    }
    return missing(rows, "finding the triples of an object",
                   psprintf("CREATE INDEX ON %s (%s%s%s)%s%s", rows->name,
                            column_name(rows, object), predicate == RP_NO_COLUMN ? "" : ", ",
                            predicate == RP_NO_COLUMN ? "" : column_name(rows, predicate),
                            clause == NULL ? "" : " WHERE ",
                            clause == NULL ? "" : readable(clause)),
                   next);
}

/* The predicate is no must: most subjects have few triples, and all of them are read for little
 * more. */
static RpMissingIndex *
missing_for_subjects(const RpGraphSource *source, List *conditions, RpMissingIndex *next)
{
    const RpRowRelation *rows = &source->rows;
    int subject = source->places[RP_POSITION_SUBJECT].value;
    int predicate = source->places[RP_POSITION_PREDICATE].value;
    WantedIndex wanted = {.first = attribute(rows, subject), .holds_for_all = conditions};

    if (subject == RP_NO_COLUMN || has_index(rows->relation, &wanted)) {
        return next;
    }
    return missing(rows, "finding the triples of a subject",
                   psprintf("CREATE INDEX ON %s (%s%s%s)", rows->name, column_name(rows, subject),
                            predicate == RP_NO_COLUMN ? "" : ", ",
                            predicate == RP_NO_COLUMN ? "" : column_name(rows, predicate)),
                   next);
}

/* What a query for objects says of a row besides, as a list of clauses. */
static List *
conditions_of(const RpGraphSource *source, bool is_of_object, bool is_literal)
{
    char *clause = is_of_object && !is_literal ? rp_object_clause(source) : NULL;
    List *conditions = NIL;

    if (source->filter_text != NULL) {
        conditions = rp_row_condition_parse(source->filter_text, &source->rows);
    }
    return clause == NULL ? conditions
                          : list_concat(conditions, rp_row_condition_parse(clause, &source->rows));
}

/* A partitioned table has an index of each partition, and a query finds those. */
Oid
rp_source_index_find(const RpGraphSource *source, bool is_of_object, bool is_literal,
                     bool by_predicate)
{
    const RpRowRelation *rows = &source->rows;
    int position = is_of_object ? RP_POSITION_OBJECT : RP_POSITION_SUBJECT;
    int column =
        is_of_object && !is_literal ? rp_object_column(source) : source->places[position].value;
    WantedIndex wanted = {.first = attribute(rows, column)};
    Oid found = InvalidOid;

    if (column == RP_NO_COLUMN || rows->kind == RELKIND_PARTITIONED_TABLE ||
        !can_have_indexes(rows)) {
        return InvalidOid;
    }
    wanted.holds_for_all = conditions_of(source, is_of_object, is_literal);
    if (by_predicate) {
        wanted.second = attribute(rows, source->places[RP_POSITION_PREDICATE].value);
        found = find_index(rows->relation, &wanted);
        wanted.second = InvalidAttrNumber;
    }
    return OidIsValid(found) ? found : find_index(rows->relation, &wanted);
}

Oid
rp_dictionary_index_find(const RpGraphDictionary *dictionary, bool is_of_term)
{
    const RpRowRelation *rows = &dictionary->rows;
    WantedIndex wanted = {.first =
                              attribute(rows, is_of_term ? dictionary->term.value : dictionary->id),
                          .may_be_hash = is_of_term,
                          .is_unique = !is_of_term};

    return rows->kind == RELKIND_PARTITIONED_TABLE || !can_have_indexes(rows)
               ? InvalidOid
               : find_index(rows->relation, &wanted);
}

RpMissingIndex *
rp_source_index_missing(const RpGraphSource *source)
{
    RpMissingIndex *found = NULL;
    List *conditions = NIL;

    if (source->dictionary != NULL) {
        found = missing_of_dictionary(source->dictionary);
    }
    if (!can_have_indexes(&source->rows)) {
        return found;
    }
    if (source->filter_text != NULL) {
        conditions = rp_row_condition_parse(source->filter_text, &source->rows);
    }
    found = missing_for_objects(source, conditions, found);
    return missing_for_subjects(source, conditions, found);
}

/* ERROR 42830, as of a foreign key that refers to what is not unique. Not asked of views: nothing
 * could promise it. */
void
rp_source_index_require_unique(const RpGraphDictionary *dictionary)
{
    const RpRowRelation *rows = &dictionary->rows;
    WantedIndex wanted = {.first = attribute(rows, dictionary->id), .is_unique = true};

    if (!can_have_indexes(rows) || has_index(rows->relation, &wanted)) {
        return;
    }
    ereport(ERROR, (errcode(ERRCODE_INVALID_FOREIGN_KEY),
                    errmsg("the ids of dictionary %s are not unique", rows->name),
                    errdetail("There is no unique index on column \"%s\" alone.",
                              rows->columns[dictionary->id].name),
                    errhint("CREATE UNIQUE INDEX ON %s (%s)", rows->name,
                            column_name(rows, dictionary->id))));
}
