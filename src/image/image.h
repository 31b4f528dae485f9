/*
 * The image: one compiled policy version as a block of bytes without pointers, the same in private
 * memory, in shared memory and in a table row. Made by image_builder, checked by image_check, read
 * by validate.
 *
 *     +--------------------+ 0
 *     | RpImageHeader      |  magic, format, size, checksum, flags, how many elements of each
 *     +--------------------+
 *     | terms              |  RpTermRecord[]  of the ids from RP_TERM_FIRST on
 *     | reads              |  uint8_t[]       bit i: some shape reads the predicate with id i
 *     | shapes             |  RpImageShape[]  in the order of their nodes' ids
 *     | targets            |  RpTarget[]      of shape after shape
 *     | constraints        |  RpImageConstraint[]  of shape after shape
 *     | operands           |  RpImageOperand[]     of constraint after constraint
 *     | paths              |  RpImagePath[]   of shape after shape, parts before their path
 *     | ids                |  uint32_t[]      list members, messages, path parts
 *     | subclasses         |  RpSubclass[]    rdfs:subClassOf, sorted by superclass, then subclass
 *     | prefixes           |  RpImagePrefix[] for messages
 *     | left out           |  RpImageLeftOut[] what of the text is not enforced
 *     | numbers            |  RpImageNumber[] numeric datatypes asked; by predicate, then datatype
 *     | queries            |  RpImageQuery[]  in the order of their algebra
 *     | algebra            |  RpAlgebraUnit[] of query after query (sparql/algebra.h)
 *     | triples            |  RpTriple[]      of the shapes graph, where a query reads it; sorted
 *     | strings            |  bytes           what term records point into
 *     +--------------------+ size, a multiple of 8
 *
 * Sections start at multiples of 8 and stand in this order without gaps or overlap. Byte order and
 * alignment are the machine's: an image whose magic or format differ is built again from its
 * source.
 *
 * IRIs of the vocabulary are not stored: they have fixed ids (rdf/vocabulary.h). Nor is a hash
 * table of the terms, whose key is a secret of whoever reads the image, and would make different
 * bytes of the same shapes: it is the image's index, made when the image is loaded, together with
 * the order of the targets by what they look for. Both together, as a directory holds them
 * (directory.h):
 *
 *     +--------------------+ 0
 *     | the image          |
 *     +--------------------+ its size
 *     | index              |  RpTermSlot[]    rp_term_slot_count(number of terms)
 *     |                    |  RpSubclass[], RpTargetEntry[]  (target_index.h)
 *     +--------------------+ rp_image_indexed_size
 *
 * Example: "Person needs a name" has 2 shapes (the node shape, its property shape), 1
 * target (class Person), 2 constraints (property → shape 1; minCount 1), 2 operands, 1 path.
 */
#ifndef RP_IMAGE_IMAGE_H
#define RP_IMAGE_IMAGE_H

#include "rdf/triple_sort.h"
#include "shacl/shape.h"
#include "sparql/algebra.h"

enum {
    RP_IMAGE_MAGIC = 0x52504931, /* "RPI1" */
    RP_IMAGE_FORMAT =
        9, /* raised by any change of this header, the vocabulary or the component table */
    RP_IMAGE_PATH_DEPTH_LIMIT =
        1024, /* paths within paths: bounds recursion over a checked image */

    /* RpImageHeader.flags */
    RP_IMAGE_READS_ALL = 1,      /* some shape reads every predicate: reads is not asked */
    RP_IMAGE_REQUIRES_FOCUS = 2, /* data without a focus node does not conform */
    RP_IMAGE_FLAGS = 3,          /* all of these */

    /* RpImageShape.flags */
    RP_IMAGE_SHAPE_IS_PROPERTY = 1,
    RP_IMAGE_SHAPE_IS_DEACTIVATED = 2,
    RP_IMAGE_SHAPE_IS_INVERTED = 4, /* an odd number of negations away from its cycle's first */
    RP_IMAGE_SHAPE_IS_FLAT = 8,     /* flat_shape.h */
    RP_IMAGE_SHAPE_FLAGS = 15       /* all of these */
};

typedef enum RpImageSectionId {
    RP_SECTION_TERMS = 0,
    RP_SECTION_READS,
    RP_SECTION_SHAPES,
    RP_SECTION_TARGETS,
    RP_SECTION_CONSTRAINTS,
    RP_SECTION_OPERANDS,
    RP_SECTION_PATHS,
    RP_SECTION_IDS,
    RP_SECTION_SUBCLASSES,
    RP_SECTION_PREFIXES,
    RP_SECTION_LEFT_OUT,
    RP_SECTION_NUMBERS,
    RP_SECTION_QUERIES,
    RP_SECTION_ALGEBRA,
    RP_SECTION_TRIPLES,
    RP_SECTION_STRINGS,
    RP_SECTION_COUNT
} RpImageSectionId;

typedef struct RpImageHeader {
    uint32_t magic;
    uint32_t format;
    uint64_t size;     /* bytes, this header included */
    uint64_t checksum; /* rp_checksum over the image with this field 0 */
    uint32_t flags;
    RpTermId label;                    /* owl:versionInfo literal, 0: none */
    uint32_t counts[RP_SECTION_COUNT]; /* elements of each section */
} RpImageHeader;

typedef struct RpImageShape {
    RpTermId node;
    RpTermId severity;
    uint32_t flags;
    uint32_t path; /* index into paths + 1; 0: a node shape */
    uint32_t first_target;
    uint32_t target_count;
    uint32_t first_constraint;
    uint32_t constraint_count;
    uint32_t first_message; /* into ids */
    uint32_t message_count;
    uint32_t cycle; /* number of the cycle of shapes that it is part of, from 1; 0: of none */
} RpImageShape;

typedef struct RpImageConstraint {
    uint32_t component; /* index into rp_component_table */
    uint32_t first_operand;
    uint32_t operand_count;
    uint32_t reserved; /* 0 */
} RpImageConstraint;

typedef struct RpImageOperand {
    uint32_t kind;  /* RpOperandKind */
    uint32_t count; /* of RP_OPERAND_TERMS; else 0 */
    int64_t value;  /* term id | integer | index into ids (sorted by id) | shape index | query */
} RpImageOperand;

typedef struct RpImagePath {
    uint32_t kind;      /* RpPathKind */
    RpTermId predicate; /* of RP_PATH_PREDICATE */
    uint32_t
        first_part; /* into ids, whose values are indexes into paths, lower than this path's own */
    uint32_t part_count;
} RpImagePath;

typedef struct RpImagePrefix {
    RpTermId prefix;        /* an xsd:string literal */
    RpTermId namespace_iri; /* an IRI */
} RpImagePrefix;

typedef struct RpImageLeftOut {
    RpTermId node;
    RpTermId message; /* an xsd:string literal */
} RpImageLeftOut;

/* A numeric datatype that shapes ask of a predicate: image_numbers.h. */
typedef struct RpImageNumber {
    RpTermId predicate;
    RpTermId datatype;
} RpImageNumber;

/* What algebra is counted in: it is aligned. */
typedef struct RpAlgebraUnit {
    uint64_t bytes;
} RpAlgebraUnit;

/* A query: RpShapeQuery. */
typedef struct RpImageQuery {
    RpTermId node;
    uint32_t start; /* of its bytes in the section of algebra, in units */
} RpImageQuery;
/* A target of the index, which is of a shape. */
typedef struct RpTargetEntry {
    uint32_t kind; /* RpTargetKind */
    RpTermId term;
    uint32_t shape;
} RpTargetEntry;

/* A view of an image's bytes: pointers into them. Cheap to make; the bytes must outlive it. */
typedef struct RpImage {
    const RpImageHeader *header;
    RpTermTable terms;
    const uint8_t *reads;
    const RpImageShape *shapes;
    uint32_t shape_count;
    const RpTarget *targets;
    uint32_t target_count;
    const RpImageConstraint *constraints;
    uint32_t constraint_count;
    const RpImageOperand *operands;
    uint32_t operand_count;
    const RpImagePath *paths;
    uint32_t path_count;
    const uint32_t *ids;
    uint32_t id_count;
    const RpSubclass *subclasses;
    uint32_t subclass_count;
    const RpImagePrefix *prefixes;
    uint32_t prefix_count;
    const RpImageLeftOut *left_out;
    uint32_t left_out_count;
    const RpImageNumber *numbers;
    uint32_t number_count;
    const RpImageQuery *queries;
    uint32_t query_count;
    const RpAlgebraUnit *algebra;
    uint32_t algebra_unit_count;
    const RpTriple *triples;
    uint32_t triple_count;

    /* Of the index: target_index.h. */
    const RpSubclass *superclasses;      /* subclass_count, by subclass */
    const RpTargetEntry *target_entries; /* target_count, by kind and term */
} RpImage;

/* Whether bytes say that they are an image of this format. One of another is not damaged, but is to
 * be compiled anew. */
bool rp_image_is_of_this_format(RpText bytes);

/* Make the view of an image without its index, which terms are not found with. The bytes
 * (8-aligned) must have passed rp_image_check, once, by whoever trusts them. */
void rp_image_open(const void *bytes, RpImage *image);

/* The view of a query of an image. */
static inline void
rp_image_query(const RpImage *image, uint32_t query, RpAlgebra *algebra)
{
    rp_algebra_open(image->algebra + image->queries[query].start, algebra);
}

/* The bytes of an image. */
static inline RpText
rp_image_bytes(const RpImage *image)
{
    return (RpText){(const char *)image->header, (uint32_t)image->header->size};
}

/* The component that is named where an option asks for a focus node: ours, as SHACL has none. */
#define RP_REQUIRE_FOCUS "urn:rdfpolicy:RequireFocus"

/* Whether data without a focus node does not conform: an option of the policy. */
static inline bool
rp_image_requires_focus(const RpImage *image)
{
    return (image->header->flags & RP_IMAGE_REQUIRES_FOCUS) != 0;
}

/* Whether a predicate's triples are read by some shape. id: in the image's term table, or 0 for a
 * term it lacks. */
static inline bool
rp_image_reads(const RpImage *image, RpTermId predicate)
{
    if (image->header->flags & RP_IMAGE_READS_ALL) {
        return true;
    }
    return predicate != 0 && (image->reads[predicate >> 3] >> (predicate & 7) & 1);
}

#endif
