/* The queries of an image: counted and written, checked, and what they read. */
#include "image/image_builder_internal.h"
#include "image/image_check_internal.h"
#include "sparql/algebra_check.h"

/* Of a query whose bytes were made here. */
static RpAlgebra
algebra_of(const RpShapeQuery *query)
{
    RpAlgebra algebra;

    rp_algebra_open(query->bytes.data, &algebra);
    return algebra;
}

static bool
reads_shapes_graph(const RpAlgebra *algebra)
{
    for (uint32_t i = 0; i < algebra->header->node_count; i++) {
        if (algebra->nodes[i].kind == RP_ALGEBRA_GRAPH) {
            return true;
        }
    }
    return false;
}

static RpStatus
count_triples(RpImageBuilder *builder)
{
    const RpGraph *graph = &builder->shapes->graph->graph;

    for (uint32_t i = 0; i < graph->count; i++) {
        RP_TRY(rp_arena_poll(builder->arena, builder->error));
        rp_image_use(builder, graph->by_subject[i].subject);
        rp_image_use(builder, graph->by_subject[i].predicate);
        rp_image_use(builder, graph->by_subject[i].object);
    }
    builder->counts[RP_SECTION_TRIPLES] = graph->count;
    return RP_OK;
}

RpStatus
rp_image_count_query(RpImageBuilder *builder, uint32_t query_index)
{
    const RpShapeQuery *query = &builder->shapes->queries[query_index];
    RpAlgebra algebra = algebra_of(query);

    RP_TRY(rp_arena_poll(builder->arena, builder->error));
    rp_image_use(builder, query->node);
    for (uint32_t i = 0; i < algebra.header->term_count; i++) {
        rp_image_use(builder, algebra.terms[i]);
    }
    builder->counts[RP_SECTION_QUERIES]++;
    builder->counts[RP_SECTION_ALGEBRA] += query->bytes.length / sizeof(RpAlgebraUnit);
    if (reads_shapes_graph(&algebra) && !builder->reads_shapes_graph) {
        builder->reads_shapes_graph = true;
        return count_triples(builder);
    }
    return RP_OK;
}

/* The same bytes, with the image's ids. */
static void
write_algebra(const RpImageBuilder *builder, char *bytes, const RpShapeQuery *query)
{
    RpAlgebra algebra = algebra_of(query);
    size_t first = (size_t)((const char *)algebra.terms - query->bytes.data);
    RpTermId *terms = (RpTermId *)(void *)(bytes + first);

    memcpy(bytes, query->bytes.data, query->bytes.length);
    for (uint32_t i = 0; i < algebra.header->term_count; i++) {
        terms[i] = builder->image_ids[algebra.terms[i]];
    }
}

uint32_t
rp_image_write_query(RpImageBuilder *builder, uint32_t query_index)
{
    const RpShapeQuery *query = &builder->shapes->queries[query_index];
    RpAlgebraUnit *units = builder->algebra + builder->algebra_unit_count;

    builder->queries[builder->query_count] =
        (RpImageQuery){builder->image_ids[query->node], builder->algebra_unit_count};
    write_algebra(builder, (char *)units, query);
    builder->algebra_unit_count += query->bytes.length / (uint32_t)sizeof(RpAlgebraUnit);
    return builder->query_count++;
}

/* The graph is frozen, and ids keep their order: so the triples are sorted here too. */
void
rp_image_write_triples(RpImageBuilder *builder)
{
    const RpGraph *graph = &builder->shapes->graph->graph;

    for (uint32_t i = 0; builder->reads_shapes_graph && i < graph->count; i++) {
        const RpTriple *triple = &graph->by_subject[i];

        builder->triples[i] =
            (RpTriple){builder->image_ids[triple->subject], builder->image_ids[triple->predicate],
                       builder->image_ids[triple->object]};
    }
}

/* The predicates that a triple or path names: of a path all constants but its two ends. */
static void
mark_pattern(const RpAlgebra *algebra, uint32_t node, uint8_t *reads)
{
    uint32_t ends[3];

    rp_algebra_children(algebra, node, ends);
    for (uint32_t i = ends[0] + 1; i <= ends[1]; i++) {
        const RpAlgebraNode *part = &algebra->nodes[i];

        if (part->kind == RP_ALGEBRA_CONSTANT) {
            RpTermId predicate = algebra->terms[part->value];

            reads[predicate >> 3] |= (uint8_t)(1u << (predicate & 7));
        }
    }
}

void
rp_image_mark_query_reads(const RpImage *image, uint8_t *reads, bool *reads_all)
{
    *reads_all = false;
    for (uint32_t i = 0; i < image->query_count; i++) {
        RpAlgebra algebra;

        rp_image_query(image, i, &algebra);
        *reads_all = *reads_all || (algebra.header->flags & RP_ALGEBRA_READS_ALL) != 0;
        for (uint32_t j = algebra.header->node_count; j > 0; j--) { /* parents first */
            const RpAlgebraNode *node = &algebra.nodes[j - 1];

            if (node->kind == RP_ALGEBRA_TRIPLE || node->kind == RP_ALGEBRA_PATH) {
                mark_pattern(&algebra, j - 1, reads);
            } else if (node->kind == RP_ALGEBRA_GRAPH) {
                j -= node->size - 1; /* that is in the image */
            }
        }
    }
}

/* The query's bytes begin where those of the one before end, and those of the last end the section.
 */
static RpStatus
check_query(RpImageChecker *checker, uint32_t index, uint32_t *start)
{
    const RpImage *image = &checker->image;
    const RpImageQuery *query = &image->queries[index];
    uint32_t end = index + 1 < image->query_count ? image->queries[index + 1].start
                                                  : image->algebra_unit_count;

    if (!rp_image_is_term(checker, query->node) || query->start != *start || end <= *start ||
        end > image->algebra_unit_count) {
        return rp_image_corrupt(checker, "query", index);
    }
    *start = end;
    return rp_algebra_check(image->algebra + query->start,
                            (size_t)(end - query->start) * sizeof(RpAlgebraUnit), &image->terms,
                            checker->error);
}

static RpStatus
check_triples(RpImageChecker *checker)
{
    const RpImage *image = &checker->image;

    for (uint32_t i = 0; i < image->triple_count; i++) {
        const RpTriple *triple = &image->triples[i];

        if (!rp_image_is_term(checker, triple->subject) ||
            !rp_image_is_kind(checker, triple->predicate, RP_IRI) ||
            !rp_image_is_term(checker, triple->object) ||
            (i > 0 && !rp_triple_is_before(&image->triples[i - 1], triple))) {
            return rp_image_corrupt(checker, "triple", i);
        }
    }
    return RP_OK;
}

RpStatus
rp_image_check_queries(RpImageChecker *checker)
{
    uint32_t start = 0;

    for (uint32_t i = 0; i < checker->image.query_count; i++) {
        RP_TRY(check_query(checker, i, &start));
    }
    if (start != checker->image.algebra_unit_count) {
        return rp_image_corrupt(checker, "algebra behind query", checker->image.query_count);
    }
    return check_triples(checker);
}

/* Each query is used once, in their order. */
static bool
take_query(RpImageChecker *checker, uint64_t query)
{
    return query < checker->image.query_count && query == checker->query_count++;
}

bool
rp_image_take_query(RpImageChecker *checker, uint64_t query, uint32_t parameter_count)
{
    RpAlgebra algebra;

    if (!take_query(checker, query)) {
        return false;
    }
    rp_image_query(&checker->image, (uint32_t)query, &algebra);
    return algebra.header->prebound_count ==
           RP_QUERY_PARAMETERS + (rp_algebra_is_ask(&algebra) ? 1u : 0u) + parameter_count;
}

bool
rp_image_take_target_query(RpImageChecker *checker, uint64_t query)
{
    RpAlgebra algebra;

    if (!take_query(checker, query)) {
        return false;
    }
    rp_image_query(&checker->image, (uint32_t)query, &algebra);
    return algebra.header->prebound_count == 0 && !rp_algebra_is_ask(&algebra);
}
