/* The making of a layer of terms (context_internal.h). */
#include "jsonld/context_internal.h"

void
rp_context_builder_init(RpContextBuilder *builder, RpContextProcessing *processing,
                        const RpActiveContext *parent, RpContextTrace *trace)
{
    *builder = (RpContextBuilder){.processing = processing, .trace = trace};
    if (parent) {
        builder->draft = *parent;
    }
    builder->draft.parent = parent;
    builder->draft.table = (RpContextTable){0};
    builder->draft.layers = parent ? parent->layers + 1 : 1;
    rp_buffer_init(&builder->strings, processing->arena);
}

/* Make the hash table anew, for as many terms as there is room for. */
static RpStatus
index_terms(RpContextBuilder *builder)
{
    RpArena *arena = builder->processing->arena;
    uint32_t mask = rp_context_slot_mask(builder->capacity);

    builder->slots = rp_arena_allocate_zero(arena, ((size_t)mask + 1) * sizeof(RpContextSlot));
    if (!builder->slots) {
        return rp_arena_failure(arena, builder->processing->error);
    }
    builder->draft.table.slots = builder->slots;
    builder->draft.table.slot_mask = mask;
    for (uint32_t i = 0; i < builder->draft.table.term_count; i++) {
        rp_context_slots_put(builder->slots, mask, builder->terms[i].hash, i);
    }
    return RP_OK;
}

/* Make room for one more term. */
static RpStatus
make_room(RpContextBuilder *builder)
{
    RpArena *arena = builder->processing->arena;
    uint32_t count = builder->draft.table.term_count;
    uint32_t old_capacity = builder->capacity;
    RpContextTerm *terms = rp_arena_grow(arena, builder->terms, count, count + 1,
                                         &builder->capacity, sizeof(RpContextTerm));
    RpContextEntry *entries = rp_arena_grow(arena, builder->entries, count, count + 1,
                                            &builder->entry_capacity, sizeof(RpContextEntry));

    if (!terms || !entries) {
        return rp_arena_failure(arena, builder->processing->error);
    }
    builder->terms = terms;
    builder->entries = entries;
    builder->draft.table.terms = terms;
    return builder->capacity == old_capacity ? RP_OK : index_terms(builder);
}

RpStatus
rp_context_builder_keep(RpContextBuilder *builder, RpText text, RpContextText *kept)
{
    *kept = (RpContextText){builder->strings.length, text.length};
    rp_buffer_append_text(&builder->strings, text);
    builder->draft.table.strings = builder->strings.data;
    return rp_buffer_status(&builder->strings, builder->processing->error);
}

RpStatus
rp_context_builder_keep_value(RpContextBuilder *builder, const RpJson *value, uint32_t *place)
{
    RpArena *arena = builder->processing->arena;
    const RpJson **values =
        rp_arena_grow(arena, builder->values, builder->value_count, builder->value_count + 1,
                      &builder->value_capacity, sizeof(*values));

    if (!values) {
        return rp_arena_failure(arena, builder->processing->error);
    }
    builder->values = values;
    values[builder->value_count++] = value;
    builder->draft.table.values = values;
    *place = builder->value_count;
    return RP_OK;
}

RpStatus
rp_context_builder_add(RpContextBuilder *builder, RpText name, uint32_t hash, uint32_t *index)
{
    RpContextTable *table = &builder->draft.table;
    const RpContextTerm *there = rp_context_table_find(table, name, hash);
    RpContextTerm *term;

    if (there) {
        *index = (uint32_t)(there - table->terms);
        return RP_OK;
    }
    RP_TRY(make_room(builder));
    *index = table->term_count;
    term = &builder->terms[*index];
    *term = (RpContextTerm){.hash = hash, .flags = RP_TERM_IS_PENDING};
    RP_TRY(rp_context_builder_keep(builder, name, &term->name));
    builder->entries[*index] = (RpContextEntry){0};
    rp_context_slots_put(builder->slots, table->slot_mask, hash, *index);
    table->term_count++;
    builder->draft.has_colon |= name.length > 0 && memchr(name.data, ':', name.length) != NULL;
    builder->has_changed = true;
    return RP_OK;
}

/* Add to dependencies. What there is no room for binds the layer to where it is. */
static void
add_dependency(RpArena *arena, RpContextTrace *trace, RpContextDependency **dependencies,
               uint32_t *count, uint32_t *capacity, RpContextDependency dependency)
{
    RpContextDependency *grown = rp_arena_grow(arena, *dependencies, *count, *count + 1, capacity,
                                               sizeof(RpContextDependency));

    if (!grown) {
        trace->is_bound = true;
        return;
    }
    *dependencies = grown;
    grown[(*count)++] = dependency;
}

/* Note what was found below the layer. Nearly all of it is compact IRIs, which are no terms. */
static void
note_dependency(RpArena *arena, RpContextTrace *trace, RpText name, uint32_t hash,
                RpFoundTerm found)
{
    RpContextDependency dependency = {name, hash, found};

    if (!found.term && name.length > 0 && memchr(name.data, ':', name.length)) {
        add_dependency(arena, trace, &trace->missed, &trace->missed_count, &trace->missed_capacity,
                       dependency);
        return;
    }
    for (uint32_t i = 0; i < trace->dependency_count; i++) {
        if (trace->dependencies[i].hash == hash &&
            rp_text_equals(trace->dependencies[i].name, name)) {
            return;
        }
    }
    trace->is_bound |= trace->dependency_count == RP_CONTEXT_DEPENDENCY_LIMIT;
    if (!trace->is_bound) {
        add_dependency(arena, trace, &trace->dependencies, &trace->dependency_count,
                       &trace->dependency_capacity, dependency);
    }
}

RpFoundTerm
rp_context_builder_find(RpContextBuilder *builder, RpText name, uint32_t hash)
{
    const RpContextTerm *term = rp_context_table_find(&builder->draft.table, name, hash);
    RpFoundTerm found;

    if (term && !(term->flags & RP_TERM_IS_PENDING)) {
        return (RpFoundTerm){term->flags & RP_TERM_IS_ABSENT ? NULL : term, &builder->draft};
    }
    found = rp_context_find(builder->draft.parent, name, hash);
    if (builder->trace) {
        note_dependency(builder->processing->arena, builder->trace, name, hash, found);
    }
    return found;
}

RpStatus
rp_context_builder_finish(RpContextBuilder *builder, const RpActiveContext **result)
{
    RpContextProcessing *processing = builder->processing;
    RpActiveContext *context;

    if (!builder->has_changed && builder->draft.parent) {
        *result = builder->draft.parent;
        return RP_OK;
    }
    context = rp_arena_allocate(processing->arena, sizeof(*context));
    if (!context) {
        return rp_arena_failure(processing->arena, processing->error);
    }
    *context = builder->draft;
    context->first_mark = processing->mark_count + 1;
    processing->mark_count += context->table.term_count;
    *result = context;
    return RP_OK;
}
