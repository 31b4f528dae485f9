/* See json_form.h. */
#include "pg/judge/json_form.h"

#include "rdf/term.h"
#include "pg/term/jsonb_entries.h"

/* What the names of an object's members say. */
typedef struct Members {
    bool is_json_ld;
    bool has_subject;
    bool has_predicate;
    bool has_other; /* one that a triple does not have */
} Members;

static bool
is_json_ld_name(RpText name)
{
    RpError ignored;

    return rp_text_starts_with(name, RP_TEXT("@")) ||
           (rp_iri_is_absolute(name) && rp_iri_check(name, &ignored) == RP_OK);
}

/* Whether a member is one that a triple may have beside subject and predicate (jsonb_source.c). */
static bool
is_object_name(RpText name)
{
    return rp_text_equals(name, RP_TEXT("value")) || rp_text_equals(name, RP_TEXT("object")) ||
           rp_text_equals(name, RP_TEXT("type")) || rp_text_equals(name, RP_TEXT("datatype")) ||
           rp_text_equals(name, RP_TEXT("language"));
}

/* An object's names, up to the first that is JSON-LD's: then the others do not matter. */
static Members
members_of(const JsonbContainer *object)
{
    RpJsonbEntries entries = rp_jsonb_entries(object);
    RpJsonbEntry entry;
    Members members = {0};

    while (!members.is_json_ld && rp_jsonb_next(&entries, &entry)) {
        if (rp_text_equals(entry.key, RP_TEXT("subject"))) {
            members.has_subject = true;
        } else if (rp_text_equals(entry.key, RP_TEXT("predicate"))) {
            members.has_predicate = true;
        } else if (!is_object_name(entry.key)) {
            members.has_other = true;
            members.is_json_ld = is_json_ld_name(entry.key);
        }
    }
    return members;
}

static bool
is_triple(const Members *members)
{
    return members->has_subject && members->has_predicate && !members->has_other;
}

/* What the elements of an array are. */
typedef struct Elements {
    uint32_t json_ld_count;
    uint32_t triple_count;
    uint32_t other_count;
    uint32_t almost_count; /* of the others: objects with a subject or a predicate */
} Elements;

static Elements
elements_of(const JsonbContainer *array)
{
    RpJsonbEntries entries = rp_jsonb_entries(array);
    RpJsonbEntry entry;
    Elements elements = {0};

    while (rp_jsonb_next(&entries, &entry)) {
        const JsonbContainer *object = rp_jsonb_object(&entry);
        Members members = object != NULL ? members_of(object) : (Members){0};

        if (members.is_json_ld) {
            elements.json_ld_count++;
        } else if (is_triple(&members)) {
            elements.triple_count++;
        } else {
            elements.other_count++;
            elements.almost_count += members.has_subject || members.has_predicate;
        }
    }
    return elements;
}

RpJsonForm
rp_json_form(const Jsonb *jsonb, bool has_default_context)
{
    Elements elements;

    if (JB_ROOT_IS_SCALAR(jsonb)) {
        return RP_JSON_UNKNOWN;
    }
    if (JB_ROOT_IS_OBJECT(jsonb)) {
        return has_default_context || members_of(&jsonb->root).is_json_ld ? RP_JSON_LD
                                                                          : RP_JSON_UNKNOWN;
    }
    elements = elements_of(&jsonb->root);
    if (elements.json_ld_count > 0) {
        return elements.triple_count > 0 ? RP_JSON_MIXED : RP_JSON_LD;
    }
    if (elements.other_count == 0) {
        return RP_JSON_TRIPLES;
    }
    if (has_default_context) {
        return RP_JSON_LD;
    }
    return elements.triple_count + elements.almost_count > 0 ? RP_JSON_NEARLY : RP_JSON_UNKNOWN;
}

bool
rp_json_begins_as_triples(const Jsonb *jsonb)
{
    RpJsonbEntries entries = rp_jsonb_entries(&jsonb->root);
    const JsonbContainer *object;
    RpJsonbEntry first;
    Members members;

    if (!JB_ROOT_IS_ARRAY(jsonb) || JB_ROOT_IS_SCALAR(jsonb) || !rp_jsonb_next(&entries, &first)) {
        return false;
    }
    object = rp_jsonb_object(&first);
    members = object != NULL ? members_of(object) : (Members){0};
    return is_triple(&members);
}

/* The object that may tell what a document is instead: its root, or its first element. NULL: none.
 */
static const JsonbContainer *
first_object(const Jsonb *jsonb)
{
    RpJsonbEntries entries;
    RpJsonbEntry entry;

    if (JB_ROOT_IS_OBJECT(jsonb)) {
        return &jsonb->root;
    }
    entries = rp_jsonb_entries(&jsonb->root);
    return rp_jsonb_next(&entries, &entry) ? rp_jsonb_object(&entry) : NULL;
}

static bool
has_member(const JsonbContainer *object, const char *name)
{
    RpJsonbEntries entries = rp_jsonb_entries(object);
    RpJsonbEntry entry;

    while (rp_jsonb_next(&entries, &entry)) {
        if (rp_text_equals(entry.key, rp_text_from(name))) {
            return true;
        }
    }
    return false;
}

/* Whether the document is one string. */
static bool
is_string(const Jsonb *jsonb)
{
    return JB_ROOT_IS_SCALAR(jsonb) && JBE_ISSTRING(jsonb->root.children[0]);
}

/* The way out; NULL: a default context. */
static const char *
hint_at(const Jsonb *jsonb, RpJsonForm form)
{
    const JsonbContainer *object = first_object(jsonb);

    if (form == RP_JSON_MIXED) {
        return "Judge them one by one.";
    }
    if (is_string(jsonb)) {
        return "A text in Turtle is given as text, not as jsonb: of a JSON string that holds one, "
               "document #>> '{}' is the text.";
    }
    if (JB_ROOT_IS_SCALAR(jsonb)) {
        return "A document is an object or an array.";
    }
    if (object != NULL && has_member(object, "property")) {
        return "The document looks like rules, which rdf_policy_register_shape() takes.";
    }
    if (JB_ROOT_IS_OBJECT(jsonb) && has_member(object, "subject")) {
        return "One triple is an array of one object.";
    }
    return NULL;
}

static void
hint_at_default(RpText policy, RpError *error)
{
    RpShown shown;

    rp_error_hint(error,
                  policy.length > 0
                      ? "A document in JSON-LD without a context of its own needs a default one: "
                        "context => '<its IRI>', of the call or of policy \"%s\"."
                      : "A document in JSON-LD without a context of its own needs a default one: "
                        "context => '<its IRI>'.",
                  rp_text_show(policy, &shown));
}

RpStatus
rp_json_form_refuse(const Jsonb *jsonb, RpJsonForm form, RpText policy, RpError *error)
{
    const char *hint = hint_at(jsonb, form);

    if (form != RP_JSON_NEARLY) {
        rp_error_set(error, RP_SYNTAX, "not valid as a document in JSON: %s",
                     form == RP_JSON_MIXED
                         ? "some elements of the array are JSON-LD, and some are triples"
                         : "it is neither JSON-LD nor triples");
        if (hint != NULL) {
            rp_error_hint(error, "%s", hint);
        } else {
            hint_at_default(policy, error);
        }
    }
    return rp_error_detail(
        error, "JSON-LD is known by a member of the document, or of an element of the array, whose "
               "name begins with @ or is an absolute IRI. Triples are an array of objects with "
               "\"subject\" and \"predicate\", and no member that a triple does not have.");
}
