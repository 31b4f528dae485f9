/*
 * Why nothing was judged: what shapes look for, and what the data has that is nearest to it, as the
 * message of a result that is the whole document's.
 *
 *     no node of class <http://schema.org/Person>; the document has <https://schema.org/Person> (1
 *     node)
 *
 * It is written when the data was judged already, from another reading of it, so that data which
 * has a focus node pays nothing.
 */
#ifndef RP_VALIDATE_NO_FOCUS_H
#define RP_VALIDATE_NO_FOCUS_H

#include "base/buffer.h"
#include "image/image.h"
#include "rdf/graph.h"

enum {
    RP_NO_FOCUS_TRIPLE_LIMIT = 100000, /* of the data: those behind them are passed over */
    RP_NO_FOCUS_NAME_LIMIT = 3         /* names that a message shows of one kind */
};

/* Terms that targets of one kind name: ids of RpNoFocus.dictionary. */
typedef struct RpSoughtTerms {
    RpTermId *ids;
    uint32_t count;
    uint32_t capacity;
} RpSoughtTerms;

typedef struct RpNoFocus {
    RpArena *arena;
    RpDictionary dictionary;                        /* of what is sought, and of the data */
    RpSoughtTerms sought[RP_TARGET_OBJECTS_OF + 1]; /* by RpTargetKind */
    bool asks_query;                                /* a target is a query */
    RpGraph graph;       /* of the data: who has which class, and who has which other predicate */
    bool is_cut;         /* there are more triples */
    uint32_t pairs_left; /* of names that may still be compared */
    uint32_t steps_left; /* of counting the edits between two that are not alike */
} RpNoFocus;

void rp_no_focus_begin(RpNoFocus *no_focus, RpArena *arena);

/* What the shapes of an image look for; those of several images are one list. */
RpStatus rp_no_focus_add_targets(RpNoFocus *no_focus, const RpImage *image, RpError *error);

/* One triple of the data. Texts are copied. */
RpStatus rp_no_focus_add_triple(RpNoFocus *no_focus, const RpTerm *subject, const RpTerm *predicate,
                                const RpTerm *object, RpError *error);

/*
 * Write the message: of each kind the names nearest to what is sought (base/nearest.h), nearest
 * first. However many names there are, and however long they are, comparing them takes bounded
 * time. Nothing can be added afterwards.
 */
RpStatus rp_no_focus_write(RpNoFocus *no_focus, RpBuffer *buffer, RpError *error);

#endif
