/* The source of a policy version → its image. */
#ifndef RP_PG_COMPILE_H
#define RP_PG_COMPILE_H

#include "pg/pg.h"
#include "image/image.h"

/* What rdf_policy_register was given, as a version's row keeps it. */
typedef struct RpSource {
    bool is_rules; /* text is canonical jsonb of the rule form; else Turtle */
    RpText text;
    RpText base_iri; /* empty: none */
    bool skips_ill_formed;
    bool subclass_from_shapes;
} RpSource;

/*
 * Compile into the arena. *bytes is a checked image. Warnings (names taken as IRIs, broken shapes
 * left out, nothing targeted) are raised as NOTICE and WARNING where warns is true. Raises only for
 * lack of resources or a cancel; what is wrong with the source is the returned status.
 */
RpStatus rp_compile(RpArena *arena, const RpSource *source, bool warns, RpText *bytes,
                    RpError *error);

#endif
