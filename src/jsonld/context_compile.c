/* See context_compile.h, and context_bytes.h for the bytes. */
#include "jsonld/context_compile.h"

#include "jsonld/context_bytes.h"
#include "jsonld/json_bytes.h"
#include "rdf/term.h"

enum { PART_LIMIT = 4096 };

/* A scoped context of a part's term. */
typedef struct ScopedContext {
    uint32_t source; /* offset of its bytes in the sources */
    uint32_t part;   /* 1 + its part; 0: it is none */
} ScopedContext;

/* A part that is made. */
typedef struct MadePart {
    struct MadePart *next;
    const RpActiveContext *layer; /* over that of the part that it is scoped in */
    uint32_t first_term;          /* of the terms of all parts */
    uint32_t first_slot;
    uint32_t first_dependency;
    ScopedContext *scoped; /* as the layer's values */
    RpText expected_vocab;
    bool expects_vocab;
    RpContextTrace trace;
    RpText strings;
} MadePart;

typedef struct Compiler {
    RpContextProcessing processing;
    MadePart *first;
    MadePart *last;
    RpContextHeader header; /* its counts */
    RpBuffer sources;
    RpBuffer strings;
    RpText iri;
} Compiler;

/* Try to make a part of a local context over an active one. *part: NULL where it can be none. */
static RpStatus
make_part(Compiler *compiler, const RpActiveContext *active, const RpJson *local,
          const RpContextScope *scope, MadePart **part)
{
    RpContextProcessing *processing = &compiler->processing;
    RpContextHeader *header = &compiler->header;
    MadePart *made = rp_arena_allocate_zero(processing->arena, sizeof(*made));
    RpContextBuilder builder;

    *part = NULL;
    if (!made) {
        return rp_arena_failure(processing->arena, processing->error);
    }
    RP_TRY(rp_context_process_traced(processing, active, local, scope, &made->trace, &builder));
    if (!active) {
        header->own_term_count = builder.draft.table.term_count;
    }
    if (made->trace.is_bound) {
        return RP_OK;
    }
    builder.has_changed = true;
    made->expects_vocab = active && active->has_vocab;
    made->expected_vocab = made->expects_vocab ? active->vocab : RP_TEXT("");
    made->strings = rp_buffer_text(&builder.strings);
    made->scoped =
        rp_arena_allocate_zero(processing->arena, builder.value_count * sizeof(*made->scoped));
    if (!made->scoped) {
        return rp_arena_failure(processing->arena, processing->error);
    }
    RP_TRY(rp_context_builder_finish(&builder, &made->layer));
    made->first_term = header->term_count;
    made->first_slot = header->slot_count;
    made->first_dependency = header->dependency_count;
    header->term_count += made->layer->table.term_count;
    header->slot_count += made->layer->table.term_count ? made->layer->table.slot_mask + 1 : 0;
    header->dependency_count += made->trace.dependency_count + made->trace.missed_count;
    header->part_count++;
    if (compiler->last) {
        compiler->last->next = made;
    } else {
        compiler->first = made;
    }
    compiler->last = made;
    *part = made;
    return RP_OK;
}

/* Whether a failure is about the context, and not about memory or the host. */
static bool
is_about_context(const RpError *error, RpStatus status)
{
    return status == RP_SYNTAX || status == RP_UNDEFINED || status == RP_TOO_DEEP ||
           (status == RP_TOO_LARGE && error->rule[0] != '\0');
}

/* Keep the source of a term's scoped context, and make it a part if it can be one. What is wrong
 * with it is an error where it is used: the context itself has been checked. */
static RpStatus
make_scoped(Compiler *compiler, MadePart *part, const RpContextTerm *term)
{
    const RpJson *source = part->layer->table.values[term->scoped_source - 1];
    ScopedContext *scoped = &part->scoped[term->scoped_source - 1];
    RpContextScope scope = {.base_url = rp_context_text(part->layer, term->scoped_base),
                            .overrides_protected = true,
                            .propagates = true};
    MadePart *made = NULL;
    RpStatus status = RP_OK;

    compiler->header.scoped_count++;
    scoped->source = compiler->sources.length;
    rp_json_bytes_append(&compiler->sources, source);
    RP_TRY(rp_buffer_status(&compiler->sources, compiler->processing.error));
    if (compiler->header.part_count < PART_LIMIT) {
        status = make_part(compiler, part->layer, source, &scope, &made);
    }
    if (made) {
        scoped->part = compiler->header.part_count;
    }
    return is_about_context(compiler->processing.error, status) ? RP_OK : status;
}

/*
 * Make the context itself a part. One that is wrong by itself may be right where it is used, over a
 * vocabulary mapping or a base that it lacks: if it is right over some, it is no part, and partial.
 */
static RpStatus
make_root(Compiler *compiler, const RpJson *context, const RpContextScope *scope, MadePart **root)
{
    RpContextProcessing *processing = &compiler->processing;
    RpActiveContext around = {.base_iri = RP_TEXT("urn:base:"),
                              .vocab = RP_TEXT("urn:vocab:"),
                              .has_vocab = true,
                              .layers = 1};
    const RpActiveContext *result;
    RpError error;
    RpStatus status = make_part(compiler, NULL, context, scope, root);

    if (status != RP_SYNTAX) {
        return status;
    }
    error = *processing->error;
    if (rp_context_process(processing, &around, context, scope, &result) != RP_OK) {
        *processing->error = error;
        return status;
    }
    *root = NULL;
    compiler->header.is_partial = true;
    compiler->header.own_term_count = result->table.term_count;
    return RP_OK;
}

/* Make all parts: the context, its scoped contexts, theirs, and so on. */
static RpStatus
make_parts(Compiler *compiler, const RpJson *context)
{
    RpRemoteContext remote = {NULL, compiler->iri};
    RpContextScope scope = {.base_url = compiler->iri, .remotes = &remote, .propagates = true};
    MadePart *root;

    RP_TRY(make_root(compiler, context, &scope, &root));
    compiler->header.has_root = root != NULL;
    for (MadePart *part = root; part; part = part->next) {
        for (uint32_t i = 0; i < part->layer->table.term_count; i++) {
            if (part->layer->table.terms[i].scoped_source > 0) {
                RP_TRY(make_scoped(compiler, part, &part->layer->table.terms[i]));
            }
        }
    }
    return RP_OK;
}

/* Append a text to the strings; offsets are from where the part's begin. */
static RpContextText
append_string(Compiler *compiler, uint32_t start, RpText text)
{
    RpContextText kept = {compiler->strings.length - start, text.length};

    rp_buffer_append_text(&compiler->strings, text);
    return kept;
}

/* The number of a term among those of all parts, plus 1; 0: none. */
static uint32_t
term_number(const Compiler *compiler, RpFoundTerm found)
{
    for (const MadePart *part = compiler->first; found.term && part; part = part->next) {
        const RpContextTable *table = &part->layer->table;

        if (found.term >= table->terms && found.term < table->terms + table->term_count) {
            return part->first_term + (uint32_t)(found.term - table->terms) + 1;
        }
    }
    return 0;
}

static uint32_t
part_flags(const MadePart *part)
{
    const RpContextTrace *trace = &part->trace;

    return (trace->uses_vocab ? (uint32_t)RP_PART_USES_VOCAB : 0) |
           (part->expects_vocab ? (uint32_t)RP_PART_EXPECTS_VOCAB : 0) |
           (trace->sets_vocab ? (uint32_t)RP_PART_SETS_VOCAB : 0) |
           (part->layer->has_vocab ? (uint32_t)RP_PART_HAS_VOCAB : 0) |
           (trace->sets_language ? (uint32_t)RP_PART_SETS_LANGUAGE : 0) |
           (trace->sets_direction ? (uint32_t)RP_PART_SETS_DIRECTION : 0) |
           (part->layer->has_protected ? (uint32_t)RP_PART_HAS_PROTECTED : 0) |
           (part->layer->has_scoped ? (uint32_t)RP_PART_HAS_SCOPED : 0) |
           (part->layer->has_colon ? (uint32_t)RP_PART_HAS_COLON : 0) |
           (trace->propagates >= 0 ? (uint32_t)RP_PART_SAYS_PROPAGATE : 0) |
           (trace->propagates == 1 ? (uint32_t)RP_PART_PROPAGATES : 0);
}

/* Write a part and what belongs to it into the sections. */
static void
write_part(Compiler *compiler, const RpContextHeader *header, const MadePart *part,
           RpContextPart *written)
{
    const RpContextTable *table = &part->layer->table;
    RpContextTerm *terms = (RpContextTerm *)rp_context_bytes_terms(header) + part->first_term;
    RpContextSlot *slots = (RpContextSlot *)rp_context_bytes_slots(header) + part->first_slot;
    RpPartDependency *dependencies =
        (RpPartDependency *)rp_context_bytes_dependencies(header) + part->first_dependency;
    uint32_t start = compiler->strings.length;

    append_string(compiler, start, part->strings);
    *written =
        (RpContextPart){.first_term = part->first_term,
                        .term_count = table->term_count,
                        .first_slot = part->first_slot,
                        .slot_mask = table->slot_mask,
                        .first_dependency = part->first_dependency,
                        .dependency_count = part->trace.dependency_count + part->trace.missed_count,
                        .missed_count = part->trace.missed_count,
                        .strings = start,
                        .flags = part_flags(part),
                        .vocab = append_string(compiler, start, part->layer->vocab),
                        .expected_vocab = append_string(compiler, start, part->expected_vocab),
                        .language = append_string(compiler, start, part->layer->language),
                        .direction = part->layer->direction,
                        .vocab_form = (uint16_t)part->layer->vocab_form};
    for (uint32_t i = 0; i < table->term_count; i++) {
        terms[i] = table->terms[i];
        if (terms[i].scoped_source > 0) {
            const ScopedContext *scoped = &part->scoped[terms[i].scoped_source - 1];

            terms[i].scoped_source = scoped->source + 1;
            terms[i].scoped_part = scoped->part;
        }
    }
    if (table->term_count > 0) {
        memcpy(slots, table->slots, ((size_t)table->slot_mask + 1) * sizeof(*slots));
    }
    for (uint32_t i = 0; i < written->dependency_count; i++) {
        const RpContextDependency *noted =
            i < part->trace.dependency_count
                ? &part->trace.dependencies[i]
                : &part->trace.missed[i - part->trace.dependency_count];

        dependencies[i] = (RpPartDependency){append_string(compiler, start, noted->name),
                                             noted->hash, term_number(compiler, noted->found)};
        written->flags |= dependencies[i].term != 0 ? RP_PART_NEEDS_TERMS : 0;
    }
}

/* Put the sections together. */
static RpStatus
write_bytes(Compiler *compiler, RpText *bytes)
{
    RpArena *arena = compiler->processing.arena;
    RpContextHeader *sections = &compiler->header;
    RpContextPart *parts;
    RpContextHeader *header;
    uint64_t fixed;
    uint64_t size;

    fixed = sizeof(RpContextHeader) + (uint64_t)sections->part_count * sizeof(RpContextPart) +
            (uint64_t)sections->term_count * sizeof(RpContextTerm) +
            (uint64_t)sections->slot_count * sizeof(RpContextSlot) +
            (uint64_t)sections->dependency_count * sizeof(RpPartDependency);
    header = rp_arena_allocate_zero(arena, fixed);
    if (!header) {
        return rp_arena_failure(arena, compiler->processing.error);
    }
    *header = *sections;
    parts = (RpContextPart *)rp_context_bytes_parts(header);
    for (const MadePart *part = compiler->first; part; part = part->next) {
        write_part(compiler, header, part, parts++);
    }
    RP_TRY(rp_buffer_status(&compiler->strings, compiler->processing.error));
    size = fixed + compiler->strings.length + compiler->sources.length;
    bytes->data = size <= UINT32_MAX ? rp_arena_allocate(arena, size) : NULL;
    if (!bytes->data) {
        arena->has_met_limit |= size > UINT32_MAX;
        return rp_arena_failure(arena, compiler->processing.error);
    }
    header->size = bytes->length = (uint32_t)size;
    header->strings = (uint32_t)fixed;
    header->sources = (uint32_t)fixed + compiler->strings.length;
    memcpy((char *)bytes->data, header, fixed);
    if (compiler->strings.length > 0) {
        memcpy((char *)bytes->data + header->strings, compiler->strings.data,
               compiler->strings.length);
    }
    memcpy((char *)bytes->data + header->sources, compiler->sources.data, compiler->sources.length);
    return RP_OK;
}

/* The source of the context, in an object with @context alone. */
static RpStatus
keep_source(Compiler *compiler, const RpJson *context)
{
    RpJson object = {.kind = RP_JSON_OBJECT, .length = 1};
    RpJson member = *context;

    object.items = &member;
    rp_json_bytes_append(&compiler->sources, &object);
    return rp_buffer_status(&compiler->sources, compiler->processing.error);
}

RpStatus
rp_jsonld_context_compile(RpArena *arena, RpText iri, const RpJsonDocument *body,
                          const RpJsonldContextSet *contexts, RpText *bytes, RpError *error)
{
    Compiler compiler = {.iri = iri};
    RpContextProcessing *processing = &compiler.processing;
    RpContextDocument document = {NULL, &body->root, iri};
    const RpJson *context = rp_json_member(&body->root, RP_TEXT("@context"));

    RP_TRY(rp_iri_check(iri, error));
    rp_context_processing_init(processing, arena, contexts, RP_TEXT(""), error);
    processing->compiles = true;
    processing->documents = &document;
    rp_buffer_init(&compiler.sources, arena);
    rp_buffer_init(&compiler.strings, arena);
    if (rp_json_depth(body) > RP_CONTEXT_DEPTH_LIMIT) {
        return rp_context_fail(processing, body->deepest, RP_TOO_DEEP, NULL,
                               "the context is nested more than %d deep", RP_CONTEXT_DEPTH_LIMIT);
    }
    if (!context) {
        rp_context_fail(processing, &body->root, RP_SYNTAX, "invalid remote context",
                        "a context's document must be an object with @context");
        return rp_error_hint(error, "Put the terms into {\"@context\": …}.");
    }
    RP_TRY(keep_source(&compiler, context));
    RP_TRY(make_parts(&compiler, context));
    return write_bytes(&compiler, bytes);
}

void
rp_jsonld_context_summary(const void *bytes, RpJsonldContextSummary *summary)
{
    const RpContextHeader *header = bytes;

    *summary = (RpJsonldContextSummary){.term_count = header->own_term_count,
                                        .scoped_count = header->scoped_count,
                                        .is_partial = header->is_partial != 0};
}
