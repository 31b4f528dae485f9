/* See kind_map.h. */
#include "pg/graph/kind_map.h"

#include "catalog/pg_enum.h"
#include "lib/stringinfo.h"
#include "utils/catcache.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"

/* What is understood without the option kinds, and the kinds that it may name. */
static const struct {
    const char *word;
    RpTermKind kind;
} words[] = {
    {"iri", RP_IRI},     {"uri", RP_IRI},         {"blank", RP_BLANK},
    {"bnode", RP_BLANK}, {"literal", RP_LITERAL},
};

/* ERROR 22023. */
static RpTermKind
kind_of_word(const JsonbValue *value)
{
    for (int i = 0; i < (int)lengthof(words); i++) {
        if (value->type == jbvString && value->val.string.len == (int)strlen(words[i].word) &&
            memcmp(value->val.string.val, words[i].word, (Size)value->val.string.len) == 0) {
            return words[i].kind;
        }
    }
    ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                    errmsg("option kinds has a kind that is none"),
                    errhint("Kinds are \"iri\", \"blank\" and \"literal\".")));
    return 0;
}

/* One kind in every position, a dictionary's rows among them. */
static void
set_all(RpKindCode *code, RpTermKind kind)
{
    for (int i = 0; i < (int)lengthof(code->kinds); i++) {
        code->kinds[i] = kind;
    }
}

/* A code that serves several positions: {"subject": "iri", "object": "literal", …}. */
static void
read_positions(JsonbContainer *object, RpKindCode *code)
{
    JsonbIterator *iterator = JsonbIteratorInit(object);
    JsonbValue key;
    JsonbIteratorToken token;

    while ((token = JsonbIteratorNext(&iterator, &key, true)) != WJB_DONE) {
        int position = 0;
        JsonbValue value;

        if (token != WJB_KEY) {
            continue;
        }
        while (position < RP_POSITION_COUNT &&
               (key.val.string.len != (int)strlen(rp_term_position_name(position)) ||
                memcmp(key.val.string.val, rp_term_position_name(position),
                       (Size)key.val.string.len) != 0)) {
            position++;
        }
        if (position == RP_POSITION_COUNT) {
            ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                            errmsg("option kinds names a position \"%.*s\" that no triple has",
                                   key.val.string.len, key.val.string.val),
                            errhint("Positions are subject, predicate, object and graph.")));
        }
        (void)JsonbIteratorNext(&iterator, &value, true);
        code->kinds[position] = kind_of_word(&value);
    }
}

/* Copied: the option is of the call that registers, or of a row of the catalog. */
static void
read_code(const JsonbValue *key, const JsonbValue *value, RpKindCode *code)
{
    *code = (RpKindCode){.text = pnstrdup(key->val.string.val, (Size)key->val.string.len)};
    if (value->type == jbvBinary && JsonContainerIsObject(value->val.binary.data)) {
        read_positions(value->val.binary.data, code);
    } else {
        set_all(code, kind_of_word(value));
    }
}

/* Two codes may be of one kind; a code that no row has does no harm. */
static void
read_codes(Jsonb *kinds, RpKindMap *map)
{
    JsonbIterator *iterator;
    JsonbValue key;
    JsonbIteratorToken token;
    RpKindCode *codes;

    if (!JB_ROOT_IS_OBJECT(kinds) || JB_ROOT_COUNT(kinds) == 0) {
        ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                        errmsg("option kinds must be an object of codes and kinds"),
                        errhint("For example '{\"1\": \"iri\", \"2\": \"blank\", "
                                "\"3\": \"literal\"}'.")));
    }
    codes = palloc(sizeof(RpKindCode) * JB_ROOT_COUNT(kinds));
    iterator = JsonbIteratorInit(&kinds->root);
    while ((token = JsonbIteratorNext(&iterator, &key, true)) != WJB_DONE) {
        JsonbValue value;

        if (token == WJB_KEY) {
            (void)JsonbIteratorNext(&iterator, &value, true);
            read_code(&key, &value, &codes[map->count++]);
        }
    }
    map->codes = codes;
}

/* A column that says it in words needs no option. Integers do: what 1 means differs from schema to
 * schema. */
static void
read_words(RpKindMap *map)
{
    RpKindCode *codes = palloc0(sizeof(RpKindCode) * lengthof(words));

    for (int i = 0; i < (int)lengthof(words); i++) {
        codes[i].text = words[i].word;
        set_all(&codes[i], words[i].kind);
    }
    *map = (RpKindMap){.count = lengthof(words), .codes = codes};
}

/* Codes of numbers and booleans are compared as numbers. */
static void
read_numbers(const RpRowRelation *rows, int column, RpColumnClass class, RpKindMap *map)
{
    map->are_numbers = true;
    for (uint32 i = 0; i < map->count; i++) {
        RpKindCode *code = (RpKindCode *)&map->codes[i];
        char *end;
        bool truth;

        errno = 0;
        if (class == RP_COLUMN_INTEGER) {
            code->number = strtoll(code->text, &end, 10);
            if (end != code->text && *end == '\0' && errno == 0) {
                continue;
            }
        } else if (parse_bool(code->text, &truth)) {
            code->number = truth;
            continue;
        }
        ereport(ERROR, (errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
                        errmsg("option kinds has a code \"%s\" that is no value of column \"%s\"",
                               code->text, rows->columns[column].name),
                        errdetail("The column is of type %s.",
                                  format_type_be(rows->columns[column].type))));
    }
}

/* Codes of an enum are labels of it: words that are none are left out, codes refused. */
static void
check_labels(Oid type, bool are_words, RpKindMap *map)
{
    uint32 kept = 0;

    for (uint32 i = 0; i < map->count; i++) {
        RpKindCode *codes = (RpKindCode *)map->codes;
        bool is_label = SearchSysCacheExists2(ENUMTYPOIDNAME, ObjectIdGetDatum(type),
                                              CStringGetDatum(codes[i].text));

        if (is_label) {
            codes[kept++] = codes[i];
        } else if (!are_words) {
            ereport(ERROR, (errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
                            errmsg("option kinds has a code \"%s\" that is no value of type %s",
                                   codes[i].text, format_type_be(type))));
        }
    }
    map->count = kept;
}

/* Codes of numbers are never guessed: schemas number the kinds differently. */
void
rp_kind_map_read(const RpRowRelation *rows, int column, RpColumnClass class, Jsonb *kinds,
                 const char *option, RpKindMap *map)
{
    *map = (RpKindMap){0};
    if (class != RP_COLUMN_TEXT && class != RP_COLUMN_CODE && class != RP_COLUMN_INTEGER &&
        class != RP_COLUMN_BOOLEAN) {
        rp_row_column_refuse(rows, column, option, "text, integer or boolean, or an enum");
    }
    if (kinds != NULL) {
        read_codes(kinds, map);
    } else if (class == RP_COLUMN_TEXT || class == RP_COLUMN_CODE) {
        read_words(map);
    } else {
        ereport(ERROR,
                (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("option kinds is missing"),
                 errdetail("Column \"%s\" of relation %s, which option %s names, is of type %s: "
                           "what its values mean is not guessed.",
                           rows->columns[column].name, rows->name, option,
                           format_type_be(rows->columns[column].type)),
                 errhint("For example kinds => '{\"1\": \"iri\", \"2\": \"blank\", "
                         "\"3\": \"literal\"}'.")));
    }
    map->have_output = class == RP_COLUMN_CODE;
    if (class == RP_COLUMN_INTEGER || class == RP_COLUMN_BOOLEAN) {
        read_numbers(rows, column, class, map);
    }
    if (get_typtype(rows->columns[column].base_type) == TYPTYPE_ENUM) {
        check_labels(rows->columns[column].base_type, kinds == NULL, map);
    }
}

/* 0: the option does not say. Codes are few, so one after the other. */
RpTermKind
rp_kind_map_number(const RpKindMap *map, int64 number, RpTermPosition position)
{
    for (uint32 i = 0; i < map->count; i++) {
        if (map->codes[i].number == number) {
            return map->codes[i].kinds[position];
        }
    }
    return 0;
}

RpTermKind
rp_kind_map_text(const RpKindMap *map, RpText code, RpTermPosition position)
{
    for (uint32 i = 0; i < map->count; i++) {
        if (rp_text_equals(rp_text_from(map->codes[i].text), code)) {
            return map->codes[i].kinds[position];
        }
    }
    return 0;
}

static bool
has_code(const RpKindMap *map, const char *label)
{
    for (uint32 i = 0; i < map->count; i++) {
        if (strcmp(map->codes[i].text, label) == 0) {
            return true;
        }
    }
    return false;
}

/* Labels in the order of the type, as the catalog's rows were made. */
static int
compare_enum_rows(const ListCell *a, const ListCell *b)
{
    float4 first = ((Form_pg_enum)lfirst(a))->enumsortorder;
    float4 second = ((Form_pg_enum)lfirst(b))->enumsortorder;

    return first < second ? -1 : first > second;
}

/* The names of those that the map does not have, as texts. */
static List *
unsaid_labels(Oid type, const RpKindMap *map)
{
    CatCList *rows = SearchSysCacheList1(ENUMTYPOIDNAME, ObjectIdGetDatum(type));
    List *unsaid = NIL;
    List *labels = NIL;
    ListCell *cell;

    for (int i = 0; i < rows->n_members; i++) {
        unsaid = lappend(unsaid, GETSTRUCT(&rows->members[i]->tuple));
    }
    list_sort(unsaid, compare_enum_rows);
    foreach (cell, unsaid) {
        const char *label = NameStr(((Form_pg_enum)lfirst(cell))->enumlabel);

        if (!has_code(map, label)) {
            labels = lappend(labels, pstrdup(label));
        }
    }
    ReleaseSysCacheList(rows);
    return labels;
}

/* Of other types nobody knows what values there will be. */
void
rp_kind_map_warn(const RpRowRelation *rows, int column, const RpKindMap *map)
{
    Oid type = rows->columns[column].base_type;
    List *labels = type_is_enum(type) ? unsaid_labels(type, map) : NIL;
    StringInfoData names;
    StringInfoData example;
    ListCell *cell;

    if (labels == NIL) {
        return;
    }
    initStringInfo(&names);
    initStringInfo(&example);
    foreach (cell, labels) {
        const char *label = lfirst(cell);

        appendStringInfo(&names, "%s\"%s\"", names.len > 0 ? ", " : "", label);
        appendStringInfo(&example, "%s\"%s\": \"literal\"", example.len > 0 ? ", " : "", label);
    }
    ereport(
        WARNING,
        (errmsg("option kinds does not say what all values of type %s are", format_type_be(type)),
         errdetail("A row of relation %s is an error that has one of these in column \"%s\": %s.",
                   rows->name, rows->columns[column].name, names.data),
         errhint("If they are literals: kinds => '{…, %s}'.", example.data)));
}
