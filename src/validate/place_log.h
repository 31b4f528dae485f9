/*
 * Where the triples of a document stand, noted as it is read into a data graph: so that places of
 * results (result_place.h) are found without another reading. A report alone keeps it. It is a list
 * of entries in the order of the document:
 *
 *     statement of ex:ann, line 3      the triples that follow are of this subject
 *     ex:name "Al", line 4             a triple of the data graph
 *     0x3f…, line 5                    a term of a triple that no shape reads, by its hash
 *
 * What is not in the data graph may come to be a focus node nevertheless, and adding it to the
 * dictionary would cost more than the hash. That hash is keyed, and has 62 bits.
 */
#ifndef RP_VALIDATE_PLACE_LOG_H
#define RP_VALIDATE_PLACE_LOG_H

#include "rdf/turtle.h"
#include "validate/data_graph.h"

typedef enum RpPlaceKind {
    RP_PLACE_SUBJECT, /* id: the subject of the triples that follow; line: of the statement that
                         starts with it, 0: none does */
    RP_PLACE_TRIPLE,  /* predicate, id: the object */
    RP_PLACE_SUBJECT_ASIDE, /* hash: the subject of a statement, whose triple is not kept */
    RP_PLACE_OBJECT_ASIDE   /* hash: the object of a triple that is not kept */
} RpPlaceKind;

/* An entry: 2 bits for its kind, 62 for a hash, or for a predicate and an id. */
typedef struct RpPlaceEntry {
    uint32_t high; /* the kind, from its highest bit on; then the hash's half or the predicate */
    uint32_t low;  /* the other half of the hash, or the id */
    uint32_t line; /* as RpPosition.line */
} RpPlaceEntry;

typedef struct RpPlaceBlock RpPlaceBlock;

struct RpPlaceBlock {
    RpPlaceBlock *next;
    uint32_t count;
    uint32_t capacity;
    RpPlaceEntry entries[];
};

typedef struct RpPlaceLog {
    RpDataGraph *data;
    RpArena *arena; /* NULL: nothing is noted */
    RpPlaceBlock *first;
    RpPlaceBlock *last;
    bool has_statement;       /* the last RP_PLACE_SUBJECT has a line */
    uint32_t statement_mark;  /* of the last subject that has an entry with a line; 0: none */
    uint64_t statement_aside; /* hash of the last RP_PLACE_SUBJECT_ASIDE */
} RpPlaceLog;

/* An empty log beside an empty data graph, in an arena of its own. Allocates nothing yet. */
void rp_place_log_init(RpPlaceLog *log, RpDataGraph *data, RpArena *arena);

/* Offer a triple to the data graph, as rp_data_graph_add_waiting does, and note where it stands. */
RpStatus rp_place_log_add(RpPlaceLog *log, const RpTerm *subject, const RpTerm *predicate,
                          const RpTerm *object, RpPosition position, RpError *error);

/* All has been read: the data graph is settled, and entries get their ids. Polls the host. */
RpStatus rp_place_log_end(RpPlaceLog *log, RpError *error);

/* The hash by which a term is noted that is not kept. */
uint64_t rp_place_hash(const RpPlaceLog *log, const RpTerm *term);

static inline RpPlaceKind
rp_place_kind(const RpPlaceEntry *entry)
{
    return (RpPlaceKind)(entry->high >> 30);
}

static inline RpTermId
rp_place_predicate(const RpPlaceEntry *entry)
{
    return entry->high & 0x3fffffffu;
}

static inline uint64_t
rp_place_hash_of(const RpPlaceEntry *entry)
{
    return (uint64_t)(entry->high & 0x3fffffffu) << 32 | entry->low;
}

#endif
