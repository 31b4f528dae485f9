/* See source_options.h. */
#include "pg/graph/source_options.h"

static const char *const names[RP_OPTION_COUNT] = {
    [RP_OPTION_SUBJECT] = "subject",
    [RP_OPTION_PREDICATE] = "predicate",
    [RP_OPTION_OBJECT] = "object",
    [RP_OPTION_NAMED_GRAPH] = "named_graph",
    [RP_OPTION_ENCODING] = "encoding",
    [RP_OPTION_SUBJECT_KIND] = "subject_kind",
    [RP_OPTION_OBJECT_KIND] = "object_kind",
    [RP_OPTION_GRAPH_KIND] = "graph_kind",
    [RP_OPTION_KINDS] = "kinds",
    [RP_OPTION_OBJECT_IRI] = "object_iri",
    [RP_OPTION_DATATYPE] = "datatype",
    [RP_OPTION_LANGUAGE] = "language",
    [RP_OPTION_TERMS] = "terms",
    [RP_OPTION_TERM_ID] = "term_id",
    [RP_OPTION_TERM_LEXICAL] = "term_lexical",
    [RP_OPTION_TERM_KIND] = "term_kind",
    [RP_OPTION_TERM_DATATYPE] = "term_datatype",
    [RP_OPTION_TERM_LANGUAGE] = "term_language",
    [RP_OPTION_ROW_FILTER] = "row_filter",
    [RP_OPTION_GRAPH_TERMS] = "graph_terms",
    [RP_OPTION_GRAPH_TERM_ID] = "graph_term_id",
    [RP_OPTION_GRAPH_TERM_LEXICAL] = "graph_term_lexical",
};

const char *
rp_source_option_name(RpSourceOption option)
{
    return names[option];
}

/* Copies all: the row may go. What is not known here (of a newer version) is passed over. */
void
rp_source_options_read(Jsonb *stored, RpSourceOptions *options)
{
    *options = (RpSourceOptions){0};
    for (int i = 0; i < RP_OPTION_COUNT; i++) {
        JsonbValue member;

        if (getKeyJsonValueFromContainer(&stored->root, names[i], (int)strlen(names[i]), &member) ==
            NULL) {
            continue;
        }
        if (i == RP_OPTION_KINDS) {
            options->kinds = JsonbValueToJsonb(&member);
        } else if (member.type == jbvString) {
            options->texts[i] = pnstrdup(member.val.string.val, (Size)member.val.string.len);
        }
    }
}

/* The text is not copied: the jsonb is made before it goes. */
static void
push_text(JsonbParseState **state, JsonbIteratorToken token, const char *text)
{
    JsonbValue value = {.type = jbvString};

    value.val.string.val = (char *)text;
    value.val.string.len = (int)strlen(text);
    pushJsonbValue(state, token, &value);
}

/* Only what is given, so that defaults are those of the version that reads it. */
Jsonb *
rp_source_options_write(const RpSourceOptions *options)
{
    JsonbParseState *state = NULL;

    pushJsonbValue(&state, WJB_BEGIN_OBJECT, NULL);
    for (int i = 0; i < RP_OPTION_COUNT; i++) {
        if (i == RP_OPTION_KINDS && options->kinds != NULL) {
            JsonbValue value = {.type = jbvBinary};

            value.val.binary.data = &options->kinds->root;
            value.val.binary.len = (int)VARSIZE(options->kinds) - VARHDRSZ;
            push_text(&state, WJB_KEY, names[i]);
            pushJsonbValue(&state, WJB_VALUE, &value);
        } else if (options->texts[i] != NULL) {
            push_text(&state, WJB_KEY, names[i]);
            push_text(&state, WJB_VALUE, options->texts[i]);
        }
    }
    return JsonbValueToJsonb(pushJsonbValue(&state, WJB_END_OBJECT, NULL));
}
