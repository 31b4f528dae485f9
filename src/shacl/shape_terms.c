/*
 * Which terms of the sh: and dash: namespaces are known. What is not known may be a constraint, a
 * target or a rule that nobody would evaluate, or a typing error: it is refused, never passed over.
 */
#include "shacl/shape_error.h"
#include "shacl/shape_reading.h"

#define RP_DASH "http://datashapes.org/dash#"

/* Predicates that shape_reader and path_reader read. */
static const char *const read_names[] = {
    "targetClass", "targetNode",      "targetSubjectsOf", "targetObjectsOf", "path",
    "inversePath", "alternativePath", "zeroOrMorePath",   "oneOrMorePath",   "zeroOrOnePath",
    "deactivated", "severity",        "message"};

/* Predicates that constrain nothing: documentation, prefixes, what reports consist of. */
static const char *const ignored_names[] = {"name",
                                            "description",
                                            "order",
                                            "group",
                                            "defaultValue",
                                            "declare",
                                            "prefixes",
                                            "prefix",
                                            "namespace",
                                            "shapesGraph",
                                            "suggestedShapesGraph",
                                            "shapesGraphWellFormed",
                                            "conforms",
                                            "result",
                                            "focusNode",
                                            "resultPath",
                                            "value",
                                            "sourceShape",
                                            "sourceConstraint",
                                            "sourceConstraintComponent",
                                            "resultSeverity",
                                            "resultMessage",
                                            "detail",
                                            "intent",
                                            "agentInstruction",
                                            "codeIdentifier",
                                            "unit"};

/* Classes of the sh: namespace whose instances mean nothing beyond what their triples say. */
static const char *const class_names[] = {"NodeShape",         "PropertyShape",    "Shape",
                                          "ValidationReport",  "ValidationResult", "PropertyGroup",
                                          "PrefixDeclaration", "Severity",         "NodeKind"};

/* Predicates of the dash: namespace for forms and editors. */
static const char *const dash_names[] = {"editor", "viewer", "propertyRole", "hidden", "readOnly"};

#define IS_NAMED(local, names) is_named(local, names, sizeof names / sizeof *names)

static bool
is_named(RpText local, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (rp_text_equals(local, rp_text_from(names[i]))) {
            return true;
        }
    }
    return false;
}

/* The part of an IRI after a namespace; false when it is not in it. */
static bool
local_name(RpText iri, RpText namespace_iri, RpText *local)
{
    if (!rp_text_starts_with(iri, namespace_iri)) {
        return false;
    }
    *local = (RpText){iri.data + namespace_iri.length, iri.length - namespace_iri.length};
    return true;
}

static bool
is_known_predicate(const RpShapeReader *reader, RpTermId predicate)
{
    RpText iri = rp_dictionary_term(&reader->shapes->graph->dictionary, predicate).lexical;
    RpText local;

    if (predicate < RP_VOCABULARY_END && reader->is_parameter[predicate]) {
        return true;
    }
    if (local_name(iri, RP_TEXT(RP_SH), &local)) {
        return IS_NAMED(local, read_names) || IS_NAMED(local, ignored_names);
    }
    if (local_name(iri, RP_TEXT(RP_DASH), &local)) {
        return IS_NAMED(local, dash_names);
    }
    return predicate != RP_VOCABULARY_owl_imports;
}

static bool
is_known_type(const RpShapeReader *reader, RpTermId type)
{
    RpTerm term = rp_dictionary_term(&reader->shapes->graph->dictionary, type);
    RpText local;

    if (term.kind != RP_IRI) {
        return true;
    }
    if (local_name(term.lexical, RP_TEXT(RP_SH), &local)) {
        return IS_NAMED(local, class_names);
    }
    return !local_name(term.lexical, RP_TEXT(RP_DASH), &local);
}

static RpStatus
refuse(const RpShapeReader *reader, RpTermId subject, RpTermId name)
{
    const RpShapesGraph *graph = reader->shapes->graph;
    RpShown shown_subject;
    RpShown shown_name;

    rp_error_set(reader->error, RP_UNSUPPORTED, "%s uses %s, which is %s",
                 rp_shape_error_show(graph, subject, &shown_subject),
                 rp_shape_error_show(graph, name, &shown_name),
                 name < RP_VOCABULARY_END ? "not implemented" : "not known or not implemented");
    rp_shape_error_place(reader->error, graph, subject);
    if (name == RP_VOCABULARY_owl_imports) {
        return rp_error_hint(reader->error, "Nothing is fetched. Put the shapes of the imported "
                                            "graph into the same text, and remove owl:imports.");
    }
    if (name == RP_VOCABULARY_sh_entailment) {
        return rp_error_hint(reader->error,
                             "No entailment regime is implemented: add the triples that it would "
                             "derive to the data, and remove sh:entailment.");
    }
    return rp_error_hint(reader->error, "Remove it, or correct its name: passing over it could "
                                        "accept data that it is meant to refuse.");
}

enum { RP_TERM_NOT_JUDGED = 0, RP_TERM_KNOWN, RP_TERM_REFUSED };

RpStatus
rp_shape_terms_check(const RpShapeReader *reader)
{
    const RpGraph *graph = &reader->shapes->graph->graph;
    RpArena *arena = reader->shapes->arena;
    uint8_t *judged = rp_arena_allocate_zero(arena, (size_t)reader->term_count + 1);

    if (judged == NULL) {
        return rp_arena_failure(arena, reader->error);
    }
    for (uint32_t i = 0; i < graph->count; i++) {
        const RpTriple *triple = &graph->by_subject[i];
        uint8_t *judgement = &judged[triple->predicate];

        RP_TRY(rp_arena_poll(arena, reader->error));
        if (*judgement == RP_TERM_NOT_JUDGED) {
            *judgement =
                is_known_predicate(reader, triple->predicate) ? RP_TERM_KNOWN : RP_TERM_REFUSED;
        }
        if (*judgement == RP_TERM_REFUSED) {
            return refuse(reader, triple->subject, triple->predicate);
        }
        if (triple->predicate == RP_VOCABULARY_rdf_type && !is_known_type(reader, triple->object)) {
            return refuse(reader, triple->subject, triple->object);
        }
    }
    return RP_OK;
}
