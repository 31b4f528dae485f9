/*
 * What the files of context processing share: context_process (4.1 of JSON-LD 1.1 API),
 * context_term (4.2), context_builder, context_compile, context_overlay and iri_expand (5.2). The
 * sections are those of the recommendation.
 */
#ifndef RP_JSONLD_CONTEXT_INTERNAL_H
#define RP_JSONLD_CONTEXT_INTERNAL_H

#include <stdarg.h>

#include "jsonld/context.h"
#include "jsonld/jsonld.h"

enum {
    RP_CONTEXT_LAYER_LIMIT = 512,      /* layers on each other */
    RP_CONTEXT_LOAD_LIMIT = 256,       /* remote contexts that one local context leads to */
    RP_CONTEXT_DEPTH_LIMIT = 128,      /* terms defined by one another, contexts in each other */
    RP_CONTEXT_LONG_BYTES = 1024,      /* what a longer text is put before is counted */
    RP_CONTEXT_LONG_SHARE = 8,         /* and may be one part in so many of the memory */
    RP_CONTEXT_DEPENDENCY_LIMIT = 1024 /* of a part of a compiled context, but for missed ones */
};

/* A JSON document that is no part of the one that is read: that of a remote context. */
typedef struct RpContextDocument {
    const struct RpContextDocument *next;
    const RpJson *root;
    RpText iri;
} RpContextDocument;

/* A scoped or remote context that has been processed over an active one before. */
typedef struct RpContextMemo {
    const RpActiveContext *active; /* NULL: an empty place */
    const void *what;              /* the term of a scoped context, or the bytes of a remote one */
    const RpActiveContext *result;
    uint32_t way; /* how it was processed */
} RpContextMemo;

/* Processing contexts for one document, or for one context that is compiled. */
typedef struct RpContextProcessing {
    RpArena *arena;
    const RpJsonldContextSet *contexts; /* NULL: no remote ones */
    RpHashKey hash_key;
    RpText original_base; /* the document's, before any @base */
    RpError *error;
    const RpContextDocument *documents; /* of remote contexts that have been read */
    RpContextMemo *memos;               /* a hash table; NULL: empty */
    uint32_t memo_count;
    uint32_t memo_capacity; /* a power of two */
    uint64_t long_bytes;    /* that long texts were written out to */
    uint32_t load_count;    /* of the local context that is processed */
    uint32_t depth;
    uint32_t mark_count; /* marks of terms that are given */
    bool compiles;       /* remote contexts are given as documents */
} RpContextProcessing;

/* A remote context that is being processed, and those in which it stands ("remote contexts"). */
typedef struct RpRemoteContext {
    const struct RpRemoteContext *outer;
    RpText iri;
} RpRemoteContext;

/* How a local context is processed. */
typedef struct RpContextScope {
    RpText base_url;                /* what its references are relative to; empty: nothing */
    const RpRemoteContext *remotes; /* NULL: it stands in the document, or in a term */
    bool overrides_protected;
    bool propagates;
    bool validates; /* a scoped context is checked where it is defined, and not used */
} RpContextScope;

/* What the result of processing a part has of the layers below it. */
typedef struct RpContextDependency {
    RpText name;
    uint32_t hash;
    RpFoundTerm found;
} RpContextDependency;

/* What is noted while a part of a compiled context is made. */
typedef struct RpContextTrace {
    RpContextDependency *dependencies; /* each name once */
    uint32_t dependency_count;
    uint32_t dependency_capacity;
    RpContextDependency *missed; /* names with a colon, as compact IRIs have, that are no terms */
    uint32_t missed_count;
    uint32_t missed_capacity;
    bool uses_vocab; /* the vocabulary mapping of the layers below */
    bool is_bound;   /* to more of what is around it: it cannot be a part */
    bool sets_vocab;
    bool sets_language;
    bool sets_direction;
    int propagates; /* -1: it does not say */
} RpContextTrace;

/* What is still to be done for a term of the layer that is made. */
typedef struct RpContextEntry {
    const RpJson *source; /* its definition in the local context; NULL: none, or it is defined */
    bool is_creating;     /* its definition is being made (defined is false) */
    bool has_scoped;      /* it has a scoped context, which is still to be checked */
} RpContextEntry;

/* A layer that is being made. */
typedef struct RpContextBuilder {
    RpContextProcessing *processing;
    RpActiveContext draft; /* its table is valid at any time */
    RpContextTerm *terms;
    RpContextEntry *entries;
    RpContextSlot *slots;
    uint32_t capacity;       /* of terms */
    uint32_t entry_capacity; /* of entries */
    RpBuffer strings;
    const RpJson **values; /* scoped contexts */
    uint32_t value_count;
    uint32_t value_capacity;
    bool has_changed;      /* it differs from the layer below */
    RpContextTrace *trace; /* NULL: not wanted */
} RpContextBuilder;

/* The local context that is being processed. */
typedef struct RpContextWork {
    RpContextProcessing *processing;
    const RpContextScope *scope;
    const RpActiveContext *result; /* so far; below the builder where there is one */
    RpContextBuilder builder;
    bool has_builder;
    bool is_protected; /* of the context definition: its terms are protected (@protected) */
    uint32_t *added;   /* indexes of the terms of the context definition */
    uint32_t added_count;
    uint32_t inclusions;   /* of remote contexts in each other */
    RpContextTrace *trace; /* NULL: not wanted */
} RpContextWork;

/* context_builder.c */

/* Begin a layer over an active context. trace: NULL, or what is noted. */
void rp_context_builder_init(RpContextBuilder *builder, RpContextProcessing *processing,
                             const RpActiveContext *parent, RpContextTrace *trace);

/* The index of the term of the layer that has a name, which is added as a pending one if it lacks
 * it. */
RpStatus rp_context_builder_add(RpContextBuilder *builder, RpText name, uint32_t hash,
                                uint32_t *index);

/* The definition of a name in the layer or below. What is found below is noted. */
RpFoundTerm rp_context_builder_find(RpContextBuilder *builder, RpText name, uint32_t hash);

/* Keep a text in the layer's strings. */
RpStatus rp_context_builder_keep(RpContextBuilder *builder, RpText text, RpContextText *kept);

/* Keep a scoped context; *place is 1 + where. */
RpStatus rp_context_builder_keep_value(RpContextBuilder *builder, const RpJson *value,
                                       uint32_t *place);

/* End the layer: a new active context, or the one below where nothing has changed. */
RpStatus rp_context_builder_finish(RpContextBuilder *builder, const RpActiveContext **result);

/* context_term.c */

/* Create the term definition of a term of the builder that has a source (4.2). */
RpStatus rp_context_term_create(RpContextWork *work, uint32_t index);

/* The definition of a name as the local context has it, which is created first where it still has
 * to be (5.2, steps 3 and 6.3; 4.2.2, step 15.1). */
RpStatus rp_context_term_find(RpContextWork *work, RpText name, RpFoundTerm *found);

/* context_process.c */

void rp_context_processing_init(RpContextProcessing *processing, RpArena *arena,
                                const RpJsonldContextSet *contexts, RpText original_base,
                                RpError *error);

/* The layer that is made, which is begun where there is none. */
RpContextBuilder *rp_context_work_builder(RpContextWork *work);

/* The IRI of the remote context that a string names (5.2.1). */
RpStatus rp_context_resolve_reference(RpContextWork *work, const RpJson *reference, RpText *iri);

/* The @context of the document of an IRI, as it was registered. place: what names it. */
RpStatus rp_context_load(RpContextProcessing *processing, const RpJson *place, RpText iri,
                         const RpJson **source);

/* Process a local context over an active one (NULL: the initial one without a base) (4.1). */
RpStatus rp_context_process(RpContextProcessing *processing, const RpActiveContext *active,
                            const RpJson *local, const RpContextScope *scope,
                            const RpActiveContext **result);

/* The same, noting what the result depends on: *builder has the layer, which is not finished. */
RpStatus rp_context_process_traced(RpContextProcessing *processing, const RpActiveContext *active,
                                   const RpJson *local, const RpContextScope *scope,
                                   RpContextTrace *trace, RpContextBuilder *builder);

/* The active context in which a document begins: a base, and no terms. NULL: no memory. */
const RpActiveContext *rp_context_initial(RpContextProcessing *processing, RpText base_iri);

/* Count what a long text, and another one behind it, is written out to where fewer bytes stand for
 * it: they are bounded as if each were kept, as Turtle's reader does it. */
RpStatus rp_context_count_long(RpContextProcessing *processing, uint32_t prefix_length,
                               uint32_t rest_length);

/* Set an error about a value, of the document or of a remote context. */
RpStatus rp_context_fail(RpContextProcessing *processing, const RpJson *place, RpStatus status,
                         const char *code, const char *format, ...) RP_PRINTF(5, 6);
RpStatus rp_context_vfail(RpContextProcessing *processing, const RpJson *place, RpStatus status,
                          const char *code, const char *format, va_list arguments) RP_PRINTF(5, 0);

/* context_definition.c: process a context that is no reference and not null (5.3 to 5.13). */
RpStatus rp_context_process_definition(RpContextWork *work, const RpJson *object);

/* context_overlay.c */

/*
 * Lay a part of a compiled context over an active context: *result, or NULL where it would not be
 * the same as processing its source here. Costs what the part depends on, not its terms.
 */
RpStatus rp_context_overlay(RpContextProcessing *processing, const RpActiveContext *active,
                            const void *bytes, uint32_t part, const RpContextScope *scope,
                            const RpActiveContext **result);

/* The source of a compiled context, read into a document of the processing. */
RpStatus rp_context_overlay_source(RpContextProcessing *processing, const void *bytes,
                                   const RpJson **source);

/* context_memo.c */

/* What a context made of an active one before, neither of which is NULL. NULL: nothing is known. */
const RpActiveContext *rp_context_memo_find(const RpContextProcessing *processing,
                                            const RpContextMemo *wanted);

/* Remember it, where it is not known yet. */
RpStatus rp_context_memo_keep(RpContextProcessing *processing, const RpContextMemo *memo);

/* context_scoped.c */

/* The active context with the scoped context of a term, which it has, over it. */
RpStatus rp_context_apply_scoped(RpContextProcessing *processing, const RpActiveContext *active,
                                 RpFoundTerm found, bool overrides_protected, bool propagates,
                                 const RpActiveContext **result);

/* iri_expand.c */

/* What a text stands for. */
typedef struct RpExpandedIri {
    RpKeyword keyword; /* RP_KEYWORD_NONE_AT_ALL: an IRI or null */
    bool is_null;
    bool is_compact;         /* the IRI begins with that of a prefix or the vocabulary mapping */
    uint32_t checked_length; /* bytes of the IRI that begin it and are known to be valid; 0: none */
    RpText text;
} RpExpandedIri;

/* How a text is expanded. */
typedef struct RpIriExpansion {
    RpContextProcessing *processing;
    const RpActiveContext *active; /* where work is NULL */
    RpContextWork *work;           /* the local context that is being processed; NULL: none is */
    RpBuffer *buffer;              /* holds the result if it is no part of what there was before */
    bool is_vocab;                 /* vocab: a term stands for its IRI mapping */
    bool is_document_relative;
} RpIriExpansion;

/* Expand a text (5.2). Errors are those of terms that have to be defined first, and of memory. */
RpStatus rp_iri_expand(const RpIriExpansion *expansion, RpText value, RpExpandedIri *expanded);

#endif
