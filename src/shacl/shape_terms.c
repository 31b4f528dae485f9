/*
 * Which terms of the sh: and dash: namespaces are known. What is not known, on a shape, may be a
 * constraint, a target or a typing error: it is refused, never passed over. What SHACL defines and
 * is not implemented is refused wherever it stands.
 */
#include "shacl/capability.h"
#include "shacl/shape_error.h"
#include "shacl/shape_reading.h"

/* RpShapeReader.judgements, from good to bad. */
enum {
    RP_TERM_IS_NOT_JUDGED = 0,
    RP_TERM_IS_KNOWN,
    RP_TERM_IS_UNKNOWN,        /* refused on shapes */
    RP_TERM_IS_NOT_IMPLEMENTED /* refused everywhere */
};

static bool
is_of_shacl(RpText iri)
{
    return rp_text_starts_with(iri, RP_TEXT(RP_SH)) || rp_text_starts_with(iri, RP_TEXT(RP_DASH));
}

static uint8_t
judge(RpText iri, RpTermUse use)
{
    switch (rp_capability_of(iri, use)) {
    case RP_CAPABILITY_REFUSED:
        return RP_TERM_IS_NOT_IMPLEMENTED;
    case RP_CAPABILITY_UNLISTED:
        return is_of_shacl(iri) ? RP_TERM_IS_UNKNOWN : RP_TERM_IS_KNOWN;
    default:
        return RP_TERM_IS_KNOWN;
    }
}

static uint8_t
judge_predicate(const RpShapeReader *reader, RpTermId predicate)
{
    if (predicate < RP_VOCABULARY_END && reader->is_parameter[predicate]) {
        return RP_TERM_IS_KNOWN;
    }
    return judge(rp_dictionary_term(&reader->shapes->graph->dictionary, predicate).lexical,
                 RP_TERM_IS_PREDICATE);
}

static uint8_t
judge_type(const RpShapeReader *reader, RpTermId type)
{
    RpTerm term = rp_dictionary_term(&reader->shapes->graph->dictionary, type);

    return term.kind == RP_IRI && is_of_shacl(term.lexical) ? judge(term.lexical, RP_TERM_IS_CLASS)
                                                            : RP_TERM_IS_KNOWN;
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
    if (name == RP_VOCABULARY_sh_entailment) {
        return rp_error_hint(reader->error,
                             "No entailment regime is implemented: add the triples that it would "
                             "derive to the data, and remove sh:entailment.");
    }
    return rp_error_hint(reader->error, "Remove it, or correct its name: passing over it could "
                                        "accept data that it is meant to refuse.");
}

/* Refuse a triple whose predicate or type is judged as given. */
static RpStatus
check_triple(RpShapeReader *reader, const RpTriple *triple, uint8_t refused)
{
    uint8_t *judgement = &reader->judgements[triple->predicate];

    if (*judgement == RP_TERM_IS_NOT_JUDGED) {
        *judgement = judge_predicate(reader, triple->predicate);
    }
    if (*judgement == refused) {
        return refuse(reader, triple->subject, triple->predicate, *judgement);
    }
    if (triple->predicate == RP_VOCABULARY_rdf_type) {
        uint8_t type_judgement = judge_type(reader, triple->object);

        if (type_judgement == refused) {
            return refuse(reader, triple->subject, triple->object, type_judgement);
        }
    }
    return RP_OK;
}

/* sh:shapesGraph is not followed; yet there is a syntax rule for it. */
static RpStatus
check_shapes_graph(RpShapeReader *reader, const RpTriple *triple)
{
    const RpShapesGraph *graph = reader->shapes->graph;
    RpShown shown;

    if (triple->predicate != RP_VOCABULARY_sh_shapesGraph || reader->options->skips_ill_formed ||
        rp_dictionary_kind(&graph->dictionary, triple->object) == RP_IRI) {
        return RP_OK;
    }
    rp_error_set(reader->error, RP_ILL_FORMED, "%s: sh:shapesGraph must be an IRI",
                 rp_shape_error_show(graph, triple->subject, &shown));
    rp_shape_error_place(reader->error, graph, triple->subject);
    return rp_shape_error_rule(reader->error, "shapesGraph-nodeKind");
}

RpStatus
rp_shape_terms_check(RpShapeReader *reader)
{
    const RpGraph *graph = &reader->shapes->graph->graph;
    RpArena *arena = reader->shapes->arena;

    reader->judgements = rp_arena_allocate_zero(arena, (size_t)reader->highest_id + 1);
    if (reader->judgements == NULL) {
        return rp_arena_failure(arena, reader->error);
    }
    for (uint32_t i = 0; i < graph->count; i++) {
        RP_TRY(rp_arena_poll(arena, reader->error));
        RP_TRY(rp_shape_reader_note(
            reader, graph->by_subject[i].subject,
            check_triple(reader, &graph->by_subject[i], RP_TERM_IS_NOT_IMPLEMENTED)));
        RP_TRY(rp_shape_reader_note(reader, graph->by_subject[i].subject,
                                    check_shapes_graph(reader, &graph->by_subject[i])));
    }
    return RP_OK;
}

RpStatus
rp_shape_terms_check_shape(RpShapeReader *reader, RpTermId node)
{
    RpTripleRange triples = rp_shape_reader_triples(reader, node);

    for (const RpTriple *triple = triples.first; triple < triples.end; triple++) {
        RP_TRY(
            rp_shape_reader_note(reader, node, check_triple(reader, triple, RP_TERM_IS_UNKNOWN)));
    }
    return RP_OK;
}
