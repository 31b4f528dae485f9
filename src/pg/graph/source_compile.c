/*
 * Compiling a source: every option is looked at, and one that has no use beside the others is
 * refused, since it would be read otherwise than whoever gave it believes.
 */
#include "pg/graph/source_compile.h"

#include "access/genam.h"
#include "catalog/objectaddress.h"
#include "catalog/pg_class.h"
#include "utils/acl.h"
#include "utils/lsyscache.h"

#include "pg/graph/kind_map.h"
#include "pg/graph/row_filter.h"
#include "pg/graph/row_relation.h"
#include "pg/graph/source_index.h"
#include "pg/graph/term_reader.h"
#include "pg/server/bridge.h"

typedef struct SourceCompiler {
    const RpSourceOptions *options;
    Oid namespace;
    bool is_plain; /* encoding => 'plain' */
    bool is_used[RP_OPTION_COUNT];
    RpGraphSource *source;
} SourceCompiler;

/* An option's text, NULL where it is not given. What is taken is of use: see refuse_unused. */
static const char *
take(SourceCompiler *compiler, RpSourceOption option)
{
    if (option == RP_OPTION_NONE) {
        return NULL;
    }
    compiler->is_used[option] = true;
    return compiler->options->texts[option];
}

/* ERROR 22023, with what the option is for and how it is given. */
static RP_NORETURN void
refuse_missing(const char *option, const char *detail, const char *hint)
{
    ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                    errmsg("option %s of a graph's source is missing", option),
                    errdetail("%s", detail), errhint("%s", hint)));
}

/* Whether an option is a term and not a column's name. */
static bool
is_constant(const char *text)
{
    return text[0] == '<' || text[0] == '"' || strncmp(text, "_:", 2) == 0;
}

/* It lives as long as the source: it is parsed into the current memory context. ERROR 22P02. */
static void
read_constant(const char *text, RpTermPosition position, RpTermPlace *place)
{
    RpError error;

    place->form = RP_FORM_CONSTANT;
    RP_BRIDGE_TRY(rp_term_parse(rp_bridge_arena(CurrentMemoryContext, 0), rp_text_from(text),
                                &place->constant, &error),
                  &error);
    if (rp_term_position_check(position, &place->constant, &error) != RP_OK) {
        ereport(ERROR,
                (errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
                 errmsg("%s cannot be the %s of a triple", text, rp_term_position_name(position))));
    }
}

/* A column of IRIs, datatypes or languages alone. RP_NO_COLUMN: the option is not given. ERROR
 * 42703, 42804. */
static int
text_column(SourceCompiler *compiler, RpRowRelation *rows, RpSourceOption option)
{
    const char *text = take(compiler, option);
    const char *name = rp_source_option_name(option);
    int column;

    if (text == NULL) {
        return RP_NO_COLUMN;
    }
    column = rp_row_relation_column(rows, text, name);
    if (rp_row_column_class(rows, column, compiler->namespace) != RP_COLUMN_TEXT) {
        rp_row_column_refuse(rows, column, name, "text");
    }
    return column;
}

/* The option kinds belongs to every column of kinds; it is of use where there is one at least. */
static void
read_kind(SourceCompiler *compiler, RpRowRelation *rows, RpSourceOption option, RpTermPlace *place)
{
    const char *text = take(compiler, option);

    if (text == NULL) {
        return;
    }
    place->kind = rp_row_relation_column(rows, text, rp_source_option_name(option));
    rp_kind_map_read(rows, place->kind, rp_row_column_class(rows, place->kind, compiler->namespace),
                     compiler->options->kinds, rp_source_option_name(option), &place->kinds);
    compiler->is_used[RP_OPTION_KINDS] = true;
}

/* The types that ids may have: id_table.c compares them as numbers or as bytes. */
static bool
id_type_of(RpColumnClass class, RpIdType *type)
{
    switch (class) {
    case RP_COLUMN_INTEGER:
        *type = RP_ID_INTEGER;
        return true;
    case RP_COLUMN_NUMERIC:
        *type = RP_ID_NUMERIC;
        return true;
    case RP_COLUMN_UUID:
        *type = RP_ID_UUID;
        return true;
    case RP_COLUMN_BYTEA:
        *type = RP_ID_BYTEA;
        return true;
    default:
        return false;
    }
}

/* A column of ids must be of the type of the dictionary's. */
static void
check_id(SourceCompiler *compiler, const RpGraphDictionary *dictionary, const RpRowRelation *rows,
         int column, const char *option)
{
    RpIdType type;

    if (!id_type_of(rp_row_column_class(rows, column, compiler->namespace), &type) ||
        type != dictionary->id_type) {
        rp_row_column_refuse(
            rows, column, option,
            psprintf("%s, as the dictionary's ids are",
                     format_type_be(dictionary->rows.columns[dictionary->id].type)));
    }
}

/* The form of a column of terms or text, without ids. */
static RpTermForm
form_of_column(SourceCompiler *compiler, const RpRowRelation *rows, int column, const char *option)
{
    switch (rp_row_column_class(rows, column, compiler->namespace)) {
    case RP_COLUMN_TERM:
        return RP_FORM_TERM;
    case RP_COLUMN_TEXT:
        compiler->is_used[RP_OPTION_ENCODING] = true;
        return compiler->is_plain ? RP_FORM_PLAIN : RP_FORM_NTRIPLES;
    default:
        rp_row_column_refuse(rows, column, option,
                             "rdf_term or text, or, with the option terms, of ids");
    }
}

/* A position whose option is given, as a constant or a column. */
static void
read_place(SourceCompiler *compiler, RpTermPosition position, RpSourceOption option,
           RpSourceOption kind_option)
{
    RpRowRelation *rows = &compiler->source->rows;
    RpTermPlace *place = &compiler->source->places[position];
    const char *text = take(compiler, option);
    const char *name = rp_source_option_name(option);

    if (text == NULL) {
        return;
    }
    if (is_constant(text)) {
        read_constant(text, position, place);
        return;
    }
    place->value = rp_row_relation_column(rows, text, name);
    if (compiler->source->dictionary != NULL) {
        place->form = RP_FORM_ID;
        check_id(compiler,
                 position == RP_POSITION_GRAPH ? compiler->source->graph_dictionary
                                               : compiler->source->dictionary,
                 rows, place->value, name);
        return;
    }
    place->form = form_of_column(compiler, rows, place->value, name);
    if (place->form == RP_FORM_PLAIN) {
        read_kind(compiler, rows, kind_option, place);
    }
}

/*
 * Plain text does not say by itself whether it is an IRI or a literal: a column of kinds does, or
 * there is a column for IRIs, or all are literals, which a column of datatypes or languages says.
 */
static void
read_plain_object(SourceCompiler *compiler, RpTermPlace *place)
{
    RpRowRelation *rows = &compiler->source->rows;

    place->iri = text_column(compiler, rows, RP_OPTION_OBJECT_IRI);
    place->datatype = text_column(compiler, rows, RP_OPTION_DATATYPE);
    place->language = text_column(compiler, rows, RP_OPTION_LANGUAGE);
    if (place->kind == RP_NO_COLUMN && place->iri == RP_NO_COLUMN &&
        place->datatype == RP_NO_COLUMN && place->language == RP_NO_COLUMN) {
        refuse_missing("object_kind",
                       "With the encoding plain it must be said which objects are IRIs, and "
                       "which are literals.",
                       "Name a column of kinds (object_kind), one that IRIs have (object_iri), or, "
                       "where all are literals, one of datatypes or languages.");
    }
    if (place->kind != RP_NO_COLUMN && place->iri != RP_NO_COLUMN) {
        ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                        errmsg("options object_kind and object_iri exclude each other"),
                        errdetail("A column of its own for IRIs says the kind already.")));
    }
}

/* With the encoding plain, a column of IRIs alone is an object already. */
static void
read_object(SourceCompiler *compiler)
{
    RpTermPlace *place = &compiler->source->places[RP_POSITION_OBJECT];

    read_place(compiler, RP_POSITION_OBJECT, RP_OPTION_OBJECT, RP_OPTION_OBJECT_KIND);
    if (place->form == RP_FORM_NONE && compiler->is_plain &&
        compiler->options->texts[RP_OPTION_OBJECT_IRI] != NULL) {
        place->form = RP_FORM_PLAIN; /* all objects are IRIs */
    }
    if (place->form == RP_FORM_NONE) {
        refuse_missing("object", "A triple has an object.",
                       "Name its column, or a constant as <iri>; with the encoding plain, "
                       "object_iri does where no object is a literal.");
    }
    if (place->form == RP_FORM_PLAIN) {
        read_plain_object(compiler, place);
    }
}

/* What the rows of the dictionary say of their terms. */
static void
read_dictionary_term(SourceCompiler *compiler, RpGraphDictionary *dictionary)
{
    RpRowRelation *rows = &dictionary->rows;
    RpTermPlace *place = &dictionary->term;
    const char *lexical = take(compiler, RP_OPTION_TERM_LEXICAL);
    const char *encoding = take(compiler, RP_OPTION_ENCODING);
    const char *datatype;

    if (lexical == NULL) {
        refuse_missing("term_lexical", "A dictionary's terms are in a column of it.",
                       "Name the column that has the IRIs, labels and lexical forms.");
    }
    place->value = rp_row_relation_column(rows, lexical, "term_lexical");
    compiler->is_plain = encoding == NULL || compiler->is_plain;
    place->form = form_of_column(compiler, rows, place->value, "term_lexical");
    if (place->form != RP_FORM_PLAIN) {
        return;
    }
    read_kind(compiler, rows, RP_OPTION_TERM_KIND, place);
    if (place->kind == RP_NO_COLUMN) {
        refuse_missing("term_kind", "The lexical forms of a dictionary do not say which are IRIs.",
                       "Name the column of kinds, or, where the terms are in N-Triples form, give "
                       "encoding => 'ntriples'.");
    }
    place->language = text_column(compiler, rows, RP_OPTION_TERM_LANGUAGE);
    datatype = take(compiler, RP_OPTION_TERM_DATATYPE);
    if (datatype != NULL) {
        place->datatype = rp_row_relation_column(rows, datatype, "term_datatype");
        place->datatype_is_id =
            rp_row_column_class(rows, place->datatype, compiler->namespace) != RP_COLUMN_TEXT;
        if (place->datatype_is_id) {
            check_id(compiler, dictionary, rows, place->datatype, "term_datatype");
        }
    }
}

/* 0 is a column's subscript, so that there is none must be said. */
static void
init_place(RpTermPlace *place, RpTermPosition position)
{
    *place = (RpTermPlace){.form = RP_FORM_NONE,
                           .position = position,
                           .value = RP_NO_COLUMN,
                           .iri = RP_NO_COLUMN,
                           .kind = RP_NO_COLUMN,
                           .datatype = RP_NO_COLUMN,
                           .language = RP_NO_COLUMN};
}

/* A graph is everybody's, and no other session could read it. */
static void
refuse_temporary(const RpRowRelation *rows)
{
    if (get_rel_persistence(rows->relation) == RELPERSISTENCE_TEMP) {
        ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                        errmsg("temporary relation %s cannot be a graph's",
                               quote_identifier(get_rel_name(rows->relation))),
                        errdetail("It is gone when this session ends.")));
    }
}

/* Before anything is looked at: rows are read, and a row filter is compiled, in the owner's name,
 * so nobody else may offer them to whoever judges. ERROR 42501. */
static void
require_ownership(const RpRowRelation *rows)
{
    if (!RP_OWNS_RELATION(rows->relation, GetUserId())) {
        aclcheck_error(ACLCHECK_NOT_OWNER, get_relkind_objtype(rows->kind),
                       get_rel_name(rows->relation));
    }
}

static void
find_relation(const SourceCompiler *compiler, const char *name, RpRowRelation *rows)
{
    rp_row_relation_find(name, rows);
    if (compiler->options->are_new) {
        require_ownership(rows);
    }
    refuse_temporary(rows);
}

/* Begin with a dictionary's relation and its ids. */
static RpGraphDictionary *
make_dictionary(SourceCompiler *compiler, const char *name, const char *id, const char *option)
{
    RpGraphDictionary *dictionary = palloc0(sizeof(RpGraphDictionary));

    dictionary->namespace = compiler->namespace;
    find_relation(compiler, name, &dictionary->rows);
    init_place(&dictionary->term, RP_POSITION_DICTIONARY);
    dictionary->plans = palloc0(sizeof(SPIPlanPtr) * RP_PLAN_COUNT);
    dictionary->indexes = palloc0(sizeof(struct RpKeyIndex *) * RP_PLAN_COUNT);
    dictionary->id = rp_row_relation_column(&dictionary->rows, id, option);
    if (!id_type_of(rp_row_column_class(&dictionary->rows, dictionary->id, compiler->namespace),
                    &dictionary->id_type)) {
        rp_row_column_refuse(&dictionary->rows, dictionary->id, option,
                             "bigint, numeric, uuid or bytea");
    }
    return dictionary;
}

/* Without option terms, term_id counts as unused where it is given, and is refused with the others.
 */
static void
read_dictionary(SourceCompiler *compiler)
{
    const char *name = take(compiler, RP_OPTION_TERMS);
    const char *id = take(compiler, RP_OPTION_TERM_ID);
    RpGraphSource *source = compiler->source;

    if (name == NULL) {
        compiler->is_used[RP_OPTION_TERM_ID] = id == NULL;
        return;
    }
    source->dictionary = make_dictionary(compiler, name, id != NULL ? id : "id", "term_id");
    read_dictionary_term(compiler, source->dictionary);
    rp_source_index_require_unique(source->dictionary);
    source->graph_dictionary = source->dictionary;
}

/* Named graphs whose ids have a dictionary of their own, where all are IRIs. */
static void
read_graph_dictionary(SourceCompiler *compiler)
{
    const char *name = take(compiler, RP_OPTION_GRAPH_TERMS);
    const char *id = take(compiler, RP_OPTION_GRAPH_TERM_ID);
    const char *lexical = take(compiler, RP_OPTION_GRAPH_TERM_LEXICAL);
    RpGraphDictionary *dictionary;

    if (name == NULL || id == NULL || lexical == NULL) {
        return;
    }
    dictionary = make_dictionary(compiler, name, id, "graph_term_id");
    dictionary->term.form = RP_FORM_PLAIN;
    dictionary->term.value =
        rp_row_relation_column(&dictionary->rows, lexical, "graph_term_lexical");
    if (rp_row_column_class(&dictionary->rows, dictionary->term.value, compiler->namespace) !=
        RP_COLUMN_TEXT) {
        rp_row_column_refuse(&dictionary->rows, dictionary->term.value, "graph_term_lexical",
                             "text");
    }
    rp_source_index_require_unique(dictionary);
    compiler->source->graph_dictionary = dictionary;
}

/* Before all else: how a column of text is read depends on it. */
static void
read_encoding(SourceCompiler *compiler)
{
    const char *encoding = compiler->options->texts[RP_OPTION_ENCODING];

    if (encoding != NULL && strcmp(encoding, "ntriples") != 0 && strcmp(encoding, "plain") != 0) {
        ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                        errmsg("option encoding must be \"ntriples\" or \"plain\", not \"%s\"",
                               encoding)));
    }
    compiler->is_plain = encoding != NULL && strcmp(encoding, "plain") == 0;
}

/* Options that nothing has asked for. */
static void
refuse_unused(const SourceCompiler *compiler)
{
    for (int i = 0; i < RP_OPTION_COUNT; i++) {
        bool is_given = i == RP_OPTION_KINDS ? compiler->options->kinds != NULL
                                             : compiler->options->texts[i] != NULL;

        if (is_given && !compiler->is_used[i]) {
            ereport(ERROR,
                    (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                     errmsg("option %s of a graph's source has no use beside the others",
                            rp_source_option_name(i)),
                     errhint("Kinds, datatypes and languages are read with encoding => 'plain', "
                             "or of a dictionary; what begins with term_ is the dictionary's, "
                             "which the option terms names.")));
        }
    }
}

/* The dictionary first: whether a column is of ids or of terms depends on it. The row filter last:
 * it adds columns that no position names. */
void
rp_source_compile(const char *relation, const RpSourceOptions *options, Oid namespace,
                  RpGraphSource *source)
{
    SourceCompiler compiler = {.options = options, .namespace = namespace, .source = source};

    *source = (RpGraphSource){.namespace = namespace,
                              .plans = palloc0(sizeof(SPIPlanPtr) * RP_PLAN_COUNT),
                              .indexes = palloc0(sizeof(struct RpKeyIndex *) * RP_PLAN_COUNT),
                              .known_predicates =
                                  palloc0(sizeof(struct RpKnownPredicates *) * RP_TIMING_COUNT),
                              .older_row = palloc0(sizeof(RpRowPlace))};
    find_relation(&compiler, relation, &source->rows);
    for (int i = 0; i < RP_POSITION_COUNT; i++) {
        init_place(&source->places[i], i);
    }
    read_encoding(&compiler);
    read_dictionary(&compiler);
    read_graph_dictionary(&compiler);
    if (options->texts[RP_OPTION_SUBJECT] == NULL) {
        refuse_missing("subject", "A triple has a subject.", "Name its column.");
    }
    if (options->texts[RP_OPTION_PREDICATE] == NULL) {
        refuse_missing("predicate", "A triple has a predicate.",
                       "Name its column, or a constant as <iri>.");
    }
    read_place(&compiler, RP_POSITION_SUBJECT, RP_OPTION_SUBJECT, RP_OPTION_SUBJECT_KIND);
    read_place(&compiler, RP_POSITION_PREDICATE, RP_OPTION_PREDICATE, RP_OPTION_NONE);
    read_object(&compiler);
    read_place(&compiler, RP_POSITION_GRAPH, RP_OPTION_NAMED_GRAPH, RP_OPTION_GRAPH_KIND);
    if (take(&compiler, RP_OPTION_ROW_FILTER) != NULL) {
        rp_row_filter_parse(options->texts[RP_OPTION_ROW_FILTER], options->are_new, source);
    }
    refuse_unused(&compiler);
}
