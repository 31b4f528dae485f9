/* See candidates.h. */
#include "incremental/candidates.h"

/* The answer says whether the node is a focus node by that target: that there is a triple, or, of a
 * class, which types there are. */
bool
rp_candidates_read(const RpTarget *target, RpTermId node, RpStoreRead *read)
{
    switch (target->kind) {
    case RP_TARGET_NODE:
    case RP_TARGET_QUERY:
        return false;
    case RP_TARGET_CLASS:
        *read = (RpStoreRead){node, RP_VOCABULARY_rdf_type, false};
        return true;
    case RP_TARGET_SUBJECTS_OF:
        *read = (RpStoreRead){node, target->term, false};
        return true;
    case RP_TARGET_OBJECTS_OF:
        *read = (RpStoreRead){node, target->term, true};
        return true;
    }
    return false;
}

/* A candidate that is new asks for what decides about it, so that the next layer reads it together
 * with the others. */
RpStatus
rp_candidates_add(RpJudging *judging, uint32_t shape_index, RpTermId node)
{
    const RpImage *image = judging->data->image;
    const RpImageShape *shape = &image->shapes[shape_index];
    uint32_t count = judging->candidates.count;
    RpStoreRead read;
    uint32_t place;

    RP_TRY(rp_pair_set_put(&judging->candidates, shape_index, node, &place, judging->error));
    for (uint32_t i = 0; place == count && i < shape->target_count; i++) {
        uint32_t index;

        if (rp_candidates_read(&image->targets[shape->first_target + i], node, &read)) {
            RP_TRY(rp_fetched_ask(&judging->fetched, read, &index));
        }
    }
    return RP_OK;
}

/* No read: an object may have millions of triples that lead to it, and one that is known is enough.
 */
RpStatus
rp_candidates_add_known(RpJudging *judging, uint32_t shape, RpTermId node)
{
    RP_TRY(rp_pair_set_add(&judging->known, shape, node, judging->error));
    return rp_pair_set_add(&judging->candidates, shape, node, judging->error);
}
