/* See path_visits.h. */
#include "validate/path_visits.h"

struct RpPathVisits {
    RpPathVisits *next;
    RpMarks *marks;
    RpTermId *ids; /* what is marked, for taking the marks away */
    uint32_t count;
    uint32_t capacity;
};

void
rp_path_closure_begin(RpPathClosure *closure, const RpImage *image, uint32_t path)
{
    uint32_t first = path;

    while (image->paths[first].part_count > 0) { /* the builder writes parts first */
        first = image->ids[image->paths[first].first_part];
    }
    closure->is_active = true;
    closure->first_path = first;
    closure->part_count = path - first;
    if (closure->capacity > 0) {
        uint32_t used =
            closure->part_count < closure->capacity ? closure->part_count : closure->capacity;

        memset(closure->parts, 0, sizeof(RpPathVisits *) * used);
    }
}

void
rp_path_closure_end(RpPathClosure *closure)
{
    while (closure->used) {
        RpPathVisits *visits = closure->used;

        for (uint32_t i = 0; i < visits->count; i++) {
            rp_marks_remove(visits->marks, visits->ids[i]);
        }
        visits->count = 0;
        closure->used = visits->next;
        visits->next = closure->unused;
        closure->unused = visits;
    }
    closure->is_active = false;
}

/* Room for all parts of the path: most paths never need it. */
static RpStatus
make_part_room(RpPathClosure *closure, RpArena *arena, RpError *error)
{
    if (closure->part_count <= closure->capacity) {
        return RP_OK;
    }
    closure->parts =
        rp_arena_allocate_zero(arena, sizeof(RpPathVisits *) * (size_t)closure->part_count);
    if (!closure->parts) {
        return rp_arena_failure(arena, error);
    }
    closure->capacity = closure->part_count;
    return RP_OK;
}

/* Visits of no node yet. */
static RpStatus
take_visits(RpPathClosure *closure, RpScratch *scratch, RpPathVisits **visits, RpError *error)
{
    *visits = closure->unused;
    if (*visits) {
        closure->unused = (*visits)->next;
    } else {
        *visits = rp_arena_allocate_zero(scratch->arena, sizeof(RpPathVisits));
        if (!*visits) {
            return rp_arena_failure(scratch->arena, error);
        }
        RP_TRY(rp_scratch_take_marks(scratch, &(*visits)->marks, error));
    }
    (*visits)->next = closure->used;
    closure->used = *visits;
    return RP_OK;
}

RpStatus
rp_path_closure_push_new(RpPathClosure *closure, RpScratch *scratch, uint32_t path, uint32_t first,
                         uint32_t count, RpError *error)
{
    RpPathVisits **part;
    RpPathVisits *visits;
    RpTermId *ids;

    RP_TRY(make_part_room(closure, scratch->arena, error));
    part = &closure->parts[path - closure->first_path];
    if (!*part) {
        RP_TRY(take_visits(closure, scratch, part, error));
    }
    visits = *part;
    ids = rp_arena_grow(scratch->arena, visits->ids, visits->count, visits->count + count,
                        &visits->capacity, sizeof(RpTermId));
    if (!ids) {
        return rp_arena_failure(scratch->arena, error);
    }
    visits->ids = ids;
    for (uint32_t i = first; i < first + count; i++) {
        RpTermId id = scratch->ids[i];

        if (rp_marks_add(visits->marks, id)) {
            visits->ids[visits->count++] = id;
            RP_TRY(rp_scratch_push(scratch, id, error));
        }
    }
    return RP_OK;
}
