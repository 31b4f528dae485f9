/* The SQL functions that register policies: rdf_policy_register and its kin. */
#include "pg/pg.h"

#include "utils/json.h"
#include "utils/jsonb.h"

#include "pg/change/reload.h"
#include "pg/change/staging.h"
#include "pg/judge/call_arguments.h"
#include "pg/server/bridge.h"
#include "pg/server/guc.h"
#include "pg/term/json_term.h"

PG_FUNCTION_INFO_V1(rdf_policy_register);
PG_FUNCTION_INFO_V1(rdf_policy_apply);
PG_FUNCTION_INFO_V1(rdf_policy_apply_rules);
PG_FUNCTION_INFO_V1(rdf_policy_apply_rules_json);
PG_FUNCTION_INFO_V1(rdf_policy_register_shape);
PG_FUNCTION_INFO_V1(rdf_policy_register_shape_json);
PG_FUNCTION_INFO_V1(rdf_policy_unregister_shape);
PG_FUNCTION_INFO_V1(rdf_policy_discard);

/* Tells how to put the version in force, since registering alone changes no verdict. */
static int32
stage(const RpCatalog *catalog, const char *policy, const RpSource *source)
{
    int32 version = rp_stage(catalog, policy, source);

    rp_staging_notice(policy, version);
    return version;
}

/* The Turtle source of a function whose arguments are a policy, a text, and its options. */
static RpSource
turtle_source(FunctionCallInfo fcinfo)
{
    RpSource source = {.is_rules = false};

    rp_argument_require(fcinfo, 1, "shapes");
    source.text = rp_text_of(PG_GETARG_TEXT_PP(1));
    rp_source_check_size(source.text);
    rp_argument_options(fcinfo, 2, &source);
    return source;
}

/* rdf_policy_register(policy, shapes, base_iri, ill_formed, subclass_from_shapes, imports,
 * require_focus, allow_vacuous, context, dropped) */
Datum
rdf_policy_register(PG_FUNCTION_ARGS)
{
    char *policy = rp_argument_policy(fcinfo);
    RpSource source = turtle_source(fcinfo);

    PG_RETURN_INT32(stage(rp_catalog_of_function(fcinfo->flinfo->fn_oid), policy, &source));
}

/*
 * Put a source in force, or raise why that is refused. What is in force already has its number, and
 * asking for it again takes none, also where two ask at once: so the lock comes before compiling.
 */
static int32
apply(FunctionCallInfo fcinfo, const char *policy, const RpSource *source)
{
    RpReload reload = {.catalog = rp_catalog_of_function(fcinfo->flinfo->fn_oid),
                       .event = "reload",
                       .policy = policy,
                       .must_succeed = true};

    rp_bridge_require_utf8();
    if (!rp_is_in_force(reload.catalog, policy, source)) {
        (void)rp_stage(reload.catalog, policy, source);
    }
    rp_reload_run(&reload);
    return reload.rows[0].version;
}

/* rdf_policy_apply(policy, shapes, …) → version: the arguments are those of rdf_policy_register. */
Datum
rdf_policy_apply(PG_FUNCTION_ARGS)
{
    char *policy = rp_argument_policy(fcinfo);
    RpSource source = turtle_source(fcinfo);

    PG_RETURN_INT32(apply(fcinfo, policy, &source));
}

/* ERROR 22P02 for a text that is no JSON. */
static Datum
jsonb_of(const char *json)
{
    return DirectFunctionCall1(jsonb_in, CStringGetDatum(json));
}

/* In jsonb's order of keys, so that equal rules have equal signatures (rule_form.h). */
static char *
string_of_jsonb(Datum value)
{
    return DatumGetCString(DirectFunctionCall1(jsonb_out, value));
}

/* Stage rule-form shapes in the place of a source's, whose options stay. */
static int32
stage_rules(const RpCatalog *catalog, const char *policy, RpSource *source, Datum rules)
{
    source->text = rp_text_from(string_of_jsonb(rules));
    rp_source_check_size(source->text);
    return stage(catalog, policy, source);
}

/* {"<shape>": {"rules": …, "target_class": …}} as text */
static char *
shape_entry(FunctionCallInfo fcinfo, const char *rules)
{
    StringInfoData json;

    initStringInfo(&json);
    appendStringInfoChar(&json, '{');
    escape_json(&json, text_to_cstring(PG_GETARG_TEXT_PP(1)));
    appendStringInfo(&json, ": {\"rules\": %s, \"target_class\": ", rules);
    if (PG_ARGISNULL(3)) {
        appendStringInfoString(&json, "null");
    } else {
        escape_json(&json, text_to_cstring(PG_GETARG_TEXT_PP(3)));
    }
    appendStringInfoString(&json, "}}");
    return json.data;
}

/*
 * The rules of other shapes stay as they are staged, or in force where nothing is: rp_staged_rules
 * locks the policy's row, so that two who register shapes of one policy do not lose one of them.
 */
static Datum
register_shape(FunctionCallInfo fcinfo, bool is_jsonb)
{
    char *policy = rp_argument_policy(fcinfo);
    const RpCatalog *catalog = rp_catalog_of_function(fcinfo->flinfo->fn_oid);
    RpSource source;
    Jsonb *rules;
    Datum entry;

    rp_argument_require(fcinfo, 1, "shape");
    rp_argument_require(fcinfo, 2, "rules");
    rules = is_jsonb ? PG_GETARG_JSONB_P(2) : rp_jsonb_of_json(PG_GETARG_DATUM(2));
    entry = jsonb_of(shape_entry(fcinfo, string_of_jsonb(JsonbPGetDatum(rules))));
    source = rp_staged_rules(catalog, policy);
    if (!PG_ARGISNULL(4)) {
        source.requires_focus = PG_GETARG_BOOL(4);
    }
    rp_argument_reading(fcinfo, 5, &source);
    PG_RETURN_INT32(
        stage_rules(catalog, policy, &source,
                    DirectFunctionCall2(jsonb_concat, jsonb_of(source.text.data), entry)));
}

/* rdf_policy_register_shape(policy, shape, rules jsonb, target_class, require_focus, context,
 * dropped) → version */
Datum
rdf_policy_register_shape(PG_FUNCTION_ARGS)
{
    return register_shape(fcinfo, true);
}

/* ERROR 22P02 for rules that begin as Turtle does, and no JSON: a text for rdf_policy_register. */
static void
refuse_turtle(text *rules)
{
    RpText rest = {VARDATA_ANY(rules), (uint32)VARSIZE_ANY_EXHDR(rules)};

    while (rest.length > 0 && memchr(" \t\r\n", rest.data[0], 4) != NULL) {
        rest.data++;
        rest.length--;
    }
    if (rest.length > 0 && memchr("@<#PpBb_", rest.data[0], 8) != NULL) {
        ereport(ERROR, (errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
                        errmsg("rules are JSON: an object or an array of objects"),
                        errhint("Shapes in Turtle are registered by rdf_policy_register().")));
    }
}

/* rdf_policy_register_shape with rules json; or rules text, for
 * literals without a type, which would be ambiguous otherwise */
Datum
rdf_policy_register_shape_json(PG_FUNCTION_ARGS)
{
    if (!PG_ARGISNULL(2)) {
        refuse_turtle(PG_GETARG_TEXT_PP(2));
    }
    return register_shape(fcinfo, false);
}

/* rdf_policy_unregister_shape(policy, shape) → version */
Datum
rdf_policy_unregister_shape(PG_FUNCTION_ARGS)
{
    char *policy = rp_argument_policy(fcinfo);
    const RpCatalog *catalog = rp_catalog_of_function(fcinfo->flinfo->fn_oid);
    RpSource source;
    Datum rules;
    Datum shape;

    rp_argument_require(fcinfo, 1, "shape");
    source = rp_staged_rules(catalog, policy);
    rules = jsonb_of(source.text.data);
    shape = PG_GETARG_DATUM(1);
    if (!DatumGetBool(DirectFunctionCall2(jsonb_exists, rules, shape))) {
        ereport(ERROR, (errcode(ERRCODE_UNDEFINED_OBJECT),
                        errmsg("policy \"%s\" has no shape \"%s\"", policy,
                               text_to_cstring(DatumGetTextPP(shape)))));
    }
    rules = DirectFunctionCall2(jsonb_delete, rules, shape);
    PG_RETURN_INT32(stage_rules(catalog, policy, &source, rules));
}

/* rules: all shapes of the policy by name, as rdf_policy_source gives them. */
static Datum
apply_rules(FunctionCallInfo fcinfo, bool is_jsonb)
{
    char *policy = rp_argument_policy(fcinfo);
    RpSource source = {.is_rules = true, .subclass_from_shapes = true};
    Jsonb *rules;

    rp_argument_require(fcinfo, 1, "rules");
    rp_argument_require(fcinfo, 2, "require_focus");
    rp_argument_require(fcinfo, 4, "dropped");
    rules = is_jsonb ? PG_GETARG_JSONB_P(1) : rp_jsonb_of_json(PG_GETARG_DATUM(1));
    source.text = rp_text_from(string_of_jsonb(JsonbPGetDatum(rules)));
    rp_source_check_size(source.text);
    source.requires_focus = PG_GETARG_BOOL(2);
    rp_argument_reading(fcinfo, 3, &source);
    PG_RETURN_INT32(apply(fcinfo, policy, &source));
}

/* rdf_policy_apply(policy, rules jsonb, require_focus, context, dropped) → version */
Datum
rdf_policy_apply_rules(PG_FUNCTION_ARGS)
{
    return apply_rules(fcinfo, true);
}

/* rdf_policy_apply(policy, rules json, require_focus, context, dropped) → version */
Datum
rdf_policy_apply_rules_json(PG_FUNCTION_ARGS)
{
    return apply_rules(fcinfo, false);
}

/* rdf_policy_discard(policy) → whether anything was staged */
Datum
rdf_policy_discard(PG_FUNCTION_ARGS)
{
    char *policy = rp_argument_policy(fcinfo);

    PG_RETURN_BOOL(rp_discard_staged(rp_catalog_of_function(fcinfo->flinfo->fn_oid), policy));
}
