/* See automaton.h. */
#include "incremental/automaton.h"

/* By halves: a closed shape may allow many predicates, and each triple of a node asks. */
bool
rp_read_map_allows(const RpReadMap *map, const RpStep *step, RpTermId predicate)
{
    const RpTermId *ids = map->allowed + step->first_allowed;
    uint32_t low = 0;
    uint32_t high = step->allowed_count;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (ids[middle] < predicate) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < step->allowed_count && ids[low] == predicate;
}

bool
rp_read_map_asks_for_class(const RpReadMap *map, RpTermId class_id)
{
    return rp_triple_range_count(rp_read_map_steps(map, RP_STEP_CLASSES, class_id)) > 0 ||
           rp_triple_range_count(rp_read_map_targets(map, RP_TARGET_CLASS, class_id)) > 0;
}
