/* See target_index.h. */
#include "image/target_index.h"

#include <stdlib.h>

size_t
rp_target_index_size(const RpImage *image)
{
    return sizeof(RpSubclass) * (size_t)image->subclass_count +
           sizeof(RpTargetEntry) * (size_t)image->target_count;
}

void
rp_target_index_open(RpImage *image, const void *bytes)
{
    image->superclasses = bytes;
    image->target_entries = (const void *)(image->superclasses + image->subclass_count);
}

static int
compare(uint64_t a, uint64_t b)
{
    return (a > b) - (a < b);
}

static uint64_t
two(uint32_t high, uint32_t low)
{
    return (uint64_t)high << 32 | low;
}

static int
compare_subclasses(const void *a, const void *b)
{
    const RpSubclass *left = a;
    const RpSubclass *right = b;

    return compare(two(left->subclass, left->superclass), two(right->subclass, right->superclass));
}

static int
compare_entries(const void *a, const void *b)
{
    const RpTargetEntry *left = a;
    const RpTargetEntry *right = b;
    int order = compare(two(left->kind, left->term), two(right->kind, right->term));

    return order != 0 ? order : compare(left->shape, right->shape);
}

void
rp_target_index_make(RpImage *image, void *bytes)
{
    RpSubclass *superclasses = bytes;
    RpTargetEntry *entry = (void *)(superclasses + image->subclass_count);

    rp_target_index_open(image, bytes);
    if (image->subclass_count > 0) {
        memcpy(superclasses, image->subclasses, sizeof(RpSubclass) * image->subclass_count);
        qsort(superclasses, image->subclass_count, sizeof(RpSubclass), compare_subclasses);
    }
    for (uint32_t i = 0; i < image->shape_count; i++) {
        const RpImageShape *shape = &image->shapes[i];
        const RpTarget *targets = image->targets + shape->first_target;

        for (uint32_t n = 0; n < shape->target_count; n++) {
            *entry++ = (RpTargetEntry){(uint32_t)targets[n].kind, targets[n].term, i};
        }
    }
    if (image->target_count > 0) {
        qsort(entry - image->target_count, image->target_count, sizeof(RpTargetEntry),
              compare_entries);
    }
}

/* The first entry that is not before a kind and term. */
static const RpTargetEntry *
entry_bound(const RpImage *image, uint64_t kind_and_term)
{
    const RpTargetEntry *first = image->target_entries;
    uint32_t count = image->target_count;

    while (count > 0) {
        uint32_t half = count / 2;

        if (two(first[half].kind, first[half].term) < kind_and_term) {
            first += half + 1;
            count -= half + 1;
        } else {
            count = half;
        }
    }
    return first;
}

RpTargetRange
rp_target_index_find(const RpImage *image, RpTargetKind kind, RpTermId term)
{
    const RpTargetEntry *end = image->target_entries + image->target_count;
    RpTargetRange range = {entry_bound(image, two((uint32_t)kind, term)), NULL};

    for (range.end = range.first; range.end < end && range.end->kind == (uint32_t)kind &&
                                  (term == RP_TERM_NONE || range.end->term == term);
         range.end++) {
    }
    return range;
}

RpSubclassRange
rp_target_index_superclasses(const RpImage *image, RpTermId class_id)
{
    const RpSubclass *first = image->superclasses;
    const RpSubclass *last = first + image->subclass_count;
    uint32_t count = image->subclass_count;
    RpSubclassRange range;

    while (count > 0) {
        uint32_t half = count / 2;

        if (first[half].subclass < class_id) {
            first += half + 1;
            count -= half + 1;
        } else {
            count = half;
        }
    }
    for (range = (RpSubclassRange){first, first};
         range.end < last && range.end->subclass == class_id; range.end++) {
    }
    return range;
}
