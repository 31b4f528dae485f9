/* Compiling a policy: source → shapes graph → shapes → image → checked image. Takes no lock and
 * touches no table. */
#include "pg/pg.h"

#include "image/image_builder.h"
#include "image/image_check.h"
#include "pg/server/bridge.h"
#include "pg/compile/compile.h"
#include "pg/server/guc.h"
#include "pg/compile/rule_form.h"
#include "rdf/turtle_reader.h"
#include "shacl/shape_error.h"
#include "shacl/shape_reader.h"

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

static RpStatus
read_source(RpShapesGraph *graph, const RpSource *source, bool warns, RpError *error)
{
    RpTurtleOptions options = {.base_iri = source->base_iri,
                               .depth_limit = (uint32_t)rp_guc_max_depth,
                               .prefix_limit = RP_TURTLE_PREFIX_LIMIT};

    if (source->is_rules) {
        return rp_rule_form_read(graph, source->text, warns, error);
    }
    return rp_shapes_graph_read_turtle(graph, source->text, &options, error);
}

/* Warn of every shape that was left out, with the reason. */
static void
warn_of_broken_shapes(const RpShapes *shapes)
{
    for (uint32 i = 0; i < shapes->broken_count; i++) {
        const RpBrokenShape *broken = &shapes->broken[i];
        const RpError *error = &broken->error;
        RpShown shown;

        ereport(WARNING,
                (errmsg(broken->is_in_part ? "shape %s is enforced in part only"
                                           : "shape %s is ill-formed and is left out",
                        rp_shape_error_show(shapes->graph, broken->node, &shown)),
                 errdetail("%s%s.%s%s", error->line == 0 ? "" : psprintf("line %u: ", error->line),
                           error->message, error->detail[0] != '\0' ? " " : "", error->detail)));
    }
}

static void
warn_where_nothing_is_targeted(const RpShapes *shapes)
{
    for (uint32 i = 0; i < shapes->shape_count; i++) {
        if (shapes->shapes[i].target_count > 0) {
            return;
        }
    }
    ereport(WARNING, (errmsg("no shape of the policy has a target: it judges nothing"),
                      errhint("Give a shape sh:targetClass, sh:targetNode, sh:targetSubjectsOf or "
                              "sh:targetObjectsOf.")));
}

RpStatus
rp_compile_with_ontologies(RpArena *arena, const RpSource *source, bool warns, RpText *bytes,
                           RpOntologies *ontologies, RpError *error)
{
    RpShapeReaderOptions options = {.skips_ill_formed = source->skips_ill_formed,
                                    .subclass_from_shapes = source->subclass_from_shapes,
                                    .depth_limit = (uint32_t)rp_guc_max_depth};
    size_t limit_bytes = (size_t)rp_guc_max_image_size_kb * 1024;
    RpShapesGraph graph;
    RpShapes shapes;

    rp_shapes_graph_init(&graph, arena);
    RP_TRY(read_source(&graph, source, warns, error));
    RP_TRY(rp_shapes_read(&graph, &options, &shapes, error));
    RP_TRY(rp_ontologies_read(&graph, ontologies, error));
    RP_TRY(rp_image_build(arena, &shapes, limit_bytes, bytes, error));
    RP_TRY(rp_image_check(bytes->data, bytes->length, error));
    if (warns) {
        warn_of_broken_shapes(&shapes);
        warn_where_nothing_is_targeted(&shapes);
    }
    return RP_OK;
}

RpStatus
rp_compile(RpArena *arena, const RpSource *source, bool warns, RpText *bytes, RpError *error)
{
    RpOntologies ignored;

    return rp_compile_with_ontologies(arena, source, warns, bytes, &ignored, error);
}
