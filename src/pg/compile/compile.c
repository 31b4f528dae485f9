/* Compiling a policy: source → shapes graph → shapes → image → checked image. Takes no lock and
 * touches no table. */
#include "pg/compile/compile.h"

#include "image/image_builder.h"
#include "image/image_check.h"
#include "rdf/turtle_reader.h"
#include "shacl/shape_findings.h"
#include "shacl/shape_reader.h"
#include "shacl/shape_targets.h"
#include "pg/compile/rule_form.h"
#include "pg/server/bridge.h"
#include "pg/server/guc.h"

enum { RP_WARNING_LIMIT = 100 /* of one kind; more are counted */ };

/* ERROR 53400, before anything is parsed. */
void
rp_source_check_size(RpText source)
{
    if (source.length / 1024 >= (uint32_t)rp_guc_max_document_size_kb) {
        ereport(ERROR, (errcode(ERRCODE_CONFIGURATION_LIMIT_EXCEEDED),
                        errmsg("the shapes text is too large"),
                        errdetail("It has %u bytes; rdfpolicy.max_document_size is %d kB.",
                                  source.length, rp_guc_max_document_size_kb)));
    }
}

RpStatus
rp_source_read(RpShapesGraph *graph, const RpSource *source, bool warns, RpError *error)
{
    RpTurtleOptions options = {.base_iri = source->base_iri,
                               .depth_limit = (uint32_t)rp_guc_max_depth,
                               .prefix_limit = RP_TURTLE_PREFIX_LIMIT};

    if (source->is_rules) {
        return rp_rule_form_read(graph, source->text, warns, NULL, error);
    }
    return rp_shapes_graph_read_turtle(graph, source->text, &options, error);
}

/* A warning with the place in the text, if that is known: as errors have it. */
static void
warn(const char *prefix, const char *message, RpPosition place, const char *detail)
{
    const char *shown =
        place.line == 0 ? "" : psprintf(" (line %u, column %u)", place.line, place.column);

    ereport(WARNING, (errmsg("%s%s%s", prefix, message, shown),
                      detail[0] == '\0' ? 0 : errdetail("%s", detail)));
}

/* Warn of each part of the source that is left out, by name. */
static void
warn_of_what_is_left_out(const RpShapes *shapes)
{
    for (uint32 i = 0; i < Min(shapes->left_out_count, RP_WARNING_LIMIT); i++) {
        const RpLeftOut *left_out = &shapes->left_out[i];

        warn("left out: ", rp_text_cstring(left_out->message),
             (RpPosition){.line = left_out->line, .column = left_out->column},
             rp_text_cstring(left_out->detail));
    }
    if (shapes->left_out_count > RP_WARNING_LIMIT) {
        ereport(WARNING,
                (errmsg("left out: %u parts more", shapes->left_out_count - RP_WARNING_LIMIT),
                 errhint("rdf_policy_explain() and, once it is in force, "
                         "rdf_policy_shapes list them all.")));
    }
}

/* Warn of what is allowed, and probably a mistake. */
static void
warn_of_findings(const RpShapes *shapes)
{
    for (uint32 i = 0; i < Min(shapes->finding_count, RP_WARNING_LIMIT); i++) {
        const RpFinding *finding = &shapes->findings[i];

        if (finding->is_warning) { /* else it is what allow_vacuous takes */
            warn("", finding->error.message,
                 (RpPosition){.line = finding->error.line, .column = finding->error.column},
                 finding->error.detail);
        }
    }
    if (shapes->finding_count > RP_WARNING_LIMIT) {
        ereport(WARNING, (errmsg("%u warnings more", shapes->finding_count - RP_WARNING_LIMIT),
                          errhint("rdf_policy_lint() lists more of them.")));
    }
}

/* What judges nothing is refused, unless that is wanted. Each shape of a rule form has a target. */
static RpStatus
require_targets(const RpSource *source, const RpShapes *shapes, RpError *error)
{
    if (source->allows_vacuous || rp_shape_targets_require(shapes, error) == RP_OK) {
        return RP_OK;
    }
    if (source->is_rules) {
        rp_error_set(error, RP_ILL_FORMED, "no shape is left: the policy would judge nothing");
        rp_error_hint(error, "Register another shape first, or take the policy out of force with "
                             "rdf_policy_drop().");
    }
    return RP_ILL_FORMED;
}

/* The image is checked as one of the table would be, so that what cannot be loaded is never stored.
 * Warnings come last: what is refused has an error, and no warnings beside it. */
RpStatus
rp_compile_with_ontologies(RpArena *arena, const RpSource *source, bool warns, RpText *bytes,
                           RpOntologies *ontologies, RpError *error)
{
    RpShapeReaderOptions options = {.leaves_out = source->leaves_out,
                                    .subclass_from_shapes = source->subclass_from_shapes,
                                    .depth_limit = (uint32_t)rp_guc_max_depth};
    size_t limit_bytes = (size_t)rp_guc_max_image_size_kb * 1024;
    RpShapesGraph graph;
    RpShapes shapes;

    rp_shapes_graph_init(&graph, arena);
    RP_TRY(rp_source_read(&graph, source, warns, error));
    RP_TRY(rp_shapes_read(&graph, &options, &shapes, error));
    RP_TRY(require_targets(source, &shapes, error));
    shapes.requires_focus = source->requires_focus;
    RP_TRY(rp_ontologies_read(&graph, ontologies, error));
    RP_TRY(rp_image_build(arena, &shapes, limit_bytes, bytes, error));
    RP_TRY(rp_image_check(bytes->data, bytes->length, error));
    if (warns) {
        RP_TRY(rp_shape_findings_warn(&shapes, error));
        warn_of_findings(&shapes);
        warn_of_what_is_left_out(&shapes);
    }
    return RP_OK;
}

RpStatus
rp_compile(RpArena *arena, const RpSource *source, bool warns, RpText *bytes, RpError *error)
{
    RpOntologies ignored;

    return rp_compile_with_ontologies(arena, source, warns, bytes, &ignored, error);
}
