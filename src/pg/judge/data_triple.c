/* See data_triple.h. */
#include "pg/pg.h"

#include "pg/judge/data_triple.h"

/*
 * RDF 1.1 Concepts, 3.1: forms that can say anything (jsonb, rdf_triple[]) are held to what
 * Turtle's grammar grants.
 */
RpStatus
rp_data_triple_check(const RpTerm *subject, const RpTerm *predicate, RpError *error)
{
    RpShown shown;

    if (subject->kind == RP_LITERAL) {
        return rp_error_set(error, RP_SYNTAX,
                            "subject must be an IRI or a blank node, not literal \"%s\"",
                            rp_text_show(subject->lexical, &shown));
    }
    if (predicate->kind != RP_IRI) {
        return rp_error_set(error, RP_SYNTAX, "predicate must be an IRI, not %s \"%s\"",
                            predicate->kind == RP_BLANK ? "blank node" : "literal",
                            rp_text_show(predicate->lexical, &shown));
    }
    return RP_OK;
}

/* The place goes before the message; an interrupt has no place, and is raised as it is. */
RpStatus
rp_data_place_error(RpError *error, const char *place, uint32_t number)
{
    RpError inner = *error;

    if (inner.status == RP_INTERRUPTED) {
        return inner.status;
    }
    rp_error_set(error, inner.status, "%s %u: %s", place, number, inner.message);
    memcpy(error->detail, inner.detail, sizeof(error->detail));
    memcpy(error->hint, inner.hint, sizeof(error->hint));
    return inner.status;
}

/* RpTripleSink.triple. */
static RpStatus
drop_triple(void *state pg_attribute_unused(), const RpTerm *subject pg_attribute_unused(),
            const RpTerm *predicate pg_attribute_unused(),
            const RpTerm *object pg_attribute_unused(), RpPosition position pg_attribute_unused(),
            RpError *error pg_attribute_unused())
{
    return RP_OK;
}

const RpTripleSink rp_data_triple_nowhere = {.triple = drop_triple};
