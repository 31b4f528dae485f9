/* What the values of a rule's keys mean: terms, and lists of terms. */
#include "pg/compile/rule_form_internal.h"

#include "base/nearest.h"
#include "xsd/datatype.h"
#include "xsd/pattern.h"
#include "pg/term/json_term.h"

/* An rdf:List that grows. */
typedef struct TermList {
    const char *name; /* of the key: its cells are _:rule2_in1, … */
    RpTerm head;
    RpTerm last;
    uint32_t count;
} TermList;

/* Empty is rdf:nil (RDF Schema 1.1, section 5.2). */
static TermList
begin_list(RpRuleKey key)
{
    return (TermList){.name = rp_rule_entries[key].name,
                      .head = rp_term_iri(rp_vocabulary_iri(RP_VOCABULARY_rdf_nil))};
}

/* The cell's label is unlike every other: the rule's number, the key and the item's place are in
 * it. */
static RpStatus
append_item(RpRuleReader *reader, TermList *list, const RpTerm *item)
{
    RpBuffer label;
    RpTerm cell;

    RP_TRY(rp_arena_poll(reader->graph->arena, reader->error));
    rp_buffer_init(&label, reader->graph->arena);
    rp_buffer_append_format(&label, "rule%u_%s%u", reader->rule_count, list->name, ++list->count);
    RP_TRY(rp_buffer_status(&label, reader->error));
    cell = rp_term_blank(rp_buffer_text(&label));
    if (list->count == 1) {
        list->head = cell;
    } else {
        RP_TRY(rp_rule_add_triple(reader, &list->last, RP_VOCABULARY_rdf_rest, &cell));
    }
    list->last = cell;
    return rp_rule_add_triple(reader, &cell, RP_VOCABULARY_rdf_first, item);
}

/* A list without an end would be ill-formed to the shape reader. */
static RpStatus
end_list(RpRuleReader *reader, const TermList *list)
{
    RpTerm nil = rp_term_iri(rp_vocabulary_iri(RP_VOCABULARY_rdf_nil));

    return list->count == 0 ? RP_OK
                            : rp_rule_add_triple(reader, &list->last, RP_VOCABULARY_rdf_rest, &nil);
}

/* What no literal of the rule's datatype is, nothing would ever equal or be compared with. */
static RpStatus
check_datatype(RpRuleReader *reader, const RpOpenRule *open, const RpTerm *term)
{
    RpShown shown, shown_datatype;

    if (open->datatype.length == 0 ||
        (term->kind == RP_LITERAL && rp_text_equals(term->datatype, open->datatype) &&
         (term->language.length > 0 ||
          rp_datatype_accepts(rp_vocabulary_find(open->datatype), term->lexical)))) {
        return RP_OK;
    }
    return rp_error_set(reader->error, RP_SYNTAX, "\"%s\" is no value of datatype <%s>",
                        rp_text_show(term->lexical, &shown),
                        rp_text_show(open->datatype, &shown_datatype));
}

/* A value of the property: an object is a term; a string or number by itself has the rule's
 * datatype, or means what it means in data. */
static RpStatus
data_term(RpRuleReader *reader, const RpOpenRule *open, const JsonbValue *value, RpTerm *term)
{
    RpJsonTerm json = {.value = *value, .is_type_value = open->is_of_types};
    RpJsonNames names;

    if (value->type == jbvBinary && JsonContainerIsObject(value->val.binary.data)) {
        json.value.type = jbvNull;
        RP_TRY(rp_json_term_read(value->val.binary.data, "language", &json, reader->error));
    } else if (value->type == jbvBinary || value->type == jbvNull) {
        return rp_error_set(reader->error, RP_SYNTAX,
                            "an element is no string, number, boolean or term");
    } else if (open->datatype.length > 0) {
        RP_TRY(rp_json_scalar_literal(reader->graph->arena, value, term, reader->error));
        term->datatype = open->datatype;
        RP_TRY(rp_term_check(term, reader->error));
        return check_datatype(reader, open, term);
    }
    rp_json_names_init(&names, reader->graph->arena);
    RP_TRY(rp_json_term_resolve(&names, &json, term, reader->error));
    if (term->kind == RP_BLANK) {
        return rp_error_set(reader->error, RP_SYNTAX,
                            "a blank node equals none of the data, so it cannot be listed");
    }
    return check_datatype(reader, open, term);
}

/* A language range of RFC 4647's basic form: a tag, or * for all. */
static RpStatus
language_term(RpRuleReader *reader, const JsonbValue *value, RpTerm *term)
{
    RpText range = value->type == jbvString ? rp_jsonb_text(value) : RP_TEXT("");
    RpTerm tagged = rp_term_lang_literal(RP_TEXT(""), range);
    RpShown shown;

    if (value->type != jbvString) {
        return rp_error_set(reader->error, RP_SYNTAX, "an element is no string");
    }
    if (!rp_text_equals(range, RP_TEXT("*")) &&
        (range.length == 0 || rp_term_check(&tagged, reader->error) != RP_OK)) {
        rp_error_set(reader->error, RP_SYNTAX, "\"%s\" is no language tag",
                     rp_text_show(range, &shown));
        return rp_error_hint(reader->error,
                             "Language tags are such as en, de-AT; * is any language.");
    }
    *term = rp_term_literal(range, rp_vocabulary_iri(RP_VOCABULARY_xsd_string));
    return RP_OK;
}

/* Of ignoredProperties. */
static RpStatus
name_term(RpRuleReader *reader, const JsonbValue *value, RpTerm *term)
{
    if (value->type != jbvString) {
        return rp_error_set(reader->error, RP_SYNTAX, "an element is no string");
    }
    return rp_rule_expand_name(reader, rp_jsonb_text(value), term);
}

/* By the kind of the key's array; an array of anything else is one of data's terms. */
static RpStatus
item_term(RpRuleReader *reader, const RpOpenRule *open, RpRuleKey key, const JsonbValue *value,
          RpTerm *term)
{
    switch (rp_rule_entries[key].kind) {
    case RP_KIND_NAMES:
        return name_term(reader, value, term);
    case RP_KIND_LANGUAGES:
        return language_term(reader, value, term);
    default:
        return data_term(reader, open, value, term);
    }
}

/* Values are the jsonb's own, which lives as long as the reading. */
static RpStatus
append_items(RpRuleReader *reader, const RpOpenRule *open, RpRuleKey key, const JsonbValue *array,
             TermList *list)
{
    JsonbIterator *iterator = JsonbIteratorInit(array->val.binary.data);
    JsonbValue value;
    JsonbIteratorToken token;

    while ((token = JsonbIteratorNext(&iterator, &value, true)) != WJB_DONE) {
        RpTerm item;

        if (token == WJB_ELEM) {
            RP_TRY(item_term(reader, open, key, &value, &item));
            RP_TRY(append_item(reader, list, &item));
        }
    }
    return end_list(reader, list);
}

/* rdf:type is always allowed: the nodes have a class, or the rule would find none of them. SHACL
 * itself allows it only where it is listed (SHACL Recommendation, section 4.8.1). */
RpStatus
rp_rule_ignored_properties(RpRuleReader *reader, const JsonbValue *array, RpTerm *head)
{
    TermList list = begin_list(RP_RULE_IGNORED_PROPERTIES);
    RpTerm type = rp_term_iri(rp_vocabulary_iri(RP_VOCABULARY_rdf_type));

    RP_TRY(append_item(reader, &list, &type));
    *head = list.head;
    return array == NULL ? end_list(reader, &list)
                         : append_items(reader, NULL, RP_RULE_IGNORED_PROPERTIES, array, &list);
}

/* Whether an IRI is in a namespace whose datatypes are all known. */
static bool
is_of_known_datatypes(RpText iri)
{
    return rp_text_starts_with(iri, RP_TEXT(RP_XSD)) || rp_text_starts_with(iri, RP_TEXT(RP_RDF)) ||
           rp_text_starts_with(iri, RP_TEXT(RP_RDFS)) || rp_text_starts_with(iri, RP_TEXT(RP_SH));
}

/* Datatypes of RDF's own of which no lexical form is checked. */
static bool
is_rdf_datatype(RpText iri)
{
    static const char *const iris[] = {RP_RDF "langString", RP_RDF "dirLangString", RP_RDF "HTML",
                                       RP_RDF "XMLLiteral", RP_RDF "JSON"};

    for (size_t i = 0; i < lengthof(iris); i++) {
        if (rp_text_equals(iri, rp_text_from(iris[i]))) {
            return true;
        }
    }
    return false;
}

/*
 * A datatype without a prefix is xsd's. One that does not exist is a name that no literal has, and
 * would refuse all data; names in other namespaces may be anybody's.
 */
static RpStatus
datatype_term(RpRuleReader *reader, RpText name, RpTerm *term)
{
    RpText full = name;
    RpNearest nearest;
    RpShown shown;

    if (name.length > 0 && name.data[0] != '<' && memchr(name.data, ':', name.length) == NULL) {
        char *prefixed = rp_arena_allocate(reader->graph->arena, name.length + 4);

        if (prefixed == NULL) {
            return rp_arena_failure(reader->graph->arena, reader->error);
        }
        memcpy(prefixed, "xsd:", 4);
        memcpy(prefixed + 4, name.data, name.length);
        full = (RpText){prefixed, name.length + 4};
    }
    RP_TRY(rp_rule_expand_name(reader, full, term));
    if (!is_of_known_datatypes(term->lexical) || is_rdf_datatype(term->lexical) ||
        rp_datatype_is_recognised(rp_vocabulary_find(term->lexical))) {
        return RP_OK;
    }
    rp_nearest_begin(&nearest, term->lexical);
    for (RpVocabulary id = 1; id < RP_VOCABULARY_END; id++) {
        if (rp_datatype_is_recognised(id)) {
            rp_nearest_offer(&nearest, rp_vocabulary_iri(id));
        }
    }
    rp_error_set(reader->error, RP_SYNTAX, "there is no datatype \"%s\"",
                 rp_text_show(name, &shown));
    if (nearest.name.length == 0) {
        return rp_error_hint(reader->error, "Datatypes are XML Schema's, such as string, integer, "
                                            "decimal, boolean, date and dateTime.");
    }
    return rp_error_hint(reader->error, "Did you mean \"%s:%s\"?",
                         rp_text_starts_with(nearest.name, RP_TEXT(RP_XSD)) ? "xsd" : "rdf",
                         rp_text_show(rp_iri_local_name(nearest.name), &shown));
}

/* "node": a shape of the same source, which rules of one shape alone need not hold. */
static RpStatus
shape_term(RpRuleReader *reader, RpText name, RpTerm *term)
{
    RpNearest nearest;
    RpShown shown;
    RpTermId id;

    RP_TRY(rp_rule_expand_name(reader, name, term));
    RP_TRY(rp_dictionary_add(&reader->graph->dictionary, term, &id, reader->error));
    if ((reader->receiver != NULL && reader->receiver->is_part) ||
        rp_rule_find_shape(reader, id) != NULL) {
        return RP_OK;
    }
    rp_nearest_begin(&nearest, name);
    for (uint32_t i = 0; i < reader->shape_count && reader->search_count < RP_SEARCH_LIMIT; i++) {
        rp_nearest_offer(&nearest, reader->shapes[i].name);
    }
    reader->search_count++;
    rp_error_set(reader->error, RP_SYNTAX, "the policy has no shape \"%s\"",
                 rp_text_show(name, &shown));
    return rp_error_hint(reader->error,
                         "%s%s%sThe policy needs a shape of that name: register it first, or all "
                         "shapes at once with rdf_policy_apply().",
                         nearest.name.length > 0 ? "Did you mean \"" : "",
                         nearest.name.length > 0 ? rp_text_show(nearest.name, &shown) : "",
                         nearest.name.length > 0 ? "\"? " : "");
}

/* Whether a recognised datatype has values that numbers can be compared with. */
static bool
is_bounded_by_numbers(const RpDatatype *datatype)
{
    return datatype == NULL || datatype->values == RP_VALUES_DECIMAL ||
           datatype->values == RP_VALUES_FLOAT || datatype->values == RP_VALUES_DOUBLE;
}

/*
 * A bound. A string has the rule's datatype, and must be one of its values. A number keeps its own,
 * since 0.5 is a good bound for integers. A bound that no value of the datatype can be compared
 * with would refuse all data, so it is an error.
 */
static RpStatus
bound_term(RpRuleReader *reader, const RpOpenRule *open, const JsonbValue *value, RpTerm *term)
{
    RpShown shown;

    RP_TRY(rp_json_scalar_literal(reader->graph->arena, value, term, reader->error));
    if (value->type == jbvNumeric) {
        if (!is_bounded_by_numbers(rp_datatype_find(rp_vocabulary_find(open->datatype)))) {
            return rp_error_set(reader->error, RP_SYNTAX,
                                "a number cannot bound values of datatype <%s>",
                                rp_text_show(open->datatype, &shown));
        }
        return RP_OK;
    }
    if (open->datatype.length == 0) {
        rp_error_set(reader->error, RP_SYNTAX, "a string is a bound only beside a \"datatype\"");
        return rp_error_hint(reader->error, "Write a number without quotes, or add the datatype.");
    }
    term->datatype = open->datatype;
    return check_datatype(reader, open, term);
}

/* One of SHACL's words, with or without "sh:"; 0: the name is none of them. */
static RpVocabulary
find_word(RpText name, const RpVocabulary *words, size_t count, RpNearest *nearest)
{
    RpText local = name;

    if (rp_text_starts_with(name, RP_TEXT("sh:"))) {
        local = (RpText){name.data + 3, name.length - 3};
    }
    rp_nearest_begin(nearest, local);
    for (size_t i = 0; i < count; i++) {
        RpText word = rp_iri_local_name(rp_vocabulary_iri(words[i]));

        if (rp_text_equals(local, word)) {
            return words[i];
        }
        rp_nearest_offer(nearest, word);
    }
    return RP_VOCABULARY_NONE;
}

/* Refuse such a word, with what was meant or else all that there are. */
static RpStatus
refuse_word(RpRuleReader *reader, RpText name, const RpNearest *nearest, const char *what,
            const char *hint)
{
    RpShown shown;

    rp_error_set(reader->error, RP_SYNTAX, "\"%s\" is no %s", rp_text_show(name, &shown), what);
    return nearest->name.length > 0
               ? rp_error_hint(reader->error, "Did you mean \"%.*s\"? %s",
                               (int)nearest->name.length, nearest->name.data, hint)
               : rp_error_hint(reader->error, "%s", hint);
}

/* The six that there are (SHACL Recommendation, section 4.1.3), since any other IRI would be
 * ill-formed. */
static RpStatus
node_kind_term(RpRuleReader *reader, RpText name, RpTerm *term)
{
    static const RpVocabulary kinds[] = {
        RP_VOCABULARY_sh_IRI,          RP_VOCABULARY_sh_BlankNode,
        RP_VOCABULARY_sh_Literal,      RP_VOCABULARY_sh_BlankNodeOrIRI,
        RP_VOCABULARY_sh_IRIOrLiteral, RP_VOCABULARY_sh_BlankNodeOrLiteral};
    RpNearest nearest;
    RpVocabulary kind = find_word(name, kinds, lengthof(kinds), &nearest);

    if (kind == RP_VOCABULARY_NONE) {
        return refuse_word(reader, name, &nearest, "node kind",
                           "Node kinds are IRI, BlankNode, Literal, BlankNodeOrIRI, "
                           "BlankNodeOrLiteral and IRIOrLiteral.");
    }
    *term = rp_term_iri(rp_vocabulary_iri(kind));
    return RP_OK;
}

/* SHACL's three, or an IRI of one's own, which is not a bare word and not in SHACL's namespace. */
static RpStatus
severity_term(RpRuleReader *reader, RpText name, RpTerm *term)
{
    static const RpVocabulary severities[] = {RP_VOCABULARY_sh_Violation, RP_VOCABULARY_sh_Warning,
                                              RP_VOCABULARY_sh_Info};
    RpNearest nearest;
    RpVocabulary severity = find_word(name, severities, lengthof(severities), &nearest);

    if (severity != RP_VOCABULARY_NONE) {
        *term = rp_term_iri(rp_vocabulary_iri(severity));
        return RP_OK;
    }
    if (memchr(name.data, ':', name.length) != NULL) {
        RP_TRY(rp_rule_expand_name(reader, name, term));
        severity = rp_vocabulary_find(term->lexical);
        if (!rp_text_starts_with(term->lexical, RP_TEXT(RP_SH)) ||
            severity == RP_VOCABULARY_sh_Violation || severity == RP_VOCABULARY_sh_Warning ||
            severity == RP_VOCABULARY_sh_Info) {
            return RP_OK;
        }
    }
    return refuse_word(reader, name, &nearest, "severity",
                       "Severities are Violation, Warning, Info, and IRIs of your own.");
}

/* Compiled only to tell what is no expression with the place of its rule: the program is not kept.
 */
static RpStatus
pattern_term(RpRuleReader *reader, const RpOpenRule *open, RpTerm *term)
{
    const JsonbValue *flags = &open->rule.values[RP_RULE_FLAGS];
    RpText program;

    RP_TRY(rp_json_scalar_literal(reader->graph->arena, &open->rule.values[RP_RULE_PATTERN], term,
                                  reader->error));
    RP_TRY(rp_term_check(term, reader->error));
    return rp_pattern_compile(reader->graph->arena, term->lexical,
                              flags->type == jbvString ? rp_jsonb_text(flags) : RP_TEXT(""),
                              &program, reader->error);
}

/* The value has the key's JSON type already (rule.c), so only its meaning is asked. */
RpStatus
rp_rule_value_term(RpRuleReader *reader, const RpOpenRule *open, RpRuleKey key, RpTerm *term)
{
    const JsonbValue *value = &open->rule.values[key];
    TermList list = begin_list(key);

    switch (rp_rule_entries[key].kind) {
    case RP_KIND_NAME:
        return rp_rule_expand_name(reader, rp_jsonb_text(value), term);
    case RP_KIND_DATATYPE:
        return datatype_term(reader, rp_jsonb_text(value), term);
    case RP_KIND_SHAPE:
        return shape_term(reader, rp_jsonb_text(value), term);
    case RP_KIND_NODE_KIND:
        return node_kind_term(reader, rp_jsonb_text(value), term);
    case RP_KIND_SEVERITY:
        return severity_term(reader, rp_jsonb_text(value), term);
    case RP_KIND_PATTERN:
        return pattern_term(reader, open, term);
    case RP_KIND_BOUND:
        return bound_term(reader, open, value, term);
    case RP_KIND_TERM:
        return data_term(reader, open, value, term);
    case RP_KIND_NAMES:
        return rp_rule_ignored_properties(reader, value, term);
    case RP_KIND_TERMS:
    case RP_KIND_LANGUAGES:
        RP_TRY(append_items(reader, open, key, value, &list));
        *term = list.head;
        return RP_OK;
    case RP_KIND_BOOLEAN:
    case RP_KIND_COUNT:
    case RP_KIND_STRING:
        break;
    }
    RP_TRY(rp_json_scalar_literal(reader->graph->arena, value, term, reader->error));
    return rp_term_check(term, reader->error);
}
