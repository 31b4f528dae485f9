/*
 * Which terms of the sh: and dash: namespaces are known. What is not known, on a shape, may be a
 * constraint, a target or a typing error: it is refused, never passed over. What SHACL defines and
 * is not implemented is refused where it can constrain: wherever it stands, if it makes its subject
 * a shape (sh:js), declares what queries and targets of the whole text may use (functions and types
 * of targets) or is about all of it (sh:entailment); on shapes, and on what describes something for
 * them, if a shape has to refer to it (sh:resultAnnotation).
 */
#include "base/nearest.h"
#include "shacl/capability.h"
#include "shacl/shape_error.h"
#include "shacl/shape_findings.h"
#include "shacl/shape_reader_internal.h"

/* RpShapeReader.standings, from good to bad. */
enum {
    RP_TERM_IS_NOT_ASKED = 0,
    RP_TERM_IS_KNOWN,
    RP_TERM_IS_NOT_RUN, /* taken, with a warning */
    RP_TERM_IS_SWITCH,  /* refused on shapes, unless its value is false */
    RP_TERM_IS_UNKNOWN, /* refused on shapes */
    RP_TERM_IS_PART,    /* the same, and known */
    RP_TERM_IS_SHAPE,   /* refused everywhere: its subject is a shape */
    RP_TERM_IS_REFUSED  /* refused everywhere */
};

static bool
is_of_shacl(RpText iri)
{
    return rp_text_starts_with(iri, RP_TEXT(RP_SH)) || rp_text_starts_with(iri, RP_TEXT(RP_DASH));
}

static uint8_t
standing_of(RpText iri, RpTermUse use)
{
    switch (rp_capability_of(iri, use)) {
    case RP_CAPABILITY_UNLISTED:
        return is_of_shacl(iri) ? RP_TERM_IS_UNKNOWN : RP_TERM_IS_KNOWN;
    case RP_CAPABILITY_NOT_RUN:
        return RP_TERM_IS_NOT_RUN;
    case RP_CAPABILITY_SWITCH:
        return RP_TERM_IS_SWITCH;
    case RP_CAPABILITY_PART:
        return RP_TERM_IS_PART;
    case RP_CAPABILITY_SHAPE:
        return RP_TERM_IS_SHAPE;
    case RP_CAPABILITY_REFUSED:
        return RP_TERM_IS_REFUSED;
    default:
        return RP_TERM_IS_KNOWN;
    }
}

/* The standing of a predicate, which is made once. A component of the text's own gives a meaning to
 * what is not known without it. */
static uint8_t
standing_of_predicate(const RpShapeReader *reader, RpTermId predicate)
{
    uint8_t *standing = &reader->standings[predicate];

    if (*standing == RP_TERM_IS_NOT_ASKED) {
        *standing =
            predicate < RP_VOCABULARY_END && reader->is_parameter[predicate]
                ? RP_TERM_IS_KNOWN
                : standing_of(
                      rp_dictionary_term(&reader->shapes->graph->dictionary, predicate).lexical,
                      RP_TERM_IS_PREDICATE);
        if (reader->marks[predicate] & RP_MARK_PARAMETER &&
            (*standing == RP_TERM_IS_UNKNOWN || *standing == RP_TERM_IS_SWITCH)) {
            *standing = RP_TERM_IS_KNOWN;
        }
    }
    return *standing;
}

bool
rp_shape_terms_are_unknown(const RpShapeReader *reader, RpTermId predicate)
{
    return standing_of_predicate(reader, predicate) == RP_TERM_IS_UNKNOWN;
}

bool
rp_shape_terms_make_shape(const RpShapeReader *reader, RpTermId predicate)
{
    return standing_of_predicate(reader, predicate) == RP_TERM_IS_SHAPE;
}

static uint8_t
standing_of_type(const RpShapeReader *reader, RpTermId type)
{
    RpTerm term = rp_dictionary_term(&reader->shapes->graph->dictionary, type);

    return term.kind == RP_IRI && is_of_shacl(term.lexical)
               ? standing_of(term.lexical, RP_TERM_IS_CLASS)
               : RP_TERM_IS_KNOWN;
}

static bool
is_boolean(const RpShapeReader *reader, RpTermId term, const char *form, const char *other_form)
{
    const RpDictionary *dictionary = &reader->shapes->graph->dictionary;
    RpText lexical = rp_dictionary_term(dictionary, term).lexical;

    return rp_dictionary_datatype(dictionary, term) == RP_VOCABULARY_xsd_boolean &&
           (rp_text_equals(lexical, rp_text_from(form)) ||
            rp_text_equals(lexical, rp_text_from(other_form)));
}

static bool
is_deactivated(const RpShapeReader *reader, RpTermId node)
{
    RpTripleRange values = rp_shape_reader_values(reader, node, RP_VOCABULARY_sh_deactivated);

    return rp_triple_range_count(values) == 1 &&
           is_boolean(reader, values.first->object, "true", "true");
}

/*
 * Whether a triple with a term that is not implemented constrains nothing: a switch that is off, a
 * script or rule that is deactivated, a shape that is. (An unknown term may negate a
 * deactivated shape.)
 */
static bool
is_off(const RpShapeReader *reader, const RpTriple *triple, uint8_t standing)
{
    if (standing == RP_TERM_IS_REFUSED) {
        return false;
    }
    if (standing == RP_TERM_IS_SWITCH && is_boolean(reader, triple->object, "false", "0")) {
        return true;
    }
    if ((triple->predicate == RP_VOCABULARY_sh_js || triple->predicate == RP_VOCABULARY_sh_rule) &&
        is_deactivated(reader, triple->object)) {
        return true;
    }
    return is_deactivated(reader, triple->subject);
}

/* The hint about a term that is passed over by nobody. */
static RpStatus
hint_at_name(const RpShapeReader *reader, RpTermId name, uint8_t standing)
{
    RpText iri = rp_dictionary_term(&reader->shapes->graph->dictionary, name).lexical;
    RpText meant = standing == RP_TERM_IS_UNKNOWN ? rp_shape_error_nearest(iri) : RP_TEXT("");

    return rp_error_hint(reader->error,
                         "%s%.*s%sRemove it, or correct its name: passing over it could accept "
                         "data that it is meant to refuse. ill_formed => 'warn' leaves it out by "
                         "name.",
                         meant.length > 0 ? "Did you mean sh:" : "", (int)meant.length,
                         meant.length > 0 ? meant.data : "", meant.length > 0 ? "? " : "");
}

static RpStatus
refuse(const RpShapeReader *reader, RpTermId subject, RpTermId name, uint8_t standing)
{
    const RpShapesGraph *graph = reader->shapes->graph;
    RpShown shown_subject;
    RpShown shown_name;

    rp_error_set(reader->error, RP_UNSUPPORTED, "%s uses %s, which is %s",
                 rp_shape_error_show(graph, subject, &shown_subject),
                 rp_shape_error_show(graph, name, &shown_name),
                 standing == RP_TERM_IS_UNKNOWN ? "not known or not implemented"
                                                : "not implemented");
    rp_shape_error_place(reader->error, graph, subject);
    if (name == RP_VOCABULARY_sh_entailment) {
        return rp_error_hint(reader->error,
                             "No entailment regime is implemented: add the triples that it would "
                             "derive to the data, and remove sh:entailment.");
    }
    return hint_at_name(reader, name, standing);
}

/* Refuse a triple whose predicate or type stands from the one to the other. */
static RpStatus
check_triple(RpShapeReader *reader, const RpTriple *triple, uint8_t from, uint8_t to)
{
    uint8_t standing = standing_of_predicate(reader, triple->predicate);

    if (standing >= from && standing <= to && !is_off(reader, triple, standing)) {
        return refuse(reader, triple->subject, triple->predicate, standing);
    }
    if (triple->predicate == RP_VOCABULARY_rdf_type) {
        standing = standing_of_type(reader, triple->object);
        if (standing >= from && standing <= to && !is_off(reader, triple, standing)) {
            return refuse(reader, triple->subject, triple->object, standing);
        }
    }
    return RP_OK;
}

/* Rules derive triples, which nothing of SHACL Core looks at unless an entailment asks for them. */
static RpStatus
warn_of_rules(RpShapeReader *reader, const RpTriple *triple)
{
    if (standing_of_predicate(reader, triple->predicate) != RP_TERM_IS_NOT_RUN ||
        is_off(reader, triple, RP_TERM_IS_NOT_RUN)) {
        return RP_OK;
    }
    return rp_shape_findings_warning(reader->shapes, triple->subject, "rules-not-run",
                                     reader->error,
                                     "its rules (sh:rule) are not run: what they would derive has "
                                     "to be in the data");
}

/* sh:shapesGraph is not followed; yet there is a syntax rule for it. */
static RpStatus
check_shapes_graph(RpShapeReader *reader, const RpTriple *triple)
{
    const RpShapesGraph *graph = reader->shapes->graph;
    RpShown shown;

    if (triple->predicate != RP_VOCABULARY_sh_shapesGraph ||
        rp_dictionary_kind(&graph->dictionary, triple->object) == RP_IRI) {
        return RP_OK;
    }
    rp_error_set(reader->error, RP_ILL_FORMED, "%s: sh:shapesGraph must be an IRI",
                 rp_shape_error_show(graph, triple->subject, &shown));
    rp_shape_error_place(reader->error, graph, triple->subject);
    return rp_shape_error_rule(reader->error, "shapesGraph-nodeKind");
}

/*
 * Refuse what is refused wherever it stands, or leave it out: on a shape when that is read, else
 * here, and a subject once. sh:entailment is never left out: what it would add to the data could
 * mend what is refused.
 */
static RpStatus
check_anywhere(RpShapeReader *reader, const RpTriple *triple, RpTermId *last_subject)
{
    bool leaves_out = reader->options->leaves_out;
    RpStatus status = check_triple(
        reader, triple, leaves_out ? RP_TERM_IS_REFUSED : RP_TERM_IS_SHAPE, RP_TERM_IS_REFUSED);

    if (status == RP_OK || (leaves_out && triple->predicate == RP_VOCABULARY_sh_entailment)) {
        return status;
    }
    if (leaves_out && *last_subject == triple->subject) {
        return RP_OK;
    }
    *last_subject = triple->subject;
    return rp_shape_reader_note(reader, triple->subject, status, RP_LOSS_NONE);
}

RpStatus
rp_shape_terms_check(RpShapeReader *reader)
{
    const RpGraph *graph = &reader->shapes->graph->graph;
    RpArena *arena = reader->shapes->arena;
    RpTermId last_subject = RP_TERM_NONE;

    reader->standings = rp_arena_allocate_zero(arena, (size_t)reader->highest_id + 1);
    if (reader->standings == NULL) {
        return rp_arena_failure(arena, reader->error);
    }
    for (uint32_t i = 0; i < graph->count; i++) {
        const RpTriple *triple = &graph->by_subject[i];

        RP_TRY(rp_arena_poll(arena, reader->error));
        RP_TRY(check_anywhere(reader, triple, &last_subject));
        RP_TRY(warn_of_rules(reader, triple));
        RP_TRY(rp_shape_reader_note(reader, triple->subject, check_shapes_graph(reader, triple),
                                    RP_LOSS_NONE));
    }
    return RP_OK;
}

/* Whether an unknown term may be one without which a shape asks for more, or of other nodes. */
static bool
may_loosen(const RpShapeReader *reader, RpTermId predicate)
{
    enum { MISSPELT_EDITS = 2 };
    static const char *const names[] = {"path", "deactivated", "flags", "qualifiedValueShape",
                                        "qualifiedValueShapesDisjoint"};
    RpText iri = rp_dictionary_term(&reader->shapes->graph->dictionary, predicate).lexical;
    uint32_t start = sizeof RP_SH - 1;

    if (!rp_text_starts_with(iri, RP_TEXT(RP_SH))) {
        return false;
    }
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (rp_text_distance((RpText){iri.data + start, iri.length - start}, rp_text_from(names[i]),
                             MISSPELT_EDITS) <= MISSPELT_EDITS) {
            return true;
        }
    }
    return false;
}

/*
 * What a shape lacks without a term that is not implemented. Its
 * values are unknown where an expression gives them. What is not known may be misspelt: a path,
 * flags, sh:deactivated or what disjoint siblings know by its name; and by its value, a node that
 * the text describes, a property or a list of properties to ignore.
 */
static RpLoss
loss_of(const RpShapeReader *reader, const RpTriple *triple)
{
    bool is_unknown = reader->standings[triple->predicate] == RP_TERM_IS_UNKNOWN;

    if (triple->predicate == RP_VOCABULARY_sh_values ||
        (is_unknown && may_loosen(reader, triple->predicate))) {
        return RP_LOSS_SHAPE;
    }
    return is_unknown && rp_triple_range_count(rp_shape_reader_triples(reader, triple->object)) > 0
               ? RP_LOSS_PROPERTY
               : RP_LOSS_CONSTRAINT;
}

RpStatus
rp_shape_terms_check_shape(RpShapeReader *reader, RpTermId node)
{
    RpTripleRange triples = rp_shape_reader_triples(reader, node);
    uint8_t to = reader->options->leaves_out ? RP_TERM_IS_SHAPE : RP_TERM_IS_PART;

    for (const RpTriple *triple = triples.first; triple < triples.end; triple++) {
        RP_TRY(rp_shape_reader_note(reader, node,
                                    check_triple(reader, triple, RP_TERM_IS_SWITCH, to),
                                    loss_of(reader, triple)));
    }
    return RP_OK;
}

/* What a part is for follows from where it stands: a type that nobody knows takes nothing away. */
static RpStatus
warn_of_type(const RpParameters *parameters, const RpTriple *triple)
{
    RpShapes *shapes = parameters->shapes;
    RpShown part, type;

    return rp_shape_findings_warning(shapes, shapes->shapes[parameters->shape].node,
                                     "without-effect", parameters->error,
                                     "%s, the type of %s, is not known and has no effect",
                                     rp_shape_error_show(shapes->graph, triple->object, &type),
                                     rp_shape_error_show(shapes->graph, triple->subject, &part));
}

RpStatus
rp_shape_terms_check_part(const RpParameters *parameters, RpTermId node)
{
    RpShapeReader *reader = parameters->reader;
    RpTripleRange triples = rp_shape_reader_triples(reader, node);

    for (const RpTriple *triple = triples.first; triple < triples.end; triple++) {
        if (triple->predicate == RP_VOCABULARY_rdf_type &&
            standing_of_type(reader, triple->object) == RP_TERM_IS_UNKNOWN) {
            RP_TRY(warn_of_type(parameters, triple));
        } else {
            RP_TRY(check_triple(reader, triple, RP_TERM_IS_SWITCH, RP_TERM_IS_PART));
        }
    }
    return RP_OK;
}
