/*
 * Which terms of the sh: and dash: namespaces are known. What is not known, on a shape, may be a
 * constraint, a target or a typing error: it is refused, never passed over. What SHACL defines and
 * is not implemented is refused wherever it stands.
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

/* Classes, of either namespace, that give what looks like SHACL Core another meaning. */
static const char *const refused_class_names[] = {"ConstraintComponent", "ShapeClass"};

/* Predicates of the dash: namespace for forms and editors. */
static const char *const dash_names[] = {"editor", "viewer", "propertyRole", "hidden", "readOnly"};

/* RpShapeReader.judgements, from good to bad. */
enum {
    RP_TERM_IS_NOT_JUDGED = 0,
    RP_TERM_IS_KNOWN,
    RP_TERM_IS_UNKNOWN,        /* refused on shapes */
    RP_TERM_IS_NOT_IMPLEMENTED /* refused everywhere */
};

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

static uint8_t
judge_predicate(const RpShapeReader *reader, RpTermId predicate)
{
    RpText iri = rp_dictionary_term(&reader->shapes->graph->dictionary, predicate).lexical;
    bool is_known = predicate != RP_VOCABULARY_owl_imports;
    RpText local;

    if (predicate < RP_VOCABULARY_END && reader->is_parameter[predicate]) {
        return RP_TERM_IS_KNOWN;
    }
    if (local_name(iri, RP_TEXT(RP_SH), &local)) {
        is_known = IS_NAMED(local, read_names) || IS_NAMED(local, ignored_names);
    } else if (local_name(iri, RP_TEXT(RP_DASH), &local)) {
        is_known = IS_NAMED(local, dash_names);
    }
    if (is_known) {
        return RP_TERM_IS_KNOWN;
    }
    return predicate < RP_VOCABULARY_END ? RP_TERM_IS_NOT_IMPLEMENTED : RP_TERM_IS_UNKNOWN;
}

static uint8_t
judge_type(const RpShapeReader *reader, RpTermId type)
{
    RpTerm term = rp_dictionary_term(&reader->shapes->graph->dictionary, type);
    RpText local;
    bool is_known = true;

    if (term.kind != RP_IRI) {
        return RP_TERM_IS_KNOWN;
    }
    if (local_name(term.lexical, RP_TEXT(RP_SH), &local)) {
        is_known = IS_NAMED(local, class_names);
    } else if (local_name(term.lexical, RP_TEXT(RP_DASH), &local)) {
        is_known = false;
    }
    if (is_known) {
        return RP_TERM_IS_KNOWN;
    }
    return IS_NAMED(local, refused_class_names) ? RP_TERM_IS_NOT_IMPLEMENTED : RP_TERM_IS_UNKNOWN;
}

static RpStatus
refuse(const RpShapeReader *reader, RpTermId subject, RpTermId name, uint8_t judgement)
{
    const RpShapesGraph *graph = reader->shapes->graph;
    RpShown shown_subject;
    RpShown shown_name;

    rp_error_set(reader->error, RP_UNSUPPORTED, "%s uses %s, which is %s",
                 rp_shape_error_show(graph, subject, &shown_subject),
                 rp_shape_error_show(graph, name, &shown_name),
                 judgement == RP_TERM_IS_UNKNOWN ? "not known or not implemented"
                                                 : "not implemented");
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

/* Refuse a triple whose predicate or type is judged at least as badly as limit. */
static RpStatus
check_triple(RpShapeReader *reader, const RpTriple *triple, uint8_t limit)
{
    uint8_t *judgement = &reader->judgements[triple->predicate];

    if (*judgement == RP_TERM_IS_NOT_JUDGED) {
        *judgement = judge_predicate(reader, triple->predicate);
    }
    if (*judgement >= limit) {
        return refuse(reader, triple->subject, triple->predicate, *judgement);
    }
    if (triple->predicate == RP_VOCABULARY_rdf_type) {
        uint8_t type_judgement = judge_type(reader, triple->object);

        if (type_judgement >= limit) {
            return refuse(reader, triple->subject, triple->object, type_judgement);
        }
    }
    return RP_OK;
}

RpStatus
rp_shape_terms_check(RpShapeReader *reader)
{
    const RpGraph *graph = &reader->shapes->graph->graph;
    RpArena *arena = reader->shapes->arena;

    reader->judgements = rp_arena_allocate_zero(arena, (size_t)reader->term_count + 1);
    if (reader->judgements == NULL) {
        return rp_arena_failure(arena, reader->error);
    }
    for (uint32_t i = 0; i < graph->count; i++) {
        RP_TRY(rp_arena_poll(arena, reader->error));
        RP_TRY(check_triple(reader, &graph->by_subject[i], RP_TERM_IS_NOT_IMPLEMENTED));
    }
    return RP_OK;
}

RpStatus
rp_shape_terms_check_shape(RpShapeReader *reader, RpTermId node)
{
    RpTripleRange triples = rp_shape_reader_triples(reader, node);

    for (const RpTriple *triple = triples.first; triple < triples.end; triple++) {
        RP_TRY(check_triple(reader, triple, RP_TERM_IS_UNKNOWN));
    }
    return RP_OK;
}
