/*
 * The rule form, read as triples of a shapes graph. One shape
 *
 *     "User": {"rules": [{"property": "age", "datatype": "xsd:integer", "minValue": 0}],
 *              "target_class": null}
 *
 * becomes what this Turtle says:
 *
 *     <urn:rdfpolicy:name:User> a sh:NodeShape ; sh:targetClass <urn:rdfpolicy:name:User> ;
 *         sh:property _:rule1-User-age .
 *     _:rule1-User-age sh:path <urn:rdfpolicy:name:age> ; sh:datatype xsd:integer ; sh:minInclusive
 * 0 .
 */
#include "pg/compile/rule_form.h"

#include "base/utf8.h"
#include "xsd/datatype.h"
#include "pg/compile/rule.h"
#include "pg/server/bridge.h"
#include "pg/term/json_term.h"

typedef struct RuleReader {
    RpShapesGraph *graph;
    RpError *error;
    bool warns;
    const RpRuleErrorReceiver *receiver; /* NULL: the first error ends the reading */
    uint32_t rule_count; /* of the source so far: labels of blank nodes are made of it */
} RuleReader;

/* A shape whose rules are read. */
typedef struct RuleShape {
    RpText name;
    RpTerm node;
} RuleShape;

/* A rule, the property shape that it becomes, and the IRI of its datatype (empty: none). */
typedef struct OpenRule {
    RpRule rule;
    RpTerm node;
    RpText datatype;
    bool is_of_types; /* the property is rdf:type: its values are names */
} OpenRule;

static RpStatus
add_triple(RuleReader *reader, const RpTerm *subject, RpVocabulary predicate, const RpTerm *object)
{
    RpTerm predicate_term = rp_term_iri(rp_vocabulary_iri(predicate));

    return rp_shapes_graph_add(reader->graph, subject, &predicate_term, object, (RpPosition){0},
                               reader->error);
}

/* A name's last part: what follows the last of / # : in it. */
static RpText
local_name(RpText name)
{
    uint32_t end = name.length;
    uint32_t start;

    while (end > 0 && strchr("/#:>", name.data[end - 1]) != NULL) {
        end--;
    }
    start = end;
    while (start > 0 && strchr("/#:<", name.data[start - 1]) == NULL) {
        start--;
    }
    return (RpText){name.data + start, end - start};
}

/* Append the characters of a name that a blank node's label may have, and _ for the others. */
static void
append_label_part(RpBuffer *label, RpText name)
{
    uint32_t length;

    rp_buffer_append_byte(label, '-');
    for (uint32_t i = 0; i < name.length; i += length) {
        uint32_t code_point = rp_utf8_decode(name.data + i, &length);

        if (code_point == '.' || code_point == ':' || !rp_utf8_is_name_char(code_point)) {
            code_point = '_';
        }
        rp_buffer_append_code_point(label, code_point);
    }
}

/*
 * The node of the rule that is read: _:rule2-User-email, which reports and errors show. The number
 * makes it unlike every other.
 */
static RpStatus
name_rule(RuleReader *reader, OpenRule *open)
{
    RpBuffer label;

    rp_buffer_init(&label, reader->graph->arena);
    rp_buffer_append_format(&label, "rule%u", ++reader->rule_count);
    append_label_part(&label, local_name(open->rule.shape));
    append_label_part(&label, local_name(open->rule.property));
    open->node = rp_term_blank(rp_buffer_text(&label));
    return rp_buffer_status(&label, reader->error);
}

/* A cell of the rule's list. */
static RpStatus
name_cell(RuleReader *reader, uint32_t number, RpTerm *cell)
{
    RpBuffer label;

    rp_buffer_init(&label, reader->graph->arena);
    rp_buffer_append_format(&label, "rule%u_item%u", reader->rule_count, number);
    *cell = rp_term_blank(rp_buffer_text(&label));
    return rp_buffer_status(&label, reader->error);
}

/*
 * The IRI of a name. A name that was taken as an IRI only because it has a colon gets a NOTICE
 * where it first comes up: the dictionary does not have it yet.
 */
static RpStatus
expand_name(RuleReader *reader, RpText name, RpTerm *term)
{
    RpShown shown;
    RpText iri;
    RpTermId id;
    bool is_guess;

    RP_TRY(rp_name_expand(reader->graph->arena, name, &iri, &is_guess, reader->error));
    *term = rp_term_iri(iri);
    if (is_guess && reader->warns &&
        rp_dictionary_find(&reader->graph->dictionary, term) == RP_TERM_NONE) {
        rp_text_show(name, &shown);
        ereport(NOTICE,
                (errmsg("\"%s\" is taken as the IRI <%s>", shown.text, shown.text),
                 errhint("Its beginning is no well-known prefix (xsd, rdf, rdfs, owl, foaf, "
                         "schema, dc, dcterms, sh). Write <%s> where the IRI is meant.",
                         shown.text)));
    }
    return rp_dictionary_add(&reader->graph->dictionary, term, &id, reader->error);
}

/* Say of which rule and key the value is that a function below refused; its hint stays. */
static RpStatus
place_error(RuleReader *reader, const RpRule *rule, RpRuleKey key)
{
    RpError cause = *reader->error;

    if (cause.status != RP_SYNTAX) {
        return cause.status;
    }
    rp_rule_refuse(rule, reader->error, "\"%s\": %s", rp_rule_entries[key].name, cause.message);
    return rp_error_hint(reader->error, "%s", cause.hint);
}

/* A value of "in": an object is a term; a string or number by itself has the rule's datatype, or
 * means what it means in data. */
static RpStatus
list_item(RuleReader *reader, const OpenRule *open, const JsonbValue *value, RpTerm *term)
{
    RpJsonTerm json = {.value = *value, .is_type_value = open->is_of_types};

    if (value->type == jbvBinary && JsonContainerIsObject(value->val.binary.data)) {
        json.value.type = jbvNull;
        RP_TRY(rp_json_term_read(value->val.binary.data, "language", &json, reader->error));
    } else if (value->type == jbvBinary || value->type == jbvNull) {
        return rp_error_set(reader->error, RP_SYNTAX,
                            "an element is no string, number, boolean or term");
    } else if (open->datatype.length > 0) {
        RP_TRY(rp_json_scalar_literal(reader->graph->arena, value, term, reader->error));
        term->datatype = open->datatype;
        return rp_term_check(term, reader->error);
    }
    RP_TRY(rp_json_term_resolve(reader->graph->arena, &json, term, reader->error));
    if (term->kind == RP_BLANK) {
        return rp_error_set(reader->error, RP_SYNTAX,
                            "a blank node equals none of the data, so it cannot be listed");
    }
    return RP_OK;
}

/* "in" as an rdf:List of its elements. Gives the list's head. */
static RpStatus
list_term(RuleReader *reader, const OpenRule *open, const JsonbValue *array, RpTerm *head)
{
    JsonbIterator *iterator = JsonbIteratorInit(array->val.binary.data);
    RpTerm nil = rp_term_iri(rp_vocabulary_iri(RP_VOCABULARY_rdf_nil));
    RpTerm last = nil;
    JsonbValue value;
    JsonbIteratorToken token;
    uint32_t count = 0;

    *head = nil;
    while ((token = JsonbIteratorNext(&iterator, &value, true)) != WJB_DONE) {
        RpTerm item, cell;

        if (token != WJB_ELEM) {
            continue;
        }
        RP_TRY(rp_arena_poll(reader->graph->arena, reader->error));
        RP_TRY(list_item(reader, open, &value, &item));
        RP_TRY(name_cell(reader, ++count, &cell));
        if (count == 1) {
            *head = cell;
        } else {
            RP_TRY(add_triple(reader, &last, RP_VOCABULARY_rdf_rest, &cell));
        }
        RP_TRY(add_triple(reader, &cell, RP_VOCABULARY_rdf_first, &item));
        last = cell;
    }
    return count == 0 ? RP_OK : add_triple(reader, &last, RP_VOCABULARY_rdf_rest, &nil);
}

/* Whether a recognised datatype has values that numbers can be compared with. */
static bool
is_bounded_by_numbers(const RpDatatype *datatype)
{
    return datatype == NULL || datatype->values == RP_VALUES_DECIMAL ||
           datatype->values == RP_VALUES_FLOAT || datatype->values == RP_VALUES_DOUBLE;
}

/*
 * minValue or maxValue. A string has the rule's datatype, and must be one of its values. A number
 * keeps its own, since 0.5 is a good bound for integers. A bound that no value of the datatype can
 * be compared with would refuse all data, so it is an error.
 */
static RpStatus
bound_term(RuleReader *reader, const OpenRule *open, const JsonbValue *value, RpTerm *term)
{
    RpTerm datatype = rp_term_iri(open->datatype);
    RpTermId datatype_id = rp_dictionary_find(&reader->graph->dictionary, &datatype);
    RpShown shown, shown_datatype;

    RP_TRY(rp_json_scalar_literal(reader->graph->arena, value, term, reader->error));
    rp_text_show(open->datatype, &shown_datatype);
    if (value->type == jbvNumeric) {
        if (!is_bounded_by_numbers(rp_datatype_find(datatype_id))) {
            return rp_error_set(reader->error, RP_SYNTAX,
                                "a number cannot bound values of datatype <%s>",
                                shown_datatype.text);
        }
        return RP_OK;
    }
    if (open->datatype.length == 0) {
        rp_error_set(reader->error, RP_SYNTAX, "a string is a bound only beside a \"datatype\"");
        return rp_error_hint(reader->error, "Write a number without quotes, or add the datatype.");
    }
    term->datatype = open->datatype;
    if (!rp_datatype_accepts(datatype_id, term->lexical)) {
        return rp_error_set(reader->error, RP_SYNTAX, "\"%s\" is no value of datatype <%s>",
                            rp_text_show(term->lexical, &shown), shown_datatype.text);
    }
    return RP_OK;
}

/* nodeKind: the name of one of SHACL's six, with or without "sh:". */
static RpStatus
node_kind_term(RuleReader *reader, RpText name, RpTerm *term)
{
    static const struct {
        const char *name;
        RpVocabulary iri;
    } kinds[] = {
        {"IRI", RP_VOCABULARY_sh_IRI},
        {"BlankNode", RP_VOCABULARY_sh_BlankNode},
        {"Literal", RP_VOCABULARY_sh_Literal},
        {"BlankNodeOrIRI", RP_VOCABULARY_sh_BlankNodeOrIRI},
        {"BlankNodeOrLiteral", RP_VOCABULARY_sh_BlankNodeOrLiteral},
        {"IRIOrLiteral", RP_VOCABULARY_sh_IRIOrLiteral},
    };
    RpText local = name;
    RpShown shown;

    if (rp_text_starts_with(name, RP_TEXT("sh:"))) {
        local = (RpText){name.data + 3, name.length - 3};
    }
    for (size_t i = 0; i < lengthof(kinds); i++) {
        if (rp_text_equals(local, rp_text_from(kinds[i].name))) {
            *term = rp_term_iri(rp_vocabulary_iri(kinds[i].iri));
            return RP_OK;
        }
    }
    rp_error_set(reader->error, RP_SYNTAX, "\"%s\" is no node kind", rp_text_show(name, &shown));
    return rp_error_hint(reader->error, "Node kinds are IRI, BlankNode, Literal, BlankNodeOrIRI, "
                                        "BlankNodeOrLiteral and IRIOrLiteral.");
}

/* The term that the value of a key means. */
static RpStatus
value_term(RuleReader *reader, const OpenRule *open, RpRuleKey key, RpTerm *term)
{
    const JsonbValue *value = &open->rule.values[key];

    switch (rp_rule_entries[key].kind) {
    case RP_KIND_NAME:
        return expand_name(reader, rp_json_text(value), term);
    case RP_KIND_BOUND:
        return bound_term(reader, open, value, term);
    case RP_KIND_LIST:
        return list_term(reader, open, value, term);
    case RP_KIND_NODE_KIND:
        return node_kind_term(reader, rp_json_text(value), term);
    case RP_KIND_BOOLEAN:
    case RP_KIND_COUNT:
    case RP_KIND_STRING:
        break;
    }
    RP_TRY(rp_json_scalar_literal(reader->graph->arena, value, term, reader->error));
    return rp_term_check(term, reader->error);
}

/* "required": at least one, unless minCount says more. */
static RpStatus
require_value(RuleReader *reader, OpenRule *open)
{
    JsonbValue *required = &open->rule.values[RP_RULE_REQUIRED];
    RpTerm one = rp_term_literal(RP_TEXT("1"), RP_TEXT(RP_XSD "integer"));
    RpTerm count = rp_term_literal(RP_TEXT("0"), RP_TEXT(RP_XSD "integer"));

    if (rp_rule_has(&open->rule, RP_RULE_MIN_COUNT)) {
        RP_TRY(value_term(reader, open, RP_RULE_MIN_COUNT, &count));
    }
    if (required->type == jbvBool && required->val.boolean &&
        rp_text_equals(count.lexical, RP_TEXT("0"))) {
        open->rule.values[RP_RULE_MIN_COUNT].type = jbvNull;
        RP_TRY(add_triple(reader, &open->node, RP_VOCABULARY_sh_minCount, &one));
    }
    required->type = jbvNull;
    return RP_OK;
}

/* The rule's keys as triples of its property shape. */
static RpStatus
add_keys(RuleReader *reader, OpenRule *open)
{
    RpTerm term;

    if (value_term(reader, open, RP_RULE_PROPERTY, &term) != RP_OK) {
        return place_error(reader, &open->rule, RP_RULE_PROPERTY);
    }
    open->is_of_types = rp_text_equals(term.lexical, rp_vocabulary_iri(RP_VOCABULARY_rdf_type));
    if (rp_rule_has(&open->rule, RP_RULE_DATATYPE)) {
        if (value_term(reader, open, RP_RULE_DATATYPE, &term) != RP_OK) {
            return place_error(reader, &open->rule, RP_RULE_DATATYPE);
        }
        open->datatype = term.lexical;
    }
    RP_TRY(require_value(reader, open));
    for (RpRuleKey key = 0; key < RP_RULE_KEY_COUNT; key++) {
        if (!rp_rule_has(&open->rule, key)) {
            continue;
        }
        if (value_term(reader, open, key, &term) != RP_OK) {
            return place_error(reader, &open->rule, key);
        }
        RP_TRY(add_triple(reader, &open->node, rp_rule_entries[key].predicate, &term));
    }
    return RP_OK;
}

/* What reading a part gave: an error may be somebody else's to collect. */
static RpStatus
note(RuleReader *reader, RpStatus status)
{
    if (status != RP_ILL_FORMED || reader->receiver == NULL) {
        return status;
    }
    return reader->receiver->receive(reader->receiver->state, reader->error);
}

static RpStatus
add_rule(RuleReader *reader, const RuleShape *shape, uint32_t index, JsonbContainer *object)
{
    OpenRule open = {.rule = {.shape = shape->name, .index = index}};

    RP_TRY(rp_arena_poll(reader->graph->arena, reader->error));
    RP_TRY(rp_rule_read(&open.rule, object, reader->error));
    RP_TRY(name_rule(reader, &open));
    RP_TRY(add_triple(reader, &shape->node, RP_VOCABULARY_sh_property, &open.node));
    return add_keys(reader, &open);
}

static RpStatus
refuse_rules(RuleReader *reader, const RuleShape *shape)
{
    RpShown shown;

    rp_error_set(reader->error, RP_ILL_FORMED,
                 "the rules of shape \"%s\" must be an object or an array of objects",
                 rp_text_show(shape->name, &shown));
    return rp_error_hint(reader->error,
                         "One rule is {\"property\": \"name\", \"required\": true}.");
}

/* One rule, or an array of them. */
static RpStatus
add_rules(RuleReader *reader, const RuleShape *shape, const JsonbValue *rules)
{
    JsonbIterator *iterator;
    JsonbValue value;
    JsonbIteratorToken token;
    uint32_t count = 0;

    if (rules->type != jbvBinary) {
        return refuse_rules(reader, shape);
    }
    if (JsonContainerIsObject(rules->val.binary.data)) {
        return note(reader, add_rule(reader, shape, 0, rules->val.binary.data));
    }
    iterator = JsonbIteratorInit(rules->val.binary.data);
    while ((token = JsonbIteratorNext(&iterator, &value, true)) != WJB_DONE) {
        if (token == WJB_ELEM) {
            if (value.type != jbvBinary || !JsonContainerIsObject(value.val.binary.data)) {
                return refuse_rules(reader, shape);
            }
            RP_TRY(note(reader, add_rule(reader, shape, count++, value.val.binary.data)));
        }
    }
    return count > 0 ? RP_OK : refuse_rules(reader, shape);
}

/* Give a name in the head of a shape the error's place. */
static RpStatus
place_name_error(RuleReader *reader, const RuleShape *shape)
{
    RpError cause = *reader->error;
    RpShown shown;

    if (cause.status != RP_SYNTAX) {
        return cause.status;
    }
    rp_error_set(reader->error, RP_ILL_FORMED, "shape \"%s\": %s",
                 rp_text_show(shape->name, &shown), cause.message);
    return rp_error_hint(reader->error, "%s", cause.hint);
}

/* target_class: a name; null or absent: the class that the shape's own name names. */
static RpStatus
add_target(RuleReader *reader, const RuleShape *shape, const JsonbValue *target)
{
    RpTerm class_term = shape->node;

    if (target != NULL && target->type == jbvString &&
        expand_name(reader, rp_json_text(target), &class_term) != RP_OK) {
        return place_name_error(reader, shape);
    }
    return add_triple(reader, &shape->node, RP_VOCABULARY_sh_targetClass, &class_term);
}

static RpStatus
add_shape(RuleReader *reader, RpText name, JsonbContainer *members)
{
    RuleShape shape = {.name = name};
    RpTerm node_shape = rp_term_iri(rp_vocabulary_iri(RP_VOCABULARY_sh_NodeShape));
    JsonbValue rules = {.type = jbvNull}, target;

    if (expand_name(reader, name, &shape.node) != RP_OK) {
        return place_name_error(reader, &shape);
    }
    RP_TRY(add_triple(reader, &shape.node, RP_VOCABULARY_rdf_type, &node_shape));
    RP_TRY(add_target(
        reader, &shape,
        getKeyJsonValueFromContainer(members, "target_class", strlen("target_class"), &target)));
    (void)getKeyJsonValueFromContainer(members, "rules", strlen("rules"), &rules);
    return add_rules(reader, &shape, &rules);
}

static RpStatus
add_shapes(RuleReader *reader, Jsonb *source)
{
    JsonbIterator *iterator = JsonbIteratorInit(&source->root);
    JsonbValue key;
    JsonbIteratorToken token;

    while ((token = JsonbIteratorNext(&iterator, &key, true)) != WJB_DONE) {
        JsonbValue value;

        if (token != WJB_KEY) {
            continue;
        }
        (void)JsonbIteratorNext(&iterator, &value, true);
        if (value.type != jbvBinary || !JsonContainerIsObject(value.val.binary.data)) {
            return rp_error_set(reader->error, RP_ILL_FORMED,
                                "a shape of a rule-form source must be an object");
        }
        RP_TRY(note(reader, add_shape(reader, rp_json_text(&key), value.val.binary.data)));
    }
    return RP_OK;
}

RpStatus
rp_rule_form_read(RpShapesGraph *graph, RpText source, bool warns,
                  const RpRuleErrorReceiver *receiver, RpError *error)
{
    RuleReader reader = {.graph = graph, .error = error, .warns = warns, .receiver = receiver};
    char *text = rp_text_cstring(source);
    Jsonb *jsonb = DatumGetJsonbP(DirectFunctionCall1(jsonb_in, CStringGetDatum(text)));
    RpStatus status;

    if (JB_ROOT_IS_OBJECT(jsonb)) {
        status = add_shapes(&reader, jsonb);
    } else {
        status =
            rp_error_set(error, RP_ILL_FORMED, "a rule-form source must be an object of shapes");
    }
    pfree(jsonb);
    pfree(text);
    return status;
}
