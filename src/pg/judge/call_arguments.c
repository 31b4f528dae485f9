/* Arguments of SQL functions that may be called with NULL. */
#include "pg/judge/call_arguments.h"

#include "pg/catalog/policy_name.h"
#include "pg/judge/jsonld_source.h"
#include "pg/server/bridge.h"

/* The policy of a call that judges, behind its data. */
enum { ARGUMENT_POLICY = 1 };

const text *
rp_argument_text(FunctionCallInfo fcinfo, int n)
{
    return n < PG_NARGS() && !PG_ARGISNULL(n) ? PG_GETARG_TEXT_PP(n) : NULL;
}

bool
rp_argument_source(FunctionCallInfo fcinfo, RpDataForm form, int base_argument,
                   RpDataSource *source)
{
    return rp_argument_source_at(fcinfo, 0, form, base_argument, source);
}

void
rp_argument_require(FunctionCallInfo fcinfo, int n, const char *name)
{
    if (PG_ARGISNULL(n)) {
        ereport(ERROR,
                (errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED), errmsg("%s must not be NULL", name)));
    }
}

RpText
rp_argument_iri(FunctionCallInfo fcinfo, int n)
{
    const text *base_iri = rp_argument_text(fcinfo, n);

    return base_iri == NULL ? (RpText){NULL, 0} : rp_data_source_iri(base_iri);
}

bool
rp_argument_choice(FunctionCallInfo fcinfo, int n, const char *name, const char *first,
                   const char *second)
{
    char *choice;

    rp_argument_require(fcinfo, n, name);
    choice = text_to_cstring(PG_GETARG_TEXT_PP(n));
    if (strcmp(choice, first) != 0 && strcmp(choice, second) != 0) {
        ereport(ERROR,
                (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                 errmsg("%s must be \"%s\" or \"%s\", not \"%s\"", name, first, second, choice)));
    }
    return strcmp(choice, second) == 0;
}

/*
 * The order is that of the SQL functions' parameters: all that register a text have these behind
 * one another.
 */
void
rp_argument_options(FunctionCallInfo fcinfo, int n, RpSource *source)
{
    source->base_iri = rp_argument_iri(fcinfo, n);
    source->leaves_out = rp_argument_choice(fcinfo, n + 1, "ill_formed", "error", "warn");
    rp_argument_require(fcinfo, n + 2, "subclass_from_shapes");
    source->subclass_from_shapes = PG_GETARG_BOOL(n + 2);
    source->ignores_imports = rp_argument_choice(fcinfo, n + 3, "imports", "require", "ignore");
    rp_argument_require(fcinfo, n + 4, "require_focus");
    source->requires_focus = PG_GETARG_BOOL(n + 4);
    rp_argument_require(fcinfo, n + 5, "allow_vacuous");
    source->allows_vacuous = PG_GETARG_BOOL(n + 5);
    rp_argument_require(fcinfo, n + 7, "dropped");
    rp_argument_reading(fcinfo, n + 6, source);
}

/* NULL leaves what is set, and an empty context takes it away, where the caller allows that. */
void
rp_argument_reading(FunctionCallInfo fcinfo, int n, RpSource *source)
{
    const text *context = rp_argument_text(fcinfo, n);

    if (context != NULL) {
        source->context =
            VARSIZE_ANY_EXHDR(context) == 0 ? (RpText){NULL, 0} : rp_data_source_iri(context);
    }
    if (!PG_ARGISNULL(n + 1)) {
        source->refuses_dropped = rp_argument_choice(fcinfo, n + 1, "dropped", "notice", "error");
    }
}

char *
rp_argument_policy(FunctionCallInfo fcinfo)
{
    rp_argument_require(fcinfo, 0, "policy");
    rp_policy_name_check(rp_text_of(PG_GETARG_TEXT_PP(0)));
    return text_to_cstring(PG_GETARG_TEXT_PP(0));
}

/*
 * NULL data gives no source, and the caller NULL: as every strict function, and every CHECK, has
 * it. A base IRI is for documents; an array of triples has none to resolve.
 */
bool
rp_argument_source_at(FunctionCallInfo fcinfo, int n, RpDataForm form, int base_argument,
                      RpDataSource *source)
{
    if (PG_ARGISNULL(n)) {
        return false;
    }
    *source = rp_data_source_from_datum(form, PG_GETARG_DATUM(n));
    if (form != RP_DATA_ARRAY) {
        source->base_iri = rp_argument_iri(fcinfo, base_argument);
    }
    if (source->form == RP_DATA_JSONB) {
        source->context = rp_argument_iri(fcinfo, base_argument + 1);
    }
    return true;
}

/* Argument n, which says what graph of a document is read. ERROR 22023. */
static void
choose_graph(FunctionCallInfo fcinfo, int n, RpDataSource *source)
{
    const text *argument = rp_argument_text(fcinfo, n);
    RpText choice;
    RpShown shown;
    RpError error;

    if (argument == NULL) {
        source->graphs_hint = "named_graph => '*' judges all graphs together, named_graph => "
                              "'<iri>' that one.";
        return;
    }
    choice = rp_text_of(argument);
    if (rp_text_equals(choice, RP_TEXT("*"))) {
        source->graphs = RP_GRAPHS_ALL;
        return;
    }
    source->graphs = RP_GRAPHS_ONE;
    source->graph_iri = (RpText){choice.data + 1, choice.length - 2};
    if (choice.length < 3 || choice.data[0] != '<' || choice.data[choice.length - 1] != '>' ||
        rp_iri_check(source->graph_iri, &error) != RP_OK) {
        ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                        errmsg("named_graph must be an absolute IRI in <>, or \"*\" for the union "
                               "of all graphs, not \"%s\"",
                               rp_text_show(choice, &shown))));
    }
}

bool
rp_argument_judged(FunctionCallInfo fcinfo, RpDataForm form, int n, RpDataSource *source)
{
    int require_focus = n;

    if (!rp_argument_source(fcinfo, form, n, source)) {
        return false;
    }
    if (form == RP_DATA_TURTLE) {
        choose_graph(fcinfo, n + 1, source);
        require_focus = n + 2;
    } else if (source->form == RP_DATA_JSONB) {
        choose_graph(fcinfo, n + 2, source);
        require_focus = n + 3;
    }
    if (source->jsonld != NULL && PG_ARGISNULL(ARGUMENT_POLICY)) {
        rp_jsonld_source_share(source->jsonld);
    }
    source->requires_focus = !PG_ARGISNULL(require_focus) && PG_GETARG_BOOL(require_focus);
    return true;
}
