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

#include "base/nearest.h"
#include "base/utf8.h"
#include "pg/compile/rule_form_internal.h"
#include "pg/server/bridge.h"
#include "pg/term/json_term.h"

/* Without a line and column: jsonb has none. */
RpStatus
rp_rule_add_triple(RpRuleReader *reader, const RpTerm *subject, RpVocabulary predicate,
                   const RpTerm *object)
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
name_rule(RpRuleReader *reader, RpOpenRule *open)
{
    RpBuffer label;

    rp_buffer_init(&label, reader->graph->arena);
    rp_buffer_append_format(&label, "rule%u", ++reader->rule_count);
    append_label_part(&label, local_name(open->rule.shape));
    append_label_part(&label, local_name(open->rule.property));
    open->node = rp_term_blank(rp_buffer_text(&label));
    return rp_buffer_status(&label, reader->error);
}

/* The well-known prefix that is nearest to the one that a name has. */
static RpText
nearest_prefix(RpText name)
{
    const char *colon = memchr(name.data, ':', name.length);
    RpNearest nearest;

    rp_nearest_begin(&nearest, (RpText){name.data, (uint32_t)(colon - name.data)});
    for (uint32_t i = 0; i < rp_well_known_prefix_count; i++) {
        rp_nearest_offer(&nearest, rp_well_known_prefixes[i].prefix);
    }
    return nearest.name;
}

/* ex:name without a prefix that is known is an IRI of the scheme ex, and rarely meant to be one. */
static void
notice_guess(RpText name)
{
    RpText prefix = nearest_prefix(name);
    RpShown shown;

    rp_text_show(name, &shown);
    ereport(NOTICE,
            (errmsg("\"%s\" is taken as the IRI <%s>", shown.text, shown.text),
             prefix.length > 0
                 ? errhint("Did you mean the prefix \"%.*s:\"? Write <%s> where the IRI is meant.",
                           (int)prefix.length, prefix.data, shown.text)
                 : errhint("Its beginning is no well-known prefix (xsd, rdf, rdfs, owl, foaf, "
                           "schema, dc, dcterms, sh). Write <%s> where the IRI is meant.",
                           shown.text)));
}

RpStatus
rp_rule_expand_name(RpRuleReader *reader, RpText name, RpTerm *term)
{
    RpText iri;
    RpTermId id;
    bool is_guess;

    RP_TRY(rp_name_expand(reader->graph->arena, name, &iri, &is_guess, reader->error));
    *term = rp_term_iri(iri);
    if (is_guess && reader->warns &&
        rp_dictionary_find(&reader->graph->dictionary, term) == RP_TERM_NONE) {
        notice_guess(name);
    }
    return rp_dictionary_add(&reader->graph->dictionary, term, &id, reader->error);
}

/* Say of which rule and key the value is that a function refused; its hint stays, and its status
 * where it is no syntax error. */
static RpStatus
place_error(RpRuleReader *reader, const RpRule *rule, RpRuleKey key)
{
    RpError cause = *reader->error;

    if (cause.status != RP_SYNTAX && cause.status != RP_ILL_FORMED &&
        cause.status != RP_UNSUPPORTED && cause.status != RP_TOO_LARGE) {
        return cause.status;
    }
    rp_rule_refuse(rule, reader->error, "\"%s\": %s", rp_rule_entries[key].name, cause.message);
    if (cause.status != RP_SYNTAX) {
        reader->error->status = cause.status;
    }
    if (cause.detail[0] != '\0') {
        rp_error_detail(reader->error, "%s", cause.detail);
    }
    return rp_error_hint(reader->error, "%s", cause.hint);
}

/* Learn the term of one key, or that it is wrong. */
static RpStatus
read_value(RpRuleReader *reader, RpOpenRule *open, RpRuleKey key)
{
    RpRule *rule = &open->rule;
    RpStatus status;

    if (!rp_rule_has(rule, key) ||
        rp_rule_value_term(reader, open, key, &open->terms[key]) == RP_OK) {
        return RP_OK;
    }
    rule->is_broken = true;
    rule->values[key].type = jbvNull; /* what it means is not known */
    status = place_error(reader, rule, key);
    return rp_rule_note(reader->receiver, status, reader->error);
}

/* Property and datatype come first, since other values are read by them. */
static RpStatus
read_values(RpRuleReader *reader, RpOpenRule *open)
{
    RpText property;

    RP_TRY(read_value(reader, open, RP_RULE_PROPERTY));
    property = open->terms[RP_RULE_PROPERTY].lexical;
    open->is_of_types = rp_text_equals(property, rp_vocabulary_iri(RP_VOCABULARY_rdf_type));
    RP_TRY(read_value(reader, open, RP_RULE_DATATYPE));
    open->datatype = open->terms[RP_RULE_DATATYPE].lexical;
    for (RpRuleKey key = 0; key < RP_RULE_KEY_COUNT; key++) {
        if (key != RP_RULE_PROPERTY && key != RP_RULE_DATATYPE) {
            RP_TRY(read_value(reader, open, key));
        }
    }
    return RP_OK;
}

/* "required": at least one, unless minCount says more. */
static void
require_value(RpOpenRule *open)
{
    JsonbValue *values = open->rule.values;
    RpTerm *count = &open->terms[RP_RULE_MIN_COUNT];

    if (values[RP_RULE_REQUIRED].type == jbvBool && values[RP_RULE_REQUIRED].val.boolean &&
        (!rp_rule_has(&open->rule, RP_RULE_MIN_COUNT) ||
         rp_text_equals(count->lexical, RP_TEXT("0")))) {
        *count = rp_term_literal(RP_TEXT("1"), RP_TEXT(RP_XSD "integer"));
        values[RP_RULE_MIN_COUNT] = values[RP_RULE_REQUIRED];
    }
    values[RP_RULE_REQUIRED].type = jbvNull;
}

/* The rule's keys as triples of its property shape, or of the shape that it closes. */
static RpStatus
add_keys(RpRuleReader *reader, RpOpenRule *open)
{
    RpTerm ignored;

    if (rp_rule_has(&open->rule, RP_RULE_CLOSED) &&
        !rp_rule_has(&open->rule, RP_RULE_IGNORED_PROPERTIES)) {
        RP_TRY(rp_rule_ignored_properties(reader, NULL, &ignored));
        RP_TRY(
            rp_rule_add_triple(reader, &open->node, RP_VOCABULARY_sh_ignoredProperties, &ignored));
    }
    require_value(open);
    for (RpRuleKey key = 0; key < RP_RULE_KEY_COUNT; key++) {
        if (rp_rule_has(&open->rule, key)) {
            RP_TRY(rp_rule_add_triple(reader, &open->node, rp_rule_entries[key].predicate,
                                      &open->terms[key]));
        }
    }
    return RP_OK;
}

/* A rule of a shape, not yet read, and its place. */
typedef struct RuleObject {
    JsonbContainer *container;
    uint32_t index;
} RuleObject;

/* The rules of one shape. */
typedef struct RuleArray {
    const RpRuleShape *shape;
    RuleObject *objects;
    uint32_t count;
    bool is_alone;  /* one rule, not in an array */
    bool is_closed; /* one of those read so far closes the shape */
} RuleArray;

/* The rule as triples, its terms being known. */
static RpStatus
put_rule(RpRuleReader *reader, RuleArray *rules, RpOpenRule *open)
{
    const RpRuleShape *shape = rules->shape;

    if (!rp_rule_has(&open->rule, RP_RULE_CLOSED)) {
        RP_TRY(rp_rule_add_triple(reader, &shape->node, RP_VOCABULARY_sh_property, &open->node));
        return add_keys(reader, open);
    }
    if (rules->is_closed) {
        return rp_rule_refuse(&open->rule, reader->error,
                              "the shape has a rule with \"closed\" already");
    }
    rules->is_closed = true;
    open->node = shape->node;
    return add_keys(reader, open);
}

/* Errors of a rule are all received before it is left out; its triples come only where it has none.
 */
static RpStatus
add_rule(RpRuleReader *reader, RuleArray *rules, const RuleObject *object)
{
    RpOpenRule open = {
        .rule = {.shape = rules->shape->name, .index = object->index, .is_alone = rules->is_alone}};

    RP_TRY(rp_arena_poll(reader->graph->arena, reader->error));
    RP_TRY(rp_rule_read(&open.rule, object->container, reader->receiver, reader->error));
    RP_TRY(name_rule(reader, &open));
    RP_TRY(read_values(reader, &open));
    RP_TRY(rp_rule_check(reader, &open));
    if (open.rule.is_broken) {
        return RP_OK; /* and the receiver knows */
    }
    return rp_rule_note(reader->receiver, put_rule(reader, rules, &open), reader->error);
}

/* By what they say, then by their places. */
static int
compare_rules(const void *a, const void *b)
{
    const RuleObject *left = a;
    const RuleObject *right = b;
    int order;

    CHECK_FOR_INTERRUPTS();
    order = compareJsonbContainers(left->container, right->container);

    if (order != 0) {
        return order;
    }
    return left->index < right->index ? -1 : left->index > right->index;
}

/* The same rule twice is mostly a copy in which the property was to be another. */
static RpStatus
check_repeated(RpRuleReader *reader, const RuleArray *rules)
{
    RuleObject *sorted = palloc(sizeof(*sorted) * rules->count);
    RpStatus status = RP_OK;
    RpShown shown;

    memcpy(sorted, rules->objects, sizeof(*sorted) * rules->count);
    qsort(sorted, rules->count, sizeof(*sorted), compare_rules);
    for (uint32_t i = 1; i < rules->count && status == RP_OK; i++) {
        if (compareJsonbContainers(sorted[i - 1].container, sorted[i].container) == 0) {
            status = rp_rule_note(reader->receiver,
                                  rp_error_set(reader->error, RP_ILL_FORMED,
                                               "shape \"%s\": rules[%u] is the same as rules[%u]",
                                               rp_text_show(rules->shape->name, &shown),
                                               sorted[i].index, sorted[i - 1].index),
                                  reader->error);
        }
    }
    pfree(sorted);
    return status;
}

/* An empty array, too: a shape without a rule would judge nothing. */
static RpStatus
refuse_rules(RpRuleReader *reader, const RpRuleShape *shape)
{
    RpShown shown;

    rp_error_set(reader->error, RP_ILL_FORMED,
                 "the rules of shape \"%s\" must be an object or an array of objects",
                 rp_text_show(shape->name, &shown));
    return rp_error_hint(reader->error,
                         "One rule is {\"property\": \"name\", \"required\": true}.");
}

/* The elements of an array of rules. */
static RpStatus
collect_elements(RpRuleReader *reader, JsonbContainer *array, RuleArray *rules)
{
    JsonbIterator *iterator = JsonbIteratorInit(array);
    JsonbValue element;
    JsonbIteratorToken token;
    uint32_t index = 0;

    while ((token = JsonbIteratorNext(&iterator, &element, true)) != WJB_DONE) {
        if (token != WJB_ELEM) {
            continue;
        }
        if (element.type == jbvBinary && JsonContainerIsObject(element.val.binary.data)) {
            rules->objects[rules->count++] = (RuleObject){element.val.binary.data, index};
        } else {
            RpRule rule = {.shape = rules->shape->name, .index = index};

            RP_TRY(rp_rule_note(reader->receiver,
                                rp_rule_refuse(&rule, reader->error, "a rule must be an object"),
                                reader->error));
        }
        index++;
    }
    return RP_OK;
}

/* One rule, or an array of them. */
static RpStatus
collect_rules(RpRuleReader *reader, const JsonbValue *value, RuleArray *rules)
{
    JsonbContainer *container = value->type == jbvBinary ? value->val.binary.data : NULL;

    if (container == NULL || JsonContainerSize(container) == 0) {
        return refuse_rules(reader, rules->shape);
    }
    rules->objects = palloc(sizeof(RuleObject) * JsonContainerSize(container));
    rules->is_alone = JsonContainerIsObject(container);
    if (!rules->is_alone) {
        return collect_elements(reader, container, rules);
    }
    rules->objects[rules->count++] = (RuleObject){container, 0};
    return RP_OK;
}

/* Repeated rules are looked for before any is read: the objects are compared, not what they mean.
 */
static RpStatus
add_rules(RpRuleReader *reader, const RpRuleShape *shape, const JsonbValue *value)
{
    RuleArray rules = {.shape = shape};

    RP_TRY(collect_rules(reader, value, &rules));
    RP_TRY(check_repeated(reader, &rules));
    for (uint32_t i = 0; i < rules.count; i++) {
        RP_TRY(add_rule(reader, &rules, &rules.objects[i]));
    }
    pfree(rules.objects);
    return RP_OK;
}

/* Give a name in the head of a shape the error's place. */
static RpStatus
place_name_error(RpRuleReader *reader, RpText shape)
{
    RpError cause = *reader->error;
    RpShown shown;

    if (cause.status != RP_SYNTAX) {
        return cause.status;
    }
    rp_error_set(reader->error, RP_ILL_FORMED, "shape \"%s\": %s", rp_text_show(shape, &shown),
                 cause.message);
    return rp_error_hint(reader->error, "%s", cause.hint);
}

/* target_class: a name; null or absent: the class that the shape's own name names. */
static RpStatus
add_target(RpRuleReader *reader, const RpRuleShape *shape, const JsonbValue *target)
{
    RpTerm class_term = shape->node;
    RpShown shown;

    if (target->type != jbvNull && target->type != jbvString) {
        return rp_error_set(reader->error, RP_ILL_FORMED,
                            "shape \"%s\": \"target_class\" must be a string or null",
                            rp_text_show(shape->name, &shown));
    }
    if (target->type == jbvString &&
        rp_rule_expand_name(reader, rp_jsonb_text(target), &class_term) != RP_OK) {
        return place_name_error(reader, shape->name);
    }
    return rp_rule_add_triple(reader, &shape->node, RP_VOCABULARY_sh_targetClass, &class_term);
}

/* Of the members of a shape, its rules and target_class. */
static RpStatus
read_members(RpRuleReader *reader, RpText shape, JsonbContainer *members, JsonbValue *rules,
             JsonbValue *target)
{
    JsonbIterator *iterator = JsonbIteratorInit(members);
    JsonbValue key;
    JsonbIteratorToken token;

    while ((token = JsonbIteratorNext(&iterator, &key, true)) != WJB_DONE) {
        JsonbValue value;
        RpShown shown_shape, shown_key;

        if (token != WJB_KEY) {
            continue;
        }
        (void)JsonbIteratorNext(&iterator, &value, true);
        if (rp_json_key_is(&key, "rules")) {
            *rules = value;
        } else if (rp_json_key_is(&key, "target_class")) {
            *target = value;
        } else {
            rp_error_set(reader->error, RP_ILL_FORMED, "shape \"%s\": unknown member \"%s\"",
                         rp_text_show(shape, &shown_shape),
                         rp_text_show(rp_jsonb_text(&key), &shown_key));
            rp_error_hint(reader->error,
                          "A shape is {\"rules\": [...], \"target_class\": \"...\" or null}.");
            RP_TRY(rp_rule_note(reader->receiver, RP_ILL_FORMED, reader->error));
        }
    }
    return RP_OK;
}

static RpStatus
add_shape(RpRuleReader *reader, RpText name, JsonbContainer *members)
{
    RpRuleShape shape = {.name = name};
    RpTerm node_shape = rp_term_iri(rp_vocabulary_iri(RP_VOCABULARY_sh_NodeShape));
    JsonbValue rules = {.type = jbvNull}, target = {.type = jbvNull};

    if (rp_rule_expand_name(reader, name, &shape.node) != RP_OK) {
        return reader->error->status == RP_SYNTAX ? RP_OK /* learn_shapes has told of it */
                                                  : reader->error->status;
    }
    RP_TRY(rp_rule_add_triple(reader, &shape.node, RP_VOCABULARY_rdf_type, &node_shape));
    RP_TRY(read_members(reader, name, members, &rules, &target));
    RP_TRY(rp_rule_note(reader->receiver, add_target(reader, &shape, &target), reader->error));
    return add_rules(reader, &shape, &rules);
}

/* The next shape of a source: its name, and its members (NULL: it is no object). False: there is
 * none. */
static bool
next_shape(JsonbIterator **iterator, RpText *name, JsonbContainer **members)
{
    JsonbValue key, value;
    JsonbIteratorToken token;

    while ((token = JsonbIteratorNext(iterator, &key, true)) != WJB_DONE) {
        if (token == WJB_KEY) {
            (void)JsonbIteratorNext(iterator, &value, true);
            *name = rp_jsonb_text(&key);
            *members = value.type == jbvBinary && JsonContainerIsObject(value.val.binary.data)
                           ? value.val.binary.data
                           : NULL;
            return true;
        }
    }
    return false;
}

/* By id, for rp_rule_find_shape. */
static int
compare_shapes(const void *a, const void *b)
{
    const RpRuleShape *left = a;
    const RpRuleShape *right = b;

    return left->id < right->id ? -1 : left->id > right->id;
}

const RpRuleShape *
rp_rule_find_shape(const RpRuleReader *reader, RpTermId id)
{
    RpRuleShape wanted = {.id = id};

    return bsearch(&wanted, reader->shapes, reader->shape_count, sizeof(wanted), compare_shapes);
}

/* Learn which shapes there are, since rules name them ("node"). Two names may mean one IRI. */
static RpStatus
learn_shapes(RpRuleReader *reader, Jsonb *source)
{
    JsonbIterator *iterator = JsonbIteratorInit(&source->root);
    JsonbContainer *members;
    RpShown shown, shown_other;
    RpText name;

    reader->shapes = palloc(sizeof(RpRuleShape) * (JB_ROOT_COUNT(source) + 1));
    while (next_shape(&iterator, &name, &members)) {
        RpRuleShape *shape = &reader->shapes[reader->shape_count];

        shape->name = name;
        if (rp_rule_expand_name(reader, name, &shape->node) != RP_OK) {
            RP_TRY(rp_rule_note(reader->receiver, place_name_error(reader, name), reader->error));
            continue;
        }
        shape->id = rp_dictionary_find(&reader->graph->dictionary, &shape->node);
        reader->shape_count++;
    }
    qsort(reader->shapes, reader->shape_count, sizeof(RpRuleShape), compare_shapes);
    for (uint32_t i = 1; i < reader->shape_count; i++) {
        if (reader->shapes[i - 1].id == reader->shapes[i].id) {
            rp_error_set(reader->error, RP_ILL_FORMED,
                         "the shapes \"%s\" and \"%s\" are one: their names mean the same IRI",
                         rp_text_show(reader->shapes[i - 1].name, &shown),
                         rp_text_show(reader->shapes[i].name, &shown_other));
            RP_TRY(rp_rule_note(reader->receiver, RP_ILL_FORMED, reader->error));
        }
    }
    return RP_OK;
}

static RpStatus
add_shapes(RpRuleReader *reader, Jsonb *source)
{
    JsonbIterator *iterator = JsonbIteratorInit(&source->root);
    JsonbContainer *members;
    RpStatus status;
    RpShown shown;
    RpText name;

    RP_TRY(learn_shapes(reader, source));
    while (next_shape(&iterator, &name, &members)) {
        if (members == NULL) {
            status = rp_error_set(reader->error, RP_ILL_FORMED, "shape \"%s\" must be an object",
                                  rp_text_show(name, &shown));
            rp_error_hint(reader->error,
                          "A shape is {\"rules\": [...], \"target_class\": \"...\" or null}.");
        } else {
            status = add_shape(reader, name, members);
        }
        RP_TRY(rp_rule_note(reader->receiver, status, reader->error));
    }
    return RP_OK;
}

/* The jsonb goes at the end: every text that a triple keeps was copied into the graph's dictionary.
 */
RpStatus
rp_rule_form_read(RpShapesGraph *graph, RpText source, bool warns,
                  const RpRuleErrorReceiver *receiver, RpError *error)
{
    RpRuleReader reader = {.graph = graph, .error = error, .warns = warns, .receiver = receiver};
    char *text = rp_text_cstring(source);
    Jsonb *jsonb = DatumGetJsonbP(DirectFunctionCall1(jsonb_in, CStringGetDatum(text)));
    RpStatus status;

    if (JB_ROOT_IS_OBJECT(jsonb)) {
        status = add_shapes(&reader, jsonb);
    } else {
        status = rp_error_set(error, RP_ILL_FORMED, "the rules of a policy must be an object");
        rp_error_hint(error, "Its members are shapes by name: {\"User\": {\"rules\": [...]}}.");
    }
    pfree(jsonb);
    pfree(text);
    return status;
}
