/* See candidates.h. */
#include "incremental/candidates.h"

bool
rp_candidates_read(const RpTarget *target, RpTermId node, RpStoreRead *read)
{
    switch (target->kind) {
    case RP_TARGET_NODE:
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

RpStatus
rp_candidates_add(RpJudging *judging, uint32_t shape_index, RpTermId node)
{
    const RpImage *image = judging->data->image;
    const RpImageShape *shape = &image->shapes[shape_index];
    RpStoreRead read;
    bool is_new;

    RP_TRY(rp_pair_set_add(&judging->candidates, shape_index, node, &is_new, judging->error));
    for (uint32_t i = 0; is_new && i < shape->target_count; i++) {
        uint32_t index;

        if (rp_candidates_read(&image->targets[shape->first_target + i], node, &read)) {
            RP_TRY(rp_fetched_ask(&judging->fetched, read, &index));
        }
    }
    return RP_OK;
}

RpStatus
rp_candidates_add_known(RpJudging *judging, uint32_t shape, RpTermId node)
{
    bool is_new;

    RP_TRY(rp_pair_set_add(&judging->known, shape, node, &is_new, judging->error));
    return rp_pair_set_add(&judging->candidates, shape, node, &is_new, judging->error);
}
