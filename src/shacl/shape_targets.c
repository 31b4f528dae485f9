/* See shape_targets.h. */
#include "shacl/shape_targets.h"

#include <stdio.h>

#include "base/ascii.h"
#include "base/nearest.h"
#include "shacl/shape_error.h"

/* A predicate that is called target…: another vocabulary's, or SHACL's under a wrong IRI. */
static RpTermId
find_foreign_target(const RpShapesGraph *graph)
{
    for (uint32_t i = 0; i < graph->graph.count; i++) {
        RpTermId predicate = graph->graph.by_subject[i].predicate;

        if (predicate >= RP_VOCABULARY_END &&
            rp_text_starts_with(
                rp_iri_local_name(rp_dictionary_term(&graph->dictionary, predicate).lexical),
                RP_TEXT("target"))) {
            return predicate;
        }
    }
    return RP_TERM_NONE;
}

/* A prefix sh: that is not SHACL's namespace; NULL: there is none. */
static const RpPrefix *
find_misspelt_namespace(const RpShapesGraph *graph)
{
    for (uint32_t i = 0; i < graph->prefix_count; i++) {
        const RpPrefix *prefix = &graph->prefixes[i];

        if ((rp_text_equals(prefix->prefix, RP_TEXT("sh")) ||
             rp_text_equals(prefix->prefix, RP_TEXT("shacl"))) &&
            !rp_text_equals(prefix->namespace_iri, RP_TEXT(RP_SH))) {
            return prefix;
        }
    }
    return NULL;
}

static void
add_detail(const RpShapes *shapes, RpError *error)
{
    const RpShapesGraph *graph = shapes->graph;
    const RpPrefix *misspelt = find_misspelt_namespace(graph);
    RpTermId foreign = find_foreign_target(graph);
    RpShown shown;

    if (misspelt != NULL) {
        rp_error_detail(error, "The prefix %.*s: is <%s>; SHACL's namespace is <%s>.",
                        (int)misspelt->prefix.length, misspelt->prefix.data,
                        rp_text_show(misspelt->namespace_iri, &shown), RP_SH);
    } else if (foreign != RP_TERM_NONE) {
        RpText meant =
            rp_shape_error_nearest(rp_dictionary_term(&graph->dictionary, foreign).lexical);

        rp_error_detail(error, "%s is no target of SHACL's%s%.*s%s.",
                        rp_shape_error_show(graph, foreign, &shown),
                        meant.length > 0 ? ", but sh:" : "", (int)meant.length,
                        meant.length > 0 ? meant.data : "", meant.length > 0 ? " is" : "");
    } else if (shapes->left_out_count > 0) {
        rp_error_detail(error, "Left out: %s.", rp_text_show(shapes->left_out[0].message, &shown));
    } else if (graph->graph.count == 0) {
        rp_error_detail(error, "The text holds no triple.");
    }
}

/* What follows a start, in any case of letters; the whole text where it starts otherwise. */
static RpText
skip(RpText text, const char *start)
{
    uint32_t length = 0;

    while (start[length] != '\0') {
        if (length == text.length || rp_ascii_lower(text.data[length]) != start[length]) {
            return text;
        }
        length++;
    }
    return (RpText){text.data + length, text.length - length};
}

/* Whether an IRI is of SHACL's namespace but for a slip: shacl/, https:, SHACL#, no # at all. Not
 * shacl-shacl# and its like, which are the W3C's too. */
static bool
is_misspelt(RpText iri)
{
    RpText local = skip(skip(skip(skip(iri, "http"), "s"), "://"), "www.");
    RpText rest = skip(local, "w3.org/ns/shacl");

    return !rp_text_starts_with(iri, RP_TEXT(RP_SH)) && rest.length < local.length &&
           (rest.length == 0 || rest.data[0] != '-');
}

/* A property that is SHACL's but for its namespace would be passed over, and what it asks. */
static RpStatus
require_namespace(const RpShapesGraph *graph, RpError *error)
{
    for (uint32_t i = 0; i < graph->graph.count; i++) {
        RpTermId predicate = graph->graph.by_subject[i].predicate;
        RpShown shown;

        if (predicate >= RP_VOCABULARY_END &&
            is_misspelt(rp_dictionary_term(&graph->dictionary, predicate).lexical)) {
            rp_error_set(error, RP_ILL_FORMED, "%s is no term of SHACL's",
                         rp_shape_error_show(graph, predicate, &shown));
            rp_error_detail(error, "SHACL's namespace is <%s>.", RP_SH);
            (void)snprintf(error->rule, sizeof error->rule, "misspelt-namespace");
            return rp_error_hint(error, "Correct the prefix or the IRI. allow_vacuous => true "
                                        "takes the policy as it is.");
        }
    }
    return RP_OK;
}

RpStatus
rp_shape_targets_require(const RpShapes *shapes, RpError *error)
{
    for (uint32_t i = 0; i < shapes->shape_count; i++) {
        if (shapes->shapes[i].target_count > 0) {
            return require_namespace(shapes->graph, error);
        }
    }
    rp_error_set(error, RP_ILL_FORMED, "no shape has a target: the policy would judge nothing");
    add_detail(shapes, error);
    (void)snprintf(error->rule, sizeof error->rule, "no-target");
    return rp_error_hint(error,
                         "Give a shape sh:targetClass, sh:targetNode, sh:targetSubjectsOf or "
                         "sh:targetObjectsOf. allow_vacuous => true takes the policy as it "
                         "is.");
}
