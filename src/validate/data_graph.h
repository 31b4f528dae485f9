/*
 * The data graph as one image sees it: triples whose predicate no shape reads are counted and not
 * stored, and terms get the image's ids where the image has them.
 */
#ifndef RP_VALIDATE_DATA_GRAPH_H
#define RP_VALIDATE_DATA_GRAPH_H

#include "image/image.h"
#include "rdf/graph.h"
#include "rdf/term_batch.h"
#include "validate/recent_predicates.h"
#include "validate/slice.h"

typedef struct RpDataGraph {
    const RpImage *image;
    RpArena *arena;
    RpDictionary dictionary; /* over the image's terms */
    RpGraph graph;
    uint64_t triple_count;            /* offered, stored or not */
    uint64_t triple_limit;            /* RP_TOO_LARGE beyond; 0: none */
    const struct RpQueryPlans *plans; /* of the image's queries; NULL: made when they are needed */
    RpSlice slice;                    /* whose focus nodes are validated; the others are read */
    uint32_t waits_from;              /* so many triples do not wait (rp_data_graph_add_waiting) */
    bool repeats_subject; /* the last triple that was kept has the subject of the one before it */

    /* Private to data_graph.c. */
    RpTermId last_subject;      /* 0: none, or it waits */
    uint32_t waiting_mark;      /* of the last triple's subject, where that waits; 0: it does not */
    uint32_t first_waiting;     /* the triples from here on may wait for their terms */
    RpTermBatch *waiting;       /* NULL: none has waited yet */
    RpRecentPredicates *recent; /* own_recent, or what outlives the document */
    RpMarkedTerm marked[RP_TERM_MARK_PLACES]; /* predicates too long for recent */
    RpRecentPredicates own_recent;
} RpDataGraph;

/* An empty graph for an image that has an index (image/image_index.h), which is not to be moved.
 * Allocates nothing yet. */
void rp_data_graph_init(RpDataGraph *data, const RpImage *image, RpArena *arena,
                        uint64_t triple_limit);

/* The same, with what earlier documents of the same image have left of predicates, and later ones
 * will find; NULL: nothing. */
void rp_data_graph_init_recalling(RpDataGraph *data, const RpImage *image, RpArena *arena,
                                  uint64_t triple_limit, RpRecentPredicates *recent);

/*
 * The two halves of offering a triple, for who looks at it before it is in the graph. The id of a
 * predicate, RP_TERM_NONE where no shape reads it; lately asked ones are remembered.
 */
RpStatus rp_data_graph_find_predicate(RpDataGraph *data, const RpTerm *predicate, RpTermId *id,
                                      RpError *error);
/* Set the subject and object of a triple, adding the terms where they are new. */
RpStatus rp_data_graph_add_terms(RpDataGraph *data, const RpTerm *subject, const RpTerm *object,
                                 RpTriple *triple, RpError *error);

/* Offer one triple. Its terms are checked already; texts are copied where kept. Polls the host. */
RpStatus rp_data_graph_add(RpDataGraph *data, const RpTerm *subject, const RpTerm *predicate,
                           const RpTerm *object, RpError *error);

/*
 * The same for a document that may be large: from waits_from triples on subjects and objects
 * get their ids together (rdf/term_batch), and until rp_data_graph_settle there is nothing to be
 * read in the graph but predicates.
 */
RpStatus rp_data_graph_add_waiting(RpDataGraph *data, const RpTerm *subject,
                                   const RpTerm *predicate, const RpTerm *object, RpError *error);
RpStatus rp_data_graph_settle(RpDataGraph *data, RpError *error);

#endif
